"""A description that is too short to say anything, or so long that search results cut it.

Why: Search results often show the description under the title; a whole sentence of fitting length invites the
reader.
Source: https://developers.google.com/search/docs/appearance/snippet names no length; the limits are ours
Rules: H-04
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {
    "shortest_chars": limits.DESCRIPTION_SHORTEST_CHARS,
    "longest_chars": limits.DESCRIPTION_LONGEST_CHARS,
}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the description has another length; ``description-unique`` finds a missing one."""
    description, least, most = view.head.description, rule["shortest_chars"], rule["longest_chars"]
    if view.head.indexable and description and not least <= len(description) <= most:
        yield rule.at_key(
            view,
            built,
            "summary",
            f"the description {quoted(description)} has {len(description)} characters, not {least:g} to {most:g}",
            f"write a summary of {least:g} to {most:g} characters in the front matter",
        )


GOOD: Final = (example.case(), example.case(example.view(description="Short.", robots="noindex,follow")))
BAD: Final = (
    example.case(example.view(description="Short."), found='"Short." has 6 characters, not 70 to 160'),
    example.case(example.view(description="Words. " * 24), found="has 168 characters"),
)
