"""An article whose sources are all old, or that nobody has looked at for half a year.

Why: Advice on health ages; readers and search engines look for the year, and a dead source supports nothing.
Source: https://developers.google.com/search/docs/fundamentals/creating-helpful-content; the numbers are ours
Rules: W-11, W-20
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.document import Reference
from ..model.page import PageKind
from ..model.practice import Prose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.HINT


SETTINGS: Final = {"years": limits.SOURCE_NEWEST_YEARS, "days": limits.SOURCE_CHECKED_DAYS}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the newest dated source, or the last look at one, is too long ago."""
    document = built.site.by_path.get(view.source)
    if document is None or view.kind is not PageKind.ARTICLE or not document.front.sources:
        return
    today = built.site.today
    dates = [source.date for source in document.front.sources if source.date]
    if dates and (today - max(dates)).days > rule["years"] * 365:
        message = f"the newest source is of {max(dates)}, more than {rule['years']:g} years ago"
        yield rule.at_key(view, built, "sources", message, "look whether something newer says the same")
    seen = [source.checked for source in document.front.sources if source.checked]
    if seen and (today - min(seen)).days > rule["days"]:
        message = f"a source was looked at on {min(seen)}, more than {rule['days']:g} days ago"
        yield rule.at_key(view, built, "sources", message, "open it, then move its `checked`")


def _case(year: int, found: str = "", key: str = "date") -> example.Case:
    source = Reference(title=Prose("A review"), url="https://a.example/", **{key: dt.date(year, 1, 1)})
    return example.case(example.view(), example.document(sources=(source,)), found=found)


GOOD: Final = (_case(2024), example.case())
BAD: Final = (
    _case(2019, "the newest source is of 2019-01-01, more than 5 years ago"),
    _case(2026, "a source was looked at on 2026-01-01, more than 180 days ago", key="checked"),
)
