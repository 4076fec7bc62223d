"""A fact in prose that is not the one in practice.toml: a number, a credential, hours, an address.

Why: What is typed twice is changed once. A wrong phone number on a page about a crisis is the worst fault that a site
like this can have, a wrong licence number may break the law, and a private street is nobody's business. Phone numbers
of others may stand in the text when they stand under `[compliance]`, `phones`, too. Hours are found only where they
cannot be meant in another way.
Source: practice.toml; https://mchb.hrsa.gov/national-maternal-mental-health-hotline for the number that replaced
1-833-943-5746
Rules: E-28, E-25, V-01
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from urllib.parse import unquote

from .. import example
from ..errors import Finding, Severity
from ..model.cta import CallToAction, Placement
from ..model.document import Kind
from ..model.practice import WEEKDAYS, Address, Compliance, Helpline, Hours, Prose, Weekday
from ..text import fold, joined, quoted
from ..urls import host_of, telephone_digits, telephone_text
from ._shared import passages, typed_elsewhere

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from ..model.built import Built
    from ..model.document import Document
    from ..model.practice import Facts, Person
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


class _Fault(NamedTuple):
    """A fact that is not right: as it stands there, and what it is about, so that it is told once a page."""

    found: str
    about: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fact in the words of a page, once, at its first line."""
    document = built.site.by_path.get(view.source)
    if document is None or (view.pagination and view.pagination.number > 1):
        return
    for fault in _once(_in_document(document, built.site.facts)):
        if line := _line_of(document, fault.found):
            yield rule.finding(view.source, line, fault.message, fault.remedy, fault.severity)
        else:
            yield rule.at_words(view, built, [fault.found], fault.message, fault.remedy, fault.severity)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fact in practice.toml and in calls to action."""
    facts = built.site.facts
    listed = [number for line in facts.helplines for number in (line.call, line.text) if number]
    for number in (*listed, *facts.compliance.phones):
        if telephone_digits(number) == _RETIRED:
            yield rule.finding("practice.toml", 0, *_retired(number, facts))
    for path, prose in typed_elsewhere(built):
        for fault in _once(_in_prose(prose, facts, ours=True)):
            yield rule.finding(path, 0, fault.message, fault.remedy, fault.severity)
    for offer in built.site.calls_to_action:
        for fault in _in_address(offer.href, facts):
            path = f"ctas/{offer.id}.toml"
            yield rule.finding(path, built.site.line_of(path, "href"), fault.message, fault.remedy, fault.severity)


def _once(faults: Iterable[_Fault]) -> Iterator[_Fault]:
    told: set[str] = set()
    for fault in faults:
        if fault.about not in told:
            told.add(fault.about)
            yield fault


def _line_of(document: Document, found: str) -> int:
    """Return the first line that has a text in this very spelling, the body's before the front matter's, else 0."""
    lines = document.source.text.split("\n")
    body = document.source.body_line - 1
    sought = re.compile(rf"(?<!\w){re.escape(found)}(?!\w)")
    order = (*range(body, len(lines)), *range(body))
    return next((number + 1 for number in order if sought.search(lines[number])), 0)


def _in_document(document: Document, facts: Facts) -> Iterator[_Fault]:
    front = document.front
    ours = document.kind is Kind.PAGE and document.slug in _OURS
    for passage in passages(document.body):
        yield from _in_prose(passage, facts, ours=ours)
    for picture in document.body.tagged("img"):
        yield from _in_prose(picture.attributes.get("alt", ""), facts)
    for link in document.body.tagged("a"):
        yield from _in_address(link.attributes.get("href", ""), facts)
    local = (fact.text for fact in front.facts)
    for prose in (front.title, front.summary, front.image_alt, front.image_caption, *local):
        yield from _in_prose(prose or "", facts)


def _in_prose(prose: str, facts: Facts, *, ours: bool = False) -> Iterator[_Fault]:
    """Yield the faults of a plain text; ``ours``: hours in it are the practice's, nobody else's."""
    prose = prose.translate(_TYPED)
    if _DIGIT.search(prose):  # most passages have none, and a site has many
        yield from _phones(prose, facts)
        yield from _licences(prose, facts)
    if "@" in prose:
        yield from _emails(prose, facts)
    yield from _credentials(prose, facts)
    yield from _hours(prose, facts, ours=ours)
    yield from _streets(prose, facts)


def _in_address(href: str, facts: Facts) -> Iterator[_Fault]:
    """Yield the fault of a link that calls, texts or writes to somebody."""
    scheme, _, rest = href.partition(":")
    whom = unquote(rest.partition("?")[0])
    if scheme.lower() in {"tel", "sms"} and telephone_digits(whom):
        yield from _number(whom, telephone_digits(whom), facts)
    elif scheme.lower() == "mailto":
        yield from _emails(whom, facts)


_DIGIT: Final = re.compile(r"\d")
# Spaces and dashes as one types them; each stays one character, so that offsets hold.
_TYPED: Final = str.maketrans(
    dict.fromkeys("\u00a0\u2009\u202f", " ") | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014", "-")
)
# Pages on which hours without a name are the practice's own.
_OURS: Final = frozenset({"home", "about", "contact"})


# --- phone numbers ---

_RETIRED: Final = "+18339435746"
_HOTLINE: Final = "+18338526262"
_CUE: Final = r"\b(?i:call|phone|telephone|tel|text|dial|fax|mobile|cell)(?:\W{1,2}(?:us|me|now|at|on|to))*\W{1,3}"
_PHONE: Final = re.compile(
    rf"""
    # 760-555-0142, (760) 555 0142, 1.760.555.0142
    (?<![\w.,/#$€£=+-]) (?P<national> (?:\+?1[ .-]{{0,2}})? (?:\(\d{{3}}\)[ .-]{{0,2}}|\d{{3}}[ ./-]{{1,2}})
        \d{{3}} [ .-]{{1,2}} \d{{4}} ) (?![^\W_x]) (?![.-]?\d)
    # +44 20 7946 0958
    | (?<![\w+]) (?P<abroad> \+(?!1\D|1\d{{10}}\b)[1-9] (?:[ .()-]{{0,2}}\d){{7,14}} ) (?!\w)
    # only where the words say what it is: 7605550142, 555-0142
    | {_CUE} (?P<cued> (?:\+?1)?\d{{10}} | \d{{3}}[ .-]\d{{4}} ) (?!\w|[.-]\d)
    # 1-833-TLC-MAMA
    | (?<![\w-]) (?P<letters> (?:1[ .-]?)? \(?8(?:00|33|44|55|66|77|88)\)? [ .-]{{1,2}}
        (?=[\dA-Z.-]*[A-Z]{{3}}) [\dA-Z](?:[.-]?[\dA-Z]){{6,13}} ) (?!\w)
    # text HOME to 741741
    | \b(?i:text(?:ing)?) [ ] (?:\W?\w+\W?[ ])? to [ ] (?P<code> \d{{5,6}} ) (?!\w|[.,-]\d)
    """,
    re.VERBOSE,
)
_KEYPAD: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
_TOLL_FREE_DIGITS: Final = 10  # more letters than that may stand there, and are not dialled
_LOCAL_DIGITS: Final = 7
_SLIP: Final = 2  # digits that a slip of the finger changes


def _phones(prose: str, facts: Facts) -> Iterator[_Fault]:
    for match in _PHONE.finditer(prose):
        found = match.group(match.lastgroup or 0)
        if match.lastgroup == "code":
            digits = found
        elif match.lastgroup == "letters":
            dialled = re.sub(r"\D", "", found.translate(_KEYPAD)).removeprefix("1")[:_TOLL_FREE_DIGITS]
            digits = f"+1{dialled}"
        else:
            digits = telephone_digits(found.replace("/", "-")) or re.sub(r"\D", "", found)
        yield from _number(found, digits, facts)


def _number(found: str, digits: str, facts: Facts) -> Iterator[_Fault]:
    """Yield the fault of a number that nobody of practice.toml has; a local one may lack its area code."""
    known = _known_numbers(facts)
    if digits == _RETIRED:
        yield _Fault(found, digits, *_retired(found, facts))
    elif digits not in known and not (len(digits) == _LOCAL_DIGITS and any(k.endswith(digits) for k in known)):
        owner, number = known[next((each for each in known if _is_slip(digits, each)), facts.telephone)]
        yield _Fault(
            found,
            digits,
            f"the number {quoted(found)} is nowhere in practice.toml; {owner} has {number}",
            f"write {number}; or add the number to `phones` under [compliance], or as a helpline",
        )


def _known_numbers(facts: Facts) -> dict[str, tuple[str, str]]:
    """Return the numbers that prose may name, by their digits: whose, and as practice.toml writes it."""
    known = {telephone_digits(number): ("`phones` under [compliance]", number) for number in facts.compliance.phones}
    for line in facts.helplines:
        for number in filter(None, (line.call, line.text)):
            known[telephone_digits(number) or number] = (line.name, number)
    known[facts.telephone] = (facts.practice.name, telephone_text(facts.practice.phone))
    return known


def _is_slip(found: str, number: str) -> bool:
    return len(found) == len(number) and sum(a != b for a, b in zip(found, number, strict=True)) <= _SLIP


def _retired(found: str, facts: Facts) -> tuple[str, str]:
    what = f"{quoted(found)} is the retired number of the National Maternal Mental Health Hotline"
    add = "" if _HOTLINE in _known_numbers(facts) else ", and add it to practice.toml as a helpline"
    return what, f"write 1-833-852-6262 (1-833-TLC-MAMA){add}"


# --- e-mail addresses ---

_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Hosts where anybody may have an address: it says nothing of the practice.
_ANYBODY: Final = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|icloud|me|mac|aol|proton|protonmail|pm|gmx|hushmail|"
    r"comcast|sbcglobal|att|verizon|zoho|fastmail)\.[a-z.]+"
)
_NAME_SHORTEST: Final = 5  # choice: park@ and may@ are not only people


def _emails(prose: str, facts: Facts) -> Iterator[_Fault]:
    own = facts.practice.email or ""
    hosts = {host_of(facts.practice.url), *own.lower().split("@")[1:]}
    for match in _EMAIL.finditer(prose):
        found = match.group()
        local, _, host = found.lower().partition("@")
        if found.lower() == own.lower():
            continue
        if any(host == each or host.endswith(f".{each}") for each in hosts if not _ANYBODY.fullmatch(each)):
            whose = "the practice"
        elif person := next((person for person in facts.people if _is_of(local, person)), None):
            whose = person.name
        else:
            continue
        message = f"{quoted(found)} looks like an address of {whose}; practice.toml has {own or 'none'}"
        remedy = f"write {own}, or mend `email` in practice.toml" if own else "make it the `email` of [practice]"
        yield _Fault(found, found.lower(), message, remedy, Severity.WARNING)


def _is_of(local: str, person: Person) -> bool:
    """Return whether the part before the @ is a person's name: either name alone, both, or with an initial."""
    names = [re.sub(r"[^a-z]", "", name) for name in fold(person.name).split()] or [""]
    first, last = names[0], names[-1]
    whole = {first + last, last + first, first[:1] + last, first + last[:1]}
    alone = {name for name in (first, last) if len(name) >= _NAME_SHORTEST}
    return re.sub(r"[^a-z]", "", fold(local)) in whole | alone


# --- credentials and licences ---

# Marks of a licence that are no words and are written in one way only; a degree such as Ph.D. has several.
_LICENCES: Final = frozenset(
    "lcsw licsw lisw lmsw lsw lmft lcmft lpc lpcc lcpc lmhc lcmhc pmhc pmhnp bcba ibclc".split()
)
_WORD: Final = r"[A-Za-z](?:[.\-]?[A-Za-z]){1,6}"
_COUNT_ALIKE: Final = 4  # letters; with fewer, any two credentials look like a slip of each other
_CAPITALS: Final = 2


def _credentials(prose: str, facts: Facts) -> Iterator[_Fault]:
    right: dict[str, set[str]] = {}
    for person in facts.people:
        for credential in _credentials_of(person):
            right.setdefault(_letters(credential), set()).add(credential)
    for letters in sorted(right.keys() & _LICENCES):
        for match in _spelt(letters).finditer(prose):
            if match.group() not in right[letters]:
                allowed = joined(sorted(right[letters]), "or")
                message = f"the credential {quoted(match.group())} is written {allowed} in practice.toml"
                yield _Fault(match.group(), match.group(), message, f"write {allowed}")
    for person in facts.people:
        own = _credentials_of(person)
        for match in _behind(_names(person)).finditer(prose):
            for token in re.findall(_WORD, match["tokens"]):
                if token not in own and _is_meant(token, own, after_comma=bool(match["comma"])):
                    message = (
                        f"{quoted(token)} stands behind {person.name}, who is {person.credentials} in practice.toml"
                    )
                    yield _Fault(token, token, message, f"write {person.credentials}")


@cache
def _credentials_of(person: Person) -> tuple[str, ...]:
    found = (part.strip() for part in re.split(r"[,;/&|]|\s+", person.credentials))
    return tuple(part for part in found if len(_letters(part)) >= _CAPITALS)


def _letters(credential: str) -> str:
    return re.sub(r"[^a-z]", "", credential.casefold())


def _names(person: Person) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in (person.name, person.filed_name) if name))


