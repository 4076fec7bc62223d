"""The docs name what there is: every key, command and check."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, get_args, get_type_hints

import pytest

from local_seo import checks
from local_seo.model.cta import CallToAction
from local_seo.model.document import FrontMatter
from local_seo.model.practice import Facts

from .conftest import ROOT, command

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITING = (ROOT / "docs" / "writing.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
CODE = set(re.findall(r"`([^`\n]+)`", WRITING))


def keys_of(record: type) -> Iterator[str]:
    """Yield the keys of a dataclass and of those inside it."""
    hints = get_type_hints(record)
    for field in fields(record):
        yield field.name
        for inner in (hints[field.name], *get_args(hints[field.name])):
            if is_dataclass(inner) and isinstance(inner, type):
                yield from keys_of(inner)


@pytest.mark.parametrize("record", [FrontMatter, Facts, CallToAction])
def test_every_key_is_in_writing_md(record: type) -> None:
    words = {word for code in CODE for word in re.findall(r"\w+", code)}
    # `id` of a call to action is the file's name; sections of a placement are written as words.
    missing = set(keys_of(record)) - words - {"id", "after_section"}
    assert not missing


def test_every_key_in_the_table_of_front_matter_exists() -> None:
    table = WRITING.split("### Every key")[1].split("###")[0]
    named = {key for row in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for key in re.findall(r"`(\w+)`", row)}
    assert named == set(FrontMatter.__dataclass_fields__)


def test_every_command_is_in_the_readme_and_explains_itself() -> None:
    listed = re.findall(r"^  (\w[\w-]*) {2,}(\S.*)$", command("--list").stdout, re.MULTILINE)
    assert {name for name, _ in listed} >= {"build", "check", "new", "test"}
    for name, words in listed:
        assert f"`invoke {name}" in README
        assert words


def test_every_check_is_in_checks_md() -> None:
    assert (ROOT / "docs" / "checks.md").read_text(encoding="utf-8") == checks.documentation()


@pytest.mark.parametrize(
    "page", ["README.md", "docs/architecture.md", "docs/writing.md", "docs/checks.md", "docs/report.md"]
)
def test_every_link_between_the_docs_leads_to_a_file(page: str) -> None:
    path = ROOT / page
    for target in re.findall(r"\]\((?!https?:|#|\{)([^)#\s]+)", re.sub(r"`[^`]*`", "", path.read_text())):
        assert (path.parent / target).exists(), target


def test_every_flag_that_writing_md_shows_exists() -> None:
    shown = set(re.findall(r"invoke ([a-z-]+)((?: [^`\n#]*)?)", WRITING))
    assert {name for name, _ in shown} >= {"new", "edit", "serve", "check", "publish", "rollback"}
    for name in sorted({name for name, _ in shown}):
        explained = command("--help", name).stdout
        assert "Usage:" in explained, name
        flags = {flag for task, rest in shown if task == name for flag in re.findall(r"--[a-z-]+", rest)}
        assert {flag for flag in flags if not re.search(rf"{flag}\b", explained)} == set(), name


def test_every_fault_that_writing_md_explains_exists() -> None:
    table = WRITING.split("| you see |")[1].split("\n\n")[0]
    named = {
        name for cell in re.findall(r"^\| (`.*?) \|", table, re.MULTILINE) for name in re.findall(r"`([\w-]+)`", cell)
    }
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "plugins" / "local_seo").rglob("*.py"))
    assert named
    assert {name for name in named if f'"{name}"' not in code and name not in checks.known()} == set()


def test_every_picture_of_the_docs_is_shown_and_says_what_it_shows() -> None:
    pages = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs").glob("*.md"))
    shown = dict(re.findall(r"!\[([^\]]+)\]\(pictures/([^)]+)\)", pages))
    named = {*shown.values(), *re.findall(r'<img src="pictures/([^"]+)"[^>]* alt="[^"]+"', pages)}
    assert named == {path.name for path in (ROOT / "docs" / "pictures").iterdir()}
