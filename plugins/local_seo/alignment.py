"""Where the words of a page stand in the Markdown that they were made of.

A page says no more where its words come from, and markup, quotes, footnotes and placeholders differ between the two.
So the words are followed in order, as a reader would with two fingers: while they agree both go on; where they part,
three words in a row have to agree before they go on together. What is not found so has no place: better none than a
wrong one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import lru_cache
from typing import Final, NamedTuple

_WORD: Final = re.compile(r"[^\W_]+")
# What stands in Markdown and on no page, or elsewhere on it: pictures, comments, tags, references, addresses, marks.
_UNSEEN: Final = re.compile(
    r"!\[[^\]\n]*\]\([^)\n]*\)(?:\{[^}\n]*\})?"
    r"|<!--.*?-->"
    r"|</?[A-Za-z][^<>]*>"
    r"|^[ ]{0,3}\[(?!\^)[^\]\n]+\]:[ \t]+\S[^\n]*$"
    r"|\[\^[^\]\n]+\]:?"
    r"|(?<=\])\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)"
    r"|(?<=\])\[[^\]\n]*\]"
    r"|\{[:#.][^}\n]*\}"
    r"|&\#?\w+;",
    re.DOTALL | re.MULTILINE,
)
_AUTOLINK: Final = re.compile(r"</?(?:https?|mailto|tel):[^<>\s]*>")
# Typography makes several characters of one: only those are compared that stay one.
_PLAIN: Final = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\xa0": " ", "\n": " ", "\t": " "})
_SNIPPET: Final = 32  # characters
_NEAR: Final = 60  # words: how far two words in a row may be looked for
_SURE: Final = 3  # words in a row that find each other anywhere


class Position(NamedTuple):
    """A line and a column, both from 1; ``column`` 0 = somewhere in the line, ``line`` 0 = unknown."""

    line: int
    column: int


NOWHERE: Final = Position(0, 0)


def position(source: str, offset: int) -> Position:
    """Return line and column of an offset."""
    return Position(source.count("\n", 0, offset) + 1, offset - source.rfind("\n", 0, offset))


def find(source: str, body: int, texts: tuple[str, ...], index: int, start: int) -> Position:
    """Return where a word of a page stands in its source.

    Args:
        source: the Markdown file.
        body: offset where its text begins, after the front matter.
        texts: all passages of the page, in order.
        index: of the passage.
        start: offset in the passage; the word there is looked for, or else the next one.

    Returns:
        The place of the word; without it, the line of the nearest word of the passage before it, or after; else
        ``NOWHERE``.
    """
    said = texts[index][start:]
    shown = _shown(source, body)
    # Most words stand on the page as they were typed, and so many of them only once.
    typed = said[:_SNIPPET].translate(_PLAIN).lower().rpartition(" ")[0] if len(said) > _SNIPPET else ""
    if typed and (at := shown.find(typed)) >= 0 and shown.find(typed, at + 1) < 0:
        return position(source, body + at)
    places = _aligned(source, body, texts)[index]
    at = bisect_left([place for place, _ in places], start)
    if at < len(places) and places[at][1] >= 0:
        return position(source, places[at][1])
    near = [found for _, found in (*reversed(places[:at]), *places[at:]) if found >= 0]
    return Position(position(source, near[0]).line, 0) if near else NOWHERE


@lru_cache(maxsize=8)
def _shown(source: str, body: int) -> str:
    """Return the Markdown without what a page does not show, in lower case, each character where it was."""
    kept = _UNSEEN.sub(_blanked, source[body:])
    lowered = kept.lower()
    return (lowered if len(lowered) == len(kept) else kept).translate(_PLAIN)


# Several findings of one page ask after each other.
@lru_cache(maxsize=8)
def _aligned(source: str, body: int, texts: tuple[str, ...]) -> tuple[tuple[tuple[int, int], ...], ...]:
    """Return for each text the offset of each of its words, and that in the source, or -1."""
    matches = list(_WORD.finditer(_shown(source, body)))
    written = [match.group() for match in matches]
    read = [(number, match.start(), match.group().lower()) for number, said in enumerate(texts)
            for match in _WORD.finditer(said)]  # fmt: skip
    places = _follow([word for _, _, word in read], written)
    found: list[list[tuple[int, int]]] = [[] for _ in texts]
    for (number, start, _), place in zip(read, places, strict=True):
        found[number].append((start, matches[place].start() + body if place >= 0 else -1))
    return tuple(map(tuple, found))


def _blanked(match: re.Match[str]) -> str:
    return match.group() if _AUTOLINK.fullmatch(match.group()) else " " * len(match.group())


def _follow(read: list[str], written: list[str]) -> list[int]:
    """Return for each word read the index of the written one, or -1."""
    runs: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, run in enumerate(zip(*(written[start:] for start in range(_SURE)), strict=False)):
        runs[run].append(index)
    places: list[int] = []
    here, in_step = 0, True
    for index, word in enumerate(read):
        if not (in_step and here < len(written) and written[here] == word):
            here, in_step = _resume(read, index, written, here, runs)
        places.append(here if in_step else -1)
        here += in_step
    return places


def _resume(
    read: list[str], index: int, written: list[str], here: int, runs: defaultdict[tuple[str, ...], list[int]]
) -> tuple[int, bool]:
    """Return where to go on, and whether the two agree there."""
    run = tuple(read[index : index + _SURE])
    if len(run) == _SURE and run in runs:
        candidates = runs[run]
        ahead = bisect_left(candidates, here)
        if ahead < len(candidates):
            return candidates[ahead], True
        if len(candidates) == 1:  # a footnote stands where it is written, and is read at the end
            return candidates[0], True
    for near in range(here, min(here + _NEAR, len(written) - 1)):
        if written[near : near + 2] == list(run[:2]):
            return near, True
    return here, False
