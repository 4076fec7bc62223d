"""Typographic quotes, dashes and spaces, as Typogrify and SmartyPants make them.

The libraries try dozens of patterns on every piece of text, most of which cannot match there. Here a block goes to a
filter only where the filter could change something: the result is the libraries' own, byte for byte, which a test
shows on generated and on real text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import smartypants
from typogrify import filters

if TYPE_CHECKING:
    from collections.abc import Iterator

# The libraries write numeric references; the characters themselves are shorter and need no decoding.
_CHARACTERS = {f"&#{ord(char)};": char for char in "‘’“”–—…"}
_REFERENCE = re.compile("|".join(_CHARACTERS))
_SMART = smartypants.Attr.set1 | smartypants.Attr.w

# The end of a block before another on the next line; no filter looks across.
_END_OF_BLOCK = re.compile(r"</(?:p|h[1-6]|ul|ol|dl|table|div)>(?=\n<(?:p|h[1-6]|ul|ol|dl|table|div)[ >])")
# What carries a state from block to block in one of the filters: comments, and elements whose text is left alone.
_STATE = re.compile(r"<!--|</?(?:pre|samp|code|tt|kbd|script|style|math)", re.IGNORECASE)
# What a filter needs to change anything; more text than it will change, never less.
_AMPERSAND = re.compile(r"(?:\s|&nbsp;)&")
_CAPITALS = re.compile(r"[A-Z]\d*[A-Z]|[A-Z]\.\s?[A-Z]")
_QUOTE = re.compile(r"[\"']|&ldquo;|&lsquo;|&#8220;|&#8216;")
_MARKS = re.compile(r"[\"'`\\]|--|\.\.\.|\. \. \.")
_PIECES = re.compile(r"<[^>]*>|[^<]+|<")
_SINGLE = frozenset("'\"<")
# Between two letters an apostrophe closes; only after another one and an s SmartyPants has it otherwise.
_APOSTROPHE = re.compile(r"(?<=[A-Za-z])(?<!'s)'(?=[A-Za-z])")


def typeset(markup: str) -> str:
    """Return HTML with typographic quotes, dashes and spaces."""
    return _REFERENCE.sub(lambda match: _CHARACTERS[match.group()], "".join(_typogrified(markup)))


def smarten(text: str) -> str:
    """Return plain text with typographic quotes and dashes; plain text again."""
    if not _MARKS.search(text):
        return text
    return html.unescape(smartypants.smartypants(html.escape(text, quote=False), _SMART))


def _typogrified(markup: str) -> Iterator[str]:
    for section, wanted in filters.process_ignores(markup):
        if not wanted:
            yield section
        elif _STATE.search(section):
            yield filters.applyfilters(section)
        else:
            yield from map(_block, _blocks(section))


def _blocks(section: str) -> Iterator[str]:
    start = 0
    for cut in _END_OF_BLOCK.finditer(section):
        yield section[start : cut.end()]
        start = cut.end()
    yield section[start:]


def _block(block: str) -> str:
    """Return a block after all filters, in Typogrify's order."""
    if _AMPERSAND.search(block):
        block = filters.amp(block)
    block = _curled(block)
    if _CAPITALS.search(block):
        block = filters.caps(block)
    if _QUOTE.search(block):
        block = filters.initial_quotes(block)
    return str(filters.widont(block))


def _curled(block: str) -> str:
    """Return a block with typographic marks: each piece of text by itself, as SmartyPants goes about it.

    A piece that is nothing but a quote, or a tag without an end, goes together with its neighbours: then the library
    has the whole block.
    """
    if not _MARKS.search(block):
        return block
    pieces = _PIECES.findall(block)
    if not _SINGLE.isdisjoint(pieces):
        return str(smartypants.smartypants(block))
    return "".join(piece if piece[0] == "<" else _text_curled(piece) for piece in pieces)


def _text_curled(text: str) -> str:
    """Return text without tags with typographic marks; words with apostrophes alone need no library."""
    simple = _APOSTROPHE.sub("&#8217;", text)
    return str(smartypants.smartypants(text)) if _MARKS.search(simple) else simple
