"""Articles that end in phrases of the form "role in city" instead of one sentence.

Why: Google's spam policy names two things as keyword stuffing: blocks of text that list the cities and
regions a page wants to rank for, and the same words said over and over until they sound unnatural. Phrases
come near to both, so they are few, linked and off unless you ask for them.
Source: https://developers.google.com/search/docs/essentials/spam-policies#keyword-stuffing
Rules: E-01, E-02, W-09
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.practice import Tags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.WARNING


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield one finding for the whole site when it prints phrases."""
    if built.site.facts.tags.style == "phrases":
        yield rule.finding(
            "practice.toml",
            built.site.line_of("practice.toml", "tags", "style"),
            'style is "phrases" (under [tags]); Google\'s spam policy calls keyword stuffing a block of '
            "text that lists the cities a page wants to rank for, and words repeated until they sound "
            "unnatural",
            'style = "sentence" says the same in one sentence',
        )


GOOD: Final = (example.case(),)
BAD: Final = (example.case(facts=example.facts(tags=Tags(style="phrases")), found='style is "phrases"'),)
