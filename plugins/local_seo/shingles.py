"""How alike texts are: their runs of five words as exact sets, with the words masked that a copy would swap.

Texts come in folded (``text.fold``).

Source: https://nlp.stanford.edu/IR-book/html/htmledition/near-duplicates-and-shingling-1.html
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import reduce
from itertools import count
from operator import or_
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

MASK: Final = "\ue000"  # stands for everything masked; no text has this private character
WORDS: Final = 5  # in a shingle (E-14); fewer find chance, more miss what was lightly edited
_POSTCODE_DIGITS: Final = 5
# A phone number, a date, a postcode with its four more digits: digits with little between them.
_NUMBER: Final = re.compile(r"(?<!\w)\+?\(?\d(?:[\s().\-/]{0,2}\d){6,14}(?!\w)")
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
        found = _WORD.findall(_NUMBER.sub(MASK, text))
        kept: list[str] = []
        at = 0
        while at < len(found):
            word = found[at]
            length = int(word == MASK or (len(word) == _POSTCODE_DIGITS and word.isdigit()))
            for phrase in self._by_first.get(word, ()):
                if found[at : at + len(phrase)] == phrase:
                    length = len(phrase)
                    break
            if not length:
                kept.append(word)
            elif kept[-1:] != [MASK]:
                kept.append(MASK)
            at += length or 1
        return kept


def shingles(words: Sequence[str]) -> frozenset[int]:
    """Return the runs of ``WORDS`` words, each as its hash; none of fewer words.

    The hashes hold within one process. They have 64 bits: that two runs share one is no matter of practice.
    """
    return frozenset(map(hash, zip(*(words[start:] for start in range(WORDS)), strict=False)))


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Return what two sets share, 0 to 1, of all that they hold; 0 for two empty ones."""
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def alike(sets: Sequence[frozenset[int]], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield (earlier, later, ``jaccard``) for each two sets that share something and score ``least`` or more.

    By the later index, then the earlier one. Sets that share nothing cost nothing. Where all share much, an index
    with lists would count each pair once a shingle; here the sets that hold a shingle are the bits of one integer,
    and adding it to a column of counters adds one to all of them at once.
    """
    single: set[int] = set()
    common: set[int] = set()
    for each in sets:
        common |= single & each
        single |= each
    holders = dict.fromkeys(common, 0)
    for later, each in enumerate(sets):
        # counters[n] has the n-th binary digit of what each earlier set shares with this one.
        counters: list[int] = []
        for shingle in each & common:
            carry = holders[shingle]
            holders[shingle] |= 1 << later
            for digit in count():
                if not carry:
                    break
                if digit == len(counters):
                    counters.append(0)
                counters[digit], carry = counters[digit] ^ carry, counters[digit] & carry
        # The score is at most what is shared of this set: without a digit that high nobody reaches it.
        lowest = int(least * len(each)).bit_length() - 1
        for earlier in _ones(reduce(or_, counters[max(lowest, 0) :], 0)):
            shared = sum((counter >> earlier & 1) << digit for digit, counter in enumerate(counters))
            score = shared / (len(each) + len(sets[earlier]) - shared)
            if score >= least:
                yield earlier, later, score


def _ones(bits: int) -> Iterator[int]:
    """Yield the positions of the ones of a number, lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
