"""A place that the text names again and again.

Why: A reader knows after the first time where the practice is; a town in every other sentence is there for machines,
and they know it.
Source: https://developers.google.com/search/docs/essentials/spam-policies#keyword-stuffing; the numbers are ours
Rules: E-05
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import quoted
from . import Spot
from ._shared import counted, named, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {
    "words_error": limits.WORDS_A_PLACE_ERROR,
    "words_warning": limits.WORDS_A_PLACE_WARNING,
    "repeats": limits.PLACE_REPEATS_LEAST,
}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each place that stands in the page's own text more often than once in so many words."""
    own = writing(view, built)
    if own is None:
        return
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    for number, mentions in enumerate(named(own, built.site.facts)):
        for mention in mentions:
            if mention.place:
                found[mention.place.name].append(Spot(number, mention.start))
    for name, spots in found.items():
        each = own.count / len(spots)
        if len(spots) < rule["repeats"] or each >= rule["words_warning"]:
            continue
        severe = each < rule["words_error"]
        allowed = rule["words_error" if severe else "words_warning"]
        yield rule.in_text(
            view,
            built,
            spots[0],
            f"{quoted(name)} stands {len(spots)} times in {counted(own.count, 'word')}, once in {each:.0f}; once in "
            f"{allowed:g} is the most that sounds natural",
            'name the place where it matters, and say "here", "the valley" or nothing elsewhere',
            Severity.ERROR if severe else None,
        )


_FILL: Final = "Some days are long and others are short and each of them ends with you on the floor. "

GOOD: Final = (
    example.case(*example.written("We meet in Indio. " * 5)),
    example.case(*example.written(_FILL * 20, "We meet in Indio. " * 6)),
)
BAD: Final = (
    example.case(*example.written(_FILL, "We meet in Indio. " * 6), found='"Indio" stands 6 times in 42 words'),
    example.case(*example.written(_FILL * 6, "We meet in Indio. " * 6), found="once in 30 is the most"),
)
