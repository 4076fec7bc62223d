"""``invoke check`` as a writer types it: one file, one check, a slip of the finger."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from site_tools import commands

from .conftest import OTHER, SAMPLE, command

if TYPE_CHECKING:
    from pathlib import Path

NAME = "articles/floor-time.md"


def run(content: Path, capsys: pytest.CaptureFixture[str], **flags: str) -> tuple[int, str, str]:
    """Return exit status, output and errors of a check."""
    given = {"output": "", "base_url": "", "today": "2026-11-10", "only": "", "form": "text", "explain": "", **flags}
    status = 0
    try:
        commands.check(content=str(content), **given)
    except SystemExit as stop:
        status = int(stop.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def slips(content: Path) -> Path:
    """The small practice, with faults in two articles and a draft."""
    articles = sorted((content / "articles").glob("*.md"))
    for path in articles[:2]:
        path.write_text(path.read_text(encoding="utf-8") + "\n\nCall 541-555-0199 today.\n", encoding="utf-8")
    (content / "articles" / "zz-later.md").write_text(
        "---\ntitle: Later\ndate: 2026-05-04\nstatus: draft\n---\nWords.\n", encoding="utf-8"
    )
    return content


def test_only_one_file_or_folder_is_shown(
    slips: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = sorted(path.name for path in (slips / "articles").glob("*.md"))[:2]
    monkeypatch.chdir(slips.parent)
    status, whole, _ = run(slips, capsys, form="json")
    assert status == 1
    paths = {finding["path"] for finding in json.loads(whole)}
    assert {f"{slips}/articles/{name}" for name in (first, second)} <= paths
    stem = first.removesuffix(".md")
    for typed in (
        f"content/articles/{first}",
        f"./content/articles/{first}",
        f"articles/{first}",
        f"articles/{stem}",
        first,
        stem,
        str(slips / "articles" / first),
    ):
        status, only, _ = run(slips, capsys, form="json", only=typed)
        assert {finding["path"] for finding in json.loads(only)} == {f"{slips}/articles/{first}"}, typed
        assert status == 1
    _, folder, _ = run(slips, capsys, form="json", only="articles/")
    assert {finding["path"] for finding in json.loads(folder)} == {p for p in paths if "/articles/" in p}


def test_a_draft_is_not_checked_and_says_so(slips: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, said, _ = run(slips, capsys, only="articles/zz-later.md")
    assert status == 0
    assert "articles/zz-later.md is not checked yet: it is a draft" in said


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("articles/flor-time.md", 'did you mean "articles/floor-time.md"?'),
        ("flor-time", "floor-time."),
        ("floor-time", 'did you mean "articles/floor-time.md" or "ctas/floor-time.toml"?'),
        ("../elsewhere/practice", "no such file below"),
        ("practice.tom", 'did you mean "practice.toml"?'),
        ("a\0b", "no such file below"),
    ],
)
def test_a_file_that_is_not_there_is_told_with_the_nearest(
    typed: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, wrong = run(SAMPLE, capsys, only=typed)
    assert (status, said) == (2, "")
    assert meant in wrong


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("title-widht", '"title-width"'), ("Title-Width", '"title-width"'), ("zzz", "docs/checks.md has them all")],
)
def test_an_unknown_check_is_told_with_the_nearest(typed: str, meant: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, said, wrong = run(OTHER, capsys, explain=typed)
    assert (status, said) == (2, "")
    assert meant in wrong


def test_a_check_is_explained_with_its_reason_its_numbers_and_how_to_silence_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, said, _ = run(OTHER, capsys, explain="title-width")
    assert status == 0
    for part in ("title-width: warning", "Why: ", "Source: https://", "width_px = 580", "allow:\n    title-width: "):
        assert part in said


def test_the_command_answers_on_a_pipe_with_a_line_each() -> None:
    made = command("check", "--content", SAMPLE, "--today", "2026-11-10", "--format", "github")
    assert made.returncode == 0, made.stdout + made.stderr
    assert made.stdout
    assert all(line.startswith("::notice file=") for line in made.stdout.splitlines())
    assert made.stderr == ""
