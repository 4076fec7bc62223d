"""The processes behind ``invoke serve``: one builds, one knows the pages of the last good build, one checks them.

None keeps another waiting: what is saved shows while the site is built, and a page is answered while it is checked.
What they know is too much to be sent from one to the other, so the builder forks the others, which begin with all that
it has in memory::

    server ----- orders: build! / what became of it ----------- builder --- forks anew after each good build
       |                                                           |---- the pages
       |                                                           '---- the checks
       '-------- questions: what does a save look like? ... -------------- answered by the pages

Builder and checks are one process group: it stands still while a save waits for its first look, and ends with the
server. The pages end when nobody is at the other end of their pipes.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import multiprocessing
import os
import re
import signal
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup

from local_seo import checks
from local_seo.build import build
from local_seo.errors import Finding, SourceError
from local_seo.plugin import environment, printed
from local_seo.request import Refused

from .notes import notes
from .pages import Pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.process import BaseProcess

    from local_seo.compose import Composed
    from local_seo.model.built import Built
    from local_seo.request import Request

    from .live import Note
    from .pages import Look, Printer

_FORK: Final = multiprocessing.get_context("fork")
# After this long without an answer the pages are taken for dead; the next build brings others.
_PATIENCE_S: Final = 10
# For no longer does the builder stand still; it may be about to replace the pages that are asked.
_STILL_S: Final = 0.3
# Whoever waits for a page goes before the checks.
_NICE: Final = 5
_PLACE: Final = re.compile(r'^ *File "([^"\n]+)", line (\d+)', re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A build was good.

    Attributes:
        number: of the last save that it was asked to show.
        pages: how many there are.
        loose: a digest of the files that may change without a change of their names.
        seconds: how long it took.
    """

    number: int
    pages: int
    notes: Mapping[str, Note]
    loose: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A build was not good.

    Attributes:
        number: of the last save that it was asked to show.
        findings: what is wrong with the content, paths relative to its folder.
        summary, remark: anything else that is wrong, in a few words and in full.
        trace: where the program failed, or "".
    """

    number: int
    findings: tuple[Finding, ...] = ()
    summary: str = ""
    remark: str = ""
    trace: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The checks of a build are through.

    Attributes:
        number: as of the build.
        findings: None when a check failed; paths relative to the content folder.
        trace: where it failed, or "".
    """

    number: int
    findings: tuple[Finding, ...] | None = None
    trace: str = ""


Event = Made | Failed | Checked


