"""The pipeline: what was written becomes what is printed. Read it from top to bottom."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from functools import partial
from operator import attrgetter
from types import GenericAlias
from typing import TYPE_CHECKING, Any, Final, NamedTuple, get_type_hints

from markupsafe import Markup, escape

from . import digests, edits, faces, limits, schema, urls
from .enrich import (
    addresses,
    autolink,
    breadcrumbs,
    cta,
    dates,
    frame,
    head,
    images,
    landing,
    links,
    overview,
    related,
    targeting,
    titles,
)
from .errors import Finding, SourceError, error
from .model.page import Page, PageKind
from .model.site import Content, Site
from .model.view import (
    AnyView,
    Byline,
    Card,
    Citation,
    Entry,
    FactLine,
    FeedView,
    Frame,
    Link,
    LlmsView,
    Offer,
    Pagination,
    PlaceGroup,
    PlaceLine,
    Profile,
    RobotsView,
    Section,
    Series,
    SitemapEntry,
    SitemapView,
    Trail,
    View,
)
from .text import nearest, quoted
from .workers import Forgetful, Item, Parts, Work, carried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from .model.document import Document
    from .model.ledgers import Addresses
    from .model.lines import KeyPath
    from .model.practice import Person
    from .model.words import ListsOf, Words
    from .workers import Memory

    TextLinks = Mapping[str, tuple[autolink.Placed, ...]]

AI_TRAINING = ("CCBot", "ClaudeBot", "GPTBot", "Google-Extended")  # F-02
AI_RETRIEVAL = ("ChatGPT-User", "Claude-SearchBot", "Claude-User", "OAI-SearchBot", "PerplexityBot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What a build prints and keeps.

    Attributes:
        views: one for each file to print, by output path.
        addresses: what becomes of old addresses.
        hashes: of what each page says, by site address; for the ledgers.
        shared: what pages have from each other, to compose one of them again.
    """

    site: Site
    frame: Frame
    views: Mapping[str, AnyView]
    addresses: Addresses
    hashes: Mapping[str, str]
    shared: Shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """What pages have from each other, beside what ``Site`` knows.

    Attributes:
        titles: (title, suffix) by site address.
        near: the articles that an article leads to, by the path of its file.
        texts: the links in the texts, and what they follow from.
    """

    titles: Mapping[str, tuple[str, str]]
    near: related.Near
    texts: autolink.Texts


def site_of(content: Content) -> Site:
    """Return the content with the pages that follow from it."""
    return Site(
        **{field.name: getattr(content, field.name) for field in fields(Content)},
        pages=landing.pages(content),
    )


def views(content: Content, memory: Memory | None = None) -> Composed:
    """Return everything that templates print.

    Args:
        content: what was written.
        memory: of what earlier builds worked out; the outcome is the same without.

    Raises:
        SourceError: links that lead nowhere, or two things on one address; all of them at once.
    """
    site = site_of(content)
    memory = memory or Forgetful()
    around = frame.frame(site)
    hashes = dates.fingerprints(site, memory)
    known = faces.faces(site)
    shared = Shared(
        titles=carried(memory, "titles", _Titles, known.digest, lambda _: titles.titles(known.site)),
        near=related.neighbours(site, known.digest, memory),
        texts=autolink.texts(site, known.digest, partial(links.written, site=site), memory),
    )
    linked = autolink.Links(shared.texts)
    bad: list[Finding] = []
    made: dict[str, AnyView] = {}
    for view, wrong in _each(site, known, shared, linked, memory):
        made[view.save_as] = view
        bad += wrong
    made |= _search_page(made)
    old, faults = addresses.addresses(site, hashes)
    bad += faults
    bad += _dead_offers(site)
    if bad:
        raise SourceError(bad)
    for feed in _feeds(site, around, known, linked, memory):
        made[feed.save_as] = feed
    made["sitemap.xml"] = _sitemap(site, made)
    made["robots.txt"] = _robots(site)
    if site.facts.crawlers.llms_txt:
        made["llms.txt"] = _llms(site, made)
    return Composed(site=site, frame=around, views=made, addresses=old, hashes=hashes, shared=shared)


