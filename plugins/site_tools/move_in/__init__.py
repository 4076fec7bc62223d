"""Moving in: from the export of a blog host to clean Markdown with its targeting in the front matter.

``move_in`` tells the story from top to bottom. Nothing that a person edited is overwritten, nothing is lost without a
reason, and what was done is shown in a table.
"""

from __future__ import annotations

import datetime as dt
import re
import runpy
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local_seo import limits, urls
from local_seo.errors import Finding, SourceError, error
from local_seo.reader import StrictReader, facts_of
from local_seo.request import Refused, WrongValue
from local_seo.text import capitalised, cut, fold, joined, near, nearest, plain, quoted, slugify, squeeze, topic_key

from . import archive, boilerplate, page, parity, pictures, wordpress, writing, wxr
from .addresses import Address, ClimbingError, Links, addresses
from .markdown import convert, encoded, levelled, picture_key, placed
from .model import Counts, Export, Item, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from local_seo.model.practice import Facts, Service

    from .boilerplate import Boilerplate, Call, Found
    from .markdown import Block, Converted
    from .model import Step
    from .pictures import Pictures

# Terms that a host gives to posts which got none.
_NO_KEYWORD: Final = frozenset({"uncategorized", "uncategorised", "blog", "news", "all posts", "general"})
# What the site takes where [titles] names none, as far as an English site goes.
_SUFFIXES: Final = ("{Role} in {city}", "{city}", "{practice}", "")
_TITLE_CHARS: Final = 80
_SHOWN_CHARS: Final = 100
_SHOWN_REPEATED: Final = 8
_SAID_EVERY: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What to move.

    Attributes:
        exports: files, or folders with ``.xml`` and ``.json`` files.
        content: the content folder.
        report: where the table and the entries to paste are written.
        settings: the site's settings file; its ``MARKDOWN`` says how Markdown is read.
        pictures: a folder in which pictures lie already.
        download: whether the others are fetched from the old host.
        keep: steps that leave the text as it is.
        cities_most: how many cities an article may keep; None keeps all.
        dry_run: whether the content folder stays as it is.
        add_places: whether unknown places are added to practice.toml; None asks, where somebody can be asked.
        today: the date of a post that has none, where the export does not say when it was made.
    """

    exports: tuple[Path, ...]
    content: Path
    report: Path
    settings: Path
    pictures: Path | None = None
    download: bool = False
    keep: frozenset[Step] = frozenset()
    cities_most: int | None = None
    dry_run: bool = False
    add_places: bool | None = False
    today: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was done: the lines to print, the table, and what a person has to look after."""

    summary: tuple[str, ...]
    rows: tuple[Row, ...]
    faults: tuple[Finding, ...]


def steps_of(keep: str, *, everything: bool) -> frozenset[Step]:
    """Return the steps that a person refuses.

    Raises:
        WrongValue: there is no such step.
    """
    if everything:
        return frozenset(boilerplate.STEPS)
    names = [name.strip().lower() for name in keep.split(",") if name.strip()]
    for name in names:
        if name not in boilerplate.STEPS:
            raise WrongValue(f"--keep {name}: there is no such step - {nearest(name, boilerplate.STEPS)}")
    return frozenset(step for step in boilerplate.STEPS if step in names)


def move_in(request: Request, say: Callable[[str], None], ask: Callable[[str], bool] | None = None) -> Outcome:
    """Move a blog into a content folder.

    Args:
        request: what to move.
        say: shows progress, a line at a time.
        ask: puts a question to a person; None where nobody is there.

    Raises:
        Refused: an export cannot be read, or must not be.
        SourceError: ``practice.toml`` cannot be used.
    """
    facts = facts_of(request.content)
    ledger = writing.Ledger.read(request.content)
    export = _read(request.exports, say)
    mover = _Mover(request, facts, ledger, export, say)
    mover.convert()
    mover.sort_out(ask)
    mover.find_pictures()
    mover.write()
    return mover.report()


