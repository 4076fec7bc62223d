"""A page whose structured data lack what its kind needs, or have a value in a form that nobody understands.

Why: Search engines show a rich result only where all that they require is there, in their own notation.
Source: https://developers.google.com/search/docs/appearance/structured-data/search-gallery
Rules: J-01, J-02, J-05, J-06, J-07, J-08, J-09, E-18, E-19, E-20
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .. import example
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..model.practice import Address
from ..text import joined, quoted
from ._output import graph

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


_POSTING: Final = (
    "headline",
    "datePublished",
    "dateModified",
    "author",
    "publisher",
    "mainEntityOfPage",
    "inLanguage",
)
# What each kind of page must describe, and with which properties.
_NEEDED: Final[Mapping[PageKind, Mapping[str, tuple[str, ...]]]] = {
    PageKind.HOME: {"WebSite": ("name", "url"), "#practice": ("name", "address", "telephone", "url")},
    PageKind.ARTICLE: {"BlogPosting": _POSTING, "BreadcrumbList": ("itemListElement",)},
    PageKind.PERSON: {"ProfilePage": ("mainEntity",), "Person": ("name",), "BreadcrumbList": ("itemListElement",)},
    PageKind.SERVICE: {"Service": ("name", "provider"), "BreadcrumbList": ("itemListElement",)},
    PageKind.AREA: {"Service": ("name", "provider", "areaServed"), "BreadcrumbList": ("itemListElement",)},
}
_PRICE_LONGEST: Final = 99
_DECIMALS: Final = 5
_LEAST_CRUMBS: Final = 2


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each thing that is missing or misspelt."""
    for fault in _faults(view, built):
        message = f"the structured data of {view.url} {fault}"
        yield rule.finding(view.source, 0, message, "report it: this is a fault of the program, not of your words")


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fact of practice.toml that search engines cannot use."""
    practice = built.site.facts.practice
    if len(practice.price_range or "") > _PRICE_LONGEST:
        message = f"price_range has {len(practice.price_range or '')} characters; search engines take {_PRICE_LONGEST}"
        line = built.site.line_of("practice.toml", "practice", "price_range")
        yield rule.finding("practice.toml", line, message, "shorten it")
    for name in ("latitude", "longitude") if built.site.facts.has_office else ():
        value = getattr(practice.address, name)
        if value is not None and len(str(value).partition(".")[2]) < _DECIMALS:
            message = f"{name} is {value}; with fewer than {_DECIMALS} decimals the pin stands in another street"
            line = built.site.line_of("practice.toml", "practice", "address", name)
            yield rule.finding("practice.toml", line, message, "copy it from a map, with all its decimals")


def _faults(view: View, built: Built) -> Iterator[str]:
    nodes = graph(view)
    for kind, properties in _NEEDED.get(view.kind, {}).items():
        found = [node for node in nodes if _is(node, kind)]
        if not found:
            yield f"describe no {kind.removeprefix('#')}"
        elif missing := min(([key for key in properties if not node.get(key)] for node in found), key=len):
            yield f"have a {kind.removeprefix('#')} without {joined(missing)}"
    for node in nodes:
        crumbs = node.get("itemListElement")
        if _is(node, "BreadcrumbList") and (not isinstance(crumbs, list) or len(crumbs) < _LEAST_CRUMBS):
            yield "have a way from home of one step"
        if (phone := node.get("telephone")) and not re.fullmatch(r"\+[\d-]+", str(phone)):
            yield f"have the phone number {quoted(phone)} without a country code"
        hours = node.get("openingHoursSpecification")
        for line in hours if isinstance(hours, list) else ():
            times = [str(line.get(key)) for key in ("opens", "closes")] if isinstance(line, dict) else [""]
            if not all(re.fullmatch(r"\d\d:\d\d(?::\d\d)?", time) for time in times):
                yield f"have the hours {joined(map(quoted, times))}, not as 09:00"
        address = node.get("address")
        private = not built.site.facts.has_office
        if private and isinstance(address, dict) and address.keys() & {"streetAddress", "postalCode"}:
            yield "have a street, which is private"
        if private and "geo" in node:
            yield "have a position, which is private"


def _is(node: Mapping[str, object], kind: str) -> bool:
    if kind.startswith("#"):
        return str(node.get("@id", "")).endswith(kind)
    types = node.get("@type")
    return kind == types or (isinstance(types, list) and kind in types)


def _case(kind: PageKind, nodes: str, found: str = "", **site: object) -> example.Case:
    block = Markup(f'{{"@graph":[{nodes}]}}')  # noqa: S704 - a literal
    return example.case(example.view("/x/", kind=kind, structured_data=block), found=found, **site)


_AT_HOME: Final = example.facts(practice=replace(example.FACTS.practice, presence="telehealth"))
_ROUGH: Final = example.facts(
    practice=replace(
        example.FACTS.practice,
        price_range="$" * 100,
        address=Address(locality="Palm Desert", region="CA", country="US", latitude=33.7),
    )
)
_SITE: Final = '{"@type":"WebSite","name":"S","url":"/"}'
_PRACTICE: Final = (
    '{"@id":"/#practice","name":"S","address":{"addressLocality":"P"},"telephone":"+1-760-555-0142","url":"/"}'
)

GOOD: Final = (
    _case(PageKind.HOME, f"{_SITE},{_PRACTICE}"),
    _case(PageKind.HOME, f"{_SITE},{_PRACTICE}", facts=_AT_HOME),
    _case(PageKind.PAGE, ""),
)
BAD: Final = (
    _case(PageKind.HOME, _PRACTICE, "describe no WebSite"),
    _case(PageKind.HOME, f'{_SITE},{{"@id":"/#practice","name":"S"}}', "a practice without address, telephone and url"),
    _case(PageKind.PAGE, '{"@type":"BreadcrumbList","itemListElement":[{}]}', "a way from home of one step"),
    _case(PageKind.PAGE, '{"telephone":"760-555-0142"}', '"760-555-0142" without a country code'),
    _case(PageKind.PAGE, '{"openingHoursSpecification":[{"opens":"9 am"}]}', '"9 am" and "None", not as 09:00'),
    _case(PageKind.PAGE, '{"address":{"streetAddress":"A"}}', "have a street, which is private", facts=_AT_HOME),
    _case(PageKind.PAGE, '{"geo":{}}', "have a position, which is private", facts=_AT_HOME),
    _case(PageKind.PAGE, "", "price_range has 100 characters", facts=_ROUGH),
    _case(PageKind.PAGE, "", "latitude is 33.7", facts=_ROUGH),
)
