"""When a page was published and last changed: one answer for everything that shows a date."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from ..model.view import Day

if TYPE_CHECKING:
    from ..model.document import Document
    from ..model.site import Content

# Not strftime: its month names follow the machine's locale.
_MONTHS = ("January February March April May June July August September October November December").split()


def published(document: Document, content: Content) -> dt.datetime | None:
    """Return when a document was published, in the practice's zone."""
    return document.front.date.astimezone(content.zone) if document.front.date else None


def modified(document: Document, content: Content) -> dt.datetime | None:
    """Return when a document's words last changed: ``modified``, else ``date``, in the practice's zone."""
    moment = document.front.modified or document.front.date
    return moment.astimezone(content.zone) if moment else None


def iso(moment: dt.datetime | None) -> str:
    """Return a moment in ISO 8601 to the second with its zone; empty for none."""
    return moment.isoformat(timespec="seconds") if moment else ""


def day(moment: dt.date | None) -> Day | None:
    """Return a date or moment for ``<time>``, such as ``May 4, 2026``; None for none."""
    if moment is None:
        return None
    date = moment.date() if isinstance(moment, dt.datetime) else moment
    return Day(date.isoformat(), f"{_MONTHS[date.month - 1]} {date.day}, {date.year}")
