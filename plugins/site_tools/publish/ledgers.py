"""The two ledgers after a confirmed publish: when each page last changed, and every address there ever was."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import TYPE_CHECKING

from local_seo import urls
from local_seo.enrich import dates
from local_seo.model.ledgers import Lock, Published, Revision, Revisions
from local_seo.model.page import PageKind
from local_seo.model.view import FeedView, View
from local_seo.read.ledgers import LOCK, REVISIONS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from local_seo.model.built import Built


def revisions(built: Built, *, announcing: bool) -> Revisions:
    """Return the ledger of dates for a build that is live.

    A page that says what it said keeps its day. One that says something else, or is new, has the day that its build
    shows, so that the next build shows the same. A new page without any date has none until its words change: that it
    was published now says nothing about when it was written.

    Args:
        built: the build.
        announcing: whether search engines are told what changed; those addresses are kept until they have been.
    """
    was = built.site.revisions
    pages = {}
    for page in built.site.pages:
        digest = built.hashes.get(page.url)
        if not digest or page.number > 1:
            continue
        known = was.pages.get(page.url)
        same = known if known and known.hash == digest else None
        pages[page.url] = same or Revision(hash=digest, changed=dates.modified(page, built.site))
    told = changed(built) if announcing else ()
    waiting = dict.fromkeys((*was.announce, *told)) if announcing else {}
    return Revisions(pages=pages, announce=tuple(waiting))


def changed(built: Built) -> tuple[str, ...]:
    """Return the addresses of which a search engine should look again: what is new, says something else, or is gone.

    Pages that search engines may not list are left out.
    """
    was = built.site.revisions.pages
    hidden = {v.url for v in built.views.values() if isinstance(v, View) and not v.head.indexable}
    now = {url: digest for url, digest in built.hashes.items() if url not in hidden}
    fresh = {url for url, digest in now.items() if url not in was or was[url].hash != digest}
    return tuple(sorted(fresh | (was.keys() - built.hashes.keys())))


def lock(built: Built) -> Lock:
    """Return the ledger of addresses: all that it had, and those of this build.

    A page that is made of others, such as a list, has no hash.
    """
    found = {
        page.url: Published(source=page.source, hash=built.hashes.get(page.url, ""))
        for page in built.site.pages
        if page.kind is not PageKind.NOT_FOUND
    }
    feeds = (view.save_as for view in built.views.values() if isinstance(view, FeedView))
    found |= {f"/{name}": Published(source="practice.toml", hash="") for name in feeds}
    return Lock(addresses={**built.site.lock.addresses, **found})


def write(content: Path, dated: Revisions, known: Lock | None = None) -> bool:
    """Write the ledgers, each whole or not at all; return whether that changed anything."""
    texts = {REVISIONS: revisions_text(dated)}
    if known is not None:
        texts[LOCK] = _lock_text(known)
    fresh = {name: text for name, text in texts.items() if _read(content / name) != text}
    for name, text in fresh.items():
        part = content / f".{name}.{os.getpid()}"
        part.write_text(text, encoding="utf-8")
        part.replace(content / name)
    return bool(fresh)


def announced(content: Path, dated: Revisions, told: Iterable[str]) -> Revisions:
    """Note which addresses search engines know of now, and return the ledger."""
    known = set(told)
    left = replace(dated, announce=tuple(url for url in dated.announce if url not in known))
    write(content, left)
    return left


def revisions_text(dated: Revisions) -> str:
    """Return the ledger of dates as it is kept: a line a page, so that a difference can be read."""
    pages = {
        url: {"hash": each.hash, "changed": each.changed.isoformat(timespec="seconds") if each.changed else None}
        for url, each in sorted(dated.pages.items())
    }
    rows = ",\n".join(f"  {_json(url)}: {_json({k: v for k, v in row.items() if v})}" for url, row in pages.items())
    waiting = f',\n "announce": {_json(list(dated.announce))}' if dated.announce else ""
    return f'{{\n "format": {dated.format},\n "pages": {{\n{rows}\n }}{waiting}\n}}\n'


def _lock_text(known: Lock) -> str:
    rows = ",\n".join(
        f"  {_json(url)}: {_json({'source': each.source, 'hash': each.hash})}"
        for url, each in sorted(known.addresses.items())
    )
    return f'{{\n "format": {known.format},\n "addresses": {{\n{rows}\n }}\n}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def page_paths(known: Lock) -> list[str]:
    """Return the output paths of all addresses that were ever published."""
    return [urls.save_as(url) for url in known.addresses]
