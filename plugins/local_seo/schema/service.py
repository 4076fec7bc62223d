"""``Service``: what the practice offers, in full on its own page and on the page of a place, else a stub.

Google has no feature for it. It says what a business node could not say of a town without an address there.

Source: https://schema.org/Service, https://schema.org/ServiceChannel
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import text, urls
from . import Fixed, _parts, ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.page import Page
    from ..model.practice import Place, Service
    from ..model.site import Site
    from ..model.view import View
    from . import Node


def nodes(page: Page, view: View, site: Site) -> Iterator[Node]:
    """Return the service of the page, or what is offered in its place, and stubs of those it refers to."""
    if page.service:
        yield _stub(page.service, site) | {
            "serviceType": page.service.name,
            "description": view.head.description,
            "areaServed": _parts.area_served(page, view, site),
            "availableChannel": list(_channels(page, view, site)),
        }
    if page.place:
        yield _in_place(page.place, page, view, site)
        for section in view.sections:
            if service := site.facts.service(section.id):
                yield _section(service, page.place, view, site)
    for service in _parts.services(page, view, site):
        yield site.once(_every)[service.slug]


def _every(site: Site) -> dict[str, Node]:
    """Return stubs of the services by slug."""
    return {service.slug: Fixed(_stub(service, site)) for service in site.facts.services}


def _stub(service: Service, site: Site) -> Node:
    """Return a service by name."""
    return {
        "@type": "Service",
        "@id": ids.service(site, service),
        "name": service.name,
        "url": _parts.url_of(service, site),
        "provider": ids.ref(ids.practice(site)),
    }


def _in_place(place: Place, page: Page, view: View, site: Site) -> Node:
    """Return what the practice offers in one place."""
    return {
        "@type": "Service",
        "@id": ids.area_service(view),
        "name": text.plain(view.heading),
        "description": view.head.description,
        "url": view.head.url,
        "provider": ids.ref(ids.practice(site)),
        "areaServed": ids.ref(ids.place(site, place)),
        "availableChannel": list(_channels(page, view, site)),
        "isRelatedTo": [ids.ref(ids.service(site, service)) for service in _parts.services(page, view, site)],
    }


def _section(service: Service, place: Place, view: View, site: Site) -> Node:
    """Return one service in one place: a section of the place's page, not an address of its own."""
    return {
        "@type": "Service",
        "@id": ids.service_in_place(view, service),
        "name": service.name,
        "url": ids.service_in_place(view, service),
        "provider": ids.ref(ids.practice(site)),
        "areaServed": ids.ref(ids.place(site, place)),
        "isRelatedTo": ids.ref(ids.service(site, service)),
    }


def _channels(page: Page, view: View, site: Site) -> Iterator[Node]:
    """Return how somebody comes to the service: at the office if there is one, by telehealth if offered."""
    facts = site.facts
    if facts.has_office:
        yield {
            "@type": "ServiceChannel",
            "serviceLocation": ids.ref(ids.office(site)),
            "servicePhone": {"@type": "ContactPoint", "telephone": _parts.telephone(site)},
            "availableLanguage": facts.practice.languages,
        }
    if facts.service_area.telehealth:
        booking = urls.site_address(facts.booking_url(page.service) or view.head.url, facts.practice.url)
        yield {
            "@type": "ServiceChannel",
            "name": site.words.structured_data.telehealth.format(state=facts.service_area.telehealth),
            "serviceUrl": site.absolute(booking),
            "availableLanguage": facts.practice.languages,
        }
