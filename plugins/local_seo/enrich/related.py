"""Links from article to article: related, previous and next, series and topics.

Three steps, so that the costly ones can be kept: ``profile(article, masked)`` says what one article is about,
``ranking(profiles, listed, earlier)`` which others are closest to each and after an edit looks at those only that can
have changed, ``neighbours(site, ranked)`` makes the lists. Whole numbers throughout and a total order, so that neither
the order of files nor the machine matters.
"""

from __future__ import annotations

import hashlib
import heapq
import re
from bisect import insort
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain, compress
from math import isqrt
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import msgspec

from .. import english, limits
from ..model.document import Kind
from ..shingles import WORDS
from ..text import STOP_WORDS, fold, singular, topic_key, words
from ..workers import Item, Work, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

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
_ALL: Final = "all"


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

    Attributes:
        paths: of all articles, in order.
        listed: the numbers of those that others may lead to, in order.
        sharers: by trait the numbers of the listed articles that have it, in order.
        close: the numbers of the articles compared, those with the most traits in common first.
        least: the traits in common with the last of those; 0 where there was room for more.
        best: the numbers of the best of them, the best first.
    """

    paths: tuple[str, ...]
    listed: tuple[int, ...]
    sharers: dict[str, tuple[int, ...]]
    close: tuple[tuple[int, ...], ...]
    least: tuple[int, ...]
    best: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A ranking of before an edit, and the profiles that it was made from, by path."""

    ranking: Ranking
    profiles: Mapping[str, Packed]


def neighbours(site: Site, ranked: Ranking) -> Mapping[str, Neighbours]:
    """Return what each article leads to, by the article's path.

    Related: first those that ``related`` names, then the closest by text, keywords, service, places and date, ties by
    the newer date and then the path, last the articles before this one; in its language, never near-copies of it, never
    the other parts of its series. An article that no list has takes the last place in that of the article closest to
    it which can spare one. Previous and next go by date within a language. Hidden articles lead to others, others never
    lead to them.

    Args:
        site: whose articles are asked for.
        ranked: what ``ranking`` returns for them.
    """
    listed = site.articles
    best = {path: [ranked.paths[number] for number in row] for path, row in zip(ranked.paths, ranked.best, strict=True)}
    by_slug = {article.slug: article for article in listed}
    by_language: dict[str | None, list[Document]] = defaultdict(list)
    series: dict[str, list[Document]] = defaultdict(list)
    for article in listed:
        by_language[article.front.lang].append(article)
        if article.front.series:
            series[fold(article.front.series)].insert(0, article)
    row = {a.path: (many, i) for many in by_language.values() for i, a in enumerate(many)}
    articles = site.of_kind(Kind.ARTICLE)

    lists: dict[str, list[str]] = {}
    fixed: dict[str, int] = {}
    parts_of: dict[str, tuple[Document, ...]] = {}
    for article in articles:
        many, index = row.get(article.path, ([], 0))
        parts = tuple(series[fold(article.front.series)]) if article.front.series else ()
        parts_of[article.path] = parts
        named = [by_slug[slug].path for slug in article.front.related if slug in by_slug]
        skipped = {article.path, *(part.path for part in parts)}
        found = [path for path in dict.fromkeys(named) if path not in skipped][: limits.RELATED_MOST]
        fixed[article.path] = len(found)
        for path in best[article.path]:
            if len(found) == limits.RELATED_MOST:
                break
            if path not in skipped and path not in found:
                found.append(path)
        if len(found) < limits.RELATED_MOST:
            # With too little in common, the nearest in time, earlier ones first: a new article changes hardly any.
            spare = limits.RELATED_MOST + len(skipped) + len(found)
            near = (*many[index + 1 : index + 1 + spare], *reversed(many[max(index - spare, 0) : index]))
            others = (other.path for other in near if other.path not in skipped)
            found = list(dict.fromkeys((*found, *others)))[: limits.RELATED_MOST]
        lists[article.path] = found
    _adopt(listed, lists, fixed, best, parts_of, row)
    topics = _topics(site)

    made = {}
    for article in articles:
        many, index = row.get(article.path, ([], 0))
        parts = parts_of[article.path]
        made[article.path] = Neighbours(
            related=tuple(site.by_path[path] for path in lists[article.path]),
            previous=many[index + 1] if index + 1 < len(many) else None,
            following=many[index - 1] if many and index > 0 else None,
            series=parts if len(parts) > 1 else (),
            topics=tuple(topics.get(article.path, ())),
        )
    return made


