"""Running text measured: words, sentences, syllables, reading grade; each counted once a page.

Texts are plain, white space squeezed. The measures know English only.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import pyphen

from . import text

if TYPE_CHECKING:
    from collections.abc import Iterator

RUNNING: Final = frozenset({"blockquote", "dd", "li", "p"})
HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

# A sentence ends at one of its signs before white space and something that may begin the next one.
_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[^\W_a-z])")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(\[“‘\"'])(?:[A-Za-z]|[Dd]rs?|[Mm](?:r|rs|s|x)|[Ss]t|[Pp]rof|[Ss]r|[Jj]r|[Nn]os?|[Vv]s|[Ff]ig|[Ee]d|"
    r"[Aa]pprox|[Oo]p|[Cc]it|pp|[Ee]\.g|[Ii]\.e|cf|[Uu]\.[Ss]|[Aa]ve|[Bb]lvd)\.$"
)


class Link(NamedTuple):
    """A link within a text, by its address and words."""

    url: str
    text: str


class Sentence(NamedTuple):
    """One sentence of running text.

    Attributes:
        passage: index of the passage that it stands in.
        start: offset in that passage's text.
        words: in order, as written.
    """

    passage: int
    start: int
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of text as a reader sees it.

    Attributes:
        tag: of the block; a paragraph in a list item, a quotation or a table cell has the tag of that.
        pictures: the alternative texts of its pictures.
    """

    tag: str
    text: str
    links: tuple[Link, ...] = ()


class _Piece(NamedTuple):
    """A sentence of any block, or the whole block where it is no running text."""

    start: int
    text: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Writing:
    """What somebody wrote for a page, in order; ``passages`` have text each.

    Attributes:
        memo: what those who read it work out once, under a name of theirs; no part of the value.
    """

    passages: tuple[Passage, ...] = ()
    memo: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _pieces(self) -> tuple[tuple[_Piece, ...], ...]:
        return tuple(
            tuple(_pieces(passage.text, _starts(passage.text) if passage.tag in RUNNING else [0]))
            for passage in self.passages
        )

    @cached_property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of each passage, as written."""
        return tuple(
            pieces[0].words if len(pieces) == 1 else tuple(chain.from_iterable(piece.words for piece in pieces))
            for pieces in self._pieces
        )

    @cached_property
    def count(self) -> int:
        """Return how many words there are, headings and tables included, code blocks not."""
        return sum(len(words) for words, each in zip(self.words, self.passages, strict=True) if each.tag != "pre")

    @cached_property
    def folded(self) -> tuple[tuple[str, ...], ...]:
        """Return the words of each passage in their first form (``stem``)."""
        return tuple(tuple(map(stem, words)) for words in self.words)

    @cached_property
    def stems(self) -> Counter[str]:
        """Return how often each first form stands in the text."""
        return Counter(chain.from_iterable(self.folded))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences of running text: paragraphs, quotations and items that are sentences."""
        return tuple(
            Sentence(index, piece.start, piece.text, words)
            for index, pieces in enumerate(self._pieces)
            if self.passages[index].tag in RUNNING
            for piece in pieces
            if (words := _spoken(piece.words))
        )

    @cached_property
    def grade(self) -> float:
        """Return the Flesch-Kincaid grade of the running text, 0 where there is none.

        A year of school in the United States. Syllables are the points where a word may be divided, so the grade is
        up to one year lower than by other counts; thresholds go by this one.

        Source: Kincaid et al. (1975), Derivation of new readability formulas for Navy enlisted personnel
        """
        return grade(self.sentences)


def grade(sentences: tuple[Sentence, ...] | list[Sentence]) -> float:
    """Return the Flesch-Kincaid grade of these sentences; 0 at least."""
    words = sum(len(sentence.words) for sentence in sentences)
    if not words:
        return 0.0
    heard = sum(sum(map(syllables, sentence.words)) for sentence in sentences)
    return max(0.0, 0.39 * words / len(sentences) + 11.8 * heard / words - 15.59)


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Return how many syllables a word has, 1 at least."""
    # The dictionary of patterns is looked up in lower case; a word without end is no word.
    return len(_hyphenation().positions(word[:40])) + 1


@cache
def _hyphenation() -> pyphen.Pyphen:
    """Return the patterns of the language; to read them takes as long as to judge ten pages."""
    return pyphen.Pyphen(lang="en_US", left=1, right=1)


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return the first form of an English word: folded, without plural, ``-ing``, ``-ed`` and possessive.

    A rule of thumb for comparison: it makes one of ``Napping`` and ``naps``, and not of ``grief`` and ``grieving``.
    """
    folded = text.fold(word).removesuffix("'s").removesuffix("'")
    folded = text.singular(folded)
    for ending, shortest in (("ing", 6), ("ed", 5)):
        if folded.endswith(ending) and len(folded) >= shortest:
            folded = folded[: -len(ending)]
            if len(folded) > 2 and folded[-1] == folded[-2] and folded[-1] not in "aeiousl":  # noqa: PLR2004
                folded = folded[:-1]
            break
    return folded.removesuffix("e") if len(folded) > 3 else folded  # noqa: PLR2004 - shorter ones are other words


def _spoken(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that are no numbers."""
    return tuple(word for word in words if not word.isdigit()) if any(map(str.isdigit, words)) else words


def _pieces(said: str, starts: list[int]) -> Iterator[_Piece]:
    for start, end in zip(starts, [*starts[1:], len(said)], strict=True):
        part = said[start:end].rstrip()
        yield _Piece(start, part, tuple(text.words(part)))


def _starts(said: str) -> list[int]:
    """Return where the sentences of a text begin."""
    starts = [0]
    for match in _END.finditer(said):
        before = said[: match.end()].rstrip()
        if before.endswith(".") and _ABBREVIATION.search(before[-12:]):
            continue
        starts.append(match.end())
    return starts
