"""What stands around every page: the practice's facts in words, navigation, helplines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import urls
from ..model.page import PageKind
from ..model.practice import WEEKDAYS
from ..model.view import Day, Frame, HelplineView, HoursLine, Link, Picture

if TYPE_CHECKING:
    from ..model.document import Document
    from ..model.practice import Address, Facts, Helpline, Hours, Person
    from ..model.site import Image, Site
    from ..model.words import Lists, OpeningHours, Words

_NAVIGATION = (PageKind.SERVICES, PageKind.AREAS, PageKind.BLOG, PageKind.ABOUT)
_KIND_ORDER = ("emergency", "crisis", "support")


def frame(site: Site) -> Frame:
    """Return what is the same on every page."""
    facts = site.facts
    words = site.words
    practice = facts.practice
    helplines = tuple(
        _helpline(line, words) for line in sorted(facts.helplines, key=lambda line: _KIND_ORDER.index(line.kind))
    )
    plain = {page.document.slug: page for page in site.pages if page.kind is PageKind.PAGE and page.document}
    contact = plain.get("contact")
    navigation = [page for kind in _NAVIGATION for page in site.pages if page.kind is kind and page.number == 1]
    navigation += [contact] if contact and _listed(contact.document) else []
    logo = site.images.get(practice.logo or "")
    booking = facts.booking_url()
    return Frame(
        name=practice.name,
        tagline=practice.tagline,
        language=practice.language,
        origin=site.origin,
        stylesheet=site.stylesheet,
        feed=Link(words.feeds.blog.format(practice=practice.name), urls.FEED if site.articles else ""),
        phone=Link(urls.telephone_text(practice.phone), f"tel:{facts.telephone}"),
        email=Link(practice.email, f"mailto:{practice.email}") if practice.email else None,
        booking=Link(words.frame.book, urls.site_address(booking, practice.url)) if booking else None,
        contact_url=contact.url if contact else "",
        navigation=tuple(Link(page.name, page.url) for page in navigation),
        footer=(
            *(Link(page.name, page.url) for page in plain.values() if _listed(page.document)),
            *(Link(page.name, page.url) for page in site.pages if page.kind is PageKind.SEARCH),
        ),
        address=_address(practice.address, facts),
        area=facts.service_area.name,
        hours=tuple(_hours(hours, words.hours, words.lists) for hours in practice.hours),
        licences=tuple(line for line in map(licence, facts.people) if line),
        helplines=helplines,
        urgent=tuple(line for line in helplines if line.kind != "support"),
        crisis_url=plain["crisis-resources"].url if "crisis-resources" in plain else "",
        words=words,
        logo=_logo(logo) if logo else None,
    )


def _logo(image: Image) -> Picture:
    """Return the logo as it stands beside the name: less than 2 rem high (theme/css/components/masthead.css)."""
    sources = image.sources(0)
    sizes = f"{2 * image.width / image.height:.3g}rem" if sources else ""
    return Picture(url=image.url, width=image.width, height=image.height, alt="", sources=sources, sizes=sizes)


def licence(person: Person) -> str:
    """Return the line that the law asks for wherever a practice advertises; empty without a licence.

    Source: 16 CCR 1811 (California): full name as filed, title, licence number, state.
    """
    if person.license is None:
        return ""
    name = person.filed_name or person.name
    number = person.license.number
    # "LCSW 123" already says the title.
    title = "" if number.startswith(person.credentials) else f"{person.credentials} "
    return f"{name}, {title}{number}, {person.license.state}"


def _address(address: Address, facts: Facts) -> tuple[str, ...]:
    """Return the lines of the postal address; none when the street is private."""
    if not facts.has_office:
        return ()
    town = " ".join(part for part in (f"{address.locality},", address.region, address.postal_code) if part)
    return tuple(line for line in (address.street, town) if line)


def _listed(document: Document | None) -> bool:
    return bool(document and document.front.status == "published" and not document.front.noindex)


def _hours(hours: Hours, words: OpeningHours, lists: Lists) -> HoursLine:
    opens, closes = (Day(time, words.clock(*map(int, time.split(":")))) for time in (hours.opens, hours.closes))
    return HoursLine(days=_days(hours, words, lists), opens=opens, closes=closes)


def _days(hours: Hours, words: OpeningHours, lists: Lists) -> str:
    """Return days in words: three or more in a row as a range, others as a list."""
    order = [day for day in WEEKDAYS if day in hours.days]
    names = [words.names[WEEKDAYS.index(day)] for day in order]
    first = WEEKDAYS.index(order[0]) if order else 0
    in_a_row = list(WEEKDAYS[first : first + len(order)]) == order
    if in_a_row and len(order) > 2:  # noqa: PLR2004 - a range
        return words.days.format(first=names[0], last=names[-1])
    return lists.joined(names)


def _helpline(line: Helpline, words: Words) -> HelplineView:
    return HelplineView(
        name=line.name,
        kind=line.kind,
        call=_number(line.call, "tel") if line.call else None,
        message=_number(line.text, "sms") if line.text else None,
        say=line.say or "",
        languages=words.lists.joined(line.languages),
        url=line.url or "",
    )


def _number(number: str, scheme: str) -> Link:
    """Return the link of a helpline; short codes such as 988 have no country code."""
    digits = urls.telephone_digits(number)
    return Link(urls.telephone_text(number) if digits else number, f"{scheme}:{digits or number}")
