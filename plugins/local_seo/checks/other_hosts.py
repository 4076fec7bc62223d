"""Something that a browser fetches from another host: a script, font, picture, map or video.

Why: The other host learns who reads about which health topic. For a practice that is a matter of law, and it
makes pages slow.
Source: https://www.hhs.gov/hipaa/for-professionals/privacy/guidance/hipaa-online-tracking/, FTC Health Breach
Notification Rule (16 CFR 318), California Penal Code 631
Rules: E-24, N-12
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from .. import example
from ..errors import Finding, Severity
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True
_REMEDY: Final = "keep a copy of it with the site, or make it a plain link"
_IN_CSS: Final = re.compile(rb"""(?:url\(|@import)\s*["']?\s*((?:https?:)?//[^"')\s;]+)""", re.IGNORECASE)


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each address elsewhere that the page makes a browser fetch."""
    page = built.rendered.get(view.save_as)
    for address in dict.fromkeys(page.requests if page else ()):
        if host := _other_host(address, built):
            message = f"the page fetches {quoted(address)} from {host}; nothing may come from another host"
            yield rule.at_words(view, built, [address], message, _REMEDY)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each address elsewhere in a style sheet."""
    for path in (each for each in built.files if each.endswith(".css")):
        for match in _IN_CSS.finditer(built.files[path]):
            address = match.group(1).decode(errors="replace")
            if host := _other_host(address, built):
                message = f"the style sheet /{path} fetches {quoted(address)} from {host}"
                yield rule.finding("", 0, message, _REMEDY)


def _other_host(address: str, built: Built) -> str:
    """Return the host of an address, empty when it is the site's own or when there is none."""
    try:
        host = urlsplit(address.strip()).netloc
    except ValueError:
        return address  # no browser knows either where this leads
    return "" if host == urlsplit(built.site.origin).netloc else host


GOOD: Final = (
    example.case(
        example.rendered(requests=("/theme/site.css", f"{example.ORIGIN}/images/a.jpg", "data:image/gif;base64,R0lGOD"))
    ),
    example.case(files={"theme/site.css": b'body { background: url("/theme/leaf.svg") }'}),
)
BAD: Final = (
    example.case(example.rendered(requests=("https://[maps/embed",)), found='"https://[maps/embed"'),
    example.case(example.rendered(requests=("https://fonts.example.com/a.woff2",)), found="from fonts.example.com"),
    example.case(
        example.rendered(requests=("//maps.example.com/embed",)),
        found='"//maps.example.com/embed" from maps.example.com',
    ),
    example.case(
        files={"theme/site.css": b"@import url(https://fonts.example.com/a.css);"},
        found="/theme/site.css fetches",
    ),
)
