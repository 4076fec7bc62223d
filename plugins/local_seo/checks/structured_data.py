"""Structured data that search engines cannot read, that are not what was meant, or that claim what they must not.

Why: A broken block is ignored as a whole; reviews of one's own practice and invented kinds of business bring
a manual action; some kinds have been given up and only weigh.
Source: https://developers.google.com/search/docs/appearance/structured-data/sd-policies,
https://developers.google.com/search/docs/appearance/structured-data/review-snippet
Rules: E-18, E-20, J-14, N-04, N-06, N-07
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .. import example
from ..errors import Finding, Severity
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built, Rendered
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

_FORBIDDEN_KEYS: Final = frozenset({"aggregateRating", "review", "speakable"})
_FORBIDDEN_TYPES: Final = {
    **dict.fromkeys(
        ("Physician", "IndividualPhysician", "PhysiciansOffice", "Psychologist"), "which a therapist is not"
    ),
    **dict.fromkeys(("FAQPage", "HowTo", "SearchAction"), "which search engines have given up"),
}
_REMEDY: Final = "this is a fault of the program, not of your words: please report it with this line"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of the page's structured data."""
    page = built.rendered.get(view.save_as)
    for fault in _faults(view, page) if page else ():
        yield rule.finding(view.source, 0, f"the structured data of {view.url} {fault}", _REMEDY)


def _faults(view: View, page: Rendered) -> Iterator[str]:
    if "<" in view.structured_data:
        # A browser would end the script element at `</script>`, whatever JSON says.
        start = view.structured_data.index("<")
        yield f"has a bare {quoted(view.structured_data[start : start + 20])}, which must be written as \\u003c"
        return
    if len(page.structured_data) != 1:
        yield f"stands in {len(page.structured_data)} blocks, not 1"
        return
    block = page.structured_data[0]
    try:
        data = json.loads(block)
    except (ValueError, RecursionError) as problem:
        yield f"is not JSON ({problem}): {quoted(block)}"
        return
    if block != view.structured_data:
        yield "is not what was meant"
    nodes = list(_nodes(data))
    known = {str(node["@id"]) for node in nodes if "@id" in node and len(node) > 1}
    for node in nodes:
        if node.keys() == {"@id"} and str(node["@id"]) not in known:
            yield f"points to {quoted(node['@id'])}, which is not described on this page"
        for key in sorted(_FORBIDDEN_KEYS & node.keys()):
            yield f"has {quoted(key)}; reviews of oneself and words for machines are not allowed"
        types = node.get("@type", ())
        for name in [types] if isinstance(types, str) else types if isinstance(types, list) else ():
            if fault := _FORBIDDEN_TYPES.get(str(name)):
                yield f"has a {quoted(name)}, {fault}"


def _nodes(value: object) -> Iterator[dict[str, object]]:
    """Yield every object in a JSON value, in order."""
    waiting = [value]
    while waiting:
        found = waiting.pop()
        if isinstance(found, dict):
            yield found
            waiting += reversed(found.values())
        elif isinstance(found, list):
            waiting += reversed(found)


def _case(block: str, found: str = "", meant: str | None = None) -> example.Case:
    view = example.view(structured_data=Markup(block if meant is None else meant))  # noqa: S704 - a literal
    return example.case(view, example.rendered(view, structured_data=(block,)), found=found)


GOOD: Final = (
    example.case(),
    _case('{"@graph":[{"@id":"#a","@type":"Person"},{"@id":"#b","author":{"@id":"#a"}}]}'),
)
BAD: Final = (
    _case('{"@graph": [}', "is not JSON"),
    _case("{}", "is not what was meant", meant="[]"),
    _case('{"@graph":[{"@id":"#b","author":{"@id":"#a"}}]}', 'points to "#a"'),
    _case('{"@id":"#b","review":[]}', 'has "review"'),
    _case('{"@id":"#b","@type":["Person","Physician"]}', 'a "Physician"'),
    _case('{"@id":"#b","@type":"FAQPage"}', 'a "FAQPage", which search engines have given up'),
    _case('{"name":"</script>"}', 'a bare "</script>"}"'),
    example.case(example.rendered(structured_data=()), found="stands in 0 blocks, not 1"),
)
