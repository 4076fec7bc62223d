"""What was made: views, the bytes of the output, and what a browser would read in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from .. import urls
from ..prose import Passage, Writing
from .ledgers import Addresses
from .view import FeedView, View

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .site import Site
    from .view import AnyView, Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A landmark of a page: ``header``, ``nav``, ``main`` or ``footer``; ``label`` is its ``aria-label``."""

    tag: str
    label: str = ""
    text: str = ""
    anchors: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """One HTML file as a parser reads it. Texts are plain, white space squeezed.

    Attributes:
        doctype: whether the file begins with the HTML doctype.
        head: the elements of the head in order, with their attributes.
        titles: the text of each ``<title>`` in the head.
        metas: (name or property, content) of each ``<meta>``, in order.
        links: (rel, href) of each ``<link>``.
        headings: (level, text) of h1 to h6.
        anchors: (href, name) of each ``<a href>``; the name is what a screen reader says.
        images: attributes of each ``<img>``.
        times: the ``datetime`` of each ``<time>``.
        regions: the landmarks in order.
        refused: what the site's Content-Security-Policy stops, in words.
        strays: names of elements in the body that mean something in the head alone.
        requests: addresses that a browser fetches by itself: scripts, styles, pictures, frames.
        structured_data: the text of each JSON-LD block.
        text: everything a reader sees.
        main: what a reader sees in ``<main>``.
        passages: what somebody wrote for the page, block by block: the article without offers, author and the like.
        hidden: texts that are in the file and that no reader sees.
    """

    doctype: bool
    head: tuple[tuple[str, Mapping[str, str]], ...]
    language: str
    titles: tuple[str, ...]
    metas: tuple[tuple[str, str], ...]
    links: tuple[tuple[str, str], ...]
    headings: tuple[tuple[int, str], ...]
    anchors: tuple[tuple[str, str], ...]
    images: tuple[Mapping[str, str], ...]
    ids: tuple[str, ...]
    times: tuple[str, ...]
    regions: tuple[Region, ...]
    refused: tuple[str, ...]
    strays: tuple[str, ...]
    requests: tuple[str, ...]
    structured_data: tuple[str, ...]
    text: str
    main: str
    passages: tuple[Passage, ...] = ()
    hidden: tuple[str, ...] = ()

    @cached_property
    def writing(self) -> Writing:
        """Return the passages with their measures, each of which is taken once."""
        return Writing(self.passages)

    def meta(self, name: str) -> tuple[str, ...]:
        """Return the contents of the metas with this name or property."""
        return tuple(content for key, content in self.metas if key == name)

    def region(self, tag: str) -> Region:
        """Return the first landmark of a kind, an empty one where there is none."""
        return next((region for region in self.regions if region.tag == tag), Region(tag=tag))


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture of the output as its own bytes say; sizes in pixels."""

    width: int
    height: int
    media_type: str


@dataclass(frozen=True, kw_only=True)
class Built:
    """A finished build: what was meant (``views``) and what was made (``files``, ``rendered``).

    Attributes:
        views: by output path.
        files: every HTML, XML, JSON, CSS and text file of the output by path, as bytes; a build reads each when it is
            asked for, and raises ``Refused`` when it is not the one that was made.
        digests: of the files of the output by path, SHA-256, as far as they are known.
        rendered: what stands in the HTML files, by path; a build parses each when it is asked for.
        paths: every path of the output, pictures and assets included.
        sizes: of every file of the output, in bytes, by path.
        pictures: those of the output that can be read, by path.
        addresses: what becomes of old addresses.
        hashes: of what each page says, by site address.
        memo: what those who judge it work out once, under a name of theirs; no part of the value.
    """

    site: Site
    frame: Frame
    views: Mapping[str, AnyView]
    files: Mapping[str, bytes] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    rendered: Mapping[str, Rendered] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()
    sizes: Mapping[str, int] = field(default_factory=dict)
    pictures: Mapping[str, PictureFile] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=Addresses)
    hashes: Mapping[str, str] = field(default_factory=dict)
    memo: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    @cached_property
    def served(self) -> Mapping[str, str]:
        """Return the output path of every site address that a file answers: folders by their ``index.html``.

        Without the index of the search: a site is judged while it is made, and as it would be afterwards.
        """
        return {
            f"/{path.removesuffix('index.html') if _is_index(path) else path}": path
            for path in self.paths
            if not path.startswith(_SEARCH_INDEX)
        }

    @cached_property
    def has_feed(self) -> bool:
        """Return whether the site has a feed."""
        return any(isinstance(view, FeedView) for view in self.views.values())

    @cached_property
    def pages(self) -> Mapping[str, View]:
        """Return the HTML pages by site address."""
        return {view.url: view for view in self.views.values() if isinstance(view, View)}


_SEARCH_INDEX: Final = urls.INDEX.lstrip("/")


def _is_index(path: str) -> bool:
    return path == "index.html" or path.endswith("/index.html")