def _read(paths: Sequence[Path], say: Callable[[str], None]) -> Export:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in {".xml", ".json"})
            if not inside:
                raise WrongValue(f"{path} holds no .xml and no .json file - name the export file")
            files += inside
        elif path.is_file():
            files.append(path)
        else:
            beside = [each.name for each in path.parent.iterdir()] if path.parent.is_dir() else []
            meant = near(path.name, beside)
            hint = f" - did you mean {quoted(path.parent / meant)}?" if meant else ""
            raise WrongValue(f"there is no file {path}{hint}")
    exports = []
    # What WordPress's format has comes first: it has pages and drafts, the lists of a blog fill it.
    for path in sorted(files, key=lambda p: p.suffix.lower() == ".json"):
        size = path.stat().st_size
        if size > limits.MOVED_EXPORT_LARGEST_BYTES:
            raise Refused(f"{path.name} has {size:,} bytes, at most {limits.MOVED_EXPORT_LARGEST_BYTES:,} are read")
        raw = path.read_bytes()
        if not raw.strip():
            raise Refused(f"{path.name} is empty - export the site again")
        is_json = path.suffix.lower() == ".json" or raw.lstrip()[:1] in {b"{", b"["}
        export = (archive if is_json else wxr).read(raw, path.name)
        posts = sum(item.kind == "post" for item in export.items)
        say(f"read {path.name}: {_counted(posts, 'post')}, {_counted(len(export.items) - posts, 'page')}")
        exports.append(export)
    export = archive.joined(exports)
    if not export.items:
        names = joined(path.name for path in files)
        raise Refused(f"{names}: there is no post and no page in it - export the site again")
    return export


@dataclass(slots=True)
class _Text:
    """One item on its way.

    Attributes:
        html: as the old host showed it.
        faults: losses without a reason.
        dropped: plain texts that stand in the front matter instead of the body.
    """

    item: Item
    address: Address
    html: str
    base: str
    converted: Converted
    found: Found
    notes: list[str]
    faults: list[str] = field(default_factory=list)
    dropped: list[str] = field(default_factory=list)
    day: dt.date | None = None


