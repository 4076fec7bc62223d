"""A finished HTML file in, what a browser reads in it out; by a parser that had no part in making it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from ..model.built import Rendered
from ..prose import Link, Passage
from ..text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

# What a browser fetches by itself, as element and attribute. A canonical link is not fetched.
_FETCHED = (
    ("audio", "src"),
    ("embed", "src"),
    ("form", "action"),
    ("iframe", "src"),
    ("image", "href"),
    ("img", "src"),
    ("img", "srcset"),
    ("input", "src"),
    ("object", "data"),
    ("script", "src"),
    ("source", "src"),
    ("source", "srcset"),
    ("track", "src"),
    ("use", "href"),
    ("video", "poster"),
    ("video", "src"),
)
_FETCHED_LINKS = frozenset(
    "apple-touch-icon dns-prefetch icon manifest modulepreload preconnect prefetch preload stylesheet".split()
)
_UNSEEN = frozenset({"script", "style", "template", "-comment"})
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr".split()
)


# Elements of which a paragraph inside takes the tag: it is their text.
_OUTER: Final = frozenset({"blockquote", "dd", "dt", "figcaption", "li", "td", "th"})
_NOTE_MARKS: Final = frozenset({"footnote-ref", "footnote-backref"})
_HIDDEN_NODES: Final = "[style], [hidden], font[color], .visually-hidden, .sr-only"
_HIDING: Final = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0+)?(?![.\d])|font-size:0(?![.\d])|text-indent:-\d{3,}|"
    r"(?:left|right|top|margin-left|margin-top):-\d{3,}|clip:rect\(|(?<![\w-])color:(?:#fff(?:fff)?|white|transparent)"
)


def rendered(data: bytes) -> Rendered:
    """Return what stands in an HTML file; never raises, whatever the bytes are."""
    tree = LexborHTMLParser(data.decode("utf-8", "replace"))
    links = tuple((_get(node, "rel"), _get(node, "href")) for node in tree.css("link"))
    main = tree.css_first("main")
    return Rendered(
        language=_get(tree.css_first("html"), "lang"),
        titles=tuple(squeeze(node.text()) for node in tree.css("head > title")),
        metas=tuple(
            (_get(node, "name") or _get(node, "property"), _get(node, "content"))
            for node in tree.css("meta")
            if _get(node, "name") or _get(node, "property")
        ),
        links=links,
        headings=tuple((int((node.tag or "h1")[1]), _words(node)) for node in tree.css("h1,h2,h3,h4,h5,h6")),
        anchors=tuple((_get(node, "href"), _name(node)) for node in tree.css("a[href]")),
        images=tuple({k: v or "" for k, v in node.attributes.items()} for node in tree.css("img")),
        ids=tuple(_get(node, "id") for node in tree.css("[id]")),
        requests=(*_fetched(tree), *(href for rel, href in links if set(rel.lower().split()) & _FETCHED_LINKS)),
        structured_data=tuple(node.text() for node in tree.css('script[type="application/ld+json"]')),
        text=_words(tree.body),
        main=_words(main),
        passages=_passages(tree),
        hidden=tuple(text for node in tree.css(_HIDDEN_NODES) if _is_hidden(node) and (text := _words(node))),
    )


def _get(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node else ""


def _name(node: LexborNode) -> str:
    """Return what a link is called: its label, else its words and those that stand for its pictures."""
    pictures = (_get(image, "alt") for image in node.css("img"))
    return _get(node, "aria-label") or squeeze(" ".join((_words(node), *pictures)))


def _words(node: LexborNode | None) -> str:
    """Return the text that a reader sees; blocks and line breaks are kept apart by a space."""
    return squeeze("".join(_parts(node))) if node else ""


def _parts(node: LexborNode) -> Iterator[str]:
    """Yield the texts below a node in order; without recursion, since a hostile file nests without end."""
    waiting: list[LexborNode | str] = [node]
    while waiting:
        found = waiting.pop()
        if isinstance(found, str):
            yield found
        elif found.tag == "-text":
            yield found.text_content or ""
        elif found.tag not in _UNSEEN:
            space = "" if found.tag in _INLINE else " "
            waiting += (space, *reversed(list(found.iter(include_text=True))), space)


def _passages(tree: LexborHTMLParser) -> tuple[Passage, ...]:
    """Return the blocks of text that somebody wrote for the page, in order.

    They stand in the element of class ``prose``, or, in a theme that has none, in ``<main>``; parts that are marked
    as shared between pages, navigation and the numbers of footnotes are left out.
    """
    found: list[Passage] = []
    parts: list[str] = []
    links: list[Link] = []

    def end(tag: str) -> None:
        if text := squeeze("".join(parts)):
            found.append(Passage(tag, text, tuple(links)))
        parts.clear()
        links.clear()

    # Nodes with the tag of the block that their text belongs to; a tag alone ends a block of that tag.
    waiting: list[tuple[LexborNode | None, str]] = [
        (root, "main") for root in reversed(tree.css("main .prose") or tree.css("main"))
    ]
    while waiting:
        node, tag = waiting.pop()
        if node is None:
            end(tag)
            continue
        name = node.tag or ""
        if name == "-text":
            parts.append(node.text_content or "")
            continue
        if name in _UNSEEN or name == "nav":
            continue
        attributes = node.attributes
        if "data-shared" in attributes:
            continue
        inner = tag
        if name in _INLINE:
            if name == "a":
                if attributes.get("class") in _NOTE_MARKS:
                    continue
                links.append(Link(attributes.get("href") or "", _name(node)))
        elif name == "br":
            parts.append("\n")
        else:
            end(tag)
            inner = tag if name == "p" and tag in _OUTER else name
            waiting.append((None, inner))
        waiting += ((child, inner) for child in reversed(list(node.iter(include_text=True))))
    end("main")
    return tuple(found)


def _is_hidden(node: LexborNode) -> bool:
    """Return whether an element says that nobody shall see it; style sheets are not asked."""
    attributes = node.attributes
    style = "".join((attributes.get("style") or "").lower().split())
    named = {"visually-hidden", "sr-only"} & set((attributes.get("class") or "").split())
    colour = (attributes.get("color") or "").lower() if node.tag == "font" else ""
    return (
        "hidden" in attributes or bool(named) or bool(_HIDING.search(style)) or colour in {"white", "#fff", "#ffffff"}
    )


def _fetched(tree: LexborHTMLParser) -> Iterator[str]:
    for tag, attribute in _FETCHED:
        for node in tree.css(f"{tag}[{attribute}]"):
            value = _get(node, attribute)
            if attribute == "srcset":
                yield from (part.split()[0] for part in value.split(",") if part.split())
            else:
                yield value
