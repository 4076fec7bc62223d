"""The whole site: what was written, and the pages that follow from it."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar
from urllib.parse import unquote

from .. import limits, urls
from ..text import topic_key
from .document import Document, Kind
from .ledgers import Lock, Revisions
from .lines import Lines
from .practice import Person, Place, Service
from .topic import Topic
from .words import Words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable
    from zoneinfo import ZoneInfo

    from .cta import CallToAction
    from .page import Page
    from .practice import Facts

T = TypeVar("T")

# No-break spaces, soft hyphens and marks of direction: a card is drawn without them.
_UNDRAWN: Final = frozenset("\u00a0\u00ad\u200b\u200d\u200e\u200f\u202f\u2060")
# How Markdown names a file of the content: Pelican's ``{filename}`` and ``{static}``, braces or bars.
INTERNAL: Final = re.compile(r"[{|](filename|static|attach)[|}](.*)", re.DOTALL)


# The point around which a picture is cut when nobody says another: ``image_focus``.
CENTRE: Final = "50% 50%"
# Stands among such points for a file that a link may open.
LINKED: Final = "linked"


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file that was made of a picture; ``url`` is its site address, sizes in pixels."""

    url: str
    width: int
    height: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """A picture of the content, and what was made of it.

    Attributes:
        path: of the writer's file, relative to the content folder.
        url: site address of the one file that every program can show; empty for a picture that no page uses.
        width, height: in pixels as it is shown, of the largest file that was made.
        media_type: of ``url``.
        digest: of the bytes of the writer's file.
        files: the same picture in other kinds and widths, narrow to wide.
        crops: by the point around which it was cut: (shape, file), where the shapes are ``1x1``, ``4x3``, ``16x9``,
            ``40x21`` and ``card``.
        link: what a link to the picture opens: a file that every program can show, as wide as any; empty where no text
            links to it.
        remarks: what is odd about the writer's file, as ``pictures`` names it.
    """

    path: str
    url: str
    width: int
    height: int
    media_type: str
    digest: str = ""
    files: tuple[File, ...] = ()
    crops: Mapping[str, tuple[tuple[str, File], ...]] = field(default_factory=dict)
    link: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return the site addresses of all its files."""
        cut = (file.url for crops in self.crops.values() for _, file in crops)
        return tuple(dict.fromkeys(filter(None, (self.url, self.link, *(file.url for file in self.files), *cut))))

    def cut(self, shape: str, focus: str | None) -> tuple[File, ...]:
        """Return the files of a shape around a point, the smallest kind first; empty where nothing was cut."""
        return tuple(file for name, file in self.crops.get(focus or CENTRE, ()) if name == shape)

    def sources(self, least: int) -> tuple[tuple[str, str], ...]:
        """Return the media types and ``srcset`` of the files from a width on; the widest in any case.

        One file has no width beside it: there is nothing to choose.
        """
        kinds: dict[str, list[File]] = {}
        for file in self.files:
            if file.width >= min(least, self.width) or file.media_type != self.files[0].media_type:
                kinds.setdefault(file.media_type, []).append(file)
        return tuple(
            (kind, ",".join(f"{file.url} {file.width}w" for file in files) if len(files) > 1 else files[0].url)
            for kind, files in kinds.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Cards:
    """How share cards are named.

    Attributes:
        look: a digest of all that they have in common: colours, font, the practice's name, what draws them.
        letters: what can stand on one.
    """

    look: str = ""
    letters: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A file that a build may not show.

    Attributes:
        reason: in words, as in ``a draft``; empty when the file has faults of its own.
        url: the address that its page would have.
        image: the path of its picture, if it has one.
    """

    reason: str
    url: str = ""
    image: str | None = None


