"""A published address that is neither served, nor redirected, nor given up.

Why: Links and search results that lead to it end on an error page, and what it earned is lost.
Source: https://developers.google.com/search/docs/crawling-indexing/301-redirects
Rules: F-04, product 4 (a published address never dies)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.ledgers import Addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each old address of which nobody has said what became of it."""
    for old in built.addresses.lost:
        message = f"{old} was published and leads nowhere now"
        remedy = "under [addresses], add it to redirects with its new address, or to gone"
        yield rule.finding("practice.toml", 0, message, remedy)


GOOD: Final = (example.case(addresses=Addresses(redirects={"/old/": "/"}, gone=frozenset({"/older/"}))),)
BAD: Final = (example.case(addresses=Addresses(lost=("/blog/sleep/",)), found="/blog/sleep/ was published"),)
