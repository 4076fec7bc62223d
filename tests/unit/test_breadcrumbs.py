"""The way from home to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from local_seo.enrich.breadcrumbs import breadcrumbs
from local_seo.model.view import Link

from .factories import a_document, a_site, an_area, an_article, page

if TYPE_CHECKING:
    from local_seo.model.document import Document

HOME = Link("Home", "/")


def crumbs(url: str, *documents: Document) -> tuple[Link, ...]:
    site = a_site(*documents)
    return breadcrumbs(page(site, url), site)


@pytest.mark.parametrize(
    ("document", "url", "parent", "name"),
    [
        (an_article("a", title="On sleep"), "/blog/a/", Link("Blog", "/blog/"), "On sleep"),
        (
            a_document("services/postpartum-therapy.md", title="Help after birth"),
            "/services/postpartum-therapy/",
            Link("Services", "/services/"),
            "Postpartum therapy",
        ),
        (an_area("indio", title="Help in Indio"), "/areas/indio/", Link("Areas", "/areas/"), "Indio"),
        (
            a_document("people/marisela-quintero.md"),
            "/about/marisela-quintero/",
            Link("About", "/about/"),
            "Marisela Quintero",
        ),
    ],
)
def test_a_page_below_a_listing_leads_back_over_it(document: Document, url: str, parent: Link, name: str) -> None:
    assert crumbs(url, document) == (HOME, parent, Link(name, url, current=True))


@pytest.mark.parametrize("url", ["/services/", "/areas/", "/about/", "/blog/", "/fees/"])
def test_a_page_at_the_top_leads_home(url: str) -> None:
    found = crumbs(url, an_article(), a_document("pages/fees.md"))
    assert (len(found), found[0], found[1].url, found[1].current) == (2, HOME, url, True)


@pytest.mark.parametrize("url", ["/", "/404.html"])
def test_home_and_the_error_page_have_no_way(url: str) -> None:
    assert crumbs(url) == ()


def test_a_later_page_of_the_blog_leads_over_the_first() -> None:
    found = crumbs("/blog/page/2/", *(an_article(f"a{n}") for n in range(11)))
    assert found == (HOME, Link("Blog", "/blog/"), Link("Page 2", "/blog/page/2/", current=True))


def test_a_hidden_article_leads_home_while_there_is_no_blog() -> None:
    found = crumbs("/blog/a/", an_article("a", title="On sleep", status="hidden"))
    assert found == (HOME, Link("On sleep", "/blog/a/", current=True))