def _is_meant(token: str, own: Iterable[str], *, after_comma: bool) -> bool:
    """Return whether a word behind a name is one of the person's credentials, spelt in another way."""
    letters = _letters(token)
    capitals = sum(letter.isupper() for letter in token)
    for credential in map(_letters, own):
        if letters == credential:
            if after_comma or capitals >= _CAPITALS or letters in _LICENCES:
                return True
        elif (
            capitals >= _CAPITALS
            and min(len(letters), len(credential)) >= _COUNT_ALIKE
            and (sorted(letters) == sorted(credential) or _is_one_off(letters, credential))
        ):
            return True
    return False


def _is_one_off(one: str, other: str) -> bool:
    """Return whether one letter too many, too few or another one makes the difference."""
    short, long = sorted((one, other), key=len)
    if len(short) == len(long):
        return sum(a != b for a, b in zip(short, long, strict=True)) == 1
    return any(long[:at] + long[at + 1 :] == short for at in range(len(long)))


@cache
def _spelt(letters: str) -> re.Pattern[str]:
    """Return a pattern for a credential in any case, with or without dots; never in an address."""
    apart = r"(?:\. ?|-)?".join(letters)
    return re.compile(rf"(?<![\w./@#&%=-]){apart}(?!\w|[@/=-]|\.\w)", re.IGNORECASE)


