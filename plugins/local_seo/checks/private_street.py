"""The practice's street or postal code in prose, where practice.toml says that nobody visits.

Why: A clinician's home is nobody's business, and what search engines saw once they keep.
Source: practice.toml, `presence`
Rules: N-14, product 1 (a private street in the output)
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from .. import example
from ..errors import Finding, Severity
from ..model.practice import Address
from ..text import quoted
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
    yield from in_page(view, built, rule, _faults)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in practice.toml and in calls to action."""
    yield from elsewhere(built, rule, _faults)


_SUFFIXES: Final = frozenset(
    "street st avenue ave road rd lane ln drive dr boulevard blvd way court ct place pl circle cir terrace ter "
    "parkway pkwy highway hwy trail trl suite ste unit apt floor fl".split()
)


def _faults(said: Said, facts: Facts) -> Iterator[Fault]:
    """Yield street and postal code where they are private; the message does not repeat them, it may be public."""
    if facts.has_office:
        return
    where = facts.practice.address
    for what, sought in (("street", _house(where.street or "")), ("postal code", where.postal_code or "")):
        match = re.search(rf"(?<!\w){_apart(sought)}(?!\w)", said.text, re.IGNORECASE) if sought else None
        if match:
            message = f"the {what} of practice.toml stands here, but presence is {quoted(facts.practice.presence)}"
            yield Fault(match.group(), what, message, 'take it out; a public office has presence = "office"')


def _house(street: str) -> str:
    """Return number and name of a street without its kind, which people shorten; all of it without a number."""
    words = re.findall(r"[^\W_]+", street)
    if not words or not words[0][:1].isdigit():
        return street
    name = next((at for at, word in enumerate(words) if at > 1 and word.lower() in _SUFFIXES), len(words))
    return " ".join(words[:name])


def _apart(words: str) -> str:
    return r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", words)))


_AT_HOME: Final = example.facts(
    practice=replace(
        example.FACTS.practice,
        presence="telehealth",
        address=Address(
            street="100 Example Way", postal_code="92260", locality="Palm Desert", region="CA", country="US"
        ),
    )
)


def _case(text: str, found: str = "", facts: Facts = _AT_HOME, **front: Any) -> example.Case:  # noqa: ANN401 - any key
    return example.case(example.view(), example.document(text, **front), facts=facts, found=found)


GOOD: Final = (
    _case("The office is at 100 Example Way, 92260.", facts=example.FACTS),
    _case("The library is at 1000 Example Way."),
)
BAD: Final = (_case("Find us at 100 Example Way.", "the street of practice.toml stands here"),)
