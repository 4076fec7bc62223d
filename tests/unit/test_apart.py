"""Builds that nobody asked to see: their folders are kept, never shared, and never needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from local_seo.request import Options, Request
from site_tools import apart as apart_module
from site_tools.apart import apart, remembering

if TYPE_CHECKING:
    import pytest


def _request(cache: Path | None, content: str = "content", origin: str | None = None) -> Request:
    return Request(content=Path(content), options=Options(cache=cache, origin=origin))


def _used(request: Request) -> Path:
    with apart(request) as wanted:
        wanted.output.mkdir(exist_ok=True)
        return wanted.output


def test_a_folder_is_kept_for_the_next_build_of_its_kind(tmp_path: Path) -> None:
    """Then that makes only what changed."""
    first = _used(_request(tmp_path))
    assert first.is_dir()
    assert tmp_path in first.parents
    assert _used(_request(tmp_path)) == first


def test_another_practice_and_another_origin_have_folders_of_their_own(tmp_path: Path) -> None:
    """Their sites have nothing in common."""
    requests = [
        _request(tmp_path),
        _request(tmp_path, content="elsewhere"),
        _request(tmp_path, origin="https://example.org"),
    ]
    assert len({_used(request) for request in requests}) == len(requests)


def test_two_at_once_do_not_share_a_folder(tmp_path: Path) -> None:
    """The second goes without what is kept, and leaves nothing."""
    with apart(_request(tmp_path)) as first:
        second = _used(_request(tmp_path))
        assert second != first.output
    assert not second.exists()
    assert _used(_request(tmp_path)) == first.output


def test_without_a_cache_nothing_is_left(tmp_path: Path) -> None:
    """A cache that cannot be written is one that is not there."""
    blocked = tmp_path / "file"
    blocked.touch()
    for cache in (None, blocked):
        assert not _used(_request(cache)).exists()


def test_what_was_used_last_is_kept_and_what_is_in_use_stays(tmp_path: Path) -> None:
    """Each is as large as a site, so there are few; but nobody's floor is taken away."""
    with apart(_request(tmp_path, content="oldest")) as oldest:
        oldest.output.mkdir()
        second = _used(_request(tmp_path, content="second"))
        os.utime(second.parent, (1, 1))
        os.utime(oldest.output.parent, (2, 2))
        later = [_used(_request(tmp_path, content=name)) for name in ("third", "fourth", "fifth")]
        assert oldest.output.is_dir()
        assert not second.exists()
        assert all(folder.is_dir() for folder in later)


def test_what_is_remembered_of_two_practices_lies_apart_and_the_longest_unused_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their files have the same names: one of them would push out the other's."""
    monkeypatch.setattr(apart_module, "_PRACTICES_MOST", 2)
    contents = [tmp_path / name for name in ("one", "two", "three")]
    for content in contents:
        content.mkdir()
    (tmp_path / "link").symlink_to(contents[0])
    code = "import sys; from pathlib import Path; from site_tools.apart import remembering; "
    code += "print(remembering(*map(Path, sys.argv[1:])), flush=True); sys.stdin.read()"

    def remembered(content: Path) -> tuple[subprocess.Popen[str], Path]:
        process = subprocess.Popen(
            [sys.executable, "-c", code, content, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout
        return process, Path(process.stdout.readline().strip())

    (first, one), (second, two) = map(remembered, contents[:2])
    assert one != two
    second.communicate()
    (two / "read").mkdir()
    os.utime(one, (1, 1))
    os.utime(two, (2, 2))
    three = remembering(contents[2], tmp_path)
    assert {one, three} <= {*three.parent.iterdir()}, "the first is the oldest, but it is in use"
    first.communicate()
    assert remembering(tmp_path / "link", tmp_path) == one
    assert {*three.parent.iterdir()} == {one, three}


def test_where_nothing_can_be_kept_a_command_does_its_work_all_the_same(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("in the way", encoding="utf-8")
    assert not remembering(tmp_path, tmp_path).exists()
