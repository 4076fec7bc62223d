"""One package on its way to one target: compared, sent in an order in which nothing breaks, confirmed, kept."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local_seo import urls
from local_seo.build import MARKER
from local_seo.read.output import rendered
from local_seo.request import Refused

from .. import diff
from ..headers import headers
from . import ledgers, live, lock, manifest, package, plan
from .history import History, Kept, is_same
from .manifest import INTENTION, MANIFEST, Manifest
from .package import Pass
from .settings import Step

if TYPE_CHECKING:
    from collections.abc import Sequence

    from local_seo.model.ledgers import Addresses, Revisions

    from .package import File, Package
    from .plan import Plan
    from .settings import Settings
    from .targets import Target

_SENDING: Final = {
    Pass.HASHED: Step.SEND_HASHED_ASSETS,
    Pass.OTHER: Step.SEND_OTHER_FILES,
    Pass.PAGES: Step.SEND_PAGES,
    Pass.LISTS: Step.SEND_SITEMAP_AND_FEEDS,
}
_WAIT_S: Final = {"github-pages": 600.0}  # GitHub takes minutes to show a push
_WAIT_ELSEWHERE_S: Final = 120.0
# Hosts that read `_headers`; elsewhere headers are the business of whoever runs the server.
_SENDS_HEADERS: Final = frozenset({"cloudflare", "netlify"})
_LISTED_MOST: Final = 8
_SEARCH: Final = "search/index.html"  # it has a policy of its own, and ten other pages are enough


class Risky(Refused):
    """The publish would change what can cost visitors, and nobody has said that this is meant."""


class Release:
    """One package on its way to one target."""

    plan: Plan

    def __init__(self, settings: Settings, target: Target, base: str, build: str, addresses: Addresses | None) -> None:
        self._settings = settings
        self._target = target
        self._base = base
        self._build = build
        self._addresses = addresses
        self._led_on = {urls.save_as(old) for old in addresses.redirects} if addresses else set()
        self._hidden: set[str] = set()  # pages that were kept from search engines before they changed or went
        self._history = History(settings.request.content)
        self._today = dt.datetime.now(dt.UTC).date()
        self._package: Package = {}
        self._manifest: Manifest | None = None
        self._sent: Manifest | None = None
        for each in (target.store, target.deployer):
            if each:
                each.before = settings.before

    def run(self, files: Package, dated: Revisions, *, accept: bool, known: Sequence[str]) -> None:
        """Compare, and send what differs; with ``dry_run`` only compare."""
        self._package = files
        if self._target.store:
            self._run_store(dated, known, accept=accept)
        else:
            self._run_deployer(dated, known, accept=accept)

    def confirm(self) -> None:
        """Wait until visitors see this publish, and say where they see something else than was built."""
        settings, sent = self._settings, self._sent
        settings.announce(Step.CONFIRM)
        wait = settings.wait_s if settings.wait_s is not None else _WAIT_S.get(self._target.kind, _WAIT_ELSEWHERE_S)
        pages = [name for name in self._package if name.endswith(".html") and name not in {"404.html", _SEARCH}]
        names = live.looked_at((name for name in pages if name not in self._led_on), self.plan.changed)
        names += [name for name in (MARKER, "robots.txt") if name in self._package]
        expected = live.Expected(
            manifest=sent.to_json() if sent else b"",
            files={name: self._package[name].at.read_bytes() for name in names},
            headers=headers(https=True) if self._target.kind in _SENDS_HEADERS else {},
        )
        if not self.plan.idle:
            settings.say(f"Waiting for {self._base}/ to show it")
        if not live.confirmed(self._base, expected, wait_s=wait, pause=settings.pause):
            raise Refused(
                f"everything is sent to {self._target.name}, but {self._base}/ does not show it yet, so that nothing"
                " was written down or announced - does the address lead there, and does a cache hold the old site?"
                " When it shows it, run publish again: nothing is sent twice"
            )
        for words in live.differences(self._base, expected):
            settings.say(f"Note: {words} - the host does this, not the build; see docs/publishing.md")
        if self._target.store and not self.plan.idle:
            unsent = live.unsent(self._base, headers(https=True))
            if unsent:
                words = f"{self._base}/ is served without {', '.join(unsent)}"
                settings.say(f"Note: {words} - docs/publishing.md says how a server sends them")

    def may_tell(self, url: str) -> bool:
        """Return whether search engines may hear of an address: they may list its page, or might before it went."""
        path = urls.save_as(url)
        page = self._package.get(path) if path not in self._led_on else None
        return not _is_hidden(page.at) if page else path not in self._hidden

    def _run_store(self, dated: Revisions, known: Sequence[str], *, accept: bool) -> None:
        store, settings = self._target.store, self._settings
        assert store  # noqa: S101 - the caller looked
        settings.announce(Step.COMPARE)
        stored = store.list()
        at_first = store.read(MANIFEST) if MANIFEST in stored else b""
        self._manifest = manifest.read(at_first)
        intention = manifest.read(store.read(INTENTION)) if INTENTION in stored else None
        self.plan = plan.for_store(self._package, stored, self._manifest, intention, self._today)
        if self.plan.idle:
            self._nothing_to_do(dated)
            return
        with tempfile.TemporaryDirectory() as scratch:
            self._judge([*stored, *known], Path(scratch), accept=accept)
            if settings.dry_run:
                return
            settings.announce(Step.LOCK)
            held = lock.There(store)
            with held.held() as names:
                at_second = store.read(MANIFEST) if MANIFEST in names else b""
                if at_second != at_first or (INTENTION in names) != (INTENTION in stored):
                    raise Refused("somebody else published while this publish compared - publish again")
                self._keep(Path(scratch), [*stored, *known])
                upcoming = self._next()
                store.write(INTENTION, replace(upcoming, doubtful=self.plan.doubtful).to_json())
                for turn, step in _SENDING.items():
                    settings.announce(step)
                    self._send([batch for batch in self.plan.send if batch[0].turn is turn])
                self._see_that_all_is_there(held)
                settings.announce(Step.DELETE)
                if gone := sum(map(len, self.plan.delete)):
                    settings.say(f"Delete: {count(gone, 'file')}")
                for paths in self.plan.delete:
                    store.delete(paths)
                settings.announce(Step.RECORD)
                store.write(MANIFEST, upcoming.to_json())
                store.delete([INTENTION])
                self._record(upcoming, dated)

    def _run_deployer(self, dated: Revisions, known: Sequence[str], *, accept: bool) -> None:
        deployer, settings = self._target.deployer, self._settings
        assert deployer  # noqa: S101 - the caller looked
        settings.announce(Step.COMPARE)
        self._manifest = manifest.read(deployer.manifest())
        left = self._old_assets()
        kept = self._history.of(self._manifest)
        shown = kept.files if kept else deployer.listed()
        paths = tuple(dict.fromkeys([*self._package, *known, *shown]))
        self.plan = plan.for_deployer(self._package, self._manifest, left, paths)
        if self.plan.idle:
            self._nothing_to_do(dated)
            return
        with tempfile.TemporaryDirectory() as scratch:
            self._judge(paths, Path(scratch), accept=accept)
            if settings.dry_run:
                return
            self._keep(Path(scratch), paths)
            upcoming = self._next()
            (settings.stage / MANIFEST).write_bytes(upcoming.to_json())
            settings.announce(Step.SEND_PAGES)
            settings.say(f"Sending the site to {self._target.name}: {count(len(self._package), 'file')}")
            deployer.deploy(settings.stage)
            settings.announce(Step.RECORD)
            self._record(upcoming, dated)

    def _nothing_to_do(self, dated: Revisions) -> None:
        self._sent = self._manifest
        self._settings.say("Nothing has changed since the last publish; nothing is sent")
        known = self._settings.preview or self._history.of(self._manifest)
        if self._manifest and not known and not self._settings.dry_run:
            self._record(self._manifest, dated)

    def _judge(self, paths: Sequence[str], scratch: Path, *, accept: bool) -> None:
        """Bring what is replaced here, say what changes, and stop where that can cost visitors."""
        settings = self._settings
        old = self._replaced(paths, scratch)
        self._hidden = {path for path, at in old.items() if path.endswith(".html") and _is_hidden(at)}
        known = self._manifest.files if self._manifest else {}
        unseen = [path for path in self.plan.changed if manifest.key(path) in known and path not in old]
        if unseen:
            settings.say(
                f"Note: {count(len(unseen), 'page')} cannot be compared, such as {unseen[0]}:"
                " what lies there is not what was sent"
            )
        before = {path: old[path].read_bytes() for path in (*self.plan.changed, "robots.txt") if path in old}
        before |= dict.fromkeys(self.plan.removed, b"")
        after = {
            path: self._package[path].at.read_bytes()
            for path in (*self.plan.changed, *(["robots.txt"] if "robots.txt" in old else []))
            if path in self._package and path not in self._led_on and path not in unseen
        }
        changes = diff.compare(
            before,
            after,
            redirects=self._addresses.redirects if self._addresses else {},
            gone=self._addresses.gone if self._addresses else (),
            pages=sum(1 for path in self._package if path.endswith(".html")),
        )
        if self._manifest is None:
            settings.say(f"The first publish to {self._target.name}: {count(len(self._package), 'file')}")
        elif self._addresses is not None:
            settings.say(diff.text(changes).rstrip("\n"))
        if settings.dry_run:
            self._say_files()
        if settings.preview or accept:
            return
        risky = sum(change.risk is diff.Risk.RISKY for change in changes)
        if self._manifest is None and self.plan.foreign:
            self._strangers()
        if self._manifest and risky:
            words = f"{count(risky, 'change')} above can cost visitors"
            if settings.dry_run:
                settings.say(f"{words}: publishing it will need --accept")
                return
            raise Risky(f"{words}, and nothing was sent - if it is what you want: invoke publish --accept")

    def _strangers(self) -> None:
        foreign = self.plan.foreign
        there = count(len(foreign), "file")
        words = f"{self._target.name} holds {there} that publish did not put there, such as {foreign[0]}"
        if self._settings.dry_run:
            self._settings.say(f"{words}: the first publish will need --accept")
            return
        raise Risky(
            f"{words}; of the same name they would be replaced, others left alone - is it the right place?"
            " Then: invoke publish --accept"
        )

    def _say_files(self) -> None:
        """Print every file that would be written or deleted."""
        known = self._manifest.files if self._manifest else {}
        files = list(chain.from_iterable(self.plan.send))
        gone = [*chain.from_iterable(self.plan.delete), *(self.plan.removed if self._target.deployer else ())]
        for file in files:
            self._settings.say(f"  {'change' if manifest.key(file.path) in known else 'add   '} {file.path}")
        for path in gone:
            self._settings.say(f"  delete {path}")
        for path in self.plan.foreign[:_LISTED_MOST]:
            self._settings.say(f"  leave  {path} (not ours)")
        self._settings.say(
            f"A publish would send {count(len(files), 'file')} ({_size(files)})"
            f" to {self._target.name} and delete {len(gone)}; this was a dry run, and nothing was sent"
        )

    def _replaced(self, paths: Sequence[str], scratch: Path) -> dict[str, Path]:
        """Return where the files lie that this publish changes or deletes, as they were published, by path."""
        if not self._manifest:
            return {}
        touched = {}
        for path in dict.fromkeys(paths):
            known = self._manifest.files.get(manifest.key(path))
            file = self._package.get(path)
            if known and path != MANIFEST and (file is None or file.sha256 != known.sha256):
                touched[path] = known.sha256
        missing = [path for path, sha256 in touched.items() if not self._history.file(sha256)]
        holder = self._target.store or self._target.deployer
        if missing and holder:
            holder.fetch(missing, scratch)
        found = {}
        for path, sha256 in touched.items():
            kept = self._history.file(sha256)
            if kept or is_same(scratch / path, sha256):
                found[path] = kept or scratch / path
        return found

    def _keep(self, scratch: Path, paths: Sequence[str]) -> None:
        """Keep what is replaced, so that it can be brought back from this machine."""
        if self._manifest and not self._settings.preview:
            brought = {
                entry.sha256: scratch / path
                for path in dict.fromkeys(paths)
                if (entry := self._manifest.files.get(manifest.key(path))) and is_same(scratch / path, entry.sha256)
            }
            self._history.keep_files(brought)
            self._history.adopt(self._manifest, dict.fromkeys(paths), self._package)

    def _next(self) -> Manifest:
        last = self._manifest.number if self._manifest else max(self._numbers(), default=0)
        return Manifest(
            number=last + 1,
            build=self._build,
            files={manifest.key(path): manifest.entry(file) for path, file in self._package.items()},
            left=self.plan.left,
        )

    def _numbers(self) -> list[int]:
        return [] if self._settings.preview else self._history.numbers()

    def _send(self, batches: Sequence[Sequence[File]]) -> None:
        """Send batches of one pass, each when the one before it is there."""
        store, settings = self._target.store, self._settings
        assert store  # noqa: S101 - the caller looked
        if files := list(chain.from_iterable(batches)):
            settings.say(f"{str(_SENDING[files[0].turn]).capitalize()}: {count(len(files), 'file')} ({_size(files)})")
        for batch in batches:
            store.send(batch, settings.stage)

    def _see_that_all_is_there(self, held: lock.There) -> None:
        """Look whether everything arrived, before anything old is deleted; send again what did not."""
        store = self._target.store
        assert store  # noqa: S101 - the caller looked
        for again in (True, False):
            stored = held.listed()
            if not held.is_among(stored):
                raise Refused(
                    f"this publish stood still for so long that another one took over {store.name} - publish again"
                )
            wrong = [f for f in self._package.values() if f.path not in stored or not stored[f.path].may_be(f)]
            if not wrong:
                return
            if again:
                for turn in Pass:
                    self._send([files] if (files := [file for file in wrong if file.turn is turn]) else [])
        raise Refused(
            f"{self._target.name} did not keep {wrong[0].path} as it was sent - is it full? Then publish again"
        )

    def _record(self, upcoming: Manifest, dated: Revisions) -> None:
        self._sent = upcoming
        if self._settings.preview:
            return
        files = {path: file.sha256 for path, file in self._package.items() if path != MANIFEST}
        self._history.keep_files({file.sha256: file.at for path, file in self._package.items() if path != MANIFEST})
        self._history.keep(
            Kept(
                number=upcoming.number,
                build=upcoming.build,
                when=dt.datetime.now(dt.UTC).isoformat(timespec="minutes"),
                files=files,
                revisions=ledgers.revisions_text(replace(dated, announce=())),
            )
        )

    def _old_assets(self) -> dict[str, dt.date]:
        """Put assets that no page uses any more into the folder while they have their grace; return ``plan.left``."""
        kept = self._history.of(self._manifest)
        if not kept or not self._manifest:
            return {}
        left = {}
        for path, sha256 in kept.files.items():
            name, at = manifest.key(path), self._history.file(sha256)
            if path in self._package or not at or not plan.has_grace(self._manifest, path):
                continue
            since = self._manifest.left.get(name, self._today)
            if self._today - since < plan.GRACE:
                left[name] = since
                package.link(at, self._settings.stage / path)
        self._package = package.described(self._settings.stage)
        return left


def count(number: int, one: str, many: str = "") -> str:
    """Return how many there are, in words."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _size(files: Sequence[File]) -> str:
    size = package.total(files)
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"  # noqa: PLR2004 - a million


def _is_hidden(page: Path) -> bool:
    return any("noindex" in said for said in rendered(page.read_bytes()).meta("robots"))
