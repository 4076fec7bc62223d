"""Checks, each by its own examples; and what they have in common."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from local_seo import checks, example, report
from local_seo.checks import Rule, _judging
from local_seo.errors import Finding, Severity
from local_seo.model.cta import CallToAction, Placement
from local_seo.model.practice import Prose
from local_seo.model.view import Card, Link, Picture, Profile, Section, Targeting, View
from local_seo.read.output import rendered
from local_seo.workers import Forgetful

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from local_seo.model.built import Built

CHECKS = checks.known()
GOOD = [(name, case) for name, module in CHECKS.items() for case in module.GOOD]
BAD = [(name, case) for name, module in CHECKS.items() for case in module.BAD]
LONG = "Good nights " * 9
TOWNS = ", ".join(example.PLACES[:6])


def numbered(cases: list[tuple[str, example.Case]]) -> list[str]:
    return [f"{name}-{number}" for number, (name, _) in enumerate(cases)]


def found_by(module: ModuleType, name: str, built: Built) -> list[Finding]:
    rule = Rule(name, module.SEVERITY, getattr(module, "SETTINGS", {}))
    views = [view for view in built.views.values() if isinstance(view, View)]
    found: list[Finding] = []
    if hasattr(module, "check"):
        found += (finding for view in views for finding in module.check(view, built, rule))
    if hasattr(module, "check_site"):
        found += module.check_site(built, rule)
    return found


def of(name: str, findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.id == name]


# --- what every check has ---


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_says_what_why_by_whom_and_which_rule(name: str) -> None:
    module = CHECKS[name]
    parts = checks.describe(module)
    assert list(parts) == ["What", "Why", "Source", "Rules"]
    assert all(parts.values())
    assert parts["What"].endswith(".")
    assert module.SEVERITY in Severity
    assert module.GOOD
    assert module.BAD


@pytest.mark.parametrize(("name", "case"), GOOD, ids=numbered(GOOD))
def test_good_examples_pass(name: str, case: example.Case) -> None:
    assert found_by(CHECKS[name], name, case.built) == []


@pytest.mark.parametrize(("name", "case"), BAD, ids=numbered(BAD))
def test_bad_examples_are_found_and_explained(name: str, case: example.Case) -> None:
    found = found_by(CHECKS[name], name, case.built)
    assert {finding.id for finding in found} == {name}
    assert all(finding.remedy and not finding.remedy.endswith(".") for finding in found)
    assert case.found, "the example says what must be found"
    assert any(case.found in finding.message for finding in found)
    # Where a file of the content can mend it, the finding names that file.
    assert all(finding.path or "/" in finding.message for finding in found)


@pytest.mark.parametrize(("name", "case"), BAD, ids=numbered(BAD))
def test_a_run_finds_what_the_check_finds(name: str, case: example.Case) -> None:
    assert set(found_by(CHECKS[name], name, case.built)) == set(of(name, checks.run(case.built)))


def test_the_documentation_is_made_of_the_docstrings() -> None:
    path = Path(__file__).parents[1] / "docs" / "checks.md"
    assert path.read_text(encoding="utf-8") == checks.documentation()


@pytest.mark.parametrize("name", [*CHECKS, checks.UNUSED_ALLOW, checks.CHECK_SETTINGS])
def test_the_documentation_names_every_check(name: str) -> None:
    assert f"\n### {name}\n" in checks.documentation()
    assert checks.explanation(name).startswith(f"{name}: ")


# --- what a check of one page may look at ---

ELSEWHERE: dict[str, Callable[[Built], object]] = {
    "another page": lambda built: built.rendered.get("blog/naps/index.html"),
    "all pages": lambda built: list(built.rendered.values()),
    "bytes": lambda built: built.files.get("blog/first-weeks/index.html"),
    "sizes": lambda built: built.sizes.get("theme/site.css"),
    "pictures": lambda built: "theme/share.png" in built.pictures,
    "what is served": lambda built: built.served,
    "pictures of the content": lambda built: built.site.images.get("images/cot.jpg"),
    "files that are held back": lambda built: len(built.site.withheld),
    "lines of practice.toml": lambda built: built.site.line_of("practice.toml", "practice"),
    "the share cards": lambda built: built.site.card("A title"),
}


def judged(look: Callable[[Built], object]) -> None:
    """Let a check of one page look at something."""

    def check(view: View, built: Built, rule: Rule) -> list[Finding]:
        seen = look(built)
        return [rule.finding(view.source, 0, f"{seen!r:.40}", "no remedy")] if seen is not None else []

    module = ModuleType("made_up")
    vars(module)["check"] = check
    both = example.built(example.view("/blog/first-weeks/"), example.view("/blog/naps/"), example.document())
    _judging.pages(both, {module: Rule("made-up", Severity.ERROR, {})}, Forgetful())


@pytest.mark.parametrize("what", ELSEWHERE)
def test_a_check_of_one_page_that_looks_elsewhere_is_refused(what: str) -> None:
    with pytest.raises(_judging.Elsewhere, match="belongs into check_site"):
        judged(ELSEWHERE[what])


def test_a_check_of_one_page_has_its_own_file_and_the_facts() -> None:
    seen: list[tuple[object, ...]] = []
    judged(lambda built: seen.append((*built.site.by_path, *built.pages, len(built.site.facts.people))))
    assert seen == [
        ("articles/first-weeks.md", "/blog/first-weeks/", 1),
        ("articles/naps.md", "/blog/naps/", 1),
    ]


# --- allow and [checks] ---


def wide(**front: Any) -> Built:  # noqa: ANN401
    return example.built(example.view(title=LONG), example.document("word " * 300, **front))


def test_findings_are_sorted_and_single() -> None:
    found = checks.run(example.built(example.view(title=LONG, description="")))
    assert list(found) == sorted(set(found))
    assert of("title-width", found)[0].line == 2


def test_allow_silences_one_check_on_one_page() -> None:
    other = example.view("/blog/naps/", title=f"More {LONG}")
    built = wide(allow={"title-width": "a quotation"})
    both = example.built(
        *(view for view in built.views.values()), other, *built.site.documents, example.document(path=other.source)
    )
    assert [finding.path for finding in of("title-width", checks.run(both))] == ["articles/naps.md"]
    assert of("title-unique", checks.run(both)), "other checks go on"


def test_an_allow_that_silences_nothing_is_found() -> None:
    built = example.built(example.view(), example.document(allow={"title-width": "a quotation"}))
    (finding,) = of(checks.UNUSED_ALLOW, checks.run(built))
    assert str(finding).startswith("articles/first-weeks.md:3: warning[unused-allow]: allow silences nothing")
    assert '"title-width"' in finding.message
    assert not of(checks.UNUSED_ALLOW, checks.run(wide(allow={"title-width": "a quotation"})))


def test_an_allow_of_an_unknown_check_is_found() -> None:
    built = wide(allow={"title-with": "a slip"})
    (finding,) = of(checks.UNUSED_ALLOW, checks.run(built))
    assert finding.remedy == 'did you mean "title-width"?'


def test_an_allow_in_a_file_without_a_page_may_wait() -> None:
    area = example.document(path="areas/indio.md", allow={"thin-page": "soon", "gated-area": "soon"})
    found = checks.run(example.built(example.view(), area))
    assert not of(checks.UNUSED_ALLOW, found)
    assert not of("gated-area", found)


@pytest.mark.parametrize(
    ("overrides", "severities"),
    [
        ({}, [Severity.WARNING]),
        ({"title-width": {"severity": "error"}}, [Severity.ERROR]),
        ({"title-width": {"width_px": 2000}}, []),
        ({"title-width": {"width_px": 1000.5, "severity": "hint"}}, [Severity.HINT]),
    ],
)
def test_practice_toml_changes_a_check(overrides: dict[str, Any], severities: list[Severity]) -> None:
    built = example.built(example.view(title=LONG), facts=example.facts(checks=overrides))
    found = checks.run(built)
    assert [finding.severity for finding in of("title-width", found)] == severities
    assert not of(checks.CHECK_SETTINGS, found)


@pytest.mark.parametrize(
    ("overrides", "message", "remedy"),
    [
        ({"title-with": {}}, 'there is no check "title-with"', 'did you mean "title-width"?'),
        ({"title-width": {"width": 9}}, 'no setting "width"', 'did you mean "width_px"?'),
        ({"title-width": {"severity": "eror"}}, '"eror" is not a severity', 'did you mean "error"?'),
        ({"title-width": {"severity": 3}}, '"3" is not a severity', "allowed: error, hint, warning"),
        ({"title-width": {"width_px": -1}}, 'width_px is "-1"', "write a number"),
        ({"title-width": {"width_px": True}}, 'width_px is "True"', "write a number"),
        ({"title-width": {"width_px": float("inf")}}, 'width_px is "inf"', "write a number"),
        ({"title-width": {"width_px": "wide"}}, 'width_px is "wide"', "write a number"),
    ],
)
def test_wrong_settings_are_found_and_the_default_stays(overrides: dict[str, Any], message: str, remedy: str) -> None:
    found = checks.run(example.built(example.view(title=LONG), facts=example.facts(checks=overrides)))
    (finding,) = of(checks.CHECK_SETTINGS, found)
    assert (finding.path, finding.severity, finding.remedy) == ("practice.toml", Severity.ERROR, remedy)
    assert message in finding.message
    assert of("title-width", found)[0].severity is Severity.WARNING


# --- places ---


def test_a_list_of_places_across_line_breaks_is_found_where_it_stands() -> None:
    names = "\n".join(f"- [{name}](/areas/)" for name in example.PLACES[:6])
    built = example.built(
        example.view(),
        example.document(f"Palm Desert is home.\n\n{names}"),
        example.rendered(text=" ".join(example.PLACES[:6])),
    )
    (finding,) = of("place-run", checks.run(built))
    assert finding.line == 7
    assert '"Palm Desert, Rancho Mirage' in finding.message


@pytest.mark.parametrize(("count", "is_found"), [(6, False), (8, False), (9, True)])
def test_the_location_sentence_may_link_eight_places(count: int, is_found: bool) -> None:  # noqa: FBT001
    names = example.PLACES[:count]
    links = [part for name in names for part in (Link(name, "/areas/"), ", ")]
    targeting = Targeting(style="sentence", parts=("In the Coachella Valley, we work with families in ", *links))
    page = example.rendered(text=f"In the Coachella Valley, we work with families in {', '.join(names)}, and by video")
    found = checks.run(example.built(example.view(targeting=targeting), page))
    assert bool(of("place-run", found)) is is_found


def test_the_location_sentence_must_link_its_places() -> None:
    words = f"We work with families in {', '.join(example.PLACES[:6])}."
    targeting = Targeting(style="sentence", parts=(words,))
    found = checks.run(example.built(example.view(targeting=targeting), example.rendered(text=words)))
    assert of("place-run", found)


HONEST = """\
Most of the people I see live between Indio and Palm Desert, and a few drive over from Desert Hot Springs.

