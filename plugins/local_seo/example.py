"""Small complete sites of a made-up practice, by literals: what checks and tests show their examples with.

Everything has a value that no check objects to; an example names only what it is about::

    case(view(title="Sleep | Postpartum Therapist in Palm Desert"))
    case(rendered(headings=((1, "Sleep"), (3, "Naps"))), found="level 3")
    case(view(), document("Too short."))
"""

from __future__ import annotations

import datetime as dt
import html
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, Final, get_type_hints
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from . import text, urls
from .model.body import Body, Element
from .model.built import Built, PictureFile, Region, Rendered
from .model.document import Document, FrontMatter, Kind, Source
from .model.head import Head, ShareImage
from .model.ledgers import Addresses
from .model.page import Page, PageKind
from .model.practice import (
    Address,
    Compliance,
    Facts,
    License,
    Person,
    Place,
    Practice,
    Prose,
    Service,
    ServiceArea,
)
from .model.site import Image, Site
from .model.view import FeedView, Frame, Link, LlmsView, RobotsView, SitemapView, View
from .model.words import COUNT, FIELDS, Forms, Words
from .prose import Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

ORIGIN: Final = "https://www.saltbush-family.example"
DESCRIPTION: Final = "What the first weeks with a new baby ask of parents, and when a talk with a therapist may help."
PLACES: Final = (
    "Palm Desert",
    "Rancho Mirage",
    "Indian Wells",
    "La Quinta",
    "Indio",
    "Palm Springs",
    "Cathedral City",
    "Coachella",
    "Thousand Palms",
)
FACTS: Final = Facts(
    format=1,
    practice=Practice(
        name=Prose("Saltbush Family Therapy"),
        url=ORIGIN,
        tagline=Prose("Therapy for the first years of family life"),
        description=Prose("Therapy for pregnancy, the months after birth and a child’s first three years."),
        phone="760-555-0142",
        timezone="America/Los_Angeles",
        presence="office",
        address=Address(locality="Palm Desert", region="CA", country="US"),
    ),
    service_area=ServiceArea(
        name=Prose("the Coachella Valley"),
        sentence=Prose("{practice} works with families in {cities}."),
    ),
    places=tuple(
        Place(
            name=Prose(name),
            type="Place" if name == "Thousand Palms" else "City",
            region="California",
            slug=text.slugify(name),
            county=Prose("Riverside County"),
        )
        for name in PLACES
    ),
    services=(
        Service(
            slug="postpartum-therapy",
            name=Prose("Postpartum therapy"),
            role=Prose("postpartum therapist"),
        ),
    ),
    people=(
        Person(
            id="marisela-quintero",
            name=Prose("Marisela Quintero"),
            credentials="LCSW",
            title=Prose("Perinatal therapist"),
            license=License(
                number="LCSW 000000",
                board=Prose("California Board of Behavioral Sciences"),
                board_url="https://www.bbs.ca.gov/",
                state="California",
            ),
        ),
    ),
    compliance=Compliance(profile="us-ca-bbs"),
)


def stand_in(shape: type[Any] = Words, name: str = "") -> Any:  # noqa: ANN401 - the shape itself
    """Return a catalogue in no language: every text is its own key and the fields that it may have."""
    types = get_type_hints(shape)
    made: dict[str, Any] = {}
    for each in fields(shape):
        key = f"{name}.{each.name}".lstrip(".")
        shown = " ".join((f"[{key}]", *(f"{{{field.rstrip('!')}}}" for field in each.metadata.get(FIELDS, ()))))
        if types[each.name] is Forms:
            made[each.name] = Forms(other=shown)
        elif is_dataclass(types[each.name]):
            made[each.name] = stand_in(types[each.name], key)
        elif types[each.name] is str:
            made[each.name] = shown
        else:
            made[each.name] = tuple(f"{shown} {number}" for number in range(1, each.metadata.get(COUNT, 1) + 1))
    return shape(**made)


