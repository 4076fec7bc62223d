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

from local_seo import digests, walk

if TYPE_CHECKING:
    from local_seo.model.built import Built
    from local_seo.request import Request

_ENGINE: Final = Path(__file__).parents[1]
# No build reads them; the editor of `invoke edit` alone comes with a thousand files.
_PASSED_OVER: Final = frozenset({".git", "__pycache__", "node_modules"})


@dataclass(slots=True)
class Memory:
    """What the last build of an output folder said, for as long as nothing changes."""

    request: Request
    _began: int = field(default_factory=time.time_ns)
    _inputs: str = ""
    _newest: int = 0

    def __post_init__(self) -> None:
        """Look at everything that a build reads, before it does; what cannot be looked at is for the build to tell."""
        with contextlib.suppress(OSError):
            self._inputs, self._newest = self._signature(
                self.request.content, self.request.theme, self.request.settings, _ENGINE
            )

    def said(self) -> list[str] | None:
        """Return the lines that the last build ended with; None when a build has something to do."""
        if not self._inputs:
            return None
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
        if not self._inputs or not walk.is_settled(self._newest, self._began):
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
        lines: list[str] = []
        newest = max(_look(str(root.absolute()), lines, set()) for root in roots)
        return digests.digest(asked.encode(), "".join(sorted(lines)).encode(errors="surrogateescape")), newest


def _look(root: str, lines: list[str], linked: set[str]) -> int:
    """Add a line for each file below a folder, or for a file, and return when the youngest was saved; 0 for none.

    Strings and no Paths: there are tens of thousands. A folder that is linked to counts once.
    """
    if os.path.isfile(root):  # noqa: PTH113 - as above
        return _line(root, os.stat(root), lines)  # noqa: PTH116 - as above
    newest = 0
    with os.scandir(root) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name in _PASSED_OVER:
                    continue
                if entry.is_symlink():
                    target = os.path.realpath(entry.path)
                    if target in linked:
                        continue
                    linked.add(target)
                newest = max(newest, _look(entry.path, lines, linked))
            else:
                is_broken = entry.is_symlink() and not entry.is_file()
                newest = max(newest, _line(entry.path, entry.stat(follow_symlinks=not is_broken), lines))
    return newest


def _line(path: str, status: os.stat_result, lines: list[str]) -> int:
    lines.append(f"{path}\0{walk.stamped(status)}\0")
    return status.st_mtime_ns
