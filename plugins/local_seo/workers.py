"""Work spread over all cores, with results in the order of what was asked; and what may be remembered of it."""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import threading
import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Generic, Protocol, TypeVar
from zlib import crc32

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

T = TypeVar("T")
R = TypeVar("R")

T_contra = TypeVar("T_contra", contravariant=True)
# Below this many items a second process costs more than it brings.
WORTH_IT_ITEMS = 60
_ALL: Final = "all"
_SUM_BYTES: Final = 4


def spread(function: Callable[[T], R], items: Sequence[T], *, processes: int | None = None) -> list[R]:
    """Return what a function makes of each item, in their order.

    Each core takes every n-th item in a process of its own, forked, so that nothing has to be sent there; what comes
    back must be picklable. One process does everything where there is one core, too little to do, no ``fork``, or a
    second thread (a fork would take its locks along). The outcome is the same.

    Args:
        function: called with one item; what it changes beside its result is lost where another process called it.
        items: what to do.
        processes: how many to use; None is one a core.

    Raises:
        BaseException: the first item's that raised, as the function raised it.
        ChildProcessError: a process ended without an answer.
    """
    wanted = min(processes or cores(), max(1, len(items) // WORTH_IT_ITEMS)) if processes != 1 else 1
    if wanted == 1 or not hasattr(os, "fork") or threading.active_count() > 1:
        return [function(item) for item in items]
    gc.freeze()  # pages shared with the children stay shared
    try:
        children = [_Child(function, items[number::wanted]) for number in range(1, wanted)]
    finally:
        gc.unfreeze()
    shares = [_share(function, items[0::wanted]), *(child.answer() for child in children)]
    results: list[Any] = [None] * len(items)
    failures: dict[int, BaseException] = {}
    for number, (done, failure) in enumerate(shares):
        results[number::wanted] = done + [None] * (len(range(number, len(items), wanted)) - len(done))
        if failure:
            failures[number + len(done) * wanted] = failure
    if failures:
        raise failures[min(failures)]
    return results


@contextlib.contextmanager
def aside(function: Callable[[], R], *, here: bool = False) -> Iterator[Callable[[], R]]:
    """Have something done in a process of its own, while something else is done here.

    What is yielded waits for the result, or raises what was raised there. Whatever becomes of the rest, the process has
    ended afterwards. It is done at once instead where there is no ``fork``, or a second thread.

    Args:
        function: its result must be picklable; what it changes beside is lost.
        here: whether to do it at once in any case.
    """
    if here or not hasattr(os, "fork") or threading.active_count() > 1:
        done = function()
        yield lambda: done
        return
    gc.freeze()
    try:
        child = _Child(lambda _: function(), [None])
    finally:
        gc.unfreeze()
    try:
        yield child.only
    finally:
        child.end()


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cycles of values: work that makes millions of values that stay makes hardly any, and looks long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Item(Generic[T]):
    """Something to work on.

    Attributes:
        name: what it is; a result takes the place of an earlier one of the same name.
        made_from: a digest of everything that the result follows from; empty where that is not known.
        known: the result, where it is at hand.
    """

    name: str
    made_from: str
    thing: T
    known: Any = None


@dataclass(frozen=True, slots=True)
class Parts(Generic[R]):
    """A result in two parts: what is read at once, and what is read when somebody asks for it.

    Attributes:
        brief: returns the first, of a whole result.
        rest: returns the second.
        kind: of the second, as in ``Work``.
        opened: makes attributes of the second when it was read.
        joined: makes a result of the first, and of how to come by these attributes.
    """

    brief: Callable[[R], Any]
    rest: Callable[[R], Any]
    kind: Any
    opened: Callable[[Any], Mapping[str, object]]
    joined: Callable[[Any, Callable[[], Mapping[str, object]]], R]


@dataclass(frozen=True, slots=True)
class Work(Generic[T_contra, R]):
    """A pure function whose results may be remembered from build to build.

    Attributes:
        name: of the work, among all.
        kind: what the function returns, as ``msgspec`` writes and reads it: dataclasses, tuples, mappings, numbers,
            texts, ``Markup``.
        parts: how a result is taken apart, where most of it is read late; ``kind`` is that of what is read at once.
        here: whether it is done in this process: to send a result back would cost more than to work it out.
    """

    name: str
    kind: Any
    function: Callable[[T_contra], R]
    parts: Parts[R] | None = None
    here: bool = False

    def done(self, things: Sequence[T_contra]) -> list[R]:
        """Return the result for each thing, in their order: on all cores, unless it is done here."""
        return spread(self.function, things, processes=1 if self.here else None)


class Memory(Protocol):
    """Whoever does work, or knows what it came to."""

    def each(self, work: Work[T, R], items: Sequence[Item[T]]) -> list[R]:
        """Return the result for each item, in their order; what no item asked for is forgotten."""

    def last(self, work: Work[T, R]) -> Mapping[str, tuple[str, R]]:
        """Return what is known of a work before it is done, by name: what each result was made from, and the result."""


class Forgetful:
    """Remembers nothing: all work is done, on all cores."""

    def each(self, work: Work[T, R], items: Sequence[Item[T]]) -> list[R]:
        """Return the result for each item, in their order."""
        fresh = iter(work.done([item.thing for item in items if item.known is None]))
        return [next(fresh) if item.known is None else item.known for item in items]

    def last(self, work: Work[T, R]) -> Mapping[str, tuple[str, R]]:  # noqa: ARG002 - as the protocol has it
        """Return nothing."""
        return {}


def carried(memory: Memory, name: str, kind: type[R], made_from: str, after: Callable[[R | None], R]) -> R:
    """Return what joins all pages, made after what it was the last time: one value, kept in one piece.

    Args:
        memory: where it is kept, with a sum: a damaged one counts as none, so its parts belong together.
        name: of the work, among all.
        kind: of the value.
        made_from: a digest of everything that it follows from; empty where that is not known, and nothing is kept.
        after: makes it, of the last one or of None; the outcome is the same.
    """
    work: Work[R, bytes] = Work(name, bytes, _sealed)
    last, data = memory.last(work).get(_ALL, ("", b""))
    known = _unsealed(data, kind)
    now = known if known is not None and made_from and last == made_from else after(known)
    memory.each(work, [Item(_ALL, made_from, now, data if now is known else None)])
    return now


def _sealed(value: object) -> bytes:
    data = msgspec.msgpack.encode(value, order="deterministic")
    return crc32(data).to_bytes(_SUM_BYTES) + data


def _unsealed(data: bytes, kind: type[R]) -> R | None:
    packed = memoryview(data)[_SUM_BYTES:]
    if not packed or crc32(packed).to_bytes(_SUM_BYTES) != data[:_SUM_BYTES]:
        return None
    try:
        return msgspec.msgpack.decode(packed, type=kind)
    except msgspec.DecodeError:  # a stranger's
        return None


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _share(function: Callable[[T], R], items: Sequence[T]) -> tuple[list[R], BaseException | None]:
    """Return what was made until something was raised, and what was."""
    done: list[R] = []
    try:
        for item in items:
            done.append(function(item))  # noqa: PERF401 - what is done counts when the next item raises
    except BaseException as failure:  # noqa: BLE001 - raised again by the parent, for the first item that failed
        return done, failure
    return done, None


class _Child:
    """A forked process that works on its share and answers through a pipe."""

    def __init__(self, function: Callable[[T], R], items: Sequence[T]) -> None:
        answers, answer = os.pipe()
        self._process = os.fork()
        if self._process:
            os.close(answer)
            self._answers = open(answers, "rb")  # noqa: PTH123, SIM115 - a descriptor, no path; ``end`` closes it
            return
        status = 1
        try:
            os.close(answers)  # else it would wait for itself to read when nobody else is left
            done, failure = _share(function, items)
            if failure:  # a traceback cannot be sent, and the parent's would lead here only
                failure.add_note("".join(traceback.format_exception(failure)))
            with open(answer, "wb") as pipe:  # noqa: PTH123 - as above
                pickle.dump((done, failure), pipe, pickle.HIGHEST_PROTOCOL)
            status = 0
        finally:
            # Nothing of the parent's is tidied up, printed or saved twice.
            os._exit(status)

    def only(self) -> Any:  # noqa: ANN401 - as the function has it
        """Return the result for the one item."""
        done, failure = self.answer()
        if failure:
            raise failure
        return done[0]

    def answer(self) -> tuple[list[Any], BaseException | None]:
        try:
            data = self._answers.read()
        finally:
            self.end()
        if not data:
            message = "a process of the build ended without an answer"
            raise ChildProcessError(message)
        return pickle.loads(data)  # type: ignore[no-any-return]  # noqa: S301 - our own child wrote it

    def end(self) -> None:
        """Hear no more, and wait until the process has ended."""
        self._answers.close()
        if self._process:
            os.waitpid(self._process, 0)
            self._process = 0