LICENCE: Final = "Marisela Quintero, LCSW, license LCSW 000000, California"
WORDS: Final[Words] = stand_in()
FRAME: Final = Frame(
    name="Saltbush Family Therapy",
    tagline="Therapy for the first years of family life",
    language="en-US",
    origin=ORIGIN,
    stylesheet="/theme/site.css",
    feed=Link("Feed", urls.FEED),
    phone=Link("760-555-0142", "tel:+17605550142"),
    email=None,
    booking=None,
    contact_url="/contact/",
    navigation=(Link("Blog", urls.BLOG),),
    footer=(),
    address=(),
    area="the Coachella Valley",
    hours=(),
    licences=(LICENCE,),
    helplines=(),
    urgent=(),
    crisis_url="/crisis-resources/",
    words=WORDS,
)
_IMAGE: Final = Image(path="share.png", url="/theme/share.png", width=1200, height=630, media_type="image/png")
THEME: Final[Mapping[str, PictureFile]] = {
    "theme/share.png": PictureFile(1200, 630, "image/png"),
    "theme/icon.png": PictureFile(512, 512, "image/png"),
}
ROBOTS: Final = "max-image-preview:large, max-snippet:-1, max-video-preview:-1"
_HEAD: Final = Head(
    title="",
    suffix="",
    share_title="",
    description=DESCRIPTION,
    robots=ROBOTS,
    canonical="",
    url="",
    language="en-US",
    kind="article",
    site_name="Saltbush Family Therapy",
    image=ShareImage(
        url=f"{ORIGIN}{_IMAGE.url}",
        width=_IMAGE.width,
        height=_IMAGE.height,
        alt="A porch at dusk",
        media_type=_IMAGE.media_type,
    ),
)
_HEAD_KEYS: Final = frozenset(Head.__dataclass_fields__) - {"url", "kind"}
_FOLDERS: Final[Mapping[PageKind, Kind]] = {
    PageKind.ARTICLE: Kind.ARTICLE,
    PageKind.SERVICE: Kind.SERVICE,
    PageKind.AREA: Kind.AREA,
    PageKind.TOPIC: Kind.TOPIC,
    PageKind.PERSON: Kind.PERSON,
}


@dataclass(frozen=True)
class Case:
    """An example of a check: a site, made when it is asked for, and what the message must say when it is a bad one."""

    make: Callable[[], Built]
    found: str = ""

    @cached_property
    def built(self) -> Built:
        """Return the site."""
        return self.make()


def facts(**changes: Any) -> Facts:  # noqa: ANN401 - any field
    """Return the practice's facts with these fields changed."""
    return replace(FACTS, **changes)


def document(body: str | Body = "", path: str = "articles/first-weeks.md", **front: Any) -> Document:  # noqa: ANN401
    """Return a Markdown file; blank lines in its text separate paragraphs, each key has a line of its own."""
    keys = FrontMatter(**{"title": Prose("First weeks"), **front})
    lines = ["---", *(f"{key}: {value}" for key, value in {"title": keys.title, **front}.items()), "---", ""]
    words = body.html if isinstance(body, Body) else body
    folder, _, name = path.rpartition("/")
    return Document(
        kind=Kind(folder),
        source=Source(
            path=path,
            text="\n".join((*lines, words, "")),
            key_lines={line.partition(":")[0]: number for number, line in enumerate(lines, 1) if ":" in line},
            body_line=len(lines) + 1,
        ),
        front=keys,
        slug=keys.slug or name.removesuffix(".md"),
        heading=escape(keys.title),
        body=body if isinstance(body, Body) else _paragraphs(body),
    )


def written(*blocks: str, words: str = "", **changes: Any) -> tuple[View, Document, Rendered]:  # noqa: ANN401
    """Return an article of these blocks: the page, its file, and what a reader sees.

    A block is a paragraph; one that begins with ``## `` is a heading, with ``- `` an item of a list.

    Args:
        blocks: Markdown without any other markup.
        words: one more paragraph.
        changes: fields of the front matter; ``view`` has fields of the page.
    """
    blocks = (*blocks, *((words,) if words else ()))
    page = view(**changes.pop("view", {}))
    tags = {"## ": "h2", "- ": "li"}
    shown = [
        Passage(tag, text.squeeze(block.removeprefix(sign)))
        for block in blocks
        for sign, tag in [next(((sign, tag) for sign, tag in tags.items() if block.startswith(sign)), ("", "p"))]
    ]
    said = text.squeeze(" ".join(passage.text for passage in shown))
    file = document("\n\n".join(blocks), path=page.source, **changes)
    return page, file, rendered(page, passages=tuple(shown), text=said, main=said)


