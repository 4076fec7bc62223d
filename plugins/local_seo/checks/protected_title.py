"""A professional title that somebody of the practice gives himself without the credentials for it.

Why: "Psychologist" or "doctor" are protected; a licensee of another board who uses them breaks the law, and
readers are misled about what they get.
Source: the profile under `[compliance]`; for `us-ca-bbs` California Business and Professions Code 651 and
2903
Rules: E-27
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Final

from .. import compliance, example
from ..errors import Finding, Severity
from ..model.practice import Compliance
from ..text import joined, quoted
from ._typed import Fault, Said, any_of, any_sign, credentials_of, elsewhere, in_page, letters, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such title in the words of a page, once, at its first line."""
    profile = compliance.profile(built.site.facts.compliance.profile)
    signs = _signs(tuple(title.title for title in profile.titles)) if profile else ()
    yield from in_page(view, built, rule, _faults, likely=any_sign(signs))


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such title in practice.toml and in calls to action."""
    yield from elsewhere(built, rule, _faults)


def _faults(said: Said, facts: Facts) -> Iterator[Fault]:
    profile = compliance.profile(facts.compliance.profile)
    if profile is None:
        return
    titles = tuple(title.title for title in profile.titles)
    folded = said.folded
    if not any(sign in folded for sign in _signs(titles)) or not _likely(titles).search(said.text):
        return  # most passages name no profession
    people = tuple(name for person in facts.people for name in names(person))
    for match in _claimed(titles, people).finditer(said.text):
        word = "doctor" if match["dr"] else (match["own"] or match["other"]).lower()
        title = next((title for title in profile.titles if word.startswith(title.title)), None)
        holders = {letters(each) for person in facts.people for each in credentials_of(person)}
        if title and not holders & {letters(each) for each in title.credentials}:
            needed = joined(title.credentials, "or")
            message = f"{quoted(match.group())} needs {needed}, which nobody has in practice.toml"
            yield Fault(match.group(), word, message, "write the title that the board gives, or mend `credentials`")


@cache
def _signs(titles: tuple[str, ...]) -> tuple[str, ...]:
    return ("dr", *sorted({title[:4] for title in titles}))


@cache
def _likely(titles: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for what may be one of the titles; it knows no cases, which makes it quick."""
    begins = {title[:4] for title in titles}
    spelt = (re.escape(form) for begin in sorted(begins) for form in (begin, begin.capitalize(), begin.upper()))
    return re.compile(rf"\bDr\b|{'|'.join(spelt) or '(?!)'}")


@cache
def _claimed(titles: tuple[str, ...], people: tuple[str, ...]) -> re.Pattern[str]:
    title = f"(?:{'|'.join(map(re.escape, titles)) or '(?!)'})s?"
    person = any_of([*people, *(name.split()[-1] for name in people if name.split())])
    return re.compile(
        rf"\b(?i:(?:I am|I['’]m) (?:an?|the|your) (?:[\w-]+ ){{0,2}}"
        rf"|(?:we are|we['’]re) (?:(?:all|licensed|clinical) )*)"
        rf"(?P<own>(?i:{title}))\b"
        rf"|\b(?P<dr>Dr)\.? (?:[A-Z][\w'’-]+ )?(?:{person})(?!\w)"
        rf"|(?<!\w)(?:{person}),? (?:is )?an? (?:[\w-]+ ){{0,2}}(?P<other>(?i:{title}))\b"
    )


def _case(text: str, found: str = "", facts: Facts = example.FACTS) -> example.Case:
    return example.case(example.view(), example.document(text), facts=facts, found=found)


_DOCTOR: Final = example.facts(people=(replace(example.FACTS.people[0], credentials="LCSW, PhD"),))

GOOD: Final = (
    _case(
        "I am not a psychologist. Ask your doctor. Dr. Jane Doe is a psychiatrist. We are here when doctors are not."
    ),
    _case("I am a psychologist. Dr. Quintero will see you.", facts=_DOCTOR),
    _case("I am a doctor.", facts=example.facts(compliance=Compliance(profile="none"))),
)
BAD: Final = (
    _case("I am a licensed psychologist.", '"I am a licensed psychologist" needs PhD, PsyD or EdD'),
    _case("Dr. Quintero will see you.", '"Dr. Quintero" needs MD, DO'),
    _case("Marisela Quintero, a psychiatrist, is here.", 'psychiatrist" needs MD or DO'),
)
