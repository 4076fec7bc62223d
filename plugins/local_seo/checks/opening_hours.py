"""Opening hours in prose that are not those of practice.toml.

Why: Somebody who drives to a closed door does not come back. Hours are found only where they cannot be meant in another
way.
Source: practice.toml
Rules: E-28
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from .. import example
from ..errors import Finding, Severity
from ..model.practice import WEEKDAYS, Hours, Weekday
from ..text import quoted
from ._typed import Fault, Said, elsewhere, in_page

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ..model.built import Built
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in the words of a page, once, at its first line."""
    yield from in_page(view, built, rule, _faults)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in practice.toml and in calls to action."""
    yield from elsewhere(built, rule, _faults)


_DAY: Final = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
    r"s?\b\.?"
)
_DAYS: Final = (
    rf"(?:{_DAY}(?: ?- ?| to | through | thru ){_DAY}|{_DAY}(?:, {_DAY})*,? (?:and|&) {_DAY}|{_DAY}"
    r"|weekdays\b|weekends\b|every day\b|daily\b|seven days a week\b|7 days a week\b)"
)
_TIME: Final = r"(?:noon|midnight|\d{1,2}(?::\d\d)?(?: ?[ap](?:m\b|\.m\.))?)(?![\d:%$])"
_SPAN: Final = rf"(?:(?:from )?{_TIME}(?: ?- ?| to | until | till )|(?:until|till) ){_TIME}"
_SAID: Final = rf"(?:(?:on |from )?{_DAYS}(?:[,:]? {_SPAN})?|{_SPAN}(?:,? (?:on |from )?{_DAYS})?)"
_SPANNED: Final = re.compile(rf"\b(?P<days>{_DAYS})(?:[,:]| from)? (?P<span>{_SPAN})", re.IGNORECASE)
_SUBJECT: Final = (
    r"(?:we(?:['’]re| are) open|our (?:office|practice|clinic)(?:['’]s| is) open|{name} is open"
    r"|our (?:(?:office|opening|business) )?hours(?: are)?)"
)
_OURS_ALONE: Final = r"(?:the (?:office|practice) is open|(?:(?:office|opening|business) )?hours|open)"
# With one of these around, the hours are not the usual ones, or not for certain.
_UNSURE: Final = re.compile(
    r"\b(?:not|never|except|appointment|usually|often|some|sometimes|may|might|if|when|while|during|was|were|used|"
    r"other|every other|first|second|third|last|holidays?|vacation|summer|winter|fall|spring|season|phone|line|lines|"
    r"january|february|march|april|june|july|august|september|october|november|december|closed|starting|beginning|"
    r"today|tomorrow|this week|next)\b|n['’]t\b",
    re.IGNORECASE,
)
_GROUPS: Final[dict[str, tuple[Weekday, ...]]] = {
    "weekdays": WEEKDAYS[:5],
    "weekends": WEEKDAYS[5:],
    **dict.fromkeys(("every day", "daily", "seven days", "7 days"), WEEKDAYS),
}
_NOON: Final = 12 * 60
_DAY_MINUTES: Final = 24 * 60


def _faults(said: Said, facts: Facts) -> Iterator[Fault]:
    """Yield hours that contradict ``[[practice.hours]]`` whatever they may mean; what is unsure is left alone."""
    if not facts.practice.hours or not _may_state(said):
        return
    for match in _stated(facts.practice.name, said.ours).finditer(said.text):
        hours = match["said"].rstrip(".")
        days = re.search(_DAYS, hours, re.IGNORECASE)
        span = re.search(_SPAN, hours, re.IGNORECASE)
        times = re.findall(_TIME, span.group(), re.IGNORECASE) if span else []
        # "3 to 4" may be weeks.
        sure = days or re.search(r"[a-z:]", "".join(times), re.IGNORECASE)
        if not sure or _UNSURE.search(_sentence(said.text, match.start(), match.end())):
            continue
        if _contradicts(_named_days(days.group() if days else ""), times, facts.practice.hours):
            message = f"{quoted(hours)} is not what practice.toml says: {_in_words(facts.practice.hours)}"
            remedy = "leave it to the site, which prints the hours, or mend [[practice.hours]]"
            yield Fault(hours, hours.lower(), message, remedy, Severity.WARNING)


def _may_state(said: Said) -> bool:
    """Return whether a text has what no statement of ours does without: a word of opening, or a number by itself."""
    return "open" in said.folded or "hours" in said.folded or (said.ours and any(map(str.isdigit, said.text)))


def contradictions(prose: str, facts: Facts) -> Iterator[str]:
    """Yield in words which hours of a text that was pasted under every page are not those of ``[[practice.hours]]``.

    Whose hours it names is plain there, so all of them count.
    """
    for match in _SPANNED.finditer(prose.replace("–", "-")) if facts.practice.hours else ():
        times = re.findall(_TIME, match["span"], re.IGNORECASE)
        if _contradicts(_named_days(match["days"]), times, facts.practice.hours):
            yield f"{quoted(match.group())} is not what practice.toml says: {_in_words(facts.practice.hours)}"


def states_hours(prose: str) -> bool:
    """Return whether a plain text names days with their hours."""
    return bool(_SPANNED.search(prose.replace("–", "-")))


@cache
def _stated(name: str, ours: bool) -> re.Pattern[str]:  # noqa: FBT001 - the key of a cache
    """Return a pattern for hours behind a subject; where all hours are ours, also for hours and nothing else."""
    subject = rf"\b{_SUBJECT.replace('{name}', re.escape(name))}[:,]? "
    alone = rf"^(?:{_OURS_ALONE}[:,]? )?(?=.*\d)" if ours else "(?!)"
    return re.compile(rf"(?:{subject}|(?P<alone>{alone}))(?P<said>{_SAID})(?(alone)(?=\W*$|[.!?]))", re.IGNORECASE)


def _sentence(prose: str, start: int, end: int) -> str:
    """Return the sentence around a match; the dots of "5 p.m." end none."""
    calm = re.sub(r"\b([ap])\.m\.", r"\1_m_", prose, flags=re.IGNORECASE)
    before = max(calm.rfind(mark, 0, start) for mark in (". ", "! ", "? "))
    after = min((at for at in (calm.find(mark, end) for mark in (". ", "! ", "? ")) if at >= 0), default=len(calm))
    return prose[before + 1 : after]


def _named_days(said: str) -> tuple[Weekday, ...]:
    """Return the days of a statement, none for ""."""
    said = said.lower()
    for word, days in _GROUPS.items():
        if said.startswith(word):
            return days
    found = [next(day for day in WEEKDAYS if day.lower() == part[:3]) for part in re.findall(_DAY, said)]
    if re.search(r"-| to | thr", said):
        first, last = map(WEEKDAYS.index, found)
        return tuple(WEEKDAYS[at % 7] for at in range(first, first + 1 + (last - first) % 7))
    return tuple(found)


def _contradicts(days: Collection[Weekday], times: Sequence[str], hours: Iterable[Hours]) -> bool:
    """Return whether no reading of a statement agrees with the hours of every day that it names.

    Of two times the first opens and the second closes; one alone closes.
    """
    open_on: dict[Weekday, list[Hours]] = {}
    for each in hours:
        for day in each.days:
            open_on.setdefault(day, []).append(each)
    if any(day not in open_on for day in days):
        return True
    for some in [open_on[day] for day in days] or [[each for one in open_on.values() for each in one]]:
        opening, closing = {_minutes(each.opens) for each in some}, {_minutes(each.closes) for each in some}
        if times[1:] and _readings(times[0]).isdisjoint(opening):
            return True
        if times and _readings(times[-1]).isdisjoint(closing):
            return True
    return False


def _readings(time: str) -> set[int]:
    """Return what a time may mean, in minutes: ``9`` is in the morning or the evening, ``9 am`` is not."""
    time = time.lower().replace(".", "").replace(" ", "")
    if time in {"noon", "midnight"}:
        return {_NOON} if time == "noon" else {0, _DAY_MINUTES}
    hour, minute = (int(part or 0) for part in re.findall(r"\d+|$", time)[:2])
    if time.endswith("m"):
        return {(hour % 12 + 12 * ("p" in time)) * 60 + minute}
    said = hour * 60 + minute
    return {said} if time.startswith("0") or hour > 12 else {said % _NOON, said % _NOON + _NOON}  # noqa: PLR2004


def _minutes(clock: str) -> int:
    hour, minute = map(int, clock.split(":"))
    return hour * 60 + minute


def _in_words(hours: Iterable[Hours]) -> str:
    return "; ".join(f"{', '.join(each.days)} {each.opens} to {each.closes}" for each in hours)


_OPEN: Final = example.facts(
    practice=replace(
        example.FACTS.practice, hours=(Hours(days=("Mon", "Tue", "Wed", "Thu"), opens="09:00", closes="17:00"),)
    )
)


def _case(text: str, found: str = "", facts: Facts = _OPEN, **front: Any) -> example.Case:  # noqa: ANN401 - any key
    return example.case(example.view(), example.document(text, **front), facts=facts, found=found)


GOOD: Final = (
    _case("We are open Monday to Thursday, 9-5. We are not open until 7 pm. The library is open Mon-Fri 10-6."),
)
BAD: Final = (
    _case("We are open Mon-Fri 9-5.", '"Mon-Fri 9-5" is not what practice.toml says: Mon, Tue, Wed, Thu 09:00'),
)
