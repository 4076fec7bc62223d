"""Addresses fetched as any visitor fetches them: no cookie, no redirect followed, never a secret sent."""

from __future__ import annotations

import http.client
import socket
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

OK: Final = 200
_TIMEOUT_S: Final = 15
_LARGEST_BYTES: Final = 64 * 1024 * 1024
_AGENT: Final = "local-practice-site"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def get(url: str) -> Answer | None:
    """Return the answer to a GET; None where nobody answers."""
    return _ask("GET", url, b"", {"Accept-Encoding": "identity", "Cache-Control": "no-cache"})


def post(url: str, data: bytes, media_type: str) -> Answer | None:
    """Return the answer to a POST; None where nobody answers."""
    return _ask("POST", url, data, {"Content-Type": media_type})


def _ask(method: str, url: str, data: bytes, headers: Mapping[str, str]) -> Answer | None:
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=_TIMEOUT_S)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request(method, path, body=data or None, headers={"User-Agent": _AGENT, **headers})
        answer = connection.getresponse()
        body = answer.read(_LARGEST_BYTES)
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)
    except (OSError, http.client.HTTPException, ssl.SSLError, socket.gaierror, ValueError):
        return None
    finally:
        connection.close()
