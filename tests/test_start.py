"""A practice's own content folder: from flags to a site that lacks nothing but words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local_seo import checks
from local_seo.errors import SourceError
from local_seo.request import WrongValue
from site_tools import remembered, start

from .conftest import make, tree

if TYPE_CHECKING:
    from pathlib import Path

FLAGS = {
    "name": 'Juniper "Hill" Counseling',
    "url": "https://juniper.example",
    "phone": "760-555-0177",
    "town": "Indio",
    "state": "California",
    "service": "Grief counseling",
    "person": "Ada Löwe",
    "credentials": "LMFT",
    "title": "Grief therapist",
    "license": "LMFT 000001",
}


def test_a_new_folder_builds_and_lacks_nothing_but_words(tmp_path: Path) -> None:
    start.start(tmp_path / "mine", start.answers(FLAGS, None))
    made = make(tmp_path / "mine", tmp_path / "site")
    found = checks.run(made.built)
    assert {finding.id for finding in found} == {"write-this"}
    assert {finding.path for finding in found} >= {"pages/home.md", "people/ada-lowe.md"}
    home = made.built.rendered["index.html"]
    assert "Juniper “Hill” Counseling" in home.text
    assert "760-555-0177" in home.text
    assert "Ada Löwe, LMFT 000001, California" in home.text


@pytest.mark.parametrize("presence", ["service-area", "telehealth"])
def test_a_private_street_is_not_even_written_down(presence: str, tmp_path: Path) -> None:
    start.start(tmp_path / "mine", start.answers({**FLAGS, "presence": presence, "street": "7 Orchard Lane"}, None))
    assert b"Orchard" not in b"".join(tree(tmp_path / "mine").values())


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "poems.md").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongValue, match="has files already"):
        start.start(tmp_path / "mine", start.answers(FLAGS, None))
    assert tree(tmp_path / "mine") == {"poems.md": b"mine"}


def test_an_answer_that_cannot_be_used_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as failure:
        start.start(tmp_path / "mine", start.Answers(**{**FLAGS, "phone": "call me", "url": "juniper"}))
    assert [finding.id for finding in failure.value.findings] == ["wrong-value", "wrong-value"]
    assert not (tmp_path / "mine").exists()


def test_flags_that_cannot_be_used_are_all_named_at_once() -> None:
    wrong = {"url": "juniper.example", "presence": "at home", "phone": "call me", "email": "ada", "person": "!"}
    with pytest.raises(WrongValue) as failure:
        start.answers({**FLAGS, **wrong}, None)
    flags = [line.split()[0].rstrip(":") for line in str(failure.value).splitlines()]
    assert sorted(flags) == sorted(f"--{key}" for key in wrong)


def test_an_answer_that_cannot_be_used_is_asked_for_again_at_once() -> None:
    replies = iter(["call me", "760-555-0177", "", ""])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question)
        return next(replies)

    flags = {key: value for key, value in FLAGS.items() if key != "phone"}
    assert start.answers(flags, ask).phone == "760-555-0177"
    assert asked[1].startswith('"call me" is not a phone number - ')
    assert "Which phone number" in asked[1]
    assert "call me" not in asked[2]


def test_missing_flags_are_all_named_at_once() -> None:
    with pytest.raises(WrongValue, match="start needs --town, --state and --service"):
        start.answers({key: value for key, value in FLAGS.items() if key not in {"town", "state", "service"}}, None)


def test_what_no_flag_says_is_asked_until_it_is_answered() -> None:
    replies = iter(["", "", "Indio", ""])
    asked: list[str] = []

    def ask(question: str) -> str:
        asked.append(question.split("?", maxsplit=1)[0])
        return next(replies)

    flags = {key: value for key, value in FLAGS.items() if key != "town"}
    assert start.answers(flags, ask).town == "Indio"
    town = "In which town is it"
    assert asked == [
        "Which e-mail address, if any",
        town,
        town,
        "office, service-area (you come to people) or telehealth",
    ]


def test_the_folder_is_remembered(tmp_path: Path) -> None:
    engine = tmp_path / "engine"
    engine.mkdir()
    assert remembered.remembered(engine) is None
    remembered.remember(tmp_path / "mine", engine)
    found = remembered.remembered(engine)
    assert found
    assert found.resolve() == tmp_path / "mine"
    (engine / "site.toml").write_text("content = 3", encoding="utf-8")
    with pytest.raises(WrongValue, match="cannot be read"):
        remembered.remembered(engine)


def test_a_newer_engine_leaves_the_folder_alone(tmp_path: Path) -> None:
    start.start(tmp_path / "mine", start.answers(FLAGS, None))
    before = tree(tmp_path / "mine")
    make(tmp_path / "mine", tmp_path / "site")
    assert tree(tmp_path / "mine") == before


def test_a_file_of_the_contents_own_theme_stands_in_for_the_engines(tmp_path: Path) -> None:
    start.start(tmp_path / "mine", start.answers(FLAGS, None))
    own = tmp_path / "mine" / "theme"
    (own / "css").mkdir(parents=True)
    (own / "css" / "shame.css").write_text("@layer shame { .mine { color: red } }", encoding="utf-8")
    (own / "templates").mkdir()
    (own / "templates" / "404.html").write_text("<!doctype html><title>Mine</title>", encoding="utf-8")
    (own / "static").mkdir()
    (own / "static" / "icon.svg").write_text("<svg/>", encoding="utf-8")
    made = make(tmp_path / "mine", tmp_path / "site")
    assert made.page("404.html") == "<!doctype html><title>Mine</title>"
    assert made.page("theme/icon.svg") == "<svg/>"
    (style,) = made.folder.glob("theme/site.*.css")
    assert ".mine{color:red}" in style.read_text(encoding="utf-8")
    assert "<h1" in made.page("index.html")


def look(tmp_path: Path, table: str) -> str:
    start.start(tmp_path / "mine", start.answers(FLAGS, None))
    facts = tmp_path / "mine" / "practice.toml"
    facts.write_text(facts.read_text(encoding="utf-8") + f"\n[theme]\n{table}\n", encoding="utf-8")
    made = make(tmp_path / "mine", tmp_path / "site")
    (style,) = made.folder.glob("theme/site.*.css")
    return style.read_text(encoding="utf-8")


def test_the_practice_chooses_accent_warmth_and_type(tmp_path: Path) -> None:
    css = look(tmp_path, 'accent = "#225689"\nwarmth = "neutral"\ntype = "sans"')
    for token in ("--accent:#225689", "--warmth:0", "--text:var(--sans)"):
        assert token in css
    # After the theme's own, so that it wins within their layer.
    assert css.index("--accent:#225689") > css.index("--accent:oklch")


@pytest.mark.parametrize(
    ("accent", "said"),
    [
        (
            "#e8a07c",
            "its contrast is 1.[0-9]:1, at least 4.5:1 is needed - the nearest that can be read is #[0-9a-f]{6}",
        ),
        ("rust", 'theme.accent "rust" is not a colour - write it as #8a3b1e'),
    ],
)
def test_an_accent_that_cannot_be_read_is_refused(accent: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=said):
        look(tmp_path, f'accent = "{accent}"')
