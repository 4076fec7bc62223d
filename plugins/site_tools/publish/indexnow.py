"""Search engines that take part in IndexNow are told which addresses to look at again.

Source: https://www.indexnow.org/documentation
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlsplit

from . import web

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ENDPOINT: Final = "https://api.indexnow.org/indexnow"
ADDRESSES_MOST: Final = 10_000  # in one call
_TAKEN: Final = frozenset({200, 202})
_REFUSED: Final = {
    400: "it could not read the call",
    422: "it says that the addresses, or the key, do not belong to this site",
}
_FORBIDDEN: Final = 403
_TOO_MANY: Final = 429
_SERVER_FAULT: Final = 500
_PAUSES_S: Final = (2, 8, 30)  # choice; a Retry-After that is longer wins, up to the longest pause
_LONGEST_PAUSE_S: Final = 60


class Fate(Enum):
    """What becomes of addresses that were announced."""

    KNOWN = "known"
    LATER = "later"  # with the next publish
    DROPPED = "dropped"  # another call would be refused as well


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call came to. ``words``: for a person; empty where all went well."""

    fate: Fate
    addresses: tuple[str, ...]
    words: str = ""


def announce(
    addresses: Sequence[str],
    origin: str,
    key: str,
    endpoint: str = ENDPOINT,
    pause: Callable[[float], None] = time.sleep,
) -> Iterator[Outcome]:
    """Announce site addresses, at most 10,000 a call; yield each call's outcome before the next begins.

    Args:
        addresses: site addresses.
        origin: of the site.
        key: the practice's; never printed.
        endpoint: where the calls go.
        pause: waits for some seconds.
    """
    for start in range(0, len(addresses), ADDRESSES_MOST):
        part = tuple(addresses[start : start + ADDRESSES_MOST])
        outcome = _call(part, origin, key, endpoint, pause)
        yield outcome
        if outcome.fate is not Fate.KNOWN:
            return


def _call(part: tuple[str, ...], origin: str, key: str, endpoint: str, pause: Callable[[float], None]) -> Outcome:
    value = {
        "host": urlsplit(origin).netloc,
        "key": key,
        "keyLocation": f"{origin}/{key}.txt",
        "urlList": [f"{origin}{quote(url, safe='/%')}" for url in part],
    }
    words = ""
    for wait in (*_PAUSES_S, None):
        answer = web.post(endpoint, json.dumps(value).encode(), "application/json; charset=utf-8")
        if answer and answer.status in _TAKEN:
            return Outcome(Fate.KNOWN, part)
        if answer and answer.status in _REFUSED:
            return Outcome(Fate.DROPPED, part, f"IndexNow refused ({answer.status}): {_REFUSED[answer.status]}")
        if answer and answer.status == _FORBIDDEN:
            why = "IndexNow refused (403): it does not find the key at the site yet"
            return Outcome(Fate.LATER, part, f"{why} - the next publish announces again")
        if answer and answer.status != _TOO_MANY and answer.status < _SERVER_FAULT:
            return Outcome(Fate.DROPPED, part, f"IndexNow gave an answer that nobody expects ({answer.status})")
        words = f"IndexNow says {answer.status}" if answer else "IndexNow does not answer"
        if wait is not None:
            pause(_pause_s(wait, answer))
    return Outcome(Fate.LATER, part, f"{words} - the next publish announces again")


def _pause_s(wait: float, answer: web.Answer | None) -> float:
    asked = answer.headers.get("retry-after", "") if answer else ""
    return min(max(wait, float(asked)), _LONGEST_PAUSE_S) if asked.isdecimal() else wait
