from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo.cache import Kept
from local_seo.workers import WORTH_IT_ITEMS, Forgetful, aside, carried, spread

_MANY = list(range(WORTH_IT_ITEMS * 4 + 3))


def _doubled(number: int) -> int:
    return number * 2


def _process(_: int) -> int:
    return os.getpid()


def _failing_from(first: int, number: int) -> int:
    if number >= first:
        raise ValueError(number)
    return number


@pytest.mark.parametrize("processes", [1, 2, 3, 5])
@pytest.mark.parametrize("count", [0, 1, len(_MANY)])
def test_results_stand_in_the_order_of_the_items(processes: int, count: int) -> None:
    assert spread(_doubled, _MANY[:count], processes=processes) == [number * 2 for number in _MANY[:count]]


@pytest.fixture
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a build: no second thread, whatever other tests in this process have left running."""
    monkeypatch.setattr(threading, "active_count", lambda: 1)


@pytest.mark.usefixtures("alone")
def test_much_work_goes_to_several_processes_and_little_to_one() -> None:
    assert len(set(spread(_process, _MANY, processes=3))) == 3
    assert set(spread(_process, _MANY[:20], processes=3)) == {os.getpid()}


def test_beside_a_second_thread_nothing_is_forked() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert set(spread(_process, _MANY, processes=3)) == {os.getpid()}
    finally:
        done.set()
        other.join()


@pytest.mark.parametrize("first", [0, 1, 7, 100])
@pytest.mark.parametrize("processes", [1, 2, 3])
def test_of_several_failures_the_first_items_is_raised(first: int, processes: int) -> None:
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - which one is looked at below
        spread(partial(_failing_from, first), _MANY, processes=processes)
    assert raised.value.args == (first,)


def _killed(parent: int, number: int) -> int:
    if number == 1:
        assert os.getpid() != parent, "this would end the tests"
        os._exit(9)
    return number


@pytest.mark.usefixtures("alone")
def test_a_process_that_dies_is_told() -> None:
    with pytest.raises(ChildProcessError, match="without an answer"):
        spread(partial(_killed, os.getpid()), _MANY, processes=2)


# --- one thing beside another ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("alone")
def test_what_is_done_aside_is_done_in_another_process_unless_it_is_to_be_done_here() -> None:
    with aside(os.getpid) as elsewhere, aside(os.getpid, here=True) as here:
        assert elsewhere() != os.getpid() == here()


def test_beside_a_second_thread_nothing_is_done_aside() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        with aside(os.getpid) as answer:
            assert answer() == os.getpid()
    finally:
        done.set()
        other.join()


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("here", [True, False])
def test_what_fails_aside_is_raised_as_it_was(here: bool) -> None:  # noqa: FBT001
    with (
        pytest.raises(FileNotFoundError, match="gone") as raised,
        aside(lambda: Path("gone").read_bytes(), here=here) as answer,
    ):
        answer()
    assert raised.value.filename == "gone"


@pytest.mark.usefixtures("alone")
def test_what_is_done_aside_has_ended_whatever_becomes_of_the_rest(tmp_path: Path) -> None:
    def write() -> None:
        time.sleep(0.2)
        (tmp_path / "written").touch()

    with pytest.raises(ZeroDivisionError), aside(write):
        raise ZeroDivisionError
    assert (tmp_path / "written").exists()


_ORPHAN = """
import os, sys
from local_seo import workers
with workers.aside(lambda: bytes(1 << 20)) as answer:
    print("begun", flush=True)
    sys.stdin.read()
    os.kill(os.getpid(), 9)
"""


def test_what_is_done_aside_ends_when_nobody_is_left_to_hear_of_it() -> None:
    """Its answer is longer than a pipe; and it holds what its parent held, such as the lock of the output."""
    process = subprocess.Popen([sys.executable, "-c", _ORPHAN], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    assert process.stdout.readline() == b"begun\n"
    process.stdin.close()
    assert process.wait() == -signal.SIGKILL
    assert process.stdout.read() == b"", "the last of its processes has closed it"
    process.stdout.close()


@pytest.mark.usefixtures("alone")
def test_an_interrupt_while_one_waits_for_a_long_answer_ends_it() -> None:
    def interrupted() -> bytes:
        os.kill(parent, signal.SIGINT)
        return bytes(1 << 20)

    parent = os.getpid()
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # who is started in the background ignores it
    try:
        with pytest.raises(KeyboardInterrupt), aside(interrupted) as answer:
            answer()
    finally:
        signal.signal(signal.SIGINT, before)


# --- one value, kept in one piece -----------------------------------------------------------------------------


def _counted(folder: Path, made_from: str, kind: type = tuple[int, ...]) -> object:
    """Carry a tuple that grows by one number each time that it is made; a memory of its own, as another process."""
    return carried(Kept(folder), "counting", kind, made_from, lambda last: (*(last or ()), len(last or ())))


def test_what_is_carried_is_made_after_the_last_where_something_changed(tmp_path: Path) -> None:
    assert [_counted(tmp_path, made_from) for made_from in "aabbc"] == [(0,), (0,), (0, 1), (0, 1), (0, 1, 2)]


def test_nothing_is_carried_where_it_is_not_known_what_it_follows_from(tmp_path: Path) -> None:
    assert [_counted(tmp_path, made_from) for made_from in ("", "")] == [(0,), (0,)]
    assert carried(Forgetful(), "counting", tuple[int, ...], "a", lambda last: last or ()) == ()


def test_what_has_another_type_is_not_carried(tmp_path: Path) -> None:
    _counted(tmp_path, "a")
    assert _counted(tmp_path, "b", tuple[str, ...]) == (0,)


@given(st.data())
def test_what_is_damaged_is_not_carried(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("kept")
    _counted(folder, "a")
    _counted(folder, "b")
    (path,) = (folder / "counting").iterdir()
    whole = path.read_bytes()
    value = whole.index(b'"b","') + len(b'"b","')
    at = data.draw(st.integers(value, len(whole) - 1))
    path.write_bytes(whole[:at] + data.draw(st.binary(max_size=2)) + whole[at + 1 :])
    # Made anew, unless the damage mended itself or is no damage to the value.
    assert _counted(folder, "c") in {(0,), (0, 1, 2)}
