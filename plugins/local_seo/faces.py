"""What pages know of each other: everything but the words of their texts.

A page is composed from its own text, from this, and from what the joining steps gave it. Nothing else is to be had, so
nothing else can matter: whoever asks for the text of another page gets an exception, with memory or without.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from .digests import digest, encoded
from .model.document import Document
from .model.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .model.site import Site


class Elsewhere(Exception):  # noqa: N818 - a slip of whoever composes a page
    """The text of another page was asked for."""


def _elsewhere() -> Any:  # noqa: ANN401 - returns nothing at all
    message = "a page is composed from its own text, not from another's"
    raise Elsewhere(message)


@dataclass(frozen=True, slots=True)
class Faces:
    """A site whose pages have no texts.

    Attributes:
        digest: of all of it.
    """

    site: Site
    digest: str

    def page(self, page: Page) -> Page:
        """Return a page of the whole site as it is composed: with its own text, others without."""
        own = self.site.by_url[page.url]
        return replace(own, document=page.document)


def faces(site: Site) -> Faces:
    """Return what the pages of a site know of each other."""
    documents = {document.path: _face(document) for document in site.documents}
    pages = tuple(
        replace(
            page,
            document=documents[page.document.path] if page.document else None,
            articles=tuple(documents[article.path] for article in page.articles),
        )
        for page in site.pages
    )
    alone = replace(site, documents=tuple(documents.values()), pages=pages, lines={})
    return Faces(alone, digest(*_said(alone)))


_SAID_BY_DOCUMENTS: Final = ("kind", "path", "front", "slug", "heading")
_SAID_BY_PAGES: Final = tuple(name for name in Page.__dataclass_fields__ if name not in {"document", "articles"})
_of_document: Final = attrgetter(*_SAID_BY_DOCUMENTS)
_of_page: Final = attrgetter(*_SAID_BY_PAGES)


def _face(document: Document) -> Document:
    """Return what stands for the text of another page: what can be linked to in it is known, its words are not."""
    said = zip(_SAID_BY_DOCUMENTS, _of_document(document), strict=True)
    return Document.late({"ids": document.ids, "digest": "", **dict(said)}, _elsewhere)


def _said(site: Site) -> Iterable[bytes]:
    """Yield all that stands in a site without texts."""
    for document in site.documents:
        yield encoded((_of_document(document), sorted(document.ids)))
    yield encoded(replace(site, documents=(), pages=()))
    for page in site.pages:
        paths = [article.path for article in page.articles]
        own = page.document.path if page.document else ""
        yield encoded((_of_page(page), own, paths))
