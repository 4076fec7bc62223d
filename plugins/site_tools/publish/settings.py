"""What a publish is asked for, and the steps that it takes."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

from . import indexnow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from local_seo.request import Request


class Step(IntEnum):
    """The steps of a publish, in order. Each is announced before it starts; a test can stop at every one."""

    BUILD = 0
    CHECK = 1
    PACKAGE = 2
    COMPARE = 3
    LOCK = 4
    SEND_HASHED_ASSETS = 5
    SEND_OTHER_FILES = 6
    SEND_PAGES = 7
    SEND_SITEMAP_AND_FEEDS = 8
    DELETE = 9
    RECORD = 10
    CONFIRM = 11
    WRITE_THE_LEDGERS = 12
    ANNOUNCE = 13

    def __str__(self) -> str:
        """Return it in words."""
        return self.name.lower().replace("_", " ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What is asked for.

    Attributes:
        request: the build; its output is where the site is built.
        cache: where compressed forms are kept.
        accept: whether risky changes are meant.
        dry_run: say what would change, and change nothing.
        preview: the copy for colleagues, with drafts, kept from search engines.
        live: the origin at which visitors reach the site now; empty is that of the build.
        wait_s: how long the live site may take to show the publish; None is the host's usual time.
        endpoint: where IndexNow is told.
        announcing: whether it is told.
        say: prints a line for whoever waits.
        announce: called before each step.
        before: called before each operation at the target, with what it is.
        pause: waits for some seconds.
    """

    request: Request
    cache: Path
    accept: bool = False
    dry_run: bool = False
    preview: bool = False
    live: str = ""
    wait_s: float | None = None
    endpoint: str = indexnow.ENDPOINT
    announcing: bool = True
    say: Callable[[str], None] = print
    announce: Callable[[Step], None] = lambda _step: None
    before: Callable[[str], None] = lambda _operation: None
    pause: Callable[[float], None] = field(default=time.sleep)

    @property
    def built(self) -> Path:
        """Return the folder in which the site is built; that of a preview has drafts."""
        output = self.request.output
        return output.with_name(f"{output.absolute().name}.drafts") if self.preview else output

    @property
    def stage(self) -> Path:
        """Return the folder from which files are sent."""
        output = self.request.output.absolute()
        return output.with_name(f"{output.name}.{'preview' if self.preview else 'publish'}")
