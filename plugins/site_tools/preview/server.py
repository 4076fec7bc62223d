"""The server of a preview: this machine only, clean addresses, the headers that the real site will have."""

from __future__ import annotations

import contextlib
import json
import mimetypes
import re
import socketserver
import sys
import threading
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qs, quote, unquote_to_bytes

from markupsafe import Markup

from local_seo import pictures
from local_seo.request import WrongValue

from ..headers import headers
from . import page
from .live import Closed, Live, Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from .live import State

HOST: Final = "127.0.0.1"
LAST_PORT: Final = 65_535
OWN: Final = "/__preview/"
_STATIC: Final = Path(__file__).with_name("static")
_OWN_FILES: Final = ("icon.svg", "panel.css", "panel.js", "preview.css", "reload.js")
_PORTS_TRIED: Final = 100
# A page that was closed is noticed when the next line cannot be sent.
_HEARTBEAT_S: Final = 10
_RECONNECT_MS: Final = 300
_IDLE_S: Final = 30
# What a browser on this machine calls it. Any other name is of a page of somebody else's, led here by its name server
# to read what is not published.
_HERE: Final = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d+)?", re.IGNORECASE)
# Python's own table, without what the system adds to it, so that it is the same everywhere.
_TYPES: Final = mimetypes.MimeTypes()
_MORE_TYPES: Final = {
    **pictures.MEDIA_TYPES,
    ".js": "text/javascript",
    ".md": "text/markdown",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_TEXT_TYPES: Final = frozenset({"application/json", "application/manifest+json", "application/xml", "image/svg+xml"})


@dataclass(frozen=True, slots=True)
class Address:
    """Where the site is served."""

    port: int

    @property
    def origin(self) -> str:
        """Return the origin of all addresses."""
        return f"http://{HOST}:{self.port}"


@contextlib.contextmanager
def listening(live: Live, port: int, living_page: Callable[[], str]) -> Iterator[Address]:
    """Serve what is live on a port or, when it is taken, on the next free one.

    Args:
        live: what is shown.
        port: where to listen first.
        living_page: makes the page of all components of the theme.

    Raises:
        WrongValue: the port may not be used, or too many are taken.
    """
    server = _bound(live, port, living_page)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name="preview", daemon=True)
    thread.start()
    try:
        yield Address(server.server_port)
    finally:
        live.close()
        server.shutdown()
        server.server_close()
        thread.join()


