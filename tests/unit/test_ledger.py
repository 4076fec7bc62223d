"""Which page answers for a keyword in a place."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from local_seo.ledger import Ledger, Pair, ledger
from local_seo.model.practice import Prose

from .factories import FACTS, INFANT, POSTPARTUM, a_document, a_site, an_area, an_article

if TYPE_CHECKING:
    from local_seo.model.document import Document

SERVICE = a_document("services/postpartum-therapy.md")


def article(name: str, keywords: str, cities: str = "indio", date: str = "2026-01-05", **front: Any) -> Document:  # noqa: ANN401
    words = tuple(Prose(word) for word in keywords.split(", "))
    return an_article(name, keywords=words, cities=tuple(cities.split(", ")), date=date, **front)


def pair(found: Ledger, keyword: str, place: str) -> Pair:
    known = FACTS.place(place)
    assert known
    pair = found.of(keyword, known)
    assert pair
    return pair


def owner(found: Ledger, keyword: str, place: str) -> str | None:
    document = pair(found, keyword, place).owner
    return document.path if document else None


def test_there_is_a_pair_for_each_subject_and_place() -> None:
    found = ledger(a_site(article("a", "naps, baby sleep"), article("b", "baby sleeps, postpartum therapist")))
    assert [subject.name for subject in found.subjects] == [POSTPARTUM.name, INFANT.name, "baby sleep", "naps"]
    assert len(found.pairs) == len(found.subjects) * len(found.places) == 4 * 15
    assert len({(pair.subject.name, pair.place.slug) for pair in found.pairs}) == len(found.pairs)


def test_spellings_of_one_keyword_are_one_subject_with_the_most_frequent_name() -> None:
    found = ledger(a_site(article("a", "new-parent"), article("b", "New parents"), article("c", "New parents")))
    assert [subject.name for subject in found.subjects[2:]] == ["New parents"]


def test_the_area_page_answers_for_a_service_in_its_place_and_the_service_page_elsewhere() -> None:
    found = ledger(a_site(SERVICE, an_area("indio"), article("a", "postpartum therapist", "Indio, mecca")))
    assert owner(found, "Postpartum therapy", "Indio") == "areas/indio.md"
    assert owner(found, "Postpartum therapy", "Mecca") == "services/postpartum-therapy.md"
    assert [a.slug for a in pair(found, "postpartum therapists", "mecca").supporters] == ["a"]
    assert owner(found, "Infant-parent therapy", "Indio") == "areas/indio.md"
    assert owner(found, "Infant-parent therapy", "Mecca") is None


def test_an_article_of_a_service_is_on_its_pairs() -> None:
    found = ledger(a_site(article("a", "naps", service="postpartum-therapy")))
    assert owner(found, "Postpartum therapy", "Indio") == "articles/a.md"


def test_a_page_that_is_not_for_search_engines_answers_for_nothing() -> None:
    hidden = a_document("services/postpartum-therapy.md", noindex=True)
    found = ledger(a_site(hidden, article("a", "naps", noindex=True), article("b", "naps", "mecca", status="hidden")))
    assert [subject.name for subject in found.subjects] == [POSTPARTUM.name, INFANT.name]
    assert len(found.gaps) == len(found.pairs)


def test_a_topic_page_leads_once_somebody_introduced_it() -> None:
    three = [article(name, "naps") for name in "abc"]
    introduced = ledger(a_site(*three, a_document("topics/naps.md")))
    assert owner(introduced, "nap", "indio") == owner(introduced, "nap", "mecca") == "topics/naps.md"
    assert not introduced.contested
    assert len(ledger(a_site(*three)).contested) == 1


def test_the_article_that_is_aimed_at_a_pair_owns_it() -> None:
    found = ledger(
        a_site(
            article("older", "sleep, naps", "indio", "2025-01-01"),
            article("titled", "sleep, naps", "indio", "2025-01-01", title="Naps in the car"),
            article("aimed", "naps, sleep", "indio, mecca"),
            article("elsewhere", "naps", "mecca, indio"),
        )
    )
    assert owner(found, "naps", "indio") == "articles/aimed.md"
    assert [a.slug for a in pair(found, "naps", "indio").supporters] == ["older", "titled", "elsewhere"]
    assert owner(found, "naps", "mecca") == "articles/elsewhere.md"


@pytest.mark.parametrize(
    ("first", "second", "better"),
    [
        ({"title": "Naps"}, {"date": "2025-01-01"}, 0),
        ({"cities": "mecca, indio"}, {"cities": "thermal, mecca", "date": "2025-01-01"}, 0),
        ({}, {"date": "2025-01-01"}, 1),
        ({}, {}, 0),
    ],
)
def test_where_no_article_is_aimed_title_place_and_age_decide(
    first: dict[str, Any], second: dict[str, Any], better: int
) -> None:
    articles = [
        article(n, "sleep, naps", **{"cities": "mecca", **keys}) for n, keys in zip("ab", (first, second), strict=True)
    ]
    assert owner(ledger(a_site(*articles)), "naps", "mecca") == articles[better].path


def test_two_articles_that_are_aimed_at_one_pair_are_two_owners() -> None:
    found = ledger(a_site(article("b", "naps"), article("a", "nap, sleep", "Indio, mecca", "2026-03-01")))
    (contested,) = found.contested
    assert (contested.subject.name, contested.place.name) == ("nap", "Indio")
    assert [a.slug for a in (contested.owner, *contested.rivals) if a] == ["b", "a"]
    assert not contested.supporters


@pytest.mark.parametrize(
    ("supports", "owners"),
    [
        ({}, "abc"),
        ({"b": "a"}, "ac"),
        ({"b": "a", "c": "a"}, "a"),
        ({"a": "b", "b": "c"}, "c"),
        ({"a": "d", "d": "c"}, "bc"),  # d is elsewhere, but stands behind c
        ({"a": "d"}, "abc"),  # d is not on the pair
        ({"a": "a"}, "abc"),
        ({"a": "b", "b": "a"}, "abc"),
        ({"a": "b", "b": "a", "c": "b"}, "ab"),
    ],
)
def test_supports_names_the_owner(supports: dict[str, str], owners: str) -> None:
    articles = [article(n, "naps", "mecca" if n == "d" else "indio", supports=supports.get(n)) for n in "abcd"]
    found = pair(ledger(a_site(*articles)), "naps", "indio")
    assert [a.slug for a in (found.owner, *found.rivals) if a] == list(owners)
    assert {a.slug for a in found.supporters} == set("abc") - set(owners)


def test_the_order_of_the_files_changes_nothing() -> None:
    files = [SERVICE, article("a", "naps, sleep"), article("b", "sleep, naps"), article("c", "sleep", supports="b")]
    first, *others = [ledger(a_site(*order)) for order in permutations(files)]
    assert all(other == first for other in others)


def test_an_article_without_a_place_or_keyword_is_on_no_pair() -> None:
    found = ledger(a_site(an_article("a", keywords=(Prose("naps"),)), an_article("b", cities=("indio",))))
    assert len(found.gaps) == len(found.pairs) == 3 * 15
    assert not found.contested


def test_a_keyword_of_stop_words_is_no_subject() -> None:
    assert len(ledger(a_site(article("a", "for you, naps"))).subjects) == 3


def test_a_site_without_services_and_articles_has_no_pairs() -> None:
    assert ledger(a_site(facts=replace(FACTS, services=()))).pairs == ()
