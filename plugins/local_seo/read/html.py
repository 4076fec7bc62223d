"""HTML text in, outline out: the one parse of a body."""

from __future__ import annotations

import bisect
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


def outline(text: str) -> Body:
    """Return the outline of an HTML fragment; never raises, wrong nesting is listed in ``stray``."""
    parser = _Outline(text)
    parser.feed(text)
    parser.close()
    return parser.body()


class _Outline(HTMLParser):
    """Collects elements with offsets; character references are left alone so that offsets stay true."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self._html = text
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._open: list[int] = []
        self._open_tags: Counter[str] = Counter()  # so that thousands of stray end tags cost no search each
        self._stray: list[str] = []
        # Per element: tag, start, inside, close, end, attributes, parent, pieces of text.
        self._found: list[tuple[str, int, int, dict[str, str], int]] = []
        self._ends: list[tuple[int, int]] = []
        self._runs: list[tuple[int, int, str]] = []

    def body(self) -> Body:
        """Return what was found; elements left open end where their parent ends."""
        while self._open:
            self._leave(len(self._html), len(self._html), closed=False)
        starts = [start for start, _, _ in self._runs]
        elements = []
        for (tag, start, inside, attributes, parent), (close, end) in zip(self._found, self._ends, strict=True):
            first = bisect.bisect_left(starts, inside)
            last = bisect.bisect_left(starts, close)
            text = squeeze("".join(run for _, _, run in self._runs[first:last]))
            elements.append(Element(tag, start, inside, close, end, attributes, parent, text))
        return Body(self._html, tuple(elements), tuple(self._stray))

    @property
    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start = self._offset
        inside = start + len(self.get_starttag_text() or "")
        if tag in _BLOCK and self._open and self._found[self._open[-1]][0] == "p":
            self._leave(start, start, closed=True)
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, value or "")
        self._found.append((tag, start, inside, attributes, self._open[-1] if self._open else -1))
        self._ends.append((inside, inside))
        if tag in _APART:
            self._runs.append((start, start, " "))
        if tag not in VOID:
            self._open.append(len(self._found) - 1)
            self._open_tags[tag] += 1

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # In HTML the slash of ``<p />`` means nothing: only void elements end where they begin.
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        start = self._offset
        end = self._html.find(">", start) + 1 or len(self._html)
        if tag in VOID or not self._open_tags[tag]:
            self._stray.append(f"</{tag}>")
            return
        while self._found[self._open[-1]][0] != tag:
            self._leave(start, start, closed=self._found[self._open[-1]][0] in {"p", "li", "td", "th", "tr"})
        self._leave(start, end, closed=True)

    def handle_data(self, data: str) -> None:
        self._run(data, data)

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
        end = self._offset + len(raw)
        whole = f"{raw};" if self._html.startswith(";", end) else raw
        self._run(whole, html.unescape(whole))

    def _run(self, raw: str, text: str) -> None:
        start = self._offset
        self._runs.append((start, start + len(raw), text))

    def _leave(self, close: int, end: int, *, closed: bool) -> None:
        index = self._open.pop()
        self._open_tags[self._found[index][0]] -= 1
        self._ends[index] = (close, end)
        if self._found[index][0] in _APART:
            self._runs.append((end, end, " "))
        if not closed:
            self._stray.append(f"<{self._found[index][0]}>")
