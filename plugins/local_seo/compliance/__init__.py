"""Legal rules as data: a profile is one TOML file of this folder, named as ``[compliance] profile`` names it.

Another board or state is one file more. What the keys mean stands at ``Profile`` and the classes that it is made of.
No profile replaces the advice of a lawyer; each names its sources.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

NONE: Final = "none"
_FOLDER: Final = Path(__file__).parent

LicencePart = Literal["name", "credentials", "number", "state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredPage:
    """A page that every footer must link to.

    Attributes:
        word: what the link's text has in it, in lower case.
        what: the page in words, with its article.
        source: who asks for it.
    """

    word: str
    what: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequiredWords:
    """Words that must stand on pages.

    Attributes:
        on: kinds of pages, ``contact`` for those with the practice's contact details, or a site address.
        pattern: a regular expression, case ignored; ``{region}`` stands for where sessions by video are offered.
        write: the words in full, for the writer.
        telehealth: only where the practice offers sessions by video.
    """

    on: tuple[str, ...]
    pattern: str
    write: str
    source: str
    telehealth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What nobody may say of the practice.

    Attributes:
        pattern: a regular expression, case ignored.
        signs: one of them stands in all that the pattern fits, without case; looked for first, since that is quick.
        what: what such words are, after "is".
        write: what to do instead.
        unless: credentials with which it is true.
    """

    pattern: str
    what: str
    write: str
    severity: Literal["error", "warning", "hint"] = "error"
    unless: tuple[str, ...] = ()
    signs: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A professional title that only people with one of some credentials may give themselves."""

    title: str
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a board and its state ask of the site of a licensee.

    Attributes:
        board: who asks.
        licence: the parts of the line that stands on every page with contact details.
    """

    board: str
    source: str
    licence: tuple[LicencePart, ...] = ()
    pages: tuple[RequiredPage, ...] = ()
    words: tuple[RequiredWords, ...] = ()
    claims: tuple[Claim, ...] = ()
    titles: tuple[Title, ...] = ()


def names() -> tuple[str, ...]:
    """Return the profiles that there are, ``none`` included."""
    return tuple(sorted({NONE, *(path.stem for path in _FOLDER.glob("*.toml"))}))


@cache
def profile(name: str) -> Profile | None:
    """Return a profile by its name; None for ``none``."""
    if name == NONE:
        return None
    data = tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    return Profile(
        board=data.pop("board"),
        source=data.pop("source"),
        licence=tuple(data.pop("licence", ())),
        pages=tuple(RequiredPage(**each) for each in data.pop("pages", ())),
        words=tuple(RequiredWords(**{**each, "on": tuple(each["on"])}) for each in data.pop("words", ())),
        claims=tuple(
            Claim(**{**each, "unless": tuple(each.get("unless", ())), "signs": tuple(each.get("signs", ("",)))})
            for each in data.pop("claims", ())
        ),
        titles=tuple(
            Title(title=each["title"], credentials=tuple(each["credentials"])) for each in data.pop("titles", ())
        ),
        **data,  # a key that nobody knows is refused
    )
