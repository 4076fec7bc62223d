"""What checks of the whole site remember of earlier builds changes no finding, whatever was edited since."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from local_seo import checks, example
from local_seo.cache import Kept
from local_seo.checks import _evidence, _paragraphs
from local_seo.digests import digest, encoded
from local_seo.model.page import PageKind
from local_seo.model.practice import Prose

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from local_seo.errors import Finding
    from local_seo.model.built import Built
    from local_seo.model.document import Document
    from local_seo.model.practice import Facts
    from local_seo.model.view import View

WORDS = ["".join(random.Random(number).choices("abcdefghijklm", k=5)) for number in range(400)]  # noqa: S311 - texts
TELLING = ["nap", "stairs", "lamp", "toast", "pram"]


SERVICE = example.FACTS.services[0]
SERVICE_FILE = f"services/{SERVICE.slug}.md"
KEPT = {"dead-link", "near-copy", "no-text-link", "orphan-page", "service-link", "two-owners"}


@dataclass
class Page:
    """What somebody wrote, and where the page links to."""

    text: str
    number: int
    ways: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Return two of the words that tell texts apart."""
        return f"{TELLING[self.number % 5]} and {TELLING[(self.number + 1) % 5]}"


def site(pages: dict[str, Page]) -> Built:
    """Return a site of these pages, by path, and one of a service; files and documents are known by digests."""
    parts: list[object] = []
    printed = []
    known = {}
    for path, page in {**pages, SERVICE_FILE: Page("We listen.", 0)}.items():
        folder, _, name = path.removesuffix(".md").partition("/")
        kind = {"areas": PageKind.AREA, "articles": PageKind.ARTICLE, "services": PageKind.SERVICE}[folder]
        keywords = (Prose(TELLING[page.number % 3]),)
        front = {"title": Prose(page.title), "keywords": keywords, "cities": ("indio",), "service": SERVICE.slug}
        written = example.document(page.text, path=path, **front)
        document = replace(written, digest=digest(encoded((page.text, page.number))))
        view = example.view(f"/{folder}/{name}/", kind=kind, source=path, heading=escape(page.title))
        rendered = example.rendered(view, anchors=tuple((way, "On") for way in page.ways))
        parts += [view, rendered, document]
        printed.append(example.page(document, SERVICE if kind is PageKind.SERVICE else None))
        known[view.save_as] = digest(encoded(rendered.anchors))
    made = example.built(*parts, pages=tuple(printed))  # type: ignore[arg-type]
    return replace(made, digests=known)


def prose(chance: random.Random) -> str:
    said = [" ".join(chance.choices(WORDS, k=30)) for _ in range(3)]
    return "\n\n".join(f"{words} {' '.join(chance.sample(TELLING, 2))}." for words in said)


def ways(chance: random.Random, pages: Iterable[str]) -> tuple[str, ...]:
    """Return some links: to pages that are there, to the page itself, elsewhere, and to what is not there."""
    own = [f"/{path.removesuffix('.md')}/" for path in sorted(pages)]
    some = [*own, "#main", "#nowhere", "../", "http://a.example/", "/gone/", "/", "/blog/?utm_a=b"]
    return tuple(chance.sample(some, 4))


def edited(pages: dict[str, Page], chance: random.Random, step: int, found: Iterable[Finding]) -> None:
    """Change something in a site: mostly in a page that findings name as the place for a link."""
    places = {finding.remedy.partition("the best place: ")[2].partition(",")[0] for finding in found}
    path = chance.choice(sorted(pages.keys() & places if step % 3 else pages))
    other = chance.choice(sorted(pages))
    edit = chance.choice(["write", "copy", "swap", "delete", "title", "split", "stop", "link", "nothing"])
    if edit == "write":
        pages[path].text = prose(chance)
    elif edit == "copy":
        pages[f"areas/n{step}.md"] = Page(f"{pages[path].text} {chance.choice(WORDS)}", step)
    elif edit == "swap":
        pages[path].text, pages[other].text = pages[other].text, pages[path].text
    elif edit == "delete":
        del pages[path]
    elif edit == "title":  # and the first keyword with it
        pages[path].number += 1
    elif edit == "split":  # the same words, other paragraphs
        pages[path].text = pages[path].text.replace(" ", "\n\n", 3)
    elif edit == "stop":  # the same words, other signs between them
        pages[path].text = pages[path].text.replace(" ", ", ", 3)
    elif edit == "link":
        pages[path].ways = ways(chance, pages)


