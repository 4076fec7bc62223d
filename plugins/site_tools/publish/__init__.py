"""From content to a site that visitors see: built, checked, sent in a safe order, confirmed, written down, announced.

Whatever breaks off in between, the live site is whole, and the next ``publish`` goes on from there.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local_seo import checks, report, urls
from local_seo.build import MARKER, Refused, Request, WrongValue
from local_seo.build import build as build_site
from local_seo.errors import Severity, SourceError
from local_seo.read import ledgers as reading
from local_seo.reader import facts_of
from local_seo.typed import Typist
from local_seo.typography import smarten

from .. import diff
from ..headers import headers
from . import hosts, indexnow, ledgers, live, lock, manifest, package, plan, targets
from .history import History, Kept
from .manifest import INTENTION, MANIFEST, Manifest
from .package import Pass

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from local_seo.model.built import Built
    from local_seo.model.ledgers import Addresses, Revisions
    from local_seo.model.practice import Facts

    from .package import File, Package
    from .plan import Plan
    from .targets import Target

# The steps of a publish, in order. Each is announced before it starts; a test can stop at every one.
STEPS: Final = (
    "build",
    "check",
    "package",
    "compare",
    "lock",
    "send hashed assets",
    "send other files",
    "send pages",
    "send sitemap and feeds",
    "delete",
    "record",
    "confirm",
    "write the ledgers",
    "announce",
)
_SENDING: Final = {
    Pass.HASHED: STEPS.index("send hashed assets"),
    Pass.OTHER: STEPS.index("send other files"),
    Pass.PAGES: STEPS.index("send pages"),
    Pass.LISTS: STEPS.index("send sitemap and feeds"),
}
_WAIT_S: Final = {"github-pages": 600.0}  # GitHub takes minutes to show a push
_WAIT_ELSEWHERE_S: Final = 120.0
# Hosts that read `_headers`; elsewhere headers are the business of whoever runs the server.
_SENDS_HEADERS: Final = frozenset({"cloudflare", "netlify"})
_LISTED_MOST: Final = 8
_SEARCH: Final = "search/index.html"  # it has a policy of its own, and ten other pages are enough


class Risky(Refused):
    """The publish would change what can cost visitors, and nobody has said that this is meant."""


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
        announce: called with number and name before each of ``STEPS``.
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
    announce: Callable[[int, str], None] = lambda _number, _step: None
    before: Callable[[str], None] = lambda _operation: None
    pause: Callable[[float], None] = field(default=time.sleep)

    def step(self, number: int) -> None:
        """Announce a step."""
        self.announce(number, STEPS[number])

    @property
    def stage(self) -> Path:
        """Return the folder from which files are sent."""
        output = self.request.output.absolute()
        return output.with_name(f"{output.name}.{'preview' if self.preview else 'publish'}")


def publish(settings: Settings) -> None:
    """Build the site and bring it to its target.

    Raises:
        SourceError: faults of the content, or findings of severity error; nothing was sent.
        WrongValue: ``[publish]`` does not say where to.
        Risky: what would change can cost visitors; nothing was sent.
        Refused: the target, the live site or another publish is in the way; the message says what to do.
    """
    facts = facts_of(settings.request.content)
    origin = settings.request.options.origin or facts.practice.url.rstrip("/")
    base = (settings.live or origin).rstrip("/")
    target = targets.target(facts.publish, settings.request.content, base, preview=settings.preview)
    with lock.here(settings.stage):
        settings.step(0)
        built, folder = _built(settings)
        settings.step(1)
        _checked(built, settings)
        settings.step(2)
        rules = _rules(built, target, settings)
        extra = hosts.HOSTS[target.kind](rules)
        key = _key(facts, settings)
        if key:
            extra[f"{key}.txt"] = key.encode()
        files = package.stage(folder, settings.stage, extra, siblings=target.wants_siblings, cache=settings.cache)
        hosts.check_files(target.kind, files)
        release = _Release(settings, target, base, _build_id(folder), built.addresses)
        dated = ledgers.revisions(built, announcing=bool(key))
        release.run(files, dated, accept=settings.accept, known=ledgers.page_paths(built.site.lock))
        if settings.dry_run:
            return
        if settings.preview:
            settings.say(f"The preview is at {target.name}; {_count(release.plan.pages, 'page')} changed")
            return
        release.confirm()
        settings.step(12)
        ledgers.write(settings.request.content, dated, ledgers.lock(built))
        settings.step(13)
        _announce(settings, dated, origin, key)
        settings.say(f"The site is live: {base}/; {_count(release.plan.pages, 'page')} changed")


def rollback(settings: Settings, to: int | None) -> None:
    """Bring an earlier publish back, every byte of it; without a number the one before.

    Raises:
        WrongValue: there is no such publish.
        Refused: as ``publish``.
    """
    content = settings.request.content
    facts = facts_of(content)
    origin = settings.request.options.origin or facts.practice.url.rstrip("/")
    base = (settings.live or origin).rstrip("/")
    target = targets.target(facts.publish, content, base, preview=False)
    history = History(content)
    with lock.here(settings.stage):
        settings.step(2)
        kept = _chosen(history, to, _number(target) if to is None and history.numbers() else 0)
        lost = history.restore(kept, settings.stage)
        if lost and target.store:
            target.store.fetch(lost, settings.stage)
        lost = [path for path in lost if not _is(settings.stage / path, kept.files[path])]
        if lost:
            raise Refused(
                f"{_count(len(lost), 'file')} of publish {kept.number}, such as {lost[0]}, cannot be found any more"
                " - take the earlier content from its git history and publish that"
            )
        files = package.described(settings.stage)
        settings.say(f"Publish {kept.number}{f' of {kept.when}' if kept.when else ''} comes back.")
        release = _Release(settings, target, base, kept.build, None)
        typist = Typist(smarten, facts.zone, loose=False)
        dated, _ = reading.revisions(kept.revisions, typist)
        release.run(files, dated, accept=True, known=list(kept.files))
        if settings.dry_run:
            return
        release.confirm()
        key = _key(facts, settings)
        settings.step(12)
        if kept.revisions:
            now, _ = reading.revisions(_text(content / reading.REVISIONS), typist)
            told = {url for url, each in dated.pages.items() if now.pages.get(url, each).hash != each.hash}
            told |= dated.pages.keys() ^ now.pages.keys()
            dated = replace(dated, announce=tuple(sorted(told)) if key else ())
            ledgers.write(content, dated)
            settings.step(13)
            _announce(settings, dated, origin, key)
        settings.say(f"The site is live: {base}/; it is publish {kept.number} again")
        settings.say("Your words were not touched: mend them before the next publish.")


class _Release:
    """One package on its way to one target."""

    plan: Plan

    def __init__(self, settings: Settings, target: Target, base: str, build: str, addresses: Addresses | None) -> None:
        self._settings = settings
        self._target = target
        self._base = base
        self._build = build
        self._addresses = addresses
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
        settings.step(11)
        wait = settings.wait_s if settings.wait_s is not None else _WAIT_S.get(self._target.kind, _WAIT_ELSEWHERE_S)
        pages = [name for name in self._package if name.endswith(".html") and name not in {"404.html", _SEARCH}]
        moved = self._addresses.redirects if self._addresses else {}
        led_on = {urls.save_as(old) for old in moved}
        names = live.looked_at((name for name in pages if name not in led_on), self.plan.changed)
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

    def _run_store(self, dated: Revisions, known: Sequence[str], *, accept: bool) -> None:
        store, settings = self._target.store, self._settings
        assert store  # noqa: S101 - the caller looked
        settings.step(3)
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
            settings.step(4)
            held = lock.There(store)
            with held.held():
                if MANIFEST in stored and store.read(MANIFEST) != at_first:
                    raise Refused("somebody else published while this publish compared - publish again")
                self._keep(Path(scratch), [*stored, *known])
                upcoming = self._next()
                doubtful = _doubtful(self._manifest, intention)
                store.write(INTENTION, replace(upcoming, doubtful=doubtful).to_json())
                for turn, number in _SENDING.items():
                    settings.step(number)
                    self._send(self.plan.of(turn), held)
                self._see_that_all_is_there(held)
                settings.step(9)
                if self.plan.delete:
                    settings.say(f"Delete: {_count(len(self.plan.delete), 'file')}")
                    store.delete(self.plan.delete)
                settings.step(10)
                store.write(MANIFEST, upcoming.to_json())
                store.delete([INTENTION])
                self._record(upcoming, dated)

    def _run_deployer(self, dated: Revisions, known: Sequence[str], *, accept: bool) -> None:
        deployer, settings = self._target.deployer, self._settings
        assert deployer  # noqa: S101 - the caller looked
        settings.step(3)
        self._manifest = manifest.read(deployer.manifest())
        self._carry_old_assets()
        kept = self._history.get(self._manifest.number) if self._manifest else None
        shown = kept.files if kept else deployer.listed()
        paths = tuple(dict.fromkeys([*self._package, *known, *shown]))
        self.plan = plan.for_deployer(self._package, self._manifest, paths, self._today)
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
            settings.step(_SENDING[Pass.PAGES])
            settings.say(f"Sending the site to {self._target.name}: {_count(len(self._package), 'file')}")
            deployer.deploy(settings.stage)
            settings.step(10)
            self._record(upcoming, dated)

    def _nothing_to_do(self, dated: Revisions) -> None:
        self._sent = self._manifest
        self._settings.say("Nothing has changed since the last publish; nothing is sent")
        known = self._manifest and (self._settings.preview or self._manifest.number in self._history.numbers())
        if self._manifest and not known and not self._settings.dry_run:
            self._record(self._manifest, dated)

    def _judge(self, paths: Sequence[str], scratch: Path, *, accept: bool) -> None:
        """Bring what is replaced here, say what changes, and stop where that can cost visitors."""
        settings = self._settings
        old = self._replaced(paths, scratch)
        redirects = self._addresses.redirects if self._addresses else {}
        led_on = {urls.save_as(url) for url in redirects}
        known = self._manifest.files if self._manifest else {}
        unseen = [path for path in self.plan.changed if manifest.key(path) in known and path not in old]
        if unseen:
            settings.say(
                f"Note: {_count(len(unseen), 'page')} cannot be compared, such as {unseen[0]}:"
                " what lies there is not what was sent"
            )
        before = {path: old[path].read_bytes() for path in (*self.plan.changed, "robots.txt") if path in old}
        before |= dict.fromkeys(self.plan.removed, b"")
        after = {
            path: self._package[path].at.read_bytes()
            for path in (*self.plan.changed, *(["robots.txt"] if "robots.txt" in old else []))
            if path in self._package and path not in led_on and path not in unseen
        }
        changes = diff.compare(
            before,
            after,
            redirects=redirects,
            gone=self._addresses.gone if self._addresses else (),
            pages=sum(1 for path in self._package if path.endswith(".html")),
        )
        if self._manifest is None:
            settings.say(f"The first publish to {self._target.name}: {_count(len(self._package), 'file')}")
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
            words = f"{_count(risky, 'change')} above can cost visitors"
            if settings.dry_run:
                settings.say(f"{words}: publishing it will need --accept")
                return
            raise Risky(f"{words}, and nothing was sent - if it is what you want: invoke publish --accept")

    def _strangers(self) -> None:
        foreign = self.plan.foreign
        there = _count(len(foreign), "file")
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
        for file in self.plan.send:
            self._settings.say(f"  {'change' if manifest.key(file.path) in known else 'add   '} {file.path}")
        for path in (*self.plan.delete, *(self.plan.removed if self._target.deployer else ())):
            self._settings.say(f"  delete {path}")
        for path in self.plan.foreign[:_LISTED_MOST]:
            self._settings.say(f"  leave  {path} (not ours)")
        self._settings.say(
            f"A publish would send {_count(len(self.plan.send), 'file')} ({_size(self.plan.send)})"
            f" to {self._target.name} and delete {len(self.plan.delete)}; this was a dry run, and nothing was sent"
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
            if kept or _is(scratch / path, sha256):
                found[path] = kept or scratch / path
        return found

    def _keep(self, scratch: Path, paths: Sequence[str]) -> None:
        """Keep what is replaced, so that it can be brought back from this machine."""
        if self._manifest and not self._settings.preview:
            brought = {
                entry.sha256: scratch / path
                for path in dict.fromkeys(paths)
                if (entry := self._manifest.files.get(manifest.key(path))) and _is(scratch / path, entry.sha256)
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

    def _send(self, files: tuple[File, ...], held: lock.There) -> None:
        store, settings = self._target.store, self._settings
        if files and store:
            words = STEPS[_SENDING[files[0].turn]].capitalize()
            settings.say(f"{words}: {_count(len(files), 'file')} ({_size(files)})")
            held.renew()
            store.send(files, settings.stage)

    def _see_that_all_is_there(self, held: lock.There) -> None:
        """Look whether everything arrived, before anything old is deleted; send again what did not."""
        store = self._target.store
        for again in (True, False):
            stored = store.list() if store else {}
            wrong = [f for f in self._package.values() if f.path not in stored or not stored[f.path].may_be(f)]
            if not wrong:
                return
            if again:
                for turn in Pass:
                    self._send(tuple(file for file in wrong if file.turn is turn), held)
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

    def _carry_old_assets(self) -> None:
        """Put assets that no page uses any more into the folder while they have their grace."""
        kept = self._history.get(self._manifest.number) if self._manifest else None
        if not kept or not self._manifest:
            return
        for path, sha256 in kept.files.items():
            known = self._manifest.files.get(manifest.key(path))
            if path in self._package or not known or not known.served.endswith(package.IMMUTABLE):
                continue
            at = self._history.file(sha256)
            since = self._manifest.left.get(manifest.key(path), self._today)
            if at and self._today - since < plan.GRACE:
                package.link(at, self._settings.stage / path)
        self._package = package.described(self._settings.stage)


def _built(settings: Settings) -> tuple[Built, Path]:
    request = settings.request
    if settings.preview:
        output = request.output.absolute()
        options = replace(request.options, preview=True, noindex=True)
        request = replace(request, output=output.with_name(f"{output.name}.drafts"), options=options)
    built = build_site(request)
    pages = sum(1 for name in built.rendered if name != "404.html")
    settings.say(f"Built {_count(pages, 'page')}")
    return built, request.output


def _checked(built: Built, settings: Settings) -> None:
    if settings.preview:
        return
    found = checks.run(built, settings.request.options.memory)
    bad = [finding for finding in found if finding.severity is Severity.ERROR]
    if bad:
        raise SourceError(bad)
    if found:
        settings.say(f"{report.counts(found)} - `invoke check` says what and where")


def _rules(built: Built, target: Target, settings: Settings) -> hosts.Rules:
    served = {f"/{path}".removesuffix("index.html") for path in built.paths}
    moved = built.addresses.redirects
    said = built.site.facts.publish
    folder = settings.request.output if not settings.preview else _drafts(settings)
    assets = {path: package.is_hashed(path, (folder / path).read_bytes()) for path in _assets(built)}
    return hosts.Rules(
        origin=built.site.origin,
        redirects=moved,
        gone=frozenset(built.addresses.gone - moved.keys() - served),
        status=said.redirect_status if said else 301,
        hashed=hosts.kept_for_ever(assets) if target.deployer else (),
        noindex=settings.preview,
    )


def _drafts(settings: Settings) -> Path:
    output = settings.request.output.absolute()
    return output.with_name(f"{output.name}.drafts")


def _assets(built: Built) -> list[str]:
    return [path for path in sorted(built.paths) if not path.endswith((".html", ".xml", ".json", ".txt"))]


def _key(facts: Facts, settings: Settings) -> str:
    return (facts.publish.indexnow_key or "") if facts.publish and not settings.preview else ""


def _announce(settings: Settings, dated: Revisions, origin: str, key: str) -> None:
    """Tell search engines what changed; what they were not told stays in the ledger."""
    if not key or not dated.announce or not settings.announcing:
        return
    content = settings.request.content
    for outcome in indexnow.announce(dated.announce, origin, key, settings.endpoint, settings.pause):
        if outcome.fate is not indexnow.Fate.LATER:
            dated = ledgers.announced(content, dated, outcome.addresses)
        told = f"IndexNow knows of {_count(len(outcome.addresses), 'address', 'addresses')}"
        settings.say(outcome.words or told)


def _number(target: Target) -> int:
    """Return the number of the publish that a target shows; 0 for none."""
    if target.store:
        found = manifest.read(target.store.read(MANIFEST)) if MANIFEST in target.store.list() else None
    else:
        found = manifest.read(target.deployer.manifest()) if target.deployer else None
    return found.number if found else 0


def _chosen(history: History, to: int | None, live_now: int) -> Kept:
    numbers = history.numbers()
    if not numbers:
        raise WrongValue("this machine remembers no publish, so that there is nothing to bring back")
    before = [number for number in numbers if number < (live_now or numbers[0])]
    if to is None and not before:
        raise WrongValue(f"there is one publish only, {numbers[0]}, and it is live - nothing to bring back")
    kept = history.get(before[0] if to is None else to)
    if kept is None:
        lines = "".join(f"\n  --to {n}  {each.when}" for n in numbers if (each := history.get(n)))
        raise WrongValue(f"there is no publish {to} on this machine; there are:{lines}")
    return kept


def _doubtful(known: Manifest | None, intention: Manifest | None) -> frozenset[str]:
    if intention is None:
        return frozenset()
    before = known.files if known else {}
    differing = {k for k in {*before, *intention.files} if before.get(k) != intention.files.get(k)}
    return frozenset(differing | intention.doubtful)


def _build_id(folder: Path) -> str:
    return str(json.loads((folder / MARKER).read_text(encoding="utf-8"))["build"])


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def _size(files: Sequence[File]) -> str:
    size = package.total(files)
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{size / 1000:.0f} kB"  # noqa: PLR2004 - a million
