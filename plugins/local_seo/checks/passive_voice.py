"""Many sentences that do not say who does what.

Why: "You are seen" may be just right; page after page of "it is recommended" keeps the reader at arm's length. The
passive is told by its form, a kind of "to be" and a participle, so now and then a plain adjective is counted.
Source: https://www.plainlanguage.gov/guidelines/conversational/use-active-voice/; the number is ours
Rules: W-06
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import quoted
from . import Spot
from ._shared import elsewhere, in_english, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from ..prose import Sentence
    from . import Rule

SEVERITY: Final = Severity.HINT
SETTINGS: Final = {"percent": limits.PASSIVE_PERCENT_MOST, "sentences": limits.PASSIVE_SENTENCES_LEAST}
_BE: Final = frozenset(
    "am are be been being is was were isn't aren't wasn't weren't isn’t aren’t wasn’t weren’t".split()
)
_BETWEEN: Final = frozenset("all also always both already ever just never not now often only still then too".split())
_PARTICIPLES: Final = frozenset(
    "beaten begun bitten blown bought bound bred broken brought built caught chosen cut done drawn driven eaten fed "
    "felt forgiven forgotten fought found frozen given grown heard held hidden hit hurt kept known laid led left lent "
    "lost made meant met paid put read ridden said seen sent set shaken shown shut sold spent spoken stolen struck "
    "sung sworn taken taught thought thrown told torn understood upset won worn woven written".split()
)
# Adjectives in the form of a participle, and words that end like one.
_ADJECTIVES: Final = frozenset(
    "afraid ashamed bed bored concerned confused crowded excited exhausted experienced frightened hundred interested "
    "involved licensed limited married naked need overwhelmed pleased related relieved sacred scared seed speed "
    "stressed supposed surprised tired trained unfinished used worried wounded".split()
)


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding at the first of such sentences when they are a large part of the text."""
    own = writing(view, built)
    if own is None or not in_english(view):
        return
    found = [sentence for sentence in own.sentences if _is_passive(sentence)]
    share = 100 * len(found) / max(len(own.sentences), 1)
    if len(found) >= rule["sentences"] and share > rule["percent"]:
        spots = [Spot(sentence.passage, sentence.start) for sentence in found]
        yield rule.in_text(
            view,
            built,
            spots[0],
            f"{share:.0f} % of the sentences do not say who acts, {rule['percent']:g} % are plenty; the first is "
            f"{quoted(found[0].text)}{elsewhere(view, built, spots[0], spots[1:])}",
            "say who does it, where somebody does",
        )


def _is_passive(sentence: Sentence) -> bool:
    words = sentence.words
    for index, word in enumerate(words[:-1]):
        if word in _BE:
            after = index + 1
            while after < len(words) - 1 and (words[after] in _BETWEEN or words[after].endswith("ly")):
                after += 1
            said = words[after]
            if said in _PARTICIPLES or (said.endswith("ed") and said not in _ADJECTIVES):
                return True
    return False


GOOD: Final = (
    example.case(*example.written("You are tired. You are seen. We sit. Somebody made tea. It is used to us. " * 4)),
)
BAD: Final = (
    example.case(
        *example.written("A form is filled in. Tea was made. We sit down. " * 4),
        found='67 % of the sentences do not say who acts, 20 % are plenty; the first is "A form is filled in."',
    ),
)
