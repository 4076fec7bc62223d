"""What checks of the finished files ask: where a link leads, and what a fault of the theme asks of the writer."""

from __future__ import annotations

import json
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple, cast
from urllib.parse import unquote, urljoin

from .. import urls
from ._evidence import evidence
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from ..model.built import Built
    from ..model.view import View

_MEMO: Final = "links"
# For what no word of the writer's can cause.
REMEDY: Final = "take back the last change in theme/templates, or report it if there was none"


class Target(NamedTuple):
    """Where a link of the site leads: a site address, percent signs resolved, and an anchor, "" for none."""

    address: str
    fragment: str
    query: str = ""


def target(href: str, base: str, origin: str) -> Target | None:
    """Return where a link leads from the page at ``base``; None when it leads off the site, or to no page."""
    # Nearly all begin with a slash, and mean the same on every page.
    return _target(href, "" if href.startswith("/") else base, origin)


class _Links(NamedTuple):
    met: Sequence[tuple[View, str]]
    leads: Mapping[str, AbstractSet[str]]


def links(built: Built) -> Sequence[tuple[View, str]]:
    """Return every address that links have, once, with the first page that has it, in order.

    One that follows from where it stands comes with every page that has it. Worked out once a build.
    """
    return _links(built).met


def leads(built: Built) -> Mapping[str, AbstractSet[str]]:
    """Return the addresses of the site that each page links to, by its output path; worked out once a build."""
    return _links(built).leads


def _links(built: Built) -> _Links:
    if _MEMO not in built.memo:
        # Thousands of pages have the same links, and nearly all of these mean the same on each of them.
        known: dict[str, str] = {}
        met: list[tuple[View, str]] = []
        found: dict[str, AbstractSet[str]] = {}
        for view in pages(built):
            hrefs = evidence(built)[view.save_as].hrefs
            new = [href for href in hrefs if href not in known]
            met += zip(repeat(view), new)
            known |= {href: _address(href, "", built) for href in new if href.startswith("/") or urls.scheme_of(href)}
            ways = set(map(known.get, hrefs, repeat("")))
            ways.update(_address(href, view.url, built) for href in new if href not in known)
            ways.discard("")
            found[view.save_as] = ways
        built.memo[_MEMO] = _Links(met, found)
    return cast("_Links", built.memo[_MEMO])


def _address(href: str, base: str, built: Built) -> str:
    meant = target(href, base, built.site.origin)
    return meant.address if meant else ""


@lru_cache(maxsize=1 << 16)
def _target(href: str, base: str, origin: str) -> Target | None:
    own = urls.site_address(href.strip(), origin)
    if own.startswith("//"):
        return None
    if own[:1] in {"", "#", "?"}:
        own = f"{base}{own}"
    elif own[0] != "/":
        if urls.scheme_of(own):
            return None
        try:
            own = urljoin(base, own)
        except ValueError:
            return Target(own, "")
    rest, _, fragment = own.partition("#")
    path, _, query = rest.partition("?")
    return Target(unquote(path), unquote(fragment), query)


def graph(view: View) -> list[dict[str, object]]:
    """Return the nodes of a page's structured data; none where they cannot be read."""
    return list(_graph(view.structured_data))


@lru_cache(maxsize=4)  # the checks of a page ask one after the other
def _graph(block: str) -> tuple[dict[str, object], ...]:
    try:
        data = json.loads(block)
    except (ValueError, RecursionError):
        return ()
    nodes = data.get("@graph", [data]) if isinstance(data, dict) else data
    return tuple(node for node in nodes if isinstance(node, dict)) if isinstance(nodes, list) else ()
