"""A page that says what another page says, place names, services and phone numbers aside.

Why: A page for each town or keyword that says the same in the same words is a doorway page; search engines show one
of them, or none. What is compared are runs of five words of what somebody wrote for the page: offers, the author's
box, the location sentence and what it shows of other pages do not count.
Source: https://developers.google.com/search/docs/essentials/spam-policies#doorways; the numbers are ours
Rules: E-14, E-15, W-23, P-07
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NamedTuple

from markupsafe import Markup

from .. import example, limits, shingles
from ..digests import digest, encoded
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..workers import Item, Work
from ._evidence import evidence, memory, shingled
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.document import Document
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule
    from ._evidence import Said


SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {
    "pages_error": limits.ALIKE_ERROR,
    "pages_warning": limits.ALIKE_WARNING,
    "areas_error": limits.AREAS_ALIKE_ERROR,
    "areas_warning": limits.AREAS_ALIKE_WARNING,
    "articles_warning": limits.ARTICLES_ALIKE_WARNING,
    "words_least": limits.COMPARED_WORDS_LEAST,
}
_REMEDY: Final = "say here what only this page can say, or delete it and let its address lead to the other one"
_REMEDIES: Final = {
    PageKind.AREA: "write what is true of this place only; without it, a line on the areas page serves readers better",
    PageKind.ARTICLE: "say here what the other article does not, or join the two and let the old address lead there",
}


class _Written(NamedTuple):
    """A page that somebody wrote, and what was gathered of its words."""

    view: View
    document: Document
    sketch: shingles.Sketch
    saying: str

    @property
    def kind(self) -> PageKind:
        """Return the kind of the page."""
        return self.view.kind


class _Pair(NamedTuple):
    """Two pages that are too much alike; a score below ``limit`` would be fine."""

    severity: Severity
    score: float
    limit: float
    earlier: _Written
    later: _Written

    @property
    def rank(self) -> tuple[bool, float, float, str]:
        """Return what puts the worst first; of one pair and score, the tightest limit."""
        return self.severity is not Severity.ERROR, -self.score, self.limit, self.earlier.document.path


@dataclass(frozen=True, slots=True)
class _Known:
    """What came of comparing the pages of an earlier build; pages by the paths of their files.

    Attributes:
        least: the score from which two pages were compared in full.
        said: a digest of what each page said.
        scores: of each two pages that were compared.
        areas: the same of each two areas by their own words, and a digest of what all areas said and of the limit.
    """

    least: float = 0
    said: dict[str, str] = field(default_factory=dict)
    scores: tuple[tuple[str, str, float], ...] = ()
    areas: tuple[str, tuple[tuple[str, str, float], ...]] = "", ()


_ALL: Final = "all"
_WORK: Final[Work[_Known, _Known]] = Work("alike", _Known, lambda known: known)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each page that is too near to an older one: for the worst of them, in the newer file."""
    worst: dict[str, _Pair] = {}
    written = _written(built, rule)
    _, earlier = memory(built).last(_WORK).get(_ALL, ("", _Known()))
    known = _compared(written, built.site.facts, rule, earlier)
    memory(built).each(_WORK, [Item(_ALL, digest(encoded(known)), known)])
    for pair in _pairs(written, known, rule):
        path = pair.later.document.path
        worst[path] = min(pair, worst.get(path, pair), key=lambda pair: pair.rank)
    for path, pair in worst.items():
        same_kind = pair.earlier.kind is pair.later.kind
        yield rule.finding(
            path,
            pair.later.document.source.body_line,
            f"{pair.score:.2f} of this page and {pair.earlier.document.path} are the same words, with the names of "
            f"places and services masked; less than {pair.limit:.2f} is fine",
            _REMEDIES.get(pair.later.kind, _REMEDY) if same_kind else _REMEDY,
            pair.severity,
        )


def _compared(written: list[_Written], facts: Facts, rule: Rule, earlier: _Known) -> _Known:
    """Return how much each two pages have in common that may pass a limit.

    What an earlier build found of two pages holds as long as both say the same, and it asked for no higher score.
    """
    pages = {page.document.path: page for page in written}
    packed: dict[str, bytes] = {}  # as sets, what thousands of pages say would fill the memory

    def said(path: str) -> Said:
        return shingled(pages[path].view, pages[path].document, facts)

    def main(path: str) -> frozenset[int]:
        if path not in packed:
            packed[path] = array("q", said(path).main).tobytes()
        return frozenset(memoryview(packed[path]).cast("q"))

    least = min(rule["pages_error"], rule["pages_warning"], rule["articles_warning"])
    saying = {path: page.saying for path, page in pages.items()}
    old = earlier.said if earlier.least == least else {}
    kept = {path for path, words in saying.items() if old.get(path) == words}
    scores = [score for score in earlier.scores if score[0] in kept and score[1] in kept]
    paths = list(pages)
    new = [number for number, path in enumerate(paths) if path not in kept]
    for pair in shingles.likely([page.sketch for page in written], least, new) if new else ():
        one, other = sorted(paths[number] for number in pair)
        scores.append((one, other, shingles.jaccard(main(one), main(other))))

    areas = [path for path in paths if pages[path].kind is PageKind.AREA]
    limit = min(rule["areas_error"], rule["areas_warning"])
    among = digest(encoded((limit, [(path, saying[path]) for path in areas])))
    by_own = earlier.areas
    if by_own[0] != among:
        found = shingles.alike([said(path).own for path in areas], limit)
        by_own = among, tuple((areas[one], areas[other], score) for one, other, score in found)
    return _Known(least, saying, tuple(sorted(scores)), by_own)


