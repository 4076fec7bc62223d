"""What people search for, beside what the site answers: an export of Search Console joined to the ledger."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from local_seo import limits, urls
from local_seo.model.page import PageKind
from local_seo.model.view import View
from local_seo.text import STOP_WORDS, capitalised, fold, singular, topic_key, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from local_seo.ledger import Key, Pair, Subject
    from local_seo.model.built import Built
    from local_seo.model.document import Document
    from local_seo.model.page import Page
    from local_seo.model.practice import Place

    from .search_console import Export, Row
    from .targets import Targets

# Share of clicks by place on the first page of results, mean of many sites; beyond it too few click to judge a title.
# Source: https://backlinko.com/google-ctr-stats
_CLICKED: Final = (0.276, 0.158, 0.110, 0.084, 0.063, 0.049, 0.039, 0.033, 0.027, 0.024)
# What people add to a query that changes nothing of its subject.
_INTENT: Final = frozenset(
    "affordable appointment best book cheap clinic close cost counseling counselling counselor counsellor doctor fee "
    "free help insurance local nearby nearest now office online open practice price private professional provider rate "
    "recommended review service session specialist support therapist therapy top treatment usa virtual".split()
)
_NEAR: Final = frozenset({"around", "in", "near"})
_ALIKE: Final = 0.8  # of two spellings: one or two letters differ
_MISSPELT: Final = 0.9  # of a place: names of places are too much alike for less
_LONG: Final = 6  # letters; in shorter names one letter makes another place
_SHARE_OF_A_RIVAL: Final = 0.2  # of the impressions of a query, to count as competing for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A query that no page answers, and why."""

    query: str
    clicks: int
    impressions: int
    position: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A page of the site in the results; ``expected`` is the share of clicks that its position gets, 0 if unknown."""

    url: str
    clicks: int
    impressions: int
    position: float
    ctr: float
    expected: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A place that people ask for and the practice does not name."""

    name: str
    impressions: int
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """A query for which several pages of the site compete."""

    query: str
    impressions: int
    pages: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """An address in the results that the site does not have; ``leads_to`` is where it is redirected, or ""."""

    address: str
    impressions: int
    leads_to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What an export says about the site; every list by impressions, the most first."""

    clicks: int
    impressions: int
    queries: int
    filters: tuple[tuple[str, str], ...]
    unanswered: tuple[Unanswered, ...]
    near: tuple[Shown, ...]
    weak_titles: tuple[Shown, ...]
    elsewhere: tuple[Elsewhere, ...]
    contests: tuple[Contest, ...]
    strangers: tuple[Stranger, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query taken apart.

    Attributes:
        places: the practice's own that it names.
        rest: what it is about: its ``topic_key`` without places and words of intent.
        subject: of the ledger, if it names one.
        unknown: a place that the practice does not name, or "".
    """

    places: tuple[Place, ...]
    rest: Key
    whole: Key
    subject: Subject | None
    unknown: str

    @property
    def says_it(self) -> bool:
        """Return whether the subject says at least half of what the query is about."""
        said = (
            max((len(key & self.rest) for key in self.subject.keys if key <= self.whole), default=0)
            if self.subject
            else 0
        )
        return 2 * said >= len(self.rest)


def demand(export: Export, built: Built, targets: Targets) -> Demand:
    """Join an export to a site."""
    reader = _Reader(built, targets)
    pages, strangers = reader.pages(_by_page(export))
    queries = export.queries or _by_query(export.both)
    asked = {row.query: reader.asked(row.query) for row in queries}
    counted = export.pages or queries  # rare queries are kept from the table of queries
    return Demand(
        clicks=sum(row.clicks for row in counted),
        impressions=sum(row.impressions for row in counted),
        queries=len(queries),
        filters=export.filters,
        unanswered=tuple(
            Unanswered(query=row.query, clicks=row.clicks, impressions=row.impressions, position=row.position, why=why)
            for row in _most_shown(queries)
            if not asked[row.query].unknown and (why := reader.lacks(asked[row.query], row.query))
        ),
        near=tuple(
            page
            for page in pages
            if limits.DEMAND_NEAR_FIRST <= page.position <= limits.DEMAND_NEAR_LAST
            and page.impressions >= limits.DEMAND_IMPRESSIONS_LEAST
        ),
        weak_titles=tuple(
            page
            for page in pages
            if page.ctr < page.expected * limits.DEMAND_CTR_SHARE
            and (page.expected - page.ctr) * page.impressions >= limits.DEMAND_MISSED_CLICKS_LEAST
        ),
        elsewhere=_elsewhere(queries, asked),
        contests=(*_shared(export.both, reader), *_claimed(queries, asked, reader))
        if export.both
        else _claimed(queries, asked, reader),
        strangers=strangers,
    )


