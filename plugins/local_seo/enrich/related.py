"""Links from article to article: related, previous and next, series and topics.

``profile(article, masked)`` says what one article is about, ``ranking(profiles, listed, earlier)`` which others are
closest to each, and ``neighbours(site, ...)`` makes the lists. All of it is kept in one piece, as few long rows of
numbers, and after an edit only what can have changed is looked at. Whole numbers throughout and a total order, so that
neither the order of files nor the machine matters.
"""

from __future__ import annotations

import heapq
import re
from array import array
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import chain, compress
from math import isqrt
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import msgspec

from .. import english, limits
from ..digests import digest, encoded
from ..model.document import Kind
from ..shingles import WORDS
from ..text import STOP_WORDS, fold, singular, topic_key, words
from ..workers import carried, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..model.document import Document
    from ..model.page import Page
    from ..model.site import Site
    from ..workers import Memory

# What a shared trait is worth, beside at most 1,000 for the text; choices of ours, tried on the sample. One shared
# keyword says more than a service that many articles share, and that more than two places.
_KEYWORD: Final = 300
_SERVICE: Final = 200
_PLACE: Final = 60
_PLACES_MOST: Final = 2  # a third place in common says nothing more
_FRESH_MOST: Final = 30  # for an article that is five years newer than the one that leads to it
_DAYS_A_POINT: Final = 61
_TERMS: Final = 20  # of a text; more change hardly any list
_TERM_LETTERS_LEAST: Final = 3
_NOTHING: Final = "the"  # what a word without meaning counts as; it is worth nothing
_VAGUE: Final = frozenset(
    "anybody anyone anything ask asked everybody everyone everything maybe nearly nobody nothing ourselves perhaps "
    "rather said say somebody someone something sometimes somewhere tell telling themselves though told whatever "
    "whenever yourself".split()
)
_WORD: Final = re.compile(r"\w+(?:['’]\w+)*")
_SKETCH: Final = 48  # hashes; they tell halves from tenths
# A trait that very many articles share is no reason to compare them: that would take quadratic time. It counts where
# they share something rarer. The bound moves with powers of two, so that one article more does not move it.
_SHARERS_LEAST: Final = 128
_SHARERS_PART: Final = 64
_COMPARED: Final = 24  # articles with the most traits in common, which are looked at closely
_KEPT: Final = 10  # the best of those: more than a list holds, since some are in the same series


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The articles that one article leads to.

    Attributes:
        topics: for each of its topic pages, the articles before and after it among those that the topic lists.
    """

    related: tuple[Document, ...] = ()
    previous: Document | None = None
    following: Document | None = None
    series: tuple[Document, ...] = ()
    topics: tuple[tuple[Page, Document | None, Document | None], ...] = ()


class Profile(NamedTuple):
    """What an article is about.

    Attributes:
        day: when it was published or last changed, as an ordinal.
        tongue: its language where that is not the practice's, or empty.
        service: its slug, or empty.
        keywords, places: equal texts where two articles share one.
        terms: the weights of its terms; their squares add up to about 10,000.
        sketch: hashes of some of its runs of words, the lowest ones: copies have most of them in common.
    """

    day: int
    tongue: str
    service: str
    keywords: frozenset[str]
    places: frozenset[str]
    terms: dict[str, int]
    sketch: frozenset[int]

    @property
    def traits(self) -> tuple[str, ...]:
        """Return what the article may have in common with others, as texts that are equal where two share one."""
        tongue = self.tongue
        return (
            *((f"{tongue} service {self.service}",) if self.service else ()),
            # Twice and thrice in the counting of what articles have in common, as it says more than one word of a text.
            *(f"{tongue} keyword {keyword} {n}" for keyword in self.keywords for n in range(3)),
            *(f"{tongue} place {place}" for place in self.places),
            *(f"{tongue} {term}" for term in self.terms),
        )


# As a profile is kept: of thousands few are looked into after an edit.
Packed = bytes
_pack: Final = msgspec.msgpack.Encoder(order="deterministic").encode
_unpack: Final = msgspec.msgpack.Decoder(Profile).decode


@dataclass(frozen=True, slots=True)
class Ranking:
    """Which articles are closest to each. The number of an article is its place in ``paths``.

    Numbers stand side by side as in an ``array("i")``; the rows of ``close`` and ``best`` are filled up with -1.

    Attributes:
        paths: of all articles, in order.
        listed: the numbers of those that others may lead to, in order.
        sharers: by trait the numbers of the listed articles that have it, in order.
        close: the numbers of the articles compared, those with the most traits in common first.
        least: the traits in common with the last of those; 0 where there was room for more.
        best: the numbers of the best of them, the best first.
    """

    paths: tuple[str, ...]
    listed: bytes
    sharers: dict[str, bytes]
    close: bytes
    least: bytes
    best: bytes


@dataclass(frozen=True, slots=True)
class Earlier:
    """A ranking of before an edit, and the profiles that it was made from, by path."""

    ranking: Ranking
    profiles: Mapping[str, Packed]


@dataclass(frozen=True, slots=True)
class Lists:
    """The related articles of each, by number as in a ``Ranking``.

    Attributes:
        found: before articles that no list has were given a place; rows as in ``Ranking.best``.
        fixed: how many of those the writer named, a byte each.
        final: what is printed.
    """

    found: bytes
    fixed: bytes
    final: bytes


@dataclass(frozen=True, slots=True)
class Joined:
    """What all articles have to do with each other.

    Attributes:
        faces: a digest of everything that the lists follow from beside the ranking.
        digests, profiles: of each article, by number.
    """

    faces: str
    digests: tuple[str, ...]
    profiles: tuple[Packed, ...]
    ranking: Ranking
    lists: Lists


class Near(Mapping[str, Neighbours]):
    """What each article leads to, by the article's path; looked up when it is asked for."""

    def __init__(self, site: Site, joined: Joined) -> None:
        """Look nothing up yet."""
        self._order = _Order(site)
        self._paths = joined.ranking.paths
        self._numbers = {path: number for number, path in enumerate(self._paths)}
        self._lists = _ints(joined.lists.final)

    def __len__(self) -> int:
        """Return how many articles there are."""
        return len(self._paths)

    def __iter__(self) -> Iterator[str]:
        """Return the paths of all articles."""
        return iter(self._paths)

    def __getitem__(self, path: str) -> Neighbours:
        """Return what an article leads to."""
        order = self._order
        article = order.by_path[self._paths[self._numbers[path]]]
        many, index = order.row.get(path, ((), 0))
        parts = order.parts(article)
        return Neighbours(
            related=tuple(order.by_path[other] for other in self.related(path)),
            previous=many[index + 1] if index + 1 < len(many) else None,
            following=many[index - 1] if index > 0 else None,
            series=parts if len(parts) > 1 else (),
            topics=tuple(order.topics(article)),
        )

    def related(self, path: str) -> tuple[str, ...]:
        """Return the paths of the related articles; all else follows from what pages know of each other."""
        number = self._numbers.get(path)
        if number is None:
            return ()
        return tuple([self._paths[other] for other in _row_of(self._lists, number, limits.RELATED_MOST)])


