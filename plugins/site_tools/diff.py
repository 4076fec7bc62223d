"""What two builds differ in for a search engine, graded by risk."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING, Any, Final
from urllib.robotparser import RobotFileParser

from local_seo import urls
from local_seo.read.output import rendered
from local_seo.text import quoted

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from local_seo.model.built import Rendered

# Choices of ours: a change of so many titles at once is one of the theme or the settings, not of a text.
_TITLES_MANY: Final = 5
_TITLES_SHARE: Final = 0.2
_WORDS_SHARE: Final = 0.5  # of a page's words that go or come
_SHOWN_MOST: Final = 5  # examples of one kind of change
_SHOWN_LONGEST: Final = 70
_SEARCH_ENGINES: Final = ("Googlebot", "Bingbot")


class Risk(IntEnum):
    """How much a change can cost: ``RISKY`` ones are published with ``--accept`` only."""

    RISKY = 0
    NOTABLE = 1
    SMALL = 2


_HEADINGS: Final = {
    Risk.RISKY: "Risky: these can cost visitors",
    Risk.NOTABLE: "To be noticed in search results",
    Risk.SMALL: "Small",
}


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One difference.

    Attributes:
        risk: how much it can cost.
        kind: what changed, in words, the same for every page: ``title``, ``address gone`` ...
        url: the site address; ``/robots.txt`` for that file.
        before, after: plain text; empty where there is nothing to say.
    """

    risk: Risk
    kind: str
    url: str
    before: str = ""
    after: str = ""

    def __str__(self) -> str:
        """Return the address and what stood and stands there."""
        if not self.before and not self.after:
            return self.url
        parts = (quoted(_short(text)) if text else "nothing" for text in (self.before, self.after))
        return f"{self.url}: {' -> '.join(parts)}"


def compare(
    old: Mapping[str, bytes],
    new: Mapping[str, bytes],
    *,
    redirects: Mapping[str, str],
    gone: Collection[str] = (),
    pages: int = 0,
) -> tuple[Change, ...]:
    """Return the differences between two builds, the riskiest first.

    Args:
        old: HTML files and ``robots.txt`` by output path; a page that did not change may be
            left out of both.
        new: as ``old``.
        redirects: of the new build, from old address to new.
        gone: addresses that are given up on purpose.
        pages: how many the new build has; 0 = all are in ``new``.
    """
    found: list[Change] = []
    differing = {
        name: (_page(old.get(name)), _page(new.get(name)))
        for name in sorted({*old, *new})
        if name.endswith(".html") and old.get(name) != new.get(name)
    }
    for name, (before, after) in differing.items():
        url = f"/{name.removesuffix('index.html')}"
        if before and after:
            found += _between(url, before, after)
        elif before and not after:
            found += _without(url, redirects, gone)
        elif after:
            found.append(Change(Risk.SMALL, "new page", url, "", "".join(after.titles[:1])))
    titles = [change for change in found if change.kind == "title"]
    every = pages or sum(1 for name in new if name.endswith(".html"))
    if len(titles) >= _TITLES_MANY and len(titles) >= every * _TITLES_SHARE:
        found = [c for c in found if c.kind != "title"]
        found += [Change(Risk.RISKY, "title, on many pages at once", c.url, c.before, c.after) for c in titles]
    if "robots.txt" in old or "robots.txt" in new:
        found += _robots(old.get("robots.txt", b""), new.get("robots.txt", b""), differing)
    return tuple(sorted(found))


def folder(path: Path) -> dict[str, bytes]:
    """Return the files of a built site that ``compare`` asks for."""
    found = (file for file in sorted(path.rglob("*")) if file.is_file())
    return {
        name: file.read_bytes()
        for file in found
        if (name := file.relative_to(path).as_posix()).endswith(".html") or name == "robots.txt"
    }


def redirects_of(path: Path) -> dict[str, str]:
    """Return the redirects that a built folder has in ``_redirects``, if any."""
    try:
        rows = [line.split() for line in (path / "_redirects").read_text(encoding="utf-8").splitlines()]
    except OSError:
        return {}
    return {row[0]: row[1] for row in rows if len(row) > 1}


def text(changes: Sequence[Change]) -> str:
    """Return changes in words, grouped by risk and kind; a few examples of each."""
    if not changes:
        return "nothing that a search engine would notice\n"
    lines: list[str] = []
    for risk in Risk:
        kinds: dict[str, list[Change]] = defaultdict(list)
        for change in changes:
            if change.risk is risk:
                kinds[change.kind].append(change)
        if kinds:
            lines += [*([""] if lines else []), f"{_HEADINGS[risk]}:"]
        for kind, group in kinds.items():
            lines.append(f"  {kind} ({len(group)})")
            lines += [f"    {change}" for change in group[:_SHOWN_MOST]]
            if len(group) > _SHOWN_MOST:
                lines.append(f"    and {len(group) - _SHOWN_MOST} more")
    return "".join(f"{line}\n" for line in lines)


def as_json(changes: Sequence[Change]) -> str:
    """Return changes as a list of objects with ``risk``, ``kind``, ``url``, ``before``, ``after``."""
    rows = [
        {"risk": c.risk.name.lower(), "kind": c.kind, "url": c.url, "before": c.before, "after": c.after}
        for c in changes
    ]
    return f"{json.dumps(rows, ensure_ascii=False, indent=2)}\n"


def _page(data: bytes | None) -> Rendered | None:
    return None if data is None else rendered(data)


