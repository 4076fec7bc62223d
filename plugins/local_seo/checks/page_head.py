"""A head without what every page needs, or with what search engines and browsers stumble over.

Why: Search engines stop reading a head at the first element that may not stand there; without a viewport a
phone shows a tiny desktop page; a referrer policy keeps the address of a page about health from other sites.
Source: https://developers.google.com/search/docs/crawling-indexing/valid-page-metadata,
https://developers.google.com/search/docs/crawling-indexing/special-tags
Rules: H-01, H-02, H-10, H-11, N-01, N-02, N-07
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.view import FeedView
from ..text import quoted
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built, Rendered
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

_ALLOWED: Final = frozenset({"base", "link", "meta", "noscript", "script", "style", "template", "title"})
_REFERRERS: Final = frozenset({"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"})
# What no search engine reads, or what gives away more than it helps.
_USELESS: Final = frozenset({"keywords", "news_keywords", "geo.position", "geo.placename", "geo.region", "icbm"})


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of the head."""
    page = built.rendered.get(view.save_as)
    for fault in _faults(page, has_feed=built.has_feed) if page else ():
        yield rule.finding(view.source, 0, f"the head of {view.url} {fault}", REMEDY)


def _faults(page: Rendered, *, has_feed: bool) -> Iterator[str]:
    elements = [(tag, attributes) for tag, attributes in page.head if not tag.startswith("-")]
    metas = {name.lower(): content for name, content in page.metas}
    if not page.doctype:
        yield 'does not follow "<!doctype html>"'
    if not elements or elements[0][1].get("charset", "").lower() != "utf-8":
        yield 'does not begin with "<meta charset=utf-8>"'
    if "width=device-width" not in metas.get("viewport", ""):
        yield f"has the viewport {quoted(metas.get('viewport', ''))}, which does not fit a phone"
    if metas.get("referrer", "") not in _REFERRERS:
        yield f"has the referrer policy {quoted(metas.get('referrer', ''))}, which tells other sites what was read"
    if has_feed and not any(each.get("type") == "application/atom+xml" for _, each in elements):
        yield 'names no feed: <link rel="alternate" type="application/atom+xml"> is missing'
    for tag in dict.fromkeys([*(tag for tag, _ in elements if tag not in _ALLOWED), *page.strays]):
        yield f"ends before a {quoted(tag)}, which then means nothing"
    for name in sorted(_USELESS & metas.keys()):
        yield f"has a meta {quoted(name)}, which no search engine reads"
    for rel, href in page.links:
        if rel in {"next", "prev"}:
            yield f"has a link {quoted(rel)} to {quoted(href)}, which no search engine reads"


_HEAD: Final = example.rendered().head
_METAS: Final = example.rendered().metas

_FEED: Final = FeedView(save_as="feed.xml", url="", title="", page_url="", language="", updated="", entries=())

GOOD: Final = (example.case(), example.case(example.rendered(head=_HEAD[:-1])))
BAD: Final = (
    example.case(example.rendered(doctype=False), found='does not follow "<!doctype html>"'),
    example.case(example.rendered(head=_HEAD[1:]), found="does not begin with"),
    example.case(example.rendered(metas=()), found='has the viewport ""'),
    example.case(example.rendered(metas=()), found='has the referrer policy ""'),
    example.case(example.view(), example.rendered(head=_HEAD[:-1]), _FEED, found="names no feed"),
    example.case(example.rendered(strays=("meta",)), found='ends before a "meta"'),
    example.case(example.rendered(metas=(*_METAS, ("keywords", "sleep"))), found='has a meta "keywords"'),
    example.case(example.rendered(links=(("next", "/blog/page/2/"),)), found='has a link "next"'),
)
