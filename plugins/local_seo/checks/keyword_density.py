"""A search phrase or keyword that is said too often.

Why: Words repeated until they sound unnatural are keyword stuffing. A phrase of a trade and a place is what stuffed
texts repeat; a keyword that comes up in every other sentence tires a reader long before it helps anybody find the page.
Source: https://developers.google.com/search/docs/essentials/spam-policies#keyword-stuffing; the numbers are ours
Rules: E-04
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..prose import stem
from ..text import fold, quoted, squeeze, words
from . import Spot
from ._shared import counted, elsewhere, paired, runs_of, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from ..prose import Writing
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {
    "pair_error_percent": limits.PAIR_DENSITY_ERROR_PERCENT,
    "pair_warning_percent": limits.PAIR_DENSITY_WARNING_PERCENT,
    "pair_repeats": limits.PAIR_REPEATS_LEAST,
    "keyword_percent": limits.KEYWORD_DENSITY_PERCENT,
    "keyword_repeats": limits.KEYWORD_REPEATS_LEAST,
}
_REMEDY: Final = "say it once or twice, and elsewhere what you would say to a person in front of you"
_PREPOSITION: Final = r"(?:(?:in|near|of|at|for|around)\s+)?"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each phrase of a trade and a place, and for each keyword, that is a share too large."""
    own = writing(view, built)
    if own is None:
        return
    for phrase, spots in _pairs(own, built).items():
        share = _percent(own, spots, phrase)
        if len(spots) >= rule["pair_repeats"] and share > rule["pair_warning_percent"]:
            severe = share > rule["pair_error_percent"]
            allowed = rule["pair_error_percent" if severe else "pair_warning_percent"]
            message = _message(phrase, spots, share, own, allowed) + elsewhere(view, built, spots[0], spots[1:])
            yield rule.in_text(view, built, spots[0], message, _REMEDY, Severity.ERROR if severe else None)
    document = built.site.by_path[view.source]
    for keyword in dict.fromkeys(document.front.keywords):
        spots = _uses(own, keyword)
        share = _percent(own, spots, keyword)
        if len(spots) >= rule["keyword_repeats"] and share > rule["keyword_percent"]:
            message = "the keyword " + _message(keyword, spots, share, own, rule["keyword_percent"])
            # It may be the plain name of the subject, which honest texts repeat as often.
            yield rule.in_text(view, built, spots[0], message, _REMEDY, Severity.HINT)


def _message(phrase: str, spots: list[Spot], share: float, own: Writing, allowed: float) -> str:
    return (
        f"{quoted(phrase)} stands in the text {len(spots)} times: {share:.1f} % of its {counted(own.count, 'word')}; "
        f"at most {allowed:g} % sound natural"
    )


def _percent(own: Writing, spots: list[Spot], phrase: str) -> float:
    return 100 * len(spots) * len(words(phrase)) / max(own.count, 1)


def _pairs(own: Writing, built: Built) -> dict[str, list[Spot]]:
    """Return where each phrase of a trade and a place stands, by the phrase as it is first written."""
    first: dict[str, str] = {}
    found: defaultdict[str, list[Spot]] = defaultdict(list)
    for number, start, end in paired(own, built.site.facts, _PREPOSITION):
        phrase = squeeze(own.passages[number].text[start:end])
        found[first.setdefault(fold(phrase), phrase)].append(Spot(number, start))
    return found


def _uses(own: Writing, keyword: str) -> list[Spot]:
    """Return where a keyword stands in any of its forms; the offset is that of its passage."""
    phrase = tuple(map(stem, words(keyword)))
    if not phrase or any(part not in own.stems for part in phrase):
        return []
    return [Spot(number, 0) for number, said in enumerate(own.folded) for _ in runs_of(said, phrase)]


_FILL: Final = "Some days are long and others are short and each of them ends with you on the floor. " * 5

GOOD: Final = (
    example.case(*example.written(_FILL, "A therapist in Palm Desert listens. Ask your therapist in Palm Desert.")),
    example.case(*example.written(_FILL, "Naps are short. A nap ends.", keywords=("naps",))),
)
BAD: Final = (
    example.case(
        *example.written(_FILL, "A therapist in Palm Desert is here. " * 4),
        found='"therapist in Palm Desert" stands in the text 4 times: 13.6 % of its',
    ),
    example.case(
        *example.written(_FILL * 4, "Therapist Palm Desert, a friend. " * 4),
        found="at most 2 % sound natural",
    ),
    example.case(
        *example.written(_FILL, "Baby sleep is short. " * 6, keywords=("baby sleep",)),
        found='the keyword "baby sleep" stands in the text 6 times',
    ),
    example.case(*example.written(_FILL, "Napping is good. " * 6, keywords=("naps",)), found='the keyword "naps"'),
)
