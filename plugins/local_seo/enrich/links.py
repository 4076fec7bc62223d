"""Where the links and pictures of a body lead, and what is wrong with those that lead nowhere."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markupsafe import escape

from .. import limits, urls
from ..edits import Edit
from ..errors import Finding, error
from ..model.page import Page, PageKind
from ..model.site import INTERNAL
from ..model.view import Link
from ..text import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ..model.body import Element
    from ..model.document import Document
    from ..model.site import Image, Site

    Line = Callable[[], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """What became of a body's addresses.

    Attributes:
        edits: changes to the body's HTML: addresses, sizes and loading of pictures, alignment of table cells.
        findings: links and pictures that lead nowhere, with the line in the Markdown.
    """

    edits: tuple[Edit, ...]
    findings: tuple[Finding, ...]


def written(document: Document, site: Site) -> tuple[Link, ...]:
    """Return the writer's own links in order, with the address of the page that each leads to.

    Dead ones stay as they were typed; an anchor behind an address is left out.
    """
    resolver = _Resolver(document, site, absolute=False, eager=False)
    anchors = [each for each in document.body.tagged("a") if "href" in each.attributes]
    return tuple(Link(each.text, resolver.link(each.attributes["href"]).partition("#")[0]) for each in anchors)


def resolve(document: Document, site: Site, *, absolute: bool = False, eager: bool = False) -> Resolved:
    """Return the edits that make a body's addresses real, and every dead one.

    Args:
        document: whose body is read.
        site: what exists.
        absolute: whether addresses get the origin in front, as feeds need it.
        eager: whether the first picture stands on the first screen and must not wait.
    """
    resolver = _Resolver(document, site, absolute=absolute, eager=eager)
    return Resolved(edits=tuple(resolver.edits()), findings=tuple(resolver.findings))


class _Resolver:
    def __init__(self, document: Document, site: Site, *, absolute: bool, eager: bool) -> None:
        self._document = document
        self._site = site
        self._absolute = absolute
        self._eager = eager
        self._uses: Counter[str] = Counter()
        self.findings: list[Finding] = []

    def edits(self) -> Iterator[Edit]:
        for element in self._document.body:
            wanted: dict[str, str | None] = {}
            tag = element.tag
            image = None
            if tag == "a" and "href" in element.attributes:
                address = self.link(element.attributes["href"])
                wanted["href"] = address
                if urls.is_web(address) and not address.startswith(f"{self._site.origin}/"):
                    wanted["rel"] = _relation(element)
            elif tag == "img":
                image = self._image(element)
                wanted |= self._picture(element, image) if image else {}
            elif tag == "table":
                # A table that is wider than the screen scrolls in itself; the keyboard must reach it to do so.
                wanted["tabindex"] = "0"
            elif tag == "th" and self._heads_nothing(element):
                # The empty corner of a table is a plain cell.
                tag = "td"
                wanted["scope"] = None
                yield Edit(element.close, element.end, "</td>")
            if "style" in element.attributes:
                wanted |= _aligned(element)
            if not wanted:
                continue
            edits = _rewritten(element, tag, wanted)
            # A feed reader gets the one file that it is sure to know.
            yield from map(_with_sources(image, wanted), edits) if image and not self._absolute else edits

    def _heads_nothing(self, element: Element) -> bool:
        inside = (e for e in self._document.body.tagged("img") if element.inside <= e.start < element.close)
        name = element.text or element.attributes.get("aria-label")
        return not (name or any(e.attributes.get("alt") for e in inside))

    def _line(self, written: str) -> Line:
        """Return how to find the line of the next use of an address: only a bad one is looked for."""
        nth = self._uses[written]
        self._uses[written] += 1
        return partial(self._document.source.line_of, written or "]()", nth)

    def _bad(self, line: Line, check: str, what: str, remedy: str) -> None:
        self.findings.append(error(self._document.path, line(), check, what, remedy))

    def _image(self, element: Element) -> Image | None:
        written = element.attributes.get("src", "")
        line = self._line(written)
        path = self._site.file_at(self._document, written)
        image: Image | None = self._site.images.get(path)
        if image is None:
            what = f"the picture {quoted(written)} does not exist"
            remedy = nearest(path, self._site.images) if self._site.images else "put it below content/images/"
            if urls.is_absolute(written):
                what = f"the picture {quoted(written)} lies on another host"
                remedy = "save it below content/images/ and name it {static}/images/..."
            self._bad(line, "dead-link", what, remedy)
        return image

    def _picture(self, element: Element, image: Image) -> dict[str, str | None]:
        first = self._eager
        self._eager = False
        return {
            "src": self._shown(image.url),
            "alt": element.attributes.get("alt", ""),
            **_size(element, image),
            **({"fetchpriority": "high"} if first else {"loading": "lazy", "decoding": "async"}),
        }

    def link(self, written: str) -> str:
        """Return the address that a link gets; as written when it leads nowhere."""
        line = self._line(written)
        if scheme := urls.scheme_of(written):
            if scheme not in urls.SCHEMES:
                what = f"a link to {quoted(written)}"
                self._bad(line, "bad-scheme", what, "allowed: https, http, mailto, tel, and pages of this site")
                return written
            own = self._own(written)
            if own == written:
                return written
            written = own
        elif written.startswith("//"):
            self._bad(line, "bad-scheme", f"a link to {quoted(written)}", "begin it with https://")
            return written
        if found := INTERNAL.fullmatch(written):
            path, mark, anchor = found.group(2).partition("#")
            page_url = self._source(
                self._site.file_at(self._document, written), written, line, is_file=found.group(1) != "filename"
            )
        else:
            path, mark, anchor = written.partition("#")
            page_url = self._address(path, written, line)
        if page_url is None:
            return written
        # A place without a page of its own already leads to an anchor.
        if not mark or "#" in page_url:
            return self._shown(page_url)
        self._check_anchor(page_url, anchor, written, line)
        is_here = page_url == self._here
        return f"{self._shown(page_url) if self._absolute or not is_here else ''}#{anchor}"

    @property
    def _here(self) -> str:
        page = self._site.page_of(self._document)
        return page.url if page else ""

    def _own(self, url: str) -> str:
        for origin in (self._site.facts.practice.url, self._site.origin):
            url = urls.site_address(url, origin)
        return url

    def _shown(self, url: str) -> str:
        return self._site.absolute(url) if self._absolute else url

    def _source(self, path: str, written: str, line: Line, *, is_file: bool) -> str | None:
        """Return the address of a content file."""
        site = self._site
        if not is_file and path in site.by_source:
            return site.by_source[path].url
        if path in site.images:
            return site.images[path].link
        if path.startswith("extra/") and f"/{path.removeprefix('extra/')}" in site.extra:
            return f"/{path.removeprefix('extra/')}"
        if path in site.withheld:
            if not site.withheld[path].reason:
                return None
            what = f"the link {quoted(written)} leads to {site.withheld[path].reason}"
            self._bad(line, "dead-link", what, "publish it first, or take the link out")
            return None
        if path in site.by_path:
            slug = site.by_path[path].slug
            if path.startswith("areas/") and site.facts.place(slug):
                return f"{urls.AREAS}#{slug}"
            what = f"the link {quoted(written)} leads to a file that has no page of its own"
            self._bad(line, "dead-link", what, "take the link out")
            return None
        files = [*site.by_source, *site.images]
        what = f"the link {quoted(written)} leads to no file"
        self._bad(line, "dead-link", what, nearest(path, files))
        return None

    def _address(self, path: str, written: str, line: Line) -> str | None:
        """Return a site address that was typed as one, when it leads somewhere."""
        site = self._site
        if not written:
            self._bad(line, "dead-link", "a link without an address", "add one, or take the link out")
            return None
        if not path:
            return self._here
        plain = unquote(path.partition("?")[0])
        if plain in site.by_url or plain in site.extra:
            return path
        if image := site.images.get(site.file_at(self._document, written)):
            return image.link
        if plain == urls.FEED and site.articles:
            return path
        what = f"the link {quoted(written)} leads nowhere on this site"
        if not path.startswith("/"):
            self._bad(line, "dead-link", what, "write {filename}/folder/file.md, /an/address/ or https://...")
        elif f"{plain}/" in site.by_url or plain.removesuffix("index.html") in site.by_url:
            right = f"{plain}/" if f"{plain}/" in site.by_url else plain.removesuffix("index.html")
            self._bad(line, "dead-link", what, f"write {right}")
        else:
            self._bad(line, "dead-link", what, nearest(plain, site.by_url))
        return None

    def _check_anchor(self, page_url: str, anchor: str, written: str, line: Line) -> None:
        page = self._site.by_url.get(unquote(page_url.partition("?")[0]))
        known = _anchors(page, self._site) if page else frozenset()
        if anchor and unquote(anchor) not in known:
            what = f"the link {quoted(written)} leads to no heading or id of that page"
            self._bad(line, "dead-link", what, nearest(anchor, known))


def _rewritten(element: Element, tag: str, wanted: Mapping[str, str | None]) -> Iterator[Edit]:
    """Yield the edit that gives an element this name and these attributes; None removes one."""
    values: dict[str, str | None] = {**element.attributes, **wanted}
    if tag == element.tag and values == element.attributes:
        return
    pairs = (f' {name}="{escape(value)}"' for name, value in values.items() if value is not None)
    yield Edit(element.start, element.inside, f"<{tag}{''.join(pairs)}>")


def _relation(element: Element) -> str:
    """Return what a link to another site is: ``external``, and what the writer says of it, such as ``sponsored``.

    Source: https://html.spec.whatwg.org/multipage/links.html#link-type-external
    """
    return " ".join(dict.fromkeys(("external", *element.attributes.get("rel", "").lower().split())))


def _with_sources(image: Image, shown: Mapping[str, str | None]) -> Callable[[Edit], Edit]:
    """Return what puts the other files of a picture around its ``<img>``."""
    width = int(shown["width"] or 0)
    narrow = width < limits.PICTURE_COLUMN_PX
    lines = "".join(
        _source_element(kind, files, f"{width}px" if narrow else limits.PICTURE_COLUMN)
        for kind, files in image.sources(width if narrow else limits.PICTURE_COLUMN_LEAST_PX)
    )
    return lambda edit: replace(edit, new=f"<picture>{lines}{edit.new}</picture>") if lines else edit


def _source_element(kind: str, files: str, sizes: str) -> str:
    """Return a ``<source>``; ``sizes`` only where there is something to choose."""
    choice = f' sizes="{sizes}"' if "," in files else ""
    return f'<source{choice} srcset="{files}" type="{kind}">'


def _aligned(element: Element) -> dict[str, str | None]:
    """Return an alignment as a class: tables carry it inline, which the Content-Security-Policy forbids."""
    align = re.search(r"text-align:\s*(\w+)", element.attributes["style"])
    classes = [element.attributes.get("class", ""), f"align-{align.group(1)}" if align else ""]
    return {"style": None, "class": " ".join(filter(None, classes)) or None}


def _size(element: Element, image: Image) -> dict[str, str | None]:
    """Return width and height; with one of them written, the other keeps the picture's proportions."""
    width, height = (element.attributes.get(name, "") for name in ("width", "height"))
    if width.isdecimal() and not height:
        height = str(round(int(width) * image.height / image.width))
    elif height.isdecimal() and not width:
        width = str(round(int(height) * image.width / image.height))
    return {"width": width or str(image.width), "height": height or str(image.height)}


def _anchors(page: Page, site: Site) -> frozenset[str]:
    """Return the ids of a page that a writer may link to."""
    own = page.document.ids if page.document else frozenset()
    if page.kind is PageKind.AREAS:
        return own | {place.slug for place in site.facts.places}
    if page.kind is PageKind.AREA:
        return own | {service.slug for service in site.facts.services}
    return own
