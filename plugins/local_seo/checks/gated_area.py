"""An area file that is not enough for a page of its own yet.

Why: A page for each town that says the same with another name is a doorway page; one with true local facts
helps. Until then the place is a line on the areas page.
Source: https://developers.google.com/search/docs/essentials/spam-policies#doorways; the numbers are ours
Rules: P-03, P-07, E-16
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.document import Fact, Kind
from ..model.practice import Prose
from ..text import joined, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.WARNING
# No SETTINGS: the gate itself goes by the same limits, and a finding must not say otherwise.


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each area file without a page, with what is missing."""
    for document in built.site.of_kind(Kind.AREA):
        if built.site.page_of(document):
            continue
        facts, count = len(document.front.facts), len(words(document.body.text))
        missing = []
        if facts < limits.AREA_FACTS_LEAST:
            missing.append(f"{facts} of {limits.AREA_FACTS_LEAST} facts")
        if count < limits.AREA_WORDS_LEAST:
            missing.append(f"{count} of {limits.AREA_WORDS_LEAST} words")
        if missing:
            yield rule.finding(
                document.path,
                document.source.line_of_key("facts"),
                f"{document.front.title} has no page of its own yet: it has {joined(missing)}",
                "add facts that are true of this place only, each with its source, or words about it",
            )


_FACTS: Final = tuple(Fact(text=Prose(f"A bus stops {n} minutes away."), source="practice") for n in range(1, 6))
_SHORT: Final = example.document("Too short.", path="areas/indio.md", title="Indio", facts=_FACTS)

GOOD: Final = (
    example.case(example.view(), example.document("word " * 300, path="areas/indio.md", facts=_FACTS)),
    example.case(example.view(), _SHORT, pages=(example.page(_SHORT),)),
)
BAD: Final = (
    example.case(example.view(), _SHORT, found="Indio has no page of its own yet: it has 2 of 300 words"),
    example.case(
        example.view(),
        example.document(path="areas/indio.md"),
        found="it has 0 of 5 facts and 0 of 300 words",
    ),
)
