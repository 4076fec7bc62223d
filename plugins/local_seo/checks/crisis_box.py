"""A page about something heavy without the crisis box, or with it behind an offer.

Why: Somebody who reads about grief or depression at night may need help before the next working day; an offer
of therapy must not stand between them and it.
Source: https://www.w3.org/WAI/WCAG22/Understanding/consistent-help; docs/writing.md, `sensitive`
Rules: V-06, E-29
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.built import Region
from ..model.page import PageKind
from ..model.practice import Prose, Topics
from ..model.view import HelplineView, Link, Offer
from ..text import joined, topic_key
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.document import Document
    from ..model.practice import Facts
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when the box is not meant to stand on a sensitive page, or does not stand before all offers."""
    page = built.rendered.get(view.save_as)
    if page is None:
        return
    if not view.crisis:
        if _is_sensitive(view, built.site.facts, built.site.by_path.get(view.source)):
            yield rule.at_key(
                view, built, "title", f"{view.url} is about something heavy and has no crisis box", REMEDY
            )
        return
    frame = built.frame
    hrefs = [href for href, _ in page.region("main").anchors]
    urgent = [link.url for line in frame.urgent for link in (line.call, line.message) if link]
    offers = {part.href for part in (*view.body, view.closing) if isinstance(part, Offer)} | {frame.phone.url}
    first = next((at for at, href in enumerate(hrefs) if href in offers), len(hrefs))
    missing = [href for href in urgent if href not in hrefs[:first]]
    if missing:
        message = f"the crisis box of {view.url} lacks {joined(missing)} before the first offer"
        yield rule.at_key(view, built, "title", message, REMEDY)


def _is_sensitive(view: View, facts: Facts, document: Document | None) -> bool:
    if view.kind not in {PageKind.ARTICLE, PageKind.SERVICE} or document is None:
        return False
    service = facts.service(document.slug if view.kind is PageKind.SERVICE else document.front.service or "")
    sensitive = [key for key in map(topic_key, facts.topics.sensitive) if key]
    keywords = [topic_key(keyword) for keyword in document.front.keywords]
    return bool(service and service.sensitive) or any(topic <= word for topic in sensitive for word in keywords)


_HEAVY: Final = example.facts(topics=Topics(sensitive=("grief",)))
_LINE: Final = HelplineView(
    name="988", kind="crisis", call=Link("988", "tel:988"), message=None, say="", languages="", url=""
)
_URGENT: Final = replace(example.FRAME, urgent=(_LINE,))
_VIEW: Final = example.view(crisis=True, body=(Offer(id="call", title="", text="", label="", href="/contact/"),))


def _main(*hrefs: str) -> Region:
    return Region(tag="main", anchors=tuple((href, href) for href in hrefs))


GOOD: Final = (
    example.case(facts=_HEAVY),
    example.case(_VIEW, example.rendered(_VIEW, regions=(_main("tel:988", "/contact/"),)), frame=_URGENT),
)
BAD: Final = (
    example.case(
        example.view(), example.document(keywords=(Prose("Grief"),)), facts=_HEAVY, found="and has no crisis box"
    ),
    example.case(
        _VIEW, example.rendered(_VIEW, regions=(_main("/contact/", "tel:988"),)), frame=_URGENT, found="lacks tel:988"
    ),
)