def again(composed: Composed, changed: Sequence[Document]) -> Composed:
    """Return the same with some documents in other words: their own pages anew, every other page as it was.

    What other pages decide about these, such as which articles are related, stays as well. So this is for a first look,
    until ``views`` has been through everything.

    Args:
        composed: everything, from before.
        changed: documents that were there before, at the same addresses.

    Raises:
        SourceError: links that lead nowhere.
    """
    fresh = {document.path: document for document in changed}
    before = composed.site.by_path
    site = site_of(
        replace(composed.site, documents=tuple(fresh.get(each.path, each) for each in composed.site.documents))
    )
    retitled = any(document.front.title != before[path].front.title for path, document in fresh.items())
    known = composed.shared
    shared = replace(
        known,
        titles=titles.titles(site) if retitled else known.titles,
        texts=autolink.again(site, known.texts, changed, partial(links.written, site=site)),
    )
    linked = autolink.Links(shared.texts)
    pages = [site.by_source[path] for path in fresh if path in site.by_source]
    whole = [_whole(shared, linked, site, page) for page in pages]
    if bad := [finding for _, faults in whole for finding in faults]:
        raise SourceError(bad)
    return replace(
        composed, site=site, views={**composed.views, **{view.save_as: view for view, _ in whole}}, shared=shared
    )


