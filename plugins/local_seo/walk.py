"""What lies in folders, as strings: where there are tens of thousands of files, to make Paths of all takes seconds."""

from __future__ import annotations

import os
from operator import attrgetter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

# A file that was saved within one tick of the clock of the file system could change again without a trace. Some file
# systems count whole seconds, or two.
TICK_NS: Final = 50_000_000
_COARSE_TICK_NS: Final = 2 * 10**9
_SECOND_NS: Final = 10**9
_NAME = attrgetter("name")


def files(folder: str, below: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files below a folder, each by its path there with ``/``, in the order in which sorted Paths stand.

    Links to files are files; those to folders are not followed.

    Args:
        folder: where to look.
        below: what the paths begin with.

    Raises:
        OSError: a folder cannot be read.
    """
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=_NAME):
            if entry.is_dir(follow_symlinks=False):
                yield from files(entry.path, f"{below}{entry.name}/")
            elif entry.is_file():
                yield f"{below}{entry.name}", entry


def is_settled(saved_ns: int, now_ns: int) -> bool:
    """Return whether a file that is saved from now on is sure to have another time than one that was saved then."""
    return saved_ns <= now_ns - (TICK_NS if saved_ns % _SECOND_NS else _COARSE_TICK_NS)


def stamp(path: str | os.PathLike[str], now_ns: int) -> str:
    """Return what changes whenever a file is written to: size, inode and times; empty where that may not hold yet.

    Args:
        path: of the file.
        now_ns: nanoseconds since the epoch, of before the file is read.

    Raises:
        OSError: there is no such file.
    """
    status = os.stat(path)  # noqa: PTH116 - there are thousands, and a Path is slow
    return stamped(status) if is_settled(max(status.st_mtime_ns, status.st_ctime_ns), now_ns) else ""


def stamped(status: os.stat_result) -> str:
    """Return the same of what is known of a file, whenever it was."""
    return f"{status.st_size} {status.st_ino} {status.st_mtime_ns} {status.st_ctime_ns}"
