"""A trade with a place right after it, as people type into a search box: "Therapist Palm Desert".

Why: Nobody speaks so; the repeated phrase is what Google's spam policy calls keyword stuffing. Search engines
understand "a therapist in Palm Desert" just as well.
Source: https://developers.google.com/search/docs/essentials/spam-policies#keyword-stuffing
Rules: E-03
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.view import Offer
from ..text import joined, plain, quoted
from ._shared import counted, passages, trades_before_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {
    "phrases_error": limits.INVERTED_PHRASES_ERROR,
    "phrases_warning": limits.INVERTED_PHRASES_WARNING,
}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the page's own words have such phrases: a warning for few, an error for many.

    The title of the search result may have one, so it is not read; the location sentence is exempt.
    """
    facts = built.site.facts
    # The bar keeps the texts apart: no phrase spans two of them.
    found = list(trades_before_places(" | ".join(_written(view, built)), facts))
    if not found or len(found) < rule["phrases_warning"]:
        return
    severe = len(found) >= rule["phrases_error"]
    yield rule.at_words(
        view,
        built,
        [found[0]],
        f"{joined(map(quoted, dict.fromkeys(found)))}: {counted(len(found), 'search phrase')} of a trade and a "
        f"place on the page; {rule['phrases_error']:g} are keyword stuffing",
        "write it as one would say it, with a preposition between the two, and not every time",
        Severity.ERROR if severe else Severity.WARNING,
    )


def _written(view: View, built: Built) -> Iterator[str]:
    """Yield every text of the page that somebody wrote for it."""
    yield plain(view.heading)
    yield view.lead
    yield view.head.description
    if view.picture:
        yield from (view.picture.alt, view.picture.caption)
    for part in (*view.body, view.closing):
        if isinstance(part, Offer):
            yield from (part.title, part.text, part.label)
    for section in view.sections:
        yield from (section.title, section.text)
    for fact in view.facts:
        yield fact.text
    document = built.site.by_path.get(view.source)
    if document:
        yield from passages(document.body)
        yield from (element.attributes.get("alt", "") for element in document.body.tagged("img"))


_OFFER: Final = Offer(id="call", title="Therapist Indio", text="", label="", href="/contact/")

GOOD: Final = (
    example.case(
        example.view(),
        example.document("A postpartum therapist in Palm Desert.\n\nTherapy\n\nPalm Desert is home."),
    ),
    example.case(example.view(title="Sleep | Postpartum Therapist Palm Desert")),
)
BAD: Final = (
    example.case(
        example.view(),
        example.document("Your postpartum therapist Palm Desert."),
        found='"postpartum therapist Palm Desert"',
    ),
    example.case(
        example.view(),
        example.document("Therapist Indio. Therapists Coachella. Therapy La Quinta."),
        found="3 search phrases",
    ),
    example.case(example.view(closing=_OFFER), found='"Therapist Indio"'),
)
