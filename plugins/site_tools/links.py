"""The links that a build sets in running text, as changes to the Markdown that the writer may keep and reword."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local_seo import compose, edits
from local_seo.enrich import links as written_links
from local_seo.text import plain, squeeze

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from local_seo.enrich.autolink import Placed
    from local_seo.model.document import Document
    from local_seo.model.site import Site
    from local_seo.reader import StrictReader

_SENTENCE_END = re.compile(r"(?<=[.?!…])[”’\"')\]]*\s+")
_BLOCK_TAG = re.compile(r"</?(?:p|li|dd|dl|ol|ul|div|section|details|br)\b[^>]*>")
_BETWEEN = r"[\s\u00a0\u2010\u2011-]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A link that could be written into a file.

    Attributes:
        path: of the file, relative to the content folder.
        line: where the phrase stands, from 1.
        start, end: offsets of the phrase into the file's text as it is.
        phrase: as it stands there.
        target: the address in Markdown, such as ``{filename}/services/sleep.md``.
        sentence: around the phrase, plain.
        reason: why that page, in words.
        links_in: how many texts link to that page as they were written.
    """

    path: str
    line: int
    start: int
    end: int
    phrase: str
    target: str
    sentence: str
    reason: str
    links_in: int

    def __str__(self) -> str:
        """Return the suggestion as a person reads it."""
        many = {0: "no text links there yet", 1: "1 text links there"}.get(
            self.links_in, f"{self.links_in} texts link there"
        )
        return (
            f"{self.path}:{self.line}: link {squeeze(self.phrase)!r} to {self.target}\n"
            f"    {self.sentence}\n    {self.reason}; {many}"
        )


def suggestions(site: Site, folder: Path, reader: StrictReader) -> tuple[Suggestion, ...]:
    """Return every link that a build sets and that can be written in, those to the least linked pages first.

    A change is suggested only where converting the changed Markdown gives the same HTML but for the link.

    Args:
        site: what a build read.
        folder: where its files lie.
        reader: what turns Markdown into HTML.
    """
    links_in = Counter(
        url
        for document in site.documents
        for url in {link.url for link in written_links.written(document, site)}
        if url.startswith("/")
    )
    found: list[Suggestion] = []
    for path, placed in compose.text_links(site).items():
        data = (folder / path).read_bytes()
        found += _in_file(site.by_path[path], data, placed, site, reader, links_in)
    return tuple(sorted(found, key=lambda each: (each.links_in, each.target, each.path, each.start)))


def apply(folder: Path, wanted: Sequence[Suggestion]) -> int:
    """Write the links in and return into how many files; each file is whole, old or new, at any moment."""
    by_path = _by_path(wanted)
    for path, many in by_path.items():
        file = folder / path
        text = _changed(file.read_bytes().decode("utf-8"), many)
        upcoming = file.with_name(f".{file.name}.next")
        upcoming.write_bytes(text.encode("utf-8"))
        upcoming.chmod(file.stat().st_mode)
        upcoming.replace(file)
    return len(by_path)


def patch(folder: Path, wanted: Sequence[Suggestion]) -> Iterator[str]:
    """Yield the lines of a patch for ``patch -p1`` in the content folder."""
    for path, many in sorted(_by_path(wanted).items()):
        old = (folder / path).read_bytes().decode("utf-8")
        before, after = old.splitlines(keepends=True), _changed(old, many).splitlines(keepends=True)
        for line in difflib.unified_diff(before, after, fromfile=f"a/{path}", tofile=f"b/{path}", n=1):
            yield line.removesuffix("\n")


def _by_path(wanted: Sequence[Suggestion]) -> dict[str, list[Suggestion]]:
    found: dict[str, list[Suggestion]] = {}
    for each in wanted:
        found.setdefault(each.path, []).append(each)
    return found


def _changed(text: str, wanted: Sequence[Suggestion]) -> str:
    return edits.apply(text, [edit for each in wanted for edit in _tags(each.start, each.end, each.target)])


def _tags(start: int, end: int, target: str) -> tuple[edits.Edit, edits.Edit]:
    return edits.Edit(start, start, "["), edits.Edit(end, end, f"]({target})")


def _in_file(
    document: Document,
    data: bytes,
    placed: Sequence[Placed],
    site: Site,
    reader: StrictReader,
    links_in: Mapping[str, int],
) -> Iterator[Suggestion]:
    """Yield the suggestions of one file; offsets are into its text with the line ends that it has."""
    text = data.decode("utf-8")
    body = _body_start(text, document.source.body_line)
    html = document.body.html
    if _comparable(reader.html(document.path, data)) != _comparable(html):
        return  # the file was changed while this ran
    for link in placed:
        target = f"{{filename}}/{site.by_url[link.url].source}"
        anchor = (edits.Edit(link.start, link.start, f'<a href="{target}">'), edits.Edit(link.end, link.end, "</a>"))
        meant = _comparable(edits.apply(html, anchor))
        for match in _phrase(html[link.start : link.end]).finditer(text, body):
            changed = edits.apply(text, _tags(*match.span(), target))
            if _comparable(reader.html(document.path, changed.encode("utf-8"))) == meant:
                yield Suggestion(
                    path=document.path,
                    line=text.count("\n", 0, match.start()) + 1,
                    start=match.start(),
                    end=match.end(),
                    phrase=match.group(),
                    target=target,
                    sentence=_sentence(html, link),
                    reason=link.reason,
                    links_in=links_in.get(link.url, 0),
                )
                break


def _comparable(html: str) -> str:
    """Return HTML in which only what typography does around a link is made equal."""
    return html.replace("&nbsp;", " ").replace("\xa0", " ")


def _body_start(text: str, line: int) -> int:
    """Return the offset of a 1-based line."""
    return sum(len(each) for each in text.splitlines(keepends=True)[: line - 1])


def _phrase(html: str) -> re.Pattern[str]:
    """Return a pattern for words in Markdown that came out as this HTML."""
    tokens = re.split(r"[\s\xa0\u2010\u2011-]+", plain(html))
    return re.compile(_BETWEEN.join(re.sub("['’]", "['’]", re.escape(token)) for token in tokens))


def _sentence(html: str, link: Placed) -> str:
    """Return the sentence around a link, the words of the link in square brackets."""
    opens, closes = "\ue000", "\ue001"
    marks = (edits.Edit(link.start, link.start, opens), edits.Edit(link.end, link.end, closes))
    parts = _BLOCK_TAG.split(edits.apply(html, marks))
    block = plain(next((part for part in parts if opens in part), ""))
    sentence = next((each for each in _SENTENCE_END.split(block) if opens in each), block)
    return sentence.replace(opens, "[").replace(closes, "]")
