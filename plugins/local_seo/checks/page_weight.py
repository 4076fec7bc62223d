"""A page that is heavy to load: long HTML, a large style sheet, scripts, or large pictures at its top.

Why: A tired parent reads on a phone with one bar; search engines read the first two megabytes of a page and no more.
Source: https://developers.google.com/search/docs/crawling-indexing/googlebot; the smaller numbers are ours
Rules: E-35, W-17
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ._evidence import read_pages
from ._output import target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule
    from ._evidence import Evidence

SEVERITY: Final = Severity.WARNING
OUTPUT: Final = True

SETTINGS: Final = {
    "html_bytes": limits.HTML_LARGEST_BYTES,
    "style_bytes": limits.STYLE_LARGEST_BYTES,
    "script_bytes": limits.SCRIPT_LARGEST_BYTES,
    "page_bytes": limits.PAGE_LARGEST_BYTES,
}


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each part of a page that is too heavy, and for a page that search engines cut."""
    for view, page in read_pages(built):
        html = built.sizes.get(view.save_as, 0)
        if html > rule["html_bytes"]:
            message = f"{view.url} has {html} bytes of HTML; search engines read the first {rule['html_bytes']:.0f}"
            yield rule.at_key(view, built, "title", message, "make two pages of it")
            continue
        weight = {".css": 0, ".js": 0, "": 0}
        for href in _at_once(page):
            meant = target(href, view.url, built.site.origin)
            path = built.served.get(meant.address, "") if meant else ""
            weight[next(end for end in weight if path.endswith(end))] += built.sizes.get(path, 0)
        for what, found, most, remedy in (
            ("styles", weight[".css"], rule["style_bytes"], "take from theme/css what no page needs"),
            ("scripts", weight[".js"], rule["script_bytes"], "take the script out"),
            (
                "files that load at once",
                html + sum(weight.values()),
                rule["page_bytes"],
                "save its first picture smaller",
            ),
        ):
            if found > most:
                message = f"{view.url} has {found} bytes of {what}; {most:.0f} are the most"
                yield rule.at_key(view, built, "image", message, remedy)


def _at_once(page: Evidence) -> set[str]:
    """Return what loads before one scrolls: pictures further down load when they are scrolled to."""
    late = {picture.src for picture in page.pictures if picture.lazy}
    early = {picture.src for picture in page.pictures} - late
    return early | {href for href in page.requests if href.endswith((".css", ".js"))}


GOOD: Final = (example.case(sizes={"theme/site.css": 9_000, "blog/first-weeks/index.html": 30_000}),)
BAD: Final = (
    example.case(sizes={"theme/site.css": 60_000}, found="has 60000 bytes of styles; 50000 are the most"),
    example.case(
        example.rendered(images=({"src": "/theme/share.png"},)),
        sizes={"theme/share.png": 600_000},
        found="has 600000 bytes of files that load at once",
    ),
    example.case(sizes={"blog/first-weeks/index.html": 2_500_000}, found="search engines read the first 2000000"),
)
