"""A build that remembers makes what a build from nothing makes."""

from __future__ import annotations

import copy
import datetime as dt
import os
import pickle
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

import pytest
from PIL import Image

from local_seo import checks, reader, schema, walk
from local_seo.build import build
from local_seo.cache import HEAD, Kept
from local_seo.checks import _judging
from local_seo.digests import encoded, of
from local_seo.errors import SourceError
from local_seo.model.document import Document
from local_seo.model.late import Late
from local_seo.model.view import FeedView, View
from local_seo.reader import StrictReader
from local_seo.request import Options, Refused, Request
from local_seo.tree import Files
from local_seo.workers import Item, Parts, Work

from .conftest import ROOT, tree

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from markupsafe import Markup

    from local_seo.errors import Finding
    from local_seo.model.page import Page
    from local_seo.model.site import Site

_ARTICLE = """---
title: "{title}"
date: 2026-02-0{day}
summary: "What to do on day {day}."
keywords: [stairs]
cities: [Corvallis]
image: images/step.png
image_alt: "A step"
---

Words of day {day}, on strength after a fall. {words} Night lights on the way to the bathroom are worth their price.
"""
_SERVICE = "Strength after a fall comes back with practice. "


def _request(content: Path, output: Path, cache: Path | None, today: dt.date | None = None) -> Request:
    options = Options(cache=cache, memory=Kept(cache), today=today) if cache else Options(today=today)
    return Request(
        content=content, output=output, theme=ROOT / "theme", settings=ROOT / "pelicanconf.py", options=options
    )


def _checked(request: Request) -> tuple[Finding, ...]:
    """Build, and return what the checks find."""
    found = checks.run(build(request), request.options.memory)
    assert found
    return found


def _edit(old: str, new: str, name: str) -> Callable[[Path], None]:
    def run(content: Path) -> None:
        path = content / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return run


def _add(content: Path) -> None:
    text = _ARTICLE.format(title="A new one", day=3, words="Call {{ practice.phone }}.")
    (content / "articles" / "new.md").write_text(text, encoding="utf-8")


def _rename(content: Path) -> None:
    (content / "articles" / "two.md").rename(content / "articles" / "other.md")


def _draw(content: Path, colour: str = "teal") -> None:
    (content / "images").mkdir(exist_ok=True)
    Image.new("RGB", (1300, 700), colour).save(content / "images" / "step.png")


def _checks(setting: str) -> Callable[[Path], None]:
    def run(content: Path) -> None:
        with (content / "practice.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n[checks]\n{setting}\n")

    return run


def _theme(content: Path) -> None:
    (content / "theme" / "templates").mkdir(parents=True)
    (content / "theme" / "templates" / "404.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")


_EDITS: dict[str, Callable[[Path], None]] = {
    "nothing": lambda _: None,
    "body": _edit("Words of day 1", "Other words", "articles/one.md"),
    "title": _edit("The first", "The very first", "articles/one.md"),
    "slug with links in": _edit("date:", "slug: moved\ndate:", "articles/one.md"),
    "new": _add,
    "keywords": _edit("[stairs]", "[night lights, stairs]", "articles/one.md"),
    "a topic less": _edit("[stairs]", "[hallways]", "articles/one.md"),
    "places": _edit("cities: [Corvallis]\n", "", "articles/one.md"),
    "summary": _edit("What to do on day 1", "What to try on day 1", "articles/one.md"),
    "date": _edit("2026-02-01", "2026-02-09", "articles/one.md"),
    "phrase": _edit("date:", "link_phrases: [lights on the way]\ndate:", "articles/two.md"),
    "withdrawn": _edit("date:", "status: draft\ndate:", "articles/two.md"),
    "hidden": _edit("date:", "status: hidden\ndate:", "articles/two.md"),
    "name of a service": _edit("Strength after a fall", "Steps after a fall", "practice.toml"),
    "picture": lambda content: _draw(content, "olive"),
    "deleted": lambda content: (content / "articles" / "two.md").unlink(),
    "renamed": _rename,
    "fact of the practice": _edit("541-555-0117", "541-555-0118", "practice.toml"),
    "call to action": _edit("Tell us", "Say", "ctas/visit.toml"),
    "template": _theme,
    "allow": _edit("date:", "allow: {thin-page: it is short}\ndate:", "articles/one.md"),
    "number of a check": _checks("title-width = { width_px = 90 }"),
    "severity of a check": _checks('thin-page = { severity = "error" }'),
}


