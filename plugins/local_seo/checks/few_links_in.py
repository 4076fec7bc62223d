"""A page of a place or service that the texts of the site hardly link to.

Why: A local page that nothing but a list leads to looks as if it were made for search engines; links from texts on
the subject show readers and search engines that it belongs there.
Source: https://developers.google.com/search/docs/essentials/spam-policies#doorways; the number is ours
Rules: P-07
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.page import PageKind
from ._evidence import evidence
from ._output import links
from ._paragraphs import paragraphs
from ._shared import counted, pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.WARNING
OUTPUT: Final = True
SETTINGS: Final = {"links": limits.LINKS_IN_LEAST}
_LOCAL: Final = frozenset({PageKind.AREA, PageKind.SERVICE})
# A list of everything is no recommendation.
_LISTS: Final = frozenset({PageKind.HOME, PageKind.AREAS, PageKind.SERVICES, PageKind.SEARCH, PageKind.NOT_FOUND})


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such page with too few links from pages that are no mere lists."""
    found = evidence(built)
    linking: dict[str, set[str]] = {view.url: set() for view in pages(built) if view.kind in _LOCAL}
    ways = {href: url for _, href in links(built) if (url := href.partition("#")[0]) in linking}
    for view in pages(built):
        if view.kind not in _LISTS:
            for href in ways.keys() & found[view.save_as].hrefs:
                linking[ways[href]].add(view.url)
    for view in pages(built):
        count = len(linking.get(view.url, set()) - {view.url})
        if view.kind in _LOCAL and view.head.indexable and count < rule["links"]:
            message = (
                f"{view.url} is linked from {counted(count, 'page')} that is no list; {rule['links']:g} are the least"
            )
            place = paragraphs(built).best(view)
            remedy = "link to it from articles that speak of it, or give articles this service or place"
            remedy += f"; the best place: {place}" if place else ""
            yield rule.at_key(view, built, "title", message, remedy)


GOOD: Final = (
    example.case(
        example.view("/areas/indio/", kind=PageKind.AREA),
        example.view("/blog/a/"),
        example.rendered(anchors=(("/areas/indio/#fees", "Indio"),)),
        example.view("/blog/b/"),
        example.rendered(anchors=(("/areas/indio/", "Indio"),)),
    ),
    example.case(example.view("/blog/alone/")),
)
BAD: Final = (
    example.case(
        example.view("/areas/indio/", kind=PageKind.AREA),
        example.view("/areas/", kind=PageKind.AREAS),
        example.rendered(anchors=(("/areas/indio/", "Indio"),)),
        example.view("/blog/a/"),
        example.rendered(anchors=(("/areas/indio/", "Indio"),)),
        found="/areas/indio/ is linked from 1 page that is no list; 2 are the least",
    ),
)
