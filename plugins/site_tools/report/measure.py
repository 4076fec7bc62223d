"""What can be counted of a finished page: words, links, bytes. The panel and the report show the same numbers."""

from __future__ import annotations

import hashlib
import html
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from markupsafe import Markup

from local_seo import arial, limits, urls
from local_seo.model.view import View
from local_seo.workers import Item, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from local_seo.model.built import Built, Rendered
    from local_seo.model.site import Site
    from local_seo.model.view import AnyView
    from local_seo.workers import Memory

# The body was read and checked as HTML before; here its links are only looked for.
_HREF: Final = re.compile(r"""<a\s(?:[^>"']|"[^"]*"|'[^']*')*?\bhref=(["'])(.*?)\1""", re.IGNORECASE)
# The first kind that a picture is offered in, which every browser of today takes, and the file that it falls back on.
_PICTURE: Final = re.compile(
    r"""<picture\b[^>]*>\s*<source\b[^>]*?\bsrcset="([^"]*)"[^>]*>.*?<img\b[^>]*?\bsrc="([^"]*)\"""", re.DOTALL
)
# What a phone of 360 CSS pixels with two device pixels to each would load.
_PHONE_PX: Final = 720


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How long and how hard a text is; ``grade`` is a year of school, None where the text is too short to tell."""

    words: int
    grade: float | None


def reading(view: View, page: Rendered, site: Site) -> Reading | None:
    """Return how long and how hard the words of a page are; None where nobody wrote some for it."""
    goes_on = view.pagination is not None and view.pagination.number > 1
    if view.source not in site.by_path or goes_on or not page.passages:
        return None
    own = page.writing
    english = view.head.language.partition("-")[0] == "en"  # the measure knows no other
    graded = english and own.count >= limits.GRADE_WORDS_LEAST
    return Reading(words=own.count, grade=own.grade if graded else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Loads:
    """What a phone loads beside a page, as addresses."""

    css: tuple[str, ...]
    pictures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What a phone loads for one page, in bytes as the files are."""

    html: int
    css: int
    pictures: int

    @property
    def whole(self) -> int:
        """Return the sum."""
        return self.html + self.css + self.pictures


def loads(page: Rendered, file: bytes) -> Loads:
    """Return what a phone loads beside a page.

    Args:
        page: what stands in it.
        file: the page itself.
    """
    offered = {src: srcset for srcset, src in _PICTURE.findall(file.decode("utf-8", "replace"))}
    sheets = {href for rel, href in page.links if "stylesheet" in rel.split()}
    pictures = {_loaded(image, offered) for image in page.images}
    return Loads(css=tuple(sorted(sheets)), pictures=tuple(sorted(pictures)))


