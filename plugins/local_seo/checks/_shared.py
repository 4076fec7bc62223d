"""What several checks ask: which pages there are, and which places and trades a text names."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from .. import text
from ..model.view import View
from . import position

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from ..model.body import Body
    from ..model.built import Built
    from ..model.cta import CallToAction, Variant
    from ..model.practice import Facts, Place
    from ..model.view import Card
    from ..prose import Writing
    from . import Spot

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
    return _mentions(prose, _lowered(prose), facts, _names(facts).places)


def _lowered(prose: str) -> str:
    lowered = prose.lower()
    if not lowered.isascii() or not lowered.isprintable():
        for space in _SPACES:
            lowered = lowered.replace(space, " ")
    return lowered


def _mentions(prose: str, lowered: str, facts: Facts, likely: Mapping[str, Place | None]) -> list[Mention]:
    """Return the same; ``likely`` are all names that may stand in the text, of which ``_lowered`` is given."""
    if len(lowered) != len(prose) or "  " in lowered:
        names = _names(facts)
        return [
            Mention(match.group(), names.places.get(text.squeeze(match.group()).lower()), match.start(), match.end())
            for match in names.pattern.finditer(prose)
        ]
    # Most texts name few places: looking for each name is much faster than a pattern of all of them.
    found: list[Mention] = []
    for name, place in likely.items():
        start = lowered.find(name)
        while start >= 0:
            end = start + len(name)
            if not (lowered[start - 1 : start].isalnum() or lowered[end : end + 1].isalnum()):
                found.append(Mention(prose[start:end], place, start, end))
            start = lowered.find(name, start + 1)
    if len(found) < 2:  # noqa: PLR2004 - one alone overlaps nothing
        return found
    found.sort(key=lambda mention: (mention.start, -mention.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


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
    for start, end in pairs(prose, facts, between):
        yield text.squeeze(prose[start:end])


def pairs(prose: str, facts: Facts, between: str = "") -> Iterator[tuple[int, int]]:
    """Yield start and end of each such phrase."""
    yield from before(prose, mentions(prose, facts), facts, between)


def paired(own: Writing, facts: Facts, between: str = "") -> Iterator[tuple[int, int, int]]:
    """Yield the passage, start and end of each such phrase in the text of a page."""
    for number, found in enumerate(named(own, facts)):
        for start, end in before(own.passages[number].text, found, facts, between):
            yield number, start, end


def before(prose: str, found: Iterable[Mention], facts: Facts, between: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each phrase of a trade and one of these places."""
    ending = _trade_at_end(_names(facts).trades, between)
    for mention in found:
        if match := ending.search(prose, max(0, mention.start - _LONGEST_TRADE), mention.start):
            yield match.start(), mention.end


def names_trade(prose: str, facts: Facts, others: tuple[str, ...] = ()) -> bool:
    """Return whether a plain text names a trade of the practice, or one of the other phrases."""
    # The other phrases are of one page: a pattern of each is made only where it may match.
    lowered = prose.lower() if prose.isascii() else ""
    return bool(_any_of(_names(facts).trades, "s?").search(prose)) or any(
        _any_of((phrase,), "s?").search(prose)
        for phrase in others
        if not lowered or not phrase.isascii() or all(word in lowered for word in phrase.lower().split())
    )


def writing(view: View, built: Built) -> Writing | None:
    """Return what somebody wrote for this page and nobody else's; None where nobody did."""
    page = built.rendered.get(view.save_as)
    goes_on = view.pagination is not None and view.pagination.number > 1
    return page.writing if page and page.passages and view.source in built.site.by_path and not goes_on else None


def named(own: Writing, facts: Facts) -> tuple[tuple[Mention, ...], ...]:
    """Return the places that each passage names; looked for once a page."""
    if "places" not in own.memo:
        lowered = [_lowered(passage.text) for passage in own.passages]
        whole = " ".join(lowered)
        # A text names few of them, if any.
        likely = {name: place for name, place in _names(facts).places.items() if name in whole}
        own.memo["places"] = tuple(
            tuple(_mentions(passage.text, low, facts, likely))
            for passage, low in zip(own.passages, lowered, strict=True)
        )
    found: tuple[tuple[Mention, ...], ...] = own.memo["places"]
    return found


