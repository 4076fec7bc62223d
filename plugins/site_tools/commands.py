"""What each command does: values checked, the work called, findings printed, an exit status."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast, get_args

from local_seo import checks, report, urls
from local_seo.build import build as build_site
from local_seo.build import read, reader
from local_seo.cache import Kept
from local_seo.errors import Finding, Severity, SourceError
from local_seo.reader import facts_of
from local_seo.report import Form
from local_seo.request import Options, Refused, Request, WrongValue
from local_seo.text import joined, near, nearest, quoted

from . import links as link_suggestions
from . import new as new_file
from . import start as starting
from .apart import apart
from .new import aims
from .unchanged import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from contextlib import AbstractContextManager

    from invoke import Context

    from local_seo.model.built import Built
    from local_seo.model.practice import Facts
    from local_seo.model.site import Site

    from .new import Wanted

ENGINE = Path(__file__).resolve().parents[2]
_REPORTS = ("html", "json")
_NAMED_MOST = 10
FAULTS, WRONG_VALUES, INTERRUPTED = 1, 2, 130


def build(*, content: str, output: str, base_url: str, today: str, verify: bool) -> None:
    """Make the site and say where it lies and what was noticed; with ``verify`` compare it with one from nothing."""
    with _answering():
        request = _request(content=content, output=output, base_url=base_url, today=today)
        if verify and request.options.today is None:
            # Both builds need one day, though midnight may lie between them.
            day = dt.datetime.now(facts_of(request.content).zone).date()
            request = replace(request, options=replace(request.options, today=day))
        make(request)
        if verify:
            _verify(request)


def _verify(request: Request) -> None:
    from . import verify as verifying  # noqa: PLC0415 - other commands need none of it

    found = verifying.differences(request)
    if not found:
        print(f"{request.output}: byte for byte what a build from nothing makes")
        return
    print(*found[:_NAMED_MOST], sep="\n", file=sys.stderr)
    rest = f"; {len(found) - _NAMED_MOST} more" if len(found) > _NAMED_MOST else ""
    remedy = "delete .cache and build again, and tell the makers of the program"
    print(f"{_count(len(found), 'difference')}{rest} - {remedy}", file=sys.stderr)
    sys.exit(FAULTS)


def make(request: Request) -> None:
    """Make the site, unless nothing changed since, and say where it lies and what was noticed."""
    memory = Memory(request)
    said = memory.said()
    if said is None:
        built = _built(request, "text")
        findings = checks.run(built, request.options.memory)
        pages = sum(1 for name in built.rendered if name != "404.html")
        said = [f"{request.output}: {pages} pages, {len(built.paths)} files"]
        if findings:
            said.append(f"{report.counts(findings)} - `invoke check` says what and where")
        memory.keep(built, said)
    print(*said, sep="\n")


def bench(*, articles: str, cases: str, output: str, plain: bool, hugo: bool, serve: bool) -> None:
    """Measure how long builds take, or how soon a preview shows a save."""
    with _answering("stopped"):
        from . import bench as measuring  # noqa: PLC0415 - other commands need none of it

        folder, say = Path(output or ENGINE / ".cache" / "bench"), partial(print, flush=True)
        if serve:
            measuring.bench_serve(articles, folder, say=say)
        else:
            measuring.bench(articles, folder, plain=plain, hugo=hugo, cases=cases, say=say)


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
        name = _below(only, request.content) if only else ""
        with _where(request, output) as wanted:
            built = _built(wanted, cast("Form", form))
        findings = checks.run(built, request.options.memory)
        if name:
            findings = tuple(each for each in findings if each.path == name or each.path.startswith(f"{name}/"))
            if (held := built.site.withheld.get(name)) and form == "text":
                print(f"{request.content / name} is not checked yet: it is {held.reason} (`invoke serve` shows it)")
        _print(findings, request.content, cast("Form", form))
        if any(finding.severity is Severity.ERROR for finding in findings):
            sys.exit(FAULTS)


def links(*, content: str, today: str, apply: bool, form: str) -> None:
    """Print the links that a build sets in running text, or write them into the Markdown."""
    with _answering():
        if form not in {"text", "patch"}:
            raise WrongValue(f"--format {form} is not one of text, patch")
        request = _request(content=content, output="", base_url="", today=today)
        with apart(request) as wanted:
            site = _built(wanted, "text").site
        found = link_suggestions.suggestions(site, request.content, reader(request, site))
        if form == "patch":
            for line in link_suggestions.patch(request.content, found):
                print(line)
        else:
            for each in found:
                print(f"{request.content.as_posix()}/{each}")
        if apply and found:
            files = link_suggestions.apply(request.content, found)
            print(f"{_count(len(found), 'link')} written into {_count(files, 'file')}", file=sys.stderr)
        elif found:
            print(
                f"{_count(len(found), 'link')} that each build sets by itself; to keep and reword them in your files,"
                " run `invoke links --apply`",
                file=sys.stderr,
            )
        else:
            print("nothing to suggest: no text mentions a page that it does not link to", file=sys.stderr)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def site_report(
    *, content: str, output: str, base_url: str, today: str, form: str, to: str, search_console: str
) -> None:
    """Make the site in a folder of its own and say in one page how it stands; with ``output`` the site is kept."""
    with _answering():
        from . import report as reporting  # noqa: PLC0415 - as above

        if form not in _REPORTS:
            raise WrongValue(f"--format {form} is not one of {', '.join(_REPORTS)}")
        request = _request(content=content, output=output, base_url=base_url, today=today)
        path = reporting.target(to, output, request.content)
        try:
            export = reporting.export(search_console)
        except SourceError as failure:
            print(report.render(failure.findings, on=report.terminal()), end="")
            sys.exit(FAULTS)
        with _where(request, output) as wanted:
            built = _built(wanted, "json" if form == "json" else "text")
            made = reporting.gather(built, export, request.options.memory)
        if form == "json":
            print(reporting.as_json(made), end="")
            return
        reporting.write(made, path, request.content)
        print(f"{path}: {len(made.pages)} pages - open it in a browser")


def serve(*, content: str, today: str, port: str, show: bool) -> None:
    """Show the site as it will be, drafts included, and build it again after each save."""
    with _answering():
        from . import preview  # noqa: PLC0415 - what it imports takes other commands time for nothing

        try:
            preview.serve(_request(content=content, output="", base_url="", today=today), port=port, show=show)
        except KeyboardInterrupt:
            _stop("stopped", INTERRUPTED)


def edit(*, content: str, port: str, show: bool, install: bool, lists: bool) -> None:
    """Show the content folder in an editor in the browser."""
    with _answering():
        from . import edit as editing  # noqa: PLC0415 - other commands need none of it

        if install:
            editing.install()
            print("the editor is there - `invoke edit` shows it")
            return
        request = _request(content=content, output="", base_url="", today="")
        try:
            if lists:
                mended = editing.mend_lists(request)
                said = [f"{request.content / name}: lists are [one, two] now" for name in mended]
                print(*(said or ["every list is as the editor needs it"]), sep="\n")
                return
            editing.serve(request, port=port, show=show)
        except SourceError as failure:
            _print(failure.findings, request.content, "text")
            sys.exit(FAULTS)
        except KeyboardInterrupt:
            _stop("stopped; what you saved is in the folder", INTERRUPTED)


def new(
    *,
    title: str,
    kind: str,
    service: str,
    keywords: str,
    cities: str,
    supports: str,
    content: str,
    today: str,
    show: bool,
) -> None:
    """Begin a file and say where it lies; on a terminal, ask for what the flags leave open."""
    with _answering():
        asking = sys.stdin.isatty() and sys.stdout.isatty()
        if not title and not asking:
            raise WrongValue('new needs --title, for example: invoke new --title "Sleep and the first year"')
        request = _request(content=content, output="", base_url="", today=today)
        try:
            facts = facts_of(request.content)
            if asking:
                from .new import questions  # noqa: PLC0415 - only a terminal needs it

                kind = kind or questions.ask_kind()
            asked = new_file.wanted(
                facts,
                kind=kind or "article",
                title=title,
                service=service,
                keywords=keywords,
                cities=cities,
                supports=supports,
            )
            site, _ = read(replace(request, options=replace(request.options, preview=True)))
            if site and asking:
                asked = questions.ask(asked, site, request.content)
            path = new_file.create(asked, request.content, facts, request.options.today or _today(facts))
        except SourceError as failure:
            _print(failure.findings, request.content, "text")
            sys.exit(FAULTS)
        if site and not asking:
            _say_what_is_there(asked, site)
        print(f"{path} - write where it says WRITE THIS, and see it with `invoke serve`")
        print("it is a draft: take the line `status: draft` away when it is ready, and `invoke check` looks it over")
        if asking and show and (problem := new_file.open_in_editor(path)):
            print(problem, file=sys.stderr)


def _say_what_is_there(asked: Wanted, site: Site) -> None:
    """Print what there is on the first keyword, what answers for it in the article's places, and a clash."""
    for article in aims.about(site, asked.keywords[0]) if asked.keywords else ():
        print(f"there is already: {article.front.title} ({article.path})")
    for place, said in aims.there(site, asked.keywords[0]) if asked.keywords else ():
        if place.name in asked.cities:
            print(f"{asked.keywords[0]}, {place.name}: {said}")
    if found := aims.clash(site, asked):
        print(found, file=sys.stderr)


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