A father in La Quinta told me that he walks the baby around the block at four in the morning. In Coachella, a
grandmother does the same. It is a quiet hour in both places.

If you are in Rancho Mirage, a therapist in Palm Desert is ten minutes away. From Thermal or Mecca it is half an hour,
and a visit by video may be easier.

In Cathedral City and Palm Springs the hospital has a group for new parents, on Thursdays.
"""


def test_places_spread_through_honest_prose_pass() -> None:
    paragraphs = [paragraph.replace("\n", " ") for paragraph in HONEST.strip().split("\n\n")]
    found = checks.run(example.built(*example.written(*paragraphs)))
    guard = {"place-run", "phrase-block", "inverted-phrase", "keyword-density", "place-density", "stuffed-heading"}
    assert not [finding for finding in found if finding.id in guard]


def test_a_list_in_a_call_to_action_is_found_once_and_there() -> None:
    names = ", ".join(example.PLACES)
    offer = CallToAction(
        id="call",
        title=Prose("Call"),
        text=Prose(names),
        label=Prose("Call"),
        href="tel:",
        placement=Placement(),
    )
    pages = (
        example.view("/blog/a/"),
        example.rendered(text=names),
        example.view("/blog/b/"),
        example.rendered(text=f"{names}. Once more: {names}"),
    )
    found = of("place-run", checks.run(example.built(*pages, calls_to_action=(offer,))))
    assert [finding.path for finding in found] == ["ctas/call.toml"]


PROSE = [
    "description-list",
    "image-alt",
    "inverted-phrase",
    "keyword-density",
    "keyword-use",
    "link-count",
    "link-text",
    "long-paragraph",
    "long-sentence",
    "many-cities",
    "near-me",
    "passive-voice",
    "phrase-block",
    "place-density",
    "place-run",
    "reading-grade",
    "same-start",
    "stuffed-heading",
    "thin-page",
    "title-pattern",
]
SNIPPETS = [
    *example.PLACES,
    "Coachella Valley",
    "therapist",
    "Postpartum therapy",
    " ",
    ", ",
    " and ",
    "\n",
    "|",
    "\u00a0",
]


@given(st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=5), max_size=30).map("".join))
def test_no_text_makes_the_checks_of_places_raise(words: str) -> None:
    built = example.built(
        example.view(description=words), example.document(words), example.rendered(text=words, main=words)
    )
    for name in ("place-run", "inverted-phrase"):
        assert {finding.id for finding in found_by(CHECKS[name], name, built)} <= {name}


MARKUP = [
    "## ",
    "- ",
    "> ",
    "\n\n",
    "\n",
    "[^1]",
    "[^1]: ",
    "[a link](/fees/)",
    "![A cot](/a.jpg)",
    "<b>",
    "| a | b |\n|---|---|\n| ",
    "`code`",
    "```\n",
    "{{ practice.phone }}",
    "near me",
    "You are seen. ",
    "Is it? No! ",
    "Baby sleep ",
    "word " * 40,
]


@given(st.lists(st.sampled_from([*SNIPPETS, *MARKUP]) | st.text(max_size=8), max_size=40).map("".join))
@settings(deadline=None)  # twenty checks on a busy machine take their time
def test_no_text_makes_a_check_of_prose_raise(words: str) -> None:
    html = Markdown(extensions=["extra", "sane_lists"]).convert(words)
    page = rendered(f'<main><div class="prose">{html}</div></main>'.encode())
    written = example.document(
        words, keywords=("baby sleep", "anxiety"), cities=("indio", "la-quinta"), summary=words[:80]
    )
    shown = example.rendered(passages=page.passages, text=page.text, main=page.main, images=page.images)
    built = example.built(example.view(description=words[:80]), written, shown)
    last = written.source.text.count("\n") + 1
    for name in PROSE:
        for finding in found_by(CHECKS[name], name, built):
            assert finding.id == name
            assert 0 <= finding.line <= last


def test_all_checks_of_prose_are_tried() -> None:
    """Every check that reads what somebody wrote stands in ``PROSE``."""
    reading = {name for name, module in CHECKS.items() if hasattr(module, "writing")}
    assert reading <= set(PROSE)


@given(st.text(), st.text())
def test_any_two_names_can_be_places(first: str, second: str) -> None:
    place = example.FACTS.places[0]
    facts = example.facts(
        places=(place, *(type(place)(name=Prose(n), type="City", region="") for n in (first, second)))
    )
    built = example.built(
        example.view(), example.document(f"{first} {second}"), example.rendered(text=first), facts=facts
    )
    for name in ("place-run", "inverted-phrase", "title-unique"):
        found_by(CHECKS[name], name, built)


@pytest.mark.parametrize(
    "shown",
    [
        {"cards": (Card(url="/blog/naps/", title="Naps", summary=TOWNS),)},
        {"related": (Card(url="/blog/naps/", title=TOWNS),)},
        {"sections": (Section(id="a", title="A", text=TOWNS),)},
        {"people": (Profile(name="A", credentials="", title="", url="", licence="", summary=TOWNS),)},
    ],
)
def test_a_list_in_words_of_another_page_is_found_on_that_page(shown: dict[str, Any]) -> None:
    built = example.built(example.view(**shown), example.rendered(text=TOWNS))
    assert not of("place-run", checks.run(built))
    built = example.built(example.view(**shown), example.rendered(text=TOWNS, images=({"alt": TOWNS},)))
    assert of("place-run", checks.run(built))


def test_the_text_of_a_picture_is_judged_on_the_page_that_it_belongs_to() -> None:
    picture = Picture(url="/images/a.jpg", width=9, height=9, alt="Cots in Indio and Coachella")
    page = example.rendered(images=({"src": picture.url, "alt": picture.alt},))
    card = Card(url="/blog/naps/", title="Naps", picture=picture)
    assert not of("image-alt", checks.run(example.built(example.view(related=(card,)), page)))
    assert of("image-alt", checks.run(example.built(example.view(related=(card,), picture=picture), page)))


def test_a_page_that_was_not_made_is_found_once() -> None:
    built = replace(example.built(example.view(), example.document("word " * 300)), rendered={})
    found = [finding for finding in checks.run(built) if finding.severity is Severity.ERROR]
    made = {finding.id for finding in checks.run(example.built(example.view(), example.document("word " * 300)))}
    assert {finding.id for finding in found} - made == {"rendered-as-promised"}
    assert "the page /blog/first-weeks/ has no file" in of("rendered-as-promised", found)[0].message


# --- lines ---


@pytest.mark.parametrize(
    ("text", "anchor", "line"),
    [
        ("One.\n\n![](/a.jpg) and [here](/b/).", "here", 7),
        ("![](/a.jpg)\n\n[](/b/)", "", 7),
        ("It is here, said <a href='/b/'>here</a>.", "here", 0),
    ],
)
def test_a_vague_link_is_found_in_the_line_where_it_is_written(text: str, anchor: str, line: int) -> None:
    page = example.rendered(anchors=(("/b/", anchor),))
    (finding,) = of("link-text", checks.run(example.built(example.view(), example.document(text), page)))
    assert finding.line == line
    assert ("(page /blog/first-weeks/)" in finding.message) is (line == 0)


def test_words_are_found_in_front_matter_when_the_body_has_none() -> None:
    summary = "Therapist Indio, therapist Coachella"
    written = example.document("word", summary=summary)
    built = example.built(example.view(description=summary, lead=summary), written)
    (finding,) = of("inverted-phrase", checks.run(built))
    assert (finding.line, finding.severity) == (3, Severity.WARNING)


def test_a_page_that_nobody_wrote_is_named_by_its_address() -> None:
    built = example.built(example.view("/areas/", source="practice.toml", description="Short."))
    (finding,) = of("description-length", checks.run(built))
    assert (finding.path, finding.line) == ("practice.toml", 0)
    assert finding.message.endswith("(page /areas/)")


def test_a_text_without_letters_has_no_line() -> None:
    page = example.rendered(headings=((1, "Sleep"), (3, "→")))
    (finding,) = of("heading-order", checks.run(example.built(example.view(), page)))
    assert finding.line == 0


# --- reports ---

FINDINGS = (
    Finding("articles/b.md", 3, "title-width", Severity.WARNING, "the title is 700 px wide", "shorten it"),
    Finding("articles/a.md", 0, "thin-page", Severity.ERROR, "the text has 2 words"),
    Finding("articles/b.md", 2, "place-run", Severity.HINT, "odd \x1b[2J: 100 %\nand, more", "mend it"),
)


def test_text_is_a_line_each_and_the_counts() -> None:
    assert report.render(FINDINGS) == (
        "articles/a.md: error[thin-page]: the text has 2 words\n"
        "\n"
        "articles/b.md:2: hint[place-run]: odd \ufffd[2J: 100 %\ufffdand, more - mend it\n"
        "articles/b.md:3: warning[title-width]: the title is 700 px wide - shorten it\n"
        "\n"
        "1 error, 1 warning, 1 hint\n"
    )
    assert report.render([]) == "nothing found\n"


def test_a_terminal_names_each_file_once_and_wraps_what_is_long() -> None:
    assert report.render(FINDINGS, on=report.Terminal(width=40)) == (
        "articles/a.md\n"
        "     -  error[thin-page]\n"
        "        the text has 2 words\n"
        "\n"
        "articles/b.md\n"
        "     2  hint[place-run]\n"
        "        odd \ufffd[2J: 100 %\ufffdand, more\n"
        "        -> mend it\n"
        "     3  warning[title-width]\n"
        "        the title is 700 px wide\n"
        "        -> shorten it\n"
        "\n"
        "1 error, 1 warning, 1 hint - `invoke check --explain ID` says why\n"
    )
    long = Finding("", 0, "dead-link", Severity.ERROR, "word " * 30, "")
    shown = report.render([long], on=report.Terminal(width=60)).splitlines()
    assert shown[0] == "the site"
    assert max(map(len, shown)) <= 66
    assert len(shown) > 5


def test_colour_marks_files_and_severities() -> None:
    shown = report.render(FINDINGS[:1], on=report.Terminal(colour=True))
    assert shown.startswith("\x1b[1marticles/b.md\x1b[0m\n     3  \x1b[33mwarning[title-width]\x1b[0m\n")
    assert "\x1b" not in report.render(FINDINGS, on=report.Terminal())


@pytest.mark.parametrize(
    ("tty", "env", "expected"),
    [
        (False, {}, None),
        (True, {"TERM": "xterm"}, True),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, False),
        (True, {"TERM": "xterm", "NO_COLOR": ""}, True),
        (True, {"TERM": "dumb"}, False),
    ],
)
def test_colours_are_for_terminals_that_want_them(
    tty: bool,  # noqa: FBT001
    env: dict[str, str],
    expected: bool | None,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: tty)
    found = report.terminal()
    assert (found.colour if found else None) is expected


def test_json_is_a_list_of_objects() -> None:
    listed = json.loads(report.render(FINDINGS, "json"))
    assert [item["line"] for item in listed] == [0, 2, 3]
    assert listed[0] == {
        "path": "articles/a.md",
        "line": 0,
        "id": "thin-page",
        "severity": "error",
        "message": "the text has 2 words",
        "remedy": "",
        "column": 0,
    }
    assert json.loads(report.render([], "json")) == []


def test_github_escapes_what_would_end_a_command() -> None:
    odd = Finding("articles/50%, off:1.md", 1, "thin-page", Severity.ERROR, "100 %\nof it")
    assert report.render([odd, FINDINGS[2]], "github") == (
        "::error file=articles/50%25%2C off%3A1.md,line=1,title=thin-page::100 %25%0Aof it\n"
        "::notice file=articles/b.md,line=2,title=place-run::odd \x1b[2J: 100 %25%0Aand, more - mend it\n"
    )
    site = Finding("", 0, "other-hosts", Severity.ERROR, "found")
    assert report.render([site], "github") == "::error title=other-hosts::found\n"


@given(st.lists(st.builds(Finding, st.text(), st.integers(0, 9), st.text(), st.sampled_from(Severity), st.text())))
def test_a_report_has_a_line_for_each_finding(findings: list[Finding]) -> None:
    lines = [line for line in report.render(findings).split("\n") if line]
    assert len(lines) == len(findings) + 1
    assert len(report.render(findings, "github").split("\n")) == len(findings) + 1
    assert len(json.loads(report.render(findings, "json"))) == len(findings)