class Workshop:
    """What the server holds of the processes; it answers for the pages of the last good build."""

    def __init__(self, request: Request) -> None:
        """Start the builder, which waits for orders. There must be no second thread yet: a fork would take its locks.

        Args:
            request: what to build; its origin comes with the orders.
        """
        self._orders, orders = _FORK.Pipe()
        self._questions, questions = _FORK.Pipe()
        self._asking = threading.Lock()
        self._asked = 0
        self._deaf = False
        self._process = _FORK.Process(
            target=_builder, args=(request, orders, questions, (self._orders, self._questions)), name="builder"
        )
        self._process.start()
        self._group = self._process.ident or os.getpid()  # it has one, as it was started
        with contextlib.suppress(OSError):
            os.setpgid(self._group, self._group)  # whoever of the two comes first
        orders.close()
        questions.close()

    def build(self, number: int, origin: str) -> None:
        """Have everything built that was saved so far, when the build under way is through.

        Args:
            number: of the last save.
            origin: of all absolute addresses.
        """
        with contextlib.suppress(OSError):  # whoever listens to the events is told that the builder has gone
            self._orders.send((number, origin))

    def events(self) -> Iterator[Event]:
        """Yield what becomes of the orders, until the builder ends."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                event: Event = self._orders.recv()
                if isinstance(event, Made):
                    self._deaf = False
                yield event

    def look(self, paths: Sequence[str]) -> Look | None:
        """Return ``Pages.look`` of the last good build."""
        found: Look | None = self._ask("look", paths, alone=True)
        return found

    def checked(self, findings: Sequence[Finding]) -> None:
        """Let the panels say what the checks found, paths as they are shown."""
        self._ask("checked", findings)

    def closed(self, name: str) -> Markup:
        """Return the panel of a page as the page comes with it."""
        return self._ask("closed", name) or Markup()

    def whole(self, name: str, data: bytes) -> Markup:
        """Return the panel of a page, which is ``data``, with everything in it."""
        return self._ask("whole", name, data) or Markup()

    def end(self) -> None:
        """End all processes, wherever they are, and return when none is left that could write a file of the site."""
        self._signal(signal.SIGKILL)
        self._process.kill()
        self._process.join()
        with self._asking, contextlib.suppress(EOFError, OSError):
            while True:  # each process of a build holds the other end, and so do the pages
                self._questions.recv_bytes()

    def _ask(self, what: str, *arguments: object, alone: bool = False) -> Any:  # noqa: ANN401 - as that method answers
        """Return what a method of ``Pages`` returns; None where nobody answers.

        Args:
            what: the method's name.
            arguments: its arguments.
            alone: whether the builder leaves it all the cores.
        """
        with self._asking, contextlib.suppress(EOFError, OSError):
            if self._deaf:
                return None
            self._asked += 1
            self._questions.send((self._asked, what, arguments))
            if alone:
                self._signal(signal.SIGSTOP)
                try:
                    self._questions.poll(_STILL_S)
                finally:
                    self._signal(signal.SIGCONT)
            end = time.monotonic() + _PATIENCE_S
            while self._questions.poll(max(0.0, end - time.monotonic())):
                number, answer = self._questions.recv()
                if number == self._asked:
                    return answer
            self._deaf = True
        return None

    def _signal(self, number: int) -> None:
        with contextlib.suppress(OSError):  # nobody is left
            os.killpg(self._group, number)


# --- the builder ---------------------------------------------------------------------------------------------------


def _builder(request: Request, orders: Connection, questions: Connection, others: Sequence[Connection]) -> None:
    os.setpgid(0, 0)  # so Ctrl-C comes to the server alone, and all of these can be ended at once
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        signal.signal(getattr(signal, name), signal.SIG_DFL)
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)  # a warning of the cache may go to the terminal
    for each in others:
        each.close()
    try:
        _Builder(request, orders, questions).work()
    except (EOFError, OSError):
        pass  # the server has gone
    except Exception:  # noqa: BLE001 - the server is told, since nobody is left at the other end of its pipes
        traceback.print_exc()
        sys.stderr.flush()
    os.killpg(os.getpid(), signal.SIGKILL)


@dataclass(slots=True)
class _Helper:
    """A process that the builder forked, and its own end of the pipe between them."""

    process: BaseProcess
    pipe: Connection

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()

    def leave(self) -> None:
        """Let it end when it has answered: it notices that nobody is at the other end."""
        self.pipe.close()
        self.process.join()


@dataclass(slots=True)
class _Builder:
    request: Request
    orders: Connection
    questions: Connection
    pages: _Helper | None = None
    checking: _Helper | None = None
    printed: Printer = field(init=False)
    is_warm: bool = False

    def __post_init__(self) -> None:
        themes = (self.request.theme.absolute(), self.request.content.absolute() / "theme")
        self.printed = partial(printed, environment(themes, lasting=True))  # for all builds: compiled once

    def work(self) -> None:
        while True:
            number, origin = self._next()
            if self.checking:
                self.checking.end()
                self.checking = None
            self._build(number, replace(self.request, options=replace(self.request.options, origin=origin)))

    def _next(self) -> tuple[int, str]:
        """Return the last order; until there is one, pass on what the checks say.

        Raises:
            EOFError: there is nobody to give orders any more.
        """
        while not self.orders.poll():
            ready = wait([self.orders, *([self.checking.pipe] if self.checking else [])])
            if self.checking and self.checking.pipe in ready:
                with contextlib.suppress(EOFError):
                    self.orders.send(self.checking.pipe.recv())
                self.checking.end()
                self.checking = None
        order: tuple[int, str] = self.orders.recv()
        while self.orders.poll():
            order = self.orders.recv()
        return order

    def _build(self, number: int, request: Request) -> None:
        """Build, and tell what became of it."""
        began = time.perf_counter()
        composed: list[Composed] = []
        try:
            built = build(request, composing=composed.append)
            pages = Pages(request, composed[0], built, self.printed)
        except SourceError as failure:
            self.orders.send(Failed(number=number, findings=tuple(failure.findings)))
        except Refused as answer:
            self.orders.send(Failed(number=number, summary="something is in the way", remark=str(answer)))
        except Exception as bug:  # noqa: BLE001 - the server goes on, and the terminal has it all
            trace = traceback.format_exc()
            failed = Failed(number=number, summary="the program failed", remark=_short(bug, trace), trace=trace)
            self.orders.send(failed)
        else:
            self._answer(pages)
            self.orders.send(
                Made(
                    number=number,
                    pages=sum(1 for name in built.rendered if name != "404.html"),
                    notes=notes(built.site),
                    loose=_loose(built, request.output),
                    seconds=time.perf_counter() - began,
                )
            )
            self._check(number, built)
            if not self.is_warm:
                for _ in pages.warm():  # for those that are forked off later; these do it themselves
                    pass
                self.is_warm = True

    def _answer(self, pages: Pages) -> None:
        """Let the pages of this build answer the questions from now on."""
        if self.pages:
            self.pages.leave()
        mine, theirs = _FORK.Pipe(duplex=False)
        arguments = (pages, self.questions, mine, (theirs, self.orders))
        self.pages = _Helper(_forked(_answers, arguments, "pages"), theirs)
        mine.close()

    def _check(self, number: int, built: Built) -> None:
        mine, theirs = _FORK.Pipe(duplex=False)
        arguments = (number, built, self.request, theirs, (mine, self.orders, self.questions))
        self.checking = _Helper(_forked(_checks, arguments, "checks"), mine)
        theirs.close()


def _forked(function: Any, arguments: tuple[Any, ...], name: str) -> BaseProcess:  # noqa: ANN401 - as Process has it
    """Start a process that shares what is in memory, as long as nobody moves it about."""
    process = _FORK.Process(target=function, args=arguments, name=name)
    gc.freeze()
    try:
        process.start()
    finally:
        gc.unfreeze()
    return process


def _loose(built: Built, folder: Path) -> str:
    """Return a digest of the files that pages name without a digest in the name: the theme's own and ``extra/``."""
    names = {name.removeprefix("/") for name in built.site.extra}
    names |= {name for name in built.paths if name.startswith("theme/") and not name.endswith(".css")}
    whole = hashlib.blake2b(digest_size=8)
    for name in sorted(names):
        status = (folder / name).stat()  # an unchanged file is a link to the earlier one
        whole.update(f"{name}\0{status.st_ino}\0{status.st_mtime_ns}\n".encode())
    return whole.hexdigest()


