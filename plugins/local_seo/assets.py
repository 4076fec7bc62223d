"""Files beside the pages: style sheets, and files that are copied as they are."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

import lightningcss

from . import colour, limits, walk
from .errors import Finding, error
from .text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from .model.practice import Theme

# Of what each style sheet is joined, in order. An article has the first and nothing else, every other page one more:
# who reads one article pays for no list.
SITE = "site"
_SHEETS = {
    SITE: ("layers", "reset", "tokens", "base", "layout", "components/*", "utilities", "print", "shame"),
    "lists": ("lists/*",),
    "search": ("search/*",),
}
# How much of the theme's warmth the paper keeps.
_WARMTH = {"neutral": 0.0, "soft": 0.5, "warm": 1.0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stylesheet:
    """A joined style sheet; ``url`` has a digest of its bytes, so that it may be cached for ever."""

    url: str
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A script as the theme has it; ``url`` as above."""

    url: str
    data: bytes


def layered(themes: Sequence[Path], folder: str) -> dict[str, Path]:
    """Return the files of a folder of the theme by name; a later theme's file stands in for an earlier one's."""
    found = {name: theme / folder / name for theme in themes for name in names(theme / folder)}
    return dict(sorted(found.items()))


def stylesheets(themes: Sequence[Path], look: Theme) -> dict[str, Stylesheet]:
    """Return the style sheets by name: the themes' files in order, without needless space.

    The first, ``site``, is every page's and has the practice's look and the order of the layers; the others stand
    behind it.
    """
    css = layered(themes, "css")
    sheets = {}
    for sheet, patterns in _SHEETS.items():
        names = [name for pattern in patterns for name in css if fnmatch(name, f"{pattern}.css")]
        joined = "\n".join(css[name].read_text(encoding="utf-8") for name in names)
        whole = joined + _look(look) if sheet == SITE else joined
        data = lightningcss.process_stylesheet(whole, minify=True).encode()
        sheets[sheet] = Stylesheet(url=f"/theme/{sheet}.{hashlib.sha256(data).hexdigest()[:10]}.css", data=data)
    return sheets


def script(themes: Sequence[Path]) -> Script:
    """Return the search page's script; no other page has one."""
    data = layered(themes, "js")["search.js"].read_bytes()
    return Script(url=f"/theme/search.{hashlib.sha256(data).hexdigest()[:10]}.js", data=data)


def style_faults(themes: Sequence[Path]) -> Iterator[Finding]:
    """Yield the files of the style sheet that are not valid CSS."""
    for name, path in layered(themes, "css").items():
        try:
            lightningcss.process_stylesheet(path.read_text(encoding="utf-8"), filename=name)
        except ValueError as failure:
            what = f"this is not valid CSS: {failure}"
            yield error(
                f"theme/css/{name}", 0, "broken-css", what, "mend it, or delete the file to have the engine's own"
            )


def _look(look: Theme) -> str:
    """Return the tokens that ``[theme]`` sets, in the layer of the theme's own."""
    accent = colour.from_hex(look.accent or "")
    tokens = [
        f"--accent-hue: {colour.to_oklch(accent)[2]:.1f};" if accent else "",
        f"--warmth: {_WARMTH[look.warmth]};" if look.warmth else "",
        f"--text: var(--{look.type});" if look.type else "",
    ]
    css = f"@layer tokens {{ :root {{ {' '.join(filter(None, tokens))} }} }}" if any(tokens) else ""
    # The very colour by daylight; paper is black on white, and the dark scheme has a lightness of its own.
    exact = f":root {{ --accent: {look.accent}; }}"
    return f"{css} @layer tokens {{ @media screen and (prefers-color-scheme: light) {{ {exact} }} }}" if accent else css


def look_faults(themes: Sequence[Path], look: Theme) -> Iterator[Finding]:
    """Yield what is wrong with the accent colour: no colour, or too faint for text on the theme's grounds."""
    if look.accent is None:
        return
    accent = colour.from_hex(look.accent)
    if accent is None:
        what = f"theme.accent {quoted(look.accent)} is not a colour"
        yield error("practice.toml", 0, "wrong-value", what, "write it as #8a3b1e")
        return
    tokens = layered(themes, "css").get("tokens.css")
    grounds = _grounds(tokens.read_text(encoding="utf-8") if tokens else "", _WARMTH[look.warmth or "warm"])
    ratio = min(colour.contrast(accent, ground) for ground in grounds)
    if ratio < limits.CONTRAST_LEAST:
        nearest = colour.to_hex(colour.readable(accent, grounds, limits.CONTRAST_LEAST))
        what = f"theme.accent {look.accent} is hard to read: its contrast is {ratio:.1f}:1, at least 4.5:1 is needed"
        yield error("practice.toml", 0, "low-contrast", what, f"the nearest that can be read is {nearest}")


def _grounds(tokens: str, warmth: float) -> list[colour.Rgb]:
    """Return the colours of the daylight scheme on which links stand; white where the theme names none."""
    found = []
    for name in ("paper", "sky", "tint"):
        match = re.search(
            rf"--{name}:\s*oklch\(([\d.]+)% (?:calc\(([\d.]+) \* var\(--warmth\)\)|([\d.]+)) ([\d.]+)\)", tokens
        )
        if match:
            lightness, scaled, chroma, hue = (float(part or 0) for part in match.groups())
            found.append(colour.from_oklch(lightness / 100, scaled * warmth + chroma, hue))
    return found or [(1.0, 1.0, 1.0)]


def look(themes: Sequence[Path], theme: Theme) -> tuple[str, float]:
    """Return the text of the theme's tokens, and how much of its warmth the paper keeps."""
    tokens = layered(themes, "css").get("tokens.css")
    return tokens.read_text(encoding="utf-8") if tokens else "", _WARMTH[theme.warmth or "warm"]


def files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder in order; hidden ones and editors' leftovers are passed over."""
    return (Path(f"{folder}/{name}") for name in names(folder))


def names(folder: Path) -> Iterator[str]:
    """Yield the same files by their paths in the folder."""
    if folder.is_dir():
        for name, _ in walk.files(str(folder)):
            parts = f"/{name}/"
            if not ("/." in parts or "/#" in parts or "~/" in parts):
                yield name
