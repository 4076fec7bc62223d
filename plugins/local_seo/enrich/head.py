"""All that a page's head says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import limits
from ..model.head import Head, ShareImage
from ..model.page import Page, PageKind
from ..text import cut

if TYPE_CHECKING:
    from ..model.site import File, Image, Site

# H-06; index and follow are the default and need not be said.
INDEXED = "max-image-preview:large, max-snippet:-1, max-video-preview:-1"
HIDDEN = "noindex,follow"
_CARD_TYPES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


def head(page: Page, site: Site, *, title: str, suffix: str, published: str, modified: str, author_url: str) -> Head:
    """Return the head of a page.

    Description: ``summary``, else the first words, else the practice's description. Canonical: the writer's, else
    the page's own address. Share image: the page's picture, on the home page the practice's; else a card with the
    page's title; where the font lacks a letter of it, the practice's picture, else the theme's. A picture that is too
    small is passed over.

    Args:
        page: the page.
        site: what the page may ask about.
        title: the whole title.
        suffix: the end of the title that the title fitter chose.
        published: ISO 8601, or empty.
        modified: ISO 8601, or empty.
        author_url: site address of the author's page, or empty.
    """
    front = page.document.front if page.document else None
    # A topic is a bare list until somebody introduces it (P-06).
    bare = page.kind is PageKind.NOT_FOUND or (page.kind is PageKind.TOPIC and front is None)
    hidden = site.noindex or bare or bool(front and (front.noindex or front.status != "published"))
    url = site.absolute(page.url)
    is_article = page.kind is PageKind.ARTICLE
    description = page.summary or site.facts.practice.description
    if page.number > 1:
        numbered = site.words.listing.summary
        description = numbered.format(number=page.number, count=page.count, summary=description)
    return Head(
        title=title,
        suffix=suffix,
        share_title=title.removesuffix(suffix),
        description=cut(description, limits.DESCRIPTION_LONGEST_CHARS)
        if not (front and front.summary)
        else description,
        robots=HIDDEN if hidden else INDEXED,
        canonical=front.canonical if front and front.canonical else url,
        url=url,
        language=(front.lang if front else None) or site.facts.practice.language,
        kind="article" if is_article else "website",
        site_name=site.facts.practice.name,
        image=_share_image(page, site),
        published=published if is_article else "",
        modified=modified if is_article else "",
        author=site.absolute(author_url) if is_article and author_url else "",
    )


def _share_image(page: Page, site: Site) -> ShareImage:
    front = page.document.front if page.document else None
    name = site.facts.practice.name
    own = (
        (_card(site.images.get(front.image or ""), front.image_focus), front.image_alt or page.title)
        if front
        else (None, "")
    )
    of_practice = (_card(site.images.get(site.facts.practice.image or ""), None), name)
    card = (site.card(page.title), f"{page.title} - {name}")
    options = (own, of_practice, card) if page.kind is PageKind.HOME else (own, card, of_practice)
    image, alt = next(((i, alt) for i, alt in options if i and _makes_a_card(i)), (site.share_image, name))
    return ShareImage(
        url=site.absolute(image.url),
        width=image.width,
        height=image.height,
        alt=alt,
        media_type=image.media_type,
        drawn=image == card[0],
    )


def _card(image: Image | None, focus: str | None) -> File | Image | None:
    """Return a picture as share cards show it, cut around what must stay in it."""
    return next(iter(image.cut("40x21", focus)), image) if image else None


def _makes_a_card(image: File | Image) -> bool:
    return (
        image.media_type in _CARD_TYPES
        and image.width >= limits.OG_IMAGE_WIDTH_LEAST_PX
        and image.height >= limits.OG_IMAGE_HEIGHT_LEAST_PX
    )
