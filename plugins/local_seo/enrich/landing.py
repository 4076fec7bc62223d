"""Which pages the site has: those that somebody wrote, and the listings that follow from the facts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from markupsafe import escape

from .. import limits, urls
from ..model.document import Document, Kind
from ..model.page import Page, PageKind
from ..model.topic import Topic
from ..text import capitalised, cut, slugify, topic_key
from ..text import words as words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.practice import Facts, Person, Place, Service
    from ..model.site import Content
    from ..model.words import Words

PRACTICE = "practice.toml"
# Plain pages that head a listing instead of standing alone.
_HEADS = frozenset({"home", "blog", "services", "areas", "about", "404"})


def pages(content: Content) -> tuple[Page, ...]:
    """Return every page of the site, in the order of the navigation; each address once."""
    return tuple(_pages(content))


def missing_for_area(document: Document) -> tuple[str, ...]:
    """Return what an area page lacks, in words; empty when it may stand.

    A way to book is never lacking: the page prints the phone, which every practice has.

    Source: gate P-07; a local page that tells nothing of its place is a doorway page
    (https://developers.google.com/search/docs/essentials/spam-policies).
    """
    own = len(words_of(document.body.text))
    facts = len(document.front.facts)
    lacks = []
    if facts < limits.AREA_FACTS_LEAST:
        lacks.append(f"{limits.AREA_FACTS_LEAST - facts} more facts")
    if own < limits.AREA_WORDS_LEAST:
        lacks.append(f"{limits.AREA_WORDS_LEAST - own} more words of your own")
    return tuple(lacks)


def _pages(content: Content) -> Iterator[Page]:
    facts = content.facts
    names = content.words.pages
    written = {document.slug: document for document in content.of_kind(Kind.PAGE)}
    services = {document.slug: document for document in content.of_kind(Kind.SERVICE)}
    areas = {d.slug: d for d in content.of_kind(Kind.AREA) if content.preview or not missing_for_area(d)}
    people = {document.slug: document for document in content.of_kind(Kind.PERSON)}

    yield _listing(PageKind.HOME, urls.HOME, names.home, written.get("home"), content)
    if facts.services:
        yield _listing(PageKind.SERVICES, urls.SERVICES, names.services, written.get("services"), content)
    for service in facts.services:
        if service.slug in services:
            yield _service(service, services[service.slug], content)
    yield _listing(PageKind.AREAS, urls.AREAS, names.areas, written.get("areas"), content)
    for place in facts.places:
        if place.slug in areas:
            yield _area(place, areas[place.slug], content)
    if facts.people or "about" in written:
        yield _listing(PageKind.ABOUT, urls.ABOUT, names.about, written.get("about"), content)
    for person in facts.people:
        if person.id in people:
            yield _person(person, people[person.id], content)
    if content.articles:
        yield from _blog(written.get("blog"), content)
    yield from _topics(content)
    for document in content.of_kind(Kind.ARTICLE):
        yield _page(PageKind.ARTICLE, f"{urls.BLOG}{document.slug}/", document.front.title, document)
    for document in content.of_kind(Kind.PAGE):
        if document.slug not in _HEADS:
            # The contact page stands in the navigation, whatever its heading says.
            name = names.contact if document.slug == "contact" else document.front.title
            yield _page(PageKind.PAGE, f"/{document.slug}/", name, document)
    yield _listing(PageKind.SEARCH, urls.SEARCH, names.search, None, content)
    yield _listing(PageKind.NOT_FOUND, "/404.html", names.not_found, written.get("404"), content)


def _page(
    kind: PageKind,
    url: str,
    name: str,
    document: Document,
    *,
    subject: Service | Place | Person | Topic | None = None,
    articles: tuple[Document, ...] = (),
    summary: str = "",
) -> Page:
    """Return a page that somebody wrote; without a ``summary`` its first words stand in."""
    return Page(
        kind=kind,
        url=url,
        name=name,
        title=document.front.title,
        heading=document.heading,
        summary=document.front.summary or summary or _first_words(document),
        source=document.path,
        document=document,
        subject=subject,
        articles=articles,
    )


def _service(service: Service, document: Document, content: Content) -> Page:
    articles = tuple(a for a in content.articles if a.front.service == service.slug)
    url = f"{urls.SERVICES}{service.slug}/"
    return _page(PageKind.SERVICE, url, service.name, document, subject=service, articles=articles)


def _area(place: Place, document: Document, content: Content) -> Page:
    articles = tuple(a for a in content.articles if place.slug in a.front.cities)
    listed = articles[: limits.AREA_ARTICLES_MOST]
    return _page(PageKind.AREA, f"{urls.AREAS}{place.slug}/", place.name, document, subject=place, articles=listed)


def _person(person: Person, document: Document, content: Content) -> Page:
    lead = content.facts.lead
    articles = tuple(
        a for a in content.articles if a.front.author == person.id or (a.front.author is None and person == lead)
    )
    url = f"{urls.ABOUT}{person.id}/"
    return _page(PageKind.PERSON, url, person.name, document, subject=person, articles=articles)


def _topics(content: Content) -> Iterator[Page]:
    """Yield a page for each keyword that enough articles share; none for one that says what a service says.

    Plural, word order, hyphens and forms such as "therapist for X" do not tell keywords apart. An introduction in
    ``topics/`` gives the page its address and words.

    Source: P-06; a page for each way to say a thing is scaled content abuse
    (https://developers.google.com/search/docs/essentials/spam-policies).
    """
    services = {topic_key(phrase) for s in content.facts.services for phrase in (s.name, s.role, *s.keywords)}
    spellings: dict[frozenset[str], Counter[str]] = defaultdict(Counter)
    articles: dict[frozenset[str], dict[str, Document]] = defaultdict(dict)
    for article in content.articles:
        for keyword in article.front.keywords:
            spellings[topic_key(keyword)][keyword] += 1
            articles[topic_key(keyword)][article.path] = article
    introductions = {topic_key(d.slug.replace("-", " ")): d for d in content.of_kind(Kind.TOPIC)}
    found = []
    for key, listed in articles.items():
        if len(listed) < limits.TOPIC_ARTICLES_LEAST or key in services or not key:
            continue
        name = min(spellings[key], key=lambda spelling: (-spellings[key][spelling], spelling))
        document = introductions.get(key)
        topic = Topic(name=name, slug=document.slug if document else slugify(name), key=key)
        found.append(_topic(topic, document, tuple(listed.values()), content))
    yield from sorted(found, key=lambda page: page.url)


def _topic(topic: Topic, document: Document | None, articles: tuple[Document, ...], content: Content) -> Page:
    url = f"{urls.TOPICS}{topic.slug}/"
    name = capitalised(topic.name)
    if document:
        return _page(PageKind.TOPIC, url, name, document, subject=topic, articles=articles)
    return Page(
        kind=PageKind.TOPIC,
        url=url,
        name=name,
        title=name,
        heading=escape(name),
        summary=content.words.summaries.topic.of(len(articles), topic=topic.name, practice=content.facts.practice.name),
        source=f"{Kind.TOPIC.value}/{topic.slug}.md",
        subject=topic,
        articles=articles,
    )


def _blog(document: Document | None, content: Content) -> Iterator[Page]:
    size = limits.ARTICLES_ON_A_PAGE
    count = -(-len(content.articles) // size)
    for number in range(1, count + 1):
        url = urls.BLOG if number == 1 else f"{urls.BLOG}page/{number}/"
        listed = content.articles[(number - 1) * size : number * size]
        name = content.words.pages.blog
        yield _listing(PageKind.BLOG, url, name, document, content, articles=listed, number=number, count=count)


def _listing(
    kind: PageKind,
    url: str,
    name: str,
    document: Document | None,
    content: Content,
    *,
    articles: tuple[Document, ...] = (),
    number: int = 1,
    count: int = 1,
) -> Page:
    """Return a page that the site has by itself, in the writer's words where there are some."""
    title, summary = _own_words(kind, content.facts, content.words)
    if kind is PageKind.HOME:
        articles = content.articles[: limits.LATEST_ON_HOME]
    front = document.front if document else None
    return Page(
        kind=kind,
        url=url,
        name=name,
        title=front.title if front else title,
        heading=document.heading if document else escape(title),
        summary=(front.summary if front and front.summary else "") or summary,
        source=document.path if document else PRACTICE,
        document=document,
        articles=articles,
        number=number,
        count=count,
    )


def _own_words(kind: PageKind, facts: Facts, words: Words) -> tuple[str, str]:
    """Return heading and summary of a listing for which nobody wrote any."""
    practice = facts.practice
    said = {
        "practice": practice.name,
        "area": facts.service_area.name,
        "services": words.lists.joined(service.name.lower() for service in facts.services[:3]),
        "places": words.lists.joined(place.name for place in facts.places[:3]),
    }
    headings, summaries = words.headings, words.summaries
    heading, summary = {
        PageKind.SERVICES: (headings.services, summaries.services),
        PageKind.AREAS: (headings.areas, summaries.areas),
        PageKind.ABOUT: (headings.about, summaries.about),
        PageKind.BLOG: (headings.blog, summaries.blog),
        PageKind.SEARCH: (headings.search, summaries.search),
        PageKind.NOT_FOUND: (headings.not_found, summaries.not_found),
    }.get(kind, ("", ""))
    if kind is PageKind.HOME:
        return practice.tagline, practice.description
    return heading.format(**said), summary.format(**said)


def _first_words(document: Document) -> str:
    """Return the first paragraph, cut to the length of a description."""
    return cut(document.opening, limits.DESCRIPTION_LONGEST_CHARS)
