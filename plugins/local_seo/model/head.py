"""All that a page's ``<head>`` says; structured data reads it too, so that the two cannot differ."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareImage:
    """The picture of a share card; ``url`` absolute, sizes in pixels; ``drawn`` of the page's title."""

    url: str
    width: int
    height: int
    alt: str
    media_type: str
    drawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Plain text throughout; addresses absolute; dates ISO 8601 with a zone.

    Attributes:
        title: the whole ``<title>``, suffix included.
        suffix: what the title fitter added to the page's own title, separator included; "" for none.
        share_title: the title without its suffix, for share cards.
        robots: the robots directives; ``noindex,follow`` on a page that is not to be found.
        canonical: this page's own address, or the one that the writer names instead.
        url: this page's own address.
        kind: the Open Graph type, ``article`` or ``website``.
        published, modified: articles only.
        author: address of the author's page, articles only; "" when there is none.
    """

    title: str
    suffix: str
    share_title: str
    description: str
    robots: str
    canonical: str
    url: str
    language: str
    kind: str
    site_name: str
    image: ShareImage
    published: str = ""
    modified: str = ""
    author: str = ""

    @property
    def indexable(self) -> bool:
        """Return whether search engines may list this page under its own address."""
        return "noindex" not in self.robots and self.canonical == self.url

    @property
    def locale(self) -> str:
        """Return the language as Open Graph spells it: ``en_US``."""
        return self.language.replace("-", "_")
