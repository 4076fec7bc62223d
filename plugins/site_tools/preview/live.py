"""What the server shows at this moment: changed by the builds, read by every request, awaited by every open page."""

from __future__ import annotations

import hashlib
import threading
import time
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from markupsafe import Markup

    from local_seo.errors import Finding

# An exchange of the folder takes two renames. Whoever comes between them looks again.
_LOOKS: Final = 200
_BETWEEN_S: Final = 0.005


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


class Panels(Protocol):
    """Whoever knows what the panels of the pages say; nothing, for what is no page of the site's making."""

    def closed(self, name: str) -> Markup:
        """Return the panel as the page with this output path comes with it."""

    def whole(self, name: str, data: bytes) -> Markup:
        """Return the panel with everything in it; ``data`` is the page as it is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """What is shown.

    Attributes:
        number: counts the states.
        ready: whether there are pages: a build was good.
        fresh: pages that are newer than the files in the folder, by output path.
        loose: a digest of the files that may change without a change of their names.
        notes: by output path.
        problem: None when nothing is wrong with what was saved last.
        findings: what the checks found in the pages shown; None when they did not run yet.
        found: tells one outcome of the checks from the next.
        panels: None when there is no page yet.
    """

    number: int = 0
    ready: bool = False
    fresh: Mapping[str, bytes] = field(default_factory=dict)
    loose: str = ""
    notes: Mapping[str, Note] = field(default_factory=dict)
    problem: Problem | None = None
    findings: tuple[Finding, ...] | None = None
    found: int = 0
    panels: Panels | None = None

    def version(self, name: str, data: bytes) -> str:
        """Return what is the same as long as a page looks the same, so that it is loaded again only when it changed."""
        note = self.notes.get(name)
        whole = hashlib.blake2b(data, digest_size=8)
        whole.update(f"\0{self.loose}\0{note.says if note else ''}".encode())
        return whole.hexdigest()


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
        self._changed = threading.Condition()

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
        """Return a page or another file as it is shown, and the state that it belongs to.

        Args:
            name: output path; it must not lead out of the folder.

        Raises:
            Closed: the server ends.
        """
        for _ in range(_LOOKS):
            state, folder = self.state(), self._inode()
            data = state.fresh.get(name) or self._file(name)
            if isinstance(data, bytes) or (folder and folder == self._inode()):
                return state, data
            time.sleep(_BETWEEN_S)  # another process exchanges the folder just now
        return state, data

    def _file(self, name: str) -> bytes | Missing:
        path = self._folder / name
        try:
            return path.read_bytes()
        except IsADirectoryError:
            return Missing.A_FOLDER if (path / "index.html").is_file() else Missing.NOTHING
        except OSError:
            return Missing.NOTHING

    def _inode(self) -> int:
        try:
            return self._folder.stat().st_ino
        except OSError:
            return 0
