"""A page that tells search engines something else than was meant, or that is to be kept from them and is not.

Why: One stray `noindex` takes a page out of every search result, and a missing one shows what was to stay unlisted.
Source: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag
Rules: H-06, N-15, P-08, P-09
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import joined, quoted
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

# Names under which a page may speak to one search engine alone.
_ENGINES: Final = ("googlebot", "googlebot-news", "bingbot", "slurp")


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of the robots directives."""
    page = built.rendered.get(view.save_as)
    if page is None:
        return
    found = page.meta("robots")
    if found != (view.head.robots,):
        shown = joined(map(quoted, found)) or "missing"
        yield rule.finding(
            view.source, 0, f"the meta robots of {view.url} is {shown}, not {quoted(view.head.robots)}", REMEDY
        )
    for engine in _ENGINES:
        for said in page.meta(engine):
            message = f"{view.url} tells {engine} alone {quoted(said)}; one meta robots for all is enough"
            yield rule.finding(view.source, 0, message, REMEDY)
    document = built.site.by_path.get(view.source)
    kept = document and (document.front.noindex or document.front.status != "published")
    if kept and view.kind.value in {"article", "page"} and view.head.indexable:
        message = f"{view.url} may be listed by search engines, but its front matter says otherwise"
        yield rule.at_key(view, built, "noindex", message, "report it: this is a fault of the program")


GOOD: Final = (
    example.case(),
    example.case(example.view(robots="noindex,follow"), example.document(noindex=True)),
)
BAD: Final = (
    example.case(example.rendered(metas=()), found="the meta robots of /blog/first-weeks/ is missing"),
    example.case(
        example.rendered(example.view(), metas=(("robots", example.ROBOTS), ("robots", "noindex"))),
        found='" and "noindex", not',
    ),
    example.case(
        example.rendered(metas=(("robots", example.ROBOTS), ("googlebot", "noindex"))),
        found='tells googlebot alone "noindex"',
    ),
    example.case(example.view(), example.document(noindex=True), found="its front matter says otherwise"),
)
