"""When a page was published and last changed: one answer for everything that shows a date."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial
from json import JSONEncoder
from typing import TYPE_CHECKING

from ..digests import digest, encoded
from ..model.view import Day
from ..workers import Item, Work

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model.page import Page
    from ..model.site import Content, Site
    from ..model.words import Words
    from ..workers import Memory


_written = JSONEncoder(ensure_ascii=False).encode


def published(page: Page, content: Content) -> dt.datetime | None:
    """Return when a page was published, in the practice's zone; None for a page without a date."""
    date = page.document.front.date if page.document else None
    return date.astimezone(content.zone) if date else None


def modified(page: Page, content: Content) -> dt.datetime | None:
    """Return when the words of a page last changed, in the practice's zone; None where that is not known.

    A page that says what it said when it was last published: the day of the ledger. One that says something else: the
    writer's ``modified`` if that is later than the ledger's day, else the day of this build. One that the ledger does
    not know, or has no day for: ``modified``, else ``date``.
    """
    front = page.document.front if page.document else None
    if front is None:
        return None
    said = front.modified or front.date
    known = content.revisions.pages.get(page.url)
    same = known is not None and known.hash == (content.once(_known).get(page.url) or fingerprint(page, content))
    if known is None or (same and known.changed is None):
        return said.astimezone(content.zone) if said else None
    if same and known.changed:
        return known.changed.astimezone(content.zone)
    if front.modified and (known.changed is None or front.modified > known.changed):
        return front.modified.astimezone(content.zone)
    return dt.datetime.combine(content.today, dt.time(), content.zone)


def _known(_: Content) -> dict[str, str]:
    """Return the fingerprints that are at hand, by site address: at first none."""
    return {}


def fingerprints(site: Site, memory: Memory) -> Mapping[str, str]:
    """Return what ``fingerprint`` says of all pages that somebody wrote, by site address; and have it at hand."""
    pages = [page for page in site.pages if page.document and page.number == 1]
    work = Work("fingerprints", str, partial(_fingerprint, site))
    found = memory.each(work, [Item(page.url, _made_from(page, site), page) for page in pages])
    hashes = {page.url: said for page, said in zip(pages, found, strict=True)}
    site.once(_known).update(hashes)
    return hashes


def _made_from(page: Page, site: Site) -> str:
    own = page.document.digest if page.document else ""
    return digest(own.encode(), encoded((page.title, page.summary, _pictures(page, site)))) if own else ""


def _fingerprint(site: Site, page: Page) -> str:
    return fingerprint(page, site)


def fingerprint(page: Page, content: Content) -> str:
    """Return a hash of what a page says: title, description, words, facts, pictures.

    Not its theme, offers or neighbours: they change without the page saying anything new.
    """
    if page.document is None:
        return ""
    front, body = page.document.front, page.document.body
    facts = [[fact.text, fact.source] for fact in front.facts]
    said = [page.title, page.summary, body.text, facts, _pictures(page, content)]
    return hashlib.sha256(_written(said).encode()).hexdigest()


def _pictures(page: Page, content: Content) -> list[str]:
    """Return the digests of the pictures that a page shows."""
    if page.document is None:
        return []
    shown = (content.file_at(page.document, address) for tag, address in page.document.addresses if tag == "img")
    named = (page.document.front.image or "", *shown)
    return [content.images[path].digest for path in named if path in content.images]


def iso(moment: dt.datetime | None) -> str:
    """Return a moment in ISO 8601 to the second with its zone; empty for none."""
    return moment.isoformat(timespec="seconds") if moment else ""


def day(moment: dt.date | None, words: Words) -> Day | None:
    """Return a date or moment for ``<time>``, in English such as ``May 4, 2026``; None for none."""
    if moment is None:
        return None
    date = moment.date() if isinstance(moment, dt.datetime) else moment
    # Not strftime: its month names follow the machine's locale.
    month = words.dates.months[date.month - 1]
    return Day(date.isoformat(), words.dates.day.format(month=month, day=date.day, year=date.year))