def _short(bug: Exception, trace: str) -> str:
    """Return what failed and where in one line; a fault of a template names the template."""
    places = _PLACE.findall(trace)
    path, line = next((place for place in reversed(places) if not place[0].endswith(".py")), places[-1])
    first_line = str(bug).partition("\n")[0]
    return f"{type(bug).__name__}: {first_line} ({Path(path).name}, line {line}) - the terminal says more"


# --- what it forks -------------------------------------------------------------------------------------------------


def _answers(pages: Pages, questions: Connection, builder: Connection, others: Sequence[Connection]) -> None:
    """Answer questions until the builder has newer pages, or the server has gone."""
    os.setpgid(0, 0)  # the builder stands still at times, and these must not
    for each in others:
        each.close()
    for _ in pages.warm():
        if wait([questions, builder], 0):
            break
    while builder not in wait([questions, builder]):
        try:
            number, what, arguments = questions.recv()
        except EOFError:
            return
        answer = None
        try:
            answer = getattr(pages, what)(*arguments)
        except Exception:  # noqa: BLE001 - a build will say what is wrong, and a page may do without its panel
            traceback.print_exc()
        questions.send((number, answer))


def _checks(number: int, built: Built, request: Request, builder: Connection, others: Sequence[Connection]) -> None:
    """Tell the builder what the checks find."""
    for each in others:
        each.close()
    os.nice(_NICE)
    builder.send(_checked(number, built, request))


def _checked(number: int, built: Built, request: Request) -> Checked:
    try:
        return Checked(number=number, findings=checks.run(built, request.options.memory))
    except Exception:  # noqa: BLE001 - a fault of a check stops nothing
        return Checked(number=number, trace=traceback.format_exc())
