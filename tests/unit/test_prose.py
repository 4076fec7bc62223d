"""Running text, measured."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo.prose import Passage, Sentence, Writing, stem, syllables


def writing(*texts: str, tag: str = "p") -> Writing:
    return Writing(tuple(Passage(tag, text) for text in texts))


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Dr. Lee came at 3 p.m. on Tuesday. We sat.", ["Dr. Lee came at 3 p.m. on Tuesday.", "We sat."]),
        ("“Here,” I say. “Or there.” We sit.", ["“Here,” I say.", "“Or there.”", "We sit."]),
        ("It cost 3.50 dollars… and more. So.", ["It cost 3.50 dollars… and more.", "So."]),
        ("Toys, e.g. a cup. J. Doe", ["Toys, e.g. a cup.", "J. Doe"]),
        ("?! …", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, sentences: list[str]) -> None:
    assert [sentence.text for sentence in writing(text).sentences] == sentences


def test_a_sentence_knows_its_place_and_its_words() -> None:
    found = writing("First.", "We sat. You’ll see 2 co-workers.").sentences
    assert found[2] == Sentence(1, 8, "You’ll see 2 co-workers.", ("You’ll", "see", "co-workers"))


def test_headings_and_code_are_no_running_text() -> None:
    whole = Writing((Passage("h2", "A heading here"), Passage("p", "Two words."), Passage("pre", "x = y z")))
    assert [sentence.text for sentence in whole.sentences] == ["Two words."]
    assert whole.count == 5


@pytest.mark.parametrize(
    ("word", "count"),
    [("cat", 1), ("baby", 2), ("therapist", 3), ("Postpartum", 3), ("intervention", 4), ("walked", 1), ("x" * 500, 1)],
)
def test_syllables(word: str, count: int) -> None:
    assert syllables(word) == count


def test_the_grade_is_that_of_flesch_and_kincaid() -> None:
    # 6 words in 1 sentence with 6 syllables: 0.39 * 6 + 11.8 * 1 - 15.59 = -1.45, shown as 0.
    assert writing("The cat sat on the mat.").grade == 0
    # 4 words in 1 sentence with 14 syllables: 0.39 * 4 + 11.8 * 3.5 - 15.59 = 27.27.
    words = "Therapeutic intervention facilitates adaptation."
    heard = sum(map(syllables, "Therapeutic intervention facilitates adaptation".split()))
    assert writing(words).grade == pytest.approx(0.39 * 4 + 11.8 * heard / 4 - 15.59)
    assert writing().grade == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [("naps", "Napping"), ("parent’s", "parents"), ("sleeping", "sleep"), ("Arguing", "argued"), ("babies", "baby")],
)
def test_forms_of_a_word_are_one(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), [("rest", "restless"), ("bed", "being")])
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@given(st.lists(st.text(), max_size=4))
def test_no_text_makes_a_measure_raise(texts: list[str]) -> None:
    whole = writing(*texts)
    assert whole.grade >= 0
    assert whole.count == sum(map(len, whole.words)) == sum(whole.stems.values())
    for sentence in whole.sentences:
        assert texts[sentence.passage][sentence.start :].startswith(sentence.text)
