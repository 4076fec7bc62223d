"""Share cards: the picture of a page that has none of its own, drawn from its title, the practice and the look.

A card is named by what it is drawn of, so that its address can be said before it is drawn and never means another
picture; what was drawn once is taken from a cache. A title with a letter that the font lacks has no card.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import fontpkg_source_serif_4 as font_package
from PIL import Image, ImageDraw, ImageFont
from PIL import __version__ as pillow_version

from . import colour, limits
from .model.site import Cards
from .workers import Forgetful, Item, Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .model.practice import Theme
    from .workers import Memory

_FONT: Final = Path(font_package.ROOT) / "files" / "SourceSerif4[opsz,wght].ttf"
# The scripts that the font has; a letter is one of it unless it comes out as the box that stands for a missing one.
_SCRIPTS: Final = (range(0x20, 0x250), range(0x370, 0x530), range(0x1E00, 0x2000), range(0x2010, 0x2300))
_NOWHERE: Final = "\U0010ffff"  # a code point that no font has a letter for

_LEFT: Final = 84
_TOP: Final = 96
_ROOM: Final = (1032, 292)  # that the title has, across and down
_SIZES: Final = range(88, 43, -4)  # of the title; the first that fits is taken
_LEADING: Final = 1.16
_LINES_MOST: Final = 4
_TITLE: Final = 400  # weight
_NAME: Final = 600
_NAME_SIZE: Final = 34
_TWICE: Final = 2  # so much larger shapes are drawn, for smooth edges

# The landscape of the theme, from far to near: each ground by its upper edge, from west to east.
_GROUNDS: Final = {
    "far": ((0, 462), (135, 474), (485, 436), (585, 431), (750, 439), (820, 454), (1200, 464)),
    "near": ((0, 506), (300, 503), (625, 518), (1050, 494), (1200, 502)),
    "ground": ((0, 544), (500, 541), (700, 549), (1200, 536)),
}
_SUN: Final = (940, 462)
_LIGHT: Final = ((116, 0.16), (92, 0.3), (66, 1.0))  # radius, and how much of the sun's colour
_DAWN: Final = 0.82  # the part of the picture's height in which the sky becomes paper

# The daylight of theme/css/tokens.css, where a theme's own tokens are looked up: lightness in per cent, chroma, hue.
_TOKENS: Final[Mapping[str, tuple[float, float, float]]] = {
    "paper": (98.4, 0.008, 75),
    "sky": (93, 0.034, 50),
    "ink": (28, 0.03, 230),
    "accent": (46, 0.11, 35),
    "sun": (79, 0.12, 62),
    "far": (83, 0.045, 40),
    "near": (66, 0.045, 250),
    "ground": (31, 0.04, 230),
    "on-ground": (93, 0.015, 80),
}
_OKLCH: Final = r"--{name}:\s*oklch\(([\d.]+)% (calc\()?([\d.]+)(?: \* var\(--warmth\)\))? ([\d.]+)\)"

Look = tuple[tuple[str, str], ...]  # the name of each token with its colour as #rrggbb


def look(tokens: str, theme: Theme, warmth: float) -> Look:
    """Return the colours of the daylight scheme; a token that is written in another way is the engine's own.

    Args:
        tokens: the text of ``tokens.css``.
        theme: the practice's; an accent that is no colour is reported elsewhere.
        warmth: how much of its chroma a warm token keeps, 0 to 1.
    """
    found = {}
    for name, own in _TOKENS.items():
        match = re.search(_OKLCH.format(name=name), tokens)
        lightness, chroma, hue = (float(match[1]), float(match[3]), float(match[4])) if match else own
        scale = warmth if match and match[2] else 1.0
        found[name] = colour.to_hex(colour.from_oklch(lightness / 100, chroma * scale, hue))
    accent = colour.from_hex(theme.accent or "")
    return tuple({**found, **({"accent": colour.to_hex(accent)} if accent else {})}.items())


def cards(name: str, colours: Look, memory: Memory | None = None) -> Cards:
    """Return how cards are named: by all that they have in common; and the letters that titles may have.

    Args:
        name: of the practice; where the font lacks a letter of it there are no cards.
        colours: the look.
        memory: of what earlier builds worked out.
    """
    (letters,) = (memory or Forgetful()).each(_LETTERS, [Item("all", _drawn_by(), None)])
    known = frozenset(letters)
    parts = (_drawn_by(), name, *(f"{token} {value}" for token, value in colours))
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return Cards(look=digest, letters=known if set(_clean(name)) <= known else frozenset())


def card(title: str, name: str, colours: Look, kept: Path) -> bytes:
    """Return a card as PNG, from the cache where it lies there.

    Args:
        title: what stands on it, plain text; every letter is one of the font's.
        name: of the practice.
        colours: the look.
        kept: its file in the cache.
    """
    if kept.is_file():
        return kept.read_bytes()
    data = draw(title, name, colours)
    kept.parent.mkdir(parents=True, exist_ok=True)
    half = kept.with_name(f"{kept.name}.{os.getpid()}")
    half.write_bytes(data)
    half.replace(kept)  # whole or not at all
    return data


def draw(title: str, name: str, colours: Look) -> bytes:
    """Draw a card as PNG: the same bytes for the same words and colours."""
    file = io.BytesIO()
    _drawn(title, name, colours).save(file, "PNG")  # a palette would show as bands in the sky
    return file.getvalue()


def _drawn(title: str, name: str, colours: Look) -> Image.Image:
    paint = dict(colours)
    picture = _landscape(colours).copy()
    pen = ImageDraw.Draw(picture)
    size, lines = _set(_clean(title))
    pen.rounded_rectangle((_LEFT, _TOP - 32, _LEFT + 76, _TOP - 25), radius=3, fill=paint["accent"])
    for number, line in enumerate(lines):
        baseline = _TOP + size + round(number * size * _LEADING)
        pen.text((_LEFT, baseline), line, font=_face(size, _TITLE), fill=paint["ink"], anchor="ls")
    label = _cut(_clean(name), _face(_NAME_SIZE, _NAME))
    place = (_LEFT, limits.CARD_HEIGHT_PX - 34)
    pen.text(place, label, font=_face(_NAME_SIZE, _NAME), fill=paint["on-ground"], anchor="ls")
    return picture


@cache
def _landscape(colours: Look) -> Image.Image:
    """Return what every card has behind its words: a sun that comes up over the grounds of the theme."""
    paint = dict(colours)
    width, height = (_TWICE * side for side in (limits.CARD_WIDTH_PX, limits.CARD_HEIGHT_PX))
    sky = Image.linear_gradient("L").resize((width, round(_DAWN * height)))
    picture = Image.new("RGB", (width, height), paint["paper"])
    picture.paste(Image.composite(_flat("paper", sky.size, paint), _flat("sky", sky.size, paint), sky))
    for radius, part in _LIGHT:
        mask = Image.new("L", picture.size)
        box = [_TWICE * (middle + side) for side in (-radius, radius) for middle in _SUN]
        ImageDraw.Draw(mask).ellipse(box, fill=round(255 * part))
        picture.paste(paint["sun"], mask=mask)
    pen = ImageDraw.Draw(picture)
    for name, edge in _GROUNDS.items():
        points = [(_TWICE * x, _TWICE * y) for x, y in edge]
        pen.polygon([*points, (width, height), (0, height)], fill=paint[name])
    return picture.resize((limits.CARD_WIDTH_PX, limits.CARD_HEIGHT_PX), Image.Resampling.BOX)


def _flat(name: str, size: tuple[int, int], paint: Mapping[str, str]) -> Image.Image:
    return Image.new("RGB", size, paint[name])


@cache
def _face(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return the font at a size in pixels; its optical size follows, as in a browser."""
    face = ImageFont.truetype(str(_FONT), size, layout_engine=ImageFont.Layout.BASIC)
    face.set_variation_by_axes([weight, min(60, max(8, size))])
    return face


