"""A sitemap that lists other pages than those that may be found, or that search engines cannot read.

Why: Search engines take it as the list of pages that matter; a page that is missing is found late, and one
that may not be listed makes them doubt the rest.
Source: https://www.sitemaps.org/protocol.html,
https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap
Rules: E-12, F-03, N-03
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from .. import example, limits
from ..errors import Finding, Severity
from ..model.view import SitemapEntry, SitemapView
from ..text import quoted
from ._evidence import evidence
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

SETTINGS: Final = {"addresses": limits.SITEMAP_ADDRESSES_MOST, "bytes": limits.SITEMAP_LARGEST_BYTES}
_NAMESPACE: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_IMAGE: Final = "{http://www.google.com/schemas/sitemap-image/1.1}"


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of the sitemap."""
    for view in built.views.values():
        if isinstance(view, SitemapView):
            content = built.files.get(view.save_as)
            faults = ["there is no such file"] if content is None else _faults(view, content, built, rule)
            for fault in faults:
                yield rule.finding("", 0, f"/{view.save_as}: {fault}", REMEDY)


def _faults(view: SitemapView, content: bytes, built: Built, rule: Rule) -> Iterator[str]:
    try:
        root = ET.fromstring(content)  # noqa: S314 - our own output
    except ET.ParseError as problem:
        yield f"it is not XML ({problem})"
        return
    entries = [(_text(each, "loc"), _text(each, "lastmod")) for each in root.iter(f"{_NAMESPACE}url")]
    listed, meant = {url for url, _ in entries}, dict(_meant(view))
    for url in sorted(meant.keys() - listed):
        yield f"it lacks {url}, which search engines may list"
    for url in sorted(listed - meant.keys()):
        yield f"it lists {url}, which is no page that search engines may list"
    if len(listed) < len(entries):
        yield "it lists an address twice"
    for url, modified in entries:
        if modified != meant.get(url, modified):
            yield f"it says that {url} changed on {quoted(modified)}, not {quoted(meant[url])}"
    origin = built.site.origin
    known = evidence(built)
    # The later pages of a list are found by links, not listed.
    may_be_found = (page for page in built.pages.values() if page.head.indexable and not known[page.save_as].later)
    findable = {page.head.canonical for page in may_be_found}
    for url in sorted(findable ^ meant.keys()):
        fault = "may be listed and is not meant to be" if url in findable else "is meant to be listed and may not"
        yield f"{url} {fault}"
    for picture in sorted({(each.text or "").strip() for each in root.iter(f"{_IMAGE}loc")}):
        if not picture.startswith(f"{origin}/") or picture.removeprefix(origin) not in built.served:
            yield f"it names the picture {quoted(picture)}, which the site does not have"
    if len(entries) > rule["addresses"] or len(content) > rule["bytes"]:
        most = f"{rule['addresses']:.0f} and {rule['bytes']:.0f}"
        yield f"it has {len(entries)} addresses in {len(content)} bytes; {most} are the most"


def _meant(view: SitemapView) -> Iterator[tuple[str, str]]:
    return ((entry.url, entry.modified) for entry in view.entries)


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{_NAMESPACE}{name}", "").strip()


_URL: Final = f"{example.ORIGIN}/blog/first-weeks/"
_MAP: Final = SitemapView(save_as="sitemap.xml", entries=(SitemapEntry(url=_URL, modified="2026-05-04"),))
_FILE: Final = (
    f'<urlset xmlns="{_NAMESPACE[1:-1]}"><url><loc>{_URL}</loc><lastmod>2026-05-04</lastmod></url></urlset>'.encode()
)

GOOD: Final = (example.case(example.view(), _MAP, files={"sitemap.xml": _FILE}),)
BAD: Final = (
    example.case(example.view(), _MAP, found="there is no such file"),
    example.case(example.view(), _MAP, files={"sitemap.xml": b"<urlset"}, found="it is not XML"),
    example.case(example.view(), _MAP, files={"sitemap.xml": b"<urlset/>"}, found=f"it lacks {_URL}"),
    example.case(
        example.view(),
        _MAP,
        files={"sitemap.xml": _FILE.replace(b"<url>", b"<url><loc>https://a.example/</loc></url><url>")},
        found="it lists https://a.example/",
    ),
    example.case(
        example.view(), _MAP, files={"sitemap.xml": _FILE.replace(b"05-04", b"06-04")}, found='changed on "2026-06-04"'
    ),
    example.case(
        example.view(robots="noindex,follow"),
        _MAP,
        files={"sitemap.xml": _FILE},
        found="is meant to be listed and may not",
    ),
    example.case(
        example.view(),
        example.view("/blog/naps/"),
        _MAP,
        files={"sitemap.xml": _FILE},
        found="may be listed and is not",
    ),
)