def _search_page(made: Mapping[str, AnyView]) -> Mapping[str, View]:
    """Return the search page with the number of indexes: a power of two, so that a page more moves none of them."""
    pages = [view for view in made.values() if isinstance(view, View)]
    found = sum(view.head.indexable for view in pages)
    indexes = 1 << max(0, -(-found // limits.SEARCH_INDEX_PAGES_MOST) - 1).bit_length()
    return {view.save_as: replace(view, indexes=indexes) for view in pages if view.kind is PageKind.SEARCH}


def text_links(site: Site, memory: Memory | None = None) -> TextLinks:
    """Return the links that a build sets in running text, by the path of the file."""
    written = partial(links.written, site=site)
    return autolink.Links(autolink.texts(site, faces.faces(site).digest, written, memory or Forgetful()))


_Whole = tuple[View, tuple[Finding, ...]]
_Titles = dict[str, tuple[str, str]]
# Of a view that is remembered: what is asked of all views, and of those only that are printed or judged. As they are
# read: where words and offers stand side by side, words lose their type.
_HINTS: Final = {**get_type_hints(View), "body": tuple[str | Offer, ...]}
_KNOWN: Final = ("save_as", "url", "kind", "source", "head", "heading", "picture", "pagination", "indexes")
_LATE: Final = tuple(name for name in View.__dataclass_fields__ if name not in _KNOWN)
_known: Final = attrgetter(*_KNOWN)
_late: Final = attrgetter(*_LATE)
_BRIEF: Any = GenericAlias(tuple, tuple(_HINTS[name] for name in _KNOWN))
_REST: Any = GenericAlias(tuple, tuple(_HINTS[name] for name in _LATE))


def _each(site: Site, around: faces.Faces, shared: Shared, linked: autolink.Links, memory: Memory) -> list[_Whole]:
    """Return the view of each page and the faults of its text; what follows from the same as before is remembered."""
    items = []
    for page in site.pages:
        own = page.document.digest if page.document else ""
        joined = (shared.titles[page.url], shared.near.related(page.source), linked.chosen(page.source))
        made_from = digests.digest(around.digest.encode(), own.encode(), page.url.encode(), digests.encoded(joined))
        items.append(Item(page.url, made_from if own or page.document is None else "", page))
    work = Work(
        "views", tuple[_BRIEF, str, tuple[Finding, ...]], partial(_alone, shared, linked, around), _PARTS, here=True
    )
    return memory.each(work, items)


def _brief(whole: _Whole) -> tuple[tuple[Any, ...], str, tuple[Finding, ...]]:
    view, wrong = whole
    return _known(view), digests.of(view), wrong


def _rest(whole: _Whole) -> tuple[Any, ...]:
    values: tuple[Any, ...] = _late(whole[0])
    return values


def _opened(rest: tuple[Any, ...]) -> Mapping[str, object]:
    values = dict(zip(_LATE, rest, strict=True))
    body = tuple(Markup(part) if isinstance(part, str) else part for part in values["body"])  # noqa: S704 - as below
    return {**values, "body": body}


def _joined(
    brief: tuple[tuple[Any, ...], str, tuple[Finding, ...]], later: Callable[[], Mapping[str, object]]
) -> _Whole:
    known, said, wrong = brief
    return View.late(dict(zip(_KNOWN, known, strict=True)), later, said), wrong


_PARTS: Final[Parts[_Whole]] = Parts(_brief, _rest, _REST, _opened, _joined)


def _alone(shared: Shared, linked: TextLinks, around: faces.Faces, page: Page) -> _Whole:
    """Return the view of a page that knows of the others what all know."""
    return _whole(shared, linked, around.site, around.page(page))


def _whole(shared: Shared, linked: TextLinks, site: Site, page: Page) -> _Whole:
    """Return the view of a page, structured data and all, with the faults of its text."""
    title, suffix = shared.titles[page.url]
    near = shared.near.get(page.source, related.Neighbours())
    bad: list[Finding] = []
    view = _view(page, site, title, suffix, near, linked, bad)
    return replace(view, structured_data=schema.graph(page, view, site)), tuple(bad)


def _view(
    page: Page,
    site: Site,
    title: str,
    suffix: str,
    near: related.Neighbours,
    linked: TextLinks,
    bad: list[Finding],
) -> View:
    document = page.document
    is_article = page.kind is PageKind.ARTICLE
    author = _author(document, site) if is_article and document else None
    author_page = site.page_of(author) if author else None
    sizes = limits.PICTURE_HERO if page.kind is PageKind.HOME else limits.PICTURE_COLUMN
    picture = images.picture(document, site, eager=True, sizes=sizes) if document and page.number == 1 else None
    offers = cta.offers(page, site)
    return View(
        save_as=urls.save_as(page.url),
        url=page.url,
        kind=page.kind,
        source=page.source,
        head=head.head(
            page,
            site,
            title=title,
            suffix=suffix,
            published=dates.iso(dates.published(page, site)),
            modified=dates.iso(dates.modified(page, site)),
            author_url=author_page.url if author_page else "",
        ),
        structured_data=Markup(),
        heading=page.heading,
        styles=tuple(site.more_styles[name] for name in _styles(page) if name in site.more_styles),
        script=site.script if page.kind is PageKind.SEARCH else "",
        crumbs=breadcrumbs.breadcrumbs(page, site),
        lead=page.summary if page.kind in {PageKind.SERVICE, PageKind.AREA} or document is None else "",
        byline=_byline(page, site, author) if is_article else None,
        picture=picture,
        crisis=cta.is_sensitive(page, site),
        body=tuple(_body(page, site, offers, linked, bad, eager=picture is None)) if page.number == 1 else (),
        closing=offers.closing,
        facts=tuple(_facts(document, site.words)) if page.place and document else (),
        sections=tuple(_sections(page, site)),
        sources=tuple(_sources(document, site.words)) if document else (),
        targeting=targeting.targeting(page, site) if page.kind in {PageKind.ARTICLE, PageKind.SERVICE} else None,
        author=_profile(author, site) if author else None,
        series=_series(document, site, near) if document and near.series else None,
        related=tuple(site.once(_Cards)[article.path] for article in near.related),
        previous=_link(near.previous, site),
        following=_link(near.following, site),
        topics=tuple(Link(each.name, each.url) for each in site.topics) if page.url == urls.BLOG else (),
        trails=tuple(_trails(page, site, near)),
        cards_title=_cards_title(page, site.words.lists_of),
        cards=tuple(site.once(_Cards)[article.path] for article in page.articles),
        services=tuple(_service_cards(site)) if page.kind in {PageKind.HOME, PageKind.SERVICES} else (),
        people=tuple(_people(page, site)),
        places=tuple(_places(page, site)) if page.kind in {PageKind.HOME, PageKind.AREAS} else (),
        pagination=_pagination(page, site),
        feed=_topic_feed(page, site) if page.topic else None,
        frame_language=_frame_language(document, site),
        contact=page.kind is PageKind.AREA or page.url == "/contact/",
        helplines=page.url == "/crisis-resources/",
        groups=overview.groups(site) if page.kind is PageKind.SEARCH else (),
    )


def _frame_language(document: Document | None, site: Site) -> str:
    """Return the practice's language where the words of a page are in another one."""
    own = document.front.lang if document else None
    return site.facts.practice.language if own and own != site.facts.practice.language else ""


def _styles(page: Page) -> tuple[str, ...]:
    """Return the names of the style sheets that a page has besides the site's: an article none."""
    if page.kind is PageKind.SEARCH:
        return ("lists", "search")
    return () if page.kind is PageKind.ARTICLE else ("lists",)


def _body(
    page: Page, site: Site, offers: cta.Offers, linked: TextLinks, bad: list[Finding], *, eager: bool
) -> Iterator[Markup | Offer]:
    """Yield the words with their links resolved and set, and the offer where it stands between them."""
    if page.document is None:
        return
    resolved = links.resolve(page.document, site, eager=eager)
    bad += resolved.findings
    html = page.document.body.html
    cuts = (offers.offset,) if offers.within else ()
    pieces = edits.split(html, (*resolved.edits, *_anchors(page.source, linked)), cuts)
    for index, piece in enumerate(pieces):
        if index and offers.within:
            yield offers.within
        if piece.strip():
            yield Markup(piece)  # noqa: S704 - the reader has checked every element and attribute


def _anchors(path: str, linked: TextLinks, origin: str = "") -> Iterator[edits.Edit]:
    """Yield the tags around the words of a text that become links."""
    for link in linked.get(path, ()):
        yield edits.Edit(link.start, link.start, f'<a href="{escape(origin + link.url)}">')
        yield edits.Edit(link.end, link.end, "</a>")


def _dead_offers(site: Site) -> Iterator[Finding]:
    """Yield the calls to action, and the booking addresses, that lead to no page of the site."""
    facts = site.facts
    written: list[tuple[str, KeyPath, str]] = [
        (f"ctas/{call.id}.toml", ("href",), call.href) for call in site.calls_to_action
    ]
    booked: list[tuple[KeyPath, str | None]] = [
        (("practice", "booking_url"), facts.practice.booking_url),
        *((("services", n, "booking_url"), service.booking_url) for n, service in enumerate(facts.services)),
        *((("people", n, "booking_url"), person.booking_url) for n, person in enumerate(facts.people)),
    ]
    written += [("practice.toml", keys, address) for keys, address in booked if address]
    for path, keys, address in written:
        own = urls.site_address(urls.site_address(address, facts.practice.url), site.origin)
        page = own.partition("#")[0].partition("?")[0]
        if own.startswith("/") and page not in site.by_url and page not in site.extra:
            what = f"the address {quoted(address)} leads nowhere on this site"
            yield error(path, site.line_of(path, *keys), "dead-link", what, nearest(page, site.by_url))


def _author(document: Document, site: Site) -> Person | None:
    """Return who wrote an article: ``author``, else the person who stands for the practice."""
    return site.facts.person(document.front.author or "") or site.facts.lead


def _byline(page: Page, site: Site, author: Person | None) -> Byline | None:
    published = dates.day(dates.published(page, site), site.words)
    updated = dates.day(dates.modified(page, site), site.words)
    if published is None or page.document is None:
        return None
    front = page.document.front
    reviewer = site.facts.person(front.reviewer or "")
    return Byline(
        author=_person_link(author, site),
        author_name=author.name if author else site.facts.practice.name,
        credentials=author.credentials if author else "",
        published=published,
        updated=updated if updated != published else None,
        reviewed=dates.day(front.reviewed.astimezone(site.zone), site.words) if front.reviewed else None,
        reviewer=_person_link(reviewer, site),
        reviewer_name=reviewer.name if reviewer else "",
    )


def _person_link(person: Person | None, site: Site) -> Link | None:
    page = site.page_of(person) if person else None
    return Link(page.name, page.url) if page else None


def _profile(person: Person, site: Site) -> Profile:
    page = site.page_of(person)
    photo = site.images.get(person.photo or "")
    return Profile(
        name=person.name,
        credentials=person.credentials,
        title=person.title,
        url=page.url if page else "",
        licence=frame.licence(person),
        summary=page.summary if page else "",
        picture=images.portrait(photo, person.name) if photo else None,
        profiles=tuple(Link(urls.host_of(url), url) for url in person.profiles),
    )


def _people(page: Page, site: Site) -> Iterator[Profile]:
    """Yield the person whose page this is; everybody on the pages that introduce the practice."""
    if page.person:
        yield _profile(page.person, site)
    elif page.kind in {PageKind.HOME, PageKind.ABOUT}:
        yield from (_profile(person, site) for person in site.facts.people)


def _facts(document: Document, words: Words) -> Iterator[FactLine]:
    for fact in document.front.facts:
        vouched = fact.source == "practice"
        title = words.area.practice if vouched else urls.host_of(fact.source)
        source = Citation(title=title, url="" if vouched else fact.source, day=dates.day(fact.checked, words))
        yield FactLine(text=fact.text, source=source)


def _sections(page: Page, site: Site) -> Iterator[Section]:
    """Yield what a local page says of each service that has a page: a service in a place is a section here."""
    if page.place is None:
        return
    for service in site.facts.services:
        own = site.page_of(service)
        if own:
            yield Section(id=service.slug, title=service.name, text=own.summary, link=Link(service.name, own.url))


def _sources(document: Document, words: Words) -> Iterator[Citation]:
    for source in document.front.sources:
        yield Citation(title=source.title, url=source.url, day=dates.day(source.checked or source.date, words))


def _series(document: Document, site: Site, near: related.Neighbours) -> Series:
    parts = (
        Link(part.front.title, site.by_source[part.path].url, current=part.path == document.path)
        for part in near.series
    )
    return Series(title=document.front.series or "", parts=tuple(parts))


def _link(document: Document | None, site: Site) -> Link | None:
    return Link(document.front.title, site.by_source[document.path].url) if document else None


def _trails(page: Page, site: Site, near: related.Neighbours) -> Iterator[Trail]:
    """Yield an article's service, so that each article links to its page, and its topics."""
    service = site.service_of(page) if page.kind is PageKind.ARTICLE else None
    if own := site.page_of(service) if service else None:
        yield Trail(topic=Link(own.name, own.url))
    for topic, previous, following in near.topics:
        yield Trail(topic=Link(topic.name, topic.url), previous=_link(previous, site), following=_link(following, site))


def _cards_title(page: Page, words: ListsOf) -> str:
    if not page.articles:
        return ""
    if page.kind is PageKind.PERSON:
        return words.by_person.format(person=page.name)
    return {
        PageKind.HOME: words.latest,
        PageKind.SERVICE: words.on_service,
        PageKind.AREA: words.for_place.format(place=page.name),
    }.get(page.kind, words.articles)


class _Cards(dict[str, Card]):
    """The entries of lists, by the article's path, each made when it is first asked for."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._site = site

    def __missing__(self, path: str) -> Card:
        self[path] = card = _card(self._site.by_path[path], self._site)
        return card


def _card(article: Document, site: Site) -> Card:
    page = site.by_source[article.path]
    return Card(
        url=page.url,
        title=page.title,
        summary=page.summary,
        day=dates.day(dates.published(page, site), site.words),
        picture=images.thumbnail(article, site),
    )


def _service_cards(site: Site) -> Iterator[Card]:
    for service in site.facts.services:
        page = site.page_of(service)
        yield Card(url=page.url if page else "", title=service.name, summary=page.summary if page else "")


def _places(page: Page, site: Site) -> Iterator[PlaceGroup]:
    """Yield the places by county, in the order of practice.toml.

    On the areas page a place without a page is a line of text; elsewhere it is a link to that line.
    """
    counties: dict[str, list[PlaceLine]] = {}
    for place in site.facts.places:
        own = site.page_of(place)
        url = targeting.place_url(place, site) if own or page.kind is not PageKind.AREAS else ""
        line = PlaceLine(id=place.slug, name=place.name, url=url, summary=own.summary if own else "")
        counties.setdefault(place.county or place.region, []).append(line)
    for name, lines in counties.items():
        yield PlaceGroup(name=name, places=tuple(lines))


def _pagination(page: Page, site: Site) -> Pagination | None:
    if page.count == 1:
        return None

    def neighbour(number: int, words: str) -> Link | None:
        url = urls.BLOG if number == 1 else f"{urls.BLOG}page/{number}/"
        return Link(words, url) if url in site.by_url and 1 <= number <= page.count else None

    return Pagination(
        number=page.number,
        count=page.count,
        newer=neighbour(page.number - 1, site.words.listing.newer),
        older=neighbour(page.number + 1, site.words.listing.older),
        pages=tuple(_jumps(page)),
    )


def _jumps(page: Page) -> Iterator[Link]:
    """Yield the first page of each stretch of a listing, and all pages of this one's own stretch.

    With stretches as long as there are many of them, each page is two clicks from the first.
    """
    stretch = math.isqrt(page.count - 1) + 1
    own = (page.number - 1) // stretch
    for number in range(1, page.count + 1):
        if (number - 1) % stretch == 0 or (number - 1) // stretch == own:
            url = urls.BLOG if number == 1 else f"{urls.BLOG}page/{number}/"
            yield Link(str(number), url, current=number == page.number)


class _Wanted(NamedTuple):
    """A feed to be: its address, that of its page, and the newest articles there."""

    link: Link
    page_url: str
    newest: tuple[Document, ...]


def _feeds(site: Site, around: Frame, known: faces.Faces, linked: autolink.Links, memory: Memory) -> list[FeedView]:
    """Return the feed of the blog and one of each topic; those are remembered that follow from the same as before."""
    wanted = [_Wanted(around.feed, urls.BLOG, site.articles)] if site.articles else []
    wanted += (_Wanted(_topic_feed(topic, site), topic.url, topic.articles) for topic in site.topics)
    items = []
    for each in wanted:
        newest = each.newest[: limits.FEED_ENTRIES_MOST]
        own = [(article.path, article.digest, linked.chosen(article.path)) for article in newest]
        made_from = digests.digest(known.digest.encode(), digests.encoded((each.link, each.page_url, own)))
        whole = all(article.digest for article in newest)
        items.append(Item(each.page_url, made_from if whole else "", each._replace(newest=newest)))
    function = partial(_feed, known, linked, {})
    return memory.each(Work("syndicated", tuple[str, FeedView], function, _FEED_PARTS, here=True), items)


def _opened_feed(entries: tuple[Entry, ...]) -> Mapping[str, object]:
    return {"entries": entries}


def _joined_feed(brief: tuple[str, FeedView], later: Callable[[], Mapping[str, object]]) -> FeedView:
    said, feed = brief
    known = {name: getattr(feed, name) for name in FeedView.__dataclass_fields__ if name != "entries"}
    return FeedView.late(known, later, said)


_FEED_PARTS: Final[Parts[FeedView]] = Parts(
    lambda feed: (digests.of(feed), feed.but(entries=())),
    attrgetter("entries"),
    tuple[Entry, ...],
    _opened_feed,
    _joined_feed,
)


def _topic_feed(page: Page, site: Site) -> Link:
    title = site.words.feeds.topic.format(practice=site.facts.practice.name, topic=page.name)
    return Link(title, f"{page.url}feed.xml")


def _feed(known: faces.Faces, linked: TextLinks, made: dict[str, Entry], wanted: _Wanted) -> FeedView:
    """Return a feed; an article that is in several has one entry."""
    site = known.site
    pages = [replace(site.by_source[article.path], document=article) for article in wanted.newest]
    for article, page in zip(wanted.newest, pages, strict=True):
        if article.path not in made:
            made[article.path] = _entry(article, page, site, linked)
    return FeedView(
        save_as=urls.save_as(wanted.link.url),
        url=site.absolute(wanted.link.url),
        title=wanted.link.text,
        page_url=site.absolute(wanted.page_url),
        language=site.facts.practice.language,
        updated=dates.iso(max(filter(None, (dates.modified(page, site) for page in pages)))),
        entries=tuple(made[article.path] for article in wanted.newest),
    )


def _entry(article: Document, page: Page, site: Site, linked: TextLinks) -> Entry:
    """Return a feed entry: the words with absolute addresses, without offers."""
    author = _author(article, site)
    resolved = links.resolve(article, site, absolute=True)
    html = edits.apply(article.body.html, (*resolved.edits, *_anchors(article.path, linked, site.origin)))
    return Entry(
        url=site.absolute(page.url),
        title=page.title,
        summary=page.summary,
        published=dates.iso(dates.published(page, site)),
        updated=dates.iso(dates.modified(page, site)),
        author=author.name if author else site.facts.practice.name,
        content=Markup(html),  # noqa: S704 - the reader has checked every element and attribute
    )


def _sitemap(site: Site, made: Mapping[str, AnyView]) -> SitemapView:
    """Return every indexable page but the later pages of a listing, by address."""
    entries = []
    for page in sorted(site.pages, key=lambda page: page.url):
        view = made[urls.save_as(page.url)]
        if isinstance(view, View) and view.head.indexable and page.number == 1:
            modified = dates.iso(dates.modified(page, site))
            picture = (site.absolute(view.picture.url),) if view.picture else ()
            entries.append(SitemapEntry(url=view.head.url, modified=modified, images=picture))
    return SitemapView(save_as="sitemap.xml", entries=tuple(entries))


def _robots(site: Site) -> RobotsView:
    policy = site.facts.crawlers
    denied = (AI_TRAINING if policy.ai_training == "deny" else ()) + (
        AI_RETRIEVAL if policy.ai_retrieval == "deny" else ()
    )
    return RobotsView(save_as="robots.txt", denied=denied, sitemap=site.absolute("/sitemap.xml"))


def _llms(site: Site, made: Mapping[str, AnyView]) -> LlmsView:
    """Return every page that search engines may list, with what it is about, in the form that llmstxt.org proposes."""
    practice = site.facts.practice
    lines = [f"# {practice.name}", "", f"> {practice.description}", "", "## Pages", ""]
    for page in sorted(site.pages, key=lambda page: page.url):
        view = made[urls.save_as(page.url)]
        if isinstance(view, View) and view.head.indexable and page.number == 1:
            name = page.title.replace("[", "(").replace("]", ")")
            lines.append(f"- [{name}]({view.head.url}): {view.head.description}")
    text = "".join(f"{line}\n" for line in lines)
    return LlmsView(save_as="llms.txt", text=Markup(text))  # noqa: S704 - a plain text file, no HTML
