"""A feed that feed readers cannot use: broken, with other entries than it should have, or relative addresses.

Why: Feed readers show an article by its entry alone, far from the site; an address that is not whole leads
nowhere there.
Source: https://www.rfc-editor.org/rfc/rfc4287
Rules: H-11, E-18
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from markupsafe import Markup, escape

from .. import example
from ..digests import digest, of
from ..errors import Finding, Severity
from ..model.view import Entry, FeedView
from ..text import joined, quoted, squeeze
from ..workers import Item, Work
from ._evidence import memory
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True

_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_RELATIVE: Final = re.compile(r"""\s(?:href|src)\s*=\s*["'](?!https?:|mailto:|tel:|sms:)([^"']*)""", re.IGNORECASE)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for the first fault of each feed."""
    feeds = [view for view in built.views.values() if isinstance(view, FeedView)]
    items = [Item(view.save_as, _made_from(view, built), (view, built.files)) for view in feeds]
    for item, fault in zip(items, memory(built).each(_WORK, items), strict=True):
        if fault:
            yield rule.finding("", 0, f"/{item.name}: {fault}", REMEDY)


def _made_from(view: FeedView, built: Built) -> str:
    file = built.digests.get(view.save_as)
    return digest(of(view).encode(), file.encode()) if file else ""


def _fault(feed: tuple[FeedView, Mapping[str, bytes]]) -> str:
    view, files = feed
    content = files.get(view.save_as)
    if content is None:
        return "there is no such file"
    try:
        root = ET.fromstring(content)  # noqa: S314 - our own output
    except ET.ParseError as problem:
        return f"it is not XML ({problem})"
    if root.tag != f"{_ATOM}feed":
        return f"it is no Atom feed but {quoted(root.tag)}"
    for name, meant in (("id", view.url), ("title", view.title), ("updated", view.updated)):
        if (said := squeeze(root.findtext(f"{_ATOM}{name}", ""))) != squeeze(meant):
            return f"its {name} is {quoted(said)}, not {quoted(meant)}"
    if [link.get("href") for link in root.findall(f"{_ATOM}link") if link.get("rel") == "self"] != [view.url]:
        return f"it does not name its own address {quoted(view.url)}"
    entries = root.findall(f"{_ATOM}entry")
    if len(entries) != len(view.entries):
        return f"it has {len(entries)} entries, not {len(view.entries)}"
    ids = [entry.findtext(f"{_ATOM}id", "").strip() for entry in entries]
    if len(set(ids)) < len(ids) or "" in ids:
        return "two of its entries have one id, or one has none"
    for number, (wanted, entry) in enumerate(zip(view.entries, entries, strict=True), 1):
        if fault := _entry_fault(wanted, entry):
            return f"entry {number} {fault}"
    return ""


_WORK: Final[Work[tuple[FeedView, Mapping[str, bytes]], str]] = Work("feeds", str, _fault)


def _entry_fault(meant: Entry, entry: ET.Element) -> str:
    links = [link.get("href", "") for link in entry.findall(f"{_ATOM}link") if link.get("rel", "") == "alternate"]
    said = {name: squeeze(entry.findtext(f"{_ATOM}{name}", "")) for name in ("title", "published", "updated")}
    for what, want, have in (
        ("address", meant.url, joined(links)),
        ("title", squeeze(meant.title), said["title"]),
        ("date of publication", meant.published, said["published"]),
        ("date of change", meant.updated, said["updated"]),
    ):
        if want != have:
            return f"has the {what} {quoted(have)}, not {quoted(want)}"
    content = entry.findtext(f"{_ATOM}content", "")
    if content.strip() != str(meant.content).strip():
        return "has other words than the article"
    relative = _RELATIVE.search(content)
    return f"has the address {quoted(relative[1])} in its words, which is not whole" if relative else ""


def _feed(content: str = "<p>Naps.</p>") -> FeedView:
    day = "2026-05-04T00:00:00-07:00"
    return FeedView(
        save_as="feed.xml",
        url=f"{example.ORIGIN}/feed.xml",
        title="Blog",
        page_url=f"{example.ORIGIN}/blog/",
        language="en-US",
        updated=day,
        entries=(
            Entry(
                url=f"{example.ORIGIN}/blog/sleep/",
                title="Sleep & naps",
                summary="",
                published=day,
                updated=day,
                author="Marisela Quintero",
                content=Markup(content),  # noqa: S704 - a literal
            ),
        ),
    )


def _file(content: str = "<p>Naps.</p>") -> bytes:
    day = "2026-05-04T00:00:00-07:00"
    return f"""<feed xmlns="http://www.w3.org/2005/Atom"><id>{example.ORIGIN}/feed.xml</id><title>Blog</title>
<updated>{day}</updated><link rel="self" href="{example.ORIGIN}/feed.xml"/><entry><id>{example.ORIGIN}/blog/sleep/</id>
<title>Sleep &amp; naps</title><link rel="alternate" href="{example.ORIGIN}/blog/sleep/"/><published>{day}</published>
<updated>{day}</updated><content type="html">{escape(content)}</content></entry></feed>""".encode()


_LINKED: Final = '<p><a href="/blog/">Blog</a></p>'

GOOD: Final = (example.case(_feed(), files={"feed.xml": _file()}),)
BAD: Final = (
    example.case(_feed(), found="/feed.xml: there is no such file"),
    example.case(_feed(), files={"feed.xml": b"<feed>&nbsp;</feed>"}, found="/feed.xml: it is not XML"),
    example.case(_feed(), files={"feed.xml": b"<rss/>"}, found='it is no Atom feed but "rss"'),
    example.case(
        _feed(), files={"feed.xml": _file().replace(b"naps", b"nights")}, found='has the title "Sleep & nights"'
    ),
    example.case(_feed(), files={"feed.xml": _file("<p>More.</p>")}, found="entry 1 has other words than the article"),
    example.case(_feed(_LINKED), files={"feed.xml": _file(_LINKED)}, found='has the address "/blog/" in its words'),
)
