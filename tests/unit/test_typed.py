"""Untyped values in, dataclasses out: what fits, and how each mismatch is worded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping  # noqa: TC003 - cattrs resolves the types of fields at run time
from dataclasses import dataclass, field
from typing import Any, Literal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo.model.practice import Prose
from local_seo.typed import Fault, Typist

ZONE = ZoneInfo("America/Los_Angeles")
NOTHING = Prose("")


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    title: str
    pages: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    colour: str = "plain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    title: str = ""
    lead: Prose = NOTHING
    pages: int = 0
    weight: float = 0.0
    signed: bool = False
    format: Literal[1] = 1
    kind: Literal["paper", "screen"] = "paper"
    tags: tuple[str, ...] = ()
    day: dt.date | None = None
    moment: dt.datetime | None = None
    chapters: tuple[Chapter, ...] = ()
    cover: Cover | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, Mapping[str, int | float | str | bool]] = field(default_factory=dict)


def shout(words: str) -> str:
    return words.upper()


STRICT = Typist(shout, ZONE, loose=False)
LOOSE = Typist(shout, ZONE, loose=True)


def strict(value: object) -> tuple[Book | None, list[Fault]]:
    return STRICT.read(value, Book)


def loose(value: object) -> tuple[Book | None, list[Fault]]:
    return LOOSE.read(value, Book)


def said(faults: list[Fault]) -> list[str]:
    return [f"{fault.kind}: {fault.message} - {fault.remedy}" for fault in faults]


def strictly(**values: Any) -> Book:  # noqa: ANN401 - any value
    book, faults = strict(values)
    assert book is not None, said(faults)
    return book


def loosely(**values: Any) -> Book:  # noqa: ANN401 - any value
    book, faults = loose(values)
    assert book is not None, said(faults)
    return book


def test_what_is_not_given_has_its_default() -> None:
    assert strictly() == Book()


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("title", 5, "title: 5 is not text - put it in quotes"),
        ("title", ["a"], "title: a list is not text - put it in quotes"),
        ("lead", False, "lead: false is not text - put it in quotes"),
        ("pages", "12", 'pages: "12" is not a whole number - write a whole number'),
        ("pages", 1.5, "pages: 1.5 is not a whole number - write a whole number"),
        ("pages", True, "pages: true is not a whole number - write a whole number"),
        ("weight", "heavy", 'weight: "heavy" is not a number - write a number'),
        ("signed", "true", 'signed: "true" is not true or false - write true or false'),
        ("signed", 1, "signed: 1 is not true or false - write true or false"),
        ("signed", "", "signed: an empty text is not true or false - write true or false"),
        ("format", 2, "format: 2 is not one of 1 - write one of 1"),
        ("format", True, "format: true is not one of 1 - write one of 1"),
        ("kind", "papper", 'kind: "papper" is not one of paper or screen - did you mean "paper"?'),
        ("kind", {}, "kind: a table is not one of paper or screen - write one of paper or screen"),
        ("tags", "a, b", 'tags: "a, b" is not a list - write a list'),
        ("day", 2026, "day: 2026 is not a date - write it as year-month-day, for example 2026-05-04"),
        (
            "moment",
            "2026-02-30",
            'moment: "2026-02-30" is not a date - '
            "write it as year-month-day, for example 2026-05-04 or 2026-05-04 09:30",
        ),
        ("chapters", "one", 'chapters: "one" is not a list - write a list'),
        ("chapters", ["one"], 'chapters: "one" is not a table with title - write a table with title'),
        ("cover", "red", 'cover: "red" is not a table with colour - write a table with colour'),
        ("notes", ["a"], "notes: a list is not a table - write a table"),
        ("notes", {"a": 1}, "notes.a: 1 is not text - put it in quotes"),
    ],
)
def test_a_value_of_another_type_says_what_was_found_and_what_is_allowed(key: str, value: object, message: str) -> None:
    book, faults = strict({key: value})
    assert book is None
    assert said(faults) == [f"wrong-value: {message}"]


def test_a_control_character_is_named_and_is_to_be_deleted() -> None:
    for value in ("a\x07b", "\x1b[0m", "\x00", "\x7f"):
        _, faults = strict({"title": value})
        assert [fault.remedy for fault in faults] == ["delete that character"]
        assert f"U+{ord(value.strip('ab[0m')):04X}" in faults[0].message


def test_a_long_wrong_value_is_cut() -> None:
    _, faults = strict({"signed": "word " * 40})
    assert faults[0].message.endswith('…" is not true or false')
    assert len(faults[0].message) < 100


@pytest.mark.parametrize("key", ["pages", "weight", "title", "kind", "tags", "day", "cover"])
def test_a_huge_number_is_no_more_than_a_value(key: str) -> None:
    book, faults = strict({key: 10**400})
    assert (book is None) == bool(faults)


def test_a_number_has_at_most_18_digits() -> None:
    assert strictly(pages=10**18 - 1).pages == 10**18 - 1
    _, faults = strict({"pages": 10**18})
    assert [fault.path for fault in faults] == [("pages",)]


def test_a_value_of_several_types_is_taken_as_it_is() -> None:
    limits = {"title-width": {"px": 500, "share": 0.5, "word": "a", "on": True}}
    assert strictly(limits=limits).limits == limits


def test_a_value_of_none_of_several_types_is_refused() -> None:
    _, faults = strict({"limits": {"title-width": {"px": [1]}}})
    assert [(fault.path, fault.kind) for fault in faults] == [(("limits", "title-width", "px"), "wrong-value")]
    assert faults[0].message.startswith("limits.title-width.px: a list is not ")


def test_an_unknown_key_names_the_nearest_one() -> None:
    _, faults = strict({"titel": "a", "zzz": 1})
    assert [(fault.path, fault.kind, fault.message) for fault in faults] == [
        (("titel",), "unknown-key", 'unknown key "titel"'),
        (("zzz",), "unknown-key", 'unknown key "zzz"'),
    ]
    assert faults[0].remedy == 'did you mean "title"?'
    assert faults[1].remedy.startswith("allowed: chapters, cover, day, ")


def test_faults_of_nested_values_have_the_path_of_their_line() -> None:
    _, faults = strict({"chapters": [{"title": "a"}, {"pages": 1}, {"title": "c", "pages": "x", "pagse": 1}]})
    assert [(fault.path, fault.message, fault.remedy) for fault in faults] == [
        (("chapters", 1), "chapters.title is missing", "add title"),
        (("chapters", 2, "pages"), 'chapters.pages: "x" is not a whole number', "write a whole number"),
        (("chapters", 2, "pagse"), 'unknown key "chapters.pagse"', 'did you mean "pages"?'),
    ]


def test_a_needed_key_that_is_misspelt_is_one_fault() -> None:
    _, faults = strict({"chapters": [{"titel": "a"}, {"colour": "b"}]})
    assert [(fault.path, fault.kind) for fault in faults] == [
        (("chapters", 0, "titel"), "unknown-key"),
        (("chapters", 1), "missing-key"),
        (("chapters", 1, "colour"), "unknown-key"),
    ]


def test_no_fault_hides_another() -> None:
    _, faults = loose({"pages": "x", "kind": "y", "tags": [["z"]], "title": [], "new": "", "chapters": [{}]})
    assert {fault.path for fault in faults} == {
        ("pages",),
        ("kind",),
        ("tags", 0),
        ("title",),
        ("new",),
        ("chapters", 0),
    }


def test_a_record_must_be_a_table() -> None:
    book, faults = strict(["a"])
    assert book is None
    assert [fault.path for fault in faults] == [()]
    assert faults[0].message.startswith("a list is not a table with title, ")


def test_prose_is_smartened_and_on_one_line_and_other_text_is_not() -> None:
    book = strictly(lead="two\n  words ", title="two\n  words ", tags=["a  b"])
    assert (book.lead, book.title, book.tags) == ("TWO WORDS", "two\n  words ", ("a  b",))


def test_numbers_keep_their_kind() -> None:
    book = strictly(pages=3, weight=2)
    assert (book.pages, book.weight) == (3, 2.0)
    assert isinstance(book.weight, float)


def test_a_nested_table_becomes_a_record() -> None:
    assert strictly(cover={"colour": "red"}, chapters=[{"title": "a"}]) == Book(
        cover=Cover(colour="red"), chapters=(Chapter(title="a"),)
    )


# --- values that arrive as text (YAML) ----------------------------------------------------------------------


@pytest.mark.parametrize("word", ["true", "Yes", "ON"])
def test_a_word_for_yes_is_true(word: str) -> None:
    assert loosely(signed=word).signed is True


@pytest.mark.parametrize("word", ["false", "No", "off"])
def test_a_word_for_no_is_false(word: str) -> None:
    assert loosely(signed=word).signed is False


def test_a_number_may_be_text() -> None:
    book = loosely(pages="12", weight="1.5")
    assert (book.pages, book.weight) == (12, 1.5)


@pytest.mark.parametrize(("key", "value"), [("pages", "1.5"), ("weight", "a"), ("signed", "maybe"), ("signed", "")])
def test_a_text_that_reads_as_no_such_value_is_refused(key: str, value: str) -> None:
    _, faults = loose({key: value})
    assert [(fault.path, fault.kind) for fault in faults] == [((key,), "wrong-value")]


def test_words_that_yaml_would_change_stay_words() -> None:
    words = ["no", "2024", "007", "1.10", "off", "~", "null", "12:30", "1e3"]
    assert loosely(tags=words).tags == tuple(words)
    assert loosely(title="no").title == "no"


def test_a_list_may_be_a_text_with_commas() -> None:
    assert loosely(tags="a, b c,,d ,").tags == ("a", "b c", "d")


def test_an_item_of_a_list_keeps_its_comma() -> None:
    assert loosely(tags=["Palm Springs, CA"]).tags == ("Palm Springs, CA",)


def test_a_list_of_tables_is_never_a_text() -> None:
    _, faults = loose({"chapters": "a, b"})
    assert said(faults) == ['wrong-value: chapters: "a, b" is not a list - write a list']


def test_a_key_without_a_value_is_as_if_it_were_not_there() -> None:
    book = loosely(tags="", chapters="", cover="", notes="", day="", moment="")
    assert book == Book()


def test_only_text_formats_may_leave_a_value_empty() -> None:
    _, faults = strict({"cover": "", "notes": ""})
    assert [fault.path for fault in faults] == [("cover",), ("notes",)]


# --- dates --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "utc"),
    [
        ("2026-05-04", "2026-05-04T07:00:00+00:00"),
        (" 2026-05-04 ", "2026-05-04T07:00:00+00:00"),
        ("2026-01-04", "2026-01-04T08:00:00+00:00"),
        ("2026-05-04 09:30", "2026-05-04T16:30:00+00:00"),
        ("2026-05-04T09:30:00Z", "2026-05-04T09:30:00+00:00"),
        ("2026-05-04T09:30+02:00", "2026-05-04T07:30:00+00:00"),
        (dt.date(2026, 5, 4), "2026-05-04T07:00:00+00:00"),
        (dt.datetime(2026, 5, 4, 9, 30), "2026-05-04T16:30:00+00:00"),  # noqa: DTZ001 - as TOML has it
        (dt.datetime(2026, 5, 4, 9, 30, tzinfo=dt.UTC), "2026-05-04T09:30:00+00:00"),
    ],
)
def test_a_date_without_a_zone_is_meant_in_the_practices(written: object, utc: str) -> None:
    moment = loosely(moment=written).moment
    assert moment is not None
    assert moment.astimezone(dt.UTC).isoformat() == utc


@pytest.mark.parametrize("written", ["2026-05-04", "2026-05-04 23:30", dt.date(2026, 5, 4)])
def test_a_day_is_the_day_that_was_written(written: object) -> None:
    assert loosely(day=written).day == dt.date(2026, 5, 4)


@pytest.mark.parametrize("written", ["2026-02-30", "2026-5-4", "4 May 2026", "05/04/2026", "2026", "tomorrow"])
def test_what_is_no_date_is_refused(written: str) -> None:
    _, faults = loose({"moment": written})
    assert [fault.path for fault in faults] == [("moment",)]
    assert "2026-05-04" in faults[0].remedy


@pytest.mark.parametrize(
    "written", ["9999-12-31T23:59:00-12:00", "0001-01-01T00:00:00+14:00", "0206-05-04", dt.date(9999, 12, 31)]
)
def test_a_date_that_not_every_zone_can_say_is_refused(written: object) -> None:
    _, faults = loose({"moment": written})
    assert [fault.path for fault in faults] == [("moment",)]
    assert "is not a date in the years 1000 to 9998" in faults[0].message


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_no_value_is_more_than_a_mismatch(value: object) -> None:
    for key in Book.__dataclass_fields__:
        for book, faults in (strict({key: value}), loose({key: value})):
            assert (book is None) == bool(faults)
            assert all(fault.message and fault.remedy for fault in faults)
