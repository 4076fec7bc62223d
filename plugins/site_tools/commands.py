"""What each command does: values checked, the work called, findings printed, an exit status."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast, get_args

from local_seo import checks, report, urls
from local_seo.build import Refused, Request, WrongValue
from local_seo.build import build as build_site
from local_seo.errors import Finding, Severity, SourceError
from local_seo.reader import Options
from local_seo.report import Form
from local_seo.text import nearest

from . import new as new_file
from . import start as starting
from .unchanged import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from invoke import Context

    from local_seo.model.built import Built

ENGINE = Path(__file__).resolve().parents[2]
FAULTS, WRONG_VALUES, INTERRUPTED = 1, 2, 130


def build(*, content: str, output: str, base_url: str, today: str) -> None:
    """Make the site and say where it lies and what was noticed."""
    with _answering():
        make(_request(content=content, output=output, base_url=base_url, today=today))


def make(request: Request) -> None:
    """Make the site, unless nothing changed since, and say where it lies and what was noticed."""
    memory = Memory(request)
    said = memory.said()
    if said is None:
        built = _built(request, "text")
        findings = checks.run(built)
        pages = sum(1 for name in built.rendered if name != "404.html")
        said = [f"{request.output}: {pages} pages, {len(built.paths)} files"]
        if findings:
            said.append(f"{report.counts(findings)} - `invoke check` says what and where")
        memory.keep(built, said)
    print(*said, sep="\n")


def bench(*, articles: str, output: str, plain: bool) -> None:
    """Measure how long builds take."""
    with _answering():
        from . import bench as measuring  # noqa: PLC0415 - other commands need none of it

        measuring.bench(articles, Path(output or ENGINE / ".cache" / "bench"), plain=plain)


def check(*, content: str, output: str, base_url: str, today: str, only: str, form: str, explain: str) -> None:
    """Make the site in a folder of its own and print what is wrong with it; the output is not touched.

    With ``output`` the files are kept there.
    """
    with _answering():
        if form not in get_args(Form):
            raise WrongValue(f"--format {form} is not one of {', '.join(get_args(Form))}")
        if explain:
            print(_explained(explain))
            return
        request = _request(content=content, output=output, base_url=base_url, today=today)
        with tempfile.TemporaryDirectory() as scratch:
            if not output:
                request = replace(request, output=Path(scratch) / "site")
            findings = checks.run(_built(request, cast("Form", form)))
        if only:
            name = _below(Path(only), request.content)
            findings = tuple(finding for finding in findings if finding.path == name)
        _print(findings, request.content, cast("Form", form))
        if any(finding.severity is Severity.ERROR for finding in findings):
            sys.exit(FAULTS)


def serve(*, content: str, today: str, port: str, show: bool) -> None:
    """Show the site as it will be, drafts included, and build it again after each save."""
    with _answering():
        from . import preview  # noqa: PLC0415 - what it imports takes other commands time for nothing

        try:
            preview.serve(_request(content=content, output="", base_url="", today=today), port=port, show=show)
        except KeyboardInterrupt:
            _stop("stopped", INTERRUPTED)


def new(*, title: str, kind: str, service: str, keywords: str, cities: str, content: str, today: str) -> None:
    """Begin a file and say where it lies."""
    with _answering():
        if not title:
            raise WrongValue('new needs --title, for example: invoke new --title "Sleep and the first year"')
        request = _request(content=content, output="", base_url="", today=today)
        day = request.options.today
        try:
            path = new_file.create(
                request.content,
                kind=kind,
                title=title,
                service=service,
                keywords=keywords,
                cities=cities,
                day=day,
            )
        except SourceError as failure:
            _print(failure.findings, request.content, "text")
            sys.exit(FAULTS)
        print(f"{path} - write where it says WRITE THIS, and see it with `invoke serve`")
        if kind == "article":
            print("it is a draft: take the line `status: draft` away to publish it with the next build")


def start(folder: str, **flags: str) -> None:
    """Make a practice's own content folder and remember it."""
    with _answering():
        path = Path(folder)
        ask = input if sys.stdin.isatty() else None
        try:
            starting.start(path, starting.answers(flags, ask))
        except SourceError as failure:
            _print(failure.findings, path, "text")
            sys.exit(WRONG_VALUES)
        starting.remember(path, ENGINE)
        print(f"{path} is ready, and new, serve, build and check mean it from now on")
        print("now run `invoke serve`, open the address, and fill in what says WRITE THIS")


