"""``BlogPosting``: the article on a page.

Source: https://developers.google.com/search/docs/appearance/structured-data/article
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import text
from ..model.page import PageKind
from . import _parts, ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.page import Page
    from ..model.site import Site
    from ..model.view import View
    from . import Node


def nodes(page: Page, view: View, site: Site) -> Iterator[Node]:
    """Return the article; an article that no person signs is the practice's.

    Keywords that the reader never meets are left out: they target, and say nothing of the text.
    """
    if page.kind is not PageKind.ARTICLE:
        return
    author = _parts.author(page, view, site)
    practice = ids.practice(site)
    yield {
        "@type": "BlogPosting",
        "@id": ids.article(view),
        "headline": text.plain(view.heading),
        "description": view.head.description,
        "image": _images(view, site),
        "datePublished": view.head.published,
        "dateModified": view.head.modified,
        "author": ids.ref(ids.person(site, author) if author else practice),
        "publisher": ids.ref(practice),
        "mainEntityOfPage": ids.ref(ids.webpage(view)),
        "inLanguage": view.head.language,
        "keywords": _parts.said(page, page.document.front.keywords) if page.document else (),
        "about": [ids.ref(ids.service(site, service)) for service in _parts.services(page, view, site)],
        "spatialCoverage": [ids.ref(ids.place(site, place)) for place in _parts.places(page, view, site)],
        "citation": [{"@type": "CreativeWork", "name": source.title, "url": source.url} for source in view.sources],
    }


def _images(view: View, site: Site) -> Node | list[str] | None:
    """Return the article's picture in the proportions that Google asks for, else as the page has it, else its card."""
    if view.picture is None:
        return ids.ref(ids.primary_image(view)) if view.head.image.drawn else None
    return [site.absolute(url) for url in view.picture.crops] or ids.ref(ids.primary_image(view))
