"""A finished HTML file in, what a browser reads in it out; by a parser that had no part in making it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from ..model.built import Region, Rendered
from ..prose import Link, Passage
from ..text import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
_ATTRIBUTES = {tag: [name for each, name in _FETCHED if each == tag] for tag, _ in _FETCHED}
_FETCHING = ",".join(f"{tag}[{attribute}]" for tag, attribute in _FETCHED)
_FETCHED_LINKS = frozenset(
    "apple-touch-icon dns-prefetch icon manifest modulepreload preconnect prefetch preload stylesheet".split()
)
_UNSEEN = frozenset({"script", "style", "template", "-comment"})
_INLINE = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr".split()
)
_REGIONS = frozenset({"footer", "header", "main", "nav"})
_HEADINGS = "h1,h2,h3,h4,h5,h6"
# Elements whose text is asked for: gathered on the way through the page.
_NAMED = frozenset({"a", *_HEADINGS.split(","), *_REGIONS})
_Texts = dict[int, tuple[str, ...]]
# Elements that the policy of the site refuses to run, to show or to send to, in words.
_REFUSED = {
    "base": "a base element",
    "embed": "a plug-in",
    "form": "a form",
    "frame": "a frame",
    "iframe": "a frame",
    "object": "a plug-in",
    "style": "a style element",
}
_REFUSING = ",".join((*_REFUSED, "[style]", "script:not([src])", "meta[http-equiv]"))
_DATA = "application/ld+json"
# Elements of the head: one that may not stand there ends it, and what follows means nothing.
_STRAY = "body meta,body title,body link"
_DOCTYPE = re.compile(rb"\s*<!doctype html>", re.IGNORECASE)
# Both are seldom there, so the file is asked before its elements are.
_HANDLER = re.compile(rb"on[a-z]+\s*=")
_BEFORE_ATTRIBUTE = frozenset((b" ", b"\t", b"\n", b"\v", b"\f", b"\r", b'"', b"'", b"/"))
_SCRIPT = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)


# Elements of which a paragraph inside takes the tag: it is their text.
_OUTER: Final = frozenset({"blockquote", "dd", "dt", "figcaption", "li", "td", "th"})
_NOTE_MARKS: Final = frozenset({"footnote-ref", "footnote-backref"})
_HIDDEN_NODES: Final = "[style], [hidden], font[color], .visually-hidden, .sr-only"
_HIDING: Final = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0+)?(?![.\d])|font-size:0(?![.\d])|text-indent:-\d{3,}|"
    r"(?:left|right|top|margin-left|margin-top):-\d{3,}|clip:rect\(|(?<![\w-])color:(?:#fff(?:fff)?|white|transparent)"
)


class Pages(Mapping[str, Rendered]):
    """The HTML files of an output by path, each parsed when it is asked for: all at once would fill the memory."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Take the files by path; the last page that was asked for is kept."""
        self._files = files
        self._names = dict.fromkeys(name for name in files if name.endswith(".html"))
        self._last: tuple[str, Rendered] | None = None

    def __getitem__(self, name: str) -> Rendered:
        """Return what stands in a file."""
        last = self._last
        if last is None or last[0] != name:
            if name not in self._names:
                raise KeyError(name)
            self._last = last = (name, rendered(self._files[name]))
        return last[1]

    def __contains__(self, name: object) -> bool:
        """Return whether there is such a file."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Return the paths."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._names)


def rendered(data: bytes) -> Rendered:
    """Return what stands in an HTML file; never raises, whatever the bytes are."""
    tree = LexborHTMLParser(data.decode("utf-8", "replace"))
    head = tuple((node.tag or "", _attributes(node)) for node in tree.head.iter()) if tree.head else ()
    links = tuple((_get(node, "rel"), _get(node, "href")) for node in tree.css("link"))
    parts, texts = _seen(tree.body)
    anchors = {node.mem_id: (_get(node, "href"), _name(node, texts)) for node in tree.css("a[href]")}
    regions = tuple(
        Region(
            tag=node.tag or "",
            label=_get(node, "aria-label"),
            text=_text(node, texts),
            anchors=tuple(anchors[link.mem_id] for link in node.css("a[href]")),
        )
        for node in tree.css(",".join(sorted(_REGIONS)))
    )
    return Rendered(
        doctype=_DOCTYPE.match(data) is not None,
        head=head,
        language=_get(tree.css_first("html"), "lang"),
        titles=tuple(squeeze(node.text()) for node in tree.css("head > title")),
        metas=tuple(
            (_get(node, "name") or _get(node, "property"), _get(node, "content"))
            for node in tree.css("meta")
            if _get(node, "name") or _get(node, "property")
        ),
        links=links,
        headings=tuple((int((node.tag or "h1")[1]), _text(node, texts)) for node in tree.css(_HEADINGS)),
        anchors=tuple(anchors.values()),
        images=tuple(_attributes(node) for node in tree.css("img")),
        ids=tuple(_get(node, "id") for node in tree.css("[id]")),
        times=tuple(_get(node, "datetime") for node in tree.css("time[datetime]")),
        regions=regions,
        refused=tuple(_refused(tree, data, anchors.values())),
        strays=tuple(node.tag or "" for node in tree.css(_STRAY) if not _is_drawn(node)),
        requests=(*_fetched(tree), *(href for rel, href in links if set(rel.lower().split()) & _FETCHED_LINKS)),
        structured_data=tuple(node.text() for node in tree.css(f'script[type="{_DATA}"]')),
        text=squeeze("".join(parts)),
        main=next((region.text for region in regions if region.tag == "main"), ""),
        passages=_passages(tree, texts),
        hidden=tuple(text for node in tree.css(_HIDDEN_NODES) if _is_hidden(node) and (text := _text(node, texts))),
    )


def _get(node: LexborNode | None, name: str) -> str:
    return (node.attributes.get(name) or "") if node else ""


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}


def _name(node: LexborNode, texts: _Texts) -> str:
    """Return what a link is called: its label, else its words and those that stand for its pictures."""
    if label := _get(node, "aria-label"):
        return label
    found = texts.get(node.mem_id)
    if found is None:
        return squeeze(" ".join((_text(node, texts), *(_get(image, "alt") for image in node.css("img")))))
    return squeeze(" ".join(found)) if found[1:] else found[0]


def _text(node: LexborNode, texts: _Texts) -> str:
    """Return the text that a reader sees; blocks and line breaks are kept apart by a space."""
    found = texts.get(node.mem_id)
    return squeeze("".join(_seen(node)[0])) if found is None else found[0]


def _seen(node: LexborNode | None) -> tuple[list[str], _Texts]:
    """Return the texts below a node in order; and what stands in each link, heading and region by its ``mem_id``.

    Of these: the text, then the words that stand for each picture. What no reader sees has none. Without recursion,
    since a hostile file nests without end.
    """
    parts: list[str] = []
    pictures: list[str] = []
    texts: _Texts = {}
    # The elements that are open: what is left of their children, their tag, and for a named one where it began.
    inside: list[tuple[Iterator[LexborNode], str, tuple[int, int, int] | None]] = []
    inside.append((iter([node] if node else []), "span", None))
    while inside:
        children, name, began = inside[-1]
        for child in children:
            tag = child.tag or ""
            if tag == "-text":
                parts.append(child.text_content or "")
            elif tag not in _UNSEEN:
                if tag == "img":
                    pictures.append(_get(child, "alt"))
                start = (child.mem_id, len(parts), len(pictures)) if tag in _NAMED else None
                if tag not in _INLINE:
                    parts.append(" ")
                inside.append((child.iter(include_text=True), tag, start))
                break
        else:
            inside.pop()
            if name not in _INLINE:
                parts.append(" ")
            if began:
                at, first, picture = began
                texts[at] = (squeeze("".join(parts[first:])), *pictures[picture:])
    return parts, texts


def _refused(tree: LexborHTMLParser, data: bytes, anchors: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Yield what the site's Content-Security-Policy stops, in words."""
    for node in tree.css(_REFUSING):
        tag, attributes = node.tag or "", node.attributes
        if tag in _REFUSED:
            yield _REFUSED[tag]
        elif tag == "meta":
            yield f'a meta http-equiv="{_get(node, "http-equiv")}"'
        elif tag == "script" and attributes.get("type") != _DATA and "src" not in attributes:
            yield "a script that stands in the page"
        if "style" in attributes:
            yield f"a style attribute on <{tag}>"
    yield from (f"a link that runs code: {href}" for href, _ in anchors if _SCRIPT.match(href))
    found = _HANDLER.finditer(data.lower())
    if any(data[match.start() - 1 : match.start()] in _BEFORE_ATTRIBUTE for match in found):
        for node in tree.css("*"):
            yield from (f"{name} on <{node.tag}>" for name in node.attributes if name.startswith("on"))


def _is_drawn(node: LexborNode) -> bool:
    """Return whether an element belongs to a drawing, which has titles of its own."""
    above = node.parent
    while above is not None and above.tag != "body":
        if above.tag == "svg":
            return True
        above = above.parent
    return False


def _passages(tree: LexborHTMLParser, texts: _Texts) -> tuple[Passage, ...]:
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
                links.append(Link(attributes.get("href") or "", _name(node, texts)))
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
    for node in tree.css(_FETCHING):
        for attribute in _ATTRIBUTES.get(node.tag or "", ()):
            value = _get(node, attribute)
            if attribute == "srcset":
                yield from (part.split()[0] for part in value.split(",") if part.split())
            elif attribute in node.attributes:
                yield value
