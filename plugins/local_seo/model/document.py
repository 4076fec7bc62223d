"""What the writer wrote: one Markdown file, read once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from markupsafe import Markup

from .body import Body
from .practice import Prose


class Kind(StrEnum):
    """The folders of Markdown below ``content/``; the value is the folder's name."""

    ARTICLE = "articles"
    SERVICE = "services"
    AREA = "areas"
    TOPIC = "topics"
    PERSON = "people"
    PAGE = "pages"


Status = Literal["published", "hidden", "draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A source that an article cites."""

    title: Prose
    url: str
    date: dt.date | None = None
    checked: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something true about a place. ``source`` is an address, or ``practice``: the practice vouches for it."""

    text: Prose
    source: str
    checked: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontMatter:
    """The keys between the ``---`` lines. Which a folder allows stands in ``KEYS``."""

    title: Prose
    date: dt.datetime | None = None
    modified: dt.datetime | None = None
    reviewed: dt.datetime | None = None
    reviewer: str | None = None
    slug: str | None = None
    summary: Prose | None = None
    image: str | None = None
    image_alt: Prose | None = None
    image_caption: Prose | None = None
    image_credit: Prose | None = None
    image_focus: str | None = None
    noindex: bool = False
    canonical: str | None = None
    aliases: tuple[str, ...] = ()
    lang: str | None = None
    translation_of: str | None = None
    sources: tuple[Reference, ...] = ()
    link_phrases: tuple[str, ...] = ()
    links: Literal["on", "off"] = "on"
    allow: Mapping[str, str] = field(default_factory=dict)
    status: Status = "published"
    keywords: tuple[Prose, ...] = ()
    cities: tuple[str, ...] = ()
    service: str | None = None
    author: str | None = None
    cta: str | None = None
    series: Prose | None = None
    related: tuple[str, ...] = ()
    supports: str | None = None
    facts: tuple[Fact, ...] = ()


_ARTICLE_ONLY = frozenset({"date", "keywords", "cities", "service", "author", "cta", "series", "related", "supports"})
_ALL = frozenset(FrontMatter.__dataclass_fields__)
KEYS: Mapping[Kind, frozenset[str]] = {
    kind: _ALL
    - (frozenset() if kind is Kind.ARTICLE else _ARTICLE_ONLY)
    - (frozenset() if kind is Kind.AREA else {"facts"})
    for kind in Kind
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file itself, kept to say in which line something stands.

    Attributes:
        path: relative to the content folder, with ``/``.
        text: the whole file, line ends as in Unix.
        key_lines: the 1-based line of each top-level front matter key.
        body_line: the 1-based line where the Markdown begins.
    """

    path: str
    text: str
    key_lines: Mapping[str, int] = field(default_factory=dict)
    body_line: int = 1

    def line_of(self, needle: str, nth: int = 0) -> int:
        """Return the line of the nth occurrence of a literal text in the body; the body's first line if absent."""
        start = self._body_start()
        for _ in range(nth + 1):
            found = self.text.find(needle, start)
            if found < 0:
                break
            start = found + 1
        else:
            return self.text.count("\n", 0, found) + 1
        first = self.text.find(needle, self._body_start())
        return self.text.count("\n", 0, first) + 1 if first >= 0 else self.body_line

    def line_of_key(self, key: str) -> int:
        """Return the line of a front matter key; 1 when it is not there."""
        return self.key_lines.get(key, 1)

    def line_of_item(self, key: str, value: str) -> int:
        """Return the line of a value in the front matter, at or after its key; the key's line if not found."""
        first = self.line_of_key(key)
        lines = self.text.split("\n")[first - 1 : self.body_line - 1]
        return next((first + index for index, line in enumerate(lines) if value in line), first)

    def _body_start(self) -> int:
        start = 0
        for _ in range(self.body_line - 1):
            start = self.text.find("\n", start) + 1
        return start


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One Markdown file: typed front matter and the body as HTML, links not yet resolved.

    Attributes:
        heading: the title as HTML for the h1, typography applied.
        slug: the last part of the address; services, areas and people have it from practice.toml.
        url: the site address, with slashes; set where a page of this document exists.
    """

    kind: Kind
    source: Source
    front: FrontMatter
    slug: str
    heading: Markup
    body: Body

    @property
    def path(self) -> str:
        """Return the file's path relative to the content folder."""
        return self.source.path
