"""Addresses: how they are built, where their files lie, which are allowed in a link."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

SLUG: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# First parts of addresses that the site itself uses; a plain page cannot take them.
RESERVED: Final = frozenset({"blog", "topics", "services", "areas", "search", "images", "theme", "404"})
# What a reader may be sent to from text that a writer typed.
SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
SERVICES: Final = "/services/"
AREAS: Final = "/areas/"
BLOG: Final = "/blog/"
ABOUT: Final = "/about/"
TOPICS: Final = "/topics/"
HOME: Final = "/"
FEED: Final = "/feed.xml"
THEME: Final = "/theme/"


def is_slug(text: str) -> bool:
    """Return whether text can stand in an address: lower case letters and digits joined by hyphens."""
    return bool(SLUG.fullmatch(text)) and text == text.lower()


def save_as(url: str) -> str:
    """Return the output path of a site address: ``/blog/a/`` lies in ``blog/a/index.html``."""
    path = url.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def is_absolute(url: str) -> bool:
    """Return whether an address names a host."""
    return bool(urlsplit(url).netloc)


def site_address(url: str, origin: str) -> str:
    """Return an address below an origin as a site address, any other as it is."""
    origin = origin.rstrip("/")
    if url == origin:
        return HOME
    return url.removeprefix(origin) if url.startswith(f"{origin}/") else url


def host_of(url: str) -> str:
    """Return the host of an absolute address as people say it, without ``www.``."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def scheme_of(url: str) -> str:
    """Return the scheme of an address in lower case, empty when it has none.

    Control characters and spaces are dropped first, as browsers do: a line break hides no ``javascript:``.
    """
    tidy = re.sub(r"[\x00-\x20]+", "", url)
    match = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", tidy)
    return match.group(1).lower() if match else ""


def is_origin(url: str) -> bool:
    """Return whether text is a bare https origin such as ``https://www.example.org``."""
    try:
        parts = urlsplit(url)
        port_fits = parts.port is None or parts.port > 0
    except ValueError:
        return False
    return (
        parts.scheme == "https"
        and bool(re.fullmatch(r"[a-z0-9]([a-z0-9.\-]*[a-z0-9])?(:\d+)?", parts.netloc))
        and parts.path in {"", "/"}
        and not parts.query
        and not parts.fragment
        and port_fits
    )


def telephone_digits(phone: str) -> str:
    """Return a phone number as E.164 digits, or empty when it cannot be one.

    Ten digits are North American and get ``+1``; anything else needs its ``+`` and country code.
    """
    if re.search(r"[^\d\s().+\-/]", phone):
        return ""
    digits = re.sub(r"\D", "", phone)
    if phone.strip().startswith("+"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""  # noqa: PLR2004 - E.164
    if len(digits) == 11 and digits.startswith("1"):  # noqa: PLR2004 - 1 and ten digits
        return f"+{digits}"
    return f"+1{digits}" if len(digits) == 10 else ""  # noqa: PLR2004 - a national number


def telephone_text(phone: str) -> str:
    """Return a phone number as readers know it: ``760-555-0142`` for a North American one."""
    digits = telephone_digits(phone)
    if digits.startswith("+1") and len(digits) == 12:  # noqa: PLR2004 - +1 and ten digits
        return f"{digits[2:5]}-{digits[5:8]}-{digits[8:]}"
    return phone.strip()
