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
_SMART = smartypants.Attr.set1 | smartypants.Attr.w

# The end of a block before another on the next line; no filter looks across.
_END_OF_BLOCK = re.compile(
    r"</(?:p|h[1-6]|li|ul|ol|dl|table|div)>(?=\n</?(?:p|h[1-6]|li|ul|ol|dl|table|div)[ >])",
)
# What carries a state from block to block in one of the filters: comments, and elements whose text is left alone.
_STATE = re.compile(r"<!--|</?(?:pre|samp|code|tt|kbd|script|style|math)", re.IGNORECASE)
# What a filter needs to change anything; more text than it will change, never less. An expression that begins with a
# character, as each of its alternatives does, is found fastest; what stands before it is looked at from behind.
_AMPERSAND = re.compile(r"(?:\s|&nbsp;)&")
_CAPITALS = re.compile(r"[A-Z]\d*[A-Z]|[A-Z]\.\s?[A-Z]")
_QUOTE = r"\s*(?:[\"']|&ldquo;|&lsquo;|&#8220;|&#8216;)"
_QUOTE_AFTER_TAG = re.compile(f">{_QUOTE}")
_QUOTE_FIRST = re.compile(_QUOTE)
_MARKS = re.compile(r"\"|'|`|\\|--|\.\.\.|\. \. \.")
_PIECES = re.compile(r"<[^>]*>|[^<]+|<")
_SINGLE = frozenset("'\"<")
# Between two letters an apostrophe closes; only after another one and an s SmartyPants has it otherwise.
_APOSTROPHE = re.compile(r"'(?<=[A-Za-z]')(?<!'s')(?=[A-Za-z])")
# SmartyPants’ rules for double quotes where no other mark stands in the text; the rest open.
_MORE_THAN_QUOTES = re.compile(r"'|`|\\|--|\.\.\.|\. \. \.|\"\"")
_OPENING = re.compile(r'"(?:(?<=\s")|(?<=&nbsp;")|(?<=&[mn]dash;")|(?<=&&\#x201[34];"))(?=\w)')
_CLOSING = re.compile(r"""\"(?:(?<=[^ \t\r\n\[{(\-]")|(?=\s)|(?<=\A")(?=[!#$%'()*+,-./:;<=>?@\[\\\]^_`{|}~]))""")
# The last space of a block, which ``widont`` makes one that never breaks; after a tag it has a rule of its own.
_TO_THE_END = r"[^<>\s]+\s*(?:</(?:a|em|span|strong|i|b)>\s*)*(?:</(?:p|h[1-6]|li|dt|dd)>|$)"
_LAST_SPACE = re.compile(rf"\s(?<!\s\s)\s*+(?={_TO_THE_END})")  # tried once a run of spaces, however long
_NOT_AFTER_A_WORD = re.compile(rf"(?:^|[<>])\s+{_TO_THE_END}")
_LAST_TAG = frozenset(f"</{tag}>" for tag in "p h1 h2 h3 h4 h5 h6 li dt dd".split())
_WORD = re.compile(r"[^<>\s]+")


def typeset(markup: str) -> str:
    """Return HTML with typographic quotes, dashes and spaces."""
    made = "".join(_typogrified(markup))
    for reference, character in _CHARACTERS.items():
        made = made.replace(reference, character)
    return made


def smarten(text: str) -> str:
    """Return plain text with typographic quotes and dashes; plain text again."""
    if not _MARKS.search(text):
        return text
    return html.unescape(smartypants.smartypants(html.escape(text, quote=False), _SMART))


def _typogrified(markup: str) -> Iterator[str]:
    if not _STATE.search(markup):
        yield from map(_block, _blocks(markup))
        return
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
    if "&" in block and _AMPERSAND.search(block):
        block = filters.amp(block)
    if _MARKS.search(block):
        block = _curled(block)
    if _CAPITALS.search(block):
        block = filters.caps(block)
    if _QUOTE_AFTER_TAG.search(block) or _QUOTE_FIRST.match(block):
        block = filters.initial_quotes(block)
    return _kept_together(block)


def _curled(block: str) -> str:
    """Return a block with typographic marks: each piece of text by itself, as SmartyPants goes about it.

    A piece that is nothing but a quote, or a tag without an end, goes together with its neighbours: then the library
    has the whole block.
    """
    pieces = _PIECES.findall(block)
    if not _SINGLE.isdisjoint(pieces):
        return str(smartypants.smartypants(block))
    return "".join([piece if piece[0] == "<" else _text_curled(piece) for piece in pieces])


def _text_curled(text: str) -> str:
    """Return text without tags with typographic marks; apostrophes in words and double quotes need no library."""
    simple = _APOSTROPHE.sub("&#8217;", text) if "'" in text else text
    if not _MARKS.search(simple):
        return simple
    if _MORE_THAN_QUOTES.search(simple):
        return str(smartypants.smartypants(text))
    return _CLOSING.sub("&#8221;", _OPENING.sub("&#8220;", simple)).replace('"', "&#8220;")


def _kept_together(block: str) -> str:
    """Return a block whose last two words stay on one line."""
    close = block.find("</")
    if block[close:] in _LAST_TAG:
        before, _, word = block[:close].rpartition(" ")
        if _WORD.fullmatch(word) and _WORD.match(before[-1:]):
            return f"{before}&nbsp;{word}{block[close:]}"
    if _NOT_AFTER_A_WORD.search(block):
        return str(filters.widont(block))
    return _LAST_SPACE.sub("&nbsp;", block)
