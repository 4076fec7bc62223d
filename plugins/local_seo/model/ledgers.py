"""What was published before: when each page last changed, and every address there ever was."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A published page: the hash of what it says, and when that last changed; None while nobody knows."""

    hash: str
    changed: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revisions:
    """``revisions.json``: published pages by site address. Written by ``publish`` only.

    ``announce``: addresses that changed and that search engines have not been told yet.
    """

    format: int = 1
    pages: Mapping[str, Revision] = field(default_factory=dict)
    announce: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What an address was: the file that it came from and the hash of what it said; no hash for lists and feeds."""

    source: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lock:
    """``addresses.lock``: every address ever published. Written by ``publish`` only."""

    format: int = 1
    addresses: Mapping[str, Published] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Old addresses.

    Attributes:
        redirects: from an old address to a served one, or to one elsewhere; never to a redirect.
        gone: old addresses that are given up.
        lost: old addresses of which nobody has said what became of them.
    """

    redirects: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    lost: tuple[str, ...] = ()
