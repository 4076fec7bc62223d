"""What is kept of a practice apart from others; and of builds that nobody asked to see, so that the next is quick."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local_seo import digests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_seo.request import Request

# Each is some times as large as its site.
_PRACTICES_MOST: Final = 8
# Of a practice, under one origin or another; each is as large as its site.
_KEPT_MOST: Final = 3
_LOCK: Final = "in-use"


def remembering(content: Path, engine: Path) -> Path:
    """Return the folder for what is remembered of a practice; of others the longest unused are forgotten.

    It stays as long as this process does. Where it cannot be made nothing is remembered.
    """
    folder = engine / ".cache" / "practices" / digests.digest(os.fsencode(content.resolve()))
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT)  # never closed: the lock ends with the process
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        os.utime(folder)
        _forget(folder.parent, _PRACTICES_MOST)
    return folder


@contextlib.contextmanager
def apart(request: Request) -> Iterator[Request]:
    """Yield the request for a build whose output is left alone until the end of the block.

    It lies with the caches. Where those cannot be written, or another command is at work there, it is a folder that is
    gone afterwards: the outcome is the same.
    """
    with contextlib.ExitStack() as held:
        folder = _kept(request, held) or Path(held.enter_context(tempfile.TemporaryDirectory()))
        yield replace(request, output=folder / "site", spare=folder / "spare")


def _kept(request: Request, held: contextlib.ExitStack) -> Path | None:
    """Return the folder for this content and origin, locked until the stack is left; None where it cannot be had."""
    if request.options.cache is None:
        return None
    about = (os.fsencode(request.content.absolute()), (request.options.origin or "").encode())
    folder = request.options.cache / "apart" / digests.digest(*about)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not held.enter_context(_locked(folder)):
            return None
        os.utime(folder)
        _forget(folder.parent, _KEPT_MOST)
    except OSError:
        return None
    return folder


@contextlib.contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Hold a folder, if nobody else does; the lock ends with the process, however that ends."""
    with (folder / _LOCK).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True


def _forget(parent: Path, most: int) -> None:
    """Delete all but the folders that were used last; not one in use."""
    found = sorted(parent.iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name))
    for folder in found[:-most]:
        with _locked(folder) as free:
            if free:
                shutil.rmtree(folder, ignore_errors=True)
