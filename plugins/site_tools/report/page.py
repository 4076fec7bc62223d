"""The report as one HTML file that needs nothing else: no script, no other host, no other file."""

from __future__ import annotations

from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from local_seo import limits

from . import charts

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .demand import Demand, Shown
    from .facts import Cell, Report

_CSS: Final = Path(__file__).with_name("static") / "report.css"
_SHOWN_MOST: Final = 25  # of a list; what is left is counted
_OLDEST: Final = 12
_HEAVIEST: Final = 12

_PAGE: Final = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    '<link rel="icon" href="data:,">\n<title>{title}</title>\n<style>\n{css}</style>\n</head>\n<body>\n'
    '<header><h1>{title}</h1><p>{day}</p></header>\n<nav aria-label="Parts"><ul>{parts}</ul></nav>\n'
    "<main>\n{main}</main>\n</body>\n</html>\n"
)
_SECTION: Final = Markup('<section id="{id}"><h2>{title}</h2>\n<p class="lead">{lead}</p>\n{body}</section>\n')


def html(report: Report, files: str) -> str:
    """Return the report as a page.

    Args:
        report: what there is to say.
        files: the content folder as it is reached from the report's own folder, without a slash at the end.
    """
    return _Writer(report, files).page()


class _Writer:
    def __init__(self, report: Report, files: str) -> None:
        self._report = report
        self._files = files
        self._rows = {page.url: f"p{number}" for number, page in enumerate(report.pages, 1)}
        self._titles = {page.url: page.title for page in report.pages}

    def page(self) -> str:
        report = self._report
        parts = [
            *([("demand", "What people search for", self._demand(report.demand))] if report.demand else []),
            ("map", "Services and places", self._map()),
            ("links", "Links between pages", self._links()),
            ("age", "What is ageing", self._ages()),
            ("texts", "Length and reading grade", self._texts()),
            ("clashes", "Keyword clashes", self._clashes()),
            ("weight", "Weight", self._weights()),
            ("pages", "All pages", self._table()),
        ]
        return _PAGE.format(
            title=f"{report.practice}: the site at a glance",
            css=Markup(_CSS.read_text(encoding="utf-8")),  # noqa: S704 - our own file
            day=f"{len(report.pages):,} pages, {report.origin}, {report.day}",
            parts=Markup().join(Markup('<li><a href="#{}">{}</a></li>').format(each[0], each[1]) for each in parts),
            main=Markup().join(
                _SECTION.format(id=part, title=title, lead=_worded(lead), body=body)
                for part, title, (lead, body) in parts
            ),
        )

    def _row(self, url: str) -> str:
        return self._rows.get(url, "pages")

    def _link(self, url: str) -> Markup:
        """Return a page's name, leading to its row; an address that is no page of the site as it is."""
        if url not in self._rows:
            return Markup('<span dir="auto">{}</span>').format(url)
        return Markup('<a href="#{}" dir="auto">{}</a>').format(self._rows[url], self._titles[url])

    # --- what people search for ------------------------------------------------------------------------------------

    def _demand(self, demand: Demand) -> tuple[str, Markup]:
        chosen = "; ".join(f"{name}: {value}" for name, value in demand.filters)
        lead = (
            f"{demand.impressions:,} times shown and {demand.clicks:,} times clicked in Google, {demand.queries:,} "
            f"different queries{f' ({chosen})' if chosen else ''}."
        )
        near = f"{limits.DEMAND_NEAR_FIRST} to {limits.DEMAND_NEAR_LAST}"
        parts = [
            self._list(
                "Queries without a page",
                "Nobody answers these yet. Each may be an article, or words that an article lacks.",
                ("Query", "Shown", "Position", "What is missing"),
                [
                    (_said(each.query), f"{each.impressions:,}", f"{each.position:.1f}", each.why)
                    for each in demand.unanswered
                ],
            ),
            self._list(
                f"Pages on positions {near}",
                f"Shown at least {limits.DEMAND_IMPRESSIONS_LEAST} times, just below where people look: better words "
                "and more links to these pages gain most.",
                ("Page", "Shown", "Position", "Clicked"),
                [self._shown(each) for each in demand.near],
            ),
            self._list(
                "Titles that few click",
                "Clicked less than half as often as results in their position are. The title or the description does "
                "not say what people hope for.",
                ("Page", "Shown", "Position", "Clicked", "Usual there"),
                [(*self._shown(each), f"{each.expected:.1%}") for each in demand.weak_titles],
            ),
            self._list(
                "Places asked for and not served",
                "Not in practice.toml. If you do see people from there, add the place. They are told by the words "
                "around them, so some may be no places at all.",
                ("Place", "Shown", "Queries"),
                [(_said(each.name), f"{each.impressions:,}", ", ".join(each.queries[:3])) for each in demand.elsewhere],
            ),
            self._list(
                "Queries that several pages compete for",
                "Search engines show one of them, often the wrong one. Let one page lead; the others say `supports`.",
                ("Query", "Shown", "Pages", "Why"),
                [
                    (
                        _said(each.query),
                        f"{each.impressions:,}",
                        Markup("<br>").join(map(self._link, each.pages)),
                        each.why,
                    )
                    for each in demand.contests
                ],
            ),
            self._list(
                "Addresses that the site does not have",
                "Google still shows them. Say in [addresses] where each leads, unless it is told here.",
                ("Address", "Shown", "Leads to"),
                [
                    (_said(each.address), f"{each.impressions:,}", each.leads_to or "nowhere")
                    for each in demand.strangers
                ],
            ),
        ]
        return lead, Markup().join(parts)

    def _shown(self, each: Shown) -> tuple[str | Markup, ...]:
        return self._link(each.url), f"{each.impressions:,}", f"{each.position:.1f}", f"{each.ctr:.1%}"

    def _list(self, title: str, lead: str, header: Sequence[str], rows: Sequence[Sequence[str | Markup]]) -> Markup:
        body = _table(title, header, rows[:_SHOWN_MOST]) if rows else Markup("<p>None.</p>")
        more = len(rows) - _SHOWN_MOST
        if more > 0:
            rest = _table(f"{title}, the rest", header, rows[_SHOWN_MOST : _SHOWN_MOST * 20])
            body += Markup("<details><summary>{} more</summary>{}</details>").format(f"{more:,}", rest)
        return Markup("<h3>{}</h3><p>{}</p>{}").format(f"{title} ({len(rows):,})", _worded(lead), body)

    # --- the site itself -------------------------------------------------------------------------------------------

    def _map(self) -> tuple[str, Markup]:
        report = self._report
        gaps = sum(cell.state == "gap" for cell in report.cells)
        lead = (
            f"{len(report.cells) - gaps:,} of {len(report.cells):,} pairs have a page that answers for them; the "
            "figure is how many articles stand behind it. Empty is a gap."
        )
        key = Markup(
            '<ul class="key"><li><span class="cell gap"></span> gap</li><li><span class="cell owned"></span> '
            'owned</li><li><span class="cell s1"></span> supported by one or two</li><li><span class="cell s3"></span> '
            "by three or more</li></ul>"
        )
        cells = {(cell.subject, cell.place): cell for cell in report.cells}
        parts = [key, self._heat("Services", report.services, cells)]
        if report.keywords:
            parts.append(self._heat("Keywords", report.keywords, cells))
        if report.keywords_left_out:
            parts.append(
                Markup(
                    "<p>Keywords with fewer articles, or with none that names a place, are left out: {}.</p>"
                ).format(f"{report.keywords_left_out:,}")
            )
        return lead, Markup().join(parts)

    def _heat(self, title: str, subjects: Sequence[str], cells: dict[tuple[str, str], Cell]) -> Markup:
        if not subjects:
            return Markup()
        head = Markup().join(
            Markup('<th scope="col"><span>{}</span></th>').format(name) for name in self._report.places
        )
        rows = Markup().join(
            Markup('<tr><th scope="row" dir="auto">{}</th>{}</tr>').format(
                subject, Markup().join(self._square(cells[subject, place]) for place in self._report.places)
            )
            for subject in subjects
        )
        return Markup(
            '<h3>{0}</h3><div class="wide" role="region" tabindex="0" aria-label="{0} by place"><table class="heat">'
            "<thead><tr><td></td>{1}</tr></thead><tbody>{2}</tbody></table></div>"
        ).format(title, head, rows)

    def _square(self, cell: Cell) -> Markup:
        if cell.state == "gap":
            return Markup('<td class="cell gap"><span class="hidden">gap</span></td>')
        count = len(cell.supporters)
        shade = "owned" if not count else "s1" if count < 3 else "s3"  # noqa: PLR2004 - three make a topic
        owner = self._titles.get(cell.owner, cell.owner)
        says = f"{cell.subject} in {cell.place}: {owner}, {count} behind it"
        return Markup('<td class="cell {}"><a href="#{}" title="{}" aria-label="{}">{}</a></td>').format(
            shade, self._row(cell.owner), says, says, count or "·"
        )

    def _links(self) -> tuple[str, Markup]:
        report = self._report
        # A page without a link in any text either way, such as a notice, is no part of this picture.
        linked = [page for page in report.pages if page.links_in or page.links_out]
        hubs = sorted(linked, key=lambda page: (-page.links_in, -page.links_out, page.url))[: charts.CIRCLE_MOST]
        lonely = [page for page in report.pages if page.kind == "article" and page.listed and not page.links_in]
        lead = (
            f"{len(report.links):,} links lead from the words of a page to another; the larger a dot, the more to it."
        )
        if len(linked) > len(hubs):
            lead += f" You see the {len(hubs)} pages that most lead to; {len(linked) - len(hubs):,} more have some."
        groups = sorted({page.group for page in report.pages})
        group = {page.url: page.group for page in report.pages}
        counts: dict[tuple[str, str], int] = {}
        for source, target in report.links:
            pair = (group[source], group[target])
            counts[pair] = counts.get(pair, 0) + 1
        matrix = _table(
            "Links between groups",
            ("From the words of", *(f"to {name}" for name in groups)),
            [(name, *(f"{counts.get((name, to), 0):,}" for to in groups)) for name in groups],
        )
        names = Markup().join(Markup("<li>{}</li>").format(self._link(page.url)) for page in lonely[:_SHOWN_MOST])
        more = Markup("<li>and {} more</li>").format(len(lonely) - _SHOWN_MOST) if len(lonely) > _SHOWN_MOST else ""
        alone = Markup("<ul>{}{}</ul>").format(names, more) if lonely else Markup("<p>None.</p>")
        return lead, Markup(
            "{}<h3>{}</h3>{}<details{}><summary>Links by group, in figures</summary>{}</details>"
        ).format(
            charts.circle(hubs, report.links, self._row) if hubs else Markup(),
            f"Articles that no text leads to ({len(lonely):,})",
            alone,
            Markup(" open") if len(linked) > len(hubs) else "",
            matrix,
        )

    def _ages(self) -> tuple[str, Markup]:
        dated = [page for page in self._report.pages if page.age_days is not None]
        old = sorted(dated, key=lambda page: (-(page.age_days or 0), page.url))
        due = [page for page in old if (page.age_days or 0) > limits.REVIEW_DAYS_MOST]
        lead = (
            f"{len(due):,} of {len(dated):,} dated pages were not looked at for a year. Read them again, mend what "
            "is no longer so, and put `reviewed` and `reviewer` into the front matter."
        )
        table = _table(
            "The oldest",
            ("Page", "Last changed", "Reviewed", "Days ago"),
            [
                (self._link(page.url), page.changed or "–", page.reviewed or "–", f"{page.age_days:,}")
                for page in old[:_OLDEST]
            ],
        )
        return lead, charts.ages(dated, self._row) + Markup("<h3>The oldest</h3>") + table

    def _texts(self) -> tuple[str, Markup]:
        written = [page for page in self._report.pages if page.words is not None]
        articles = [page for page in written if page.kind == "article"]
        short = [page for page in articles if (page.words or 0) < limits.ARTICLE_WORDS_LEAST]
        grades = [page.grade for page in written if page.grade is not None]
        hard = sorted(
            (page for page in written if (page.grade or 0) > limits.GRADE_HINT),
            key=lambda page: (-(page.grade or 0), page.url),
        )
        lead = (
            f"The middle article has {median(page.words or 0 for page in articles):,.0f} words; " if articles else ""
        ) + (f"the middle text reads at grade {median(grades):.1f} of school. " if grades else "")
        lead += f"{len(short):,} articles have fewer than {limits.ARTICLE_WORDS_LEAST} words. "
        lead += f"Up to grade {limits.GRADE_HINT} is for everybody."
        body = charts.scatter(written, self._row)
        body += Markup("<h3>{}</h3>").format(f"The hardest to read ({len(hard):,} above grade {limits.GRADE_HINT})")
        rows = [(self._link(page.url), f"{page.grade:.1f}", f"{page.words:,}") for page in hard[:_OLDEST]]
        return lead, body + (
            _table("The hardest to read", ("Page", "Grade", "Words"), rows) if rows else Markup("<p>None.</p>")
        )

    def _clashes(self) -> tuple[str, Markup]:
        clashes = self._report.clashes
        lead = (
            "Two articles aimed at one keyword in one place stand in each other's way. Let one lead: write "
            "`supports: its-slug` into the others, or give them another keyword or place."
        )
        rows = [
            (each.subject, each.place, Markup("<br>").join(map(self._link, each.pages)))
            for each in clashes[: _SHOWN_MOST * 8]
        ]
        more = len(clashes) - len(rows)
        table = _table("Keyword clashes", ("Keyword", "Place", "Pages"), rows) if rows else Markup("<p>None.</p>")
        return lead, table + (Markup("<p>and {} more</p>").format(f"{more:,}") if more > 0 else Markup())

    def _weights(self) -> tuple[str, Markup]:
        pages = sorted(self._report.pages, key=lambda page: (-page.weight, page.url))
        middle = median(page.weight for page in pages) / 1000 if pages else 0
        lead = f"The middle page loads {middle:,.0f} kB on a phone, before the server compresses its text."
        share = sum(page.pictures for page in pages) / max(1, sum(page.weight for page in pages))
        lead += f" Of all bytes, {share:.0%} are pictures."
        key = Markup(
            '<ul class="key"><li><span class="bar html"></span> HTML</li><li><span class="bar css"></span> CSS</li>'
            '<li><span class="bar pictures"></span> pictures</li></ul>'
        )
        return lead, key + charts.bars(pages[:_HEAVIEST], self._row)

    def _table(self) -> tuple[str, Markup]:
        head = ("Page", "Kind", "Words", "Grade", "Links in", "Links out", "Changed", "kB", "File")
        rows = Markup().join(
            Markup(
                '<tr id="{}"><td dir="auto"><a href="{}">{}</a>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>'
                '<td>{}</td><td>{}</td><td>{}</td><td><a href="{}" dir="auto">{}</a></td></tr>\n'
            ).format(
                self._rows[page.url],
                page.address,
                page.title,
                "" if page.listed else Markup(" <small>not listed</small>"),
                page.kind,
                "–" if page.words is None else f"{page.words:,}",
                "–" if page.grade is None else f"{page.grade:.1f}",
                page.links_in,
                page.links_out,
                page.changed or "–",
                f"{page.weight / 1000:,.0f}",
                f"{self._files}/{page.file}",
                page.file,
            )
            for page in self._report.pages
        )
        return "Each mark above leads to its row here; from here to the page and to its file.", Markup(
            '<div class="wide" role="region" tabindex="0" aria-label="All pages"><table><thead><tr>{}</tr></thead>'
            "<tbody>\n{}</tbody></table></div>"
        ).format(_head(head), rows)


def _worded(text: str) -> Markup:
    """Return a text with what stands between backticks as code."""
    parts = text.split("`")
    return Markup().join(
        Markup("<code>{}</code>").format(part) if index % 2 else part for index, part in enumerate(parts)
    )


def _said(text: str) -> Markup:
    return Markup('<span dir="auto">{}</span>').format(text)


def _head(header: Iterable[str]) -> Markup:
    return Markup().join(Markup('<th scope="col">{}</th>').format(name) for name in header)


def _table(label: str, header: Sequence[str], rows: Sequence[Sequence[str | Markup]]) -> Markup:
    body = Markup().join(
        Markup("<tr>{}</tr>\n").format(Markup().join(Markup("<td>{}</td>").format(cell) for cell in row))
        for row in rows
    )
    return Markup(
        '<div class="wide" role="region" tabindex="0" aria-label="{}"><table><thead><tr>{}</tr></thead><tbody>\n{}'
        "</tbody></table></div>"
    ).format(label, _head(header), body)
