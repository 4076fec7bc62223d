"""HTML text in, outline out: the one parse of a body."""

from __future__ import annotations

import html
import re
from collections import Counter
from html.parser import HTMLParser

from ..model.body import Body, Element
from ..text import squeeze

VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# A paragraph and the like may be left open in HTML; these tags end it.
_BLOCK = frozenset(
    "address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr "
    "main nav ol p pre section table ul".split()
)

# Elements that keep the words before, in and after them apart.
_APART = _BLOCK | frozenset("br caption dd dt figcaption li summary td th tr".split())


# One piece of HTML as Markdown and most writers write it: words, or a tag in lower case, its values in double quotes.
_PIECE = re.compile(r"""([^<]+)|<(/?)([a-z][a-z0-9]*)((?:[ ][a-z-]+="[^"<>]*")*)[ ]?/?>""")
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"<>]*)"')
_REFERENCE = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{0,30}|#[0-9]{1,30});")
# What stands in these is no HTML; which they are differs between versions of Python.
_OTHER_RULES = frozenset("iframe noembed noframes noscript plaintext script style textarea title xmp".split())


def outline(text: str) -> Body:
    """Return the outline of an HTML fragment; never raises, wrong nesting is listed in ``stray``."""
    found = _Outline(text)
    if not _is_plain(text, found):
        found = _Outline(text)
        parser = _Parser(text, found)
        parser.feed(text)
        parser.close()
    return found.body()


def _is_plain(text: str, found: _Outline) -> bool:
    """Return whether a text is all plain pieces, where the library has nothing to add; and hand them on."""
    at = 0
    for match in _PIECE.finditer(text):
        start, end = match.span()
        if start != at:
            return False
        at = end
        words, closing, tag, attributes = match.groups()
        if words:
            if "&" in words:
                if words.count("&") != len(_REFERENCE.findall(words)):
                    return False
                words = html.unescape(words)
            found.words(words)
        elif tag in _OTHER_RULES:
            return False
        elif closing:
            found.leave(tag, start, end)
        else:
            found.enter(tag, start, end, _attributes(match.group(), attributes) if attributes else {})
    return at == len(text)


def _attributes(tag: str, written: str) -> dict[str, str]:
    if "&" in written:
        return _Tag(tag).attributes
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(written):
        found.setdefault(name, value)
    return found


class _Outline:
    """Collects elements with offsets, from their tags and the words between them."""

    def __init__(self, text: str) -> None:
        self._html = text
        self._open: list[int] = []
        self._open_tags: Counter[str] = Counter()  # so that thousands of stray end tags cost no search each
        self._stray: list[str] = []
        # Per element: tag, start, inside, attributes, parent, and the number of runs before what stands in it.
        self._found: list[tuple[str, int, int, dict[str, str], int, int]] = []
        # Per element: close, end, and the number of runs when it ends.
        self._ends: list[tuple[int, int, int]] = []
        self._runs: list[str] = []

    def body(self) -> Body:
        """Return what was found; elements left open end where their parent ends."""
        while self._open:
            self._leave(len(self._html), len(self._html), closed=False)
        runs = self._runs
        elements = [
            Element(tag, start, inside, close, end, attributes, parent, squeeze("".join(runs[first:last])))
            for (tag, start, inside, attributes, parent, first), (close, end, last) in zip(
                self._found, self._ends, strict=True
            )
        ]
        return Body(self._html, tuple(elements), tuple(self._stray))

    def words(self, text: str) -> None:
        """Take words, character references resolved."""
        self._runs.append(text)

    def enter(self, tag: str, start: int, inside: int, attributes: dict[str, str]) -> None:
        """Take a start tag."""
        if tag in _BLOCK and self._open and self._found[self._open[-1]][0] == "p":
            self._leave(start, start, closed=True)
        if tag in _APART:
            self._runs.append(" ")
        first = len(self._runs)
        self._found.append((tag, start, inside, attributes, self._open[-1] if self._open else -1, first))
        self._ends.append((inside, inside, first))
        if tag not in VOID:
            self._open.append(len(self._found) - 1)
            self._open_tags[tag] += 1

    def leave(self, tag: str, start: int, end: int) -> None:
        """Take an end tag."""
        if tag in VOID or not self._open_tags[tag]:
            self._stray.append(f"</{tag}>")
            return
        while self._found[self._open[-1]][0] != tag:
            self._leave(start, start, closed=self._found[self._open[-1]][0] in {"p", "li", "td", "th", "tr"})
        self._leave(start, end, closed=True)

    def _leave(self, close: int, end: int, *, closed: bool) -> None:
        index = self._open.pop()
        tag = self._found[index][0]
        self._open_tags[tag] -= 1
        self._ends[index] = (close, end, len(self._runs))
        if tag in _APART:
            self._runs.append(" ")
        if not closed:
            self._stray.append(f"<{tag}>")


class _Parser(HTMLParser):
    """Reads whatever there is; character references are left alone so that offsets stay true."""

    def __init__(self, text: str, found: _Outline) -> None:
        super().__init__(convert_charrefs=False)
        self._html = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._outline = found

    @property
    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._offset
        self._outline.enter(tag, start, start + len(self.get_starttag_text() or ""), _first(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # In HTML the slash of ``<p />`` means nothing: only void elements end where they begin.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        start = self._offset
        self._outline.leave(tag, start, self._html.find(">", start) + 1 or len(self._html))

    def handle_data(self, data: str) -> None:
        self._outline.words(data)

    def handle_entityref(self, name: str) -> None:
        self._reference(f"&{name}")

    def handle_charref(self, name: str) -> None:
        self._reference(f"&#{name}")

    def parse_html_declaration(self, i: int) -> int:
        # ``<![odd[`` makes the library raise; a browser reads a comment.
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def _reference(self, raw: str) -> None:
        is_whole = self._html.startswith(";", self._offset + len(raw))
        self._outline.words(html.unescape(f"{raw};" if is_whole else raw))


class _Tag(HTMLParser):
    """Reads the attributes of one tag as ``_Parser`` would."""

    def __init__(self, tag: str) -> None:
        super().__init__()
        self.attributes: dict[str, str] = {}
        self.feed(tag)

    def handle_starttag(self, _: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes = _first(attrs)


def _first(attributes: list[tuple[str, str | None]]) -> dict[str, str]:
    """Return attributes by name; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, value in attributes:
        found.setdefault(name, value or "")
    return found
