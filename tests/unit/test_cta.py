"""Which offers a page makes, in which words, and where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from local_seo.enrich.cta import Offers, href, is_sensitive, offers
from local_seo.model.cta import CallToAction, Variant
from local_seo.model.practice import Facts, Prose, Topics
from local_seo.model.view import Offer

from .factories import FACTS, POSTPARTUM, a_call, a_document, a_site, an_area, an_article, page, with_practice

if TYPE_CHECKING:
    from local_seo.model.document import Document


def of_page(document: Document, url: str, calls: tuple[CallToAction, ...], facts: Facts = FACTS) -> Offers:
    site = a_site(document, facts=facts, calls_to_action=calls)
    return offers(page(site, url), site)


def of_article(*calls: CallToAction, facts: Facts = FACTS, body: str = "Words.", **front: Any) -> Offers:  # noqa: ANN401
    return of_page(an_article("a", body, **front), "/blog/a/", calls, facts)


def closing(*calls: CallToAction, **front: Any) -> str | None:  # noqa: ANN401 - any key
    offer = of_article(*calls, **front).closing
    return offer.id if offer else None


SERVICE = a_call("z-service", services=("postpartum-therapy",))
PLACE = a_call("y-place", places=("indio",), priority=5)
TOPIC = a_call("x-topic", topics=("sleep",), priority=6)
ANY = a_call("w-any", priority=7)


def test_a_service_beats_a_place_beats_a_topic_beats_none() -> None:
    calls = [ANY, TOPIC, PLACE, SERVICE]
    front = {"service": "postpartum-therapy", "cities": ("Indio",), "keywords": ("Sleeping", "sleep")}
    for found in ("z-service", "y-place", "x-topic", "w-any"):
        assert closing(*calls, **front) == found
        assert closing(*reversed(calls), **front) == found
        calls.pop()


def test_a_call_whose_list_does_not_match_is_not_made() -> None:
    assert closing(SERVICE, PLACE, TOPIC) is None
    assert closing(SERVICE, service="infant-parent-therapy") is None
    both = a_call("a", services=("postpartum-therapy",), places=("indio",))
    assert closing(both, service="postpartum-therapy") is None
    assert closing(both, service="postpartum-therapy", cities=("Mecca", "Indio")) == "a"


def test_the_higher_priority_wins_then_the_id() -> None:
    assert closing(a_call("a"), a_call("b", priority=1)) == "b"
    assert closing(a_call("c", priority=-1), a_call("b"), a_call("a")) == "a"


@pytest.mark.parametrize("keyword", ["babies’ sleep", "sleep of a baby", "Baby Sleep"])
def test_a_topic_matches_however_the_keyword_is_written(keyword: str) -> None:
    assert closing(a_call("a", topics=("baby sleep",)), keywords=(keyword,)) == "a"


def test_a_topic_matches_the_whole_keyword_only() -> None:
    assert closing(a_call("a", topics=("sleep",)), keywords=("baby sleep",)) is None


def test_the_pages_own_call_takes_its_place_and_the_best_the_other() -> None:
    within, end = a_call("within", 0), a_call("end")
    own = a_call("own", priority=-9)
    found = of_article(within, end, own, cta="own")
    assert found.within is not None
    assert found.closing is not None
    assert (found.within.id, found.closing.id) == ("within", "own")
    own_within = replace(own, placement=within.placement)
    found = of_article(within, end, own_within, cta="own")
    assert found.within is not None
    assert found.closing is not None
    assert (found.within.id, found.closing.id) == ("own", "end")


def test_the_pages_own_call_need_not_match() -> None:
    assert closing(SERVICE, cta="z-service") == "z-service"


def test_there_is_at_most_one_offer_within_and_one_at_the_end() -> None:
    found = of_article(a_call("a", 0), a_call("b", 2), a_call("c"), a_call("d"), body="One.\n\n## Two\n\n## Three")
    assert found == Offers(
        within=Offer(id="a", title="Title of a", text="Text of a", label="Label of a", href="tel:+17605550142"),
        offset=len("<p>One.</p>\n"),
        closing=Offer(id="c", title="Title of c", text="Text of c", label="Label of c", href="tel:+17605550142"),
    )


def test_without_calls_there_are_no_offers() -> None:
    assert of_article() == Offers()


def test_services_and_areas_make_offers_and_plain_pages_and_listings_make_none() -> None:
    service = of_page(a_document("services/postpartum-therapy.md"), "/services/postpartum-therapy/", (SERVICE, ANY))
    assert service.closing is not None
    assert service.closing.id == "z-service"
    area = of_page(an_area("indio"), "/areas/indio/", (PLACE, ANY))
    assert area.closing is not None
    assert area.closing.id == "y-place"
    for document, url in (
        (a_document("pages/fees.md"), "/fees/"),
        (a_document("people/marisela-quintero.md"), "/about/marisela-quintero/"),
        (a_document("pages/home.md"), "/"),
        (an_article(), "/blog/"),
    ):
        assert of_page(document, url, (ANY,)) == Offers()


# --- words --------------------------------------------------------------------------------------------------

VARIED = a_call(
    "first-call",
    variants=(
        Variant(title=Prose("Second title")),
        Variant(text=Prose("Third text"), label=Prose("Third label")),
    ),
)


def words_of(name: str, *others: Document) -> tuple[str, str, str]:
    site = a_site(an_article(name), *others, calls_to_action=(VARIED, a_call("other", priority=-1)))
    offer = offers(page(site, f"/blog/{name}/"), site).closing
    assert offer is not None
    return offer.title, offer.text, offer.label


def test_every_variant_is_chosen_somewhere_and_falls_back_on_the_call() -> None:
    assert {words_of(f"a{number}") for number in range(20)} == {
        ("Title of first-call", "Text of first-call", "Label of first-call"),
        ("Second title", "Text of first-call", "Label of first-call"),
        ("Title of first-call", "Third text", "Third label"),
    }


def test_an_article_keeps_its_variant_whatever_is_added() -> None:
    others = [an_article(f"b{number}", date="2026-10-06") for number in range(5)]
    for number in range(10):
        assert words_of(f"a{number}", *others) == words_of(f"a{number}")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("floor-time", ("Title of first-call", "Text of first-call")),
        ("first-weeks", ("Second title", "Text of first-call")),
        ("quiet-nights", ("Title of first-call", "Third text")),
    ],
)
def test_the_choice_of_a_variant_is_the_same_in_every_release(name: str, said: tuple[str, str]) -> None:
    assert words_of(name)[:2] == said


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("tel:", "tel:+17605550142"),
        ("booking:", "https://book.example/"),
        ("mailto:", "mailto:hello@saltbush-family.example"),
        ("tel:+17605550143", "tel:+17605550143"),
        ("/contact/", "/contact/"),
        ("https://www.saltbush-family.example/contact/", "/contact/"),
        ("https://other.example/contact/", "https://other.example/contact/"),
    ],
)
def test_an_offer_leads_to_the_practices_own_or_where_it_says(written: str, found: str) -> None:
    facts = with_practice(booking_url="https://book.example/", email="hello@saltbush-family.example")
    assert href(written, facts) == found


def test_booking_is_that_of_the_service_and_stays_on_the_site() -> None:
    facts = with_practice(booking_url="https://www.saltbush-family.example/contact/")
    assert href("booking:", facts) == "/contact/"
    service = replace(POSTPARTUM, booking_url="https://book.example/postpartum")
    assert href("booking:", facts, service) == "https://book.example/postpartum"
    found = of_article(
        a_call("a", href="booking:"), facts=replace(facts, services=(service,)), service="postpartum-therapy"
    )
    assert found.closing is not None
    assert found.closing.href == "https://book.example/postpartum"


# --- where an offer stands ----------------------------------------------------------------------------------


def before(body: str, after_section: int) -> str:
    """What stands before an offer that wants to stand after so many sections."""
    document = an_article("a", body)
    found = of_page(document, "/blog/a/", (a_call("a", after_section),))
    assert found.within is not None
    return document.body.html[: found.offset]


THREE = "Intro.\n\nMore.\n\n## One {#x}\n\na\n\n### Not a section\n\n## Two {#y}\n\nb\n\n## Three {#z}\n\nc"


@pytest.mark.parametrize(("section", "end"), [(0, "<p>More.</p>\n"), (1, "Not a section</h3>\n"), (2, "<p>b</p>\n")])
def test_an_offer_stands_before_the_next_section(section: int, end: str) -> None:
    assert before(THREE, section).endswith(end)


def test_with_too_few_sections_an_offer_stands_before_the_last() -> None:
    assert before(THREE, 3) == before(THREE, 9) == before(THREE, 2)


@pytest.mark.parametrize("section", [0, 1, 5])
def test_without_headings_an_offer_stands_after_the_first_block(section: int) -> None:
    assert before("Intro.\n\nMore.\n\n* a\n* b", section) == "<p>Intro.</p>"


@pytest.mark.parametrize("section", [0, 1])
def test_an_offer_is_never_the_first_thing_on_a_page(section: int) -> None:
    assert before("## One\n\nwords\n\n## Two\n\nmore", section).endswith("<p>words</p>\n")


@pytest.mark.parametrize("body", ["## One\n\nwords", "## One\n\nwords\n\nmore", "# One\n\nwords", "### One\n\nwords"])
def test_an_offer_never_stands_between_a_heading_and_its_words(body: str) -> None:
    assert "<p>words</p>" in before(body, 0)


def test_a_page_without_words_has_its_offer_at_the_start() -> None:
    assert before("", 0) == ""


# --- sensitive pages ----------------------------------------------------------------------------------------

SENSITIVE = replace(FACTS, topics=Topics(sensitive=("depression", "self-harm", "birth trauma")))


def sensitive(facts: Facts = SENSITIVE, **front: Any) -> bool:  # noqa: ANN401 - any key
    site = a_site(an_article("a", **front), facts=facts)
    return is_sensitive(page(site, "/blog/a/"), site)


def test_a_sensitive_service_makes_a_page_sensitive() -> None:
    assert sensitive(service="postpartum-therapy")
    assert not sensitive(service="infant-parent-therapy")
    site = a_site(a_document("services/postpartum-therapy.md"), a_document("services/infant-parent-therapy.md"))
    assert is_sensitive(page(site, "/services/postpartum-therapy/"), site)
    assert not is_sensitive(page(site, "/services/infant-parent-therapy/"), site)


@pytest.mark.parametrize("keyword", ["depression", "Postpartum Depression", "self harm", "traumas of a birth"])
def test_a_sensitive_keyword_makes_an_article_sensitive(keyword: str) -> None:
    assert sensitive(keywords=("sleep", keyword))


@pytest.mark.parametrize("keyword", ["sleep", "birth", "trauma", "harm"])
def test_a_part_of_a_sensitive_topic_does_not(keyword: str) -> None:
    assert not sensitive(keywords=(keyword,))


@pytest.mark.parametrize("topic", ["", "us", "🌵"])
def test_a_topic_without_a_word_of_its_own_makes_nothing_sensitive(topic: str) -> None:
    assert not sensitive(replace(FACTS, topics=Topics(sensitive=(topic,))), keywords=("sleep",))


def test_a_listing_is_not_sensitive() -> None:
    site = a_site(an_article(keywords=("depression",)), facts=SENSITIVE)
    assert not is_sensitive(page(site, "/blog/"), site)
