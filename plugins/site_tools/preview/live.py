"""What the server shows at this moment: changed by the builds, read by every request, awaited by every open page."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from local_seo.errors import Finding

    from .panel import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Why a page that one sees here is not on the site, or in none of its lists.

    Attributes:
        says: the reason, as in ``Draft: not published``.
        source: the content file, relative to the content folder.
        withheld: whether ``invoke build`` leaves the file out; not so for a hidden page.
        listed: whether the page stands in the list of such pages; a further page of a listing does not.
    """

    url: str
    title: str
    says: str
    source: str
    withheld: bool
    listed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why the last build failed.

    Attributes:
        number: of the state that it came with; tells one problem from the next.
        clock: when, as on the terminal.
        summary: in a few words, as in ``2 errors``.
        findings: what the writer can mend, paths as they open from the working directory.
        remark: anything else.
    """

    number: int
    clock: str
    summary: str
    findings: tuple[Finding, ...] = ()
    remark: str = ""

    @property
    def key(self) -> str:
        """Return what is the same as long as the same is wrong, however often it is built."""
        text = "\n".join((self.remark, *map(str, self.findings)))
        return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is shown.

    Attributes:
        number: counts the states.
        version: which build the pages are of; "" when none was good yet.
        notes: by output path.
        problem: None when the last build was good.
        findings: what the checks found in the pages shown; None when they did not run yet.
        desk: what the panels of these pages know; None when there is no page yet.
    """

    number: int = 0
    version: str = ""
    notes: Mapping[str, Note] = field(default_factory=dict)
    problem: Problem | None = None
    findings: tuple[Finding, ...] | None = None
    desk: Desk | None = None


class Closed(Exception):  # noqa: N818 - no fault: the server ends
    """There will be no further state."""


class Missing(Enum):
    """Why there are no bytes for a name."""

    NOTHING = 0
    A_FOLDER = 1


class Live:
    """The state, and the folder with the files that belong to it."""

    def __init__(self, folder: Path) -> None:
        """Begin without a state: requests wait for the first one."""
        self._folder = folder
        self._state: State | None = None
        self._closed = False
        # Its lock may be taken again by the thread that has it, so `show` works inside `still`.
        self._changed = threading.Condition(threading.RLock())

    @contextlib.contextmanager
    def still(self) -> Iterator[None]:
        """Keep requests away while the files are exchanged."""
        with self._changed:
            yield

    def show(self, state: State) -> None:
        """Make this the state and tell everybody who waits."""
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def state(self) -> State:
        """Return the state; before the first build is through, wait for it.

        Raises:
            Closed: the server ends.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._state or self._closed)
            if self._state is None or self._closed:
                raise Closed
            return self._state

    def after(self, number: int, seconds: float) -> State | None:
        """Return the first state with a greater number, or None when none came in time.

        Raises:
            Closed: the server ends.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or (self._state and self._state.number > number), seconds)
            if self._closed:
                raise Closed
            return self._state if self._state and self._state.number > number else None

    def read(self, name: str) -> tuple[State, bytes | Missing]:
        """Return a file of the output and the state that it belongs to.

        Args:
            name: output path; it must not lead out of the folder.

        Raises:
            Closed: the server ends.
        """
        path = self._folder / name
        with self._changed:
            state = self.state()
            try:
                file = path.open("rb")
            except IsADirectoryError:
                return state, Missing.A_FOLDER if (path / "index.html").is_file() else Missing.NOTHING
            except OSError:
                return state, Missing.NOTHING
        with file:  # an open file stays what it is, whatever takes its place
            return state, file.read()
