"""Links in running text: the first natural mention of what another page answers for.

``phrases(site)`` makes the table of what is looked for, ``mentions(body, table)`` finds it in one text, and after an
edit ``found`` has it look into those texts only that can have changed. ``texts(site, ...)`` says what each text could
link and what is chosen of it, oldest page first; it is kept in one piece, and after an edit of words alone nothing is
looked at but these words, unless they change what can be chosen.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, reduce
from itertools import chain, pairwise
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

from .. import english, limits
from ..digests import digest, encoded
from ..model.body import HEADINGS
from ..model.page import PageKind
from ..text import STOP_WORDS, fold, singular, squeeze, topic_key
from ..workers import Item, Work, carried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from ..model.body import Body, Element
    from ..model.document import Document
    from ..model.page import Page
    from ..model.site import Site
    from ..model.view import Link
    from ..workers import Memory

Words = tuple[str, ...]

# Where a link would be wrong or would shout: other links, headings and what stands for one, code, what somebody else
# said, captions, tables, notes.
_CLOSED: Final = HEADINGS | frozenset(
    "a b blockquote button caption cite code del dfn dt figcaption footer kbd nav pre q s samp script strong style sub "
    "summary sup svg table var".split()
)
_INLINE: Final = frozenset(
    "a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var".split()
)
# Pages whose words get links. Notices, fees and the crisis page stay as they were written.
_HOSTS: Final = frozenset({PageKind.ARTICLE, PageKind.SERVICE, PageKind.AREA, PageKind.TOPIC, PageKind.PERSON})
# Words that mean something else without their last letter.
_NO_PLURAL: Final = frozenset({"blues", "means", "news", "arms", "terms", "glasses", "series"})
_ARTICLES: Final = frozenset({"a", "an", "the"})
_ACRONYM_LETTERS: Final = 3
_MARKS: Final = 4096  # bits; a text of a thousand words sets a fifth of them
_ALL: Final = "all"
_WORDS_LEAST: Final = 2  # of content, in a phrase that nobody chose for linking
_TOKEN: Final = re.compile(r"\w+(?:['’]\w+)*")
_NO_BREAK: Final = "&nbsp;"  # typography puts one into nearly every paragraph
_BETWEEN: Final = re.compile(r"\s+|[-\u2010\u2011]")
_REFERENCE: Final = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")
_SENTENCE_START: Final = re.compile(r"(?:^|[.?!:…][”’\"')]*)\s*[“‘\"'(]*\Z")
# What makes a word a part of something longer, before and after it: a hyphen, a name in an address.
_HELD_BEFORE: Final = re.compile(r"(?:[\w@/#\\&]|[^\W_][-\u2010\u2011.’'])\Z")
_HELD_AFTER: Final = re.compile(r"[\w@/\\]|[-\u2010\u2011.’'][^\W_]")


class Phrase(NamedTuple):
    """What is looked for.

    Attributes:
        words: folded, in the singular.
        url: of the page that it leads to.
        reason: why that page, in words.
        rarity: how rare its words are in English, added up; see ``english``.
        exact: how it must be written; empty where any case will do.
    """

    words: Words
    url: str
    reason: str
    rarity: int
    exact: str = ""

    @property
    def name(self) -> str:
        """Return the words as one text; none of them holds a line break."""
        return "\n".join(self.words)


@dataclass(frozen=True)
class Table:
    """All phrases, by name."""

    phrases: Mapping[str, Phrase]

    @cached_property
    def rarest(self) -> frozenset[str]:
        """Return the rarest word of each: most runs of text hold none of them."""
        return frozenset(phrase.words[_rarest(phrase.words)] for phrase in self.phrases.values())

    @cached_property
    def by_words(self) -> Mapping[Words, Sequence[tuple[int, Phrase]]]:
        """Return the phrases by the rarest word and its neighbour, the next where there is one.

        With the place in the phrase of the first of the two. Thousands of phrases share a word, few share two.
        """
        by_words: dict[Words, list[tuple[int, Phrase]]] = defaultdict(list)
        for phrase in self.phrases.values():
            first = max(min(_rarest(phrase.words), len(phrase.words) - 2), 0)
            by_words[phrase.words[first : first + 2]].append((first, phrase))
        return by_words

    def of(self, words: frozenset[str]) -> Table:
        """Return the phrases of which all words are among some."""
        return Table({name: phrase for name, phrase in self.phrases.items() if words.issuperset(phrase.words)})


class Mention(NamedTuple):
    """A phrase in a text, by name. Offsets are into the body's HTML; ``at`` counts the words before it."""

    start: int
    end: int
    at: int
    phrase: str


