"""A summary that is a list of search words instead of a sentence.

Why: The summary is shown under the title in search results. A sentence tells a reader whether to open the page; a list
of words tells nobody anything, and search engines choose another text instead.
Source: https://developers.google.com/search/docs/appearance/snippet; the number is ours
Rules: W-04
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import quoted, words
from ._shared import in_english

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"fragments": limits.DESCRIPTION_FRAGMENTS}
_FRAGMENT_WORDS: Final = 4
# Words without which hardly an English sentence is made.
_SENTENCE: Final = frozenset(
    "am are be can could did do does had has have how i i'm if is it it's let may might must not should that they "
    "they're this was we we're were what when where which who why will would you you're".split()
)


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when a description that somebody wrote is such a list."""
    document = built.site.by_path.get(view.source)
    if document is None or not document.front.summary or not in_english(view):
        return
    summary = document.front.summary
    fragments = [words(part) for part in re.split(r"[,;|·•]", summary) if words(part)]
    said = {word.lower().replace("’", "'") for part in fragments for word in part}
    if (
        len(fragments) >= rule["fragments"]
        and sum(len(part) <= _FRAGMENT_WORDS for part in fragments) >= rule["fragments"]
        and not said & _SENTENCE
    ):
        message = f"the summary {quoted(summary)} is a list of {len(fragments)} phrases, not a sentence"
        yield rule.at_key(view, built, "summary", message, "say in one sentence what a reader finds on the page")


_LIST: Final = "Therapy, postpartum therapist, Indio, new parents, anxiety help, couples"

GOOD: Final = (
    example.case(
        example.view(), example.document(summary="Sleep, naps, nights, tears: what helps when you are tired.")
    ),
)
BAD: Final = (
    example.case(example.view(), example.document(summary=_LIST), found="is a list of 6 phrases, not a sentence"),
)
