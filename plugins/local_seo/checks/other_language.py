"""A page in another language than the words around it.

Why: Translations are not built yet. The page is published with `lang` on it, and its header, footer and buttons
stay in the practice's language, each part marked for screen readers and translation programs; a reader still meets
two languages.
Source: https://www.w3.org/WAI/WCAG22/Understanding/language-of-parts.html
Rules: H-01
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for a page whose language is not the practice's; regions of one language do not matter."""
    own, around = view.head.language, built.site.facts.practice.language
    document = built.site.by_path.get(view.source)
    if document is not None and own.partition("-")[0] != around.partition("-")[0]:
        yield rule.finding(
            view.source,
            document.source.line_of_key("lang"),
            f"the page is in {quoted(own)}, what stands around it in {quoted(around)}: translations are not built yet",
            "keep it as a draft until they are, or allow this check on the page if readers get along",
        )


GOOD: Final = (
    example.case(example.view(language="en-US")),
    example.case(example.view(language="en-GB")),
)
BAD: Final = (example.case(example.view(language="es"), found='the page is in "es"'),)
