"""Where a page could be linked from: the paragraph of another text that has most to do with it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final, cast

from .. import english, text
from ._evidence import evidence, said_in
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..model.built import Built
    from ..model.view import View

_WORDS_IN_COMMON: Final = 2
_SAID_BY_MOST: Final = 400  # paragraphs with a word; one that more have tells no text apart
_MEMO: Final = "paragraphs"


def paragraphs(built: Built) -> Paragraphs:
    """Return the paragraphs of a site; several checks ask for the same ones."""
    if _MEMO not in built.memo:
        built.memo[_MEMO] = Paragraphs(built)
    return cast("Paragraphs", built.memo[_MEMO])


class Paragraphs:
    """The paragraphs of all texts by their words; they are numbered through."""

    def __init__(self, built: Built) -> None:
        """Take every text that search engines may list, once, in the order of their paths."""
        said: dict[str, tuple[str, ...]] = {}
        for view in pages(built):
            if found := evidence(built)[view.save_as].paragraphs:
                said.setdefault(view.source, found)
        self._built = built
        self._paths = sorted(said)
        self._first = [0, *accumulate(len(said[path]) for path in self._paths)]
        self._where: dict[str, list[int]] = defaultdict(list)
        for number, words in enumerate(chain.from_iterable(said[path] for path in self._paths)):
            for word in words.split("\n") if words else ():
                self._where[word].append(number)
        self._by_many: dict[str, frozenset[int]] = {}

    def best(self, view: View, within: str = "") -> str:
        """Return in words where a link to a page would stand best; empty when no text speaks of it.

        The paragraph that has most of the words of the page's name and keywords, two at the least; ``within`` is the
        one file to look at.
        """
        worth = self._worth(view)
        own = self._range(view.source)
        shared = self._within(worth, self._range(within)) if within else self._anywhere(worth)
        best = min(((-value, number) for number, value in shared.items() if number not in own), default=None)
        if best is None:
            return ""
        at = bisect_right(self._first, best[1]) - 1
        said = said_in(self._built.site.by_path[self._paths[at]])[best[1] - self._first[at]]
        return f"{self._paths[at]}, where it says {text.quoted(said)}"

    def _worth(self, view: View) -> dict[str, int]:
        """Return what each word of a page's names and keywords is worth."""
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

    def _range(self, path: str) -> range:
        """Return the numbers of the paragraphs of a file."""
        at = bisect_left(self._paths, path)
        there = at < len(self._paths) and self._paths[at] == path
        return range(self._first[at], self._first[at + 1]) if there else range(0)

    def _within(self, worth: Mapping[str, int], allowed: range) -> dict[int, int]:
        """Return what the words are worth that a paragraph has of these, for those of a file that have some."""
        found: defaultdict[int, list[int]] = defaultdict(list)
        for word, value in worth.items():
            where = self._where.get(word, [])
            for number in where[bisect_left(where, allowed.start) : bisect_left(where, allowed.stop)]:
                found[number].append(value)
        return {number: sum(values) for number, values in found.items() if len(values) >= _WORDS_IN_COMMON}

    def _anywhere(self, worth: Mapping[str, int]) -> dict[int, int]:
        """Return the same for the paragraphs of all files, one of whose words not everybody says."""
        where = {word: self._where[word] for word in worth if word in self._where}
        by_many = [word for word, numbers in where.items() if len(numbers) > _SAID_BY_MOST]
        count = Counter(chain.from_iterable(numbers for word, numbers in where.items() if word not in by_many))
        for word in by_many:
            if word not in self._by_many:
                self._by_many[word] = frozenset(where[word])
            count.update(self._by_many[word] & count.keys())
        found = {number: 0 for number, words in count.items() if words >= _WORDS_IN_COMMON}
        for word, numbers in where.items():
            for number in found.keys() & self._by_many.get(word, numbers):
                found[number] += worth[word]
        return found
