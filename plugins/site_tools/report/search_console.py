"""What people searched for: the performance export of Search Console, as a zip, a folder or one CSV file.

The export follows the language of the account: its headers and file names are translated, its numbers written as that
language writes them. So tables are told by what stands in them, and every row proves that it was read rightly: its
CTR has to be clicks by impressions.

Source: https://support.google.com/webmasters/answer/7576553 (Performance report)
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from local_seo import limits
from local_seo.errors import Finding, SourceError, error
from local_seo.text import fold, quoted, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CHECK: Final = "search-console"
AGAIN: Final = 'in Search Console open "Search results", then Export, Download CSV'

_SEPARATORS: Final = ".,'’ \u00a0\u202f\u066c\u066b"
_WHOLE: Final = re.compile(rf"\d{{1,3}}(?:[{_SEPARATORS}]\d{{2,3}})*[{_SEPARATORS}]\d{{3}}|\d+")
_ROUND: Final = re.compile(r"(\d+)[.,]0{1,2}")  # 12.0, as programs write whole numbers
_DECIMAL: Final = re.compile(rf"(\d+(?:[{_SEPARATORS}]\d{{3}})*)(?:[.,\u066b](\d+))?")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS: Final = re.compile(r"https?://\S+", re.IGNORECASE)
# The columns of a table in the order in which every language has them, and the names that programs give them.
_COLUMNS: Final = ("clicks", "impressions", "ctr", "position")
_NAMES: Final = {
    "query": "query",
    "queries": "query",
    "top queries": "query",
    "page": "page",
    "pages": "page",
    "url": "page",
    "top pages": "page",
    "landing page": "page",
    "clicks": "clicks",
    "impressions": "impressions",
    "ctr": "ctr",
    "url ctr": "ctr",
    "position": "position",
    "average position": "position",
    "avg. position": "position",
}
# First columns that are known in other languages; any other table is told by its values.
_QUERIES: Final = frozenset(
    "consultas principales|haufigste suchanfragen|requetes les plus frequentes|principais consultas|"
    "consultas mais frequentes|query principali|query piu frequenti|populairste zoekopdrachten".split("|")
)
_OTHERS: Final = frozenset({"country", "device", "date", "search appearance", "filter", "pais", "dispositivo"})
# A rounded share is at most this far from the true one.
_SHARE_OFF: Final = 0.006


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one query, one page, or both together got; ``position`` 1 is the first result."""

    query: str = ""
    page: str = ""
    clicks: int
    impressions: int
    position: float

    @property
    def ctr(self) -> float:
        """Return the share of impressions that were clicked."""
        return self.clicks / self.impressions if self.impressions else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One export.

    Attributes:
        queries, pages: a row each.
        both: rows of a query and a page, which only other programs than the web interface export.
        filters: what was chosen there, such as the period, as pairs of words.
    """

    queries: tuple[Row, ...] = ()
    pages: tuple[Row, ...] = ()
    both: tuple[Row, ...] = ()
    filters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Table:
    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]  # with the line that each ends in


def read(path: Path) -> Export:
    """Return what an export holds.

    Raises:
        SourceError: it is none, or a part cannot be read; every fault with file and line.
    """
    faults: list[Finding] = []
    tables = [table for name, data in _files(path) if (table := _table(name, data, faults))]
    filters: tuple[tuple[str, str], ...] = ()
    found: dict[str, list[tuple[_Table, list[Row]]]] = {"query": [], "page": [], "both": []}
    for table in tables:
        if len(table.header) == 2:  # noqa: PLR2004 - what was chosen, and its value
            filters = tuple((row[0], row[1]) for _, row in table.rows if len(row) == 2)  # noqa: PLR2004
        elif columns := _columns(table, faults):
            kind = "both" if {"query", "page"} <= set(columns) else "query" if "query" in columns else "page"
            found[kind].append((table, _rows(table, columns, faults)))
    for kind, what in (("query", "queries"), ("page", "pages")):
        if len(found[kind]) > 1:
            names = ", ".join(table.name for table, _ in found[kind])
            message = f"{names} could all be the table of {what}"
            faults.append(error(path.as_posix(), 0, CHECK, message, "keep one export only, made in English"))
    if not faults and not any(found.values()):
        message = "no table of queries or pages is in it, with clicks, impressions, CTR and position"
        faults.append(error(path.as_posix(), 0, CHECK, message, AGAIN))
    if faults:
        raise SourceError(faults)
    rows = {kind: tuple(row for _, each in tables_ for row in each) for kind, tables_ in found.items()}
    return Export(queries=rows["query"], pages=rows["page"], both=rows["both"], filters=filters)


def _files(path: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each CSV file; nothing larger than an export can be is read."""
    shown = path.as_posix()

    def refuse(message: str, remedy: str = AGAIN) -> SourceError:
        return SourceError([error(shown, 0, CHECK, message, remedy)])

    try:
        if path.is_dir():
            files = sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv" and each.is_file())
            if not files:
                raise refuse("there is no CSV file in this folder")
            if len(files) > limits.EXPORT_FILES_MOST:
                raise refuse(f"{len(files)} CSV files are no export; one has at most {limits.EXPORT_FILES_MOST}")
            for each in files:
                yield from _plain(each, each.as_posix())
        elif not path.is_file():
            raise refuse("there is no such file or folder", "check the name")
        elif zipfile.is_zipfile(path):
            yield from _zipped(path)
        else:
            yield from _plain(path, shown)
    except OSError as failure:
        raise refuse(
            f"it cannot be read: {failure.strerror or failure}", "check the name and who may read it"
        ) from None


