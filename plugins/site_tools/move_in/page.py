"""The parity table as a page to look at, with nothing outside its file, and as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .model import Counts, Row

_STYLE: Final = Path(__file__).with_name("report.css")
_FIGURES: Final = (
    ("Words", "words"),
    ("Headings", "headings"),
    ("Pictures", "pictures"),
    ("Alt texts", "alts"),
    ("Links", "links"),
)
_PAGE: Final = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
    "<title>Moving in: {practice}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
    '<header>\n<p class="over">{practice}</p>\n<h1>{headline}</h1>\n<p class="lead">{lead}</p>\n</header>\n'
    '<main>\n{totals}{faults}{summary}<section aria-labelledby="texts">\n<h2 id="texts">Text by text</h2>\n{rows}'
    "</section>\n</main>\n</body>\n</html>\n"
)
_ROW: Final = Markup(
    '<article class="{tone}">\n<header><p class="state">{state}</p>\n<h3 dir="auto">{title}</h3>\n'
    '<p class="way"><span>{old}</span> <span aria-hidden="true">→</span> <span class="new">{new}</span></p></header>\n'
    '<table>\n<caption>{path}</caption>\n<thead><tr><td></td><th scope="col">before</th><th scope="col">after</th></tr>'
    "</thead>\n<tbody>\n{figures}</tbody>\n</table>\n{details}</article>\n"
)
_FIGURE: Final = Markup('<tr class="{tone}"><th scope="row">{name}</th><td>{before}</td><td>{after}</td></tr>\n')
_ITEM: Final = Markup("<li>{}</li>\n")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What the page shows. ``faults`` are those that belong to no text."""

    rows: tuple[Row, ...]
    summary: tuple[str, ...]
    faults: tuple[str, ...]
    practice: str
    dry_run: bool


def as_json(report: Report) -> str:
    """Return the table for programs; words as their number."""

    def counts(each: Counts) -> dict[str, int]:
        return {**asdict(each), "words": len(each.words)}

    rows = [
        {
            **asdict(row),
            "before": counts(row.before),
            "after": counts(row.after),
            "moved": counts(row.moved),
            "kept": round(row.kept, 4),
        }
        for row in report.rows
    ]
    value = {"format": 1, "dry_run": report.dry_run, "summary": report.summary, "faults": report.faults, "texts": rows}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def as_html(report: Report) -> str:
    """Return the table as one HTML file without script and without requests."""
    bad = sum(bool(row.faults) for row in report.rows)
    if bad:
        headline = f"{bad} of {len(report.rows)} texts {'lacks' if bad == 1 else 'lack'} something."
    elif report.faults:
        headline = "The texts are whole, but the export is not."
    else:
        headline = "Everything came along."
    lead = "This was a trial: the content folder is as it was. " if report.dry_run else ""
    lead += "Every text, as it stood on the old site and as this site will print it, counted by two different programs."
    return _PAGE.format(
        practice=report.practice,
        style=Markup(_STYLE.read_text(encoding="utf-8")),  # noqa: S704 - our own file
        headline=headline,
        lead=lead,
        totals=_totals(report.rows, len(report.rows) - bad),
        faults=_section("What could not be done", report.faults, "faults"),
        summary=_section("What was done", report.summary, "summary"),
        rows=Markup("").join(_row(row) for row in sorted(report.rows, key=lambda row: not row.faults)),
    )


def _totals(rows: Sequence[Row], whole: int) -> Markup:
    words = sum(len(row.before.words) for row in rows)
    lost = sum(len(row.lost) for row in rows)
    before, after = sum(row.before.pictures for row in rows), sum(row.after.pictures for row in rows)
    figures = (
        (f"{whole} of {len(rows)}", "texts whole", whole == len(rows)),
        (_share(lost, words), f"of {words:,} words kept", lost == 0),
        (f"{after:,} of {before:,}", "pictures", after >= before),
        (f"{sum(bool(row.old and row.path) for row in rows):,}", "old addresses live on", True),
    )
    tile = Markup('<li class="{}"><b>{}</b> <span>{}</span></li>\n')
    tiles = Markup("").join(tile.format("good" if good else "bad", figure, says) for figure, says, good in figures)
    return Markup('<ul class="totals">\n{}</ul>\n').format(tiles)


def _share(lost: int, words: int) -> str:
    """Return a share in percent that says 100 only when nothing is missing."""
    return f"{min(100 - 100 * lost / words, 99.99):.2f} %" if lost else "100 %"


def _section(title: str, lines: Sequence[str], name: str) -> Markup:
    if not lines:
        return Markup("")
    item = Markup('<li class="{}">{}</li>\n')
    items = Markup("").join(item.format("sub" if line.startswith(" ") else "line", line.strip()) for line in lines)
    return Markup('<section class="{}">\n<h2>{}</h2>\n<ul>\n{}</ul>\n</section>\n').format(name, title, items)


def _row(row: Row) -> Markup:
    figures = Markup("")
    for says, name in _FIGURES:
        before, after, moved = (_number(getattr(each, name)) for each in (row.before, row.after, row.moved))
        shown = Markup("{:,}").format(after)
        if moved:
            shown += Markup(" <small>+ {:,} as data</small>").format(moved)
        if name == "words" and row.lost:
            shown += Markup(" <small>{:,} lost</small>").format(len(row.lost))
        is_bad = (name == "words" and bool(row.lost)) or (name == "pictures" and after < before)
        figures += _FIGURE.format(tone="bad" if is_bad else "", name=says, before=f"{before:,}", after=shown)
    before_day, after_day = (Markup("<time>{}</time>").format(day) if day else "–" for day in row.date)
    figures += _FIGURE.format(tone="", name="Date", before=before_day, after=after_day)
    details = _list("faults", row.faults) + _list("notes", row.notes)
    if row.removed:
        pair = Markup('<dt dir="auto">{}</dt>\n<dd>{}</dd>\n')
        removed = Markup("").join(pair.format(each.text, each.became) for each in row.removed)
        details += Markup("<details>\n<summary>What became data ({})</summary>\n<dl>\n{}</dl>\n</details>\n").format(
            len(row.removed), removed
        )
    return _ROW.format(
        tone="bad" if row.faults else "good",
        state=f"{'lacks something' if row.faults else 'whole'} · {row.status}",
        title=row.title,
        old=row.old or "no address",
        new=row.new or "nothing",
        path=row.path or "no file",
        figures=figures,
        details=details,
    )


def _list(name: str, lines: Iterable[str]) -> Markup:
    items = Markup("").join(map(_ITEM.format, lines))
    return Markup('<ul class="{}">\n{}</ul>\n').format(name, items) if items else Markup("")


def _number(value: object) -> int:
    return len(value) if isinstance(value, tuple) else int(str(value))
