"""Which pictures the site shows, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import limits
from ..model.site import CENTRE, LINKED
from ..model.view import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.document import Document
    from ..model.site import Content, Image

# What structured data name: the proportions that Google asks for.
_SHAPES = ("16x9", "4x3", "1x1")
# A portrait stands in a window of 9 by 11.25 rem and fills it (theme/css/components/profile.css).
_PORTRAIT_REM = (9, 11.25)


def picture(document: Document, content: Content, *, eager: bool, sizes: str = limits.PICTURE_COLUMN) -> Picture | None:
    """Return the picture that stands above a document's words, where there is one.

    Args:
        document: whose picture is asked for.
        content: what exists.
        eager: whether it stands on the first screen and must not wait.
        sizes: how wide it is shown, as HTML says it.
    """
    front = document.front
    image = content.images.get(front.image or "")
    if image is None:
        return None
    sources = image.sources(limits.PICTURE_COLUMN_LEAST_PX)
    cuts = (image.cut(shape, front.image_focus) for shape in _SHAPES)
    return Picture(
        url=image.url,
        width=image.width,
        height=image.height,
        alt=front.image_alt or "",
        caption=front.image_caption or "",
        credit=front.image_credit or "",
        eager=eager,
        sources=sources,
        sizes=sizes if sources else "",
        crops=tuple(file.url for files in cuts for file in files),
    )


def thumbnail(document: Document, content: Content) -> Picture | None:
    """Return the picture that stands beside a document in a list: cut around its focus, one file of a kind."""
    front = document.front
    image = content.images.get(front.image or "")
    files = image.cut("card", front.image_focus) if image else ()
    if not files:
        return picture(document, content, eager=False)
    *smaller, plain = files
    return Picture(
        url=plain.url,
        width=plain.width,
        height=plain.height,
        alt=front.image_alt or "",
        caption=front.image_caption or "",
        credit=front.image_credit or "",
        sources=tuple((file.media_type, file.url) for file in smaller),
    )


def portrait(image: Image, alt: str) -> Picture:
    """Return a picture that comes from a fact: a person."""
    width, height = _PORTRAIT_REM
    sources = image.sources(0)
    return Picture(
        url=image.url,
        width=image.width,
        height=image.height,
        alt=alt,
        sources=sources,
        sizes=f"{max(width, height * image.width / image.height):.3g}rem" if sources else "",
    )


def wanted(content: Content) -> dict[str, frozenset[str]]:
    """Return the paths of all pictures that the visible pages name, each with what is made of it beside the usual.

    That is the points around which it is cut, unless it stands within a text, and ``LINKED`` where a text links to it.
    """
    points: dict[str, set[str]] = {}
    for path, point in _named(content):
        if path in content.images:
            points.setdefault(path, set()).update({point} if point else ())
    return {path: frozenset(found) for path, found in points.items()}


def _named(content: Content) -> Iterator[tuple[str, str]]:
    facts = content.facts
    if facts.practice.logo:
        yield facts.practice.logo, ""
    if facts.practice.image:
        yield facts.practice.image, CENTRE
    for person in facts.people:
        if person.photo:
            yield person.photo, ""
    for document in content.documents:
        if document.front.image:
            yield document.front.image, document.front.image_focus or CENTRE
        for tag, address in document.addresses:
            yield content.file_at(document, address), LINKED if tag == "a" else ""
