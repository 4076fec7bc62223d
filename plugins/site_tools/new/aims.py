"""What is there already for a keyword and a place, and whether one more article would claim what another has."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from local_seo.ledger import ledger
from local_seo.model.body import Body
from local_seo.model.document import Document, FrontMatter, Kind, Source
from local_seo.model.practice import Prose
from local_seo.text import quoted, topic_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_seo.ledger import Pair
    from local_seo.model.practice import Place
    from local_seo.model.site import Site

    from . import Wanted

_SELF: Final = "the new one"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """An article that claims the same first keyword and first place."""

    other: Document
    keyword: str
    place: Place

    def __str__(self) -> str:
        """Return it in words, with what to do."""
        return (
            f"careful: {self.other.path} ({quoted(self.other.front.title)}) has {quoted(self.keyword)} and "
            f"{self.place.name} first as well; search engines would show one of the two, often the wrong one - put "
            f"another keyword or place first, or let this one stand behind it with `supports: {self.other.slug}`"
        )


def keywords(site: Site) -> list[str]:
    """Return every keyword that there is, those of the services first, then those of articles, each once."""
    found = [word for service in site.facts.services for word in (service.name, *service.keywords)]
    found += sorted({word for article in _articles(site) for word in article.front.keywords}, key=str.casefold)
    first: dict[frozenset[str], str] = {}
    for word in found:
        first.setdefault(topic_key(word), word)
    return list(first.values())


def about(site: Site, keyword: str) -> list[Document]:
    """Return the articles that have a keyword, however it is spelt, newest first."""
    key = topic_key(keyword)
    return [article for article in _articles(site) if key in map(topic_key, article.front.keywords)]


def there(site: Site, keyword: str) -> Iterator[tuple[Place, str]]:
    """Yield every place with what answers for the keyword there, in words; drafts count as what they will be."""
    pairs = ledger(_with_drafts(site))
    for place in site.facts.places:
        yield place, _said(pairs.of(keyword, place))


def clash(site: Site, asked: Wanted) -> Clash | None:
    """Return the article that a new one would be a rival of: its first keyword in its first place, by the ledger."""
    if not asked.keywords or not asked.cities:
        return None
    whole = _with_drafts(site)
    place = site.facts.place(asked.cities[0])
    if place is None:
        return None
    pair = ledger(replace(whole, documents=(*whole.documents, _document(asked, site)))).of(asked.keywords[0], place)
    if pair is None or pair.owner is None:
        return None
    claimants = [pair.owner, *pair.rivals]
    others = [document for document in claimants if document.path != _SELF]
    if len(others) == len(claimants) or not others:
        return None
    return Clash(other=others[0], keyword=asked.keywords[0], place=place)


def _said(pair: Pair | None) -> str:
    if pair is None or pair.owner is None:
        return "nothing yet"
    behind = f", {len(pair.supporters)} more behind it" if pair.supporters else ""
    return f"{pair.owner.path}{behind}"


def _articles(site: Site) -> tuple[Document, ...]:
    return _with_drafts(site).articles


def _with_drafts(site: Site) -> Site:
    """Return the site as if every draft of an article were published: what is begun already counts."""
    return replace(
        site,
        documents=tuple(
            replace(document, front=replace(document.front, status="published"))
            if document.kind is Kind.ARTICLE and document.front.status == "draft"
            else document
            for document in site.documents
        ),
    )


def _document(asked: Wanted, site: Site) -> Document:
    """Return the article that is wanted, the newest of all."""
    places = (site.facts.place(name) for name in asked.cities)
    return Document(
        kind=Kind.ARTICLE,
        source=Source(path=_SELF, text=""),
        front=FrontMatter(
            title=Prose(asked.title),
            date=dt.datetime(9998, 1, 1, tzinfo=site.zone),
            keywords=tuple(map(Prose, asked.keywords)),
            cities=tuple(place.slug for place in places if place),
            service=asked.service or None,
            supports=asked.supports or None,
        ),
        slug=_SELF,
        heading=Markup(""),
        body=Body(html="", elements=()),
    )
