"""A page that the site will have, before anything is said about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from .practice import Person, Place, Service
from .topic import Topic

if TYPE_CHECKING:
    from markupsafe import Markup

    from .document import Document


class PageKind(StrEnum):
    """What a page is; the value is its template's name."""

    HOME = "home"
    BLOG = "blog"
    ARTICLE = "article"
    SERVICES = "services"
    SERVICE = "service"
    AREAS = "areas"
    AREA = "area"
    TOPIC = "topic"
    ABOUT = "about"
    PERSON = "person"
    PAGE = "page"
    SEARCH = "search"
    NOT_FOUND = "404"


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page.

    Attributes:
        url: site address, with slashes; ``/404.html`` for the error page.
        name: plain link text and breadcrumb; services, areas and people have it from practice.toml.
        title: plain text of the h1.
        heading: the h1 as HTML.
        summary: one plain sentence; written, else made from the practice's facts; may be empty.
        source: the file that can change this page, relative to the content folder.
        document: the words, where somebody wrote some.
        subject: the service, place, person or topic that the page is about.
        articles: the articles that the page lists, in order.
        number: of a listing that goes on over several pages, from 1.
        count: how many pages the listing has.
    """

    kind: PageKind
    url: str
    name: str
    title: str
    heading: Markup
    summary: str
    source: str
    document: Document | None = None
    subject: Service | Place | Person | Topic | None = None
    articles: tuple[Document, ...] = ()
    number: int = 1
    count: int = 1

    @property
    def service(self) -> Service | None:
        """Return the service that the page is about."""
        return self.subject if isinstance(self.subject, Service) else None

    @property
    def place(self) -> Place | None:
        """Return the place that the page is about."""
        return self.subject if isinstance(self.subject, Place) else None

    @property
    def topic(self) -> Topic | None:
        """Return the topic that the page is about."""
        return self.subject if isinstance(self.subject, Topic) else None

    @property
    def person(self) -> Person | None:
        """Return the person that the page is about."""
        return self.subject if isinstance(self.subject, Person) else None
