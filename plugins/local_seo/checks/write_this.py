"""Words that are still to be written.

Why: A page that says WRITE THIS is not ready to be read.
Source: docs/writing.md, `invoke start`
Rules: product 3 (start)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
MARK: Final = "WRITE THIS"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each mark that the starter left, with its line."""
    document = built.site.by_path.get(view.source)
    for number, line in enumerate(document.source.text.split("\n") if document else (), 1):
        if MARK in line:
            message = f"words are still to be written here: {line.strip()[:80]}"
            yield rule.finding(view.source, number, message, "write them, or delete the line")


GOOD: Final = (example.case(), example.case(example.view(), example.document("I write this at night.")))
BAD: Final = (
    example.case(example.view(), example.document("WRITE THIS: who comes."), found="written here: WRITE THIS"),
)
