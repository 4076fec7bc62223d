"""Catalogues of interface words: read key by key, every fault with its file and line."""

from __future__ import annotations

import pytest

from local_seo.example import stand_in
from local_seo.model.words import Forms, Words
from local_seo.read.words import words
from local_seo.typed import Typist

from .factories import ROOT, WORDS, ZONE

ENGLISH = (ROOT / "theme" / "words" / "en.toml").read_text(encoding="utf-8")
TYPIST = Typist(str, ZONE, loose=False)


def read(*texts: str) -> Words:
    found, bad = words([(f"{number}.toml", text) for number, text in enumerate(texts)], TYPIST)
    assert found, bad
    return found


def said(*texts: str) -> list[str]:
    found, bad = words([(f"{number}.toml", text) for number, text in enumerate(texts)], TYPIST)
    assert (found is None) is bool(bad)
    return [str(finding) for finding in bad]


def line_of(text: str) -> int:
    return ENGLISH[: ENGLISH.index(text)].count("\n") + 1


def test_a_later_file_changes_only_what_it_names() -> None:
    found = read(ENGLISH, '[frame]\nbook = "Come by"\n\n[summaries.topic]\nother = "{number} on {topic}"\n')
    assert found.frame.book == "Come by"
    assert found.frame.help == WORDS.frame.help
    assert found.summaries.topic.other == "{number} on {topic}"
    assert found.summaries.blog == WORDS.summaries.blog


def test_a_list_is_changed_as_a_whole() -> None:
    days = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]
    assert read(ENGLISH, f"[hours]\nnames = {days}\n").hours.names == tuple(days)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('skip = "Skip to content"', "skp = 'x'", 'error[unknown-key]: unknown key "frame.skp" - did you mean "skip"?'),
        ('book = "Book a first visit"', "book = 3", "error[wrong-value]: frame.book: 3 is not text - put it in quotes"),
        ('home = "Home"', 'home = ""', "error[wrong-value]: pages.home is empty - write what the site shall say"),
        (
            "Call {phone}",
            "Call {fone}",
            'error[wrong-value]: frame.call has the unknown field {fone} - did you mean "{phone}"?',
        ),
        (
            "By {name}",
            "By you",
            'error[wrong-value]: article.by "By you" does not say {name} - put {name} where it belongs',
        ),
        (
            "By {name}",
            "By {name.__class__}",
            'error[wrong-value]: article.by "By {name.__class__}" has a brace without its partner - mend the braces',
        ),
        ("By {name}", "By {}", 'error[wrong-value]: article.by "By {}" has a brace without its partner'),
        ("Skip to", "Skip {to}", "error[wrong-value]: frame.skip has the unknown field {to} - take it out"),
        ('"Sunday"]', '"Sunday", "x"]', "error[wrong-value]: hours.names has 8 texts, not 7 - write all 7"),
        ('"Sunday"]', '""]', "error[wrong-value]: hours.names is empty - write what the site shall say"),
        ("{number} articles", "{count} articles", "error[wrong-value]: summaries.topic.other has the unknown field"),
        ('"{city}",', '"{town}",', "error[wrong-value]: titles.suffixes has the unknown field {town}"),
        ('"Page {number}"', '"Page', "error[broken-toml]: this is not valid TOML"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(old: str, new: str, message: str) -> None:
    (found, *_) = said(ENGLISH.replace(old, new, 1))
    assert found.startswith(f"0.toml:{line_of(old)}: {message}")


def test_a_missing_key_is_told_where_its_table_stands() -> None:
    without = ENGLISH.replace('skip = "Skip to content"\n', "")
    assert said(without) == [f"0.toml:{line_of('[frame]')}: error[missing-key]: frame.skip is missing - add skip"]


def test_a_fault_is_told_in_the_file_that_has_it() -> None:
    assert said(ENGLISH, '\n[frame]\ncall = "{x}"\n') == [
        "1.toml:3: error[wrong-value]: frame.call has the unknown field {x} - allowed: {phone}"
    ]


def test_all_faults_are_told_at_once() -> None:
    assert len(said(ENGLISH, '[frame]\ncall = "{x}"\nbook = ""\n[lists]\nbetween = "{"\n')) == 3


def test_one_is_for_a_single_thing_and_other_for_the_rest() -> None:
    forms = Forms(one="one {topic}", other="{number} {topic}s")
    assert [forms.of(number, topic="cat") for number in (0, 1, 2)] == ["0 cats", "one cat", "2 cats"]
    assert Forms(other="cats: {number}").of(1) == "cats: 1"


@pytest.mark.parametrize(
    ("names", "said"), [((), ""), ("a", "a"), ("ab", "a and b"), ("abc", "a, b and c"), ("abcd", "a, b, c and d")]
)
def test_names_are_told_as_a_list(names: str, said: str) -> None:
    assert WORDS.lists.joined(iter(names)) == said


@pytest.mark.parametrize(
    ("hour", "minute", "american", "european"),
    [
        (0, 0, "12 am", "0 Uhr"),
        (0, 5, "12:05 am", "0.05 Uhr"),
        (9, 30, "9:30 am", "9.30 Uhr"),
        (12, 0, "12 pm", "12 Uhr"),
        (13, 0, "1 pm", "13 Uhr"),
        (23, 59, "11:59 pm", "23.59 Uhr"),
    ],
)
def test_a_time_of_day_is_told_by_twelve_or_twenty_four_hours(
    hour: int, minute: int, american: str, european: str
) -> None:
    german = read(ENGLISH, '[hours]\nfull_hour = "{hour24} Uhr"\nwith_minutes = "{hour24}.{minutes} Uhr"\n')
    assert WORDS.hours.clock(hour, minute) == american
    assert german.hours.clock(hour, minute) == european


def test_the_stand_in_is_a_catalogue_without_a_fault() -> None:
    stand = stand_in()
    assert isinstance(stand, Words)
    assert stand.frame.call == "[frame.call] {phone}"
    assert len(stand.dates.months) == 12
