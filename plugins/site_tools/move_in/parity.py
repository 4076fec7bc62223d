"""What a text held before and holds after, counted by a parser that had no part in moving it."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from local_seo.text import fold, squeeze

from .markdown import UNSEEN, absolute, alt_of, picture_key, picture_of
from .model import Counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from selectolax.lexbor import LexborNode

# A parser joins the words of two blocks; a space in front of each keeps them apart.
_BLOCK_TAG: Final = re.compile(
    r"<(?=/?(?:p|div|br|hr|li|ul|ol|dl|dt|dd|td|th|tr|table|caption|h[1-6]|figure|figcaption|blockquote|pre|section|"
    r"article|aside|header|footer|summary|details|iframe|img|noscript|button)\b)",
    re.IGNORECASE,
)
_WORD: Final = re.compile(r"[^\W_]+")
_UNSEEN_TEXT: Final = "noscript, iframe, video, audio, object, embed, canvas, map"
_INVISIBLE: Final = re.compile("[\x00\u00ad\u200b\u2060\ufeff]")


class Page:
    """The words, headings, pictures and links of one HTML text."""

    def __init__(self, html: str, rewritten: Callable[[str], str] = lambda text: text, base: str = "") -> None:
        """Read it.

        Args:
            html: damaged is fine.
            rewritten: what happens to a plain text on the way, such as a changed address.
            base: what relative addresses of pictures are relative to.
        """
        tree = LexborHTMLParser(f"<body>{_BLOCK_TAG.sub(' <', _INVISIBLE.sub('', html))}")
        for node in tree.css(UNSEEN):
            node.decompose()
        shown = [dict(node.attributes) for node in tree.css("img")]
        self.pictures = {picture_key(absolute(base, url)): url for each in shown if (url := picture_of(each))}
        self.alts = {squeeze(fold(alt)) for each in shown if picture_of(each) and (alt := alt_of(each))}
        hrefs = ((node.attributes.get("href") or "").strip() for node in tree.css("a[href]") if _leads(node))
        self.links = tuple(dict.fromkeys(href for href in hrefs if href))
        for node in tree.css(_UNSEEN_TEXT):
            node.decompose()
        headings = (words(rewritten(node.text())) for node in tree.css("h1,h2,h3,h4,h5,h6,summary"))
        self.headings = tuple(said for said in headings if said)
        self.words = words(rewritten(tree.body.text())) if tree.body else ()

    def counts(self) -> Counts:
        """Return the figures of the table."""
        return Counts(
            words=self.words,
            headings=len(self.headings),
            pictures=len(self.pictures),
            alts=len(self.alts),
            links=len(self.links),
        )


def _leads(node: LexborNode) -> bool:
    """Return whether a link can be followed: one around nothing cannot."""
    return bool(node.text().strip() or node.css_first("img"))


def words(text: str) -> tuple[str, ...]:
    """Return the words of a plain text, folded, so that typography and hyphens make no difference."""
    return tuple(_WORD.findall(fold(_INVISIBLE.sub("", text))))


def lost(before: Iterable[str], after: Iterable[str]) -> tuple[str, ...]:
    """Return the words that are missing after, in the order in which they stood before."""
    there = tuple(before)
    left = Counter(there) - Counter(after)
    missing = []
    # From the end: what repeats is missing where it stood last.
    for word in reversed(there) if left else ():
        if left[word]:
            left[word] -= 1
            missing.append(word)
    return tuple(reversed(missing))
