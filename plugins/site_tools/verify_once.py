"""One build from nothing, on one core, as ``verify`` asks for it in JSON: the only argument."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
from pathlib import Path

from local_seo.build import build
from local_seo.request import Options, Request

if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    build(
        Request(
            content=Path(asked["content"]),
            output=Path(asked["output"]),
            theme=Path(asked["theme"]),
            settings=Path(asked["settings"]),
            options=Options(origin=asked["origin"], today=dt.date.fromisoformat(asked["today"])),
        )
    )
