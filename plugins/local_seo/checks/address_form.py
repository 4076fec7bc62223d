"""A page whose address is hard to type or to keep: capitals, underscores, no slash at its end, or too long.

Why: An address that has two spellings counts as two pages, and a long one is cut in search results and in messages.
Source: https://developers.google.com/search/docs/crawling-indexing/url-structure; Rank Math takes the same length
Rules: F-06
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING


SETTINGS: Final = {"chars": limits.ADDRESS_LONGEST_CHARS}
_FORM: Final = re.compile(r"(?:/[^\W_A-Z]+(?:-[^\W_A-Z]+)*)*/")


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for an address of another form, and for one that is too long."""
    if view.kind is PageKind.NOT_FOUND:
        return
    if not _FORM.fullmatch(view.url):
        message = f"the address {quoted(view.url)} is not in lower case with hyphens and a slash at its end"
        yield rule.at_key(view, built, "slug", message, "give the page a slug such as first-weeks")
    if view.head.indexable and len(view.url) > rule["chars"]:
        message = f"the address {quoted(view.url, 120)} has {len(view.url)} characters; {rule['chars']:g} are the most"
        yield rule.at_key(view, built, "slug", message, "give the page a shorter slug")


GOOD: Final = (example.case(), example.case(example.view("/404.html", kind=PageKind.NOT_FOUND)))
BAD: Final = (
    example.case(example.view("/blog/First_Weeks/"), found='"/blog/First_Weeks/" is not in lower case'),
    example.case(example.view("/blog/first-weeks"), found='"/blog/first-weeks" is not in lower case'),
    example.case(example.view(f"/blog/{'sleep-' * 12}naps/"), found="has 83 characters; 75 are the most"),
)
