"""What becomes of old addresses: each is served, redirected in one hop, or gone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from .. import urls
from ..errors import Finding, error
from ..model.ledgers import Addresses
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model.site import Site

PRACTICE = "practice.toml"
# What the site has besides pages.
# The file that says where an address leads, and the line there; 0 when it is not known.
Told = tuple[str, int]
_FILES = frozenset({urls.FEED, "/robots.txt", "/sitemap.xml", "/build.json"})


def addresses(site: Site, hashes: Mapping[str, str]) -> tuple[Addresses, list[Finding]]:
    """Return what becomes of every address that a page ever had, and the redirects that cannot be.

    Those lead in a circle, to no page, or away from a page that is served.

    In this order: ``gone`` and ``redirects`` of ``[addresses]``, ``aliases`` of the pages, a page that comes from the
    same file, a single page that says the same, the list above a page that nobody wrote.

    Args:
        site: the pages, the facts and the ledger of published addresses.
        hashes: of what each page says, by site address.
    """
    feeds = {f"{topic.url}feed.xml" for topic in site.topics}
    pages = {page.url for page in site.pages}
    files = {address for image in site.images.values() for address in image.addresses}
    served = pages | feeds | site.extra | _FILES | files
    said = site.facts.addresses
    wanted, told_by = _aliases(site)
    here = (PRACTICE, site.line_of(PRACTICE, "addresses", "redirects"))
    for old, new in said.redirects.items():
        wanted[old] = urls.site_address(new, site.facts.practice.url)
        told_by[old] = (PRACTICE, site.line_of(PRACTICE, "addresses", "redirects", old))
    by_source = {page.source: page.url for page in reversed(site.pages) if page.document}
    by_hash: dict[str, list[str]] = defaultdict(list)
    for url, digest in hashes.items():
        by_hash[digest].append(url)
    lost = []
    for old, was in sorted(site.lock.addresses.items()):
        if old in served or old in said.gone or old in wanted:
            continue
        same = by_hash.get(was.hash, [])
        if was.source in by_source:
            wanted[old] = by_source[was.source]
        elif len(same) == 1:
            wanted[old] = same[0]
        elif place := site.facts.place(_last_part(old)) if old.startswith(urls.AREAS) else None:
            wanted[old] = f"{urls.AREAS}#{place.slug}"
        elif not was.hash:
            wanted[old] = _above(old, pages)
        else:
            lost.append(old)
    flat, bad = _flattened(wanted, told_by, served, here)
    return Addresses(redirects=flat, gone=frozenset(said.gone), lost=tuple(lost)), bad


def _last_part(url: str) -> str:
    return url.rstrip("/").rpartition("/")[2]


def _above(old: str, pages: set[str]) -> str:
    """Return the list above a page that was made of others, such as a later page of the blog, or a topic."""
    at = urls.BLOG if old.startswith(urls.TOPICS) else old
    if old.endswith(urls.FEED) and urls.BLOG in pages:
        return urls.FEED
    while at not in pages:
        at = f"{at.rstrip('/').rpartition('/')[0]}/"
    return at


def _aliases(site: Site) -> tuple[dict[str, str], dict[str, Told]]:
    wanted: dict[str, str] = {}
    told_by: dict[str, Told] = {}
    for page in site.pages:
        if page.document and page.number == 1:
            for alias in page.document.front.aliases:
                wanted[alias] = page.url
                told_by[alias] = (page.source, page.document.source.line_of_item("aliases", alias))
    return wanted, told_by


def _flattened(
    wanted: Mapping[str, str], told_by: Mapping[str, Told], served: set[str], here: Told
) -> tuple[dict[str, str], list[Finding]]:
    """Return each redirect straight to its end, and those that have none."""
    flat: dict[str, str] = {}
    bad: list[Finding] = []
    for old in sorted(wanted):
        way = [old]
        while way[-1] in wanted and len(way) <= len(wanted) and wanted[way[-1]] not in way:
            way.append(wanted[way[-1]])
        (path, line), end = told_by.get(old, here), way[-1]
        if old in served:
            what = f"{quoted(old)} is a page of the site and redirected to {wanted[old]}"
            bad.append(error(path, line, "bad-redirect", what, "delete one of the two"))
        elif end in wanted:
            what = f"the redirects of {' -> '.join([*way, wanted[end]])} lead in a circle"
            bad.append(error(path, line, "bad-redirect", what, "let one of them lead to a page"))
        elif end.partition("#")[0] not in served and not urls.is_web(end):
            what = f"the redirect {quoted(old)} leads to {end}, which is no page of the site"
            bad.append(error(path, line, "bad-redirect", what, "let it lead to a page, or list it under gone"))
        else:
            flat[old] = end
    return flat, bad
