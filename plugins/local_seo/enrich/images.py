"""Which picture files the site uses, and how a picture is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.view import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.document import Document
    from ..model.site import Content, Image


def picture(document: Document, content: Content, *, eager: bool) -> Picture | None:
    """Return the picture that stands above a document's words, where there is one."""
    front = document.front
    image = content.images.get(front.image or "")
    if image is None:
        return None
    return Picture(
        url=image.url,
        width=image.width,
        height=image.height,
        alt=front.image_alt or "",
        caption=front.image_caption or "",
        credit=front.image_credit or "",
        eager=eager,
    )


def shown(image: Image, alt: str) -> Picture:
    """Return a picture that comes from a fact, such as a portrait."""
    return Picture(url=image.url, width=image.width, height=image.height, alt=alt)


def used(content: Content) -> frozenset[str]:
    """Return the paths of all pictures that the visible pages name, relative to the content folder."""
    return frozenset(path for path in _named(content) if path in content.images)


def _named(content: Content) -> Iterator[str]:
    facts = content.facts
    yield from (path for path in (facts.practice.logo, facts.practice.image) if path)
    yield from (person.photo for person in facts.people if person.photo)
    for document in content.documents:
        if document.front.image:
            yield document.front.image
        for element in document.body.tagged("img", "a", "source"):
            address = element.attributes.get("src") or element.attributes.get("href") or ""
            yield content.file_at(document, address)
