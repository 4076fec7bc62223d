"""A description that is missing, or that other pages share, word for word or but for the name of a place.

Why: A description that fits several pages tells none of them apart, and search engines ignore it.
Source: https://developers.google.com/search/docs/appearance/snippet
Rules: E-07
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import fold, quoted
from ._evidence import evidence
from ._shared import pages, without_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {"alike_pages": limits.DESCRIPTIONS_ALIKE}


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each page without a description of its own; pages 2 and on of a list need none."""
    same: dict[str, list[View]] = defaultdict(list)
    alike: dict[str, list[View]] = defaultdict(list)
    for view in pages(built):
        if not view.head.indexable or evidence(built)[view.save_as].later:
            continue
        if not view.head.description.strip():
            message = 'the page has no description: ""'
            yield rule.at_key(view, built, "summary", message, "write a summary in the front matter")
            continue
        same[fold(view.head.description)].append(view)
        alike[fold(without_places(view.head.description, built.site.facts, "*"))].append(view)
    for first, *others in same.values():
        for view in others:
            message = f"the description {quoted(view.head.description)} is also that of {first.url}"
            yield rule.at_key(view, built, "summary", message, "say in the summary what only this page tells")
    for group in alike.values():
        different = {fold(view.head.description) for view in group}
        if len(group) >= rule["alike_pages"] and len(different) > 1:
            for view in group:
                message = (
                    f"the description {quoted(view.head.description)} stands on {len(group)} pages, with "
                    f"other place names; fewer than {rule['alike_pages']:g} may be so alike"
                )
                yield rule.at_key(view, built, "summary", message, "say in the summary what only this page tells")


GOOD: Final = (
    example.case(
        example.view("/blog/sleep/"),
        example.view("/blog/naps/", description="Naps, and how parents live with them."),
    ),
    example.case(example.view("/blog/sleep/"), example.view("/blog/copy/", robots="noindex,follow")),
)
BAD: Final = (
    example.case(example.view(description=""), found='no description: ""'),
    example.case(
        example.view("/blog/sleep/"),
        example.view("/blog/naps/"),
        found=f"{quoted(example.DESCRIPTION)} is also that of /blog/sleep/",
    ),
    example.case(
        example.view("/areas/indio/", description="Therapy for parents in Indio."),
        example.view("/areas/coachella/", description="Therapy for parents in Coachella."),
        example.view("/areas/la-quinta/", description="Therapy for parents in La Quinta."),
        found='"Therapy for parents in Indio." stands on 3 pages',
    ),
)
