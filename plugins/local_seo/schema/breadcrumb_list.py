"""``BreadcrumbList``: the way from home to a page.

Source: https://developers.google.com/search/docs/appearance/structured-data/breadcrumb
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from . import ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.page import Page
    from ..model.site import Site
    from ..model.view import View
    from . import Node


def nodes(page: Page, view: View, site: Site) -> Iterator[Node]:  # noqa: ARG001 - what every type is asked with
    """Return the visible breadcrumbs; the last is the page itself and needs no address."""
    if view.crumbs:
        last = len(view.crumbs)
        yield {
            "@type": "BreadcrumbList",
            "@id": ids.breadcrumb(view),
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": crumb.text,
                    "item": site.absolute(crumb.url) if position < last else None,
                }
                for position, crumb in enumerate(view.crumbs, 1)
            ],
        }
