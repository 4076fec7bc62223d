"""``invoke serve`` as a writer meets it: a process that is asked over HTTP and by a browser, and ended by a signal."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from local_seo import checks
from local_seo.build import build
from local_seo.errors import Finding, Severity
from local_seo.plugin import environment, printed
from local_seo.request import Options, Request
from site_tools.headers import headers
from site_tools.preview import page, workshop
from site_tools.preview.builds import Builds
from site_tools.preview.live import Live, Note, Problem, State
from site_tools.preview.pages import Look, Pages
from site_tools.preview.workshop import Checked, Failed, Made

from .conftest import OTHER, ROOT, SAMPLE, command, make, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Never

    from playwright.sync_api import Browser

    from local_seo.compose import Composed
    from local_seo.model.built import Built
    from site_tools.preview.workshop import Event

    Start = Callable[..., "Server"]

PATIENCE_S = 60
ARTICLE = "articles/stairs-again.md"
BROKEN = "colour: red\n"  # a key that no front matter knows
POLICY = "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
TRACES = (b"__preview", b"preview-note", b"preview-problem", b"reload.js")


def until(what: Callable[[], object], says: str) -> None:
    """Wait for something to be true."""
    end = time.monotonic() + PATIENCE_S
    while not what():
        assert time.monotonic() < end, f"not within {PATIENCE_S} seconds: {says}"
        time.sleep(0.005)


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Server:
    """A running ``invoke serve``; ``lines`` are what it has printed so far."""

    process: subprocess.Popen[str]
    content: Path
    temporary: Path
    lines: list[str] = field(default_factory=list)
    silent: threading.Event = field(default_factory=threading.Event)

    @property
    def held(self) -> Path:
        """As long as this file is there, builds of ``tests/held.py`` wait."""
        return self.temporary.with_name("held")

    def listen(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()
        until(lambda: self.address or self.process.poll() is not None, "an address on the terminal")
        assert self.address, self.printed

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
        self.silent.set()  # none of its processes is left that could print

    @property
    def printed(self) -> str:
        return "".join(self.lines)

    @property
    def address(self) -> str:
        found = re.search(r"^(http://127\.0\.0\.1:\d+)/ ", self.printed, re.MULTILINE)
        return found.group(1) if found else ""

    @property
    def folders(self) -> list[Path]:
        return list(self.temporary.iterdir())

    def ask(self, path: str, method: str = "GET", **more: str) -> Answer:
        """Ask for an address exactly as it is written, and follow no redirect."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=PATIENCE_S)
        try:
            connection.putrequest(method, path, skip_host="Host" in more)
            for name, value in more.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())
        finally:
            connection.close()

    def shows(self, path: str, text: str) -> None:
        until(lambda: text in self.ask(path).text, f"{text!r} on {path}")

    def hides(self, path: str, text: str) -> None:
        until(lambda: text not in self.ask(path).text, f"no {text!r} on {path}")

    def save(self, name: str, text: str) -> None:
        """Save a file as editors do: it is never there by half."""
        part = self.content / ".part"
        part.write_text(text, encoding="utf-8")
        part.replace(self.content / name)

    def add(self, name: str, words: str) -> None:
        self.save(name, f"{read(self, name)}\n{words}\n")

    def close(self) -> None:
        try:
            if self.process.poll() is None:
                self.end()
        finally:
            self.process.kill()
            self.silent.wait(PATIENCE_S)
            assert self.process.stdout
            self.process.stdout.close()

    def end(self, number: int = signal.SIGINT) -> int:
        self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)


