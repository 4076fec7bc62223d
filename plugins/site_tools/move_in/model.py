"""What an export holds and what became of it; frozen values without files or HTML parsing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from local_seo.errors import Finding

State = Literal["published", "draft"]
Step = Literal["calls", "places", "phrases", "titles"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A picture that the export lists beside its posts. Texts are plain."""

    url: str
    title: str = ""
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One post or page as the old host had it.

    Attributes:
        kind: what it was there.
        html: the body as the host stored it; HTML.
        link: the old address, absolute or with a slash in front; empty when there was none.
        name: the last part of the address as the host kept it, not to be trusted.
        date, modified: with a zone; None when the export has none.
        author: a name or an e-mail address; empty when the export has none.
        categories, tags: plain text.
        picture: the address of the featured picture; empty when there was none.
        excerpt: HTML.
        summary: what was written for search engines, plain text.
        comments: how many were left out.
        has_bare_lines: whether empty lines part paragraphs, as in WordPress's older editor.
        notes: what was wrong with the item itself, plain sentences.
    """

    kind: Literal["post", "page"]
    title: str
    html: str
    link: str = ""
    name: str = ""
    date: dt.datetime | None = None
    modified: dt.datetime | None = None
    state: State = "published"
    author: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    picture: str = ""
    excerpt: str = ""
    summary: str = ""
    noindex: bool = False
    comments: int = 0
    has_bare_lines: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """All that was read.

    Attributes:
        hosts: of the old site, in lower case, without ``www.``.
        attachments: by the host's own number.
        left_out: how many of what kind are not moved: ``{"comments": 12}``.
        made: when the export was made, if it says so.
        faults: damage of the files; what could be read is here nevertheless.
    """

    items: tuple[Item, ...]
    hosts: frozenset[str] = frozenset()
    attachments: Mapping[str, Attachment] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    made: dt.datetime | None = None
    faults: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A paragraph that became data.

    Attributes:
        step: which step took it out; ``--keep`` names it.
        text: as it stood there, plain.
        became: what it is now, in words.
    """

    step: Step
    text: str
    became: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a text holds.

    Attributes:
        words: in order, folded.
        headings: how many that say something.
        pictures: how many different ones.
        alts: how many different alternative texts.
        links: how many different ones that lead somewhere.
    """

    words: tuple[str, ...] = ()
    headings: int = 0
    pictures: int = 0
    alts: int = 0
    links: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the parity table.

    Attributes:
        title: as it stood there.
        old, new: addresses; ``old`` is empty where there was none.
        path: the file, relative to the content folder.
        status: what happened to the file: ``new``, ``same``, ``changed``, ``yours`` (edited by hand, kept),
            ``set aside`` (another file has its place), ``deleted`` (by hand, not written again), ``refused``.
        before, after: counts; ``after`` of the text as the site will print it.
        moved: how many words, headings and links became data.
        date: the day before and after, as year-month-day; empty where there is none.
        lost: words that are neither in the text nor in the data; empty when all is well.
        faults: losses without a reason, in words.
        notes: what was done on purpose, in words.
        removed: the paragraphs that became data.
    """

    title: str
    old: str
    new: str
    path: str
    status: str
    before: Counts
    after: Counts
    moved: Counts
    date: tuple[str, str]
    lost: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    removed: tuple[Removed, ...] = ()

    @property
    def kept(self) -> float:
        """Return the share of the words that are kept, as text or as data, from 0 to 1."""
        return 1 - len(self.lost) / len(self.before.words) if self.before.words else 1.0
