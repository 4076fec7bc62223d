"""An e-mail address in prose that looks like the practice's and is not.

Why: Mail to an address that was given up, or mistyped, reaches nobody, and the writer never learns of it.
Source: practice.toml
Rules: E-28
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from .. import example
from ..errors import Finding, Severity
from ..text import fold, quoted
from ..urls import host_of
from ._typed import Fault, Said, any_sign, elsewhere, in_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.practice import Facts, Person
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in the words of a page, once, at its first line."""
    yield from in_page(view, built, rule, _faults, _in_address, any_sign("@"))


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such fault in practice.toml and in calls to action."""
    yield from elsewhere(built, rule, _faults, _in_address)


_EMAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
# Hosts where anybody may have an address: it says nothing of the practice.
_ANYBODY: Final = re.compile(
    r"(?:gmail|googlemail|yahoo|ymail|outlook|hotmail|live|msn|icloud|me|mac|aol|proton|protonmail|pm|gmx|hushmail|"
    r"comcast|sbcglobal|att|verizon|zoho|fastmail)\.[a-z.]+"
)
_NAME_SHORTEST: Final = 5  # choice: park@ and may@ are not only people


def _faults(said: Said, facts: Facts) -> Iterator[Fault]:
    return _emails(said.text, facts) if "@" in said.text else iter(())


def _in_address(href: str, facts: Facts) -> Iterator[Fault]:
    """Yield the fault of a link that writes to somebody."""
    scheme, _, rest = href.partition(":")
    if scheme.lower() == "mailto":
        yield from _emails(unquote(rest.partition("?")[0]), facts)


def _emails(prose: str, facts: Facts) -> Iterator[Fault]:
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
        yield Fault(found, found.lower(), message, remedy, Severity.WARNING)


def _is_of(local: str, person: Person) -> bool:
    """Return whether the part before the @ is a person's name: either name alone, both, or with an initial."""
    names = [re.sub(r"[^a-z]", "", name) for name in fold(person.name).split()] or [""]
    first, last = names[0], names[-1]
    whole = {first + last, last + first, first[:1] + last, first + last[:1]}
    alone = {name for name in (first, last) if len(name) >= _NAME_SHORTEST}
    return re.sub(r"[^a-z]", "", fold(local)) in whole | alone


_WITH_MAIL: Final = example.facts(practice=replace(example.FACTS.practice, email="hello@saltbush-family.example"))


def _case(text: str, found: str = "", facts: Facts = _WITH_MAIL, **front: Any) -> example.Case:  # noqa: ANN401 - any key
    return example.case(example.view(), example.document(text, **front), facts=facts, found=found)


GOOD: Final = (
    _case("Write to hello@saltbush-family.example, or to the library at desk@library.example."),
    _case("Write to the county at info@county.example.", facts=example.FACTS),
)
BAD: Final = (
    _case("Write to info@saltbush-family.example.", "practice.toml has hello@saltbush-family.example"),
    _case("Write to marisela@gmail.com.", "looks like an address of Marisela Quintero"),
)
