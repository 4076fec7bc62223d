"""``City`` and ``Place``: the places that other nodes refer to, and the office.

A place has no address and no position here: those would say that the practice is there.

Source: https://schema.org/City, https://schema.org/Place
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import Fixed, _parts, ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.page import Page
    from ..model.practice import Place
    from ..model.site import Site
    from ..model.view import View
    from . import Node


def nodes(page: Page, view: View, site: Site) -> Iterator[Node]:
    """Return the places that the page refers to, and the office where it says how to come to a service."""
    for place in _parts.places(page, view, site):
        node = site.once(_every)[place.slug]
        county = _county(place, page)
        yield node | {"containedInPlace": county} if county else node
    if site.facts.has_office and (page.service or page.place):
        yield {
            "@type": "Place",
            "@id": ids.office(site),
            "name": site.facts.practice.name,
            "address": _parts.address(site),
        }


def _every(site: Site) -> dict[str, Node]:
    """Return the places by slug."""
    return {
        place.slug: Fixed(
            {"@type": place.type, "@id": ids.place(site, place), "name": place.name, "sameAs": place.wikipedia}
        )
        for place in site.facts.places
    }


def _county(place: Place, page: Page) -> Node | None:
    """Return the county of the place that the page is about, when the page's words name it."""
    if place != page.place or not place.county or not _parts.said(page, (place.county,)):
        return None
    return {"@type": "AdministrativeArea", "name": place.county}
