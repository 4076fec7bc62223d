"""An article that cites few sources.

Why: An article about health should show what it goes by; readers, and those who rate search results, look for
it.
Source: https://developers.google.com/search/docs/fundamentals/creating-helpful-content; the number is ours
Rules: V-11
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..model.view import Citation
from ._shared import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"sources": limits.SOURCES_LEAST}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when an article to be found has fewer sources."""
    count = len(view.sources)
    if view.kind is PageKind.ARTICLE and view.head.indexable and count < rule["sources"]:
        message = f"the article cites {counted(count, 'source')}; {rule['sources']:g} are the least"
        yield rule.at_key(view, built, "sources", message, "add to `sources` what the article goes by: title and url")


_SOURCES: Final = tuple(Citation(title=name, url=f"https://{name}.example/") for name in ("one", "two"))

GOOD: Final = (
    example.case(example.view(sources=_SOURCES)),
    example.case(example.view("/about/", kind=PageKind.ABOUT)),
)
BAD: Final = (
    example.case(found="cites 0 sources; 2 are the least"),
    example.case(example.view(sources=_SOURCES[:1]), found="cites 1 source; 2 are"),
)
