"""Where a page could be linked from: the paragraph of another text that has most to do with it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from .. import english, text
from ..digests import digest, encoded
from ..workers import Item, Work
from ._evidence import at_end, evidence, memory, replaced, said_in
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from ..model.built import Built
    from ..model.view import View

_WORDS_IN_COMMON: Final = 2
_SAID_BY_MOST: Final = 400  # paragraphs with a word; one that more have tells no text apart
_KEPT: Final = 4  # places of a page: an edit takes one away at most, so that all texts are seldom looked at again
_MEMO: Final = "paragraphs"
_ALL: Final = "all"


class _Place(NamedTuple):
    """A paragraph: what the words are worth that it shares with a page, its file, its number in it."""

    worth: int
    path: str
    number: int

    @property
    def rank(self) -> tuple[int, str, int]:
        """Return what puts the best first."""
        return -self.worth, self.path, self.number


@dataclass(frozen=True, slots=True)
class _Known:
    """What an earlier build found.

    Attributes:
        said: a digest of what stands in each file, by path.
        said_by: how many paragraphs have each word.
        best: for the address of each page that was asked for, a digest of what was looked for; the best paragraph of
            each of the best files, best first; and whether there may be others, which are worse.
        words: of each page that has a best paragraph, by address: that one, and it in words.
        within: for each file that was looked at alone, a digest of what stands there and of what was looked for, and
            the best place in words.
    """

    said: dict[str, str] = field(default_factory=dict)
    said_by: dict[str, int] = field(default_factory=dict)
    best: dict[str, tuple[str, tuple[_Place, ...], bool]] = field(default_factory=dict)
    words: dict[str, tuple[_Place, str]] = field(default_factory=dict)
    within: dict[str, tuple[str, str]] = field(default_factory=dict)


def paragraphs(built: Built) -> Paragraphs:
    """Return the paragraphs of a site; several checks ask for the same ones."""
    if _MEMO not in built.memo:
        built.memo[_MEMO] = found = Paragraphs(built)
        at_end(built, found.remember)
    return cast("Paragraphs", built.memo[_MEMO])


_WORK: Final[Work[_Known, _Known]] = Work("places", _Known, lambda known: known)


class Paragraphs:
    """The paragraphs of all texts that search engines may list."""

    def __init__(self, built: Built) -> None:
        """Take every text once, and what an earlier build found in the same ones."""
        self._built = built
        self._asked: dict[str, _Question] = {}
        self._said: dict[str, str] = {}
        said: dict[str, str] = {}
        for view in pages(built):
            found = evidence(built)[view.save_as]
            if found.saying and view.source not in said:
                self._said[view.source], said[view.source] = found.paragraphs, found.saying
        self._earlier = memory(built).last(_WORK).get(_ALL, ("", _Known()))[1]
        self._changed = {path for path, made in said.items() if self._earlier.said.get(path) != made}
        self._known = _Known(said, self._counted(said))
        self._common = {word for word, count in self._known.said_by.items() if count > _SAID_BY_MOST}
        before = {word for word, count in self._earlier.said_by.items() if count > _SAID_BY_MOST}
        self._moved = self._common ^ before

    def _counted(self, said: Mapping[str, str]) -> Counter[str]:
        """Return how many paragraphs have each word: what an earlier build counted, but for what has changed."""
        gone = [made for path, made in self._earlier.said.items() if said.get(path) != made]
        words = {each.saying: each.paragraphs for each in replaced(self._built)}
        count: Counter[str] = Counter()
        if self._earlier.said and words.keys() >= set(gone):
            count.update(self._earlier.said_by)
            for made in gone:
                count.subtract(words[made].split("\n"))
            new = self._changed
        else:
            new = set(said)
        for path in new:
            count.update(self._said[path].split("\n"))
        return +count

    def best(self, view: View, within: str = "") -> str:
        """Return in words where a link to a page would stand best; empty when no text speaks of it.

        The paragraph that has most of the words of the page's name and keywords, two at the least; ``within`` is the
        one file to look at.
        """
        question = self._question(view)
        if within:
            return self._within(question, within) if within != view.source else ""
        best = self._anywhere(question, view)
        if best is None:
            return ""
        known, words = self._earlier.words.get(view.url, (None, ""))
        if known != best or best.path in self._changed:
            words = self._in_words(best.path, best.number)
        self._known.words[view.url] = best, words
        return words

    def remember(self) -> None:
        """Keep what was found for the next build, when nobody asks any more."""
        memory(self._built).each(_WORK, [Item(_ALL, digest(encoded(self._known)), self._known)])

    def _in_words(self, path: str, number: int) -> str:
        return f"{path}, where it says {text.quoted(said_in(self._built.site.by_path[path])[number])}"

    def _question(self, view: View) -> _Question:
        """Return what is looked for to link to a page; all articles of a service ask for its."""
        if view.url not in self._asked:
            page = self._built.site.by_url.get(view.url)
            document = self._built.site.by_path.get(view.source)
            heading = text.plain(view.heading)
            names = [page.name if page else heading, heading]
            names += [*document.front.link_phrases, *document.front.keywords] if document else []
            if page and page.service:
                names += [page.service.role, *page.service.keywords]
            self._asked[view.url] = _Question(tuple(names), view.source)
        return self._asked[view.url]

    def _within(self, question: _Question, path: str) -> str:
        """Return in words the best paragraph of one file."""
        made_from = f"{self._known.said.get(path)} {question.digest}"
        before, place = self._earlier.within.get(path, ("", ""))
        if before != made_from:
            worth = question.worth
            said = self._said.get(path, "").split("\n\n")
            shared = ([worth[word] for word in words.split("\n") if word in worth] for words in said)
            found = [_Place(sum(each), path, n) for n, each in enumerate(shared) if len(each) >= _WORDS_IN_COMMON]
            best = min(found, key=lambda each: each.rank, default=None)
            place = self._in_words(path, best.number) if best else ""
        self._known.within[path] = made_from, place
        return place

    def _anywhere(self, question: _Question, view: View) -> _Place | None:
        """Return the best paragraph of all files but the page's own.

        One of the words must not be everybody's. Of the best places of an earlier build those stand that are in files
        as they were; another one can only be better in a file that has changed.
        """
        worth = question.worth
        before, known, more = self._earlier.best.get(view.url, ("", (), True))
        if before != question.digest or not self._moved.isdisjoint(worth):
            known, more = (), True
        stand = [place for place in known if place.path in self._said and place.path not in self._changed]
        new = self._new.best(worth, self._common, view.source)
        found = sorted((*stand, *new), key=lambda place: place.rank)
        if more:  # what is worse than all that were known may be worse than one that was not
            found = [place for place in found if known and place.rank <= known[-1].rank]
        if more and not found:
            found = self._all.best(worth, self._common, view.source)
            more = len(found) == _KEPT
        self._known.best[view.url] = question.digest, tuple(found[:_KEPT]), more or len(found) > _KEPT
        return found[0] if found else None

    @cached_property
    def _new(self) -> Index:
        return Index({path: self._said[path] for path in self._changed})

    @cached_property
    def _all(self) -> Index:
        return Index(self._said)


class _Question:
    """What is looked for to link to a page."""

    def __init__(self, names: tuple[str, ...], own: str) -> None:
        """Take the names, the page's own first, and the file of the page."""
        self._names = names
        self.digest = digest(encoded((names, own)))

    @cached_property
    def worth(self) -> Mapping[str, int]:
        """Return what each word is worth."""
        # The name itself says most, then what is rare: "La Quinta" more than "therapy".
        rarity = english.rarity()
        worth = {word: rarity.get(word, english.RARE) for name in self._names for word in text.topic_key(name)}
        return worth | {word: worth[word] + english.RARE for word in text.topic_key(self._names[0])}