@pytest.fixture
def written(content: Path) -> Path:
    """The small practice with two more articles, one of which links to the other and asks for a fact."""
    one = _ARTICLE.format(title="The first", day=1, words="Call {{ practice.phone }}.")
    two = _ARTICLE.format(title="The second", day=2, words="See [the first]({filename}one.md).".replace("{", "{{"))
    _draw(content)
    (content / "articles" / "one.md").write_text(one + _SERVICE * 60, encoding="utf-8")
    (content / "articles" / "two.md").write_text(two.replace("{{", "{"), encoding="utf-8")
    return content


@pytest.mark.parametrize("edit", _EDITS)
def test_after_any_edit_a_warm_build_makes_what_a_cold_one_makes(edit: str, written: Path, tmp_path: Path) -> None:
    _checked(_request(written, tmp_path / "warm", tmp_path / "cache"))
    _EDITS[edit](written)
    warm = _checked(_request(written, tmp_path / "warm", tmp_path / "cache"))
    cold = _checked(_request(written, tmp_path / "cold", None))
    assert tree(tmp_path / "warm") == tree(tmp_path / "cold")
    assert warm == cold


def test_on_another_day_a_warm_build_makes_what_a_cold_one_makes(written: Path, tmp_path: Path) -> None:
    before, after = dt.date(2026, 2, 1), dt.date(2026, 3, 1)
    _checked(_request(written, tmp_path / "warm", tmp_path / "cache", before))
    warm = _checked(_request(written, tmp_path / "warm", tmp_path / "cache", after))
    cold = _checked(_request(written, tmp_path / "cold", None, after))
    assert tree(tmp_path / "warm") == tree(tmp_path / "cold")
    assert warm == cold
    assert (tmp_path / "warm" / "blog" / "two").is_dir()


