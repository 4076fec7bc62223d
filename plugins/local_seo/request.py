"""What a build is asked for, and how it declines. To know this much, nothing else has to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from . import workers

if TYPE_CHECKING:
    import datetime as dt

    from .workers import Memory

# The cache of pictures, beside the tools' own and never in the output or the content.
PICTURES: Final = ".cache/pictures"


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a build is asked for beside the content.

    Attributes:
        origin: of all absolute addresses; None is the practice's own.
        today: the day of the build; None is today in the practice's zone.
        preview: whether drafts and embargoed articles are shown.
        cache: a folder for what may be kept from build to build; None keeps nothing.
        memory: of what earlier builds made of each file.
        noindex: whether search engines are asked to list no page at all.
    """

    origin: str | None = None
    today: dt.date | None = None
    preview: bool = False
    cache: Path | None = None
    memory: Memory = field(default_factory=workers.Forgetful)
    noindex: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to build. Paths may be relative.

    Attributes:
        settings: the Pelican settings file.
        pictures: their cache.
        spare: where the old site waits to be brought up to date as the one after the next, on the output's own file
            system; None where it is deleted.
    """

    content: Path = Path("content")
    output: Path = Path("output")
    theme: Path = Path("theme")
    settings: Path = Path("pelicanconf.py")
    pictures: Path = Path(PICTURES)
    spare: Path | None = None
    options: Options = field(default_factory=Options)


class Refused(Exception):  # noqa: N818 - it is no bug, but an answer to whoever asked
    """The build cannot start or finish for a reason outside the content; the message says what to do."""


class WrongValue(Refused):
    """What was asked for cannot be: a folder that is not there, or that is somebody else's."""
