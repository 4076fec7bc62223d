"""Which pages the site has: those that somebody wrote, and the listings that follow from the facts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from local_seo import text
from local_seo.enrich.landing import missing_for_area, pages
from local_seo.model.document import Document, Fact
from local_seo.model.page import Page, PageKind
from local_seo.model.practice import Facts, Prose

from .factories import DEVORAH, FACTS, INFANT, MARISELA, PLACES, POSTPARTUM, a_content, a_document, an_area, an_article

FACT = Fact(text=Prose("It has a fair."), source="practice")


def urls(*documents: Document, facts: Facts = FACTS) -> list[str]:
    return [page.url for page in pages(a_content(*documents, facts=facts))]


def page_at(url: str, *documents: Document, **changes: Any) -> Page:  # noqa: ANN401 - any field of the content
    made = pages(a_content(*documents, **changes))
    (found,) = [page for page in made if page.url == url]
    return found


def test_a_practice_without_a_word_has_the_pages_of_its_facts() -> None:
    assert urls() == ["/", "/services/", "/areas/", "/about/", "/search/", "/404.html"]


def test_without_services_and_people_their_listings_are_left_out() -> None:
    facts = replace(FACTS, services=(), people=())
    assert urls(facts=facts) == ["/", "/areas/", "/search/", "/404.html"]
    assert "/about/" in urls(a_document("pages/about.md"), facts=facts)


def test_what_somebody_wrote_has_a_page() -> None:
    assert urls(
        an_article("floor-time"),
        a_document("services/postpartum-therapy.md"),
        an_area("indio"),
        a_document("people/marisela-quintero.md"),
        a_document("pages/fees.md"),
    ) == [
        "/",
        "/services/",
        "/services/postpartum-therapy/",
        "/areas/",
        "/areas/indio/",
        "/about/",
        "/about/marisela-quintero/",
        "/blog/",
        "/blog/floor-time/",
        "/fees/",
        "/search/",
        "/404.html",
    ]


def test_every_address_is_there_once() -> None:
    heads = [a_document(f"pages/{slug}.md") for slug in ("home", "blog", "services", "areas", "about", "404", "fees")]
    found = urls(*heads, *(an_article(f"a{n}") for n in range(21)), *(an_area(place.slug) for place in PLACES))
    assert len(found) == len(set(found))


def test_services_and_people_without_words_have_no_page() -> None:
    found = urls(a_document("services/infant-parent-therapy.md"))
    assert "/services/infant-parent-therapy/" in found
    assert "/services/postpartum-therapy/" not in found
    assert "/about/marisela-quintero/" not in found


# --- the gate of an area page -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "facts", "missing"),
    [
        (300, 5, ()),
        (299, 5, ("1 more words of your own",)),
        (300, 4, ("1 more facts",)),
        (0, 0, ("5 more facts", "300 more words of your own")),
    ],
)
def test_an_area_page_needs_facts_and_own_words(words: int, facts: int, missing: tuple[str, ...]) -> None:
    document = a_document("areas/indio.md", "word " * words, facts=(FACT,) * facts)
    assert missing_for_area(document) == missing
    assert ("/areas/indio/" in urls(document)) is (not missing)


def test_area_pages_come_in_the_order_of_importance() -> None:
    assert urls(an_area("indio"), an_area("thermal"), an_area("palm-desert"))[2:6] == [
        "/areas/",
        "/areas/palm-desert/",
        "/areas/indio/",
        "/areas/thermal/",
    ]


# --- articles and listings ----------------------------------------------------------------------------------


def test_without_articles_there_is_no_blog() -> None:
    assert "/blog/" not in urls(a_document("pages/blog.md"))


def test_with_hidden_articles_only_there_is_no_blog_but_they_are_served() -> None:
    found = urls(an_article("a", status="hidden"), an_article("b", noindex=True))
    assert "/blog/" not in found
    assert {"/blog/a/", "/blog/b/"} <= set(found)


def test_the_blog_goes_on_after_ten_articles() -> None:
    made = pages(a_content(*(an_article(f"a{n:02}", date=f"2026-01-{n:02}") for n in range(1, 22))))
    blog = [page for page in made if page.kind is PageKind.BLOG]
    assert [(page.url, page.number, page.count, len(page.articles)) for page in blog] == [
        ("/blog/", 1, 3, 10),
        ("/blog/page/2/", 2, 3, 10),
        ("/blog/page/3/", 3, 3, 1),
    ]
    listed = [article.slug for page in blog for article in page.articles]
    assert listed == [f"a{n:02}" for n in range(21, 0, -1)]


def test_ten_articles_are_one_page() -> None:
    found = urls(*(an_article(f"a{n}") for n in range(10)))
    assert "/blog/page/2/" not in found


def test_home_shows_the_latest_three() -> None:
    home = page_at("/", *(an_article(f"a{n}", date=f"2026-01-0{n}") for n in range(1, 6)))
    assert [article.slug for article in home.articles] == ["a5", "a4", "a3"]


def test_a_page_lists_the_articles_of_its_subject() -> None:
    documents = (
        an_article("a", service="postpartum-therapy", cities=("Indio", "Mecca")),
        an_article("b", service="infant-parent-therapy", cities=("Mecca",)),
        an_article("c", service="postpartum-therapy", cities=("Indio",), status="hidden"),
        a_document("services/postpartum-therapy.md"),
        an_area("indio"),
        an_area("mecca"),
    )
    assert [a.slug for a in page_at("/services/postpartum-therapy/", *documents).articles] == ["a"]
    assert [a.slug for a in page_at("/areas/indio/", *documents).articles] == ["a"]
    assert [a.slug for a in page_at("/areas/mecca/", *documents).articles] == ["a", "b"]


def test_an_area_page_is_no_archive() -> None:
    articles = [an_article(f"a{n:02}", date=f"2026-01-{n:02}", cities=("Indio",)) for n in range(1, 14)]
    listed = page_at("/areas/indio/", an_area("indio"), *articles).articles
    assert [article.slug for article in listed] == [f"a{n:02}" for n in range(13, 1, -1)]


def test_an_article_without_author_is_the_leads() -> None:
    facts = replace(FACTS, people=(DEVORAH, replace(MARISELA, lead=True)))
    documents = (
        an_article("a"),
        an_article("b", author="devorah-lindqvist"),
        a_document("people/marisela-quintero.md"),
        a_document("people/devorah-lindqvist.md"),
    )
    assert [a.slug for a in page_at("/about/marisela-quintero/", *documents, facts=facts).articles] == ["a"]
    assert [a.slug for a in page_at("/about/devorah-lindqvist/", *documents, facts=facts).articles] == ["b"]


# --- topics -------------------------------------------------------------------------------------------------


def with_keyword(*keywords: str, **front: Any) -> list[Document]:  # noqa: ANN401 - any key
    """An article for each keyword, the newest last."""
    return [
        an_article(f"{text.slugify(keyword)}-{n}", date=f"2026-01-{n:02}", keywords=(keyword,), **front)
        for n, keyword in enumerate(keywords, 1)
    ]


def topics(*documents: Document, facts: Facts = FACTS) -> list[str]:
    return [url for url in urls(*documents, facts=facts) if url.startswith("/topics/")]


def test_a_keyword_of_three_articles_is_a_topic() -> None:
    assert topics(*with_keyword("sleep", "sleep")) == []
    assert topics(*with_keyword("sleep", "sleep", "sleep")) == ["/topics/sleep/"]


def test_a_topic_lists_its_articles_newest_first_under_its_commonest_spelling() -> None:
    found = page_at(
        "/topics/baby-sleep/", *with_keyword("sleep of babies", "baby sleep", "Babies’ sleep", "baby sleep")
    )
    assert (found.kind, found.name, found.title) == (PageKind.TOPIC, "Baby sleep", "Baby sleep")
    assert [article.slug for article in found.articles] == [
        "baby-sleep-4",
        "babies-sleep-3",
        "baby-sleep-2",
        "sleep-of-babies-1",
    ]


def test_an_article_that_says_a_keyword_twice_counts_once() -> None:
    twice = an_article("a", keywords=("baby sleep", "sleep of a baby"))
    assert topics(twice, *with_keyword("baby sleep")) == []


def test_hidden_articles_make_no_topic() -> None:
    assert topics(*with_keyword("sleep", "sleep", "sleep", status="hidden")) == []


@pytest.mark.parametrize("keyword", ["postpartum therapy", "Postpartum Therapists", "baby blues"])
def test_a_keyword_that_equals_a_service_is_no_topic(keyword: str) -> None:
    facts = replace(FACTS, services=(replace(POSTPARTUM, keywords=(Prose("Baby blue"),)),))
    assert topics(*with_keyword(keyword, keyword, keyword), facts=facts) == []


def test_an_introduction_gives_a_topic_its_words_and_address() -> None:
    words = a_document("topics/sleep-of-babies.md", "An introduction.", title="When babies sleep")
    found = page_at("/topics/sleep-of-babies/", words, *with_keyword("baby sleep", "baby sleep", "baby sleep"))
    assert (found.name, found.title, found.summary) == ("Baby sleep", "When babies sleep", "An introduction.")
    assert found.document is not None


def test_spellings_that_make_one_address_make_one_page() -> None:
    found = topics(*with_keyword(*["step-by-step weaning"] * 3, *["step by step weaning"] * 3))
    assert found == ["/topics/step-by-step-weaning/"]


def test_a_keyword_without_letters_makes_no_topic() -> None:
    assert topics(*(an_article(f"a{n}", keywords=("🌵",)) for n in range(3))) == []


# --- words --------------------------------------------------------------------------------------------------


def test_names_come_from_the_facts_and_headings_from_the_words() -> None:
    service = page_at("/services/postpartum-therapy/", a_document("services/postpartum-therapy.md", title="Help & <b>"))
    assert (service.name, service.title, service.heading) == (
        "Postpartum therapy",
        "Help & <b>",
        "Help &amp; &lt;b&gt;",
    )
    assert service.service == POSTPARTUM
    area = page_at("/areas/indio/", an_area("indio", title="Help in Indio"))
    assert (area.name, area.title, area.place) == ("Indio", "Help in Indio", PLACES[4])
    person = page_at("/about/marisela-quintero/", a_document("people/marisela-quintero.md", title="Who I am"))
    assert (person.name, person.title, person.person) == ("Marisela Quintero", "Who I am", MARISELA)
    assert (person.service, person.place, area.person) == (None, None, None)


def test_the_contact_page_is_called_contact_in_the_navigation() -> None:
    contact = page_at("/contact/", a_document("pages/contact.md", title="Ask us anything"))
    assert (contact.name, contact.title) == ("Contact", "Ask us anything")


def test_a_listing_without_words_says_what_the_facts_say() -> None:
    facts = replace(FACTS, services=(POSTPARTUM, INFANT))
    said = {page.url: (page.title, page.summary, page.source) for page in pages(a_content(an_article(), facts=facts))}
    assert said["/"] == (
        "Therapy for the first years of family life",
        "Therapy for pregnancy and the months after birth.",
        "practice.toml",
    )
    assert said["/services/"][0] == "Services"
    assert "the Coachella Valley: postpartum therapy and infant-parent therapy" in said["/services/"][1]
    assert said["/areas/"][0] == "Areas served"
    assert "Palm Desert, Rancho Mirage and Indian Wells" in said["/areas/"][1]
    assert said["/areas/"][2] == "practice.toml"
    assert said["/about/"][0] == "About Saltbush Family Therapy"
    assert said["/blog/"][0] == "Blog"
    assert said["/404.html"][0] == "Page not found"


def test_a_listing_takes_the_words_that_somebody_wrote() -> None:
    home = page_at("/", a_document("pages/home.md", title="Welcome & more", summary=Prose("A summary.")))
    assert (home.title, home.heading, home.summary, home.source) == (
        "Welcome & more",
        "Welcome &amp; more",
        "A summary.",
        "pages/home.md",
    )
    assert page_at("/404.html", a_document("pages/404.md", title="Lost?")).title == "Lost?"


def test_a_listing_whose_words_have_no_summary_keeps_the_facts() -> None:
    assert page_at("/", a_document("pages/home.md")).summary == "Therapy for pregnancy and the months after birth."


def test_what_the_practice_is_called_comes_out_escaped() -> None:
    practice = replace(FACTS.practice, tagline=Prose("<script> & co."))
    assert page_at("/", facts=replace(FACTS, practice=practice)).heading == "&lt;script&gt; &amp; co."


def test_the_summary_is_the_writers_else_the_first_words() -> None:
    assert page_at("/blog/a/", an_article("a", "One.", summary=Prose("Mine."))).summary == "Mine."
    body = "## A heading\n\n![](/images/a.png)\n\nThe *first* words.\n\nThe second."
    assert page_at("/blog/a/", an_article("a", body)).summary == "The first words."
    assert page_at("/blog/a/", an_article("a", "## A heading")).summary == ""


def test_long_first_words_are_cut_between_words() -> None:
    summary = page_at("/blog/a/", an_article("a", "nine words " * 30)).summary
    assert len(summary) <= 160
    assert summary.endswith(("nine…", "words…"))
