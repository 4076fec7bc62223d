"""What earlier builds made of each file and page, kept from build to build.

A result counts for what it was made from, and for the very engine and libraries; anything else is made anew. Results
are JSON, decoded into their types: what a stranger put there can be wrong, but runs nothing. They lie in shards, so
that an edit writes one small file; each is replaced whole, so that a kill, or two builds at once, leave a good one.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sys
import tempfile
from collections import defaultdict
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec
from markupsafe import Markup

from .digests import digest, encoded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .workers import Item, Work

T = TypeVar("T")
R = TypeVar("R")

_SHARDS = 64
_LIBRARIES = (
    "cattrs",
    "jinja2",
    "markdown",
    "msgspec",
    "pillow",
    "pyphen",
    "pyyaml",
    "selectolax",
    "smartypants",
    "typogrify",
)
_ENGINE = Path(__file__).parent
logger = logging.getLogger(__name__)


def _decoded(kind: type, value: object) -> object:
    if kind is Markup:
        return Markup(value)  # noqa: S704 - as we wrote it; a shard is as trusted as the content beside it
    raise NotImplementedError(kind)


_OUTER = msgspec.json.Decoder(tuple[str, msgspec.Raw])


class Kept:
    """The results of earlier builds below a folder, and of this one: a ``workers.Memory``."""

    def __init__(self, folder: Path) -> None:
        """Read nothing yet; the folder need not be there."""
        self._folder = folder
        self._stores: dict[str, _Store[Any]] = {}

    def each(self, work: Work[T, R], items: Sequence[Item[T]]) -> list[R]:
        """Return the result for each item, in their order; what is not known is made on all cores, and kept."""
        store = self._store(work)
        found: list[Any] = [store.get(item) if item.known is None else item.known for item in items]
        missing = [index for index, result in enumerate(found) if result is None]
        fresh = work.done([items[index].thing for index in missing])
        for index, result in zip(missing, fresh, strict=True):
            found[index] = result
        store.keep(items, found)
        return found

    def last(self, work: Work[T, R]) -> Mapping[str, tuple[str, R]]:
        """Return what is known of a work before it is done, by name: what each result was made from, and the result."""
        return self._store(work).results

    def _store(self, work: Work[T, R]) -> _Store[R]:
        if work.name not in self._stores:
            self._stores[work.name] = _Store(self._folder / work.name, work)
        return self._stores[work.name]


class _Store(Generic[R]):
    """The results of one work, by name."""

    def __init__(self, folder: Path, work: Work[Any, R]) -> None:
        self._folder = folder
        self._opened = work.opened
        kind: Any = work.kind
        self._decoder = msgspec.json.Decoder(dict[str, tuple[str, kind]], dec_hook=_decoded)
        self.results = self._read()

    def _read(self) -> Mapping[str, tuple[str, R]]:
        results: dict[str, tuple[str, R]] = {}
        broken = 0
        for number in range(_SHARDS):
            try:
                made_by, whole = _OUTER.decode(self._path(number).read_bytes())
                # What another engine wrote may have other types: that is no damage.
                shard = self._decoder.decode(whole) if made_by == edition() else {}
            except FileNotFoundError:
                continue
            except (OSError, ValueError):
                broken += 1
                continue
            if self._opened:
                shard = {name: (made_from, self._opened(read)) for name, (made_from, read) in shard.items()}
            results |= shard
        if broken:
            logger.warning("%s: %d unreadable cache files are made anew", self._folder, broken)
        return results

    def get(self, item: Item[Any]) -> R | None:
        """Return what was made of the same; None is no result."""
        made_from, result = self.results.get(item.name, ("", None))
        return result if made_from and made_from == item.made_from else None

    def keep(self, items: Sequence[Item[Any]], results: Sequence[R]) -> None:
        """Write the shards that changed, and forget what is gone. A full disk is no fault of the build."""
        now = {
            item.name: (item.made_from, result)
            for item, result in zip(items, results, strict=True)
            if item.made_from and result is not None
        }
        known = self.results
        stale = {_shard_of(name) for name, (made_from, _) in now.items() if known.get(name, ("",))[0] != made_from}
        stale |= {_shard_of(name) for name in known.keys() - now.keys()}
        if stale:
            wanted: dict[int, dict[str, tuple[str, R]]] = defaultdict(dict)
            for name in sorted(now):
                if (number := _shard_of(name)) in stale:
                    wanted[number][name] = now[name]
            for number in sorted(stale):
                write(self._path(number), encoded((edition(), wanted[number])))
        self.results = now

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02x}.json"


@cache
def _shard_of(name: str) -> int:
    return int(hashlib.blake2b(name.encode(), digest_size=1).hexdigest(), 16) % _SHARDS


@cache
def edition() -> str:
    """Return a digest of everything but the content that decides what the engine makes of it."""
    sources = [path.read_bytes() for path in sorted(_ENGINE.rglob("*")) if path.suffix in {".py", ".toml", ".txt"}]
    versions = [f"{name} {version(name)}".encode() for name in _LIBRARIES]
    return digest(sys.version.encode(), sys.byteorder.encode(), *versions, *sources)


def write(path: Path, data: bytes) -> None:
    """Write a file of the cache, whole or not at all; where that fails there is none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        os.replace(file.name, path)  # noqa: PTH105 - of a name, as it is
    except OSError:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