def publish(
    *,
    content: str,
    output: str,
    base_url: str,
    today: str,
    dry_run: bool,
    accept: bool,
    preview: bool,
    live: str,
    wait: str,
) -> None:
    """Bring the site to its visitors and say what changed."""
    with _answering():
        from . import publish as publishing  # noqa: PLC0415 - what it imports takes other commands time for nothing

        request = _request(content=content, output=output, base_url=base_url, today=today)
        settings = publishing.Settings(
            request=request,
            cache=ENGINE / ".cache" / "compressed",
            accept=accept,
            dry_run=dry_run,
            preview=preview,
            live=_live(live),
            wait_s=_seconds(wait),
            announcing=not live,
        )
        try:
            publishing.publish(settings)
        except SourceError as failure:
            _print(failure.findings, request.content, "text")
            print("nothing was sent; the live site is as it was")
            sys.exit(FAULTS)
        except KeyboardInterrupt:
            _stop("stopped; the live site is whole, and the next publish goes on from here", INTERRUPTED)


def rollback(*, content: str, output: str, to: str, dry_run: bool, live: str, wait: str) -> None:
    """Bring an earlier publish back."""
    with _answering():
        from . import publish as publishing  # noqa: PLC0415 - as above

        if to and not to.isdecimal():
            raise WrongValue(f"--to {to} is not the number of a publish - write it as --to 3")
        request = _request(content=content, output=output, base_url="", today="")
        settings = publishing.Settings(
            request=request,
            cache=ENGINE / ".cache" / "compressed",
            dry_run=dry_run,
            live=_live(live),
            wait_s=_seconds(wait),
            announcing=not live,
        )
        try:
            publishing.rollback(settings, int(to) if to else None)
        except SourceError as failure:
            _print(failure.findings, request.content, "text")
            sys.exit(FAULTS)
        except KeyboardInterrupt:
            _stop("stopped; the live site is whole, and the next rollback goes on from here", INTERRUPTED)


