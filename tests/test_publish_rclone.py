"""The rclone that works for a publish: seen by nobody, ended with it, patient where that helps."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import stat
import tempfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from local_seo.request import Refused
from site_tools.publish import rclone as module
from site_tools.publish.manifest import LOCK_PREFIX
from site_tools.publish.rclone import Rclone

from . import hosts
from .conftest import tree
from .test_publish_faults import (
    Bucket,
    Version,
    bucket,
    check_is_gone,
    check_is_whole,
    check_shows,
    running,
    scratch,
    versions,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["bucket", "scratch", "versions"]  # fixtures


@pytest.fixture
def store(bucket: Bucket, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Rclone]:
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    for name, value in bucket.environment.items():
        monkeypatch.setenv(name, value)
    with closing(Rclone(bucket.remote)) as found:
        yield found


def test_nobody_else_can_see_or_order_it_and_it_ends_with_the_publish(store: Rclone, scratch: Path) -> None:
    assert running(scratch)
    said = "\n".join(running(scratch).values())
    assert not [secret for secret in (hosts.SECRET, hosts.KEY) if secret in said]
    (room,) = scratch.iterdir()
    assert stat.S_IMODE(room.stat().st_mode) == stat.S_IRWXU
    assert _without_the_password(room / "rclone") == http.client.UNAUTHORIZED
    store.close()
    check_is_gone(scratch)
    assert store.list() == {}  # the next order starts another


def _without_the_password(path: Path) -> int:
    """Return the status of the answer to an order without it."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(str(path))
        line.sendall(b"POST /operations/list HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}")
        return int(line.recv(100).split()[1])


def test_one_request_that_breaks_off_is_not_noticed(versions: tuple[Version, Version], bucket: Bucket) -> None:
    """Each in turn; the second try of rclone, or ours, gets through."""
    current, upcoming = versions
    bucket.publish(current)
    at = 0
    while not at or at <= len(bucket.between.seen):
        at += 1
        bucket.between.seen.clear()
        bucket.between.fail_at, bucket.between.fail_last, bucket.between.how = at, at, "cut"
        bucket.publish(upcoming)
        check_shows(bucket.folder, upcoming)
        current, upcoming = upcoming, current
    assert at > 20


def test_a_server_with_folders_is_left_without_empty_ones(
    versions: tuple[Version, Version], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "sftp"
    (folder / "www" / "of others").mkdir(parents=True)
    with hosts.sftp(folder) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        for version in versions:
            version.send_to_rclone("store:www")
            check_is_whole(folder / "www")
            check_shows(folder / "www", version)
    assert not (folder / "www" / "blog" / "old").exists()
    assert (folder / "www" / "of others").is_dir()


def test_an_interrupt_gives_the_lock_back(versions: tuple[Version, Version], bucket: Bucket) -> None:
    current, upcoming = versions
    bucket.publish(current)

    def interrupt() -> None:
        bucket.between.fail_at = 0
        os.kill(os.getpid(), signal.SIGINT)

    bucket.between.seen.clear()
    bucket.between.fail_at, bucket.between.how, bucket.between.kill = 12, "kill", interrupt
    # A run in the background may have been told to ignore Ctrl-C.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            bucket.publish(upcoming)
    finally:
        signal.signal(signal.SIGINT, before)
    check_is_whole(bucket.folder)
    assert not [path for path in tree(bucket.folder) if path.startswith(LOCK_PREFIX)]
    bucket.publish(upcoming)
    check_shows(bucket.folder, upcoming)


def test_an_rclone_that_is_killed_is_a_fault_in_words_and_the_next_order_starts_another(
    store: Rclone, scratch: Path
) -> None:
    store.write("a", b"1")
    for number in running(scratch):
        os.kill(number, signal.SIGKILL)
    with pytest.raises(Refused, match="rclone ended before its work did - run publish again"):
        store.list()
    assert set(store.list()) == {"a"}


def test_an_rclone_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RCLONE_TRANSFERS", "many")
    with pytest.raises(Refused, match=r"rclone says: .*many.* - run publish again"):
        Rclone("store:site")
    monkeypatch.setattr(module, "_program", lambda: "/nonexistent/rclone")
    with pytest.raises(Refused, match="rclone says: "):
        Rclone("store:site")
