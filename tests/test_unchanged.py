"""A build with nothing to do does nothing, and says the same; the least change makes it build."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from .conftest import ROOT, command

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _built(content: Path, output: Path, *more: str) -> tuple[str, int]:
    """Return what ``invoke build`` says, and the inode of the folder: each build puts another one in place."""
    done = command("build", "--content", content, "--output", output, *more)
    assert done.returncode == 0, done.stderr
    return done.stdout, output.stat().st_ino


def _aged(content: Path) -> None:
    """Let all files be an hour old, as they are when nobody edits."""
    for path in content.rglob("*"):
        os.utime(path, (path.stat().st_atime - 3600, path.stat().st_mtime - 3600))


def _moved_out(content: Path, elsewhere: Path) -> None:
    """Let links lead to an article and to a folder that lie elsewhere, and one in a circle."""
    files = elsewhere / "files"
    files.mkdir(parents=True)
    (files / "notes.txt").write_text("For all.", encoding="utf-8")
    (files / "round").symlink_to(files)
    (content / "extra").symlink_to(files)
    (content / "articles" / "plain-words.md").rename(elsewhere / "linked.md")
    (content / "articles" / "plain-words.md").symlink_to(elsewhere / "linked.md")


def _rewritten(path: Path) -> None:
    path.write_bytes(path.read_bytes())


_CHANGES: dict[str, Callable[[Path, Path], object]] = {
    "a saved article": lambda content, _: _rewritten(content / "articles" / "plain-words.md"),
    "a new file": lambda content, _: (content / "README.md").write_text("For us.", encoding="utf-8"),
    "a page that somebody edited": lambda _, output: (output / "index.html").write_text("mine"),
    "a page that is gone": lambda _, output: (output / "index.html").unlink(),
    "an article that lies elsewhere": lambda content, _: _rewritten(content.parent / "elsewhere" / "linked.md"),
    "a picture that lies elsewhere": lambda content, _: _rewritten(
        content.parent / "elsewhere" / "files" / "notes.txt"
    ),
    "a file more": lambda _, output: (output / "mine.txt").write_text("mine"),
}


@pytest.mark.parametrize("change", _CHANGES)
def test_nothing_is_built_until_something_changes(change: str, content: Path, tmp_path: Path) -> None:
    _moved_out(content, tmp_path / "elsewhere")
    _aged(content)
    _aged(tmp_path / "elsewhere")
    output = tmp_path / "site"
    first = _built(content, output, "--today", "2026-06-01")
    assert _built(content, output, "--today", "2026-06-01") == first
    _CHANGES[change](content, output)
    again = _built(content, output, "--today", "2026-06-01")
    assert again[0].startswith(f"{output}: ")
    assert again[1] != first[1]
    assert "mine" not in (output / "index.html").read_text(encoding="utf-8")
    assert not (output / "mine.txt").exists()


def test_another_day_or_another_origin_is_something_to_do(content: Path, tmp_path: Path) -> None:
    _aged(content)
    output = tmp_path / "site"
    first = _built(content, output, "--today", "2026-06-01")
    second = _built(content, output, "--today", "2026-06-02")
    third = _built(content, output, "--today", "2026-06-02", "--base-url", "https://else.example")
    assert first[1] != second[1] != third[1]
    assert "https://else.example/" in (output / "sitemap.xml").read_text(encoding="utf-8")


def test_an_article_saved_while_the_build_began_is_not_passed_over(content: Path, tmp_path: Path) -> None:
    future = time.time() + 3600
    os.utime(content / "articles" / "plain-words.md", (future, future))
    output = tmp_path / "site"
    first = _built(content, output, "--today", "2026-06-01")
    assert _built(content, output, "--today", "2026-06-01")[1] != first[1]


def test_a_build_with_nothing_to_do_reads_neither_pelican_nor_the_engine(content: Path, tmp_path: Path) -> None:
    _aged(content)
    asked = ["build", "--content", str(content), "--output", str(tmp_path / "site"), "--today", "2026-06-01"]
    first = command(*asked)
    code = "import sys; from invoke.main import program; program.run(sys.argv, exit=False); print(*sys.modules)"
    again = subprocess.run([sys.executable, "-c", code, *asked], cwd=ROOT, capture_output=True, text=True, check=True)
    *said, modules = again.stdout.splitlines()
    assert said == first.stdout.splitlines()
    read = {*modules.split()}
    assert "site_tools.unchanged" in read
    assert not read & {"pelican", "jinja2", "markdown", "docutils", "PIL", "local_seo.build", "local_seo.checks"}
