"""A site without an error page of its own, or with one that leaves the reader alone.

Why: Without the file hosts answer every wrong address with the home page, and search engines list it under
all of them; a reader who followed an old link wants a way on and a number to call.
Source: https://developers.google.com/search/docs/crawling-indexing/troubleshoot-crawling-errors
Rules: F-04
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.built import Region
from ..model.page import PageKind
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each thing that the error page lacks."""
    page = built.rendered.get(view.save_as)
    if page is None or view.kind is not PageKind.NOT_FOUND:
        return
    hrefs = {href for href, _ in page.region("main").anchors}
    for what, is_there in (
        ("is not at /404.html, where hosts look for it", view.save_as == "404.html"),
        ("may be listed by search engines", not view.head.indexable),
        ("has no link to the home page in its words", "/" in hrefs),
        ("has no phone number in its words", built.frame.phone.url in hrefs),
    ):
        if not is_there:
            yield rule.finding(view.source, 0, f"the error page {view.url} {what}", REMEDY)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when there is no error page."""
    if not any(view.kind is PageKind.NOT_FOUND and view.save_as in built.rendered for view in built.pages.values()):
        yield rule.finding("", 0, "the site has no /404.html", REMEDY)


_VIEW: Final = example.view("/404.html", kind=PageKind.NOT_FOUND, robots="noindex,follow")
_WAYS: Final = Region(tag="main", anchors=(("/", "Home"), ("tel:+17605550142", "760-555-0142")))

GOOD: Final = (example.case(_VIEW, example.rendered(_VIEW, regions=(_WAYS,))),)
BAD: Final = (
    example.case(found="the site has no /404.html"),
    example.case(_VIEW, found="has no link to the home page"),
    example.case(_VIEW, found="has no phone number in its words"),
    example.case(example.view("/404.html", kind=PageKind.NOT_FOUND), found="may be listed by search engines"),
)
