"""An article that leads nowhere, or everywhere.

Why: Links in the text are how a reader finds the next answer, and how search engines learn what belongs together. A
few good ones do it; in a text that is full of them none stands out.
Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable; the numbers are ours
Rules: W-08
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .. import example, limits, urls
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..prose import Link, Passage
from . import Spot
from ._shared import counted, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.HINT
SETTINGS: Final = {
    "least": limits.LINKS_LEAST,
    "most_per_1000_words": limits.LINKS_PER_1000_WORDS_MOST,
    "outward_most_per_1000_words": limits.OUTWARD_LINKS_PER_1000_WORDS_MOST,
}
_WHOLE: Final = 1000


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for too few or too many links within the text of an article that is to be found."""
    own = writing(view, built)
    if own is None or view.kind is not PageKind.ARTICLE or not view.head.indexable:
        return
    inward: list[Spot] = []
    outward: list[Spot] = []
    for number, passage in enumerate(own.passages):
        for link in passage.links:
            at = Spot(number, max(passage.text.find(link.text), 0))
            if link.url.startswith("/") or link.url.startswith(built.site.origin):
                inward.append(at)
            elif urls.is_web(link.url):
                outward.append(at)
    thousands = max(own.count / _WHOLE, 1)
    most, outward_most = rule["most_per_1000_words"] * thousands, rule["outward_most_per_1000_words"] * thousands
    if len(inward) < rule["least"]:
        line = built.site.by_path[view.source].source.body_line
        message = f"the text has {counted(len(inward), 'link')} to other pages of the site; {rule['least']:g} are good"
        yield rule.finding(
            view.source, line, message, "link to the service that helps, and to an article on the next question"
        )
    for what, links, limit in (("to pages of the site", inward, most), ("to other sites", outward, outward_most)):
        if len(links) > limit:
            message = (
                f"the text has {len(links)} links {what} in {counted(own.count, 'word')}; more than {limit:.0f} hide "
                "each other"
            )
            yield rule.in_text(view, built, links[0], message, "keep those that a reader needs next")


def _linked(count: int, url: str) -> example.Case:
    view, document, page = example.written("A text.")
    links = tuple(Link(url, "A text") for _ in range(count))
    return example.case(view, document, example.rendered(view, passages=(Passage("p", page.main, links),)))


GOOD: Final = (_linked(2, "/blog/naps/"), _linked(8, f"{example.ORIGIN}/blog/naps/"))
BAD: Final = (
    replace(_linked(1, "/fees/"), found="the text has 1 link to other pages of the site; 2 are good"),
    replace(_linked(9, "/fees/"), found="the text has 9 links to pages of the site in 2 words"),
    replace(_linked(21, "https://www.nimh.nih.gov/"), found="21 links to other sites in 2 words"),
)
