"""Files in, content out. With ``plugin`` and ``build`` the only place that knows Pelican, Markdown and Typogrify."""

from __future__ import annotations

import datetime as dt
import html
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from xml.etree.ElementTree import SubElement
from zoneinfo import ZoneInfo

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup
from pelican.readers import BaseReader

from . import assets, cards, digests, pictures, toml, urls, walk
from .errors import Finding, SourceError, error
from .markdown_steps import Shortcuts
from .model.body import Body
from .model.body import Element as Outlined
from .model.document import Document, FrontMatter, Kind, Source
from .model.site import Content, Withheld
from .read import content as written
from .read import data, front_matter, ledgers, markup, placeholders
from .read import words as catalogue
from .read.html import outline
from .text import is_language, joined, nearest, quoted, slugify
from .typed import Typist
from .typography import smarten, typeset
from .workers import Item, Parts, Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

    from .model.cta import CallToAction
    from .model.lines import KeyPath, Lines
    from .model.practice import Facts
    from .model.site import Image
    from .model.words import Words
    from .request import Options
    from .workers import Memory

_MARKDOWN_SUFFIX = ".md"
# Python-Markdown's own steps: words within blocks have 20, attributes in braces 8, indenting 10.
_AFTER_INLINE = 5
_FOLDERS = frozenset({*(kind.value for kind in Kind), "ctas", "images", "extra", "theme"})
_FILES = frozenset({"practice.toml", "revisions.json", "addresses.lock"})


class _Figures(Treeprocessor):
    """Make a picture that stands alone in its paragraph a figure, its title the caption."""

    def run(self, root: Element) -> None:
        for parent in root.iter():
            for paragraph in parent.findall("p"):
                inner = list(paragraph)
                alone = len(inner) == 1 and not (paragraph.text or "").strip() and not (inner[0].tail or "").strip()
                picture = inner[0] if alone else None
                if picture is not None and picture.tag == "a" and len(picture) == 1:
                    outside = (picture.text or "") + (picture[0].tail or "")
                    picture = None if outside.strip() else picture[0]
                if picture is None or picture.tag != "img":
                    continue
                paragraph.tag = "figure"
                if caption := picture.attrib.pop("title", ""):
                    SubElement(paragraph, "figcaption").text = caption


def _markdown(options: Mapping[str, Any], configs: Mapping[str, Any]) -> Markdown:
    converter = Markdown(**options, extension_configs=configs)
    converter.treeprocessors.register(_Figures(converter), "figures", _AFTER_INLINE)
    return converter


