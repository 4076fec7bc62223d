"""The one element of an article that names places for targeting."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import limits, urls
from ..model.view import Link, Targeting
from ..text import capitalised

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ..model.page import Page
    from ..model.practice import Place
    from ..model.site import Site
    from ..model.words import Lists


def targeting(page: Page, site: Site) -> Targeting:
    """Return the location sentence of an article or service, or the phrases that ``[tags] style`` asks for.

    The places are the page's first ``max_named``; the practice's own when the page names none.
    """
    if site.facts.tags.style == "phrases":
        return Targeting(style="phrases", parts=_phrases(page, site))
    return Targeting(style="sentence", parts=_sentence(page, site))


def place_url(place: Place, site: Site) -> str:
    """Return the address of a place's page, else of its line on the areas page."""
    page = site.page_of(place)
    return page.url if page else f"{urls.AREAS}#{place.slug}"


def _places(page: Page, site: Site) -> tuple[Place, ...]:
    cities = page.document.front.cities if page.document else ()
    own = (site.facts.place(slug) for slug in cities)
    return tuple(place for place in own if place) or site.facts.places


def _sentence(page: Page, site: Site) -> tuple[str | Link, ...]:
    places = _places(page, site)
    area = site.facts.service_area
    named = places[: area.max_named]
    of_places = site.once(_links)
    links: list[str | Link] = [of_places[place.slug] for place in named]
    more = len(places) > len(named)
    values: dict[str, Sequence[str | Link]] = {
        "practice": (site.facts.practice.name,),
        "area": (area.name,),
        "telehealth": (area.telehealth or "",),
        "cities": _listed([*links, Link(site.words.targeting.nearby, urls.AREAS)] if more else links, site.words.lists),
    }
    parts: list[str | Link] = []
    for index, piece in enumerate(_pieces(area.sentence)):
        is_field = index % 2 == 1
        for number, part in enumerate(values[piece.lower()] if is_field else (piece,)):
            if is_field and number == 0 and piece[0].isupper() and isinstance(part, str):
                part = capitalised(part)  # noqa: PLW2901 - the field asks for a capital
            if isinstance(part, str) and parts and isinstance(parts[-1], str):
                parts[-1] += part
            elif part:
                parts.append(part)
    return tuple(parts)


def _links(site: Site) -> Mapping[str, Link]:
    """Return the links to all places, by slug."""
    return {place.slug: Link(place.name, place_url(place, site)) for place in site.facts.places}


@lru_cache(maxsize=16)
def _pieces(sentence: str) -> tuple[str, ...]:
    """Return the text of a sentence and its fields in turn."""
    return tuple(re.split(r"\{(\w+)\}", sentence))


def _listed(links: Sequence[str | Link], words: Lists) -> list[str | Link]:
    """Return links with the words of a list between them."""
    parts: list[str | Link] = []
    for index, link in enumerate(links):
        if index:
            parts.append(words.before_last if index == len(links) - 1 else words.between)
        parts.append(link)
    return parts


def _phrases(page: Page, site: Site) -> tuple[Link, ...]:
    """Return "role in city" links, at most one to each existing page."""
    facts = site.facts
    service = site.service_of(page)
    lead = facts.lead
    role = capitalised(service.role if service else lead.title if lead else facts.practice.name)

    def phrase(place: str) -> str:
        return site.words.targeting.role.format(role=role, place=place)

    places = _places(page, site)
    found: dict[str, Link] = {}
    service_page = site.page_of(service) if service else None
    if service_page:
        found[service_page.url] = Link(phrase(places[0].name), service_page.url)
    for place in places:
        own = site.page_of(place)
        if own:
            found.setdefault(own.url, Link(phrase(place.name), own.url))
    found.setdefault(urls.AREAS, Link(phrase(facts.service_area.name), urls.AREAS))
    return tuple(found.values())[: limits.PHRASES_MOST]
