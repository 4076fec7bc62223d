"""Structured data that search engines cannot read, that points nowhere, or that claims what it must not.

Why: A broken block is ignored as a whole; reviews of one's own practice and invented kinds of business bring
a manual action.
Source: https://developers.google.com/search/docs/appearance/structured-data/sd-policies,
https://developers.google.com/search/docs/appearance/structured-data/review-snippet
Rules: E-18, E-20, J-14, N-04
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from .. import example
from ..errors import Finding, Severity
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
_FORBIDDEN_KEYS: Final = frozenset({"aggregateRating", "review"})
_FORBIDDEN_TYPES: Final = frozenset({"Physician", "IndividualPhysician", "PhysiciansOffice", "Psychologist"})
_REMEDY: Final = "this is a fault of the program, not of your words: please report it with this line"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of the page's structured data."""
    if "<" in view.structured_data:
        # A browser would end the script element at `</script>`, whatever JSON says.
        start = view.structured_data.index("<")
        part = quoted(view.structured_data[start : start + 20])
        yield _finding(view, rule, f"has a bare {part}, which must be written as \\u003c")
    page = built.rendered.get(view.save_as)
    for block in page.structured_data if page else ():
        try:
            data = json.loads(block)
        except ValueError as problem:
            yield _finding(view, rule, f"is not JSON ({problem}): {quoted(block)}")
            continue
        nodes = list(_nodes(data))
        known = {node["@id"] for node in nodes if "@id" in node and len(node) > 1}
        for node in nodes:
            if node.keys() == {"@id"} and node["@id"] not in known:
                yield _finding(view, rule, f"points to {quoted(node['@id'])}, which is not described on this page")
            for key in sorted(_FORBIDDEN_KEYS & node.keys()):
                yield _finding(view, rule, f"has {quoted(key)}; reviews of oneself are not allowed")
            types = node.get("@type", ())
            for name in [types] if isinstance(types, str) else types:
                if name in _FORBIDDEN_TYPES:
                    yield _finding(view, rule, f"calls somebody a {quoted(name)}, which a therapist is not")


def _finding(view: View, rule: Rule, fault: str) -> Finding:
    return rule.finding(view.source, 0, f"the structured data of {view.url} {fault}", _REMEDY)


def _nodes(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """Yield every object in a JSON value."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from _nodes(item)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item)


GOOD: Final = (
    example.case(),
    example.case(
        example.rendered(
            structured_data=('{"@graph":[{"@id":"#a","@type":"Person"},{"@id":"#b","author":{"@id":"#a"}}]}',)
        )
    ),
)
BAD: Final = (
    example.case(example.rendered(structured_data=('{"@graph": [}',)), found="is not JSON"),
    example.case(
        example.rendered(structured_data=('{"@graph":[{"@id":"#b","author":{"@id":"#a"}}]}',)),
        found='points to "#a"',
    ),
    example.case(example.rendered(structured_data=('{"@id":"#b","review":[]}',)), found='has "review"'),
    example.case(
        example.rendered(structured_data=('{"@id":"#b","@type":["Person","Physician"]}',)),
        found='a "Physician"',
    ),
    example.case(example.view(structured_data='{"name":"</script>"}'), found='a bare "</script>"}"'),
)
