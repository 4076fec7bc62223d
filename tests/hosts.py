"""Real servers on loopback for the tests of publishing; each ends with the test that started it."""

from __future__ import annotations

import contextlib
import json
import math
import os
import socket
import struct
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = "127.0.0.1"
KEY, SECRET = "AKIATESTACCESSKEY", "a-very-secret-value-1234567890"
BUCKET = "site"


@dataclass
class Web:
    """A plain static web server for a folder, as nginx would be: index files, 404.html, nothing else.

    ``change`` may alter an answer on its way, as a CDN does.
    """

    folder: Path
    port: int = 0
    change: Callable[[str, bytes], bytes] = lambda _path, data: data
    asked: list[str] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://{HERE}:{self.port}"


@contextlib.contextmanager
def web(folder: Path) -> Iterator[Web]:
    site = Web(folder)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            site.asked.append(path)
            file = site.folder / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")
            status = 200 if file.is_file() else 404
            file = file if status == 200 else site.folder / "404.html"
            data = site.change(path, file.read_bytes()) if file.is_file() else b"nothing"
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as port:
        site.port = port
        yield site


@dataclass
class IndexNow:
    """A fake endpoint: what it was sent, and what it answers next (200 when the list is empty)."""

    url: str = ""
    calls: list[dict[str, object]] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def addresses(self) -> list[str]:
        """Return the addresses of all calls, and forget the calls."""
        found = [url.partition("://")[2].partition("/")[2] for call in self.calls for url in call["urlList"]]  # type: ignore[attr-defined]
        self.calls.clear()
        return [f"/{path}" for path in found]


@contextlib.contextmanager
def indexnow() -> Iterator[IndexNow]:
    engine = IndexNow()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/json; charset=utf-8"
            engine.calls.append(json.loads(body))
            self.send_response(engine.answers.pop(0) if engine.answers else 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with serving(Handler) as port:
        engine.url = f"http://{HERE}:{port}/indexnow"
        yield engine


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # with the usual 5 the system drops calls of a publish that makes many at once


@contextlib.contextmanager
def serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = _Server((HERE, 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class S3:
    """rclone's own S3 server over a folder; ``folder`` is the bucket as it lies on the disk."""

    folder: Path
    port: int

    def remote(self, port: int = 0, *, secret: str = SECRET) -> dict[str, str]:
        """Return the environment in which rclone knows the server as ``store:``."""
        return {
            "RCLONE_CONFIG": str(self.folder.parent / "none.conf"),
            "RCLONE_CONFIG_STORE_TYPE": "s3",
            "RCLONE_CONFIG_STORE_PROVIDER": "Rclone",
            "RCLONE_CONFIG_STORE_ACCESS_KEY_ID": KEY,
            "RCLONE_CONFIG_STORE_SECRET_ACCESS_KEY": secret,
            "RCLONE_CONFIG_STORE_ENDPOINT": f"http://{HERE}:{port or self.port}",
            "RCLONE_CONFIG_STORE_FORCE_PATH_STYLE": "true",
        }


def rclone() -> Path:
    return Path(sys.executable).with_name("rclone")


@contextlib.contextmanager
def s3(folder: Path) -> Iterator[S3]:
    """Serve ``folder``/site as the bucket ``site``, and beside it a bucket ``colleagues``."""
    bucket = folder / BUCKET
    for name in (BUCKET, "colleagues"):
        (folder / name).mkdir(parents=True)
    with _serving_rclone("s3", folder, "--auth-key", f"{KEY},{SECRET}") as port:
        yield S3(bucket, port)


@contextlib.contextmanager
def sftp(folder: Path) -> Iterator[dict[str, str]]:
    """Serve a folder by SFTP; yield the environment in which rclone knows the server as ``store:``."""
    hidden = subprocess.run([rclone(), "obscure", SECRET], check=True, capture_output=True, text=True).stdout.strip()
    with _serving_rclone("sftp", folder, "--user", KEY, "--pass", SECRET) as port:
        yield {
            "RCLONE_CONFIG": str(folder.parent / "none.conf"),
            "RCLONE_CONFIG_STORE_TYPE": "sftp",
            "RCLONE_CONFIG_STORE_HOST": HERE,
            "RCLONE_CONFIG_STORE_PORT": str(port),
            "RCLONE_CONFIG_STORE_USER": KEY,
            "RCLONE_CONFIG_STORE_PASS": hidden,
        }


@contextlib.contextmanager
def _serving_rclone(kind: str, folder: Path, *arguments: str) -> Iterator[int]:
    port = free_port()
    line: list[str | Path] = [rclone(), "serve", kind, "--addr", f"{HERE}:{port}", *arguments, folder]
    env = {**os.environ, "RCLONE_CONFIG": str(folder / "none.conf"), "RCLONE_CACHE_DIR": str(folder.parent / "cache")}
    process = subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection((HERE, port), 1):
                break
            assert process.poll() is None
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HERE, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Proxy:
    """Passes HTTP requests on, counts them, and from the ``fail_at``-th to the ``fail_last``-th treats them badly.

    ``how``: ``refuse`` answers 403, ``reset`` breaks the connection off without an answer, ``cut`` passes the request
    on and breaks the connection off before the answer, ``kill`` calls ``kill`` before the request is passed on.
    """

    port: int = 0
    fail_at: int = 0
    fail_last: float = math.inf
    how: str = ""
    seen: list[str] = field(default_factory=list)
    kill: Callable[[], None] = lambda: None


@contextlib.contextmanager
def proxy(upstream: int) -> Iterator[Proxy]:
    """Stand before a server on this machine."""
    told = Proxy()
    import http.client  # noqa: PLC0415

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _pass(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            told.seen.append(f"{self.command} {self.path}")
            bad = told.fail_at and told.fail_at <= len(told.seen) <= told.fail_last
            if bad and told.how == "refuse":
                data = b"<Error><Code>AccessDenied</Code></Error>"
                self.send_response(403)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(data)
                return
            if bad and told.how == "kill":
                told.kill()
            if bad and told.how in {"reset", "kill"}:
                self._break()
                return
            connection = http.client.HTTPConnection(HERE, upstream, timeout=30)
            # The signature covers the Host header of the proxy, so that it is passed on as it is.
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in self.headers.items():
                connection.putheader(name, value)
            connection.endheaders(body)
            answer = connection.getresponse()
            data = answer.read()
            connection.close()
            if bad and told.how == "cut":
                self._break()
                return
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in {"transfer-encoding", "connection", "content-length", "date", "server"}:
                    self.send_header(name, value)
            length = answer.headers.get("Content-Length") if self.command == "HEAD" else str(len(data))
            self.send_header("Content-Length", length or "0")
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_GET = do_PUT = do_HEAD = do_POST = do_DELETE = _pass  # noqa: N815 - as http.server calls them

        def _break(self) -> None:
            self.close_connection = True
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(Handler):
        def handle(self) -> None:
            with contextlib.suppress(OSError, ValueError):
                super().handle()

        def finish(self) -> None:
            with contextlib.suppress(OSError, ValueError):
                super().finish()

    with serving(Quiet) as port:
        told.port = port
        yield told
