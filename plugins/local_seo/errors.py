"""What is wrong with a site: one type for what stops a build and for what ``check`` reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How bad a finding is: an error must be mended, a warning weighed, a hint may be ignored."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault, as the writer sees it.

    Attributes:
        path: the file that can mend it, relative to the content folder, with ``/``; empty for the site.
        line: 1-based line in that file; 0 when the fault has no line.
        id: the check's id, for example ``unknown-place``; never reused.
        severity: error, warning or hint.
        message: what was found and what is allowed, plain text.
        remedy: what to do, plain text, without a full stop at the end.
        column: 1-based character in that line; 0 when the fault has none.
    """

    path: str
    line: int
    id: str
    severity: Severity
    message: str
    remedy: str = ""
    column: int = 0

    def __str__(self) -> str:
        """Return ``file:line:column: error[check-id]: what was found, what is allowed - what to do``."""
        place = self.path or "site"
        if self.line:
            place += f":{self.line}:{self.column}" if self.column else f":{self.line}"
        remedy = f" - {self.remedy}" if self.remedy else ""
        return f"{place}: {self.severity}[{self.id}]: {self.message}{remedy}"


class SourceError(Exception):
    """Faults that the writer can mend; shown together, without a traceback."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Keep the findings in the order of files and lines, each once."""
        self.findings = tuple(sorted(set(findings)))
        super().__init__("\n".join(map(str, self.findings)))


def error(path: str, line: int, check_id: str, message: str, remedy: str = "") -> Finding:
    """Return a finding of severity error."""
    return Finding(path, line, check_id, Severity.ERROR, message, remedy)
