"""Which pages of a preview readers will not find, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from local_seo import urls
from local_seo.enrich import dates, landing
from local_seo.model.page import PageKind
from local_seo.text import joined

from .live import Note

if TYPE_CHECKING:
    from local_seo.model.document import Document
    from local_seo.model.page import Page
    from local_seo.model.site import Site

# Pages that stand without the words that somebody wrote for them.
_LISTINGS: Final = frozenset(
    {PageKind.HOME, PageKind.BLOG, PageKind.SERVICES, PageKind.AREAS, PageKind.ABOUT, PageKind.NOT_FOUND}
)


def notes(site: Site) -> dict[str, Note]:
    """Return a note for each page that is not published or not listed, by output path."""
    found: dict[str, Note] = {}
    for page in site.pages:
        says, withheld = _reason(page, page.document, site) if page.document else ("", False)
        if page.document and says:
            found[urls.save_as(page.url)] = Note(
                url=page.url,
                title=page.title,
                says=says,
                source=page.document.path,
                withheld=withheld,
                listed=page.number == 1,
            )
    return found


def _reason(page: Page, document: Document, site: Site) -> tuple[str, bool]:
    """Return why readers will not find a page, or "", and whether ``invoke build`` leaves its file out."""
    published = document.front.date.astimezone(site.zone) if document.front.date else None
    if document.front.status == "draft":
        return ("Draft: these words are not published" if page.kind in _LISTINGS else "Draft: not published"), True
    if published and published.date() > site.today and (day := dates.day(published, site.words)):
        return f"Not published before {day.text}", True
    if page.place and (lacks := landing.missing_for_area(document)):
        return f"Not published: this page lacks {joined(lacks)}", False
    if document.front.status == "hidden":
        return "Hidden: in no list, and not for search engines", False
    return "", False
