"""Headings or captions that are made of places and search phrases.

Why: A heading says what the next part is about, a caption what the picture shows. Several places in one, or a trade and
a place in heading after heading, are there for machines; search engines take that for stuffing as in any other text.
Source: https://developers.google.com/search/docs/essentials/spam-policies#keyword-stuffing; the numbers are ours
Rules: E-03, E-22
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..prose import HEADINGS
from ..text import joined, quoted
from . import Spot
from ._shared import elsewhere, pairs, places, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"places": limits.PLACES_IN_HEADING_MOST, "headings": limits.FRAGMENTS_IN_A_BLOCK}
_PREPOSITION: Final = r"(?:(?:in|near|of|at|for|around)\s+)?"
_REMEDY: Final = "let it say what stands below it, in words that you would say"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each heading or caption with many places, and one for headings that repeat a phrase."""
    facts = built.site.facts
    if view.picture and len(named := _named(view.picture.caption, built)) > rule["places"]:
        yield rule.at_key(view, built, "image_caption", _message("caption", view.picture.caption, named, rule), _REMEDY)
    own = writing(view, built)
    phrased: list[Spot] = []
    for number, passage in enumerate(own.passages if own else ()):
        if passage.tag not in HEADINGS | {"figcaption", "caption"}:
            continue
        if len(named := _named(passage.text, built)) > rule["places"]:
            what = "heading" if passage.tag in HEADINGS else "caption"
            yield rule.in_text(view, built, Spot(number, 0), _message(what, passage.text, named, rule), _REMEDY)
        phrased += (Spot(number, start) for start, _ in pairs(passage.text, facts, _PREPOSITION))
    if own and len(phrased) >= rule["headings"]:
        first = own.passages[phrased[0].passage].text
        message = (
            f"{len(phrased)} headings and captions name a trade and a place, such as {quoted(first)}; fewer than "
            f"{rule['headings']:g} are no pattern{elsewhere(view, built, phrased[0], phrased[1:])}"
        )
        yield rule.in_text(view, built, phrased[0], message, _REMEDY)


def _named(prose: str, built: Built) -> list[str]:
    return sorted({place.name for place in places(prose, built.site.facts)})


def _message(what: str, prose: str, named: list[str], rule: Rule) -> str:
    return f"the {what} {quoted(prose)} names {joined(named)}; {rule['places']:g} are the most"


GOOD: Final = (example.case(*example.written("Words.", "## Between Indio and La Quinta", "## A therapist in Indio")),)
BAD: Final = (
    example.case(
        *example.written("Words.", "## Help in Indio, La Quinta and Coachella"),
        found='the heading "Help in Indio, La Quinta and Coachella" names Coachella, Indio and La Quinta; 2 are',
    ),
    example.case(
        *example.written("## Therapist in Indio", "Words.", "## Therapy Coachella", "## Therapist La Quinta"),
        found="3 headings and captions name a trade and a place",
    ),
)
