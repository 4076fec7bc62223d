"""One measured build, as ``invoke build`` does it: content, output, cache and day are the arguments.

It stands outside of ``bench``, which imports much that a build with nothing to do goes without.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from local_seo.cache import Kept
from local_seo.request import Options, Request
from site_tools import commands

if __name__ == "__main__":
    content, output, cache, day = sys.argv[1:]
    options = Options(today=dt.date.fromisoformat(day), cache=Path(cache), memory=Kept(Path(cache)))
    engine = commands.ENGINE
    commands.make(
        Request(
            content=Path(content),
            output=Path(output),
            theme=engine / "theme",
            # As the engine's own, but for where share cards are kept.
            settings=Path(cache).parent / "pelicanconf.py",
            pictures=Path(cache).with_name("pictures"),
            spare=Path(cache) / "spare",
            options=options,
        )
    )
