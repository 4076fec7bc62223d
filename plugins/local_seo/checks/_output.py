"""What checks of the finished files ask: where a link leads, and what a fault of the theme asks of the writer."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import unquote, urljoin

from .. import urls

if TYPE_CHECKING:
    from ..model.view import View

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


@lru_cache(maxsize=1 << 16)
def _target(href: str, base: str, origin: str) -> Target | None:
    own = urls.site_address(href.strip(), origin)
    if urls.scheme_of(own) or own.startswith("//"):
        return None
    if not own.startswith("/"):
        try:
            own = urljoin(base, own) if own and own[0] not in "#?" else f"{base}{own}"
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