def _pairs(written: list[_Written], known: _Known, rule: Rule) -> Iterator[_Pair]:
    """Yield each two pages that pass a limit; two areas may come twice, by all they say and by their own words."""
    any_two = rule["pages_error"], rule["pages_warning"]
    articles = rule["pages_error"], min(rule["pages_warning"], rule["articles_warning"])
    ages = {page.document.path: age for age, page in enumerate(written)}
    for *paths, score in known.scores:
        earlier, later = (written[age] for age in sorted(ages[path] for path in paths))
        both = earlier.kind is later.kind is PageKind.ARTICLE
        yield from _judged(score, earlier, later, *(articles if both else any_two))
    for *paths, score in known.areas[1]:
        earlier, later = (written[age] for age in sorted(ages[path] for path in paths))
        yield from _judged(score, earlier, later, rule["areas_error"], rule["areas_warning"])


def _judged(score: float, earlier: _Written, later: _Written, severe: float, limit: float) -> Iterator[_Pair]:
    if score >= severe:
        yield _Pair(Severity.ERROR, score, limit, earlier, later)
    elif score >= limit:
        yield _Pair(Severity.WARNING, score, limit, earlier, later)


def _written(built: Built, rule: Rule) -> list[_Written]:
    """Return the indexable pages with enough words of their own, undated ones first, then oldest first."""
    found: dict[str, _Written] = {}
    for view in pages(built):
        known = evidence(built)[view.save_as]
        if known.words and known.words >= rule["words_least"]:
            found[view.source] = _Written(view, built.site.by_path[view.source], known.sketch, known.saying)
    return sorted(found.values(), key=_age)


def _age(page: _Written) -> tuple[float, str]:
    date = page.document.front.date
    return date.timestamp() if date else 0, page.document.path


_TEXT: Final = (
    "Parents who live in Indio often call us in the first weeks, when nobody sleeps and the days have no shape. A "
    "postpartum therapist sits with you on the floor, and listens before she says anything. You can bring the baby. "
    "You may cry, feed, or say nothing at all. Call 760-555-0142, and we will find a time that suits your week."
)
_SWAPPED: Final = _TEXT.replace("Indio", "Rancho Mirage")
_OTHER: Final = (
    "Sleep comes back in pieces. One long stretch, then a bad night, then two good ones. Keep the room dark and your "
    "own expectations low, and share the early mornings with somebody. If worry wakes you although the baby sleeps, "
    "that is worth a talk. Some of it passes by itself; the rest can be helped, and sooner than most people think."
)
_INDIO: Final = example.view("/areas/indio/", kind=PageKind.AREA, heading=Markup("Therapy in Indio"))
_MIRAGE: Final = example.view("/areas/mirage/", kind=PageKind.AREA, heading=Markup("Therapy in Rancho Mirage"))
_HALF: Final = _SWAPPED.partition(" You can bring")[0]

GOOD: Final = (
    example.case(
        _INDIO,
        example.document(_TEXT, path="areas/indio.md"),
        _MIRAGE,
        example.document(_OTHER, path="areas/mirage.md"),
    ),
    example.case(
        example.view("/blog/a/"),
        example.document(_TEXT, path="articles/a.md"),
        example.view("/blog/b/", robots="noindex,follow"),
        example.document(_SWAPPED, path="articles/b.md"),
    ),
)
BAD: Final = (
    example.case(
        _INDIO,
        example.document(_TEXT, path="areas/indio.md"),
        _MIRAGE,
        example.document(_SWAPPED, path="areas/mirage.md"),
        found="1.00 of this page and areas/indio.md are the same words",
    ),
    example.case(
        _INDIO,
        example.document(_TEXT, path="areas/indio.md"),
        _MIRAGE,
        example.document(f"{_HALF} {_OTHER}", path="areas/mirage.md"),
        found="less than 0.20 is fine",
    ),
    example.case(
        example.view("/blog/a/"),
        example.document(_TEXT, path="articles/a.md"),
        example.view("/blog/b/"),
        example.document(f"{_SWAPPED} {_OTHER.partition(' Keep')[0]}", path="articles/b.md"),
        found="of this page and articles/a.md are the same words",
    ),
)