def picture(**attributes: str) -> Body:
    """Return the body of a document that has one picture in it and nothing else."""
    markup = f"<img{''.join(f' {key}={html.escape(value)!r}' for key, value in attributes.items())}>"
    end = len(markup)
    return Body(html=markup, elements=(Element("img", 0, end, end, end, attributes, -1, ""),))


def page(of: Document, subject: Service | None = None) -> Page:
    """Return the page that prints a document, about a service if it is."""
    kind = next((kind for kind, folder in _FOLDERS.items() if folder is of.kind), PageKind.PAGE)
    name = of.front.title
    return Page(
        kind=kind,
        url=f"/{of.kind}/{of.slug}/",
        name=name,
        title=name,
        heading=of.heading,
        summary="",
        source=of.path,
        document=of,
        subject=subject,
    )


def view(url: str = "/blog/first-weeks/", kind: PageKind = PageKind.ARTICLE, **changes: Any) -> View:  # noqa: ANN401
    """Return a page; changes are fields of the view or of its head.

    ``url`` is site-relative and settles output path, canonical address and the content file.
    """
    words = {key: changes.pop(key) for key in _HEAD_KEYS & changes.keys()}
    slug = url.strip("/").rpartition("/")[2] or "home"
    title = words.get("title", f"{text.capitalised(slug.replace('-', ' '))} | Saltbush Family Therapy")
    address = f"{ORIGIN}{url}"
    head = replace(_HEAD, **{"title": title, "share_title": title, "canonical": address, "url": address, **words})
    made = View(
        save_as=urls.save_as(url),
        url=url,
        kind=kind,
        source=f"{_FOLDERS.get(kind, Kind.PAGE)}/{slug}.md",
        head=head,
        structured_data=Markup('{"@context":"https://schema.org","@graph":[]}'),
        heading=escape(title.partition(" | ")[0]),
    )
    return replace(made, **changes)


def rendered(of: View | None = None, /, **changes: Any) -> Rendered:  # noqa: ANN401 - any field
    """Return a page as a parser reads it: all that its view promises, with these fields changed."""
    of = of or view()
    head = of.head
    heading = text.plain(of.heading)
    metas = (
        ("description", head.description),
        ("robots", head.robots),
        ("og:title", head.share_title),
        ("og:description", head.description),
        ("og:type", head.kind),
        ("og:url", head.url),
        ("og:site_name", head.site_name),
        ("og:locale", head.locale),
        ("og:image", head.image.url),
        ("og:image:alt", head.image.alt),
        ("og:image:width", str(head.image.width)),
        ("og:image:height", str(head.image.height)),
        ("article:published_time", head.published),
        ("article:modified_time", head.modified),
        ("article:author", head.author),
        ("twitter:card", "summary_large_image"),
        ("viewport", "width=device-width, initial-scale=1"),
        ("referrer", "strict-origin-when-cross-origin"),
    )
    anchors = (("/blog/", "Blog"), ("tel:+17605550142", "760-555-0142"))
    made = Rendered(
        doctype=True,
        head=(
            ("meta", {"charset": "utf-8"}),
            ("title", {}),
            ("link", {"rel": "icon", "href": "/theme/icon.png"}),
            ("link", {"rel": "alternate", "type": "application/atom+xml", "href": "/feed.xml"}),
        ),
        language=head.language,
        titles=(head.title,),
        metas=tuple((name, content) for name, content in metas if content),
        links=(("canonical", head.canonical), ("stylesheet", "/theme/site.css")),
        headings=((1, heading),),
        anchors=anchors,
        images=(),
        ids=("main",),
        times=(),
        regions=(
            Region(tag="nav", label="Main", text="Blog", anchors=anchors[:1]),
            Region(tag="main", text=heading),
            Region(tag="footer", text=f"Saltbush Family Therapy the Coachella Valley {LICENCE}", anchors=anchors[1:]),
        ),
        refused=(),
        strays=(),
        requests=("/theme/site.css",),
        structured_data=(str(of.structured_data),),
        text=f"{heading} {LICENCE}",
        main=heading,
    )
    return replace(made, **changes)


