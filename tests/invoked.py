"""``invoke`` and builds in processes of their own, forked from one that has the engine in memory.

To read the engine takes longer than most commands do, the more so while its lines are counted. Tests that start Python
themselves, as those of ``serve``, try that as well.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.main import program

from local_seo.build import build
from site_tools import building, check, links, start
from site_tools.new import command

from . import compiled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from local_seo.request import Request

__all__ = ["building", "check", "command", "compiled", "links", "start"]  # to be in memory

# Its processes begin without threads, and with what they need in memory.
SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload([__name__, "tests.test_publish_faults"])


def invoked(arguments: Sequence[str], cwd: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run ``invoke``, and return what became of it."""
    with tempfile.TemporaryDirectory() as folder:
        said = [Path(folder) / "stdout", Path(folder) / "stderr"]
        process = SERVER.Process(target=_invoke, args=[arguments, cwd, dict(env), said])
        process.start()
        process.join()
        code = process.exitcode
        assert code is not None
        return subprocess.CompletedProcess(arguments, code, *(path.read_text(encoding="utf-8") for path in said))


def killed_at(step: int, request: Request) -> None:
    """Begin a build, and kill it before the step of this number."""
    process = SERVER.Process(target=_build, args=[request, step])
    process.start()
    process.join()
    assert process.exitcode == -signal.SIGKILL


def _build(request: Request, last: int) -> None:
    def announce(number: int, _: str) -> None:
        if number == last:
            os.kill(os.getpid(), signal.SIGKILL)

    build(request, announce)


def _invoke(arguments: Sequence[str], cwd: Path, env: Mapping[str, str], said: Sequence[Path]) -> None:
    for number, path in enumerate(said, start=1):
        with path.open("wb") as file:
            os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.argv = ["invoke", *arguments]
    program.run(sys.argv)
