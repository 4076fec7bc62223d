"""The way from home to a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import urls
from ..model.page import Page, PageKind
from ..model.view import Link

if TYPE_CHECKING:
    from ..model.site import Site

_PARENT = {
    PageKind.ARTICLE: urls.BLOG,
    PageKind.SERVICE: urls.SERVICES,
    PageKind.AREA: urls.AREAS,
    PageKind.TOPIC: urls.BLOG,
    PageKind.PERSON: urls.ABOUT,
}


def breadcrumbs(page: Page, site: Site) -> tuple[Link, ...]:
    """Return the links from home to this page, itself last and marked; none on home and the error page."""
    if page.kind in {PageKind.HOME, PageKind.NOT_FOUND}:
        return ()
    way = [site.by_url[urls.HOME]]
    parent = urls.BLOG if page.number > 1 else _PARENT.get(page.kind, "")
    if parent in site.by_url:
        way.append(site.by_url[parent])
    name = site.words.listing.name.format(number=page.number) if page.number > 1 else page.name
    return (*(Link(step.name, step.url) for step in way), Link(name, page.url, current=True))
