"""A title that is missing, stands on another page too, repeats a word or a place, or lists places.

Why: Titles tell pages apart in search results; repeated words and lists of towns read as keyword stuffing.
Source: https://developers.google.com/search/docs/appearance/title-link
Rules: E-06
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .. import example, limits
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..text import content_words, fold, joined, plain, quoted
from ._shared import pages, places, without_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {"places": limits.TITLE_PLACES_MOST}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of the title itself."""
    title, facts = view.head.title, built.site.facts
    if not title.strip():
        yield rule.at_key(view, built, "title", 'the title is empty: ""', "write a title")
    if not view.head.indexable:
        return
    words = Counter(content_words(without_places(title, facts)))
    named = Counter(place.name for place in places(title, facts))
    twice = [item for item, count in (words + named).items() if count > 1 and not item.isdigit()]
    if twice:
        again = joined(map(quoted, twice))
        message = f"the title {quoted(title, 90)} says {again} more than once"
        yield rule.at_key(view, built, "title", message, "say it once")
    if len(named) > rule["places"]:
        message = f"the title {quoted(title, 90)} names {len(named)} places; at most {rule['places']:g} read well"
        yield rule.at_key(view, built, "title", message, "keep the place that matters most")


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each page whose title an older page has; undated pages go by their addresses.

    Of two articles with one heading readers see the same words twice in every list, whatever follows them in the title.
    """
    keeper: dict[str, View] = {}
    headed: dict[str, View] = {}
    listed = [view for view in pages(built) if view.head.indexable and view.head.title.strip()]
    for view in sorted(listed, key=lambda view: (view.head.published, view.url)):
        older = keeper.setdefault(fold(view.head.title), view)
        named = headed.setdefault(fold(plain(view.heading)), view) if view.kind is PageKind.ARTICLE else view
        if older is not view:
            message = f"the title {quoted(view.head.title)} is also the title of {older.url}"
            yield rule.at_key(view, built, "title", message, "say what is different about this page")
        elif named is not view:
            message = f"the title {quoted(plain(view.heading))} is also that of {named.url}"
            yield rule.at_key(view, built, "title", message, "say what is different about this page", Severity.WARNING)


GOOD: Final = (
    example.case(example.view(title="Palm Springs and Palm Desert with a pram | Saltbush Family Therapy")),
    example.case(example.view("/blog/sleep/", title="Sleep"), example.view("/blog/naps/", title="Naps")),
    example.case(
        example.view("/blog/sleep/", title="Sleep"),
        example.view("/blog/copy/", title="Sleep", robots="noindex,follow"),
    ),
)
BAD: Final = (
    example.case(example.view(title=""), found='empty: ""'),
    example.case(
        example.view(title="Therapy for parents | Saltbush Family Therapy"),
        found='says "therapy" more than once',
    ),
    example.case(example.view(title="Indio parents | Therapist in Indio"), found='says "Indio" more than once'),
    example.case(example.view(title="Therapist: Palm Desert, Indio, La Quinta"), found="names 3 places; at most 2"),
    example.case(
        example.view("/blog/sleep/", title="Sleep", published="2026-01-02"),
        example.view("/blog/naps/", title="sleep", published="2026-03-04"),
        found='"sleep" is also the title of /blog/sleep/',
    ),
    example.case(
        example.view("/blog/sleep/", title="Sleep | Therapist in Indio", heading=Markup("Sleep")),
        example.view("/blog/sleep-2/", title="Sleep | Therapist in Palm Desert", heading=Markup("Sleep")),
        found='the title "Sleep" is also that of',
    ),
)
