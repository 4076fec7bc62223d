"""Words that hurt people in distress, or that make suicide sound like a crime or an achievement.

Why: Guides on safe messaging name these words; someone who reads them at a bad moment may turn away from help.
Source: https://reportingonsuicide.org/, https://www.camh.ca/-/media/files/words-matter-suicide-language-guide.pdf
Rules: E-36
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import quoted
from ._typed import Fault, Said, any_sign, elsewhere, in_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


# Pattern, what to write instead, how bad.
_WORDS: Final = (
    (r"\bcommit(?:s|ted|ting)? suicide\b", 'write "died by suicide"', Severity.ERROR),
    (
        r"\b(?:successful|completed|failed|unsuccessful) suicide(?: attempts?)?\b",
        'write "death by suicide" or "suicide attempt"',
        Severity.ERROR,
    ),
    (r"\bpsychos?\b", "say what the person feels or does", Severity.ERROR),
    (
        r"\b(?:an? |the |is |am )?(?:drug )?(?:addicts?|alcoholics)\b",
        'write "a person who lives with addiction"',
        Severity.ERROR,
    ),
    (r"\bsuffer(?:s|ed|ing)? from\b", 'write "lives with" or "has"', Severity.WARNING),
)
# Most texts have none of them, and a site has many.
_ANY: Final = ("suicide", "psycho", "addict", "alcoholic", "suffer")
_EACH: Final = tuple((re.compile(pattern, re.IGNORECASE), instead, bad) for pattern, instead, bad in _WORDS)


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such word of a page, once, at its first line."""
    yield from in_page(view, built, rule, _faults, likely=any_sign(_ANY))


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such word in practice.toml and in calls to action."""
    yield from elsewhere(built, rule, _faults)


def _faults(said: Said, _: Facts) -> Iterator[Fault]:
    folded = said.folded
    if not any(word in folded for word in _ANY):
        return
    for pattern, instead, severity in _EACH:
        for match in pattern.finditer(said.text):
            found = match.group().strip()
            yield Fault(found, found.lower(), f"{quoted(found)} hurts people whom the page is for", instead, severity)


def _case(text: str, found: str = "") -> example.Case:
    return example.case(example.view(), example.document(text), found=found)


GOOD: Final = (
    _case("She died by suicide. No alcoholic drinks. Psychotherapy and psychosis. The plants suffered in the heat."),
)
BAD: Final = (
    _case("He committed suicide.", '"committed suicide" hurts'),
    _case("After a failed suicide attempt", '"failed suicide attempt" hurts'),
    _case("Parents who suffer from anxiety", '"suffer from" hurts'),
)