def _bound(live: Live, port: int, living_page: Callable[[], str]) -> _Server:
    for number in range(port, min(port + _PORTS_TRIED, LAST_PORT + 1)):
        try:
            return _Server(live, number, living_page)
        except PermissionError:
            raise WrongValue(f"--port {number} is kept for the system - choose one from 1024 up") from None
        except OSError:
            continue  # taken
    raise WrongValue(f"--port {port} and those after it are taken - choose another, or end what listens there")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, live: Live, port: int, living_page: Callable[[], str]) -> None:
        self.live = live
        self.living_page = living_page
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server who we are, as ``HTTPServer`` does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that leave in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_S
    wbufsize = -1  # headers and body in one piece
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer, unless there will be nothing to answer any more."""
        try:
            self._answer()
        except Closed:
            self.close_connection = True

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self.do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:  # noqa: ARG002
        """Say in plain words what cannot be answered, such as any other method."""
        self.close_connection = True  # a body may follow that nobody reads
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        self._send(status, f"{status.phrase}\n".encode(), "text/plain", Allow="GET, HEAD")

    def end_headers(self) -> None:
        """Put the headers of the real site on every answer."""
        path = getattr(self, "path", "/").partition("?")[0]  # a request that cannot be read has none
        for name, value in headers(path, https=False).items():
            self.send_header(name, value)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def version_string(self) -> str:
        """Return what the server calls itself."""
        return "preview"

    def log_message(self, *_: object) -> None:
        """Print nothing: the terminal belongs to the builds."""

    def _answer(self) -> None:
        if not _HERE.fullmatch(self.headers.get("Host", "")):
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"this server is for this machine only\n", "text/plain")
            return
        path, _, query = self.path.partition("?")
        if path.startswith(OWN):
            self._own(path.removeprefix(OWN), query)
            return
        name, state, data = self._read(path)
        if not state.ready and state.problem:
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, page.failure(state.problem, state), "text/html")
        elif isinstance(data, bytes):
            self._file(HTTPStatus.OK, name, data, state)
        elif data is Missing.A_FOLDER:
            location = quote(unquote_to_bytes(path)) + "/" + (f"?{query}" if query else "")
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", "text/plain", Location=location)
        else:
            state, data = self.server.live.read("404.html")
            if isinstance(data, bytes):
                self._file(HTTPStatus.NOT_FOUND, "404.html", data, state)
            else:
                self._send(HTTPStatus.NOT_FOUND, b"there is no such page\n", "text/plain")

    def _read(self, path: str) -> tuple[str, State, bytes | Missing]:
        """Return the output path that an address names, the state, and what is there."""
        name = _output_path(path)
        if name is None:
            return "", self.server.live.state(), Missing.NOTHING
        return name, *self.server.live.read(name)

    def _file(self, status: HTTPStatus, name: str, data: bytes, state: State) -> None:
        media_type = _media_type(name)
        if media_type == "text/html":
            panel = state.panels.closed(name) if state.panels else Markup()
            data = page.injected(data, state, name, panel)
        self._send(status, data, media_type)

    def _own(self, name: str, query: str) -> None:
        state = self.server.live.state()
        if name == "":
            whole = page.overview(state) if state.ready or not state.problem else page.failure(state.problem, state)
            self._send(HTTPStatus.OK, whole, "text/html")
        elif name == "events":
            self._events("".join(parse_qs(query).get("page", ())))
        elif name == "components/":
            self._send(HTTPStatus.OK, self.server.living_page().encode(), "text/html")
        elif name.startswith("panel/"):
            self._panel(name.removeprefix("panel"))
        elif name in _OWN_FILES:
            self._send(HTTPStatus.OK, (_STATIC / name).read_bytes(), _media_type(name))
        else:
            self._send(HTTPStatus.NOT_FOUND, b"there is no such page\n", "text/plain")

    def _panel(self, path: str) -> None:
        """Answer the panel of a page, for that page to take over or by itself."""
        name, state, data = self._read(path)
        whole = Markup()
        if state.panels and isinstance(data, bytes):
            whole = state.panels.whole(name, data)
        if whole:
            self._send(HTTPStatus.OK, page.panel_page(whole, state), "text/html")
        else:
            self._send(HTTPStatus.NOT_FOUND, b"there is no such page\n", "text/plain")

    def _events(self, path: str) -> None:
        """Tell an open page, by the path of its address, the state, and each that follows, until it is closed.

        Source: https://html.spec.whatwg.org/multipage/server-sent-events.html
        """
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(f"retry: {_RECONNECT_MS}\n\n".encode())
        number = -1
        while True:
            state = self.server.live.after(number, 0 if number < 0 else _HEARTBEAT_S)
            number = state.number if state else number
            self.wfile.write(f"data: {_event(state, self._version(path))}\n\n".encode() if state else b":\n\n")
            self.wfile.flush()

    def _version(self, path: str) -> str:
        """Return the version of what an address shows now, be it the page that says that there is none."""
        for name, state, data in (self._read(path), self._read("/404.html")):
            if isinstance(data, bytes):
                return state.version(name, data)
        return ""

    def _send(self, status: HTTPStatus, data: bytes, media_type: str, **more: str) -> None:
        self.send_response(status)
        text = media_type.startswith("text/") or media_type in _TEXT_TYPES
        self.send_header("Content-Type", f"{media_type}; charset=utf-8" if text else media_type)
        self.send_header("Content-Length", str(len(data)))
        for name, value in more.items():
            self.send_header(name, value)
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def _output_path(path: str) -> str | None:
    """Return the output path that an address names; None when it is no clean address of this site."""
    try:
        clean = unquote_to_bytes(path).decode()
    except UnicodeDecodeError:
        return None
    if not clean.startswith("/"):
        return None
    parts = clean[1:].split("/")
    folder = parts[-1] == ""
    inner = parts[:-1] if folder else parts
    # An empty part would be an address of another host in a redirect; the rest leads out of the folder.
    if any(part in {"", ".", ".."} or "\\" in part or not part.isprintable() for part in inner):
        return None
    return "/".join([*inner, "index.html"]) if folder else "/".join(inner)


def _media_type(name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    return _MORE_TYPES.get(suffix) or _TYPES.types_map[True].get(suffix, "application/octet-stream")


def _event(state: State, version: str) -> str:
    """Return a state as open pages are told it: one line of JSON."""
    what = state.problem and {"number": str(state.problem.number), "html": page.problem(state.problem)}
    found = "" if state.findings is None else str(state.found)
    return json.dumps({"number": str(state.number), "version": version, "found": found, "problem": what})
