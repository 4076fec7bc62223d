"""A file of the output that does not say what was meant: another title, address, language or entry.

Why: Search engines, feed readers and share cards act on what is in the file; two answers on one page cancel
out.
Source: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls,
https://www.rfc-editor.org/rfc/rfc4287, https://www.sitemaps.org/protocol.html
Rules: E-09, E-12, F-01, F-03, H-01, H-03, H-04, H-05, H-06, H-07, J-03
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from .. import example
from ..errors import Finding, Severity
from ..model.view import Entry, FeedView, LlmsView, RobotsView, SitemapEntry, SitemapView
from ..text import joined, plain, quoted, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built, Rendered
    from ..model.view import AnyView, View
    from . import Rule

SEVERITY: Final = Severity.ERROR
_REMEDY: Final = "take back the last change in theme/templates, or report it if there was none"
_ATOM: Final = "{http://www.w3.org/2005/Atom}"
_SITEMAP: Final = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

Texts = tuple[str, ...]


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each thing that the page says otherwise than its view."""
    page = built.rendered.get(view.save_as)
    if page is None:
        yield rule.finding(view.source, 0, f"the page {view.url} has no file {quoted(view.save_as)}", _REMEDY)
        return
    for what, wanted, found in _promises(view, page):
        if found != ((wanted,) if wanted else ()):
            message = f"{what} of {view.url} is {_shown(found)}, not {quoted(wanted)}"
            yield rule.finding(view.source, 0, message, _REMEDY)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each thing that a feed, the sitemap or robots.txt says otherwise than its view."""
    for view in built.views.values():
        if not isinstance(view, FeedView | SitemapView | RobotsView | LlmsView):
            continue
        content = built.files.get(view.save_as)
        fault = "there is no such file" if content is None else _fault(view, content)
        if fault:
            yield rule.finding("", 0, f"/{view.save_as}: {fault}", _REMEDY)


def _promises(view: View, page: Rendered) -> Iterator[tuple[str, str, Texts]]:
    """Yield what is compared: its name, what was meant (empty = nothing), what the file has."""
    head = view.head
    yield "the <title>", head.title, page.titles
    yield "the language", head.language, (page.language,)
    yield (
        "the canonical address",
        head.canonical,
        tuple(href for rel, href in page.links if rel == "canonical"),
    )
    yield (
        "the main heading (h1)",
        plain(view.heading),
        tuple(text for level, text in page.headings if level == 1),
    )
    yield "the structured data", view.structured_data, page.structured_data
    for name, wanted in (
        ("description", head.description),
        ("robots", head.robots),
        ("og:title", head.share_title),
        ("og:description", head.description),
        ("og:type", head.kind),
        ("og:url", head.url),
        ("og:site_name", head.site_name),
        ("og:locale", head.locale),
        ("og:image", head.image.url),
        ("og:image:alt", head.image.alt),
        ("og:image:width", str(head.image.width)),
        ("og:image:height", str(head.image.height)),
        ("article:published_time", head.published),
        ("article:modified_time", head.modified),
        ("article:author", head.author),
    ):
        yield f"the meta {name}", wanted, page.meta(name)


def _shown(found: Texts) -> str:
    return joined(map(quoted, found)) or "missing"


def _fault(view: AnyView, content: bytes) -> str:
    """Return what is wrong with a file that is no page, empty when nothing is."""
    if isinstance(view, RobotsView):
        return _robots_fault(view, content.decode(errors="replace"))
    if isinstance(view, LlmsView):
        return "" if content.decode(errors="replace") == view.text else "it does not list the pages as meant"
    try:
        root = ET.fromstring(content)  # noqa: S314 - our own output
    except ET.ParseError as problem:
        return f"it is not XML ({problem})"
    if isinstance(view, FeedView):
        wanted = [(entry.url, squeeze(entry.title), entry.updated) for entry in view.entries]
        found = [_entry(entry) for entry in root.iter(f"{_ATOM}entry")]
    elif isinstance(view, SitemapView):
        wanted = [(entry.url, entry.modified, "") for entry in view.entries]
        found = [(_text(each, "loc"), _text(each, "lastmod"), "") for each in root.iter(f"{_SITEMAP}url")]
    return _difference(wanted, found)


def _difference(wanted: list[tuple[str, str, str]], found: list[tuple[str, str, str]]) -> str:
    if len(found) != len(wanted):
        return f"it has {len(found)} entries, not {len(wanted)}"
    for number, (want, have) in enumerate(zip(wanted, found, strict=True), 1):
        for meant, said in zip(want, have, strict=True):
            if meant != said:
                return f"entry {number} says {quoted(said)}, not {quoted(meant)}"
    return ""


def _entry(entry: ET.Element) -> tuple[str, str, str]:
    links = [link for link in entry.findall(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"]
    title = squeeze(entry.findtext(f"{_ATOM}title", ""))
    return (links[0].get("href", "") if links else ""), title, entry.findtext(f"{_ATOM}updated", "").strip()


def _text(element: ET.Element, name: str) -> str:
    return element.findtext(f"{_SITEMAP}{name}", "").strip()


def _robots_fault(view: RobotsView, content: str) -> str:
    agents: list[str] = []
    denied: list[str] = []
    sitemaps: list[str] = []
    in_rules = False
    for line in content.splitlines():
        key, _, value = (part.strip() for part in line.partition(":"))
        if key.lower() == "user-agent":
            agents = [*([] if in_rules else agents), value]
            in_rules = False
        elif key.lower() == "sitemap":
            sitemaps.append(value)
        elif key:
            in_rules = True
            if key.lower() == "disallow" and value:
                denied += agents
    if sitemaps != [view.sitemap]:
        return f"it names the sitemap {_shown(tuple(sitemaps))}, not {quoted(view.sitemap)}"
    if sorted(denied) != sorted(view.denied):
        return f"it shuts out {_shown(tuple(denied))}, not {joined(view.denied) or 'nobody'}"
    return ""


_FEED: Final = FeedView(
    save_as="feed.xml",
    url=f"{example.ORIGIN}/feed.xml",
    title="Blog",
    page_url=f"{example.ORIGIN}/blog/",
    language="en-US",
    updated="2026-05-04T00:00:00-07:00",
    entries=(
        Entry(
            url=f"{example.ORIGIN}/blog/sleep/",
            title="Sleep & naps",
            summary="",
            published="2026-05-04T00:00:00-07:00",
            updated="2026-05-04T00:00:00-07:00",
            author="Marisela Quintero",
            content=example.view().heading,
        ),
    ),
)
_FEED_FILE: Final = (
    b'<feed xmlns="http://www.w3.org/2005/Atom"><title>Blog</title><entry><title>Sleep &amp; naps</title>'
    b'<link href="https://www.saltbush-family.example/blog/sleep/"/>'
    b"<updated>2026-05-04T00:00:00-07:00</updated></entry></feed>"
)
_MAP: Final = SitemapView(
    save_as="sitemap.xml", entries=(SitemapEntry(url=f"{example.ORIGIN}/", modified="2026-05-04"),)
)
_MAP_FILE: Final = (
    b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url>'
    b"<loc>https://www.saltbush-family.example/</loc><lastmod>2026-05-04</lastmod></url></urlset>"
)
_ROBOTS: Final = RobotsView(save_as="robots.txt", denied=("GPTBot", "CCBot"), sitemap=f"{example.ORIGIN}/sitemap.xml")
_ROBOTS_FILE: Final = (
    b"User-agent: *\nAllow: /\n\nUser-agent: GPTBot\nUser-agent: CCBot\nDisallow: /\n\n"
    b"Sitemap: https://www.saltbush-family.example/sitemap.xml\n"
)

GOOD: Final = (
    example.case(),
    example.case(
        _FEED,
        _MAP,
        _ROBOTS,
        files={"feed.xml": _FEED_FILE, "sitemap.xml": _MAP_FILE, "robots.txt": _ROBOTS_FILE},
    ),
)
BAD: Final = (
    example.case(example.rendered(titles=()), found="the <title> of /blog/first-weeks/ is missing, not"),
    example.case(
        example.rendered(titles=("A", "B")),
        found='the <title> of /blog/first-weeks/ is "A" and "B", not "First weeks',
    ),
    example.case(example.rendered(metas=()), found="the meta description of /blog/first-weeks/ is missing"),
    example.case(
        example.rendered(links=(("canonical", "/blog/"),)),
        found='is "/blog/", not "https://www.saltbush-family.example/b',
    ),
    example.case(example.rendered(language="es"), found='the language of /blog/first-weeks/ is "es", not "en-US"'),
    example.case(example.rendered(headings=((1, "Naps"),)), found='is "Naps", not "First weeks"'),
    example.case(example.rendered(structured_data=("{}",)), found='is "{}", not'),
    example.case(_FEED, found="/feed.xml: there is no such file"),
    example.case(_FEED, files={"feed.xml": b"<feed>&nbsp;</feed>"}, found="/feed.xml: it is not XML"),
    example.case(
        _FEED,
        files={"feed.xml": _FEED_FILE.replace(b"naps", b"nights")},
        found='says "Sleep & nights", not "Sleep',
    ),
    example.case(_MAP, files={"sitemap.xml": b"<urlset/>"}, found="it has 0 entries, not 1"),
    example.case(
        _ROBOTS, files={"robots.txt": b"Sitemap: /sitemap.xml"}, found='names the sitemap "/sitemap.xml", not'
    ),
    example.case(
        _ROBOTS,
        files={"robots.txt": _ROBOTS_FILE.replace(b"User-agent: CCBot\n", b"")},
        found='it shuts out "GPTBot", not GPTBot and CCBot',
    ),
)
