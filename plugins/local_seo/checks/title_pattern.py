"""Titles by a pattern: many with one ending typed by hand, or long ones that differ by a place only.

Why: Search engines rewrite titles that are made of boilerplate, and readers see the same line again and again in the
results. The suffix that the site adds by itself fits each page and does not count.
Source: https://developers.google.com/search/docs/appearance/title-link; the numbers are ours
Rules: W-02, W-03
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import joined, quoted, squeeze
from ._shared import without_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.document import Document
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"chars": limits.TITLES_ALIKE_CHARS, "titles": limits.TITLE_ENDINGS_ALIKE}
_SEPARATOR: Final = re.compile(r"\s*[|·•»]\s*|\s+[-–—]\s+|:\s+")
_MASK: Final = "…"


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each title of such a group."""
    facts = built.site.facts
    endings: defaultdict[str, list[Document]] = defaultdict(list)
    wholes: defaultdict[str, list[Document]] = defaultdict(list)
    for document in built.site.documents:
        masked = squeeze(without_places(document.front.title, facts, f" {_MASK} "))
        wholes[masked.lower()].append(document)
        parts = _SEPARATOR.split(masked)
        if len(parts) > 1 and parts[-1] and parts[-1].lower() != facts.practice.name.lower():
            endings[parts[-1].lower()].append(document)
    for ending, documents in endings.items():
        if len(documents) >= rule["titles"]:
            for document in documents:
                message = (
                    f"{len(documents)} titles end by hand in {quoted(ending)}, as does {quoted(document.front.title)}; "
                    f"fewer than {rule['titles']:g} are no pattern"
                )
                remedy = "take the ending out: the site adds the place or the practice where it fits"
                yield rule.finding(document.path, document.source.line_of_key("title"), message, remedy)
    for masked, documents in wholes.items():
        length = len(masked.replace(_MASK, "").strip())
        if len(documents) > 1 and _MASK in masked and length > rule["chars"]:
            for document in documents[1:]:
                others = joined(quoted(other.path) for other in documents if other is not document)
                message = f"the title {quoted(document.front.title)} differs by a place only from that of {others}"
                remedy = "let each title say what its page alone says"
                yield rule.finding(document.path, document.source.line_of_key("title"), message, remedy)


def _titled(*titles: str) -> example.Case:
    return example.case(
        *(example.document("Words.", path=f"articles/{number}.md", title=title) for number, title in enumerate(titles))
    )


GOOD: Final = (
    _titled("Sleep: a note", "Naps: a note", "Tea | Saltbush Family Therapy", "Hats | Saltbush Family Therapy"),
    _titled("Therapy in Indio", "Therapy in La Quinta"),
)
_ENDS: Final = _titled("Sleep | Your Therapist Indio", "Naps | Your Therapist La Quinta", "Tea – Your therapist Indio")
_LONG: Final = _titled(
    "What new parents in Indio ask about nights and days and sleep",
    "What new parents in La Quinta ask about nights and days and sleep",
)
BAD: Final = (
    replace(_ENDS, found='3 titles end by hand in "your therapist …", as does "Sleep'),
    replace(_LONG, found='nights and days and…" differs by a place only'),
)
