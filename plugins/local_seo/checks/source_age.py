"""A source that nobody has looked at for a long time.

Why: Pages move, and what they say changes; a health article that cites one that is gone cites nothing.
Source: https://developers.google.com/search/docs/fundamentals/creating-helpful-content; the number is ours
Rules: V-11, W-20
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.document import Fact, Reference
from ..model.page import PageKind
from ..model.practice import Prose
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.document import Document
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"days": limits.SOURCE_DAYS_MOST}


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each source and fact of a published text that was last looked at too long ago.

    One without ``checked`` was looked at when the text was written or last changed.
    """
    for document in built.site.documents:
        if document.front.status != "published":
            continue
        for key, name, address, day in _cited(document):
            age = (built.site.today - day).days if day else 0
            if age > rule["days"]:
                line = document.source.line_of_item(key, address)
                message = f"nobody has looked at {quoted(name)} for {age} days; {rule['days']:g} are the most"
                remedy = f"open {address}, and if it still says so, write checked: {built.site.today}"
                yield rule.finding(document.path, line, message, remedy)


def _cited(document: Document) -> Iterator[tuple[str, str, str, dt.date | None]]:
    """Yield key, name, address and last day of each source elsewhere."""
    front = document.front
    written = front.modified or front.date
    day = written.date() if written else None
    for source in front.sources:
        yield "sources", source.title, source.url, source.checked or day
    for fact in front.facts:
        if fact.source != "practice":
            yield "facts", fact.text, fact.source, fact.checked or day


_URL: Final = "https://www.nimh.nih.gov/"
_NEW: Final = Reference(title=Prose("NIMH"), url=_URL, checked=dt.date(2026, 10, 1))
_OLD: Final = Reference(title=Prose("NIMH"), url=_URL, checked=dt.date(2026, 1, 1))
_UNSEEN: Final = Reference(title=Prose("NIMH"), url=_URL)
_LONG_AGO: Final = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
_FACT: Final = Fact(text=Prose("A clinic stands there."), source=_URL, checked=dt.date(2026, 1, 1))

GOOD: Final = (
    example.case(example.view(), example.document(sources=(_NEW, _UNSEEN))),
    example.case(example.view(), example.document(sources=(_NEW,), date=_LONG_AGO)),
    example.case(example.view(), example.document(sources=(_OLD,), status="hidden")),
)
BAD: Final = (
    example.case(
        example.view(),
        example.document(sources=(_OLD,)),
        found='nobody has looked at "NIMH" for 305 days; 180 are the most',
    ),
    example.case(example.view(), example.document(sources=(_UNSEEN,), date=_LONG_AGO), found='"NIMH" for 670 days'),
    example.case(
        example.view("/areas/indio/", kind=PageKind.AREA),
        example.document(path="areas/indio.md", facts=(_FACT,)),
        found='"A clinic stands there." for 305 days',
    ),
)
