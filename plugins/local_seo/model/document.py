"""What the writer wrote: one Markdown file, read once."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from markupsafe import Markup

from .body import Body
from .late import Late
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
class Source(Late):
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

    def line_of(self, needle: str, nth: int = 0, instead: str = "") -> int:
        """Return the line of the nth whole occurrence of a literal text in the body.

        Where there are fewer, the line of the first; where there is none, that of the text to look for instead; else
        the body's first line.
        """
        lines = _lines(self.text, needle, self.body_start) or _lines(self.text, instead, self.body_start)
        return lines[nth if nth < len(lines) else 0] if lines else self.body_line

    def line_of_key(self, key: str) -> int:
        """Return the line of a front matter key; 1 when it is not there."""
        return self.key_lines.get(key, 1)

    def line_of_item(self, key: str, value: str) -> int:
        """Return the line of a value in the front matter, at or after its key; the key's line if not found."""
        first = self.line_of_key(key)
        lines = self.text.split("\n")[first - 1 : self.body_line - 1]
        return next((first + index for index, line in enumerate(lines) if value in line), first)

    @property
    def body_start(self) -> int:
        """Return the offset where the Markdown begins."""
        start = 0
        for _ in range(self.body_line - 1):
            start = self.text.find("\n", start) + 1
        return start


# A file with thousands of faults asks for the same text as often: looked for once.
@lru_cache(maxsize=16)
def _lines(text: str, needle: str, start: int) -> tuple[int, ...]:
    """Return the 1-based line of every occurrence of a literal text from an offset on.

    Not where it is a part of something longer: ``/blog`` does not stand in ``/blog/first-weeks/``.
    """
    if not needle:
        return ()
    before = r"(?<![\w/}.-])" if re.match(r"[\w/]", needle) else ""
    after = r"(?![\w/#?-])" if re.search(r"[\w/]\Z", needle) else ""
    found: list[int] = []
    line, counted = 1, 0
    for match in re.compile(before + re.escape(needle) + after).finditer(text, start):
        line += text.count("\n", counted, match.start())
        found.append(line)
        counted = match.start()
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Late):
    """One Markdown file: typed front matter and the body as HTML, links not yet resolved.

    Of one that is remembered ``body`` and ``source.text`` are late: what all documents are asked for is at hand.

    Attributes:
        heading: the title as HTML for the h1, typography applied.
        slug: the last part of the address; services, areas and people have it from practice.toml.
        digest: of everything that the document follows from, the practice's facts among it; empty where not known.
        path: of the file, relative to the content folder.
        ids: of the elements of the body.
        addresses: of its links and pictures, as written: (``a`` or ``img``, address).
        opening: the plain text of its first paragraph that has one.
    """

    kind: Kind
    source: Source
    front: FrontMatter
    slug: str
    heading: Markup
    body: Body
    digest: str = field(default="", compare=False, repr=False)
    path: str = field(init=False, compare=False, repr=False)
    ids: frozenset[str] = field(init=False, compare=False, repr=False)
    addresses: tuple[tuple[str, str], ...] = field(init=False, compare=False, repr=False)
    opening: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Have at hand what all documents are asked for."""
        body = self.body
        found = (
            (element.tag, element.attributes.get("src") or element.attributes.get("href") or "")
            for element in body.tagged("img", "a")
        )
        first = (block.text for block in body.blocks if block.tag == "p" and block.text)
        object.__setattr__(self, "path", self.source.path)
        object.__setattr__(self, "ids", body.ids)
        object.__setattr__(self, "addresses", tuple(found))
        object.__setattr__(self, "opening", next(first, ""))
