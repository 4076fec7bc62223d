"""A home page without an icon that search results and phones can show.

Why: The icon stands beside the site's name in search results and on the home screen of a phone.
Source: https://developers.google.com/search/docs/appearance/favicon-in-search
Rules: H-09
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.built import PictureFile
from ..model.page import PageKind
from ..text import joined
from ._evidence import read_pages
from ._output import target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

SETTINGS: Final = {"side_px": limits.ICON_SIDE_LEAST_PX}


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when no icon of the home page is square and large enough."""
    for view, page in read_pages(built):
        if view.kind is not PageKind.HOME:
            continue
        sizes: list[str] = []
        for href in page.icons:
            meant = target(href, view.url, built.site.origin)
            if meant and (file := built.pictures.get(meant.address.removeprefix("/"))):
                if file.width == file.height and (file.width >= rule["side_px"] or file.media_type == "image/svg+xml"):
                    break
                sizes.append(f"{file.width} x {file.height} px")
        else:
            found = joined(sizes) or f"{len(page.icons)} icons, none of which can be read"
            message = f"the home page has {found}; a square of {rule['side_px']:g} px is the least"
            yield rule.finding("", 0, f"{view.url}: {message}", "put icon-512.png back into theme/static")


_HOME: Final = example.view("/", kind=PageKind.HOME)
_PAGE: Final = example.rendered(_HOME, links=(("icon", "/theme/icon.png"),))

GOOD: Final = (example.case(_HOME, _PAGE),)
BAD: Final = (
    example.case(_HOME, found="has 0 icons, none of which can be read"),
    example.case(
        _HOME,
        _PAGE,
        pictures={"theme/icon.png": PictureFile(64, 32, "image/png")},
        found="the home page has 64 x 32 px",
    ),
)
