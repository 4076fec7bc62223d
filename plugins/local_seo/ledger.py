"""Which page answers for a keyword in a place, which articles stand behind it, and what nobody answers yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .text import topic_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from .model.document import Document
    from .model.page import Page
    from .model.practice import Place, Service
    from .model.site import Site

Key = frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A service, or a keyword of articles that says what no service says.

    Attributes:
        name: of the service, or the spelling that most articles use.
        keys: its ``topic_key``; of a service also those of its role and keywords.
    """

    name: str
    keys: frozenset[Key]
    service: Service | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A subject in a place.

    Attributes:
        owner: the words of the page that answers for the pair; None is a gap.
        rivals: articles that are aimed at the pair as squarely as the article that owns it, oldest first.
        supporters: the other articles on the subject for the place, oldest first.
    """

    subject: Subject
    place: Place
    owner: Document | None
    rivals: tuple[Document, ...] = ()
    supporters: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Every pair once: ``len(pairs) == len(subjects) * len(places)``.

    Attributes:
        subjects: services in the order of practice.toml, then keywords by name.
        places: in the order of practice.toml.
        pairs: by subject, then by place.
    """

    subjects: tuple[Subject, ...]
    places: tuple[Place, ...]
    pairs: tuple[Pair, ...]

    @property
    def gaps(self) -> tuple[Pair, ...]:
        """Return the pairs that no page answers for."""
        return tuple(pair for pair in self.pairs if pair.owner is None)

    @property
    def contested(self) -> tuple[Pair, ...]:
        """Return the pairs that have two owners or more."""
        return tuple(pair for pair in self.pairs if pair.rivals)

    def of(self, phrase: str, place: Place) -> Pair | None:
        """Return the pair of a keyword, however it is spelt, or of a service's name, and a place."""
        key = topic_key(phrase)
        return next((pair for pair in self.pairs if key in pair.subject.keys and pair.place == place), None)


def ledger(site: Site) -> Ledger:
    """Return all pairs of a subject and a place, each with the one page that should be found for it.

    An article is *on* a pair when its keywords or its service name the subject and its ``cities`` name the place.
    It is *aimed* at the pair of its first keyword and its first place. Only what search engines may list counts.

    The owner, in this order:

    1. of a service, the area page of the place, where the service is a section; else the service's page;
    2. of a keyword, the topic page;
    3. else the best of the articles on the pair: one that is aimed at it, then one whose title says the subject,
       then one that names the place first, then the oldest, then by slug;
    4. else nobody: a gap.

    ``supports: <slug>`` takes an article out of step 3 wherever the article that it names, or one that that one
    supports in turn, is on the same pair. Articles that support each other in a circle settle nothing. All other
    articles that are aimed at a pair of which an aimed article is the owner are its rivals.
    """
    subjects = _subjects(site)
    articles = sorted(site.articles, key=_age)
    claims = _claims(articles, subjects, site)
    topics = {page.topic.key: page for page in site.topics if page.topic}
    led = _led(articles)
    pairs = []
    for number, subject in enumerate(subjects):
        topic = next((topics[key] for key in subject.keys if key in topics), None)
        for place in site.facts.places:
            here = claims.get((number, place.slug), [])
            page = _page(subject, place, topic, site)
            claimants = [] if page else _claimants(subject, here, led)
            pairs.append(
                Pair(
                    subject=subject,
                    place=place,
                    owner=claimants[0].article if claimants else page,
                    rivals=tuple(claim.article for claim in claimants[1:]),
                    supporters=tuple(claim.article for claim in here if claim not in claimants),
                )
            )
    return Ledger(subjects=subjects, places=site.facts.places, pairs=tuple(pairs))


def _age(article: Document) -> tuple[float, str]:
    return article.front.date.timestamp() if article.front.date else 0, article.slug


