"""A link that should call, text or write to somebody, and cannot.

Why: On a phone the link is dialled as it stands: without a country code it fails abroad and on some networks,
and with other digits than it shows it calls somebody else.
Source: https://www.rfc-editor.org/rfc/rfc3966, https://www.rfc-editor.org/rfc/rfc6068
Rules: E-31, V-03
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from .. import example
from ..errors import Finding, Severity
from ..text import quoted
from ._evidence import read_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

_GLOBAL: Final = re.compile(r"\+[1-9]\d{6,14}")
_SHORT: Final = re.compile(r"\d{3,6}")
_MAIL: Final = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_LEAST_SHOWN: Final = 7  # digits; with fewer a name is no phone number


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such link, once for the first page that has it."""
    told: set[tuple[str, str]] = set()
    for view, page in read_pages(built):
        for call in page.calls:
            if call in told:
                continue
            told.add(call)
            href, name = call
            if fault := _fault(href, name):
                remedy = _MAIL_REMEDY if href.lower().startswith("mailto:") else _REMEDY
                yield rule.at_words(view, built, [name], f"{view.url} has the link {quoted(href)}, {fault}", remedy)


def _fault(href: str, name: str) -> str:
    scheme, _, rest = href.partition(":")
    whom = unquote(rest.partition("?")[0])
    if scheme.lower() == "mailto":
        return "" if all(_MAIL.fullmatch(each) for each in whom.split(",")) else "which is no e-mail address"
    if not _GLOBAL.fullmatch(whom) and not _SHORT.fullmatch(whom):
        return "which is no number with its country code"
    shown = re.sub(r"\D", "", name)
    if len(shown) >= _LEAST_SHOWN and not whom.endswith(shown):
        return f"and shows {quoted(name)}, which is another number"
    return ""


_MAIL_REMEDY: Final = "write it as mailto:hello@example.org"
_REMEDY: Final = "write phone numbers as tel:+17605550142, and show the same digits"

GOOD: Final = (
    example.case(
        example.rendered(
            anchors=(
                ("tel:+17605550142", "Call 760-555-0142"),
                ("tel:988", "call 988"),
                ("sms:741741", "text HOME to 741741"),
                ("mailto:hello@saltbush-family.example?subject=Hi", "Write"),
                ("tel:+17605550142", "Call Marisela"),
            )
        )
    ),
)
BAD: Final = (
    example.case(example.rendered(anchors=(("tel:760-555-0142", "Call"),)), found="no number with its country code"),
    example.case(
        example.rendered(anchors=(("tel:+17605550142", "760-555-0143"),)),
        found='shows "760-555-0143", which',
    ),
    example.case(example.rendered(anchors=(("mailto:", "Write"),)), found="which is no e-mail address"),
)