class Mentions(NamedTuple):
    """What one text holds: its number of words, where its own links stand, what could become a link, in order.

    Attributes:
        marks: of all its words where links may stand, so that a word without its marks there is surely none of them.
    """

    words: int = 0
    links: tuple[int, ...] = ()
    found: tuple[Mention, ...] = ()
    marks: bytes = b""


class Placed(NamedTuple):
    """A link to be: ``html[start:end]`` is its text, of which ``text`` is the plain form."""

    start: int
    end: int
    url: str
    text: str
    reason: str


class Candidate(NamedTuple):
    """A mention that could become a link: ``html[start:end]``, with ``at`` words before it; ``text`` is plain."""

    at: int
    start: int
    end: int
    text: str
    phrase: str


class Text(NamedTuple):
    """What the links of one text follow from.

    Attributes:
        age: what tells older pages from newer ones.
        url: of its page.
        own: the writer's own links: the address, and the words as a search engine tells them apart.
        room: how many links may be set.
        near: where its own links stand, as a number of words.
        could: what could become a link, the best first.
        chosen: which of those do, by their places.
    """

    age: float
    url: str
    own: tuple[tuple[str, str], ...]
    room: int
    near: tuple[int, ...]
    could: tuple[Candidate, ...]
    chosen: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """The links of all texts, and what they follow from.

    Attributes:
        faces: a digest of everything that this follows from beside the words of the texts.
        digests: of the documents, in order.
        phrases: that are looked for, by name.
        texts: of those documents that have links or could have some, by path.
    """

    faces: str
    digests: tuple[str, ...]
    phrases: dict[str, Phrase]
    texts: dict[str, Text]


class Links(Mapping[str, tuple[Placed, ...]]):
    """The links that each text gets, by the path of its file; those of one text in order."""

    def __init__(self, texts: Texts) -> None:
        """Look nothing up yet."""
        self._phrases = texts.phrases
        self._texts = {path: text for path, text in texts.texts.items() if text.chosen}

    def __len__(self) -> int:
        """Return how many texts get links."""
        return len(self._texts)

    def __iter__(self) -> Iterator[str]:
        """Return the paths of the texts that get links."""
        return iter(self._texts)

    def __getitem__(self, path: str) -> tuple[Placed, ...]:
        """Return the links of a text that gets some."""
        text = self._texts[path]
        led = [(text.could[place], self._phrases[text.could[place].phrase]) for place in text.chosen]
        return tuple(sorted(Placed(each.start, each.end, phrase.url, each.text, phrase.reason) for each, phrase in led))

    def chosen(self, path: str) -> list[Candidate]:
        """Return what becomes a link in a text; all else follows from what pages know of each other."""
        text = self._texts.get(path)
        return [text.could[place] for place in text.chosen] if text else []


def phrases(site: Site) -> Table:
    """Return what is looked for, and to which page each phrase leads.

    In this order, the first to claim a phrase has it: ``link_phrases``; names and roles of services, names of people;
    keywords of services; topics; titles, whole and up to a colon; keywords that one article alone has; roles and
    services in a place that has a page. A phrase that two pages claim at one level leads nowhere. A phrase that was
    not chosen for linking needs two words of content, those of articles also words that are rare enough. Pages that are
    drafts, hidden, embargoed, noindex or elsewhere at home are never led to.
    """
    claimed: dict[Words, Phrase | None] = {}
    for level in _levels(site):
        here: dict[Words, Phrase | None] = {}
        for phrase in level:
            known = here.setdefault(phrase.words, phrase)
            if known and known.url != phrase.url:
                here[phrase.words] = None
        claimed = {**here, **claimed}
    return Table({phrase.name: phrase for phrase in claimed.values() if phrase})


