"""The outline of one HTML fragment: what stands where, as offsets into the unchanged text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


class Element(NamedTuple):  # there are tens of thousands: made, sent and kept in half the time of a dataclass
    """One element. Offsets are into ``Body.html``.

    Attributes:
        start: of its ``<``.
        inside: after the start tag's ``>``.
        close: of the end tag's ``<``; equals ``inside`` for a void element.
        end: after the end tag.
        attributes: as written, entities resolved, names in lower case; a bare attribute has the value "".
        parent: index of the parent in ``Body.elements``, -1 at the top.
        text: the plain text inside, white space squeezed.
    """

    tag: str
    start: int
    inside: int
    close: int
    end: int
    attributes: Mapping[str, str]
    parent: int
    text: str


@dataclass(frozen=True)
class Body:
    """An HTML fragment and its outline, from one parse.

    Attributes:
        html: the text, never changed.
        elements: in the order of their start tags.
        stray: tags that were opened or closed wrongly, as written.
    """

    html: str
    elements: tuple[Element, ...]
    stray: tuple[str, ...] = ()

    def __iter__(self) -> Iterator[Element]:
        """Return the elements in document order."""
        return iter(self.elements)

    def tagged(self, *tags: str) -> tuple[Element, ...]:
        """Return the elements with one of these names."""
        return tuple(element for element in self.elements if element.tag in tags)

    @cached_property
    def blocks(self) -> tuple[Element, ...]:
        """Return the elements at the top level."""
        return tuple(element for element in self.elements if element.parent == -1)

    @cached_property
    def headings(self) -> tuple[Element, ...]:
        """Return h1 to h6 in order."""
        return tuple(element for element in self.elements if element.tag in HEADINGS)

    @cached_property
    def ids(self) -> frozenset[str]:
        """Return the values of all id attributes."""
        return frozenset(e.attributes["id"] for e in self.elements if e.attributes.get("id"))

    @cached_property
    def text(self) -> str:
        """Return the plain text, blocks separated by a line break."""
        return "\n".join(block.text for block in self.blocks if block.text)

    def inside(self, index: int, *tags: str) -> bool:
        """Return whether an element lies in, or is, one with one of these names."""
        while index >= 0:
            if self.elements[index].tag in tags:
                return True
            index = self.elements[index].parent
        return False
