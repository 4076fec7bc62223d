"""A page that no other page links to.

Why: Readers and search engines find pages by links; one that nothing links to might as well not be there.
Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable
Rules: E-11
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..model.practice import Prose
from ._output import leads
from ._paragraphs import paragraphs
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each page to be found, other than home, without a link from another page."""
    linked: set[str] = set()
    for view in pages(built):
        if view.kind is PageKind.SEARCH:  # leads to every page, and recommends none
            continue
        linked |= leads(built)[view.save_as] - {view.url}
    for view in pages(built):
        if view.head.indexable and view.kind is not PageKind.HOME and view.url not in linked:
            place = paragraphs(built).best(view) or "a page on the same subject"
            yield rule.at_key(
                view,
                built,
                "title",
                f"0 other pages link to {view.url}; at least 1 must",
                f"link to it from {place}",
            )


GOOD: Final = (
    example.case(
        example.view("/", kind=PageKind.HOME),
        example.rendered(anchors=(("/blog/sleep/#nights", "Sleep"),)),
        example.view("/blog/sleep/"),
        example.view("/blog/old/", robots="noindex,follow"),
    ),
    example.case(
        example.view("/blog/"),
        example.rendered(anchors=(("sleep/", "Sleep"),)),
        example.view("/blog/sleep/"),
        example.rendered(anchors=(("../", "Blog"),)),
    ),
)
BAD: Final = (
    example.case(
        example.view("/", kind=PageKind.HOME),
        example.view("/blog/sleep/"),
        example.rendered(anchors=(("/blog/sleep/", "Sleep"),)),
        found="0 other pages link to /blog/sleep/",
    ),
    example.case(
        example.view("/blog/baby-sleep/"),
        example.view("/fees/", kind=PageKind.PAGE),
        example.rendered(anchors=(("/fees/", "Fees"),)),
        example.document("We talk about the sleep of a baby, too.", path="pages/fees.md"),
        example.document(path="articles/baby-sleep.md", title=Prose("Baby sleep")),
        found="0 other pages link to /blog/baby-sleep/",
    ),
)