def neighbours(site: Site, faces: str, memory: Memory) -> Near:
    """Return what each article leads to.

    Related: first those that ``related`` names, then the closest by text, keywords, service, places and date, ties by
    the newer date and then the path, last the articles before this one; in its language, never near-copies of it, never
    the other parts of its series. An article that no list has takes the last place in that of the article closest to
    it which can spare one. Previous and next go by date within a language. Hidden articles lead to others, others never
    lead to them.

    Args:
        site: whose articles are asked for.
        faces: a digest of what its pages know of each other; see ``local_seo.faces``.
        memory: of what they led to before.
    """
    articles = sorted(site.of_kind(Kind.ARTICLE), key=attrgetter("path"))
    made_from = [article.digest for article in articles]
    known = digest(faces.encode(), encoded(made_from)) if all(made_from) else ""
    return Near(site, carried(memory, "related", Joined, known, partial(_joined, site, faces, articles)))


def _joined(site: Site, faces: str, articles: Sequence[Document], before: Joined | None) -> Joined:
    """Return what the articles have to do with each other, after what they had to do before an edit."""
    paths = tuple([article.path for article in articles])
    digests = tuple([article.digest for article in articles])
    earlier, old = None, {}
    if before:
        earlier = Earlier(before.ranking, dict(zip(before.ranking.paths, before.profiles, strict=True)))
        old = dict(zip(before.ranking.paths, before.digests, strict=True))
    found = [
        earlier.profiles[path] if earlier and own and own == old.get(path) else b""
        for path, own in zip(paths, digests, strict=True)
    ]
    todo = [number for number, known in enumerate(found) if not known]
    work = partial(profile, masked=names(site))
    for number, fresh in zip(todo, spread(work, [articles[number] for number in todo]), strict=True):
        found[number] = fresh
    listed = frozenset([article.path for article in site.articles])
    ranked = ranking(dict(zip(paths, found, strict=True)), listed, earlier)
    same = before if before and before.faces == faces else None
    return Joined(faces, digests, tuple(found), ranked, _lists(_Order(site), ranked, same))


