"""What a page may ask about the rest of the site."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from local_seo.model.document import Kind
from local_seo.model.practice import Prose

from .factories import (
    FACTS,
    INFANT,
    MARISELA,
    PLACES,
    POSTPARTUM,
    a_document,
    a_site,
    an_area,
    an_article,
    page,
    with_practice,
)


@pytest.mark.parametrize(
    "front", [{"status": "hidden"}, {"status": "draft"}, {"noindex": True}, {"canonical": "https://a.example/"}]
)
def test_only_published_indexable_articles_are_listed(front: dict[str, Any]) -> None:
    site = a_site(an_article("a"), an_article("b", **front), a_document("pages/fees.md"))
    assert [article.slug for article in site.articles] == ["a"]
    assert len(site.of_kind(Kind.ARTICLE)) == 2


def test_the_page_of_a_thing_is_found_where_there_is_one() -> None:
    service = a_document("services/postpartum-therapy.md")
    person = a_document("people/marisela-quintero.md")
    site = a_site(service, person, an_area("indio"), an_article("a"))
    found = [site.page_of(thing) for thing in (POSTPARTUM, INFANT, PLACES[4], PLACES[0], MARISELA)]
    assert [page.url if page else "" for page in found] == [
        "/services/postpartum-therapy/",
        "",
        "/areas/indio/",
        "",
        "/about/marisela-quintero/",
    ]
    assert site.page_of(service) == site.by_url["/services/postpartum-therapy/"]


def test_words_of_a_listing_belong_to_its_first_page() -> None:
    site = a_site(a_document("pages/blog.md"), *(an_article(f"a{n}") for n in range(11)))
    assert site.by_source["pages/blog.md"].url == "/blog/"


def test_the_service_of_a_page_is_its_subject_or_the_one_it_names() -> None:
    site = a_site(
        a_document("services/postpartum-therapy.md"), an_article("a", service="infant-parent-therapy"), an_article("b")
    )
    assert site.service_of(page(site, "/services/postpartum-therapy/")) == POSTPARTUM
    assert site.service_of(page(site, "/blog/a/")) == INFANT
    assert site.service_of(page(site, "/blog/b/")) is None
    assert site.service_of(page(site, "/areas/")) is None


def test_the_topics_of_an_article_are_those_of_its_keywords_in_order() -> None:
    articles = [an_article(f"a{n}", keywords=("sleep", "milk")) for n in range(3)]
    article = an_article("a", keywords=("rare", "Milk", "sleeps", "milks"))
    site = a_site(article, *articles)
    assert [topic.url for topic in site.topics] == ["/topics/milk/", "/topics/sleep/"]
    assert [topic.url for topic in site.topics_of(article)] == ["/topics/milk/", "/topics/sleep/"]
    topic = site.topics[0].topic
    assert topic is not None
    assert site.page_of(topic) == site.topics[0]


def test_only_an_address_of_the_site_gets_the_origin() -> None:
    site = a_site(origin="https://preview.example")
    assert site.absolute("/blog/") == "https://preview.example/blog/"
    assert site.absolute("https://a.example/") == "https://a.example/"


def test_the_practice_knows_its_zone_its_phone_and_whether_readers_may_come() -> None:
    facts = with_practice(timezone="Asia/Tokyo", phone="+1 (760) 555-0142", presence="office")
    assert (facts.zone, facts.telephone, facts.has_office) == (ZoneInfo("Asia/Tokyo"), "+17605550142", True)
    assert not with_practice(presence="telehealth").has_office


def test_names_that_nobody_has_are_nobodys() -> None:
    assert (FACTS.place("Atlantis"), FACTS.service("x"), FACTS.person("x")) == (None, None, None)
    assert FACTS.place("") is None
    assert FACTS.place(Prose("joshua-tree")) == PLACES[-1]
