"""Addresses: how they are built, where their files lie, which are allowed in a link."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import SplitResult, urlsplit

SLUG: Final = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# First parts of addresses that the site itself uses; a plain page cannot take them.
RESERVED: Final = frozenset("404 areas blog cards i images pagefind search services theme topics".split())
# What a reader may be sent to from text that a writer typed.
SCHEMES: Final = frozenset({"http", "https", "mailto", "tel"})
# Printed in front of every address as it is: nothing but lower case host names and a port.
_LABEL: Final = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_ORIGIN: Final = re.compile(rf"https://{_LABEL}(?:\.{_LABEL})*(?::([0-9]{{1,5}}))?/?")
_PORTS: Final = range(1, 65_536)
SERVICES: Final = "/services/"
AREAS: Final = "/areas/"
BLOG: Final = "/blog/"
ABOUT: Final = "/about/"
TOPICS: Final = "/topics/"
HOME: Final = "/"
FEED: Final = "/feed.xml"
THEME: Final = "/theme/"
SEARCH: Final = "/search/"
CARDS: Final = "/cards/"
INDEX: Final = "/pagefind/"  # of the search


def is_slug(text: str) -> bool:
    """Return whether text can stand in an address: lower case letters and digits joined by hyphens."""
    return bool(SLUG.fullmatch(text)) and text == text.lower()


def save_as(url: str) -> str:
    """Return the output path of a site address: ``/blog/a/`` lies in ``blog/a/index.html``."""
    path = url.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


def split(url: str) -> SplitResult:
    """Return the parts of an address; one that cannot be taken apart is all path, so it names no host."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", url, "", "")


def is_absolute(url: str) -> bool:
    """Return whether an address names a host."""
    return bool(split(url).netloc)


def is_web(url: str, *, secure: bool = False) -> bool:
    """Return whether an address leads to a host of the web, with ``secure`` by https only."""
    return scheme_of(url) in ({"https"} if secure else {"http", "https"}) and is_absolute(url)


def is_own(url: str) -> bool:
    """Return whether an address begins with one slash and stays on its host.

    Browsers read a backslash as a slash and drop control characters, so both could hide the ``//`` of another host.
    """
    return bool(re.fullmatch(r"/(?!/)[^\\\x00-\x1f]*", url))


def site_address(url: str, origin: str) -> str:
    """Return an address below an origin as a site address, any other as it is."""
    origin = origin.rstrip("/")
    if url == origin:
        return HOME
    return url.removeprefix(origin) if url.startswith(f"{origin}/") else url


def host_of(url: str) -> str:
    """Return the host of an absolute address as people say it, without ``www.``."""
    return (split(url).hostname or url).removeprefix("www.")


def scheme_of(url: str) -> str:
    """Return the scheme of an address in lower case, empty when it has none.

    Control characters and spaces are dropped first, as browsers do: a line break hides no ``javascript:``.
    """
    tidy = re.sub(r"[\x00-\x20]+", "", url)
    match = re.match(r"([A-Za-z][A-Za-z0-9+.\-]*):", tidy)
    return match.group(1).lower() if match else ""


def is_origin(url: str) -> bool:
    """Return whether text is a bare https origin such as ``https://www.example.org``."""
    found = _ORIGIN.fullmatch(url)
    return found is not None and (found.group(1) is None or int(found.group(1)) in _PORTS)


@lru_cache(maxsize=1 << 10)
def telephone_digits(phone: str) -> str:
    """Return a phone number as E.164 digits, or empty when it cannot be one.

    Ten digits are North American and get ``+1``; anything else needs its ``+`` and country code.
    """
    if re.search(r"[^0-9\s().+\-/]", phone):
        return ""
    digits = re.sub(r"\D", "", phone)
    if phone.strip().startswith("+"):
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""  # noqa: PLR2004 - E.164
    if len(digits) == 11 and digits.startswith("1"):  # noqa: PLR2004 - 1 and ten digits
        return f"+{digits}"
    return f"+1{digits}" if len(digits) == 10 else ""  # noqa: PLR2004 - a national number


@lru_cache(maxsize=1 << 10)
def telephone_text(phone: str) -> str:
    """Return a phone number as readers know it: ``760-555-0142`` for a North American one."""
    digits = telephone_digits(phone)
    if digits.startswith("+1") and len(digits) == 12:  # noqa: PLR2004 - +1 and ten digits
        return f"{digits[2:5]}-{digits[5:8]}-{digits[8:]}"
    return phone.strip()