class _Mover:
    def __init__(
        self, request: Request, facts: Facts, ledger: writing.Ledger, export: Export, say: Callable[[str], None]
    ) -> None:
        self._request = request
        self._facts = facts
        self._ledger = ledger
        self._export = export
        self._say = say
        self._texts: list[_Text] = []
        self._rows: list[Row] = []
        self._faults: list[Finding] = list(export.faults)
        self._left_out = Counter(export.left_out)
        self._proposals: dict[str, list[str]] = {}
        self._summary: list[str] = []
        self._calls: dict[str, Call] = {}
        self._many_cities = 0
        self._pictures: Pictures = pictures.Pictures(paths={}, sources={}, missing={})
        self._boilerplate: Boilerplate = boilerplate.Boilerplate(posts=())
        self._attached = {picture_key(each.url): each for each in export.attachments.values()}
        self._items = [item for item in export.items if _holds_something(item)]
        self._left_out["empty posts and pages"] += len(export.items) - len(self._items)
        self._addresses = addresses(self._items, {*export.hosts, urls.host_of(facts.practice.url).lower()})
        self._links = Links(self._items, self._addresses, export.hosts, facts, request.content)

    # --- from HTML to blocks ---

    def convert(self) -> None:
        """Turn the HTML of every item into Markdown blocks."""
        for item, address in zip(self._items, self._addresses, strict=True):
            if isinstance(address, ClimbingError):
                self._refuse(item, address)
                continue
            html = wordpress.as_html(item.html, self._export.attachments, bare_lines=item.has_bare_lines)
            base = self._base(item)
            self._links.notes.clear()
            converted = convert(html, self._links.link, base, self._links.rewritten)
            links = Counter(self._links.notes).items()
            notes = [*item.notes, *converted.notes, *(f"{n} ({count} times)" if count > 1 else n for n, count in links)]
            notes += [address.trouble] if address.trouble else []
            title = squeeze(self._links.rewritten(item.title))
            if not title:
                title = self._made_title(converted, address)
                notes.append(f"it had no title, so {quoted(title)} stands in: write a better one")
            text = _Text(
                item=item,
                address=address,
                html=html,
                base=base,
                converted=converted,
                found=boilerplate.Found(title=title, blocks=converted.blocks),
                notes=notes,
            )
            text.day = self._date(text)
            self._texts.append(text)

    def _base(self, item: Item) -> str:
        """Return the absolute old address of an item, for the relative addresses in it."""
        if urls.is_web(item.link):
            return item.link
        host = min(self._export.hosts, default=urls.host_of(self._facts.practice.url))
        return f"https://{host}/{item.link.lstrip('/')}"

    def _made_title(self, converted: Converted, address: Address) -> str:
        heading = next((block.text for block in converted.blocks if block.kind == "heading"), "")
        words = next((block.text for block in converted.blocks if block.text), "")
        return heading or cut(words, _TITLE_CHARS) or capitalised(address.slug.replace("-", " "))

    def _date(self, text: _Text) -> dt.date:
        """Return the moment of publishing: the item's, else the day in its address, else that of the export."""
        item = text.item
        if item.date:
            return item.date.astimezone(self._facts.zone)
        found = re.search(r"(?<!\d)((?:19|20)\d\d)/(\d{1,2})(?:/(\d{1,2}))?(?!\d)", f"{item.link} {item.name}")
        if found:
            try:
                day = dt.date(int(found[1]), int(found[2]), int(found[3] or 1))
            except ValueError:
                pass
            else:
                text.notes.append(f"it had no date, so that of its address stands in: {day}")
                return day
        zone = self._facts.zone
        made = self._export.made
        day = made.astimezone(zone).date() if made else self._request.today or dt.datetime.now(zone).date()
        if item.kind == "post":
            text.notes.append(f"it had no date, so {day} stands in: write the right one")
        return day

    def _refuse(self, item: Item, why: ClimbingError) -> None:
        remedy = "give it a plain name on the old site, and export it again"
        self._faults.append(error(archive.described(item), 0, "refused-name", str(why), remedy))
        self._rows.append(
            Row(
                title=item.title or "(no title)",
                old=item.link,
                new="",
                path="",
                status="refused",
                before=parity.Page(item.html).counts(),
                after=Counts(),
                moved=Counts(),
                date=(self._day(item.date), ""),
                faults=(str(why),),
            )
        )

    # --- from blocks to data ---

    def sort_out(self, ask: Callable[[str], bool] | None) -> None:
        """Turn what was pasted under every post into data, and say what practice.toml does not know."""
        self._search()
        unknown = [name for name in self._boilerplate.places if self._facts.place(name) is None and slugify(name)]
        new = list({slugify(name): name for name in reversed(unknown)}.values())[::-1]
        wants = self._request.add_places
        if new and not self._request.dry_run:
            if wants is None and ask:
                wants = ask(f"practice.toml does not know {joined(new)}. Add {'it' if len(new) == 1 else 'them'}?")
            if wants:
                self._add_places(new)
                self._search()
                new = []
        region = self._facts.home_place.region
        roles = [role for role in self._boilerplate.services if slugify(role)]
        known = self._facts.titles.suffixes or _SUFFIXES
        fresh = [suffix for suffix in self._boilerplate.suffixes if suffix not in known]
        self._proposals = {
            "place": [writing.place_toml(name, region) for name in new],
            "service": [writing.service_toml(role, slugify(role)) for role in roles],
            "title suffix": [writing.suffixes_toml([*fresh, *known])] if fresh else [],
        }
        ids = self._call_ids()

        def named(became: str) -> str:
            return re.sub(r"call to action (call-\d+)", lambda m: f"call to action ctas/{ids[m[1]]}.toml", became)

        for text, found in zip(self._texts, self._boilerplate.posts, strict=True):
            removed = tuple(replace(each, became=named(each.became)) for each in found.removed)
            text.found = replace(found, call=ids.get(found.call, ""), removed=removed)

    def _search(self) -> None:
        posts = [
            boilerplate.Post(title=text.found.title, blocks=text.converted.blocks, is_post=text.item.kind == "post")
            for text in self._texts
        ]
        self._boilerplate = boilerplate.find(posts, self._facts, self._request.keep)

    def _add_places(self, names: Sequence[str]) -> None:
        path = self._request.content / "practice.toml"
        before = path.read_bytes()
        entries = "\n".join(writing.place_toml(name, self._facts.home_place.region) for name in names)
        writing.put(path, before.rstrip() + f"\n\n# Added by move-in: look at type and region.\n\n{entries}".encode())
        try:
            self._facts = facts_of(self._request.content)
        except SourceError:
            writing.put(path, before)
            raise
        self._summary.append(f"added to practice.toml: {joined(names)} - look at their type and region")

    def _call_ids(self) -> dict[str, str]:
        """Return file names for the calls to action: their own, but never one that somebody else wrote."""
        ids: dict[str, str] = {}
        for call in self._boilerplate.calls:
            data = writing.call_toml(call).encode()
            number = 1
            while True:
                name = f"call-{number}" if number > 1 else "call"
                what = writing.what_of(self._request.content, f"ctas/{name}.toml", data, self._ledger)
                if what != "set aside" and name not in self._calls:
                    break
                number += 1
            ids[call.id] = name
            self._calls[name] = call
        return ids

    # --- pictures ---

    def find_pictures(self) -> None:
        """Find a file for every picture that a text shows."""
        wanted = []
        for text in self._texts:
            shown = [(each.url, each.alt, each.caption) for each in text.converted.pictures]
            if text.item.picture:
                shown.insert(0, (text.item.picture, "", ""))
            for url, alt, caption in shown:
                # Of a picture that the export lists, the whole one instead of a smaller one made of it.
                listed = self._attached.get(picture_key(url))
                wanted.append(
                    pictures.Wanted(
                        url=listed.url if listed else url,
                        alt=alt or (listed.alt if listed else ""),
                        caption=caption,
                        owner=text.address.slug,
                    )
                )
        fetches = self._request.download and not self._request.dry_run
        self._pictures = pictures.gather(
            wanted,
            self._request.content,
            known=self._ledger.pictures,
            folder=self._request.pictures,
            cache=self._request.report / "downloads" if fetches else None,
            say=self._say,
        )

    # --- files ---

    def write(self) -> None:
        """Write the files, read each back as the site will, and compare."""
        settings = runpy.run_path(str(self._request.settings))
        with tempfile.TemporaryDirectory() as scratch:
            reader = StrictReader({"MARKDOWN": settings["MARKDOWN"], "PATH": scratch})
            reader.use(self._facts, None)
            reads = _Reads(reader, Path(scratch))
            for number, text in enumerate(self._texts, 1):
                data, html = self._file(text, reads)
                what = self._put(text.address.path, data)
                self._rows.append(self._row(text, data, html, what))
                if number % _SAID_EVERY == 0:
                    self._say(f"moved {number} of {len(self._texts)}")
        for name, call in self._calls.items():
            self._put(f"ctas/{name}.toml", writing.call_toml(call).encode())
        if self._request.dry_run:
            return
        for path, source in self._pictures.sources.items():
            target = self._request.content / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if not target.exists():
                shutil.copyfile(source, target)
        self._ledger.pictures |= self._pictures.paths
        self._ledger.write(self._request.content)

    def _put(self, path: str, data: bytes) -> writing.What:
        """Write a file where that takes nothing from anybody, else beside the report; return what was done."""
        what = writing.what_of(self._request.content, path, data, self._ledger)
        if self._request.dry_run:
            return what
        if what in {"new", "changed"}:
            writing.put(self._request.content / path, data)
        elif what == "set aside":
            writing.put(self._request.report / "set-aside" / path, data)
        if what in {"new", "changed", "same"}:
            self._ledger.files[path] = writing.digest(data)
        return what

    def _file(self, text: _Text, reads: _Reads) -> tuple[bytes, str]:
        """Return a file's bytes and the HTML that the site makes of it; blocks that Markdown mangles stay HTML."""
        blocks, front = self._front(text)
        data = f"{front}\n{self._body(blocks, text)}".encode()
        html, faults = reads.read(text.address.path, data)
        wanted = [word for block in blocks for word in parity.words(block.text)]
        if faults or parity.lost(wanted, parity.Page(html).words):
            safe = [self._safe(block, reads, text) for block in blocks]
            data = f"{front}\n{self._body(safe, text)}".encode()
            html, faults = reads.read(text.address.path, data)
        text.faults += [f"{finding.message} - {finding.remedy}" for finding in faults]
        return data, html

    def _safe(self, block: Block, reads: _Reads, text: _Text) -> Block:
        html, faults = reads.read("pages/block.md", f"---\ntitle: A block\n---\n\n{self._body([block], text)}".encode())
        mangled = faults or parity.lost(parity.words(block.text), parity.Page(html).words)
        return replace(block, markdown=block.raw) if mangled else block

    def _body(self, blocks: Sequence[Block], text: _Text) -> str:
        paths = {
            number: path
            for number, each in enumerate(text.converted.pictures)
            if (path := self._pictures.paths.get(picture_key(each.url)))
        }
        parts = [placed(block.markdown, paths) for block in blocks]
        return "\n\n".join(part for part in parts if part.strip()) + "\n"

    def _front(self, text: _Text) -> tuple[tuple[Block, ...], str]:
        """Return the blocks of the body and the front matter."""
        item, found, address = text.item, text.found, text.address
        blocks = found.blocks
        if blocks and blocks[0].kind == "heading" and fold(blocks[0].text) == fold(found.title):
            text.dropped.append(blocks[0].text)
            text.notes.append("its first heading was the title again")
            blocks = blocks[1:]
        key = picture_key(item.picture) if item.picture else ""
        image = self._pictures.paths.get(key, "")
        listed = self._attached.get(key)
        numbers = [n for n, each in enumerate(text.converted.pictures) if picture_key(each.url) == key]
        twin = text.converted.pictures[numbers[0]] if numbers else None
        alt = (listed.alt if listed else "") or (twin.alt if twin else "")
        caption = (listed.caption if listed else "") or (twin.caption if twin else "")
        if image and twin and blocks and blocks[0].kind == "picture" and blocks[0].shows(numbers[0]):
            text.dropped += [blocks[0].text] if blocks[0].text == twin.caption and caption == twin.caption else []
            if not blocks[0].text or blocks[0].text == caption:
                blocks = blocks[1:]
                text.notes.append("its first picture is the picture of the article, which stands above the text")
        keywords, cities, service = self._targets(item, found)
        most = self._request.cities_most
        if most is not None and len(cities) > most:
            text.notes.append(f"left out of cities, as --cities says: {joined(cities[most:])}")
            cities = cities[:most]
        keys: dict[str, object] = {"title": found.title}
        if item.kind == "post":
            self._many_cities += len(cities) > limits.CITIES_MOST
            day = text.day or dt.date.min
            modified = item.modified.astimezone(self._facts.zone).date() if item.modified else None
            keys |= {
                "date": day,
                "modified": modified if modified and modified > _plain_day(day) else "",
                "keywords": keywords,
                "cities": cities,
                "service": service,
                "author": self._person(item.author),
                "cta": found.call,
            }
        keys |= {
            "summary": squeeze(self._links.rewritten(item.summary or plain(item.excerpt))),
            "image": image,
            "image_alt": alt if image else "",
            "image_caption": caption if image else "",
            "aliases": (address.alias,) if address.alias else (),
            "noindex": item.noindex,
            "status": "draft" if item.state == "draft" else "",
        }
        return tuple(levelled(blocks)), writing.front_matter(keys)

    def _targets(self, item: Item, found: Found) -> tuple[tuple[str, ...], tuple[str, ...], str]:
        """Return keywords, cities and service of a post; what was said of it alone comes first."""
        keywords: list[str] = []
        cities = [place.name for name in found.cities if (place := self._facts.place(name))]
        service = found.service
        for term in (*item.tags, *item.categories):
            if place := self._facts.place(term):
                cities.append(place.name)
            elif fold(term) not in _NO_KEYWORD:
                match = next((s for s in self._facts.services if topic_key(term) in _keys(s)), None)
                service = service or (match.slug if match else "")
                if match is None or term not in item.categories:
                    keywords.append(term)
        keywords += found.keywords
        by_key = {topic_key(keyword) or frozenset({fold(keyword)}): keyword for keyword in reversed(keywords)}
        return tuple(reversed(by_key.values())), tuple(dict.fromkeys(cities)), service

    def _person(self, author: str) -> str:
        """Return the id of an author, empty for the one who is meant without being named."""
        for person in self._facts.people:
            if fold(author).partition(",")[0] in {fold(person.name), fold(person.filed_name or person.name)}:
                return person.id if person is not self._facts.lead else ""
        return ""

    def _day(self, moment: dt.datetime | None) -> str:
        return f"{moment.astimezone(self._facts.zone):%Y-%m-%d}" if moment else ""

    # --- comparison ---

    def _row(self, text: _Text, data: bytes, html: str, what: writing.What) -> Row:
        item, found = text.item, text.found
        before = parity.Page(text.html, self._links.rewritten, text.base)
        after = parity.Page(html)
        elsewhere = [*(each.text for each in found.removed), *text.dropped]
        old_words = (*parity.words(self._links.rewritten(item.title)), *before.words)
        new_words = (*parity.words(found.title), *after.words)
        lost = parity.lost(old_words, (*new_words, *(word for said in elsewhere for word in parity.words(said))))
        faults = list(text.faults)
        if lost:
            faults.append(f"{_counted(len(lost), 'word')} lost: {cut(' '.join(lost), 2 * _SHOWN_CHARS)}")
        told = Counter(parity.words(said) for said in elsewhere)
        gone = Counter(before.headings) - Counter(after.headings) - told
        faults += [f"a heading is no heading any more: {' '.join(heading)}" for heading in gone.elements()]
        front = data.decode().partition("\n---\n")[0]
        shown = {**before.pictures, **({picture_key(item.picture): item.picture} if item.picture else {})}
        faults += self._picture_faults(shown, after, front)
        data_links = self._links_as_data(text)
        faults += self._link_faults(before, {*after.links, *data_links})
        image = self._pictures.paths.get(picture_key(item.picture), "") if item.picture else ""
        apart = bool(image) and not any(image in url for url in after.pictures.values())
        return Row(
            title=item.title or found.title,
            old=text.address.old,
            new=text.address.url,
            path=text.address.path,
            status=what,
            before=replace(before.counts(), words=old_words, pictures=len(shown)),
            after=replace(
                after.counts(),
                words=new_words,
                pictures=len(after.pictures) + apart,
                alts=len(after.alts) + (apart and "\nimage_alt: " in front),
            ),
            moved=Counts(
                words=tuple(word for said in elsewhere for word in parity.words(said)),
                headings=sum(parity.words(said) in before.headings for said in elsewhere),
                links=sum(link not in after.links for link in data_links),
            ),
            date=(self._day(item.date), f"{_plain_day(text.day)}" if item.kind == "post" and text.day else ""),
            lost=lost,
            faults=tuple(dict.fromkeys(faults)),
            notes=tuple(dict.fromkeys((*text.notes, *_STATUS_NOTES.get(what, ())))),
            removed=found.removed,
        )

    def _picture_faults(self, shown: dict[str, str], after: parity.Page, front: str) -> Iterator[str]:
        there = "\n".join((*after.pictures.values(), front))
        for key, url in shown.items():
            path = self._pictures.paths.get(key, "")
            if not path or path not in there:
                why = self._pictures.missing.get(key, "it is not in the text")
                yield f"the picture {cut(url, _SHOWN_CHARS)} is missing: {why}"

    def _link_faults(self, before: parity.Page, after: set[str]) -> Iterator[str]:
        there = {fold(link) for link in after}
        for href in before.links:
            new, _ = self._links.look_up(href)
            enlarges = re.search(r"\.(?:jpe?g|png|gif|webp|avif)(?:[?#]|$)", href, re.IGNORECASE)
            if new is not None and not enlarges and not {fold(new), fold(encoded(new))} & there:
                yield f"the link to {cut(href, _SHOWN_CHARS)} is missing"

    def _links_as_data(self, text: _Text) -> list[str]:
        left = {id(block) for block in text.found.blocks}
        taken = (block for block in text.converted.blocks if id(block) not in left)
        return list(dict.fromkeys(link for block in taken for link in block.links))

    # --- what a person is told ---

    def report(self) -> Outcome:
        """Write the table and the entries to paste; return what to print."""
        request = self._request
        rows = tuple(self._rows)
        damage = tuple(map(str, self._faults))
        self._faults += self._losses(rows)
        summary = (*self._summary, *self._told())
        whole = sum(not row.faults for row in rows)
        contents = page.Report(
            rows=rows, summary=summary, faults=damage, practice=self._facts.practice.name, dry_run=request.dry_run
        )
        writing.put(request.report / "parity.html", page.as_html(contents).encode())
        writing.put(request.report / "parity.json", page.as_json(contents).encode())
        if entries := [entry for kind in self._proposals.values() for entry in kind]:
            text = "# What practice.toml does not know. Copy what is right, and leave the rest.\n\n" + "\n".join(
                entries
            )
            writing.put(request.report / "practice.toml", text.encode())
        last = f"whole: {whole} of {_counted(len(rows), 'text')} - see {request.report}/parity.html"
        return Outcome(summary=(*summary, last), rows=rows, faults=tuple(dict.fromkeys(self._faults)))

    def _losses(self, rows: Sequence[Row]) -> Iterator[Finding]:
        """Yield what is lost, text by text; pictures that are missing for one reason are told once."""
        remedy = "see the table of the report"
        reasons: dict[str, list[str]] = {}
        for row in rows:
            for fault in row.faults if row.status != "refused" else ():
                found = re.fullmatch(r"the picture (.*) is missing: (.*; use --download.*)", fault, re.DOTALL)
                if found:
                    reasons.setdefault(found[2], []).append(found[1])
                else:
                    yield error(row.path, 0, "lost-in-moving", fault, remedy)
        for reason, missing in sorted(reasons.items()):
            which = f"{_counted(len(missing), 'picture')} missing, the first of them {missing[0]}"
            why, _, how = reason.partition("; ")
            yield error("", 0, "missing-pictures", f"{which}: {why}", how)

    def _told(self) -> Iterator[str]:
        request = self._request
        yield from self._told_data()
        if self._many_cities:
            most = limits.CITIES_MOST
            articles = _counted(self._many_cities, "article")
            yield f"{articles} with more than {most} cities: --cities {most} keeps the first {most} of each"
        if differing := list(self._differing()):
            yield "differs from practice.toml:"
            yield from (f"  {line}" for line in differing)
        if offered := [_counted(len(entries), kind) for kind, entries in self._proposals.items() if entries]:
            hint = ", or run again with --add-places" if self._proposals["place"] else ""
            yield f"practice.toml does not know {joined(offered)}: copy from {request.report}/practice.toml{hint}"
        if left_out := [f"{what} ({count:,})" for what, count in sorted(self._left_out.items()) if count]:
            yield f"left out: {joined(left_out)}"
        strangers = {text.item.author for text in self._texts if not self._is_known(text.item.author)}
        if strangers:
            lead = self._facts.lead
            instead = f"; {lead.name} stands as author there" if lead else ""
            yield f"not in [[people]], but author of a post: {joined(sorted(strangers))}{instead}"
        found, missing = self._pictures.paths, self._pictures.missing
        if found or missing:
            files = len(set(found.values()))
            as_files = f" as {_counted(files, 'file')}" if files != len(found) else ""
            yield f"pictures: {len(found) + len(missing)} in, {len(found)} out{as_files}"
        statuses = Counter(row.status for row in self._rows)
        for status, says in _STATUSES.items():
            if count := statuses[status]:
                verb = "would be" if request.dry_run else "was" if count == 1 else "were"
                yield f"{_counted(count, 'text')} {verb} {says}"

    def _told_data(self) -> Iterator[str]:
        became = {"places": "cities", "phrases": "keywords and cities"}
        for step in boilerplate.STEPS:
            found = [each for text in self._texts for each in text.found.removed[::-1] if each.step == step]
            where = sum(any(each.step == step for each in text.found.removed) for text in self._texts)
            if found:
                longest = max(found[:_SHOWN_REPEATED], key=lambda each: len(each.text))
                data = became.get(step, longest.became)
                said = f"{step}: in {_counted(where, 'text')}, {quoted(longest.text)} became {data}"
                yield f"{said} (--keep {step} leaves it)"
        for said, count in self._boilerplate.repeated[:_SHOWN_REPEATED]:
            yield f"left in the text although {count} posts share it: {quoted(said)}"

    def _differing(self) -> Iterator[str]:
        """Yield what the pasted paragraphs say otherwise than practice.toml, each once."""
        said = dict.fromkeys(each.text for text in self._texts for each in text.found.removed)
        yield from dict.fromkeys(line for text in said for line in boilerplate.differing(text, self._facts))

    def _is_known(self, author: str) -> bool:
        lead, email = self._facts.lead, self._facts.practice.email or ""
        lead_names = {fold(lead.name), fold(lead.filed_name or "")} if lead else set()
        is_lead = fold(author).partition(",")[0] in lead_names
        return not author or is_lead or bool(self._person(author)) or author.lower() == email.lower()


