"""Findings in words: for a terminal, for programs, for the checks of a pull request."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import textwrap
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from .errors import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .errors import Finding

Form = Literal["text", "json", "github"]

_INDENT: Final = " " * 8
_NARROWEST: Final = 40  # characters; a narrower terminal wraps by itself
_BOLD: Final = "1"
_DIM: Final = "2"
_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}  # red, yellow, cyan
# GitHub's word for each severity.
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
# What a writer typed may hold characters that command a terminal, or that break a line.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """Where a person reads.

    Attributes:
        width: how many characters a line has.
        colour: whether colours are wanted.
        explains: whether ``invoke check --explain`` knows what is told there: checks, and no faults that stop a build.
    """

    width: int = 80
    colour: bool = False
    explains: bool = True


def terminal(*, explains: bool = False) -> Terminal | None:
    """Return the terminal that a person reads; None where the output goes to a file or to a program.

    Source: https://no-color.org/
    """
    if not sys.stdout.isatty():
        return None
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return Terminal(width=shutil.get_terminal_size().columns, colour=not plain, explains=explains)


def render(findings: Iterable[Finding], form: Form = "text", *, on: Terminal | None = None) -> str:
    """Return findings as text that ends with a line break, or "" where there is nothing to say.

    Args:
        findings: in any order; they come out by file and line. Paths as they open from the working directory.
        form: ``text`` = a line each, grouped by file, and a last line of counts; ``json`` = a list of objects with
            the fields of ``Finding`` as keys; ``github`` = workflow commands, which mark the lines of a pull request.
        on: where a person reads ``text``: then each file is named once, and long lines are wrapped.

    Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    ordered = sorted(findings)
    if form == "json":
        return json.dumps([asdict(finding) for finding in ordered], ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(f"{_command(finding)}\n" for finding in ordered)
    groups = groupby(ordered, key=lambda finding: finding.path)
    if on:
        blocks = [_block(path, group, on) for path, group in groups]
    else:
        blocks = ["".join(f"{_tame(str(finding))}\n" for finding in group) for _, group in groups]
    more = " - `invoke check --explain ID` says why" if on and on.explains and ordered else ""
    return "\n".join((*blocks, f"{counts(ordered)}{more}\n"))


def _block(path: str, findings: Iterable[Finding], on: Terminal) -> str:
    """Return the findings of one file: its name, then place, severity and id, the message, and what to do."""

    def styled(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if on.colour else text

    lines = [styled(_tame(path or "the site"), _BOLD)]
    for finding in findings:
        column = f":{finding.column}" if finding.column else ""
        place = f"{finding.line}{column}" if finding.line else "-"
        label = styled(f"{finding.severity}[{_tame(finding.id)}]", _COLOURS[finding.severity])
        lines.append(f"{place:>6}  {label}")
        lines += _wrapped(_tame(finding.message), on.width)
        if finding.remedy:
            lines += (styled(line, _DIM) for line in _wrapped(f"-> {_tame(finding.remedy)}", on.width))
    return "".join(f"{line}\n" for line in lines)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text,
        max(width, _NARROWEST),
        initial_indent=_INDENT,
        subsequent_indent=_INDENT,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _tame(text: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def counts(findings: Collection[Finding]) -> str:
    """Return how many there are of each severity: ``2 errors, 1 warning``."""
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    parts = (f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts.items() if count)
    return ", ".join(parts) or "nothing found"


def _command(finding: Finding) -> str:
    where = {
        "file": finding.path,
        "line": finding.line or "",
        "col": finding.column or "",
        "title": finding.id,
    }
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in where.items() if value)
    remedy = f" - {finding.remedy}" if finding.remedy else ""
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(finding.message + remedy)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