@contextlib.contextmanager
def starting(content: Path, temporary: Path) -> Iterator[Start]:
    """Yield what starts ``invoke serve`` over a content folder; all that it started ends by its process id."""
    temporary.mkdir()
    started: list[Server] = []

    def run(*arguments: str, port: int | None = None, program: Sequence[str] = ("-m", "invoke")) -> Server:
        line = [sys.executable, *program, "serve", "--content", str(content), "--port", str(port or free_port())]
        process = subprocess.Popen(
            [*line, *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={
                **os.environ,
                "TMPDIR": str(temporary),
                "PYTHONUNBUFFERED": "1",
                "HELD": str(temporary.with_name("held")),
            },
        )
        server = Server(process, content, temporary)
        started.append(server)
        server.listen()
        return server

    try:
        yield run
    finally:
        for server in started:
            server.close()


@pytest.fixture
def start(content: Path, tmp_path: Path) -> Iterator[Start]:
    """Start ``invoke serve`` over a copy of the small practice's content, to be changed."""
    with starting(content, tmp_path / "temporary") as run:
        yield run


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server for tests that only ask."""
    folder = tmp_path_factory.mktemp("standing")
    with starting(Path(shutil.copytree(OTHER, folder / "content")), folder / "temporary") as run:
        yield run()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


def broken(article: str) -> str:
    return article.replace("---\n", f"---\n{BROKEN}", 1)


def read(server: Server, name: str) -> str:
    return (server.content / name).read_text(encoding="utf-8")


# --- what is served ------------------------------------------------------------------------------------------------


def test_a_page_is_served_with_the_headers_of_the_real_site_and_is_kept_by_no_cache(standing: Server) -> None:
    answer = standing.ask("/blog/stairs-again/")
    assert answer.status == 200
    assert "Taking the stairs again" in answer.text
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in answer.headers["Permissions-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert f'<link rel="canonical" href="{standing.address}/blog/stairs-again/">' in answer.text
    head = standing.ask("/blog/stairs-again/", "HEAD")
    assert head.body == b""
    assert {**head.headers, "Date": ""} == {**answer.headers, "Date": ""}
    for path in ("/nothing/", "/blog", "/feed.xml", "/__preview/", "/__preview/reload.js", "/__preview/nothing"):
        assert standing.ask(path).headers["Content-Security-Policy"] == POLICY, path


def test_the_search_page_may_compile_its_engine(standing: Server) -> None:
    answer = standing.ask("/search/?from=a-link")
    assert answer.headers["Content-Security-Policy"] == f"{POLICY}; script-src 'self' 'wasm-unsafe-eval'"
    assert standing.ask("/pagefind/pagefind.js").headers["Content-Type"] == "text/javascript; charset=utf-8"


def test_only_a_site_behind_https_tells_browsers_to_upgrade() -> None:
    assert headers(https=False)["Content-Security-Policy"] == POLICY
    assert headers(https=True)["Content-Security-Policy"] == f"{POLICY}; upgrade-insecure-requests"


def test_files_have_their_types(standing: Server) -> None:
    style = re.search(r'href="(/theme/site\.\w+\.css)"', standing.ask("/").text)
    assert style
    for path, media_type in {
        style.group(1): "text/css; charset=utf-8",
        "/feed.xml": "application/xml; charset=utf-8",
        "/robots.txt": "text/plain; charset=utf-8",
        "/theme/icon.svg": "image/svg+xml; charset=utf-8",
        "/theme/share.png": "image/png",
        "/__preview/reload.js": "text/javascript; charset=utf-8",
        "/__preview/preview.css": "text/css; charset=utf-8",
    }.items():
        answer = standing.ask(path)
        assert (answer.status, answer.headers["Content-Type"]) == (200, media_type), path


def test_addresses_are_clean(standing: Server) -> None:
    for path, location in {
        "/blog": "/blog/",
        "/blog/stairs-again": "/blog/stairs-again/",
        "/blog/stairs-again?a=%20b": "/blog/stairs-again/?a=%20b",
    }.items():
        answer = standing.ask(path)
        assert (answer.status, answer.headers["Location"]) == (301, location)
    for path in ("/nothing/", "/nothing", "/blog/stairs-again/x.html", "/robots.txt/", f"/{'a' * 5000}"):
        answer = standing.ask(path)
        assert answer.status == 404, path
        assert "Page not found" in answer.text, path


def test_nothing_outside_of_the_site_is_served(standing: Server) -> None:
    for path in (
        "/../../content/practice.toml",
        "/%2e%2e/%2e%2e/content/practice.toml",
        "/..%2f..%2fcontent%2fpractice.toml",
        "/blog/../../../content/practice.toml",
        "/blog/%2e%2e/robots.txt",
        "/..%5c..%5ccontent%5cpractice.toml",
        "/blog//stairs-again",
        "/robots.txt%00.html",
        "/%ff",
        "blog/",
        "http://example.org/robots.txt",
        "/__preview/../robots.txt",
        "/__preview/%2e%2e/server.py",
        "/__preview/../../practice.toml",
    ):
        answer = standing.ask(path)
        assert answer.status in {404, 421}, path
        for secret in ("Hidden Orchard", "User-agent", "BaseHTTPRequestHandler"):
            assert secret not in answer.text, path
    for path in ("//blog", "///blog"):
        assert standing.ask(path).headers["Location"] == "/blog/", "no redirect may name another host"


def test_only_get_and_head_are_answered(standing: Server) -> None:
    for method in ("POST", "PUT", "DELETE", "OPTIONS", "BREW"):
        answer = standing.ask("/", method)
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD"), method


def test_a_page_of_somebody_else_cannot_read_drafts_by_another_name_of_this_machine(standing: Server) -> None:
    port = urlsplit(standing.address).port
    assert standing.ask("/", Host=f"localhost:{port}").status == 200
    for host in (f"evil.example:{port}", "127.0.0.1.evil.example", ""):
        answer = standing.ask("/", Host=host)
        assert answer.status == 421
        assert b"Cedar Bend" not in answer.body


# --- saves ---------------------------------------------------------------------------------------------------------


def test_a_save_shows_and_is_told_to_open_pages(start: Start) -> None:
    server = start()
    told = events(server, "/blog/stairs-again/")
    before = next(told)
    server.add(ARTICLE, "Heliotrope.")
    server.shows("/blog/stairs-again/", "Heliotrope.")
    after = next(state for state in told if state["version"] != before["version"])
    assert f'data-seen="{after["version"]}"' in server.ask("/blog/stairs-again/").text
    assert after["problem"] is None


def events(server: Server, path: str = "/") -> Iterator[dict[str, Any]]:
    """Yield what the server tells an open page."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=PATIENCE_S)
    connection.request("GET", f"/__preview/events?page={path}")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    try:
        while line := answer.readline():
            if line.startswith(b"data: "):
                yield json.loads(line.removeprefix(b"data: "))
    finally:
        answer.close()
        connection.close()


def test_each_build_is_one_line_that_the_checks_end(standing: Server) -> None:
    line = r"^\d\d:\d\d:\d\d  \d+ pages in \d+ ms - \d+ warnings(?:, \d+ hints)? - `invoke check` says what and where$"
    until(lambda: re.search(line, standing.printed, re.MULTILINE), "the line of the first build")
    standing.ask("/__preview/")
    standing.shows("/__preview/", "few-sources")


def test_a_save_during_a_build_is_not_lost(start: Start) -> None:
    server = start()
    server.shows("/privacy/", "cookies")
    for number in range(3):
        server.add(ARTICLE, f"Begin{number}.")
        # Pages are written when everything has been read, so what is saved from here on is not in this build.
        until(lambda: any(server.temporary.glob("*/site.next/**/*.html")), "a build that writes")
        server.add("pages/privacy.md", f"During{number}.")
        server.shows("/privacy/", f"During{number}.")


def test_files_in_a_new_folder_and_files_that_replace_others_are_not_lost(start: Start) -> None:
    server = start()
    server.shows("/privacy/", "cookies")
    (server.content / "articles" / "new" / "deep").mkdir(parents=True)
    server.save("articles/new/deep/quiet-hips.md", read(server, ARTICLE))
    server.shows("/blog/quiet-hips/", "stairs")
    written = server.content / "pages" / ".privacy.md.part"
    written.write_text(f"{read(server, 'pages/privacy.md')}\nReplaced.\n", encoding="utf-8")
    written.replace(server.content / "pages" / "privacy.md")
    server.shows("/privacy/", "Replaced.")
    shutil.rmtree(server.content / "articles" / "new")
    server.shows("/blog/quiet-hips/", "Page not found")


def test_a_content_folder_may_go_and_come_back(start: Start) -> None:
    server = start()
    server.shows("/privacy/", "cookies")
    away = server.content.with_name("away")
    server.content.rename(away)
    server.shows("/privacy/", "there is no content folder")
    shutil.copytree(away, server.content)
    server.hides("/privacy/", "there is no content folder")
    server.add("pages/privacy.md", "Returned.")
    server.shows("/privacy/", "Returned.")


def test_several_saves_at_once_are_one_build_and_what_no_build_reads_is_none(start: Start) -> None:
    server = start()
    until(lambda: "warnings" in server.printed, "the end of the first build")
    article = read(server, ARTICLE)
    (server.content / ".git").mkdir()
    (server.content / ".git" / "index").touch()
    server.save("articles/.#stairs-again.md", "")
    server.save("articles/stairs-again.md~", article)
    for number in range(20):
        server.save(f"articles/number-{number}.md", article.replace("again", f"again {number}", 1))
    server.shows("/blog/number-19/", "again 19")
    until(lambda: server.printed.count("ms - ") >= 2, "the end of the second build")
    # One; a busy machine may need longer for twenty files than a burst lasts.
    assert server.printed.count("pages in") <= 3, server.printed


# --- faults --------------------------------------------------------------------------------------------------------


def test_a_fault_lies_over_the_last_good_pages_until_it_is_mended(start: Start) -> None:
    server = start()
    server.shows("/blog/stairs-again/", "rail")
    told = events(server)
    good = next(told)
    article = read(server, ARTICLE)
    server.save(ARTICLE, broken(article))
    for path in ("/", "/blog/stairs-again/", "/nothing/", "/__preview/"):
        server.shows(path, "<preview-problem")
    text = server.ask("/blog/stairs-again/").text
    assert "rail" in text
    assert f"{ARTICLE}:2</code>" in text
    assert "unknown key &#34;colour&#34;" in text
    assert "allowed: " in text
    bad = next(state for state in told if state["problem"])
    assert bad["version"] == good["version"]
    assert f"{ARTICLE}:2</code>" in bad["problem"]["html"]
    until(lambda: f"{ARTICLE}:2: error[unknown-key]: unknown key " in server.printed, "the fault on the terminal")
    server.save(ARTICLE, article)
    server.hides("/blog/stairs-again/", "preview-problem")
    mended = next(state for state in told if not state["problem"])
    assert mended["version"] == good["version"], "the page is as it was"


def test_a_first_build_that_fails_is_said_at_every_address_until_it_is_mended(start: Start, content: Path) -> None:
    article = (content / ARTICLE).read_text(encoding="utf-8")
    (content / ARTICLE).write_text(broken(article), encoding="utf-8")
    server = start()
    for path in ("/", "/blog/stairs-again/", "/nothing/", "/robots.txt"):
        answer = server.ask(path)
        assert answer.status == 503, path
        assert f"{ARTICLE}:2</code>" in answer.text, path
        assert "/__preview/reload.js" in answer.text, path
        assert "data-do" not in answer.text, path
    server.save(ARTICLE, article)
    server.shows("/blog/stairs-again/", "rail")
    assert server.ask("/").status == 200


def test_a_fault_of_the_program_is_said_in_short_and_the_server_goes_on(start: Start, content: Path) -> None:
    server = start()
    server.shows("/blog/stairs-again/", "rail")
    template = content / "theme" / "templates" / "article.html"
    template.parent.mkdir(parents=True)
    template.write_text("{{ view['<no such>'] }}", encoding="utf-8")
    server.shows("/blog/stairs-again/", "UndefinedError: ")
    text = server.ask("/blog/stairs-again/").text
    assert "&lt;no such&gt;" in text
    assert "(article.html, line 1) - the terminal says more" in text
    assert "rail" in text
    until(lambda: "Traceback" in server.printed, "the whole fault on the terminal")
    assert "the site could not be built" in server.printed
    template.unlink()
    server.hides("/blog/stairs-again/", "UndefinedError")


class Scripted:
    """A workshop in which everything has happened already."""

    def __init__(self, *events: Event, look: Look | None = None) -> None:
        self.seen: Look | None = look
        self._events = events
        self.over = threading.Event()

    def events(self) -> Iterator[Event]:
        yield from self._events
        self.over.wait()

    def look(self, _: Sequence[str]) -> Look | None:
        return self.seen

    def checked(self, _: Sequence[Finding]) -> None:
        pass


def made(number: int = 0) -> Made:
    return Made(number=number, pages=1, notes={}, loose="", seconds=0.1)


FAULT = Finding("articles/a.md", 1, "some-fault", Severity.ERROR, "it is broken")


@pytest.fixture
def showing(
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],  # noqa: ARG001 - it ends after this one: their threads print
) -> Iterator[Callable[[Scripted], tuple[Builds, Live]]]:
    """Return builds of a scripted workshop."""
    begun: list[tuple[Scripted, Builds]] = []

    def run(scripted: Scripted) -> tuple[Builds, Live]:
        live = Live(tmp_path)
        builds = Builds(scripted, live, content=tmp_path, origin="")  # type: ignore[arg-type]
        begun.append((scripted, builds))
        return builds, live

    yield run
    for scripted, builds in begun:
        builds.close()
        scripted.over.set()
        builds._listening.join(PATIENCE_S)
        assert not builds._listening.is_alive()