@dataclass(frozen=True, kw_only=True)
class Content:
    """Everything that was read, already checked against itself.

    Attributes:
        origin: of all absolute addresses, without a slash at the end.
        today: the day of the build in the practice's zone; the only clock.
        documents: those that this build may show, articles newest first, the rest by kind and path.
        withheld: the Markdown files that this build may not show, by path.
        images: by path relative to the content folder.
        share_image, icon: the theme's own, for pages and practices that have none.
        preview: whether what is not ready to be published is shown too.
        noindex: whether search engines are asked to list no page at all.
        extra: site addresses of the files that are copied to the site's root.
        stylesheet: site address of the CSS file that every page has.
        more_styles: site addresses of those that some pages have besides, by name.
        script: site address of the search page's script.
        cards: what the share cards of pages without a picture look like.
        revisions, lock: what was published before.
        words: what the site says by itself, in the practice's language.
        lines: of the TOML files, by their path.
    """

    facts: Facts
    origin: str
    today: dt.date
    zone: ZoneInfo
    documents: tuple[Document, ...]
    calls_to_action: tuple[CallToAction, ...] = ()
    withheld: Mapping[str, Withheld] = field(default_factory=dict)
    images: Mapping[str, Image] = field(default_factory=dict)
    share_image: Image
    icon: Image
    words: Words
    extra: frozenset[str] = frozenset()
    preview: bool = False
    noindex: bool = False
    stylesheet: str = "/theme/site.css"
    more_styles: Mapping[str, str] = field(default_factory=dict)
    script: str = "/theme/search.js"
    cards: Cards = field(default_factory=Cards)
    revisions: Revisions = field(default_factory=Revisions)
    lock: Lock = field(default_factory=Lock)
    lines: Mapping[str, Lines] = field(default_factory=dict)

    @cached_property
    def _worked_out(self) -> dict[object, Any]:
        return {}

    def once(self, function: Callable[[Self], T]) -> T:
        """Return what a function makes of the content, worked out at the first call: what is the same for all pages."""
        if function not in self._worked_out:
            self._worked_out[function] = function(self)
        found: T = self._worked_out[function]
        return found

    def line_of(self, path: str, *keys: str | int) -> int:
        """Return the line of a key in a TOML file of the content; 0 when that is not known."""
        return self.lines[path].of(keys) if path in self.lines else 0

    def file_at(self, document: Document, written: str) -> str:
        """Return the path, relative to the content folder, of the file that an address in a body means.

        Behind ``{static}``, ``{filename}`` or ``{attach}`` a path without a leading slash begins at the document's
        folder; any other at the content folder. The practice's own origin is dropped. Empty for an address elsewhere.
        """
        own = urls.site_address(urls.site_address(written, self.facts.practice.url), self.origin)
        found = INTERNAL.fullmatch(own)
        path = unquote(found.group(2) if found else own).partition("#")[0]
        if urls.scheme_of(path) or path.startswith("//"):
            return ""
        folder = posixpath.dirname(document.path) if found and not path.startswith("/") else ""
        return posixpath.normpath(posixpath.join(folder, path.lstrip("/"))) if path else ""

    def card(self, title: str) -> Image | None:
        """Return the share card with a title on it; None when a letter of it cannot be drawn.

        It has the name of what is drawn, so that its address never means another picture.
        """
        if not set(title) - _UNDRAWN <= self.cards.letters:
            return None
        digest = hashlib.sha256(f"{self.cards.look}\0{title}".encode()).hexdigest()
        return Image(
            path="",
            url=f"{urls.CARDS}{digest[:16]}.png",
            width=limits.CARD_WIDTH_PX,
            height=limits.CARD_HEIGHT_PX,
            media_type="image/png",
        )

    @cached_property
    def by_path(self) -> Mapping[str, Document]:
        """Return the documents by their path relative to the content folder."""
        return {document.path: document for document in self.documents}

    def of_kind(self, kind: Kind) -> tuple[Document, ...]:
        """Return the documents of one folder, in order."""
        return tuple(document for document in self.documents if document.kind is kind)

    def service_of(self, page: Page) -> Service | None:
        """Return the service that a page is about or that its front matter names."""
        named = page.document.front.service if page.document else None
        return page.service or (self.facts.service(named) if named else None)

    @cached_property
    def articles(self) -> tuple[Document, ...]:
        """Return the listed articles, newest first: published and indexable, not hidden."""
        return tuple(
            document
            for document in self.of_kind(Kind.ARTICLE)
            if document.front.status == "published" and not document.front.noindex and not document.front.canonical
        )


@dataclass(frozen=True, kw_only=True)
class Site(Content):
    """The content and its pages: what every page may ask about the rest."""

    pages: tuple[Page, ...] = ()

    @cached_property
    def by_url(self) -> Mapping[str, Page]:
        """Return the pages by site address."""
        return {page.url: page for page in self.pages}

    @cached_property
    def by_source(self) -> Mapping[str, Page]:
        """Return the pages that print a document, by its path."""
        return {page.document.path: page for page in self.pages if page.document and page.number == 1}

    @cached_property
    def _by_subject(self) -> Mapping[tuple[type, str], Page]:
        return {_named(page.subject): page for page in self.pages if page.subject}

    def page_of(self, about: Service | Place | Person | Topic | Document) -> Page | None:
        """Return the page of a service, place, person, topic or document, where there is one."""
        if isinstance(about, Document):
            return self.by_source.get(about.path)
        return self._by_subject.get(_named(about))

    @cached_property
    def topics(self) -> tuple[Page, ...]:
        """Return the topic pages, by address."""
        return tuple(page for page in self.pages if page.topic)

    def topics_of(self, article: Document) -> tuple[Page, ...]:
        """Return the topic pages of an article's keywords, in their order."""
        keys = dict.fromkeys(topic_key(keyword) for keyword in article.front.keywords)
        return tuple(self._by_topic[key] for key in keys if key in self._by_topic)

    @cached_property
    def _by_topic(self) -> Mapping[frozenset[str], Page]:
        return {page.topic.key: page for page in self.topics if page.topic}

    def absolute(self, url: str) -> str:
        """Return a site address with the origin in front; an absolute one as it is."""
        return f"{self.origin}{url}" if url.startswith("/") else url


# What tells the subjects of one kind apart.
_NAME: Final = {
    Service: attrgetter("slug"),
    Place: attrgetter("slug"),
    Person: attrgetter("id"),
    Topic: attrgetter("slug"),
}


def _named(about: Service | Place | Person | Topic) -> tuple[type, str]:
    return type(about), _NAME[type(about)](about)
