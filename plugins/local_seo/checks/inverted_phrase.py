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
from ..model.cta import CallToAction, Placement
from ..model.practice import Prose
from ..model.view import Citation, FactLine, Picture
from ..text import joined, plain, quoted, squeeze
from . import Spot
from ._shared import counted, elsewhere, paired, trades_before_places, typed_elsewhere, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {
    "phrases_error": limits.INVERTED_PHRASES_ERROR,
    "phrases_warning": limits.INVERTED_PHRASES_WARNING,
}
_REMEDY: Final = "write it as one would say it, with a preposition between the two, and not every time"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the page's own words have such phrases: a warning for few, an error for many.

    The title of the search result may have one, so it is not read; the location sentence is exempt.
    """
    own = writing(view, built)
    said: list[tuple[str, Spot]] = []
    if own:
        for number, start, end in paired(own, built.site.facts):
            said.append((squeeze(own.passages[number].text[start:end]), Spot(number, start)))
    apart = _found(_apart(view, built), built)
    found = [*(phrase for phrase, _ in said), *apart]
    if not found or len(found) < rule["phrases_warning"]:
        return
    message, severity = _judged(found, rule)
    if said:
        first, *others = (spot for _, spot in said)
        message += elsewhere(view, built, first, others)
        yield rule.in_text(view, built, first, message, _REMEDY, severity)
    else:
        yield rule.at_words(view, built, [apart[0]], message, _REMEDY, severity)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for practice.toml, and for each call to action, that has such phrases."""
    texts: dict[str, list[str]] = {}
    for path, prose in typed_elsewhere(built):
        texts.setdefault(path, []).append(prose)
    for path, written in texts.items():
        found = _found(written, built)
        if found and len(found) >= rule["phrases_warning"]:
            message, severity = _judged(found, rule)
            yield rule.finding(path, 0, message, _REMEDY, severity)


def _found(texts: Iterable[str], built: Built) -> list[str]:
    # The bar keeps the texts apart, so that no phrase spans two of them. A summary may be two texts of a page.
    return list(trades_before_places(" | ".join(dict.fromkeys(texts)), built.site.facts))


def _judged(found: list[str], rule: Rule) -> tuple[str, Severity]:
    severe = len(found) >= rule["phrases_error"]
    message = (
        f"{joined(map(quoted, dict.fromkeys(found)))}: {counted(len(found), 'search phrase')} of a trade and a place; "
        f"{rule['phrases_error']:g} on a page are keyword stuffing"
    )
    return message, Severity.ERROR if severe else Severity.WARNING


def _apart(view: View, built: Built) -> Iterator[str]:
    """Yield what somebody wrote for the page beside its text: heading, summary, texts of pictures, facts."""
    yield plain(view.heading)
    yield view.lead
    yield view.head.description
    if view.picture:
        yield from (view.picture.alt, view.picture.caption)
    for fact in view.facts:
        yield fact.text
    document = built.site.by_path.get(view.source)
    if document:
        yield from (element.attributes.get("alt", "") for element in document.body.tagged("img"))


_OFFER: Final = CallToAction(
    id="call",
    title=Prose("Therapist Indio"),
    text=Prose("Call us."),
    label=Prose("Call"),
    href="tel:",
    placement=Placement(),
)

GOOD: Final = (
    example.case(
        *example.written("A postpartum therapist in Palm Desert.", "Therapy", "Palm Desert is home."),
    ),
    example.case(example.view(title="Sleep | Postpartum Therapist Palm Desert")),
)
BAD: Final = (
    example.case(
        example.view(facts=(FactLine(text="Therapist Indio, by bus.", source=Citation(title="", url="")),)),
        found='"Therapist Indio": 1 search phrase of',
    ),
    example.case(
        example.view(picture=Picture(url="/a.jpg", width=9, height=9, alt="Therapist Indio", caption="A cot")),
        found='"Therapist Indio": 1 search phrase of',
    ),
    example.case(
        *example.written("Your postpartum therapist Palm Desert."),
        found='"postpartum therapist Palm Desert"',
    ),
    example.case(
        *example.written("Therapist Indio. Therapists Coachella.", "Therapy La Quinta."),
        found="3 search phrases",
    ),
    example.case(calls_to_action=(_OFFER,), found='"Therapist Indio": 1 search phrase of'),
)
