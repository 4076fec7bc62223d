"""A picture in a page without its size, with another one than its file has, or a first picture that loads late.

Why: Without a size the text jumps when the picture arrives, and a picture of another shape is stretched; a
first picture that waits to be scrolled to is the slowest part of the page.
Source: https://web.dev/articles/optimize-cls, https://web.dev/articles/lcp-lazy-loading
Rules: E-23
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.built import PictureFile
from ..model.view import Picture
from ..text import quoted
from ._evidence import read_pages
from ._output import target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule
    from ._evidence import Shown

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

_SHAPE: Final = 0.02  # how far two shapes may be apart: sizes are whole pixels


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of each picture."""
    for view, page in read_pages(built):
        for number, image in enumerate(page.pictures):
            for fault, remedy in _faults(image, view, built, first=number == 0):
                message = f"the picture {quoted(image.src)} on {view.url} {fault}"
                yield rule.at_words(view, built, [image.src], message, remedy)


def _faults(image: Shown, view: View, built: Built, *, first: bool) -> Iterator[tuple[str, str]]:
    width, height = image.width, image.height
    if not (width.isdecimal() and height.isdecimal() and int(width) and int(height)):
        yield f'has the size "{width}" x "{height}"', "give it a width and a height in pixels"
    else:
        meant = target(image.src, view.url, built.site.origin)
        file = built.pictures.get(meant.address.removeprefix("/")) if meant else None
        if file and file.width and file.height:
            shape = (int(width) / int(height)) / (file.width / file.height)
            if abs(shape - 1) > _SHAPE and abs(int(width) * file.height - int(height) * file.width) > file.width:
                yield (
                    f"has the size {width} x {height}, and its file has {file.width} x {file.height}",
                    "give it the shape of its file",
                )
    if first and view.picture and image.lazy:
        yield "is the first one and loads late", 'take loading="lazy" away from it'


_PORCH: Final = {"images/porch.png": PictureFile(1600, 900, "image/png")}


def _image(**attributes: str) -> example.Case:
    image = {"src": "/images/porch.png", "alt": "", "width": "800", "height": "450", **attributes}
    picture = Picture(url="/images/porch.png", width=1600, height=900, alt="")
    page = example.view(picture=picture)
    return example.case(page, example.rendered(page, images=(image,)), pictures=_PORCH)


GOOD: Final = (_image(), _image(src="https://a.example/b.png"), _image(src="/images/c.png", height="9"))
BAD: Final = (
    replace(_image(width=""), found='has the size "" x "450"'),
    replace(_image(height="800"), found="has the size 800 x 800, and its file has 1600 x 900"),
    replace(_image(loading="lazy"), found="is the first one and loads late"),
)
