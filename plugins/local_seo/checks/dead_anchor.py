"""A link to a part of a page that the page does not have.

Why: The reader lands at the top of the page and does not know what was meant.
Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#scrolling-to-a-fragment
Rules: E-10
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import nearest, quoted
from ._evidence import read_pages
from ._output import Target, links, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such part, once for the first page that links to it."""
    ids = {view.url: page.ids for view, page in read_pages(built)}
    found: dict[Target, tuple[View, str]] = {}
    for view, href in links(built):
        meant = target(href, view.url, built.site.origin) if "#" in href else None
        # "#top" and "#" lead to the top of any page; a page that is not there is the business of dead-link.
        if not meant or meant.fragment.lower() in {"", "top"} or meant.address not in ids:
            continue
        if meant.fragment not in ids[meant.address]:
            found.setdefault(meant, (view, href))
    for meant, (view, href) in sorted(found.items()):
        message = f"{view.url} links to {quoted(href)}, and {meant.address} has no {quoted('#' + meant.fragment)}"
        yield rule.at_words(view, built, [href], message, nearest(meant.fragment, ids[meant.address]))


GOOD: Final = (
    example.case(
        example.rendered(anchors=(("#main", "Skip"), ("#top", "Up"), ("/blog/naps/#main", "Naps"))),
        example.view("/blog/naps/"),
    ),
    example.case(example.rendered(anchors=(("/nowhere/#main", "Naps"),))),
)
BAD: Final = (
    example.case(example.rendered(anchors=(("#man", "Skip"),)), found='has no "#man"'),
    example.case(
        example.view("/blog/sleep/"),
        example.rendered(anchors=(("/blog/naps/#noon", "Noon"),)),
        example.view("/blog/naps/"),
        found='/blog/sleep/ links to "/blog/naps/#noon", and /blog/naps/ has no "#noon"',
    ),
)
