"""The pages of one build, in memory: what their panels say, and a first look at what is saved after it."""

from __future__ import annotations

import contextlib
from collections import ChainMap
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final, cast

from local_seo import compose, urls
from local_seo.build import reader
from local_seo.enrich import images
from local_seo.errors import SourceError
from local_seo.model.page import PageKind
from local_seo.model.view import View
from local_seo.read.output import rendered
from local_seo.reader import document

from .notes import notes
from .panel import desk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from markupsafe import Markup

    from local_seo.compose import Composed
    from local_seo.errors import Finding
    from local_seo.model.built import Built, Rendered
    from local_seo.model.document import Document
    from local_seo.model.view import AnyView, Frame
    from local_seo.request import Request

    from .live import Note

    Printer = Callable[[AnyView, Frame], bytes]

# What may change in front matter and changes nothing but words: it names nothing, moves nothing, hides nothing.
_WORDS: Final = ("title", "summary", "image_alt", "image_caption", "image_credit")
# More files at once than somebody can have written come from elsewhere, and a build shows them nearly as soon.
_FILES_MOST: Final = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A first look at what was saved.

    Attributes:
        pages: the files, by output path.
        notes: of those pages that are not published or not listed, by output path.
        findings: what is wrong with the saved files, paths relative to the content folder; then there are no pages.
    """

    pages: Mapping[str, bytes] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()


class Pages:
    """What one build made, and what was saved since."""

    def __init__(self, request: Request, composed: Composed, built: Built, printed: Printer) -> None:
        """Keep what is needed; ``printed`` returns the file of a view, as the build does."""
        self._folder = request.content.absolute()
        self._composed = composed
        self._printed = printed
        self._reader = reader(request, composed.site)
        self._desk = desk(built, request.output, request.content.as_posix())
        self._findings: Sequence[Finding] | None = None
        self._seen: dict[str, bytes] = {}

    def warm(self) -> Iterator[None]:
        """Print a page of each kind, so that the templates are compiled when somebody waits for one; articles first."""
        kinds = {view.kind: view for view in self._composed.views.values() if isinstance(view, View)}
        for view in sorted(kinds.values(), key=lambda view: (view.kind is not PageKind.ARTICLE, view.kind)):
            with contextlib.suppress(Exception):  # somebody writes a template just now, and the next build says so
                self._printed(view, self._composed.frame)
            yield

    def look(self, paths: Sequence[str]) -> Look | None:
        """Return the pages of files that were saved since the build, or what is wrong with these files.

        None when more may follow from them than their own pages in other words, so that only a build can show it.

        Args:
            paths: every file that was saved since, relative to the content folder.
        """
        try:
            texts = {path: (self._folder / path).read_bytes() for path in paths}
        except OSError:
            return None  # gone
        new = [path for path in paths if texts[path] != self._seen.get(path)]
        if len(new) > _FILES_MOST:
            return None
        found: list[Document] = []
        bad: list[Finding] = []
        for path in new:
            before = self._composed.site.by_path.get(path)
            if before is None:
                return None
            now, faults = document(self._reader, self._folder / path, self._composed.site.facts)
            bad += faults
            if now and not _differ_in_words_alone(before, now):
                return None
            found += [now] if now else []
        if bad:
            return Look(findings=tuple(bad))
        if not self._has_pictures_of(found):
            return None
        try:
            files = self._again(found)
        except SourceError as failure:
            return Look(findings=tuple(failure.findings))
        self._seen = texts
        return Look(
            pages=files, notes={name: note for name, note in notes(self._composed.site).items() if name in files}
        )

    def closed(self, name: str) -> Markup:
        """Return the panel of a page as the page comes with it."""
        return self._desk.closed(name, self._findings)

    def whole(self, name: str, data: bytes) -> Markup:
        """Return the panel of a page, whose file is ``data``, with everything in it."""
        return self._desk.whole(name, data, self._findings)

    def checked(self, findings: Sequence[Finding]) -> None:
        """Take what the checks found in these pages, paths as they are shown."""
        self._findings = findings

    def _has_pictures_of(self, documents: Iterable[Document]) -> bool:
        """Return whether the build has made every picture that some documents name."""
        named = images.wanted(replace(self._composed.site, documents=tuple(documents)))
        made = self._pictures
        return all(path in made and parts <= made[path] for path, parts in named.items())

    @cached_property
    def _pictures(self) -> Mapping[str, frozenset[str]]:
        return images.wanted(self._composed.site)

    def _again(self, changed: Sequence[Document]) -> Mapping[str, bytes]:
        """Compose the pages of changed documents, and return their files by output path.

        Raises:
            SourceError: links that lead nowhere.
        """
        self._composed = now = compose.again(self._composed, changed)
        own = [now.site.by_source[document.path] for document in changed if document.path in now.site.by_source]
        names = [urls.save_as(page.url) for page in own]
        files = {name: self._printed(now.views[name], now.frame) for name in names}
        # The others are parsed when somebody looks at them.
        others = cast("dict[str, Rendered]", self._desk.rendered)
        read = ChainMap({name: rendered(data) for name, data in files.items()}, others)
        self._desk = replace(self._desk, site=now.site, views=now.views, rendered=read)
        self._findings = None
        return files


def _differ_in_words_alone(before: Document, now: Document) -> bool:
    as_before = {name: getattr(before.front, name) for name in _WORDS}
    return now.slug == before.slug and replace(now.front, **as_before) == before.front
