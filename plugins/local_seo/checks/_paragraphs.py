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
from ._evidence import at_end, evidence, memory, said_in
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from ..model.built import Built
    from ..model.view import View

_WORDS_IN_COMMON: Final = 2
_SAID_BY_MOST: Final = 400  # paragraphs with a word; one that more have tells no text apart
_MEMO: Final = "paragraphs"
_ALL: Final = "all"


class _Place(NamedTuple):
    """A paragraph: what the words are worth that it shares with a page, its file, its number in it."""

    worth: int
    path: str
    number: int


@dataclass(frozen=True, slots=True)
class _Known:
    """What an earlier build found.

    Attributes:
        said: a digest of the paragraphs of each file, by path.
        best: for the address of each page that was asked for, a digest of what was looked for, and the best place.
    """

    said: dict[str, str] = field(default_factory=dict)
    best: dict[str, tuple[str, _Place | None]] = field(default_factory=dict)


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
        self._worths: dict[str, Mapping[str, int]] = {}
        self._said: dict[str, tuple[str, ...]] = {}
        for view in pages(built):
            if found := evidence(built)[view.save_as].paragraphs:
                self._said.setdefault(view.source, found)
        self._known = _Known(said={path: digest(encoded(said)) for path, said in self._said.items()})
        self._earlier = memory(built).last(_WORK).get(_ALL, ("", _Known()))[1]

    def best(self, view: View, within: str = "") -> str:
        """Return in words where a link to a page would stand best; empty when no text speaks of it.

        The paragraph that has most of the words of the page's name and keywords, two at the least; ``within`` is the
        one file to look at.
        """
        worth = self._worth(view)
        best = self._within(worth, within, view.source) if within else self._anywhere(worth, view)
        if best is None:
            return ""
        said = said_in(self._built.site.by_path[best.path])[best.number]
        return f"{best.path}, where it says {text.quoted(said)}"

    def remember(self) -> None:
        """Keep what was found for the next build, when nobody asks any more."""
        memory(self._built).each(_WORK, [Item(_ALL, digest(encoded(self._known)), self._known)])

    def _worth(self, view: View) -> Mapping[str, int]:
        """Return what each word of a page's names and keywords is worth; all articles of a service ask for its."""
        if view.url not in self._worths:
            self._worths[view.url] = self._weighed(view)
        return self._worths[view.url]

    def _weighed(self, view: View) -> dict[str, int]:
        page = self._built.site.by_url.get(view.url)
        document = self._built.site.by_path.get(view.source)
        names = [page.name if page else text.plain(view.heading), text.plain(view.heading)]
        names += [*document.front.link_phrases, *document.front.keywords] if document else []
        if page and page.service:
            names += [page.service.role, *page.service.keywords]
        # The name itself says most, then what is rare: "La Quinta" more than "therapy".
        rarity = english.rarity()
        worth = {word: rarity.get(word, english.RARE) for name in names for word in text.topic_key(name)}
        return worth | {word: worth[word] + english.RARE for word in text.topic_key(names[0])}

    def _within(self, worth: Mapping[str, int], path: str, own: str) -> _Place | None:
        """Return the best paragraph of one file, which is not the page's own."""
        said = self._said.get(path, ()) if path != own else ()
        shared = ([worth[word] for word in words.split("\n") if word in worth] for words in said)
        found = [_Place(sum(each), path, n) for n, each in enumerate(shared) if len(each) >= _WORDS_IN_COMMON]
        return _better(found)

    def _anywhere(self, worth: Mapping[str, int], view: View) -> _Place | None:
        """Return the best paragraph of all files but the page's own.

        One of the words must not be everybody's. Where the best place of an earlier build still stands, another one can
        only be better in a file that has changed.
        """
        common = sorted(word for word in worth if self._said_by[word] > _SAID_BY_MOST)
        sought = digest(encoded((worth, common, view.source)))
        before, known = self._earlier.best.get(view.url, ("", None))
        if before == sought and (known is None or (known.path in self._said and known.path not in self._changed)):
            new = self._new.best(worth, common, view.source)
            best = _better(place for place in (known, new) if place)
        else:
            best = self._all.best(worth, common, view.source)
        self._known.best[view.url] = sought, best
        return best

    @cached_property
    def _said_by(self) -> Counter[str]:
        """Return how many paragraphs have each word."""
        count: Counter[str] = Counter()
        for said in self._said.values():
            count.update("\n".join(said).split("\n"))
        return count

    @cached_property
    def _changed(self) -> frozenset[str]:
        return frozenset(path for path, made in self._known.said.items() if self._earlier.said.get(path) != made)

    @cached_property
    def _new(self) -> Index:
        return Index({path: self._said[path] for path in self._changed})

    @cached_property
    def _all(self) -> Index:
        return Index(self._said)


class Index:
    """Paragraphs by their words; they are numbered through, in the order of their paths."""

    def __init__(self, said: Mapping[str, tuple[str, ...]]) -> None:
        """Take the words of each paragraph, a line each, by path."""
        self._paths = sorted(said)
        self._first = [0, *accumulate(len(said[path]) for path in self._paths)]
        self._at = {path: number for number, path in enumerate(self._paths)}
        self._where: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(chain.from_iterable(said[path] for path in self._paths)):
            for word in words.split("\n") if words else ():
                self._where[word].append(number)
        self._bits: dict[str, int] = {}

    def best(self, worth: Mapping[str, int], common: Collection[str], but: str) -> _Place | None:
        """Return the paragraph with the words that are worth most, two at the least; the first of several.

        A set of paragraphs is an integer of one bit each, so that each step is taken for all of them at once.

        Args:
            worth: what each word is worth, 1 or more.
            common: those of the words that are not enough without another one.
            but: the one file that is not looked at.
        """
        once = twice = telling = 0
        digits: list[int] = []  # digits[n] has the n-th binary digit of what each paragraph is worth
        for word, value in worth.items():
            if holders := self._holders(word):
                twice |= once & holders
                once |= holders
                telling |= 0 if word in common else holders
                for digit in _ones(value):
                    _add(digits, digit, holders)
        twice &= telling
        if but in self._at:
            start, end = self._first[self._at[but] : self._at[but] + 2]
            twice &= ~((1 << end) - (1 << start))
        if not twice:
            return None
        value = 0
        for number in reversed(range(len(digits))):
            if most := twice & digits[number]:
                twice = most
                value += 1 << number
        number = (twice & -twice).bit_length() - 1
        at = bisect_right(self._first, number) - 1
        return _Place(value, self._paths[at], number - self._first[at])

    def _holders(self, word: str) -> int:
        """Return the paragraphs that have a word."""
        if word not in self._where:
            return 0
        if word not in self._bits:
            flags = bytearray(self._first[-1] // 8 + 1)
            for number in self._where[word]:
                flags[number >> 3] |= 1 << (number & 7)
            self._bits[word] = int.from_bytes(flags, "little")
        return self._bits[word]


def _better(places: Iterable[_Place]) -> _Place | None:
    return min(places, key=lambda place: (-place.worth, place.path, place.number), default=None)


def _ones(value: int) -> Iterator[int]:
    return (digit for digit in range(value.bit_length()) if value >> digit & 1)


def _add(digits: list[int], digit: int, carry: int) -> None:
    """Add one, at a binary digit, to each of the numbers whose bits are set."""
    while carry:
        if digit >= len(digits):
            digits += [0] * (digit + 1 - len(digits))
        digits[digit], carry = digits[digit] ^ carry, digits[digit] & carry
        digit += 1
