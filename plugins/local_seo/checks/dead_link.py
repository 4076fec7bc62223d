"""A link to an address of the site that is not served, or that sends the reader on to another one.

Why: A reader who lands on an error page leaves; a link to a redirect costs a phone a second, and search
engines a hop.
Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable
Rules: E-10, F-06
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.ledgers import Addresses
from ..text import nearest, quoted
from ._evidence import read_pages
from ._output import leads, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such address, once for the first page that has it."""
    found: dict[str, tuple[View, str]] = {}
    on: Counter[str] = Counter()
    origin = built.site.origin
    served = built.served.keys() | built.pages.keys()
    ways = leads(built)
    dead = frozenset[str]().union(*ways.values()) - served
    for view, page in read_pages(built):
        if dead.isdisjoint(ways[view.save_as]):
            continue
        for href in page.hrefs:
            meant = target(href, view.url, origin)
            # A page that was meant and not made is the business of rendered-as-promised.
            if meant and meant.address in dead:
                found.setdefault(meant.address, (view, href))
                on[meant.address] += 1
    for address, (view, href) in sorted(found.items()):
        onward, gone = built.addresses.redirects.get(address), address in built.addresses.gone
        fault = f"which leads on to {onward}" if onward else "which is given up" if gone else "which is not served"
        more = f" (and on {on[address] - 1} more)" if on[address] > 1 else ""
        remedy = f"link to {onward}" if onward else nearest(address, (url for url in built.pages if url != view.url))
        message = f"{view.url}{more} links to {quoted(href)}, {fault}"
        yield rule.at_words(view, built, [href], message, remedy)


GOOD: Final = (
    example.case(example.rendered(anchors=(("/blog/", "Blog"), ("https://a.example/b/", "B"), ("#main", "Skip")))),
    example.case(example.rendered(anchors=(("/feed.xml", "Feed"), (f"{example.ORIGIN}/blog/", "Blog"), ("..", "Up")))),
)
BAD: Final = (
    example.case(example.rendered(anchors=(("/blog/nap/", "Naps"),)), found='"/blog/nap/", which is not served'),
    example.case(example.rendered(anchors=(("/blog", "Blog"),)), found='links to "/blog", which is not served'),
    example.case(
        example.rendered(anchors=(("/old/", "Naps"),)),
        addresses=Addresses(redirects={"/old/": "/blog/"}),
        found="which leads on to /blog/",
    ),
    example.case(
        example.view("/blog/a/"),
        example.rendered(anchors=(("/old/", "Naps"),)),
        example.view("/blog/b/"),
        example.rendered(anchors=(("/old/", "Naps"),)),
        addresses=Addresses(gone=frozenset({"/old/"})),
        found='/blog/a/ (and on 1 more) links to "/old/", which is given up',
    ),
)
