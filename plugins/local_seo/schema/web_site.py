"""``WebSite``: the site as a whole, in full on the home page, from which Google takes the site's name.

Source: https://developers.google.com/search/docs/appearance/site-names, https://schema.org/WebSite
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.page import PageKind
from . import Fixed, ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.page import Page
    from ..model.site import Site
    from ..model.view import View
    from . import Node


def nodes(page: Page, view: View, site: Site) -> Iterator[Node]:
    """Return the site; a stub with name and address on every page but home."""
    stub = site.once(_stub)
    full: Node = {"description": site.facts.practice.tagline, "inLanguage": view.head.language}
    yield stub | full if page.kind is PageKind.HOME else stub


def _stub(site: Site) -> Node:
    return Fixed(
        {
            "@type": "WebSite",
            "@id": ids.website(site),
            "name": site.facts.practice.name,
            "url": site.absolute("/"),
            "publisher": ids.ref(ids.practice(site)),
        }
    )
