"""What a build takes: wall clock, CPU and memory, its children's among them."""

from __future__ import annotations

import contextlib
import os
import platform
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_PROCESSES: Final = Path("/proc")
_SEEN: Final = (_PROCESSES / "self" / "smaps_rollup").exists()
# What ``peak_mb`` says on this machine.
MEMORY: Final = (
    "the most of all processes of a build together, each with its part of what it shares, as seen every 0.1 s or so"
    if _SEEN
    else "the most of the largest process of a build"
)
_LOOK_S: Final = 0.1
_SHARE: Final = 20  # of the time between two looks, one part may be spent looking: it holds the process up


class Failed(Exception):  # noqa: N818 - it is no bug, but an answer to whoever asked
    """A build did not end well; the message is the end of what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Build:
    """A build to measure, in a process of its own.

    Attributes:
        case: what was done before it, as in ``one body edited``, or whose build it is.
        command: the program and its arguments.
        site: where its files come to lie.
        folder: where it runs.
        environment: beside ours.
        before: what is done first, and not measured.
        rehearsal: as ``command``, but a small one; it runs first, and is not measured.
    """

    case: str
    command: Sequence[str]
    site: Path
    folder: Path | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None
    rehearsal: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What a build took: seconds by the clock, seconds of CPU, and megabytes as ``MEMORY`` says."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def compiled(folder: Path) -> dict[str, str]:
    """Return the environment of a Python that keeps what it compiles, as users' does, in a folder."""
    return {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder)}


def taken(build: Build) -> Taken:
    """Run a build to its end and return what it and its children took.

    Raises:
        Failed: it ended with another status than 0.
    """
    build.before()
    environment = {**os.environ, **build.environment}
    if build.rehearsal:
        subprocess.run(build.rehearsal, cwd=build.folder, env=environment, capture_output=True, check=False)
    with tempfile.TemporaryFile() as said:
        began = time.perf_counter()
        process = subprocess.Popen(
            build.command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=build.folder,
            env=environment,
        )
        watch = _Watch(process.pid)
        watch.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        finally:
            wall = time.perf_counter() - began
            watch.ended.set()
            watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise Failed(said.read().decode(errors="replace").strip()[-2000:])
    # Where nothing was seen: kilobytes on Linux, bytes on macOS.
    largest = usage.ru_maxrss / (1024 if platform.system() == "Linux" else 1024**2)
    return Taken(wall_s=wall, cpu_s=usage.ru_utime + usage.ru_stime, peak_mb=watch.most_kb / 1024 or largest)


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until it is told to end."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.most_kb = 0
        self._root = root

    def run(self) -> None:
        pause = _LOOK_S
        while _SEEN and not self.ended.wait(pause):
            began = time.perf_counter()
            self.most_kb = max(self.most_kb, sum(map(_kilobytes, _family(self._root))))
            pause = max(_LOOK_S, _SHARE * (time.perf_counter() - began))


def _family(root: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for path in _PROCESSES.glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):  # it has ended by now
            parent = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1]
            children.setdefault(int(parent), []).append(int(path.parent.name))
    waiting = [root]
    while waiting:
        process = waiting.pop()
        yield process
        waiting += children.get(process, ())


def _kilobytes(process: int) -> int:
    """Return what a process holds, its part of what it shares; 0 when it has ended."""
    with contextlib.suppress(OSError, ValueError):
        for line in (_PROCESSES / str(process) / "smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