def diff(*, content: str, output: str, base_url: str, today: str, old: str, new: str, form: str) -> None:
    """Print what differs between two builds; risky differences are an exit status of 1."""
    with _answering():
        from . import diff as comparing  # noqa: PLC0415 - as above
        from .publish import history  # noqa: PLC0415 - as above

        if form not in {"text", "json"}:
            raise WrongValue(f"--format {form} is not text or json")
        for flag, folder in (("old", old), ("new", new)):
            if folder and not (Path(folder) / "index.html").is_file():
                raise WrongValue(f"--{flag} {folder} holds no built site - name the folder of one")
        request = _request(content=content, output=output, base_url=base_url, today=today)
        before = comparing.folder(Path(old)) if old else history.History(request.content).pages()
        if before is None:
            raise WrongValue(
                "this machine remembers no publish to compare with - name two folders with --old and --new"
            )
        if new:
            after, redirects = comparing.folder(Path(new)), comparing.redirects_of(Path(new))
            changes = comparing.compare(before, after, redirects=redirects)
        else:
            with _where(request, output) as wanted:
                built = _built(wanted, "text")
                old_ones = built.addresses
                after = comparing.folder(wanted.output)
            changes = comparing.compare(before, after, redirects=old_ones.redirects, gone=old_ones.gone)
        print(comparing.as_json(changes) if form == "json" else comparing.text(changes), end="")
        if any(change.risk is comparing.Risk.RISKY for change in changes):
            sys.exit(FAULTS)


