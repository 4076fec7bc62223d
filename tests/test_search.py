"""The index of the search page: whose words are in it, and what a writer sees when it cannot be made."""

from __future__ import annotations

import gzip
import json
import shutil
import sys
import threading
from functools import partial
from typing import TYPE_CHECKING, Any

import pagefind_bin
import pytest

from local_seo import checks, limits
from local_seo.build import MARKER, build
from local_seo.model.view import View
from local_seo.request import Refused, Request

from .conftest import ROOT, make, tree

if TYPE_CHECKING:
    from pathlib import Path

    from local_seo.errors import Finding
    from local_seo.model.built import Built

    from .conftest import Made, Make

ARTICLE = "articles/stairs-again.md"
CANARY = "Quibblesnatch"


def fragments(made: Made) -> dict[str, dict[str, Any]]:
    """Return what the index says of each page, by the page's address."""
    found = {}
    for path in made.folder.glob("pagefind/fragment/*"):
        page = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        found[page["url"]] = page
    return found


def test_every_page_that_may_be_found_is_in_the_index_and_no_other(sample: Made) -> None:
    views = [view for view in sample.built.views.values() if isinstance(view, View)]
    # What goes on over several pages has no words of its own but on the first.
    own = {view.url for view in views if view.head.indexable and "/page/" not in view.url}
    assert fragments(sample).keys() == own - {"/search/"}


def test_the_index_has_the_words_of_the_page_and_none_of_what_stands_around_them(sample: Made) -> None:
    page = fragments(sample)["/blog/intrusive-thoughts-after-a-baby/"]
    assert page["meta"]["title"].startswith("Intrusive thoughts")
    assert "horrifying" in " ".join(each["content"] for each in fragments(sample).values())
    view = sample.built.views["blog/intrusive-thoughts-after-a-baby/index.html"]
    assert isinstance(view, View)
    assert view.closing
    assert view.related
    for around in (view.closing.text, view.related[0].title, "does not create a clinician", "thinking of hurting"):
        assert around in sample.page(view.save_as)
        assert around not in page["content"]


@pytest.mark.parametrize("line", ["status: draft", "status: hidden", "noindex: true", "date: 2999-01-01"])
def test_what_is_not_to_be_found_leaves_no_trace(line: str, content: Path, build_it: Make) -> None:
    lines = (content / ARTICLE).read_text(encoding="utf-8").splitlines()
    kept = [each for each in lines if not (line.startswith("date") and each.startswith("date"))]
    text = "\n".join([kept[0], line, *kept[1:], "", CANARY, ""])
    (content / "articles/kept.md").write_text(text, encoding="utf-8")
    made = build_it()
    assert CANARY not in json.dumps(fragments(made))
    words = b"".join(gzip.decompress(path.read_bytes()) for path in made.folder.glob("pagefind/index/*"))
    assert CANARY.lower().encode() not in words
    assert b"stair" in words


def test_the_language_is_the_practice_s(content: Path, build_it: Make) -> None:
    facts = content / "practice.toml"
    spanish = facts.read_text(encoding="utf-8").replace("[practice]", '[practice]\nlanguage = "es-MX"', 1)
    facts.write_text(spanish, encoding="utf-8")
    (content / "theme/words").mkdir(parents=True)
    shutil.copy(ROOT / "theme/words/en.toml", content / "theme/words/es.toml")
    entry = json.loads((build_it().folder / "pagefind/pagefind-entry.json").read_text(encoding="utf-8"))
    assert entry["languages"]["es-mx"]["wasm"] == "es-mx"


def test_neither_the_environment_nor_settings_files_change_the_index(
    content: Path, build_it: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = build_it().tree()
    (content / "extra").mkdir(exist_ok=True)
    monkeypatch.setenv("PAGEFIND_EXCLUDE_SELECTORS", "p")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pagefind.toml").write_text('exclude_selectors = ["p"]\n', encoding="utf-8")
    assert build_it().tree() == before


def test_a_build_without_pagefind_says_how_to_get_it_and_keeps_the_site(
    build_it: Make, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    before = build_it().tree()
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: tmp_path / "gone")
    with pytest.raises(Refused, match=r"the search index could not be made.*pip install.*pagefind-bin"):
        build_it()
    (tmp_path / "fails").write_text(f"#!{sys.executable}\nraise SystemExit('no room for words')\n", encoding="utf-8")
    (tmp_path / "fails").chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: tmp_path / "fails")
    with pytest.raises(Refused, match="Pagefind says: no room for words"):
        build_it()
    monkeypatch.undo()
    assert build_it().tree() == before