def _plain(path: Path, shown: str) -> Iterator[tuple[str, bytes]]:
    with path.open("rb") as file:
        data = file.read(limits.EXPORT_LARGEST_BYTES + 1)
    _refuse_large(shown, len(data))
    yield shown, data


def _zipped(path: Path) -> Iterator[tuple[str, bytes]]:
    shown = path.as_posix()
    _refuse_large(shown, path.stat().st_size)
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                message = "this is an Excel file"
                raise SourceError([error(shown, 0, CHECK, message, AGAIN)])
            # What macOS packs beside each file is none of ours.
            tables = [
                each
                for each in archive.infolist()
                if each.filename.lower().endswith(".csv") and not PurePosixPath(each.filename).name.startswith("._")
            ]
            if not tables:
                raise SourceError([error(shown, 0, CHECK, "there is no CSV file in this zip", AGAIN)])
            if len(tables) > limits.EXPORT_FILES_MOST:
                message = f"{len(tables)} files are no export; one has at most {limits.EXPORT_FILES_MOST}"
                raise SourceError([error(shown, 0, CHECK, message, AGAIN)])
            left = limits.EXPORT_LARGEST_BYTES
            for each in tables:
                with archive.open(each) as file:
                    data = file.read(left + 1)  # a size that a zip claims proves nothing
                _refuse_large(shown, len(data), left)
                left -= len(data)
                yield f"{shown}/{each.filename}", data
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as failure:
        message = f"the zip is broken or locked: {failure}"
        raise SourceError([error(shown, 0, CHECK, message, "download the export again")]) from None


def _refuse_large(shown: str, size: int, most: int = limits.EXPORT_LARGEST_BYTES) -> None:
    if size > most:
        message = f"it holds more than {limits.EXPORT_LARGEST_BYTES // 1_000_000} MB, which no export does"
        raise SourceError([error(shown, 0, CHECK, message, AGAIN)])


