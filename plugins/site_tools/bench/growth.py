"""How time grows with the number of articles, as a picture."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH: Final = 720
_HEIGHT: Final = 420
_MARGIN: Final = 60
_LABELS: Final = 230  # room for the names at the right
_COLOURS: Final = ("#7a3b12", "#1d6a72", "#5b4a9c", "#9a6a00", "#2e6b2e", "#666666")


def picture(builds: Sequence[dict[str, Any]]) -> str:
    """Return an SVG: a line a case, articles to the right, CPU seconds upwards; both from nothing."""
    cases = list(dict.fromkeys(build["case"] for build in builds))
    most_articles = max((build["articles"] for build in builds), default=1)
    most_cpu = max((build["cpu_s"] for build in builds), default=1) or 1
    right, bottom = _WIDTH - _LABELS, _HEIGHT - _MARGIN

    def point(build: dict[str, Any]) -> tuple[float, float]:
        x = _MARGIN + (right - _MARGIN) * build["articles"] / most_articles
        return round(x, 1), round(bottom - (bottom - _MARGIN) * build["cpu_s"] / most_cpu, 1)

    lines = []
    ends: list[tuple[float, str, str]] = []
    for number, case in enumerate(cases):
        colour = _COLOURS[number % len(_COLOURS)]
        points = [point(build) for build in builds if build["case"] == case]
        path = " ".join(f"{x},{y}" for x, y in points)
        lines.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        lines += [f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in points]
        ends.append((points[-1][1], case, colour))
    font = 'font-family="sans-serif" font-size="13"'
    label = 'role="img" aria-label="CPU seconds by number of articles"'
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" {font} {label}>',
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            f'<path d="M{_MARGIN} {_MARGIN}V{bottom}H{right}" fill="none" stroke="#333"/>',
            f'<text x="{_MARGIN}" y="{_MARGIN - 16}">CPU seconds, at most {most_cpu:g}</text>',
            f'<text x="{right}" y="{bottom + 24}" text-anchor="end">{most_articles} articles</text>',
            *lines,
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
