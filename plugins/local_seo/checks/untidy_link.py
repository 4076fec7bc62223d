"""A link within the site that spells the address of a page in another way than the page itself does.

Why: The same page under two spellings counts as two; `index.html`, campaign parameters and a host of one's
own in a link make such spellings, and break on the next move.
Source: https://developers.google.com/search/docs/crawling-indexing/url-structure
Rules: E-10, F-06
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import quoted
from ._output import links, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such link, once for the first page that has it."""
    told: set[str] = set()
    for view, href in links(built):
        if href not in told and (fault := _fault(href, view.url, built.site.origin)):
            told.add(href)
            message = f"{view.url} links to {quoted(href)}, {fault}"
            yield rule.at_words(view, built, [href], message, "link to the page as its own address is spelt")


def _fault(href: str, base: str, origin: str) -> str:
    if href.startswith("http://") and href.removeprefix("http://").partition("/")[0] == origin.removeprefix("https://"):
        return "which is not https"
    meant = target(href, base, origin)
    if meant is None:
        return ""
    if meant.address.endswith("/index.html"):
        return "which ends in index.html"
    if "utm_" in meant.query:
        return "which carries campaign parameters within the site"
    if href.startswith(origin):
        return "which repeats the site's own host"
    return "which has spaces at its ends" if href != href.strip() else ""


GOOD: Final = (
    example.case(example.rendered(anchors=(("/blog/", "Blog"), ("http://a.example/index.html?utm_source=b", "A")))),
)
BAD: Final = (
    example.case(example.rendered(anchors=(("/blog/index.html", "Blog"),)), found="which ends in index.html"),
    example.case(example.rendered(anchors=(("/blog/?utm_source=mail", "Blog"),)), found="which carries campaign"),
    example.case(example.rendered(anchors=((f"{example.ORIGIN}/blog/", "Blog"),)), found="repeats the site's own host"),
    example.case(
        example.rendered(anchors=(("http://www.saltbush-family.example/", "Home"),)), found="which is not https"
    ),
)
