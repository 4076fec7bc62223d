"""An article whose text does not link to the page of its service.

Why: A reader who finds themselves in an article looks for help in its text; and a link from there, in words that name
the service, says to search engines which page answers for it.
Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable; that it should is our choice
Rules: W-08
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .. import example
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..text import quoted
from ._evidence import evidence
from ._paragraphs import paragraphs
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.HINT


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such article, with the place where the link would stand best."""
    services = {page.service: page for page in built.site.pages if page.service}
    views = {view.url: view for view in pages(built)}
    found = evidence(built)
    for view in pages(built):
        page = built.site.by_url.get(view.url)
        service = built.site.service_of(page) if page and view.kind is PageKind.ARTICLE else None
        led = services.get(service) if service else None
        if service is None or led is None or led.url not in views or not view.head.indexable:
            continue
        if led.url not in {href for href, _ in found[view.save_as].text_links}:
            place = paragraphs(built).best(views[led.url], within=view.source)
            where = f"; the best place: {place}" if place else ""
            message = f"the text does not link to {led.url}, the page of its service {quoted(service.name)}"
            remedy = f"name the service once, or write a link to {{filename}}/{led.source}{where}"
            yield rule.at_key(view, built, "service", message, remedy)


_SERVICE: Final = example.FACTS.services[0]
_HELD: Final = example.document("Some of it is postpartum therapy.", service=_SERVICE.slug)
_WORDS: Final = example.document(path=f"services/{_SERVICE.slug}.md", title=_SERVICE.name)
_PAGES: Final = (example.page(_HELD), example.page(_WORDS, subject=_SERVICE))
_ARTICLE: Final = example.view(f"/articles/{_HELD.slug}/")
_LINKED: Final = (Markup('<p>Some of it is <a href="/services/postpartum-therapy/">postpartum therapy</a>.</p>'),)
_SERVICE_VIEW: Final = example.view(f"/services/{_SERVICE.slug}/", kind=PageKind.SERVICE)

GOOD: Final = (
    example.case(example.view(f"/articles/{_HELD.slug}/", body=_LINKED), _SERVICE_VIEW, _HELD, _WORDS, pages=_PAGES),
)
BAD: Final = (
    example.case(
        _ARTICLE,
        _SERVICE_VIEW,
        _HELD,
        _WORDS,
        pages=_PAGES,
        found="the text does not link to /services/postpartum-therapy/, the page of its service",
    ),
)
