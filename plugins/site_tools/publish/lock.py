"""Two publishes never write one target at the same time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import re
import secrets
import socket
import threading
import time
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from local_seo.request import Refused

from .manifest import LOCK_PREFIX

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from .stores import Store, Stored

VOID_AFTER_S: Final = 15 * 60  # choice: a publish that did not renew its lock for so long is dead
RENEW_EVERY_S: Final = 4 * 60  # choice: two renewals may fail
_TRIES: Final = 3
_NAME: Final = re.compile(rf"{re.escape(LOCK_PREFIX)}(\d+)-([0-9a-f]{{16}})-(\d+)-[0-9a-f]+\.txt")


@contextlib.contextmanager
def here(folder: Path) -> Iterator[None]:
    """Hold the staging folder of this machine; the lock ends with the process, however that ends.

    Raises:
        Refused: another publish runs here.
    """
    path = folder.with_name(f"{folder.name}.lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("w")
    except OSError as failure:
        raise Refused(f"{path.parent} cannot be written: {failure.strerror}") from failure
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Refused(
                "another publish of this site runs on this machine - wait for it to end, then publish again"
            ) from None
        yield


class There:
    """A lock at the target: a file of our own, in a place where everybody looks.

    Stores have no way to make a file only if it is not there, so each publish writes a file with a name of its own
    and looks for those of others afterwards: of two that begin at once at least one sees the other and steps back.
    Who holds it and since when is said by the name, so that a list of the names is enough.
    """

    def __init__(self, store: Store) -> None:
        """Name the target."""
        self._store = store
        self._token = secrets.token_hex(4)
        self._names: list[str] = []  # those that may lie there
        self._renewing = threading.Lock()

    @contextlib.contextmanager
    def held(self) -> Iterator[Collection[str]]:
        """Hold the lock, and renew it now and then; yield the paths of all that lay at the target when it was taken.

        Raises:
            Refused: another publish holds it.
        """
        try:
            stored = self._take()
            with self._renewed():
                yield stored
        except BaseException:
            with contextlib.suppress(Refused):
                self._let_go()
            raise
        self._let_go()

    def listed(self) -> Mapping[str, Stored]:
        """Return what lies at the target; a list that is made while the lock changes its name may hold neither name."""
        with self._renewing:
            return self._store.list()

    def is_among(self, names: Iterable[str]) -> bool:
        """Return whether the lock is still there; whoever held this publish for dead took it away."""
        return any(name.startswith(LOCK_PREFIX) and self._token in name for name in names)

    def _take(self) -> Collection[str]:
        for attempt in range(_TRIES):
            self._renew()
            stored = self._store.list().keys()
            others = [name for name in stored if name.startswith(LOCK_PREFIX) and name not in self._names]
            if all(map(_is_dead, others)):
                self._store.delete(others)
                return stored
            self._let_go()
            if attempt < _TRIES - 1:
                time.sleep(secrets.randbelow(1000) / 1000)
        raise Refused(
            f"another publish writes {self._store.name} - wait for it to end, then publish again; "
            f"one that broke off elsewhere stops counting after {VOID_AFTER_S // 60} minutes"
        )

    def _renew(self) -> None:
        """Say that this publish is alive: by a new name, before the old one goes."""
        old = tuple(self._names)
        name = f"{LOCK_PREFIX}{time.time_ns()}-{_machine()}-{os.getpid()}-{self._token}.txt"
        self._names.append(name)
        self._store.write(name, b"A publish is under way.\n")
        self._store.delete(old)
        self._names = [name]

    def _let_go(self) -> None:
        self._store.delete(self._names)
        self._names = []

    @contextlib.contextmanager
    def _renewed(self) -> Iterator[None]:
        ended = threading.Event()

        def renew() -> None:
            while not ended.wait(RENEW_EVERY_S):
                with self._renewing, contextlib.suppress(Refused):  # the next time, or the publish itself finds out
                    self._renew()

        renewing = threading.Thread(target=renew, daemon=True)
        renewing.start()
        try:
            yield
        finally:
            ended.set()
            renewing.join()


def _is_dead(name: str) -> bool:
    """Return whether the publish that wrote a lock cannot be running any more."""
    said = _NAME.fullmatch(name)
    if not said:
        return True  # nobody writes such a name
    when, machine, process = int(said[1]), said[2], int(said[3])
    if time.time_ns() - when > VOID_AFTER_S * 1_000_000_000:
        return True
    return machine == _machine() and (process == os.getpid() or not _runs(process))


def _machine() -> str:
    """Return what stands for this machine, without its name: the target may be open to everybody."""
    boot = ""
    with contextlib.suppress(OSError), open("/proc/sys/kernel/random/boot_id", encoding="ascii") as handle:  # noqa: PTH123
        boot = handle.read()
    return sha256(f"{socket.gethostname()}|{boot}".encode()).hexdigest()[:16]


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
