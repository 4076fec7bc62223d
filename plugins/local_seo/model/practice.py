"""The facts of ``practice.toml``, typed once. Field names are the file's keys."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NewType
from zoneinfo import ZoneInfo

from .. import text, urls

# Words that readers see: quotes and dashes are made typographic while reading. Always plain text.
Prose = NewType("Prose", str)

Presence = Literal["office", "service-area", "telehealth"]
Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
WEEKDAYS: tuple[Weekday, ...] = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the practice is. Street, postal code and position are shown only when ``presence`` is office."""

    locality: str
    region: str
    country: str
    street: str | None = None
    postal_code: str | None = None
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Opening hours that several days share; times as ``HH:MM``."""

    days: tuple[Weekday, ...]
    opens: str
    closes: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """The ``[practice]`` table."""

    name: Prose
    url: str
    tagline: Prose
    description: Prose
    phone: str
    timezone: str
    presence: Presence
    address: Address
    legal_name: Prose | None = None
    type: str = "MedicalBusiness"
    email: str | None = None
    language: str = "en-US"
    logo: str | None = None
    image: str | None = None
    booking_url: str | None = None
    profiles: tuple[str, ...] = ()
    price_range: str | None = None
    languages: tuple[str, ...] = ()
    hours: tuple[Hours, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceArea:
    """Where the practice works, and the one sentence that says so under every article."""

    name: Prose
    sentence: Prose
    max_named: int = 6
    telehealth: Prose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the service area. ``slug`` is empty only while reading."""

    name: Prose
    type: Literal["City", "Place"]
    region: str
    slug: str = ""
    county: Prose | None = None
    wikipedia: str | None = None
    aliases: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """What the practice offers; its words stand in ``services/<slug>.md``."""

    slug: str
    name: Prose
    role: Prose
    keywords: tuple[Prose, ...] = ()
    sensitive: bool = False
    booking_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class License:
    """A licence as its board files it."""

    number: str
    board: Prose
    board_url: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who works here; the words stand in ``people/<id>.md``."""

    id: str
    name: Prose
    credentials: str
    title: Prose
    filed_name: Prose | None = None
    license: License | None = None
    booking_url: str | None = None
    photo: str | None = None
    profiles: tuple[str, ...] = ()
    knows: tuple[Prose, ...] = ()
    lead: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Titles:
    """How ``<title>`` ends: the first suffix that fits; without ``suffixes``, those of the language's words."""

    suffixes: tuple[Prose, ...] | None = None
    separator: str = " | "


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """How the places of an article are printed."""

    style: Literal["sentence", "phrases"] = "sentence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """Keywords that make an article sensitive, beside a sensitive service."""

    sensitive: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Helpline:
    """A public number for a reader who cannot wait. ``checked``: when somebody last confirmed it."""

    name: Prose
    kind: Literal["emergency", "crisis", "support"]
    checked: dt.date
    call: str | None = None
    text: str | None = None
    say: str | None = None
    languages: tuple[str, ...] = ()
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The look; None is the theme's own choice.

    Attributes:
        accent: the colour of links and buttons by daylight, as ``#8a3b1e``; by lamplight its hue.
        warmth: of the paper.
        type: the family of running text.
    """

    accent: str | None = None
    warmth: Literal["neutral", "soft", "warm"] | None = None
    type: Literal["serif", "sans"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """Which legal rules apply: a profile of ``compliance``; and other numbers that notices may print."""

    profile: str = "none"
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Crawlers:
    """Who may read the site besides search engines."""

    ai_retrieval: Literal["allow", "deny"] = "allow"
    ai_training: Literal["allow", "deny"] = "allow"
    llms_txt: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """What became of old addresses, where the site cannot know by itself."""

    gone: tuple[str, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """Where ``publish`` sends the site; ``preview``: where ``publish --preview`` sends it, for colleagues."""

    target: Literal["folder", "rclone", "cloudflare", "netlify", "github-pages"]
    to: str | None = None
    preview: str | None = None
    indexnow_key: str | None = None
    redirect_status: Literal[301, 308] = 301


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All of ``practice.toml``. Names in it are checked against each other while reading."""

    format: Literal[1]
    practice: Practice
    service_area: ServiceArea
    places: tuple[Place, ...]
    services: tuple[Service, ...] = ()
    people: tuple[Person, ...] = ()
    titles: Titles = field(default_factory=Titles)
    tags: Tags = field(default_factory=Tags)
    topics: Topics = field(default_factory=Topics)
    helplines: tuple[Helpline, ...] = ()
    theme: Theme = field(default_factory=Theme)
    checks: Mapping[str, Mapping[str, int | float | str | bool]] = field(default_factory=dict)
    compliance: Compliance = field(default_factory=Compliance)
    crawlers: Crawlers = field(default_factory=Crawlers)
    addresses: Addresses = field(default_factory=Addresses)
    publish: Publish | None = None

    @property
    def home_place(self) -> Place:
        """Return the most important place: the first."""
        return self.places[0]

    @property
    def lead(self) -> Person | None:
        """Return the person who stands for the practice: the one with ``lead``, else the first, if any."""
        return next((person for person in self.people if person.lead), next(iter(self.people), None))

    @property
    def has_office(self) -> bool:
        """Return whether readers may learn the street."""
        return self.practice.presence == "office"

    def place(self, name: str) -> Place | None:
        """Return the place with this name, alias or slug, in any case or accent."""
        wanted = text.fold(name)
        for place in self.places:
            if wanted in (place.slug, text.fold(place.name)) or wanted in map(text.fold, place.aliases):
                return place
        return None

    def service(self, slug: str) -> Service | None:
        """Return the service with this slug."""
        return next((service for service in self.services if service.slug == slug), None)

    def person(self, person_id: str) -> Person | None:
        """Return the person with this id."""
        return next((person for person in self.people if person.id == person_id), None)

    def booking_url(self, *holders: Service | Person | None) -> str | None:
        """Return where to book: the first of the holders with an address of its own, else the practice's."""
        return next((h.booking_url for h in holders if h and h.booking_url), self.practice.booking_url)

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which the practice's dates are meant."""
        return ZoneInfo(self.practice.timezone)

    @property
    def telephone(self) -> str:
        """Return the practice's phone as E.164 digits."""
        return urls.telephone_digits(self.practice.phone)
