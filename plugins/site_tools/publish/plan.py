"""What has to be done at a target so that it shows a package: pure, from what is known of both."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Final, TypeVar

from .manifest import INTENTION, LOCK_PREFIX, MANIFEST, PART, Entry, Manifest, doubts, entry, key
from .package import IMMUTABLE, Pass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from .package import File, Package
    from .stores import Stored

_T = TypeVar("_T")
_HOME: Final = "index.html"
GRACE: Final = dt.timedelta(days=7)  # choice: for so long a page from somebody's cache finds its old assets


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a publish does.

    Attributes:
        send: files, all of a batch before any of the next.
        delete: paths, in the same way.
        doubtful: as in ``Manifest.doubtful``, if this publish is interrupted as well.
        left: assets that no page uses any more and that stay for a while, as in ``Manifest.left``.
        foreign: paths of files that we did not put there; they are left alone.
        changed: output paths of pages that are new or not what they were.
        removed: output paths of pages that go.
        idle: whether nothing at all is to be written.
    """

    send: tuple[tuple[File, ...], ...] = ()
    delete: tuple[tuple[str, ...], ...] = ()
    doubtful: Mapping[str, frozenset[Entry]] = field(default_factory=dict)
    left: Mapping[str, dt.date] = field(default_factory=dict)
    foreign: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    idle: bool = False

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
    doubtful = doubts(manifest, intention)
    send = [f for _, f in sorted(package.items()) if not _is_there(f, stored.get(f.path), manifest, doubtful)]
    delete, left = [], {}
    foreign = []
    ours = [each for each in (manifest, intention) if each]
    for path in stored:
        if path in package or _is_ours(path):
            continue
        if path.endswith(PART):
            delete.append(path)
        elif not any(each.knows(path) for each in ours):
            foreign.append(path)
        elif any(has_grace(each, path) for each in ours):
            since = next((each.left[key(path)] for each in ours if key(path) in each.left), today)
            if today - since < GRACE:
                left[key(path)] = since
            else:
                delete.append(path)
        else:
            delete.append(path)
    tidy = any(path == INTENTION or path.startswith(LOCK_PREFIX) for path in stored)
    same_left = manifest is not None and dict(manifest.left) == left
    return Plan(
        # New pages stand before the home page and others that are known link to them.
        send=_batches(send, lambda f: (f.turn, f.turn is Pass.PAGES and (f.path in stored or f.path == _HOME))),
        delete=_batches(sorted(delete), lambda path: (not _is_page(path), False)),
        doubtful=doubtful,
        left=left,
        foreign=tuple(foreign),
        changed=_changed(package, manifest),
        removed=tuple(sorted(path for path in delete if path.endswith(".html"))),
        idle=not send and not delete and not tidy and same_left,
    )


def for_deployer(
    package: Package, manifest: Manifest | None, left: Mapping[str, dt.date], known_paths: Iterable[str]
) -> Plan:
    """Return the plan for a host that takes the whole folder: all of it, or nothing where nothing changed.

    Args:
        package: what it is to show; it holds the old assets that stay for a while too.
        manifest: of what is shown now.
        left: those old assets, as in ``Plan.left``.
        known_paths: what may lie there now.
    """
    same = manifest is not None and manifest.files == {key(path): entry(file) for path, file in package.items()}
    removed = tuple(
        path
        for path in sorted(set(known_paths))
        if manifest and path.endswith(".html") and key(path) in manifest.files and path not in package
    )
    return Plan(
        send=() if same else (tuple(package.values()),),
        left=left,
        changed=_changed(package, manifest),
        removed=removed,
        idle=same,
    )


def _batches(items: Iterable[_T], rank: Callable[[_T], tuple[int, bool]]) -> tuple[tuple[_T, ...], ...]:
    """Return items of one rank together, the lowest rank first."""
    return tuple(tuple(group) for _, group in groupby(sorted(items, key=rank), key=rank))


def _is_there(
    file: File, stored: Stored | None, manifest: Manifest | None, doubtful: Mapping[str, frozenset[Entry]]
) -> bool:
    """Return whether a file lies at the target already, served as it is to be.

    After a finished publish its manifest is believed as long as nothing speaks against it. Where interrupted ones may
    have put something else there, only the target's own hash of the bytes proves what it is; where it has none, or the
    same bytes may lie there under other headers, the file is sent again.
    """
    if stored is None or not stored.may_be(file):
        return False
    said = manifest.files.get(key(file.path)) if manifest else None
    wanted, others = entry(file), doubtful.get(key(file.path), frozenset())
    if said == wanted and not others:
        return True
    possible = {each for each in (said, *others) if each}
    proved = wanted in possible and stored.is_proved(file)
    return proved and not any(each != wanted and each.sha256 == wanted.sha256 for each in possible)


def _is_ours(path: str) -> bool:
    return path in {MANIFEST, INTENTION} or path.startswith(LOCK_PREFIX)


def has_grace(known: Manifest, path: str) -> bool:
    """Return whether a file that no page uses any more stays for a while: one without which an old page is unreadable.

    A picture goes at once: somebody may have asked for that.
    """
    found = {known.files.get(key(path)), *known.doubtful.get(key(path), ())}
    kept = (each and each.served.endswith(IMMUTABLE) and not each.served.startswith("image/") for each in found)
    return key(path) in known.left or any(kept)


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