@cache
def _letters(_: None) -> str:
    """Return the letters that the font can draw, of the scripts that it may have."""
    face = _face(16, _TITLE)
    box = bytes(face.getmask(_NOWHERE))
    every = (chr(code) for script in _SCRIPTS for code in script)
    return "".join(each for each in every if each == " " or bytes(face.getmask(each)) not in {box, b""})


_LETTERS: Final[Work[None, str]] = Work("letters", str, _letters, here=True)


@cache
def _drawn_by() -> str:
    """Return a digest of what draws: this module, the font, the library."""
    whole = hashlib.sha256(pillow_version.encode())
    for path in (Path(__file__), _FONT):
        whole.update(path.read_bytes())
    return whole.hexdigest()


def _clean(text: str) -> str:
    """Return text as it is drawn: composed letters, plain spaces, nothing that has no shape."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(each for each in composed if unicodedata.category(each) != "Cf").split())


def _set(title: str) -> tuple[int, list[str]]:
    """Return the size of a title in pixels and its lines: as large as fits, the lines about as long as each other."""
    for size in _SIZES:
        face = _face(size, _TITLE)
        lines = list(_lines(title, face, _ROOM[0]))
        if len(lines) <= _LINES_MOST and _height(size, len(lines)) <= _ROOM[1] and _fits(lines, face):
            return size, _balanced(title, lines, face)
    size = _SIZES[-1]
    face = _face(size, _TITLE)
    *most, last = list(_lines(title, face, _ROOM[0]))[:_LINES_MOST]
    return size, [_cut(line, face) for line in most] + [_cut(f"{last} …" if most else last, face)]


def _height(size: int, lines: int) -> float:
    return size * (1 + (lines - 1) * _LEADING)


def _fits(lines: Sequence[str], face: ImageFont.FreeTypeFont) -> bool:
    return all(face.getlength(line) <= _ROOM[0] for line in lines)


def _lines(title: str, face: ImageFont.FreeTypeFont, width: int) -> Iterator[str]:
    line = ""
    for word in title.split():
        longer = f"{line} {word}".lstrip()
        if line and face.getlength(longer) > width:
            yield line
            line = word
        else:
            line = longer
    yield line


def _balanced(title: str, lines: list[str], face: ImageFont.FreeTypeFont) -> list[str]:
    """Return as many lines in the narrowest column that has them."""
    for width in range(_ROOM[0], 0, -8):
        narrower = list(_lines(title, face, width))
        if len(narrower) > len(lines) or max(map(face.getlength, narrower)) > width:
            return lines
        lines = narrower
    return lines


def _cut(line: str, face: ImageFont.FreeTypeFont) -> str:
    """Return a line that fits, its end cut off where it must be."""
    if face.getlength(line) <= _ROOM[0]:
        return line
    kept = line.removesuffix(" …")
    while kept and face.getlength(f"{kept}…") > _ROOM[0]:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"
