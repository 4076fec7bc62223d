"""Copies with another town's name, on made-up pages and on the sample site."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import escape

from local_seo import checks, example
from local_seo.checks import near_copy
from local_seo.errors import Finding, Severity
from local_seo.model.document import Fact, Kind
from local_seo.model.page import PageKind
from local_seo.model.practice import Prose
from local_seo.model.view import Card, Citation, FactLine, Offer, Pagination

from .conftest import SAMPLE, Made, make

if TYPE_CHECKING:
    from pathlib import Path

    from local_seo.model.document import Document
    from local_seo.model.view import View

CHANCE = random.Random(20261102)  # noqa: S311 - for texts, not for secrets
VOCABULARY = ["".join(CHANCE.choices("abcdefghijklmnoprstuvw", k=CHANCE.randint(2, 9))) for _ in range(3000)]
KINDS = {Kind.ARTICLE: (PageKind.ARTICLE, "blog"), Kind.AREA: (PageKind.AREA, "areas"), Kind.PAGE: (PageKind.PAGE, "")}


def prose(count: int) -> str:
    return " ".join(CHANCE.choices(VOCABULARY, k=count))


def written(path: str, body: str, title: str = "Sleep", **front: Any) -> tuple[View, Document]:  # noqa: ANN401
    folder, _, name = path.partition("/")
    kind, base = KINDS[Kind(folder)]
    slug = name.removesuffix(".md")
    view = example.view(f"/{base}/{slug}/".replace("//", "/"), kind=kind, source=path, heading=escape(title))
    return view, example.document(body, path=path, title=Prose(title), **front)


def found(*pages: tuple[View, Document], **changes: Any) -> list[Finding]:  # noqa: ANN401 - fields of the site
    parts = [part for page in pages for part in page]
    return [finding for finding in checks.run(example.built(*parts, **changes)) if finding.id == "near-copy"]


def scores(findings: list[Finding]) -> list[str]:
    return [finding.message[:4] for finding in findings]


BODY = prose(120)
LOCAL = (
    f"{prose(20)}. In Palm Desert, Riverside County, a postpartum therapist sees you. {prose(40)} 760-555-0142 "
    f"{prose(40)} 92260."
)
TOWNS = ("Palm Desert", "Rancho Mirage", "Thousand Palms", "Indio")


def local(town: str) -> str:
    phone, postcode = ("760-555-0142", "92260") if town == "Palm Desert" else ("442.555.0199", "92201-1234")
    return LOCAL.replace("Palm Desert", town).replace("760-555-0142", phone).replace("92260", postcode)


@pytest.mark.parametrize("folder", ["areas", "articles", "pages"])
@pytest.mark.parametrize("town", TOWNS[1:])
def test_a_page_with_only_the_town_swapped_is_the_same_page(folder: str, town: str) -> None:
    pages = [
        written(f"{folder}/{name.lower().replace(' ', '-')}.md", local(name), f"Help in {name}")
        for name in (TOWNS[0], town)
    ]
    (finding,) = found(*pages)
    assert finding.severity is Severity.ERROR
    names = sorted(document.path for _, document in pages)
    assert (finding.path, finding.line) == (names[1], 5)
    assert finding.message.startswith(f"1.00 of this page and {names[0]} are the same words")


def test_the_newer_article_is_the_copy_whatever_their_names_and_order() -> None:
    days = [dt.datetime(2026, month, 1, tzinfo=dt.UTC) for month in (3, 1, 2)]
    pages = [
        written(f"articles/{name}.md", local(town), date=day)
        for name, town, day in zip("abc", TOWNS, days, strict=False)
    ]
    results = {tuple(found(*order)) for order in ((pages[0], pages[1]), (pages[1], pages[0]))}
    ((finding,),) = results
    assert finding.path == "articles/a.md"
    assert "articles/b.md" in finding.message


def test_one_finding_a_page_for_the_worst_of_its_siblings() -> None:
    half = BODY.rpartition(" ")[0]
    pages = [
        written("articles/a.md", f"{half[: len(half) // 2]} {prose(60)}"),
        written("articles/b.md", BODY),
        written("articles/c.md", f"{BODY} {prose(10)}"),
        written("articles/d.md", prose(120)),
    ]
    for order in (pages, pages[::-1]):
        findings = found(*order)
        assert [(f.path, f.severity) for f in findings] == [
            ("articles/b.md", Severity.WARNING),
            ("articles/c.md", Severity.ERROR),
        ]
        assert "articles/a.md" in findings[0].message
        assert "articles/b.md" in findings[1].message


@pytest.mark.parametrize(
    ("folder", "own", "severity"),
    [
        ("pages", 10, Severity.ERROR),
        ("pages", 30, Severity.WARNING),
        ("pages", 50, None),
        ("articles", 10, Severity.ERROR),
        ("articles", 50, Severity.WARNING),
        ("articles", 120, None),
        ("areas", 50, Severity.ERROR),
        ("areas", 90, Severity.WARNING),
        ("areas", 210, None),
    ],
)
def test_how_much_a_page_must_say_itself(folder: str, own: int, severity: Severity | None) -> None:
    shared = " ".join(BODY.split()[:100])
    pages = [written(f"{folder}/{name}.md", f"{shared} {prose(own)}") for name in "ab"]
    assert [finding.severity for finding in found(*pages)] == ([severity] if severity else [])


def test_an_area_and_an_article_are_held_to_the_limit_for_any_two_pages() -> None:
    shared = " ".join(BODY.split()[:100])
    pages = [written("areas/a.md", f"{shared} {prose(50)}"), written("articles/b.md", f"{shared} {prose(50)}")]
    assert not found(*pages)
    assert scores(found(*pages, facts=example.facts(checks={"near-copy": {"pages_warning": 0.4}})))


@pytest.mark.parametrize(("count", "is_compared"), [(18, False), (19, True)])
def test_stubs_are_not_compared(count: int, is_compared: bool) -> None:  # noqa: FBT001
    body = " ".join(BODY.split()[:count])
    assert bool(found(written("articles/a.md", body), written("articles/b.md", body))) is is_compared


def test_practice_toml_changes_the_limits() -> None:
    pages = [written(f"articles/{name}.md", f"{BODY} {prose(30)}") for name in "ab"]
    for settings, severity in (
        ({"pages_error": 0.5}, Severity.ERROR),
        ({"articles_warning": 0.9, "pages_warning": 0.9}, None),
        ({"severity": "hint"}, Severity.HINT),
    ):
        findings = found(*pages, facts=example.facts(checks={"near-copy": settings}))
        assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_what_the_site_adds_does_not_count() -> None:
    offer = Offer(id="call", title=prose(30), text=prose(60), label="Call", href="tel:")
    cards = (Card(url="/blog/x/", title=prose(20), summary=prose(80)),)
    pages = []
    for name in "ab":
        view, document = written(f"articles/{name}.md", prose(60))
        pages.append(
            (example.view(view.url, source=view.source, closing=offer, related=cards, body=(offer,)), document)
        )
    assert not found(*pages)


def test_facts_and_the_lead_count_for_a_page_but_not_as_own_words_of_an_area() -> None:
    facts = tuple(Fact(text=Prose(prose(30)), source="practice") for _ in range(5))
    lines = tuple(FactLine(text=fact.text, source=Citation(title="", url="")) for fact in facts)
    pages = []
    for name in "ab":
        view, document = written(f"areas/{name}.md", prose(80), facts=facts)
        pages.append((example.view(view.url, kind=view.kind, source=view.source, facts=lines, lead=prose(5)), document))
    assert scores(found(*pages, facts=example.facts(checks={"near-copy": {"pages_warning": 0.4}})))
    assert not found(*pages)


@pytest.mark.parametrize("changes", [{"robots": "noindex,follow"}, {"canonical": "https://elsewhere.example/a/"}])
def test_a_page_that_is_not_for_search_engines_may_be_a_copy(changes: dict[str, Any]) -> None:
    view, document = written("articles/b.md", BODY)
    hidden = example.view(view.url, source=view.source, **changes)
    assert not found(written("articles/a.md", BODY), (hidden, document))


def test_the_second_page_of_a_list_is_no_copy_of_the_first() -> None:
    document = example.document(BODY, path="pages/blog.md")
    first = example.view("/blog/", kind=PageKind.BLOG, source="pages/blog.md")
    number_two = Pagination(number=2, count=2, newer=None, older=None)
    second = example.view("/blog/page/2/", kind=PageKind.BLOG, source="pages/blog.md", pagination=number_two)
    assert not found((first, document), (second, document))


def test_allow_in_the_newer_file_silences_the_finding() -> None:
    allow = {"near-copy": "a notice in two forms that the law words"}
    assert not found(written("pages/a.md", BODY), written("pages/b.md", BODY, allow=allow))
    assert found(written("pages/a.md", BODY, allow=allow), written("pages/b.md", BODY))


def test_the_sample_has_no_near_copies(sample: Made, other: Made) -> None:
    for made in (sample, other):
        assert not [finding for finding in checks.run(made.built) if finding.id == "near-copy"]
    assert sum(document.kind is Kind.AREA for document in sample.built.site.documents) >= 2


def test_an_area_file_that_was_copied_for_another_town_is_found(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(SAMPLE, content)
    indio = (content / "areas" / "indio.md").read_text(encoding="utf-8")
    (content / "areas" / "rancho-mirage.md").write_text(indio.replace("Indio", "Rancho Mirage"), encoding="utf-8")
    built = make(content, tmp_path / "site").built
    (finding,) = [finding for finding in checks.run(built) if finding.id == "near-copy"]
    assert (finding.path, finding.severity) == ("areas/rancho-mirage.md", Severity.ERROR)
    assert finding.message.startswith("1.00 of this page and areas/indio.md ")


@pytest.mark.parametrize(("count", "shared"), [(999, 0), (199, 400)])
def test_many_pages_of_a_thousand_words_are_compared(count: int, shared: int) -> None:
    common = prose(shared)
    pages = [written(f"articles/{n:04}.md", f"{common} {prose(1000 - shared)}") for n in range(count)]
    copy = written("articles/9999.md", pages[7][1].body.text)
    built = example.built(*(part for page in (*pages, copy) for part in page))
    rule = checks.Rule("near-copy", near_copy.SEVERITY, near_copy.SETTINGS)
    (finding,) = near_copy.check_site(built, rule)
    assert (finding.path, finding.message[:4]) == ("articles/9999.md", "1.00")
    assert "articles/0007.md" in finding.message
