"""Links from article to article: related, previous and next, series."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo.enrich.related import Neighbours, neighbours

from .factories import a_document, a_site, an_article

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local_seo.model.document import Document


def found(*documents: Document) -> dict[str, Neighbours]:
    return dict(neighbours(a_site(*documents)))


def names(documents: Sequence[Document]) -> list[str]:
    return [document.slug for document in documents]


def related(name: str, *documents: Document) -> list[str]:
    return names(found(*documents)[f"articles/{name}.md"].related)


def around(name: str, *documents: Document) -> tuple[str | None, str | None]:
    """The slugs of the previous and the next article."""
    near = found(*documents)[f"articles/{name}.md"]
    return (near.previous.slug if near.previous else None, near.following.slug if near.following else None)


def days(count: int) -> list[Document]:
    """Articles with nothing in common, a1 the oldest."""
    return [an_article(f"a{day}", date=f"2026-01-{day:02}") for day in range(1, count + 1)]


def test_only_articles_have_neighbours() -> None:
    assert set(found(an_article("a"), a_document("pages/fees.md"))) == {"articles/a.md"}


def test_one_article_alone_leads_nowhere() -> None:
    assert found(an_article("a")) == {"articles/a.md": Neighbours()}


def test_what_the_writer_names_comes_first_in_the_writers_order() -> None:
    others = [an_article("b", keywords=("sleep",)), an_article("c"), an_article("d")]
    assert related("a", an_article("a", keywords=("sleep",), related=("d", "c")), *others) == ["d", "c", "b"]


def test_a_shared_keyword_says_more_than_a_service_and_that_more_than_a_place() -> None:
    article = an_article("a", keywords=("baby sleep",), service="postpartum-therapy", cities=("Indio", "Mecca"))
    assert related(
        "a",
        article,
        an_article("place", date="2026-10-09", cities=("Indio",)),
        an_article("service", date="2026-10-08", service="postpartum-therapy"),
        an_article("keyword", date="2026-10-07", keywords=("sleep of babies",)),
        an_article("places", date="2026-10-06", cities=("mecca", "INDIO")),
    ) == ["keyword", "service", "places", "place"]


def test_a_tie_goes_to_the_newer_one_then_to_the_slug() -> None:
    shared: dict[str, Any] = {"keywords": ("sleep",)}
    others = [
        an_article("old", date="2026-01-01", **shared),
        an_article("y", date="2026-02-01", **shared),
        an_article("x", date="2026-02-01", **shared),
    ]
    assert related("a", an_article("a", **shared), *others) == ["x", "y", "old"]


def test_a_keyword_that_is_written_twice_counts_once() -> None:
    twice = an_article("twice", date="2026-01-01", keywords=("sleep", "Sleep"))
    service = an_article("more", date="2026-01-02", keywords=("sleep",), cities=("Indio",))
    assert related("a", an_article("a", keywords=("sleep",), cities=("Indio",)), twice, service) == ["more", "twice"]


def test_at_most_four_are_related() -> None:
    assert related("a9", *days(9)) == ["a8", "a7", "a6", "a5"]


def test_with_nothing_in_common_the_articles_before_stand_in() -> None:
    close = an_article("close", date="2025-01-01", keywords=("sleep",))
    article = an_article("a", date="2026-02-01", keywords=("sleep",))
    assert related("a", article, close, *days(5)) == ["close", "a5", "a4", "a3"]


def test_an_article_is_never_related_to_itself() -> None:
    article = an_article("a", keywords=("sleep",), related=("a", "b"))
    assert related("a", article, an_article("b", keywords=("sleep",))) == ["b"]


def test_the_first_article_leads_to_later_ones() -> None:
    assert set(related("a1", *days(3))) == {"a2", "a3"}


@pytest.mark.parametrize("hidden", [{"status": "hidden"}, {"noindex": True}, {"canonical": "https://a.example/"}])
def test_nothing_leads_to_an_article_that_is_not_listed(hidden: dict[str, Any]) -> None:
    documents = [
        an_article("a", date="2026-01-01", keywords=("sleep",), related=("b",)),
        an_article("b", date="2026-01-02", keywords=("sleep",), series="S", **hidden),
        an_article("c", date="2026-01-03", series="S"),
    ]
    made = found(*documents)
    for name in ("a", "c"):
        near = made[f"articles/{name}.md"]
        assert "b" not in names(near.related)
        assert near.series == ()
    assert around("a", *documents) == (None, "c")
    assert around("c", *documents) == ("a", None)


def test_a_hidden_article_leads_to_others() -> None:
    hidden = an_article("h", status="hidden", keywords=("sleep",))
    near = found(hidden, an_article("a", keywords=("sleep",)))["articles/h.md"]
    assert names(near.related) == ["a"]
    assert (near.previous, near.following) == (None, None)


def test_previous_and_next_go_by_date() -> None:
    assert [around(name, *days(3)) for name in ("a1", "a2", "a3")] == [(None, "a2"), ("a1", "a3"), ("a2", None)]


def test_previous_and_next_stay_in_their_language() -> None:
    documents = [*days(3), an_article("es", date="2026-01-02", lang="es")]
    assert around("a2", *documents) == ("a1", "a3")
    assert around("es", *documents) == (None, None)


def test_a_series_goes_from_the_first_part_to_the_last_and_is_not_related() -> None:
    parts = [
        an_article(f"part{n}", date=f"2026-01-0{n}", series=name, keywords=("sleep",))
        for n, name in enumerate(("A Hard Birth", "a hard  birth", "A hard birth"), 1)
    ]
    other = an_article("other", date="2025-01-01", keywords=("sleep",))
    made = found(*parts, other)
    for part in parts:
        near = made[part.path]
        assert names(near.series) == ["part1", "part2", "part3"]
        assert names(near.related) == ["other"]
    assert made["articles/other.md"].series == ()


def test_two_parts_are_a_series() -> None:
    near = found(an_article("a", date="2026-01-02", series="S"), an_article("b", date="2026-01-01", series="s"))
    assert names(near["articles/a.md"].series) == ["b", "a"]


def test_one_part_is_no_series() -> None:
    assert found(an_article("a", series="S"), an_article("b"))["articles/a.md"].series == ()


MIXED = [
    an_article("a", date="2026-01-01", keywords=("sleep",), cities=("Indio",)),
    an_article("b", date="2026-01-01", keywords=("sleep",), series="S"),
    an_article("c", date="2026-01-01", service="postpartum-therapy", series="S"),
    an_article("d", date="2026-01-02", service="postpartum-therapy", cities=("Indio", "Mecca")),
]


def test_the_order_of_files_changes_nothing() -> None:
    assert all(found(*order) == found(*MIXED) for order in permutations(MIXED))


def test_an_unrelated_article_changes_its_neighbours_only() -> None:
    documents = days(9)
    before = found(*documents)
    after = found(*documents, an_article("new", date="2026-02-01", keywords=("money",)))
    assert names([after["articles/a9.md"].following] if after["articles/a9.md"].following else []) == ["new"]
    for path, near in before.items():
        assert names(after[path].related) == names(near.related), path
        assert path == "articles/a9.md" or after[path] == near


@given(
    st.lists(
        st.tuples(st.integers(1, 9), st.sampled_from(["", "sleep", "money"]), st.sampled_from(["", "S"])),
        max_size=8,
    )
)
def test_every_article_can_be_reached_by_its_neighbours(made: list[tuple[int, str, str]]) -> None:
    documents = [
        an_article(f"a{n}", date=f"2026-01-0{day}", keywords=(word,) if word else (), series=series or None)
        for n, (day, word, series) in enumerate(made)
    ]
    near = found(*documents)
    for path, one in near.items():
        assert path not in {other.path for other in one.related}
        assert len(one.related) == len({other.path for other in one.related}) <= 4
        if one.previous:
            following = near[one.previous.path].following
            assert following is not None
            assert following.path == path
    starts = [path for path, one in near.items() if one.previous is None]
    assert len(starts) == min(1, len(documents))
