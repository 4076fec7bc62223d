"""Words of a page, found again in the Markdown."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo import alignment
from local_seo.alignment import NOWHERE, Position

HEAD = "---\ntitle: The cot by the door\n---\n"


def found(markdown: str, texts: tuple[str, ...], word: str, nth: int = 0) -> Position:
    """Return where the nth passage that has a word is looked up at that word."""
    index = [number for number, text in enumerate(texts) if word in text][nth]
    return alignment.find(HEAD + markdown, len(HEAD), texts, index, texts[index].index(word))


@pytest.mark.parametrize(
    ("markdown", "text", "word", "line", "column"),
    [
        ("One, two and three.", "One, two and three.", "three", 4, 14),
        ("One *two* [and](/fees/ 'The fees') three.", "One two and three.", "three", 4, 36),
        ('It\'s "so" -- here.', "It’s “so” – here.", "here", 4, 14),
        ("Fish &amp; chips.", "Fish & chips.", "chips", 4, 12),
        ("Call {{ practice.phone }} or write.", "Call 760-555-0142 or write.", "write", 4, 30),
        ("A line\nbroken here.", "A line broken here.", "here", 5, 8),
        ("![Rain in the window](/a.jpg) Rain in the window.", "Rain in the window.", "window", 4, 43),
        ("Sleep.[^1]\n\n[^1]: A note.\n\nThen wake.", "Then wake.", "wake", 8, 6),
        ("<span class='x'>So</span> be it.", "So be it.", "it", 4, 30),
        ("See [b][1] there.\n\n[1]: /there/", "See b there.", "there", 4, 12),
    ],
)
def test_a_word_is_found_behind_what_a_page_does_not_show(
    markdown: str, text: str, word: str, line: int, column: int
) -> None:
    before = ("Sleep.",) if "Sleep" in markdown else ()
    assert found(markdown, (*before, text), word) == Position(line, column)


def test_the_second_of_two_equal_passages_is_the_second() -> None:
    markdown = "Go to bed now.\n\nWake up again.\n\nGo to bed now.\n"
    texts = ("Go to bed now.", "Wake up again.", "Go to bed now.")
    assert found(markdown, texts, "bed") == Position(4, 7)
    assert found(markdown, texts, "bed", 1) == Position(8, 7)


def test_a_footnote_is_found_where_it_is_written() -> None:
    markdown = "First we sleep.[^a]\n\n[^a]: A note on nights.\n\nThen we wake up.\n"
    texts = ("First we sleep.", "Then we wake up.", "A note on nights.")
    assert found(markdown, texts, "nights") == Position(6, 17)
    assert found(markdown, texts, "wake") == Position(8, 9)


def test_words_that_the_machine_typed_have_the_line_of_their_neighbours() -> None:
    assert found("Call {{ practice.phone }}.", ("Call 760-555-0142.",), "0142") == Position(4, 0)


def test_what_is_not_in_the_file_is_nowhere() -> None:
    assert found("Something else.", ("Nobody typed this.",), "this") == NOWHERE


WORDS = st.lists(st.sampled_from("go to bed and wake up again now".split()), min_size=1, max_size=12).map(" ".join)


@given(st.lists(WORDS, min_size=1, max_size=8), st.data())
def test_without_markup_every_word_is_found_exactly(paragraphs: list[str], data: st.DataObject) -> None:
    markdown = "\n\n".join(paragraphs)
    number = data.draw(st.integers(0, len(paragraphs) - 1))
    start = data.draw(st.sampled_from([match.start() for match in re.finditer(r"\w+", paragraphs[number])]))
    at = alignment.find(HEAD + markdown, len(HEAD), tuple(paragraphs), number, start)
    assert at == Position(4 + 2 * number, start + 1)


@given(st.text(), st.lists(st.text(min_size=1), min_size=1, max_size=4), st.data())
def test_no_text_makes_it_raise_and_no_line_lies_outside_the_file(
    markdown: str, texts: list[str], data: st.DataObject
) -> None:
    number = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[number])))
    at = alignment.find(HEAD + markdown, len(HEAD), tuple(texts), number, start)
    assert at == NOWHERE or 4 <= at.line <= HEAD.count("\n") + 1 + markdown.count("\n")
