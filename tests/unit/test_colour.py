"""Colours: conversions that come back, contrasts that others have computed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo import colour

WHITE = (1.0, 1.0, 1.0)
HEXES = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def rgb(text: str) -> colour.Rgb:
    found = colour.from_hex(text)
    assert found
    return found


@given(HEXES)
def test_a_colour_comes_back_from_oklch(text: str) -> None:
    assert colour.to_hex(colour.from_oklch(*colour.to_oklch(rgb(text)))) == text


@pytest.mark.parametrize(
    ("text", "ratio"), [("#000000", 21.0), ("#767676", 4.54), ("#ffffff", 1.0), ("#ff0000", 4.0), ("#0000ff", 8.59)]
)
def test_contrast_with_white_is_what_others_compute(text: str, ratio: float) -> None:
    assert colour.contrast(rgb(text), WHITE) == pytest.approx(ratio, abs=0.01)
    assert colour.contrast(WHITE, rgb(text)) == colour.contrast(rgb(text), WHITE)


@given(HEXES)
def test_a_colour_made_readable_is_readable_as_written(text: str) -> None:
    found = colour.readable(rgb(text), [WHITE, rgb("#f8e1d5")], 4.5)
    assert colour.contrast(rgb(colour.to_hex(found)), rgb("#f8e1d5")) >= 4.5


@pytest.mark.parametrize("text", ["red", "#fff", "#12345g", "", "#1234567"])
def test_anything_but_six_digits_is_no_colour(text: str) -> None:
    assert colour.from_hex(text) is None
