"""The words "near me" as a part of a search phrase.

Why: "Near me" is where the searcher is, and search engines work that out from distance and the business profile. On a
page it is nobody's place, and it reads like a search box.
Source: https://support.google.com/business/answer/7091 on what decides local results: relevance, distance, prominence;
that the words do not help is what practitioners report
Rules: N-11
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import plain, quoted
from . import Spot
from ._shared import names_trade, typed_elsewhere, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
_REMEDY: Final = "name the place, or leave it out"
_ME: Final = re.compile(r"(?<![^\W_])near\s+me(?![^\W_])", re.IGNORECASE)
_BEFORE: Final = 40  # characters in which a trade makes a search phrase of it


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for a title, description or picture's text with a trade and these words, and one in the text."""
    facts = built.site.facts
    document = built.site.by_path.get(view.source)
    inside = [image.attributes.get("alt", "") for image in document.body.tagged("img")] if document else []
    picture = (view.picture.alt, view.picture.caption) if view.picture else ()
    for prose in dict.fromkeys((plain(view.heading), view.head.title, view.head.description, *picture, *inside)):
        if _ME.search(prose) and names_trade(prose, facts):
            yield rule.at_words(view, built, ["near me"], _message(prose), _REMEDY)
            break
    own = writing(view, built)
    for number, passage in enumerate(own.passages if own else ()):
        if "near" not in passage.text and "Near" not in passage.text:
            continue
        for match in _ME.finditer(passage.text):
            if names_trade(passage.text[max(0, match.start() - _BEFORE) : match.start()].rpartition(".")[2], facts):
                shown = passage.text[max(0, match.start() - _BEFORE) : match.end()]
                yield rule.in_text(view, built, Spot(number, match.start()), _message(shown), _REMEDY)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for practice.toml and calls to action with such a phrase."""
    for path, prose in typed_elsewhere(built):
        if _ME.search(prose) and names_trade(prose, built.site.facts):
            yield rule.finding(path, 0, _message(prose), _REMEDY)


def _message(prose: str) -> str:
    return f'{quoted(prose)} says "near me", which is the searcher\'s place and not one of yours'


GOOD: Final = (
    example.case(*example.written("I like a baby near me on the quilt. A therapist listens.")),
    example.case(example.view(title="Is there help near you?")),
)
BAD: Final = (
    example.case(example.view(title="Postpartum therapist near me"), found='"Postpartum therapist near me" says'),
    example.case(*example.written("Words.", "## Find a therapist near me"), found='"Find a therapist near me" says'),
)
