"""The commands. ``invoke --list`` names them, ``invoke --help NAME`` explains one."""

from invoke import Context, task

from site_tools import commands

_PLACES = {
    "content": "the content folder (default: the one that start made, else content)",
    "output": "where the site is written (default: output)",
    "base_url": "the origin of all addresses (default: practice.url)",
    "today": "the day of the build as year-month-day (default: today in the practice's zone)",
}


@task(help=_PLACES)
def build(_: Context, content: str = "", output: str = "", base_url: str = "", today: str = "") -> None:
    """Make the site."""
    commands.build(content=content, output=output, base_url=base_url, today=today)


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


@task(help={**_PLACES, "only": "one content file", "format": "text, json or github", "explain": "a check's id"})
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
        "kind": "article, service, area, topic, person or page",
        "title": "the heading",
        "service": "slug of a service",
        "keywords": "with commas between",
        "cities": "with commas between",
        "content": _PLACES["content"],
        "today": _PLACES["today"],
    }
)
def new(
    _: Context,
    title: str = "",
    kind: str = "article",
    service: str = "",
    keywords: str = "",
    cities: str = "",
    content: str = "",
    today: str = "",
) -> None:
    """Begin a file with its front matter filled in."""
    commands.new(
        title=title,
        kind=kind,
        service=service,
        keywords=keywords,
        cities=cities,
        content=content,
        today=today,
    )


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
    help={
        "articles": "sizes of the made-up sites, with commas between (default: 500)",
        "plain": "measure plain Pelican with the same articles as well",
        "output": "where bench.json and bench.svg go (default: .cache/bench)",
    }
)
def bench(_: Context, articles: str = "500", output: str = "", plain: bool = False) -> None:
    """Measure how long builds of made-up sites take."""
    commands.bench(articles=articles, output=output, plain=plain)


@task(help={"fast": "leave out the tests that need a browser or Java"})
def test(context: Context, fast: bool = False) -> None:
    """Run linters, type checks and tests."""
    commands.test(context, fast=fast)