def test(context: Context, *, fast: bool) -> None:
    """Run every linter and test; stop at the first that fails."""
    # The tools stand beside the interpreter that runs this, whether or not its environment is active.
    tools = Path(sys.executable).parent
    marks = '-m "not browser and not java"' if fast else ""
    with context.cd(str(ENGINE)):
        for command in (
            "ruff check",
            "ruff format --check",
            "mypy",
            "lint-imports --no-logo",
            f"pytest -n auto --cov --cov-report=term:skip-covered {marks}",
        ):
            print(f"$ {command}", flush=True)
            context.run(f"{tools}/{command}", pty=False)


def _request(*, content: str, output: str, base_url: str, today: str) -> Request:
    """Return what is asked for.

    Raises:
        WrongValue: a value that cannot be used, with what is allowed.
    """
    day = None
    if today:
        try:
            day = dt.date.fromisoformat(today)
        except ValueError:
            raise WrongValue(f"--today {today} is not a date - write it as 2026-05-04") from None
    if base_url and not urls.is_origin(base_url):
        raise WrongValue(f"--base-url {base_url} is not a bare https address - write it as https://www.example.org")
    folder = Path(content) if content else starting.remembered(ENGINE) or Path("content")
    if not folder.is_dir():
        raise WrongValue(f"there is no content folder {folder} - name it with --content")
    return Request(
        content=folder,
        output=Path(output or "output"),
        theme=ENGINE / "theme",
        settings=ENGINE / "pelicanconf.py",
        options=Options(origin=base_url.rstrip("/") or None, today=day, cache=ENGINE / ".cache"),
    )


def _built(request: Request, form: Form) -> Built:
    try:
        return build_site(request)
    except SourceError as failure:
        _print(failure.findings, request.content, form)
        sys.exit(FAULTS)


def _print(findings: Iterable[Finding], content: Path, form: Form) -> None:
    """Print findings with paths that an editor can open from here."""
    shown = [replace(f, path=f"{content.as_posix()}/{f.path}") if f.path else f for f in findings]
    colour = form == "text" and sys.stdout.isatty()
    print(report.render(shown, form, colour=colour), end="")


def _below(path: Path, content: Path) -> str:
    """Return the path of a content file relative to the content folder.

    Raises:
        WrongValue: there is no such file.
    """
    for candidate in (path, content / path):
        with contextlib.suppress(ValueError):
            if candidate.is_file():
                return candidate.resolve().relative_to(content.resolve()).as_posix()
    raise WrongValue(f"--only {path}: there is no such file below {content}")


def _explained(check_id: str) -> str:
    """Return what a check finds and why.

    Raises:
        WrongValue: there is no such check.
    """
    if check_id not in checks.known():
        raise WrongValue(f"--explain {check_id}: there is no such check - {nearest(check_id, checks.known())}")
    says = checks.describe(checks.known()[check_id])
    return "\n\n".join((says.pop("What"), *(f"{title}: {words}" for title, words in says.items())))


@contextlib.contextmanager
def _answering() -> Iterator[None]:
    """Turn what a person can mend into one line and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no quotes or umlauts
    try:
        yield
    except WrongValue as answer:
        _stop(str(answer), WRONG_VALUES)
    except Refused as answer:
        _stop(str(answer), FAULTS)
    except KeyboardInterrupt:
        _stop("stopped; the earlier site is as it was", INTERRUPTED)


def _stop(message: str, status: int) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(status)
