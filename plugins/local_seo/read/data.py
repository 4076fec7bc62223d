"""TOML in, typed facts and calls to action out; every fault with its line."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from .. import limits, toml, urls
from ..errors import Finding, error
from ..model.cta import CallToAction, Placement, Variant
from ..model.practice import Facts, Prose
from ..text import fold, is_language, nearest, quoted, slugify

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..typed import Path, Typist

T = TypeVar("T")

PRACTICE = "practice.toml"
# LocalBusiness and its subtypes that a practice of this kind can be (schema.org 30.0). Physician and its
# subtypes misstate a counsellor.
BUSINESS_TYPES = frozenset(
    "ChildCare Dentist HealthAndBeautyBusiness LegalService LocalBusiness MedicalBusiness "
    "MedicalClinic Optician Pharmacy VeterinaryCare".split()
)
SENTENCE_FIELDS = frozenset({"practice", "cities", "area", "telehealth"})
SUFFIX_FIELDS = frozenset({"role", "city", "practice"})
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")
_FIELD = re.compile(r"\{([^{}]*)\}")


def facts(text: str, typist: Typist) -> tuple[Facts | None, list[Finding]]:
    """Return the facts of ``practice.toml`` and every fault; None when they cannot be typed.

    Places get their slug here, from the name where none is given.
    """
    value, lines, bad = toml.read(PRACTICE, text)
    if bad:
        return None, bad
    # [practice.address] and [[practice.hours]] are tables of [practice]; [[locations]] is reserved.
    if "locations" in value:
        what = "[[locations]] is reserved for practices with several offices and not supported yet"
        bad.append(error(PRACTICE, lines.of(("locations",)), "unknown-key", what, "describe the main office"))
        del value["locations"]
    typed, faults = typist.read(value, Facts)
    bad += [error(PRACTICE, lines.of(f.path), f.kind, f.message, f.remedy) for f in faults]
    if typed is None:
        return None, bad
    slugged = tuple(replace(place, slug=place.slug or slugify(place.name)) for place in typed.places)
    typed = replace(typed, places=slugged)
    bad += [error(PRACTICE, lines.of(at), check, what, remedy) for at, check, what, remedy in _faults(typed)]
    return (None if bad else typed), bad


def call_to_action(path: str, text: str, typist: Typist, known: Facts) -> tuple[CallToAction | None, list[Finding]]:
    """Return one call to action and every fault in it; None when it cannot be used.

    ``id`` is the file's name; a ``placement`` in words becomes a ``Placement``; places become slugs.
    """
    value, lines, bad = toml.read(path, text)
    if bad:
        return None, bad
    typed, faults = typist.read(value, _WrittenCall)
    bad += [error(path, lines.of(f.path), f.kind, f.message, f.remedy) for f in faults]
    if typed is None:
        return None, bad
    placement = _placement(typed.placement)
    if placement is None:
        what = f"placement {quoted(typed.placement)} is not after-intro, after-section N or end"
        bad.append(error(path, lines.of(("placement",)), "wrong-value", what, 'write "end"'))
    if remedy := href_fault(typed.href, known):
        what = f"href {quoted(typed.href)} leads nowhere that a reader may be sent to"
        bad.append(error(path, lines.of(("href",)), "wrong-value", what, remedy))
    places = []
    for index, name in enumerate(typed.places):
        place = known.place(name)
        if place is None:
            what = f"unknown place {quoted(name)}"
            remedy = nearest(name, (p.name for p in known.places))
            bad.append(error(path, lines.of(("places", index)), "unknown-place", what, remedy))
        else:
            places.append(place.slug)
    for index, slug in enumerate(typed.services):
        if known.service(slug) is None:
            what = f"unknown service {quoted(slug)}"
            remedy = nearest(slug, (s.slug for s in known.services))
            bad.append(error(path, lines.of(("services", index)), "unknown-service", what, remedy))
    if bad or placement is None:
        return None, bad
    call_id = path.rpartition("/")[2].removesuffix(".toml")
    return (
        CallToAction(
            id=call_id,
            title=typed.title,
            text=typed.text,
            label=typed.label,
            href=typed.href,
            placement=placement,
            places=tuple(places),
            services=typed.services,
            topics=typed.topics,
            priority=typed.priority,
            variants=typed.variants,
        ),
        [],
    )


def href_fault(href: str, known: Facts) -> str:
    """Return what to do about an address that may not stand in a link; empty when it may."""
    if href == "booking:":
        return "" if known.practice.booking_url else "give [practice] a booking_url, or write another address"
    if href == "mailto:":
        return "" if known.practice.email else "give [practice] an email, or write another address"
    if href == "tel:" or urls.is_own(href) or urls.is_web(href):
        return ""
    scheme = urls.scheme_of(href)
    if scheme == "tel" and not urls.telephone_digits(href.partition(":")[2]):
        return "write tel: alone for the practice's own number"
    if scheme in {"tel", "mailto"}:
        return ""
    return "allowed: tel:, booking:, mailto:, an address that begins with https:// or with /"


@dataclass(frozen=True, slots=True, kw_only=True)
class _WrittenCall:
    """A call to action as the file has it."""

    title: Prose
    text: Prose
    label: Prose
    href: str
    placement: str
    places: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    priority: int = 0
    variants: tuple[Variant, ...] = ()


def _placement(words: str) -> Placement | None:
    if words == "end":
        return Placement()
    if words == "after-intro":
        return Placement(after_section=0)
    found = re.fullmatch(r"after-section (\d{1,3})", words)
    return Placement(after_section=int(found.group(1))) if found else None


Faulty = tuple["Path", str, str, str]


def _faults(known: Facts) -> Iterator[Faulty]:
    """Yield what the types cannot say: (where, check id, what, remedy)."""
    yield from _practice_faults(known)
    yield from _area_faults(known)
    yield from _list_faults(known)


def _practice_faults(known: Facts) -> Iterator[Faulty]:
    practice = known.practice
    for key in ("name", "tagline", "description"):
        if not getattr(practice, key):
            yield ("practice", key), "wrong-value", f"practice.{key} is empty", "write it"
    if not urls.is_origin(practice.url):
        what = f"practice.url {quoted(practice.url)} is not a bare https address"
        yield ("practice", "url"), "wrong-value", what, "write it as https://www.example.org"
    if not urls.telephone_digits(practice.phone):
        what = f"practice.phone {quoted(practice.phone)} is not a phone number"
        yield ("practice", "phone"), "wrong-value", what, "write ten digits, or + and the country code"
    if practice.email and not re.fullmatch(r"[^@\s<>\"]+@[^@\s<>\"]+\.[^@\s<>\"]+", practice.email):
        what = f"practice.email {quoted(practice.email)} is not an e-mail address"
        yield ("practice", "email"), "wrong-value", what, "write it as name@example.org"
    try:
        ZoneInfo(practice.timezone)
    except (ValueError, OSError, LookupError):
        what = f"practice.timezone {quoted(practice.timezone)} is not a time zone"
        yield ("practice", "timezone"), "wrong-value", what, "write one such as America/Los_Angeles"
    if practice.type not in BUSINESS_TYPES:
        what = f"practice.type {quoted(practice.type)} is not a business type of schema.org that fits a practice"
        yield ("practice", "type"), "wrong-value", what, nearest(practice.type, BUSINESS_TYPES)
    if not is_language(practice.language):
        what = f"practice.language {quoted(practice.language)} is not a language code"
        yield ("practice", "language"), "wrong-value", what, "write one such as en-US"
    for index, hours in enumerate(practice.hours):
        for key, clock in (("opens", hours.opens), ("closes", hours.closes)):
            if not _TIME.fullmatch(clock):
                what = f"practice.hours.{key} {quoted(clock)} is not a time"
                yield ("practice", "hours", index, key), "wrong-value", what, "write it as 09:00"
        # Both are HH:MM, which sorts as time does.
        if _TIME.fullmatch(hours.opens) and _TIME.fullmatch(hours.closes) and hours.closes <= hours.opens:
            what = f"practice.hours.closes {quoted(hours.closes)} is not after opens {quoted(hours.opens)}"
            remedy = "write half past five in the afternoon as 17:30, midnight as 23:59"
            yield ("practice", "hours", index, "closes"), "wrong-value", what, remedy
        if not hours.days:
            what = "practice.hours.days is empty"
            yield ("practice", "hours", index, "days"), "wrong-value", what, 'name the days, as in ["Mon", "Tue"]'
        for day, count in Counter(hours.days).items():
            if count > 1:
                what = f"practice.hours.days names {day} {count} times"
                yield ("practice", "hours", index, "days"), "wrong-value", what, "keep it once"
    for holder, at in _booked(known):
        if holder and not urls.is_web(holder):
            what = f"booking_url {quoted(holder)} is not a web address"
            yield at, "wrong-value", what, "begin it with https://"
    yield from _links(("practice", "profiles"), practice.profiles)
    address = practice.address
    for name, value, most in (("latitude", address.latitude, 90), ("longitude", address.longitude, 180)):
        if value is not None and not -most <= value <= most:
            what = f"practice.address.{name} {value} is not between -{most} and {most}"
            yield ("practice", "address", name), "wrong-value", what, "copy it from a map"


def _booked(known: Facts) -> Iterator[tuple[str | None, Path]]:
    yield known.practice.booking_url, ("practice", "booking_url")
    for index, service in enumerate(known.services):
        yield service.booking_url, ("services", index, "booking_url")
    for index, person in enumerate(known.people):
        yield person.booking_url, ("people", index, "booking_url")


def _area_faults(known: Facts) -> Iterator[Faulty]:
    area = known.service_area
    yield from _template_faults(("service_area", "sentence"), area.sentence, SENTENCE_FIELDS)
    if "{cities}" not in area.sentence:
        what = "service_area.sentence does not name the places"
        yield ("service_area", "sentence"), "wrong-value", what, "put {cities} into it"
    if "{telehealth}" in area.sentence and not area.telehealth:
        what = "service_area.sentence has {telehealth}, but service_area.telehealth is not given"
        yield ("service_area", "sentence"), "wrong-value", what, "add telehealth, or take {telehealth} out"
    if not 1 <= area.max_named <= limits.PLACES_IN_SENTENCE_MOST:
        what = f"service_area.max_named {area.max_named} is not between 1 and {limits.PLACES_IN_SENTENCE_MOST}"
        yield ("service_area", "max_named"), "wrong-value", what, "more names than that read as a list"
    for index, suffix in enumerate(known.titles.suffixes or ()):
        yield from _template_faults(("titles", "suffixes", index), suffix, SUFFIX_FIELDS)


def _template_faults(at: Path, template: str, allowed: frozenset[str]) -> Iterator[Faulty]:
    name = ".".join(str(part) for part in at if isinstance(part, str))
    if re.search(r"[{}]", _FIELD.sub("", template)):
        yield at, "wrong-value", f"{name} {quoted(template)} has a brace without its partner", "mend the braces"
        return
    shown = sorted(f"{{{field}}}" for field in allowed)
    for field in (field for field in _FIELD.findall(template) if field.lower() not in allowed):
        what = f"{name} has the unknown field {{{field}}}"
        yield at, "wrong-value", what, nearest(f"{{{field}}}", shown)


def _list_faults(known: Facts) -> Iterator[Faulty]:
    if not known.places:
        yield ("places",), "missing-key", "no [[places]]", "add the town of the practice"
    names: dict[str, str] = {}
    for index, place in enumerate(known.places):
        for spelling in dict.fromkeys(fold(s) for s in (place.name, place.slug, *place.aliases)):
            if spelling in names:
                what = f"two places answer to {quoted(spelling)}: {names[spelling]} and {place.name}"
                yield ("places", index), "ambiguous-name", what, "rename one, or take the alias out"
            names[spelling] = place.name
    yield from _slug_faults("places", [place.slug for place in known.places], "slug")
    yield from _slug_faults("services", [service.slug for service in known.services], "slug")
    yield from _slug_faults("people", [person.id for person in known.people], "id")
    for index, place in enumerate(known.places):
        yield from _links(("places", index, "wikipedia"), (place.wikipedia,))
    for index, person in enumerate(known.people):
        yield from _links(("people", index, "profiles"), person.profiles)
        if person.license:
            yield from _links(("people", index, "license", "board_url"), (person.license.board_url,))
    if sum(person.lead for person in known.people) > 1:
        what = "more than one person has lead = true"
        yield ("people",), "ambiguous-name", what, "keep it for the one who stands for the practice"
    for index, line in enumerate(known.helplines):
        if not (line.call or line.text):
            what = f"the helpline {quoted(line.name)} has neither call nor text"
            yield ("helplines", index), "missing-key", what, "add the number to call"
        for key, number in (("call", line.call), ("text", line.text)):
            if number and not (urls.telephone_digits(number) or re.fullmatch(r"[0-9]{3,6}", number)):
                what = f"helplines.{key} {quoted(number)} is not a phone number"
                yield ("helplines", index, key), "wrong-value", what, "write the digits"
        yield from _links(("helplines", index, "url"), (line.url,))


def _slug_faults(table: str, slugs: list[str], key: str) -> Iterator[Faulty]:
    for index, slug in enumerate(slugs):
        if not urls.is_slug(slug):
            what = f"{table}.{key} {quoted(slug)} cannot stand in an address"
            suggestion = slugify(slug)
            remedy = f"write {quoted(suggestion)}" if suggestion else "write lower case letters and hyphens"
            yield (table, index, key), "wrong-value", what, remedy
        elif slug in slugs[:index]:
            yield (
                (table, index, key),
                "ambiguous-name",
                f"{table}.{key} {quoted(slug)} stands twice",
                "rename one",
            )


def _links(at: Path, found: Iterable[str | None]) -> Iterator[Faulty]:
    for index, url in enumerate(found):
        if url is not None and not urls.is_web(url, secure=True):
            what = f"{quoted(url)} is not a web address"
            yield (*at, index), "wrong-value", what, "begin it with https://"