def in_english(view: View) -> bool:
    """Return whether measures of English hold for a page."""
    return view.head.language.partition("-")[0] == "en"


def elsewhere(view: View, built: Built, first: Spot, others: Iterable[Spot]) -> str:
    """Return in which other lines of the file something stands, for the end of a message; "" where nowhere."""
    others = list(others)
    lines = sorted(
        {position(view, built, spot).line for spot in others[:_LINES]} - {0, position(view, built, first).line}
    )
    if not lines:
        return ""
    more = [f"{len(others) - _LINES} more"] if len(others) > _LINES else []
    return f" (also in {'line' if len(lines) == 1 else 'lines'} {text.joined([*map(str, lines), *more])})"


def runs_of(words: Sequence[str], phrase: Sequence[str]) -> list[int]:
    """Return where a run of words stands among others, without overlaps."""
    found: list[int] = []
    at = 0
    while phrase and phrase[0] in words[at:]:
        at = words.index(phrase[0], at)
        if tuple(words[at : at + len(phrase)]) == tuple(phrase):
            found.append(at)
            at += len(phrase)
        else:
            at += 1
    return found


def passages(body: Body) -> Iterator[str]:
    """Yield the plain texts of a body between its block borders, so that no phrase spans two blocks."""
    borders = {0, len(body.html)}
    for element in body.elements:
        if element.tag in _BLOCKS:
            borders.update((element.start, element.inside, element.close, element.end))
    for start, end in pairwise(sorted(borders)):
        markup = body.html[start:end]
        # Most pieces are white space, or the tag of a block.
        if markup.isspace() or (markup[0] == "<" and markup.find(">") == len(markup) - 1):
            continue
        if piece := text.plain(markup):
            yield piece


class _Names(NamedTuple):
    """The names that facts know: ``places`` by name in lower case."""

    facts: Facts
    places: Mapping[str, Place | None]
    pattern: re.Pattern[str]
    trades: tuple[str, ...]


def _names(facts: Facts) -> _Names:
    """Return the names of these facts; made once, since every text of a site is searched for them."""
    known = _KNOWN.get(id(facts))
    if known is None or known.facts is not facts:
        _KNOWN.clear()
        known = _KNOWN[id(facts)] = _made(facts)
    return known


def _made(facts: Facts) -> _Names:
    area = re.sub(r"^the ", "", facts.service_area.name, flags=re.IGNORECASE)
    by_name: dict[str, Place | None] = {}
    for place in facts.places:
        by_name |= dict.fromkeys((text.squeeze(name).lower() for name in (place.name, *place.aliases)), place)
    # "Coachella Valley" is not Coachella; an area that is called by several places has no name of its own.
    if sum(name in area.lower() for name in by_name) <= 1:
        by_name.setdefault(text.squeeze(area).lower(), None)
    by_name.pop("", None)
    trades: set[str] = {person.title for person in facts.people}
    for service in facts.services:
        trades |= {service.role, service.name, *service.keywords}
        trades |= {phrase.split()[-1] for phrase in (service.role, service.name) if phrase.split()}
    return _Names(facts, by_name, _any_of(tuple(sorted(by_name))), tuple(sorted(trades)))


_KNOWN: Final[dict[int, _Names]] = {}
_SPACES: Final = "\t\n\r\xa0\u202f"  # what separates words beside the space
_LINES: Final = 6  # so many other lines does a message name
_LONGEST_TRADE: Final = 120  # characters before a place in which a trade is looked for


@cache
def _any_of(names: tuple[str, ...], ending: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_alternatives(names)}){ending}(?![^\W_])", re.IGNORECASE)


@cache
def _trade_at_end(trades: tuple[str, ...], between: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{_alternatives(trades)})s?\s+{between}\Z", re.IGNORECASE)


def _alternatives(names: tuple[str, ...]) -> str:
    """Return a pattern for any of the names, the longest first; without names one that matches nothing."""
    longest_first = sorted(filter(None, map(text.squeeze, names)), key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first) or "(?!)"
