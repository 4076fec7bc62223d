"""What a template prints, and what a check judges: one frozen value a page.

``str`` is plain text, ``Markup`` is HTML. Addresses are site-relative unless they say otherwise. An empty tuple,
an empty string or None means that the page has no such part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from .head import Head
from .late import Late
from .page import PageKind
from .words import Words


@dataclass(frozen=True, slots=True)
class Link:
    """A link; ``current`` marks the page that it stands on."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """A date for ``<time>``: machine-readable and in words."""

    iso: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture with its size in pixels; ``eager`` for the first one of a page.

    Attributes:
        url: the file that every browser shows.
        sources: media type and ``srcset`` of the smaller files, the best kind first.
        sizes: how wide it is shown, as ``sizes`` has it; empty when there is one file of a kind.
        crops: site addresses of the picture cut to 1:1, 4:3 and 16:9.
    """

    url: str
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""
    eager: bool = False
    sources: tuple[tuple[str, str], ...] = ()
    sizes: str = ""
    crops: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Byline:
    """Who wrote an article and when; ``updated`` only when it differs from ``published``."""

    author: Link | None
    author_name: str
    credentials: str
    published: Day
    updated: Day | None = None
    reviewed: Day | None = None
    reviewer: Link | None = None
    reviewer_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A call to action, chosen and worded. ``href`` is a site address or a full one."""

    id: str
    title: str
    text: str
    label: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One entry of a list of pages."""

    url: str
    title: str
    summary: str = ""
    day: Day | None = None
    picture: Picture | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A source under an article, or of a fact; ``url`` empty when the practice itself vouches."""

    title: str
    url: str
    day: Day | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact about a place with its source."""

    text: str
    source: Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class Targeting:
    """The one place where an article names places for targeting.

    Attributes:
        style: ``sentence``: ``parts`` read as one sentence. ``phrases``: every part is a link of its own.
        parts: plain text and links in order.
    """

    style: Literal["sentence", "phrases"]
    parts: tuple[str | Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A person in a box or on their page. ``licence`` is the line that the law asks for, "" without one."""

    name: str
    credentials: str
    title: str
    url: str
    licence: str
    summary: str = ""
    picture: Picture | None = None
    profiles: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The parts of a series in order; the part that one reads is ``current``."""

    title: str
    parts: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """A topic of an article, with the articles before and after it there: for who came by the topic."""

    topic: Link
    previous: Link | None = None
    following: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceLine:
    """A place on the areas page; ``url`` is empty when it has no page of its own."""

    id: str
    name: str
    url: str
    summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGroup:
    """The places of one county or region."""

    name: str
    places: tuple[PlaceLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of a landing page with an anchor of its own, such as a service in a place."""

    id: str
    title: str
    text: str
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pagination:
    """Where a listing goes on.

    Attributes:
        newer, older: the neighbours.
        pages: as many of the others as it takes to reach each with two clicks from the first.
    """

    number: int
    count: int
    newer: Link | None
    older: Link | None
    pages: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Pages of one subject; ``subject`` has the address of its own page, or none."""

    subject: Link
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class View(Late):
    """One HTML page. Of one that is remembered most is late; see ``compose``.

    Attributes:
        save_as: output path.
        source: the content file that can change this page.
        structured_data: the JSON-LD text, safe inside a script element.
        styles: site addresses of the style sheets that the page has besides the site's.
        script: site address of the page's script; empty on every page but the search page.
        crumbs: from home to this page; empty on home and the error page.
        body: the words, and the offers where they stand between them.
        closing: the offer at the end.
        crisis: whether the crisis box stands before the body.
        contact: whether phone, e-mail, booking and hours stand on the page as its own content.
        helplines: whether all helplines stand on the page as its own content.
        cards: the pages that this one lists; ``cards_title`` is their heading.
        topics: on the blog's first page all that have a page.
        trails: of an article its service and its topics.
        services, people: cards of services and profiles of people.
        feed: the page's own feed, beside the one of the blog.
        frame_language: of what stands around the page, where that is not the page's own; else empty.
        groups: on the search page every page of the site by its subject.
        indexes: how many indexes the search page looks into.
    """

    save_as: str
    url: str
    kind: PageKind
    source: str
    head: Head
    structured_data: Markup
    heading: Markup
    styles: tuple[str, ...] = ()
    script: str = ""
    crumbs: tuple[Link, ...] = ()
    lead: str = ""
    byline: Byline | None = None
    picture: Picture | None = None
    crisis: bool = False
    body: tuple[Markup | Offer, ...] = ()
    closing: Offer | None = None
    facts: tuple[FactLine, ...] = ()
    sections: tuple[Section, ...] = ()
    sources: tuple[Citation, ...] = ()
    targeting: Targeting | None = None
    author: Profile | None = None
    series: Series | None = None
    related: tuple[Card, ...] = ()
    previous: Link | None = None
    following: Link | None = None
    topics: tuple[Link, ...] = ()
    trails: tuple[Trail, ...] = ()
    cards_title: str = ""
    cards: tuple[Card, ...] = ()
    services: tuple[Card, ...] = ()
    people: tuple[Profile, ...] = ()
    places: tuple[PlaceGroup, ...] = ()
    pagination: Pagination | None = None
    contact: bool = False
    helplines: bool = False
    feed: Link | None = None
    frame_language: str = ""
    groups: tuple[Group, ...] = ()
    indexes: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed; ``url`` and the addresses in ``content`` are absolute."""

    url: str
    title: str
    summary: str
    published: str
    updated: str
    author: str
    content: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedView(Late):
    """An Atom feed; all addresses absolute, dates ISO 8601 with a zone."""

    save_as: str
    url: str
    title: str
    page_url: str
    language: str
    updated: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapEntry:
    """One address of the sitemap; ``modified`` is empty where no honest date is known."""

    url: str
    modified: str
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapView:
    """The sitemap: every indexable page, by address."""

    save_as: str
    entries: tuple[SitemapEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RobotsView:
    """robots.txt: who may not read the site, and where the sitemap lies."""

    save_as: str
    denied: tuple[str, ...]
    sitemap: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmsView:
    """llms.txt: the pages in words, for programs that ask for it. Search engines pass it over; see docs/publishing.md.

    Attributes:
        text: Markdown, ready to be printed; ``Markup``, so that nothing is escaped for HTML.
    """

    save_as: str
    text: Markup


AnyView = View | FeedView | SitemapView | RobotsView | LlmsView


@dataclass(frozen=True, slots=True, kw_only=True)
class HelplineView:
    """A helpline as it is printed. ``call`` and ``message`` are links; ``say`` is the word to send, or ""."""

    name: str
    kind: str
    call: Link | None
    message: Link | None
    say: str
    languages: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLine:
    """Opening hours in words, and for ``<time>``."""

    days: str
    opens: Day
    closes: Day


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page: header, footer, facts of the practice. The templates call it ``site``.

    Attributes:
        address: lines of the postal address; empty when the street is private.
        area: where the practice works, in words.
        licences: one line a licensed person.
        urgent: the helplines of the crisis box, a part of ``helplines``.
        words: what the theme says by itself.
    """

    name: str
    tagline: str
    language: str
    origin: str
    stylesheet: str
    feed: Link
    phone: Link
    email: Link | None
    booking: Link | None
    contact_url: str
    navigation: tuple[Link, ...]
    footer: tuple[Link, ...]
    address: tuple[str, ...]
    area: str
    hours: tuple[HoursLine, ...]
    licences: tuple[str, ...]
    helplines: tuple[HelplineView, ...]
    urgent: tuple[HelplineView, ...]
    crisis_url: str
    words: Words
    logo: Picture | None = None
