"""How a command answers: findings, or one line, and an exit status."""

from __future__ import annotations

import contextlib
import io
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NoReturn

from local_seo import report
from local_seo.request import Refused, WrongValue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from local_seo.errors import Finding
    from local_seo.report import Form

FAULTS: Final = 1
WRONG_VALUES: Final = 2
INTERRUPTED: Final = 130


@contextlib.contextmanager
def answering(interrupted: str = "stopped; the earlier site is as it was") -> Iterator[None]:
    """Turn what a person can mend into one line and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no quotes or umlauts
    try:
        yield
    except WrongValue as answer:
        stop(str(answer), WRONG_VALUES)
    except Refused as answer:
        stop(str(answer), FAULTS)
    except KeyboardInterrupt:
        stop(interrupted, INTERRUPTED)


def stop(message: str, status: int) -> NoReturn:
    """End with a line."""
    print(message, file=sys.stderr)
    sys.exit(status)


def tell(findings: Iterable[Finding], content: Path, form: Form = "text", *, explains: bool = False) -> None:
    """Print findings with paths that an editor can open from here; ``explains`` as a ``Terminal`` has it."""
    shown = [replace(f, path=f"{content.as_posix()}/{f.path}") if f.path else f for f in findings]
    print(report.render(shown, form, on=report.terminal(explains=explains)), end="")


def count(number: int, noun: str) -> str:
    """Return a number of things in words."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
