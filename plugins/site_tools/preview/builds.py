"""The builds of one ``invoke serve``: each replaces what is shown or says why it cannot, on page and terminal."""

from __future__ import annotations

import contextlib
import sys
import time
import traceback
from dataclasses import replace
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Final

from local_seo import report
from local_seo.build import STEPS, Refused, build
from local_seo.errors import Finding, SourceError

from .checking import Checking
from .live import Problem, State
from .notes import notes
from .panel import desk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from local_seo.build import Request
    from local_seo.model.built import Built

    from .live import Live

# From this step on the output folder may be missing for a moment.
_EXCHANGE: Final = STEPS.index("set the old site aside")


class Builds:
    """Builds on request, one at a time; prints a line for each, which the checks end later."""

    def __init__(self, request: Request, live: Live) -> None:
        """Build nothing yet."""
        self._request = request
        self._live = live
        self._process = token_hex(4)  # so that a page of an earlier server is not taken for one of this
        self._state = State()
        self._checking: Checking | None = None
        self._line_open = False

    def build(self) -> None:
        """Build, show the outcome, print it."""
        self.close()
        started = time.perf_counter()
        with contextlib.ExitStack() as held:

            def announce(number: int, _: str) -> None:
                if number == _EXCHANGE:
                    held.enter_context(self._live.still())

            try:
                built = build(self._request, announce)
                self._succeed(built)
            except SourceError as failure:
                findings = self._named(failure.findings)
                self._fail(report.counts(findings), findings=findings)
                return
            except Refused as answer:
                self._fail("something is in the way", remark=str(answer))
                return
            except Exception as bug:  # noqa: BLE001 - the server goes on, and the terminal has it all
                self._fail("the program failed", remark=_short(bug))
                traceback.print_exc()
                return
        self._checking = Checking(built)
        pages = sum(1 for name in built.rendered if name != "404.html")
        milliseconds = round((time.perf_counter() - started) * 1000)
        print(f"{_clock()}  {pages} pages in {milliseconds} ms", end="", flush=True)
        self._line_open = True

    def check(self) -> None:
        """Let the checks run over the last good build; when they are through, end its line with what they found."""
        if self._checking is None or self._checking.is_alive():
            return
        if self._checking.ident is None:
            self._checking.start()
            return
        done, self._checking = self._checking, None
        if done.found is not None:
            unpublished = {note.source for note in self._state.notes.values() if note.withheld}
            for words, findings in (
                ("`invoke check` says what and where", [each for each in done.found if each.path not in unpublished]),
                ("in unpublished pages, see /__preview/", [each for each in done.found if each.path in unpublished]),
            ):
                if findings:
                    print(f" - {report.counts(findings)} - {words}", end="")
            self._show(replace(self._state, findings=self._named(done.found)))
        self._end_line()
        print(done.fault, end="", file=sys.stderr)

    def close(self) -> None:
        """Let go of the last build: its line ends, its checks stop."""
        self._end_line()
        if self._checking:
            self._checking.stop()
        self._checking = None

    def _succeed(self, built: Built) -> None:
        self._show(
            replace(
                self._state,
                version=f"{self._process}-{self._state.number + 1}",
                notes=notes(built.site),
                problem=None,
                findings=None,
                desk=desk(built, self._request.output, self._request.content.as_posix()),
            )
        )

    def _fail(self, summary: str, *, findings: tuple[Finding, ...] = (), remark: str = "") -> None:
        """Keep the last good pages, and say on each of them and on the terminal what is wrong."""
        clock = _clock()
        problem = Problem(
            number=self._state.number + 1,
            clock=clock,
            summary=summary,
            findings=findings,
            remark=remark,
        )
        self._show(replace(self._state, problem=problem))
        print(f"{clock}  the site could not be built{'; its pages stay as they were' if self._state.version else ''}")
        print(report.render(findings, on=report.terminal()).rstrip("\n") if findings else remark)
        sys.stdout.flush()

    def _show(self, state: State) -> None:
        self._state = replace(state, number=self._state.number + 1)
        self._live.show(self._state)

    def _end_line(self) -> None:
        if self._line_open:
            print(flush=True)
        self._line_open = False

    def _named(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings with paths that an editor can open from here."""
        folder = self._request.content.as_posix()
        return tuple(replace(each, path=f"{folder}/{each.path}") if each.path else each for each in findings)


def _clock() -> str:
    return time.strftime("%H:%M:%S")


def _short(bug: Exception) -> str:
    """Return what failed and where in one line; a fault of a template names the template."""
    *_, last = traceback.extract_tb(bug.__traceback__)
    first_line = str(bug).partition("\n")[0]
    where = f"{Path(last.filename).name}, line {last.lineno}"
    return f"{type(bug).__name__}: {first_line} ({where}) - the terminal says more"
