"""Structured data that say something else than the page: another headline, date, phone number, name or way from home.

Why: What machines are told must be what readers see; search engines call the rest spam, and a wrong number is
dialled.
Source: https://developers.google.com/search/docs/appearance/structured-data/sd-policies
Rules: E-18, E-25, N-14, V-09, V-10
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .. import example
from ..errors import Finding, Severity
from ..model.built import Region
from ..text import quoted, squeeze
from ._output import REMEDY, graph

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built, Rendered
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each statement of the structured data that the page does not make."""
    page = built.rendered.get(view.save_as)
    # A block that is not what was meant is the business of structured-data.
    if page is None or page.structured_data != (str(view.structured_data),):
        return
    for what, said in _unseen(view, page):
        message = f"the structured data of {view.url} say {what} {quoted(said)}, and the page does not"
        yield rule.finding(view.source, 0, message, REMEDY)


def _unseen(view: View, page: Rendered) -> Iterator[tuple[str, str]]:
    for node in graph(view):
        kinds = node.get("@type")
        kind = kinds if isinstance(kinds, str) else ""
        name, address = str(node.get("name", "")), str(node.get("url", ""))
        if kind == "BlogPosting":
            if (headline := squeeze(str(node.get("headline", "")))) not in {text for _, text in page.headings}:
                yield "the headline is", headline
            for key in ("datePublished", "dateModified"):
                if (day := str(node.get(key, ""))[:10]) and day not in page.times:
                    yield f"the {key} is", day
        elif kind == "BreadcrumbList":
            names = [squeeze(str(item.get("name", ""))) for item in _items(node.get("itemListElement"))]
            shown = next((each.anchors for each in page.regions if each.label.lower() == "breadcrumb"), ())
            if names != [text for _, text in shown]:
                yield "the way from home is", " > ".join(names)
        elif kind in {"Person", "Organization", "MedicalBusiness"} and squeeze(name) not in page.text:
            yield "there is somebody called", name
        elif kind.endswith("Page") and address and address != view.head.url:
            yield "the page is", address
        if telephone := str(node.get("telephone", "")):
            dialled = re.sub(r"[^+\d]", "", telephone)
            if f"tel:{dialled}" not in {href for href, _ in page.anchors}:
                yield "the phone number is", telephone
        for part in _items(node.get("address")):
            for key in ("streetAddress", "postalCode"):
                if (said := str(part.get(key, ""))) and said not in page.text:
                    yield "the address has", said
        for hours in _items(node.get("openingHoursSpecification")):
            for key in ("opens", "closes"):
                if (said := str(hours.get(key, ""))[:5]) and said not in page.times:
                    yield f"the practice {key} at", said
        if (price := str(node.get("priceRange", ""))) and price not in page.text:
            yield "the prices are", price


def _items(value: object) -> list[dict[str, object]]:
    found = value if isinstance(value, list) else [value]
    return [each for each in found if isinstance(each, dict)]


def _case(node: str, found: str = "", **page: object) -> example.Case:
    view = example.view(structured_data=Markup(f'{{"@graph":[{node}]}}'))  # noqa: S704 - a literal
    return example.case(view, example.rendered(view, **page), found=found)


_POSTING: Final = '{"@type":"BlogPosting","headline":"First weeks","datePublished":"2026-05-04T00:00:00-07:00"}'
_WAY: Final = '{"@type":"BreadcrumbList","itemListElement":[{"name":"Home"},{"name":"Naps"}]}'

GOOD: Final = (
    _case(_POSTING, times=("2026-05-04",)),
    _case(
        '{"@type":"Organization","name":"Saltbush Family Therapy","telephone":"+1-760-555-0142"}',
        text="Saltbush Family Therapy",
    ),
    _case(_WAY, regions=(Region(tag="nav", label="Breadcrumb", anchors=(("/", "Home"), ("#", "Naps"))),)),
    _case("[]"),
    example.case(example.rendered(structured_data=("{}",))),
)
BAD: Final = (
    _case(_POSTING, 'the datePublished is "2026-05-04"', times=("2026-05-05",)),
    _case(_POSTING, 'the headline is "First weeks"', headings=((1, "Naps"),), times=("2026-05-04",)),
    _case(_WAY, 'the way from home is "Home > Naps"'),
    _case('{"@type":"Person","name":"Jane Doe"}', 'somebody called "Jane Doe"'),
    _case('{"@type":"WebPage","url":"https://a.example/"}', 'the page is "https://a.example/"'),
    _case('{"telephone":"+1-760-555-0199"}', 'the phone number is "+1-760-555-0199"'),
    _case('{"address":{"streetAddress":"100 Example Way"}}', 'the address has "100 Example Way"'),
    _case('{"openingHoursSpecification":[{"opens":"09:00:00"}]}', 'the practice opens at "09:00"'),
    _case('{"priceRange":"$150"}', 'the prices are "$150"'),
)
