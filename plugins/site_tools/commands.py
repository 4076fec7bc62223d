"""What each command does: values checked, the work called, what came of it printed, an exit status.

Each imports what it needs when it is called: most commands need Pelican and all that comes with it, and a build that
finds nothing changed needs next to nothing.
"""

from __future__ import annotations

import atexit
import datetime as dt
import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast, get_args

from local_seo import report, urls
from local_seo.cache import Kept
from local_seo.errors import SourceError
from local_seo.report import Form
from local_seo.request import Options, Request, WrongValue
from local_seo.workers import uncollected

from .answers import FAULTS, INTERRUPTED, WRONG_VALUES, answering, count, stop, tell
from .apart import remembering
from .remembered import remember, remembered
from .unchanged import Memory

if TYPE_CHECKING:
    from collections.abc import Iterable

    from invoke import Context

ENGINE = Path(__file__).resolve().parents[2]
# The system takes the memory of a process that ends; Python would look through all of it for cycles first.
atexit.register(gc.freeze)
_REPORTS = ("html", "json")
_NAMED_MOST = 10


def build(*, content: str, output: str, base_url: str, today: str, verify: bool) -> None:
    """Make the site and say where it lies and what was noticed; with ``verify`` compare it with one from nothing."""
    with answering():
        request = _request(content=content, output=output, base_url=base_url, today=today)
        if verify:
            _verify(request)
        else:
            make(request)


def _verify(request: Request) -> None:
    from . import verify as verifying  # noqa: PLC0415 - see above

    try:
        request = verifying.on_one_day(request)
    except SourceError as failure:
        tell(failure.findings, request.content)
        sys.exit(FAULTS)
    make(request)
    found = verifying.differences(request)
    if not found:
        print(f"{request.output}: byte for byte what a build from nothing makes")
        return
    print(*found[:_NAMED_MOST], sep="\n", file=sys.stderr)
    rest = f"; {len(found) - _NAMED_MOST} more" if len(found) > _NAMED_MOST else ""
    remedy = "delete .cache and build again, and tell the makers of the program"
    print(f"{count(len(found), 'difference')}{rest} - {remedy}", file=sys.stderr)
    sys.exit(FAULTS)


def make(request: Request) -> None:
    """Make the site, unless nothing changed since, and say where it lies and what was noticed."""
    memory = Memory(request)
    said = memory.said()
    if said is None:
        with uncollected():  # imports alone make a tenth of it
            from . import building  # noqa: PLC0415 - see above

            built, said = building.made(request)
        memory.keep(built, said)
    print(*said, sep="\n")


def bench(*, articles: str, cases: str, output: str, plain: bool, hugo: bool, serve: bool) -> None:
    """Measure how long builds take, or how soon a preview shows a save."""
    with answering("stopped"):
        from . import bench as measuring  # noqa: PLC0415 - see above

        folder, say = Path(output or ENGINE / ".cache" / "bench"), partial(print, flush=True)
        if serve:
            measuring.bench_serve(articles, folder, say=say)
        else:
            measuring.bench(articles, folder, plain=plain, hugo=hugo, cases=cases, say=say)


def check(*, content: str, output: str, base_url: str, today: str, only: str, form: str, explain: str) -> None:
    """Make the site in a folder of its own and print what is wrong with it; the output is not touched.

    With ``output`` the files are kept there.
    """
    with answering():
        from . import check as checking  # noqa: PLC0415 - see above

        if form not in get_args(Form):
            raise WrongValue(f"--format {form} is not one of {', '.join(get_args(Form))}")
        if explain:
            print(checking.explained(explain))
            return
        request = _request(content=content, output=output, base_url=base_url, today=today)
        if not checking.check(request, output=output, only=only, form=cast("Form", form)):
            sys.exit(FAULTS)


def links(*, content: str, today: str, apply: bool, form: str) -> None:
    """Print the links that a build sets in running text, or write them into the Markdown."""
    with answering():
        from local_seo.build import reader  # noqa: PLC0415 - see above

        from . import building  # noqa: PLC0415 - see above
        from . import links as suggesting  # noqa: PLC0415 - see above

        if form not in {"text", "patch"}:
            raise WrongValue(f"--format {form} is not one of text, patch")
        request = _request(content=content, output="", base_url="", today=today)
        with building.where(request, "") as wanted:
            site = building.built(wanted).site
        found = suggesting.suggestions(site, request.content, reader(request, site))
        if form == "patch":
            for line in suggesting.patch(request.content, found):
                print(line)
        else:
            for each in found:
                print(f"{request.content.as_posix()}/{each}")
        if apply and found:
            files = suggesting.apply(request.content, found)
            print(f"{count(len(found), 'link')} written into {count(files, 'file')}", file=sys.stderr)
        elif found:
            print(
                f"{count(len(found), 'link')} that each build sets by itself; to keep and reword them in your files,"
                " run `invoke links --apply`",
                file=sys.stderr,
            )
        else:
            print("nothing to suggest: no text mentions a page that it does not link to", file=sys.stderr)


