"""Links from article to article: related, previous and next, series and topics.

Three steps, so that the costly one can be kept by content: ``profile(article, masked)`` says what one article is about,
``ranking(profiles, earlier)`` which others are closest to each and after an edit looks at those only that can have
changed, ``neighbours(site)`` makes the lists. Whole numbers throughout and a total order, so that neither the order of
files nor the machine matters.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from itertools import chain
from math import isqrt
from typing import TYPE_CHECKING, Final
from zlib import crc32

from .. import english, limits
from ..model.document import Kind
from ..shingles import WORDS
from ..text import STOP_WORDS, fold, singular, topic_key, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..model.document import Document
    from ..model.page import Page
    from ..model.site import Site

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What an article is about.

    Attributes:
        day: when it was published or last changed, as an ordinal.
        traits: its service, keywords, places and terms, as texts that are equal where two articles share one.
        terms: the weights of its terms; their squares add up to about 10,000.
        sketch: hashes of some of its runs of words, the lowest ones: copies have most of them in common.
    """

    path: str
    day: int
    service: str
    keywords: frozenset[str]
    places: frozenset[str]
    terms: Mapping[str, int]
    sketch: frozenset[int]
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking:
    """Which articles are closest to each, by path.

    Attributes:
        profiles: of all articles, and ``listed`` those that others may lead to.
        close: (traits in common, path) of the articles compared, the closest first.
        best: (score, path) of the best of them, the best first.
    """

    profiles: Mapping[str, Profile]
    listed: frozenset[str]
    close: Mapping[str, tuple[tuple[int, str], ...]]
    best: Mapping[str, tuple[tuple[int, str], ...]]


def neighbours(site: Site, ranked: Ranking | None = None) -> Mapping[str, Neighbours]:
    """Return what each article leads to, by the article's path.

    Related: first those that ``related`` names, then the closest by text, keywords, service, places and date, ties by
    the newer date and then the path, last the articles before this one; in its language, never near-copies of it, never
    the other parts of its series. An article that no list has takes the last place in that of the article closest to
    it which can spare one. Previous and next go by date within a language. Hidden articles lead to others, others never
    lead to them.

    Args:
        site: whose articles are asked for.
        ranked: what ``ranking`` returns for them, where it is at hand.
    """
    if ranked is None:
        ranked = ranking(profiles(site), frozenset(article.path for article in site.articles))
    listed = site.articles
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
        for _, path in ranked.best[article.path]:
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
    _adopt(listed, lists, fixed, ranked, parts_of, row)
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


def profiles(site: Site) -> Mapping[str, Profile]:
    """Return the profiles of all articles, by path."""
    masked = names(site)
    return {article.path: profile(article, masked) for article in site.of_kind(Kind.ARTICLE)}


def names(site: Site) -> frozenset[str]:
    """Return the words that tell nothing of what a text is about: of the places, the practice and its people."""
    facts = site.facts
    said: list[str] = [facts.practice.name, facts.service_area.name, *(person.name for person in facts.people)]
    said += (name for place in facts.places for name in (place.name, *place.aliases))
    return frozenset(_term(word) for name in said for word in words(name))


def profile(article: Document, masked: frozenset[str]) -> Profile:
    """Return what an article is about; a pure function of its file and of the words to leave out."""
    front = article.front
    weights = terms(f"{front.title}\n{front.title}\n{article.body.text}", masked)
    keywords = frozenset(filter(None, (" ".join(sorted(topic_key(keyword))) for keyword in front.keywords)))
    places = frozenset(front.cities)
    said = front.modified or front.date
    tongue = front.lang or ""
    traits = (
        *((f"{tongue} service {front.service}",) if front.service else ()),
        # Twice and thrice in the counting of what articles have in common, as it says more than one word of a text.
        *(f"{tongue} keyword {keyword} {n}" for keyword in sorted(keywords) for n in range(3)),
        *(f"{tongue} place {place}" for place in sorted(places)),
        *(f"{tongue} {term}" for term in weights),
    )
    return Profile(
        path=article.path,
        day=said.toordinal() if said else 0,
        service=front.service or "",
        keywords=keywords,
        places=places,
        terms=weights,
        sketch=sketch(article.body.text),
        traits=traits,
    )


def terms(text: str, masked: frozenset[str]) -> Mapping[str, int]:
    """Return the words that a plain text is about, with weights: frequent in it and rare in English.

    Only what is said twice counts. None for a text of few words: they are alike by nature.
    """
    said = _WORD.findall(text)
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


def sketch(text: str) -> frozenset[int]:
    """Return the lowest hashes of the runs of five words that begin with one word in eight, the same ones everywhere.

    Source: https://nlp.stanford.edu/IR-book/html/htmledition/near-duplicates-and-shingling-1.html
    """
    said = _WORD.findall(text.lower())
    starts = [at for at, word in enumerate(said[: 1 - WORDS]) if _begins(word)]
    hashes = {crc32(" ".join(said[at : at + WORDS]).encode()) for at in starts}
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


