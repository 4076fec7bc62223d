"""What lies in folders, as strings: where there are tens of thousands of files, to make Paths of all takes seconds."""

from __future__ import annotations

import os
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

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
