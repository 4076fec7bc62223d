"""A bare list of place names.

Why: A block of towns that a page wants to rank for is Google's own example of keyword stuffing; the whole
site may sink for it. The location sentence under an article and the areas page say the same in a form that is
allowed.
Source: https://developers.google.com/search/docs/essentials/spam-policies#keyword-stuffing
Rules: E-01, E-17
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..model.practice import Prose, ServiceArea
from ..model.view import Link, PlaceGroup, PlaceLine, Targeting
from ..text import joined, quoted, squeeze, words
from . import Spot
from ._shared import borrowed, mentions, places, typed_elsewhere, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model.built import Built
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {"places": limits.PLACES_IN_A_RUN, "places_in_sentence": limits.PLACES_IN_SENTENCE_MOST}
_REMEDY: Final = "say in a sentence what is true of one or two of them; front matter `cities` takes care of the rest"

_LONGEST_GAP: Final = 200  # characters: what only joins two names is shorter

Run = tuple[str, ...]


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each list of places that the page shows, or says to search engines."""
    page = built.rendered.get(view.save_as)
    if page is None or view.kind is PageKind.AREAS:
        return
    facts = built.site.facts
    hidden = (view.head.title, view.head.description, *(image.get("alt", "") for image in page.images))
    found = list(_runs(page.text, facts, rule))
    if found:
        elsewhere = {run for prose in _not_its_own(view, built) for run in _runs(prose, facts, rule)}
        found = [run for run in found if run not in elsewhere]
        in_list = _in_home_list(found, view.places) if view.kind is PageKind.HOME else []
        for run in (*_in_targeting(view.targeting, facts, rule), *in_list):
            if run in found:
                found.remove(run)
    found += (run for prose in hidden for run in _runs(prose, facts, rule))
    spots = _spots(view, built, rule) if found else []
    for run in found:
        spot = next((spot for own, spot in spots if own == run), None)
        if spot is None:
            yield rule.at_words(view, built, run, _message(run, rule), _REMEDY)
        else:
            spots.remove((run, spot))
            yield rule.in_text(view, built, spot, _message(run, rule), _REMEDY)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each list of places in practice.toml and in calls to action."""
    for path, prose in typed_elsewhere(built):
        for run in _runs(prose, built.site.facts, rule):
            yield rule.finding(path, 0, _message(run, rule), _REMEDY)


def _message(run: Run, rule: Rule) -> str:
    names = quoted(", ".join(run))
    return f"{len(run)} place names in a row: {names}; fewer than {rule['places']:g} may stand so"


def _spots(view: View, built: Built, rule: Rule) -> list[tuple[Run, Spot]]:
    """Return the runs in the page's own text with the words where they begin; a run may span several passages."""
    own = writing(view, built)
    starts: list[int] = []
    end = 0
    for passage in own.passages if own else ():
        starts.append(end)
        end += len(passage.text) + 1
    whole = "\n".join(passage.text for passage in own.passages) if own else ""
    found = []
    for run, start in _placed(whole, built.site.facts, rule):
        number = bisect_right(starts, start) - 1
        found.append((run, Spot(number, start - starts[number])))
    return found


def _runs(prose: str, facts: Facts, rule: Rule) -> Iterator[Run]:
    """Yield each run of place names with nothing between them but punctuation, white space and ``and``."""
    return (run for run, _ in _placed(prose, facts, rule))


def _placed(prose: str, facts: Facts, rule: Rule) -> Iterator[tuple[Run, int]]:
    """Yield each run and the offset where it begins."""
    named = mentions(prose, facts)
    if len(named) < rule["places"]:
        return
    joining = {"and", "or"}
    for place in facts.places:
        joining.update(words(f"{place.region} {place.county or ''} {facts.practice.address.region}".lower()))
    run: list[str] = []
    start = end = 0
    for mention in named:
        between = prose[end : mention.start]
        if len(between) > _LONGEST_GAP or not all(word in joining for word in words(between.lower())):
            if len(run) >= rule["places"]:
                yield tuple(run), start
            run = []
        start = start if run else mention.start
        run.append(squeeze(mention.name))
        end = mention.end
    if len(run) >= rule["places"]:
        yield tuple(run), start


