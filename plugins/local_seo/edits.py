"""Changes to a text as data: collected with offsets, applied once, nothing else touched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace ``text[start:end]`` by ``new``; an insertion has ``start == end``."""

    start: int
    end: int
    new: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return text with all edits done; insertions at one offset keep their order of ``new``.

    Raises:
        ValueError: two edits overlap, or one lies outside the text.
    """
    return split(text, edits, ())[0]


def split(text: str, edits: Iterable[Edit], at: Iterable[int]) -> tuple[str, ...]:
    """Return text with all edits done, cut at these offsets of the unchanged text; one piece more than cuts.

    An insertion at a cut belongs to the piece after it.

    Raises:
        ValueError: two edits overlap, one spans a cut, or one lies outside the text.
    """
    waiting = sorted(edits, reverse=True)
    pieces = []
    start = 0
    ends = (*sorted(at), len(text))
    for number, end in enumerate(ends, 1):
        parts: list[str] = []
        done = start
        while waiting and (waiting[-1].start < end or number == len(ends)):
            edit = waiting.pop()
            if not done <= edit.start <= edit.end <= end:
                message = f"edit {edit.start}:{edit.end} overlaps another or lies outside {done}:{end}"
                raise ValueError(message)
            parts += (text[done : edit.start], edit.new)
            done = edit.end
        pieces.append("".join((*parts, text[done:end])))
        start = end
    return tuple(pieces)
