"""An article for more places than it can be about, or for a place that it never speaks of.

Why: An article that is for every town is for none, and a long list of towns is the pattern of a doorway page. A place
that the text does not speak of only leads readers there who find nothing of it; that is a hint.
Source: https://developers.google.com/search/docs/essentials/spam-policies#doorways; the number is ours
Rules: W-13
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..text import joined, plain, quoted
from ._shared import named, places, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"cities": limits.CITIES_MOST}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the front matter names more places, or one that the text does not name."""
    document = built.site.by_path.get(view.source)
    count = len(document.front.cities) if document else 0
    if count > rule["cities"]:
        message = f"the article names {count} cities in its front matter; it can be about {rule['cities']:g} at most"
        yield rule.at_key(
            view, built, "cities", message, "keep the cities that the article speaks of, and drop the rest"
        )
    own = writing(view, built)
    if own and document and 0 < count <= rule["cities"]:
        facts = built.site.facts
        said = {mention.place for found in named(own, facts) for mention in found}
        said.update(places(f"{plain(view.heading)}\n{document.front.summary or ''}", facts))
        wanted = [place for city in document.front.cities for place in facts.places if place.slug == city]
        if silent := [place.name for place in wanted if place not in said]:
            message = f"the text never names {joined(map(quoted, silent), 'or')}, for which the article is said to be"
            remedy = "say what is true there, or take it out of `cities`"
            yield rule.at_key(view, built, "cities", message, remedy, Severity.HINT)


GOOD: Final = (
    example.case(),
    example.case(example.view(), example.document(cities=example.PLACES[:5])),
    example.case(*example.written("We meet in Indio.", cities=("indio",))),
)
BAD: Final = (
    example.case(
        example.view(),
        example.document(cities=example.PLACES[:6]),
        found="names 6 cities in its front matter; it can be about 5",
    ),
    example.case(
        *example.written("We meet in Indio.", cities=("indio", "la-quinta")),
        found='the text never names "La Quinta", for which',
    ),
)