def _not_its_own(view: View, built: Built) -> Iterator[str]:
    """Yield the texts on a page that another page or file is judged for."""
    for _, prose in typed_elsewhere(built):
        yield prose
    for card in borrowed(view):
        yield from (card.title, card.summary)
    for section in view.sections:
        yield section.text
    for profile in view.people:
        yield profile.summary


def _in_targeting(targeting: Targeting | None, facts: Facts, rule: Rule) -> list[Run]:
    """Return the runs that the location sentence may have: every place is a link, and they are few."""
    if targeting is None:
        return []
    bare = "\n".join(part for part in targeting.parts if isinstance(part, str))
    linked = "\n".join(part.text for part in targeting.parts if isinstance(part, Link))
    if places(bare, facts) or len(places(linked, facts)) > rule["places_in_sentence"]:
        return []
    whole = "".join(part if isinstance(part, str) else part.text for part in targeting.parts)
    return list(_runs(whole, facts, rule))


def _in_home_list(runs: Iterable[Run], groups: Iterable[PlaceGroup]) -> list[Run]:
    """Return the runs that are parts of the home page's one list of places, where every name is a link."""
    lines = [line for group in groups for line in group.places]
    allowed = []
    for run in runs:
        names = [name.lower() for name in run]
        for start in range(len(lines) - len(run) + 1):
            part = lines[start : start + len(run)]
            if all(line.url for line in part) and [line.name.lower() for line in part] == names:
                allowed.append(run)
                lines = lines[start + len(run) :]
                break
    return allowed


_LIST: Final = ", ".join(example.PLACES[:6])
_SENTENCE: Final = Targeting(
    style="sentence",
    parts=(
        "We work with families in ",
        *(part for name in example.PLACES[:7] for part in (Link(name, "/areas/"), ", ")),
        Link(example.PLACES[7], "/areas/"),
        ".",
    ),
)
_EIGHT: Final = f"We work with families in {', '.join(example.PLACES[:8])}."
_LINES: Final = tuple(PlaceLine(id=name, name=name, url=f"/areas/#{name}") for name in example.PLACES)
_HOME: Final = example.view("/", kind=PageKind.HOME, places=(PlaceGroup(name="Riverside County", places=_LINES),))
_UNLINKED: Final = tuple(PlaceLine(id=name, name=name, url="") for name in example.PLACES)

GOOD: Final = (
    example.case(example.rendered(text=f"Parents from {joined(example.PLACES[:5])} met on a Monday.")),
    example.case(example.view(targeting=_SENTENCE), example.rendered(text=_EIGHT)),
    example.case(example.view("/areas/", kind=PageKind.AREAS), example.rendered(text=_LIST)),
    example.case(_HOME, example.rendered(text=_LIST)),
)
BAD: Final = (
    example.case(
        *example.written("Word.", _LIST),
        found='6 place names in a row: "Palm Desert, R',
    ),
    example.case(example.rendered(text="\n".join(example.PLACES)), found="9 place names in a row"),
    example.case(
        example.rendered(text=" | ".join(f"{name}, CA" for name in example.PLACES)),
        found="9 place names in a row",
    ),
    example.case(_HOME, example.rendered(text=f"{_LIST}. More: {_LIST}"), found="6 place names in a row"),
    example.case(
        example.view("/", kind=PageKind.HOME, places=(PlaceGroup(name="", places=_UNLINKED),)),
        example.rendered(text=_LIST),
        found="6 place names in a row",
    ),
    example.case(
        example.view(targeting=_SENTENCE),
        example.rendered(text=f"{_EIGHT} Also {_LIST}"),
        found="6 place names in a row",
    ),
    example.case(example.view(description=f"Therapy: {_LIST}"), found="6 place names in a row"),
    example.case(
        facts=example.facts(service_area=ServiceArea(name=Prose(_LIST), sentence=example.FACTS.service_area.sentence)),
        found="6 place names in a row",
    ),
)
