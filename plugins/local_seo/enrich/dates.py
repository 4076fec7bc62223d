"""When a page was published and last changed: one answer for everything that shows a date."""

from __future__ import annotations

import datetime as dt
import hashlib
from json import JSONEncoder
from typing import TYPE_CHECKING

from ..model.view import Day

if TYPE_CHECKING:
    from ..model.page import Page
    from ..model.site import Content
    from ..model.words import Words


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
    same = known is not None and known.hash == fingerprint(page, content)
    if known is None or (same and known.changed is None):
        return said.astimezone(content.zone) if said else None
    if same and known.changed:
        return known.changed.astimezone(content.zone)
    if front.modified and (known.changed is None or front.modified > known.changed):
        return front.modified.astimezone(content.zone)
    return dt.datetime.combine(content.today, dt.time(), content.zone)


def fingerprint(page: Page, content: Content) -> str:
    """Return a hash of what a page says: title, description, words, facts, pictures.

    Not its theme, offers or neighbours: they change without the page saying anything new.
    """
    if page.document is None:
        return ""
    front, body = page.document.front, page.document.body
    shown = (content.file_at(page.document, e.attributes.get("src", "")) for e in body.tagged("img"))
    pictures = [content.images[path].digest for path in (front.image or "", *shown) if path in content.images]
    said = [page.title, page.summary, body.text, [[fact.text, fact.source] for fact in front.facts], pictures]
    return hashlib.sha256(_written(said).encode()).hexdigest()


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
