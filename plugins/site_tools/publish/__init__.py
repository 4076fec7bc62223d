"""From content to a site that visitors see: built, checked, sent in a safe order, confirmed, written down, announced.

Whatever breaks off in between, the live site is whole, and the next ``publish`` goes on from there.
"""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from local_seo import checks, report
from local_seo.build import MARKER
from local_seo.build import build as build_site
from local_seo.errors import Severity, SourceError
from local_seo.read import ledgers as reading
from local_seo.reader import facts_of
from local_seo.request import Refused, WrongValue
from local_seo.typed import Typist
from local_seo.typography import smarten

from . import hosts, indexnow, ledgers, lock, manifest, package, targets
from .history import History, is_same
from .manifest import MANIFEST
from .release import Release, Risky, count
from .settings import Settings, Step

if TYPE_CHECKING:
    from pathlib import Path

    from local_seo.model.built import Built
    from local_seo.model.ledgers import Revisions
    from local_seo.model.practice import Facts

    from .history import Kept
    from .targets import Target

__all__ = ["Risky", "Settings", "Step", "publish", "rollback"]


def publish(settings: Settings) -> None:
    """Build the site and bring it to its target.

    Raises:
        SourceError: faults of the content, or findings of severity error; nothing was sent.
        WrongValue: ``[publish]`` does not say where to.
        Risky: what would change can cost visitors; nothing was sent.
        Refused: the target, the live site or another publish is in the way; the message says what to do.
    """
    content = settings.request.content
    facts = facts_of(content)
    origin, base = _origins(settings, facts)
    with (
        closing(targets.target(facts.publish, content, base, preview=settings.preview)) as target,
        lock.here(settings.stage),
    ):
        settings.announce(Step.BUILD)
        built = _built(settings)
        settings.announce(Step.CHECK)
        _checked(built, settings)
        settings.announce(Step.PACKAGE)
        rules = _rules(built, target, settings)
        extra = hosts.HOSTS[target.kind](rules)
        key = _key(facts, settings)
        if key:
            extra[f"{key}.txt"] = key.encode()
        files = package.stage(
            settings.built, settings.stage, extra, siblings=target.wants_siblings, cache=settings.cache
        )
        hosts.check_files(target.kind, files)
        release = Release(settings, target, base, _build_id(settings.built), built.addresses)
        dated = ledgers.revisions(built, announcing=bool(key))
        release.run(files, dated, accept=settings.accept, known=ledgers.page_paths(built.site.lock))
        if settings.dry_run:
            return
        if settings.preview:
            settings.say(f"The preview is at {target.name}; {count(release.plan.pages, 'page')} changed")
            return
        release.confirm()
        dated = replace(dated, announce=tuple(filter(release.may_tell, dated.announce)))
        settings.announce(Step.WRITE_THE_LEDGERS)
        ledgers.write(content, dated, ledgers.lock(built))
        settings.announce(Step.ANNOUNCE)
        _announce(settings, dated, origin, key)
        settings.say(f"The site is live: {base}/; {count(release.plan.pages, 'page')} changed")


def rollback(settings: Settings, to: int | None) -> None:
    """Bring an earlier publish back, every byte of it; without a number the one before.

    Raises:
        WrongValue: there is no such publish.
        Refused: as ``publish``.
    """
    content = settings.request.content
    facts = facts_of(content)
    origin, base = _origins(settings, facts)
    history = History(content)
    with (
        closing(targets.target(facts.publish, content, base, preview=False)) as target,
        lock.here(settings.stage),
    ):
        settings.announce(Step.PACKAGE)
        kept = _chosen(history, to, _number(target) if to is None and history.numbers() else 0)
        lost = history.restore(kept, settings.stage)
        if lost and target.store:
            target.store.fetch(lost, settings.stage)
        lost = [path for path in lost if not is_same(settings.stage / path, kept.files[path])]
        if lost:
            raise Refused(
                f"{count(len(lost), 'file')} of publish {kept.number}, such as {lost[0]}, cannot be found any more"
                " - take the earlier content from its git history and publish that"
            )
        files = package.described(settings.stage)
        settings.say(f"Publish {kept.number}{f' of {kept.when}' if kept.when else ''} comes back.")
        release = Release(settings, target, base, kept.build, None)
        typist = Typist(smarten, facts.zone, loose=False)
        dated, _ = reading.revisions(kept.revisions, typist)
        release.run(files, dated, accept=True, known=list(kept.files))
        if settings.dry_run:
            return
        release.confirm()
        key = _key(facts, settings)
        settings.announce(Step.WRITE_THE_LEDGERS)
        if kept.revisions:
            now, _ = reading.revisions(_text(content / reading.REVISIONS), typist)
            told = {url for url, each in dated.pages.items() if now.pages.get(url, each).hash != each.hash}
            told |= dated.pages.keys() ^ now.pages.keys()
            dated = replace(dated, announce=tuple(sorted(filter(release.may_tell, told))) if key else ())
            ledgers.write(content, dated)
            settings.announce(Step.ANNOUNCE)
            _announce(settings, dated, origin, key)
        settings.say(f"The site is live: {base}/; it is publish {kept.number} again")
        settings.say("Your words were not touched: mend them before the next publish.")


def _origins(settings: Settings, facts: Facts) -> tuple[str, str]:
    """Return the origin that the site names as its own, and the one at which visitors reach it now."""
    origin = settings.request.options.origin or facts.practice.url.rstrip("/")
    return origin, (settings.live or origin).rstrip("/")


def _built(settings: Settings) -> Built:
    request = replace(settings.request, output=settings.built)
    if settings.preview:
        request = replace(request, options=replace(request.options, preview=True, noindex=True))
    built = build_site(request)
    pages = sum(1 for name in built.rendered if name != "404.html")
    settings.say(f"Built {count(pages, 'page')}")
    return built


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
    assets = {path: package.is_hashed(path, (settings.built / path).read_bytes()) for path in _assets(built)}
    return hosts.Rules(
        origin=built.site.origin,
        redirects=moved,
        gone=frozenset(built.addresses.gone - moved.keys() - served),
        status=said.redirect_status if said else 301,
        hashed=hosts.kept_for_ever(assets) if target.deployer else (),
        noindex=settings.preview,
    )


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
        told = f"IndexNow knows of {count(len(outcome.addresses), 'address', 'addresses')}"
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


def _build_id(folder: Path) -> str:
    return str(json.loads((folder / MARKER).read_text(encoding="utf-8"))["build"])


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
