"""The Pelican plugin: our reader, our generator of all pages, our writer."""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from jinja2.runtime import Macro
from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from . import assets, cache, cards, compose, digests, pictures, workers
from .enrich import images
from .errors import SourceError
from .model.view import FeedView, LlmsView, RobotsView, SitemapView, View
from .reader import StrictReader, card_colours, content
from .request import PICTURES, Options
from .tree import Made, Upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from jinja2.environment import TemplateModule
    from pelican.readers import Readers

    from .compose import Composed
    from .model.view import AnyView, Frame
    from .tree import Tree

_TEMPLATES = {FeedView: "feed.xml", SitemapView: "sitemap.xml", RobotsView: "robots.txt", LlmsView: "llms.txt"}


def register() -> None:
    """Connect to Pelican; it calls this for each name in ``PLUGINS``."""
    signals.readers_init.connect(_add_reader)
    signals.get_generators.connect(_get_generators)
    signals.get_writer.connect(_get_writer)


def _add_reader(readers: Readers) -> None:
    for ending in StrictReader.file_extensions:
        readers.reader_classes[ending] = StrictReader


def _get_generators(_: object) -> type[SiteGenerator]:
    return SiteGenerator


def _get_writer(_: object) -> type[SiteWriter]:
    return SiteWriter


class _Framed:
    """A macro of what stands around every page. It sees what it is given and no more, so it prints the same once."""

    def __init__(self, macro: Macro) -> None:
        self._macro = macro
        self._site: Frame | None = None
        self._printed: dict[tuple[object, ...], str] = {}

    def __call__(self, site: Frame, *given: str, **named: str) -> str:
        if site is not self._site:  # that of another build
            self._site, self._printed = site, {}
        key = (given, *sorted(named.items()))
        if key not in self._printed:
            self._printed[key] = self._macro(site, *given, **named)
        return self._printed[key]


class _Template(Template):
    """A template whose macros print once what is the same on every page: those that are given ``site`` first."""

    def make_module(self, *args: Any, **kwargs: Any) -> TemplateModule:  # noqa: ANN401 - as the library has it
        module = super().make_module(*args, **kwargs)
        for name, macro in tuple(vars(module).items()):
            if isinstance(macro, Macro) and "site" in macro.arguments[:1]:
                setattr(module, name, _Framed(macro))
        return module


