"""`invoke diff`: what a search engine would notice between two builds, and how much it can cost."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from site_tools import diff
from site_tools.diff import Change, Risk

from .conftest import Make, command

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title>
<meta name="description" content="{description}"><meta name="robots" content="{robots}">
<link rel="canonical" href="{canonical}">
<script type="application/ld+json">{{"@graph": [{types}]}}</script></head>
<body><main><h1>{h1}</h1><h2>{h2}</h2><p>{words} <a href="{link}">link</a></p></main></body></html>"""
PLAIN = {
    "title": "Sleep",
    "description": "About sleep.",
    "robots": "max-snippet:-1",
    "canonical": "https://x.example/a/",
    "types": '{"@type": "BlogPosting"}, {"@type": ["Person", "Thing"]}',
    "h1": "Sleep",
    "h2": "Night",
    "words": "one two three four five six seven eight nine ten",
    "link": "/b/",
}


def page(**changes: str) -> bytes:
    return PAGE.format(**{**PLAIN, **changes}).encode()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, []),
        ({"robots": "noindex,follow"}, [(Risk.RISKY, "hidden from search engines (noindex)", "", "")]),
        ({"robots": "max-snippet:0"}, [(Risk.NOTABLE, "robots directives", "max-snippet:-1", "max-snippet:0")]),
        (
            {"canonical": "https://y.example/a/"},
            [(Risk.RISKY, "canonical address on another host", "https://x.example/a/", "https://y.example/a/")],
        ),
        (
            {"canonical": "https://x.example/b/"},
            [(Risk.NOTABLE, "canonical address", "https://x.example/a/", "https://x.example/b/")],
        ),
        ({"canonical": ""}, [(Risk.RISKY, "canonical address missing", "https://x.example/a/", "")]),
        ({"title": "Sleep now"}, [(Risk.NOTABLE, "title", "Sleep", "Sleep now")]),
        ({"title": ""}, [(Risk.RISKY, "title", "Sleep", "")]),
        ({"description": "More."}, [(Risk.NOTABLE, "description", "About sleep.", "More.")]),
        (
            {"types": '{"@type": ["Person", "Thing"]}'},
            [(Risk.RISKY, "structured data, a type is gone", "BlogPosting, Person, Thing", "Person, Thing")],
        ),
        (
            {"h2": "Day"},
            [(Risk.SMALL, "headings", "h2 Night", "h2 Day"), (Risk.SMALL, "words", "13 words", "13 words")],
        ),
        ({"link": "/c/"}, [(Risk.SMALL, "links", "/b/", "/c/")]),
        ({"words": "one two"}, [(Risk.NOTABLE, "words", "13 words", "5 words")]),
    ],
)
def test_each_difference_of_a_page_has_its_grade(
    changes: dict[str, str], expected: list[tuple[Risk, str, str, str]]
) -> None:
    found = diff.compare({"a/index.html": page()}, {"a/index.html": page(**changes)}, redirects={})
    assert [(c.risk, c.kind, c.before, c.after) for c in found] == expected
    assert {c.url for c in found} <= {"/a/"}


def test_an_address_is_gone_redirected_or_given_up() -> None:
    old = {f"{name}/index.html": page() for name in "abc"}
    found = diff.compare(old, {}, redirects={"/b/": "/"}, gone={"/c/"})
    assert found == (
        Change(Risk.RISKY, "address gone", "/a/"),
        Change(Risk.NOTABLE, "address given up", "/c/"),
        Change(Risk.SMALL, "address redirected", "/b/", "", "/"),
    )


def test_many_titles_at_once_are_a_risk_and_a_few_are_not() -> None:
    old = {f"{n}/index.html": page() for n in range(20)}
    new = {name: page(title=f"Sleep | {name}") if int(name.split("/")[0]) < 5 else data for name, data in old.items()}
    assert {c.risk for c in diff.compare(old, new, redirects={})} == {Risk.RISKY}
    assert {c.risk for c in diff.compare(old, new, redirects={}, pages=100)} == {Risk.NOTABLE}


def test_robots_txt_that_shuts_search_engines_out_is_a_risk() -> None:
    old, shut = b"User-agent: *\nAllow: /\n", b"User-agent: *\nDisallow: /\n"
    (change,) = diff.compare({"robots.txt": old}, {"robots.txt": shut}, redirects={})
    assert (change.risk, change.after) == (Risk.RISKY, "Googlebot, Bingbot")
    polite = b"User-agent: *\nAllow: /\nUser-agent: GPTBot\nDisallow: /\n"
    (change,) = diff.compare({"robots.txt": old}, {"robots.txt": polite}, redirects={})
    assert change.risk is Risk.NOTABLE


def test_two_builds_of_one_content_do_not_differ(build_it: Make) -> None:
    first = diff.folder(build_it().folder)
    assert len(first) > 5
    assert diff.compare(first, diff.folder(build_it().folder), redirects={}) == ()


def test_the_command_shows_a_few_of_each_kind_the_riskiest_first(content: Path, build_it: Make, tmp_path: Path) -> None:
    build_it().folder.rename(tmp_path / "old")
    for number in range(7):
        text = f"---\ntitle: Article {number}\ndate: 2026-01-{number + 1:02}\n---\n\nText {number}.\n"
        (content / "articles" / f"a{number}.md").write_text(text, encoding="utf-8")
    article = content / "articles" / "plain-words.md"
    article.write_text(article.read_text(encoding="utf-8").replace("date:", "noindex: true\ndate:", 1), "utf-8")
    build_it()
    folders = ("--old", tmp_path / "old", "--new", tmp_path / "site")
    done = command("diff", *folders)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[:3] == [
        "Risky: these can cost visitors:",
        "  hidden from search engines (noindex) (1)",
        "    /blog/plain-words/",
    ]
    assert "  new page (7)" in lines
    assert "    and 2 more" in lines
    told = json.loads(command("diff", *folders, "--format", "json").stdout)
    assert told[0] == {
        "risk": "risky",
        "kind": "hidden from search engines (noindex)",
        "url": "/blog/plain-words/",
        "before": "",
        "after": "",
    }
    same = command("diff", "--old", tmp_path / "old", "--new", tmp_path / "old")
    assert (same.returncode, same.stdout) == (0, "nothing that a search engine would notice\n")


def test_the_command_asks_for_two_folders_where_nothing_was_published(content: Path) -> None:
    done = command("diff", "--content", content)
    assert done.returncode == 2
    assert done.stderr.startswith("this machine remembers no publish to compare with - name two folders")
    assert command("diff", "--old", content).returncode == 2
    assert "--format txet is not text or json" in command("diff", "--format", "txet").stderr