def _subjects(site: Site) -> tuple[Subject, ...]:
    """Return services and keywords; of two services that say the same the first, of spellings the most frequent."""
    taken: set[Key] = {Key()}
    services = []
    for service in site.facts.services:
        keys = frozenset(map(topic_key, (service.name, service.role, *service.keywords))) - taken
        taken |= keys
        services.append(Subject(name=service.name, keys=keys, service=service))
    spellings: dict[Key, Counter[str]] = defaultdict(Counter)
    for article in site.articles:
        for keyword in article.front.keywords:
            spellings[topic_key(keyword)][keyword] += 1
    keywords = (
        Subject(name=min(counts, key=lambda spelling: (-counts[spelling], spelling)), keys=frozenset({key}))
        for key, counts in spellings.items()
        if key not in taken
    )
    return (*services, *sorted(keywords, key=lambda subject: subject.name))


class _Claim(NamedTuple):
    """An article on a pair.

    Attributes:
        age: how many are older.
        is_aimed: whether its first keyword and its first place are those of the pair.
        is_first: whether its first place is.
    """

    age: int
    article: Document
    is_aimed: bool
    is_first: bool


def _claims(
    articles: Sequence[Document], subjects: Sequence[Subject], site: Site
) -> Mapping[tuple[int, str], list[_Claim]]:
    """Return the articles on each pair that has some, by the subject's number and the place's slug."""
    of_key = {key: number for number, subject in enumerate(subjects) for key in subject.keys}
    of_service = {subject.service.slug: number for number, subject in enumerate(subjects) if subject.service}
    # Thousands of articles name the same places.
    named = {city: site.facts.place(city) for city in {city for article in articles for city in article.front.cities}}
    found: dict[tuple[int, str], list[_Claim]] = defaultdict(list)
    for age, article in enumerate(articles):
        front = article.front
        about = [of_key.get(topic_key(keyword), -1) for keyword in front.keywords]
        places = [place.slug if place else "" for place in map(named.get, front.cities)]
        for slug in set(places) - {""}:
            is_first = slug == places[0]
            for number in {*about, of_service.get(front.service or "", -1)} - {-1}:
                is_aimed = is_first and bool(about) and number == about[0]
                found[number, slug].append(_Claim(age, article, is_aimed, is_first))
    return found


def _led(articles: Iterable[Document]) -> Mapping[str, frozenset[str]]:
    """Return for each article, by slug, those that it stands behind; none for one that stands behind itself."""
    supports = {article.slug: article.front.supports for article in articles}
    found = {}
    for slug, named in supports.items():
        chain: list[str] = []
        while named in supports and named not in chain:
            chain.append(named)
            named = supports[named]  # noqa: PLW2901 - up the chain
        found[slug] = frozenset(() if slug in chain else chain)
    return found


def _page(subject: Subject, place: Place, topic: Page | None, site: Site) -> Document | None:
    """Return the words of the page that leads a pair by its kind (steps 1 and 2)."""
    pages = (site.page_of(place), site.page_of(subject.service)) if subject.service else (topic,)
    return next((page.document for page in pages if page and page.document and _is_listed(page.document)), None)


def _is_listed(document: Document) -> bool:
    """Return whether search engines may list a page; a topic without words may not be, so it leads nothing."""
    return document.front.status == "published" and not document.front.noindex and not document.front.canonical


def _claimants(subject: Subject, claims: list[_Claim], led: Mapping[str, frozenset[str]]) -> list[_Claim]:
    """Return the best of the articles on a pair, and those that are aimed at it just as much (step 3)."""
    slugs = {claim.article.slug for claim in claims}
    free = [claim for claim in claims if led[claim.article.slug].isdisjoint(slugs)]

    def rank(claim: _Claim) -> tuple[bool, bool]:
        title = topic_key(claim.article.front.title)
        return not any(key <= title for key in subject.keys), not claim.is_first

    if aimed := [claim for claim in free if claim.is_aimed]:
        return sorted(aimed, key=rank)
    return [min(free, key=rank)] if free else []