class StrictReader(BaseReader):
    """Reads one Markdown file; whatever is wrong with it is raised, all of it at once.

    Pelican's contract for a reader is ``read(path) -> (HTML, metadata)``; the metadata hold the typed document.
    """

    enabled = True
    file_extensions = ["md"]  # noqa: RUF012 - as Pelican has it

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Keep one converter for all files: making one takes as long as converting an article."""
        super().__init__(settings)
        # What decides what a file becomes, beside the file and the engine.
        self.depends: dict[str, object] = {"markdown": settings["MARKDOWN"]}
        self._facts: Facts | None = None
        self._typist = Typist(smarten, ZoneInfo("UTC"), loose=True)
        options = {**settings["MARKDOWN"]}
        configs = {**options.pop("extension_configs", {})}
        toc = {**configs.get("markdown.extensions.toc", {}), "slugify": lambda text, _: slugify(text)}
        configs["markdown.extensions.toc"] = toc
        options["extensions"] = [*options["extensions"], Shortcuts()]
        self._options, self._configs = options, configs
        self._markdown = _markdown(options, configs)

    def use(self, facts: Facts, words: Words | None) -> None:
        """Read dates in the practice's zone from now on, fill placeholders with its facts, speak its language."""
        self._facts = facts
        self._typist = Typist(smarten, facts.zone, loose=True)
        self.depends |= {"zone": facts.practice.timezone, "back": words.article.footnote_back if words else ""}
        if words:
            back = words.article.footnote_back.replace("{number}", "{}")
            extra = {**self._configs.get("markdown.extensions.extra", {})}
            extra["footnotes"] = {**extra.get("footnotes", {}), "BACKLINK_TITLE": back}
            configs = {**self._configs, "markdown.extensions.extra": extra}
            self._markdown = _markdown(self._options, configs)

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return the body as HTML, links unresolved, and the document.

        Raises:
            SourceError: the file cannot be used; every reason at once.
        """
        path = Path(source_path)
        root = Path(self.settings["PATH"])
        name = path.relative_to(root).as_posix()
        kind = Kind(name.partition("/")[0])
        source, front, text, bad = front_matter.source(name, path.read_bytes())
        typed = None
        if not bad:
            typed, source, bad = front_matter.front_matter(source, front, kind, self._typist)
        if self._facts:
            text, unfilled = placeholders.filled(text, source, self._facts)
            bad += unfilled
        body = outline(self._html(text))
        bad += markup.faults(body, source)
        if typed is None or bad:
            raise SourceError(bad)
        document = Document(
            kind=kind,
            source=source,
            front=typed,
            slug=typed.slug or path.stem,
            heading=Markup(typeset(html.escape(typed.title, quote=False))),  # noqa: S704 - escaped just now
            body=body,
        )
        return body.html, {"title": typed.title, "document": document}

    def document(self, path: Path) -> tuple[Document | None, tuple[Finding, ...]]:
        """Return what a file holds, or what is wrong with it."""
        try:
            return self.read(str(path))[1]["document"], ()
        except SourceError as failure:
            return None, tuple(failure.findings)

    def html(self, name: str, data: bytes) -> str:
        """Return the body of a Markdown file as HTML, placeholders filled; its faults are left for ``read`` to find."""
        source, _, text, _ = front_matter.source(name, data)
        if self._facts:
            text, _ = placeholders.filled(text, source, self._facts)
        return self._html(text)

    def _html(self, text: str) -> str:
        self._markdown.reset()
        return typeset(self._markdown.convert(text))


def content(
    reader: StrictReader, folder: Path, themes: Sequence[Path], options: Options
) -> tuple[Content | None, list[Finding]]:
    """Return everything below a content folder, and every fault of every file.

    Files with faults are left out of the content, so that what depends on the others can still be judged; a build
    must stop when there are any. None when ``practice.toml`` itself cannot be used.
    """
    facts, bad = _facts(folder)
    words = None
    at = _lines(folder, data.PRACTICE)
    if facts:
        words, wordless = _words(themes, facts.practice.language, at.of(("practice", "language")))
        reader.use(facts, words)
        bad += wordless
    found_in = {kind.value: list(assets.files(folder / kind.value)) for kind in Kind}
    bad += _strangers(folder, found_in)
    bad += _word_strangers(folder)
    documents, unread = [], []
    paths = [path for found in found_in.values() for path in found if path.suffix == _MARKDOWN_SUFFIX]
    for path, (document, faults) in zip(paths, _read(reader, folder, paths, facts, options.memory), strict=True):
        if document:
            documents.append(document)
        else:
            bad += faults
            unread.append(path)
    images, broken = pictures.probed(
        {path.relative_to(folder).as_posix(): path for path in assets.files(folder / "images")}, options.memory
    )
    bad += broken
    if facts is None:
        return None, bad
    calls: list[CallToAction] = []
    for path in assets.files(folder / "ctas"):
        call, misread = _call(path, folder, facts)
        calls += [call] if call else []
        bad += misread
    unread_calls = {finding.path.removeprefix("ctas/").removesuffix(".toml") for finding in bad}
    bad += written.faults(
        documents,
        facts,
        articles=frozenset(path.stem for path in unread),
        calls=frozenset({*unread_calls, *(call.id for call in calls)}),
        lines=at,
    )
    bad += _picture_faults(documents, facts, images, at)
    bad += (replace(fault, line=at.of(("theme", "accent"))) for fault in assets.look_faults(themes, facts.theme))
    bad += (broken_css := list(assets.style_faults(themes)))
    made = {} if broken_css else assets.stylesheets(themes, facts.theme)
    sheets = {name: sheet.url for name, sheet in made.items()}
    typist = Typist(smarten, facts.zone, loose=False)
    revisions, broken_revisions = ledgers.revisions(_optional(folder / ledgers.REVISIONS), typist)
    lock, broken_lock = ledgers.lock(_optional(folder / ledgers.LOCK), typist)
    bad += broken_revisions + broken_lock
    if words is None:
        return None, bad
    zone = facts.zone
    today = options.today or dt.datetime.now(zone).date()
    shown, withheld = written.visible(documents, today, zone, preview=options.preview)
    # No reason in words: the fault of the file itself is reported already.
    withheld |= {path.relative_to(folder).as_posix(): Withheld(reason="") for path in unread}
    found = Content(
        facts=facts,
        origin=(options.origin or facts.practice.url).rstrip("/"),
        today=today,
        zone=zone,
        documents=written.named(shown, facts),
        calls_to_action=tuple(calls),
        withheld=withheld,
        images=images,
        share_image=_theme_image(themes, "share.png"),
        icon=_theme_image(themes, "icon-512.png"),
        words=words,
        extra=frozenset(f"/{p.relative_to(folder / 'extra').as_posix()}" for p in assets.files(folder / "extra")),
        stylesheet=sheets[assets.SITE] if sheets else "",
        script=assets.script(themes).url,
        cards=cards.cards(facts.practice.name, card_colours(themes, facts), options.memory),
        more_styles={name: url for name, url in sheets.items() if name != assets.SITE},
        preview=options.preview,
        noindex=options.noindex,
        revisions=revisions,
        lock=lock,
        lines={name: _lines(folder, name) for name in (data.PRACTICE, *(f"ctas/{call.id}.toml" for call in calls))},
    )
    return found, bad


def document(reader: StrictReader, path: Path, facts: Facts) -> tuple[Document | None, tuple[Finding, ...]]:
    """Return what one file holds, as ``content`` has it, or what is wrong with it.

    Raises:
        OSError: it cannot be read.
    """
    found, bad = reader.document(path)
    return (written.named([found], facts)[0] if found else None), bad


def words_in(language: str, themes: Sequence[Path]) -> Words:
    """Return what the site says by itself in a language.

    Raises:
        SourceError: the themes have no catalogue of it that can be used; every reason at once.
    """
    found, bad = _words(themes, language)
    if bad or found is None:
        raise SourceError(bad)
    return found


def _lines(folder: Path, name: str) -> Lines:
    """Return where the keys of a TOML file of the content stand, for faults that show only when all is read."""
    return toml.lines_of(_optional(folder / name).replace("\r\n", "\n"))


def _words(themes: Sequence[Path], language: str, line: int = 0) -> tuple[Words | None, list[Finding]]:
    """Return the catalogue of a language: ``es.toml``, with what ``es-MX.toml`` and the content's own change in it."""
    names = list(dict.fromkeys((language.partition("-")[0], language)))
    layers, bad = [], []
    for theme in themes:
        for name in names:
            path = theme / "words" / f"{name}.toml"
            if path.is_file():
                shown = f"theme/words/{path.name}"
                text, unread = _text(path, shown)
                layers.append((shown, text))
                bad += unread
    if bad:
        return None, bad
    if layers:
        return catalogue.words(layers, Typist(smarten, ZoneInfo("UTC"), loose=False))
    known = sorted({path.stem for theme in themes for path in (theme / "words").glob("*.toml")})
    what = f"the theme has no words in the language {quoted(language)}, only in {joined(known)}"
    remedy = f"put the engine’s theme/words/en.toml, translated, into the content as theme/words/{names[0]}.toml"
    return None, [error(data.PRACTICE, line, "no-words", what, remedy)]


