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
# The end of the name of a file that is being written; a publish that was killed leaves one.
PART: Final = ".publish.part"
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
        doubtful: of an intention: by ``key``, what earlier, interrupted publishes may have put there besides.
    """

    number: int
    build: str
    files: Mapping[str, Entry] = field(default_factory=dict)
    left: Mapping[str, dt.date] = field(default_factory=dict)
    doubtful: Mapping[str, frozenset[Entry]] = field(default_factory=dict)

    def knows(self, path: str) -> bool:
        """Return whether we put a file at this path."""
        return any(key(path) in known for known in (self.files, self.left, self.doubtful))

    def to_json(self) -> bytes:
        """Return the manifest as it is stored; the same manifest gives the same bytes."""
        value: dict[str, object] = {
            "format": _FORMAT,
            "number": self.number,
            "build": self.build,
            "files": {name: _row(each) for name, each in sorted(self.files.items())},
            "left": {name: day.isoformat() for name, day in sorted(self.left.items())},
        }
        if self.doubtful:
            value["doubtful"] = {name: sorted(map(_row, each)) for name, each in sorted(self.doubtful.items())}
        return f"{json.dumps(value, separators=(',', ':'))}\n".encode()


def key(path: str) -> str:
    """Return what stands for a path in a manifest."""
    return hashlib.sha256(path.encode()).hexdigest()[:_KEY_LENGTH]


def entry(file: File) -> Entry:
    """Return what a manifest says of a file."""
    return Entry(file.sha256, file.size, file.served)


def doubts(known: Manifest | None, intention: Manifest | None) -> dict[str, frozenset[Entry]]:
    """Return by ``key`` what may lie at a target besides what its manifest says.

    Args:
        known: the manifest, of the last finished publish.
        intention: of a later one that was interrupted; one that was not has the number of the manifest.
    """
    if intention is None or (known and intention.number <= known.number):
        return {}
    before = known.files if known else {}
    found = dict(intention.doubtful)
    for name, each in intention.files.items():
        found[name] = found.get(name, frozenset()) | {each}
    return {name: rest for name, each in found.items() if (rest := frozenset(e for e in each if e != before.get(name)))}


def _row(each: Entry) -> list[str | int]:
    return [each.sha256, each.size, each.served]


def _entry(row: tuple[object, object, object]) -> Entry:
    sha256, size, served = row
    return Entry(str(sha256), int(str(size)), str(served))


def read(data: bytes | None) -> Manifest | None:
    """Return a stored manifest; None where there is none, or none that this version reads."""
    try:
        value = json.loads(data or b"")
        if value["format"] != _FORMAT:
            return None
        return Manifest(
            number=int(value["number"]),
            build=str(value["build"]),
            files={str(name): _entry(row) for name, row in value["files"].items()},
            left={str(name): dt.date.fromisoformat(day) for name, day in value["left"].items()},
            doubtful={str(k): frozenset(map(_entry, rows)) for k, rows in value.get("doubtful", {}).items()},
        )
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