class _Reader:
    """Knows the words of a practice."""

    def __init__(self, built: Built, targets: Targets) -> None:
        self._built = built
        self._site = built.site
        self._targets = targets
        facts = self._site.facts
        self._places = sorted(
            ((tuple(words(fold(name))), place) for place in facts.places for name in (place.name, *place.aliases)),
            key=lambda each: (-len(each[0]), each[0]),
        )
        self._subjects = [
            (key, subject) for subject in targets.ledger.subjects for key in sorted(subject.keys, key=sorted) if key
        ]
        trades = [phrase for service in facts.services for phrase in (service.role, service.name, *service.keywords)]
        trades += [person.title for person in facts.people]
        self._trades = {word for phrase in trades for word in topic_key(phrase)}
        self._roles = {singular(fold(found[-1])) for phrase in trades if (found := words(phrase))}
        regions = {place.region for place in facts.places} | {facts.practice.address.region}
        self._regions = {word for region in regions for word in words(fold(region))}
        own = [
            facts.practice.name,
            *(part for person in facts.people for part in (person.name, *person.name.split()[-1:])),
        ]
        self._brands = [key for name in own if (key := topic_key(name))]

    @cached_property
    def _vocabulary(self) -> set[str]:
        """Return every word that the site says, folded."""
        said = [document.body.text for document in self._site.documents]
        said += [document.front.title for document in self._site.documents]
        said += [keyword for document in self._site.articles for keyword in document.front.keywords]
        return {word for text in said for word in re.findall(r"[^\W_]+", fold(text))} | STOP_WORDS | _INTENT

    @cached_property
    def _titles(self) -> list[tuple[Key, Page]]:
        """Return the pages that search engines may list, with what each is about."""
        found = []
        for page in self._site.pages:
            view = self._built.views.get(urls.save_as(page.url))
            if page.number == 1 and isinstance(view, View) and view.head.indexable:
                front = page.document.front if page.document else None
                said = [
                    page.title,
                    page.name,
                    *(front.keywords if front else ()),
                    *(front.link_phrases if front else ()),
                ]
                found.append((frozenset().union(*map(topic_key, said)), page))
        return found

    def asked(self, query: str) -> _Asked:
        """Take a query apart."""
        tokens = list(map(self._spelt, words(fold(query))))
        places, left = self._named(tokens)
        whole = topic_key(" ".join(left))
        rest = frozenset(word for word in whole if word not in _INTENT and word not in self._regions)
        subject = self._subject(whole)
        unknown = "" if places else self._unknown(left)
        return _Asked(tuple(places), rest, whole, subject, unknown)

    def lacks(self, asked: _Asked, query: str) -> str:
        """Return what the site lacks to answer a query; "" when a page answers, or when it asks for this practice."""
        if any(brand <= topic_key(query) for brand in self._brands):
            return ""
        if not asked.rest and not asked.subject:
            bare = [place.name for place in asked.places if not self._site.page_of(place)]
            return f"{bare[0]} has no page of its own" if bare else ""
        if asked.says_it and asked.subject and asked.places:
            pairs = [pair for place in asked.places if (pair := self.pair(asked.subject, place))]
            gap = next((pair for pair in pairs if pair.owner is None), None)
            return f"no page on {gap.subject.name} for {gap.place.name}" if gap else ""
        if asked.says_it and asked.subject:
            pairs = [pair for place in self._site.facts.places if (pair := self.pair(asked.subject, place))]
            owned = any(pair.owner for pair in pairs) or any(asked.rest <= key for key, _ in self._titles)
            return "" if owned else f"no page on {asked.subject.name}"
        answers = [page for key, page in self._titles if asked.rest <= key and self._is_for(page, asked.places)]
        if answers:
            return ""
        where = f" for {asked.places[0].name}" if asked.places else ""
        return f"no title or keyword says this{where}"

    def pair(self, subject: Subject, place: Place) -> Pair | None:
        """Return the ledger's pair."""
        return next((pair for key in subject.keys if (pair := self._targets.of(key, place))), None)

    def pages(self, rows: Iterable[Row]) -> tuple[list[Shown], tuple[Stranger, ...]]:
        """Return the rows of pages of this site, and those of addresses that it does not have."""
        found: dict[str, list[Row]] = defaultdict(list)
        strange: dict[str, int] = defaultdict(int)
        for row in rows:
            url = self.address(row.page)
            if url in self._site.by_url:
                found[url].append(row)
            else:
                strange[row.page] += row.impressions
        shown = []
        for url, each in found.items():
            impressions, clicks = sum(row.impressions for row in each), sum(row.clicks for row in each)
            position = sum(row.position * row.impressions for row in each) / impressions
            shown.append(
                Shown(
                    url=url,
                    clicks=clicks,
                    impressions=impressions,
                    position=position,
                    ctr=clicks / impressions,
                    expected=_expected(position),
                )
            )
        redirects = self._built.addresses.redirects
        strangers = (
            Stranger(address=page, impressions=count, leads_to=redirects.get(self.address(page), ""))
            for page, count in strange.items()
        )
        return (
            sorted(shown, key=lambda page: (-page.impressions, page.url)),
            tuple(sorted(strangers, key=lambda each: (-each.impressions, each.address))),
        )

    def address(self, written: str) -> str:
        """Return the site address of an absolute one; whatever scheme and ``www.`` it has, its host must be ours."""
        hosts = {urls.host_of(self._site.facts.practice.url), urls.host_of(self._site.origin)}
        parts = urls.split(written)
        return (parts.path or "/") if urls.host_of(written) in hosts else written

    def page_of(self, document: Document) -> Page | None:
        """Return the page of a document."""
        return self._site.page_of(document)

    def _named(self, tokens: list[str]) -> tuple[list[Place], list[str]]:
        """Return the practice's places that a query names, and the words that are left."""
        found: list[Place] = []
        left = list(tokens)
        for name, place in self._places:
            for start in range(len(left) - len(name) + 1):
                if _same(left[start : start + len(name)], name):
                    left[start : start + len(name)] = []
                    if place not in found:
                        found.append(place)
                    break
        return found, left

    def _subject(self, key: Key) -> Subject | None:
        """Return the subject that says the most of a query."""
        fitting = [(len(own), -number) for number, (own, _) in enumerate(self._subjects) if own <= key]
        return self._subjects[-max(fitting)[1]][1] if fitting else None

    def _unknown(self, tokens: list[str]) -> str:
        """Return the place that a query asks for, where the practice does not name it.

        No list of all places of the world is at hand, so it is told by what stands around it: words that the site
        never says, after ``in`` or ``near``, or before or after a trade.
        """
        if {"me", "nearby", "nearest"} & set(tokens):
            return ""  # the place is where the person is
        tokens = [token for token in tokens if token not in self._regions and len(token) > 2]  # noqa: PLR2004 - "ca"
        strange = [self._is_strange(token) for token in tokens]
        for start in (index + 1 for index, token in enumerate(tokens) if token in _NEAR):
            end = start
            while end < len(tokens) and not self._is_trade(tokens[end]) and tokens[end] not in STOP_WORDS:
                end += 1
            if any(strange[start:end]):  # "in palm bay": words of the site may belong to the name
                return _name(tokens[start:end])
        first, last = (strange.index(True), len(strange) - strange[::-1].index(True)) if any(strange) else (0, 0)
        at_edge = first == 0 or last == len(tokens)
        if any(map(self._is_trade, tokens)) and all(strange[first:last]) and at_edge:
            return _name(tokens[first:last])
        return ""

    def _is_trade(self, token: str) -> bool:
        return singular(token) in self._roles | self._trades | _INTENT

    def _is_strange(self, token: str) -> bool:
        return not (token in self._vocabulary or singular(token) in self._vocabulary or token.isdigit())

    def _spelt(self, token: str) -> str:
        """Return a word as the practice spells it, where it is a misspelt word of a trade."""
        if not self._is_strange(token):
            return token
        return next(iter(difflib.get_close_matches(token, sorted(self._trades), 1, _ALIKE)), token)

    def _is_for(self, page: Page, places: Sequence[Place]) -> bool:
        if not places or page.kind is not PageKind.ARTICLE or page.document is None:
            return True
        named = [self._site.facts.place(city) for city in page.document.front.cities]
        return any(place in named for place in places)


