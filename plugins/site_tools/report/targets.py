"""What the ledger of keywords and places says of one page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from local_seo.ledger import Key, Ledger, Pair, ledger
from local_seo.text import topic_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from local_seo.model.document import Document
    from local_seo.model.practice import Place
    from local_seo.model.site import Site


@dataclass(frozen=True, kw_only=True)
class Targets:
    """The ledger of a site, made when it is first asked for, and looked up by keyword and place."""

    site: Site

    @cached_property
    def ledger(self) -> Ledger:
        """Return all pairs."""
        return ledger(self.site)

    @cached_property
    def _pairs(self) -> Mapping[tuple[Key, str], Pair]:
        found: dict[tuple[Key, str], Pair] = {}
        for pair in self.ledger.pairs:
            for key in pair.subject.keys:
                found.setdefault((key, pair.place.slug), pair)
        return found

    def of(self, key: Key, place: Place) -> Pair | None:
        """Return the pair of a subject, by its ``topic_key``, and a place."""
        return self._pairs.get((key, place.slug))

    def aimed_at(self, document: Document) -> tuple[Pair, ...]:
        """Return the pairs that a page is on: an article's keywords and service in its places, else those it owns.

        In the order of the keywords, then of the places; each once.
        """
        front = document.front
        service = self.site.facts.service(front.service or "")
        phrases = [*front.keywords, *((service.name,) if service else ())]
        places = [place for city in front.cities if (place := self.site.facts.place(city))]
        if not phrases or not places:
            return tuple(pair for pair in self.ledger.pairs if pair.owner and pair.owner.path == document.path)
        return _once(self.of(topic_key(phrase), place) for phrase in phrases for place in places)


def _once(pairs: Iterable[Pair | None]) -> tuple[Pair, ...]:
    found = {(pair.subject.name, pair.place.slug): pair for pair in pairs if pair}
    return tuple(found.values())
