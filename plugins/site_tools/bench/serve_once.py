"""One measured server, as ``invoke serve`` starts it: content, cache and day are the arguments."""

from __future__ import annotations

import contextlib
import datetime as dt
import sys
from pathlib import Path

from local_seo.cache import Kept
from local_seo.request import Options, Request
from site_tools import commands, preview

_PORT = "8900"

if __name__ == "__main__":
    content, cache, day = sys.argv[1:]
    engine = commands.ENGINE
    request = Request(
        content=Path(content),
        theme=engine / "theme",
        settings=engine / "pelicanconf.py",
        pictures=Path(cache) / "pictures",
        options=Options(today=dt.date.fromisoformat(day), cache=Path(cache), memory=Kept(Path(cache))),
    )
    with contextlib.suppress(KeyboardInterrupt):
        preview.serve(request, port=_PORT, show=False)
