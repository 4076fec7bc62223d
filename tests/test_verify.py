"""``invoke build --verify`` says whether the site is what a build from nothing makes."""

from __future__ import annotations

import datetime as dt
import os
from functools import partial
from typing import TYPE_CHECKING

import pytest

from local_seo.cache import Kept
from local_seo.request import Options, Request
from site_tools import commands

from .conftest import ROOT, command

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


def test_a_cache_that_lies_is_found_out(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "site"
    cache = tmp_path / "cache"  # that no other test uses

    def asked(**_: str) -> Request:
        options = Options(today=dt.date(2026, 6, 1), cache=cache, memory=Kept(cache))
        return Request(
            content=content,
            output=output,
            theme=ROOT / "theme",
            settings=ROOT / "pelicanconf.py",
            spare=cache / "spare",
            options=options,
        )

    monkeypatch.setattr(commands, "_request", asked)
    build = partial(commands.build, content="", output="", base_url="", today="")
    build(verify=False)
    page = output / "404.html"
    kept = page.stat()
    page.write_bytes(page.read_bytes().replace(b"</h1>", b"!/h1>"))
    os.utime(page, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    (content / "articles" / "new.md").write_text("---\ntitle: New\ndate: 2026-01-02\n---\nWords.\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        build(verify=True)
    assert ended.value.code == 1
    assert capsys.readouterr().err.startswith("404.html is not what a build from nothing makes\n1 difference - delete")


def test_facts_that_cannot_be_used_are_told_before_there_is_anything_to_compare(content: Path, tmp_path: Path) -> None:
    facts = content / "practice.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("timezone =", "time_zone ="), encoding="utf-8")
    done = command("build", "--content", content, "--output", tmp_path / "site", "--verify")
    assert done.returncode == 1
    assert "practice.toml" in done.stdout
    assert "time_zone" in done.stdout
    assert not done.stderr