@cache
def _behind(names: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for a name with up to three words of two to seven letters behind it."""
    return re.compile(
        rf"(?<!\w)(?:{_any(names)})(?:(?P<comma>,) ?| )(?P<tokens>{_WORD}(?!\w)(?:, ?{_WORD}(?!\w)){{0,2}})"
    )


def _any(names: Iterable[str]) -> str:
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first) or "(?!)"


# Somebody else's number: a name of two words right before it.
_SOMEBODY: Final = re.compile(r"([A-Z][\w'’-]+ (?:[A-Z]\. )?[A-Z][\w'’-]+?)(?:['’]s)?,? ?\(?$")
_NEAR: Final = 80  # characters; a name further away may belong to another number


def _licences(prose: str, facts: Facts) -> Iterator[_Fault]:
    licensed = {person: _digits(person.license.number) for person in facts.people if person.license}
    marks = {mark for person in licensed for mark in _marks(person)}
    people = {name: person for person in facts.people for name in _names(person)}
    for match in _numbered(tuple(sorted(marks))).finditer(prose):
        before = prose[max(0, match.start() - _NEAR) : match.start()]
        somebody = _SOMEBODY.search(before)
        if somebody and not any(name.endswith(somebody[1]) for name in people):
            continue  # of somebody whom practice.toml does not know
        named = max(people, key=before.rfind, default="")
        if named and named in before:
            holders = [person for person in licensed if person == people[named]]
        else:
            holders = [person for person in licensed if match["mark"] in _marks(person)]
        right = {licensed[person] for person in holders} - {""}
        if right and match["number"] not in right:
            lines = joined(f"{person.name} has {quoted(person.license.number)}" for person in holders if person.license)
            message = f"the licence number {quoted(match['number'])} is not in practice.toml: {lines}"
            yield _Fault(match["number"], match["number"], message, "write the number as the board files it")


def _marks(person: Person) -> set[str]:
    """Return what may stand before a person's number: a credential, or the letters that the board puts there."""
    filed = re.match(r"[A-Za-z]{2,}", person.license.number) if person.license else None
    return {*_credentials_of(person), *([filed.group()] if filed else [])}


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


@cache
def _numbered(marks: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for a licence number: five digits or more, or four behind a number sign.

    "LCSW 2026" is a year and "LCSW 3,000 hours" no number of a licence.
    """
    licence = r"(?i:licen[cs]e|lic\.)"
    sign = r"(?:[\s,]*(?i:number|no\.|no|num\.?|nr\.?|#|№)\s*(?:is|:)?|\s*:)"
    return re.compile(
        rf"(?<![\w/.])(?:(?P<mark>{_any(marks)})(?:[\s,]+{licence})?|{licence})"
        rf"(?:{sign}\s*(?:\#\s*)?(?:[A-Z]{{2,5}}\s?)?(?=\d{{4}})|\s+(?=\d{{5}}))(?P<number>\d{{4,8}})(?!\w|[.,-]\d)"
    )


# --- opening hours ---

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


def _hours(prose: str, facts: Facts, *, ours: bool) -> Iterator[_Fault]:
    """Yield hours that contradict ``[[practice.hours]]`` whatever they may mean; what is unsure is left alone."""
    if not facts.practice.hours:
        return
    for match in _stated(facts.practice.name, ours).finditer(prose):
        said = match["said"].rstrip(".")
        days = re.search(_DAYS, said, re.IGNORECASE)
        span = re.search(_SPAN, said, re.IGNORECASE)
        times = re.findall(_TIME, span.group(), re.IGNORECASE) if span else []
        # "3 to 4" may be weeks.
        sure = days or re.search(r"[a-z:]", "".join(times), re.IGNORECASE)
        if not sure or _UNSURE.search(_sentence(prose, match.start(), match.end())):
            continue
        if _contradicts(_named_days(days.group() if days else ""), times, facts.practice.hours):
            message = f"{quoted(said)} is not what practice.toml says: {_in_words(facts.practice.hours)}"
            remedy = "leave it to the site, which prints the hours, or mend [[practice.hours]]"
            yield _Fault(said, said.lower(), message, remedy, Severity.WARNING)


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


# --- a street that is not public ---

_SUFFIXES: Final = frozenset(
    "street st avenue ave road rd lane ln drive dr boulevard blvd way court ct place pl circle cir terrace ter "
    "parkway pkwy highway hwy trail trl suite ste unit apt floor fl".split()
)


def _streets(prose: str, facts: Facts) -> Iterator[_Fault]:
    """Yield street and postal code where they are private; the message does not repeat them, it may be public."""
    if facts.has_office:
        return
    where = facts.practice.address
    for what, sought in (("street", _house(where.street or "")), ("postal code", where.postal_code or "")):
        match = re.search(rf"(?<!\w){_apart(sought)}(?!\w)", prose, re.IGNORECASE) if sought else None
        if match:
            message = f"the {what} of practice.toml stands here, but presence is {quoted(facts.practice.presence)}"
            yield _Fault(match.group(), what, message, 'take it out; a public office has presence = "office"')


def _house(street: str) -> str:
    """Return number and name of a street without its kind, which people shorten; all of it without a number."""
    words = re.findall(r"[^\W_]+", street)
    if not words or not words[0][:1].isdigit():
        return street
    name = next((at for at, word in enumerate(words) if at > 1 and word.lower() in _SUFFIXES), len(words))
    return " ".join(words[:name])


def _apart(words: str) -> str:
    return r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", words)))


_OFFICE_HOURS: Final = example.facts(
    practice=replace(
        example.FACTS.practice,
        email="hello@saltbush-family.example",
        hours=(Hours(days=("Mon", "Tue", "Wed", "Thu"), opens="09:00", closes="17:00"),),
    )
)
_AT_HOME: Final = example.facts(
    practice=replace(
        example.FACTS.practice,
        presence="telehealth",
        address=Address(
            street="100 Example Way", postal_code="92260", locality="Palm Desert", region="CA", country="US"
        ),
    )
)
_HELPED: Final = example.facts(
    helplines=(
        Helpline(name=Prose("Crisis Text Line"), kind="crisis", checked=dt.date(2026, 10, 20), text="741741"),
        Helpline(
            name=Prose("National Maternal Mental Health Hotline"),
            kind="support",
            checked=dt.date(2026, 10, 20),
            call="1-833-852-6262",
        ),
    ),
    compliance=Compliance(phones=("916-574-7830",)),
)
_OFFER: Final = CallToAction(
    id="call",
    title=Prose("Call us"),
    text=Prose("Call 760-555-0199."),
    label=Prose("Call"),
    href="tel:",
    placement=Placement(),
)


def _case(text: str, found: str = "", facts: Facts = _OFFICE_HOURS, **front: Any) -> example.Case:  # noqa: ANN401
    return example.case(example.view(), example.document(text, **front), facts=facts, found=found)


GOOD: Final = (
    _case("Call (760) 555 0142 or +1 760 555 0142; write to hello@saltbush-family.example."),
    _case("ISBN 978-0-14-303822-1, 2026-10-20, ZIP 92260-1234, 2019-2026, $1,000-2,000."),
    _case("The complaint line is 916-574-7830. Text HOME to 741741, or call 1-833-TLC-MAMA.", facts=_HELPED),
    _case("Marisela Quintero, LCSW, license LCSW 000000. Two LCSWs met. Jane Doe, LCSW 12345, did, too."),
    _case("We are open Monday to Thursday, 9-5. We are not open until 7 pm. The library is open Mon-Fri 10-6."),
    _case("The office is at 100 Example Way, 92260."),
)
BAD: Final = (
    _case(
        "Call 760-555-0199.", found='"760-555-0199" is nowhere in practice.toml; Saltbush Family Therapy has 760-555-0'
    ),
    _case("Call 1-833-943-5746.", found="is the retired number of the National Maternal Mental Health Hotline"),
    _case("Call 1-833-TLC-MAMO.", found='"1-833-TLC-MAMO" is nowhere', facts=_HELPED),
    _case("Text HOME to 741471.", found="Crisis Text Line has 741741", facts=_HELPED),
    _case("Write to info@saltbush-family.example.", found="practice.toml has hello@saltbush-family.example"),
    _case("I am an LCSw.", found='the credential "LCSw" is written LCSW'),
    _case("Marisela Quintero, LSCW, is here.", found='"LSCW" stands behind Marisela Quintero, who is LCSW'),
    _case("Marisela Quintero, LCSW 123456.", found='"123456" is not in practice.toml: Marisela Quintero has "LCSW 0'),
    _case("We are open Mon-Fri 9-5.", found='"Mon-Fri 9-5" is not what practice.toml says: Mon, Tue, Wed, Thu 09:00'),
    _case("Find us at 100 Example Way.", found="the street of practice.toml stands here", facts=_AT_HOME),
    _case("Sleep.", found='"760-555-0199" is nowhere', summary=Prose("Call 760-555-0199.")),
    example.case(calls_to_action=(_OFFER,), found='"760-555-0199" is nowhere'),
)