def names(site: Site) -> frozenset[str]:
    """Return the words that tell nothing of what a text is about: of the places, the practice and its people."""
    facts = site.facts
    said: list[str] = [facts.practice.name, facts.service_area.name, *(person.name for person in facts.people)]
    said += (name for place in facts.places for name in (place.name, *place.aliases))
    return frozenset(_term(word) for name in said for word in words(name))


def profile(article: Document, masked: frozenset[str]) -> Packed:
    """Return what an article is about; a pure function of its file and of the words to leave out."""
    front = article.front
    title, body = _WORD.findall(front.title), _WORD.findall(article.body.text)
    keywords = {" ".join(sorted(topic_key(keyword))) for keyword in front.keywords}
    said = front.modified or front.date
    return _pack(
        Profile(
            day=said.toordinal() if said else 0,
            tongue=front.lang or "",
            service=front.service or "",
            keywords=frozenset(keywords - {""}),
            places=frozenset(front.cities),
            terms=terms([*title, *title, *body], masked),
            sketch=sketch(body),
        )
    )


def opened(packed: Packed) -> Profile:
    """Return a profile that was packed."""
    return _unpack(packed)


def terms(said: Sequence[str], masked: frozenset[str]) -> dict[str, int]:
    """Return the words that a text is about, with weights: frequent in it and rare in English.

    Only what is said twice counts. None for a text of few words: they are alike by nature.
    """
    if len(said) < limits.COMPARED_WORDS_LEAST:
        return {}
    rarity = english.rarity()
    counts = Counter(map(_term, said))
    weights = [
        (isqrt(16 * count) * (rarity.get(term, english.RARE) - english.COMMON), term)
        for term, count in counts.items()
        if count > 1 and term not in masked
    ]
    best = heapq.nlargest(_TERMS, weights)
    length = isqrt(sum(weight * weight for weight, _ in best)) or 1
    return {term: weight * 100 // length for weight, term in best if weight * 100 >= length}


def sketch(said: Sequence[str]) -> frozenset[int]:
    """Return the lowest hashes of the runs of five words that begin with one word in eight, the same ones everywhere.

    Source: https://nlp.stanford.edu/IR-book/html/htmledition/near-duplicates-and-shingling-1.html
    """
    words = " ".join(said).lower().split(" ")
    starts = compress(range(len(words) - WORDS + 1), map(_begins, words))
    hashes = {crc32(" ".join(words[at : at + WORDS]).encode()) for at in starts}
    return frozenset(heapq.nsmallest(_SKETCH, hashes))


@cache
def _begins(word: str) -> bool:
    return crc32(word.encode()) % 8 == 0


def is_copy(one: Profile, other: Profile) -> bool:
    """Return whether two articles say mostly the same, as far as their sketches tell."""
    common = len(one.sketch & other.sketch)
    if not common or common < limits.ALIKE_WARNING * max(len(one.sketch), len(other.sketch)):
        return False  # nearly always
    lowest = heapq.nsmallest(_SKETCH, one.sketch | other.sketch)
    shared = sum(each in one.sketch and each in other.sketch for each in lowest)
    return shared >= limits.ALIKE_WARNING * len(lowest)


@cache
def _term(word: str) -> str:
    """Return a word of a text for comparison, empty for one that carries no meaning."""
    folded = fold(word).removesuffix("'s")
    if (
        len(folded) < _TERM_LETTERS_LEAST
        or "'" in folded
        or folded in STOP_WORDS
        or folded in _VAGUE
        or not folded.isalpha()
    ):
        return _NOTHING
    return singular(folded)


def ranking(profiles: Mapping[str, Packed], listed: frozenset[str], earlier: Earlier | None = None) -> Ranking:
    """Return which articles are closest to each.

    Args:
        profiles: of all articles, by path.
        listed: the paths of those that others may lead to.
        earlier: of before an edit; what cannot have changed is taken from it. The result is the same.
    """
    paths = tuple(sorted(profiles))
    shown = array("i", [number for number, path in enumerate(paths) if path in listed])
    known = _Opened(paths, profiles)
    most = _sharers_most(len(shown))
    if earlier and _sharers_most(len(earlier.ranking.listed) // shown.itemsize) == most:
        sharers, (close, least, best), todo = _kept(known, shown, most, earlier)
    else:
        sharers = _sharing((number, known[number]) for number in shown)
        close, least, best = _rows(len(paths))
        todo = list(range(len(paths)))
    work = partial(_row, known, sharers, most, len(paths))
    for number, row in zip(todo, spread(work, todo), strict=True):
        _put(close, number, _COMPARED, row[0])
        least[number] = row[1]
        _put(best, number, _KEPT, row[2])
    return Ranking(paths, shown.tobytes(), sharers, close.tobytes(), least.tobytes(), best.tobytes())


def _ints(data: bytes) -> array[int]:
    return array("i", data)


def _rows(count: int) -> tuple[array[int], array[int], array[int]]:
    """Return the ``close``, ``least`` and ``best`` of so many articles, nothing known."""
    nothing = array("i", [-1])
    return nothing * (count * _COMPARED), array("i", [0]) * count, nothing * (count * _KEPT)


def _put(rows: array[int], number: int, width: int, row: Sequence[int]) -> None:
    rows[number * width : (number + 1) * width] = array("i", (*row, *[-1] * (width - len(row))))


def _row_of(rows: array[int], number: int, width: int) -> list[int]:
    """Return the numbers in a row, what fills it up left out."""
    return [other for other in rows[number * width : (number + 1) * width] if other >= 0]


# The ``close``, ``least`` and ``best`` of one article.
_Row = tuple[tuple[int, ...], int, tuple[int, ...]]


class _Opened(dict[int, Profile]):
    """Profiles by number, opened when they are asked for."""

    def __init__(self, paths: tuple[str, ...], profiles: Mapping[str, Packed]) -> None:
        super().__init__()
        self.paths = paths
        self.profiles = profiles

    def __missing__(self, number: int) -> Profile:
        self[number] = found = opened(self.profiles[self.paths[number]])
        return found


def _sharers_most(count: int) -> int:
    return max(_SHARERS_LEAST, (1 << count.bit_length()) // _SHARERS_PART)


def _sharing(numbered: Iterable[tuple[int, Profile]]) -> dict[str, bytes]:
    sharers: dict[str, array[int]] = defaultdict(partial(array, "i"))
    for number, profile in numbered:
        for trait in profile.traits:
            sharers[trait].append(number)
    return {trait: many.tobytes() for trait, many in sharers.items()}


def _row(known: Mapping[int, Profile], sharers: Mapping[str, bytes], most: int, count: int, number: int) -> _Row:
    """Compare an article with those that have something in common with it."""
    own = known[number]
    common = _common(number, own, sharers, most)
    # Those with the most in common, and no sorting of the thousands that have one word in common.
    amounts, least, many = Counter(common.values()), 0, 0
    for least in sorted(amounts, reverse=True):
        many += amounts[least]
        if many >= _COMPARED:
            break
    # One number for each that sorts as (most in common, first path).
    order = sorted([other - shared * count for other, shared in common.items() if shared >= least])[:_COMPARED]
    close = tuple(each % count for each in order)
    least = least if len(order) == _COMPARED else 0
    led = ((other, known[other]) for other in close)
    scored = sorted((-_score(own, each), -each.day, other) for other, each in led if not is_copy(own, each))
    return close, least, tuple(other for _, _, other in scored[:_KEPT])


def _common(number: int, own: Profile, sharers: Mapping[str, bytes], most: int) -> Counter[int]:
    """Return how many traits each other article shares with one, of the traits that not too many have."""
    groups = (_ints(sharers.get(trait, b"")) for trait in own.traits)
    counts = Counter(chain.from_iterable(group for group in groups if len(group) <= most))
    counts.pop(number, None)
    return counts


def _score(own: Profile, other: Profile) -> int:
    """Return how close another article is to one's own."""
    shared = own.terms.keys() & other.terms.keys()
    text = sum(own.terms[term] * other.terms[term] for term in shared) // 10
    service = _SERVICE if own.service and own.service == other.service else 0
    places = min(len(own.places & other.places), _PLACES_MOST)
    fresh = max(-_FRESH_MOST, min(_FRESH_MOST, (other.day - own.day) // _DAYS_A_POINT))
    return text + service + _KEYWORD * len(own.keywords & other.keywords) + _PLACE * places + fresh


def _kept(
    known: _Opened, shown: array[int], most: int, earlier: Earlier
) -> tuple[dict[str, bytes], tuple[array[int], array[int], array[int]], list[int]]:
    """Return who shares what after an edit, the rows of an earlier ranking, and the numbers of those to make anew."""
    old = earlier.ranking
    paths = known.paths
    before = {old.paths[number] for number in _ints(old.listed)}
    after = {paths[number] for number in shown}
    changed = {path for path, profile in known.profiles.items() if profile != earlier.profiles.get(path)}
    edited = {path for path in changed if path in before or path in after} | (before ^ after)
    close, least, best = _ints(old.close), _ints(old.least), _ints(old.best)
    led = {number for number, path in enumerate(old.paths) if path in edited}
    touched = {old.paths[at // _COMPARED] for at in compress(range(len(close)), map(led.__contains__, close))}
    sharers = dict(old.sharers)
    numbers = {path: number for number, path in enumerate(paths)}
    if paths != old.paths:
        new = [*(numbers.get(path, -1) for path in old.paths), -1]  # the last for what fills rows up
        sharers = {trait: _renumbered(_ints(many), new).tobytes() for trait, many in sharers.items()}
        earlier_rows = _renumbered(close, new), least, _renumbered(best, new)
        close, least, best = _rows(len(paths))
        for number, at in enumerate(new[:-1]):
            if at >= 0:
                for rows, olds, width in zip((close, least, best), earlier_rows, (_COMPARED, 1, _KEPT), strict=True):
                    rows[at * width : (at + 1) * width] = olds[number * width : (number + 1) * width]

    moved: dict[str, array[int]] = {}

    def sharing(trait: str) -> array[int]:
        return moved.setdefault(trait, _ints(sharers.get(trait, b"")))

    for path in sorted(edited & before):
        for trait in opened(earlier.profiles[path]).traits:
            sharing(trait).remove(numbers.get(path, -1))
    for path in sorted(edited & after):
        for trait in known[numbers[path]].traits:
            insort(sharing(trait), numbers[path])
    todo = {numbers[path] for path in touched.union(changed) if path in numbers}
    for trait, many in moved.items():
        if (len(many) <= most) != (len(_ints(sharers.get(trait, b""))) <= most):
            todo.update(many)
    sharers |= {trait: many.tobytes() for trait, many in moved.items()}
    sharers = {trait: many for trait, many in sharers.items() if many}
    for number in (numbers[path] for path in edited & after):
        for other, shared in _common(number, known[number], sharers, most).items():
            if not least[other] or (-shared, number) < (-least[other], close[(other + 1) * _COMPARED - 1]):
                todo.add(other)
    if edited:
        # Hidden articles are in nobody's list of sharers, and lead to others all the same.
        todo |= set(numbers.values()).difference(shown)
    return sharers, (close, least, best), sorted(todo)


def _renumbered(numbers: array[int], new: Sequence[int]) -> array[int]:
    return array("i", map(new.__getitem__, numbers))


# --- lists --------------------------------------------------------------------------------------------------------


class _Order:
    """The order of the articles of a site, each part looked at when it is asked for."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.by_path = site.by_path

    @cached_property
    def row(self) -> Mapping[str, tuple[Sequence[Document], int]]:
        """Return, by path, the listed articles of its language, the newest first, and the place among them."""
        by_language: dict[str | None, list[Document]] = defaultdict(list)
        for article in self._site.articles:
            by_language[article.front.lang].append(article)
        return {a.path: (many, i) for many in by_language.values() for i, a in enumerate(many)}

    def nearest(self, article: Document) -> Iterator[str]:
        """Yield the paths of the other listed articles in its language, the nearest in time first."""
        many, index = self.row[article.path]
        for step in range(1, len(many)):
            yield from (many[at].path for at in (index + step, index - step) if 0 <= at < len(many))

    @cached_property
    def _series(self) -> Mapping[str, tuple[Document, ...]]:
        series: dict[str, tuple[Document, ...]] = defaultdict(tuple)
        for article in self._site.articles:
            if article.front.series:
                name = fold(article.front.series)
                series[name] = (article, *series[name])
        return series

    def parts(self, article: Document) -> tuple[Document, ...]:
        """Return the listed parts of an article's series, the first one first."""
        return self._series.get(fold(article.front.series), ()) if article.front.series else ()

    def barred(self, article: Document) -> set[str]:
        """Return the paths that an article never is related to."""
        return {article.path, *(part.path for part in self.parts(article))}

    @cached_property
    def _by_slug(self) -> Mapping[str, Document]:
        return {article.slug: article for article in self._site.articles}

    def named(self, article: Document) -> Iterator[str]:
        """Yield the paths of the listed articles that an article's ``related`` names."""
        return (self._by_slug[slug].path for slug in article.front.related if slug in self._by_slug)

    @cached_property
    def _around(self) -> Mapping[tuple[str, str], tuple[Document | None, Document | None]]:
        around: dict[tuple[str, str], tuple[Document | None, Document | None]] = {}
        for page in self._site.topics:
            many: Sequence[Document | None] = (None, *page.articles, None)
            for following, article, previous in zip(many, many[1:], many[2:], strict=False):
                if article:
                    around[page.url, article.path] = (previous, following)
        return around

    def topics(self, article: Document) -> Iterator[tuple[Page, Document | None, Document | None]]:
        """Yield an article's topic pages in the order of its keywords, with the articles before and after it there."""
        for page in self._site.topics_of(article):
            yield (page, *self._around.get((page.url, article.path), (None, None)))


def _lists(order: _Order, ranked: Ranking, before: Joined | None) -> Lists:
    """Return the related articles of each.

    Args:
        order: of the site's articles.
        ranked: which articles are closest.
        before: of another ranking, where nothing else has changed since; the outcome is the same without.
    """
    count, width = len(ranked.paths), limits.RELATED_MOST
    best = _ints(ranked.best)
    found, fixed = array("i", [-1]) * (count * width), bytearray(count)
    todo = list(range(count))
    if before:
        rows = (slice(at, at + _KEPT * best.itemsize) for at in range(0, len(ranked.best), _KEPT * best.itemsize))
        todo = [number for number, row in enumerate(rows) if ranked.best[row] != before.ranking.best[row]]
        if not todo:
            return before.lists
        found, fixed = _ints(before.lists.found), bytearray(before.lists.fixed)
    numbers = {path: number for number, path in enumerate(ranked.paths)}
    for number in todo:
        article = order.by_path[ranked.paths[number]]
        close = [ranked.paths[other] for other in _row_of(best, number, _KEPT)]
        paths, fixed[number] = _list(order, article, close)
        _put(found, number, width, [numbers[path] for path in paths])
    return Lists(found.tobytes(), bytes(fixed), _adopted(order, ranked, found, fixed).tobytes())


def _list(order: _Order, article: Document, close: Sequence[str]) -> tuple[list[str], int]:
    """Return the paths of an article's related ones, and how many of them the writer named."""
    skipped = order.barred(article)
    found = [path for path in dict.fromkeys(order.named(article)) if path not in skipped][: limits.RELATED_MOST]
    fixed = len(found)
    found = list(dict.fromkeys((*found, *(path for path in close if path not in skipped))))[: limits.RELATED_MOST]
    if len(found) < limits.RELATED_MOST:
        # With too little in common, the nearest in time, earlier ones first: a new article changes hardly any.
        many, index = order.row.get(article.path, ((), 0))
        spare = limits.RELATED_MOST + len(skipped) + len(found)
        near = (*many[index + 1 : index + 1 + spare], *reversed(many[max(index - spare, 0) : index]))
        others = (other.path for other in near if other.path not in skipped)
        found = list(dict.fromkeys((*found, *others)))[: limits.RELATED_MOST]
    return found, fixed


def _adopted(order: _Order, ranked: Ranking, found: array[int], fixed: bytearray) -> array[int]:
    """Give each listed article that no list has a place in one, its closest or nearest; no other loses its only one."""
    width = limits.RELATED_MOST
    lists, best = array("i", found), _ints(ranked.best)
    shown = _ints(ranked.listed)
    known = frozenset(shown)
    # What fills rows up is counted as well, and asked for by nobody.
    leads = Counter(lists if len(shown) == len(ranked.paths) else _of_listed(lists, shown))
    numbers = {path: number for number, path in enumerate(ranked.paths)}
    for number in shown:
        if leads[number]:
            continue
        article = order.by_path[ranked.paths[number]]
        barred = {numbers[path] for path in order.barred(article)}
        rest = (numbers[path] for path in order.nearest(article))
        for host in chain(_row_of(best, number, _KEPT), rest):  # the first that can: never all of them
            if host in barred or host not in known:
                continue
            mine = _row_of(lists, host, width)
            if len(mine) < width:
                mine.append(number)
            elif fixed[host] < len(mine) and leads[mine[-1]] > 1:
                leads[mine[-1]] -= 1
                mine[-1] = number
            else:
                continue
            _put(lists, host, width, mine)
            leads[number] += 1
            break
    return lists


def _of_listed(lists: array[int], shown: Iterable[int]) -> Iterator[int]:
    return chain.from_iterable(_row_of(lists, number, limits.RELATED_MOST) for number in shown)
