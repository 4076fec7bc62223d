from __future__ import annotations

import os
import threading
from functools import partial

import pytest

from local_seo.workers import WORTH_IT_ITEMS, spread

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
