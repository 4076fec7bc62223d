"""An article as such posts are often written for search engines, and the same one rewritten by what the checks say."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from local_seo import checks, report

from .conftest import ROOT, make

if TYPE_CHECKING:
    from pathlib import Path

    from local_seo.errors import Finding

HERE = ROOT / "tests" / "spam"


def findings(name: str, folder: Path) -> list[Finding]:
    content = folder / "content"
    shutil.copytree(ROOT / "tests" / "cases" / "base", content)
    for made in ("articles", "images"):
        (content / made).mkdir()
    shutil.copy(HERE / name, content / "articles" / "post.md")
    shutil.copy(ROOT / "content" / "images" / "porch-at-dusk.png", content / "images" / "porch.png")
    built = make(content, folder / "site").built
    return [finding for finding in checks.run(built) if finding.path == "articles/post.md"]


def test_a_stuffed_post_is_found_out_line_by_line(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found = report.render(findings("before.md", tmp_path))
    golden = HERE / "findings.txt"
    if request.config.getoption("--update-goldens"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("check", "line", "column", "severity"),
    [
        ("place-run", 40, 1, "error"),  # fifteen places
        ("phrase-block", 42, 1, "error"),  # seven search phrases
        ("inverted-phrase", 14, 304, "error"),  # the first of nine in the text
        ("keyword-density", 14, 304, "error"),
        ("image-alt", 8, 13, "error"),
        ("image-alt", 20, 3, "error"),
        ("licence-number", 38, 0, "error"),  # the licence line, typed by hand
        ("reading-grade", 18, 1, "warning"),
    ],
)
def test_each_device_is_found_where_it_stands(
    check: str, line: int, column: int, severity: str, tmp_path: Path
) -> None:
    found = {(each.id, each.line, each.column, each.severity.value) for each in findings("before.md", tmp_path)}
    assert (check, line, column, severity) in found


def test_the_same_post_rewritten_passes(tmp_path: Path) -> None:
    assert report.render(findings("after.md", tmp_path)) == "nothing found\n"
