"""Each page judged by itself, on all cores, unless it is known from an earlier build what came of it.

What a check of one page may look at is what its outcome is remembered by: the view, the finished file, the file of the
content, and the surroundings, which are the same for all pages. It gets nothing else, so nothing else can matter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from ..digests import Unsaid, digest, encoded, of
from ..errors import Finding  # noqa: TC001 - msgspec reads the type of what is remembered
from ..model.ledgers import Addresses, Lock, Revisions
from ..model.view import FeedView, View
from ..workers import Item, Work
from ._evidence import Evidence, end, gathered, keep

if TYPE_CHECKING:
    from types import ModuleType

    from ..model.built import Built
    from ..workers import Memory
    from . import Rule


@dataclass(frozen=True, slots=True)
class Judged:
    """What came of a page: what the checks found there, and what the checks of the whole site ask of it."""

    findings: tuple[Finding, ...]
    evidence: Evidence


class Elsewhere(Exception):  # noqa: N818 - a slip of whoever writes a check
    """A check of one page looked at something that its outcome is not remembered by."""


class _Refused(Unsaid, Mapping[Any, Any]):
    """Stands for what a check of one page may not look at; ``own`` is what it may."""

    def __init__(self, own: Mapping[Any, Any] | None = None) -> None:
        self._own = own or {}

    def __getitem__(self, key: object) -> Any:  # noqa: ANN401 - as the mapping that it stands for
        if key in self._own:
            return self._own[key]
        message = f"a check of one page asked for {key!r}: that belongs into check_site"
        raise Elsewhere(message)

    def __contains__(self, key: object) -> bool:
        return bool(self[key])

    def __iter__(self) -> Iterator[Any]:
        message = "a check of one page asked for all of them: that belongs into check_site"
        raise Elsewhere(message)

    def __len__(self) -> int:
        return len(list(self))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as what it stands for
        message = f"a check of one page asked for its {name}: that belongs into check_site"
        raise Elsewhere(message)


_REFUSED: Final[Any] = _Refused()


def pages(built: Built, rules: Mapping[ModuleType, Rule], memory: Memory) -> list[Finding]:
    """Return what the checks of single pages find; and keep what ``_evidence.evidence`` returns of them."""
    checks = {module: rule for module, rule in rules.items() if hasattr(module, "check")}
    around = _surroundings(built)
    known = digest(
        encoded((around.site, around.frame, around.views, [(rule.id, rule.settings) for rule in checks.values()]))
    ).encode()
    views = [view for view in built.views.values() if isinstance(view, View)]
    items = [Item(view.save_as, _made_from(view, built, known), view) for view in views]
    work = Work("judged", Judged, partial(judged, built, around, checks))
    last = memory.last(work)
    results = memory.each(work, items)
    found = {view.save_as: each.evidence for view, each in zip(views, results, strict=True)}
    before = (each.evidence for name, (_, each) in last.items() if found.get(name) is not each.evidence)
    keep(built, found, memory, before)
    return [finding for each in results for finding in each.findings]


def finish(built: Built) -> None:
    """Keep what the checks of the whole site asked for, when all are done."""
    end(built)


def _surroundings(built: Built) -> Built:
    """Return what a check may know beside the page: what was typed once for all, and that there is a feed."""
    feeds = (view for view in built.views.values() if isinstance(view, FeedView))
    site = replace(
        built.site,
        cards=_REFUSED,
        documents=(),
        extra=frozenset(),
        icon=_REFUSED,
        images=_REFUSED,
        lines=_REFUSED,
        lock=Lock(),
        more_styles=_REFUSED,
        pages=(),
        revisions=Revisions(),
        script="",
        share_image=_REFUSED,
        stylesheet="",
        withheld=_REFUSED,
    )
    return replace(
        built,
        site=site,
        views={feed.save_as: replace(feed, entries=(), updated="") for feed in list(feeds)[:1]},
        files=_REFUSED,
        digests=_REFUSED,
        rendered=_REFUSED,
        paths=_REFUSED,
        sizes=_REFUSED,
        pictures=_REFUSED,
        addresses=Addresses(),
        hashes=_REFUSED,
    )


def judged(built: Built, around: Built, checks: Mapping[ModuleType, Rule], view: View) -> Judged:
    """Return what comes of a page of a build, by what surrounds it and the checks with their settings.

    Raises:
        Elsewhere: a check looked at something else.
    """
    page = built.rendered.get(view.save_as)
    document = built.site.by_path.get(view.source)
    alone = replace(
        around,
        site=replace(around.site, documents=(document,) if document else ()),
        views={**around.views, view.save_as: view},
        rendered=_Refused({view.save_as: page}),
    )
    found = (finding for module, rule in checks.items() for finding in module.check(view, alone, rule))
    return Judged(tuple(found), gathered(view, alone))


def _made_from(view: View, built: Built, around: bytes) -> str:
    """Return a digest of all that ``judged`` looks at; empty where a part of it is not known."""
    document = built.site.by_path.get(view.source)
    file = built.digests.get(view.save_as)
    if file is None or (document and not document.digest):
        return ""
    return digest(around, of(view).encode(), document.digest.encode() if document else b"", file.encode())
