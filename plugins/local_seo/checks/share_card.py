"""A share card that is not as it was meant, or whose picture is missing, cut or of another kind.

Why: A link that is sent to a friend shows this card and nothing else of the page; networks drop a picture
that is not there, and cut one whose size is not as declared.
Source: https://ogp.me/, https://developers.facebook.com/docs/sharing/webmasters/images
Rules: H-07, W-16
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, urls
from ..errors import Finding, Severity
from ..model.built import PictureFile
from ..model.head import ShareImage
from ..text import joined, quoted
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

_SHOWN: Final = frozenset({"image/gif", "image/jpeg", "image/png", "image/webp"})


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each part of the card that is not as meant."""
    page, head = built.rendered.get(view.save_as), view.head
    if page is None:
        return
    for name, wanted in (
        ("og:title", head.share_title),
        ("og:description", head.description),
        ("og:type", head.kind),
        ("og:site_name", head.site_name),
        ("og:locale", head.locale),
        ("og:image", head.image.url),
        ("og:image:alt", head.image.alt),
        ("og:image:width", str(head.image.width)),
        ("og:image:height", str(head.image.height)),
        ("twitter:card", "summary_large_image"),
    ):
        found = page.meta(name)
        if found != ((wanted,) if wanted else ()):
            shown = joined(map(quoted, found)) or "missing"
            message = f"the meta {name} of {view.url} is {shown}, not {quoted(wanted)}"
            yield rule.finding(view.source, 0, message, REMEDY)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each picture of a card that is not as declared."""
    for view in built.pages.values():
        if view.save_as in built.rendered:
            yield from _picture(view, built, rule)


def _picture(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    head = view.head
    path = urls.site_address(head.image.url, built.site.origin).removeprefix("/")
    if urls.scheme_of(path):
        message = f"the picture of the share card of {view.url} is {quoted(head.image.url)}, which is not of this site"
        yield rule.at_key(view, built, "image", message, "keep a copy of it under images/")
        return
    file = built.pictures.get(path)
    if file is None:
        message = f"the picture of the share card of {view.url}, /{path}, is missing or cannot be read"
        yield rule.at_key(view, built, "image", message, "save it anew as PNG or JPEG")
    elif (file.width, file.height) != (head.image.width, head.image.height):
        message = (
            f"the picture of the share card of {view.url} is declared {head.image.width} x {head.image.height} px, "
            f"and /{path} has {file.width} x {file.height} px"
        )
        yield rule.at_key(view, built, "image", message, "save the picture anew, or report it")
    elif file.media_type not in _SHOWN or file.media_type != head.image.media_type:
        message = f"the picture of the share card of {view.url}, /{path}, is {file.media_type}, not fit for a card"
        yield rule.at_key(view, built, "image", message, "save it as PNG, JPEG or WebP, with the ending that it is")


GOOD: Final = (example.case(),)
BAD: Final = (
    example.case(example.rendered(metas=()), found="the meta og:title of /blog/first-weeks/ is missing"),
    example.case(pictures={"theme/share.png": PictureFile(600, 315, "image/png")}, found="has 600 x 315 px"),
    example.case(pictures={"theme/share.png": PictureFile(1200, 630, "image/svg+xml")}, found="not fit for a card"),
    example.case(
        example.view(image=ShareImage(url=f"{example.ORIGIN}/images/a.png", width=1, height=1, alt="", media_type="")),
        found="/images/a.png, is missing",
    ),
    example.case(
        example.view(image=ShareImage(url="https://cdn.example/a.png", width=1, height=1, alt="", media_type="")),
        found='"https://cdn.example/a.png", which is not of this site',
    ),
)
