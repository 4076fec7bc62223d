"""A phone number in prose that practice.toml does not have.

Why: What is typed twice is changed once, and a wrong number on a page about a crisis is the worst fault that a site
can have. Numbers of others may stand in the text when they stand under `[compliance]`, `phones`, too.
Source: practice.toml; https://mchb.hrsa.gov/national-maternal-mental-health-hotline for the number that replaced
1-833-943-5746
Rules: E-28
"""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from .. import example
from ..errors import Finding, Severity
from ..model.cta import CallToAction, Placement
from ..model.practice import Compliance, Helpline, Prose
from ..text import quoted
from ..urls import telephone_digits, telephone_text
from ._typed import Fault, Said, elsewhere, in_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in the words of a page, once, at its first line."""
    yield from in_page(view, built, rule, _faults, _in_address)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in practice.toml and in calls to action."""
    facts = built.site.facts
    listed = [number for line in facts.helplines for number in (line.call, line.text) if number]
    for number in (*listed, *facts.compliance.phones):
        if telephone_digits(number) == _RETIRED:
            yield rule.finding("practice.toml", 0, *_retired(number, facts))
    yield from elsewhere(built, rule, _faults, _in_address)


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


_DIGIT: Final = re.compile(r"\d")


def _faults(said: Said, facts: Facts) -> Iterator[Fault]:
    if not _DIGIT.search(said.text):  # most passages have none, and a site has many
        return
    for match in _PHONE.finditer(said.text):
        found = match.group(match.lastgroup or 0)
        if match.lastgroup == "code":
            digits = found
        elif match.lastgroup == "letters":
            dialled = re.sub(r"\D", "", found.translate(_KEYPAD)).removeprefix("1")[:_TOLL_FREE_DIGITS]
            digits = f"+1{dialled}"
        else:
            digits = telephone_digits(found.replace("/", "-")) or re.sub(r"\D", "", found)
        yield from _number(found, digits, facts)


def _in_address(href: str, facts: Facts) -> Iterator[Fault]:
    """Yield the fault of a link that calls or texts somebody."""
    scheme, _, rest = href.partition(":")
    whom = unquote(rest.partition("?")[0])
    if scheme.lower() in {"tel", "sms"} and telephone_digits(whom):
        yield from _number(whom, telephone_digits(whom), facts)


def _number(found: str, digits: str, facts: Facts) -> Iterator[Fault]:
    """Yield the fault of a number that nobody of practice.toml has; a local one may lack its area code."""
    known = _known_numbers(facts)
    if digits == _RETIRED:
        yield Fault(found, digits, *_retired(found, facts))
    elif digits not in known and not (len(digits) == _LOCAL_DIGITS and any(k.endswith(digits) for k in known)):
        meant = next((each for each in known if _is_slip(digits, each)), "")
        owner, number = known[meant or facts.telephone]
        add = "add the number to `phones` under [compliance], or as a helpline"
        yield Fault(
            found,
            digits,
            f"the number {quoted(found)} is nowhere in practice.toml; {owner} has {number}",
            f"write {number}; or {add}" if meant else f"if it is somebody else's, {add}; else write {number}",
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


def _case(text: str, found: str = "", facts: Facts = _HELPED, **front: Any) -> example.Case:  # noqa: ANN401 - any key
    return example.case(example.view(), example.document(text, **front), facts=facts, found=found)


GOOD: Final = (
    _case("Call (760) 555 0142 or +1 760 555 0142."),
    _case("ISBN 978-0-14-303822-1, 2026-10-20, ZIP 92260-1234, 2019-2026, $1,000-2,000."),
    _case("The complaint line is 916-574-7830. Text HOME to 741741, or call 1-833-TLC-MAMA."),
)
BAD: Final = (
    _case("Call 760-555-0199.", '"760-555-0199" is nowhere in practice.toml; Saltbush Family Therapy has 760-555-0142'),
    _case("Call 1-833-943-5746.", "is the retired number of the National Maternal Mental Health Hotline"),
    _case("Call 1-833-TLC-MAMO.", '"1-833-TLC-MAMO" is nowhere'),
    _case("Text HOME to 741471.", "Crisis Text Line has 741741"),
    _case("Sleep.", '"760-555-0199" is nowhere', summary=Prose("Call 760-555-0199.")),
    example.case(calls_to_action=(_OFFER,), found='"760-555-0199" is nowhere'),
)