def site_report(
    *, content: str, output: str, base_url: str, today: str, form: str, to: str, search_console: str
) -> None:
    """Make the site in a folder of its own and say in one page how it stands; with ``output`` the site is kept."""
    with answering():
        from . import building  # noqa: PLC0415 - see above
        from . import report as reporting  # noqa: PLC0415 - see above

        if form not in _REPORTS:
            raise WrongValue(f"--format {form} is not one of {', '.join(_REPORTS)}")
        request = _request(content=content, output=output, base_url=base_url, today=today)
        path = reporting.target(to, output, request.content)
        try:
            export = reporting.export(search_console)
        except SourceError as failure:
            print(report.render(failure.findings, on=report.terminal()), end="")
            sys.exit(FAULTS)
        with building.where(request, output) as wanted:
            built = building.built(wanted, "json" if form == "json" else "text")
            made = reporting.gather(built, export, request.options.memory)
        if form == "json":
            print(reporting.as_json(made), end="")
            return
        reporting.write(made, path, request.content)
        print(f"{path}: {len(made.pages)} pages - open it in a browser")


def serve(*, content: str, today: str, port: str, show: bool) -> None:
    """Show the site as it will be, drafts included, and build it again after each save."""
    with answering():
        from . import preview  # noqa: PLC0415 - see above

        try:
            preview.serve(_request(content=content, output="", base_url="", today=today), port=port, show=show)
        except KeyboardInterrupt:
            stop("stopped", INTERRUPTED)


def edit(*, content: str, port: str, show: bool, install: bool, lists: bool) -> None:
    """Show the content folder in an editor in the browser."""
    with answering():
        from . import edit as editing  # noqa: PLC0415 - see above

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
            tell(failure.findings, request.content)
            sys.exit(FAULTS)
        except KeyboardInterrupt:
            stop("stopped; what you saved is in the folder", INTERRUPTED)


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
    with answering():
        from .new import command as beginning  # noqa: PLC0415 - see above

        asking = sys.stdin.isatty() and sys.stdout.isatty()
        if not title and not asking:
            raise WrongValue('new needs --title, for example: invoke new --title "Sleep and the first year"')
        request = _request(content=content, output="", base_url="", today=today)
        said = beginning.Said(
            title=title, kind=kind, service=service, keywords=keywords, cities=cities, supports=supports
        )
        try:
            beginning.new(request, said, asking=asking, show=show)
        except SourceError as failure:
            tell(failure.findings, request.content)
            sys.exit(FAULTS)


def start(folder: str, **flags: str) -> None:
    """Make a practice's own content folder and remember it."""
    with answering("stopped; nothing was made"):
        from . import start as starting  # noqa: PLC0415 - see above

        path = Path(folder)
        ask = input if sys.stdin.isatty() else None
        try:
            starting.start(path, starting.answers(flags, ask))
        except SourceError as failure:
            tell(failure.findings, path)
            sys.exit(WRONG_VALUES)
        remember(path, ENGINE)
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
    with answering():
        from . import publish as publishing  # noqa: PLC0415 - see above

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
            tell(failure.findings, request.content)
            print("nothing was sent; the live site is as it was")
            sys.exit(FAULTS)
        except KeyboardInterrupt:
            stop("stopped; the live site is whole, and the next publish goes on from here", INTERRUPTED)


def rollback(*, content: str, output: str, to: str, dry_run: bool, live: str, wait: str) -> None:
    """Bring an earlier publish back."""
    with answering():
        from . import publish as publishing  # noqa: PLC0415 - see above

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
            tell(failure.findings, request.content)
            sys.exit(FAULTS)
        except KeyboardInterrupt:
            stop("stopped; the live site is whole, and the next rollback goes on from here", INTERRUPTED)


def diff(*, content: str, output: str, base_url: str, today: str, old: str, new: str, form: str) -> None:
    """Print what differs between two builds; risky differences are an exit status of 1."""
    with answering():
        from . import building  # noqa: PLC0415 - see above
        from . import diff as comparing  # noqa: PLC0415 - see above
        from .publish import history  # noqa: PLC0415 - see above

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
            with building.where(request, output) as wanted:
                built = building.built(wanted)
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
    with answering("stopped; what was written is whole, and the command may be run again"):
        from . import move_in as moving  # noqa: PLC0415 - see above

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
            tell(failure.findings, request.content)
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
    folder = Path(content) if content else remembered(ENGINE) or Path("content")
    if not folder.is_dir():
        raise WrongValue(f"there is no content folder {folder} - name it with --content")
    kept = remembering(folder, ENGINE)
    return Request(
        content=folder,
        output=Path(output or "output"),
        theme=ENGINE / "theme",
        settings=ENGINE / "pelicanconf.py",
        spare=kept / "spare",
        options=Options(origin=base_url.rstrip("/") or None, today=day, cache=kept, memory=Kept(kept)),
    )
