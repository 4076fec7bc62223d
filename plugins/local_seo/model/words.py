"""The words that the site says by itself: the catalogue of one language, ``theme/words/<language>.toml``.

Field names are the file's keys; what a text means stands there. Texts are plain and verbatim. Each says which
``{fields}`` it may have and, marked with ``!``, which it must have, so that what was read can be filled by
``str.format`` without a fault.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

FIELDS: Final = "fields"
COUNT: Final = "count"
MAY_BE_EMPTY: Final = "may be empty"


def _with(*fields: str, **more: object) -> Any:  # noqa: ANN401 - as dataclasses.field has it
    """Return the field of a text, or of several, that these names in braces may stand in."""
    return field(metadata={FIELDS: fields, **more})


@dataclass(frozen=True, slots=True, kw_only=True)
class Forms:
    """A text that depends on a number: ``one`` for 1, ``other`` for the rest.

    A language with more forms words ``other`` so that one form serves, such as ``Articles: {number}``.
    """

    other: str
    one: str | None = None

    def of(self, number: int, **values: str) -> str:
        """Return the text for a number."""
        text = self.one if number == 1 and self.one else self.other
        return text.format(number=number, **values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Names of the pages that every site has."""

    home: str
    services: str
    areas: str
    about: str
    blog: str
    contact: str
    not_found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Headings:
    """Main headings of pages for which nobody wrote any."""

    services: str
    areas: str
    about: str = _with("practice")
    blog: str
    not_found: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summaries:
    """Descriptions of pages for which nobody wrote any."""

    services: str = _with("practice", "area", "services")
    areas: str = _with("practice", "area", "places")
    about: str = _with("practice", "area")
    blog: str = _with("practice", "area")
    not_found: str = _with("practice")
    topic: Forms = field(metadata={FIELDS: ("number", "topic!", "practice")})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTitles:
    """``<title>``; of the ``suffixes`` the first that fits."""

    suffixes: tuple[str, ...] = _with("role", "Role", "city", "City", "practice", "Practice", **{MAY_BE_EMPTY: True})
    numbered: str = _with("title!", "number!")


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What stands around every page."""

    skip: str
    navigation: str
    breadcrumb: str
    call: str = _with("phone")
    book: str
    help: str
    call_or_help: str
    helplines: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crisis:
    """The box on pages about something heavy."""

    question: str
    answer: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Helplines:
    """Ways to reach a helpline: on a button, and (``or_``) within a line of words."""

    label: str
    call: str = _with("number!")
    text: str = _with("number!")
    text_word: str = _with("word!", "number!")
    or_call: str = _with("number!")
    or_text: str = _with("number!")
    or_text_word: str = _with("word!", "number!")
    either: str = _with("call!", "text!")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach the practice, and what that is not for."""

    title: str
    not_watched: str
    cannot_wait: str = _with("link!")
    help: str
    no_details: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningHours:
    """Days and times of day."""

    line: str = _with("days!", "opens!", "closes!")
    days: str = _with("first!", "last!")
    names: tuple[str, ...] = _with(**{COUNT: 7})
    full_hour: str = _with("hour", "hour24", "half")
    with_minutes: str = _with("hour", "hour24", "minutes!", "half")
    morning: str
    afternoon: str

    def clock(self, hour: int, minute: int) -> str:
        """Return a time of day, hours from 0 to 23."""
        text = self.with_minutes if minute else self.full_hour
        half = self.morning if hour < _NOON else self.afternoon
        return text.format(hour=(hour - 1) % _NOON + 1, hour24=hour, minutes=f"{minute:02}", half=half)


_NOON: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """A day in words."""

    day: str = _with("month!", "day!", "year!")
    months: tuple[str, ...] = _with(**{COUNT: 12})


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """What stands between the names of a list."""

    between: str
    before_last: str

    def joined(self, names: Iterable[str]) -> str:
        """Return names as a list in words."""
        items = list(names)
        return self.before_last.join(filter(None, (self.between.join(items[:-1]), *items[-1:])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What stands around an article."""

    by: str = _with("name!")
    published: str = _with("date!")
    updated: str = _with("date!")
    reviewed: str = _with("date!")
    reviewed_by: str = _with("name!", "date!")
    notice: str
    author: str
    topics: str
    related: str
    neighbours: str
    earlier: str
    later: str
    series: str = _with("title!")
    series_label: str
    sources: str
    footnote_back: str = _with("number")


@dataclass(frozen=True, slots=True, kw_only=True)
class ListsOf:
    """Headings over lists."""

    articles: str
    latest: str
    on_service: str
    for_place: str = _with("place")
    by_person: str = _with("person")
    services: str
    people: str
    places: str
    topics: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list that goes on over several pages."""

    label: str
    position: str = _with("number!", "count")
    name: str = _with("number!")
    summary: str = _with("number!", "count", "summary!")
    newer: str
    older: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """A local page."""

    facts: str
    source: str = _with("source!")
    practice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Targets:
    """Where an article names places."""

    nearby: str
    role: str = _with("role!", "place!")


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound:
    """The page for an address that leads nowhere."""

    text: str = _with("phone!")
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """Titles of feeds."""

    blog: str = _with("practice!")
    topic: str = _with("practice", "topic!")


@dataclass(frozen=True, slots=True, kw_only=True)
class StructuredData:
    """What only search engines read."""

    new_clients: str
    telehealth: str = _with("state!")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The whole catalogue."""

    pages: Pages
    headings: Headings
    summaries: Summaries
    titles: PageTitles
    frame: Around
    crisis: Crisis
    helplines: Helplines
    contact: Contact
    hours: OpeningHours
    dates: Dates
    lists: Lists
    article: Article
    lists_of: ListsOf
    listing: Listing
    area: Area
    targeting: Targets
    not_found: NotFound
    feeds: Feeds
    structured_data: StructuredData
