"""An article, service or area page with few words of its own.

Why: Search engines want no certain length; the floor is there to catch pages that were started and left.
Source: https://developers.google.com/search/docs/fundamentals/creating-helpful-content names no length; the
limits are ours
Rules: P-01, P-04, P-07
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.document import Kind
from ..model.page import PageKind
from ..text import words
from ._shared import counted, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"words": limits.ARTICLE_WORDS_LEAST, "area_words": limits.AREA_WORDS_LEAST}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the words that somebody wrote for the page are few."""
    document = built.site.by_path.get(view.source)
    if document is None or document.kind not in {Kind.ARTICLE, Kind.SERVICE, Kind.AREA} or not view.head.indexable:
        return
    own = writing(view, built)
    count = own.count if own else len(words(document.body.text))
    least = rule["area_words" if document.kind is Kind.AREA else "words"]
    if count < least:
        yield rule.finding(
            document.path,
            document.source.body_line,
            f"the text has {counted(count, 'word')}; {least:g} are the least for a page that people should find",
            "write more of what a reader asks, or join it with another page",
        )


GOOD: Final = (
    example.case(example.view(), example.document("word " * 300)),
    example.case(example.view(robots="noindex,follow"), example.document("Too short.")),
)
BAD: Final = (
    example.case(example.view(), example.document("Too short."), found="has 2 words; 300 are the least"),
    example.case(
        example.view("/areas/indio/", kind=PageKind.AREA),
        example.document("word " * 299, path="areas/indio.md"),
        found="has 299 words; 300",
    ),
)
