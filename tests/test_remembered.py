"""What checks of the whole site remember of earlier builds changes no finding, whatever was edited since."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from local_seo import checks, example
from local_seo.cache import Kept
from local_seo.checks import _evidence, _paragraphs
from local_seo.model.page import PageKind
from local_seo.model.practice import Prose

if TYPE_CHECKING:
    from pathlib import Path

    from local_seo.errors import Finding
    from local_seo.model.built import Built
    from local_seo.model.document import Document
    from local_seo.model.practice import Facts
    from local_seo.model.view import View

WORDS = ["".join(random.Random(number).choices("abcdefghijklm", k=5)) for number in range(400)]  # noqa: S311 - texts
TELLING = ["nap", "stairs", "lamp", "toast", "pram"]


def site(texts: dict[str, str], dates: dict[str, int]) -> Built:
    """Return a site of one page a text, by path."""
    parts: list[object] = []
    for path, text in texts.items():
        folder, _, name = path.removesuffix(".md").partition("/")
        kind = PageKind.AREA if folder == "areas" else PageKind.ARTICLE
        title = f"{TELLING[dates[path] % 5]} and {TELLING[(dates[path] + 1) % 5]}"
        document: Document = example.document(text, path=path, title=Prose(title))
        parts += [example.view(f"/{folder}/{name}/", kind=kind, source=path, heading=escape(title)), document]
    return example.built(*parts)  # type: ignore[arg-type]


def prose(chance: random.Random) -> str:
    said = [" ".join(chance.choices(WORDS, k=30)) for _ in range(3)]
    return "\n\n".join(f"{words} {' '.join(chance.sample(TELLING, 2))}." for words in said)


def of_the_site(found: tuple[Finding, ...]) -> set[str]:
    return {finding.id for finding in found} & {"near-copy", "no-text-link"}


@pytest.mark.parametrize("seed", range(4))
def test_after_many_edits_pages_are_told_apart_as_if_nothing_were_known(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_paragraphs, "_SAID_BY_MOST", 17)  # so that edits move words across it
    chance = random.Random(seed)  # noqa: S311 - for texts
    texts = {f"{'areas' if n % 4 == 0 else 'articles'}/p{n}.md": prose(chance) for n in range(14)}
    dates = {path: n for n, path in enumerate(texts)}
    texts["articles/p1.md"] = texts["articles/p2.md"]
    seen = of_the_site(checks.run(site(texts, dates), Kept(tmp_path)))
    for step in range(10):
        path = chance.choice(sorted(texts))
        edit = chance.choice(["write", "copy", "swap", "delete", "title", "nothing"])
        if edit == "write":
            texts[path] = prose(chance)
        elif edit == "copy":
            texts[f"areas/n{step}.md"] = texts[path] + " " + chance.choice(WORDS)
            dates[f"areas/n{step}.md"] = step
        elif edit == "swap":
            other = chance.choice(sorted(texts))
            texts[path], texts[other] = texts[other], texts[path]
        elif edit == "delete":
            del texts[path]
        elif edit == "title":
            dates[path] += 1
        warm = checks.run(site(texts, dates), Kept(tmp_path))
        assert warm == checks.run(site(texts, dates))
        seen |= of_the_site(warm)
    assert seen == {"near-copy", "no-text-link"}


def test_a_page_that_stays_is_compared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(3)  # noqa: S311 - for texts
    texts = {f"articles/p{n}.md": prose(chance) for n in range(8)}
    texts["articles/p8.md"] = texts["articles/p0.md"]
    dates = dict.fromkeys(texts, 0)
    checks.run(site(texts, dates), Kept(tmp_path))
    asked: list[str] = []
    shingled = _evidence.shingled

    def counted(view: View, document: Document, facts: Facts) -> _evidence.Said:
        asked.append(view.source)
        return shingled(view, document, facts)

    monkeypatch.setattr("local_seo.checks.near_copy.shingled", counted)
    assert any(finding.id == "near-copy" for finding in checks.run(site(texts, dates), Kept(tmp_path)))
    assert asked == []
    texts["articles/p3.md"] = texts["articles/p4.md"]
    checks.run(site(texts, dates), Kept(tmp_path))
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
