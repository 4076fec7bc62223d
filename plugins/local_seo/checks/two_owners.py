"""Two articles whose first keyword and first place are the same, so that neither is the one to be found.

Why: Search engines show one of two such pages, often the wrong one, and links are split between them. A topic page
that somebody introduced leads all articles on its keyword, a service's own page or area page all on the service.
Source: docs/writing.md, `supports`
Rules: product 1 (`supports`), P-06
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from .. import example
from ..errors import Finding, Severity
from ..ledger import ledger
from ..model.practice import Prose
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.document import Document
    from . import Rule

SEVERITY: Final = Severity.WARNING


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each article that claims what an older one claims, in the newer file."""
    for pair in ledger(built.site).contested:
        oldest, *newer = sorted((article for article in (pair.owner, *pair.rivals) if article), key=_age)
        for article in newer:
            yield rule.finding(
                article.path,
                article.source.line_of_key("keywords"),
                f"both this article and {oldest.path} have {quoted(pair.subject.name)} as their first keyword and "
                f"{pair.place.name} as their first place; one article at most should",
                f'write "supports: {oldest.slug}" here (or "supports: {article.slug}" there), or put another '
                "keyword or place first",
            )


def _age(article: Document) -> tuple[float, str]:
    return article.front.date.timestamp() if article.front.date else 0, article.path


_SLEEP: Final[dict[str, Any]] = {"keywords": (Prose("baby sleep"), Prose("naps")), "cities": ("indio", "coachella")}
_OLD: Final = example.document(path="articles/sleep.md", title=Prose("Sleep"), **_SLEEP)
_NEW: Final = example.document(
    path="articles/sleeping-baby.md", title=Prose("A baby sleeps"), keywords=(Prose("sleep, baby"),), cities=("indio",)
)
_SETTLED: Final = example.document(
    path="articles/sleeping-baby.md", title=Prose("A baby sleeps"), supports="sleep", **_SLEEP
)
_ELSEWHERE: Final = example.document(
    path="articles/sleep-in-mecca.md",
    title=Prose("A baby sleeps"),
    keywords=(Prose("baby sleep"),),
    cities=("la-quinta",),
)

GOOD: Final = (
    example.case(example.view(), _OLD, _SETTLED),
    example.case(example.view(), _OLD, _ELSEWHERE),
)
BAD: Final = (
    example.case(
        example.view(),
        _OLD,
        _NEW,
        found='articles/sleep.md have "baby sleep" as their first keyword and Indio as their first place',
    ),
)
