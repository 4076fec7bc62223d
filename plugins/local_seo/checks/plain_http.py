"""A link to a page that is sent without encryption.

Why: On the way, anybody can read and change what a reader gets; most such addresses have moved to https, or are gone.
Source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
Rules: E-10, W-20
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
_PLAIN: Final = "http://"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each address that begins with http://."""
    page = built.rendered.get(view.save_as)
    document = built.site.by_path.get(view.source)
    for href in dict.fromkeys(href for href, _ in (page.anchors if page else ())):
        if not href.lower().startswith(_PLAIN):
            continue
        lines = document.source.text.split("\n") if document else []
        line = next((number for number, words in enumerate(lines, 1) if href in words), 0)
        where = "" if line else f" (page {view.url})"
        message = f"the link to {quoted(href)} is not encrypted{where}"
        secure = f"https://{href[len(_PLAIN) :]}"
        yield rule.finding(view.source, line, message, f"open {secure}: if the page is there, write that")


GOOD: Final = (example.case(example.rendered(anchors=(("https://www.nimh.nih.gov/", "NIMH"), ("/blog/", "Blog")))),)
BAD: Final = (
    example.case(
        example.rendered(anchors=(("http://www.example.org/a", "A study"),)),
        found='the link to "http://www.example.org/a" is not encrypted',
    ),
)
