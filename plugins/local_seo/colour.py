"""Colours: from hex to OKLCH and back, and how well one reads on another.

Sources: https://www.w3.org/TR/css-color-4/#color-conversion-code (the matrices),
https://www.w3.org/TR/WCAG22/#contrast-minimum (contrast).
"""

from __future__ import annotations

import math
import re

Rgb = tuple[float, float, float]  # linear light, 0 to 1
_HEX = re.compile(r"#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})", re.IGNORECASE)
_GAMMA_FROM, _GAMMA_TO = 0.04045, 0.0031308


def from_hex(text: str) -> Rgb | None:
    """Return the colour of ``#rrggbb``; None for anything else."""
    found = _HEX.fullmatch(text)
    if found is None:
        return None
    red, green, blue = (_linear(int(part, 16) / 255) for part in found.groups())
    return red, green, blue


def to_hex(rgb: Rgb) -> str:
    """Return a colour as ``#rrggbb``; what lies outside sRGB is clipped."""
    return "#" + "".join(f"{round(255 * _encoded(min(1.0, max(0.0, part)))):02x}" for part in rgb)


def from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    """Return the colour of ``oklch(lightness chroma hue)``; lightness 0 to 1, hue in degrees."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )


def to_oklch(rgb: Rgb) -> tuple[float, float, float]:
    """Return lightness (0 to 1), chroma and hue (degrees) of a colour."""
    red, green, blue = rgb
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def from_display_p3(red: float, green: float, blue: float) -> Rgb:
    """Return a colour of Display P3 in sRGB, both with the curve of sRGB; beyond 1 where sRGB has no such colour."""
    r, g, b = _linear(red), _linear(green), _linear(blue)
    mixed = (
        1.2249401763 * r - 0.2249401763 * g,
        -0.0420569547 * r + 1.0420569547 * g,
        -0.0196375546 * r - 0.0786360456 * g + 1.0982736001 * b,
    )
    red, green, blue = (_encoded(max(0.0, part)) for part in mixed)
    return red, green, blue


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def readable(rgb: Rgb, grounds: list[Rgb], least: float) -> Rgb:
    """Return a colour of the same hue that reads on all grounds with at least this contrast, darkened as needed."""
    lightness, chroma, hue = to_oklch(rgb)
    while lightness > 0 and min(contrast(rgb, ground) for ground in grounds) < least:
        lightness -= 0.01
        rgb = from_hex(to_hex(from_oklch(lightness, chroma, hue))) or rgb
    return rgb


def _luminance(rgb: Rgb) -> float:
    red, green, blue = (min(1.0, max(0.0, part)) for part in rgb)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= _GAMMA_FROM else float(((part + 0.055) / 1.055) ** 2.4)


def _encoded(part: float) -> float:
    return part * 12.92 if part <= _GAMMA_TO else float(1.055 * part ** (1 / 2.4) - 0.055)
