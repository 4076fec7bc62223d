"""paragraphs that fill a phone, and long stretches without a subheading.

Why: People look over a page before they read it. A wall of text has no door; a subheading every few paragraphs shows a
reader where the part is that they came for.
Source: https://www.plainlanguage.gov/guidelines/organize/; the numbers are of the trade
Rules: W-06
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..prose import HEADINGS, RUNNING
from ..text import cut, quoted
from . import Spot
from ._shared import counted, elsewhere, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.HINT
SETTINGS: Final = {"words": limits.PARAGRAPH_WORDS_MOST, "section_words": limits.SECTION_WORDS_MOST}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield one finding for all long paragraphs, at the longest, and one for each long stretch."""
    own = writing(view, built)
    if own is None:
        return
    sizes = [(len(words), number) for number, words in enumerate(own.words) if own.passages[number].tag in RUNNING]
    long = [(size, number) for size, number in sizes if size > rule["words"]]
    if long:
        size, number = max(long, key=lambda each: each[0])
        others = [Spot(other, 0) for _, other in long if other != number]
        yield rule.in_text(
            view,
            built,
            Spot(number, 0),
            f"{counted(len(long), 'paragraph')} with more than {rule['words']:g} words; the longest has {size}: "
            f"{quoted(cut(own.passages[number].text, 60))}{elsewhere(view, built, Spot(number, 0), others)}",
            "begin a new paragraph where the thought turns",
        )
    first, count = 0, 0
    for number, (words, passage) in enumerate(zip(own.words, own.passages, strict=True)):
        if passage.tag in HEADINGS:
            if count > rule["section_words"]:
                yield _stretch(view, built, rule, first, count)
            first, count = number + 1, 0
        elif passage.tag in RUNNING:
            count += len(words)
    if count > rule["section_words"]:
        yield _stretch(view, built, rule, first, count)


def _stretch(view: View, built: Built, rule: Rule, first: int, count: int) -> Finding:
    message = f"{count} words follow each other without a subheading; after {rule['section_words']:g} a reader is lost"
    return rule.in_text(view, built, Spot(first, 0), message, "put a subheading where a new part begins")


GOOD: Final = (example.case(*example.written("Word " * 120, "## Then", "word " * 120, "## And then", "word " * 100)),)
BAD: Final = (
    example.case(*example.written("Short.", "word " * 121), found="1 paragraph with more than 120 words; the longest"),
    example.case(
        *example.written("## First", *(["word " * 101] * 3)),
        found="303 words follow each other without a subheading",
    ),
)
