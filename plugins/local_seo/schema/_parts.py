"""What several nodes need: whom and what a page refers to, and the values that more than one node prints.

A node that refers and the node that is referred to stand in different modules. Both take the answer from
here, so that every id of a page is defined on that page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import urls
from ..model.page import PageKind
from ..model.view import Link
from . import ids

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ..model.page import Page
    from ..model.practice import Person, Place, Service
    from ..model.site import Site
    from ..model.view import View
    from . import Node


def is_contact(page: Page, view: View) -> bool:
    """Return whether a page is the practice's contact page; other pages may show the contact too."""
    return page.kind is PageKind.PAGE and view.contact


def is_about_practice(page: Page, view: View) -> bool:
    """Return whether a page carries the practice in full; the other pages carry a stub."""
    return page.kind in {PageKind.HOME, PageKind.ABOUT} or is_contact(page, view)


def said(page: Page, phrases: Sequence[str]) -> list[str]:
    """Return the phrases that a page's own title or words contain, in any case."""
    if not phrases:
        return []
    words = f"{page.title}\n{page.document.body.text if page.document else ''}".casefold()
    return [phrase for phrase in phrases if phrase.casefold() in words]


def author(page: Page, view: View, site: Site) -> Person | None:
    """Return who wrote the article; None on other pages, and where the byline names the practice."""
    return _named(view.byline.author_name, site) if view.byline and page.kind is PageKind.ARTICLE else None


def reviewer(view: View, site: Site) -> Person | None:
    """Return who reviewed the page; None when the byline does not say both who and when."""
    byline = view.byline
    return _named(byline.reviewer_name, site) if byline and byline.reviewed else None


def employees(page: Page, view: View, site: Site) -> tuple[Person, ...]:
    """Return the people whom a page about the practice shows."""
    if not is_about_practice(page, view):
        return ()
    shown = {profile.name for profile in view.people}
    return tuple(person for person in site.facts.people if person.name in shown)


def services(page: Page, view: View, site: Site) -> tuple[Service, ...]:
    """Return the services that a page refers to, without the one that it is about.

    An article refers to the service of its front matter; an area page and the pages about the practice to
    those that they list.
    """
    if page.kind is PageKind.ARTICLE:
        slug = page.document.front.service if page.document else None
        service = site.facts.service(slug) if slug else None
        return (service,) if service else ()
    if page.kind is not PageKind.AREA and not is_about_practice(page, view):
        return ()
    listed = {card.title for card in view.services} | {section.title for section in view.sections}
    return tuple(service for service in site.facts.services if service.name in listed)


def places(page: Page, view: View, site: Site) -> tuple[Place, ...]:
    """Return the places that a page refers to: its own, those of the location sentence, else those listed.

    An article without cities of its own refers to none: its sentence names the practice's, as any page could.
    """
    if page.place:
        return (page.place,)
    shown: Iterator[str] = iter(())
    names_some = page.document is not None and bool(page.document.front.cities)
    if page.kind is PageKind.SERVICE or (page.kind is PageKind.ARTICLE and names_some):
        shown = _linked(view)
    elif is_about_practice(page, view):
        shown = (line.name for group in view.places for line in group.places)
    names = site.once(_place_names)
    found = {_place(text, names) for text in shown}
    return tuple(place for place in site.facts.places if place.name in found)


def area_served(page: Page, view: View, site: Site) -> list[Node]:
    """Return where the practice works, as the page shows it.

    The places that the page lists, else the service area by its name; and the state that telehealth reaches.
    """
    area = site.facts.service_area
    named: list[Node] = [ids.ref(ids.place(site, place)) for place in places(page, view, site)]
    whole: Node = {"@type": "Place", "name": area.name.removeprefix("the ")}
    state: Node = {"@type": "State", "name": area.telehealth}
    return [*(named or [whole]), *([state] if area.telehealth else [])]


def address(site: Site) -> Node:
    """Return the postal address: locality, region and country, street and postal code of an office only.

    Source: https://developers.google.com/search/docs/appearance/structured-data/local-business
    """
    where, office = site.facts.practice.address, site.facts.has_office
    return {
        "@type": "PostalAddress",
        "streetAddress": where.street if office else None,
        "addressLocality": where.locality,
        "addressRegion": where.region,
        "postalCode": where.postal_code if office else None,
        "addressCountry": where.country,
    }


def telephone(site: Site) -> str:
    """Return the practice's phone with its country code and hyphens: ``+1-760-555-0142``.

    The groups of a number outside North America are those that the practice typed.
    """
    phone, digits = site.facts.practice.phone, site.facts.telephone
    shown = urls.telephone_text(phone)
    if digits == "+1" + shown.replace("-", ""):
        return f"+1-{shown}"
    return "+" + "-".join(re.findall(r"\d+", phone))


def url_of(about: Person | Service, site: Site) -> str:
    """Return the absolute address of somebody's or something's page; empty where there is none."""
    page = site.page_of(about)
    return site.absolute(page.url) if page else ""


def _named(name: str, site: Site) -> Person | None:
    """Return the person of this name."""
    return next((person for person in site.facts.people if person.name == name), None)


def _linked(view: View) -> Iterator[str]:
    """Return the link texts of the location sentence."""
    parts = view.targeting.parts if view.targeting else ()
    return (part.text for part in parts if isinstance(part, Link))


def _place_names(site: Site) -> tuple[str, ...]:
    return tuple(place.name for place in site.facts.places)


@lru_cache(maxsize=1 << 10)
def _place(shown: str, names: tuple[str, ...]) -> str | None:
    """Return the place that a text is, or ends with: ``Indio``, ``postpartum therapist in Indio``.

    The longest name wins: ``North Palm Springs`` is not Palm Springs.
    """
    whole = f" {shown}"
    return max((name for name in names if whole.endswith(f" {name}")), key=len, default=None)