def texts(site: Site, faces: str, written: Callable[[Document], Sequence[Link]], memory: Memory) -> Texts:
    """Return the links of all texts, and what they follow from.

    Each target once, and not where the writer links to it already; one link in so many words, the writer's included,
    with words between; the page's own service first, then what is rarest to be named. Where one wording would make up
    more than half of a page's links and has been used three times, another mention is taken, or none.

    Args:
        site: whose pages are linked.
        faces: a digest of what its pages know of each other; see ``local_seo.faces``.
        written: returns the writer's own links in a document, resolved.
        memory: of what it was before an edit.
    """
    made_from = [document.digest for document in site.documents]
    known = digest(faces.encode(), encoded(made_from)) if all(made_from) else ""

    def after(before: Texts | None) -> Texts:
        if before and before.faces == faces:
            changed = [d for d, last in zip(site.documents, before.digests, strict=True) if d.digest != last]
            return replace(again(site, before, changed, written), digests=tuple(made_from))
        table = phrases(site)
        many = found(site, table, memory)
        led = {d.path: _text(site, table, d, many[d.path], written(d)) for d in site.documents}
        texts = {path: text for path, text in led.items() if text}
        return _chosen(Texts(faces, tuple(made_from), dict(table.phrases), texts))

    return carried(memory, "texts", Texts, known, after)


def again(
    site: Site, before: Texts, changed: Sequence[Document], written: Callable[[Document], Sequence[Link]]
) -> Texts:
    """Return the same with some documents in other words."""
    every = Table(before.phrases)
    now = dict(before.texts)
    moved = False
    for document in changed:
        # Few phrases can stand in one text: to sort those takes less than to sort all.
        table = every.of(frozenset(_Finder(document.body, Table({})).stems))
        text = _text(site, table, document, mentions(document.body, table), written(document))
        last = now.pop(document.path, None)
        if text and last and _shape(text) == _shape(last):
            text = text._replace(chosen=last.chosen)
        else:
            moved = moved or text is not last
        if text:
            now[document.path] = text
    texts = replace(before, texts=now)
    return _chosen(texts) if moved else texts


def found(site: Site, table: Table, memory: Memory) -> Mapping[str, Mentions]:
    """Return what each text holds, by the path of its file.

    After a change of the table only those texts are searched anew that may hold a phrase that came or went.
    """
    names = {phrase.name: phrase.exact for phrase in table.phrases.values()}
    tables: Work[dict[str, str], dict[str, str]] = Work("phrases", dict[str, str], lambda names: names)
    made_from, known = memory.last(tables).get(_ALL, ("", names))
    now = digest(encoded(names))
    memory.each(tables, [Item(_ALL, now, names)])

    moved = [_marks(name.split("\n")) for name in sorted({name for name, _ in known.items() ^ names.items()})]
    work: Work[Document, Mentions] = Work("mentions", Mentions, lambda document: mentions(document.body, table))
    before = memory.last(work)
    items = []
    for document in site.documents:
        key = f"{document.digest} {now}" if document.digest else ""
        earlier, many = before.get(document.path, ("", Mentions()))
        kept = None
        if moved and key and earlier == f"{document.digest} {made_from}":
            marks = int.from_bytes(many.marks)
            kept = None if any(each & marks == each for each in moved) else many
        items.append(Item(document.path, key, document, kept))
    return {item.name: many for item, many in zip(items, memory.each(work, items), strict=True)}


