"""When a page was published and last changed, and how a date is shown."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from local_seo.enrich import dates
from local_seo.model.document import Document, Fact
from local_seo.model.ledgers import Revision, Revisions
from local_seo.model.practice import Prose, Tags
from local_seo.model.view import Day

from .factories import FACTS, WORDS, ZONE, a_call, a_document, a_site, an_area, an_article, an_image, page

PORCH = replace(an_image("images/porch.png"), digest="1")


def told(document: Document, url: str = "/blog/a/", **changes: Any) -> tuple[str, str]:  # noqa: ANN401 - any field
    """When the page of a document was published and when it last changed."""
    site = a_site(document, **changes)
    found = page(site, url)
    return dates.iso(dates.published(found, site)), dates.iso(dates.modified(found, site))


def hash_of(document: Document, url: str = "/blog/a/", *others: Document, **changes: Any) -> str:  # noqa: ANN401
    site = a_site(document, *others, **{"images": {PORCH.path: PORCH}, **changes})
    return dates.fingerprint(page(site, url), site)


# --- what the writer says -----------------------------------------------------------------------------------


def test_dates_are_told_in_the_practices_zone() -> None:
    article = an_article(
        "a", date=dt.datetime(2026, 7, 5, 2, 30, tzinfo=dt.UTC), modified=dt.datetime(2026, 12, 1, 20, tzinfo=dt.UTC)
    )
    assert told(article) == ("2026-07-04T19:30:00-07:00", "2026-12-01T12:00:00-08:00")


def test_what_was_never_modified_changed_when_it_was_published() -> None:
    assert told(an_article("a", date="2026-10-05")) == ("2026-10-05T00:00:00-07:00", "2026-10-05T00:00:00-07:00")


def test_what_has_no_date_has_none() -> None:
    assert told(a_document("pages/fees.md"), "/fees/") == ("", "")
    assert told(a_document("pages/fees.md"), "/areas/") == ("", "")
    assert dates.day(None, WORDS) is None


def test_a_page_that_is_only_modified_says_when() -> None:
    fees = a_document("pages/fees.md", modified=dt.datetime(2026, 5, 4, tzinfo=ZONE))
    assert told(fees, "/fees/") == ("", "2026-05-04T00:00:00-07:00")


# --- what the ledger says -----------------------------------------------------------------------------------


def known(document: Document, changed: str, *, same: bool) -> Revisions:
    digest = hash_of(document) if same else "what it said before"
    return Revisions(pages={"/blog/a/": Revision(hash=digest, changed=dt.datetime.fromisoformat(changed))})


def test_a_page_that_says_what_it_said_keeps_the_day_of_the_ledger() -> None:
    article = an_article("a", date="2026-01-05", modified=dt.datetime(2026, 9, 1, tzinfo=ZONE))
    revisions = known(article, "2026-05-01T12:00:00+00:00", same=True)
    assert told(article, revisions=revisions) == ("2026-01-05T00:00:00-08:00", "2026-05-01T05:00:00-07:00")


def test_a_page_that_says_something_new_changed_today() -> None:
    article = an_article("a", date="2026-01-05", modified=dt.datetime(2026, 2, 1, tzinfo=ZONE))
    revisions = known(article, "2026-05-01T12:00:00+00:00", same=False)
    assert told(article, revisions=revisions)[1] == "2026-11-02T00:00:00-08:00"


def test_a_page_that_says_something_new_changed_when_the_writer_says_so() -> None:
    article = an_article("a", date="2026-01-05", modified=dt.datetime(2026, 9, 1, tzinfo=ZONE))
    revisions = known(article, "2026-05-01T12:00:00+00:00", same=False)
    assert told(article, revisions=revisions)[1] == "2026-09-01T00:00:00-07:00"


def test_a_page_that_the_ledger_does_not_know_keeps_the_writers_day() -> None:
    article = an_article("a", date="2026-01-05")
    revisions = replace(known(article, "2026-05-01T12:00:00+00:00", same=True), pages={})
    assert told(article, revisions=revisions)[1] == "2026-01-05T00:00:00-08:00"


# --- what counts as a change --------------------------------------------------------------------------------

HERE = an_article("a", "Words.\n\n![A porch]({static}/images/porch.png)", title="On sleep", cities=("Indio",))


@pytest.mark.parametrize(
    "changed",
    [
        an_article("a", "Words!\n\n![A porch]({static}/images/porch.png)", title="On sleep"),
        an_article("a", "Words.\n\n![A porch]({static}/images/porch.png)", title="On naps"),
        an_article("a", "Words.\n\n![A porch]({static}/images/porch.png)", title="On sleep", summary=Prose("New.")),
        an_article("a", "Words.\n\n![A porch]({static}/images/porch.png)", title="On sleep", image="images/porch.png"),
        an_article("a", "Words.", title="On sleep"),
    ],
    ids=["word", "title", "description", "picture", "picture in the text"],
)
def test_another_word_or_picture_is_a_change(changed: Document) -> None:
    assert hash_of(changed) != hash_of(HERE)


def test_another_picture_under_the_same_name_is_a_change() -> None:
    assert hash_of(HERE, images={PORCH.path: replace(PORCH, digest="2")}) != hash_of(HERE)


def test_a_picture_is_the_same_however_its_address_is_written() -> None:
    for written in ("{static}../images/porch.png", "/images/porch.png", "{filename}/images/porch.png"):
        same = an_article("a", f"Words.\n\n![A porch]({written})", title="On sleep")
        assert hash_of(same) == hash_of(HERE), written


def test_another_fact_of_an_area_is_a_change() -> None:
    one = an_area("indio")
    other = replace(
        one, front=replace(one.front, facts=(*one.front.facts[1:], Fact(text=Prose("New."), source="practice")))
    )
    assert hash_of(other, "/areas/indio/") != hash_of(one, "/areas/indio/")


def test_a_page_that_nobody_wrote_says_nothing_of_its_own() -> None:
    site = a_site()
    assert dates.fingerprint(page(site, "/areas/"), site) == ""


def test_theme_offers_neighbours_and_dates_are_no_change() -> None:
    facts = replace(FACTS, tags=Tags(style="phrases"))
    moved = replace(HERE, front=replace(HERE.front, modified=dt.datetime(2026, 12, 1, tzinfo=ZONE), cities=("mecca",)))
    changed = hash_of(
        moved, "/blog/a/", an_article("b"), facts=facts, stylesheet="/x.css", calls_to_action=(a_call("c"),)
    )
    assert changed == hash_of(HERE)


# --- how a date is shown ------------------------------------------------------------------------------------


def test_moments_are_told_to_the_second() -> None:
    moment = dt.datetime(2026, 5, 4, 9, 30, 15, 999999, tzinfo=ZONE)
    assert dates.iso(moment) == "2026-05-04T09:30:15-07:00"


@pytest.mark.parametrize(
    ("date", "day"),
    [
        (dt.date(2026, 5, 4), Day("2026-05-04", "May 4, 2026")),
        (dt.date(2026, 12, 31), Day("2026-12-31", "December 31, 2026")),
        (dt.date(987, 1, 1), Day("0987-01-01", "January 1, 987")),
        (dt.datetime(2026, 2, 28, 23, 59, tzinfo=ZONE), Day("2026-02-28", "February 28, 2026")),
    ],
)
def test_a_day_is_told_in_words_and_for_machines(date: dt.date, day: Day) -> None:
    assert dates.day(date, WORDS) == day
