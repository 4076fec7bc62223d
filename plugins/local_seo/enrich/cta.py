"""Which offers a page makes, in which words, and where they stand."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import urls
from ..model.body import HEADINGS
from ..model.page import Page, PageKind
from ..model.view import Offer
from ..text import topic_key

if TYPE_CHECKING:
    from ..model.body import Body
    from ..model.cta import CallToAction
    from ..model.practice import Facts, Service
    from ..model.site import Content

_HOSTS = frozenset({PageKind.ARTICLE, PageKind.SERVICE, PageKind.AREA})


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """The offers of a page: one within the body at an offset of its HTML, one at the end."""

    within: Offer | None = None
    offset: int = 0
    closing: Offer | None = None


def offers(page: Page, content: Content) -> Offers:
    """Return at most one offer before the end and one at the end; none on listings and plain pages.

    The page's own ``cta`` takes its place; for the other place, and for pages without one, the best of those of
    which every non-empty list matches: a matching service beats a place, a place beats a topic, then the highest
    priority, then the id.
    """
    document = page.document
    if page.kind not in _HOSTS or document is None:
        return Offers()
    within = _best(page, content, at_end=False)
    closing = _best(page, content, at_end=True)
    return Offers(
        within=_offer(within, page, content) if within else None,
        offset=_offset(document.body, within.placement.after_section or 0) if within else 0,
        closing=_offer(closing, page, content) if closing else None,
    )


def is_sensitive(page: Page, content: Content) -> bool:
    """Return whether the crisis box stands on a page: a sensitive service, or a keyword of a sensitive topic."""
    front = page.document.front if page.document else None
    service = content.service_of(page)
    if service and service.sensitive:
        return True
    sensitive = [topic_key(topic) for topic in content.facts.topics.sensitive]
    return any(
        topic and topic <= topic_key(keyword) for keyword in (front.keywords if front else ()) for topic in sensitive
    )


def href(written: str, facts: Facts, service: Service | None = None) -> str:
    """Return where an offer leads: ``tel:``, ``booking:`` and ``mailto:`` alone are the practice's own.

    An address of the practice's own site becomes a site address, so that a build for another origin stays there.
    """
    own = {
        "tel:": f"tel:{facts.telephone}",
        "booking:": facts.booking_url(service) or "",
        "mailto:": f"mailto:{facts.practice.email or ''}",
    }
    return urls.site_address(own.get(written, written), facts.practice.url)


def _best(page: Page, content: Content, *, at_end: bool) -> CallToAction | None:
    calls = [call for call in content.calls_to_action if (call.placement.after_section is None) is at_end]
    named = page.document.front.cta if page.document else None
    for call in calls:
        if call.id == named:
            return call
    ranks = ((_rank(call, page, content), call) for call in calls)
    fitting = [(rank, call) for rank, call in ranks if rank is not None]
    return min(fitting, key=lambda pair: pair[0])[1] if fitting else None


def _rank(call: CallToAction, page: Page, content: Content) -> tuple[int, int, str] | None:
    """Return the order of a call on a page, lowest first; None when one of its lists does not match."""
    front = page.document.front if page.document else None
    service = content.service_of(page)
    places = {page.place.slug} if page.place else set(front.cities if front else ())
    topics = {topic_key(keyword) for keyword in (front.keywords if front else ())}
    matches = (
        (call.services, bool(service and service.slug in call.services)),
        (call.places, not places.isdisjoint(call.places)),
        (call.topics, not topics.isdisjoint(map(topic_key, call.topics))),
    )
    if any(wanted and not matched for wanted, matched in matches):
        return None
    closeness = next((rank for rank, (wanted, _) in enumerate(matches) if wanted), len(matches))
    return (closeness, -call.priority, call.id)


def _offer(call: CallToAction, page: Page, content: Content) -> Offer:
    slug = page.document.slug if page.document else ""
    # The same article keeps its words whatever is added to the site.
    digest = hashlib.sha256(f"{slug}\n{call.id}".encode()).digest()
    variants = (None, *call.variants)
    variant = variants[int.from_bytes(digest[:8]) % len(variants)]
    return Offer(
        id=call.id,
        title=(variant and variant.title) or call.title,
        text=(variant and variant.text) or call.text,
        label=(variant and variant.label) or call.label,
        href=href(call.href, content.facts, content.service_of(page)),
    )


def _offset(body: Body, section: int) -> int:
    """Return where an offer stands: before the section after ``section``; never before the first paragraph.

    With fewer sections it stands before the last one; without any, after the first words.
    """
    blocks = body.blocks
    starts = [block.start for block in blocks if block.tag == "h2" and block.start > 0]
    if starts:
        return starts[min(section, len(starts) - 1)]
    first = next((block for block in blocks if block.tag not in HEADINGS), None)
    return first.end if first else len(body.html)
