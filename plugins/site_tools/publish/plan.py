"""What has to be done at a target so that it shows a package: pure, from what is known of both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from .manifest import INTENTION, LOCK_PREFIX, MANIFEST, Manifest, entry, key
from .package import IMMUTABLE, Pass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .package import File, Package
    from .stores import Stored

GRACE: Final = dt.timedelta(days=7)  # choice: for so long a page from somebody's cache finds its old assets


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a publish does.

    Attributes:
        send: files in the order of the passes.
        delete: paths, pages first.
        left: assets that no page uses any more and that stay for a while, as in ``Manifest.left``.
        foreign: paths of files that we did not put there; they are left alone.
        changed: output paths of pages that are new or not what they were.
        removed: output paths of pages that go.
        idle: whether nothing at all is to be written.
    """

    send: tuple[File, ...] = ()
    delete: tuple[str, ...] = ()
    left: Mapping[str, dt.date] = field(default_factory=dict)
    foreign: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    idle: bool = False

    def of(self, turn: Pass) -> tuple[File, ...]:
        """Return the files of one pass."""
        return tuple(file for file in self.send if file.turn is turn)

    @property
    def pages(self) -> int:
        """Return how many pages change, new ones and those that go included."""
        return len(self.changed) + len(self.removed)


def for_store(
    package: Package,
    stored: Mapping[str, Stored],
    manifest: Manifest | None,
    intention: Manifest | None,
    today: dt.date,
) -> Plan:
    """Return the plan for a target that holds single files.

    Args:
        package: what it is to show.
        stored: what lies there.
        manifest: of the last finished publish.
        intention: of one that was interrupted.
        today: the day, for the grace of old assets.
    """
    send = [f for f in package.values() if not _is_there(f, stored.get(f.path), manifest, intention)]
    send.sort(key=lambda file: (file.turn, file.path))
    delete, left = [], {}
    foreign = []
    for path in stored:
        if path in package or _is_ours(path):
            continue
        known = [each for each in (manifest, intention) if each and each.knows(path)]
        if not known:
            foreign.append(path)
        elif any(_is_immutable(each, path) for each in known):
            since = next((each.left[key(path)] for each in known if key(path) in each.left), today)
            if today - since < GRACE:
                left[key(path)] = since
            else:
                delete.append(path)
        else:
            delete.append(path)
    delete.sort(key=lambda path: (not _is_page(path), path))
    tidy = any(path == INTENTION or path.startswith(LOCK_PREFIX) for path in stored)
    same_left = manifest is not None and dict(manifest.left) == left
    return Plan(
        send=tuple(send),
        delete=tuple(delete),
        left=left,
        foreign=tuple(foreign),
        changed=_changed(package, manifest),
        removed=tuple(path for path in delete if path.endswith(".html")),
        idle=not send and not delete and not tidy and same_left,
    )


def for_deployer(package: Package, manifest: Manifest | None, known_paths: tuple[str, ...], today: dt.date) -> Plan:
    """Return the plan for a host that takes the whole folder: all of it, or nothing where nothing changed.

    ``package`` holds the old assets that stay for a while too; ``known_paths`` are those that may lie there now.
    """
    same = manifest is not None and manifest.files == {key(path): entry(file) for path, file in package.items()}
    removed = tuple(
        path
        for path in sorted(set(known_paths))
        if manifest and path.endswith(".html") and key(path) in manifest.files and path not in package
    )
    left = {name: since for name, since in (manifest.left.items() if manifest else ()) if today - since < GRACE}
    return Plan(
        send=() if same else tuple(package.values()),
        left=left,
        changed=_changed(package, manifest),
        removed=removed,
        idle=same,
    )


def _is_there(file: File, stored: Stored | None, manifest: Manifest | None, intention: Manifest | None) -> bool:
    """Return whether a file lies at the target already, served as it is to be.

    After a finished publish its manifest is believed as long as nothing speaks against it. After an interrupted one
    only the target's own hash of the bytes proves what was sent; where it has none, the file is sent again.
    """
    if stored is None or not stored.may_be(file):
        return False
    said = [manifest.files.get(key(file.path)) if manifest else None]
    doubtful = False
    if intention:
        said.append(intention.files.get(key(file.path)))
        doubtful = key(file.path) in intention.doubtful
    wanted = entry(file)
    if not doubtful and all(each == wanted for each in said):
        return True
    # The same bytes may lie there under other headers.
    ambiguous = any(each and each != wanted and each.sha256 == wanted.sha256 for each in said)
    return stored.is_proved(file) and wanted in said and not ambiguous and not (doubtful and not stored.hashes)


def _is_ours(path: str) -> bool:
    return path in {MANIFEST, INTENTION} or path.startswith(LOCK_PREFIX)


def _is_immutable(known: Manifest, path: str) -> bool:
    found = known.files.get(key(path))
    return key(path) in known.left or bool(found and found.served.endswith(IMMUTABLE))


def _is_page(path: str) -> bool:
    return path.endswith((".html", ".html.br", ".html.gz"))


def _changed(package: Package, manifest: Manifest | None) -> tuple[str, ...]:
    return tuple(
        path
        for path, file in sorted(package.items())
        if path.endswith(".html")
        and path != "404.html"
        and ((old := manifest.files.get(key(path)) if manifest else None) is None or old.sha256 != file.sha256)
    )
