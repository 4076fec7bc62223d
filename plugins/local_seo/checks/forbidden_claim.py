"""A promise or a comparison that a licensed practice may not make.

Why: Boards take a licence for words that raise expectations which nobody can justify; readers in need believe them.
Source: the profile under `[compliance]`; for `us-ca-bbs` California Business and Professions Code 651
Rules: E-26, E-27, W-18
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .. import compliance, example
from ..errors import Finding, Severity
from ..model.practice import Compliance
from ..text import quoted
from ._typed import Fault, Said, any_sign, credentials_of, elsewhere, in_page, letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


# Before such words, in the same sentence, they are denied.
_DENIED: Final = re.compile(
    r"\b(?:no|not|never|cannot|nobody|none|neither|nor|without|isn|aren)\b|n['’]t\b", re.IGNORECASE
)
_BEFORE: Final = 60  # characters


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such claim in the words of a page, once, at its first line."""
    profile = compliance.profile(built.site.facts.compliance.profile)
    signs = [sign for claim in profile.claims for sign in claim.signs] if profile else []
    yield from in_page(view, built, rule, _faults, likely=any_sign(signs))


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such claim in practice.toml and in calls to action."""
    yield from elsewhere(built, rule, _faults)


def _faults(said: Said, facts: Facts) -> Iterator[Fault]:
    profile = compliance.profile(facts.compliance.profile)
    folded = said.folded
    claims = [claim for claim in profile.claims if any(sign in folded for sign in claim.signs)] if profile else []
    if not claims:  # most passages make none
        return
    credentials = {letters(each) for person in facts.people for each in credentials_of(person)}
    for claim in claims:
        if credentials & {letters(each) for each in claim.unless}:
            continue
        for match in _pattern(claim.pattern).finditer(said.text):
            before = re.split(r"[.!?]\s", said.text[max(0, match.start() - _BEFORE) : match.start()])[-1]
            if not _DENIED.search(before):
                message = f"{quoted(match.group())} is {claim.what}"
                yield Fault(match.group(), match.group().lower(), message, claim.write, Severity(claim.severity))


@lru_cache(maxsize=64)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _case(text: str, found: str = "", facts: Facts = example.FACTS) -> example.Case:
    return example.case(example.view(), example.document(text), facts=facts, found=found)


GOOD: Final = (
    _case("Nobody can guarantee that. There is no cure for tiredness. How to find the best therapist for you."),
    _case("Ask a lactation specialist. I don't promise results in three sessions."),
    _case("We guarantee results.", facts=example.facts(compliance=Compliance(profile="none"))),
)
BAD: Final = (
    _case("We guarantee results.", '"guarantee" is a promise that no therapist can keep'),
    _case("I have cured many.", '"cured" is a promise of a cure'),
    _case("The top perinatal therapist in town.", '"top perinatal therapist" is a comparison'),
    _case("You will feel better in three sessions.", "is a promise of results by a date"),
    _case("I am a sleep expert.", '"I am a sleep expert" is a title that no board gives'),
    _case("This page was medically reviewed.", '"medically reviewed" is a review by a physician'),
)
