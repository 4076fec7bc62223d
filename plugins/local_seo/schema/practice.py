"""The practice: a kind of ``LocalBusiness`` on the pages about it, a light ``Organization`` on all others.

Both have one id. Pages about places never carry the business in full: its address is where it is.

Source: https://developers.google.com/search/docs/appearance/structured-data/local-business,
https://developers.google.com/search/docs/appearance/structured-data/organization
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from . import Fixed, _parts, ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model.page import Page
    from ..model.practice import Hours, Weekday
    from ..model.site import File, Image, Site
    from ..model.view import View
    from . import Node

_DAYS: Final[Mapping[Weekday, str]] = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Wed": "Wednesday",
    "Thu": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}


def nodes(page: Page, view: View, site: Site) -> Iterator[Node]:
    """Return the practice: in full on home, the about and the contact page, else how to name and reach it."""
    stub = site.once(_stub)
    yield stub | _full(page, view, site) if _parts.is_about_practice(page, view) else stub


def _stub(site: Site) -> Node:
    return Fixed(
        {
            "@type": "Organization",
            "@id": ids.practice(site),
            "name": site.facts.practice.name,
            "url": site.absolute("/"),
            "telephone": _parts.telephone(site),
            "logo": ids.ref(ids.logo(site)),
        }
    )


def _full(page: Page, view: View, site: Site) -> Node:
    """Return all that the practice says about itself.

    ``medicalSpecialty``, ``availableService`` and ``isAcceptingNewPatients`` are not properties of every
    ``MedicalBusiness``; the catalogue of services says what they would.
    """
    practice = site.facts.practice
    image = site.images.get(practice.image) if practice.image else None
    return {
        "@type": practice.type,
        "legalName": practice.legal_name,
        "description": practice.description,
        "image": [site.absolute(file.url) for file in _shapes(image)] if image else None,
        "email": practice.email,
        "address": _parts.address(site),
        "geo": _position(site),
        "openingHoursSpecification": [_opening(hours) for hours in practice.hours],
        "priceRange": practice.price_range,
        "areaServed": _parts.area_served(page, view, site),
        "knowsLanguage": practice.languages,
        "employee": [ids.ref(ids.person(site, person)) for person in _parts.employees(page, view, site)],
        "contactPoint": {
            "@type": "ContactPoint",
            "contactType": site.words.structured_data.new_clients,
            "telephone": _parts.telephone(site),
            "availableLanguage": practice.languages,
        },
        "hasOfferCatalog": _catalogue(page, view, site),
        "sameAs": practice.profiles,
    }


def _shapes(image: Image) -> list[Image | File]:
    """Return a picture in the proportions that Google asks for, else as it is."""
    return [file for shape in ("16x9", "4x3", "1x1") for file in image.cut(shape, None)] or [image]


def _position(site: Site) -> Node | None:
    """Return where the office is; as text, since a number would lose zeros of the five decimals asked for."""
    where = site.facts.practice.address
    if not site.facts.has_office or where.latitude is None or where.longitude is None:
        return None
    return {
        "@type": "GeoCoordinates",
        "latitude": f"{where.latitude:.5f}",
        "longitude": f"{where.longitude:.5f}",
    }


def _opening(hours: Hours) -> Node:
    """Return opening hours, times with seconds."""
    return {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": [f"https://schema.org/{_DAYS[day]}" for day in hours.days],
        "opens": f"{hours.opens}:00",
        "closes": f"{hours.closes}:00",
    }


def _catalogue(page: Page, view: View, site: Site) -> Node | None:
    """Return the services that the page lists, by reference."""
    offers = [
        {"@type": "Offer", "itemOffered": ids.ref(ids.service(site, service))}
        for service in _parts.services(page, view, site)
    ]
    return {"@type": "OfferCatalog", "itemListElement": offers} if offers else None
