"""A licence number in prose that is not the one in practice.toml.

Why: Clients look a licence up by its number; a wrong one finds nobody, or somebody else.
Source: practice.toml; 16 CCR 1811 for licensees of the California Board of Behavioral Sciences
Rules: E-25, V-01
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from .. import example
from ..errors import Finding, Severity
from ..text import joined, quoted
from ._typed import Fault, Said, any_of, credentials_of, elsewhere, in_page, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.practice import Facts, Person
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in the words of a page, once, at its first line."""
    yield from in_page(view, built, rule, _faults)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in practice.toml and in calls to action."""
    yield from elsewhere(built, rule, _faults)


_DIGIT: Final = re.compile(r"\d")
# Somebody else's number: a name of two words right before it.
_SOMEBODY: Final = re.compile(r"([A-Z][\w'’-]+ (?:[A-Z]\. )?[A-Z][\w'’-]+?)(?:['’]s)?,? ?\(?$")
_NEAR: Final = 80  # characters; a name further away may belong to another number


def _faults(said: Said, facts: Facts) -> Iterator[Fault]:
    prose = said.text
    if not _DIGIT.search(prose):
        return
    licensed = {person: _digits(person.license.number) for person in facts.people if person.license}
    marks = {mark for person in licensed for mark in _marks(person)}
    people = {name: person for person in facts.people for name in names(person)}
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
            yield Fault(match["number"], match["number"], message, "write the number as the board files it")


def _marks(person: Person) -> set[str]:
    """Return what may stand before a person's number: a credential, or the letters that the board puts there."""
    filed = re.match(r"[A-Za-z]{2,}", person.license.number) if person.license else None
    return {*credentials_of(person), *([filed.group()] if filed else [])}


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
        rf"(?<![\w/.])(?:(?P<mark>{any_of(marks)})(?:[\s,]+{licence})?|{licence})"
        rf"(?:{sign}\s*(?:\#\s*)?(?:[A-Z]{{2,5}}\s?)?(?=\d{{4}})|\s+(?=\d{{5}}))(?P<number>\d{{4,8}})(?!\w|[.,-]\d)"
    )


def _case(text: str, found: str = "", facts: Facts = example.FACTS, **front: Any) -> example.Case:  # noqa: ANN401 - any key
    return example.case(example.view(), example.document(text, **front), facts=facts, found=found)


GOOD: Final = (_case("Marisela Quintero, LCSW, license LCSW 000000. Jane Doe, LCSW 12345, did, too."),)
BAD: Final = (
    _case("Marisela Quintero, LCSW 123456.", '"123456" is not in practice.toml: Marisela Quintero has "LCSW 000000"'),
)
