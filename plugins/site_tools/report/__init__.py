"""``invoke report``: the whole of a site in one page to look at, and what people search for beside it."""

from __future__ import annotations

import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local_seo.request import Refused, WrongValue

from . import facts, page, search_console

if TYPE_CHECKING:
    from .facts import Report
    from .search_console import Export

DEFAULT: Final = "report.html"

gather = facts.gather


def export(written: str) -> Export | None:
    """Return the export of Search Console that a flag names; None without one.

    Raises:
        SourceError: it is none; every fault with file and line.
    """
    return search_console.read(Path(written)) if written else None


def as_json(report: Report) -> str:
    """Return a report for programs: the fields of ``facts.Report``, ending with a line break."""
    return json.dumps(asdict(report), ensure_ascii=False, indent=1) + "\n"


def target(written: str, output: str, content: Path) -> Path:
    """Return where the page shall be written.

    Raises:
        WrongValue: there is no such folder, or what lies there would be published or read as content.
    """
    path = Path(written or DEFAULT)
    folder = path.resolve().parent
    if path.is_dir() or path.suffix.lower() not in {".html", ".htm"}:
        raise WrongValue(f"--to {path} is no HTML file - name one, such as {DEFAULT}")
    if not folder.is_dir():
        raise WrongValue(f"--to {path}: there is no folder {path.parent} - make it, or name another")
    closed = [("content", content), *([("output", Path(output))] if output else [("output", Path("output"))])]
    for what, other in closed:
        if folder == other.resolve() or other.resolve() in folder.parents:
            raise WrongValue(f"--to {path} lies in the {what} folder, which goes to the public - name another place")
    return path


def write(report: Report, path: Path, content: Path) -> None:
    """Write the page.

    Raises:
        Refused: it cannot be written.
    """
    files = Path(os.path.relpath(content.resolve(), path.resolve().parent)).as_posix()
    try:
        path.write_text(page.html(report, files), encoding="utf-8")
    except OSError as failure:
        raise Refused(f"{path} could not be written: {failure.strerror or failure}") from failure
