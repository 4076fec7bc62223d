"""A Markdown file in, typed keys and its text out; every fault with its line."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo import limits
from local_seo.model.document import Fact, FrontMatter, Kind, Reference, Source
from local_seo.model.practice import Prose
from local_seo.read import front_matter
from local_seo.typed import Typist

ZONE = ZoneInfo("America/Los_Angeles")
TYPIST = Typist(str, ZONE, loose=True)
GOOD = "---\ntitle: First weeks\ndate: 2026-10-05\n---\nWords."


def read(raw: str | bytes, kind: Kind = Kind.ARTICLE) -> tuple[FrontMatter | None, Source, list[str]]:
    data = raw.encode() if isinstance(raw, str) else raw
    source, front, _, bad = front_matter.source(f"{kind}/a.md", data)
    typed = None
    if not bad:
        typed, source, bad = front_matter.front_matter(source, front, kind, TYPIST)
    return typed, source, [str(finding).removeprefix(f"{kind}/a.md:") for finding in bad]


def keys(raw: str | bytes, kind: Kind = Kind.ARTICLE) -> FrontMatter:
    typed, _, bad = read(raw, kind)
    assert typed is not None, bad
    return typed


def faults(raw: str | bytes, kind: Kind = Kind.ARTICLE) -> list[str]:
    typed, _, bad = read(raw, kind)
    assert (typed is None) == bool(bad)
    return bad


def starts(raw: str | bytes, kind: Kind = Kind.ARTICLE) -> list[str]:
    """Line, severity and check of each fault."""
    return [fault.partition(": ")[0] + ":" + fault.split(": ")[1] for fault in faults(raw, kind)]


# --- the file as such ---------------------------------------------------------------------------------------


def test_a_good_file_is_keys_and_markdown() -> None:
    source, front, text, bad = front_matter.source("articles/a.md", GOOD.encode())
    assert bad == []
    assert text == "Words."
    assert front == "\ntitle: First weeks\ndate: 2026-10-05\n"
    assert source == Source(path="articles/a.md", text=GOOD, body_line=5)


@pytest.mark.parametrize(
    "raw",
    [
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("---\n", "---  \t\n").encode(),
        b"\n\n" + GOOD.encode(),
    ],
    ids=["byte order mark", "Windows", "old Mac", "spaces after the rule", "empty lines before"],
)
def test_what_editors_do_to_a_file_changes_nothing(raw: bytes) -> None:
    _, _, text, _ = front_matter.source("articles/a.md", raw)
    assert text == "Words."
    assert keys(raw) == keys(GOOD)


def test_windows_line_ends_are_gone_from_the_text() -> None:
    raw = b"---\r\ntitle: a\r\ndate: 2026-10-05\r\n---\r\n\r\none\r\ntwo\r\n"
    source, _, text, _ = front_matter.source("articles/a.md", raw)
    assert text == "\none\ntwo\n"
    assert "\r" not in source.text


@pytest.mark.parametrize("rule", ["---", "----", "- - -", "***"])
def test_a_rule_in_the_body_is_no_end_of_the_front_matter(rule: str) -> None:
    raw = f"---\ntitle: a\ndate: 2026-10-05\n---\nBefore.\n\n{rule}\n\ntitle: b\n\n---\n"
    _, _, text, bad = front_matter.source("articles/a.md", raw.encode())
    assert bad == []
    assert text == f"Before.\n\n{rule}\n\ntitle: b\n\n---\n"
    assert keys(raw).title == "a"


def test_a_longer_or_indented_rule_does_not_end_the_front_matter() -> None:
    raw = "---\ntitle: a\ndate: 2026-10-05\nsummary: |\n  one\n  ---\n  two\n---\nWords."
    assert keys(raw).summary == "one --- two"


def test_the_body_may_be_empty() -> None:
    _, _, text, bad = front_matter.source("articles/a.md", b"---\ntitle: a\n---")
    assert (text, bad) == ("", [])


@pytest.mark.parametrize("raw", ["", "Words.", "# Title\n\n---\ntitle: a\n---\n", "title: a\ndate: 2026-10-05\n"])
def test_a_file_without_front_matter_says_how_to_begin(raw: str) -> None:
    assert faults(raw) == [
        "1: error[front-matter]: no front matter: the first line is not --- - begin the file with ---, title: ..., ---"
    ]


def test_front_matter_that_does_not_end_is_refused() -> None:
    assert faults("---\ntitle: a\n\nWords.") == [
        "1: error[front-matter]: the front matter does not end - add a line --- after the last key"
    ]


def test_bytes_that_are_not_utf8_are_named_with_their_line() -> None:
    assert faults(b"---\ntitle: caf\xe9\n---\n") == [
        "2: error[unreadable-file]: the file is not UTF-8 text (byte e9) - save it as UTF-8 in your editor"
    ]


def test_bytes_that_are_not_utf8_are_named_with_their_line_behind_a_byte_order_mark() -> None:
    assert faults(b"\xef\xbb\xbf---\ntitle: a\nx\xff\n---\n") == [
        "3: error[unreadable-file]: the file is not UTF-8 text (byte ff) - save it as UTF-8 in your editor"
    ]


def test_a_file_in_utf16_is_not_read() -> None:
    assert faults(GOOD.encode("utf-16"))[0].startswith("1: error[unreadable-file]: ")


def test_a_huge_file_is_not_read() -> None:
    raw = GOOD.encode().ljust(limits.SOURCE_LARGEST_BYTES + 1)
    assert faults(raw) == [
        "1: error[unreadable-file]: the file has 2,000,001 bytes, at most 2,000,000 are read - split it"
    ]
    assert faults(raw[:-1]) == []


# --- YAML ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        ("---\ntitle: a\n\tdate: b\n---\n", "3: error[front-matter]: a tab at the start of a line - use spaces"),
        (
            "---\ntitle: On sleep: a talk\n---\n",
            "2: error[front-matter]: the front matter is not valid YAML: mapping values are not allowed in this "
            'context, near "title: On sleep: a talk" - '
            "put a value that contains : # [ { or quotes between quotation marks",
        ),
        (
            "---\ntitle: \u201cSleep: a talk\u201d\n---\n",
            "2: error[front-matter]: the front matter is not valid YAML: mapping values are not allowed in this "
            'context, near "title: \u201cSleep: a talk\u201d" - '
            'type straight quotation marks, "like these": curly ones do not count',
        ),
        (
            "---\ntitle: Sleep\ndate: 2026-01-02\nkeywords: \u201cnaps\u201d, sleep\n---\n",
            '4: error[wrong-value]: keywords has "\u201cnaps\u201d, sleep": curly quotation marks count as a part of '
            'the words - type straight ones, "like these", or none',
        ),
        (
            '---\ntitle: "On sleep\ndate: 2026-01-02\n---\n',
            "2: error[front-matter]: the front matter is not valid YAML: a quotation mark is not closed, near "
            '"title: "On sleep" - type it once more at the end of the value',
        ),
        (
            "---\n- title\n---\n",
            "2: error[front-matter]: the front matter is not a list of keys with values - "
            "write lines such as title: ...",
        ),
        (
            "---\ntitle\n---\n",
            "2: error[front-matter]: the front matter is not a list of keys with values - "
            "write lines such as title: ...",
        ),
        ("---\n? [a]\n: b\n---\n", "2: error[front-matter]: a key that is not a word - rename it"),
    ],
)
def test_broken_yaml_is_named_with_its_line(raw: str, fault: str) -> None:
    assert faults(raw) == [fault]


def test_a_list_that_does_not_end_is_broken() -> None:
    assert starts("---\ntitle: a\ncities: [Indio, Thermal\n---\n")[0].endswith("error[front-matter]")


def test_a_control_character_is_named_with_its_line() -> None:
    (fault,) = faults("---\ntitle: a\ndate: 2026-10-05\nsummary: b\x07ell\n---\n")
    assert fault.startswith("4: error[front-matter]: ")


def test_a_key_that_stands_twice_names_both_lines() -> None:
    assert faults("---\ntitle: a\ndate: 2026-10-05\n# a comment\ntitle: b\n---\n") == [
        '5: error[front-matter]: "title" stands twice, first in line 2 - keep one of them'
    ]


def test_a_nested_key_that_stands_twice_is_refused_too() -> None:
    raw = "---\ntitle: a\nsources:\n  - url: https://a.example\n    title: b\n    url: https://b.example\n---\n"
    assert faults(raw) == ['6: error[front-matter]: "url" stands twice, first in line 4 - keep one of them']


@pytest.mark.parametrize(
    "raw",
    [
        "---\na: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n---\n",
        "---\na: &a [*a]\n---\n",
        "---\na: &a {b: *a}\n---\n",
        "---\nbase: &a {x: 1}\nsources: {<<: *a}\n---\n",
    ],
    ids=["bomb", "list in itself", "table in itself", "merge"],
)
def test_an_alias_is_refused(raw: str) -> None:
    bad = faults(raw)
    assert bad
    assert all("an alias (*name) or too deep a nesting - write the values out" in fault for fault in bad)


def test_values_nested_deeper_than_anything_of_ours_are_refused() -> None:
    assert faults(f"---\ntitle: a\nallow: {'[' * 50}{']' * 50}\n---\n") == [
        "3: error[front-matter]: an alias (*name) or too deep a nesting - write the values out"
    ]


def test_values_nested_as_deeply_as_a_file_allows_do_not_kill_the_build() -> None:
    code = (
        "from local_seo.read import front_matter as f; from local_seo.model.document import Kind\n"
        "raw = b'---\\ntitle: a\\nallow: ' + b'[' * 900_000 + b']' * 900_000 + b'\\n---\\n'\n"
        "source, front, _, bad = f.source('pages/a.md', raw)\n"
        "print(bad or f.front_matter(source, front, Kind.PAGE, None)[2])\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-200:]
    assert "id='front-matter'" in ended.stdout


def test_words_that_yaml_would_change_stay_words() -> None:
    raw = "---\ntitle: no\ndate: 2026-10-05\nkeywords: [no, 2024, 007, 1.10, 12:30, on]\nslug: 0755\n---\n"
    front = keys(raw)
    assert front.title == "no"
    assert front.keywords == ("no", "2024", "007", "1.10", "12:30", "on")
    assert front.slug == "0755"


@pytest.mark.parametrize(
    "written",
    ["keywords: sleep, baby blues", "keywords: [sleep, baby blues]", "keywords:\n  - sleep\n  - baby blues"],
)
def test_a_list_is_written_in_one_of_three_ways(written: str) -> None:
    assert keys(f"---\ntitle: a\ndate: 2026-10-05\n{written}\n---\n").keywords == ("sleep", "baby blues")


@pytest.mark.parametrize("written", ["2026-10-05", "'2026-10-05'", '"2026-10-05"', "2026-10-05 00:00:00"])
def test_a_date_is_midnight_in_the_practices_zone_quoted_or_not(written: str) -> None:
    assert keys(f"---\ntitle: a\ndate: {written}\n---\n").date == dt.datetime(2026, 10, 5, tzinfo=ZONE)


def test_all_of_the_keys_are_read() -> None:
    front = keys(
        "---\n"
        "title: First weeks\n"
        "date: 2026-10-05\n"
        "noindex: yes\n"
        "links: off\n"
        "status: hidden\n"
        "aliases: /old/\n"
        "sources:\n"
        "  - title: On sleep\n"
        "    url: https://a.example/\n"
        "    checked: 2026-09-01\n"
        "allow:\n"
        "  thin-page: it is a note\n"
        "author:\n"
        "---\n"
    )
    assert front == FrontMatter(
        title=Prose("First weeks"),
        date=dt.datetime(2026, 10, 5, tzinfo=ZONE),
        noindex=True,
        links="off",
        status="hidden",
        aliases=("/old/",),
        sources=(Reference(title=Prose("On sleep"), url="https://a.example/", checked=dt.date(2026, 9, 1)),),
        allow={"thin-page": "it is a note"},
    )


def test_an_area_has_facts() -> None:
    raw = "---\ntitle: Indio\nfacts:\n  - {text: It has a fair., source: practice}\n---\n"
    assert keys(raw, Kind.AREA).facts == (Fact(text=Prose("It has a fair."), source="practice"),)


# --- keys ---------------------------------------------------------------------------------------------------


def test_every_fault_has_the_line_of_its_key() -> None:
    raw = (
        "---\n"
        "title: First weeks\n"
        "\n"
        "date: 2026-02-30\n"
        "# a comment\n"
        "noindex: maybe\n"
        "sources:\n"
        "  - title: one\n"
        "    url: https://a.example\n"
        "  - title: two\n"
        "    dat: 2026-01-01\n"
        "  - title: three\n"
        "    url: https://c.example\n"
        "    checked: soon\n"
        "status: publish\n"
        "citys: Indio\n"
        "---\n"
    )
    when = "write it as year-month-day, for example 2026-05-04 or 2026-05-04 09:30"
    assert sorted(faults(raw), key=lambda fault: int(fault.partition(":")[0])) == [
        f'4: error[wrong-value]: date: "2026-02-30" is not a date - {when}',
        '6: error[wrong-value]: noindex: "maybe" is not true or false - write true or false',
        "10: error[missing-key]: sources.url is missing - add url",
        '11: error[unknown-key]: unknown key "sources.dat" - did you mean "date"?',
        f'14: error[wrong-value]: sources.checked: "soon" is not a date - {when}',
        '15: error[wrong-value]: status: "publish" is not one of published, hidden or draft - '
        'did you mean "published"?',
        '16: error[unknown-key]: unknown key "citys" - did you mean "cities"?',
    ]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.ARTICLE])
def test_a_key_of_articles_is_refused_elsewhere_with_its_line(kind: Kind) -> None:
    assert faults("---\ntitle: a\ndate: 2026-10-05\nkeywords: sleep\n---\n", kind) == [
        f'3: error[unknown-key]: "date" is not a key of {kind}/ - delete this line',
        f'4: error[unknown-key]: "keywords" is not a key of {kind}/ - delete this line',
    ]


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.AREA])
def test_facts_belong_to_areas(kind: Kind) -> None:
    date = "date: 2026-10-05\n" if kind is Kind.ARTICLE else ""
    (fault,) = faults(f"---\ntitle: a\nfacts: []\n{date}---\n", kind)
    assert fault == f'3: error[unknown-key]: "facts" is not a key of {kind}/ - delete this line'


def test_a_key_that_the_folder_does_not_have_is_never_suggested() -> None:
    (fault,) = faults("---\ntitle: a\nkeyword: sleep\n---\n", Kind.PAGE)
    assert "keywords" not in fault


@pytest.mark.parametrize("written", ["title:", 'title: ""', 'title: "  "'])
def test_an_empty_title_is_refused_with_its_line(written: str) -> None:
    assert faults(f"---\ndate: 2026-10-05\n{written}\n---\n") == [
        "3: error[missing-key]: the title is empty - write one"
    ]


def test_a_missing_title_is_named() -> None:
    assert faults("---\nstatus: draft\n---\n", Kind.PAGE) == ["2: error[missing-key]: title is missing - add title"]


@pytest.mark.parametrize("written", ["", "date:\n"])
def test_an_article_needs_a_date(written: str) -> None:
    assert faults(f"---\ntitle: a\n{written}---\n") == [
        "1: error[missing-key]: an article needs a date - add a line such as date: 2026-05-04"
    ]


@pytest.mark.parametrize("raw", ["---\n---\n", "---\n# nothing yet\n---\n", "---\nstatus: draft\n---\n"])
def test_an_article_without_title_and_date_hears_of_both(raw: str) -> None:
    bad = faults(raw)
    assert any("title is missing" in fault for fault in bad)
    assert any("needs a date" in fault for fault in bad)


def test_an_empty_title_and_a_missing_date_are_told_together() -> None:
    assert [fault.split("]: ")[1].split(" - ")[0] for fault in faults("---\ntitle:\n---\n")] == [
        "the title is empty",
        "an article needs a date",
    ]


# --- lines --------------------------------------------------------------------------------------------------


def test_lines_are_those_of_the_file() -> None:
    raw = "\n---\ntitle: a\n\ndate: 2026-10-05\ncities:\n  - Indio\n  - Thermal\n---\n\nMecca.\n\nSee [x](/y/).\n"
    _, source, _ = read(raw)
    assert dict(source.key_lines) == {"title": 3, "date": 5, "cities": 6}
    assert source.body_line == 10
    assert source.line_of_key("date") == 5
    assert source.line_of_key("slug") == 1
    assert source.line_of_item("cities", "Thermal") == 8
    assert source.line_of_item("cities", "Mecca") == 6
    assert source.line_of("/y/") == 13


def test_the_nth_use_of_an_address_has_its_own_line() -> None:
    _, source, _ = read(GOOD.replace("Words.", "[a](/x/)\n\n[b](/x/)\n[c](/x/)"))
    assert [source.line_of("/x/", nth) for nth in range(4)] == [5, 7, 8, 5]
    assert source.line_of("/z/") == 5


@pytest.mark.parametrize(
    ("needle", "lines"),
    [
        ("/blog/", [9]),
        ("/blog", [8]),
        ("/blog/other/", [5]),
        ("blog", [11]),
        ("#top", [7]),
        ("/blog/#top", [7]),
        ("<i", [10]),
        ("<i>", [10]),
    ],
)
def test_a_part_of_something_longer_is_no_use(needle: str, lines: list[int]) -> None:
    body = "[a](/blog/other/)\n\n[b](/blog/#top)\n[c](/blog)\n[d](/blog/)\n<i>x</i>\n<img> blog"
    _, source, _ = read(GOOD.replace("Words.", body))
    assert [source.line_of(needle, nth) for nth in range(len(lines))] == lines
    assert source.line_of(needle, len(lines)) == lines[0]


def test_where_a_text_is_absent_another_may_be_looked_for() -> None:
    _, source, _ = read(GOOD.replace("Words.", "Words.\n\nHere."))
    assert source.line_of("there", instead="Here") == 7
    assert source.line_of("there", instead="nowhere") == 5


def test_an_address_in_the_front_matter_is_no_use_in_the_body() -> None:
    raw = "---\ntitle: a\ndate: 2026-10-05\naliases: /x/\n---\n\n[b](/x/)\n"
    assert read(raw)[1].line_of("/x/") == 7


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85"], ids=["line separator", "paragraph separator", "NEL"])
def test_an_invisible_line_end_that_was_pasted_moves_no_line(mark: str) -> None:
    raw = f'---\ntitle: "a{mark}b"\ndate: 2026-10-05\nfoo: 1\n---\n'
    assert [fault.partition(":")[0] for fault in faults(raw)] == ["4"]


@given(st.binary(max_size=200))
def test_no_bytes_are_more_than_a_fault(raw: bytes) -> None:
    for kind in (Kind.ARTICLE, Kind.AREA):
        for data in (raw, b"---\n" + raw + b"\n---\n"):
            typed, _, bad = read(data, kind)
            assert (typed is None) == bool(bad)


@given(
    st.lists(
        st.sampled_from(
            [
                "a: ",
                "title: ",
                "date: ",
                "- ",
                "  ",
                "[",
                "]",
                "{",
                "}",
                "&x ",
                "*x",
                "'",
                '"',
                "|\n",
                "# ",
                ": ",
                ", ",
                "2026-10-05",
                "x",
                "\n",
                "\n",
                "?",
                "!!str ",
                "---\n",
            ]
        )
    )
)
def test_no_yaml_is_more_than_a_fault(parts: list[str]) -> None:
    typed, _, bad = read(f"---\n{''.join(parts)}\n---\n")
    assert (typed is None) == bool(bad)
    assert all(0 < int(fault.partition(":")[0]) <= "".join(parts).count("\n") + 4 for fault in bad)


def test_a_picture_may_be_named_by_its_site_address() -> None:
    assert keys("---\ntitle: A\ndate: 2026-10-05\nimage: /images/porch.jpg\n---\n").image == "images/porch.jpg"
