"""Links from article to article: related, previous and next, series."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import limits
from ..model.document import Kind
from ..text import fold, topic_key

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Mapping

    from ..model.document import Document
    from ..model.site import Site

# What a shared trait is worth; choices of ours. One shared keyword says more than two shared places.
_SERVICE, _KEYWORD, _PLACE = 4, 5, 2
# A trait that nearly everybody shares says nothing, and comparing all with all would take quadratic time.
_SHARERS_MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """The articles that one article leads to."""

    related: tuple[Document, ...] = ()
    previous: Document | None = None
    following: Document | None = None
    series: tuple[Document, ...] = ()


def neighbours(site: Site) -> Mapping[str, Neighbours]:
    """Return what each article leads to, by the article's path.

    Related: first those that ``related`` names, then by shared keywords, service and places, ties by the newer
    date and then the slug, last the articles before this one; never the other parts of its series. Previous and
    next go by date within a language. Hidden articles lead to others, others never lead to them.
    """
    listed = site.articles
    position = {article.path: index for index, article in enumerate(listed)}
    sharers: dict[Hashable, list[Document]] = defaultdict(list)
    for article in listed:
        for trait, _ in _traits(article):
            sharers[trait].append(article)
    by_slug = {article.slug: article for article in listed}
    by_language: dict[str | None, list[Document]] = defaultdict(list)
    series: dict[str, list[Document]] = defaultdict(list)
    for article in listed:
        by_language[article.front.lang].append(article)
        if article.front.series:
            series[fold(article.front.series)].insert(0, article)
    row = {a.path: (many, i) for many in by_language.values() for i, a in enumerate(many)}

    found = {}
    for article in site.of_kind(Kind.ARTICLE):
        many, index = row.get(article.path, ([], 0))
        scores: Counter[str] = Counter()
        for trait, worth in _traits(article):
            for other in sharers[trait][:_SHARERS_MOST]:
                scores[other.path] += worth
        close = sorted(scores, key=lambda path: (-scores[path], position[path]))
        named = (by_slug[slug].path for slug in article.front.related if slug in by_slug)
        parts = tuple(series[fold(article.front.series)]) if article.front.series else ()
        # With too little in common, the nearest in time, earlier ones first: a new article changes hardly any.
        earlier = (other.path for other in (*many[index + 1 :], *reversed(many[:index]))[: limits.RELATED_MOST])
        skipped = {article.path, *(part.path for part in parts)}
        paths = [path for path in dict.fromkeys((*named, *close, *earlier)) if path not in skipped]
        found[article.path] = Neighbours(
            related=tuple(site.by_path[path] for path in paths[: limits.RELATED_MOST]),
            previous=many[index + 1] if index + 1 < len(many) else None,
            following=many[index - 1] if many and index > 0 else None,
            series=parts if len(parts) > 1 else (),
        )
    return found


def _traits(article: Document) -> Iterator[tuple[Hashable, int]]:
    front = article.front
    if front.service:
        yield ("service", front.service), _SERVICE
    for key in sorted({tuple(sorted(topic_key(keyword))) for keyword in front.keywords}):
        yield ("keyword", key), _KEYWORD
    for slug in front.cities:
        yield ("place", slug), _PLACE
