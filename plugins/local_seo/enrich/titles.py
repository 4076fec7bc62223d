"""The ``<title>`` of every page: its own words and the first suffix that fits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from .. import limits
from ..arial import width_px
from ..model.page import Page, PageKind
from ..text import capitalised, content_words, fold, singular, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model.practice import Facts
    from ..model.site import Site
    from ..model.words import Words

_FIELD = re.compile(r"\{(\w+)\}")


def titles(site: Site) -> dict[str, tuple[str, str]]:
    """Return (title, suffix) by site address; the suffix begins with the separator and is part of the title.

    The first suffix is taken that leaves the title at most 580 px wide, is unique on the site and repeats no
    content word and no place of the title. Older pages choose first: those without a date, then by date.

    Source: https://developers.google.com/search/docs/appearance/title-link
    """
    chosen: dict[str, tuple[str, str]] = {}
    taken: set[str] = set()
    for page in sorted(site.pages, key=_age):
        own = _own_title(page, site.words)
        said = _stems(own)
        options = (own + suffix for suffix in _suffixes(page, site) if _fits(own, said, suffix))
        title = next((option for option in options if fold(option) not in taken), own)
        taken.add(fold(title))
        chosen[page.url] = (title, title[len(own) :])
    return chosen


def _age(page: Page) -> tuple[float, str]:
    date = page.document.front.date if page.document else None
    return (date.timestamp() if date else float("-inf"), page.url)


def _own_title(page: Page, words: Words) -> str:
    return words.titles.numbered.format(title=page.title, number=page.number) if page.number > 1 else page.title


def _suffixes(page: Page, site: Site) -> Iterator[str]:
    """Yield the suffixes to try, separator in front; the last is always none."""
    facts = site.facts
    for_articles = site.words.titles.suffixes if facts.titles.suffixes is None else facts.titles.suffixes
    templates = for_articles if page.kind is PageKind.ARTICLE else ("{practice}",)
    values = _values(page, facts)
    for template in (*templates, ""):
        text = _filled(template, values)
        if text is not None:
            yield f"{facts.titles.separator}{text}" if text else ""


def _values(page: Page, facts: Facts) -> Mapping[str, str]:
    front = page.document.front if page.document else None
    service = facts.service(front.service) if front and front.service else None
    place = facts.place(front.cities[0]) if front and front.cities else None
    lead = facts.lead
    return {
        "role": service.role if service else lead.title if lead else "",
        "city": (place or facts.home_place).name,
        "practice": facts.practice.name,
    }


def _filled(template: str, values: Mapping[str, str]) -> str | None:
    """Return the template with its fields; None when one of them has no value."""
    return _filled_with(template, tuple(values.items()))


@lru_cache(maxsize=1 << 12)
def _filled_with(template: str, pairs: tuple[tuple[str, str], ...]) -> str | None:
    values = dict(pairs)
    names = _FIELD.findall(template)
    if not all(values[name.lower()] for name in names):
        return None

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        found = values[name.lower()]
        return capitalised(found) if name[0].isupper() else found

    return squeeze(_FIELD.sub(value, template))


def _fits(own: str, said: frozenset[str], suffix: str) -> bool:
    if not suffix:
        return True
    return said.isdisjoint(_stems(suffix)) and width_px(own + suffix) <= limits.TITLE_WIDTH_PX


@lru_cache(maxsize=1 << 12)
def _stems(text: str) -> frozenset[str]:
    return frozenset(singular(part) for word in content_words(text) for part in word.split("-"))
