"""Which picture files the site uses, and how a picture is shown."""

from __future__ import annotations

from dataclasses import replace

import pytest

from local_seo.enrich.images import picture, portrait, thumbnail, wanted
from local_seo.enrich.links import resolve
from local_seo.model.practice import Prose
from local_seo.model.site import CENTRE, LINKED, File
from local_seo.model.view import Picture

from .factories import FACTS, MARISELA, a_content, a_document, a_site, an_article, an_image, with_practice

PORCH = an_image("images/porch.png")


def test_a_picture_has_its_size_and_its_words() -> None:
    article = an_article(
        image="images/porch.png",
        image_alt=Prose("A porch"),
        image_caption=Prose("At dusk"),
        image_credit=Prose("J. Doe"),
    )
    content = a_content(article, images={"images/porch.png": PORCH})
    assert picture(article, content, eager=True) == Picture(
        url="/images/porch.0123abcd.png",
        width=1600,
        height=1000,
        alt="A porch",
        caption="At dusk",
        credit="J. Doe",
        eager=True,
    )


def test_without_words_a_picture_has_an_empty_alt_text() -> None:
    article = an_article(image="images/porch.png")
    content = a_content(article, images={"images/porch.png": PORCH})
    assert picture(article, content, eager=False) == Picture(
        url="/images/porch.0123abcd.png", width=1600, height=1000, alt=""
    )


def test_a_document_without_a_picture_shows_none() -> None:
    content = a_content(images={"images/porch.png": PORCH})
    assert picture(an_article(), content, eager=True) is None
    assert picture(an_article(image="images/none.png"), content, eager=True) is None


def test_a_portrait_is_called_by_its_name() -> None:
    assert portrait(PORCH, "Marisela Quintero").alt == "Marisela Quintero"


def _file(width: int, height: int, kind: str, name: str = "") -> File:
    return File(url=f"/porch.{name or width}.{kind}", width=width, height=height, media_type=f"image/{kind}")


MADE = replace(
    PORCH,
    files=(_file(680, 425, "avif"), _file(1000, 625, "avif"), _file(1000, 625, "webp")),
    crops={
        "40% 30%": (
            ("1x1", _file(1200, 1200, "jpeg", "1x1")),
            ("card", _file(360, 270, "avif", "card")),
            ("card", _file(360, 270, "jpeg", "card")),
        )
    },
)


def test_a_browser_chooses_among_what_was_made() -> None:
    article = an_article(image="images/porch.png", image_focus="40% 30%")
    found = picture(article, a_content(article, images={PORCH.path: MADE}), eager=True)
    assert found
    assert found.sources == (
        ("image/avif", "/porch.680.avif 680w,/porch.1000.avif 1000w"),
        ("image/webp", "/porch.1000.webp"),
    )
    assert found.sizes
    assert found.crops == ("/porch.1x1.jpeg",)


def test_in_a_list_stands_what_was_cut_around_the_focus() -> None:
    article = an_article(image="images/porch.png", image_focus="40% 30%")
    found = thumbnail(article, a_content(article, images={PORCH.path: MADE}))
    assert found == Picture(
        url="/porch.card.jpeg", width=360, height=270, alt="", sources=(("image/avif", "/porch.card.avif"),)
    )
    # A drawing that is served as it is was not cut.
    whole = thumbnail(article, a_content(article, images={PORCH.path: PORCH}))
    assert whole
    assert whole.url == PORCH.url


def test_a_portrait_fills_its_window() -> None:
    wide, high = (portrait(replace(MADE, width=width, height=1000), "x").sizes for width in (1500, 500))
    assert (wide, high) == ("16.9rem", "9rem")


def test_only_pictures_that_a_visible_page_or_a_fact_names_are_used() -> None:
    names = ("front", "static", "plain", "linked", "logo", "share", "photo", "nobody")
    images = {f"images/{name}.png": an_image(f"images/{name}.png") for name in names}
    facts = replace(
        with_practice(logo="images/logo.png", image="images/share.png"),
        people=(replace(MARISELA, photo="images/photo.png"),),
    )
    content = a_content(
        an_article("a", "![]({static}/images/static.png) ![](/images/plain.png)", image="images/front.png"),
        a_document("pages/fees.md", "[large]({static}/images/linked.png) [x](/blog/)\n\n![](/images/none.png)"),
        facts=facts,
        images=images,
    )
    assert wanted(content).keys() == {f"images/{name}.png" for name in names if name != "nobody"}


@pytest.mark.parametrize(
    "written",
    [
        "![x]({static}/images/porch.png)",
        "![x]({static}../images/porch.png)",
        "![x]({attach}/images/porch.png)",
        "![x]({filename}/images/porch.png)",
        "![x](|static|/images/porch.png)",
        "![x](/images/porch.png)",
        "![x](images/porch.png)",
        "![x](https://www.saltbush-family.example/images/porch.png)",
        "[x]({static}/images/porch.png)",
        "[x]({static}../images/porch.png)",
    ],
)
def test_a_picture_that_has_an_address_is_used(written: str) -> None:
    site = a_site(an_article("a", written), images={PORCH.path: PORCH})
    assert resolve(site.by_path["articles/a.md"], site).findings == ()
    assert wanted(site).keys() == {PORCH.path}


def test_a_practice_without_pictures_uses_none() -> None:
    assert wanted(a_content(facts=FACTS, images={"images/porch.png": PORCH})) == {}


def test_a_file_name_with_spaces_is_found() -> None:
    content = a_content(
        an_article("a", "![]({static}/images/a%20b.png)"), images={"images/a b.png": an_image("images/a b.png")}
    )
    assert wanted(content).keys() == {"images/a b.png"}


def test_what_is_made_follows_from_how_a_picture_is_used() -> None:
    images = {name: an_image(name) for name in ("images/a.png", "images/b.png", "images/c.png")}
    content = a_content(
        an_article("a", "![]({static}/images/b.png)", image="images/a.png", image_focus="40% 30%"),
        an_article("b", "[large]({static}/images/b.png)", image="images/a.png"),
        images=images,
    )
    assert wanted(content) == {"images/a.png": {"40% 30%", CENTRE}, "images/b.png": {LINKED}}
