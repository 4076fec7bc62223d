"""What is sent: the files of a build, those that a host needs besides, and how each is to be served."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import re
import shutil
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from local_seo import pictures

from . import compression

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "public, max-age=0, must-revalidate"
FOR_AN_HOUR: Final = "public, max-age=3600"
_TYPES: Final = mimetypes.MimeTypes()
_MORE_TYPES: Final = {
    **pictures.MEDIA_TYPES,
    ".js": "text/javascript",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_TEXT_TYPES: Final = frozenset({"application/json", "application/manifest+json", "application/xml", "image/svg+xml"})
_HEX: Final = re.compile(r"[0-9a-f]{8,64}")
# The engine names pictures and cards by a digest of all that decides their bytes.
_MADE: Final = re.compile(r"i/[^/]+\.[0-9a-f]{6}\.[^/]+|cards/[0-9a-f]{16}\.png")


class Pass(IntEnum):
    """In which order files are sent, so that no page ever stands before what it needs."""

    HASHED = 0
    OTHER = 1
    PAGES = 2
    LISTS = 3


@dataclass(frozen=True)
class File:
    """A file to send.

    Attributes:
        path: where it is put, relative to the site's root, with ``/``.
        at: where it lies on this machine.
        media_type: with its character set.
        cache: the Cache-Control header.
        turn: the pass that it is sent with.
    """

    path: str
    at: Path
    media_type: str
    cache: str
    turn: Pass

    @cached_property
    def sha256(self) -> str:
        """Return the SHA-256 of its bytes."""
        return self.digest("sha256")

    @cached_property
    def size(self) -> int:
        """Return how many bytes it has."""
        return self.at.stat().st_size

    @property
    def served(self) -> str:
        """Return how it is served, as one text."""
        return f"{self.media_type}|{self.cache}"

    def digest(self, algorithm: str) -> str:
        """Return a hash of its bytes, as hexadecimal digits."""
        with self.at.open("rb") as handle:
            return hashlib.file_digest(handle, algorithm).hexdigest()


Package = dict[str, File]


def stage(built: Path, folder: Path, extra: Mapping[str, bytes], *, siblings: bool, cache: Path) -> Package:
    """Fill a folder with what is sent, and return it.

    Args:
        built: the output of a build.
        folder: is emptied first; files are linked where the file system allows it.
        extra: files that the host needs besides, by path; they stand before a file of the same name.
        siblings: whether each text is accompanied by its compressed forms.
        cache: of compressed forms.
    """
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir(parents=True)
    for path in sorted(path for path in built.rglob("*") if path.is_file()):
        name = path.relative_to(built).as_posix()
        if name not in extra:
            link(path, folder / name)
    for name, data in extra.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    if siblings:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            for suffix, data in compression.compressed(path, path.read_bytes(), cache):
                path.with_name(path.name + suffix).write_bytes(data)
    return described(folder)


def described(folder: Path) -> Package:
    """Return the files of a staged folder, by path."""
    names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file())
    return {name: _described(name, folder / name) for name in names}


def link(path: Path, to: Path) -> None:
    """Give a file a second name, or copy it where that cannot be."""
    to.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(path, to)
    except OSError:
        shutil.copyfile(path, to)


def media_type(name: str) -> str:
    """Return the type that a file is sent with; of a compressed form that of the file."""
    for suffix in compression.SUFFIXES:
        if name.endswith(suffix) and "." in PurePosixPath(name.removesuffix(suffix)).name:
            return {"br": "application/x-brotli", "gzip": "application/gzip"}[compression.SUFFIXES[suffix]]
    suffix = PurePosixPath(name).suffix.lower()
    found = _MORE_TYPES.get(suffix) or _TYPES.types_map[True].get(suffix, "application/octet-stream")
    text = found.startswith("text/") or found in _TEXT_TYPES
    return f"{found}; charset=utf-8" if text else found


def is_hashed(name: str, data: bytes) -> bool:
    """Return whether a file that is changed one day gets another name, so that this one may be cached for ever.

    Those are the pictures and cards that the engine makes, and every file of which the name has the beginning of the
    SHA-256 of its bytes, at least eight digits of it. The hash is worked out, not believed: a picture called
    ``20260504.jpg`` has eight digits in its name.
    """
    if _MADE.fullmatch(name):
        return True
    parts = _HEX.findall(PurePosixPath(name).name)
    return bool(parts) and any(hashlib.sha256(data).hexdigest().startswith(part) for part in parts)


def total(files: Iterable[File]) -> int:
    """Return how many bytes files have together."""
    return sum(file.size for file in files)


def _described(name: str, at: Path) -> File:
    plain = name
    for suffix in compression.SUFFIXES:
        if (at.with_name(at.name.removesuffix(suffix))).is_file():
            plain = plain.removesuffix(suffix)
    original = at.parent / PurePosixPath(plain).name
    suffix = PurePosixPath(plain).suffix.lower()
    if suffix in {".xml", ".json", ".txt"}:
        turn, cache = Pass.LISTS, REVALIDATE
    elif suffix == ".html":
        turn, cache = Pass.PAGES, REVALIDATE
    elif is_hashed(plain, original.read_bytes()):
        turn, cache = Pass.HASHED, IMMUTABLE
    else:
        turn, cache = Pass.OTHER, FOR_AN_HOUR
    return File(path=name, at=at, media_type=media_type(name), cache=cache, turn=turn)
