"""Links from texts to one page that nearly all have the same words.

Why: The words of links tell what a page is about; the same words each time tell one thing only, and look as if a
machine had set them.
Source: https://developers.google.com/search/docs/crawling-indexing/links-crawlable; the number is ours
Rules: W-09
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .. import example, limits
from ..errors import Finding, Severity
from ..text import fold, joined, quoted
from ._evidence import evidence
from ._shared import pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.WARNING
SETTINGS: Final = {"uses": limits.ANCHOR_USES_MOST}
_NAMED_MOST: Final = 3


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each wording with more uses than allowed that more than half of a page's links have."""
    views = {view.url: view for view in pages(built)}
    uses: dict[str, dict[str, list[tuple[str, View]]]] = defaultdict(lambda: defaultdict(list))
    found = evidence(built)
    for view in views.values():
        for href, words in found[view.save_as].text_links:
            if href in views and href != view.url and words:
                uses[href][fold(words)].append((words, view))
    for url, wordings in uses.items():
        total = sum(map(len, wordings.values()))
        for same in wordings.values():
            if len(same) > rule["uses"] and len(same) * 2 > total:
                files = sorted({view.source for _, view in same})
                shown = joined([*files[:_NAMED_MOST], *(["others"] if len(files) > _NAMED_MOST else [])])
                message = f"{len(same)} of the {total} links from texts to {url} say {quoted(same[0][0])}"
                yield rule.at_key(views[url], built, "title", message, f"let some of them say it otherwise, in {shown}")


def _linking(*words: str) -> tuple[View, ...]:
    """Return pages whose texts link to one page in these words."""
    target = example.view("/blog/naps/")
    return (
        target,
        *(
            example.view(f"/blog/a{number}/", body=(Markup('<p><a href="/blog/naps/">{}</a></p>').format(each),))
            for number, each in enumerate(words)
        ),
    )


GOOD: Final = (
    example.case(*_linking("naps", "Naps", "naps")),
    example.case(
        *_linking("naps", "naps", "naps", "naps", "why naps help", "a nap a day", "short naps", "sleep by day")
    ),
)
BAD: Final = (
    example.case(
        *_linking("naps", "Naps", "naps", "naps", "short naps"),
        found='4 of the 5 links from texts to /blog/naps/ say "naps"',
    ),
)