class _Reads:
    """Reads a file as the site will."""

    def __init__(self, reader: StrictReader, scratch: Path) -> None:
        self._reader = reader
        self._scratch = scratch

    def read(self, path: str, data: bytes) -> tuple[str, tuple[Finding, ...]]:
        """Return the body as HTML, or the faults of a file that cannot be used."""
        file = self._scratch / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(data)
        try:
            html: str = self._reader.read(str(file))[0]
        except SourceError as failure:
            return "", failure.findings
        return html, ()


_STATUSES: Final = {
    "new": "written",
    "changed": "written again",
    "same": "left alone: nothing changed",
    "yours": "left as you edited it",
    "deleted": f"left out: you deleted the file (take its line out of {writing.LEDGER} to have it back)",
    "set aside": "put into set-aside/ beside the report: a file of that name is there already",
    "refused": "refused",
}
_STATUS_NOTES: Final[dict[str, tuple[str, ...]]] = {
    "yours": ("you edited the file, so it was left as it is; the figures are those of a new move",),
    "deleted": ("you deleted the file, so it was not written again",),
    "set aside": ("a file of that name was there already; this one lies in set-aside/ beside the report",),
}


def _holds_something(item: Item) -> bool:
    return bool(re.search(r"<img|<iframe|data-html|data-src|\[gallery", item.html)) or bool(
        parity.Page(item.html).words
    )


def _keys(service: Service) -> set[frozenset[str]]:
    return {topic_key(each) for each in (service.name, service.role, *service.keywords)}


def _plain_day(day: dt.date) -> dt.date:
    return day.date() if isinstance(day, dt.datetime) else day


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun.replace('suffix', 'suffixe')}s"
