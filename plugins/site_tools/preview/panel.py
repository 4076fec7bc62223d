"""The panel at the foot of each page of ``serve``: what search engines, readers and the checks make of it.

What needs the whole site is worked out when somebody first asks for it, never while a save is built.
"""

from __future__ import annotations

import contextlib
import importlib
import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from local_seo import arial, limits, urls
from local_seo.enrich import dates
from local_seo.errors import Severity
from local_seo.model.document import Kind
from local_seo.model.view import View
from local_seo.read.output import rendered
from local_seo.text import joined

from ..report.measure import Web, loads, reading, shown, weight
from ..report.targets import Targets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from local_seo.errors import Finding
    from local_seo.ledger import Pair
    from local_seo.model.built import Built, Rendered
    from local_seo.model.document import Document
    from local_seo.model.page import Page
    from local_seo.model.site import Site
    from local_seo.model.view import AnyView

    from ..report.measure import Reading

URL: Final = "/__preview/panel"
_LISTED_MOST: Final = 12
_FEW: Final = 3

_PANEL: Final = Markup(
    '<preview-panel role="region" aria-label="About this page" lang="en" dir="ltr" data-src="{url}" '
    'data-checked="{checked}"><details><summary>{summary}</summary><div data-panel tabindex="0" role="group" '
    'aria-label="What is known of this page">{body}</div></details></preview-panel>'
)
_SECTION: Final = Markup('<section data-part="{part}"{more}><h2>{title}</h2>{body}</section>')
_NOTE: Final = Markup(
    '<li data-severity="{severity}"><p dir="auto">{message}</p>{remedy}'
    '<p><code dir="auto">{place}</code> <small>{severity} · {id}</small></p></li>'
)
_RESULT: Final = Markup(
    '<figure data-result="{device}"><figcaption>{label}</figcaption><div><p data-site><b>{site}</b><span>{trail}</span>'
    '</p><p data-title dir="auto">{title}</p><p data-text dir="auto">{text}</p></div></figure>'
)
_CARD: Final = Markup(
    '<div data-card>{picture}<div><p data-host>{host}</p><p data-title dir="auto">{title}</p>'
    '<p data-text dir="auto">{text}</p></div></div>'
)


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What the panels of one build know.

    Attributes:
        site, views: of the build.
        rendered: what stands in the pages, by output path.
        sizes: of the files in bytes, by output path.
        folder: where its files lie.
        content: the content folder, as paths are shown.
    """

    site: Site
    views: Mapping[str, AnyView]
    rendered: Mapping[str, Rendered]
    sizes: Mapping[str, int]
    folder: Path
    content: str

    @cached_property
    def _web(self) -> Web:
        return Web(site=self.site, views=self.views)

    @cached_property
    def _targets(self) -> Targets:
        return Targets(site=self.site)

    def closed(self, name: str, findings: Sequence[Finding] | None) -> Markup:
        """Return the panel as a page comes with it: its one line, and where the rest is to be had.

        Args:
            name: output path of the page; "" comes back for one that is not of this site's making.
            findings: of the whole site, paths as they are shown; None while the checks run.
        """
        view = self.views.get(name)
        if not isinstance(view, View):
            return Markup()
        more = Markup('<p><a href="{}{}">Show it as a page</a></p>').format(URL, view.url)
        return self._panel(view, findings, more)

    def whole(self, name: str, data: bytes, findings: Sequence[Finding] | None) -> Markup:
        """Return the panel with everything in it; ``data`` is the page as it lies in the output."""
        view = self.views.get(name)
        if not isinstance(view, View):
            return Markup()
        page = self.site.by_url.get(view.url)
        read = rendered(data)
        parts = [
            ("notes", "Notes", self._notes(view, findings)),
            ("result", "In search results", self._result(view, read)),
            ("card", "When somebody shares it", self._card(read)),
            ("targets", "Keywords and places", self._owned(page.document) if page and page.document else Markup()),
            ("links", "Links", self._links(view)),
            ("reading", "Reading", _reading(reading(view, self.rendered[name], self.site))),
            ("dates", "Dates", self._dates(page) if page else Markup()),
            ("weight", "Weight", self._weight(read, data)),
            ("data", "What machines read", _structured(read)),
        ]
        # Many notes take a column for themselves; few leave room for what follows.
        many = Markup(" data-many") if findings and len(self._of(view, findings)) > _FEW else Markup()
        body = Markup().join(
            _SECTION.format(part=part, title=title, body=body, more=many if part == "notes" else "")
            for part, title, body in parts
            if body
        )
        return self._panel(view, findings, body)

    def _panel(self, view: View, findings: Sequence[Finding] | None, body: Markup) -> Markup:
        known = reading(view, self.rendered[view.save_as], self.site)
        said = [Markup("<span>checking …</span>") if findings is None else _counted(self._of(view, findings))]
        if known and known.grade is not None:
            said.append(Markup("<span>grade {:.0f}</span>").format(known.grade))
        if known:
            said.append(Markup("<span>{}</span>").format(_number(known.words, "word")))
        checked = "no" if findings is None else "yes"
        return _PANEL.format(url=f"{URL}{view.url}", checked=checked, summary=Markup(" ").join(said), body=body)

    def _of(self, view: View, findings: Iterable[Finding]) -> list[Finding]:
        """Return the findings of one page: those of its file, less what they say of another page of that file."""
        path, own = f"{self.content}/{view.source}", f"(page {view.url})"
        written = view.source in self.site.by_path
        return sorted(
            each
            for each in findings
            if each.path == path and (own in each.message or (written and "(page /" not in each.message))
        )

    def _notes(self, view: View, findings: Sequence[Finding] | None) -> Markup:
        if findings is None:
            return Markup("<p>The checks are still running.</p>")
        order = list(Severity)
        own = sorted(self._of(view, findings), key=lambda each: order.index(each.severity))
        if not own:
            return Markup("<p>Nothing to mend.</p>")
        items = (
            _NOTE.format(
                severity=each.severity,
                place=f"{each.path}:{each.line}" if each.line else each.path,
                id=each.id,
                message=each.message,
                remedy=Markup('<p dir="auto" data-remedy>{}</p>').format(each.remedy) if each.remedy else "",
            )
            for each in own
        )
        return Markup("<ol>{}</ol>").format(Markup().join(items))

    def _result(self, view: View, read: Rendered) -> Markup:
        title, text = next(iter(read.titles), ""), next(iter(read.meta("description")), "")
        host = urls.host_of(self.site.facts.practice.url)
        trail = " › ".join(  # noqa: RUF001 - as search engines write it
            (host, *filter(None, view.url.removesuffix("/").split("/")))
        )
        wide = arial.width_px(title)
        parts = [
            Markup("<p>Search engines are asked not to list this page; so it would look.</p>")
            if not view.head.indexable
            else Markup()
        ]
        for device, label, width, lines in (
            ("phone", "On a phone", limits.RESULT_PHONE_PX, (2, 3)),
            ("desk", "On a desktop", limits.RESULT_DESK_PX, (1, 2)),
        ):
            fitted = {"width_px": width}
            parts.append(
                _RESULT.format(
                    device=device,
                    label=label,
                    site=self.site.facts.practice.name,
                    trail=trail,
                    title=shown(title, size_px=limits.RESULT_TITLE_SIZE_PX, lines=lines[0], **fitted),
                    text=shown(text, size_px=limits.RESULT_TEXT_SIZE_PX, lines=lines[1], **fitted)
                    or "The page says nothing here; the search engine picks some words of its own.",
                )
            )
        parts.append(
            Markup(
                '<p data-measure><meter min="0" max="{most}" high="{high}" optimum="0" value="{value:.0f}" '
                'aria-label="Width of the title"></meter> The title is {value:.0f} of {most} pixels wide; the '
                "description has {chars} of {longest} characters.</p>"
            ).format(
                most=limits.TITLE_WIDTH_PX,
                high=limits.TITLE_WIDTH_PX - 1,
                value=wide,
                chars=len(text),
                longest=limits.DESCRIPTION_LONGEST_CHARS,
            )
        )
        return Markup().join(parts)

    def _card(self, read: Rendered) -> Markup:
        def said(name: str) -> str:
            return next(iter(read.meta(name)), "")

        address = urls.site_address(said("og:image"), self.site.origin)
        picture = Markup('<img src="{}" alt="{}">').format(address, said("og:image:alt")) if address else Markup()
        host = urls.host_of(self.site.facts.practice.url)
        return _CARD.format(picture=picture, host=host, title=said("og:title"), text=said("og:description"))

    def _owned(self, document: Document) -> Markup:
        pairs = self._targets.aimed_at(document)
        if not pairs and document.kind is Kind.ARTICLE:
            missing = joined(key for key in ("keywords", "cities") if not getattr(document.front, key))
            return Markup("<p>No keyword in a place leads here: the front matter has no {}.</p>").format(missing)
        if not pairs:
            return Markup()
        subjects: dict[str, list[Pair]] = {}
        for pair in pairs:
            subjects.setdefault(pair.subject.name, []).append(pair)
        rows = []
        for subject, found in list(subjects.items())[:_LISTED_MOST]:
            owners: dict[str, list[str]] = {}
            for pair in found:
                owners.setdefault(pair.owner.path if pair.owner else "", []).append(pair.place.name)
            said = Markup().join(
                Markup("<dd>{}<small>{}</small></dd>").format(self._owner(path, document), ", ".join(places))
                for path, places in owners.items()
            )
            rows.append(Markup('<dt dir="auto">{}</dt>{}').format(subject, said))
        more = len(subjects) - len(rows)
        return Markup("<dl>{}</dl>").format(Markup().join(rows)) + _more(more)

    def _owner(self, path: str, document: Document) -> Markup:
        """Return who answers, in words: this page, another one, or nobody."""
        owner = self.site.by_path.get(path)
        if owner is None:
            return Markup('<span data-mark="gap">No page yet</span> ')
        if path == document.path:
            return Markup('<span data-mark="own">This page</span> ')
        return Markup('<span data-mark="other">{}</span> ').format(self._link(owner))

    def _link(self, document: Document) -> Markup:
        page = self.site.page_of(document)
        return _anchor(page.url, page.name) if page else Markup("{}").format(document.front.title)

    def _links(self, view: View) -> Markup:
        web = self._web
        out = web.out.get(view.url)
        if out is None:
            return Markup()
        rows: list[tuple[str, Sequence[str], Callable[[str], Markup]]] = [
            ("From its words", out.text, self._named),
            ("From around its words", out.around, self._named),
            ("To other sites", out.outward, _elsewhere),
            ("To it, from the words of", web.text_in.get(view.url, ()), self._named),
            ("To it, from lists and neighbours", web.around_in.get(view.url, ()), self._named),
        ]
        return Markup("<dl>{}</dl>").format(
            Markup().join(
                Markup("<dt>{} <small>{}</small></dt><dd>{}</dd>").format(label, len(found), _list(found, name))
                for label, found, name in rows
            )
        )

    def _named(self, url: str) -> Markup:
        page = self.site.by_url.get(url)
        return _anchor(url, page.name if page else url)

    def _dates(self, page: Page) -> Markup:
        words = self.site.words
        changed = dates.modified(page, self.site)
        front = page.document.front if page.document else None
        known = self.site.revisions.pages.get(page.url)
        source = "as revisions.json has it" if known else "as the front matter has it; it was not published yet"
        rows = [
            ("Published", dates.day(dates.published(page, self.site), words), ""),
            ("Last changed", dates.day(changed, words), source),
            ("Reviewed", dates.day(front.reviewed, words) if front else None, ""),
        ]
        found = [
            Markup("<dt>{}</dt><dd>{} <small>{}</small></dd>").format(label, day.text, why)
            for label, day, why in rows
            if day
        ]
        return Markup("<dl data-short>{}</dl>").format(Markup().join(found)) if found else Markup()

    def _weight(self, read: Rendered, data: bytes) -> Markup:
        found = weight(loads(read, data), data, self.sizes)
        small = _brotli(data, self._sheet(read))
        rows = [
            ("HTML", _bytes(found.html)),
            ("CSS", _bytes(found.css)),
            ("Pictures", _bytes(found.pictures) if found.pictures else "none"),
            ("In all", _bytes(found.whole)),
            ("HTML and CSS as sent", f"{_bytes(small)} (Brotli)" if small else ""),
        ]
        return Markup("<dl data-short>{}</dl>").format(
            Markup().join(Markup("<dt>{}</dt><dd>{}</dd>").format(*row) for row in rows if row[1])
        )

    def _sheet(self, read: Rendered) -> bytes:
        path = next((href for rel, href in read.links if "stylesheet" in rel.split() and urls.is_own(href)), "")
        with contextlib.suppress(OSError):
            return (self.folder / path.lstrip("/")).read_bytes() if path and ".." not in path else b""
        return b""


def desk(built: Built, folder: Path, content: str) -> Desk:
    """Return what the panels of a build know, without the bytes of its files, which the folder has."""
    return Desk(
        site=built.site, views=built.views, rendered=built.rendered, sizes=built.sizes, folder=folder, content=content
    )


def _counted(found: Sequence[Finding]) -> Markup:
    worst = min((list(Severity).index(each.severity) for each in found), default=None)
    mark = list(Severity)[worst] if worst is not None else "none"
    return Markup('<span data-severity="{}">{}</span>').format(mark, _number(len(found), "note"))


def _number(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _bytes(size: int) -> str:
    return f"{size / 1000:,.1f} kB" if size < 1_000_000 else f"{size / 1_000_000:,.1f} MB"  # noqa: PLR2004 - the unit


def _anchor(url: str, text: str) -> Markup:
    return Markup('<a href="{}" dir="auto">{}</a>').format(url, text)


def _elsewhere(url: str) -> Markup:
    return Markup('<a href="{}" rel="noreferrer" dir="auto">{}</a>').format(url, urls.host_of(url))


def _list(found: Sequence[str], named: Callable[[str], Markup]) -> Markup:
    if not found:
        return Markup("none")
    return Markup(", ").join(map(named, found[:_LISTED_MOST])) + _more(len(found) - _LISTED_MOST)


def _more(number: int) -> Markup:
    return Markup(" <small>and {} more</small>").format(number) if number > 0 else Markup()


def _reading(found: Reading | None) -> Markup:
    if found is None:
        return Markup()
    if found.grade is None:
        return Markup("<p>{}; too few to say how hard they are.</p>").format(_number(found.words, "word"))
    return Markup(
        '<p data-measure><meter min="0" max="16" low="{easy}" high="{hard}" optimum="0" value="{grade:.1f}" '
        'aria-label="Reading grade"></meter> {words}. They read at grade {grade:.1f} of school; up to {easy} is for '
        "everybody. Shorter sentences and shorter words make it easier.</p>"
    ).format(
        grade=found.grade,
        words=_number(found.words, "word"),
        easy=limits.GRADE_HINT,
        hard=limits.GRADE_WARNING,
    )


def _structured(read: Rendered) -> Markup:
    parts = []
    for text in read.structured_data:
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            parts.append(Markup("<p>A part cannot be read.</p>"))
            continue
        nodes = data.get("@graph", [data]) if isinstance(data, dict) else data
        nodes = [node for node in nodes if isinstance(node, dict)] if isinstance(nodes, list) else []
        named = {str(node.get("@id")): _called(node) for node in nodes if node.get("@id")}
        parts += [
            Markup("<details><summary>{}</summary>{}</details>").format(_called(node), _tree(node, named))
            for node in nodes
        ]
    return Markup().join(parts)


def _called(node: Mapping[str, Any]) -> str:
    kind = node.get("@type", "Thing")
    kind = ", ".join(map(str, kind)) if isinstance(kind, list) else str(kind)
    name = node.get("name") or node.get("headline") or ""
    return f"{kind}: {name}" if isinstance(name, str) and name else kind


def _tree(value: object, named: Mapping[str, str]) -> Markup:
    """Return a JSON value as nested lists; a node that stands elsewhere in the graph is told by its name."""
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            return Markup("→ {}").format(named.get(str(value["@id"]), value["@id"]))
        rows = (
            Markup("<dt>{}</dt><dd>{}</dd>").format(key, _tree(inner, named))
            for key, inner in value.items()
            if key != "@type"
        )
        return Markup("{}<dl data-tree>{}</dl>").format(
            Markup("<b>{}</b>").format(value["@type"]) if "@type" in value else "", Markup().join(rows)
        )
    if isinstance(value, list):
        items = Markup().join(Markup("<li>{}</li>").format(_tree(inner, named)) for inner in value)
        return Markup("<ul>{}</ul>").format(items)
    said = json.dumps(value) if isinstance(value, bool) or value is None else str(value)
    return Markup('<span dir="auto">{}</span>').format(said)


def _brotli(*texts: bytes) -> int:
    """Return how many bytes texts have as a server sends them; 0 where the package is missing."""
    with contextlib.suppress(ImportError):
        compress = importlib.import_module("brotli").compress
        return sum(len(compress(text)) for text in texts)
    return 0
