"""A page without exactly one canonical address, or with one that is not the page's own and leads nowhere.

Why: The canonical address, `og:url` and the sitemap say under which address a page may be found; two answers,
or one that is not served, cancel each other out.
Source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
Rules: E-09, H-05, N-15
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, urls
from ..errors import Finding, Severity
from ..text import joined, quoted
from ._output import REMEDY, target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of the canonical address."""
    page = built.rendered.get(view.save_as)
    if page is None:
        return
    for what, wanted, found in (
        ("the canonical address", view.head.canonical, tuple(href for rel, href in page.links if rel == "canonical")),
        ("the meta og:url", view.head.url, page.meta("og:url")),
    ):
        if found != (wanted,):
            shown = joined(map(quoted, found)) or "missing"
            yield rule.finding(view.source, 0, f"{what} of {view.url} is {shown}, not {quoted(wanted)}", REMEDY)
    if not urls.is_web(view.head.canonical, secure=not built.site.preview):
        message = f"the canonical address of {view.url}, {quoted(view.head.canonical)}, is no whole https address"
        yield rule.at_key(view, built, "canonical", message, "write it with https:// and the host")


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each page whose canonical address is another page's that may not be found."""
    for view in built.pages.values():
        canonical = view.head.canonical
        meant = target(canonical, view.url, built.site.origin)
        if meant is None or meant.address == view.url or view.save_as not in built.rendered:
            continue
        if not urls.is_web(canonical, secure=not built.site.preview):
            continue
        other = built.pages.get(meant.address)
        if other is None:
            fault = "which is no page of this site"
        elif not other.head.indexable:
            fault = "which search engines may not list either"
        else:
            continue
        message = f"the canonical address of {view.url} is {quoted(canonical)}, {fault}"
        yield rule.at_key(view, built, "canonical", message, "name a page that may be found, or take the key away")


_ELSEWHERE: Final = f"{example.ORIGIN}/blog/naps/"

GOOD: Final = (
    example.case(),
    example.case(example.view(canonical=_ELSEWHERE), example.view("/blog/naps/")),
    example.case(example.view(canonical="https://www.journal.example/naps/")),
)
BAD: Final = (
    example.case(example.rendered(links=()), found="the canonical address of /blog/first-weeks/ is missing, not"),
    example.case(example.rendered(links=(("canonical", "/blog/"),)), found='is "/blog/", not "https://www.saltbush'),
    example.case(
        example.rendered(links=(("canonical", f"{example.ORIGIN}/blog/first-weeks/"),) * 2),
        found='first-weeks/" and "https',
    ),
    example.case(example.rendered(metas=()), found="the meta og:url of /blog/first-weeks/ is missing"),
    example.case(example.view(canonical="/blog/naps/"), found="is no whole https address"),
    example.case(example.view(canonical=_ELSEWHERE), found="which is no page of this site"),
    example.case(
        example.view(canonical=_ELSEWHERE),
        example.view("/blog/naps/", robots="noindex,follow"),
        found="which search engines may not list either",
    ),
)