def test_a_fault_of_a_check_is_said_and_stops_nothing(
    monkeypatch: pytest.MonkeyPatch, showing: Callable[..., tuple[Builds, Live]], capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> Never:
        raise ZeroDivisionError

    monkeypatch.setattr(checks, "run", fail)
    found = workshop._checked(0, None, Request())  # type: ignore[arg-type]
    said = ""
    _, live = showing(Scripted(made(), found))
    while "ZeroDivisionError" not in said:
        said += capfd.readouterr().err
    assert live.state().ready
    assert live.state().findings is None


def test_the_checks_of_an_older_build_say_nothing(
    showing: Callable[..., tuple[Builds, Live]], capfd: pytest.CaptureFixture[str]
) -> None:
    _, live = showing(Scripted(made(0), made(1), Checked(number=0, findings=(FAULT,)), Checked(number=1, findings=())))
    until(lambda: live.state().found, "what the checks found")
    assert live.state().findings == ()
    assert "1 error" not in capfd.readouterr().out


def test_a_fault_that_a_first_look_and_the_build_find_is_told_once(
    tmp_path: Path, showing: Callable[..., tuple[Builds, Live]], capfd: pytest.CaptureFixture[str]
) -> None:
    scripted = Scripted(made(), look=Look(findings=(FAULT,)))
    serving, live = showing(scripted)
    until(lambda: live.state().ready, "the first build")
    serving.saved([tmp_path / "articles" / "a.md"])
    first = live.state().problem
    assert first
    with serving._lock:
        serving._hear(Failed(number=1, findings=(FAULT,)))
    assert live.state().problem is first, "an open page need not draw it again"
    assert capfd.readouterr().out.count("it is broken") == 1
    scripted.seen = Look(pages={"blog/a/index.html": b"x"})
    serving.saved([tmp_path / "articles" / "a.md"])
    assert live.state().problem is None, "what was wrong was in the file that was mended"


def test_a_page_stays_newer_than_a_build_that_began_before_it_was_saved(
    tmp_path: Path, showing: Callable[..., tuple[Builds, Live]]
) -> None:
    name = "blog/a/index.html"
    scripted = Scripted(made(), look=Look(pages={name: b"new"}))
    serving, live = showing(scripted)
    until(lambda: live.state().ready, "the first build")
    serving.saved([tmp_path / "articles" / "a.md"])
    with serving._lock:
        serving._hear(made(0))
    assert live.read(name)[1] == b"new"
    with serving._lock:
        serving._hear(made(1))
    assert live.state().fresh == {}


# --- the first look ------------------------------------------------------------------------------------------------


def test_a_save_shows_before_the_site_is_built_and_the_page_is_not_loaded_again_for_it(
    start: Start, content: Path, tmp_path: Path
) -> None:
    url = "/blog/stairs-again/"
    server = start(program=[str(ROOT / "tests" / "held.py")])
    server.shows(url, "rail")
    told, elsewhere = events(server, url), events(server, "/blog/plain-words/")
    first, other = next(told)["version"], next(elsewhere)["version"]
    (folder,) = server.folders
    server.held.touch()
    for words in ("Heliotrope", "Marigold"):  # the second while the build for the first is under way
        before = re.search(r"(\d+) words</span>", server.ask(url).text)
        server.add(ARTICLE, f"{words} and more.")
        server.shows(url, words)
        after = re.search(r"(\d+) words</span>", server.ask(url).text)
        assert before
        assert after
        assert int(after[1]) == int(before[1]) + 3, "the panel is of the page that is shown"
        until((folder / "site.next" / "index.html").exists, "a build")
    assert b"Heliotrope" not in (folder / "site/blog/stairs-again/index.html").read_bytes()
    server.held.unlink()
    until(lambda: next(events(server, url))["found"], "what the checks say of the last build")
    last = next(events(server, url))["number"]
    versions = [first, *(state["version"] for state in up_to(last, told))]
    assert len(dict.fromkeys(versions)) == 3, "as it was, and after each save; none when the site was built"
    assert versions == sorted(versions, key=list(dict.fromkeys(versions)).index)
    assert {state["version"] for state in up_to(last, elsewhere)} == {other}, "nothing changed there"

    fresh = make(content, tmp_path / "made", origin=server.address, preview=True)
    assert shown(folder / "site") == shown(fresh.folder)
    page_file = folder / "site/blog/stairs-again/index.html"
    page_file.unlink()  # another name of the same bytes may stand elsewhere
    page_file.write_text("<!doctype html><title>T</title>From the folder.", encoding="utf-8")
    assert "From the folder." in server.ask(url).text, "the first look is given up for the site's own file"


def up_to(number: str, told: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield what an open page was told, to the state with this number."""
    for state in told:
        yield state
        if state["number"] == number:
            return


def shown(folder: Path) -> dict[str, bytes]:
    """Return the files of a site, but for the index of the search, which a preview makes once, and the digest."""
    return {name: data for name, data in tree(folder).items() if not name.startswith(("pagefind/", "build.json"))}


def test_a_title_and_a_fault_show_before_the_site_is_built(start: Start) -> None:
    url = "/blog/stairs-again/"
    server = start(program=[str(ROOT / "tests" / "held.py")])
    server.shows(url, "rail")
    article = read(server, ARTICLE)
    server.held.touch()
    server.save(ARTICLE, article.replace("Taking the stairs again", "Stairs & more", 1))
    server.shows(url, "<title>Stairs &amp; more")
    server.save(ARTICLE, broken(article))
    server.shows(url, f"{ARTICLE}:2</code>")
    assert "unknown key &#34;colour&#34;" in server.ask("/").text
    server.save(ARTICLE, article.replace("\n---\n", "\n---\n\n[Nowhere](/nowhere/).\n", 1))
    server.shows(url, "/nowhere/")
    assert "the site could not be built" in server.printed
    server.save(ARTICLE, article)
    server.hides(url, "preview-problem")
    assert server.printed.count("pages in") == 1, "no build was needed for any of it"
    server.held.unlink()


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Request, Composed, Built]:
    """The sample as ``serve`` builds it."""
    folder = tmp_path_factory.mktemp("before")
    content = Path(shutil.copytree(SAMPLE, folder / "content"))
    shutil.copy(ROOT / "theme" / "static" / "share.png", content / "images" / "unused.png")
    request = Request(
        content=content,
        output=folder / "site",
        theme=ROOT / "theme",
        settings=ROOT / "pelicanconf.py",
        options=Options(preview=True),
    )
    composed: list[Composed] = []
    built = build(request, composing=composed.append)
    return request, composed[0], built


@pytest.fixture
def pages(before: tuple[Request, Composed, Built], tmp_path: Path) -> Pages:
    """The pages of the sample, whose files may be changed."""
    request, composed, built = before
    request = replace(request, content=Path(shutil.copytree(request.content, tmp_path / "content")))
    templates = environment((request.theme, request.content / "theme"))
    return Pages(request, composed, built, partial(printed, templates))


CHANGES: dict[str, tuple[str, Callable[[str], str]]] = {
    "words": ("articles/{}", lambda text: f"{text}\nMore words about sleep.\n"),
    "a heading": ("articles/{}", lambda text: f"{text}\n## Something else\n\nMore words.\n"),
    "fewer words": ("articles/{}", lambda text: text[: text.rindex("\n\n")] + "\n"),
    "a page": ("pages/about.md", lambda text: f"{text}\nMore words.\n"),
    "a service": ("services/{}", lambda text: f"{text}\nMore words.\n"),
    "an area": ("areas/{}", lambda text: f"{text}\nMore words.\n"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_first_look_is_what_a_build_makes(pages: Pages, tmp_path: Path, change: str) -> None:
    where, changed = CHANGES[change]
    folder = tmp_path / "content"
    path = next(iter(sorted(folder.glob(where.format("*.md")))))
    path.write_text(changed(path.read_text(encoding="utf-8")), encoding="utf-8")
    look = pages.look([path.relative_to(folder).as_posix()])
    assert look
    assert not look.findings
    fresh = make(folder, tmp_path / "site", preview=True)
    assert look.pages
    for name, data in look.pages.items():
        assert data.decode() == fresh.page(name)
    assert pages.look([path.relative_to(folder).as_posix()]) == Look(), "nothing is new"


def test_a_first_look_leaves_to_a_build_what_shows_on_other_pages_or_needs_more(pages: Pages, tmp_path: Path) -> None:
    folder = tmp_path / "content"
    path = next(iter(sorted(folder.glob("articles/*.md"))))
    name = path.relative_to(folder).as_posix()
    article = path.read_text(encoding="utf-8")
    for text in (
        article.replace("---\n", "---\nstatus: hidden\n", 1),
        article.replace("---\n", "---\nslug: elsewhere\n", 1),
        article.replace("---\n", "---\nlink_phrases: [a phrase of its own]\n", 1),
        f"{article}\n![A picture that no page has had]({{static}}/images/unused.png)\n",
    ):
        path.write_text(text, encoding="utf-8")
        assert pages.look([name]) is None, text
    path.write_text(f"{article}\nMore words.\n", encoding="utf-8")
    assert pages.look([name, "practice.toml"]) is None
    assert pages.look([name, "articles/gone.md"]) is None
    assert pages.look([name, str(ROOT / "theme" / "css" / "site.css")]) is None
    path.unlink()
    assert pages.look([name]) is None


# --- what is not published -----------------------------------------------------------------------------------------


def test_what_is_not_published_is_shown_and_marked(start: Start) -> None:
    server = start("--today", "2026-05-01")
    article = read(server, ARTICLE)
    server.save("articles/one.md", article.replace("---\n", "---\nstatus: draft\n", 1))
    server.save("articles/two.md", article.replace("2026-03-09", "2026-05-04"))
    server.save("articles/three.md", article.replace("---\n", "---\nstatus: hidden\n", 1))
    server.save("pages/blog.md", "---\ntitle: <b>Our</b> blog\nstatus: draft\n---\n\nWords.\n")
    for path, says in {
        "/blog/one/": "Draft: not published",
        "/blog/two/": "Not published before May 4, 2026",
        "/blog/three/": "Hidden: in no list, and not for search engines",
        "/blog/": "Draft: these words are not published",
    }.items():
        server.shows(path, f"<strong>{says}</strong>")
        server.shows("/__preview/", f"<p>{says}</p>")
        assert f'<a href="{path}"' in server.ask("/__preview/").text
    assert "&lt;b&gt;Our" in server.ask("/__preview/").text
    assert "preview-note" not in server.ask("/blog/stairs-again/").text


def test_all_components_of_the_theme_stand_on_one_page(start: Start) -> None:
    server = start()
    page = server.ask("/__preview/components/").text
    assert 'id="component-offer"' in page
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert server.ask(style).status == 200
    assert 'href="components/"' in server.ask("/__preview/").text


def test_no_file_holds_what_the_server_adds(start: Start, content: Path, tmp_path: Path) -> None:
    article = (content / ARTICLE).read_text(encoding="utf-8")
    (content / "articles/hid.md").write_text(article.replace("---\n", "---\nstatus: hidden\n", 1), encoding="utf-8")
    server = start()
    server.shows("/blog/hid/", "preview-note")
    (folder,) = server.folders
    for where in (folder / "site", make(content, tmp_path / "made").folder):
        assert (where / "index.html").is_file()
        for name, data in tree(where).items():
            assert not any(trace in data for trace in TRACES), name


NOTE = Note(url="/", title="T", says="Says <this>", source="a&b.md", withheld=True, listed=True)


@pytest.mark.parametrize(
    "html",
    [
        '<!doctype html><html><head><title>T</title></head><body data-x="a>b" class=y><p>Words</body></html>',
        "<!DOCTYPE HTML><HTML><HEAD></HEAD ><BODY>Words</BODY></HTML>",
        "<!doctype html><title>T</title><p>Words",
    ],
)
def test_pages_of_any_theme_get_the_script_the_banner_and_the_fault(html: str) -> None:
    problem = Problem(number=7, clock="12:00:00", summary="it broke", remark="because of <this>")
    state = State(notes={"a.html": NOTE}, problem=problem)
    answer = page.injected(html.encode(), state, "a.html").decode()
    version = state.version("a.html", html.encode())
    assert f'src="/__preview/reload.js" defer data-follow="version" data-seen="{version}"' in answer
    assert "Says &lt;this&gt;" in answer
    assert "a&amp;b.md" in answer
    assert "because of &lt;this&gt;" in answer
    kept = re.sub(r"<link.*?</script>|<preview-(note|problem).*?</preview-\1>", "", answer)
    assert kept == html


def test_a_file_that_is_no_whole_page_stays_as_it_is() -> None:
    proof = b"google-site-verification: google1234.html"
    assert page.injected(proof, State(), "google1234.html") == proof


def test_a_page_is_loaded_again_when_anything_of_it_changed() -> None:
    def version(data: bytes = b"page", **more: Any) -> str:  # noqa: ANN401 - as State has it
        return State(**more).version("a.html", data)

    assert version() == version(number=3, ready=True, found=2, findings=())
    others = {version(b"another"), version(loose="1"), version(notes={"a.html": NOTE})}
    assert len({version(), *others}) == 4


# --- beginning and end ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_at_once_and_nothing_is_left_behind(start: Start, number: int) -> None:
    server = start()
    server.shows("/", "Cedar Bend")
    told = events(server)
    next(told)  # an open page keeps nobody waiting
    assert len(server.folders) == 1
    assert server.end(number) == 130
    until(lambda: "stopped" in server.printed, "a last word")
    assert "Traceback" not in server.printed
    assert not server.folders


def test_a_signal_in_the_middle_of_a_build_leaves_nothing_behind(start: Start) -> None:
    server = start()
    until(lambda: any(server.temporary.glob("*/site.next")), "a build")
    assert server.end() == 130
    assert not server.folders


def test_a_server_that_is_killed_takes_its_processes_along(start: Start) -> None:
    server = start()
    server.shows("/", "Cedar Bend")
    server.process.kill()
    assert server.silent.wait(PATIENCE_S), "a process of it still has the terminal"


def test_a_taken_port_is_said_and_the_next_free_one_is_used(start: Start) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        server = start(port=port)
        assert server.lines[0].startswith(f"port {port} is taken, so this is ")
        assert urlsplit(server.address).port != port
        assert server.ask("/").status == 200


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--port", "eight"], "--port eight is not a port - write a number such as 8000, at most 65535\n"),
        (["--port", "0"], "--port 0 is not a port - write a number such as 8000, at most 65535\n"),
        (["--port", "65536"], "--port 65536 is not a port - write a number such as 8000, at most 65535\n"),
        (["--content", "nowhere"], "there is no content folder nowhere - name it with --content\n"),
        (["--today", "soon"], "--today soon is not a date - write it as 2026-05-04\n"),
    ],
)
def test_a_wrong_value_is_one_line(arguments: list[str], says: str) -> None:
    done = command("serve", *arguments)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", says)


# --- in a browser --------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_browser_shows_a_save_where_one_left_off_reading_and_a_fault_over_it(start: Start, browser: Browser) -> None:
    server = start()
    server.add(ARTICLE, "\n\n".join(["A long line of words that fills the page."] * 200))
    server.shows("/blog/stairs-again/", "A long line")
    tab = browser.new_page(viewport={"width": 360, "height": 640}, color_scheme="dark")
    tab.set_default_timeout(PATIENCE_S * 1000)
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(f"{server.address}/blog/stairs-again/")
    tab.evaluate("scrollTo(0, 2000)")

    server.add(ARTICLE, "Marigold.")
    tab.wait_for_selector("text=Marigold.", state="attached")
    until(lambda: tab.evaluate("scrollY") == 2000, "the page where it was")

    # A browser has six connections to a server: a tab that nobody sees gives its own back, and catches up later.
    seen = "Object.defineProperty(document, 'hidden', {value: %s, configurable: true});"
    seen += "document.dispatchEvent(new Event('visibilitychange'))"
    tab.evaluate(seen % "true")
    server.add(ARTICLE, "Larkspur.")
    server.shows("/blog/stairs-again/", "Larkspur.")
    assert tab.locator("text=Larkspur.").count() == 0
    tab.evaluate(seen % "false")
    tab.wait_for_selector("text=Larkspur.", state="attached")

    article = read(server, ARTICLE)
    server.save(ARTICLE, broken(article))
    overlay = tab.get_by_role("alertdialog", name="The site could not be built")
    overlay.wait_for()
    assert f"{ARTICLE}:2" in overlay.inner_text()
    assert "unknown key" in overlay.inner_text()
    box = overlay.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    assert box["y"] + box["height"] <= 640
    assert tab.evaluate("document.activeElement.textContent") == "Hide"
    assert contrast(tab, "preview-problem li p") >= 7

    tab.keyboard.press("Escape")
    overlay.wait_for(state="hidden")
    tab.goto(f"{server.address}/blog/")  # put away once is put away on every page
    again = tab.get_by_role("button", name="Not built: 1 error")
    again.wait_for()
    assert not overlay.is_visible()
    again.press("Enter")
    overlay.wait_for()

    server.save(ARTICLE, article)
    tab.wait_for_selector("preview-problem", state="detached")
    tab.wait_for_load_state()  # its script, too: without that it could not find a server again

    assert said == []  # what the policy forbids would stand here

    # A server that was away is found again, and what was saved in the meantime shows.
    port = urlsplit(server.address).port
    server.end()
    server.save("pages/blog.md", "---\ntitle: Snowdrops\n---\n\nWords.\n")
    start(port=port)
    tab.wait_for_selector("text=Snowdrops", state="attached")


def contrast(tab: Any, selector: str) -> float:  # noqa: ANN401 - Playwright may be missing
    """Return the contrast of an element's text with the background of the overlay."""
    colours = tab.evaluate(
        """(selector) => {
          const text = document.querySelector(selector);
          return [text, text.closest("dialog")].map((element, index) => getComputedStyle(element)[
            index ? "backgroundColor" : "color"].match(/\\d+/g).map(Number));
        }""",
        selector,
    )
    lighter, darker = sorted((luminance(colour) for colour in colours), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: list[int]) -> float:
    """Return the relative luminance of an sRGB colour (WCAG)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in colour[:3])]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
