"""Whether the site that stands is what a build from nothing makes: on one core, with other hashes and no cache."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local_seo.reader import facts_of
from local_seo.request import Refused

if TYPE_CHECKING:
    from local_seo.request import Request

# Python orders sets by hashes that differ from process to process; these are never the same twice.
_SEEDS: Final = ("1", "2")


def on_one_day(request: Request) -> Request:
    """Return the request with a day: two builds need the same one, though midnight may lie between them."""
    if request.options.today:
        return request
    day = dt.datetime.now(facts_of(request.content).zone).date()
    return replace(request, options=replace(request.options, today=day))


def differences(request: Request) -> list[str]:
    """Return the files of the output that differ from those of a build from nothing, as lines.

    Args:
        request: as it was built; with a day.

    Raises:
        Refused: the other build failed.
    """
    with tempfile.TemporaryDirectory() as scratch:
        there = Path(scratch) / "site"
        asked = {
            "content": str(request.content.absolute()),
            "theme": str(request.theme.absolute()),
            "settings": str(request.settings.absolute()),
            "output": str(there),
            "origin": request.options.origin,
            "today": str(request.options.today),
        }
        seed = next(seed for seed in _SEEDS if seed != os.environ.get("PYTHONHASHSEED"))
        done = subprocess.run(
            [sys.executable, "-m", "site_tools.verify_once", json.dumps(asked)],
            cwd=scratch,  # so that the caches of the practice are out of sight
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise Refused(f"the build to compare with failed: {done.stderr.strip()[-2000:]}")
        ours, others = _files(request.output), _files(there)
        lines = [
            f"{name} is not what a build from nothing makes"
            for name in sorted(ours.keys() & others.keys())
            if ours[name].read_bytes() != others[name].read_bytes()
        ]
        lines += [f"{name} would not be there" for name in sorted(ours.keys() - others.keys())]
        lines += [f"{name} is missing" for name in sorted(others.keys() - ours.keys())]
        return lines


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
