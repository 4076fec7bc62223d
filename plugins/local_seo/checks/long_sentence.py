"""Sentences that are long, one by one or on average.

Why: A reader who is interrupted has to begin a long sentence again. Some long sentences are music; many are work.
Source: https://www.plainlanguage.gov/guidelines/concise/write-short-sentences/; the numbers are of the trade
Rules: W-06
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import quoted
from . import Spot
from ._shared import counted, elsewhere, in_english, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.HINT
SETTINGS: Final = {
    "words": limits.SENTENCE_WORDS_MOST,
    "mean_words": limits.SENTENCE_MEAN_WORDS_MOST,
    "text_words": limits.GRADE_WORDS_LEAST,
}
_REMEDY: Final = "cut it where you would draw breath"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield one finding for all long sentences of a page, at the longest, and one for a long average."""
    own = writing(view, built)
    if own is None or not in_english(view) or not own.sentences:
        return
    long = [sentence for sentence in own.sentences if len(sentence.words) > rule["words"]]
    if long:
        longest = max(long, key=lambda sentence: len(sentence.words))
        first = Spot(longest.passage, longest.start)
        others = [Spot(each.passage, each.start) for each in long if each is not longest]
        yield rule.in_text(
            view,
            built,
            first,
            f"{counted(len(long), 'sentence')} of {len(own.sentences)} with more than {rule['words']:g} words; the "
            f"longest has {len(longest.words)}: {quoted(longest.text)}{elsewhere(view, built, first, others)}",
            _REMEDY,
        )
    count = sum(len(sentence.words) for sentence in own.sentences)
    mean = count / len(own.sentences)
    if mean > rule["mean_words"] and count >= rule["text_words"]:
        yield rule.in_text(
            view,
            built,
            Spot(own.sentences[0].passage, own.sentences[0].start),
            f"the sentences have {mean:.0f} words on average; {rule['mean_words']:g} are read with ease",
            "let a short sentence follow a long one",
        )


_LONG: Final = "And then we go on and on " * 6

GOOD: Final = (example.case(*example.written("We sit. We wait. " * 20)),)
BAD: Final = (
    example.case(
        *example.written("We sit.", f"{_LONG}until it ends."),
        found="1 sentence of 2 with more than 30 words; the longest has 45",
    ),
    example.case(*example.written(f"{_LONG[:99]} it ends. " * 5), found="the sentences have 30 words on average"),
)
