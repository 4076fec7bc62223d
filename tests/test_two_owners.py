"""Articles that compete for a keyword in a place, and keywords that say what another says."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest

from local_seo import checks, example
from local_seo.model.practice import Prose, Service

if TYPE_CHECKING:
    from local_seo.errors import Finding
    from local_seo.model.document import Document


def article(name: str, month: int, *keywords: str, **front: Any) -> Document:  # noqa: ANN401 - any key
    keys = {"cities": ("indio",), "date": dt.datetime(2026, month, 1, tzinfo=dt.UTC), **front}
    words = tuple(map(Prose, keywords))
    return example.document(path=f"articles/{name}.md", title=Prose(name), keywords=words, **keys)


def found(check: str, *documents: Document, **site: Any) -> list[Finding]:  # noqa: ANN401 - any field
    views = [example.view(f"/blog/{document.slug}/", source=document.path) for document in documents]
    return [f for f in checks.run(example.built(*views, *documents, **site)) if f.id == check]


def test_the_newer_of_two_owners_is_told_what_settles_it() -> None:
    older, newer = article("z", 1, "naps"), article("a", 2, "nap", "sleep")
    for order in ((older, newer), (newer, older)):
        (finding,) = found("two-owners", *order)
        assert str(finding) == (
            'articles/a.md:3: warning[two-owners]: both this article and articles/z.md have "nap" as their first '
            "keyword and Indio as their first place; one article at most should - "
            'write "supports: z" here (or "supports: a" there), or put another keyword or place first'
        )


@pytest.mark.parametrize(
    "newer",
    [
        article("a", 2, "nap", supports="z"),
        article("a", 2, "sleep", "nap"),
        article("a", 2, "nap", cities=("coachella", "indio")),
        article("a", 2, "nap", cities=()),
        article("a", 2, "nap", noindex=True),
    ],
)
def test_another_first_keyword_or_place_or_supports_makes_one_owner(newer: Document) -> None:
    assert not found("two-owners", article("z", 1, "naps"), newer)


def test_the_older_one_may_stand_behind_the_newer() -> None:
    assert not found("two-owners", article("z", 1, "naps", supports="a"), article("a", 2, "naps"))


def test_each_of_three_owners_but_the_oldest_is_told_once() -> None:
    findings = found("two-owners", article("c", 1, "naps"), article("a", 2, "naps"), article("b", 3, "naps"))
    assert [finding.path for finding in findings] == ["articles/a.md", "articles/b.md"]
    assert all("articles/c.md" in finding.message for finding in findings)


def test_the_sample_has_one_owner_for_each_pair(sample: Any, other: Any) -> None:  # noqa: ANN401
    for made in (sample, other):
        assert not [finding for finding in checks.run(made.built) if finding.id == "two-owners"]


SERVICES = (
    *example.FACTS.services,
    Service(slug="grief", name=Prose("Grief therapy"), role=Prose("grief therapist"), keywords=(Prose("miscarriage"),)),
)


@pytest.mark.parametrize(
    ("keywords", "service", "messages"),
    [
        (["naps", "naps"], None, ['"naps" and "naps" are one topic']),
        (["naps", "sleep", "Nap", "a nap"], None, ['"naps" and "Nap" are', '"naps" and "a nap" are']),
        (["naps", "naps in Indio"], None, ['"naps" and "naps in Indio" differ by a place only']),
        (["Indio", "La Quinta"], None, []),
        (["Miscarriages"], None, ['"Miscarriages" says what the service "Grief therapy" says; no topic page']),
        (["grief therapist Indio", "therapist, grief"], "grief", ['"grief therapist Indio" says', "differ by a place"]),
        (["grief", "naps"], "grief", []),
    ],
)
def test_a_keyword_that_says_nothing_new_is_found(
    keywords: list[str], service: str | None, messages: list[str]
) -> None:
    written = article("a", 1, *keywords, service=service)
    findings = found("keyword-twice", written, facts=example.facts(services=SERVICES))
    assert {finding.line for finding in findings} <= {3}
    assert len(findings) == len(messages)
    for message in messages:
        assert any(message in finding.message for finding in findings), message


@pytest.mark.parametrize(
    ("service", "remedy"),
    [
        (None, 'write "service: grief"'),
        ("grief", "lists this article already"),
        ("postpartum-therapy", "leave it if the article is about both"),
    ],
)
def test_what_becomes_of_a_keyword_that_is_a_service_is_said(service: str | None, remedy: str) -> None:
    written = article("a", 1, "miscarriage", service=service)
    (finding,) = found("keyword-twice", written, facts=example.facts(services=SERVICES))
    assert remedy in finding.remedy
