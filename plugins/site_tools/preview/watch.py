"""What was saved, at once, and when to build: at the start and after each burst of saves, none of which may be lost."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchfiles import watch

from local_seo.request import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from watchfiles import Change

# A burst of saves ends when nothing was saved for so long, and in any case after the longer time.
_STEP_MS: Final = 10
_BURST_MS: Final = 200
# How long nothing is saved before a moment counts as quiet.
_QUIET_MS: Final = 150

_Signature = dict[str, tuple[int, int, int]]


def saves(*folders: Path) -> Iterator[frozenset[Path]]:
    """Yield the files that were just saved, then nothing: a build is due. So it goes on for ever; first comes nothing.

    One watch lives as long as the folders do, so that no save is lost while an earlier one is dealt with. What no watch
    sees, such as a file that is written into a new folder before that is watched itself, the first quiet moment after a
    save finds by comparing the files with what they were.

    Raises:
        Refused: the system cannot watch the folders.
    """
    roots = [folder.resolve() for folder in folders]
    while True:
        watched = _inodes(roots)
        before = _signature(roots)
        yield frozenset()
        compared = False
        for changes in _watch(roots):
            if changes:
                yield changes
                before, compared = _signature(roots), False
                yield frozenset()
            elif not compared:
                now, compared = _signature(roots), True
                if now != before:
                    yield frozenset(Path(path) for path, _ in now.items() ^ before.items())
                    before, compared = now, False
                    yield frozenset()
            elif (inodes := _inodes(roots)) != watched and all(inodes):
                break  # another folder took the place of the one that is watched


def _watch(roots: list[Path]) -> Iterator[frozenset[Path]]:
    """Yield what was saved, nothing when nothing was for ``_QUIET_MS``; end when the watch breaks."""

    def matters(_: Change, path: str) -> bool:
        return any(_read(Path(path).relative_to(root).parts) for root in roots if Path(path).is_relative_to(root))

    while not all(_inodes(roots)):  # what is not there cannot be watched
        time.sleep(_QUIET_MS / 1000)
        yield frozenset()
    begun = False
    try:
        for changes in watch(
            *roots,
            watch_filter=matters,
            step=_STEP_MS,
            debounce=_BURST_MS,
            rust_timeout=_QUIET_MS,
            yield_on_timeout=True,
        ):
            begun = True
            yield frozenset(Path(path) for _, path in changes)
    except FileNotFoundError:
        return  # gone a moment ago
    except (OSError, RuntimeError) as failure:
        if not begun:
            raise Refused(f"the folders cannot be watched: {failure}") from failure


def _read(parts: tuple[str, ...]) -> bool:
    """Return whether a build reads a file with this path: not what git and editors keep for themselves."""
    return not any(part.startswith((".", "#")) or part.endswith("~") for part in parts)


def _inodes(roots: list[Path]) -> list[int]:
    return [root.stat().st_ino if root.is_dir() else 0 for root in roots]


def _signature(roots: list[Path]) -> _Signature:
    """Return what changes with each save: time, size and inode of every file by its path."""
    found: _Signature = {}
    for root in roots:
        for folder, folders, names in os.walk(root):
            folders[:] = [name for name in folders if _read((name,))]
            for name in names:
                if not _read((name,)):
                    continue
                path = f"{folder}/{name}"
                try:
                    status = os.stat(path)  # noqa: PTH116 - half the time of a Path, and there are many
                except OSError:
                    continue  # removed a moment ago, or a link to nothing
                found[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
    return found