class _Brief(NamedTuple):
    """What is at hand of a document that an earlier build read."""

    kind: Kind
    path: str
    key_lines: dict[str, int]
    body_line: int
    front: FrontMatter
    slug: str
    heading: Markup
    ids: tuple[str, ...]
    addresses: tuple[tuple[str, str], ...]
    opening: str


class _Rest(NamedTuple):
    text: str
    html: str
    elements: tuple[Outlined, ...]
    stray: tuple[str, ...]


_Result = tuple[Document | None, tuple[Finding, ...]]


def _brief(result: _Result) -> tuple[_Brief | None, tuple[Finding, ...]]:
    document, faults = result
    if document is None:
        return None, faults
    known = _Brief(
        kind=document.kind,
        path=document.path,
        key_lines=dict(document.source.key_lines),
        body_line=document.source.body_line,
        front=document.front,
        slug=document.slug,
        heading=document.heading,
        ids=tuple(sorted(document.ids)),
        addresses=document.addresses,
        opening=document.opening,
    )
    return known, faults


def _rest(result: _Result) -> _Rest | None:
    document = result[0]
    if document is None:
        return None
    body = document.body
    return _Rest(document.source.text, body.html, body.elements, body.stray)


def _opened(rest: _Rest | None) -> Mapping[str, object]:
    return {"text": rest.text, "body": Body(rest.html, rest.elements, rest.stray)} if rest else {}


