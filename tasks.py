"""The commands. ``invoke --list`` names them, ``invoke --help NAME`` explains one."""

import sys

from invoke import Context, task

# invoke would have every command compile the engine anew.
sys.dont_write_bytecode = bool(sys.flags.dont_write_bytecode)

from site_tools import commands  # noqa: E402

_PLACES = {
    "content": "the content folder (default: the one that start made, else content)",
    "output": "where the site is written (default: output)",
    "base_url": "the origin of all addresses (default: practice.url)",
    "today": "the day of the build as year-month-day (default: today in the practice's zone)",
}


@task(help={**_PLACES, "verify": "build once more from nothing, on one core, and compare every byte"})
def build(
    _: Context, content: str = "", output: str = "", base_url: str = "", today: str = "", verify: bool = False
) -> None:
    """Make the site."""
    commands.build(content=content, output=output, base_url=base_url, today=today, verify=verify)


@task(
    help={
        "content": _PLACES["content"],
        "today": _PLACES["today"],
        "port": "where to serve it (default: 8000); the next free one when it is taken",
        "open": "open it in the browser",
    }
)
def serve(_: Context, content: str = "", today: str = "", port: str = "8000", open: bool = False) -> None:  # noqa: A002
    """Show the site with its drafts on this machine, and again after each save."""
    commands.serve(content=content, today=today, port=port, show=open)


@task(
    help={
        **_PLACES,
        "only": "one content file or folder, as in articles/sleep.md",
        "format": "text (default), json or github",
        "explain": "a check's id: what it finds and why",
    }
)
def check(
    _: Context,
    content: str = "",
    output: str = "",
    base_url: str = "",
    today: str = "",
    only: str = "",
    format: str = "text",  # noqa: A002
    explain: str = "",
) -> None:
    """Say what is wrong with the site, and how to mend it."""
    commands.check(
        content=content,
        output=output,
        base_url=base_url,
        today=today,
        only=only,
        form=format,
        explain=explain,
    )


@task(
    help={
        "content": _PLACES["content"],
        "today": _PLACES["today"],
        "apply": "write the links into the Markdown files",
        "format": "text or patch",
    }
)
def links(
    _: Context,
    content: str = "",
    today: str = "",
    apply: bool = False,
    format: str = "text",  # noqa: A002
) -> None:
    """Suggest links from text to text, or write them in."""
    commands.links(content=content, today=today, apply=apply, form=format)


@task(
    help={
        **_PLACES,
        "output": "keeps the site that is measured there; otherwise it is thrown away",
        "to": "where the report is written (default: report.html)",
        "format": "html or json, which is printed",
        "search_console": "the performance export of Search Console: the zip, its folder, or one CSV file",
    }
)
def report(
    _: Context,
    content: str = "",
    output: str = "",
    base_url: str = "",
    today: str = "",
    to: str = "",
    format: str = "html",  # noqa: A002
    search_console: str = "",
) -> None:
    """Show in one page how the site stands, and what people search for."""
    commands.site_report(
        content=content,
        output=output,
        base_url=base_url,
        today=today,
        form=format,
        to=to,
        search_console=search_console,
    )


@task(
    help={
        "kind": "article (default), service, area, topic, person or page",
        "title": "the heading",
        "service": "a service, by name or slug",
        "keywords": "with commas between, the most important one first",
        "cities": "places, with commas between, the most important one first",
        "supports": "slug of the article that this one stands behind",
        "content": _PLACES["content"],
        "today": _PLACES["today"],
        "open": "on a terminal, open it in $VISUAL or $EDITOR (default); --no-open does not",
    }
)
def new(
    _: Context,
    title: str = "",
    kind: str = "",
    service: str = "",
    keywords: str = "",
    cities: str = "",
    supports: str = "",
    content: str = "",
    today: str = "",
    open: bool = True,  # noqa: A002
) -> None:
    """Begin a file with its front matter filled in; on a terminal, asks for what the flags do not say."""
    commands.new(
        title=title,
        kind=kind,
        service=service,
        keywords=keywords,
        cities=cities,
        supports=supports,
        content=content,
        today=today,
        show=open,
    )


@task(
    help={
        "content": _PLACES["content"],
        "port": "where to serve it (default: 8001); the next free one when it is taken",
        "open": "open it in the browser",
        "install": "fetch the editor by npm, once",
        "lists": "write lists that are texts with commas as [one, two], which the editor needs",
    }
)
def edit(
    _: Context,
    content: str = "",
    port: str = "8001",
    open: bool = False,  # noqa: A002
    install: bool = False,
    lists: bool = False,
) -> None:
    """Write in the browser: a form for each text, saved to the content folder."""
    commands.edit(content=content, port=port, show=open, install=install, lists=lists)


@task(
    positional=["folder"],
    help={
        "folder": "where the content shall lie; a new folder",
        "name": "the practice's name",
        "url": "the site's address, as in https://www.example.org",
        "phone": "the number that readers may call",
        "email": "optional",
        "town": "the home town",
        "state": "the state, as in California",
        "presence": "office (default), service-area or telehealth",
        "street": "optional; shown only for an office",
        "postal_code": "optional; shown only for an office",
        "service": "what is offered first of all",
        "person": "who works there",
        "credentials": "as in LCSW",
        "title": "as in Family therapist",
        "license": "optional; the licence number",
        "board": "optional; who licenses",
        "board_url": "optional; the board's address",
        "timezone": "as in America/Los_Angeles (default: this machine's)",
    },
)
def start(
    _: Context,
    folder: str,
    name: str = "",
    url: str = "",
    phone: str = "",
    email: str = "",
    town: str = "",
    state: str = "",
    presence: str = "",
    street: str = "",
    postal_code: str = "",
    service: str = "",
    person: str = "",
    credentials: str = "",
    title: str = "",
    license: str = "",  # noqa: A002
    board: str = "",
    board_url: str = "",
    timezone: str = "",
) -> None:
    """Make a practice's own content folder; asks for what the flags do not say."""
    said = {key: value for key, value in locals().items() if key not in {"_", "folder"}}
    commands.start(folder, **said)


