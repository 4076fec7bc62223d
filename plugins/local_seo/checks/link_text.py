"""A link that does not say where it leads.

Why: People who listen to a page hear its links by themselves, and search engines read them as names of the
target.
Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable,
https://www.w3.org/WAI/WCAG22/Understanding/link-purpose-in-context; the words are those of E-30 and of
Lighthouse
Rules: E-30
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .. import alignment, example
from ..errors import Finding, Severity
from ..text import quoted, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.document import Document
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
_VAGUE: Final = frozenset(
    {
        "click here",
        "click this",
        "go",
        "here",
        "information",
        "learn more",
        "link",
        "more",
        "more info",
        "more information",
        "read more",
        "right here",
        "see more",
        "start",
        "this",
        "this article",
        "this link",
        "this page",
        "this post",
    }
)


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each link without a text, or with one that would fit any link."""
    page = built.rendered.get(view.save_as)
    document = built.site.by_path.get(view.source)
    for href, text in page.anchors if page else ():
        said = _said(text)
        # A link within the page, such as the arrow back from a footnote, may be a sign.
        if (said and said not in _VAGUE) or (not said and text and href.startswith("#")):
            continue
        line, column = _place_of_link(document, text) if document else alignment.NOWHERE
        fault = f"is {quoted(text)}, which would fit any link" if said else f"has no words: {quoted(text)}"
        where = "" if line else f" (page {view.url})"
        yield rule.finding(
            view.source,
            line,
            f"the text of the link to {quoted(href)} {fault}{where}",
            "let the link's words name what the reader finds there",
            column=column,
        )


# Most links stand on many pages.
@lru_cache(maxsize=1 << 14)
def _said(text: str) -> str:
    return " ".join(words(text.lower()))


def _place_of_link(document: Document, text: str) -> alignment.Position:
    """Return where the Markdown link with this text stands; nowhere when there is none, as in one of the theme."""
    written = document.source.text
    # A picture begins with an exclamation mark.
    match = re.search(rf"(?<!!)\[{re.escape(text)}\]\(", written)
    return alignment.position(written, match.start()) if match else alignment.NOWHERE


GOOD: Final = (
    example.case(
        example.rendered(
            anchors=(("/blog/naps/", "Naps in the first year"), ("/fees/", "More about fees"), ("#fnref:1", "↩"))
        )
    ),
)
BAD: Final = (
    example.case(
        example.rendered(anchors=(("/blog/naps/", "Read more …"),)),
        found='link to "/blog/naps/" is "Read more …"',
    ),
    example.case(example.rendered(anchors=(("/blog/naps/", ""),)), found='"/blog/naps/" has no words: ""'),
    example.case(example.rendered(anchors=(("/blog/naps/", "→"),)), found='has no words: "→"'),
)