def _live(address: str) -> str:
    """Return where visitors reach the site; by http on this machine only.

    Raises:
        WrongValue: it is no bare address.
    """
    here = urls.split(address).hostname in {"127.0.0.1", "localhost"}
    if address and not urls.is_origin(address.replace("http://", "https://", 1) if here else address):
        raise WrongValue(f"--live {address} is not a bare https address - write it as https://my-practice.pages.dev")
    return address.rstrip("/")


def _seconds(text: str) -> float | None:
    """Return a number of seconds, None where none is given.

    Raises:
        WrongValue: it is none.
    """
    if text and not text.isdecimal():
        raise WrongValue(f"--wait {text} is not a number of seconds - write it as --wait 120")
    return float(text) if text else None


def move_in(
    export: str,
    *,
    also: Iterable[str],
    content: str,
    pictures: str,
    download: bool,
    keep_boilerplate: bool,
    keep: str,
    cities: str,
    add_places: bool,
    dry_run: bool,
    report_folder: str,
    today: str,
) -> None:
    """Move a blog in, and say what became of it."""
    with _answering("stopped; what was written is whole, and the command may be run again"):
        from . import move_in as moving  # noqa: PLC0415 - what it imports takes other commands time for nothing

        request = _request(content=content, output="", base_url="", today=today)
        if pictures and not Path(pictures).is_dir():
            raise WrongValue(f"--pictures {pictures}: there is no such folder")
        if cities and not (cities.isdecimal() and 0 < len(cities.lstrip("0")) < 4):  # noqa: PLR2004 - a number of towns
            raise WrongValue(f"--cities {cities} is not a number from 1 to 999")
        can_ask = sys.stdin.isatty() and sys.stdout.isatty()
        wanted = moving.Request(
            exports=tuple(map(Path, (export, *also))),
            content=request.content,
            report=Path(report_folder or "move-in"),
            settings=request.settings,
            pictures=Path(pictures) if pictures else None,
            download=download,
            keep=moving.steps_of(keep, everything=keep_boilerplate),
            cities_most=int(cities) if cities else None,
            dry_run=dry_run,
            add_places=True if add_places else None,
            today=request.options.today,
        )
        try:
            done = moving.move_in(wanted, lambda line: print(line, flush=True), _yes if can_ask else None)
        except SourceError as failure:
            _print(failure.findings, request.content, "text")
            sys.exit(FAULTS)
        print("\n".join(done.summary))
        if done.faults:
            print()
            print(report.render(done.faults, "text", on=report.terminal()), end="")
            sys.exit(FAULTS)
        print("now run `invoke build`, and `invoke check` to see what the texts need")


def _yes(question: str) -> bool:
    return input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}


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
            f"pytest -n auto --dist worksteal --cov --cov-report=term:skip-covered {marks}",
        ):
            print(f"$ {command}", flush=True)
            context.run(f"{tools}/{command}", pty=False)


def _today(facts: Facts) -> dt.date:
    """Return today in the practice's zone."""
    return dt.datetime.now(facts.zone).date()


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
        spare=ENGINE / ".cache" / "spare",
        options=Options(
            origin=base_url.rstrip("/") or None, today=day, cache=ENGINE / ".cache", memory=Kept(ENGINE / ".cache")
        ),
    )


def _where(request: Request, output: str) -> AbstractContextManager[Request]:
    """Return the request for the folder that was asked for, else for one that the output does not show."""
    return contextlib.nullcontext(request) if output else apart(request)


def _built(request: Request, form: Form) -> Built:
    try:
        return build_site(request)
    except SourceError as failure:
        _print(failure.findings, request.content, form)
        sys.exit(FAULTS)


def _print(findings: Iterable[Finding], content: Path, form: Form) -> None:
    """Print findings with paths that an editor can open from here."""
    shown = [replace(f, path=f"{content.as_posix()}/{f.path}") if f.path else f for f in findings]
    print(report.render(shown, form, on=report.terminal()), end="")


def _below(typed: str, content: Path) -> str:
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


def _explained(check_id: str) -> str:
    """Return what a check finds and why.

    Raises:
        WrongValue: there is no such check.
    """
    if check_id not in checks.explained():
        remedy = nearest(check_id, checks.explained())
        raise WrongValue(f"--explain {check_id}: there is no such check - {remedy}; docs/checks.md has them all")
    return checks.explanation(check_id)


@contextlib.contextmanager
def _answering(interrupted: str = "stopped; the earlier site is as it was") -> Iterator[None]:
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
        _stop(interrupted, INTERRUPTED)


def _stop(message: str, status: int) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(status)