def _joined(result: tuple[_Brief | None, tuple[Finding, ...]], later: Callable[[], Mapping[str, object]]) -> _Result:
    brief, faults = result
    if brief is None:
        return None, faults
    known = {**brief._asdict(), "ids": frozenset(brief.ids), "digest": ""}
    about = {name: known.pop(name) for name in ("key_lines", "body_line")}
    known["source"] = Source.late({"path": brief.path, **about}, later)
    return Document.late(known, later), faults


_PARTS: Final[Parts[_Result]] = Parts(_brief, _rest, _Rest | None, _opened, _joined)


def _read(
    reader: StrictReader, folder: Path, paths: Sequence[Path], facts: Facts | None, memory: Memory
) -> list[tuple[Document | None, tuple[Finding, ...]]]:
    """Return what each file holds or what is wrong with it; what an earlier build read is not read again."""
    practice = (folder / data.PRACTICE).read_bytes() if facts else b""
    depends = repr(sorted(reader.depends.items())).encode()
    above = len(str(folder / "-")) - 1
    names = [str(path)[above:] for path in paths]
    made_from = [_made_from(each, practice, depends) if facts else "" for each in _looked_at(names, paths, memory)]
    items = [Item(name, key, path) for name, key, path in zip(names, made_from, paths, strict=True)]
    work = Work("read", tuple[_Brief | None, tuple[Finding, ...]], reader.document, _PARTS)
    found = memory.each(work, items)
    facts_digest = digests.digest(practice).encode()
    for index, (document, faults) in enumerate(found):
        if document and made_from[index]:
            # What follows from a document follows from the facts as well.
            known = digests.digest(made_from[index].encode(), facts_digest)
            found[index] = (document.but(digest=known), faults)
    return found


class _Look(NamedTuple):
    """What a file holds: a digest of its bytes, and whether a placeholder may be among them."""

    digest: str
    asks: bool


def _looked_at(names: Sequence[str], paths: Sequence[Path], memory: Memory) -> list[_Look]:
    """Return what each file holds; one that has not been written to since is not opened again."""
    now = time.time_ns()
    items = [Item(name, walk.stamp(path, now), path) for name, path in zip(names, paths, strict=True)]
    return memory.each(Work("looked at", _Look, _look, here=True), items)


def _look(path: Path) -> _Look:
    data = path.read_bytes()
    return _Look(digests.digest(data), b"{{" in data)


def _made_from(source: _Look, practice: bytes, depends: bytes) -> str:
    """Return a digest of all that decides what a file becomes; facts count where a placeholder asks for them."""
    return digests.digest(source.digest.encode(), practice if source.asks else b"", depends)


def card_colours(themes: Sequence[Path], facts: Facts) -> cards.Look:
    """Return the colours of the share cards."""
    tokens, warmth = assets.look(themes, facts.theme)
    return cards.look(tokens, facts.theme, warmth)


def facts_of(folder: Path) -> Facts:
    """Return the facts of a content folder.

    Raises:
        SourceError: ``practice.toml`` cannot be used; every reason at once.
    """
    facts, bad = _facts(folder)
    if bad or facts is None:
        raise SourceError(bad)
    return facts


