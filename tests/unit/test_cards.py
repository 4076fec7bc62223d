"""Share cards: what is drawn, how it is named, what cannot be drawn."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageChops, ImageColor

from local_seo import cards, limits
from local_seo.model.practice import Theme

from .factories import a_content, a_document, a_site, an_article, an_image, page, with_practice

if TYPE_CHECKING:
    from pathlib import Path

    from local_seo.model.head import ShareImage

TOKENS = """
:root { --paper: oklch(98.4% calc(0.008 * var(--warmth)) 75); --sky: oklch(50% 0.2 250);
--accent: oklch(46% 0.11 var(--accent-hue)); }
:root { --sky: oklch(26% 0.045 290); }
"""
LOOK = cards.look("", Theme(), 1.0)
NAME = "Saltbush Family Therapy"
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


def opened(title: str, name: str = NAME, look: cards.Look = LOOK) -> Image.Image:
    return Image.open(io.BytesIO(cards.draw(title, name, look))).convert("RGB")


def ink(title: str, name: str = NAME) -> tuple[int, int, int, int]:
    """Return the box around what a title adds to a card."""
    box = ImageChops.difference(opened(title, name), opened("", name)).getbbox()
    assert box
    return box


def test_a_card_has_the_size_that_is_advised_and_is_small() -> None:
    data = cards.draw("Floor time: why I sit with you and your baby", NAME, LOOK)
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(data) < 60_000


def test_the_same_words_are_the_same_bytes_and_others_are_not() -> None:
    assert cards.draw("Sleep", NAME, LOOK) == cards.draw("Sleep", NAME, LOOK)
    assert len({cards.draw(title, name, LOOK) for title in ("Sleep", "Naps") for name in (NAME, "Cedar Bend")}) == 4


@pytest.mark.parametrize(
    "title", ["Fees", "Sleep and the long nights after it " * 2, "Words " * 80, LONG, f"A {LONG} b"]
)
def test_a_title_of_any_length_stays_in_its_place(title: str) -> None:
    left, top, right, bottom = ink(title)
    assert left >= 70
    assert top >= 80
    assert right <= limits.CARD_WIDTH_PX - 70
    assert bottom <= 425  # above the hills


def test_a_short_title_is_larger_than_a_long_one() -> None:
    heights = [ink(title)[3] - ink(title)[1] for title in ("Hope", "Hope" + " and more of it" * 9)]
    assert heights[0] > 55
    assert heights[1] > 3 * heights[0] / 2


def test_lines_are_about_as_long_as_each_other() -> None:
    _, lines = cards._set("Therapy for parents and babies in Palm Desert")
    assert lines == ["Therapy for parents and", "babies in Palm Desert"]


def test_a_long_name_of_a_practice_is_cut_and_not_lost() -> None:
    box = ImageChops.difference(opened("", "Practice " * 40), opened("", " ")).getbbox()
    assert box
    assert 900 < box[2] <= limits.CARD_WIDTH_PX - 70


def test_the_colours_are_the_theme_s_by_daylight() -> None:
    look = dict(cards.look(TOKENS, Theme(accent="#135e46"), 0.0))
    assert look["accent"] == "#135e46"
    red, green, blue = ImageColor.getrgb(look["paper"])[:3]
    assert max(red, green, blue) - min(red, green, blue) <= 1  # no warmth is left
    assert look["sky"] == dict(cards.look(TOKENS.replace("\n:root", "\n@media"), Theme(), 1.0))["sky"]
    assert look["sky"] != dict(LOOK)["sky"]
    assert look["sun"] == dict(LOOK)["sun"]  # what the theme does not say is the engine's own
    picture = opened("", look=tuple(look.items()))
    assert picture.getpixel((100, 67)) == ImageColor.getrgb("#135e46")


# --- names ---------------------------------------------------------------------------------------------------------


def test_a_card_is_named_by_all_that_it_is_drawn_of() -> None:
    def url(title: str, name: str = NAME, look: cards.Look = LOOK) -> str:
        card = a_content(cards=cards.cards(name, look)).card(title)
        assert card
        return card.url

    other = cards.look("", Theme(accent="#135e46"), 1.0)
    assert url("Sleep") == url("Sleep")
    assert len({url("Sleep"), url("Naps"), url("Sleep", "Cedar Bend"), url("Sleep", look=other)}) == 4
    assert url("Sleep").startswith("/cards/")


@pytest.mark.parametrize(
    ("title", "drawn"),
    [
        ("Ángeles, Größe & naïve façade — “quotes”…", True),
        ("Як говорити про сон", True),
        ("A\u00a0no-break space and a soft\u00adhyphen", True),
        ("שלום", False),
        ("نوم الطفل", False),
        ("赤ちゃんの眠り", False),
        ("Sleep 😴", False),
        ("e\u0301", False),  # a letter that is put together; the theme's picture stands in
    ],
)
def test_a_title_that_the_font_cannot_write_has_no_card(title: str, *, drawn: bool) -> None:
    assert (a_content(cards=cards.cards(NAME, LOOK)).card(title) is not None) == drawn


def test_a_practice_whose_name_the_font_cannot_write_has_no_cards() -> None:
    assert a_content(cards=cards.cards("مركز", LOOK)).card("Sleep") is None


def test_what_was_drawn_once_is_taken_from_the_cache(tmp_path: Path) -> None:
    kept = tmp_path / "cards" / "a.png"
    drawn = cards.card("Sleep", NAME, LOOK, kept)
    assert drawn == cards.draw("Sleep", NAME, LOOK) == kept.read_bytes()
    kept.write_bytes(b"from the cache")
    assert cards.card("Sleep", NAME, LOOK, kept) == b"from the cache"
    assert [path.name for path in kept.parent.iterdir()] == ["a.png"]


# --- which page has one --------------------------------------------------------------------------------------------


def image_of(url: str, *, own: str | None = None, practice: str | None = None, title: str = "On sleep") -> ShareImage:
    from local_seo.enrich import head  # noqa: PLC0415 - beside what it is for

    pictures = {path: an_image(path) for path in ("images/porch.png", "images/desk.png")}
    documents = (an_article("a", title=title, image=own), a_document("pages/home.md", title="Home"))
    site = a_site(*documents, facts=with_practice(image=practice), images=pictures, cards=cards.cards(NAME, LOOK))
    return head.head(page(site, url), site, title="T", suffix="", published="", modified="", author_url="").image


def test_a_page_without_a_picture_has_a_card() -> None:
    image = image_of("/blog/a/", practice="images/desk.png")
    assert "/cards/" in image.url
    assert (image.width, image.height, image.alt, image.media_type) == (1200, 630, f"On sleep - {NAME}", "image/png")
    assert image.drawn


def test_a_page_s_own_picture_comes_first_and_at_home_the_practice_s() -> None:
    assert "/porch." in image_of("/blog/a/", own="images/porch.png").url
    assert "/desk." in image_of("/", practice="images/desk.png").url
    assert "/cards/" in image_of("/").url


def test_where_no_card_can_be_drawn_the_practice_s_picture_or_the_theme_s_stands_in() -> None:
    assert "/desk." in image_of("/blog/a/", practice="images/desk.png", title="赤ちゃん").url
    image = image_of("/blog/a/", title="赤ちゃん")
    assert (image.url.endswith("/theme/share.png"), image.alt, image.drawn) == (True, NAME, False)
