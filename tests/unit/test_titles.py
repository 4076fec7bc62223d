"""The title of every page: its own words and the first suffix that fits."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from local_seo.arial import width_px
from local_seo.enrich.titles import titles
from local_seo.model.practice import Facts, Prose, Titles

from .factories import FACTS, a_document, a_site, an_area, an_article, with_practice


def title(written: str, facts: Facts = FACTS, **front: Any) -> str:  # noqa: ANN401 - any key
    """The title of one article."""
    return titles(a_site(an_article("a", title=written, **front), facts=facts))["/blog/a/"][0]


def suffixes(*written: str, **changes: Any) -> Facts:  # noqa: ANN401 - any field of [titles]
    return replace(FACTS, titles=Titles(suffixes=tuple(map(Prose, written)), **changes))


def test_the_first_suffix_is_the_role_in_the_first_city() -> None:
    told = title("Why sleep is short", cities=("Indio", "Mecca"), service="postpartum-therapy")
    assert told == "Why sleep is short | Postpartum therapist in Indio"


def test_without_service_and_city_the_practices_own_stand_in() -> None:
    assert title("Why sleep is short") == "Why sleep is short | Perinatal therapist in Palm Desert"


def test_the_suffix_is_told_with_its_separator() -> None:
    site = a_site(an_article("a", title="Sleep"), facts=suffixes("{city}", separator=" – "))
    assert titles(site)["/blog/a/"] == ("Sleep – Palm Desert", " – Palm Desert")


def test_only_a_capital_in_the_braces_capitalises() -> None:
    assert title("Sleep", suffixes("your {role}")) == "Sleep | your perinatal therapist"
    assert title("Sleep", suffixes("Your {Role}")) == "Sleep | Your Perinatal therapist"


def test_a_role_that_nobody_has_skips_its_suffix() -> None:
    facts = replace(FACTS, people=())
    assert title("Sleep", facts) == "Sleep | Palm Desert"
    assert title("Sleep", facts, service="postpartum-therapy") == "Sleep | Postpartum therapist in Palm Desert"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("When a therapist helps", "When a therapist helps | Palm Desert"),
        ("What therapists do", "What therapists do | Palm Desert"),
        ("A therapist-led group", "A therapist-led group | Palm Desert"),
        ("Sleep in Palm Desert", "Sleep in Palm Desert | Saltbush Family Therapy"),
        ("Deserts and sleep", "Deserts and sleep | Saltbush Family Therapy"),
        ("PALM DÉSERT nights", "PALM DÉSERT nights | Saltbush Family Therapy"),
        ("Families of the desert", "Families of the desert"),
    ],
)
def test_no_suffix_repeats_a_word_or_place_of_the_title(written: str, told: str) -> None:
    assert title(written) == told


def test_small_words_may_be_repeated() -> None:
    assert title("What is in a name") == "What is in a name | Perinatal therapist in Palm Desert"


def test_a_title_is_at_most_580_px_wide() -> None:
    fits = "Why the nights are so long after a birth and"
    assert title(fits) == f"{fits} | Palm Desert"
    assert width_px(f"{fits} | Perinatal therapist in Palm Desert") > 580
    long = "Why the nights are so long after a birth, and what you can do now"
    assert title(long) == long


def test_exactly_580_px_fit() -> None:
    assert width_px("c" * 58) == 580
    assert title("c" * 57, suffixes("c", separator="")) == "c" * 58
    assert title("c" * 57, suffixes("b", separator="")) == "c" * 57


def test_on_a_tie_the_older_page_keeps_its_title() -> None:
    old, new = an_article("z", title="Sleep", date="2026-01-01"), an_article("a", title="Sleep", date="2026-10-01")
    made = titles(a_site(old, new))
    assert made["/blog/z/"][0] == "Sleep | Perinatal therapist in Palm Desert"
    assert made["/blog/a/"][0] == "Sleep | Palm Desert"


def test_titles_that_differ_only_in_case_or_accent_are_one() -> None:
    old = an_article("a", title="Café", date="2026-01-01")
    new = an_article("b", title="CAFE", date="2026-10-01")
    assert titles(a_site(old, new))["/blog/b/"][0] == "CAFE | Palm Desert"


def test_when_nothing_is_left_the_title_stands_alone() -> None:
    articles = [an_article(f"a{n}", title="Sleep", date=f"2026-01-0{n}") for n in range(1, 6)]
    made = titles(a_site(*articles, facts=suffixes("{city}")))
    assert [made[f"/blog/a{n}/"][0] for n in range(1, 6)] == ["Sleep | Palm Desert", "Sleep", "Sleep", "Sleep", "Sleep"]


def test_a_new_article_changes_no_title_of_an_older_one() -> None:
    old = [an_article(f"a{n}", title="Sleep", date=f"2026-01-0{n}") for n in range(1, 4)]
    before = titles(a_site(*old))
    after = titles(a_site(*old, an_article("0", title="Sleep", date="2026-09-01")))
    assert {url: after[url] for url in before} == before


def test_titles_do_not_depend_on_the_order_of_files() -> None:
    documents = [an_article(f"a{n}", title="Sleep", date="2026-01-01") for n in range(4)]
    assert titles(a_site(*documents)) == titles(a_site(*reversed(documents)))


def test_other_pages_try_the_practice_and_nothing() -> None:
    site = a_site(
        a_document("services/postpartum-therapy.md", title="Postpartum care"),
        a_document("pages/fees.md", title="Fees"),
        a_document("pages/story.md", title="The saltbush"),
        an_area("indio", title="Help in Indio"),
    )
    made = {url: told for url, (told, _) in titles(site).items()}
    assert made["/services/postpartum-therapy/"] == "Postpartum care | Saltbush Family Therapy"
    assert made["/fees/"] == "Fees | Saltbush Family Therapy"
    assert made["/story/"] == "The saltbush"
    assert made["/areas/indio/"] == "Help in Indio | Saltbush Family Therapy"
    assert made["/"] == "Therapy for the first years of family life"


def test_later_pages_of_a_listing_say_their_number() -> None:
    site = a_site(*(an_article(f"a{n}", title=f"Title {n}") for n in range(11)))
    assert titles(site)["/blog/"][0] == "Blog | Saltbush Family Therapy"
    assert titles(site)["/blog/page/2/"][0] == "Blog, page 2 | Saltbush Family Therapy"


def test_what_the_writer_types_stays_text() -> None:
    facts = with_practice(name=Prose("A {city} & <b>"))
    assert title("{role} <i>", replace(facts, titles=Titles(suffixes=(Prose("{practice}"),)))) == (
        "{role} <i> | A {city} & <b>"
    )