@task(
    auto_shortflags=False,  # -h stays help
    help={
        "articles": "sizes of the made-up sites, with commas between (default: 500)",
        "cases": "of cold, nothing, body, title, fact those to measure, with commas between (default: all)",
        "plain": "measure plain Pelican with the same articles as well",
        "hugo": "measure Hugo with the same articles as well",
        "serve": "measure instead how soon a preview shows what was saved",
        "output": "where the figures go (default: .cache/bench)",
    },
)
def bench(
    _: Context,
    articles: str = "500",
    cases: str = "",
    output: str = "",
    plain: bool = False,
    hugo: bool = False,
    serve: bool = False,
) -> None:
    """Measure how long builds of made-up sites take."""
    commands.bench(articles=articles, cases=cases, output=output, plain=plain, hugo=hugo, serve=serve)


@task(
    help={
        **_PLACES,
        "dry_run": "say what would change, and change nothing",
        "accept": "publish changes that can cost visitors, too",
        "preview": "send a copy with drafts to colleagues, out of the sight of search engines",
        "live": "where visitors reach the site now, if not at its own address; nothing is announced then",
        "wait": "seconds until the live site must show it (default: 120; GitHub Pages: 600)",
    }
)
def publish(
    _: Context,
    content: str = "",
    output: str = "",
    base_url: str = "",
    today: str = "",
    dry_run: bool = False,
    accept: bool = False,
    preview: bool = False,
    live: str = "",
    wait: str = "",
) -> None:
    """Bring the site to its visitors; safe to run at any time, and again after anything that broke off."""
    commands.publish(
        content=content,
        output=output,
        base_url=base_url,
        today=today,
        dry_run=dry_run,
        accept=accept,
        preview=preview,
        live=live,
        wait=wait,
    )


@task(
    help={
        "content": _PLACES["content"],
        "output": _PLACES["output"],
        "to": "the number of the publish (default: the one before)",
        "dry_run": "say what would change, and change nothing",
        "live": "where visitors reach the site now, if not at its own address",
        "wait": "seconds until the live site must show it (default: 120; GitHub Pages: 600)",
    }
)
def rollback(
    _: Context,
    content: str = "",
    output: str = "",
    to: str = "",
    dry_run: bool = False,
    live: str = "",
    wait: str = "",
) -> None:
    """Bring an earlier publish back as it was."""
    commands.rollback(content=content, output=output, to=to, dry_run=dry_run, live=live, wait=wait)


@task(
    help={
        **_PLACES,
        "old": "the folder of an earlier build (default: what was published last)",
        "new": "the folder of a later build (default: a build of now)",
        "format": "text or json",
    }
)
def diff(
    _: Context,
    content: str = "",
    output: str = "",
    base_url: str = "",
    today: str = "",
    old: str = "",
    new: str = "",
    format: str = "text",  # noqa: A002
) -> None:
    """Say what differs between two builds for a search engine, the riskiest first."""
    commands.diff(
        content=content,
        output=output,
        base_url=base_url,
        today=today,
        old=old,
        new=new,
        form=format,
    )


@task(
    positional=["export"],
    iterable=["also"],
    help={
        "export": "the file that Squarespace or WordPress exported, or a folder with such files",
        "also": "another file, such as what the blog answers with ?format=json-pretty; may be given again",
        "content": _PLACES["content"],
        "pictures": "a folder in which the pictures lie already",
        "download": "fetch the other pictures from the old host",
        "keep_boilerplate": "leave every pasted paragraph in the text",
        "keep": "leave these in the text: calls, places, phrases, titles, with commas between",
        "cities": "how many cities an article keeps at most (default: all)",
        "add_places": "add towns that practice.toml does not know to it",
        "dry_run": "write the report and leave the content folder as it is",
        "report": "where the report is written (default: move-in)",
        "today": _PLACES["today"],
    },
)
def move_in(
    _: Context,
    export: str,
    also: list[str],
    content: str = "",
    pictures: str = "",
    download: bool = False,
    keep_boilerplate: bool = False,
    keep: str = "",
    cities: str = "",
    add_places: bool = False,
    dry_run: bool = False,
    report: str = "",
    today: str = "",
) -> None:
    """Move a blog from Squarespace or WordPress in: Markdown, data, pictures, old addresses."""
    commands.move_in(
        export,
        also=also,
        content=content,
        pictures=pictures,
        download=download,
        keep_boilerplate=keep_boilerplate,
        keep=keep,
        cities=cities,
        add_places=add_places,
        dry_run=dry_run,
        report_folder=report,
        today=today,
    )


@task(help={"fast": "leave out the tests that need a browser or Java"})
def test(context: Context, fast: bool = False) -> None:
    """Run linters, type checks and tests."""
    commands.test(context, fast=fast)
