"""A page without the landmarks by which people who listen to it move: one main part, named navigation, a way to skip.

Why: A screen reader jumps from landmark to landmark; two that have no name, or the same one, sound alike.
Source: https://www.w3.org/WAI/ARIA/apg/practices/landmark-regions/,
https://www.w3.org/WAI/WCAG22/Understanding/bypass-blocks
Rules: V-12
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.built import Region
from ..text import quoted
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built, Rendered
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of the landmarks."""
    page = built.rendered.get(view.save_as)
    for fault in _faults(page) if page else ():
        yield rule.finding(view.source, 0, f"{view.url} {fault}", REMEDY)


def _faults(page: Rendered) -> Iterator[str]:
    count = Counter(region.tag for region in page.regions)
    for tag in ("main", "footer"):
        if count[tag] != 1:
            yield f"has {count[tag]} {tag} parts, not 1"
    labels = Counter(region.label for region in page.regions if region.tag == "nav")
    for label, number in labels.items():
        if not label:
            yield f"has {number} navigation parts without a name"
        elif number > 1:
            yield f"has {number} navigation parts with the name {quoted(label)}"
    if not page.anchors or not page.anchors[0][0].startswith("#"):
        yield "does not begin with a link that skips to its words"


_SKIP: Final = (("#main", "Skip to content"),)

GOOD: Final = (example.case(example.rendered(anchors=_SKIP)),)
BAD: Final = (
    example.case(example.rendered(anchors=_SKIP, regions=()), found="has 0 main parts, not 1"),
    example.case(example.rendered(regions=(Region(tag="nav"),)), found="has 1 navigation parts without a name"),
    example.case(example.rendered(regions=(Region(tag="nav", label="More"),) * 2), found='with the name "More"'),
    example.case(found="does not begin with a link that skips"),
)
