"""A page whose footer lacks the practice's name, address, phone or helplines, or has them in another order.

Why: Somebody in need looks for help where it was on the last page; search engines trust a practice whose
name, address and phone are the same everywhere.
Source: https://www.w3.org/WAI/WCAG22/Understanding/consistent-help
Rules: V-02, V-04, V-05, E-29
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.view import HelplineView, Link
from ..text import joined, quoted, squeeze
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import Frame, View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for what is missing, and one for another order."""
    page = built.rendered.get(view.save_as)
    if page is None:
        return
    frame, footer = built.frame, page.region("footer")
    lines = [frame.name, *(frame.address or [frame.area])]
    wanted = {link.url: link.text for link in _links(frame)}
    found = [href for href, _ in footer.anchors if href in wanted]
    missing = [line for line in lines if squeeze(line) not in footer.text]
    missing += [text for url, text in wanted.items() if url not in found]
    if missing:
        message = f"the footer of {view.url} lacks {joined(map(quoted, missing))}"
        yield rule.finding(view.source, 0, message, REMEDY)
    elif list(dict.fromkeys(found)) != list(wanted):
        message = f"the footer of {view.url} names whom to call in another order than practice.toml"
        yield rule.finding(view.source, 0, message, REMEDY)


def _links(frame: Frame) -> Iterator[Link]:
    yield frame.phone
    if frame.email:
        yield frame.email
    for line in frame.helplines:
        yield from filter(None, (line.call, line.message))


_FOOTER: Final = example.rendered().region("footer")

GOOD: Final = (example.case(),)
BAD: Final = (
    example.case(
        example.rendered(regions=()), found='lacks "Saltbush Family Therapy", "the Coachella Valley" and "760-'
    ),
    example.case(example.rendered(regions=(replace(_FOOTER, anchors=()),)), found='lacks "760-555-0142"'),
    example.case(
        example.rendered(
            regions=(replace(_FOOTER, anchors=(("tel:988", "988"), *_FOOTER.anchors)),),
        ),
        frame=replace(
            example.FRAME,
            helplines=(
                HelplineView(
                    name="988", kind="crisis", call=Link("988", "tel:988"), message=None, say="", languages="", url=""
                ),
            ),
        ),
        found="in another order",
    ),
)