def _facts(folder: Path) -> tuple[Facts | None, list[Finding]]:
    path = folder / data.PRACTICE
    if not path.is_file():
        what = "there is no practice.toml, the file with the facts about the practice"
        return None, [error(data.PRACTICE, 0, "missing-file", what, "is this the right content folder?")]
    text, bad = _text(path, data.PRACTICE)
    if bad:
        return None, bad
    return data.facts(text, Typist(smarten, ZoneInfo("UTC"), loose=False))


def _call(path: Path, folder: Path, facts: Facts) -> tuple[CallToAction | None, list[Finding]]:
    name = path.relative_to(folder).as_posix()
    text, bad = _text(path, name)
    if bad:
        return None, bad
    return data.call_to_action(name, text, Typist(smarten, ZoneInfo("UTC"), loose=False), facts)


def _optional(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _text(path: Path, name: str) -> tuple[str, list[Finding]]:
    try:
        return path.read_text(encoding="utf-8"), []
    except UnicodeDecodeError as failure:
        line = bytes(failure.object).count(b"\n", 0, failure.start) + 1
        what = "the file is not UTF-8 text"
        return "", [error(name, line, "unreadable-file", what, "save it as UTF-8 in your editor")]


def _strangers(folder: Path, found_in: Mapping[str, Sequence[Path]]) -> Iterator[Finding]:
    """Yield files and folders that would otherwise be passed over without a word."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith((".", "#")) or path.name.endswith("~"):
            continue
        if path.is_dir() and path.name not in _FOLDERS:
            what = f"the folder {path.name}/ is none that the site knows"
            yield error(f"{path.name}/", 0, "unknown-file", what, nearest(path.name, _FOLDERS))
        elif path.is_file() and path.name not in _FILES and path.suffix == ".toml":
            what = "this file is none that the site knows"
            yield error(path.name, 0, "unknown-file", what, nearest(path.name, _FILES))
        elif path.is_file() and path.suffix == _MARKDOWN_SUFFIX and path.stem.upper() not in {"README", "LICENSE"}:
            what = "a Markdown file outside the folders of the site"
            yield error(path.name, 0, "unknown-file", what, "move it to pages/ or articles/")
    for name, paths in (*found_in.items(), ("ctas", assets.files(folder / "ctas"))):
        suffix = ".toml" if name == "ctas" else _MARKDOWN_SUFFIX
        for path in paths:
            if path.suffix != suffix:
                what = f"only {suffix} files are read from {name}/"
                remedy = "move it out of the content folder, or mend its ending; pictures belong into images/"
                yield error(path.relative_to(folder).as_posix(), 0, "unknown-file", what, remedy)


def _word_strangers(folder: Path) -> Iterator[Finding]:
    """Yield the files among the content's catalogues that no language could ever read."""
    for path in assets.files(folder / "theme" / "words"):
        if path.suffix != ".toml" or not is_language(path.stem) or path.parent.name != "words":
            what = "this file is the catalogue of no language"
            remedy = "name it after one, such as en.toml, es.toml or en-GB.toml"
            yield error(path.relative_to(folder).as_posix(), 0, "unknown-file", what, remedy)


def _picture_faults(
    documents: list[Document], facts: Facts, images: Mapping[str, Image], at: Lines
) -> Iterator[Finding]:
    for document in documents:
        name = document.front.image
        if name and name not in images:
            line = document.source.line_of_key("image")
            yield error(
                document.path,
                line,
                "dead-link",
                f"the picture {quoted(name)} does not exist",
                _near(name, images),
            )
    named: list[tuple[str | None, KeyPath]] = [
        (facts.practice.logo, ("practice", "logo")),
        (facts.practice.image, ("practice", "image")),
        *((person.photo, ("people", index, "photo")) for index, person in enumerate(facts.people)),
    ]
    for name, key in named:
        if name and name not in images:
            what = f"the picture {quoted(name)} does not exist"
            yield error(data.PRACTICE, at.of(key), "dead-link", what, _near(name, images))


def _near(name: str, images: Mapping[str, Image]) -> str:
    return nearest(name, images) if images else "put it below content/images/"


def _theme_image(themes: Sequence[Path], name: str) -> Image:
    return pictures.image(assets.layered(themes, "static")[name], name=name, url=f"{urls.THEME}{name}")
