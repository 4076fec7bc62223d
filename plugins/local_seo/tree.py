"""What lies in an output folder and what it was made from, so that the next build makes only what has changed.

The record stands beside the caches, not in the output, and each of its lines counts only as long as the file is the one
that was written: same inode, size and time. Without it a build does more work and makes the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from . import cache, digests

_FORMAT: Final = 1
# One for each output folder that is built now and then; `check` builds into a new one each time.
_RECORDS_MOST: Final = 32


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the output.

    Attributes:
        digest: of its bytes, SHA-256.
        made_from: a digest of everything that decides its bytes; empty where that is not known.
    """

    digest: str
    made_from: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    made: Made
    inode: int
    size: int
    saved: int  # nanoseconds


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
        line = self._lines.get(name)
        if line and _line(self.at(name), line.made) == line:
            return line.made
        try:
            return Made(hashlib.sha256(Path(self.at(name)).read_bytes()).hexdigest())
        except OSError:
            return None

    def at(self, name: str) -> str:
        """Return where a file of the folder lies."""
        return f"{self.folder}/{name}"  # no Path: there are thousands

    def keep(self, files: dict[str, Made]) -> None:
        """Write the record of a folder that stands now. A full disk is no fault of the build."""
        if self._record is None:
            return
        lines = {name: _line(self.at(name), made) for name, made in sorted(files.items())}
        cache.write(self._record, msgspec.json.encode((_FORMAT, lines)))
        with contextlib.suppress(OSError):
            records = sorted(self._record.parent.iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name))
            for path in records[:-_RECORDS_MOST]:
                path.unlink()


def _line(path: str, made: Made) -> _Line | None:
    try:
        status = os.lstat(path)
    except OSError:
        return None
    return _Line(made, status.st_ino, status.st_size, status.st_mtime_ns)
