"""What earlier builds made of each file and page, kept from build to build.

A result counts for what it was made from, and for the very engine and libraries; anything else is made anew. Results
are JSON and MessagePack, decoded into their types: what a stranger put there can be wrong, but runs nothing. They lie
in shards, so that an edit writes one small file; each is replaced whole, so that a kill, or two builds at once, leave a
good one. A shard begins with what is read at once; the late parts of its results follow, see ``workers.Parts``.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import shutil
import struct
import sys
import tempfile
from collections import defaultdict
from functools import cache, lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar
from zlib import crc32

import msgspec
from markupsafe import Markup

from .digests import digest, encoded, plain
from .request import Refused
from .workers import spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from .workers import Item, Parts, Work

T = TypeVar("T")
R = TypeVar("R")

_SHARDS = 32  # files that stay open, too, where results have late parts
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


_PACKER = msgspec.msgpack.Encoder(enc_hook=plain, order="deterministic")
_OUTER = msgspec.json.Decoder(tuple[str, msgspec.Raw])
# What a shard begins with: a sum of what is read at once, and how long that is.
HEAD = struct.Struct(">IQ")
# So many results are made before they are written, and more.
_AT_ONCE = 2_000
# So many are decoded once that are asked for again and again: a step looks at one text, or compares a few.
_AT_HAND = 64


class Kept:
    """The results of earlier builds below a folder, and of this one: a ``workers.Memory``."""

    def __init__(self, folder: Path) -> None:
        """Read nothing yet; the folder need not be there."""
        self._folder = folder
        self._stores: dict[str, _Store[Any]] = {}

    def each(self, work: Work[T, R], items: Sequence[Item[T]]) -> list[R]:
        """Return the result for each item, in their order; what is not known is made on all cores, and kept."""
        return self._store(work).each(work, items)

    def last(self, work: Work[T, R]) -> Mapping[str, tuple[str, R]]:
        """Return what is known of a work before it is done, by name: what each result was made from, and the result."""
        return self._store(work).results

    def _store(self, work: Work[T, R]) -> _Store[R]:
        if work.name not in self._stores:
            self._stores[work.name] = _Store(self._folder / work.name, work)
        return self._stores[work.name]


class _Shard:
    """An open file. Another build may put a newer one in its place: this one stays as it is."""

    _file = -1

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = os.open(path, os.O_RDONLY)
        self.size = os.fstat(self._file).st_size
        self.head = self.read(0, HEAD.size)

    def __del__(self, close: Callable[[int], None] = os.close) -> None:
        if self._file != -1:
            close(self._file)

    def read(self, start: int, length: int) -> bytes:
        return os.pread(self._file, length, start)

    def brief(self) -> bytes:
        """Return what is read at once.

        Raises:
            ValueError: it is not what was written.
        """
        if len(self.head) == HEAD.size:
            total, length = HEAD.unpack(self.head)
            data = self.read(HEAD.size, min(length, self.size))
            if len(data) == length and crc32(data) == total:
                return data
        raise ValueError(self.path)


class _Late:
    """The late part of one result: its bytes, or where they lie, and what they should come to."""

    __slots__ = ("_data", "_shard", "_start", "length", "name", "store", "total")

    def __init__(self, store: _Store[Any], name: str, length: int, total: int) -> None:
        self.store = store
        self.name = name
        self.length = length
        self.total = total

    def hold(self, data: bytes) -> None:
        """Have the bytes at hand: they lie nowhere yet."""
        self._data: bytes | None = data

    def lie(self, shard: _Shard, start: int) -> None:
        """Have the bytes lie in a shard."""
        self._data, self._shard, self._start = None, shard, start

    def __call__(self) -> Mapping[str, object]:
        """Return the attributes that are made of it."""
        return _opened(self)

    def bytes(self) -> bytes:
        """Return what was written, made anew where it is damaged.

        Raises:
            Refused: it is damaged, and what it followed from has changed.
        """
        if self._data is not None:
            return self._data
        data = self._shard.read(self._start, self.length)
        if len(data) == self.length and crc32(data) == self.total:
            return data
        data = self.store.mended(self, self._shard.path)
        self.hold(data)
        return data


@lru_cache(maxsize=_AT_HAND)
def _opened(late: _Late) -> Mapping[str, object]:
    return late.store.opened(late.bytes())


def _packed(parts: Parts[R], function: Callable[[T], R], thing: T) -> tuple[bytes, bytes]:
    """Return a result as it is kept: what is read at once, and what is read late."""
    result = function(thing)
    return encoded(parts.brief(result)), _PACKER.encode(parts.rest(result))


class _Store(Generic[R]):
    """The results of one work, by name."""

    def __init__(self, folder: Path, work: Work[Any, R]) -> None:
        self._folder = folder
        self._work = work
        self._things: Mapping[str, Any] = {}
        self._late: dict[str, _Late] = {}
        kind: Any = work.kind
        row: Any = tuple[str, kind, int, int] if work.parts else tuple[str, kind]
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(dict[str, row], dec_hook=_decoded)
        self._brief = msgspec.json.Decoder(kind, dec_hook=_decoded)
        self._rest = msgspec.msgpack.Decoder(work.parts.kind if work.parts else None, dec_hook=_decoded)
        self.results = self._read()

    def _read(self) -> Mapping[str, tuple[str, R]]:
        for path in self._folder.glob("*.json"):  # as engines wrote them before there were late parts
            with contextlib.suppress(OSError):
                path.unlink()
        results: dict[str, tuple[str, R]] = {}
        broken = 0
        for number in range(_SHARDS):
            try:
                results |= self._read_shard(_Shard(self._path(number)))
            except FileNotFoundError:
                continue
            except (OSError, ValueError):
                broken += 1
        if broken:
            logger.warning("%s: %d unreadable cache files are made anew", self._folder, broken)
        return results

    def _read_shard(self, shard: _Shard) -> Mapping[str, tuple[str, R]]:
        made_by, whole = _OUTER.decode(shard.brief())
        if made_by != edition():  # what another engine wrote may have other types: that is no damage
            return {}
        rows = self._decoder.decode(whole)
        parts = self._work.parts
        late = {name: _Late(self, name, length, total) for name, (_, _, length, total) in rows.items()} if parts else {}
        if _laid(shard, late.values()) != shard.size:
            raise ValueError(shard.path)
        if parts is None:
            return rows  # type: ignore[no-any-return]
        self._late |= late
        return {name: (made_from, parts.joined(brief, late[name])) for name, (made_from, brief, _, _) in rows.items()}

    def each(self, work: Work[Any, R], items: Sequence[Item[Any]]) -> list[R]:
        """Return the result for each item, in their order.

        What is made is written some shards at a time: all of it at once would fill the memory.
        """
        self._work = work
        self._things = {item.name: item.thing for item in items}
        found: list[Any] = [self._get(item) if item.known is None else item.known for item in items]
        before: dict[int, dict[str, str]] = defaultdict(dict)
        for name, (made_from, _) in self.results.items():
            before[_shard_of(name)][name] = made_from
        shards: dict[int, list[int]] = {number: [] for number in before}
        for index, item in enumerate(items):
            shards.setdefault(_shard_of(item.name), []).append(index)
        results: dict[str, tuple[str, R]] = {}
        batch: list[int] = []
        missing: list[int] = []
        for number in sorted(shards):
            batch.append(number)
            missing += (index for index in shards[number] if found[index] is None)
            if len(missing) < _AT_ONCE and number != max(shards):
                continue
            self._make(items, missing, found)
            for each in batch:
                now = {
                    items[index].name: (items[index].made_from, found[index])
                    for index in shards[each]
                    if items[index].made_from and found[index] is not None
                }
                if {name: made_from for name, (made_from, _) in now.items()} != before[each]:
                    self._write(self._path(each), now)
                results |= now
            batch, missing = [], []
        self.results = results
        self._late = {name: late for name, late in self._late.items() if name in results}
        return found

    def _get(self, item: Item[Any]) -> R | None:
        """Return what was made of the same; None is no result."""
        made_from, result = self.results.get(item.name, ("", None))
        return result if made_from and made_from == item.made_from else None

    def _make(self, items: Sequence[Item[Any]], missing: Sequence[int], found: list[Any]) -> None:
        """Make some results."""
        work, parts = self._work, self._work.parts
        things = [items[index].thing for index in missing]
        if parts is None:
            for index, result in zip(missing, work.done(things), strict=True):
                found[index] = result
            return
        # They come as they are kept: most of it need not be opened here.
        packed = spread(partial(_packed, parts, work.function), things, processes=1 if work.here else None)
        for index, (brief, rest) in zip(missing, packed, strict=True):
            name = items[index].name
            self._late[name] = late = _Late(self, name, len(rest), crc32(rest))
            late.hold(rest)
            found[index] = parts.joined(self._brief.decode(brief), late)

    def _write(self, path: Path, now: Mapping[str, tuple[str, R]]) -> None:
        """Write a shard. A full disk is no fault of the build."""
        parts = self._work.parts
        late: list[_Late] = []
        rows: dict[str, Any] = {name: now[name] for name in sorted(now)}
        if parts:
            late = [self._late[name] for name in rows]
            rows = {
                each.name: (made_from, parts.brief(result), each.length, each.total)
                for each, (made_from, result) in zip(late, rows.values(), strict=True)
            }
        brief = encoded((edition(), rows))
        head = HEAD.pack(crc32(brief), len(brief))
        write(path, b"".join((head, brief, *(each.bytes() for each in late))))
        if late:
            with contextlib.suppress(OSError):
                shard = _Shard(path)
                if shard.head == head:  # else another build's, or none: the disk may be full
                    _laid(shard, late)

    def opened(self, data: bytes) -> Mapping[str, object]:
        """Return the attributes that are made of a late part."""
        parts = self._work.parts
        return parts.opened(self._rest.decode(data)) if parts else {}

    def mended(self, late: _Late, path: Path) -> bytes:
        """Return a late part as it was before it was damaged; the next build makes the whole shard anew.

        Raises:
            Refused: what it followed from has changed.
        """
        with contextlib.suppress(OSError):  # told and taken away already
            path.unlink()
            logger.warning("%s: an unreadable cache file is made anew", path)
        parts = self._work.parts
        if parts and late.name in self._things:
            _, rest = _packed(parts, self._work.function, self._things[late.name])
            if len(rest) == late.length and crc32(rest) == late.total:
                return rest
        raise Refused(f"{path} was damaged while it was in use - build again")

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:02x}.shard"


def _laid(shard: _Shard, late: Iterable[_Late]) -> int:
    """Have late parts lie in a shard, one behind the other after what is read at once, and return where they end."""
    start: int = HEAD.size + HEAD.unpack(shard.head)[1]
    for each in late:
        each.lie(shard, start)
        start += each.length
    return start


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


def forget(folder: Path, most: int) -> None:
    """Delete what lies in a folder of the cache, but for what was used last; a name breaks a tie."""
    with contextlib.suppress(OSError):
        found = sorted(folder.iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name))
        for path in found[:-most]:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()