def ranked(site: Site, memory: Memory) -> Ranking:
    """Return which articles are closest to each; of those that no edit touched as an earlier build found it."""
    articles = site.of_kind(Kind.ARTICLE)
    work = Work("profiles", Packed, partial(profile, masked=names(site)))
    before = memory.last(work)
    found = memory.each(work, [Item(article.path, article.digest, article) for article in articles])
    profiles = {article.path: packed for article, packed in zip(articles, found, strict=True)}
    listed = frozenset(article.path for article in site.articles)

    def anew(earlier: Earlier | None) -> Ranking:
        return ranking(profiles, listed, earlier)

    whole = Work("ranking", Ranking, anew)
    known = memory.last(whole).get(_ALL)
    old = {path: packed for path, (_, packed) in before.items()}
    earlier = Earlier(known[1], old) if known and known[0].startswith(_digest(old)) else None
    made_from = f"{_digest(profiles)} {_digest(dict.fromkeys(listed, b''))}"
    return memory.each(whole, [Item(_ALL, made_from, earlier)])[0]


def _digest(profiles: Mapping[str, Packed]) -> str:
    whole = hashlib.blake2b(digest_size=16)
    for path in sorted(profiles):
        whole.update(path.encode() + b"\0" + profiles[path] + b"\0")
    return whole.hexdigest()


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
    shown = tuple(number for number, path in enumerate(paths) if path in listed)
    known = _Opened(paths, profiles)
    most = _sharers_most(len(shown))
    rows: dict[int, _Row] = {}
    if earlier and _sharers_most(len(earlier.ranking.listed)) == most:
        sharers, rows = _kept(known, shown, most, earlier)
    else:
        sharers = _sharing((number, known[number]) for number in shown)
    work = partial(_row, known, sharers, most, len(paths))
    todo = [number for number in range(len(paths)) if number not in rows]
    rows |= zip(todo, spread(work, todo), strict=True)
    close, least, best = zip(*(rows[number] for number in range(len(paths))), strict=True) if rows else ((), (), ())
    return Ranking(paths=paths, listed=shown, sharers=sharers, close=close, least=least, best=best)


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


def _sharing(numbered: Iterable[tuple[int, Profile]]) -> dict[str, tuple[int, ...]]:
    sharers: dict[str, list[int]] = defaultdict(list)
    for number, profile in numbered:
        for trait in profile.traits:
            sharers[trait].append(number)
    return {trait: tuple(many) for trait, many in sharers.items()}


