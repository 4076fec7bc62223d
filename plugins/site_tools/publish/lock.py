"""Two publishes never write one target at the same time."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import socket
import time
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from local_seo.build import Refused

from .manifest import LOCK_PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .stores import Store

VOID_AFTER_S: Final = 15 * 60  # choice: a publish renews its lock with every pass; one that did not for so long is dead
_TRIES: Final = 3


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
    """

    def __init__(self, store: Store) -> None:
        """Name the target."""
        self._store = store
        self._name = f"{LOCK_PREFIX}{secrets.token_hex(8)}.json"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock.

        Raises:
            Refused: another publish holds it.
        """
        self._take()
        try:
            yield
        except BaseException:
            with contextlib.suppress(Refused):
                self._store.delete([self._name])
            raise
        self._store.delete([self._name])

    def renew(self) -> None:
        """Say that this publish is alive."""
        value = {"machine": _machine(), "process": os.getpid(), "time": round(time.time())}
        self._store.write(self._name, f"{json.dumps(value)}\n".encode())

    def _take(self) -> None:
        for attempt in range(_TRIES):
            self.renew()
            others = [name for name in self._store.list() if name.startswith(LOCK_PREFIX) and name != self._name]
            dead = [name for name in others if self._is_dead(name)]
            if len(dead) == len(others):
                self._store.delete(dead)
                return
            self._store.delete([self._name])
            if attempt < _TRIES - 1:
                time.sleep(secrets.randbelow(1000) / 1000)
        raise Refused(
            f"another publish writes {self._store.name} - wait for it to end, then publish again; "
            f"one that broke off elsewhere stops counting after {VOID_AFTER_S // 60} minutes"
        )

    def _is_dead(self, name: str) -> bool:
        """Return whether the publish that wrote a lock cannot be running any more."""
        try:
            value = json.loads(self._store.read(name))
            machine, process, when = str(value["machine"]), int(value["process"]), float(value["time"])
        except (Refused, ValueError, LookupError, TypeError):
            return False  # gone just now, or being written: somebody lives
        if machine == _machine():
            return process == os.getpid() or not _runs(process)
        return time.time() - when > VOID_AFTER_S


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
