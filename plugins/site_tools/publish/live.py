"""The site as visitors get it, held against what was sent."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from local_seo.build import MARKER

from . import web
from .manifest import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

PAGES: Final = 10
_FIRST_PAUSE_S: Final = 0.5
_LONGEST_PAUSE_S: Final = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the live site must be.

    Attributes:
        manifest: the bytes of the manifest that was sent.
        files: bytes by path: ``build.json``, ``robots.txt`` and the pages to look at.
        headers: that every page must be sent with; empty where the host is not ours to tell.
    """

    manifest: bytes
    files: Mapping[str, bytes]
    headers: Mapping[str, str]


def confirmed(base: str, expected: Expected, *, wait_s: float, pause: Callable[[float], None] = time.sleep) -> bool:
    """Return whether the site shows this very publish, and its build id, within some seconds.

    Args:
        base: the origin at which visitors reach the site.
        expected: what was sent.
        wait_s: how long to look; it is looked once at least.
        pause: waits for some seconds.
    """
    waited, wait = 0.0, _FIRST_PAUSE_S
    while True:
        if all(_body(base, name) == data for name, data in _signs(expected)):
            return True
        if waited >= wait_s:
            return False
        step = min(wait, wait_s - waited)
        pause(step)
        waited, wait = waited + step, min(wait * 2, _LONGEST_PAUSE_S)


def differences(base: str, expected: Expected) -> Iterator[str]:
    """Yield, in words, where the host sends something else than what was built."""
    missing: dict[str, list[str]] = {}
    for name, data in expected.files.items():
        address = f"/{name.removesuffix('index.html')}"
        answer = web.get(f"{base}{address}")
        if answer is None:
            yield f"{address} is not answered"
            continue
        if answer.status != web.OK:
            yield f"{address} is answered with {answer.status}"
        elif answer.body != data:
            yield f"{address} is changed on its way: {_how(data, answer.body)}"
        if name.endswith(".html"):
            for header, value in expected.headers.items():
                if answer.headers.get(header.lower()) != value:
                    missing.setdefault(header, []).append(address)
    for header, addresses in missing.items():
        more = f" and {len(addresses) - 1} more" if len(addresses) > 1 else ""
        yield f"the header {header} is not sent as it should be at {addresses[0]}{more}"


def unsent(base: str, headers: Mapping[str, str]) -> list[str]:
    """Return the names of the headers that the home page is sent without, or with another value."""
    answer = web.get(f"{base}/")
    return [name for name, value in headers.items() if answer and answer.headers.get(name.lower()) != value]


def looked_at(pages: Iterable[str], changed: Iterable[str]) -> list[str]:
    """Return at most ten pages to look at: home, then those that changed, then the rest, each once."""
    known = set(pages)
    order = dict.fromkeys(("index.html", *sorted(known & set(changed)), *sorted(known)))
    return [name for name in order if name in known][:PAGES]


def _signs(expected: Expected) -> Iterator[tuple[str, bytes]]:
    yield MANIFEST, expected.manifest
    if MARKER in expected.files:
        yield MARKER, expected.files[MARKER]


def _body(base: str, name: str) -> bytes | None:
    answer = web.get(f"{base}/{name}")
    return answer.body if answer and answer.status == web.OK else None


def _how(sent: bytes, got: bytes) -> str:
    if got.replace(b"\r\n", b"\n").strip() == sent.replace(b"\r\n", b"\n").strip():
        return "only its line breaks"
    before, after = sent.splitlines(), got.splitlines()
    added = [line for line in after if line not in set(before)]
    shown = added[0].decode("utf-8", "replace").strip()[:80] if added else ""
    return f"it was not built with {shown!r}" if shown else f"{len(sent)} bytes were sent, {len(got)} arrive"
