"""An article for more places than it can be about.

Why: An article that is for every town is for none, and a long list of towns is the pattern of a doorway page.
Source: https://developers.google.com/search/docs/essentials/spam-policies#doorways; the number is ours
Rules: W-13
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"cities": limits.CITIES_MOST}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the front matter names more places."""
    document = built.site.by_path.get(view.source)
    count = len(document.front.cities) if document else 0
    if count > rule["cities"]:
        message = f"the article names {count} cities in its front matter; it can be about {rule['cities']:g} at most"
        yield rule.at_key(
            view, built, "cities", message, "keep the cities that the article speaks of, and drop the rest"
        )


GOOD: Final = (example.case(), example.case(example.view(), example.document(cities=example.PLACES[:5])))
BAD: Final = (
    example.case(
        example.view(),
        example.document(cities=example.PLACES[:6]),
        found="names 6 cities in its front matter; it can be about 5",
    ),
)