def _row(
    known: Mapping[int, Profile], sharers: Mapping[str, Sequence[int]], most: int, count: int, number: int
) -> _Row:
    """Compare an article with those that have something in common with it."""
    own = known[number]
    common = _common(number, own, sharers, most)
    # One number for each that sorts as (most in common, first path).
    order = sorted(other - shared * count for other, shared in common.items())[:_COMPARED]
    close = tuple(each % count for each in order)
    least = -(order[-1] // count) if len(order) == _COMPARED else 0
    led = ((other, known[other]) for other in close)
    scored = sorted((-_score(own, each), -each.day, other) for other, each in led if not is_copy(own, each))
    return close, least, tuple(other for _, _, other in scored[:_KEPT])


def _common(number: int, own: Profile, sharers: Mapping[str, Sequence[int]], most: int) -> Counter[int]:
    """Return how many traits each other article shares with one, of the traits that not too many have."""
    groups = (sharers.get(trait, ()) for trait in own.traits)
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
    known: _Opened, shown: Sequence[int], most: int, earlier: Earlier
) -> tuple[dict[str, tuple[int, ...]], dict[int, _Row]]:
    """Return who shares what after an edit, and the rows of an earlier ranking that are what they would be anew."""
    old = earlier.ranking
    numbers = {path: number for number, path in enumerate(known.paths)}
    new = [numbers.get(path, -1) for path in old.paths]  # -1 for one that is gone
    rows = dict(zip(new, zip(old.close, old.least, old.best, strict=True), strict=True))
    rows.pop(-1, None)
    sharers = dict(old.sharers)
    if known.paths != old.paths:
        rows = {n: (_renumbered(close, new), least, _renumbered(best, new)) for n, (close, least, best) in rows.items()}
        sharers = {trait: _renumbered(many, new) for trait, many in sharers.items()}

    before = {path: earlier.profiles[path] for path in map(old.paths.__getitem__, old.listed)}
    after = {path: known.profiles[path] for path in map(known.paths.__getitem__, shown)}
    edited = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    moved: dict[str, list[int]] = {}
    for path in sorted(edited & before.keys()):
        for trait in opened(before[path]).traits:
            moved.setdefault(trait, list(sharers.get(trait, ()))).remove(numbers.get(path, -1))
    for path in sorted(edited & after.keys()):
        for trait in known[numbers[path]].traits:
            insort(moved.setdefault(trait, list(sharers.get(trait, ()))), numbers[path])

    touched = {n for path, n in numbers.items() if known.profiles[path] != earlier.profiles.get(path)}
    for trait, many in moved.items():
        if (len(many) <= most) != (len(sharers.get(trait, ())) <= most):
            touched.update(many)
    sharers = {trait: many for trait, many in {**sharers, **{t: tuple(m) for t, m in moved.items()}}.items() if many}
    led = {numbers.get(path, -1) for path in edited}
    touched.update(n for n, (close, _, _) in rows.items() if not led.isdisjoint(close))
    for number in (numbers[path] for path in edited & after.keys()):
        for other, shared in _common(number, known[number], sharers, most).items():
            close, least, _ = rows.get(other, ((), 0, ()))
            if not least or (-shared, number) < (-least, close[-1]):
                touched.add(other)
    if edited:
        # Hidden articles are in nobody's list of sharers, and lead to others all the same.
        touched |= set(numbers.values()).difference(shown)
    return sharers, {number: row for number, row in rows.items() if number not in touched}


def _renumbered(numbers: Sequence[int], new: Sequence[int]) -> tuple[int, ...]:
    return tuple([new[number] for number in numbers])


def _adopt(
    listed: Sequence[Document],
    lists: Mapping[str, list[str]],
    fixed: Mapping[str, int],
    best: Mapping[str, Sequence[str]],
    parts_of: Mapping[str, tuple[Document, ...]],
    row: Mapping[str, tuple[Sequence[Document], int]],
) -> None:
    """Give each listed article that no list has a place in one, its closest or nearest; no other loses its only one."""
    known = {article.path for article in listed}
    leads = Counter(chain.from_iterable(lists[path] for path in known))
    for article in sorted(listed, key=lambda article: article.path):
        if leads[article.path]:
            continue
        barred = {article.path, *(part.path for part in parts_of[article.path])}
        many, index = row[article.path]
        steps = (at for step in range(1, len(many)) for at in (index + step, index - step))
        rest = (many[at].path for at in steps if 0 <= at < len(many))
        for host in chain(best[article.path], rest):  # the first that can: never all of them
            if host in barred or host not in known:
                continue
            mine = lists[host]
            if len(mine) < limits.RELATED_MOST:
                mine.append(article.path)
            elif fixed[host] < len(mine) and leads[mine[-1]] > 1:
                leads[mine[-1]] -= 1
                mine[-1] = article.path
            else:
                continue
            leads[article.path] += 1
            break


def _topics(site: Site) -> Mapping[str, list[tuple[Page, Document | None, Document | None]]]:
    """Return, by article, its topic pages in the order of its keywords with the articles before and after it there."""
    around: dict[tuple[str, str], tuple[Document | None, Document | None]] = {}
    pages = {page.topic.key: page for page in site.topics if page.topic}
    for page in pages.values():
        many: Sequence[Document | None] = (None, *page.articles, None)
        for following, article, previous in zip(many, many[1:], many[2:], strict=False):
            if article:
                around[page.url, article.path] = (previous, following)
    found: dict[str, list[tuple[Page, Document | None, Document | None]]] = {}
    for article in site.of_kind(Kind.ARTICLE):
        keys = dict.fromkeys(topic_key(keyword) for keyword in article.front.keywords)
        led = (pages[key] for key in keys if key in pages)
        found[article.path] = [(page, *around.get((page.url, article.path), (None, None))) for page in led]
    return found
