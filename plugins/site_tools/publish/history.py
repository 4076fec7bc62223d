"""Earlier publishes, kept beside the content for ``rollback``: every file once, by the hash of its bytes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .manifest import MANIFEST, key
from .package import link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from .manifest import Manifest
    from .package import Package

FOLDER: Final = ".published"
KEPT: Final = 10  # choice: publishes that can be brought back


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A publish that can be brought back.

    Attributes:
        number: its own.
        build: its build id.
        when: its moment, ISO 8601; empty where it was published from another machine.
        files: SHA-256 of each file by path, without the manifest.
        revisions: the ledger of dates as it was then, as JSON text; empty where it is not known.
    """

    number: int
    build: str
    when: str
    files: Mapping[str, str]
    revisions: str


class History:
    """The folder of earlier publishes. What cannot be read in it counts as not there."""

    def __init__(self, content: Path) -> None:
        """Name the content folder that it belongs to."""
        self._root = content / FOLDER

    def numbers(self) -> list[int]:
        """Return the numbers of all publishes that are kept, the newest first."""
        found = (path.stem for path in self._root.glob("*.json") if path.stem.isdecimal())
        return sorted(map(int, found), reverse=True)

    def get(self, number: int) -> Kept | None:
        """Return one of them."""
        try:
            value = json.loads((self._root / f"{number}.json").read_text(encoding="utf-8"))
            return Kept(**{**value, "files": dict(value["files"])})
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def of(self, manifest: Manifest | None) -> Kept | None:
        """Return the publish that a target shows, by its manifest; None where it is not kept."""
        kept = self.get(manifest.number) if manifest else None
        return kept if kept and manifest and kept.build == manifest.build else None

    def pages(self) -> dict[str, bytes] | None:
        """Return the HTML files and ``robots.txt`` of the last publish that is kept; None where there is none.

        Pages that only lead on to another address are left out.
        """
        kept = next((found for number in self.numbers() if (found := self.get(number))), None)
        if kept is None:
            return None
        wanted = {path: sha for path, sha in kept.files.items() if path.endswith(".html") or path == "robots.txt"}
        pages = {path: at.read_bytes() for path, sha in wanted.items() if (at := self.file(sha))}
        return {path: data for path, data in pages.items() if b'<meta http-equiv="refresh"' not in data[:1000]}

    def keep_files(self, files: Mapping[str, Path]) -> None:
        """Keep bytes; ``files`` are where they lie now, by their SHA-256."""
        for sha256, path in files.items():
            kept = self._object(sha256)
            if not is_same(kept, sha256):
                kept.unlink(missing_ok=True)
                link(path, kept)
        self._sign()

    def keep(self, publish: Kept) -> None:
        """Keep a publish, and forget those that are too old, with their bytes."""
        self._sign()
        text = json.dumps(
            {
                "number": publish.number,
                "build": publish.build,
                "when": publish.when,
                "files": dict(sorted(publish.files.items())),
                "revisions": publish.revisions,
            },
            indent=1,
        )
        fresh = self._root / f"{publish.number}.json.{os.getpid()}"
        fresh.write_text(f"{text}\n", encoding="utf-8")
        fresh.replace(self._root / f"{publish.number}.json")
        for number in self.numbers()[KEPT:]:
            (self._root / f"{number}.json").unlink(missing_ok=True)
        used = {sha for number in self.numbers() if (kept := self.get(number)) for sha in kept.files.values()}
        for path in (self._root / "files").rglob("*"):
            if path.is_file() and f"{path.parent.name}{path.name}" not in used:
                path.unlink()

    def file(self, sha256: str) -> Path | None:
        """Return where bytes lie; None where they are not kept, or are no longer what they were."""
        path = self._object(sha256)
        return path if is_same(path, sha256) else None

    def adopt(self, manifest: Manifest, paths: Iterable[str], package: Package) -> None:
        """Keep the publish that a target shows, where all of its files are at hand and it is not kept yet.

        Args:
            manifest: of the target.
            paths: all that may have been published.
            package: what is to be sent now; it has the files that did not change.
        """
        if self.of(manifest):
            return
        files: dict[str, str] = {}
        for path in paths:
            known = manifest.files.get(key(path))
            if known and path != MANIFEST:
                files[path] = known.sha256
        at_hand = {file.sha256: file.at for file in package.values()}
        missing = {sha for sha in files.values() if sha not in at_hand and not self.file(sha)}
        if missing or len(files) < len([name for name in manifest.files if name != key(MANIFEST)]):
            return
        self.keep_files({sha: at_hand[sha] for sha in files.values() if sha in at_hand})
        self.keep(Kept(number=manifest.number, build=manifest.build, when="", files=files, revisions=""))

    def restore(self, publish: Kept, folder: Path) -> list[str]:
        """Fill an empty folder with the files of a publish; return the paths of those that are lost."""
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        lost = []
        for path, sha256 in publish.files.items():
            kept = self.file(sha256)
            if kept:
                link(kept, folder / path)
            else:
                lost.append(path)
        return lost

    def _object(self, sha256: str) -> Path:
        return self._root / "files" / sha256[:2] / sha256[2:]

    def _sign(self) -> None:
        """Make the folder, and keep it out of the practice's git repository."""
        self._root.mkdir(parents=True, exist_ok=True)
        ignore = self._root / ".gitignore"
        if not ignore.is_file():
            ignore.write_text("# Earlier publishes, for `invoke rollback`; made by the machine.\n*\n", encoding="utf-8")


def is_same(path: Path, sha256: str) -> bool:
    """Return whether a file is there and has the bytes of this SHA-256."""
    if not path.is_file():
        return False
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest() == sha256
