"""``Person``: in full on the person's own page, a stub where a page names them.

Source: https://schema.org/Person, https://schema.org/EducationalOccupationalCredential,
https://developers.google.com/search/docs/appearance/structured-data/article#author-bp
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import urls
from . import Fixed, _parts, ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.page import Page
    from ..model.practice import License, Person
    from ..model.site import Site
    from ..model.view import View
    from . import Node


def nodes(page: Page, view: View, site: Site) -> Iterator[Node]:
    """Return the person whom the page is about in full, and stubs of the others whom it refers to."""
    if page.person:
        yield _stub(page.person, site) | _rest(page.person, view, site)
    others = (
        *_parts.employees(page, view, site),
        _parts.author(page, view, site),
        _parts.reviewer(view, site),
    )
    for person in dict.fromkeys(others):
        if person and person != page.person:
            yield site.once(_every)[person.id]


def _every(site: Site) -> dict[str, Node]:
    """Return stubs of the people by id."""
    return {person.id: Fixed(_stub(person, site)) for person in site.facts.people}


def _stub(person: Person, site: Site) -> Node:
    """Return who somebody is; ``name`` holds the name alone, the credential has its own property."""
    return {
        "@type": "Person",
        "@id": ids.person(site, person),
        "name": person.name,
        "honorificSuffix": person.credentials,
        "jobTitle": person.title,
        "url": _url(person, site),
        "worksFor": ids.ref(ids.practice(site)),
    }


def _url(person: Person, site: Site) -> str:
    """Return the absolute address of the person's page, else of the about page, else nothing."""
    about = site.absolute(urls.ABOUT) if urls.ABOUT in site.by_url else ""
    return _parts.url_of(person, site) or about


def _rest(person: Person, view: View, site: Site) -> Node:
    """Return what only the person's own page says.

    The practice's languages are a person's only where no colleague could be meant.
    """
    facts = site.facts
    return {
        "description": view.head.description,
        "image": _portrait(person, view, site),
        "knowsAbout": person.knows,
        "knowsLanguage": facts.practice.languages if len(facts.people) == 1 else (),
        "hasCredential": _credential(person, person.license) if person.license else None,
        "sameAs": person.profiles,
    }


def _portrait(person: Person, view: View, site: Site) -> Node | str:
    """Return the page's picture, else the person's photograph, else nothing."""
    if view.picture:
        return ids.ref(ids.primary_image(view))
    photo = site.images.get(person.photo) if person.photo else None
    return site.absolute(photo.url) if photo else ""


def _credential(person: Person, licence: License) -> Node:
    """Return a licence with the board that vouches for it."""
    return {
        "@type": "EducationalOccupationalCredential",
        "name": person.credentials,
        "credentialCategory": "license",
        "identifier": licence.number,
        "recognizedBy": {"@type": "Organization", "name": licence.board, "url": licence.board_url},
        "validIn": {"@type": "State", "name": licence.state},
    }
