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
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from local_seo import checks
from local_seo.build import Request
from site_tools.headers import headers
from site_tools.preview import builds, page
from site_tools.preview.checking import Checking
from site_tools.preview.live import Live, Note, Problem, State

from .conftest import OTHER, ROOT, command, make, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Never

    from playwright.sync_api import Browser

    from local_seo.model.built import Built

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

    def listen(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()
        until(lambda: self.address or self.process.poll() is not None, "an address on the terminal")
        assert self.address, self.printed

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)

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

    def run(*arguments: str, port: int | None = None) -> Server:
        line = [sys.executable, "-m", "invoke", "serve", "--content", str(content), "--port", str(port or free_port())]
        process = subprocess.Popen(
            [*line, *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env={**os.environ, "TMPDIR": str(temporary), "PYTHONUNBUFFERED": "1"},
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
    told = events(server)
    before = next(told)
    server.add(ARTICLE, "Heliotrope.")
    server.shows("/blog/stairs-again/", "Heliotrope.")
    after = next(state for state in told if state["version"] != before["version"])
    assert f'data-seen="{after["version"]}"' in server.ask("/blog/stairs-again/").text
    assert after["problem"] is None


def events(server: Server) -> Iterator[dict[str, Any]]:
    """Yield what the server tells an open page."""
    connection = http.client.HTTPConnection(urlsplit(server.address).netloc, timeout=PATIENCE_S)
    connection.request("GET", "/__preview/events")
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
    assert mended["version"] != good["version"]


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


def test_a_fault_of_the_program_is_said_in_short_and_the_server_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> Never:
        raise KeyError("<no such>\nsecond line")

    live = Live(tmp_path)
    monkeypatch.setattr(builds, "build", fail)
    builds.Builds(Request(), live).build()
    state = live.state()
    assert state.problem
    assert re.fullmatch(r"KeyError: .* \(test_serve.py, line \d+\) - the terminal says more", state.problem.remark)
    assert "&lt;no such&gt;" in page.problem(state.problem)
    said = capfd.readouterr()
    assert "Traceback" in said.err
    assert "the site could not be built" in said.out


def test_a_fault_of_a_check_is_said_and_stops_nothing(
    sample_built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> Never:
        raise ZeroDivisionError

    monkeypatch.setattr(builds, "build", lambda *_: sample_built)
    monkeypatch.setattr(checks, "run", fail)
    live = Live(tmp_path)
    serving = builds.Builds(Request(), live)
    serving.build()
    said = ""
    while "ZeroDivisionError" not in said:
        serving.check()
        said += capfd.readouterr().err
    assert live.state().version
    assert live.state().findings is None


def test_checks_of_what_is_old_stop_at_once(sample_built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    def forever(_: object) -> Never:
        while True:
            pass

    monkeypatch.setattr(checks, "run", forever)
    checking = Checking(sample_built)
    checking.start()
    checking.stop()
    assert not checking.is_alive()
    assert checking.found is None


@pytest.fixture
def sample_built(content: Path, tmp_path: Path) -> Built:
    return make(content, tmp_path / "made").built


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
    answer = page.injected(html.encode(), State(version="v1", problem=problem), NOTE).decode()
    assert 'src="/__preview/reload.js" defer data-follow="version" data-seen="v1"' in answer
    assert "Says &lt;this&gt;" in answer
    assert "a&amp;b.md" in answer
    assert "because of &lt;this&gt;" in answer
    kept = re.sub(r"<link.*?</script>|<preview-(note|problem).*?</preview-\1>", "", answer)
    assert kept == html


def test_a_file_that_is_no_whole_page_stays_as_it_is() -> None:
    proof = b"google-site-verification: google1234.html"
    assert page.injected(proof, State(version="v1"), None) == proof


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
