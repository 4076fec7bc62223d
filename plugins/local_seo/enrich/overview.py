"""The whole site by subject, as the search page lists it: for a browser without a script, and for who likes lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import limits, urls
from ..model.page import Page, PageKind
from ..model.view import Group, Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model.document import Document
    from ..model.site import Site

_PRACTICE = frozenset({PageKind.ABOUT, PageKind.PERSON, PageKind.PAGE})


def groups(site: Site) -> tuple[Group, ...]:
    """Return every page that may be found, by service, topic and area; an article under each that it belongs to.

    A subject shows its newest articles, and its own page has them all. A service is there without an article too.
    """
    return tuple(_groups(site))


def _groups(site: Site) -> Iterator[Group]:
    for page in site.pages:
        if (page.service or page.topic) and _listed(page):
            yield Group(subject=Link(page.name, page.url), links=tuple(_articles(page.articles, site)))
    with_subject = {article.path for page in site.pages if page.service or page.topic for article in page.articles}
    rest = [article for article in site.articles if article.path not in with_subject]
    if rest:
        yield Group(subject=Link(site.words.search.other_articles, urls.BLOG), links=tuple(_articles(rest, site)))
    areas = [page for page in site.pages if page.place and _listed(page)]
    yield Group(
        subject=Link(site.words.pages.areas, urls.AREAS), links=tuple(Link(page.title, page.url) for page in areas)
    )
    practice = [page for page in site.pages if page.kind in _PRACTICE and _listed(page)]
    links = tuple(Link(page.name, page.url) for page in practice)
    yield Group(subject=Link(site.facts.practice.name, urls.HOME), links=links)


def _articles(articles: Iterable[Document], site: Site) -> Iterator[Link]:
    for article in list(articles)[: limits.LINKS_IN_A_GROUP_MOST]:
        yield Link(article.front.title, site.by_source[article.path].url)


def _listed(page: Page) -> bool:
    """Return whether a reader is led to a page: a listing that nobody introduced is good enough for that."""
    front = page.document.front if page.document else None
    return front is None or (front.status == "published" and not front.noindex and not front.canonical)
