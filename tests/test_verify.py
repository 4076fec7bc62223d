"""``invoke build --verify`` says whether the site is what a build from nothing makes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from .conftest import command

if TYPE_CHECKING:
    from pathlib import Path


def test_a_site_is_compared_with_one_from_nothing(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    asked = ("build", "--content", content, "--output", output, "--verify")
    done = command(*asked)
    assert done.returncode == 0, done.stderr
    assert f"{output}: byte for byte what a build from nothing makes" in done.stdout

    # Nothing has to be built now, and the comparison is made all the same.
    assert "byte for byte" in command(*asked).stdout


def test_a_cache_that_lies_is_found_out(content: Path, tmp_path: Path) -> None:
    output = tmp_path / "site"
    asked = ("build", "--content", content, "--output", output, "--today", "2026-06-01")
    assert command(*asked).returncode == 0
    page = output / "404.html"
    kept = page.stat()
    page.write_bytes(page.read_bytes().replace(b"</h1>", b"!/h1>"))
    os.utime(page, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    (content / "articles" / "new.md").write_text("---\ntitle: New\ndate: 2026-01-02\n---\nWords.\n", encoding="utf-8")
    done = command(*asked, "--verify")
    assert done.returncode == 1
    assert "404.html is not what a build from nothing makes" in done.stderr


def test_facts_that_cannot_be_used_are_told_before_there_is_anything_to_compare(content: Path, tmp_path: Path) -> None:
    facts = content / "practice.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("timezone =", "time_zone ="), encoding="utf-8")
    done = command("build", "--content", content, "--output", tmp_path / "site", "--verify")
    assert done.returncode == 1
    assert "practice.toml" in done.stdout
    assert "time_zone" in done.stdout
    assert not done.stderr
