"""A page that takes more clicks from the home page than a reader makes.

Why: What lies deep is found late by search engines, and hardly ever by readers.
Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable; the numbers are ours
Rules: W-10
"""

from __future__ import annotations

from itertools import count, pairwise
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ._evidence import evidence
from ._output import leads
from ._paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from ..model.built import Built, Rendered
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
OUTPUT: Final = True

SETTINGS: Final = {"clicks": limits.CLICKS_MOST, "clicks_error": limits.CLICKS_ERROR}


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each page that is too far away; one without any way to it is the business of orphan-page."""
    clicks = _clicks({view.url: leads(built)[view.save_as] for view in built.pages.values()})
    for url, view in built.pages.items():
        # The later pages of a list are a way to articles, and nobody looks for them.
        is_later = evidence(built)[view.save_as].later
        if view.head.indexable and not is_later and clicks.get(url, 0) > rule["clicks"]:
            severity = Severity.ERROR if clicks[url] > rule["clicks_error"] else None
            message = f"{url} is {clicks[url]} clicks away from the home page; {rule['clicks']:g} are the most"
            document = built.site.by_path.get(view.source)
            line = document.source.line_of_key("title") if document else 0
            place = paragraphs(built).best(view)
            remedy = f"link to it from a page that is nearer{f'; the best place: {place}' if place else ''}"
            yield rule.finding(view.source, line, message, remedy, severity)


def _clicks(ways: Mapping[str, AbstractSet[str]]) -> Mapping[str, int]:
    """Return how far each page is from the home page, by where each leads to; without those that no way leads to."""
    clicks = {"/": 0}
    level = {"/"}
    for depth in count(1):
        level = set[str]().union(*(ways.get(here, ()) for here in level)) & (ways.keys() - clicks.keys())
        if not level:
            break
        clicks |= dict.fromkeys(level, depth)
    return clicks


def _chain(length: int) -> tuple[View | Rendered, ...]:
    urls = ["/", *(f"/blog/{letter}/" for letter in "abcdefgh")][: length + 1]
    parts: list[View | Rendered] = []
    for here, there in pairwise([*urls, "/"]):
        parts += (example.view(here), example.rendered(example.view(here), anchors=((there, "On"),)))
    return tuple(parts)


GOOD: Final = (example.case(*_chain(3)), example.case(example.view("/blog/a/")))
BAD: Final = (
    example.case(*_chain(4), found="/blog/d/ is 4 clicks away from the home page; 3 are the most"),
    example.case(*_chain(6), found="/blog/f/ is 6 clicks away"),
)