def _table(name: str, data: bytes, faults: list[Finding]) -> _Table | None:
    """Return the table of a CSV file; None for one without rows, or that cannot be read."""
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        faults.append(error(name, 0, CHECK, "it is not text in UTF-8", AGAIN))
        return None
    if "\0" in text:
        faults.append(error(name, 0, CHECK, "it is no text file", AGAIN))
        return None
    first = text.lstrip().partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows: list[tuple[int, tuple[str, ...]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            rows.append((reader.line_num, tuple(map(squeeze, cells))))  # noqa: PERF401 - the line is the reader's
    except csv.Error as failure:
        faults.append(error(name, reader.line_num, CHECK, f"it is no CSV table: {failure}", AGAIN))
        return None
    rows = [(line, cells) for line, cells in rows if any(cells)]
    return _Table(name, rows[0][1], tuple(rows[1:])) if rows else None


def _columns(table: _Table, faults: list[Finding]) -> dict[str, int]:
    """Return where each column of a table stands; empty for a table that is of no use here."""
    named = {_NAMES[fold(cell)]: index for index, cell in reversed([*enumerate(table.header)]) if fold(cell) in _NAMES}
    wanted = {"clicks", "impressions", "position"}
    if {"query", "page"} & set(named):
        if missing := sorted(wanted - set(named)):
            compared = sum("clicks" in fold(cell) for cell in table.header) > 1
            message = "it compares two periods" if compared else f"it has no column for {', '.join(missing)}"
            faults.append(error(table.name, 1, CHECK, message, "export one period, with all four figures switched on"))
            return {}
        return named
    kind = _kind(table)
    if not kind:
        return {}
    if len(table.header) != len(_COLUMNS) + 1:
        message = f"it has {len(table.header)} columns, not the five of an export"
        faults.append(error(table.name, 1, CHECK, message, "export one period, with all four figures switched on"))
        return {}
    return {kind: 0} | {name: index for index, name in enumerate(_COLUMNS, 1)}


def _kind(table: _Table) -> str:
    """Return whether the first column holds queries or pages, "" for anything else, by header or by its values.

    Addresses are pages. Queries are the only words that an export writes without any capital letter.
    """
    first = fold(table.header[0])
    values = [row[0] for _, row in table.rows if row[0]]
    if first in _OTHERS or not values or _DATE.fullmatch(values[0]):
        return ""
    if all(map(_ADDRESS.match, values)):
        return "page"
    return "query" if first in _QUERIES or all(value == value.lower() for value in values) else ""


def _rows(table: _Table, columns: dict[str, int], faults: list[Finding]) -> list[Row]:
    """Return the rows of a table; those that nobody was shown are left out."""
    rows: list[Row] = []
    for line, cells in table.rows:
        if len(cells) <= max(columns.values()):
            message = f"the line has {len(cells)} cells, the header {len(table.header)}"
            faults.append(error(table.name, line, CHECK, message, "download the export again"))
            continue
        said = {name: cells[index] for name, index in columns.items()}
        clicks, impressions = _whole(said["clicks"]), _whole(said["impressions"])
        position = _decimal(said["position"])
        share = _decimal(said.get("ctr", "").replace("%", "").replace("٪", "").strip())
        if impressions == 0:
            continue
        if clicks is None or impressions is None or position is None:
            bad = next(said[name] for name, value in _pairs(clicks, impressions, position) if value is None)
            message = f"{quoted(bad)} is no number"
            faults.append(error(table.name, line, CHECK, message, "download the export again"))
        elif (
            clicks > impressions
            or position < 1
            or (share is not None and not _agrees(said["ctr"], share, clicks / impressions))
        ):
            message = (
                f"the figures cannot be: {clicks} clicks of {impressions} impressions, "
                f"CTR {quoted(said.get('ctr', ''))}, position {position:g}"
            )
            faults.append(
                error(
                    table.name,
                    line,
                    CHECK,
                    message,
                    "the columns are query or page, clicks, impressions, CTR, position",
                )
            )
        else:
            rows.append(
                Row(
                    query=said.get("query", ""),
                    page=said.get("page", ""),
                    clicks=clicks,
                    impressions=impressions,
                    position=position,
                )
            )
    return rows


def _pairs(clicks: int | None, impressions: int | None, position: float | None) -> Sequence[tuple[str, float | None]]:
    return (("clicks", clicks), ("impressions", impressions), ("position", position))


def _agrees(written: str, share: float, true: float) -> bool:
    """Return whether a CTR is clicks by impressions; with a sign it is in percent, without one a share or percent."""
    percent = "%" in written or "٪" in written
    return abs(share / 100 - true) <= _SHARE_OFF or (not percent and abs(share - true) <= _SHARE_OFF)


def _whole(written: str) -> int | None:
    """Return a whole number, however a language groups its digits: 1,234 and 1.234 and 1 234."""
    if found := _ROUND.fullmatch(written):
        return int(found.group(1))
    return int("".join(filter(str.isdigit, written))) if _WHOLE.fullmatch(written) else None


def _decimal(written: str) -> float | None:
    """Return a number with a decimal point or comma."""
    found = _DECIMAL.fullmatch(written)
    if not found:
        return None
    if found.group(2) is None and re.search(r"\D", found.group(1)):  # 1.234: a position or share has no thousands
        head, tail = re.split(r"\D", found.group(1), maxsplit=1)
        return float(f"{int(head)}.{''.join(filter(str.isdigit, tail))}")
    whole = "".join(filter(str.isdigit, found.group(1)))
    return float(f"{int(whole)}.{found.group(2) or 0}")
