"""Builds as the commands ask for them; faults of the content are printed, and end the command."""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING

from local_seo import checks, report
from local_seo.build import build
from local_seo.errors import SourceError

from .answers import FAULTS, tell
from .apart import apart

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from local_seo.errors import Finding
    from local_seo.model.built import Built
    from local_seo.report import Form
    from local_seo.request import Request


def built(request: Request, form: Form = "text", judging: Callable[[Built], None] = lambda _built: None) -> Built:
    """Return the finished site; ``judging`` as ``build`` has it."""
    try:
        return build(request, judging=judging)
    except SourceError as failure:
        tell(failure.findings, request.content, form)
        sys.exit(FAULTS)


def judged(request: Request, form: Form = "text") -> tuple[Built, list[Finding]]:
    """Return the finished site, and what is wrong with it."""
    findings: list[Finding] = []
    failures: list[Exception] = []

    def judge(site: Built) -> None:
        try:
            findings.extend(checks.run(site, request.options.memory))
        except Exception as failure:  # noqa: BLE001 - a slip of a check costs nobody the site: told when that stands
            failures.append(failure)

    site = built(request, form, judge)
    for failure in failures:
        raise failure
    return site, findings


def made(request: Request) -> tuple[Built, list[str]]:
    """Return the finished site, and in lines where it lies and what was noticed."""
    site, findings = judged(request)
    pages = sum(1 for name in site.rendered if name != "404.html")
    said = [f"{request.output}: {pages} pages, {len(site.paths)} files"]
    if findings:
        said.append(f"{report.counts(findings)} - `invoke check` says what and where")
    return site, said


def where(request: Request, output: str) -> AbstractContextManager[Request]:
    """Return the request for the folder that was asked for, else for one that the output does not show."""
    return contextlib.nullcontext(request) if output else apart(request)
