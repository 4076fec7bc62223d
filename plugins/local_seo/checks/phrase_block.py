"""A block of search phrases: three or more fragments in a row that each name a trade or keyword and a place.

Why: "Anxiety therapist Indio | Couples therapy La Quinta | ..." is written for machines and no reader reads it; blocks
of this kind are what Google's spam policy describes as keyword stuffing.
Source: https://developers.google.com/search/docs/essentials/spam-policies#keyword-stuffing; the numbers are ours
Rules: E-02
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from .. import example, limits
from ..errors import Finding, Severity
from ..text import quoted, words
from . import Spot
from ._shared import Mention, mentions, named, names_trade, typed_elsewhere, without_places, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {"fragments": limits.FRAGMENTS_IN_A_BLOCK, "fragment_words": limits.FRAGMENT_WORDS_MOST}
_REMEDY: Final = (
    "delete the block: `keywords`, `cities` and `service` in the front matter say the same in a form that search "
    "engines read"
)
_BETWEEN: Final = re.compile(r"[|·•‣▪/;,#\n]+|[.!?]+\s|\s[-–—]\s")


_SHORT: Final = 60  # characters


class _Fragment(NamedTuple):
    text: str
    spot: Spot
    is_phrase: bool


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each block in the page's own text, its description and the texts of its pictures."""
    page = built.rendered.get(view.save_as)
    if page is None:
        return
    keywords = _keywords(view, built)
    if own := writing(view, built):
        places = named(own, built.site.facts)
        # Where no place is named there is no block, and its other words need not be read. Code is an example.
        texts = [
            (passage.text, found if passage.tag != "pre" else ())
            for passage, found in zip(own.passages, places, strict=True)
        ]
        for block in _blocks(texts if any(places) else (), built, rule, keywords):
            yield rule.in_text(view, built, block[0].spot, _message(block, rule), _REMEDY)
    picture = view.picture
    apart = (view.head.description, *((picture.alt, picture.caption) if picture else ()))
    document = built.site.by_path.get(view.source)
    inside = (image.attributes.get("alt", "") for image in document.body.tagged("img")) if document else ()
    for prose in dict.fromkeys((*apart, *inside)):
        for block in _blocks([(prose, mentions(prose, built.site.facts))], built, rule, keywords):
            yield rule.at_words(view, built, [fragment.text for fragment in block], _message(block, rule), _REMEDY)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each block in practice.toml and in calls to action."""
    for path, prose in typed_elsewhere(built):
        for block in _blocks([(prose, mentions(prose, built.site.facts))], built, rule, ()):
            yield rule.finding(path, 0, _message(block, rule), _REMEDY)


def _keywords(view: View, built: Built) -> tuple[str, ...]:
    document = built.site.by_path.get(view.source)
    return tuple(document.front.keywords) if document else ()


def _message(block: list[_Fragment], rule: Rule) -> str:
    shown = quoted(" | ".join(fragment.text for fragment in block))
    return (
        f"a block of {len(block)} search phrases of a trade or keyword and a place: {shown}; fewer than "
        f"{rule['fragments']:g} may stand in a row"
    )


def _blocks(
    texts: Iterable[tuple[str, Sequence[Mention]]], built: Built, rule: Rule, keywords: tuple[str, ...]
) -> Iterator[list[_Fragment]]:
    """Yield each run of such fragments; one other may stand between two of them."""
    run: list[_Fragment] = []
    missed = 0
    for number, (said, places) in enumerate(texts):
        # A long text without a place has no fragment of the kind, and ends a run.
        for fragment in _fragments(number, said, places, built, rule, keywords):
            if fragment.is_phrase:
                run.append(fragment)
                missed = 0
                continue
            missed += 1
            if missed > 1:
                if len(run) >= rule["fragments"]:
                    yield run
                run = []
    if len(run) >= rule["fragments"]:
        yield run


def _fragments(
    number: int, said: str, places: Sequence[Mention], built: Built, rule: Rule, keywords: tuple[str, ...]
) -> Iterator[_Fragment]:
    facts = built.site.facts
    if not places:
        # A text of some length ends a run at once.
        for start in (0, 1)[: 1 + (len(said) > _SHORT)]:
            yield _Fragment(said, Spot(number, start), is_phrase=False)
        return
    start = 0
    borders = [(match.start(), match.end()) for match in _BETWEEN.finditer(said)]
    for end, after in (*borders, (len(said), len(said))):
        part = said[start:end]
        if stripped := part.strip(" \"'“”‘’()&"):
            has_place = any(start <= mention.start and mention.end <= end for mention in places)
            short = len(words(stripped)) <= rule["fragment_words"]
            is_phrase = has_place and short and names_trade(without_places(stripped, facts, " | "), facts, keywords)
            at = said.index(stripped, start)
            yield _Fragment(stripped, Spot(number, at), is_phrase)
        start = after


_BLOCK: Final = "Postpartum therapist Indio | Postpartum therapy La Quinta | Therapist in Palm Desert"

GOOD: Final = (
    example.case(
        *example.written(
            "A postpartum therapist in Indio may be nearer than you think.",
            "Families from La Quinta drive ten minutes; from Palm Desert, it is a walk.",
        )
    ),
    example.case(*example.written("Postpartum therapist Indio | Sleep | A quilt | Therapy in La Quinta | Tea")),
)
BAD: Final = (
    example.case(*example.written("Words.", _BLOCK), found="a block of 3 search phrases of a trade or keyword"),
    example.case(
        *example.written("- Therapist Indio", "- Sleep", "- Therapy Coachella", "- Therapy La Quinta"),
        found='"Therapist Indio | Therapy Coachella | Therapy La Quinta"',
    ),
    example.case(
        *example.written("Baby sleep Indio, baby sleep Coachella, baby sleep La Quinta", keywords=("baby sleep",)),
        found="a block of 3",
    ),
    example.case(example.view(description=_BLOCK), found="a block of 3"),
)
