"""``invoke edit``: the content folder in the browser, in a form made of the front matter's model; this machine only.

The editor is Sveltia CMS. It reads and writes the folder by the browser's own File System Access API, so this server
never writes a file and never sees what is written.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import webbrowser
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any, get_origin, get_type_hints

from local_seo import assets
from local_seo.build import read
from local_seo.errors import SourceError, error
from local_seo.model.document import FrontMatter
from local_seo.request import Refused, WrongValue
from local_seo.text import quoted

from .config import configuration, written
from .server import HERE, HOST, LAST_PORT, PACKAGE, bound

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from local_seo.errors import Finding
    from local_seo.model.document import Document
    from local_seo.model.site import Site
    from local_seo.request import Request

# Keys whose value may be a text with commas.
_LISTS = [f.name for f in fields(FrontMatter) if get_origin(get_type_hints(FrontMatter)[f.name]) is tuple]


def install() -> None:
    """Fetch the editor, in the very versions and with the digests of its lock file.

    Raises:
        Refused: there is no npm, or it failed; its own words stand above.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise Refused("the editor is fetched by npm, which comes with Node.js - install Node.js, then try again")
    line = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(line, cwd=HERE, check=False).returncode or not PACKAGE.is_dir():
        raise Refused("the editor could not be fetched - npm says why above; try again when that is mended")


def serve(request: Request, *, port: str, show: bool) -> None:
    """Serve the editor until a ``KeyboardInterrupt`` ends it.

    Args:
        request: whose content is edited; its output is not used.
        port: where to listen; the next free one when it is taken.
        show: whether to open it in the browser.

    Raises:
        Refused: the editor is not there.
        WrongValue: the port cannot be used, or the browser could not open the folder.
        SourceError: ``practice.toml`` cannot be used, or a list is written so that the editor would spoil it.
    """
    number = int(port) if port.isascii() and port.isdigit() else 0
    if not 1 <= number <= LAST_PORT:
        raise WrongValue(f"--port {port} is not a port - write a number such as 8001, at most {LAST_PORT}")
    if not PACKAGE.is_dir():
        raise Refused("the editor is not fetched yet - run `invoke edit --install` once")
    root = _root(request.content)
    below = request.content.resolve().relative_to(root).as_posix().strip(".")
    site, faults = _read(request)
    if site is None:
        raise SourceError(faults)
    if unclear := [finding for document in site.documents for finding in _unclear(document)]:
        raise SourceError(unclear)
    last = [site]

    def made() -> dict[str, Any]:
        last[0] = _read(request)[0] or last[0]
        return configuration(last[0], root=root.name, below=below)

    icon = assets.layered((request.theme, request.content / "theme"), "static")["icon-512.png"]
    server = bound(number, made, icon)
    try:
        address = f"http://{HOST}:{server.server_port}/"
        if server.server_port != number:
            print(f"port {number} is taken, so this is {server.server_port}")
        print(f"{address} - open it in Chrome, Edge or another Chromium; Ctrl-C ends it")
        print(f"there, press the blue button and choose the folder {root}", flush=True)
        if show:
            threading.Thread(target=webbrowser.open, args=[address], daemon=True).start()
        server.serve_forever(poll_interval=0.1)
    finally:
        server.server_close()


def mend_lists(request: Request) -> list[str]:
    """Write every list that is a text with commas as ``[one, two]``; return the paths of the files.

    Raises:
        SourceError: ``practice.toml`` cannot be used.
    """
    site, faults = _read(request)
    if site is None:
        raise SourceError(faults)
    mended = []
    for document in site.documents:
        path = request.content / document.path
        lines = path.read_bytes().splitlines(keepends=True)
        found = False
        for key, value in _comma_lists(document):
            number = document.source.line_of_key(key) - 1
            if value not in lines[number].decode():
                continue  # a text over several lines: the writer's own hand is safer
            found = True
            ending = lines[number][len(lines[number].rstrip(b"\r\n")) :]
            lines[number] = _better(key, value).encode() + ending
        if found:
            path.write_bytes(b"".join(lines))
            mended.append(document.path)
    return mended


def _read(request: Request) -> tuple[Site | None, list[Finding]]:
    return read(replace(request, options=replace(request.options, preview=True)))


def _root(content: Path) -> Path:
    """Return the folder to open: the editor takes none but the root of a git repository."""
    here = content.resolve()
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            return folder
    raise WrongValue(f"the editor opens a folder only where git keeps its history - run `git init {content}` once")


def _unclear(document: Document) -> Iterator[Finding]:
    """Yield the lists that the editor would take for one item."""
    for key, value in _comma_lists(document):
        what = f"the editor would take {key} for one item: {quoted(value)}"
        remedy = f"write {_better(key, value)}, or let `invoke edit --lists` do so everywhere"
        yield error(document.path, document.source.line_of_key(key), "comma-list", what, remedy)


def _comma_lists(document: Document) -> Iterator[tuple[str, str]]:
    """Yield key and value of each list that is a text with commas."""
    for key in _LISTS:
        match written(document, key):
            case str(value) if "," in value:
                yield key, value


def _better(key: str, value: str) -> str:
    items = [part.strip() for part in value.split(",") if part.strip()]
    return f"{key}: [{', '.join(json.dumps(item, ensure_ascii=False) for item in items)}]"
