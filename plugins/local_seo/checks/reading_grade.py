"""A text that asks for more years of school than its readers may have at three in the morning.

Why: Tired and worried people read below their level, on a phone. Health information for everybody is best at the sixth
to eighth grade; short sentences and short words do it. The measure knows only these two: a text may score well and be
hard, so it is a help, not a goal. Texts in other languages than English are not measured.
Source: https://www.w3.org/TR/WCAG22/#reading-level; the grade is Flesch and Kincaid's, over places of hyphenation
Rules: W-05
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..prose import grade
from ..text import quoted
from . import Spot
from ._shared import in_english, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.HINT
SETTINGS: Final = {
    "grade_hint": limits.GRADE_HINT,
    "grade_warning": limits.GRADE_WARNING,
    "words": limits.GRADE_WORDS_LEAST,
}


_WORDS: Final = 8  # a shorter sentence is hard by one word


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding at the hardest sentence of a text that reads above the grade."""
    own = writing(view, built)
    if own is None or not in_english(view):
        return
    sentences = own.sentences
    if own.grade <= rule["grade_hint"] or sum(len(sentence.words) for sentence in sentences) < rule["words"]:
        return
    severe = own.grade > rule["grade_warning"]
    hardest = max(
        (each for each in sentences if len(each.words) >= _WORDS),
        default=sentences[0],
        key=lambda sentence: grade([sentence]),
    )
    mean = sum(len(sentence.words) for sentence in sentences) / len(sentences)
    yield rule.in_text(
        view,
        built,
        Spot(hardest.passage, hardest.start),
        f"the text reads at grade {own.grade:.1f} (of school), {rule['grade_hint']:g} is for everybody; its sentences "
        f"have {mean:.0f} words on average, and the hardest is {quoted(hardest.text)}",
        "cut long sentences in two, and choose the word that you would say",
        Severity.WARNING if severe else None,
    )


_HARD: Final = (
    "Psychotherapeutic intervention facilitates the developmental reorganisation of intergenerational relational "
    "vulnerabilities, particularly where environmental adversity complicates early attachment relationships. "
)
_EASY: Final = "You sit down on the floor with your baby. We wait. A small hand opens, and you laugh a little. "

GOOD: Final = (
    example.case(*example.written(_EASY * 8)),
    example.case(*example.written(_HARD * 8, view={"language": "es"})),
    example.case(*example.written(_HARD)),
)
BAD: Final = (
    example.case(*example.written(_HARD * 8), found="(of school), 9 is for everybody; its sentences have 18 words"),
    example.case(*example.written(_EASY * 8, _HARD * 2), found='the hardest is "Psychotherapeutic intervention'),
)
