"""The ledgers in, typed; a broken one is a fault and never half read."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from local_seo.model.ledgers import Lock, Published, Revision, Revisions
from local_seo.read import ledgers
from local_seo.typed import Typist

TYPIST = Typist(str, ZoneInfo("America/Los_Angeles"), loose=False)


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_ledger_knows_nothing(text: str) -> None:
    assert ledgers.revisions(text, TYPIST) == (Revisions(), [])
    assert ledgers.lock(text, TYPIST) == (Lock(), [])


def test_revisions_are_read() -> None:
    text = '{"format": 1, "pages": {"/blog/a/": {"hash": "x", "changed": "2026-05-04T09:30:00-07:00"}}}'
    changed = dt.datetime(2026, 5, 4, 16, 30, tzinfo=dt.UTC)
    assert ledgers.revisions(text, TYPIST) == (
        Revisions(pages={"/blog/a/": Revision(hash="x", changed=changed)}),
        [],
    )


def test_addresses_are_read() -> None:
    text = '{"format": 1, "addresses": {"/blog/a/": {"source": "articles/a.md", "hash": "x"}}}'
    assert ledgers.lock(text, TYPIST) == (
        Lock(addresses={"/blog/a/": Published(source="articles/a.md", hash="x")}),
        [],
    )


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"format": 1, "pages": {"/a/": {}}}',
        '{"format": 1, "pages": []}',
        '{"pagse": {}}',
        "[" * 100_000,
        '{"format": 99, "pages": {}}',
    ],
    ids=["cut off", "a list", "half an entry", "a list of pages", "unknown key", "too deep", "of a later version"],
)
def test_a_broken_ledger_is_a_fault_and_knows_nothing(text: str) -> None:
    found, bad = ledgers.revisions(text, TYPIST)
    assert found == Revisions()
    assert bad
    assert {(finding.path, finding.id) for finding in bad} == {("revisions.json", "broken-ledger")}


def test_a_broken_ledger_names_its_line() -> None:
    _, (finding,) = ledgers.lock('{\n"format": 1,\n"addresses": nope}', TYPIST)
    assert (finding.path, finding.line) == ("addresses.lock", 3)