def ranking(profiles: Mapping[str, Profile], listed: frozenset[str], earlier: Ranking | None = None) -> Ranking:
    """Return which articles are closest to each.

    Args:
        profiles: of all articles, by path.
        listed: the paths of those that others may lead to.
        earlier: a ranking of before an edit; what cannot have changed is taken from it. The result is the same.
    """
    sharers: dict[str, list[str]] = defaultdict(list)
    for path in sorted(listed):
        for trait in profiles[path].traits:
            sharers[trait].append(path)
    most = _sharers_most(len(listed))
    close: dict[str, tuple[tuple[int, str], ...]] = {}
    best: dict[str, tuple[tuple[int, str], ...]] = {}
    old = _unchanged(profiles, listed, sharers, most, earlier) if earlier else frozenset()
    for path, own in profiles.items():
        if earlier and path in old:
            close[path], best[path] = earlier.close[path], earlier.best[path]
            continue
        counts = Counter(chain.from_iterable(sharers[t] for t in own.traits if len(sharers.get(t, ())) <= most))
        counts.pop(path, None)
        close[path] = tuple(_closest(counts))
        led = (profiles[other] for _, other in close[path])
        scored = ((-_score(own, other), -other.day, other.path) for other in led if not is_copy(own, other))
        best[path] = tuple((-score, other) for score, _, other in sorted(scored)[:_KEPT])
    return Ranking(profiles=profiles, listed=listed, close=close, best=best)


def _sharers_most(count: int) -> int:
    return max(_SHARERS_LEAST, (1 << count.bit_length()) // _SHARERS_PART)


def _closest(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    """Return the articles with the most in common, ties by path."""
    return heapq.nsmallest(_COMPARED, ((-count, path) for path, count in counts.items()))


def _score(own: Profile, other: Profile) -> int:
    """Return how close another article is to one's own."""
    shared = own.terms.keys() & other.terms.keys()
    text = sum(own.terms[term] * other.terms[term] for term in shared) // 10
    service = _SERVICE if own.service and own.service == other.service else 0
    places = min(len(own.places & other.places), _PLACES_MOST)
    fresh = max(-_FRESH_MOST, min(_FRESH_MOST, (other.day - own.day) // _DAYS_A_POINT))
    return text + service + _KEYWORD * len(own.keywords & other.keywords) + _PLACE * places + fresh


def _unchanged(
    profiles: Mapping[str, Profile],
    listed: frozenset[str],
    sharers: Mapping[str, Sequence[str]],
    most: int,
    earlier: Ranking,
) -> frozenset[str]:
    """Return the articles whose ranking is what it was before an edit."""
    if _sharers_most(len(earlier.listed)) != most:
        return frozenset()
    before = {path: earlier.profiles[path] for path in earlier.listed}
    edited = {path for path in listed if before.get(path) != profiles[path]} | (before.keys() - listed)
    moved: Counter[str] = Counter()
    for path in edited:
        moved.subtract(before[path].traits if path in before else ())
        moved.update(profiles[path].traits if path in listed else ())
    touched = set(edited)
    for trait, by in moved.items():
        now = len(sharers.get(trait, ()))
        if by and (now <= most) != (now - by <= most):
            touched.update(sharers.get(trait, ()))
    touched.update(path for path in profiles if profiles[path] != earlier.profiles.get(path))
    for path, known in earlier.close.items():
        if not edited.isdisjoint(other for _, other in known):
            touched.add(path)
    for path in edited & listed:
        own = profiles[path]
        counts = Counter(chain.from_iterable(sharers[t] for t in own.traits if len(sharers[t]) <= most))
        for other, count in counts.items():
            known = earlier.close.get(other, ())
            if len(known) < _COMPARED or (-count, path) < known[-1]:
                touched.add(other)
    if edited:
        # Hidden articles are in nobody's list of sharers, and lead to others all the same.
        touched |= profiles.keys() - listed
    return frozenset(profiles.keys() - touched)


def _adopt(
    listed: Sequence[Document],
    lists: Mapping[str, list[str]],
    fixed: Mapping[str, int],
    ranked: Ranking,
    parts_of: Mapping[str, tuple[Document, ...]],
    row: Mapping[str, tuple[Sequence[Document], int]],
) -> None:
    """Give each listed article that no list has a place in one, its closest or nearest; no other loses its only one."""
    leads = Counter(chain.from_iterable(lists[article.path] for article in listed))
    for article in sorted(listed, key=lambda article: article.path):
        if leads[article.path]:
            continue
        barred = {article.path, *(part.path for part in parts_of[article.path])}
        ranks = (path for _, path in ranked.best[article.path])
        many, index = row[article.path]
        steps = (at for step in range(1, len(many)) for at in (index + step, index - step))
        rest = (many[at].path for at in steps if 0 <= at < len(many))
        for host in chain(ranks, rest):  # the first that can: never all of them
            if host in barred or host not in ranked.listed:
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
