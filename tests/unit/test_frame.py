"""What stands around every page: facts in words, navigation, helplines."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from local_seo.enrich.frame import frame, licence
from local_seo.model.practice import Facts, Helpline, Hours, License, Person, Prose, Weekday
from local_seo.model.view import Day, Frame, HelplineView, HoursLine, Link, Picture

from .factories import DEVORAH, FACTS, MARISELA, a_document, a_site, an_area, an_article, an_image, with_practice

if TYPE_CHECKING:
    from local_seo.model.document import Document

CHECKED = dt.date(2026, 10, 20)


def framed(*documents: Document, facts: Facts = FACTS, **changes: Any) -> Frame:  # noqa: ANN401 - any field of the site
    return frame(a_site(*documents, facts=facts, **changes))


def hours(days: tuple[Weekday, ...], opens: str = "09:00", closes: str = "17:30") -> HoursLine:
    (line,) = framed(facts=with_practice(hours=(Hours(days=days, opens=opens, closes=closes),))).hours
    return line


def helpline(name: str, kind: str = "crisis", **changes: Any) -> Helpline:  # noqa: ANN401 - any field
    return Helpline(name=Prose(name), kind=kind, checked=CHECKED, **changes)  # type: ignore[arg-type]


# --- hours --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (("Mon",), "Monday"),
        (("Mon", "Tue"), "Monday and Tuesday"),
        (("Mon", "Tue", "Wed"), "Monday to Wednesday"),
        (("Fri", "Wed", "Thu", "Tue"), "Tuesday to Friday"),
        (("Mon", "Wed", "Fri"), "Monday, Wednesday and Friday"),
        (("Mon", "Tue", "Thu", "Fri"), "Monday, Tuesday, Thursday and Friday"),
        (("Sat", "Sun", "Mon"), "Monday, Saturday and Sunday"),
        (("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), "Monday to Sunday"),
        (("Tue", "Mon", "Tue", "Wed"), "Monday to Wednesday"),
    ],
)
def test_three_days_in_a_row_are_a_range(days: tuple[Weekday, ...], said: str) -> None:
    assert hours(days).days == said


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("09:00", "9 am"),
        ("13:30", "1:30 pm"),
        ("12:00", "12 pm"),
        ("12:05", "12:05 pm"),
        ("00:00", "12 am"),
        ("00:30", "12:30 am"),
        ("23:59", "11:59 pm"),
    ],
)
def test_a_time_is_told_as_people_say_it(clock: str, said: str) -> None:
    assert hours(("Mon",), opens=clock).opens == Day(clock, said)
    assert hours(("Mon",), closes=clock).closes == Day(clock, said)


# --- licences -----------------------------------------------------------------------------------------------


def licensed(person: Person, number: str) -> Person:
    given_ = License(number=number, board=Prose("B"), board_url="https://b.example/", state="California")
    return replace(person, license=given_)


def test_a_licence_line_has_name_title_number_and_state() -> None:
    assert licence(licensed(MARISELA, "000000")) == "Marisela Quintero, LCSW 000000, California"


def test_a_number_that_says_the_title_already_says_it_once() -> None:
    assert licence(licensed(MARISELA, "LCSW 000000")) == "Marisela Quintero, LCSW 000000, California"


def test_the_name_is_the_one_that_the_board_files() -> None:
    person = replace(licensed(MARISELA, "000000"), filed_name=Prose("Marisela A. Quintero-Vega"))
    assert licence(person) == "Marisela A. Quintero-Vega, LCSW 000000, California"


def test_only_licensed_people_have_a_line() -> None:
    assert licence(DEVORAH) == ""
    facts = replace(FACTS, people=(DEVORAH, licensed(MARISELA, "1"), licensed(DEVORAH, "2")))
    assert framed(facts=facts).licences == (
        "Marisela Quintero, LCSW 1, California",
        "Devorah Lindqvist, LMFT 2, California",
    )


# --- address and contact ------------------------------------------------------------------------------------


def test_an_office_is_shown_with_its_street() -> None:
    assert framed(facts=with_practice(presence="office")).address == ("100 Example Way", "Palm Desert, CA 92260")


def test_an_office_without_a_street_is_its_town() -> None:
    address = replace(FACTS.practice.address, street=None, postal_code=None)
    assert framed(facts=with_practice(presence="office", address=address)).address == ("Palm Desert, CA",)


@pytest.mark.parametrize("presence", ["service-area", "telehealth"])
def test_a_private_address_is_nowhere_in_the_frame(presence: str) -> None:
    around = framed(facts=with_practice(presence=presence))
    assert around.address == ()
    assert "100 Example Way" not in repr(around)
    assert "92260" not in repr(around)
    assert around.area == "the Coachella Valley"


def test_contact_is_what_the_practice_has() -> None:
    around = framed()
    assert around.phone == Link("760-555-0142", "tel:+17605550142")
    assert (around.email, around.booking, around.logo) == (None, None, None)
    facts = with_practice(
        email="hello@saltbush-family.example",
        booking_url="https://www.saltbush-family.example/contact/",
        logo="images/logo.png",
    )
    around = framed(facts=facts, images={"images/logo.png": an_image("images/logo.png", 400, 100)})
    assert around.email == Link("hello@saltbush-family.example", "mailto:hello@saltbush-family.example")
    assert around.booking is not None
    assert around.booking.url == "/contact/"
    assert around.logo == Picture(url="/images/logo.0123abcd.png", width=400, height=100, alt="")


# --- navigation ---------------------------------------------------------------------------------------------


def test_the_navigation_leads_to_the_listings_and_to_contact() -> None:
    articles = [an_article(f"a{n}") for n in range(11)]
    around = framed(*articles, an_area("indio"), a_document("pages/contact.md"), a_document("pages/fees.md"))
    assert around.navigation == (
        Link("Services", "/services/"),
        Link("Areas", "/areas/"),
        Link("Blog", "/blog/"),
        Link("About", "/about/"),
        Link("Contact", "/contact/"),
    )
    assert around.contact_url == "/contact/"


def test_without_articles_neither_blog_nor_feed_is_linked() -> None:
    around = framed(an_article(status="hidden"))
    assert "/blog/" not in [link.url for link in around.navigation]
    assert around.feed.url == ""
    assert framed(an_article()).feed == Link("Saltbush Family Therapy: articles", "/feed.xml")


def test_the_footer_leads_to_all_plain_pages_that_are_listed() -> None:
    around = framed(
        a_document("pages/privacy.md", title="Privacy"),
        a_document("pages/fees.md", title="Fees"),
        a_document("pages/offer.md", status="hidden"),
        a_document("pages/notes.md", noindex=True),
        a_document("pages/home.md"),
    )
    assert around.footer == (Link("Fees", "/fees/"), Link("Privacy", "/privacy/"), Link("Search", "/search/"))
    assert around.contact_url == ""
    assert around.crisis_url == ""


def test_a_hidden_page_is_not_in_the_navigation() -> None:
    around = framed(a_document("pages/contact.md", status="hidden"))
    assert "/contact/" not in [link.url for link in around.navigation]


def test_the_page_with_crisis_resources_is_known() -> None:
    assert framed(a_document("pages/crisis-resources.md")).crisis_url == "/crisis-resources/"


# --- helplines ----------------------------------------------------------------------------------------------


def test_helplines_are_told_with_their_links() -> None:
    facts = replace(
        FACTS,
        helplines=(
            helpline("Hotline", call="1-760-555-0110", text="+1 760 555 0111", languages=("English", "Spanish")),
            helpline("Text line", text="741741", say="HOME", url="https://line.example/"),
        ),
    )
    assert framed(facts=facts).helplines == (
        HelplineView(
            name="Hotline",
            kind="crisis",
            call=Link("760-555-0110", "tel:+17605550110"),
            message=Link("760-555-0111", "sms:+17605550111"),
            say="",
            languages="English and Spanish",
            url="",
        ),
        HelplineView(
            name="Text line",
            kind="crisis",
            call=None,
            message=Link("741741", "sms:741741"),
            say="HOME",
            languages="",
            url="https://line.example/",
        ),
    )


def test_a_short_code_gets_no_country_code() -> None:
    (line,) = framed(facts=replace(FACTS, helplines=(helpline("Crisis", call="988"),))).helplines
    assert line.call == Link("988", "tel:988")


def test_helplines_go_from_the_most_urgent_and_support_is_not_in_the_crisis_box() -> None:
    lines = (
        helpline("a", "support", call="988"),
        helpline("b", "crisis", call="988"),
        helpline("c", "emergency", call="911"),
        helpline("d", "crisis", call="988"),
    )
    around = framed(facts=replace(FACTS, helplines=lines))
    assert [line.name for line in around.helplines] == ["c", "b", "d", "a"]
    assert [line.name for line in around.urgent] == ["c", "b", "d"]
