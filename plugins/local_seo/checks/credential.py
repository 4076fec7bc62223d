"""A credential that is spelt otherwise than in practice.toml.

Why: The letters behind a name are what a board licenses; a slip claims a licence that nobody has.
Source: practice.toml; California Business and Professions Code 651
Rules: E-25, V-01
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from .. import example
from ..errors import Finding, Severity
from ..text import joined, quoted
from ._typed import CAPITALS, WORD, Fault, Said, any_of, credentials_of, elsewhere, in_page, letters, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model.built import Built
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in the words of a page, once, at its first line."""
    people = built.site.facts.people
    first = {part.casefold() for person in people for name in names(person) for part in name.split()[:1]}

    def likely(folded: str) -> bool:
        return any(name in folded for name in first) or _has_licence(folded)

    yield from in_page(view, built, rule, _faults, likely=likely)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in practice.toml and in calls to action."""
    yield from elsewhere(built, rule, _faults)


# Marks of a licence that are no words and are written in one way only; a degree such as Ph.D. has several.
_LICENCES: Final = frozenset(
    "lcsw licsw lisw lmsw lsw lmft lcmft lpc lpcc lcpc lmhc lcmhc pmhc pmhnp bcba ibclc".split()
)
_COUNT_ALIKE: Final = 4  # letters; with fewer, any two credentials look like a slip of each other


def _faults(said: Said, facts: Facts) -> Iterator[Fault]:
    right: dict[str, set[str]] = {}
    for person in facts.people if _has_licence(said.folded) else ():
        for credential in credentials_of(person):
            right.setdefault(letters(credential), set()).add(credential)
    for known in sorted(right.keys() & _LICENCES):
        for match in _spelt(known).finditer(said.text):
            if match.group() not in right[known]:
                allowed = joined(sorted(right[known]), "or")
                message = f"the credential {quoted(match.group())} is written {allowed} in practice.toml"
                yield Fault(match.group(), match.group(), message, f"write {allowed}")
    for person in facts.people:
        if not any(part in said.text for name in names(person) for part in name.split()[:1]):
            continue
        own = credentials_of(person)
        for match in _behind(names(person)).finditer(said.text):
            for token in re.findall(WORD, match["tokens"]):
                if token not in own and _is_meant(token, own, after_comma=bool(match["comma"])):
                    message = (
                        f"{quoted(token)} stands behind {person.name}, who is {person.credentials} in practice.toml"
                    )
                    yield Fault(token, token, message, f"write {person.credentials}")


def _has_licence(folded: str) -> bool:
    close = folded.replace(". ", "").replace(".", "").replace("-", "")
    return any(licence in close for licence in _LICENCES)


def _is_meant(token: str, own: Iterable[str], *, after_comma: bool) -> bool:
    """Return whether a word behind a name is one of the person's credentials, spelt in another way."""
    found = letters(token)
    capitals = sum(letter.isupper() for letter in token)
    for credential in map(letters, own):
        if found == credential:
            if after_comma or capitals >= CAPITALS or found in _LICENCES:
                return True
        elif (
            capitals >= CAPITALS
            and min(len(found), len(credential)) >= _COUNT_ALIKE
            and (sorted(found) == sorted(credential) or _is_one_off(found, credential))
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
def _spelt(credential: str) -> re.Pattern[str]:
    """Return a pattern for a credential in any case, with or without dots; never in an address."""
    apart = r"(?:\. ?|-)?".join(credential)
    return re.compile(rf"(?<![\w./@#&%=-]){apart}(?!\w|[@/=-]|\.\w)", re.IGNORECASE)


@cache
def _behind(people: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern for a name with up to three words of two to seven letters behind it."""
    return re.compile(
        rf"(?<!\w)(?:{any_of(people)})(?:(?P<comma>,) ?| )(?P<tokens>{WORD}(?!\w)(?:, ?{WORD}(?!\w)){{0,2}})"
    )


def _case(text: str, found: str = "", facts: Facts = example.FACTS, **front: Any) -> example.Case:  # noqa: ANN401 - any key
    return example.case(example.view(), example.document(text, **front), facts=facts, found=found)


GOOD: Final = (_case("Marisela Quintero, LCSW, license LCSW 000000. Two LCSWs met. Jane Doe, LMFT, did, too."),)
BAD: Final = (
    _case("I am an LCSw.", 'the credential "LCSw" is written LCSW'),
    _case("Marisela Quintero, LSCW, is here.", '"LSCW" stands behind Marisela Quintero, who is LCSW'),
)
