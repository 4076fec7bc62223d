"""``invoke new``: a file that fits, never one that is there already."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from local_seo import checks
from local_seo.build import WrongValue
from site_tools import new

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Make

DAY = dt.date(2026, 5, 4)


def begin(content: Path, **said: str) -> Path:
    values = {"kind": "article", "service": "", "keywords": "", "cities": "", **said}
    return new.create(content, day=DAY, **values)


def test_a_new_article_is_a_draft_that_builds_once_it_is_published(content: Path, build_it: Make) -> None:
    path = begin(content, title='Say "no": it\'s fine', keywords="saying no, rest", cities="corvallis")
    assert path == content / "articles" / "say-no-its-fine.md"
    assert "blog/say-no-its-fine/index.html" not in build_it(today=DAY).built.paths
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")
    made = build_it(today=DAY)
    document = made.built.site.by_path["articles/say-no-its-fine.md"]
    assert document.front.title == "Say “no”: it’s fine"
    assert document.front.keywords == ("saying no", "rest")
    assert document.front.cities == ("corvallis",)
    assert "write-this" in {finding.id for finding in checks.run(made.built)}


def test_nothing_is_overwritten(content: Path) -> None:
    path = content / "articles" / "plain-words.md"
    before = path.read_bytes()
    with pytest.raises(WrongValue, match="is there already"):
        begin(content, title="Plain words")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "title", "path"),
    [
        ("area", "Corvallis", "areas/corvallis.md"),
        ("person", "Teodor Banda", "people/teodor-banda.md"),
        ("page", "Fees", "pages/fees.md"),
        ("topic", "Balance", "topics/balance.md"),
    ],
)
def test_a_page_about_a_fact_is_named_after_it(kind: str, title: str, path: str, content: Path) -> None:
    assert begin(content, kind=kind, title=title) == content / path


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"kind": "artcle", "title": "A"}, '--kind artcle is unknown - did you mean "article"?'),
        ({"kind": "area", "title": "Corvalis"}, '"Corvalis" is not in practice.toml - did you mean "Corvallis"?'),
        ({"title": "A", "cities": "Salem"}, "--cities Salem is unknown - allowed: Corvallis"),
        ({"title": "?!"}, '--title "?!" has no letter or digit to make an address of'),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(said: dict[str, str], answer: str, content: Path) -> None:
    with pytest.raises(WrongValue) as refused:
        begin(content, **said)
    assert str(refused.value) == answer
