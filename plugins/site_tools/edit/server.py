"""The editor's server: this machine only, a closed list of files, nothing that could be written to."""

from __future__ import annotations

import json
import mimetypes
import re
import socketserver
import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from local_seo.request import WrongValue

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

HOST: Final = "127.0.0.1"
LAST_PORT: Final = 65_535
HERE: Final = Path(__file__).parent
# The whole editor with its fonts, as an application of its own: nothing of it comes from another host.
PACKAGE: Final = HERE / "node_modules" / "@sveltia" / "cms" / "npm"
ICON: Final = "/icon.png"
_PORTS_TRIED: Final = 100
_IDLE_S: Final = 30
# Any other name is of a page of somebody else's, led here by its name server.
_NAMES: Final = re.compile(r"(?:127\.0\.0\.1|localhost)(?::\d+)?", re.IGNORECASE)
# The editor writes its style sheets into the page, hence 'unsafe-inline' for styles; it shows pictures of the folder
# as blobs. Code and everything else come from this server; other hosts, which its menus know, are out of reach.
# Source: https://www.w3.org/TR/CSP3/
_POLICY: Final = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self' 'unsafe-inline'",
    "font-src": "'self'",
    "img-src": "'self' blob: data:",
    "connect-src": "'self' blob: data:",
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
}
_TYPES: Final = {".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm"}


class Server(ThreadingHTTPServer):
    """Serves the editor and its configuration, made anew for each who asks."""

    daemon_threads = True

    def __init__(self, port: int, configuration: Callable[[], dict[str, Any]], icon: Path) -> None:
        """Listen on a port.

        Raises:
            OSError: it is taken.
        """
        self.configuration = configuration
        self.files = {**_files(), ICON: icon}
        super().__init__((HOST, port), _Handler)

    def server_bind(self) -> None:
        """Bind without asking a name server who we are, as ``HTTPServer`` does."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of browsers that leave in the middle of an answer."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


def bound(port: int, configuration: Callable[[], dict[str, Any]], icon: Path) -> Server:
    """Return a server on a port or, when it is taken, on the next free one.

    Raises:
        WrongValue: the port may not be used, or too many are taken.
    """
    for number in range(port, min(port + _PORTS_TRIED, LAST_PORT + 1)):
        try:
            return Server(number, configuration, icon)
        except PermissionError:
            raise WrongValue(f"--port {number} is kept for the system - choose one from 1024 up") from None
        except OSError:
            continue  # taken
    raise WrongValue(f"--port {port} and those after it are taken - choose another, or end what listens there")


def _files() -> Mapping[str, Path]:
    """Return what is served, by address."""
    own = {f"/{path.name}": path for path in (HERE / "static").iterdir()}
    package = {f"/cms/{path.relative_to(PACKAGE).as_posix()}": path for path in PACKAGE.rglob("*") if path.is_file()}
    return {**own, **package, "/": HERE / "static" / "index.html"}


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    timeout = _IDLE_S
    wbufsize = -1  # headers and body in one piece

    def do_GET(self) -> None:
        """Answer."""
        path = self.path.partition("?")[0]
        if not _NAMES.fullmatch(self.headers.get("Host", "")):
            self._send(HTTPStatus.MISDIRECTED_REQUEST, b"this server is for this machine only\n", ".txt")
        elif path == "/config.json":
            self._send(HTTPStatus.OK, json.dumps(self.server.configuration()).encode(), ".json")
        elif path in self.server.files:
            file = self.server.files[path]
            self._send(HTTPStatus.OK, file.read_bytes(), file.suffix)
        else:
            self._send(HTTPStatus.NOT_FOUND, b"there is nothing here\n", ".txt")

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Print nothing: the terminal belongs to the command."""

    def version_string(self) -> str:
        """Return what the server calls itself."""
        return "editor"

    def _send(self, status: HTTPStatus, data: bytes, suffix: str) -> None:
        media_type = _TYPES.get(suffix) or mimetypes.types_map.get(suffix, "application/octet-stream")
        text = media_type.startswith("text/") or media_type == "application/json"
        self.send_response(status)
        self.send_header("Content-Type", f"{media_type}; charset=utf-8" if text else media_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", "; ".join(map(" ".join, _POLICY.items())))
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)
