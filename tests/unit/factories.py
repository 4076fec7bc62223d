"""Small sites of a made-up practice, by literals; a test names only what it is about."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from markdown import Markdown
from markupsafe import escape

from local_seo import text
from local_seo.enrich import landing
from local_seo.model.cta import CallToAction, Placement
from local_seo.model.document import Document, Fact, FrontMatter, Kind, Source
from local_seo.model.practice import Address, Facts, License, Person, Place, Practice, Prose, Service, ServiceArea
from local_seo.model.site import Content, Image, Site
from local_seo.read import content as written
from local_seo.read.html import outline
from local_seo.read.words import words as read_words
from local_seo.typed import Typist

if TYPE_CHECKING:
    from local_seo.model.page import Page
    from local_seo.model.words import Words

ROOT = Path(__file__).parents[2]
ORIGIN = "https://www.saltbush-family.example"
ZONE = ZoneInfo("America/Los_Angeles")
CITIES = (
    "Palm Desert",
    "Rancho Mirage",
    "Indian Wells",
    "La Quinta",
    "Indio",
    "Palm Springs",
    "Cathedral City",
    "Coachella",
    "Desert Hot Springs",
    "Thousand Palms",
    "Bermuda Dunes",
    "Thermal",
    "Mecca",
    "Yucca Valley",
    "Joshua Tree",
)


def a_place(name: str, **changes: Any) -> Place:  # noqa: ANN401 - any field
    place = Place(name=Prose(name), type="City", region="California", slug=text.slugify(name))
    return replace(place, **changes)


PLACES = tuple(a_place(name) for name in CITIES)
POSTPARTUM = Service(
    slug="postpartum-therapy",
    name=Prose("Postpartum therapy"),
    role=Prose("postpartum therapist"),
    sensitive=True,
)
INFANT = Service(
    slug="infant-parent-therapy",
    name=Prose("Infant-parent therapy"),
    role=Prose("infant-parent therapist"),
)
MARISELA = Person(
    id="marisela-quintero",
    name=Prose("Marisela Quintero"),
    credentials="LCSW",
    title=Prose("perinatal therapist"),
    license=License(
        number="LCSW 000000",
        board=Prose("California Board of Behavioral Sciences"),
        board_url="https://www.bbs.ca.gov/",
        state="California",
    ),
)
DEVORAH = Person(id="devorah-lindqvist", name=Prose("Devorah Lindqvist"), credentials="LMFT", title=Prose("Therapist"))
PRACTICE = Practice(
    name=Prose("Saltbush Family Therapy"),
    url=ORIGIN,
    tagline=Prose("Therapy for the first years of family life"),
    description=Prose("Therapy for pregnancy and the months after birth."),
    phone="760-555-0142",
    timezone="America/Los_Angeles",
    presence="service-area",
    address=Address(
        street="100 Example Way",
        locality="Palm Desert",
        region="CA",
        postal_code="92260",
        country="US",
    ),
)
FACTS = Facts(
    format=1,
    practice=PRACTICE,
    service_area=ServiceArea(
        name=Prose("the Coachella Valley"),
        sentence=Prose("{practice} works with families in {cities}."),
    ),
    places=PLACES,
    services=(POSTPARTUM, INFANT),
    people=(MARISELA,),
)


def english() -> Words:
    """The theme's own catalogue."""
    path = ROOT / "theme" / "words" / "en.toml"
    found, bad = read_words([(path.name, path.read_text(encoding="utf-8"))], Typist(str, ZONE, loose=False))
    assert found, bad
    return found


WORDS = english()


def with_practice(facts: Facts = FACTS, **changes: Any) -> Facts:  # noqa: ANN401 - any field of [practice]
    return replace(facts, practice=replace(facts.practice, **changes))


