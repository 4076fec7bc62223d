"""Pictures of numbers as static SVG. Every mark is a link into the table of pages; text beside it says the same."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from local_seo import limits
from local_seo.text import cut

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .facts import PageFacts

# More names around a circle than that cannot be read.
CIRCLE_MOST: Final = 64
_AGES_SHOWN_MONTHS: Final = 36
_LONGEST_SHOWN: Final = 0.98  # the few longest texts stand at the edge, so that one book hides no blog


def _svg(width: int, height: int, label: str, inside: Iterable[Markup], kind: str) -> Markup:
    return Markup(
        '<div class="wide" role="region" tabindex="0" aria-label="{label}"><svg class="{kind}" role="group" '
        'aria-label="{label}" viewBox="0 0 {width} {height}" width="{width}" height="{height}">{inside}</svg></div>'
    ).format(label=label, kind=kind, width=width, height=height, inside=Markup().join(inside))


def _mark(page: PageFacts, anchor: Callable[[str], str], shape: Markup, says: str, *, worded: bool = False) -> Markup:
    """Return a shape that leads to the row of its page; the keyboard takes the table, which has them all.

    A shape with words in it is called by these.
    """
    name = Markup("") if worded else Markup(' aria-label="{}"').format(says)
    return Markup('<a href="#{}" tabindex="-1"{}><title>{}</title>{}</a>').format(anchor(page.url), name, says, shape)


def _text(x: float, y: float, said: str, extra: str = "") -> Markup:
    return Markup('<text x="{:.0f}" y="{:.0f}"{}>{}</text>').format(x, y, Markup(extra), said)  # noqa: S704 - ours


def scatter(pages: Sequence[PageFacts], anchor: Callable[[str], str]) -> Markup:
    """Return a chart of length by reading grade, one dot a page."""
    shown = [(page, page.words, page.grade) for page in pages if page.words is not None and page.grade is not None]
    if not shown:
        return Markup("<p>No text is long enough to be measured.</p>")
    lengths = sorted(words for _, words, _ in shown)
    most = max(1200, math.ceil(lengths[int((len(lengths) - 1) * _LONGEST_SHOWN)] / 400) * 400)
    highest = 16
    left, top, width, height = 44, 12, 640, 300
    parts: list[Markup] = []

    def x(words: float) -> float:
        return left + width * min(words, most) / most

    def y(grade: float) -> float:
        return top + height * (1 - min(grade, highest) / highest)

    parts.append(
        Markup('<rect class="good" x="{:.0f}" y="{:.0f}" width="{:.0f}" height="{:.0f}"/>').format(
            x(limits.ARTICLE_WORDS_LEAST),
            y(limits.GRADE_HINT),
            left + width - x(limits.ARTICLE_WORDS_LEAST),
            y(0) - y(limits.GRADE_HINT),
        )
    )
    for grade in range(0, highest + 1, 4):
        parts.append(Markup('<path class="grid" d="M{} {:.0f}h{}"/>').format(left, y(grade), width))
        parts.append(_text(left - 8, y(grade) + 4, str(grade), ' text-anchor="end"'))
    apart = 400 * math.ceil(most / 3200)  # labels that do not touch
    parts += [
        _text(x(words), top + height + 18, f"{words:,}", ' text-anchor="middle"') for words in range(0, most + 1, apart)
    ]
    parts.append(_text(left + width, top + height + 36, "words", ' text-anchor="end"'))
    parts.append(_text(left + 8, top + 12, "grade"))
    radius = 5.0 if len(shown) <= 200 else 3.5  # noqa: PLR2004 - so that dots stay apart
    for page, length, level in shown:
        dot = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{}"/>').format(x(length), y(level), radius)
        parts.append(_mark(page, anchor, dot, f"{page.title}: {length:,} words, grade {level:.1f}"))
    return _svg(left + width + 16, top + height + 44, "Length and reading grade of each page", parts, "scatter")


def ages(pages: Sequence[PageFacts], anchor: Callable[[str], str]) -> Markup:
    """Return a chart of how long ago each page was last changed or reviewed, one dot a page, by months."""
    months: dict[int, list[PageFacts]] = defaultdict(list)
    for page in pages:
        if page.age_days is not None:
            months[min(page.age_days * 12 // 365, _AGES_SHOWN_MONTHS)].append(page)
    if not months:
        return Markup("<p>No page has a date.</p>")
    columns = max(12, *months) + 1
    tallest = max(map(len, months.values()))
    left, top, width, height = 16, 12, 680, min(200, 14 * tallest + 24)
    slot = width / columns
    # A dot and its space, such that the fullest month has room; then as many side by side as it takes.
    step = max(2.6, min(13.0, math.sqrt(0.8 * slot * height / tallest)))
    radius = step * 0.42
    side = max(1, min(int(0.8 * slot // step), math.ceil(tallest * step / height)))
    due = limits.REVIEW_DAYS_MOST * 12 // 365
    parts = [
        Markup('<rect class="due" x="{:.0f}" y="{}" width="{:.0f}" height="{}"/>').format(
            left + due * slot, top, max(width - due * slot, 0), height
        ),
        Markup('<path class="grid" d="M{} {}h{}"/>').format(left, top + height, width),
    ]
    for month in range(0, columns, 3 if columns <= 20 else 6):  # noqa: PLR2004 - labels that do not touch
        label = f"{month}+" if month == _AGES_SHOWN_MONTHS else str(month)
        parts.append(_text(left + month * slot + slot / 2, top + height + 18, label, ' text-anchor="middle"'))
    parts.append(
        _text(
            left + width, top + height + 36, "months since somebody last changed or reviewed it", ' text-anchor="end"'
        )
    )
    for month, there in sorted(months.items()):
        for index, page in enumerate(there):
            x = left + month * slot + slot / 2 + (index % side - (side - 1) / 2) * step
            y = (
                top
                + height
                - step / 2
                - 2
                - (index // side) * min(step, (height - step) / max(1, (len(there) - 1) // side))
            )
            dot = Markup('<circle cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(x, y, radius)
            since = max(page.changed, page.reviewed)
            parts.append(_mark(page, anchor, dot, f"{page.title}: {since}"))
    return _svg(left + width + 16, top + height + 44, "Age of each page in months", parts, "ages")


def bars(pages: Sequence[PageFacts], anchor: Callable[[str], str]) -> Markup:
    """Return a chart of the weight of pages, a bar each: HTML, CSS, pictures."""
    most = max((page.weight for page in pages), default=1) or 1
    line, left, width = 26, 250, 340
    parts: list[Markup] = []
    for index, page in enumerate(pages):
        y = 8 + index * line
        x = float(left)
        shape = _text(left - 10, y + 14, cut(page.title, 36), ' text-anchor="end"')
        for kind, size in (("html", page.html), ("css", page.css), ("pictures", page.pictures)):
            wide = width * size / most
            shape += Markup('<rect class="{}" x="{:.1f}" y="{}" width="{:.1f}" height="18"/>').format(kind, x, y, wide)
            x += wide
        shape += _text(x + 8, y + 14, f"{page.weight / 1000:,.0f} kB")
        parts.append(_mark(page, anchor, shape, f"{page.title}: {page.weight / 1000:,.0f} kB", worded=True))
    return _svg(left + width + 90, 16 + line * len(pages), "The heaviest pages", parts, "bars")


def circle(pages: Sequence[PageFacts], links: Iterable[tuple[str, str]], anchor: Callable[[str], str]) -> Markup:
    """Return the links between pages as a circle: neighbours are of one group, a line is a link in a text."""
    ordered = sorted(pages, key=lambda page: (page.group, page.url))
    groups = sorted({page.group for page in ordered})
    count = len(ordered) + len(groups)  # a gap after each group
    size, radius = 960, 250
    middle = size / 2
    place: dict[str, int] = {}
    at: list[float] = []
    position = 0
    for index, page in enumerate(ordered):
        if index and page.group != ordered[index - 1].group:
            position += 1
        place[page.url] = index
        at.append(2 * math.pi * position / max(count, 1) - math.pi / 2)
        position += 1

    def point(index: int, far: float) -> tuple[float, float]:
        return middle + far * math.cos(at[index]), middle + far * math.sin(at[index])

    parts: list[Markup] = []
    for source, target in links:
        if source in place and target in place:
            a, b = place[source], place[target]
            (x1, y1), (x2, y2) = point(a, radius), point(b, radius)
            pull = 0.25  # lines bend to the middle, so that neighbours' lines do not lie on the rim
            cx, cy = middle + ((x1 + x2) / 2 - middle) * pull, middle + ((y1 + y2) / 2 - middle) * pull
            parts.append(
                Markup('<path class="edge f{} t{}" d="M{:.0f} {:.0f}Q{:.0f} {:.0f} {:.0f} {:.0f}"/>').format(
                    a, b, x1, y1, cx, cy, x2, y2
                )
            )
    for index, page in enumerate(ordered):
        x, y = point(index, radius)
        angle = math.degrees(at[index])
        turned = 90 < angle % 360 < 270  # noqa: PLR2004 - on the left, where words would stand on their heads
        dot = Markup('<circle class="g{}" cx="{:.1f}" cy="{:.1f}" r="{:.1f}"/>').format(
            groups.index(page.group) % 8, x, y, 3.5 + min(5.0, page.links_in * 0.6)
        )
        name = Markup(
            '<text transform="translate({:.1f} {:.1f}) rotate({:.1f})" text-anchor="{}" dy="4">{}</text>'
        ).format(
            *point(index, radius + 13),
            angle + 180 if turned else angle,
            "end" if turned else "start",
            cut(page.title, 32),
        )
        says = f"{page.title}: {page.links_in} in, {page.links_out} out"
        parts.append(
            Markup('<g class="node" id="n{}">{}</g>').format(index, _mark(page, anchor, dot + name, says, worded=True))
        )
    rules = Markup().join(
        Markup(".links:has(#n{0}:hover) :is(.f{0},.t{0}){{opacity:1;stroke-width:2}}").format(index)
        for index in range(len(ordered))
    )
    key = Markup().join(
        Markup(
            '<li><svg width="12" height="12" aria-hidden="true"><circle class="g{}" cx="6" cy="6" r="5"/></svg> {}</li>'
        ).format(index % 8, name)
        for index, name in enumerate(groups)
    )
    drawn = _svg(size, size, "Links between pages", parts, "links")
    return Markup('<style>{}</style><ul class="key">{}</ul>{}').format(rules, key, drawn)
