"""A page that says what another page says, place names, services and phone numbers aside.

Why: A page for each town or keyword that says the same in the same words is a doorway page; search engines show one
of them, or none. What is compared are runs of five words of what somebody wrote for the page: offers, the author's
box, the location sentence and what it shows of other pages do not count.
Source: https://developers.google.com/search/docs/essentials/spam-policies#doorways; the numbers are ours
Rules: E-14, E-15, W-23, P-07
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from .. import example, shingles
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..text import fold, plain
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model.built import Built
    from ..model.document import Document
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule

ALIKE_ERROR: Final = 0.80  # E-14: at most a ninth of each page is its own: (1 - u) / (1 + u)
ALIKE_WARNING: Final = 0.55  # E-14: at most 29 % is its own; a published tool gives full credit below
AREAS_ALIKE_ERROR: Final = 0.40  # E-15: own words of two area pages; less than 43 % is its own
AREAS_ALIKE_WARNING: Final = 0.20  # E-15: a third is the other page's
ARTICLES_ALIKE_WARNING: Final = 0.30  # W-23: 46 % is the other article's

SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {
    "pages_error": ALIKE_ERROR,
    "pages_warning": ALIKE_WARNING,
    "areas_error": AREAS_ALIKE_ERROR,
    "areas_warning": AREAS_ALIKE_WARNING,
    "articles_warning": ARTICLES_ALIKE_WARNING,
}
_AREAS: Final = {PageKind.AREA}
_ARTICLES: Final = {PageKind.ARTICLE}


class Written(NamedTuple):
    """A page that somebody wrote: its own words, and all that it says itself."""

    document: Document
    kind: PageKind
    own: frozenset[int]
    main: frozenset[int]


class Pair(NamedTuple):
    """Two pages that are too much alike; ``below`` is the score that would be no matter."""

    severity: Severity
    score: float
    later: Written
    earlier: Written
    below: float


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each page that is too near to an older one: for the worst of them, in the newer file."""
    worst: dict[str, Pair] = {}
    for pair in sorted(_pairs(_written(built), rule), key=_worst_first):
        worst.setdefault(pair.later.document.path, pair)
    for path, pair in worst.items():
        other = pair.earlier.document
        yield rule.finding(
            path,
            pair.later.document.source.body_line,
            f"{pair.score:.2f} of this page and {other.path} is the same, names of places and services masked; "
            f"less than {pair.below:.2f} may be",
            _REMEDIES.get(pair.later.kind, _REMEDY) if pair.later.kind is pair.earlier.kind else _REMEDY,
            pair.severity,
        )


def _worst_first(pair: Pair) -> tuple[bool, float, str]:
    return pair.severity is not Severity.ERROR, -pair.score, pair.earlier.document.path


def _written(built: Built) -> list[Written]:
    """Return the indexable pages that somebody wrote, oldest first, undated ones before, each file once."""
    mask = shingles.Mask(map(fold, _masked(built.site.facts)))
    found: dict[str, Written] = {}
    for view in pages(built):
        document = built.site.by_path.get(view.source)
        later_part = view.pagination and view.pagination.number > 1
        if document and document.body.text and view.head.indexable and not later_part:
            heading, body = plain(view.heading), document.body.text
            own = mask.words(fold(f"{heading} {body}"))
            rest = mask.words(fold(" ".join(_besides(view))))
            main = shingles.shingles([*own, *rest]) if rest else shingles.shingles(own)
            found[view.source] = Written(document, view.kind, shingles.shingles(own), main)
    return sorted(found.values(), key=_age)


def _age(page: Written) -> tuple[float, str]:
    date = page.document.front.date
    return date.timestamp() if date else 0, page.document.path


def _besides(view: View) -> Iterator[str]:
    """Yield what a page says itself beside its heading and body."""
    yield view.lead
    for fact in view.facts:
        yield fact.text


def _masked(facts: Facts) -> Iterator[str]:
    """Yield what a copy would swap; a plural is a service's name too."""
    for place in facts.places:
        yield from (place.name, *place.aliases, place.county or "", place.region)
    for service in facts.services:
        for phrase in (service.name, service.role, *service.keywords):
            yield from (phrase, f"{phrase}s")
    yield facts.practice.address.postal_code or ""


def _pairs(written: list[Written], rule: Rule) -> Iterator[Pair]:
    """Yield each pair that passes a limit, with the severity of the hardest limit that it passes."""
    limits = (
        ("main", None, Severity.ERROR, rule["pages_error"], rule["pages_warning"]),
        ("main", None, Severity.WARNING, rule["pages_warning"], rule["pages_warning"]),
        ("main", _ARTICLES, Severity.WARNING, rule["articles_warning"], rule["articles_warning"]),
        ("own", _AREAS, Severity.ERROR, rule["areas_error"], rule["areas_warning"]),
        ("own", _AREAS, Severity.WARNING, rule["areas_warning"], rule["areas_warning"]),
    )
    for part, kinds, severity, least, below in limits:
        among = [page for page in written if kinds is None or page.kind in kinds]
        for earlier, later, score in shingles.alike([getattr(page, part) for page in among], least):
            yield Pair(severity, score, among[later], among[earlier], below)
