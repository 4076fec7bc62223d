"""How time grows with the number of articles, as a picture."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH: Final = 760
_HEIGHT: Final = 460
_MARGIN: Final = 60
_LABELS: Final = 250  # room for the names at the right
_COLOURS: Final = ("#7a3b12", "#1d6a72", "#5b4a9c", "#9a6a00", "#2e6b2e", "#a8325e", "#444444")
_TITLE: Final = "CPU seconds; the dashed line: as many times more as there are articles"


def picture(builds: Sequence[dict[str, Any]]) -> str:
    """Return an SVG: a line a case, articles to the right, CPU seconds upwards, each power of ten as far apart.

    Time that grows as the number of articles does is a line as steep as the dashed one.
    """
    cases = list(dict.fromkeys(build["case"] for build in builds))
    sizes = sorted({build["articles"] for build in builds})
    seconds = [max(build["cpu_s"], 0.01) for build in builds]
    lowest, highest = math.floor(math.log10(min(seconds))), math.ceil(math.log10(max(seconds)) + 1e-9)
    right, bottom = _WIDTH - _LABELS, _HEIGHT - _MARGIN
    wide = math.log10(sizes[-1] / sizes[0]) or 1.0
    high = max(highest - lowest, 1)

    def x(articles: float) -> float:
        return round(_MARGIN + 20 + (right - _MARGIN - 40) * math.log10(articles / sizes[0]) / wide, 1)

    def y(cpu_s: float) -> float:
        return round(bottom - (bottom - _MARGIN) * (math.log10(max(cpu_s, 0.01)) - lowest) / high, 1)

    drawn = []
    for power in range(lowest, lowest + high + 1):
        level = y(10**power)
        drawn.append(f'<path d="M{_MARGIN} {level}H{right}" stroke="#ddd"/>')
        drawn.append(f'<text x="{_MARGIN - 8}" y="{level + 4:g}" text-anchor="end">{10**power:g}</text>')
    drawn += [f'<text x="{x(size)}" y="{bottom + 20}" text-anchor="middle">{size}</text>' for size in sizes]
    if len(sizes) > 1:
        steep = f"M{x(sizes[0])} {y(10**lowest)}L{x(sizes[-1])} {y(10**lowest * sizes[-1] / sizes[0])}"
        drawn.append(f'<path d="{steep}" stroke="#999" stroke-dasharray="5 5"/>')
    ends: list[tuple[float, str, str]] = []
    for number, case in enumerate(cases):
        colour = _COLOURS[number % len(_COLOURS)]
        dashes = ' stroke-dasharray="2 3"' if number >= len(_COLOURS) else ""
        points = [(x(build["articles"]), y(build["cpu_s"])) for build in builds if build["case"] == case]
        path = " ".join(f"{across},{up}" for across, up in points)
        drawn.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        drawn += [f'<circle cx="{across}" cy="{up}" r="3.5" fill="{colour}"/>' for across, up in points]
        ends.append((points[-1][1], case, colour))
    font = 'font-family="sans-serif" font-size="13"'
    label = 'role="img" aria-label="CPU seconds by number of articles"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {font} {label}>',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            f'<text x="{_MARGIN - 40}" y="{_MARGIN - 24}">{_TITLE}</text>',
            f'<text x="{right}" y="{bottom + 42}" text-anchor="end">articles</text>',
            *drawn,
            *_names(ends, right),
            "</svg>\n",
        )
    )


def _names(ends: Iterable[tuple[float, str, str]], right: int) -> list[str]:
    """Return the names of the lines beside their ends, kept apart from each other."""
    names, free = [], 0.0
    for y, case, colour in sorted(ends):
        free = max(y, free + 17)
        names.append(f'<text x="{right + 12}" y="{free + 4:g}" fill="{colour}">{escape(case)}</text>')
    return names
