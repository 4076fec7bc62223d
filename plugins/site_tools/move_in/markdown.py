"""HTML of a blog host in, Markdown out, a block at a time, as the writer would have typed it."""

from __future__ import annotations

import copy
import html
import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import unquote, urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from markdownify import ATX, MarkdownConverter, chomp

from local_seo import urls
from local_seo.text import squeeze

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Kind = Literal["heading", "paragraph", "list", "picture", "other"]

# What a reader never saw, or what the machine of the old host did: neither words nor pictures of the writer.
UNSEEN: Final = (
    "script, style, template, form, input, select, textarea, svg, .v6-visually-hidden, .visually-hidden,"
    " .screen-reader-text, .sqs-block-form, .newsletter-form-wrapper, .sqs-block-newsletter, .sqs-block-spacer,"
    " .sharedaddy, .jp-relatedposts"
)
_FORMS: Final = "form, .sqs-block-form, .newsletter-form-wrapper, .sqs-block-newsletter"
_CONTAINERS: Final = frozenset(
    "[document] html body div section article main aside header footer nav center details summary fieldset address "
    "figure noscript dialog picture hgroup label button".split()
)
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_BLOCKS: Final = frozenset({*_HEADINGS, "p", "ul", "ol", "blockquote", "pre", "table", "hr", "dl"})
_PLAIN: Final = ("span", "font", "big", "tt", "bdo", "u", "ins", "nobr", "time", "acronym", "label", "button")
_FRAMES: Final = ("iframe", "video", "audio", "object", "embed")
_SAFE: Final = frozenset(
    "a abbr b blockquote br caption cite code dd del dl dt em h2 h3 h4 h5 h6 hr i img kbd li mark ol p pre q s small "
    "strong sub sup table tbody td tfoot th thead tr ul".split()
)
_KEPT_ATTRIBUTES: Final = frozenset({"href", "src", "alt", "colspan", "rowspan"})
_ALT_IS_NAME: Final = re.compile(
    r"\S*\.(?:jpe?g|png|gif|webp|avif|heic|svg)|(?:img|dsc|image)[_\- ]?\d+", re.IGNORECASE
)
_INVISIBLE: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
_OPEN, _CLOSE = "\ue010", "\ue011"  # around the number of a picture whose file is not known yet
_PICTURE: Final = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_PICTURE_FILE: Final = re.compile(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", re.IGNORECASE)
_START_DIGITS_MOST: Final = 6  # of the number that a list begins with


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture of a text: its address on the old host, its alternative text and its caption, plain."""

    url: str
    alt: str = ""
    caption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, heading, list ... of the new text.

    Attributes:
        markdown: pictures stand in it as numbers in private characters; ``placed`` names their files.
        text: plain.
        lines: the plain text of each line, list entry or cell.
        links: where it leads, new addresses.
        raw: the same as HTML, for the rare block that Markdown cannot say.
    """

    kind: Kind
    markdown: str
    text: str
    lines: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    raw: str = ""

    def shows(self, picture: int) -> bool:
        """Return whether the picture of this number stands in it."""
        return f"{_OPEN}{picture}{_CLOSE}" in self.markdown


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """A whole text. ``pictures``: by the number that stands in the blocks. ``notes``: what was done on purpose."""

    blocks: tuple[Block, ...]
    pictures: tuple[Picture, ...]
    notes: tuple[str, ...]


def picture_key(url: str) -> str:
    """Return what makes two addresses the same picture: host and path, without the size that was asked for."""
    parts = urls.split(f"https:{url}" if url.startswith("//") else url)
    path = unquote(parts.path).replace("+", " ")
    try:
        host = (parts.hostname or "").lower()
    except ValueError:
        host = ""
    return f"{host}{re.sub(r'-[0-9]{2,4}x[0-9]{2,4}(?=[.][A-Za-z]{3,4}$)', '', path)}"


def absolute(base: str, url: str) -> str:
    """Return an address relative to another as an absolute one; as it is where it cannot be taken apart."""
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def picture_of(attributes: Mapping[str, Any]) -> str:
    """Return the address of the picture that an ``img`` shows, whatever loads it; empty when there is none."""
    for name in ("data-image", "data-src", "data-lazy-src", "data-original", "src"):
        value = attributes.get(name)
        if isinstance(value, str) and value.strip() and not value.strip().lower().startswith("data:"):
            return value.strip()
    candidates = attributes.get("srcset") or attributes.get("data-srcset")
    first = str(candidates or "").split(",")[0].split()
    return first[0] if first and not first[0].startswith("data:") else ""


def alt_of(attributes: Mapping[str, Any]) -> str:
    """Return an alternative text, plain; a bare file name is none."""
    # Some exports escape it twice.
    alt = squeeze(html.unescape(str(attributes.get("alt") or "")))
    return "" if _ALT_IS_NAME.fullmatch(alt) else alt


def convert(
    source: str, link: Callable[[str], str | None], base: str, rewritten: Callable[[str], str] = lambda text: text
) -> Converted:
    """Return HTML as Markdown blocks.

    Args:
        source: HTML; damaged is fine.
        link: the new address of an old one; None where it leads nowhere any more.
        base: the old address of the text, for relative addresses of pictures.
        rewritten: what happens to a run of plain text, such as a changed address.
    """
    source = _INVISIBLE.sub("", source.replace("\x00", "").replace(_OPEN, "").replace(_CLOSE, ""))
    writer = _Writer(link, base)
    try:
        soup = BeautifulSoup(source, "lxml")
        for run in soup.find_all(string=True):
            if isinstance(run, PreformattedString):
                run.extract()
            elif (new := rewritten(run)) != run:
                run.replace_with(NavigableString(new))
        writer.tidy(soup)
        blocks = writer.blocks(soup)
    except RecursionError:
        return _deep(source)
    return Converted(blocks=blocks, pictures=tuple(writer.pictures), notes=tuple(dict.fromkeys(writer.notes)))


def _deep(source: str) -> Converted:
    """Return the words alone of HTML that nests too deeply to be looked at in any other way."""
    text = squeeze(html.unescape(re.sub(r"<[^>]*>", " ", source)))
    return Converted(
        blocks=(prose(text),), pictures=(), notes=("its HTML nests too deeply, so only the words were kept",)
    )


def prose(text: str) -> Block:
    """Return a plain text as a paragraph."""
    raw = f"<p>{html.escape(text, quote=False)}</p>"
    return Block(kind="paragraph", markdown=_started(_escaped(text)), text=text, lines=(text,), raw=raw)


def placed(markdown: str, paths: Mapping[int, str]) -> str:
    """Return Markdown with the paths of its pictures; one without a path goes, and its caption stays."""
    missing = {int(number) for number in _PICTURE.findall(markdown)} - set(paths)
    for number in sorted(missing):
        token = f"{_OPEN}{number}{_CLOSE}"
        figure = rf"<figure>\n.*?{token}.*?\n<figcaption>(.*?)</figcaption>\n</figure>"
        markdown = re.sub(figure, r"\1", markdown, flags=re.DOTALL)
        shown = rf"!\[(?:[^\]\\]|\\.)*\]\({token}\)"
        markdown = re.sub(rf"\[{shown}\]\([^)]*\)|{shown}|<img [^>]*{token}[^>]*>", "", markdown)
    return _PICTURE.sub(lambda match: f"{{static}}/{paths[int(match[1])]}", markdown)


def levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield blocks with headings from the second level on, none more than one below the one before."""
    above: list[int] = []
    for block in blocks:
        if block.kind != "heading":
            yield block
            continue
        hashes, _, says = block.markdown.partition(" ")
        while above and above[-1] >= len(hashes):
            above.pop()
        above.append(len(hashes))
        new = min(len(above) + 1, 6)
        raw = re.sub(r"^(<h)[1-6]|(</h)[1-6](?=>$)", lambda m, new=new: f"{m[1] or m[2]}{new}", block.raw)
        yield replace(block, markdown=f"{'#' * new} {says}", raw=raw)


class _Writer:
    """Tidies the HTML of one text and writes its blocks."""

    def __init__(self, link: Callable[[str], str | None], base: str) -> None:
        self._link = link
        self._base = base
        self.pictures: list[Picture] = []
        self.notes: list[str] = []
        self._numbers: dict[str, int] = {}
        self._converter = _Converter(heading_style=ATX, bullets="-", sup_symbol="<sup>", sub_symbol="<sub>")

    # --- tidying ---

    def tidy(self, soup: BeautifulSoup) -> None:
        """Leave what a reader saw, in elements that Markdown knows."""
        self._embeds(soup)
        if soup.select_one(_FORMS):
            self.notes.append("a form was left out: this site has none, it asks readers to call or write")
        for unseen in soup.select(UNSEEN):
            unseen.decompose()
        self._lazy_pairs(soup)
        for picture in soup.find_all("img"):
            self._picture(picture)
        for element in soup.find_all(_PLAIN):
            element.unwrap()
        for item in soup.select("li.accordion-item"):
            item.name = "section"
            if item.parent is not None and item.parent.name in {"ul", "ol"}:
                item.parent.name = "div"
        for summary in soup.find_all("summary"):
            if not summary.find(_HEADINGS):
                summary.name = "h3"
        for line in soup.find_all("figcaption"):
            if not line.find_parent("figure"):
                line.name = "p"
        for figure in soup.find_all("figure"):
            self._figure(figure)
        for wrapper in soup.select(".image-block-outer-wrapper, .slide, .wp-caption"):
            self._wrapped(wrapper)
        for link in soup.find_all("a"):
            self._anchor(link)
        for element in soup.find_all(["b", "i"]):
            element.name = {"b": "strong", "i": "em"}[element.name]
        for element in soup.find_all(["strong", "em"]):
            # A heading is strong already.
            if element.find_parent([element.name, *(_HEADINGS if element.name == "strong" else ())]):
                element.unwrap()
        soup.smooth()
        self._joined_emphasis(soup)

    def _embeds(self, soup: BeautifulSoup) -> None:
        for block in soup.select("[data-html]"):
            inner = BeautifulSoup(html.unescape(str(block["data-html"])), "lxml")
            block.clear()
            del block["data-html"]
            block.extend([frame.extract() for frame in inner.find_all(_FRAMES)])
        for block in soup.select("[data-block-json]"):
            try:
                value = json.loads(str(block["data-block-json"]))
            except (ValueError, RecursionError):
                continue
            url = value.get("url") if isinstance(value, dict) else None
            if isinstance(url, str) and urls.is_web(url) and not block.find(_FRAMES):
                block.append(soup.new_tag("iframe", src=url))
        for frame in soup.find_all(_FRAMES):
            if not frame.decomposed:
                self._frame(soup, frame)

    def _frame(self, soup: BeautifulSoup, frame: Tag) -> None:
        nested = frame.find("source")
        said = (frame.get("src"), frame.get("data-src"), frame.get("data"), nested.get("src") if nested else "")
        address = next((str(each) for each in said if each), "")
        url = _watched(f"https:{address}" if address.startswith("//") else address)
        if not urls.is_web(url):
            frame.decompose()
            return
        if frame.name == "audio":
            says = "Recording on"
        elif "/maps" in url:
            says = "Map on"
        elif frame.name == "video" or re.search(r"youtu|vimeo|video|\.mp4", url):
            says = "Video on"
        else:
            says = "Open"
        paragraph = soup.new_tag("p")
        target = soup.new_tag("a", href=url)
        target.string = f"{says} {urls.host_of(url)}"
        paragraph.append(target)
        frame.replace_with(paragraph)
        self.notes.append(f"what was embedded from {urls.host_of(url)} is a link now")

    def _lazy_pairs(self, soup: BeautifulSoup) -> None:
        """Keep one of each two: a picture for browsers without scripts, and the same for those with."""
        for spare in soup.find_all("noscript"):
            shown = {picture_key(picture_of(twin.attrs)): twin for twin in reversed(_near(spare))}
            for picture in spare.find_all("img"):
                twin = shown.get(picture_key(picture_of(picture.attrs)))
                if twin is None:
                    continue
                # The alternative text may stand on one of the two only.
                if not alt_of(twin.attrs):
                    twin["alt"] = alt_of(picture.attrs)
                picture.decompose()
            # One that is never closed holds the rest of the text.
            spare.unwrap()

    def _picture(self, picture: Tag) -> None:
        url = picture_of(picture.attrs)
        if not url:
            picture.decompose()
            return
        url = absolute(self._base, url)
        alt = alt_of(picture.attrs)
        key = picture_key(url)
        if key not in self._numbers:
            self._numbers[key] = len(self.pictures)
            self.pictures.append(Picture(url=url, alt=alt))
        picture.attrs = {"src": f"{_OPEN}{self._numbers[key]}{_CLOSE}", "alt": alt}

    def _figure(self, figure: Tag) -> None:
        """Make a quotation with its source one quotation; leave a picture with its caption as it is."""
        quotation = figure.find("blockquote")
        caption = figure.find("figcaption")
        if quotation is not None and not figure.find("img"):
            if caption is not None:
                caption.name = "p"
                quotation.append(caption.extract())
            figure.unwrap()
        elif len(figure.find_all("img")) != 1 or figure.find(["table", "ul", "ol", "figure"]):
            if caption is not None:
                caption.name = "p"
            figure.name = "div"

    def _wrapped(self, wrapper: Tag) -> None:
        """Make a figure of a picture whose caption is no caption by its element's name."""
        if wrapper.decomposed or wrapper.name == "figure" or wrapper.find("figure") or wrapper.find_parent("figure"):
            return
        caption = wrapper.select_one(".image-caption-wrapper, .image-caption, .meta, .wp-caption-text")
        if len(wrapper.find_all("img")) == 1 and caption is not None and caption.get_text(strip=True):
            caption.name = "figcaption"
            wrapper.name = "figure"

    def _anchor(self, link: Tag) -> None:
        href = str(link.get("href") or "").strip()
        if link.find("img") is not None and not link.get_text(strip=True):
            key = picture_key(absolute(self._base, href))
            # A picture that leads to itself in large: the site has no such pages.
            if not href or href == "#" or key in self._numbers or _PICTURE_FILE.search(href):
                link.unwrap()
                return
        new = self._link(href) if href else None
        if new is None:
            link.unwrap()
        else:
            link.attrs = {"href": new}

    def _joined_emphasis(self, soup: BeautifulSoup) -> None:
        """Join emphasis that only an editor parted, and drop what is around nothing."""
        for element in soup.find_all(["strong", "em"]):
            if element.decomposed or element.parent is None:
                continue
            if not element.get_text(strip=True):
                element.unwrap()
                continue
            follower = element.next_sibling
            while isinstance(follower, Tag) and follower.name == element.name:
                element.extend([child.extract() for child in list(follower.contents)])
                follower.decompose()
                follower = element.next_sibling

    # --- blocks ---

    def blocks(self, soup: BeautifulSoup) -> tuple[Block, ...]:
        """Return the blocks of a tidy text in order."""
        return tuple(block for element in self._elements(soup, soup) for block in self._written(element))

    def _elements(self, node: Tag, soup: BeautifulSoup) -> Iterator[Tag]:
        """Yield the block elements below a node; runs of text between them become paragraphs."""
        run: list[Any] = []

        def flushed() -> Iterator[Tag]:
            paragraph = soup.new_tag("p")
            paragraph.extend([part.extract() for part in run])
            run.clear()
            if _says_something(paragraph):
                yield paragraph

        for child in list(node.children):
            if not isinstance(child, Tag):
                run.append(child)
            elif child.name == "figure" and child.find("img"):
                yield from flushed()
                yield child
            elif child.name in _CONTAINERS:
                yield from flushed()
                yield from self._elements(child, soup)
            elif child.name in _BLOCKS:
                yield from flushed()
                if child.name == "p" and child.find([*_BLOCKS, "figure", "div"]):
                    yield from self._elements(child, soup)
                elif child.name == "blockquote":
                    inside = list(self._elements(child, soup))
                    child.clear()
                    child.extend(inside)
                    yield child
                elif _says_something(child) or child.name == "hr":
                    yield child
            elif child.find([*_BLOCKS, "figure"]):
                yield from flushed()
                yield from self._around(child, soup)
            else:
                run.append(child)
        yield from flushed()

    def _around(self, inline: Tag, soup: BeautifulSoup) -> Iterator[Tag]:
        """Yield the blocks within a link or other run, each with that link inside it."""
        for block in self._elements(inline, soup):
            if inline.name == "a" and block.name in {"p", *_HEADINGS}:
                link = soup.new_tag("a", href=str(inline["href"]))
                link.extend([part.extract() for part in list(block.contents)])
                block.append(link)
            yield block

    def _written(self, element: Tag) -> Iterator[Block]:
        if element.name == "p" and not element.get_text(strip=True):
            for picture in element.find_all("img"):
                parent = picture.parent
                yield self._block(parent if parent is not None and parent.name == "a" else picture, "picture")
        elif element.name == "figure":
            yield from self._figures(element)
        elif element.name in _HEADINGS:
            yield self._block(element, "heading")
        elif element.name == "p":
            yield self._block(element, "paragraph")
        else:
            yield self._block(element, "list" if element.name in {"ul", "ol"} else "other")

    def _figures(self, figure: Tag) -> Iterator[Block]:
        picture, caption = figure.find("img"), figure.find("figcaption")
        if picture is None:
            return
        shown = picture.find_parent("a") or picture
        said = squeeze(caption.get_text(" ")) if caption else ""
        if caption is None or not said:
            yield self._block(shown, "picture")
        else:
            number = int(_PICTURE.findall(str(picture["src"]))[0])
            if not self.pictures[number].caption:
                self.pictures[number] = replace(self.pictures[number], caption=said)
            inner = _plain_tags(caption)
            inner = squeeze(re.sub(r"</?(?:p|div|figcaption|h[1-6]|br)\b[^>]*>", " ", inner))
            raw = f"<figure>\n{_plain_tags(shown)}\n<figcaption>{inner}</figcaption>\n</figure>"
            links = tuple(str(link["href"]) for link in figure.find_all("a", href=True))
            yield Block(kind="picture", markdown=raw, text=said, lines=(said,), links=links, raw=raw)
        # A card of Squarespace has words beside its picture that are no caption.
        shown.extract()
        if caption is not None:
            caption.extract()
        for block in self._elements(figure, BeautifulSoup("", "lxml")):
            yield from self._written(block)

    def _block(self, element: Tag, kind: Kind) -> Block:
        element = copy.copy(element)
        links = [str(link["href"]) for link in element.find_all("a", href=True)]
        if element.name == "a" and element.get("href"):
            links.append(str(element["href"]))
        raw = _plain_tags(element)
        parts = element.find_all(["li", "td", "th"]) or [element]
        lines = [squeeze(line) for part in parts for line in _with_breaks(part).split("\n")]
        markdown: str = self._converter.process_tag(element, parent_tags=set()).strip("\n")
        if element.name == "table" and element.find(["table", "ul", "ol", "blockquote", "pre", "figure"]):
            markdown = raw
        return Block(
            kind=kind,
            markdown="\n".join(row if row.endswith("  ") else row.rstrip() for row in markdown.split("\n")).rstrip(),
            text=squeeze(_with_breaks(element)),
            lines=tuple(line for line in lines if line),
            links=tuple(dict.fromkeys(links)),
            raw=raw,
        )


class _Converter(MarkdownConverter):
    """markdownify with the escapes and indents of the Markdown that this site reads.

    Source: https://python-markdown.github.io/#differences
    """

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 - the library's signature
        """Return plain text so that it shows as it is."""
        return _escaped(text)

    def convert_p(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return a paragraph whose lines begin with nothing that Markdown has a use for."""
        if "_inline" in parent_tags:
            return f" {text.strip()} "
        return f"\n\n{_started(text)}\n\n" if text.strip() else ""

    def convert_br(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return a line break."""
        return " " if "_inline" in parent_tags else "  \n"

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a link whose address may stand between parentheses."""
        href = el.get("href")
        if "_noformat" in parent_tags or not href:
            return text
        before, after, inside = chomp(text)
        return f"{before}[{inside}]({encoded(str(href))}){after}" if inside else ""

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return a picture, in tables and headings too."""
        return f"![{_escaped(str(el.get('alt') or ''))}]({el.get('src')})"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return an entry; what belongs to it is indented by four, whatever the bullet."""
        text = text.strip()
        if not text:
            return ""
        first = next((child for child in el.children if isinstance(child, Tag) or str(child).strip()), None)
        if not (isinstance(first, Tag) and first.name in _BLOCKS):
            head, line_end, rest = text.partition("\n")
            text = _started(head) + line_end + rest
        bullet = "- "
        if el.parent is not None and el.parent.name == "ol":
            start = str(el.parent.get("start") or "1")
            number = int(start) if re.fullmatch(rf"[0-9]{{1,{_START_DIGITS_MOST}}}", start) else 1
            bullet = f"{number + len(el.find_previous_siblings('li'))}. "
        lines = text.split("\n")
        return "\n".join([bullet + lines[0], *(f"    {line}" if line.strip() else "" for line in lines[1:])]) + "\n"

    def convert_del(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return text that was struck out."""
        return f"<del>{text}</del>" if text.strip() else text

    convert_s = convert_del

    def convert_mark(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return marked text."""
        return f"<mark>{text}</mark>" if text.strip() else text

    def convert_td(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a cell."""
        cell: str = super().convert_td(el, text.replace("|", "\\|"), parent_tags)
        return cell

    def convert_th(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """Return a heading cell."""
        cell: str = super().convert_th(el, text.replace("|", "\\|"), parent_tags)
        return cell

    def convert_pre(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Return lines as they are."""
        fence = "~" * max(3, max((len(run) for run in re.findall("~+", text)), default=0) + 1)
        inside = text.strip("\n")
        return f"\n\n{fence}\n{inside}\n{fence}\n\n" if inside.strip() else ""


_ENTITY_LIKE: Final = re.compile(r"&(?=#?\w{1,31};)")
_TAG_LIKE: Final = re.compile(r"<(?=[A-Za-z/!?])")
_OUTER_UNDERSCORE: Final = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_SPECIAL: Final = re.compile(r"([*`\[\]{}]|\\(?=[\\`*_{}\[\]()>#+\-.!|]))")
_LINE_START: Final = re.compile(r"^(?:([#>])|([+\-])(?=\s|$|-|\+)|(\d{1,9})\.(?=\s|$)|([:=~|]))", re.MULTILINE)


def _escaped(text: str) -> str:
    """Return plain text as Markdown that shows just that."""
    text = _SPECIAL.sub(r"\\\1", text)
    text = _TAG_LIKE.sub("&lt;", _ENTITY_LIKE.sub("&amp;", text))
    return _OUTER_UNDERSCORE.sub(r"\_", text)


def _started(text: str) -> str:
    """Return a paragraph whose lines begin with nothing that would make them a list, heading or quotation."""
    return _LINE_START.sub(_unstarted, "\n".join(line.lstrip() for line in text.strip().split("\n")))


def _unstarted(match: re.Match[str]) -> str:
    sign, bullet, number, other = match.groups()
    if number:
        return f"{number}\\."
    return f"&#{ord(other)};" if other else f"\\{sign or bullet}"


def encoded(href: str) -> str:
    """Return an address that may stand between parentheses."""
    return re.sub(r"[\s()<>\"\\]", lambda match: f"%{ord(match.group()):02X}", href)


def _near(spare: Tag) -> list[Tag]:
    """Return the pictures beside a ``noscript``, the nearest first."""
    beside = [*spare.find_next_siblings("img", limit=2), *spare.find_previous_siblings("img", limit=2)]
    if beside or spare.parent is None:
        return beside
    return [p for p in spare.parent.find_all("img", limit=6) if p.find_parent("noscript") is None]


def _says_something(element: Tag) -> bool:
    return bool(element.find("img") or element.name == "img" or element.get_text().replace("\xa0", " ").strip())


def _watched(url: str) -> str:
    """Return the address of a video's own page instead of that of its player."""
    if found := re.match(r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w\-]+)", url):
        return f"https://www.youtube.com/watch?v={found[1]}"
    if found := re.match(r"https?://player\.vimeo\.com/video/(\d+)", url):
        return f"https://vimeo.com/{found[1]}"
    return url


def _with_breaks(element: Tag) -> str:
    """Return plain text with a line end for each break and each block."""
    parts: list[str] = []
    for node in element.descendants:
        if isinstance(node, NavigableString):
            parts.append(re.sub(r"\s+", " ", str(node)))
        elif isinstance(node, Tag) and (node.name in _BLOCKS or node.name in {"br", "li", "td", "th", "dt", "dd"}):
            parts.append("\n")
    return "".join(parts)


def _plain_tags(element: Tag) -> str:
    """Return an element as HTML of the few elements and attributes that a content file may have."""
    twin = copy.copy(element)
    for inner in [twin, *twin.find_all()]:
        for name in set(inner.attrs) - _KEPT_ATTRIBUTES:
            del inner.attrs[name]
    for inner in twin.find_all():
        if inner.name not in _SAFE:
            inner.unwrap()
    return re.sub(r"\n\s*\n", "\n", twin.decode(formatter="minimal")).replace("/>", ">")
