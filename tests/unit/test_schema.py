"""What the structured data of each kind of page says, and what it keeps to itself."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from local_seo import schema
from local_seo.model.body import Body, Element
from local_seo.model.document import Document, FrontMatter, Kind, Source
from local_seo.model.head import Head, ShareImage
from local_seo.model.page import Page, PageKind
from local_seo.model.practice import (
    Address,
    Facts,
    Hours,
    License,
    Person,
    Place,
    Practice,
    Prose,
    Service,
    ServiceArea,
)
from local_seo.model.site import Image, Site
from local_seo.model.view import (
    Byline,
    Card,
    Citation,
    Day,
    Link,
    Picture,
    PlaceGroup,
    PlaceLine,
    Profile,
    Section,
    Targeting,
    View,
)

from .factories import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from local_seo.model.practice import Presence

ORIGIN = "https://www.saltbush-family.example"
INDIO = Place(
    name=Prose("Indio"),
    slug="indio",
    type="City",
    region="California",
    county=Prose("Riverside County"),
    wikipedia="https://en.wikipedia.org/wiki/Indio,_California",
)
SPRINGS = Place(name=Prose("Palm Springs"), slug="palm-springs", type="City", region="California")
NORTH = Place(name=Prose("North Palm Springs"), slug="north-palm-springs", type="Place", region="California")
POSTPARTUM = Service(slug="postpartum-therapy", name=Prose("Postpartum therapy"), role=Prose("postpartum therapist"))
BIRTH = Service(slug="birth-trauma-therapy", name=Prose("Birth trauma therapy"), role=Prose("therapist"))
MARISELA = Person(
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
    knows=(Prose("Birth trauma"),),
    profiles=("https://directory.example/marisela-quintero",),
)
DEVORAH = Person(id="devorah-lindqvist", name=Prose("Devorah Lindqvist"), credentials="LMFT", title=Prose("Therapist"))
PRACTICE = Practice(
    name=Prose("Saltbush Family Therapy"),
    legal_name=Prose("Quintero Licensed Clinical Social Work, Inc."),
    url=ORIGIN,
    tagline=Prose("Therapy for the first years of family life"),
    description=Prose("Therapy for pregnancy and the months after birth."),
    phone="760-555-0142",
    timezone="America/Los_Angeles",
    presence="office",
    address=Address(
        street="100 Example Way, Suite 2",
        locality="Palm Desert",
        region="CA",
        postal_code="92260",
        country="US",
        latitude=33.7225,
        longitude=-116.37697,
    ),
    email="hello@saltbush-family.example",
    languages=("English", "Spanish"),
    hours=(Hours(days=("Mon", "Tue"), opens="09:00", closes="17:00"),),
    profiles=("https://directory.example/saltbush",),
)
FACTS = Facts(
    format=1,
    practice=PRACTICE,
    service_area=ServiceArea(
        name=Prose("the Coachella Valley"), sentence=Prose("{practice}"), telehealth=Prose("California")
    ),
    places=(INDIO, SPRINGS, NORTH),
    services=(POSTPARTUM, BIRTH),
    people=(MARISELA, DEVORAH),
)
# All that a practice may leave out is left out.
BARE = Facts(
    format=1,
    practice=Practice(
        name=Prose("Bare"),
        url=ORIGIN,
        tagline=Prose("Therapy"),
        description=Prose("Therapy."),
        phone="760-555-0142",
        timezone="America/Los_Angeles",
        presence="telehealth",
        address=Address(locality="Indio", region="CA", country="US"),
    ),
    service_area=ServiceArea(name=Prose("the Coachella Valley"), sentence=Prose("{practice}")),
    places=(Place(name=Prose("Indio"), slug="indio", type="City", region="California"),),
    services=(BIRTH,),
    people=(DEVORAH,),
)
URLS = {
    PageKind.HOME: "/",
    PageKind.BLOG: "/blog/",
    PageKind.ARTICLE: "/blog/floor-time/",
    PageKind.SERVICES: "/services/",
    PageKind.SERVICE: "/services/postpartum-therapy/",
    PageKind.AREAS: "/areas/",
    PageKind.AREA: "/areas/indio/",
    PageKind.TOPIC: "/topics/birth-trauma/",
    PageKind.ABOUT: "/about/",
    PageKind.PERSON: "/about/marisela-quintero/",
    PageKind.PAGE: "/contact/",
    PageKind.SEARCH: "/search/",
    PageKind.NOT_FOUND: "/404.html",
}
DAY = Day("2026-10-05", "October 5, 2026")
BYLINE = Byline(
    author=Link("Marisela Quintero", "/about/marisela-quintero/"),
    author_name="Marisela Quintero",
    credentials="LCSW",
    published=DAY,
)
SENTENCE = Targeting(
    style="sentence",
    parts=("Works in ", Link("Indio", "/areas/indio/"), " and ", Link("nearby", "/areas/"), "."),
)


def a_body(text: str) -> Body:
    length = len(text) + 7
    element = Element(
        tag="p",
        start=0,
        inside=3,
        close=length - 4,
        end=length,
        attributes={},
        parent=-1,
        text=text,
    )
    return Body(html=f"<p>{text}</p>", elements=(element,))


def a_document(kind: Kind, words: str = "Floor time in Riverside County.", **front: Any) -> Document:  # noqa: ANN401
    return Document(
        kind=kind,
        source=Source(path=f"{kind}/floor-time.md", text=""),
        front=FrontMatter(title=Prose("Floor time"), **front),
        slug="floor-time",
        heading=Markup("Floor time"),
        body=a_body(words),
    )


def a_page(kind: PageKind, facts: Facts = FACTS, document: Document | None = None) -> Page:
    subjects: dict[PageKind, Service | Place | Person] = {
        PageKind.SERVICE: facts.services[0],
        PageKind.AREA: facts.places[0],
        PageKind.PERSON: facts.people[0],
    }
    return Page(
        kind=kind,
        url=URLS[kind],
        name="Floor time",
        title="Floor time",
        heading=Markup("Floor time"),
        summary="",
        source="articles/floor-time.md",
        document=document,
        subject=subjects.get(kind),
    )


def a_view(page: Page, **changes: Any) -> View:  # noqa: ANN401
    article = page.kind is PageKind.ARTICLE
    url = ORIGIN + page.url
    head = Head(
        title="Floor time | Saltbush",
        suffix=" | Saltbush",
        share_title="Floor time",
        description="Why the floor is the best seat.",
        robots="",
        canonical=url,
        url=url,
        language="en-US",
        kind="article" if article else "website",
        site_name="Saltbush Family Therapy",
        image=ShareImage(url=f"{ORIGIN}/i.png", width=1200, height=630, alt="", media_type="image/png"),
        published="2026-10-05T08:00:00-07:00" if article else "",
        modified="2026-11-02T10:30:00-08:00" if article else "",
    )
    crumbs = (Link("Home", "/"), Link("Blog", "/blog/"), Link("Floor time", page.url, current=True))
    view = View(
        save_as="x.html",
        url=page.url,
        kind=page.kind,
        source=page.source,
        head=head,
        structured_data=Markup(""),
        heading=page.heading,
        crumbs=() if page.kind in {PageKind.HOME, PageKind.NOT_FOUND} else crumbs,
        byline=BYLINE if article else None,
        contact=page.kind is PageKind.PAGE,
    )
    return replace(view, **changes)


def a_site(facts: Facts = FACTS, without: Sequence[PageKind] = (), **changes: Any) -> Site:  # noqa: ANN401
    pages = tuple(a_page(kind, facts) for kind in URLS if kind not in without)
    site = Site(
        facts=facts,
        origin=ORIGIN,
        today=dt.date(2026, 11, 3),
        zone=ZoneInfo("America/Los_Angeles"),
        documents=(),
        share_image=Image(path="", url="/theme/share.png", width=1200, height=630, media_type="image/png"),
        icon=Image(path="", url="/theme/icon-512.png", width=512, height=512, media_type="image/png"),
        words=WORDS,
        pages=pages,
    )
    return replace(site, **changes)


def a_practice(facts: Facts = FACTS, **changes: Any) -> Facts:  # noqa: ANN401
    return replace(facts, practice=replace(facts.practice, **changes))


def read(page: Page, view: View, site: Site) -> dict[str, dict[str, Any]]:
    """The nodes of a page by id; two nodes of one id, or one without, fail."""
    nodes = json.loads(schema.graph(page, view, site))["@graph"]
    by_id = {node["@id"]: node for node in nodes}
    assert len(by_id) == len(nodes)
    return by_id


def rich(kind: PageKind, facts: Facts = FACTS) -> tuple[Page, View]:
    """A page on which everything that can stand there does."""
    front: dict[str, Any] = (
        {"service": facts.services[0].slug, "cities": ("Indio",), "keywords": (Prose("floor time"),)}
        if kind is PageKind.ARTICLE
        else {}
    )
    page = a_page(kind, facts, a_document(Kind.ARTICLE, **front))
    reviewed = replace(BYLINE, reviewed=DAY, reviewer_name="Devorah Lindqvist")
    return page, a_view(
        page,
        byline=reviewed,
        picture=Picture(url="/images/a.jpg", width=900, height=600, alt="A rug", credit="J. Doe"),
        targeting=SENTENCE,
        sources=(Citation(title="Perinatal Depression", url="https://www.nimh.nih.gov/x"),),
        services=tuple(Card(url="", title=service.name) for service in facts.services),
        people=tuple(
            Profile(name=person.name, credentials="", title="", url="", licence="") for person in facts.people
        ),
        places=(
            PlaceGroup(
                name="Riverside County",
                places=tuple(PlaceLine(id=p.slug, name=p.name, url="") for p in facts.places),
            ),
        ),
    )


def walk(value: Any) -> Iterator[Any]:  # noqa: ANN401
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for item in inner:
        yield from walk(item)


def dangling(nodes: dict[str, dict[str, Any]]) -> set[str]:
    return {
        value["@id"] for value in walk(list(nodes.values())) if isinstance(value, dict) and set(value) == {"@id"}
    } - set(nodes)


def practice_of(kind: PageKind, facts: Facts = FACTS, **view: Any) -> dict[str, Any]:  # noqa: ANN401
    page = a_page(kind, facts)
    return read(page, a_view(page, **view), a_site(facts))[f"{ORIGIN}/#practice"]


def article(facts: Facts = FACTS, **view: Any) -> dict[str, Any]:  # noqa: ANN401
    page = a_page(PageKind.ARTICLE, facts, a_document(Kind.ARTICLE))
    return read(page, a_view(page, **view), a_site(facts))[f"{ORIGIN}/blog/floor-time/#article"]


def coverage(cities: tuple[str, ...], targeting: Targeting | None) -> list[str]:
    page = a_page(PageKind.ARTICLE, FACTS, a_document(Kind.ARTICLE, cities=cities))
    nodes = read(page, a_view(page, targeting=targeting), a_site())
    covered = nodes[f"{ORIGIN}/blog/floor-time/#article"].get("spatialCoverage", [])
    return [nodes[reference["@id"]]["name"] for reference in covered]


# --- every page ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("presence", ["office", "service-area", "telehealth"])
@pytest.mark.parametrize("kind", PageKind)
def test_every_id_that_a_page_uses_is_defined_on_it(kind: PageKind, presence: Presence) -> None:
    facts = a_practice(presence=presence)
    assert not dangling(read(*rich(kind, facts), a_site(facts)))


@pytest.mark.parametrize("kind", PageKind)
def test_ids_resolve_where_services_people_and_places_have_no_page(kind: PageKind) -> None:
    site = a_site(without=[PageKind.SERVICE, PageKind.PERSON, PageKind.AREA, PageKind.ABOUT])
    assert not dangling(read(*rich(kind), site))


@pytest.mark.parametrize("kind", PageKind)
def test_nothing_is_defined_that_no_node_of_the_page_needs(kind: PageKind) -> None:
    nodes = read(*rich(kind), a_site())
    used = {value["@id"] for value in walk(list(nodes.values())) if isinstance(value, dict) and len(value) == 1}
    page = f"{ORIGIN}{URLS[kind]}#"
    assert set(nodes) - used <= {f"{page}webpage", f"{page}service"}


@pytest.mark.parametrize("facts", [FACTS, BARE], ids=["full", "bare"])
@pytest.mark.parametrize("kind", PageKind)
def test_no_property_and_no_entry_is_empty(kind: PageKind, facts: Facts) -> None:
    page = a_page(kind, facts)
    for nodes in (read(page, a_view(page), a_site(facts)), read(*rich(kind, facts), a_site(facts))):
        assert not [value for value in walk(list(nodes.values())) if value in (None, "", [], {})]


@pytest.mark.parametrize("presence", ["service-area", "telehealth"])
@pytest.mark.parametrize("kind", PageKind)
def test_a_private_street_leaves_no_trace(kind: PageKind, presence: Presence) -> None:
    facts = a_practice(presence=presence)
    told = str(schema.graph(*rich(kind, facts), a_site(facts)))
    for secret in ("Example Way", "92260", "33.7225", "116.376", "GeoCoordinates", "#office"):
        assert secret not in told


@pytest.mark.parametrize("kind", PageKind)
def test_what_search_engines_penalise_or_dropped_is_never_said(kind: PageKind) -> None:
    told = str(schema.graph(*rich(kind), a_site()))
    for word in (
        "aggregateRating",
        '"review"',
        "SearchAction",
        "FAQPage",
        "medicalSpecialty",
        "isAcceptingNewPatients",
        "availableService",
    ):
        assert word not in told


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (PageKind.HOME, "WebPage"),
        (PageKind.BLOG, "CollectionPage"),
        (PageKind.ARTICLE, "MedicalWebPage"),
        (PageKind.SERVICES, "CollectionPage"),
        (PageKind.SERVICE, "WebPage"),
        (PageKind.AREAS, "CollectionPage"),
        (PageKind.AREA, "WebPage"),
        (PageKind.TOPIC, "CollectionPage"),
        (PageKind.ABOUT, "AboutPage"),
        (PageKind.PERSON, "ProfilePage"),
        (PageKind.PAGE, "ContactPage"),
        (PageKind.NOT_FOUND, "WebPage"),
    ],
)
def test_the_type_of_a_page(kind: PageKind, name: str) -> None:
    assert read(*rich(kind), a_site())[f"{ORIGIN}{URLS[kind]}#webpage"]["@type"] == name


def test_a_page_that_is_not_the_contact_page_is_no_contact_page() -> None:
    page = a_page(PageKind.PAGE)
    nodes = read(page, a_view(page, contact=False), a_site())
    assert nodes[f"{ORIGIN}/contact/#webpage"]["@type"] == "WebPage"
    assert nodes[f"{ORIGIN}/#practice"]["@type"] == "Organization"


def test_contact_on_the_page_of_a_place_puts_no_business_there() -> None:
    page = a_page(PageKind.AREA)
    nodes = read(page, a_view(page, contact=True), a_site())
    assert nodes[f"{ORIGIN}/areas/indio/#webpage"]["@type"] == "WebPage"
    assert nodes[f"{ORIGIN}/#practice"]["@type"] == "Organization"


@pytest.mark.parametrize("kind", PageKind)
def test_the_description_of_a_page_stands_once(kind: PageKind) -> None:
    told = str(schema.graph(*rich(kind), a_site()))
    assert told.count("Why the floor is the best seat.") == 1


def test_published_ids_never_change() -> None:
    assert set(read(*rich(PageKind.ARTICLE), a_site())) == {
        f"{ORIGIN}/#website",
        f"{ORIGIN}/#practice",
        f"{ORIGIN}/#logo",
        f"{ORIGIN}/#place-indio",
        f"{ORIGIN}/services/postpartum-therapy/#service",
        f"{ORIGIN}/about/marisela-quintero/#person",
        f"{ORIGIN}/about/devorah-lindqvist/#person",
        f"{ORIGIN}/blog/floor-time/#webpage",
        f"{ORIGIN}/blog/floor-time/#article",
        f"{ORIGIN}/blog/floor-time/#primaryimage",
        f"{ORIGIN}/blog/floor-time/#breadcrumb",
    }
    assert {f"{ORIGIN}/areas/indio/#service", f"{ORIGIN}/#office"} <= set(read(*rich(PageKind.AREA), a_site()))


@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", 'The "Nest" & <b>', "a\\u003c", "שלום 😀\u2028", "]]>"]
)
def test_names_survive_and_cannot_end_the_script(name: str) -> None:
    facts = a_practice(name=Prose(name))
    page = a_page(PageKind.HOME, facts)
    told = schema.graph(page, a_view(page), a_site(facts))
    assert not set("<>&") & set(told)
    assert {node["@id"]: node for node in json.loads(told)["@graph"]}[f"{ORIGIN}/#practice"]["name"] == name


@given(st.text(min_size=1))
def test_any_name_survives(name: str) -> None:
    assert practice_of(PageKind.BLOG, a_practice(name=Prose(name)))["name"] == name


# --- the practice -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PageKind)
def test_the_business_stands_on_the_pages_about_it_alone(kind: PageKind) -> None:
    practice = practice_of(kind)
    about = kind in {PageKind.HOME, PageKind.ABOUT, PageKind.PAGE}
    assert practice["@type"] == ("MedicalBusiness" if about else "Organization")
    assert ("address" in practice) is about


def test_the_type_of_the_business_is_the_practices_own() -> None:
    assert practice_of(PageKind.HOME, a_practice(type="LocalBusiness"))["@type"] == "LocalBusiness"


def test_an_office_is_told_in_full() -> None:
    practice = practice_of(PageKind.HOME)
    assert practice["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "100 Example Way, Suite 2",
        "addressLocality": "Palm Desert",
        "addressRegion": "CA",
        "postalCode": "92260",
        "addressCountry": "US",
    }
    assert practice["openingHoursSpecification"] == [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": ["https://schema.org/Monday", "https://schema.org/Tuesday"],
            "opens": "09:00:00",
            "closes": "17:00:00",
        }
    ]


def test_a_private_address_keeps_the_town() -> None:
    practice = practice_of(PageKind.HOME, a_practice(presence="service-area"))
    assert practice["address"]["addressLocality"] == "Palm Desert"


def test_a_position_keeps_five_decimals() -> None:
    assert practice_of(PageKind.HOME)["geo"] == {
        "@type": "GeoCoordinates",
        "latitude": "33.72250",
        "longitude": "-116.37697",
    }


def test_half_a_position_is_none() -> None:
    address = replace(PRACTICE.address, longitude=None)
    assert "geo" not in practice_of(PageKind.HOME, a_practice(address=address))


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("760-555-0142", "+1-760-555-0142"),
        ("(760) 555 0142", "+1-760-555-0142"),
        ("+1 760.555.0142", "+1-760-555-0142"),
        ("1-760-555-0142", "+1-760-555-0142"),
        ("+44 20 7946 0958", "+44-20-7946-0958"),
    ],
)
def test_a_phone_has_its_country_code(typed: str, told: str) -> None:
    assert practice_of(PageKind.BLOG, a_practice(phone=typed))["telephone"] == told


def test_the_home_page_lists_services_people_and_places_as_it_shows_them() -> None:
    page = a_page(PageKind.HOME)
    view = a_view(
        page,
        services=(Card(url="/services/postpartum-therapy/", title="Postpartum therapy"),),
        people=(Profile(name="Devorah Lindqvist", credentials="LMFT", title="", url="", licence=""),),
        places=(PlaceGroup(name="", places=(PlaceLine(id="indio", name="Indio", url=""),)),),
    )
    practice = read(page, view, a_site())[f"{ORIGIN}/#practice"]
    assert [offer["itemOffered"] for offer in practice["hasOfferCatalog"]["itemListElement"]] == [
        {"@id": f"{ORIGIN}/services/postpartum-therapy/#service"}
    ]
    assert practice["employee"] == [{"@id": f"{ORIGIN}/about/devorah-lindqvist/#person"}]
    assert practice["areaServed"] == [
        {"@id": f"{ORIGIN}/#place-indio"},
        {"@type": "State", "name": "California"},
    ]


def test_a_page_that_lists_no_place_names_the_area() -> None:
    assert practice_of(PageKind.PAGE)["areaServed"][0] == {"@type": "Place", "name": "Coachella Valley"}


def test_a_telehealth_state_is_served_only_where_there_is_one() -> None:
    assert {"@type": "State", "name": "California"} in practice_of(PageKind.HOME)["areaServed"]
    assert [area["@type"] for area in practice_of(PageKind.HOME, BARE)["areaServed"]] == ["Place"]


@pytest.mark.parametrize(
    ("logo", "image", "told"),
    [
        ("images/logo.png", "images/porch.jpg", "/images/logo.0.png"),
        (None, "images/porch.jpg", "/theme/icon-512.png"),
        (None, None, "/theme/icon-512.png"),
    ],
)
def test_the_logo_falls_back_on_the_icon_and_never_on_a_scene(logo: str | None, image: str | None, told: str) -> None:
    images = {
        path: Image(path=path, url=url, width=600, height=600, media_type="image/png")
        for path, url in (
            ("images/logo.png", "/images/logo.0.png"),
            ("images/porch.jpg", "/images/porch.1.jpg"),
        )
    }
    page = a_page(PageKind.BLOG)
    nodes = read(page, a_view(page), a_site(a_practice(logo=logo, image=image), images=images))
    assert nodes[f"{ORIGIN}/#logo"]["url"] == ORIGIN + told


# --- articles -----------------------------------------------------------------------------------------------


def test_an_article_says_what_the_page_shows() -> None:
    told = article(
        heading=Markup("Floor&nbsp;time &amp; <em>you</em>"),
        sources=(Citation(title="Perinatal Depression", url="https://www.nimh.nih.gov/x"),),
    )
    assert told["headline"] == "Floor time & you"
    assert told["description"] == "Why the floor is the best seat."
    assert told["datePublished"] == "2026-10-05T08:00:00-07:00"
    assert told["dateModified"] == "2026-11-02T10:30:00-08:00"
    assert told["author"] == {"@id": f"{ORIGIN}/about/marisela-quintero/#person"}
    assert told["citation"] == [
        {"@type": "CreativeWork", "name": "Perinatal Depression", "url": "https://www.nimh.nih.gov/x"}
    ]


def test_only_an_article_is_a_blog_posting() -> None:
    kinds = {
        kind
        for kind in PageKind
        if any(node["@type"] == "BlogPosting" for node in read(*rich(kind), a_site()).values())
    }
    assert kinds == {PageKind.ARTICLE}


def test_an_article_covers_the_places_that_its_sentence_links() -> None:
    assert coverage(("Indio", "Palm Springs"), SENTENCE) == ["Indio"]


def test_an_article_without_cities_covers_no_place() -> None:
    assert coverage((), SENTENCE) == []


def test_a_place_in_plain_words_is_not_covered() -> None:
    assert coverage(("Indio",), Targeting(style="sentence", parts=("Works in Indio.",))) == []


def test_a_phrase_covers_the_place_with_the_longest_name() -> None:
    links = (Link("therapist in North Palm Springs", "/areas/"), Link("therapist in Indio", "/areas/indio/"))
    assert coverage(("x",), Targeting(style="phrases", parts=links)) == ["Indio", "North Palm Springs"]


def test_keywords_that_the_reader_never_meets_are_left_out() -> None:
    keywords = (Prose("Tummy Time"), Prose("therapist Indio"))
    page = a_page(PageKind.ARTICLE, FACTS, a_document(Kind.ARTICLE, "On tummy time.", keywords=keywords))
    nodes = read(page, a_view(page), a_site())
    assert nodes[f"{ORIGIN}/blog/floor-time/#article"]["keywords"] == ["Tummy Time"]


def test_an_article_that_the_practice_signs_is_the_practices() -> None:
    signed = replace(BYLINE, author=None, author_name="Saltbush Family Therapy", credentials="")
    assert article(byline=signed)["author"] == {"@id": f"{ORIGIN}/#practice"}


@pytest.mark.parametrize(
    ("without", "url"),
    [
        ((), f"{ORIGIN}/about/marisela-quintero/"),
        ((PageKind.PERSON,), f"{ORIGIN}/about/"),
        ((PageKind.PERSON, PageKind.ABOUT), None),
    ],
)
def test_an_author_without_a_page_keeps_the_id(without: Sequence[PageKind], url: str | None) -> None:
    page = a_page(PageKind.ARTICLE)
    author = read(page, a_view(page), a_site(without=without))[f"{ORIGIN}/about/marisela-quintero/#person"]
    assert author["name"] == "Marisela Quintero"
    assert author.get("url") == url


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"reviewed": DAY, "reviewer_name": "Devorah Lindqvist"}, True),
        ({"reviewed": DAY}, False),
        ({"reviewer_name": "Devorah Lindqvist"}, False),
        ({"reviewed": DAY, "reviewer_name": "Marisela Quintero"}, False),
    ],
    ids=["both", "no reviewer", "no date", "reviewed by the author"],
)
def test_a_review_has_a_date_and_another_reader(changes: dict[str, Any], told: bool) -> None:  # noqa: FBT001
    page = a_page(PageKind.ARTICLE)
    nodes = read(page, a_view(page, byline=replace(BYLINE, **changes)), a_site())
    review = {key: nodes[f"{ORIGIN}/blog/floor-time/#webpage"].get(key) for key in ("lastReviewed", "reviewedBy")}
    reviewer = {"@id": f"{ORIGIN}/about/devorah-lindqvist/#person"}
    assert review == (
        {"lastReviewed": "2026-10-05", "reviewedBy": reviewer} if told else {"lastReviewed": None, "reviewedBy": None}
    )
    assert (reviewer["@id"] in nodes) is told


def test_a_picture_with_a_credit_asks_for_the_badge_of_licensable_pictures() -> None:
    picture = Picture(url="/images/a.jpg", width=9, height=6, alt="A rug", caption="Our rug", credit="J. Doe")
    page = a_page(PageKind.ARTICLE)
    own_id = f"{ORIGIN}/blog/floor-time/#primaryimage"
    image = read(page, a_view(page, picture=picture), a_site())[own_id]
    assert image["contentUrl"] == f"{ORIGIN}/images/a.jpg"
    assert "url" not in image
    assert (image["caption"], image["creditText"]) == ("Our rug", "J. Doe")
    bare = read(page, a_view(page, picture=replace(picture, caption="", credit="")), a_site())[own_id]
    assert (bare["caption"], bare["url"]) == ("A rug", f"{ORIGIN}/images/a.jpg")
    assert "contentUrl" not in bare


def test_an_article_names_its_picture_in_the_proportions_that_google_asks_for() -> None:
    shapes = ("/images/a.1x1.jpg", "/images/a.4x3.jpg", "/images/a.16x9.jpg")
    picture = Picture(url="/images/a.jpg", width=9, height=6, alt="A rug", crops=shapes)
    page = a_page(PageKind.ARTICLE)
    article = f"{ORIGIN}/blog/floor-time/#article"
    nodes = read(page, a_view(page, picture=picture), a_site())
    assert nodes[article]["image"] == [ORIGIN + url for url in shapes]
    whole = read(page, a_view(page, picture=replace(picture, crops=())), a_site())
    assert whole[article]["image"] == {"@id": f"{ORIGIN}/blog/floor-time/#primaryimage"}


def test_breadcrumbs_are_absolute_and_the_last_is_the_page_itself() -> None:
    page = a_page(PageKind.ARTICLE)
    crumbs = read(page, a_view(page), a_site())[f"{ORIGIN}/blog/floor-time/#breadcrumb"]["itemListElement"]
    assert [(crumb["position"], crumb["name"], crumb.get("item")) for crumb in crumbs] == [
        (1, "Home", f"{ORIGIN}/"),
        (2, "Blog", f"{ORIGIN}/blog/"),
        (3, "Floor time", None),
    ]


# --- services, places, people -------------------------------------------------------------------------------


def test_a_service_without_a_page_has_an_id_and_no_address() -> None:
    page = a_page(PageKind.ARTICLE, FACTS, a_document(Kind.ARTICLE, service="birth-trauma-therapy"))
    service = read(page, a_view(page), a_site())[f"{ORIGIN}/services/birth-trauma-therapy/#service"]
    assert service["name"] == "Birth trauma therapy"
    assert "url" not in service


@pytest.mark.parametrize(
    ("presence", "telehealth", "ways"),
    [
        ("office", "California", ["serviceLocation", "serviceUrl"]),
        ("office", None, ["serviceLocation"]),
        ("telehealth", "California", ["serviceUrl"]),
        ("service-area", None, []),
    ],
)
@pytest.mark.parametrize("kind", [PageKind.SERVICE, PageKind.AREA])
def test_how_to_come_to_a_service(
    kind: PageKind, presence: Presence, telehealth: Prose | None, ways: list[str]
) -> None:
    facts = replace(a_practice(presence=presence), service_area=replace(FACTS.service_area, telehealth=telehealth))
    page = a_page(kind, facts)
    service = read(page, a_view(page), a_site(facts))[f"{ORIGIN}{URLS[kind]}#service"]
    channels = service.get("availableChannel", [])
    assert [way for channel in channels for way in channel if way in {"serviceLocation", "serviceUrl"}] == ways


def test_booking_on_the_practices_own_site_follows_the_origin_of_the_build() -> None:
    facts = a_practice(booking_url=f"{ORIGIN}/contact/")
    page = a_page(PageKind.SERVICE, facts)
    nodes = read(page, a_view(page), a_site(facts, origin="https://preview.example"))
    _, telehealth = nodes["https://preview.example/services/postpartum-therapy/#service"]["availableChannel"]
    assert telehealth["serviceUrl"] == "https://preview.example/contact/"


def test_a_service_in_a_place_serves_that_place() -> None:
    page = a_page(PageKind.AREA)
    view = a_view(
        page,
        sections=(Section(id="postpartum-therapy", title="Postpartum therapy", text="We come to Indio."),),
    )
    service = read(page, view, a_site())[f"{ORIGIN}/areas/indio/#service"]
    assert service["areaServed"] == {"@id": f"{ORIGIN}/#place-indio"}
    assert service["isRelatedTo"] == [{"@id": f"{ORIGIN}/services/postpartum-therapy/#service"}]


@pytest.mark.parametrize(("words", "told"), [("Help in Riverside County.", True), ("Help here.", False)])
def test_a_county_is_told_where_the_page_names_it(words: str, told: bool) -> None:  # noqa: FBT001
    page = a_page(PageKind.AREA, FACTS, a_document(Kind.AREA, words))
    place = read(page, a_view(page), a_site())[f"{ORIGIN}/#place-indio"]
    assert place["@type"] == "City"
    assert place["sameAs"] == "https://en.wikipedia.org/wiki/Indio,_California"
    assert ("containedInPlace" in place) is told


def test_a_place_that_a_page_only_refers_to_is_told_in_brief() -> None:
    document = a_document(Kind.ARTICLE, "Help in Riverside County.", cities=("Indio",))
    page = a_page(PageKind.ARTICLE, FACTS, document)
    place = read(page, a_view(page, targeting=SENTENCE), a_site())[f"{ORIGIN}/#place-indio"]
    assert set(place) == {"@type", "@id", "name", "sameAs"}


def test_a_place_has_neither_address_nor_position() -> None:
    here = replace(INDIO, latitude=33.72057, longitude=-116.21556)
    facts = replace(FACTS, places=(here,))
    page = a_page(PageKind.AREA, facts)
    assert not {"address", "geo"} & set(read(page, a_view(page), a_site(facts))[f"{ORIGIN}/#place-indio"])


def test_a_person_is_told_in_full_on_their_own_page() -> None:
    page = a_page(PageKind.PERSON)
    person = read(page, a_view(page), a_site())[f"{ORIGIN}/about/marisela-quintero/#person"]
    assert person["name"] == "Marisela Quintero"
    assert person["honorificSuffix"] == "LCSW"
    assert person["hasCredential"]["identifier"] == "LCSW 000000"
    assert person["hasCredential"]["recognizedBy"] == {
        "@type": "Organization",
        "name": "California Board of Behavioral Sciences",
        "url": "https://www.bbs.ca.gov/",
    }
    assert person["knowsAbout"] == ["Birth trauma"]


def test_the_practices_languages_are_a_persons_when_nobody_else_works_there() -> None:
    page = a_page(PageKind.PERSON)
    alone = replace(FACTS, people=(MARISELA,))
    known = [
        read(page, a_view(page), a_site(facts))[f"{ORIGIN}/about/marisela-quintero/#person"].get("knowsLanguage")
        for facts in (alone, FACTS)
    ]
    assert known == [["English", "Spanish"], None]


def test_a_portrait_is_the_pages_picture_before_the_photograph() -> None:
    person = replace(MARISELA, photo="images/m.jpg")
    facts = replace(FACTS, people=(person, DEVORAH))
    photo = Image(path="images/m.jpg", url="/images/m.9.jpg", width=900, height=900, media_type="image/jpeg")
    site = a_site(facts, images={"images/m.jpg": photo})
    page = a_page(PageKind.PERSON, facts)
    own_id = f"{ORIGIN}/about/marisela-quintero/#person"
    assert read(page, a_view(page), site)[own_id]["image"] == f"{ORIGIN}/images/m.9.jpg"
    picture = Picture(url="/images/p.jpg", width=9, height=9, alt="Marisela")
    shown = read(page, a_view(page, picture=picture), site)[own_id]["image"]
    assert shown == {"@id": f"{ORIGIN}/about/marisela-quintero/#primaryimage"}


def test_the_site_is_told_in_full_at_home() -> None:
    sites = {
        kind: read(page, a_view(page), a_site())[f"{ORIGIN}/#website"]
        for kind in (PageKind.HOME, PageKind.BLOG)
        for page in (a_page(kind),)
    }
    assert sites[PageKind.HOME]["description"] == "Therapy for the first years of family life"
    assert sites[PageKind.HOME]["name"] == sites[PageKind.BLOG]["name"] == "Saltbush Family Therapy"
    assert "description" not in sites[PageKind.BLOG]
