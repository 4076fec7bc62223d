"""An old address that leads to nothing, or that is still served under its old name.

Why: A redirect to an error page loses the reader and what the address had earned; one whose address is served never
happens, or hides the page, as the host likes.
Source: https://developers.google.com/search/docs/crawling-indexing/301-redirects
Rules: F-05
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.ledgers import Addresses
from ..text import nearest
from ._output import target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such address."""
    for old, new in sorted(built.addresses.redirects.items()):
        meant = target(new, old, built.site.origin)
        if old in built.served:
            fault, remedy = "is served as well", "take it out of redirects, or give the page another address"
        elif meant and meant.address not in built.served:
            fault, remedy = "which is not served", nearest(meant.address, built.pages)
        else:
            continue
        message = f"{old} leads to {new}, {'and ' if old in built.served else ''}{fault}"
        line = built.site.line_of("practice.toml", "addresses", "redirects")
        yield rule.finding("practice.toml", line, message, remedy)


GOOD: Final = (example.case(addresses=Addresses(redirects={"/old/": "/blog/#naps", "/older/": "https://a.example/"})),)
BAD: Final = (
    example.case(addresses=Addresses(redirects={"/old/": "/nowhere/"}), found="/old/ leads to /nowhere/, which is not"),
    example.case(addresses=Addresses(redirects={"/blog/": "/blog/first-weeks/"}), found="and is served as well"),
)
