"""A Squarespace blog's own list of its posts: what ``/blog?format=json-pretty`` answers, some twenty posts a file."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import unquote

from local_seo import urls
from local_seo.request import Refused
from local_seo.text import plain, quoted, squeeze

from .model import Export, Item
from .repair import decoded

if TYPE_CHECKING:
    from collections.abc import Iterable

_PUBLISHED: Final = 1
_LATEST_MS: Final = 4_102_444_800_000  # the year 2100; a larger number is no date
_COMMENTS_MOST: Final = 1_000_000  # a larger number counts nothing
_HOW: Final = "save what your blog's address answers with ?format=json-pretty behind it"


def read(raw: bytes, name: str) -> Export:
    """Return the posts of one file.

    Raises:
        Refused: it is no such list.
    """
    try:
        value = json.loads(decoded(raw))
    except (ValueError, RecursionError) as failure:
        raise Refused(f"{name}: this is not JSON ({squeeze(str(failure))}) - {_HOW}") from None
    entries = value.get("items") if isinstance(value, dict) else None
    if not isinstance(entries, list):
        raise Refused(f'{name}: there is no list "items" in it - {_HOW}')
    base = _of(value.get("website"), "baseUrl")
    items = [_item(entry) for entry in entries if isinstance(entry, dict)]
    comments = sum(item.comments for item in items)
    return Export(
        items=tuple(items),
        hosts=frozenset({urls.host_of(base).lower()} if urls.is_web(base) else ()),
        left_out={"comments": comments} if comments else {},
    )


def joined(exports: Iterable[Export]) -> Export:
    """Return several exports as one: posts with one address are one post, and each fills what the other lacks."""
    whole = Export(items=())
    for export in exports:
        at = {key(item): index for index, item in enumerate(whole.items) if key(item)}
        items = list(whole.items)
        counted_twice = 0
        for item in export.items:
            twin = at.get(key(item))
            if twin is None:
                items.append(item)
            else:
                counted_twice += min(items[twin].comments, item.comments)
                items[twin] = _filled(items[twin], item)
        left_out = {**whole.left_out}
        for what, count in export.left_out.items():
            left_out[what] = left_out.get(what, 0) + count - (counted_twice if what == "comments" else 0)
        whole = Export(
            items=tuple(items),
            hosts=whole.hosts | export.hosts,
            attachments={**whole.attachments, **export.attachments},
            left_out={what: count for what, count in sorted(left_out.items()) if count},
            made=whole.made or export.made,
            faults=(*whole.faults, *export.faults),
        )
    return whole


def key(item: Item) -> str:
    """Return an item's old address for comparison: the path in lower case, without ``.html`` and outer slashes."""
    return unquote(urls.split(item.link).path or item.name).strip("/").lower().removesuffix(".html")


def described(item: Item) -> str:
    """Return how an item is called in a message."""
    return quoted(item.title or item.name or item.link or "a post without a title")


def _filled(item: Item, other: Item) -> Item:
    return replace(
        item,
        title=item.title or other.title,
        html=item.html or other.html,
        date=item.date or other.date,
        modified=item.modified or other.modified,
        author=other.author if not item.author or "@" in item.author else item.author,
        categories=item.categories or other.categories,
        tags=item.tags or other.tags,
        picture=item.picture or other.picture,
        excerpt=item.excerpt or other.excerpt,
        summary=item.summary or other.summary,
        comments=max(item.comments, other.comments),
    )


def _item(entry: dict[str, Any]) -> Item:
    picture = _of(entry, "assetUrl")
    comments = entry.get("commentCount")
    return Item(
        kind="post",
        title=plain(_of(entry, "title")),
        html=_of(entry, "body"),
        link=_of(entry, "fullUrl") or f"/{_of(entry, 'urlId')}",
        name=_of(entry, "urlId"),
        # `updatedOn` moves with every setting, so it is no day on which the text changed.
        date=_moment(entry.get("publishOn")) or _moment(entry.get("addedOn")),
        state="published" if entry.get("workflowState", _PUBLISHED) == _PUBLISHED else "draft",
        author=_of(entry.get("author"), "displayName"),
        categories=_texts(entry.get("categories")),
        tags=_texts(entry.get("tags")),
        # Without a picture the address ends in a slash: a folder of the host.
        picture="" if picture.endswith("/") else picture,
        excerpt=_of(entry, "excerpt"),
        summary=squeeze(_of(entry.get("seoData"), "seoDescription")),
        comments=comments if isinstance(comments, int) and 0 < comments < _COMMENTS_MOST else 0,
    )


def _of(entry: object, name: str) -> str:
    value = entry.get(name) if isinstance(entry, dict) else None
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    return tuple(squeeze(each) for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _moment(value: object) -> dt.datetime | None:
    """Return a moment from milliseconds since 1970."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < _LATEST_MS:
        return None
    return dt.datetime.fromtimestamp(value / 1000, dt.UTC)
