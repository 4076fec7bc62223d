"""A heading that skips a level.

Why: People who listen to a page move by its headings; a skipped level sounds like a missing part.
Source: https://www.w3.org/WAI/tutorials/page-structure/headings/
Rules: E-08, V-12
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each heading that is more than one level below the one before it."""
    page = built.rendered.get(view.save_as)
    # A page without a main heading is the business of one-h1, so the first heading may be of level 2.
    headings = ((1, ""), *(page.headings if page else ()))
    for (before, _), (level, text) in pairwise(headings):
        if level > before + 1:
            yield rule.at_words(
                view,
                built,
                [text],
                f"the heading {quoted(text)} is of level {level} and follows one of level {before}",
                f"begin it with {'#' * (before + 1)}, which is level {before + 1}",
            )


GOOD: Final = (example.case(example.rendered(headings=((1, "Sleep"), (2, "Naps"), (3, "At noon"), (2, "Nights")))),)
BAD: Final = (
    example.case(
        example.rendered(headings=((1, "Sleep"), (3, "Naps"))),
        found='"Naps" is of level 3 and follows one of level 1',
    ),
    example.case(example.rendered(headings=((4, "Sleep"),)), found="level 4"),
)
