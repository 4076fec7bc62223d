"""Markdown's steps, taken only where they can change something.

Python-Markdown tries each block of text with some twenty processors and each piece of it with some fifteen patterns,
one after the other; most of them need a character that is not there. It also makes a table of contents of every text.
Here a step is taken where its outcome could matter: the result is the library's own, byte for byte, which a test shows
on generated and on real text. What is not known here is always tried.
"""

from __future__ import annotations

import html
import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markdown import inlinepatterns
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.extensions.toc import TocTreeprocessor, remove_fnrefs, render_inner_html, strip_tags, unique
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

# By the name of a preprocessor: the texts of which one must be there for it to change anything.
_TEXT_NEEDS = {"fenced_code_block": ("~~~", "```"), "html_block": ("<", "&")}
# By the expression of an inline pattern: the characters of which one must be there for it to match.
_INLINE_NEEDS = {
    inlinepatterns.BACKTICK_RE: "`",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.REFERENCE_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "[",
    inlinepatterns.IMAGE_REFERENCE_RE: "[",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.LINE_BREAK_RE: "\n",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.ENTITY_RE: "&",
    r"\*|_": "*_",
    r"\[\^([^\]]*)\]": "[",
}
_APPLY = "_InlineProcessor__applyPattern"  # private to the library, so its version is pinned
# The processors of blocks that leave lines alone which begin with a letter or a quotation mark, all of them.
_BLOCKS = frozenset(
    "AbbrBlockprocessor CodeBlockProcessor DefListIndentProcessor DefListProcessor EmptyBlockProcessor "
    "FootnoteBlockProcessor HRProcessor HashHeaderProcessor ListIndentProcessor MarkdownInHtmlProcessor "
    "ParagraphProcessor BlockQuoteProcessor ReferenceProcessor SaneOListProcessor SaneUListProcessor "
    "SetextHeaderProcessor TableProcessor".split()
)
_LINE = r"(?:[^\W\d_]|[\"'“‘(])[^\n]*"
_PROSE = re.compile(rf"{_LINE}(?:\n{_LINE})*")
# What the library makes something else of on the way from a heading to its id; the words mark footnotes.
_MARKED = re.compile(r"[&<>\x02\x03]|zz1337|qq3936")


class Shortcuts(Extension):
    """Puts a look before the library's own steps; their places in the order stay."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Replace the steps; this extension comes last."""
        for name, priority in (("fenced_code_block", 25), ("html_block", 20)):
            if name in md.preprocessors:
                md.preprocessors.register(_Where(md.preprocessors[name], _TEXT_NEEDS[name]), name, priority)
        md.parser.blockprocessors.register(_Prose(md.parser), "prose", 1000)
        md.treeprocessors.register(_Inline(md), "inline", 20)
        if "toc" in md.treeprocessors and isinstance(toc := md.treeprocessors["toc"], TocTreeprocessor):
            source = _Source()
            md.preprocessors.register(source, "source", 29)
            md.treeprocessors.register(_Ids(toc, source), "toc", 5)


class _Where(Preprocessor):
    """A step over the whole text, taken where one of the texts that it needs stands in it."""

    def __init__(self, step: Preprocessor, needed: tuple[str, ...]) -> None:
        super().__init__(step.md)
        self._step = step
        self._needed = needed

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        return self._step.run(lines) if any(each in text for each in self._needed) else lines


class _Source(Preprocessor):
    """Keeps the text, for those who ask later whether something stands in it."""

    text = ""

    def run(self, lines: list[str]) -> list[str]:
        self.text = "\n".join(lines)
        return lines


class _Prose(ParagraphProcessor):
    """Makes paragraphs of blocks that can be nothing else: each line begins with a letter or a quotation mark."""

    @cached_property
    def _is_known(self) -> bool:
        others = (type(each) for each in self.parser.blockprocessors if each is not self)
        return all(each.__name__ in _BLOCKS and each.__module__.startswith("markdown.") for each in others)

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - as the library has it
        return self._is_known and _PROSE.fullmatch(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> None:
        super().run(parent, blocks)
        while blocks and _PROSE.fullmatch(blocks[0]):
            super().run(parent, blocks)


class _Inline(InlineProcessor):
    """The library's step; only the loop over the patterns is ours."""

    def run(self, tree: Any, ancestors: list[str] | None = None) -> Any:  # noqa: ANN401 - as the library has it
        """Apply the patterns to a tree."""
        self._patterns = [(_INLINE_NEEDS.get(getattr(each, "pattern", ""), ""), each) for each in self.inlinePatterns]
        needed = "".join(needs for needs, _ in self._patterns)
        is_known = needed and all(needs for needs, _ in self._patterns)
        self._any = re.compile(f"[{re.escape(needed)}]" if is_known else "")
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        """Return the text with placeholders for what was found from a pattern on."""
        if not self._any.search(data) or isinstance(data, AtomicString):
            return data
        apply = getattr(self, _APPLY)
        index, start = patternIndex, 0
        while index < len(self._patterns):
            needed, pattern = self._patterns[index]
            found = False
            if not needed or any(character in data for character in needed):
                data, found, start = apply(pattern, data, index, start)
            if not found:
                index, start = index + 1, 0
        return data


class _Ids(TocTreeprocessor):
    """The library's step; where no text asks for a table of contents, headings get their ids and no more."""

    def __init__(self, step: TocTreeprocessor, source: _Source) -> None:
        self.__dict__.update(vars(step))
        self._step = step
        self._source = source

    def run(self, doc: Element) -> None:
        """Give the headings of a tree their ids."""
        if self.use_anchors or self.use_permalinks or (self.marker and self.marker in self._source.text):
            self._step.run(doc)
            return
        used = {element.attrib["id"] for element in doc.iter() if "id" in element.attrib}
        counters: dict[str, int] = {}
        for element in doc.iter():
            if not (isinstance(element.tag, str) and self.header_rgx.match(element.tag)):
                continue
            self.set_level(element)
            if "id" not in element.attrib:
                element.attrib["id"] = unique(self.slugify(self._name(element), self.sep), used, counters)  # type: ignore[call-arg]
            element.attrib.pop("data-toc-label", None)

    def _name(self, heading: Element) -> str:
        """Return the words of a heading."""
        text = heading.text or ""
        if len(heading) or _MARKED.search(text):
            return html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))
        return " ".join(text.split())
