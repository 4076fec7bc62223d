"""How alike texts are: their runs of five words as exact sets, with the words masked that a copy would swap.

Texts come in folded (``text.fold``).

Source: https://nlp.stanford.edu/IR-book/html/htmledition/near-duplicates-and-shingling-1.html
"""

from __future__ import annotations

import itertools
import math
import re
from array import array
from collections import defaultdict
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

MASK: Final = "\ue000"  # stands for everything masked; no text has this private character
WORDS: Final = 5  # in a shingle (E-14); fewer find chance, more miss what was lightly edited
_SKETCHED: Final = 256  # hashes of a sketch: enough to tell a score of 0.3 from one of 0.15
_ROOM: Final = 5  # standard deviations
_ROUNDING: Final = 1e-9  # what is a whole number on paper may come out a hair above it
_POSTCODE_DIGITS: Final = 5
# A phone number, a date, a postcode with its four more digits: digits with little between them.
_NUMBER: Final = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-/]{0,2}\d){6,14}(?!\w)")
_DIGITS: Final = re.compile(r"\d(?:[\s().\-/]{0,2}\d){6}")  # in each of them, and quicker to find
_WORD: Final = re.compile(rf"[^\W_]+|{MASK}")


class Mask:
    """What does not count in a comparison: names that differ between copies, phone numbers and postcodes."""

    def __init__(self, phrases: Iterable[str]) -> None:
        """Take folded phrases; where several begin alike, the longest is masked."""
        self._by_first: dict[str, list[list[str]]] = defaultdict(list)
        for phrase in sorted({tuple(_WORD.findall(phrase)) for phrase in phrases} - {()}, key=len, reverse=True):
            self._by_first[phrase[0]].append(list(phrase))

    def words(self, text: str) -> list[str]:
        """Return the words of a folded text with each run of masked ones as one ``MASK``."""
        found = _WORD.findall(_NUMBER.sub(MASK, text) if _DIGITS.search(text) else text)
        kept: list[str] = []
        end = 0
        first = self._by_first
        # Few words are masked, or begin something that is.
        for at in [n for n, word in enumerate(found) if word in first or word == MASK or word.isdigit()]:
            word = found[at]
            length = int(word == MASK or _is_postcode(word))
            for phrase in self._by_first.get(word, ()):
                if found[at : at + len(phrase)] == phrase:
                    length = len(phrase)
                    break
            if length and at >= end:
                kept += found[end:at]
                if kept[-1:] != [MASK]:
                    kept.append(MASK)
                end = at + length
        return kept + found[end:]


def _is_postcode(word: str) -> bool:
    return len(word) == _POSTCODE_DIGITS and word.isdigit()


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Return the runs of ``WORDS`` words, each as its hash; none of fewer words.

    The hashes are the same in every process. They have 64 bits: that two runs share one is no matter of practice.
    """
    numbers = list(map(_number, words))
    return frozenset(map(hash, zip(*(numbers[start:] for start in range(WORDS)), strict=False)))


# Of a text Python makes another hash in every process, of numbers never.
@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "big")


class Sketch(NamedTuple):
    """What is kept of a set to tell what it may be like: its size, and its lowest hashes as bytes."""

    size: int = 0
    lowest: bytes = b""


def sketch(shingled: frozenset[int]) -> Sketch:
    """Return the sketch of a set; a small one stands in it whole."""
    return Sketch(len(shingled), array("q", sorted(shingled)[:_SKETCHED]).tobytes())


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Return what two sets share, 0 to 1, of all that they hold; 0 for two empty ones."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def alike(sets: Sequence[frozenset[int]], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (earlier, later, ``jaccard``) for each two sets that share something and score ``least`` or more.

    Sets that share nothing cost nothing.
    """
    sizes = list(map(len, sets))

    def enough(one: int, other: int) -> int:
        return int(least / (1 + least) * (one + other))

    for earlier, later, shared in _sharing(lambda index: sets[index], sizes, enough):
        score = shared / (sizes[later] + sizes[earlier] - shared)
        if score >= least:
            yield earlier, later, score