def _without(url: str, redirects: Mapping[str, str], gone: Collection[str]) -> Iterator[Change]:
    if url in redirects:
        yield Change(Risk.SMALL, "address redirected", url, "", redirects[url])
    elif url in gone:
        yield Change(Risk.NOTABLE, "address given up", url)
    else:
        yield Change(Risk.RISKY, "address gone", url)


def _between(url: str, before: Rendered, after: Rendered) -> Iterator[Change]:
    """Yield what changed on one page."""
    hidden_before, hidden_after = (any("noindex" in c for c in p.meta("robots")) for p in (before, after))
    if hidden_after and not hidden_before:
        yield Change(Risk.RISKY, "hidden from search engines (noindex)", url)
    elif hidden_before and not hidden_after:
        yield Change(Risk.NOTABLE, "open to search engines now", url)
    yield from _changed(url, "robots", before, after, hidden_before != hidden_after)
    canonical = [next((h for rel, h in p.links if rel == "canonical"), "") for p in (before, after)]
    if canonical[0] != canonical[1]:
        same_host = urls.split(canonical[0]).netloc == urls.split(canonical[1]).netloc
        kind = "canonical address" if same_host and canonical[1] else "canonical address on another host"
        risk = Risk.NOTABLE if same_host and canonical[1] else Risk.RISKY
        yield Change(risk, kind if canonical[1] else "canonical address missing", url, *canonical)
    for kind, (was, now) in {
        "title": (" ".join(before.titles), " ".join(after.titles)),
        "description": (" ".join(before.meta("description")), " ".join(after.meta("description"))),
    }.items():
        if was != now:
            yield Change(Risk.NOTABLE if now else Risk.RISKY, kind, url, was, now)
    yield from _types(url, before, after)
    heads = [[text for level, text in p.headings if level == 1] for p in (before, after)]
    if heads[0] != heads[1]:
        risk = Risk.NOTABLE if heads[1] else Risk.RISKY
        yield Change(risk, "main heading", url, " ".join(heads[0]), " ".join(heads[1]))
    inner = [[f"h{level} {text}" for level, text in p.headings if level > 1] for p in (before, after)]
    yield from _counted(url, "headings", inner[0], inner[1])
    yield from _counted(url, "links", [h for h, _ in before.anchors], [h for h, _ in after.anchors])
    yield from _words(url, before, after)


def _changed(url: str, name: str, before: Rendered, after: Rendered, told: bool) -> Iterator[Change]:  # noqa: FBT001
    was, now = (", ".join(page.meta(name)) for page in (before, after))
    if was != now and not told:
        yield Change(Risk.NOTABLE, f"{name} directives", url, was, now)


def _types(url: str, before: Rendered, after: Rendered) -> Iterator[Change]:
    was, now = (sorted(set(_type_names(page))) for page in (before, after))
    if was != now:
        lost = set(was) - set(now)
        kind = "structured data, a type is gone" if lost else "structured data, a new type"
        yield Change(Risk.RISKY if lost else Risk.NOTABLE, kind, url, ", ".join(was), ", ".join(now))


def _type_names(page: Rendered) -> Iterator[str]:
    for block in page.structured_data:
        try:
            yield from _types_in(json.loads(block))
        except (ValueError, RecursionError):
            yield "unreadable"


def _types_in(value: Any) -> Iterator[str]:  # noqa: ANN401 - whatever the JSON holds
    if isinstance(value, dict):
        named = value.get("@type", [])
        yield from [named] if isinstance(named, str) else [name for name in named if isinstance(name, str)]
        for inner in value.values():
            yield from _types_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _types_in(inner)


def _counted(url: str, kind: str, was: Collection[str], now: Collection[str]) -> Iterator[Change]:
    lost, come = Counter(was) - Counter(now), Counter(now) - Counter(was)
    if lost or come:
        yield Change(Risk.SMALL, kind, url, _listed(lost), _listed(come))


def _listed(counted: Counter[str]) -> str:
    names = list(counted)
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""  # noqa: PLR2004 - two are shown
    return f"{', '.join(names[:2])}{more}"


def _words(url: str, before: Rendered, after: Rendered) -> Iterator[Change]:
    was, now = (len(page.main.split()) for page in (before, after))
    if before.main != after.main:
        much = abs(now - was) > max(was, 1) * _WORDS_SHARE
        yield Change(Risk.NOTABLE if much else Risk.SMALL, "words", url, f"{was} words", f"{now} words")


def _robots(old: bytes, new: bytes, pages: Mapping[str, object]) -> Iterator[Change]:
    if old == new:
        return
    shut = [bot for bot in _SEARCH_ENGINES if _may(old, bot, pages) and not _may(new, bot, pages)]
    if shut:
        yield Change(Risk.RISKY, "robots.txt shuts search engines out", "/robots.txt", "", ", ".join(shut))
    else:
        yield Change(Risk.NOTABLE, "robots.txt", "/robots.txt", _last_lines(old, new), _last_lines(new, old))


def _may(robots: bytes, bot: str, pages: Mapping[str, object]) -> bool:
    parser = RobotFileParser()
    parser.parse(robots.decode("utf-8", "replace").splitlines())
    return all(parser.can_fetch(bot, f"/{name.removesuffix('index.html')}") for name in ("index.html", *pages))


def _last_lines(data: bytes, other: bytes) -> str:
    lines = data.decode("utf-8", "replace").splitlines()
    known = set(other.decode("utf-8", "replace").splitlines())
    return ", ".join(line for line in lines if line and line not in known)


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN_LONGEST else f"{text[: _SHOWN_LONGEST - 3]}..."
