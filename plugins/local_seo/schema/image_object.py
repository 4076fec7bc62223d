"""``ImageObject``: the practice's logo, the picture of a page, the share card of an article without one.

``contentUrl`` asks Google for the badge of licensable pictures, which takes a credit; ``url`` asks nothing.

Source: https://schema.org/ImageObject,
https://developers.google.com/search/docs/appearance/structured-data/image-license-metadata
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model.page import PageKind
from . import Fixed, ids

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.page import Page
    from ..model.site import Site
    from ..model.view import Picture, View
    from . import Node


def nodes(page: Page, view: View, site: Site) -> Iterator[Node]:
    """Return the logo, which the practice refers to on every page, and the page's picture."""
    yield site.once(_logo)
    if view.picture:
        yield _primary(view.picture, view, site)
    elif page.kind is PageKind.ARTICLE and view.head.image.drawn:
        yield {
            "@type": "ImageObject",
            "@id": ids.primary_image(view),
            "url": view.head.image.url,
            "caption": view.head.image.alt,
        }


def _logo(site: Site) -> Node:
    return Fixed(
        {
            "@type": "ImageObject",
            "@id": ids.logo(site),
            "url": site.absolute(_logo_url(site)),
            "caption": site.facts.practice.name,
        }
    )


def _logo_url(site: Site) -> str:
    """Return the address of the practice's logo, else of the theme's icon; a scene is no logo."""
    logo = site.images.get(site.facts.practice.logo or "")
    return (logo or site.icon).url


def _primary(picture: Picture, view: View, site: Site) -> Node:
    """Return a page's picture with the words that stand under it, else with those that stand for it."""
    address = site.absolute(picture.url)
    return {
        "@type": "ImageObject",
        "@id": ids.primary_image(view),
        "contentUrl" if picture.credit else "url": address,
        "caption": picture.caption or picture.alt,
        "creditText": picture.credit,
    }
