"""A keyword of an article that the article hardly speaks of.

Why: The first keyword is what the article is about: a reader should meet it in the title and in the first lines, in any
form of its words. Any other keyword should be somewhere in the text, or the article is listed under a topic that it
does not treat. Once is enough; search engines know synonyms, and so do you.
Source: https://developers.google.com/search/docs/fundamentals/seo-starter-guide; the number is ours
Rules: E-04
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.document import Kind
from ..prose import HEADINGS, stem
from ..text import STOP_WORDS, joined, plain, quoted, words
from . import Spot
from ._shared import in_english, writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..model.built import Built
    from ..model.document import Document
    from ..model.view import View
    from ..prose import Writing
    from . import Rule

SEVERITY: Final = Severity.HINT
SETTINGS: Final = {
    "introduction_words": limits.INTRODUCTION_WORDS,
    "headings_percent": limits.HEADINGS_WITH_KEYWORD_PERCENT,
    "headings": limits.HEADINGS_JUDGED_LEAST,
}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each keyword that is missing where it should be, or that is in nearly every heading."""
    own = writing(view, built)
    document = built.site.by_path.get(view.source)
    if own is None or document is None or document.kind is not Kind.ARTICLE or not in_english(view):
        return
    everywhere = {*own.stems, *_stems(words(plain(view.heading)))}
    for number, keyword in enumerate(dict.fromkeys(document.front.keywords)):
        wanted = _stems(words(keyword))
        line = document.source.line_of_item("keywords", keyword)
        if wanted and not wanted <= everywhere:
            message = f"the text never says {quoted(keyword)}, which is one of its keywords"
            yield rule.finding(view.source, line, message, "say it where it belongs, or take the keyword out")
        elif wanted and number == 0:
            yield from _first(view, built, rule, keyword, own, document)


def _first(view: View, built: Built, rule: Rule, keyword: str, own: Writing, document: Document) -> Iterator[Finding]:
    wanted = _stems(words(keyword))
    headings = [(number, _stems(said)) for number, said in enumerate(own.words) if own.passages[number].tag in HEADINGS]
    parts = {
        "title": _stems(words(f"{plain(view.heading)} {view.head.title}")),
        f"first {rule['introduction_words']:g} words": _stems(_introduction(own, int(rule["introduction_words"]))),
        "headings": {word for _, said in headings for word in said} if headings else wanted,
        "summary": _stems(words(view.head.description)),
        "address": _stems(document.slug.split("-")),
    }
    missing = [part for part, said in parts.items() if not wanted <= said]
    # Headings, summary and address are worth a word only where title or introduction is mended, too.
    if missing and missing[0] not in {"headings", "summary", "address"}:
        yield rule.finding(
            view.source,
            document.source.line_of_item("keywords", keyword),
            f"the first keyword {quoted(keyword)}, in any form, is not in the {joined(missing, 'and the')}",
            "say early what the article is about; once is enough, and another keyword may fit better",
        )
    using = [number for number, said in headings if wanted <= said]
    share = 100 * len(using) / max(len(headings), 1)
    if len(headings) >= rule["headings"] and share > rule["headings_percent"]:
        message = f"{len(using)} of {len(headings)} headings say {quoted(keyword)}; that looks made for a machine"
        yield rule.in_text(view, built, Spot(using[0], 0), message, "let each heading say what its own part is about")


def _introduction(own: Writing, most: int) -> list[str]:
    found: list[str] = []
    for said, passage in zip(own.words, own.passages, strict=True):
        if passage.tag not in HEADINGS:
            found += said
        if len(found) >= most:
            break
    return found[:most]


def _stems(said: Iterable[str]) -> set[str]:
    """Return the first forms of what these words mean; a word with a hyphen is two."""
    return {stem(part) for word in said for part in word.split("-") if part.lower() not in STOP_WORDS}


_SLEEP: Final = "Some nights are long. A new baby sleeps, and wakes again. "

GOOD: Final = (
    example.case(*example.written(_SLEEP, keywords=("sleep in new babies",), view={"title": "How new babies sleep"})),
    example.case(*example.written(_SLEEP, view={"title": "How new babies sleep"})),
)
BAD: Final = (
    example.case(*example.written(_SLEEP, keywords=("anxiety",)), found='the text never says "anxiety"'),
    example.case(
        *example.written("word " * 100, _SLEEP, keywords=("sleep",), view={"title": "Nights | Indio"}),
        found='the first keyword "sleep", in any form, is not in the title, first 100 words, summary and the address',
    ),
    example.case(
        *example.written(
            _SLEEP, "## Sleep", "## Sleeping", "## To sleep", "## Sleep!", keywords=("sleep",), view={"title": "Sleep"}
        ),
        found='4 of 4 headings say "sleep"',
    ),
)