class Index:
    """Paragraphs by their words; they are numbered through, in the order of their paths."""

    def __init__(self, said: Mapping[str, str]) -> None:
        """Take what stands in each file, by path (``Evidence.paragraphs``)."""
        self._paths = sorted(said)
        split = [said[path].split("\n\n") for path in self._paths]
        self._first = [0, *accumulate(map(len, split))]
        self._at = {path: number for number, path in enumerate(self._paths)}
        self._where: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(chain.from_iterable(split)):
            for word in words.split("\n") if words else ():
                self._where[word].append(number)
        self._bits: dict[str, int] = {}

    def best(self, worth: Mapping[str, int], common: AbstractSet[str], but: str) -> list[_Place]:
        """Return the paragraph with the words that are worth most, two at the least; of several the first.

        After it the best ones of other files, ``_KEPT`` at the most.

        A set of paragraphs is an integer of one bit each, so that each step is taken for all of them at once.

        Args:
            worth: what each word is worth, 1 or more.
            common: those of the words that are not enough without another one.
            but: the one file that is not looked at.
        """
        shared = worth.keys() & self._where.keys()
        if len(shared) < _WORDS_IN_COMMON or shared <= common:
            return []
        once = twice = telling = 0
        digits: list[int] = []  # digits[n] has the n-th binary digit of what each paragraph is worth
        for word in shared:
            holders = self._holders(word)
            twice |= once & holders
            once |= holders
            telling |= 0 if word in common else holders
            for digit in _ones(worth[word]):
                _add(digits, digit, holders)
        left = twice & telling
        if but in self._at:
            left &= ~self._within(self._at[but])
        found: list[_Place] = []
        while left and len(found) < _KEPT:
            best, value = left, 0
            for number in reversed(range(len(digits))):
                if most := best & digits[number]:
                    best = most
                    value += 1 << number
            number = (best & -best).bit_length() - 1
            at = bisect_right(self._first, number) - 1
            found.append(_Place(value, self._paths[at], number - self._first[at]))
            left &= ~self._within(at)
        return found

    def _within(self, at: int) -> int:
        """Return the paragraphs of a file."""
        return (1 << self._first[at + 1]) - (1 << self._first[at])

    def _holders(self, word: str) -> int:
        """Return the paragraphs that have a word, of which there are some."""
        if word not in self._bits:
            flags = bytearray(self._first[-1] // 8 + 1)
            for number in self._where[word]:
                flags[number >> 3] |= 1 << (number & 7)
            self._bits[word] = int.from_bytes(flags, "little")
        return self._bits[word]


def _ones(value: int) -> Iterator[int]:
    return (digit for digit in range(value.bit_length()) if value >> digit & 1)


def _add(digits: list[int], digit: int, carry: int) -> None:
    """Add one, at a binary digit, to each of the numbers whose bits are set."""
    while carry:
        if digit >= len(digits):
            digits += [0] * (digit + 1 - len(digits))
        digits[digit], carry = digits[digit] ^ carry, digits[digit] & carry
        digit += 1