def likely(sketches: Sequence[Sketch], least: float, new: Collection[int] | None = None) -> Iterator[tuple[int, int]]:
    """Yield (earlier, later) for each two sets, by their sketches, that may score ``least`` or more.

    What two sets share is spread evenly among their hashes, so that of the lowest they share as large a part, as near
    as chance lets it be. With five standard deviations of room no pair is passed over, but perhaps one in a million of
    those that just reach the limit. Sets that stand whole in their sketches are compared exactly.

    Args:
        sketches: of the sets.
        least: the score.
        new: the indices of those one of which each pair must have; None for all.

    Source: Broder (1997), On the resemblance and containment of documents
    """
    sizes = [each.size for each in sketches]

    def needed(one: int, other: int) -> float:
        shared = least / (1 + least) * (one + other) - _ROUNDING
        if max(one, other) <= _SKETCHED:
            return shared
        part = shared * _SKETCHED / max(one, other)
        return part - _ROOM * math.sqrt(part)

    def lowest(index: int) -> Collection[int]:
        return memoryview(sketches[index].lowest).cast("q")

    for earlier, later, shared in _sharing(lowest, sizes, lambda one, other: int(needed(one, other)), new):
        if shared >= needed(sizes[earlier], sizes[later]):
            yield earlier, later


def _sharing(
    member: Callable[[int], Collection[int]],
    sizes: Sequence[int],
    enough: Callable[[int, int], int],
    new: Collection[int] | None = None,
) -> Iterator[tuple[int, int, int]]:
    """Yield (earlier, later, how many they share) for each two sets that share something, and enough.

    ``enough`` says how many that is for two sets of some sizes; pairs that share a few less may come as well. One of
    the two is among the ``new`` ones. Where all share much, an index with lists would count each pair once a shingle;
    here the sets that hold a shingle are the bits of one integer, and adding it to a column of counters adds one to all
    of them at once. Whether a counter is high enough is asked of all sets of about one size at once, too.
    """
    first = sorted(new) if new is not None else list(range(len(sizes)))
    others = sorted(set(range(len(sizes))).difference(first))
    single: set[int] = set()
    common: set[int] = set()
    for each in map(member, first):
        common |= single.intersection(each)
        single |= set(each)
    wanted = single if others else common
    holders = dict.fromkeys(wanted, 0)
    del single, common
    groups = list(_of_one_size([sizes[index] for index in first]))
    for place, index in enumerate((*first, *others)):
        # counters[n] has the n-th binary digit of what each of the new sets before this one shares with it.
        counters: list[int] = []
        for shingle in wanted.intersection(member(index)):
            carry = holders[shingle]
            if place < len(first):
                holders[shingle] |= 1 << place
            for digit in itertools.count():
                if not carry:
                    break
                if digit == len(counters):
                    counters.append(0)
                counters[digit], carry = counters[digit] ^ carry, counters[digit] & carry
        found = 0
        for smallest, largest, places in groups:
            # As sizes grow, what is enough rises and then falls: it is least at one of the ends.
            least = min(enough(sizes[index], smallest), enough(sizes[index], largest))
            found |= _as_high(counters, max(least, 1), places)
        for other in _ones(found):
            pair = sorted((first[other], index))
            yield pair[0], pair[1], sum((counter >> other & 1) << digit for digit, counter in enumerate(counters))


def _of_one_size(sizes: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (smallest, largest, positions as bits) of those that differ by less than a fifth.

    Those that stand whole in their sketches are apart from the others, as something else is enough for them.
    """
    groups: dict[tuple[bool, int], list[int]] = {}
    for place, size in enumerate(sizes):
        if size:
            groups.setdefault((size > _SKETCHED, int(4 * math.log2(size))), []).append(place)
    for places in groups.values():
        among = [sizes[place] for place in places]
        yield min(among), max(among), sum(1 << place for place in places)


def _as_high(counters: Sequence[int], least: int, places: int) -> int:
    """Return those of some positions at which the counters, digits of binary numbers, say ``least`` or more."""
    if least.bit_length() > len(counters):
        return 0
    more, same = 0, places
    for digit in reversed(range(len(counters))):
        if least >> digit & 1:
            same &= counters[digit]
        else:
            more |= same & counters[digit]
            same &= ~counters[digit]
    return more | same


def _ones(bits: int) -> Iterator[int]:
    """Yield the positions of the ones of a number, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
