"""What lies in an output folder and what it was made from, so that the next build makes only what has changed.

A build fills a folder of its own: a new one or, quicker, the one before the last, brought up to date.

The record stands beside the caches, not in the output, and each of its lines counts only as long as the file is the one
that was written: same inode, size and time. Without it a build does more work and makes the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import weakref
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

import msgspec

from . import cache, digests
from .request import Refused

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

_FORMAT: Final = 1
# One for each output folder that is built now and then.
_RECORDS_MOST: Final = 32


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the output.

    Attributes:
        digest: of its bytes, SHA-256.
        made_from: a digest of everything that decides its bytes, or its address where that holds one; empty where
            neither is known.
    """

    digest: str
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    made: Made
    inode: int
    size: int
    saved: int  # nanoseconds


class Files(Mapping[str, bytes]):
    """The finished files of a folder by path, each read when it is asked for: all at once would fill the memory.

    They stay those of one build. The folder is held, so that it may be renamed; and a file that is not the one that was
    made, since the folder was filled for another build or somebody wrote into it, is refused.
    """

    def __init__(self, folder: Path, digests: Mapping[str, str]) -> None:
        """Hold a folder; ``digests`` are the SHA-256 of its files by path."""
        self._digests = digests
        self._folder = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        weakref.finalize(self, os.close, self._folder)

    def __getitem__(self, name: str) -> bytes:
        """Return the bytes of a file.

        Raises:
            Refused: they are others than those that were made, or are gone.
        """
        known = self._digests[name]
        try:
            with open(name, "rb", opener=self._open) as file:
                data = file.read()
        except OSError:
            data = None
        if data is None or hashlib.sha256(data).hexdigest() != known:
            raise Refused(
                f"{name} in the output is not what this build made of it, since another one, or somebody, has written"
                " there - delete the output folder, and build again"
            )
        return data

    def _open(self, name: str, flags: int) -> int:
        return os.open(name, flags, dir_fd=self._folder)

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a file."""
        return name in self._digests

    def __iter__(self) -> Iterator[str]:
        """Return the paths."""
        return iter(self._digests)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._digests)


_DECODER = msgspec.json.Decoder(tuple[int, dict[str, _Line]])


class Tree:
    """The files of an earlier build, as far as they are still what they were."""

    def __init__(self, folder: Path, kept: Path | None) -> None:
        """Read the record.

        Args:
            folder: the output; need not be there.
            kept: where caches are; None for a build that remembers nothing.
        """
        self.folder = folder
        self._record = kept / "trees" / f"{digests.digest(os.fsencode(folder))}.json" if kept else None
        self._lines: dict[str, _Line] = {}
        if self._record:
            with contextlib.suppress(OSError, ValueError):
                number, lines = _DECODER.decode(self._record.read_bytes())
                self._lines = lines if number == _FORMAT else {}

    def made(self, name: str) -> Made | None:
        """Return what a file is, by its path in the folder; None when there is none.

        A file that is not in the record, or is no longer what the record says, is read.
        """
        try:
            line = self._lines.get(name)
            if line and _line(line.made, os.lstat(self.at(name))) == line:
                return line.made
            return Made(hashlib.sha256(Path(self.at(name)).read_bytes()).hexdigest())
        except OSError:
            return None

    def below(self, prefix: str) -> dict[str, list[str]]:
        """Return the names in the record that begin so, by what the files were made from."""
        found: dict[str, list[str]] = {}
        for name, line in self._lines.items():
            if name.startswith(prefix):
                found.setdefault(line.made.made_from, []).append(name)
        return found

    def at(self, name: str) -> str:
        """Return where a file of the folder lies."""
        return f"{self.folder}/{name}"  # no Path: there are thousands

    def keep(self, files: Mapping[str, Made], found: Mapping[str, os.stat_result]) -> None:
        """Write the record of a folder that stands now. A full disk is no fault of the build.

        Args:
            files: what was made, by path.
            found: what was seen of the files.
        """
        if self._record is None:
            return
        lines = {name: _line(made, found[name]) for name, made in sorted(files.items()) if name in found}
        cache.write(self._record, msgspec.json.encode((_FORMAT, lines)))
        cache.forget(self._record.parent, _RECORDS_MOST)


def _line(made: Made, status: os.stat_result) -> _Line:
    return _Line(made, status.st_ino, status.st_size, status.st_mtime_ns)


class Upcoming:
    """The folder that a build fills.

    No file of it is ever written into, since it may stand in the earlier site too: it is taken away and made anew.
    """

    def __init__(self, folder: Path) -> None:
        """Look at what stands in a folder, which need not be there."""
        self._folder = str(folder)
        self._inodes: dict[str, int] = {}
        self._folders: set[str] = set()
        with contextlib.suppress(FileNotFoundError):
            self._look("")

    def _look(self, below: str) -> None:
        with os.scandir(self.at(below)) as entries:
            for entry in entries:
                name = f"{below}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    self._folders.add(name)
                    self._look(f"{name}/")
                else:
                    self._inodes[name] = entry.inode()

    def at(self, name: str) -> str:
        """Return where a file lies, by its path in the folder."""
        return f"{self._folder}/{name}"

    def claim(self, name: str) -> None:
        """Make the folder of a file that will be written, and take away what stands in the way."""
        if name in self._folders:
            shutil.rmtree(self.at(name))
            self._folders = {each for each in self._folders if not f"{each}/".startswith(f"{name}/")}
            self._inodes = {each: at for each, at in self._inodes.items() if not each.startswith(f"{name}/")}
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            for parent in PurePosixPath(name).parents:
                self._take_away(str(parent))
            os.makedirs(self.at(folder), exist_ok=True)  # noqa: PTH103 - there are thousands, and a Path is slow
            self._folders.add(folder)

    def link(self, source: str, name: str) -> bool:
        """Let a file of the earlier site stand here too: as good as a copy, as nothing writes into either."""
        try:
            inode = os.lstat(source).st_ino
            if self._inodes.get(name) != inode:
                self._take_away(name)
                os.link(source, self.at(name))
                self._inodes[name] = inode
        except OSError:
            return False
        return True

    def linked(self, earlier: Tree, names: Iterable[str]) -> dict[str, Made]:
        """Let files of the earlier site stand here too, and return them; none where one is not what was written."""
        found: dict[str, Made] = {}
        for name in names:
            made = earlier.made(name)
            if made is None or not made.made_from:
                return {}
            self.claim(name)
            if not self.link(earlier.at(name), name):
                return {}
            found[name] = made
        return found

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""
        self._take_away(name)
        with open(self.at(name), "wb") as file:  # noqa: PTH123 - as above
            file.write(data)

    def sweep(self, wanted: Container[str]) -> None:
        """Delete what stood here and is not wanted, and all folders that are empty then."""
        for name in [name for name in self._inodes if name not in wanted]:
            self._take_away(name)
        bare = self._folders - {name.rpartition("/")[0] for name in self._inodes}
        for folder in sorted(bare, reverse=True):
            with contextlib.suppress(OSError):  # it has something in it
                os.rmdir(self.at(folder))  # noqa: PTH106 - as above
                self._folders.discard(folder)

    def _take_away(self, name: str) -> None:
        if self._inodes.pop(name, None) is not None:
            os.unlink(self.at(name))  # noqa: PTH108 - as above
