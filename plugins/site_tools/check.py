"""``invoke check``: what is wrong with a site, or with one file of it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from local_seo import checks
from local_seo.errors import Severity
from local_seo.request import WrongValue
from local_seo.text import joined, near, nearest, quoted

from . import answers, building

if TYPE_CHECKING:
    from local_seo.report import Form
    from local_seo.request import Request


def check(request: Request, *, output: str, only: str, form: Form) -> bool:
    """Make the site, print what is wrong with it, and return whether nothing of it is an error.

    Args:
        request: what is judged.
        output: where the site is kept; it is made apart where that is empty.
        only: a content file or folder, as ``below`` takes it; all of them where it is empty.
        form: how findings are printed.

    Raises:
        WrongValue: there is no such file.
    """
    name = below(only, request.content) if only else ""
    with building.where(request, output) as wanted:  # what is judged is read there
        built, findings = building.judged(wanted, form)
    if name:
        findings = [each for each in findings if each.path == name or each.path.startswith(f"{name}/")]
        if (held := built.site.withheld.get(name)) and form == "text":
            print(f"{request.content / name} is not checked yet: it is {held.reason} (`invoke serve` shows it)")
    answers.tell(findings, request.content, form, explains=True)
    return all(finding.severity is not Severity.ERROR for finding in findings)


def explained(check_id: str) -> str:
    """Return what a check finds and why.

    Raises:
        WrongValue: there is no such check.
    """
    if check_id not in checks.explained():
        remedy = nearest(check_id, checks.explained())
        raise WrongValue(f"--explain {check_id}: there is no such check - {remedy}; docs/checks.md has them all")
    return checks.explanation(check_id)


def below(typed: str, content: Path) -> str:
    """Return the path of a content file or folder relative to the content folder.

    ``content/articles/x.md``, ``articles/x.md``, ``x.md`` and ``x`` all mean the same file while there is one only.

    Raises:
        WrongValue: there is no such file, or several; the message names the nearest.
    """
    path = Path(typed)
    for candidate in (path, content / path, path.with_name(f"{path.name}.md"), content / f"{path}.md"):
        with contextlib.suppress(ValueError, OSError):
            if candidate.exists():
                below = candidate.resolve().relative_to(content.resolve()).as_posix()
                return "" if below == "." else below
    there = [each.relative_to(content).as_posix() for each in sorted(content.rglob("*.*")) if each.is_file()]
    named = [name for name in there if path.name in {Path(name).name, Path(name).stem}]
    if len(named) == 1 and path.parent == Path():
        return named[0]
    words = [name for name in there if name.endswith((".md", ".toml"))]
    meant = joined(map(quoted, named), "or") if named else near(typed, words) or near(path.stem, words)
    hint = f" - did you mean {meant if named else quoted(meant)}?" if meant else ""
    raise WrongValue(f"--only {typed}: there is no such file below {content}{hint}")
