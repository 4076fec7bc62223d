"""Which page answers for a keyword in a place, which articles stand behind it, and what nobody answers yet."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
    aims = {article.path: _aim(article, site) for article in articles}
    on = _on(articles, subjects, site)
    topics = {page.topic.key: page for page in site.topics if page.topic}
    led = _led(articles)
    pairs = []
    for number, subject in enumerate(subjects):
        topic = next((topics[key] for key in subject.keys if key in topics), None)
        for place in site.facts.places:
            here = on.get((number, place.slug), [])
            page = _page(subject, place, topic, site)
            claimants = [page] if page else _claimants(subject, place, here, aims, led)
            claimed = {document.path for document in claimants}
            pairs.append(
                Pair(
                    subject=subject,
                    place=place,
                    owner=claimants[0] if claimants else None,
                    rivals=tuple(claimants[1:]),
                    supporters=tuple(article for article in here if article.path not in claimed),
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


def _aim(article: Document, site: Site) -> tuple[Key, Place | None]:
    """Return the key of an article's first keyword and its first place."""
    front = article.front
    key = topic_key(front.keywords[0]) if front.keywords else Key()
    return key, site.facts.place(front.cities[0]) if front.cities else None


def _on(
    articles: Iterable[Document], subjects: Sequence[Subject], site: Site
) -> Mapping[tuple[int, str], list[Document]]:
    """Return the articles on each pair that has some, by the subject's number and the place's slug."""
    of_key = {key: number for number, subject in enumerate(subjects) for key in subject.keys}
    of_service = {subject.service.slug: number for number, subject in enumerate(subjects) if subject.service}
    found: dict[tuple[int, str], list[Document]] = defaultdict(list)
    for article in articles:
        front = article.front
        about = {of_key.get(topic_key(keyword), -1) for keyword in front.keywords}
        about.add(of_service.get(front.service or "", -1))
        places = {place.slug for city in front.cities if (place := site.facts.place(city))}
        for number in about - {-1}:
            for slug in places:
                found[number, slug].append(article)
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


def _claimants(
    subject: Subject,
    place: Place,
    articles: list[Document],
    aims: Mapping[str, tuple[Key, Place | None]],
    led: Mapping[str, frozenset[str]],
) -> list[Document]:
    """Return the best of the articles on a pair, and those that are aimed at it just as much (step 3)."""
    slugs = {article.slug for article in articles}
    free = [article for article in articles if led[article.slug].isdisjoint(slugs)]

    def is_aimed(article: Document) -> bool:
        key, first = aims[article.path]
        return key in subject.keys and first == place

    def rank(article: Document) -> tuple[bool, bool, bool]:
        title = topic_key(article.front.title)
        return not is_aimed(article), not any(key <= title for key in subject.keys), aims[article.path][1] != place

    best_first = sorted(free, key=rank)
    return [*best_first[:1], *filter(is_aimed, best_first[1:])]
