"""Widths in Arial; the expected values are the advance widths of Liberation Sans at 20 px."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo.arial import width_px


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("", 0),
        ("Therapist", 83.369),
        ("Therapist in Palm Desert", 220.078),
        ("Postpartum Therapist in Palm Desert", 327.900),
        ("Thoughts from Your Postpartum Therapist in Palm Desert", 510.205),
        ("Wide", 45.566),
        ("iii", 13.330),
        ("é", 11.123),
        ("“Quote” – done…", 154.531),
        ("'|ľ{•\"ºªť*°ĳ^¶±¯µ+ŉďŊĲ©½%@", 270.879),
    ],
)
def test_a_text_is_as_wide_as_in_the_font(text: str, width: float) -> None:
    assert width_px(text) == pytest.approx(width, abs=0.001)


def test_a_letter_with_its_accent_apart_is_as_wide_as_in_one() -> None:
    assert width_px("e\u0301l") == width_px("él")


def test_marks_joiners_and_soft_hyphens_take_no_room() -> None:
    assert width_px("a\u200b\u200d\u00ad\u0315b") == width_px("ab")


@pytest.mark.parametrize("text", ["中", "🙂", "\uff21"])
def test_full_width_characters_fill_their_em(text: str) -> None:
    assert width_px(text) == 20


def test_a_letter_of_another_script_is_about_a_digit_wide() -> None:
    assert width_px("ع") == width_px("0")


@given(st.text(), st.text(alphabet="abc XYZ"))
def test_more_text_is_never_narrower(text: str, more: str) -> None:
    assert width_px(text + " " + more) >= width_px(text)