def _name(tokens: Iterable[str]) -> str:
    return " ".join(map(capitalised, tokens))


def _same(found: Sequence[str], name: Sequence[str]) -> bool:
    said, meant = " ".join(found), " ".join(name)
    if said == meant:
        return True
    if len(meant) < _LONG or said[:1] != meant[:1] or abs(len(said) - len(meant)) > 1:
        return False
    return difflib.SequenceMatcher(None, said, meant).ratio() >= _MISSPELT


def _expected(position: float) -> float:
    """Return the share of clicks that a position gets, 0 beyond the first page of results."""
    index = position - 1
    low = int(index)
    if low + 1 >= len(_CLICKED):
        return _CLICKED[-1] if low + 1 == len(_CLICKED) and index == low else 0.0
    return _CLICKED[low] + (_CLICKED[low + 1] - _CLICKED[low]) * (index - low)


def _most_shown(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.impressions, row.query))


def _by_page(export: Export) -> Sequence[Row]:
    return export.pages or export.both


def _by_query(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return one row a query, of rows of a query and a page."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.query].append(row)
    return tuple(
        type(each[0])(
            query=query,
            clicks=sum(row.clicks for row in each),
            impressions=max(row.impressions for row in each),
            position=min(row.position for row in each),
        )
        for query, each in found.items()
    )


def _elsewhere(rows: Iterable[Row], asked: Mapping[str, _Asked]) -> tuple[Elsewhere, ...]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in _most_shown(rows):
        if name := asked[row.query].unknown:
            found[name].append(row)
    places = (
        Elsewhere(name=name, impressions=sum(row.impressions for row in each), queries=tuple(row.query for row in each))
        for name, each in found.items()
    )
    return tuple(sorted(places, key=lambda each: (-each.impressions, each.name)))


def _shared(rows: Iterable[Row], reader: _Reader) -> tuple[Contest, ...]:
    """Return the queries whose impressions several pages share."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        found[row.query][reader.address(row.page)] += row.impressions
    contests = []
    for query, by_page in found.items():
        whole = sum(by_page.values())
        rivals = [page for page, count in by_page.items() if count >= whole * _SHARE_OF_A_RIVAL]
        if len(rivals) > 1:
            pages = tuple(sorted(rivals, key=lambda page: (-by_page[page], page)))
            contests.append(Contest(query=query, impressions=whole, pages=pages, why="they share its impressions"))
    return tuple(sorted(contests, key=lambda each: (-each.impressions, each.query)))


def _claimed(rows: Iterable[Row], asked: Mapping[str, _Asked], reader: _Reader) -> tuple[Contest, ...]:
    """Return the queries for whose keyword and place several articles claim to be the page."""
    contests = []
    for row in _most_shown(rows):
        subject, places = asked[row.query].subject, asked[row.query].places
        for place in places if subject else ():
            pair = reader.pair(subject, place) if subject else None
            if pair and pair.owner and pair.rivals:
                pages = tuple(
                    page.url for each in (pair.owner, *pair.rivals) if (page := reader.page_of(each)) is not None
                )
                why = f"both are aimed at {pair.subject.name} in {place.name}"
                contests.append(Contest(query=row.query, impressions=row.impressions, pages=pages, why=why))
    return tuple(contests)
