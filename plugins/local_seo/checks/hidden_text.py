"""Text that stands in the page and that no reader sees.

Why: Text or links that only machines can see are named in Google's spam policy; a page may be removed for them. Labels
for screen readers, and parts that open with a click, are fine. Judged is what the page itself says: inline styles,
the attribute ``hidden`` and class names in use for it; what a style sheet hides, only a browser knows.
Source: https://developers.google.com/search/docs/essentials/spam-policies#hidden-text-and-links
Rules: N-08
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import quoted, words
from ._shared import counted, mentions, names_trade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {"words": limits.HIDDEN_WORDS_MOST}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each hidden text: an error when it names a place or trade, a warning when it is long."""
    page = built.rendered.get(view.save_as)
    facts = built.site.facts
    for text in dict.fromkeys(page.hidden if page else ()):
        stuffed = bool(mentions(text, facts)) and names_trade(text, facts)
        count = len(words(text))
        if stuffed or count > rule["words"]:
            yield rule.at_words(
                view,
                built,
                [text],
                f"readers cannot see {quoted(text)} ({counted(count, 'word')}), search engines can",
                "show it, or delete it",
                None if stuffed else Severity.WARNING,
            )


GOOD: Final = (example.case(example.rendered(hidden=("Open the menu", "Menu of Palm Desert"))),)
BAD: Final = (
    example.case(example.rendered(hidden=("Therapist Indio",)), found='readers cannot see "Therapist Indio" (2 words)'),
    example.case(example.rendered(hidden=("word " * 13,)), found="(13 words), search engines can"),
)
