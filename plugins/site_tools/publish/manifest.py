"""What lies at a target: one small file beside the site says which build it is, and the hash of every file of it.

Paths stand in it as hashes: whoever reads the file learns no address of a page that is served but listed nowhere.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .package import File

MANIFEST: Final = "publish.json"
# What a publish is about to make of the target; it stands there while the publish runs.
INTENTION: Final = "publish.next.json"
LOCK_PREFIX: Final = "publish.lock."
_FORMAT: Final = 1
_KEY_LENGTH: Final = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as it was sent: SHA-256 and size of its bytes, and how it is to be served (``File.served``)."""

    sha256: str
    size: int
    served: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """A finished publish.

    Attributes:
        number: of the publish; each has the next.
        build: the build id.
        files: by ``key`` of their path.
        left: files that no page uses any more, by ``key``, and the day on which that began. They stay for a while,
            since caches still hold pages that use them.
        doubtful: of an intention: ``key`` of files that an earlier, interrupted publish may have replaced.
    """

    number: int
    build: str
    files: Mapping[str, Entry] = field(default_factory=dict)
    left: Mapping[str, dt.date] = field(default_factory=dict)
    doubtful: frozenset[str] = frozenset()

    def knows(self, path: str) -> bool:
        """Return whether we put a file at this path."""
        return key(path) in self.files or key(path) in self.left

    def to_json(self) -> bytes:
        """Return the manifest as it is stored; the same manifest gives the same bytes."""
        value = {
            "format": _FORMAT,
            "number": self.number,
            "build": self.build,
            "files": {name: [e.sha256, e.size, e.served] for name, e in sorted(self.files.items())},
            "left": {name: day.isoformat() for name, day in sorted(self.left.items())},
            **({"doubtful": sorted(self.doubtful)} if self.doubtful else {}),
        }
        return f"{json.dumps(value, separators=(',', ':'))}\n".encode()


def key(path: str) -> str:
    """Return what stands for a path in a manifest."""
    return hashlib.sha256(path.encode()).hexdigest()[:_KEY_LENGTH]


def entry(file: File) -> Entry:
    """Return what a manifest says of a file."""
    return Entry(file.sha256, file.size, file.served)


def read(data: bytes | None) -> Manifest | None:
    """Return a stored manifest; None where there is none, or none that this version reads."""
    try:
        value = json.loads(data or b"")
        if value["format"] != _FORMAT:
            return None
        return Manifest(
            number=int(value["number"]),
            build=str(value["build"]),
            files={
                str(name): Entry(str(sha), int(size), str(tag)) for name, (sha, size, tag) in value["files"].items()
            },
            left={str(name): dt.date.fromisoformat(day) for name, day in value["left"].items()},
            doubtful=frozenset(map(str, value.get("doubtful", ()))),
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
