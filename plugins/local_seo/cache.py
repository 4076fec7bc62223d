"""What reading made of each Markdown file, kept from build to build.

A record counts for the very bytes of a file, the very engine and libraries, and the facts that the reading took in;
anything else is read anew. Records are JSON, decoded into their types: what a stranger put there can be wrong, but runs
nothing. They lie in shards, so that an edit writes one small file; each is replaced whole, so that a kill, or two
builds at once, leave a good one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from .model.document import Document  # noqa: TC001 - the decoder resolves it

if TYPE_CHECKING:
    from collections.abc import Mapping

_SHARDS = 64
_LIBRARIES = ("markdown", "typogrify", "smartypants", "pyyaml", "cattrs", "msgspec")
_ENGINE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class _Record:
    """One document, with the digest of what it was made from."""

    made_from: str
    document: Document


@dataclass(frozen=True, slots=True)
class _Shard:
    edition: str
    records: dict[str, _Record]


def _encoded(value: object) -> str:
    if isinstance(value, Markup):
        return str(value)
    raise NotImplementedError(type(value))


def _decoded(kind: type, value: object) -> object:
    if kind is Markup:
        return Markup(value)  # noqa: S704 - as the reader wrote it; a shard is as trusted as the content beside it
    raise NotImplementedError(kind)


_DECODER = msgspec.json.Decoder(_Shard, dec_hook=_decoded)
_ENCODER = msgspec.json.Encoder(enc_hook=_encoded)


class Records:
    """The documents that earlier builds read; ``notice`` says in a line why there are none, where that is odd."""

    def __init__(self, folder: Path, settings: Mapping[str, Any]) -> None:
        """Read the shards below a folder.

        Args:
            folder: where they lie; need not be there.
            settings: whatever else the reading depends on; its ``repr`` counts.
        """
        self._folder = folder
        self._edition = _edition(settings)
        self._earlier: dict[str, _Record] = {}
        self._now: dict[str, _Record] = {}
        self.notice = ""
        broken = 0
        for number in range(_SHARDS):
            try:
                shard = _DECODER.decode(self._path(number).read_bytes())
            except FileNotFoundError:
                continue
            except (OSError, ValueError):
                broken += 1
                continue
            if shard.edition == self._edition:
                self._earlier |= shard.records
        if broken:
            self.notice = f"{folder}: {broken} unreadable cache files are made anew"

    def get(self, path: str, made_from: str) -> Document | None:
        """Return the document of a file, if one was made from the same; it is kept for the next build too."""
        record = self._earlier.get(path)
        if record is None or record.made_from != made_from or record.document.path != path:
            return None
        self._now[path] = record
        return record.document

    def put(self, made_from: str, document: Document) -> None:
        """Keep a document for the next build."""
        self._now[document.path] = _Record(made_from, document)

    def save(self) -> None:
        """Write the shards that changed; files that are gone are forgotten. A full disk is no fault of the build."""
        wanted: dict[int, dict[str, _Record]] = defaultdict(dict)
        stale: set[int] = set()
        for path, record in sorted(self._now.items()):
            wanted[_shard_of(path)][path] = record
            if self._earlier.get(path) is not record:
                stale.add(_shard_of(path))
        stale |= {_shard_of(path) for path in self._earlier.keys() - self._now.keys()}
        for number in sorted(stale):
            _write(self._path(number), _ENCODER.encode(_Shard(self._edition, wanted[number])))

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02x}.json"


def digest(*parts: bytes) -> str:
    """Return a digest of bytes, each part by itself."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


def _shard_of(path: str) -> int:
    return int(hashlib.blake2b(path.encode(), digest_size=1).hexdigest(), 16) % _SHARDS


def _edition(settings: Mapping[str, Any]) -> str:
    """Return a digest of everything but the content that decides what reading makes of a file."""
    sources = [path.read_bytes() for path in sorted(_ENGINE.rglob("*.py"))]
    versions = [f"{name} {version(name)}".encode() for name in _LIBRARIES]
    return digest(sys.version.encode(), repr(sorted(settings.items())).encode(), *versions, *sources)


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        os.replace(file.name, path)  # noqa: PTH105 - of a name, as it is
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
