"""An article that its author has reviewed.

Why: A review means that a second licensed person has read it; one's own name twice tells the reader that nobody did.
Source: https://developers.google.com/search/docs/fundamentals/creating-helpful-content
Rules: W-12, V-10
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.view import Byline, Day
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when author and reviewer are one person."""
    byline = view.byline
    if byline and byline.reviewer_name and byline.reviewer_name == byline.author_name:
        message = f"{quoted(byline.author_name)} is author and reviewer of {view.url}"
        yield rule.at_key(view, built, "reviewer", message, "name the other person who read it, or take the key away")


def _case(reviewer: str, found: str = "") -> example.Case:
    byline = Byline(
        author=None,
        author_name="Marisela Quintero",
        credentials="LCSW",
        published=Day("2026-05-04", "May 4, 2026"),
        reviewer_name=reviewer,
    )
    return example.case(example.view(byline=byline), found=found)


GOOD: Final = (_case("Dov Lindqvist"), _case(""), example.case())
BAD: Final = (_case("Marisela Quintero", '"Marisela Quintero" is author and reviewer of /blog/first-weeks/'),)