def built(
    *parts: View | FeedView | SitemapView | RobotsView | LlmsView | Rendered | Document,
    files: Mapping[str, bytes] | None = None,
    paths: frozenset[str] = frozenset(),
    sizes: Mapping[str, int] | None = None,
    pictures: Mapping[str, PictureFile] | None = None,
    frame: Frame = FRAME,
    lost: tuple[str, ...] = (),
    copies: tuple[str, ...] = (),
    addresses: Addresses | None = None,
    **site: Any,  # noqa: ANN401 - any field of the site
) -> Built:
    """Return a finished site: pages, what was read back, and what was written.

    A ``Rendered`` belongs to the page before it; a page without one reads as promised. Without a page, there
    is the default one. A page's content file exists even where no ``Document`` says so. ``lost`` are HTML files that
    should be there, ``copies`` those that should not.
    """
    views: dict[str, View | FeedView | SitemapView | RobotsView | LlmsView] = {}
    read: dict[str, Rendered] = {}
    documents: dict[str, Document] = {}
    here = view()
    for part in parts:
        if isinstance(part, Document):
            documents[part.path] = part
        elif isinstance(part, Rendered):
            read[here.save_as] = part
            views.setdefault(here.save_as, here)
        else:
            views[part.save_as] = part
            here = part if isinstance(part, View) else here
    if not views:
        views[here.save_as] = here
    pages = [part for part in views.values() if isinstance(part, View)]
    for made in pages:
        read.setdefault(made.save_as, rendered(made))
        if made.source.endswith(".md"):
            title = Prose(text.plain(made.heading))
            documents.setdefault(made.source, document(path=made.source, title=title))
    read |= {path: rendered() for path in copies}
    content: dict[str, Any] = {
        "facts": FACTS,
        "origin": ORIGIN,
        "today": dt.date(2026, 11, 2),
        "zone": ZoneInfo("America/Los_Angeles"),
        "documents": tuple(documents.values()),
        "share_image": _IMAGE,
        "words": WORDS,
        "icon": replace(_IMAGE, path="icon.png", url="/theme/icon.png", width=512, height=512),
    }
    return Built(
        site=Site(**{**content, **site}),
        frame=frame,
        views=views,
        files=files or {},
        addresses=addresses or Addresses(),
        rendered={path: page for path, page in read.items() if path not in lost},
        paths=paths | views.keys() | THEME.keys() | {"blog/index.html", "feed.xml", "theme/site.css"},
        sizes=sizes or {},
        pictures={**THEME, **(pictures or {})},
    )


def case(
    *parts: View | FeedView | SitemapView | RobotsView | LlmsView | Rendered | Document,
    found: str = "",
    **changes: Any,  # noqa: ANN401 - as built
) -> Case:
    """Return an example; the arguments are those of ``built``, and what the finding's message must say."""
    return Case(partial(built, *parts, **changes), found)


def _paragraphs(words: str) -> Body:
    """Return plain text as a body of paragraphs."""
    parts: list[str] = []
    elements: list[Element] = []
    start = 0
    for paragraph in filter(None, (block.strip() for block in words.split("\n\n"))):
        markup = f"<p>{html.escape(paragraph, quote=False)}</p>"
        inside, end = start + len("<p>"), start + len(markup)
        close = end - len("</p>")
        elements.append(Element("p", start, inside, close, end, {}, -1, text.squeeze(paragraph)))
        parts.append(markup)
        start = end + 1
    return Body(html="\n".join(parts), elements=tuple(elements))
