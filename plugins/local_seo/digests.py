"""Digests of values: equal values have the same, in any process, on any machine."""

from __future__ import annotations

import hashlib
from zoneinfo import ZoneInfo

import msgspec


class Unsaid:
    """Stands where a value has something that has no part in its digest."""


def plain(value: object) -> object:
    """Return what ``msgspec`` can write instead of a value that it does not know."""
    if isinstance(value, (str, ZoneInfo)):
        return str(value)
    if isinstance(value, Unsaid):
        return None
    raise NotImplementedError(type(value))


_ENCODER = msgspec.json.Encoder(enc_hook=plain, order="deterministic")


def encoded(value: object) -> bytes:
    """Return a value of dataclasses, tuples, mappings, sets, numbers, texts, days and zones as JSON.

    Raises:
        NotImplementedError: it holds something else.
    """
    return _ENCODER.encode(value)


def of(value: object) -> str:
    """Return a digest of a value; one that was kept knows its own.

    Raises:
        NotImplementedError: it holds something else than ``encoded`` can write.
    """
    said: str = getattr(value, "said", "")
    return said or digest(encoded(value))


def digest(*parts: bytes) -> str:
    """Return a digest of bytes, each part by itself."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()
