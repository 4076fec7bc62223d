"""Links from article to article: related, previous and next, series."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from local_seo.cache import Kept
from local_seo.enrich import related as related_module
from local_seo.enrich.related import Earlier, Near, Neighbours, neighbours, profile, ranking, terms
from local_seo.enrich.related import names as names_of
from local_seo.faces import faces
from local_seo.model.document import Kind
from local_seo.text import words
from local_seo.workers import Forgetful, Memory

from .factories import a_document, a_site, an_article, digested

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local_seo.model.document import Document
    from local_seo.model.site import Site


def found(*documents: Document) -> dict[str, Neighbours]:
    return dict(near(a_site(*documents), Forgetful()))


def near(site: Site, memory: Memory) -> Near:
    return neighbours(site, faces(site).digest, memory)


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
        assert path in {"articles/a8.md", "articles/a9.md"} or after[path] == near
    # Somebody has to lead to the new one: the nearest in time, at the end of its list.
    assert names(after["articles/a9.md"].related) == ["a8", "a7", "a6", "new"]
    assert names(before["articles/a8.md"].related) == ["a7", "a6", "a5", "a9"]
    assert names(after["articles/a8.md"].related) == ["a7", "a6", "a5", "a4"]  # for a9 the new one stands in


# --- texts ----------------------------------------------------------------------------------------------------

SLEEP = (
    "The newborn wakes at night, wants milk, and sleep comes back after the feed. Newborn sleep is short; milk helps. "
)
MONEY = "The bank sends a letter about the loan; the loan costs interest, and the bank wants its interest each month. "
WALK = "A stroller on the gravel, a stroller in the shade: the park has a bench, a pond, and ducks beside the pond. "


def test_texts_on_one_thing_are_close_without_any_shared_keyword() -> None:
    article = an_article("a", f"{SLEEP * 2} {WALK}")
    others = [
        an_article("money", MONEY * 3, date="2026-10-20"),
        an_article("sleep", f"{SLEEP * 2} Something else stands here, in other words. {MONEY}", date="2026-01-01"),
    ]
    assert related("a", article, *others) == ["sleep", "money"]


def test_a_copy_of_an_article_is_not_related_to_it() -> None:
    body = f"{SLEEP} {WALK} {MONEY}"
    copy = an_article("copy", body.replace("park", "garden"), keywords=("sleep",))
    others = [an_article(f"o{n}", f"{MONEY} {n}", keywords=("sleep",)) for n in range(5)]
    found_ = related("a", an_article("a", body, keywords=("sleep",)), copy, *others)
    assert len(found_) == 4
    assert "copy" not in found_


def test_places_and_the_practice_are_not_what_a_text_is_about() -> None:
    masked = names_of(a_site())
    body = f"{SLEEP} Indio and Palm Desert, Indio and Palm Desert, Saltbush Therapy, Saltbush Therapy by Marisela."
    found_ = terms(words(body), masked)
    assert {"newborn", "sleep", "milk"} <= found_.keys()
    assert not {"indio", "palm", "desert", "saltbush", "marisela", "the"} & found_.keys()


def test_a_short_text_is_about_nothing() -> None:
    assert terms(words("Newborn sleep, newborn sleep."), frozenset()) == {}


def test_related_articles_are_in_the_language_of_the_article() -> None:
    documents = [an_article(f"es{n}", SLEEP * 3, lang="es", keywords=("sleep",)) for n in range(3)]
    article = an_article("a", SLEEP * 3, keywords=("sleep",))
    assert related("a", article, an_article("b", MONEY * 3), *documents) == ["b"]


def test_every_article_is_related_from_another() -> None:
    crowd = [
        an_article(f"a{n}", f"{SLEEP * 2} {MONEY} {n}", keywords=("sleep",), date=f"2026-02-{n + 1:02}")
        for n in range(8)
    ]
    alone = an_article("alone", WALK * 3, date="2020-01-01")
    made = found(*crowd, alone)
    led = {other.slug for near in made.values() for other in near.related}
    assert led == {article.slug for article in (*crowd, alone)}


# --- topics ---------------------------------------------------------------------------------------------------


def test_previous_and_next_within_each_topic() -> None:
    documents = [
        an_article("a1", date="2026-01-01", keywords=("sleep", "milk")),
        an_article("a2", date="2026-01-02", keywords=("milk",)),
        an_article("a3", date="2026-01-03", keywords=("milk", "sleep")),
        an_article("a4", date="2026-01-04", keywords=("sleep",)),
    ]
    made = found(*documents)

    def trails(name: str) -> list[tuple[str, str | None, str | None]]:
        return [
            (page.name, previous.slug if previous else None, following.slug if following else None)
            for page, previous, following in made[f"articles/{name}.md"].topics
        ]

    assert trails("a1") == [("Sleep", None, "a3"), ("Milk", None, "a2")]
    assert trails("a3") == [("Milk", "a2", None), ("Sleep", "a1", "a4")]


# --- after an edit --------------------------------------------------------------------------------------------

TEXTS = st.lists(st.sampled_from([SLEEP, MONEY, WALK, "Nothing to see here. "]), max_size=3).map("".join)
ARTICLE = st.fixed_dictionaries(
    {
        "body": TEXTS,
        "keywords": st.lists(st.sampled_from(["sleep", "milk", "money"]), max_size=2, unique=True).map(tuple),
        "cities": st.lists(st.sampled_from(["Indio", "Mecca"]), max_size=2, unique=True).map(tuple),
        "status": st.sampled_from(["published", "hidden"]),
        "date": st.sampled_from(["2026-01-01", "2026-03-01", "2020-01-01"]),
        "series": st.sampled_from([None, "S"]),
        "related": st.sampled_from([(), ("a", "b"), ("h",)]),
        "lang": st.sampled_from([None, None, "es"]),
        # So that an edit of the words is one of words alone: without it other pages show the first ones.
        "summary": st.just("In short."),
    }
)
BODY = st.fixed_dictionaries({"body": TEXTS})


@settings(max_examples=50, deadline=None)  # each makes two sites
@given(
    st.dictionaries(st.sampled_from("abcdefgh"), ARTICLE, min_size=1),
    st.dictionaries(st.sampled_from("abcdefgh"), st.none() | ARTICLE, max_size=3),
)
def test_a_ranking_after_an_edit_is_that_of_a_cold_start(
    made: dict[str, dict[str, Any]], changes: dict[str, dict[str, Any] | None]
) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(related_module, "_COMPARED", 3)
        patched.setattr(related_module, "_SHARERS_LEAST", 3)
        before, after = (
            a_site(*(an_article(name, **keys) for name, keys in sorted(each.items()) if keys))
            for each in (made, {**made, **changes})
        )
        earlier = Earlier(ranking(profiles(before), listed(before)), profiles(before))
        cold = ranking(profiles(after), listed(after))
        assert ranking(profiles(after), listed(after), earlier) == cold


@settings(max_examples=50, deadline=None)  # as above
@given(
    st.dictionaries(st.sampled_from("abcdefgh"), ARTICLE, min_size=1),
    st.lists(st.dictionaries(st.sampled_from("abcdefgh"), st.none() | ARTICLE | BODY, max_size=3), max_size=3),
)
def test_what_is_remembered_changes_nothing(
    made: dict[str, dict[str, Any]], changes: list[dict[str, dict[str, Any] | None]]
) -> None:
    with TemporaryDirectory() as folder:
        now: dict[str, dict[str, Any] | None] = {**made}
        for change in [{}, *changes, {}]:
            # What is None is gone; what has only a text keeps all else, as most edits do.
            now |= {name: {**(now.get(name) or {}), **keys} if keys else None for name, keys in change.items()}
            site = a_site(*(digested(an_article(name, **keys)) for name, keys in sorted(now.items()) if keys))
            # A memory of its own each time, as another process has.
            assert dict(near(site, Kept(Path(folder)))) == dict(near(site, Forgetful()))


def profiles(site: Site) -> dict[str, bytes]:
    masked = names_of(site)
    return {article.path: profile(article, masked) for article in site.of_kind(Kind.ARTICLE)}


def listed(site: Site) -> frozenset[str]:
    return frozenset(article.path for article in site.articles)


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
