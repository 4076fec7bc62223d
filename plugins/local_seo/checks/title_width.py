"""A title that is wider than search results show.

Why: Search results cut a title at the width of the screen, and the end of a long one is lost.
Source: https://developers.google.com/search/docs/appearance/title-link names no length; Yoast measures the
same width
Rules: W-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..arial import width_px
from ..errors import Finding, Severity
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"width_px": limits.TITLE_WIDTH_PX}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the title is cut in search results."""
    title = view.head.title
    width, most = width_px(title), rule["width_px"]
    if view.head.indexable and width > most:
        yield rule.at_key(
            view,
            built,
            "title",
            f"the title {quoted(title)} is {width:.0f} px wide in search results, which show {most:g} px",
            f"shorten it to about {int(len(title) * most / width)} characters",
        )


GOOD: Final = (
    example.case(example.view(title="The first weeks with a baby | Postpartum Therapist in Indio")),
    example.case(example.view(title="Good nights " * 9, robots="noindex,follow")),
)
BAD: Final = (
    example.case(example.view(title="Good nights " * 9), found="px wide in search results, which show 580 px"),
)
