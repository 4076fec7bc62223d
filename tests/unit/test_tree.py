"""The files of a finished site are those of one build, or they are refused."""

from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from local_seo.request import Refused
from local_seo.tree import Files

if TYPE_CHECKING:
    from pathlib import Path

NAME = "blog/naps/index.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one page."""
    page = tmp_path / "site" / NAME
    page.parent.mkdir(parents=True)
    page.write_bytes(b"Naps")
    return tmp_path / "site"


def _files(folder: Path) -> Files:
    return Files(folder, {NAME: hashlib.sha256(b"Naps").hexdigest()})


def test_a_file_is_read_when_it_is_asked_for(folder: Path) -> None:
    """So there is none but those that were made, however many lie there."""
    (folder / "other.html").write_bytes(b"Other")
    files = _files(folder)
    assert list(files) == [NAME]
    assert len(files) == 1
    assert NAME in files
    assert files.get("other.html") is None
    assert files[NAME] == b"Naps"


def test_the_folder_may_have_another_name_by_then(folder: Path) -> None:
    """As the site before has, when the next one stands in its place."""
    files = _files(folder)
    folder.rename(folder.with_name("spare"))
    (folder / NAME).parent.mkdir(parents=True)
    (folder / NAME).write_bytes(b"Next")
    assert files[NAME] == b"Naps"


def test_what_another_build_or_somebody_wrote_there_is_refused(folder: Path) -> None:
    """Not even a file of the same name and length stands in."""
    files = _files(folder)
    (folder / NAME).write_bytes(b"Nap!")
    with pytest.raises(Refused, match=f"^{NAME} in the output is not what this build made"):
        files[NAME]
    (folder / NAME).write_bytes(b"Naps")
    assert files[NAME] == b"Naps"


def test_what_is_gone_is_refused(folder: Path) -> None:
    """It is no page that was never there."""
    files = _files(folder)
    (folder / NAME).unlink()
    with pytest.raises(Refused):
        files.get(NAME)


def test_whoever_lets_go_of_the_files_lets_go_of_the_folder(folder: Path) -> None:
    """A server builds thousands of times."""
    files = _files(folder)
    held = files._folder
    os.fstat(held)
    del files
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(held)
