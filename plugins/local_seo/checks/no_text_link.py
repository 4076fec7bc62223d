"""A page that no text of the site links to, though one speaks of it.

Why: A link in a sentence says for whom a page is and why; a list says only that it is there.
Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable
Rules: E-11, W-08
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .. import example
from ..errors import Finding, Severity
from ..model.page import PageKind
from ._evidence import evidence
from ._paragraphs import paragraphs
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.HINT
_KINDS: Final = frozenset({PageKind.ARTICLE, PageKind.SERVICE, PageKind.AREA, PageKind.TOPIC})


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such article, service, area or topic to be found, with the best place for a link.

    Where no text speaks of the subject there is nothing to do but to write one.
    """
    views = pages(built)
    found = evidence(built)
    linked = {href for view in views for href, _ in found[view.save_as].text_links if href != view.url}
    for view in views:
        alone = view.head.indexable and view.url not in linked and view.source in built.site.by_path
        if view.kind in _KINDS and alone and (place := paragraphs(built).best(view)):
            remedy = f"the best place: {place}; or add to its link_phrases what others call its subject"
            yield rule.at_key(view, built, "title", f"no text links to {view.url}", remedy)


_LINKING: Final = (Markup('<p>More on <a href="/blog/first-weeks/#nights">the first weeks</a>.</p>'),)
_NOT_LINKING: Final = "Parents ask about the first weeks more than about anything."

GOOD: Final = (
    example.case(
        example.view(),
        example.view("/blog/naps/", body=_LINKING, robots="noindex,follow"),
    ),
)
BAD: Final = (
    example.case(
        example.view(),
        example.view("/areas/", kind=PageKind.AREAS),
        example.document(_NOT_LINKING, path="pages/areas.md"),
        found="no text links to /blog/first-weeks/",
    ),
)
