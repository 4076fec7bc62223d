"""A page that names a translation which does not name it back, or whose address or language nobody understands.

Why: Search engines ignore a translation that is named by one side only, and the page in the other language competes.
Source: https://developers.google.com/search/docs/specialty/international/localized-versions
Rules: E-21, H-08
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import quoted
from ._evidence import read_pages
from ._output import REMEDY, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

_CODE: Final = re.compile(r"[a-z]{2}(?:-[A-Z]{2})?|x-default")


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of each named translation."""
    named = {view.url: dict(page.versions) for view, page in read_pages(built)}
    for url, versions in named.items():
        view = built.pages[url]
        for code, href in versions.items():
            meant = target(href, url, built.site.origin)
            if not _CODE.fullmatch(code):
                fault = "which is no language that search engines know"
            elif not href.startswith("https://"):
                fault = "which is no whole https address"
            elif meant and meant.address not in named:
                fault = "which is no page of this site"
            elif meant and view.head.url not in named[meant.address].values():
                fault = "which does not name it back"
            else:
                continue
            message = f"{url} names a translation {quoted(code)} at {quoted(href)}, {fault}"
            yield rule.finding(view.source, 0, message, REMEDY)
        if versions and view.head.url not in versions.values():
            yield rule.finding(view.source, 0, f"{url} names translations and not itself among them", REMEDY)


def _links(**hrefs: str) -> tuple[tuple[str, dict[str, str]], ...]:
    return tuple(("link", {"rel": "alternate", "hreflang": code, "href": href}) for code, href in hrefs.items())


_ENGLISH, _SPANISH = f"{example.ORIGIN}/blog/first-weeks/", f"{example.ORIGIN}/es/blog/semanas/"
_BOTH: Final = _links(en=_ENGLISH, es=_SPANISH)

GOOD: Final = (
    example.case(),
    example.case(
        example.view(), example.rendered(head=_BOTH), example.view("/es/blog/semanas/"), example.rendered(head=_BOTH)
    ),
)
BAD: Final = (
    example.case(example.rendered(head=_BOTH), found="which is no page of this site"),
    example.case(example.rendered(head=_links(en=_ENGLISH, english=_ENGLISH)), found="no language that search engines"),
    example.case(example.rendered(head=_links(es="/es/")), found="which is no whole https address"),
    example.case(
        example.view(), example.rendered(head=_BOTH), example.view("/es/blog/semanas/"), found="does not name it back"
    ),
    example.case(example.rendered(head=_links(en=_SPANISH)), found="and not itself among them"),
)
