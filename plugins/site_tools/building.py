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
    from contextlib import AbstractContextManager

    from local_seo.model.built import Built
    from local_seo.report import Form
    from local_seo.request import Request


def built(request: Request, form: Form = "text") -> Built:
    """Return the finished site."""
    try:
        return build(request)
    except SourceError as failure:
        tell(failure.findings, request.content, form)
        sys.exit(FAULTS)


def made(request: Request) -> tuple[Built, list[str]]:
    """Return the finished site, and in lines where it lies and what was noticed."""
    site = built(request)
    findings = checks.run(site, request.options.memory)
    pages = sum(1 for name in site.rendered if name != "404.html")
    said = [f"{request.output}: {pages} pages, {len(site.paths)} files"]
    if findings:
        said.append(f"{report.counts(findings)} - `invoke check` says what and where")
    return site, said


def where(request: Request, output: str) -> AbstractContextManager[Request]:
    """Return the request for the folder that was asked for, else for one that the output does not show."""
    return contextlib.nullcontext(request) if output else apart(request)
