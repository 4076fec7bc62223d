"""Plain text: words, slugs, cuts, comparison of phrases, nearest spelling."""

from __future__ import annotations

import difflib
import html
import re
import unicodedata
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_TAG = re.compile(r"<[^>]*>")
# Words come again and again, and what becomes of them is kept; longer texts come once.
_WORD_CHARS = 40
# Words that carry no meaning of their own in a title or keyword.
STOP_WORDS = frozenset(
    "a an and are as at be but by can do for from how i if in into is it its me my near of on or our s so t "
    "than that the their them then there these they this to us was we what when where which who why will with "
    "you your".split()
)
# ISO 639-1, the languages with a code of two letters.
LANGUAGES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo "
    "es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka "
    "kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng "
    "nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su "
    "sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)


def words(text: str) -> list[str]:
    """Return the words of a plain text, in order; a hyphen or apostrophe inside a word keeps it whole."""
    return _WORD.findall(text)


def content_words(text: str) -> list[str]:
    """Return the folded words of a plain text without stop words."""
    return [word for word in map(fold, words(text)) if word not in STOP_WORDS]


def squeeze(text: str) -> str:
    """Return text with every run of white space, no-break spaces included, as one space."""
    return " ".join(text.split())


def plain(markup: str) -> str:
    """Return the text of an HTML fragment: tags removed, entities resolved, white space squeezed."""
    return squeeze(html.unescape(_TAG.sub("", markup) if "<" in markup else markup))


def fold(text: str) -> str:
    """Return text for comparison: no case, no accents, straight quotes, single spaces."""
    return _folded(text) if len(text) <= _WORD_CHARS else _folded.__wrapped__(text)


@lru_cache(maxsize=1 << 16)
def _folded(text: str) -> str:
    straight = text.replace("’", "'")
    if not straight.isascii():
        decomposed = unicodedata.normalize("NFKD", straight)
        accents = [char for char in set(decomposed) if unicodedata.combining(char)]
        straight = decomposed.translate(dict.fromkeys(map(ord, accents))) if accents else decomposed
    return squeeze(straight.casefold())


def slugify(text: str) -> str:
    """Return an address part in lower case with hyphens; letters outside ASCII are kept as they are.

    Empty when the text has no letter or digit.
    """
    return "-".join(re.findall(r"[^\W_]+", fold(text).replace("'", "")))


def singular(word: str) -> str:
    """Return a folded English word without a plural ending; a rule of thumb, used for comparison only."""
    for ending, instead, shortest in (("ies", "y", 5), ("sses", "ss", 5), ("xes", "x", 4), ("s", "", 4)):
        if word.endswith(ending) and len(word) >= shortest and not word.endswith(("ss", "us", "is")):
            return word[: -len(ending)] + instead
    return word


def is_language(tag: str) -> bool:
    """Return whether a text is a short language tag: a known language, with a script or region where they matter.

    ``es``, ``es-MX``, ``es-419``, ``zh-Hant``. Languages without a two-letter code have three letters: ``fil``.

    Source: https://www.rfc-editor.org/rfc/rfc5646, https://www.iso.org/iso-639-language-code
    """
    found = re.fullmatch(r"([a-z]{2,3})(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?", tag)
    return bool(found and (found.group(1) in LANGUAGES or len(found.group(1)) == 3))  # noqa: PLR2004 - letters


@lru_cache(maxsize=1 << 16)
def topic_key(phrase: str) -> frozenset[str]:
    """Return what makes two keywords the same: their content words in any order, plural or singular.

    ``Therapist for new parents`` and ``new-parent therapists`` are equal.
    """
    return frozenset(chain.from_iterable(map(_parts, words(phrase))))


@lru_cache(maxsize=1 << 16)
def _parts(word: str) -> tuple[str, ...]:
    return tuple(singular(part) for part in fold(word).split("-") if part not in STOP_WORDS)


def capitalised(text: str) -> str:
    """Return text with its first letter in upper case and the rest as it is."""
    return text[:1].upper() + text[1:]


def cut(text: str, most: int) -> str:
    """Return text of at most ``most`` characters, cut between words and ended with an ellipsis."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    if not text[most - 1].isspace():
        head = head.rsplit(" ", 1)[0] if " " in head else head
    return head.rstrip(" ,;:.-–—") + "…"


def joined(names: Iterable[str], last: str = "and") -> str:
    """Return names as an English list: ``a``, ``a and b``, ``a, b and c``."""
    items = list(names)
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {last} {items[-1]}" if items else ""


def near(found: str, allowed: Iterable[str]) -> str:
    """Return the valid spelling that somebody probably meant; empty when none is near.

    Of two paths the last parts must be near as well: all files of a folder begin alike.
    """
    by_fold = {fold(option): option for option in sorted(set(allowed), reverse=True)}
    if last := _last(found):
        by_fold = {key: option for key, option in by_fold.items() if "/" not in key or _alike(last, _last(key))}
    close = difflib.get_close_matches(fold(found), list(by_fold), n=1, cutoff=0.6)
    if not close and len(found) > 2:  # noqa: PLR2004 - two letters stand in nearly every name
        parts = [option for option in by_fold if fold(found) in option or option in fold(found)]
        close = parts if len(parts) == 1 else []
    return by_fold[close[0]] if close else ""


def _last(path: str) -> str:
    """Return the last part of a path, folded and without its ending; empty where there is one part only."""
    before, _, last = fold(path).rstrip("/").rpartition("/")
    return last.partition(".")[0] if before else ""


def _alike(one: str, other: str) -> bool:
    return difflib.SequenceMatcher(None, one, other).ratio() >= 0.5  # noqa: PLR2004 - half of the letters


def nearest(found: str, allowed: Iterable[str], otherwise: str = "") -> str:
    """Return a remedy that names the nearest valid spelling, or all that is allowed when none is near.

    Args:
        found: what is written.
        allowed: every valid spelling.
        otherwise: what else to do when none is near.
    """
    options = sorted(set(allowed))
    if close := near(found, options):
        return f"did you mean {quoted(close)}?"
    shown = ", ".join(options[:12]) + (", …" if len(options) > 12 else "")  # noqa: PLR2004 - a line's length
    remedy = f"allowed: {shown}" if options else "remove it"
    return f"{remedy}; or {otherwise}" if otherwise else remedy


def quoted(value: object, most: int = 60) -> str:
    """Return a value for a message: in double quotes, on one line, cut."""
    return f'"{cut(squeeze(str(value)), most)}"'
