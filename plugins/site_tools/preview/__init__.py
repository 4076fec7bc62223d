"""``invoke serve``: the site as it will be, drafts included, on the writer's own machine; each save shows by itself."""

from __future__ import annotations

import contextlib
import shutil
import signal
import tempfile
import threading
import webbrowser
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from local_seo.errors import SourceError
from local_seo.plugin import environment
from local_seo.reader import facts_of, words_in
from local_seo.request import WrongValue

from . import components, server
from .builds import Builds
from .live import Live
from .watch import saves
from .workshop import Workshop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_seo.request import Request

# What ends the server; a signal that the system does not have is passed over.
_ENDINGS = ("SIGINT", "SIGTERM", "SIGHUP")


def serve(request: Request, *, port: str, show: bool) -> None:
    """Build, serve and build again after each save, until a ``KeyboardInterrupt`` ends it.

    Args:
        request: what to build; its output folder and origin are not used.
        port: where to listen; the next free one when it is taken.
        show: whether to open the site in the browser.

    Raises:
        WrongValue: the port cannot be used.
        Refused: the folders cannot be watched.
        KeyboardInterrupt: Ctrl-C, or the system ended the process; nothing is left behind.
    """
    wanted = _port(port)
    with _tidied() as left:
        folder = Path(tempfile.mkdtemp(prefix="practice-preview-")).resolve()
        left.callback(shutil.rmtree, folder, ignore_errors=True)
        output = folder / "site"
        options = replace(request.options, preview=True)
        workshop = Workshop(replace(request, output=output, spare=folder / "spare", options=options))
        left.callback(workshop.end)
        live = Live(output)
        with server.listening(live, wanted, partial(_living_page, request, output)) as address:
            if address.port != wanted:
                print(f"port {wanted} is taken, so this is {address.port}")
            print(f"{address.origin}/ - Ctrl-C ends it; drafts: {address.origin}/__preview/", flush=True)
            if show:
                threading.Thread(target=webbrowser.open, args=[f"{address.origin}/"], daemon=True).start()
            builds = Builds(workshop, live, content=request.content, origin=address.origin)
            with contextlib.closing(builds):
                for saved in saves(request.content, request.theme):
                    if saved:
                        builds.saved(saved)
                    else:
                        builds.build()


def _living_page(request: Request, output: Path) -> str:
    """Return the page of all components, with the templates and the style sheets that the site has just now."""
    site, *others = [f"/theme/{path.name}" for path in _sheets(output)] or [""]
    themes = (request.theme, request.content / "theme")
    try:
        words = words_in(facts_of(request.content).practice.language, themes)
    except SourceError:  # the writer is at it, and the terminal says so
        words = words_in("en", themes[:1])
    return components.page(environment(themes), words, site, tuple(others))


def _sheets(output: Path) -> list[Path]:
    """Return the style sheets, the site's first: it declares the order of the layers."""
    return sorted(output.glob("theme/*.css"), key=lambda path: (not path.name.startswith("site."), path.name))


def _port(written: str) -> int:
    port = int(written) if written.isascii() and written.isdigit() else 0
    if not 1 <= port <= server.LAST_PORT:
        raise WrongValue(f"--port {written} is not a port - write a number such as 8000, at most {server.LAST_PORT}")
    return port


@contextlib.contextmanager
def _tidied() -> Iterator[contextlib.ExitStack]:
    """Yield what is tidied up afterwards, whichever signal ends the process; but for one that none can catch.

    Such a signal becomes a ``KeyboardInterrupt``; a second one does not stop the tidying up.
    """
    signals = [getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)]
    before = {each: signal.signal(each, signal.default_int_handler) for each in signals}
    left = contextlib.ExitStack()
    try:
        yield left
    finally:
        for each in signals:
            signal.signal(each, signal.SIG_IGN)
        left.close()
        for each, handler in before.items():
            signal.signal(each, handler)
