"""A helpline that nobody has tried for half a year.

Why: A crisis number that no longer answers is the worst fault that a site about health can have; numbers do change.
Source: practice.toml, `checked`; the number of days is ours
Rules: E-28
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.practice import Helpline, Prose
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.practice import Facts
    from . import Rule

SEVERITY: Final = Severity.ERROR


SETTINGS: Final = {"days": limits.HELPLINE_CHECKED_DAYS}


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each helpline that was checked too long ago, or in the future."""
    today = built.site.today
    for number, line in enumerate(built.site.facts.helplines):
        where = built.site.line_of("practice.toml", "helplines", number, "checked")
        days = (today - line.checked).days
        if days > rule["days"]:
            message = f"{quoted(line.name)} was checked {days} days ago ({line.checked}); {rule['days']:g} are the most"
            yield rule.finding("practice.toml", where, message, "call or text it, then move its `checked`")
        elif days < 0:
            message = f"{quoted(line.name)} was checked on {line.checked}, which is after {today}"
            yield rule.finding("practice.toml", where, message, "write the day on which somebody called or texted it")


def _checked(year: int, month: int) -> Facts:
    line = Helpline(name=Prose("988 Lifeline"), kind="crisis", checked=dt.date(year, month, 1), call="988")
    return example.facts(helplines=(line,))


GOOD: Final = (example.case(facts=_checked(2026, 10)),)
BAD: Final = (
    example.case(
        facts=_checked(2026, 4), found='"988 Lifeline" was checked 215 days ago (2026-04-01); 180 are the most'
    ),
    example.case(facts=_checked(2026, 12), found="was checked on 2026-12-01, which is after 2026-11-02"),
)
