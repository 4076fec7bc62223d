"""Edits: collected with offsets, applied once, nothing else touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo.edits import Edit, apply, split


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit], list[int]]:
    """A text, edits that do not overlap, and cuts that no edit spans."""
    text = draw(st.text(max_size=40))
    offsets = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    edits = [
        Edit(start, end, draw(st.text(max_size=4)))
        for start, end in zip(offsets[::2], offsets[1::2], strict=False)
        if draw(st.booleans())
    ]
    insertions = draw(st.lists(st.tuples(st.sampled_from([0, *offsets, len(text)]), st.text(max_size=3)), max_size=4))
    edits += [Edit(at, at, new) for at, new in insertions if not any(edit.start < at < edit.end for edit in edits)]
    cuts = draw(st.sets(st.integers(0, len(text)), max_size=4))
    free = [cut for cut in cuts if not any(edit.start < cut < edit.end for edit in edits)]
    return text, draw(st.permutations(edits)), free


def replaced_from_the_end(text: str, edits: list[Edit]) -> str:
    for edit in sorted(edits, reverse=True):
        text = text[: edit.start] + edit.new + text[edit.end :]
    return text


@given(texts_with_edits())
def test_edits_do_what_replacing_from_the_end_does(made: tuple[str, list[Edit], list[int]]) -> None:
    text, edits, _ = made
    assert apply(text, edits) == replaced_from_the_end(text, edits)


@given(texts_with_edits())
def test_the_pieces_join_to_the_whole(made: tuple[str, list[Edit], list[int]]) -> None:
    text, edits, cuts = made
    pieces = split(text, edits, cuts)
    assert len(pieces) == len(cuts) + 1
    assert "".join(pieces) == apply(text, edits)


@given(texts_with_edits())
def test_each_piece_is_its_own_part_of_the_text_with_the_edits_that_begin_in_it(
    made: tuple[str, list[Edit], list[int]],
) -> None:
    text, edits, cuts = made
    bounds = [0, *sorted(cuts), len(text)]
    for index, piece in enumerate(split(text, edits, cuts)):
        start, end = bounds[index], bounds[index + 1]
        last = index == len(cuts)
        own = [
            Edit(edit.start - start, edit.end - start, edit.new)
            for edit in edits
            if start <= edit.start < end or (last and edit.start == end)
        ]
        assert piece == replaced_from_the_end(text[start:end], own)


def test_without_edits_nothing_changes() -> None:
    assert apply("Ünïcode 🌵", []) == "Ünïcode 🌵"
    assert split("", [], []) == ("",)


def test_insertions_at_one_offset_keep_their_order() -> None:
    assert apply("ac", [Edit(1, 1, "z"), Edit(1, 1, "b")]) == "abzc"


def test_an_insertion_stands_before_what_replaces_the_same_place() -> None:
    assert apply("abc", [Edit(1, 2, "B"), Edit(1, 1, ">")]) == "a>Bc"


def test_an_insertion_at_a_cut_belongs_to_the_piece_after_it() -> None:
    assert split("abcd", [Edit(2, 2, "x")], [2]) == ("ab", "xcd")


def test_an_insertion_at_a_cut_at_the_end_belongs_to_the_piece_after_it() -> None:
    assert split("ab", [Edit(2, 2, "x")], [2]) == ("ab", "x")


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 2, "x"), Edit(1, 3, "y")],
        [Edit(0, 3, "x"), Edit(1, 1, "y")],
        [Edit(1, 2, "x"), Edit(1, 2, "y")],
        [Edit(2, 5, "x")],
        [Edit(5, 5, "x")],
        [Edit(-1, 1, "x")],
        [Edit(2, 1, "x")],
    ],
    ids=["crossing", "inside", "twice", "past the end", "after the end", "before the start", "backwards"],
)
def test_edits_that_cannot_all_be_done_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="overlaps another or lies outside"):
        apply("abcd", edits)


def test_an_edit_that_spans_a_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="1:3"):
        split("abcd", [Edit(1, 3, "x")], [2])
