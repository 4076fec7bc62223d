"""A page with no main heading, or with several.

Why: The one main heading tells a reader, and a screen reader, where they are.
Source: https://www.w3.org/WAI/WCAG22/Techniques/html/H42,
https://developers.google.com/search/docs/appearance/title-link
Rules: E-08, V-12
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import joined, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding unless the page has exactly one h1."""
    page = built.rendered.get(view.save_as)
    found = [text for level, text in page.headings if level == 1] if page else []
    if page and not found:
        yield rule.at_key(view, built, "title", "the page has 0 main headings (h1), not 1", "write a title")
    elif len(found) > 1:
        yield rule.at_words(
            view,
            built,
            [found[-1]],
            f"the page has {len(found)} main headings (h1), not 1: {joined(map(quoted, found))}",
            "the title is the main heading already; begin headings in the text with ##",
        )


GOOD: Final = (
    example.case(),
    example.case(example.rendered(headings=((1, "Sleep"), (2, "Naps"), (2, "Nights")))),
)
BAD: Final = (
    example.case(example.rendered(headings=((2, "Naps"),)), found="0 main headings"),
    example.case(
        example.rendered(headings=((1, "Sleep"), (1, "Naps"))),
        found='2 main headings (h1), not 1: "Sleep" and "Naps"',
    ),
)