def environment(themes: Sequence[Path], *, lasting: bool = False) -> Environment:
    """Return the templates of the themes, later themes first, made strict.

    An unknown name stops the build, every value is escaped. Pelican's own filters and fallback theme are left out, and
    so are Jinja's global functions: templates print and never decide.

    Args:
        themes: folders, the engine's first.
        lasting: whether it is in use while somebody changes the templates, so that each is looked at again.
    """
    found = Environment(
        loader=FileSystemLoader([str(theme / "templates") for theme in reversed(themes)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=lasting,
        cache_size=-1,  # all of them
    )
    found.template_class = _Template
    found.globals.clear()
    return found


def printed(templates: Environment, view: AnyView, frame: Frame) -> bytes:
    """Return the file of a view; its template sees the view and the frame, and nothing else."""
    return _template(templates, view).render({"view": view, "site": frame}).encode()


def _template(templates: Environment, view: AnyView) -> Template:
    name = f"{view.kind.value}.html" if isinstance(view, View) else _TEMPLATES[type(view)]
    return templates.get_template(name)


class SiteGenerator(Generator):
    """Reads all content, composes every page, prints each with its template.

    It stands beside Pelican's own generators, which find nothing: ``ARTICLE_PATHS`` and ``PAGE_PATHS`` are empty,
    since articles need a model that cannot be half filled. Files of the content's own ``theme/`` stand in for the
    theme's, one by one.
    """

    composed: Composed
    made: pictures.Made

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Take the templates of the theme and of the content's own."""
        super().__init__(*args, **kwargs)
        self.themes = (Path(self.theme), Path(self.path) / "theme")
        self.env = environment(self.themes)

    def generate_context(self) -> None:
        """Read and compose.

        Raises:
            SourceError: every fault of the content.
        """
        options: Options = self.settings.get("LOCAL_SEO") or Options(origin=self.settings["SITEURL"] or None)
        found, bad = content(cast("StrictReader", self.readers.readers["md"]), Path(self.path), self.themes, options)
        if found:
            store = Path(self.settings.get("LOCAL_SEO_PICTURES") or PICTURES)
            self.made = pictures.made(found.images, images.wanted(found), Path(self.path), store, quick=options.preview)
            bad += self.made.findings
            found = replace(found, images={**found.images, **self.made.images})
            try:
                self.composed = compose.views(found, options.memory)
            except SourceError as failure:
                bad += failure.findings
        if bad or not found:
            raise SourceError(bad)

    def generate_output(self, writer: SiteWriter) -> None:
        """Print every view, and copy what the pages use."""
        views = self.composed.views
        for save_as in views:
            writer.claim(save_as)
        around = self._around()
        made_from = {save_as: digests.digest(around, digests.of(view).encode()) for save_as, view in views.items()}
        for save_as in views:
            if earlier := writer.linked(save_as, made_from[save_as]):
                writer.files[save_as] = earlier
        fresh = [(view, made_from[save_as]) for save_as, view in views.items() if save_as not in writer.files]
        for view, _ in fresh:
            _template(self.env, view)  # compiled once, before the work is spread
        made = workers.spread(partial(self._print, writer), fresh)
        writer.files.update(zip((view.save_as for view, _ in fresh), made, strict=True))
        for save_as, data in self._copied():
            writer.claim(save_as)
            writer.files[save_as] = writer.write_bytes(save_as, data)
        self._write_named(writer, [(url, path.read_bytes) for url, path in sorted(self.made.files.items())])
        self._write_named(writer, self._cards())

    def _around(self) -> bytes:
        """Return what decides the bytes of a page beside its view: the frame, the templates, the engine."""
        frame = digests.encoded(self.composed.frame)
        templates = assets.layered(self.themes, "templates")
        sources = (part for name, path in templates.items() for part in (name.encode(), path.read_bytes()))
        return digests.digest(cache.edition().encode(), frame, *sources).encode()

    def _print(self, writer: SiteWriter, item: tuple[AnyView, str]) -> Made:
        """Render a view to its file."""
        view, made_from = item
        whole = replace(view)  # what is late in it is read once
        return writer.write_bytes(view.save_as, printed(self.env, whole, self.composed.frame), made_from)

    def _copied(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files that are no pages: styles, the script, the theme's pictures, extra files."""
        root = Path(self.path)
        for style in assets.stylesheets(self.themes, self.composed.site.facts.theme).values():
            yield style.url.lstrip("/"), style.data
        script = assets.script(self.themes)
        yield script.url.lstrip("/"), script.data
        for name, path in assets.layered(self.themes, "static").items():
            yield f"theme/{name}", path.read_bytes()
        for path in assets.files(root / "extra"):
            yield path.relative_to(root / "extra").as_posix(), path.read_bytes()

    def _cards(self) -> list[tuple[str, Callable[[], bytes]]]:
        """Return the share cards that pages name, to be drawn; two pages of one title have one."""
        site = self.composed.site
        named = {view.head.image.url for view in self.composed.views.values() if isinstance(view, View)}
        kept = Path(self.settings["CACHE_PATH"]) / "cards"
        colours = card_colours(self.themes, site.facts)
        found = ((title, site.card(title)) for title in dict.fromkeys(page.title for page in site.pages))
        return [
            (card.url, partial(cards.card, title, site.facts.practice.name, colours, kept / Path(card.url).name))
            for title, card in found
            if card and site.absolute(card.url) in named
        ]

    def _write_named(self, writer: SiteWriter, wanted: list[tuple[str, Callable[[], bytes]]]) -> None:
        """Write files whose addresses say all that they are made of: what stands there already is not made again."""

        def written(item: tuple[str, Callable[[], bytes]]) -> Made:
            url, data = item
            name = url.lstrip("/")
            return writer.linked(name, url) or writer.write_bytes(name, data(), url)

        names = [url.lstrip("/") for url, _ in wanted]
        for name in names:
            writer.claim(name)
        writer.files.update(zip(names, workers.spread(written, wanted), strict=True))


class SiteWriter(Writer):
    """Writes files below the output folder; one that did not change is a link to the earlier build's.

    Attributes:
        files: what was written, by path in the folder.
    """

    def __init__(self, output_path: str, settings: Mapping[str, Any]) -> None:
        """Remember where the earlier build lies, if there is one."""
        super().__init__(output_path, settings)
        self._earlier: Tree | None = settings.get("LOCAL_SEO_EARLIER")
        self._upcoming: Upcoming = settings.get("LOCAL_SEO_UPCOMING") or Upcoming(Path(output_path))
        self.files: dict[str, Made] = {}
        self._claimed: set[str] = set()

    def claim(self, name: str) -> None:
        """Take a name for one file and make its folder.

        Raises:
            ValueError: the name leads out of the output folder, or was taken before.
        """
        inside = name and os.path.normpath(name) == name and not name.startswith(("..", "/"))
        if not inside or name in self._claimed:
            message = f"{name} leads out of the output folder, or stands there already"
            raise ValueError(message)
        self._claimed.add(name)
        self._upcoming.claim(name)

    def linked(self, name: str, made_from: str) -> Made | None:
        """Take over a file of the earlier build that was made from the same, and return it; its name was claimed."""
        made = self._earlier.made(name) if self._earlier else None
        if not self._earlier or made is None or made.made_from != made_from:
            return None
        return made if self._upcoming.link(self._earlier.at(name), name) else None

    def write_bytes(self, name: str, data: bytes, made_from: str = "") -> Made:
        """Write a file whose name was claimed."""
        new = Made(hashlib.sha256(data).hexdigest(), made_from)
        earlier = self._earlier.made(name) if self._earlier else None
        same = self._earlier and earlier and earlier.digest == new.digest
        if not (same and self._earlier and self._upcoming.link(self._earlier.at(name), name)):
            self._upcoming.write(name, data)
        return new
