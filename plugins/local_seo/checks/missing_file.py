"""A style sheet, picture, icon or script that a page asks for and that the site does not have.

Why: The page looks broken, and every visit asks for it in vain.
Source: https://developers.google.com/search/docs/crawling-indexing/troubleshoot-crawling-errors
Rules: E-10, H-09
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .. import example, urls
from ..errors import Finding, Severity
from ..text import quoted
from ._evidence import read_pages
from ._output import target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such file, once for the first page that asks for it."""
    told: set[str] = set()
    for view, page in read_pages(built):
        for href in page.requests:
            meant = target(href, view.url, built.site.origin)
            if meant and meant.address not in told and not _is_there(meant.address, built):
                told.add(meant.address)
                message = f"{view.url} asks for {quoted(href)}, which the site does not have"
                yield rule.at_words(view, built, [href], message, "put the file back, or mend what names it")
    for path in (each for each in built.files if each.endswith(".css")):
        for match in _IN_CSS.finditer(built.files[path]):
            href = match.group(1).decode(errors="replace")
            meant = target(href, f"/{path}", built.site.origin)
            if meant and not _is_there(meant.address, built) and not href.startswith("#"):
                message = f"/{path} asks for {quoted(href)}, which the site does not have"
                yield rule.finding("", 0, message, "put the file back, or mend theme/css")


def _is_there(address: str, built: Built) -> bool:
    """Return whether a file answers an address; for the index of the search its program vouches."""
    return address in built.served or address.startswith(urls.INDEX)


_IN_CSS: Final = re.compile(rb"""url\(\s*["']?([^"')]+)["']?\s*\)""", re.IGNORECASE)

GOOD: Final = (
    example.case(),
    example.case(example.rendered(requests=("https://cdn.example/a.js", "data:image/gif;base64,R0"))),
    example.case(files={"theme/a.css": b"a{background:url(icon.png)}b{mask:url(data:image/png;base64,iV)}"}),
)
BAD: Final = (
    example.case(example.rendered(requests=("/theme/site.1.css",)), found='asks for "/theme/site.1.css"'),
    example.case(files={"theme/a.css": b'a{background:url("/theme/leaf.svg")}'}, found='asks for "/theme/leaf.svg"'),
)
