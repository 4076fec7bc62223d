"""What ``invoke serve`` shows after each save: first the saved pages alone, then the whole site, or what is wrong."""

from __future__ import annotations

import sys
import threading
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from local_seo import report

from .live import Problem, State
from .workshop import Checked, Failed, Made

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from local_seo.errors import Finding

    from .live import Live, Note
    from .pages import Look
    from .workshop import Event, Workshop


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A page newer than the files: after which save it was made, and its note."""

    number: int
    data: bytes
    note: Note | None


class Builds:
    """Takes saves and what becomes of them, from two threads; prints a line for each, which the checks end later."""

    def __init__(self, workshop: Workshop, live: Live, *, content: Path, origin: str) -> None:
        """Build nothing yet."""
        self._workshop = workshop
        self._live = live
        self._content = content
        self._origin = origin
        self._lock = threading.RLock()
        self._looking = threading.Lock()  # one look is shown before the next is taken
        self._state = State()
        self._saves = 0
        self._waiting: dict[str, int] = {}  # what was saved since the last good build, with the number of the save
        self._fresh: dict[str, _Fresh] = {}
        self._told = 0  # the save that the problem shown came with
        self._made = -1
        self._line_open = False
        self._ending = False
        self._listening = threading.Thread(target=self._listen, name="builds", daemon=True)
        self._listening.start()

    def saved(self, paths: Iterable[Path]) -> None:
        """Show the pages of these files at once, if that can be done before a build."""
        folder = self._content.resolve()
        with self._lock:
            self._saves += 1
            for path in paths:
                own = path.relative_to(folder).as_posix() if path.is_relative_to(folder) else str(path)
                self._waiting[own] = self._saves
        self._look()

    def build(self) -> None:
        """Have everything built that was saved so far."""
        with self._lock:
            self._workshop.build(self._saves, self._origin)

    def close(self) -> None:
        """Say nothing any more."""
        with self._lock:
            self._ending = True
            self._end_line()

    def _look(self) -> None:
        """Show what a first look can show of all that was saved since the last good build."""
        began = time.perf_counter()
        with self._looking:
            with self._lock:
                waiting, number, ready = tuple(sorted(self._waiting)), self._saves, self._state.ready
            look = self._workshop.look(waiting) if waiting and ready else None
            if look:
                with self._lock:
                    self._take(look, number, began)

    def _take(self, look: Look, number: int, began: float) -> None:
        """Show a first look."""
        if look.findings:
            findings = self._named(look.findings)
            self._fail(number, report.counts(findings), findings=findings)
            return
        for name, data in look.pages.items():
            self._fresh[name] = _Fresh(number, data, look.notes.get(name))
        problem = self._state.problem
        if problem and problem.findings and all(self._was_saved(each) for each in problem.findings):
            problem = None
        self._show(replace(self._state, problem=problem, findings=None, notes=self._noted(self._state.notes)))
        self._end_line()
        milliseconds = round((time.perf_counter() - began) * 1000)
        if look.pages:
            print(f"{_clock()}  {', '.join(map(_address, sorted(look.pages)))} in {milliseconds} ms", flush=True)

    def _was_saved(self, finding: Finding) -> bool:
        return any(finding.path == f"{self._content.as_posix()}/{path}" for path in self._waiting)

    def _listen(self) -> None:
        for event in self._workshop.events():
            with self._lock:
                if self._ending:
                    return
                self._hear(event)
            if isinstance(event, Made):
                self._look()  # newer pages begin anew, and the next save should not wait for all that waits
        with self._lock:
            if not self._ending:
                remark = "what builds the site has ended by itself - end this with Ctrl-C and run `invoke serve` again"
                self._fail(self._saves, "the program failed", remark=remark)

    def _hear(self, event: Event) -> None:
        match event:
            case Made():
                self._succeed(event)
            case Failed():
                findings = self._named(event.findings)
                summary = event.summary or report.counts(findings)
                self._fail(event.number, summary, findings=findings, remark=event.remark)
                print(event.trace, end="", file=sys.stderr)
            case Checked():
                self._end(event)

    def _succeed(self, made: Made) -> None:
        """Show the whole site, but for pages that are newer still."""
        self._waiting = {path: number for path, number in self._waiting.items() if number > made.number}
        self._fresh = {name: fresh for name, fresh in self._fresh.items() if fresh.number > made.number}
        self._made = made.number
        self._show(
            replace(
                self._state,
                ready=True,
                loose=made.loose,
                notes=self._noted(made.notes),
                problem=self._state.problem if self._told > made.number else None,
                findings=None,
                panels=self._workshop,
            )
        )
        self._end_line()
        print(f"{_clock()}  {made.pages} pages in {round(made.seconds * 1000)} ms", end="", flush=True)
        self._line_open = True

    def _noted(self, notes: Mapping[str, Note]) -> dict[str, Note]:
        """Return notes with those of the pages that are newer."""
        known = dict(notes)
        for name, fresh in self._fresh.items():
            known.pop(name, None)
            if fresh.note:
                known[name] = fresh.note
        return known

    def _end(self, checked: Checked) -> None:
        """End the line of a build with what the checks found."""
        if checked.number != self._made or not self._line_open:
            return
        found = checked.findings
        if found is not None:
            unpublished = {note.source for note in self._state.notes.values() if note.withheld}
            for words, findings in (
                ("`invoke check` says what and where", [each for each in found if each.path not in unpublished]),
                ("in unpublished pages, see /__preview/", [each for each in found if each.path in unpublished]),
            ):
                if findings:
                    print(f" - {report.counts(findings)} - {words}", end="")
            named = self._named(found)
            self._workshop.checked(named)
            self._show(replace(self._state, findings=named, found=self._state.found + 1))
        self._end_line()
        print(checked.trace, end="", file=sys.stderr)

    def _fail(self, number: int, summary: str, *, findings: tuple[Finding, ...] = (), remark: str = "") -> None:
        """Keep the last good pages, and say on each of them and on the terminal what is wrong; once for each save."""
        clock = _clock()
        problem = Problem(
            number=self._state.number + 1,
            clock=clock,
            summary=summary,
            findings=findings,
            remark=remark,
        )
        known = self._state.problem
        if number < self._told or (number == self._told and known and known.key == problem.key):
            return
        self._told = number
        self._show(replace(self._state, problem=problem))
        self._end_line()
        print(f"{clock}  the site could not be built{'; its pages stay as they were' if self._state.ready else ''}")
        print(report.render(findings, on=report.terminal()).rstrip("\n") if findings else remark)
        sys.stdout.flush()

    def _show(self, state: State) -> None:
        fresh = {name: fresh.data for name, fresh in self._fresh.items()}
        self._state = replace(state, number=self._state.number + 1, fresh=fresh)
        self._live.show(self._state)

    def _end_line(self) -> None:
        if self._line_open:
            print(flush=True)
        self._line_open = False

    def _named(self, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Return findings with paths that an editor can open from here."""
        folder = self._content.as_posix()
        return tuple(replace(each, path=f"{folder}/{each.path}") if each.path else each for each in findings)


def _address(name: str) -> str:
    """Return the site address of a page by its output path."""
    return f"/{name.removesuffix('index.html')}"


def _clock() -> str:
    return time.strftime("%H:%M:%S")