def a_source(path: str, body: str, front: dict[str, Any]) -> Source:
    """The file as a writer would have it: one line a key, then at once the Markdown."""
    lines = ["---", *(f"{key}: {value}" for key, value in front.items()), "---"]
    return Source(
        path=path,
        text="\n".join((*lines, body, "")),
        key_lines={key: number for number, key in enumerate(front, 2)},
        body_line=len(lines) + 1,
    )


def a_document(path: str, body: str = "A few words.", **front: Any) -> Document:  # noqa: ANN401 - any key
    """A Markdown file below content/; ``date`` may be a text such as 2026-10-05, 00:00 in the practice's zone."""
    keys = {"title": "First weeks", **front}
    source = a_source(path, body, keys)
    if isinstance(moment := keys.get("date"), str):
        keys["date"] = dt.datetime.fromisoformat(moment).replace(tzinfo=ZONE)
    folder, _, name = path.rpartition("/")
    return Document(
        kind=Kind(folder),
        source=source,
        front=FrontMatter(**keys),
        slug=keys.get("slug") or name.removesuffix(".md"),
        heading=escape(keys["title"]),
        body=outline(html_of(body)),
    )


def an_article(name: str = "first-weeks", body: str = "A few words.", **front: Any) -> Document:  # noqa: ANN401
    return a_document(f"articles/{name}.md", body, **{"date": "2026-10-05", **front})


def digested(document: Document) -> Document:
    """The document as the reader hands it over, with a digest of its file."""
    return replace(document, digest=hashlib.sha256(document.source.text.encode()).hexdigest())


def an_area(slug: str, **front: Any) -> Document:  # noqa: ANN401 - any key
    """An area file with enough words and facts for a page of its own."""
    fact = Fact(text=Prose("The clinic stands on the west side."), source="practice")
    return a_document(f"areas/{slug}.md", "word " * 300, **{"facts": (fact,) * 5, **front})


def a_call(call_id: str, after_section: int | None = None, **changes: Any) -> CallToAction:  # noqa: ANN401
    call = CallToAction(
        id=call_id,
        title=Prose(f"Title of {call_id}"),
        text=Prose(f"Text of {call_id}"),
        label=Prose(f"Label of {call_id}"),
        href="tel:",
        placement=Placement(after_section=after_section),
    )
    return replace(call, **changes)


def an_image(path: str, width: int = 1600, height: int = 1000, media_type: str = "image/png") -> Image:
    stem, _, ending = path.rpartition(".")
    url = f"/{stem}.0123abcd.{ending}"
    return Image(path=path, url=url, link=url, width=width, height=height, media_type=media_type)


def a_content(*documents: Document, facts: Facts = FACTS, **changes: Any) -> Content:  # noqa: ANN401
    """The content as the reader hands it over: sorted, with places as slugs."""
    sorted_, _ = written.visible(documents, dt.date(2026, 11, 2), ZONE, preview=True)
    content = Content(
        facts=facts,
        origin=ORIGIN,
        today=dt.date(2026, 11, 2),
        zone=ZONE,
        documents=written.named(sorted_, facts),
        share_image=Image(path="", url="/theme/share.png", width=1200, height=630, media_type="image/png"),
        icon=Image(path="", url="/theme/icon-512.png", width=512, height=512, media_type="image/png"),
        words=WORDS,
    )
    return replace(content, **changes)


def a_site(*documents: Document, facts: Facts = FACTS, **changes: Any) -> Site:  # noqa: ANN401 - any field
    content = a_content(*documents, facts=facts, **changes)
    values = {field.name: getattr(content, field.name) for field in fields(Content)}
    return Site(**values, pages=landing.pages(content))


def page(site: Site, url: str) -> Page:
    return site.by_url[url]


@cache
def _markdown() -> Markdown:
    extensions = ["extra", "sane_lists", "toc"]
    configs = {"toc": {"slugify": lambda words, _: text.slugify(words)}}
    return Markdown(extensions=extensions, extension_configs=configs, output_format="html")


def html_of(markdown: str) -> str:
    return _markdown().reset().convert(markdown)
