"""What several checks ask: which pages there are, and which places and trades a text names."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .. import text
from ..model.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.body import Body
    from ..model.built import Built
    from ..model.cta import CallToAction, Variant
    from ..model.practice import Facts, Place
    from ..model.view import Card

_BLOCKS = frozenset(
    "address aside blockquote br dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)


class Mention(NamedTuple):
    """A place in a text; ``place`` is None where the whole service area is named."""

    name: str
    place: Place | None
    start: int
    end: int


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 word``, ``2 words``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def pages(built: Built) -> list[View]:
    """Return the HTML pages."""
    return [view for view in built.views.values() if isinstance(view, View)]


def typed_elsewhere(built: Built) -> Iterator[tuple[str, str]]:
    """Yield path and text of all prose that stands in no page of its own: practice.toml, calls to action.

    It is printed on many pages and can be mended in one file, so it is judged there, once.
    """
    practice, area = built.site.facts.practice, built.site.facts.service_area
    for prose in (practice.tagline, practice.description, area.name, area.sentence):
        yield "practice.toml", prose
    for offer in built.site.calls_to_action:
        wordings: tuple[CallToAction | Variant, ...] = (offer, *offer.variants)
        for wording in wordings:
            for part in (wording.title, wording.text, wording.label):
                if part:
                    yield f"ctas/{offer.id}.toml", part


def borrowed(view: View) -> tuple[Card, ...]:
    """Return what a page shows of others: their own pages are where it is judged and mended."""
    return (*view.cards, *view.related, *view.services)


def mentions(prose: str, facts: Facts) -> list[Mention]:
    """Return the places that a plain text names, in order, in any case; the longest name wins."""
    area = re.sub(r"^the ", "", facts.service_area.name, flags=re.IGNORECASE)
    by_name: dict[str, Place | None] = {}
    for place in facts.places:
        by_name |= dict.fromkeys((name.lower() for name in (place.name, *place.aliases)), place)
    # "Coachella Valley" is not Coachella; an area that is called by several places has no name of its own.
    if sum(name in area.lower() for name in by_name) <= 1:
        by_name.setdefault(area.lower(), None)
    return [
        Mention(match.group(), by_name.get(text.squeeze(match.group()).lower()), match.start(), match.end())
        for match in _any_of(tuple(by_name)).finditer(prose)
    ]


def places(prose: str, facts: Facts) -> list[Place]:
    """Return the places that a plain text names, in order, as often as it does."""
    return [mention.place for mention in mentions(prose, facts) if mention.place]


def without_places(prose: str, facts: Facts, instead: str = " ") -> str:
    """Return a plain text with every place, and the name of the service area, replaced."""
    parts: list[str] = []
    end = 0
    for mention in mentions(prose, facts):
        parts += (prose[end : mention.start], instead)
        end = mention.end
    return "".join((*parts, prose[end:]))


def trades_before_places(prose: str, facts: Facts, between: str = "") -> Iterator[str]:
    """Yield each phrase of a trade (a role or service, or its last word) and a place right after it.

    ``between`` is a pattern for what may stand between the two besides the space.
    """
    trades: set[str] = {person.title for person in facts.people}
    for service in facts.services:
        trades |= {service.role, service.name, *service.keywords}
        trades |= {phrase.split()[-1] for phrase in (service.role, service.name) if phrase.split()}
    names = {name for place in facts.places for name in (place.name, *place.aliases)}
    for match in _pairs(tuple(sorted(trades)), tuple(sorted(names)), between).finditer(prose):
        yield text.squeeze(match.group())


def passages(body: Body) -> Iterator[str]:
    """Yield the plain texts of a body between its block borders, so that no phrase spans two blocks."""
    borders = {0, len(body.html)}
    for element in body.tagged(*_BLOCKS):
        borders |= {element.start, element.inside, element.close, element.end}
    pieces = (text.plain(body.html[start:end]) for start, end in pairwise(sorted(borders)))
    return (piece for piece in pieces if piece)


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_alternatives(names)})(?![^\W_])", re.IGNORECASE)


@cache
def _pairs(trades: tuple[str, ...], names: tuple[str, ...], between: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![^\W_])(?:{_alternatives(trades)})s?\s+{between}(?:{_alternatives(names)})(?![^\W_])",
        re.IGNORECASE,
    )


def _alternatives(names: tuple[str, ...]) -> str:
    """Return a pattern for any of the names, the longest first; without names one that matches nothing."""
    longest_first = sorted(filter(None, map(text.squeeze, names)), key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first) or "(?!)"
