"""What becomes of old addresses: each is served, redirected in one hop, or gone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from local_seo.enrich.addresses import addresses
from local_seo.model.ledgers import Addresses, Lock, Published
from local_seo.model.practice import Addresses as Said

from .factories import FACTS, a_document, a_site, an_article

if TYPE_CHECKING:
    from local_seo.model.document import Document


def became(
    *documents: Document,
    published: dict[str, tuple[str, str]] | None = None,
    hashes: dict[str, str] | None = None,
    **said: Any,  # noqa: ANN401 - gone, redirects
) -> tuple[Addresses, list[str]]:
    """What becomes of the addresses in the ledger, given as address: (file, hash)."""
    lock = Lock(
        addresses={url: Published(source=source, hash=digest) for url, (source, digest) in (published or {}).items()}
    )
    site = a_site(*documents, facts=replace(FACTS, addresses=Said(**said)), lock=lock)
    found, bad = addresses(site, hashes or {})
    return found, [str(finding) for finding in bad]


def test_a_site_that_was_never_published_has_no_old_addresses() -> None:
    assert became(an_article("a")) == (Addresses(), [])


def test_what_is_still_served_is_no_old_address() -> None:
    found, _ = became(an_article("a"), published={"/blog/a/": ("articles/a.md", "1"), "/areas/": ("practice.toml", "")})
    assert found == Addresses()


def test_a_page_of_the_same_file_takes_over() -> None:
    found, _ = became(
        a_document("articles/a.md", date="2026-10-05", slug="new"), published={"/blog/a/": ("articles/a.md", "1")}
    )
    assert found.redirects == {"/blog/a/": "/blog/new/"}


def test_a_single_page_that_says_the_same_takes_over() -> None:
    published = {"/blog/a/": ("articles/a.md", "1")}
    hashes = {"/blog/b/": "1", "/blog/c/": "2"}
    found, _ = became(an_article("b"), an_article("c"), published=published, hashes=hashes)
    assert found.redirects == {"/blog/a/": "/blog/b/"}


def test_two_pages_that_say_the_same_leave_the_writer_to_say() -> None:
    published = {"/blog/a/": ("articles/a.md", "1")}
    hashes = {"/blog/b/": "1", "/blog/c/": "1"}
    found, _ = became(an_article("b"), an_article("c"), published=published, hashes=hashes)
    assert (found.redirects, found.lost) == ({}, ("/blog/a/",))


def test_what_is_gone_is_not_lost() -> None:
    found, bad = became(published={"/b/": ("pages/b.md", "1"), "/a/": ("pages/a.md", "2")}, gone=("/a/",))
    assert (found.gone, found.lost, bad) == (frozenset({"/a/"}), ("/b/",), [])


def test_the_writers_word_wins_over_the_ledger() -> None:
    published = {"/blog/a/": ("articles/a.md", "1"), "/blog/b/": ("articles/b.md", "2")}
    found, _ = became(
        a_document("articles/a.md", date="2026-10-05", slug="new"),
        an_article("c", aliases=("/blog/b/",)),
        published=published,
        redirects={"/blog/a/": "/areas/"},
    )
    assert found.redirects == {"/blog/a/": "/areas/", "/blog/b/": "/blog/c/"}


def test_a_chain_of_redirects_is_one_hop() -> None:
    found, bad = became(an_article("c", aliases=("/b/",)), redirects={"/a/": "/b/", "/0/": "/a/"})
    assert bad == []
    assert found.redirects == {"/0/": "/blog/c/", "/a/": "/blog/c/", "/b/": "/blog/c/"}


def test_a_redirect_may_lead_elsewhere_and_to_the_own_origin() -> None:
    found, bad = became(
        redirects={"/shop/": "https://shop.example/", "/where/": "https://www.saltbush-family.example/areas/"}
    )
    assert bad == []
    assert found.redirects == {"/shop/": "https://shop.example/", "/where/": "/areas/"}


@pytest.mark.parametrize(
    ("redirects", "faulty"),
    [
        ({"/a/": "/b/", "/b/": "/a/"}, 2),
        ({"/a/": "/a/"}, 1),
        ({"/a/": "/none/"}, 1),
        ({"/areas/": "/about/"}, 1),
        ({"/a/": "/b/", "/b/": "/c/", "/c/": "/b/"}, 3),
    ],
    ids=["circle", "itself", "no page", "served", "into a circle"],
)
def test_a_redirect_that_cannot_be_is_refused(redirects: dict[str, str], faulty: int) -> None:
    found, bad = became(redirects=redirects)
    assert found.redirects == {}
    assert len(bad) == faulty
    assert all(fault.startswith("practice.toml: error[bad-redirect]: ") for fault in bad)


def test_a_fault_of_an_alias_names_its_file() -> None:
    _, bad = became(an_article("a", aliases=("/areas/",)))
    assert bad == [
        'articles/a.md:4: error[bad-redirect]: "/areas/" is a page of the site and redirected to /blog/a/ - '
        "delete one of the two"
    ]


@pytest.mark.parametrize(
    "alias", ["/", "/blog/", "/areas/", "/services/", "/404.html", "/feed.xml", "/sitemap.xml", "/robots.txt"]
)
def test_an_alias_takes_no_address_that_the_site_has_by_itself(alias: str) -> None:
    found, bad = became(an_article("a", aliases=(alias,)))
    assert (found.redirects, len(bad)) == ({}, 1)


@pytest.mark.parametrize("end", ["/areas/#indio", "/feed.xml", "/forms/intake.pdf"])
def test_a_redirect_may_lead_to_a_line_of_a_page_or_to_a_file(end: str) -> None:
    site = a_site(
        an_article(),
        facts=replace(FACTS, addresses=Said(redirects={"/old/": end})),
        extra=frozenset({"/forms/intake.pdf"}),
    )
    found, bad = addresses(site, {})
    assert bad == []
    assert found.redirects == {"/old/": end}


@pytest.mark.parametrize("end", ["javascript:alert(1)", "//evil.example/", "https://[broken/"])
def test_a_redirect_never_leads_to_a_script_or_to_a_host_in_disguise(end: str) -> None:
    found, bad = became(redirects={"/old/": end})
    assert (found.redirects, len(bad)) == ({}, 1)
