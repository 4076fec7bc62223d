"""All that a page's head says, and what stands in where the writer says nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from local_seo.enrich.head import HIDDEN, INDEXED, head
from local_seo.model.head import Head, ShareImage
from local_seo.model.practice import Prose

from .factories import ORIGIN, a_document, a_site, an_article, an_image, page, with_practice

if TYPE_CHECKING:
    from local_seo.model.document import Document
    from local_seo.model.site import Image


def head_of(url: str, *documents: Document, title: str = "T | S", suffix: str = " | S", **changes: Any) -> Head:  # noqa: ANN401
    site = a_site(*documents, **changes)
    return head(
        page(site, url),
        site,
        title=title,
        suffix=suffix,
        published="2026-10-05T00:00:00-07:00",
        modified="2026-10-06T00:00:00-07:00",
        author_url="/about/marisela-quintero/",
    )


def of_article(body: str = "Words.", **front: Any) -> Head:  # noqa: ANN401 - any key
    return head_of("/blog/a/", an_article("a", body, **front))


def test_an_article_says_all_of_it() -> None:
    assert of_article("The first words.") == Head(
        title="T | S",
        suffix=" | S",
        share_title="T",
        description="The first words.",
        robots=INDEXED,
        canonical=f"{ORIGIN}/blog/a/",
        url=f"{ORIGIN}/blog/a/",
        language="en-US",
        kind="article",
        site_name="Saltbush Family Therapy",
        image=ShareImage(
            url=f"{ORIGIN}/theme/share.png",
            width=1200,
            height=630,
            alt="Saltbush Family Therapy",
            media_type="image/png",
        ),
        published="2026-10-05T00:00:00-07:00",
        modified="2026-10-06T00:00:00-07:00",
        author=f"{ORIGIN}/about/marisela-quintero/",
    )


def test_only_articles_have_dates_and_an_author() -> None:
    fees = head_of("/fees/", a_document("pages/fees.md"))
    assert (fees.kind, fees.published, fees.modified, fees.author) == ("website", "", "", "")


def test_a_title_without_suffix_is_shared_whole() -> None:
    assert head_of("/", title="A title", suffix="").share_title == "A title"


# --- description --------------------------------------------------------------------------------------------


def test_the_description_is_the_summary_then_the_first_words_then_the_practices() -> None:
    assert of_article(summary=Prose("Mine.")).description == "Mine."
    assert of_article("First.\n\nSecond.").description == "First."
    assert of_article("## Only a heading").description == "Therapy for pregnancy and the months after birth."


def test_a_summary_is_never_cut_and_other_words_are() -> None:
    long = "nine words " * 30
    assert of_article(summary=Prose(long)).description == long
    assert len(of_article(long).description) <= 160
    facts = with_practice(description=Prose(long))
    assert len(head_of("/", facts=facts).description) <= 160


def test_later_pages_of_a_listing_say_which_they_are() -> None:
    articles = [an_article(f"a{n}") for n in range(11)]
    found = head_of("/blog/page/2/", *articles)
    assert found.description.startswith("Page 2 of 2. Articles by ")
    assert found.canonical == found.url == f"{ORIGIN}/blog/page/2/"
    assert found.indexable


# --- robots and addresses -----------------------------------------------------------------------------------


@pytest.mark.parametrize("front", [{"noindex": True}, {"status": "hidden"}, {"status": "draft"}])
def test_what_is_not_to_be_found_says_so(front: dict[str, Any]) -> None:
    found = of_article(**front)
    assert found.robots == HIDDEN == "noindex,follow"
    assert not found.indexable


def test_the_error_page_is_not_to_be_found() -> None:
    assert head_of("/404.html").robots == HIDDEN


def test_a_topic_is_not_to_be_found_until_somebody_introduces_it() -> None:
    articles = [an_article(f"a{n}", keywords=("sleep",)) for n in range(3)]
    assert head_of("/topics/sleep/", *articles).robots == HIDDEN
    assert head_of("/topics/sleep/", *articles, a_document("topics/sleep.md")).robots == INDEXED


def test_the_writers_canonical_address_wins() -> None:
    found = of_article(canonical="https://first.example/post/")
    assert (found.canonical, found.url) == ("https://first.example/post/", f"{ORIGIN}/blog/a/")
    assert not found.indexable


def test_the_language_is_the_documents_else_the_practices() -> None:
    assert of_article(lang="es").language == "es"
    assert of_article().locale == "en_US"


# --- share image --------------------------------------------------------------------------------------------

PORCH = an_image("images/porch.jpg", 1600, 1000, "image/jpeg")
DESK = an_image("images/desk.png", 800, 600)


def image_of(*images: Image, own: str | None = None, practice: str | None = None, **front: Any) -> ShareImage:  # noqa: ANN401
    facts = with_practice(image=practice)
    found = {image.path: image for image in images}
    article = an_article("a", title="On sleep", image=own, **front)
    return head_of("/blog/a/", article, facts=facts, images=found).image


def test_the_share_image_is_the_pages_own_with_its_alt_text() -> None:
    assert image_of(PORCH, DESK, own="images/porch.jpg", practice="images/desk.png", image_alt="A porch") == ShareImage(
        url=f"{ORIGIN}/images/porch.0123abcd.jpg", width=1600, height=1000, alt="A porch", media_type="image/jpeg"
    )


def test_a_picture_without_alt_text_is_called_like_the_page() -> None:
    assert image_of(PORCH, own="images/porch.jpg").alt == "On sleep"


def test_without_a_picture_the_practices_stands_in() -> None:
    found = image_of(PORCH, DESK, practice="images/desk.png", image_alt="A porch")
    assert (found.url, found.alt) == (f"{ORIGIN}/images/desk.0123abcd.png", "Saltbush Family Therapy")


@pytest.mark.parametrize(
    "image",
    [
        an_image("images/own.png", 599, 400),
        an_image("images/own.png", 600, 314),
        an_image("images/own.png", 1600, 1000, "image/svg+xml"),
        an_image("images/own.png", 1600, 1000, "image/avif"),
    ],
    ids=["narrow", "low", "svg", "avif"],
)
def test_a_picture_that_makes_no_card_is_passed_over(image: Image) -> None:
    assert image_of(image, DESK, own="images/own.png", practice="images/desk.png").url.endswith("/desk.0123abcd.png")
    assert image_of(image, own="images/own.png", practice="images/own.png").url == f"{ORIGIN}/theme/share.png"


def test_the_smallest_card_is_600_by_315() -> None:
    assert image_of(an_image("images/own.png", 600, 315), own="images/own.png").width == 600
