"""What the report knows of a site: plain values, which are drawn as a page or printed as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from local_seo import arial
from local_seo.enrich import dates
from local_seo.model.page import PageKind
from local_seo.model.view import View
from local_seo.workers import Forgetful

from .demand import Demand, demand
from .measure import Web, counted, weight
from .targets import Targets

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from local_seo.ledger import Ledger, Pair, Subject
    from local_seo.model.built import Built
    from local_seo.model.document import Document
    from local_seo.model.page import Page
    from local_seo.model.site import Site
    from local_seo.workers import Memory

    from .measure import Counted
    from .search_console import Export

# A picture of more rows is no picture; the rest is counted.
KEYWORDS_MOST: Final = 20

_GROUPS: Final = {
    PageKind.SERVICE: "Service pages",
    PageKind.AREA: "Area pages",
    PageKind.TOPIC: "Topic pages",
    PageKind.ARTICLE: "Articles without a service",
}

State = Literal["gap", "owned", "supported"]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """One page.

    Attributes:
        url, address: on the site, and whole.
        file: what can change it, relative to the content folder.
        group: the service of an article, else the kind of page.
        title, head_title, title_px: of the page itself, as search results have it, and how wide that is in pixels.
        words, grade: of what somebody wrote; None where nobody did, or where it is too short to tell.
        links_in, links_out: pages whose words lead here, and pages that these words lead to.
        shown_in: pages that lead here from around their words.
        published, changed, reviewed: ISO dates or "".
        age_days: since the later of change and review; None where no date is known.
        html, css, pictures: bytes that a phone loads.
        listed: whether search engines may list it.
    """

    url: str
    address: str
    kind: str
    title: str
    head_title: str
    title_px: int
    file: str
    group: str
    words: int | None
    grade: float | None
    links_in: int
    links_out: int
    shown_in: int
    published: str
    changed: str
    reviewed: str
    age_days: int | None
    html: int
    css: int
    pictures: int
    listed: bool

    @property
    def weight(self) -> int:
        """Return all bytes."""
        return self.html + self.css + self.pictures


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A subject in a place; ``supporters`` are the addresses of the articles that stand behind the owner."""

    subject: str
    place: str
    state: State
    owner: str = ""
    supporters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A subject in a place that several articles claim, the owner first; addresses."""

    subject: str
    place: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The whole.

    Attributes:
        day: of the report, ISO.
        pages: by address.
        services, keywords: the rows of the map, keywords by the number of their articles.
        keywords_left_out: how many more there are.
        cells: of these rows, by row and then by place.
        clashes: of all keywords.
        links: pairs of addresses, from the words of the first to the second.
        demand: None without an export.
    """

    practice: str
    origin: str
    day: str
    pages: tuple[PageFacts, ...]
    places: tuple[str, ...]
    services: tuple[str, ...]
    keywords: tuple[str, ...]
    keywords_left_out: int
    cells: tuple[Cell, ...]
    clashes: tuple[Clash, ...]
    links: tuple[tuple[str, str], ...]
    demand: Demand | None = None


def gather(built: Built, export: Export | None = None, memory: Memory | None = None) -> Report:
    """Return what there is to report.

    Args:
        built: a finished build.
        export: of Search Console.
        memory: of what was counted in each page before.
    """
    site = built.site
    web = Web(site=site, views=built.views)
    targets = Targets(site=site)
    shown = [
        (page, view)
        for page in sorted(site.pages, key=lambda page: page.url)
        if page.number == 1
        and page.kind is not PageKind.NOT_FOUND
        and isinstance(view := web.pages.get(page.url), View)
    ]
    counts = counted(built, [view for _, view in shown], memory or Forgetful())
    pages = tuple(_page(page, view, counts[view.save_as], built, web) for page, view in shown)
    known = {page.url for page in pages}
    ledger = targets.ledger
    keywords, left_out = _keywords(ledger)
    services = tuple(subject for subject in ledger.subjects if subject.service)
    return Report(
        practice=site.facts.practice.name,
        origin=site.origin,
        day=site.today.isoformat(),
        pages=pages,
        places=tuple(place.name for place in ledger.places),
        services=tuple(subject.name for subject in services),
        keywords=tuple(subject.name for subject in keywords),
        keywords_left_out=left_out,
        cells=tuple(_cells(ledger, (*services, *keywords), site)),
        clashes=tuple(_clash(pair, site) for pair in ledger.contested),
        links=tuple((url, to) for url in sorted(known) for to in web.out[url].text if to in known),
        demand=demand(export, built, targets) if export else None,
    )


