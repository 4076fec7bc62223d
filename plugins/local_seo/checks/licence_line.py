"""A page without the licence line that California asks for.

Why: Every advertisement of a licensee of the Board of Behavioral Sciences carries the name as filed, the
licence and its number; each page of the site shows a phone number, so each page is one. Ask the board or a
lawyer when in doubt.
Source: 16 CCR 1811, as quoted by https://www.camft.org; it applies with `profile = "us-ca-bbs"` under
`[compliance]`
Rules: E-25, V-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.practice import Compliance, Person, Prose
from ..text import joined, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
_PROFILE: Final = "us-ca-bbs"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each licensed person of whom a part of the line is missing on the page."""
    page = built.rendered.get(view.save_as)
    if page is None or built.site.facts.compliance.profile != _PROFILE:
        return
    for person in built.site.facts.people:
        if person.license is None:
            continue
        name = person.filed_name or person.name
        needed = (name, person.credentials, person.license.number, person.license.state)
        missing = [part for part in needed if part not in page.text]
        if missing:
            yield rule.finding(
                view.source,
                0,
                f"the licence line of {name} on {view.url} lacks {joined(map(quoted, missing))}",
                "the page's footer prints it; put back what was taken from the theme",
            )


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when nobody has a licence that could be printed."""
    facts = built.site.facts
    if facts.compliance.profile == _PROFILE and not any(person.license for person in facts.people):
        yield rule.finding(
            "practice.toml",
            built.site.line_of("practice.toml", "compliance", "profile"),
            f"the profile {quoted(_PROFILE)} needs a licence, and 0 of {len(facts.people)} people have one",
            'give the clinician a license = { number, board, board_url, state }, or set profile = "none"',
        )


_ASSISTANT: Final = Person(id="an-example", name=Prose("An Example"), credentials="", title=Prose("Assistant"))

GOOD: Final = (
    example.case(),
    example.case(facts=example.facts(people=(*example.FACTS.people, _ASSISTANT))),
    example.case(example.rendered(text="No line."), facts=example.facts(compliance=Compliance(profile="none"))),
)
BAD: Final = (
    example.case(
        example.rendered(text="Marisela Quintero, LCSW, California"),
        found='Marisela Quintero on /blog/first-weeks/ lacks "',
    ),
    example.case(example.rendered(text=""), found='lacks "Marisela Quintero", "LCSW", "LCSW 000000" and "California"'),
    example.case(facts=example.facts(people=()), found="0 of 0 people"),
)
