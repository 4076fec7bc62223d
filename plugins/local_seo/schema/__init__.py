"""Structured data: one JSON-LD graph a page, made of the nodes that the modules of this folder yield.

A module is one schema.org type (``blog_posting`` is ``BlogPosting``) with
``nodes(page, view, site) -> Iterator[Node]``. It reads the finished view, so that nothing stands in the graph
that the page does not say. Yielding nothing means that the page does not need the type. None, empty strings,
lists and objects are dropped here.

A page stands alone: whoever refers to a node by ``ids`` counts on the node's own module to yield it on that
page. ``_parts`` says which people, places and services a page refers to; both sides ask it.

Source: https://schema.org, https://developers.google.com/search/docs/appearance/structured-data/sd-policies
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
from markupsafe import Markup

from .. import registry

if TYPE_CHECKING:
    from ..model.page import Page
    from ..model.site import Site
    from ..model.view import View

Node = dict[str, Any]


class Fixed(dict[str, Any]):
    """A node that is the same on every page: tidied and written once.

    Attributes:
        text: what ``graph`` makes of it.
    """

    text: str = ""


def graph(page: Page, view: View, site: Site) -> Markup:
    """Return the JSON-LD text of a page, safe inside a script element.

    Nodes stand in the order of the modules' names; one id is one node, the first that is yielded.
    """
    found: dict[str, str] = {}
    for module in registry.members(__name__, "nodes"):
        for node in module.nodes(page, view, site):
            text = _written(node)
            found.setdefault(node.get("@id") or text, text)
    whole = f'{{"@context":"https://schema.org","@graph":[{",".join(found.values())}]}}'
    return Markup(whole)  # noqa: S704 - no character of it can end the script element


def _written(node: Node) -> str:
    """Return a node as JSON."""
    if isinstance(node, Fixed):
        node.text = node.text or _text(node)
        return node.text
    return _text(node)


def _text(node: Node) -> str:
    text = msgspec.json.encode(_tidy(node)).decode()
    for char, escape in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026")):
        text = text.replace(char, escape)
    return text


def _tidy(value: Any) -> Any:  # noqa: ANN401 - JSON
    """Return a JSON value without empty properties and entries, tuples as lists; a number is never empty."""
    if isinstance(value, str):
        return str(value)  # not Markup
    if isinstance(value, dict):
        return {key: tidy for key, item in value.items() if (tidy := _tidy(item)) or isinstance(tidy, int | float)}
    if isinstance(value, (list, tuple)):
        return [tidy for item in value if (tidy := _tidy(item)) or isinstance(tidy, int | float)]
    return value
