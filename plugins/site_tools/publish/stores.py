"""Targets that hold single files: what is asked of one, and a folder of this machine."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from local_seo.request import Refused

from .manifest import PART

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from .package import File


@dataclass(frozen=True, slots=True)
class Stored:
    """A file at a target: its size, and hashes of its bytes by algorithm where the target tells them for nothing."""

    size: int
    hashes: Mapping[str, str] = field(default_factory=dict)

    def may_be(self, file: File) -> bool:
        """Return whether nothing speaks against this being the file."""
        return self.size == file.size and all(file.digest(name) == value for name, value in self.hashes.items())

    def is_proved(self, file: File) -> bool:
        """Return whether the target's own hash says that this is the file."""
        return bool(self.hashes) and self.may_be(file)


class Store(Protocol):
    """What the pipeline asks of a target that holds files.

    Every method raises ``Refused`` with one sentence that has no secret in it.
    """

    name: str
    serves_siblings: bool
    before: Callable[[str], None]

    def close(self) -> None:
        """End what was begun for it; nothing is asked of it afterwards."""

    def list(self) -> dict[str, Stored]:
        """Return every file by its path; nothing where the target does not exist yet."""

    def read(self, path: str) -> bytes:
        """Return the bytes of a file that exists."""

    def write(self, path: str, data: bytes) -> None:
        """Put a small file there, whole or not at all."""

    def send(self, files: Sequence[File], folder: Path) -> None:
        """Put files there in any order, each whole or not at all; they lie below ``folder`` under their paths."""

    def delete(self, paths: Sequence[str]) -> None:
        """Take files away in any order; one that is gone already is no fault."""

    def fetch(self, paths: Sequence[str], folder: Path) -> None:
        """Bring files here, below a folder; one that is not there is left out."""


def nothing(_: str) -> None:
    """Let an operation happen."""


class Folder:
    """A folder that a web server serves, on this machine or mounted on it."""

    serves_siblings = True

    def __init__(self, path: Path) -> None:
        """Name the folder; it is made by the first file."""
        self.name = str(path)
        self.before: Callable[[str], None] = nothing
        self._root = path

    def close(self) -> None:
        """Nothing was begun."""

    def list(self) -> dict[str, Stored]:
        """Return every file by its path."""
        with _told(self.name):
            self.before("list")
            found = (path for path in sorted(self._root.rglob("*")) if path.is_file())
            return {path.relative_to(self._root).as_posix(): _on_disk(path) for path in found}

    def read(self, path: str) -> bytes:
        """Return the bytes of a file."""
        with _told(self.name):
            self.before(f"read {path}")
            return (self._root / path).read_bytes()

    def write(self, path: str, data: bytes) -> None:
        """Put a file in place by a rename."""
        with _told(self.name):
            self.before(f"write {path}")
            target = self._room(path)
            part = target.with_name(f"{target.name}{PART}")
            with part.open("wb") as handle:
                handle.write(data)
                handle.flush()
                os.fsync(handle.fileno())
            part.replace(target)

    def send(self, files: Sequence[File], folder: Path) -> None:
        """Put each file in place by a rename."""
        for file in files:
            self.write(file.path, (folder / file.path).read_bytes())

    def delete(self, paths: Sequence[str]) -> None:
        """Delete files, and the folders that they leave empty."""
        for path in paths:
            with _told(self.name):
                self.before(f"delete {path}")
                target = self._root / path
                target.unlink(missing_ok=True)
                for above in target.parents:
                    if above == self._root or not above.is_dir() or any(above.iterdir()):
                        break
                    above.rmdir()

    def fetch(self, paths: Sequence[str], folder: Path) -> None:
        """Copy files."""
        for path in paths:
            with _told(self.name):
                self.before(f"fetch {path}")
                if (self._root / path).is_file():
                    (folder / path).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(self._root / path, folder / path)

    def _room(self, path: str) -> Path:
        """Return where a file goes; its folders are made, and a file that stands in their place is moved out."""
        target = self._root / path
        for above in reversed(target.parents):
            if above.is_relative_to(self._root) and above != self._root and above.is_file():
                above.unlink()
        target.parent.mkdir(parents=True, exist_ok=True)
        return target


def _on_disk(path: Path) -> Stored:
    with path.open("rb") as handle:
        return Stored(path.stat().st_size, {"sha256": hashlib.file_digest(handle, "sha256").hexdigest()})


class _told:  # noqa: N801 - read as a word of the sentence that it stands in
    """Turn what the system says into a sentence."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _: object, failure: BaseException | None, __: object) -> None:
        """Say where and why."""
        if isinstance(failure, OSError):
            where = failure.filename or self._name
            raise Refused(
                f"{where}: {failure.strerror or failure} - mend that, then run publish again;"
                " it goes on where it stopped"
            ) from failure
