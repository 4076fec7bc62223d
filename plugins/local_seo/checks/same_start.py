"""Sentences in a row that begin with the same word.

Why: Four in a row sound like a list that is read out. Where it is meant, as in a refrain, leave it.
Source: a measure of the trade, in most writing tools; the number is ours
Rules: W-06
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import quoted
from . import Spot
from ._shared import in_english, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.HINT
SETTINGS: Final = {"sentences": limits.SAME_STARTS_MOST}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such row within a paragraph."""
    own = writing(view, built)
    if own is None or not in_english(view):
        return
    running = (sentence for sentence in own.sentences if own.passages[sentence.passage].tag == "p")
    for (passage, word), group in groupby(running, key=lambda each: (each.passage, each.words[0].lower())):
        row = list(group)
        if len(row) > rule["sentences"]:
            message = f"{len(row)} sentences in a row begin with {quoted(word.capitalize())}: {quoted(row[0].text)}"
            remedy = "begin one of them with something else, or leave it where it is meant"
            yield rule.in_text(view, built, Spot(passage, row[0].start), message, remedy)


GOOD: Final = (
    example.case(*example.written("You sit. You wait. You laugh. Then you go.", "You come back.", "- You", "- You")),
)
BAD: Final = (
    example.case(
        *example.written("So. You sit. You wait. You laugh. You go."),
        found='4 sentences in a row begin with "You": "You sit."',
    ),
)