def of_the_site(found: tuple[Finding, ...]) -> set[str]:
    return {finding.id for finding in found} & KEPT


@pytest.mark.parametrize(
    ("seed", "most", "kept"), [(0, 17, 4), (1, 17, 1), (2, 20, 4), (3, 40, 4), (4, 40, 2), (5, 40, 1)]
)
def test_after_many_edits_pages_are_told_apart_as_if_nothing_were_known(
    seed: int, most: int, kept: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_paragraphs, "_SAID_BY_MOST", most)  # so that some edits move words across it, and some do not
    monkeypatch.setattr(_paragraphs, "_KEPT", kept)
    chance = random.Random(seed)  # noqa: S311 - for texts
    pages = {f"{'areas' if n % 4 == 0 else 'articles'}/p{n}.md": Page(prose(chance), n) for n in range(14)}
    for page in pages.values():
        page.ways = ways(chance, pages)
    pages["articles/p1.md"].text = pages["articles/p2.md"].text
    warm = checks.run(site(pages), Kept(tmp_path))
    seen = of_the_site(warm)
    for step in range(16):
        edited(pages, chance, step, warm)
        warm = checks.run(site(pages), Kept(tmp_path))
        assert warm == checks.run(site(pages))
        seen |= of_the_site(warm)
    assert seen == KEPT


def test_an_edit_of_the_best_place_makes_nobody_look_through_all_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(1)  # noqa: S311 - for texts
    pages = {f"articles/p{n}.md": Page(prose(chance), n) for n in range(12)}
    (best,) = [
        each
        for each in checks.run(site(pages), Kept(tmp_path))
        if each.path == "articles/p0.md" and each.id == "no-text-link"
    ]
    place = best.remedy.partition("the best place: ")[2].partition(",")[0]
    looked: list[set[str]] = []
    index = _paragraphs.Index

    def listed(said: dict[str, str]) -> _paragraphs.Index:
        looked.append(set(said))
        return index(said)

    monkeypatch.setattr(_paragraphs, "Index", listed)
    pages[place].text = "Nothing to do with it."
    (other,) = [
        each
        for each in checks.run(site(pages), Kept(tmp_path))
        if each.path == "articles/p0.md" and each.id == "no-text-link"
    ]
    assert looked == [{place}]
    assert place not in other.remedy


def test_a_page_that_stays_is_compared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)  # noqa: S311 - for texts
    pages = {f"articles/p{n}.md": Page(prose(chance), 0) for n in range(8)}
    pages["articles/p8.md"] = pages["articles/p0.md"]
    checks.run(site(pages), Kept(tmp_path))
    asked: list[str] = []
    shingled = _evidence.shingled

    def counted(view: View, document: Document, facts: Facts) -> _evidence.Said:
        asked.append(view.source)
        return shingled(view, document, facts)

    monkeypatch.setattr("local_seo.checks.near_copy.shingled", counted)
    assert any(finding.id == "near-copy" for finding in checks.run(site(pages), Kept(tmp_path)))
    assert asked == []
    pages["articles/p3.md"] = pages["articles/p4.md"]
    checks.run(site(pages), Kept(tmp_path))
    assert sorted(asked) == ["articles/p3.md", "articles/p4.md"]


PARAGRAPHS = st.lists(st.frozensets(st.sampled_from("abcdef")).map(lambda each: "\n".join(sorted(each))), max_size=5)
FILES = ["one", "two", "three", "four", "five", "six"]


@given(
    st.dictionaries(st.sampled_from(FILES), PARAGRAPHS.map("\n\n".join)),
    st.dictionaries(st.sampled_from("abcdefg"), st.integers(1, 40)),
    st.frozensets(st.sampled_from("abc")),
    st.sampled_from(["one", "two", "seven"]),
)
def test_the_best_paragraphs_are_those_that_looking_at_each_finds(
    said: dict[str, str], worth: dict[str, int], common: frozenset[str], but: str
) -> None:
    best: dict[str, tuple[int, str, int]] = {}
    for path in sorted(said.keys() - {but}):
        for number, words in enumerate(said[path].split("\n\n")):
            shared = worth.keys() & words.split("\n")
            if len(shared) > 1 and shared - common:
                value = sum(worth[word] for word in shared)
                best[path] = max(best.get(path, (0, "", 0)), (value, path, number), key=lambda place: place[0])
    found = sorted(best.values(), key=lambda place: (-place[0], *place[1:]))
    assert _paragraphs.Index(said).best(worth, common, but) == found[:4]
