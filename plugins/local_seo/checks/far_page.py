"""A page that takes too many clicks from the home page, or that no click reaches.

Why: Readers give up on the way, and search engines take a page that lies deep for one that matters little.
Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable; the number is ours
Rules: E-11
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.page import PageKind
from ._shared import Paragraphs, counted, pages, site_links

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built, Rendered
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"clicks": limits.CLICKS_MOST}


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each page to be found that lies too deep; one without any link in is an orphan instead."""
    views = {view.url: view for view in pages(built)}
    # The search page leads to every page, and recommends none.
    guides = {url: view for url, view in views.items() if view.kind is not PageKind.SEARCH}
    led_to = {url: site_links(view, built) & views.keys() for url, view in guides.items()}
    linked = {target for url, targets in led_to.items() for target in targets - {url}}
    clicks = {"/": 0}
    front = ["/"]
    while front:
        reached = {target for url in front for target in led_to.get(url, ())} - clicks.keys()
        clicks |= dict.fromkeys(reached, clicks[front[0]] + 1)
        front = sorted(reached)
    paragraphs = None
    for url, view in views.items():
        far = clicks.get(url)
        if not view.head.indexable or view.kind is PageKind.HOME or url not in linked:
            continue
        if far is None or far > rule["clicks"]:
            paragraphs = paragraphs or Paragraphs(built)
            place = paragraphs.best(view, built)
            away = "cannot be reached from" if far is None else f"is {counted(far, 'click')} from"
            message = f"{url} {away} the home page; {rule['clicks']:g} are the most"
            remedy = f"link to it nearer to home{f'; the best place: {place}' if place else ''}"
            yield rule.at_key(view, built, "title", message, remedy)


def _chain(*urls: str) -> tuple[View | Rendered, ...]:
    """Return pages of which each links to the next."""
    parts: list[View | Rendered] = []
    for url, following in zip(urls, (*urls[1:], urls[-1]), strict=True):
        kind = PageKind.HOME if url == "/" else PageKind.PAGE
        parts += (example.view(url, kind=kind), example.rendered(anchors=((following, "Next"),)))
    return tuple(parts)


GOOD: Final = (example.case(*_chain("/", "/one/", "/two/", "/three/")),)
BAD: Final = (
    example.case(*_chain("/", "/one/", "/two/", "/three/", "/four/"), found="/four/ is 4 clicks from the home page"),
    example.case(
        example.view("/", kind=PageKind.HOME),
        example.view("/one/", kind=PageKind.PAGE),
        example.rendered(anchors=(("/two/", "Two"),)),
        example.view("/two/", kind=PageKind.PAGE),
        found="/two/ cannot be reached from the home page",
    ),
)
