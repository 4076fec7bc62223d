"""``invoke``, but a build waits before it reads its files back, as long as there is a file with the name in ``HELD``.

So a test can see what is shown while the site is built, however fast or slow the machine is.
"""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

from invoke.main import program

from local_seo import build

if TYPE_CHECKING:
    from collections.abc import Mapping

    from local_seo.compose import Composed
    from local_seo.model.built import Built
    from local_seo.tree import Made
    from local_seo.workers import Memory

_HELD = Path(os.environ["HELD"])
_read_back = build._read_back


def _waiting(
    composed: Composed, folder: Path, found: Mapping[str, os.stat_result], made: Mapping[str, Made], memory: Memory
) -> Built:
    while _HELD.exists():
        time.sleep(0.005)
    return _read_back(composed, folder, found, made, memory)


build._read_back = _waiting
program.run()