def test_the_site_is_judged_while_its_index_is_made_and_as_it_would_be_afterwards(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    request = Request(content=content, output=tmp_path / "site", theme=ROOT / "theme", settings=ROOT / "pelicanconf.py")
    own = content / "theme" / "templates" / "search.html"
    own.parent.mkdir(parents=True)
    text = (ROOT / "theme" / "templates" / "search.html").read_text(encoding="utf-8")
    assert "{% endblock" in text
    own.write_text(
        text.replace("{% endblock", '<script src="/pagefind/pagefind.js"></script>{% endblock', 1), encoding="utf-8"
    )
    seen: list[tuple[frozenset[str], tuple[Finding, ...]]] = []

    def judging(built: Built) -> None:
        seen.append((built.paths, checks.run(built)))

    for threads in (2, 1):  # beside another thread everything is done in this process, one after the other
        with monkeypatch.context() as patch:
            patch.setattr(threading, "active_count", partial(int, threads))
            built = build(request, judging=judging)
        paths, findings = seen.pop()
        assert {name for name in built.paths - paths if not name.startswith("pagefind/")} == set()
        assert "pagefind/pagefind.js" in built.paths - paths
        assert findings == checks.run(built)
        sizes = {name: len(data) for name, data in tree(request.output).items()}
        assert {**sizes, MARKER: 0} == {**built.sizes, MARKER: 0}  # it was signed since
        add(content, "More.")


def test_a_site_whose_judge_fails_stays_as_it_was(build_it: Make, content: Path, tmp_path: Path) -> None:
    before = build_it().tree()
    add(content, CANARY)

    def judging(_: Built) -> None:
        raise ZeroDivisionError

    request = Request(content=content, output=tmp_path / "site", theme=ROOT / "theme", settings=ROOT / "pelicanconf.py")
    with pytest.raises(ZeroDivisionError):
        build(request, judging=judging)
    assert tree(tmp_path / "site") == before
    assert not list(tmp_path.glob("site.*"))


def test_a_preview_keeps_the_index_that_it_began_with(content: Path, tmp_path: Path) -> None:
    def preview() -> Made:
        return make(content, tmp_path / "site", preview=True, cache=tmp_path / "cache")

    before = fragments(preview())
    add(content, CANARY)
    made = preview()
    assert CANARY in made.page("blog/stairs-again/index.html")
    assert fragments(made) == before


def add(content: Path, words: str) -> None:
    article = content / ARTICLE
    article.write_text(f"{article.read_text(encoding='utf-8')}\n\n{words}\n", encoding="utf-8")


def test_an_index_of_the_same_pages_is_taken_from_the_earlier_site_unless_it_is_another_there(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"

    def again() -> Made:
        return make(content, tmp_path / "site", cache=cache, spare=cache / "spare")

    monkeypatch.setattr(limits, "SEARCH_INDEX_PAGES_MOST", 3)
    again()
    again()
    shutil.rmtree(cache / "search")
    add(content, CANARY)
    made = again()
    assert len(list((cache / "search").iterdir())) == 1  # the others were not made
    assert made.tree() == make(content, tmp_path / "one").tree()
    shutil.rmtree(cache / "search")
    *_, stranger = made.folder.glob("pagefind/*/*.pf_meta")
    stranger.write_bytes(b"somebody's")
    add(content, "More.")
    assert again().tree() == make(content, tmp_path / "another").tree()


def test_an_index_of_the_same_pages_is_made_once_and_a_damaged_one_again(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    cache = tmp_path / "cache"
    cold = make(content, tmp_path / "cold").tree()
    assert make(content, tmp_path / "first", cache=cache).tree() == cold
    with monkeypatch.context() as patch:
        patch.setattr(pagefind_bin, "get_executable", lambda: tmp_path / "gone")
        assert make(content, tmp_path / "second", cache=cache).tree() == cold
    meta = next(cache.rglob("*.pf_meta"))
    meta.write_bytes(meta.read_bytes()[:-1])
    assert make(content, tmp_path / "third", cache=cache).tree() == cold
    assert "a damaged search index is made anew" in caplog.text
    for number in range(8):
        add(content, f"Number {number}.")
        make(content, tmp_path / "many", cache=cache)
    assert len(list((cache / "search").iterdir())) <= 6