def mentions(body: Body, table: Table) -> Mentions:
    """Return every natural mention in a text: longest first where several begin alike, none within another.

    A mention lies in one run of text, outside headings, links, code, quotations, captions, tables, bold type, notes,
    words in another language and quotation marks, and is no part of a longer name or word.
    """
    finder = _Finder(body, table)
    marks = _marks(finder.stems).to_bytes(_MARKS // 8)
    return Mentions(words=finder.at, links=tuple(finder.links), found=tuple(finder.found), marks=marks)


# --- what is looked for --------------------------------------------------------------------------------------------


def _levels(site: Site) -> Iterator[list[Phrase]]:
    pages = [page for page in site.pages if is_target(page, site)]
    chosen = [(page, phrase) for page in pages if page.document for phrase in page.document.front.link_phrases]
    yield list(_made(chosen, "its link_phrases name it so", least=1))
    named = [(page, name) for page in pages if page.service for name in (page.service.name, page.service.role)]
    yield list(_made(named, "it is the page of this service"))
    people = [(page, page.person.name) for page in pages if page.person]
    yield list(_made(people, "it is the profile of this person"))
    services = [(page, keyword) for page in pages if page.service for keyword in page.service.keywords]
    yield list(_made(services, "the service has this keyword"))
    topics = [(page, name) for page in pages if page.topic for name in _spellings(page)]
    yield list(_made(topics, "it is the page of this topic"))
    titles = [(page, title) for page in pages for title in _titles(page)]
    yield list(_made(titles, "it is the title of this page", rarity=limits.LINK_PHRASE_RARITY_LEAST))
    articles = [page for page in pages if page.kind is PageKind.ARTICLE and page.document]
    keywords = [(page, word) for page in articles if page.document for word in page.document.front.keywords]
    yield list(_made(keywords, "no other article has this keyword", rarity=limits.LINK_PHRASE_RARITY_LEAST))
    local = [
        (page, f"{name} in {page.place.name}")
        for page in pages
        if page.place
        for service in site.facts.services
        for name in (service.name, service.role)
    ]
    yield list(_made(local, "it is the page of this place"))


def is_target(page: Page, site: Site) -> bool:
    """Return whether other pages may lead readers to a page: it is out, listed, and has words of its own."""
    if page.document is None or page.kind is PageKind.NOT_FOUND or page.number > 1:
        return False
    front = page.document.front
    listed = front.status == "published" and not front.noindex and not front.canonical
    return listed and not (front.date and front.date.astimezone(site.zone).date() > site.today)


def _spellings(page: Page) -> Iterator[str]:
    """Yield the topic's name, and what its articles call it."""
    if page.topic:
        yield page.topic.name
        for article in page.articles:
            yield from (k for k in article.front.keywords if topic_key(k) == page.topic.key)


def _titles(page: Page) -> Iterator[str]:
    """Yield the titles of pages that are about something; a heading such as "Contact" says nothing in a sentence."""
    if page.document and page.kind in {PageKind.ARTICLE, PageKind.PAGE, PageKind.SERVICE, PageKind.TOPIC}:
        yield page.title
        yield re.split(r":\s| [–—|] ", page.title)[0]


def _made(
    named: Iterable[tuple[Page, str]], reason: str, *, least: int = _WORDS_LEAST, rarity: int = 0
) -> Iterator[Phrase]:
    for page, name in named:
        words, content, rare, exact = _parsed(name)
        if content and (exact or (content >= least and rare >= rarity)):
            yield Phrase(words, page.url, reason, rare, exact)


@lru_cache(maxsize=1 << 17)
def _parsed(name: str) -> tuple[Words, int, int, str]:
    """Return the words of a phrase, how many have content, how rare those are, and how an acronym is written."""
    tokens = _TOKEN.findall(name)
    if len(tokens) > 1 and tokens[0].lower() in _ARTICLES:
        tokens = tokens[1:]
    words = tuple(map(_stem, tokens))
    content = [word for word in words if word not in STOP_WORDS]
    is_acronym = len(tokens) == 1 and len(name) >= _ACRONYM_LETTERS and name.isupper()
    return words, len(content), sum(map(_rarity, content)), tokens[0] if is_acronym else ""


@lru_cache(maxsize=1 << 17)
def _rarest(words: Words) -> int:
    """Return the place of the rarest word, the first of several."""
    rarities = list(map(_rarity, words))
    return rarities.index(max(rarities))


def _rarity(word: str) -> int:
    return 0 if word in STOP_WORDS else english.rarity().get(word, english.RARE)


@lru_cache(maxsize=1 << 16)
def _stem(token: str) -> str:
    """Return a word for comparison: no case, no accents, straight apostrophe, singular."""
    word = fold(token)
    return word if word in _NO_PLURAL else singular(word)


@lru_cache(maxsize=1 << 16)
def _said(raw: str) -> str:
    """Return a piece of HTML without tags as plain text."""
    return squeeze(html.unescape(raw))


# --- where it stands -----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Run:
    """Text between two tags: ``html[start:end]``.

    Attributes:
        is_open: whether links may stand here.
        begins: whether a block begins here.
        before, after: the two characters on the other side of the tags, "" where a block ends there.
    """

    start: int
    end: int
    is_open: bool
    begins: bool
    links: int
    before: str = ""
    after: str = ""


def _marks(words: Iterable[str]) -> int:
    """Return the marks of words: two bits of ``_MARKS`` each.

    Source: https://en.wikipedia.org/wiki/Bloom_filter
    """
    return reduce(or_, map(_mark, words), 0)


@lru_cache(maxsize=1 << 16)
def _mark(word: str) -> int:
    first, second = divmod(crc32(word.encode()) % _MARKS**2, _MARKS)
    return 1 << first | 1 << second


class _Finder:
    """Walks over the runs of text of one body."""

    def __init__(self, body: Body, table: Table) -> None:
        self._html = body.html
        self._table = table
        self._quoted = False
        self.at = 0
        self.links: list[int] = []
        self.found: list[Mention] = []
        self.stems: set[str] = set()  # where there may be links
        for run in _runs(body):
            self._read(run)

    def _read(self, run: _Run) -> None:
        """Count the words of a run, and look for phrases where there may be links."""
        if run.begins:
            self._quoted = False
        self.links += [self.at] * run.links
        raw = self._html[run.start : run.end]
        if "<" in raw:  # a comment, or a sign that parsers do not agree on
            return
        # As many spaces as the reference has characters: offsets stay true.
        raw = raw.replace(_NO_BREAK, "\xa0" * len(_NO_BREAK))
        text, offsets = _decoded(raw) if "&" in raw else (raw, None)
        stems = list(map(_stem, _TOKEN.findall(text)))
        if run.is_open:
            self.stems.update(stems)
            if not self._table.rarest.isdisjoint(stems):
                self._search(run, text, offsets, stems)
        if "“" in text or "”" in text:
            self._quoted = text.rfind("“") > text.rfind("”")
        self.at += len(stems)

    def _search(self, run: _Run, text: str, offsets: Sequence[int] | None, stems: Sequence[str]) -> None:
        """Find what stands in a run: where several begin alike the longest, and none within another."""
        found = []
        known = self._table.by_words
        for words in (zip(stems, strict=True), pairwise(stems)):
            for index, key in enumerate(words):
                if key in known:
                    for place, phrase in known[key]:
                        first = index - place
                        after = first + len(phrase.words)
                        if first >= 0 and tuple(stems[first:after]) == phrase.words:
                            found.append((first, -after, phrase))
        if not found:
            return
        spans = [match.span() for match in _TOKEN.finditer(text)]
        done = 0
        for first, last, phrase in sorted(found, key=lambda each: each[:2]):
            start, end = spans[first][0], spans[-last - 1][1]
            if first < done or self._is_quoted(text, start) or not _is_natural(phrase, run, text, spans, first, -last):
                continue
            done = -last
            if offsets is not None:
                start, end = offsets[start], offsets[end]
            self.found.append(Mention(run.start + start, run.start + end, self.at + first, phrase.name))

    def _is_quoted(self, text: str, start: int) -> bool:
        """Return whether a quotation that was opened before is still open."""
        opened, closed = text.rfind("“", 0, start), text.rfind("”", 0, start)
        return self._quoted if opened == closed else opened > closed


def _runs(body: Body) -> Iterator[_Run]:
    """Yield the runs of text between the tags of a body, in order."""
    tags = [(each.start, each.inside, each, True) for each in body]
    tags += [(each.close, each.end, each, False) for each in body if each.end > each.close]
    tags.sort(key=lambda tag: (tag[0], tag[1]))
    last: _Run | None = None
    end = closed_until = links = 0
    begins = True
    for start, stop, element, is_start in (*tags, (len(body.html), len(body.html), None, False)):
        if start > end:
            run = _Run(end, start, is_open=end >= closed_until, begins=begins, links=links)
            if last:
                if not begins:
                    last.after, run.before = body.html[end : end + 2], body.html[last.end - 2 : last.end]
                yield last
            last = run
            begins, links = False, 0
        end = max(end, stop)
        if element is None:
            continue
        begins = begins or element.tag not in _INLINE
        if is_start and _is_closed(element):
            closed_until = max(closed_until, element.end)
        if is_start and element.tag == "a" and "href" in element.attributes:
            links += 1
    if last:
        yield last


def _is_closed(element: Element) -> bool:
    return (
        element.tag in _CLOSED
        or "lang" in element.attributes
        or not {"footnote", "footnotes"}.isdisjoint(element.attributes.get("class", "").split())
    )


def _decoded(raw: str) -> tuple[str, Sequence[int]]:
    """Return text with its character references resolved, and where each of its characters stands in ``raw``."""
    parts: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _REFERENCE.finditer(raw):
        meant = html.unescape(match.group())
        parts += (raw[done : match.start()], meant)
        offsets += (*range(done, match.start()), *[match.start()] * len(meant))
        done = match.end()
    parts.append(raw[done:])
    # Behind the last character of a reference stands what follows it, so an end offset is never inside of one.
    return "".join(parts), (*offsets, *range(done, len(raw) + 1))


def _is_natural(phrase: Phrase, run: _Run, text: str, spans: Sequence[tuple[int, int]], index: int, after: int) -> bool:
    """Return whether the words stand together and by themselves, and are no part of a longer name."""
    first, end = spans[index][0], spans[after - 1][1]
    gaps = zip(spans[index : after - 1], spans[index + 1 : after], strict=True)
    if not all(_BETWEEN.fullmatch(text, left[1], right[0]) for left, right in gaps):
        return False
    if phrase.exact and text[first:end] != phrase.exact:
        return False
    before = text[max(first - 2, 0) : first] or run.before
    behind = text[end : end + 2] or run.after
    if _HELD_BEFORE.search(before) or _HELD_AFTER.match(behind):
        return False
    # An accent of its own belongs to the letter before it.
    if any(unicodedata.category(each).startswith("M") for each in (before[-1:], behind[:1]) if each):
        return False
    is_capital = [text[start].isupper() for start, _ in spans[index:after]]
    if phrase.exact or len(is_capital) == 1 or not (is_capital[0] and is_capital[-1]):
        return True
    return not (_is_name(text, spans, after - 1, after, after) or _is_name(text, spans, index - 1, index, after))


def _is_name(text: str, spans: Sequence[tuple[int, int]], left: int, right: int, after: int) -> bool:
    """Return whether two capital words stand next to each other, the right one being ``after`` the phrase or in it."""
    if left < 0 or right >= len(spans) or not _BETWEEN.fullmatch(text, spans[left][1], spans[right][0]):
        return False
    if not (text[spans[left][0]].isupper() and text[spans[right][0]].isupper()):
        return False
    # The first word of a sentence is always capital.
    return right == after or not _SENTENCE_START.search(text, 0, spans[left][0])


# --- what becomes a link -------------------------------------------------------------------------------------------


def _text(site: Site, table: Table, document: Document, many: Mentions, own: Sequence[Link]) -> Text | None:
    """Return what the links of a text follow from; None where it has none and gets none."""
    page = site.by_source.get(document.path)
    inner = sum(link.url.startswith("/") for link in own)
    room = max(0, min(limits.TEXT_LINKS_MOST, many.words // limits.TEXT_LINK_WORDS) - inner)
    could: Sequence[Candidate] = ()
    if room and many.found and page and page.kind in _HOSTS and document.front.links != "off":
        could = _in_order(site, table, page, document, many.found)
    if not (own or could):
        return None
    said = tuple((link.url, fold(link.text)) for link in own)
    return Text(_age(document), page.url if page else "", said, room, tuple(sorted(many.links)), tuple(could))


def _in_order(
    site: Site, table: Table, page: Page, document: Document, found: Sequence[Mention]
) -> Sequence[Candidate]:
    """Return the mentions that may be linked: the page's own service first, then the rarest, then the first."""
    service = site.service_of(page)
    own = site.page_of(service) if service else None
    first = own.url if own else ""
    led = []
    rarest: dict[str, int] = {}
    for each in found:
        phrase = table.phrases[each.phrase]
        target = site.by_url[phrase.url].document
        if phrase.url != page.url and target and target.front.lang == document.front.lang:
            led.append((each, phrase))
            rarest[phrase.url] = max(rarest.get(phrase.url, 0), phrase.rarity)
    led.sort(key=lambda pair: (pair[1].url != first, -rarest[pair[1].url], pair[0].start))
    html = document.body.html
    return [Candidate(m.at, m.start, m.end, _said(html[m.start : m.end]), m.phrase) for m, _ in led]


def _shape(text: Text) -> object:
    """Return all of a text that its links, and those of others, are chosen by: words between are too few or enough."""
    places = [*text.near, *(each.at for each in text.could)]
    could = [
        (each.phrase, each.text, [abs(each.at - at) < limits.WORDS_BETWEEN_LINKS for at in places])
        for each in text.could
    ]
    return text.age, text.url, text.own, text.room, len(text.near), could


def _chosen(texts: Texts) -> Texts:
    """Return the same with the links chosen."""
    placed = _Chooser(texts).placed()
    made = {path: text._replace(chosen=tuple(placed.get(path, ()))) for path, text in texts.texts.items()}
    return replace(texts, texts=made)


class _Chooser:
    """Goes over the pages, oldest first, until no more links can be set: writing them in leaves no room for others."""

    def __init__(self, texts: Texts) -> None:
        self._phrases = texts.phrases
        self._texts = texts.texts
        # How often each page is linked in which words, as a search engine tells them apart.
        own = chain.from_iterable(text.own for text in self._texts.values())
        self._wordings: Counter[tuple[str, str]] = Counter(own)
        self._totals: Counter[str] = Counter()
        for (url, _), count in self._wordings.items():
            self._totals[url] += count
        self._placed: dict[str, list[int]] = {}

    def placed(self) -> Mapping[str, Sequence[int]]:
        """Return the places of what becomes a link, by the path of the text."""
        order = sorted((text.age, path) for path, text in self._texts.items() if text.could)
        waiting: Sequence[tuple[str, Sequence[int]]] = [
            (path, range(len(self._texts[path].could))) for _, path in order
        ]
        count = -1
        while count < (now := self._totals.total()):
            # What was refused for its wording may pass once others are linked in other words.
            count = now
            waiting = [(path, refused) for path, could in waiting if (refused := self._place(path, could))]
        return self._placed

    def _place(self, path: str, could: Sequence[int]) -> Sequence[int]:
        """Set the links that there is room for, and return what only its wording keeps from being one."""
        text = self._texts[path]
        refused = []
        mine = self._placed.get(path, [])
        taken: set[str] = set()
        near: list[int] = []
        for place in could:
            each = text.could[place]
            url, wording = self._phrases[each.phrase].url, fold(each.text)
            if not self._varies(url, wording):
                refused.append(place)
                continue
            if len(mine) >= text.room:
                return ()
            if not taken:  # hardly ever looked at: most are refused
                others = [text.could[other] for other in mine]
                taken = {text.url, *(url for url, _ in text.own), *(self._phrases[led.phrase].url for led in others)}
                near = sorted([*text.near, *(led.at for led in others)])
            if url in taken or not _is_apart(each.at, near):
                continue
            mine.append(place)
            taken.add(url)
            near.insert(bisect_left(near, each.at), each.at)
            self._placed[path] = mine
            self._use(url, wording)
        return refused

    def _use(self, url: str, wording: str) -> None:
        self._wordings[url, wording] += 1
        self._totals[url] += 1

    def _varies(self, url: str, wording: str) -> bool:
        """Return whether one more link of this wording leaves the links to a page varied."""
        count = self._wordings.get((url, wording), 0) + 1
        return count <= limits.ANCHOR_USES_MOST or count * 2 <= self._totals[url] + 1


def _age(document: Document) -> float:
    return document.front.date.timestamp() if document.front.date else 0


def _is_apart(at: int, near: Sequence[int]) -> bool:
    """Return whether no link stands within so many words, before or after."""
    after = bisect_left(near, at)
    if after and at - near[after - 1] < limits.WORDS_BETWEEN_LINKS:
        return False
    return after == len(near) or near[after] - at >= limits.WORDS_BETWEEN_LINKS
