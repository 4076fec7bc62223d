"""Whether a build would make what stands there already: then there is nothing to do.

What counts is every file that a build reads, the engine among them, and every file that it wrote, by size, inode and
time of change, and whether a package was installed; whoever touches one of them gets a whole build.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import sys
import sysconfig
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from local_seo import digests

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_seo.model.built import Built
    from local_seo.request import Request

# A file saved within one tick of the clock of the file system could change again without a trace.
_TICK_NS: Final = 50_000_000
_ENGINE: Final = Path(__file__).parents[1]


@dataclass(slots=True)
class Memory:
    """What the last build of an output folder said, for as long as nothing changes."""

    request: Request
    _began: int = field(default_factory=time.time_ns)
    _inputs: str = ""
    _newest: int = 0

    def __post_init__(self) -> None:
        """Look at everything that a build reads, before it does."""
        self._inputs, self._newest = self._signature(
            self.request.content, self.request.theme, self.request.settings, _ENGINE
        )

    def said(self) -> list[str] | None:
        """Return the lines that the last build ended with; None when a build has something to do."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            day = self.request.options.today or dt.datetime.now(ZoneInfo(kept["zone"])).date()
            same = (kept["inputs"], kept["day"]) == (self._inputs, day.isoformat())
            if same and kept["output"] == self._signature(self.request.output)[0]:
                return [str(line) for line in kept["said"]]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return None

    def keep(self, built: Built, said: list[str]) -> None:
        """Remember what a good build said; not where a file was saved while it began."""
        if self._newest > self._began - _TICK_NS:
            return
        kept = {
            "inputs": self._inputs,
            "output": self._signature(self.request.output)[0],
            "day": built.site.today.isoformat(),
            "zone": str(built.site.zone),
            "said": said,
        }
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile("w", dir=self._path.parent, delete=False, encoding="utf-8") as file:
                json.dump(kept, file)
            Path(file.name).replace(self._path)

    @property
    def _path(self) -> Path:
        folder = self.request.options.cache or Path()
        return folder / "said" / f"{digests.digest(os.fsencode(self.request.output.absolute()))}.json"

    def _signature(self, *roots: Path) -> tuple[str, int]:
        """Return a digest of all files below some folders, and when the youngest was saved."""
        options = self.request.options
        installed = Path(sysconfig.get_path("purelib")).stat().st_mtime_ns
        asked = f"{sys.version} {installed} {self.request.content} {options.origin} {options.preview}"
        found = [line for root in roots for line in _files(root.absolute())]
        newest = max((saved for _, saved in found), default=0)
        return digests.digest(asked.encode(), *(line for line, _ in sorted(found))), newest


def _files(root: Path) -> Iterator[tuple[bytes, int]]:
    if root.is_file():
        yield _line(str(root))
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if name not in {".git", "__pycache__"}]
        for name in names:
            yield _line(os.path.join(folder, name))  # noqa: PTH118 - half the time of a Path, and there are many


def _line(path: str) -> tuple[bytes, int]:
    status = os.lstat(path)
    saved = max(status.st_mtime_ns, status.st_ctime_ns)
    return f"{path}\0{status.st_size} {status.st_ino} {saved}".encode(errors="surrogateescape"), status.st_mtime_ns