def weight(found: Loads, file: bytes, sizes: Mapping[str, int]) -> Weight:
    """Return what a page weighs.

    Args:
        found: what it loads.
        file: the page itself.
        sizes: of all files of the output, by path.
    """

    def size(address: str) -> int:
        path = address.partition("?")[0].partition("#")[0]
        return sizes.get(unquote(path).lstrip("/"), 0)

    return Weight(html=len(file), css=sum(map(size, found.css)), pictures=sum(map(size, found.pictures)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What is counted in a finished page by itself; a page is parsed for it, so it is remembered."""

    reading: Reading | None
    loads: Loads


def counted(built: Built, views: Sequence[View], memory: Memory) -> Mapping[str, Counted]:
    """Return what is counted in each of some pages, by output path, on all cores."""
    own = Path(__file__).read_bytes()

    def made_from(view: View) -> str:
        whole = hashlib.blake2b(own, digest_size=16)
        for part in (_asked(view, built.site), built.files[view.save_as]):
            whole.update(len(part).to_bytes(8, "big") + part)
        return whole.hexdigest()

    def count(view: View) -> Counted:
        page = built.rendered[view.save_as]
        return Counted(reading=reading(view, page, built.site), loads=loads(page, built.files[view.save_as]))

    items = [Item(view.save_as, made_from(view), view) for view in views]
    found = memory.each(Work("counted", Counted, count), items)
    return dict(zip((view.save_as for view in views), found, strict=True))


def _asked(view: View, site: Site) -> bytes:
    """Return what ``reading`` asks beside the finished page."""
    number = view.pagination.number if view.pagination else 1
    return f"{view.source in site.by_path} {number} {view.head.language}".encode()


def _loaded(image: Mapping[str, str], offered: Mapping[str, str]) -> str:
    """Return the file that a phone loads for a picture."""
    written = image.get("src", "")
    candidates: list[tuple[int, str]] = []
    for candidate in (image.get("srcset") or offered.get(written, "")).split(","):
        address, _, width = candidate.strip().partition(" ")
        if address and not width:
            return address
        if re.fullmatch(r"[0-9]{1,5}w", width):
            candidates.append((int(width[:-1]), address))
    enough = [each for each in candidates if each[0] >= _PHONE_PX]
    return min(enough)[1] if enough else max(candidates)[1] if candidates else written


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """Where a page leads, as site addresses in order, each once, itself left out.

    Attributes:
        text: from what somebody wrote.
        around: from what stands around it: related articles, neighbours, lists, the location sentence.
        outward: addresses elsewhere, from the text and its sources.
    """

    text: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    outward: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Web:
    """The links between the pages of a site; header and footer, the same everywhere, do not count."""

    site: Site
    views: Mapping[str, AnyView] = field(repr=False)

    @cached_property
    def pages(self) -> Mapping[str, View]:
        """Return the HTML pages by site address."""
        return {view.url: view for view in self.views.values() if isinstance(view, View)}

    @cached_property
    def out(self) -> Mapping[str, Leading]:
        """Return where each page leads, by site address."""
        return {url: self._leading(view) for url, view in self.pages.items()}

    @cached_property
    def text_in(self) -> Mapping[str, tuple[str, ...]]:
        """Return the addresses of the pages whose words lead to a page, by its address."""
        return _turned((url, leading.text) for url, leading in self.out.items())

    @cached_property
    def around_in(self) -> Mapping[str, tuple[str, ...]]:
        """Return the addresses of the pages that lead to a page around their words, by its address."""
        return _turned((url, leading.around) for url, leading in self.out.items())

    def _leading(self, view: View) -> Leading:
        body = "".join(part for part in view.body if isinstance(part, Markup))
        text: dict[str, None] = {}
        outward: dict[str, None] = {}
        for _, written in _HREF.findall(body):
            href = html.unescape(written)
            address = urls.site_address(href, self.site.origin).partition("#")[0].partition("?")[0]
            if address in self.pages and address != view.url:
                text[address] = None
            elif urls.is_web(href) and not address.startswith("/"):
                outward[href] = None
        outward |= {source.url: None for source in view.sources if urls.is_web(source.url)}
        around = dict.fromkeys(
            address
            for written in _around(view)
            if (address := written.partition("#")[0]) in self.pages and address != view.url and address not in text
        )
        return Leading(text=tuple(text), around=tuple(around), outward=tuple(outward))


def _around(view: View) -> Iterator[str]:
    yield from (card.url for card in (*view.related, *view.cards, *view.services))
    yield from (link.url for link in (view.previous, view.following) if link)
    yield from (link.url for link in (*(view.series.parts if view.series else ()), *view.topics, *view.crumbs))
    yield from (part.url for part in (view.targeting.parts if view.targeting else ()) if not isinstance(part, str))
    yield from (profile.url for profile in (*view.people, *((view.author,) if view.author else ())))
    yield from (place.url for group in view.places for place in group.places)
    yield from (section.link.url for section in view.sections if section.link)


def _turned(leading: Iterable[tuple[str, tuple[str, ...]]]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for url, targets in leading:
        for target in targets:
            found[target].append(url)
    return {url: tuple(sorted(sources)) for url, sources in found.items()}


def shown(text: str, *, size_px: float, width_px: int, lines: int) -> str:
    """Return what a search result shows of a text: as much as fits in so many lines, cut between words.

    A word that is wider than a line stands on one of its own.
    """
    done: list[str] = []
    line = ""
    scale = size_px / arial.TITLE_SIZE_PX
    pieces = text.split()
    for index, word in enumerate(pieces):
        wider = f"{line} {word}" if line else word
        ending = "" if index == len(pieces) - 1 or len(done) < lines - 1 else " ..."
        if line and arial.width_px(wider + ending) * scale > width_px:
            if len(done) == lines - 1:
                return " ".join((*done, f"{line} ..."))
            done.append(line)
            line = word
        else:
            line = wider
    return " ".join((*done, line))
