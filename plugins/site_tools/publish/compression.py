"""Files as small as they get, made once: for hosts that serve ``x.html.br`` in place of ``x.html`` by themselves."""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import os
from typing import TYPE_CHECKING, Final

import brotli  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SUFFIXES: Final = {".br": "br", ".gz": "gzip"}
# Everything else is compressed already, as pictures are.
_TEXTS: Final = frozenset({".css", ".html", ".js", ".json", ".svg", ".txt", ".xml", ".webmanifest"})
_QUALITY: Final = 11  # brotli's best; a page takes some hundredths of a second, once
_SMALLEST_BYTES: Final = 256  # choice: below that an answer fits one packet either way
_VERSION: Final = f"1-{_QUALITY}"


def compressed(path: Path, data: bytes, cache: Path) -> Iterator[tuple[str, bytes]]:
    """Yield ending and bytes of each form of a file that is smaller than the file itself.

    Args:
        path: the file's name says whether it is a text.
        data: its bytes.
        cache: where forms are kept by the hash of ``data``; the same bytes are never compressed twice.
    """
    if path.suffix not in _TEXTS or len(data) < _SMALLEST_BYTES:
        return
    name = hashlib.sha256(data).hexdigest()
    for suffix in SUFFIXES:
        kept = cache / _VERSION / name[:2] / f"{name[2:]}{suffix}"
        try:
            small = kept.read_bytes()
        except OSError:
            small = _brotli(data) if suffix == ".br" else gzip.compress(data, 9, mtime=0)
            _keep(kept, small)
        if len(small) < len(data):
            yield suffix, small


def _brotli(data: bytes) -> bytes:
    small: bytes = brotli.compress(data, mode=brotli.MODE_TEXT, quality=_QUALITY)
    return small


def _keep(path: Path, data: bytes) -> None:
    """Write a file whole or not at all; a cache that cannot be written is none."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(f"{path.name}.{os.getpid()}")
        fresh.write_bytes(data)
        fresh.replace(path)