def _page(page: Page, view: View, counts: Counted, built: Built, web: Web) -> PageFacts:
    site, document, read = built.site, page.document, counts.reading
    reviewed = document.front.reviewed.astimezone(site.zone) if document and document.front.reviewed else None
    changed = dates.modified(page, site)
    seen = max((each.date() for each in (changed, reviewed) if each), default=None)
    loaded = weight(counts.loads, built.files[view.save_as], built.sizes)
    service = site.service_of(page)
    return PageFacts(
        url=page.url,
        address=site.absolute(page.url),
        kind=page.kind.value,
        title=page.title,
        head_title=view.head.title,
        title_px=round(arial.width_px(view.head.title)),
        file=page.source,
        group=service.name if service and page.kind is PageKind.ARTICLE else _GROUPS.get(page.kind, "Other pages"),
        words=read.words if read else None,
        grade=round(read.grade, 1) if read and read.grade is not None else None,
        links_in=len(web.text_in.get(page.url, ())),
        links_out=len(web.out[page.url].text),
        shown_in=len(web.around_in.get(page.url, ())),
        published=_day(dates.published(page, site)),
        changed=_day(changed),
        reviewed=_day(reviewed),
        age_days=max((site.today - seen).days, 0) if seen else None,
        html=loaded.html,
        css=loaded.css,
        pictures=loaded.pictures,
        listed=view.head.indexable,
    )


def _day(moment: dt.datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def _keywords(ledger: Ledger) -> tuple[tuple[Subject, ...], int]:
    """Return the keywords with the most articles, and how many others there are."""
    articles: dict[str, set[str]] = {}
    for pair in ledger.pairs:
        if not pair.subject.service:
            on = articles.setdefault(pair.subject.name, set())
            on |= {each.path for each in (pair.owner, *pair.rivals, *pair.supporters) if each}
    keywords = [subject for subject in ledger.subjects if not subject.service]
    # Keywords of articles without a place stand in no pair with anything.
    placed = [subject for subject in keywords if articles.get(subject.name)]
    placed.sort(key=lambda subject: (-len(articles[subject.name]), subject.name))
    return tuple(placed[:KEYWORDS_MOST]), len(keywords) - len(placed[:KEYWORDS_MOST])


def _cells(ledger: Ledger, subjects: Iterable[Subject], site: Site) -> Iterable[Cell]:
    shown: Mapping[str, list[Pair]] = {subject.name: [] for subject in subjects}
    for pair in ledger.pairs:
        if pair.subject.name in shown:
            shown[pair.subject.name].append(pair)
    for pair in (pair for pairs in shown.values() for pair in pairs):
        behind = _addresses((*pair.rivals, *pair.supporters), site)
        yield Cell(
            subject=pair.subject.name,
            place=pair.place.name,
            state="gap" if pair.owner is None else "supported" if behind else "owned",
            owner=next(iter(_addresses((pair.owner,) if pair.owner else (), site)), ""),
            supporters=behind,
        )


def _clash(pair: Pair, site: Site) -> Clash:
    claim = (*((pair.owner,) if pair.owner else ()), *pair.rivals)
    return Clash(subject=pair.subject.name, place=pair.place.name, pages=_addresses(claim, site))


def _addresses(documents: Iterable[Document], site: Site) -> tuple[str, ...]:
    return tuple(page.url for document in documents if (page := site.page_of(document)))