def test_neither_build_nor_checks_read_a_page_that_is_as_it_was(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    _checked(_request(written, tmp_path / "site", cache))
    first = tree(tmp_path / "site")
    _edit("Words of day 1", "Other words of day 1", "articles/one.md")(written)
    read: list[str] = []
    whole = Files.__getitem__

    def noted(self: Files, name: str) -> bytes:
        read.append(name)
        return whole(self, name)

    monkeypatch.setattr(Files, "__getitem__", noted)
    _checked(_request(written, tmp_path / "site", cache))
    pages = {name: data for name, data in tree(tmp_path / "site").items() if name.endswith(".html")}
    assert {name for name in read if name in pages} == {name for name in pages if pages[name] != first[name]}


def test_an_anchor_that_is_gone_is_told_though_the_page_that_links_to_it_is_remembered(
    written: Path, tmp_path: Path
) -> None:
    _edit("Words of day 1", "## Lights\n\nWords of day 1", "articles/one.md")(written)
    _edit("one.md)", "one.md#lights)", "articles/two.md")(written)
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    _edit("## Lights", "## Lamps", "articles/one.md")(written)
    with pytest.raises(SourceError, match=r"two\.md.*lights"):
        build(_request(written, tmp_path / "site", tmp_path / "cache"))


def test_only_the_pages_that_an_edit_touches_are_composed_again(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    composed: list[str] = []
    graph = schema.graph

    def remembered(page: Page, view: View, site: Site) -> Markup:
        composed.append(page.url)
        return graph(page, view, site)

    monkeypatch.setattr(schema, "graph", remembered)
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert "/" in composed

    composed.clear()
    _EDITS["body"](written)
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert composed == ["/blog/one/"]


def test_only_pages_that_changed_are_judged_again(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: set[str] = set()
    judging = _judging.judged

    def noted(*about: Any) -> object:  # noqa: ANN401 - whatever it is told
        view: View = about[-1]
        judged.add(view.url)
        return judging(*about)

    monkeypatch.setattr(_judging, "judged", noted)
    _checked(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert {"/blog/one/", "/blog/two/", "/"} < judged

    judged.clear()
    _checked(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert not judged

    _EDITS["body"](written)
    _checked(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert judged == {"/blog/one/"}

    _EDITS["fact of the practice"](written)
    _checked(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert {"/blog/one/", "/blog/two/", "/"} < judged


def test_only_what_changed_is_read_again(written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    reading = StrictReader.document

    def remembered(self: StrictReader, path: Path) -> object:
        read.append(path.name)
        return reading(self, path)

    monkeypatch.setattr(StrictReader, "document", remembered)
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert {"one.md", "two.md"} < set(read)

    read.clear()
    _EDITS["body"](written)
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert read == ["one.md"]

    read.clear()
    _EDITS["fact of the practice"](written)
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert "one.md" in read
    assert "two.md" not in read


def _opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the list of Markdown files that builds open from now on."""
    opened: list[str] = []
    looking = reader._look

    def look(path: Path) -> object:
        opened.append(path.name)
        return looking(path)

    monkeypatch.setattr(reader, "_look", look)
    return opened


def test_a_file_that_nobody_wrote_to_is_not_opened_again(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = _opened(monkeypatch)
    monkeypatch.setattr(walk, "TICK_NS", -(10**9))  # as if the files had been saved a while ago
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert {"one.md", "two.md"} < set(opened)

    opened.clear()
    one, two = written / "articles/one.md", written / "articles/two.md"
    before = one.stat()
    text = one.read_text(encoding="utf-8")
    one.write_text(text.replace("strength", "Strength"), encoding="utf-8")  # as long as it was
    os.utime(one, ns=(before.st_atime_ns, before.st_mtime_ns))
    shutil.copy2(two, written / "copy")
    (written / "copy").rename(two)
    site = tmp_path / "site"
    build(_request(written, site, tmp_path / "cache"))
    assert set(opened) == {"one.md", "two.md"}
    assert "Strength after a fall" in (site / "blog/one/index.html").read_text(encoding="utf-8")


def test_a_file_saved_a_moment_ago_is_opened_again(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It could change once more within one tick of the clock, without a trace."""
    monkeypatch.setattr(walk, "TICK_NS", 10**15)
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    opened = _opened(monkeypatch)
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert {"one.md", "two.md"} < set(opened)


def test_a_faulty_file_is_told_each_time_and_the_others_are_remembered(written: Path, tmp_path: Path) -> None:
    _edit("date:", "dtae:", "articles/one.md")(written)
    for _ in range(2):
        with pytest.raises(SourceError, match="dtae"):
            build(_request(written, tmp_path / "site", tmp_path / "cache"))


@pytest.mark.parametrize("harm", ["cut short", "longer", "other bytes", "a bit", "another's", "no file"])
def test_a_cache_that_cannot_be_used_is_made_anew(
    harm: str, written: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = tmp_path / "cache"
    build(_request(written, tmp_path / "cold", cache))
    for path in sorted(cache.rglob("*.shard")):
        data = path.read_bytes()
        brief = data[HEAD.size : HEAD.size + HEAD.unpack_from(data)[1]]
        if harm == "no file":
            path.unlink()
            path.mkdir()
        elif harm == "another's":
            brief = brief.replace(b"What to do", b"What to try").replace(b'["', b'["x', 1)
            path.write_bytes(HEAD.pack(crc32(brief), len(brief)) + brief + data[HEAD.size + len(brief) :])
        elif harm == "a bit":
            path.write_bytes(data.replace(brief, bytes([*brief[:-9], brief[-9] ^ 1, *brief[-8:]])))
        else:
            path.write_bytes({"cut short": data[:-1], "longer": data + b"x", "other bytes": b"\x80\x04" + data}[harm])
    with caplog.at_level("INFO"):
        build(_request(written, tmp_path / "warm", cache))
    assert tree(tmp_path / "warm") == tree(tmp_path / "cold")
    assert harm == "another's" or "made anew" in caplog.text
    shutil.rmtree(tmp_path / "warm")
    build(_request(written, tmp_path / "warm", cache))
    assert tree(tmp_path / "warm") == tree(tmp_path / "cold")


# --- what is read late ------------------------------------------------------------------------------------------


def _flip_late(cache: Path) -> None:
    """Change one bit in each part of each shard that is read late: in the middle of what one page said."""
    for path in sorted(cache.rglob("*.shard")):
        data = bytearray(path.read_bytes())
        late = HEAD.size + HEAD.unpack_from(data)[1]
        for at in range(late + 40, len(data), 200):
            data[at] ^= 1
        path.write_bytes(data)


def test_what_is_late_is_not_read_where_nobody_asks(
    written: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    attributes = View.__getattr__  # type: ignore[attr-defined]  # hidden from type checkers

    def noted(self: View | FeedView | Document, name: str) -> object:
        if name in type(self).__dataclass_fields__:
            asked.append(self.path if isinstance(self, Document) else self.url)
        return attributes(self, name)

    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    _EDITS["body"](written)
    monkeypatch.setattr(Late, "__getattr__", noted)
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert {"/blog/one/", "articles/one.md"} <= set(asked)
    assert not {"/blog/two/", "/"} & set(asked)


@pytest.mark.parametrize("edit", ["title", "template", "fact of the practice", "deleted"])
def test_what_is_late_and_damaged_is_made_anew(
    edit: str, written: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    cache = tmp_path / "cache"
    build(_request(written, tmp_path / "warm", cache))
    _flip_late(cache)
    _EDITS[edit](written)
    cold = _checked(_request(written, tmp_path / "cold", None))
    assert _checked(_request(written, tmp_path / "warm", cache)) == cold
    assert tree(tmp_path / "warm") == tree(tmp_path / "cold")
    assert "made anew" in caplog.text
    caplog.clear()
    assert _checked(_request(written, tmp_path / "warm", cache)) == cold
    assert "made anew" not in caplog.text


def test_late_parts_that_cannot_be_made_again_stop_the_build(tmp_path: Path) -> None:
    """A file was damaged, and what it was made from changed, while a build was under way: no wrong page comes of it."""
    said = ["one"]
    whole: Parts[str] = Parts(lambda _: 0, str, str, lambda rest: {"text": rest}, lambda _, late: cast("str", late))
    work: Work[int, str] = Work("said", int, lambda place: said[place] * 9, whole)
    Kept(tmp_path).each(work, [Item("a", "x", 0)])
    (path,) = (tmp_path / "said").iterdir()
    path.write_bytes(path.read_bytes().replace(b"oneone", b"onione"))
    late: Any = Kept(tmp_path).each(work, [Item("a", "x", 0)])[0]
    said[0] = "two"
    with pytest.raises(Refused, match="build again"):
        late()
    said[0] = "one"
    assert late() == {"text": "one" * 9}


def test_what_an_older_engine_kept_is_taken_away(
    written: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    old = tmp_path / "cache" / "read" / "00.json"
    old.parent.mkdir(parents=True)
    old.write_text('["0123", {}]', encoding="utf-8")
    build(_request(written, tmp_path / "site", tmp_path / "cache"))
    assert not old.exists()
    assert "made anew" not in caplog.text


def test_a_late_value_is_as_good_as_an_ordinary_one(written: Path, tmp_path: Path) -> None:
    request = _request(written, tmp_path / "site", tmp_path / "cache")
    ordinary = build(_request(written, tmp_path / "cold", None))
    for _ in range(2):  # as the workers sent it, and as it was kept
        late = build(request)
        for path, document in ordinary.site.by_path.items():
            found = late.site.by_path[path]
            assert found == document == pickle.loads(pickle.dumps(found)) == replace(found)  # noqa: S301 - our own
            assert encoded(replace(found, digest="")) == encoded(replace(document, digest=""))
        for name, view in ordinary.views.items():
            kept = late.views[name]
            assert kept == view == copy.copy(kept) == replace(kept)
            assert encoded(kept) == encoded(view)
            assert of(kept) == of(view) == of(replace(kept))
            assert repr(kept) == repr(view)
        assert not hasattr(late.views["index.html"], "nonsense")
        request = _request(written, tmp_path / "site", tmp_path / "cache")
