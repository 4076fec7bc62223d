"""``WebPage`` and its kinds: the page as a document, and what it is about.

Source: https://schema.org/WebPage,
https://developers.google.com/search/docs/appearance/structured-data/profile-page
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import text
from ..model.page import PageKind
from . import _parts, ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model.page import Page
    from ..model.site import Site
    from ..model.view import View
    from . import Node

# What is not here is a plain WebPage.
_TYPES: Final[Mapping[PageKind, str]] = {
    PageKind.ARTICLE: "MedicalWebPage",
    PageKind.BLOG: "CollectionPage",
    PageKind.SERVICES: "CollectionPage",
    PageKind.AREAS: "CollectionPage",
    PageKind.TOPIC: "CollectionPage",
    PageKind.ABOUT: "AboutPage",
    PageKind.PERSON: "ProfilePage",
}


def nodes(page: Page, view: View, site: Site) -> Iterator[Node]:
    """Return the page; the description stands in what it describes: an article, a service, a person."""
    main = _main_entity(page, view, site)
    yield {
        "@type": "ContactPage" if _parts.is_contact(page, view) else _TYPES.get(page.kind, "WebPage"),
        "@id": ids.webpage(view),
        "url": view.head.url,
        "name": text.plain(view.heading),
        "description": "" if main or page.place else view.head.description,
        "inLanguage": view.head.language,
        "isPartOf": ids.ref(ids.website(site)),
        "breadcrumb": ids.ref(ids.breadcrumb(view)) if view.crumbs else None,
        "primaryImageOfPage": ids.ref(ids.primary_image(view)) if view.picture else None,
        "mainEntity": ids.ref(main) if main else None,
        **_subject(page, view, site),
        **_review(page, view, site),
    }


def _main_entity(page: Page, view: View, site: Site) -> str:
    """Return the id of the one thing that the page describes, empty when there is no such thing."""
    if page.kind is PageKind.ARTICLE:
        return ids.article(view)
    if page.service:
        return ids.service(site, page.service)
    return ids.person(site, page.person) if page.person else ""


def _subject(page: Page, view: View, site: Site) -> Node:
    """Return what a page without a main entity is about: the practice, on an area page also the place."""
    practice = ids.ref(ids.practice(site))
    if page.place:
        place = ids.ref(ids.place(site, page.place))
        return {"about": [place, practice], "spatialCoverage": place}
    return {"about": practice} if _parts.is_about_practice(page, view) else {}


def _review(page: Page, view: View, site: Site) -> Node:
    """Return the review that the byline names; it takes a reader other than the author to be one.

    Source: https://schema.org/reviewedBy
    """
    reviewer = _parts.reviewer(view, site)
    if not (view.byline and view.byline.reviewed and reviewer) or reviewer == _parts.author(page, view, site):
        return {}
    return {"lastReviewed": view.byline.reviewed.iso, "reviewedBy": ids.ref(ids.person(site, reviewer))}
