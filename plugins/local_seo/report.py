"""Findings in words: for a terminal, for programs, for the checks of a pull request."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal

from .errors import Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from .errors import Finding

Form = Literal["text", "json", "github"]

_COLOURS: Final = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}  # red, yellow, cyan
# GitHub's word for each severity.
_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
# What a writer typed may hold characters that command a terminal, or that break a line.
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def render(findings: Iterable[Finding], form: Form = "text", *, colour: bool = False) -> str:
    """Return findings as text that ends with a line break, or "" where there is nothing to say.

    Args:
        findings: in any order; they come out by file and line. Paths as they open from the working directory.
        form: ``text`` = a line each, grouped by file, and a last line of counts; ``json`` = a list of objects with
            the fields of ``Finding`` as keys; ``github`` = workflow commands, which mark the lines of a pull request.
        colour: whether ``text`` is for a terminal that knows ANSI colours.

    Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
    """
    ordered = sorted(findings)
    if form == "json":
        return json.dumps([asdict(finding) for finding in ordered], ensure_ascii=False, indent=2) + "\n"
    if form == "github":
        return "".join(f"{_command(finding)}\n" for finding in ordered)
    groups = groupby(ordered, key=lambda finding: finding.path)
    blocks = ["".join(f"{_line(finding, colour=colour)}\n" for finding in group) for _, group in groups]
    return "\n".join((*blocks, f"{counts(ordered)}\n"))


def _line(finding: Finding, *, colour: bool) -> str:
    line = _CONTROL.sub("\N{REPLACEMENT CHARACTER}", str(finding))
    label = f"{finding.severity}[{finding.id}]"
    return line.replace(label, f"\x1b[{_COLOURS[finding.severity]}m{label}\x1b[0m", 1) if colour else line


def counts(findings: Collection[Finding]) -> str:
    """Return how many there are of each severity: ``2 errors, 1 warning``."""
    counts = {severity: sum(finding.severity is severity for finding in findings) for severity in Severity}
    parts = (f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts.items() if count)
    return ", ".join(parts) or "nothing found"


def _command(finding: Finding) -> str:
    where = {
        "file": finding.path,
        "line": finding.line or "",
        "title": finding.id,
    }
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in where.items() if value)
    remedy = f" - {finding.remedy}" if finding.remedy else ""
    return f"::{_LEVELS[finding.severity]} {properties}::{_data(finding.message + remedy)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
