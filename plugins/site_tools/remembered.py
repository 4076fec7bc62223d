"""Which content folder the commands mean, as ``start`` noted it."""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Final

from local_seo.request import WrongValue

_NOTE: Final = "site.toml"


def remember(folder: Path, engine: Path) -> None:
    """Note in ``site.toml`` which content folder the commands mean; the file is not tracked."""
    path = os.path.relpath(folder.resolve(), engine)
    text = f"# The content folder of this checkout; written by `invoke start`.\ncontent = {json.dumps(path)}\n"
    (engine / _NOTE).write_text(text, encoding="utf-8")


def remembered(engine: Path) -> Path | None:
    """Return the content folder that ``start`` noted, if it did.

    Raises:
        WrongValue: the note cannot be read.
    """
    note = engine / _NOTE
    if not note.is_file():
        return None
    try:
        content: Path = (engine / tomllib.loads(note.read_text(encoding="utf-8"))["content"]).resolve()
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as failure:
        raise WrongValue(f'{_NOTE} cannot be read: {failure} - write content = "the/folder"') from None
    here = Path.cwd()
    return content.relative_to(here) if content.is_relative_to(here) else content
