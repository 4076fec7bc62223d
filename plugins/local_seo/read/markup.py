"""What HTML a writer may use inside Markdown, and what is wrong with the rest."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from .. import urls
from ..errors import Finding, error
from ..text import joined, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ..model.body import Body, Element
    from ..model.document import Source

ELEMENTS = frozenset(
    "a abbr aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q rp rt ruby s samp section small span strong sub "
    "summary sup table tbody td tfoot th thead time tr u ul var wbr".split()
)
ATTRIBUTES = frozenset(
    "abbr alt cite class colspan datetime dir headers height href hreflang id lang open rel reversed role rowspan "
    "scope span src start style title translate type value width".split()
)
_ALIGN = re.compile(r"text-align:\s*(left|right|center);?")
_WHY = "nothing on these pages may run a script or load another site"


def faults(body: Body, source: Source) -> Iterator[Finding]:
    """Yield every element, attribute and tag that may not stand in a body, with its line."""
    seen_ids: set[str] = set()
    uses: Counter[str] = Counter()
    for element in body:
        # A tag that was typed stands in the file as it stands here; of one that Markdown made, a word may.
        tag = body.html[element.start : element.inside]
        line = partial(source.line_of, tag, uses[tag])
        uses[tag] += 1
        if element.tag not in ELEMENTS:
            what = f"the HTML element <{element.tag}> is not allowed"
            remedy = f"{_WHY}; write &lt; if it is meant as text"
            yield error(source.path, line(f"<{element.tag}"), "html-not-allowed", what, remedy)
            continue
        yield from _attribute_faults(element, source, line)
        own_id = element.attributes.get("id")
        if own_id is not None:
            if own_id in seen_ids or not own_id or re.search(r"\s", own_id):
                what = f"the id {quoted(own_id)} stands twice, is empty or has a space"
                yield error(source.path, line(own_id), "html-not-allowed", what, "give each its own")
            seen_ids.add(own_id)
    for stray in dict.fromkeys(body.stray):
        at = source.line_of(stray, instead=stray.rstrip(">"))
        what = f"the tag {stray} has no partner"
        yield error(source.path, at, "broken-html", what, "close it, or delete it")


def _attribute_faults(element: Element, source: Source, line: Callable[[str], int]) -> Iterator[Finding]:
    for name, value in element.attributes.items():
        if name == "style" and not _ALIGN.fullmatch(value.strip()):
            what = f"the inline style {quoted(value)} would be ignored by browsers"
            yield error(source.path, line(value), "html-not-allowed", what, "delete it")
        elif name not in ATTRIBUTES and not name.startswith("aria-"):
            what = f"the attribute {quoted(name)} is not allowed on <{element.tag}>"
            yield error(source.path, line(name), "html-not-allowed", what, f"delete it: {_WHY}")
        elif name == "cite" and urls.scheme_of(value) not in urls.SCHEMES | {""}:
            what = f"the address {quoted(value)} is not allowed"
            allowed = joined(sorted(urls.SCHEMES), "or")
            yield error(source.path, line(value), "bad-scheme", what, f"allowed: {allowed}")
