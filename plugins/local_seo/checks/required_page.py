"""A page that the law asks for and that the footer does not lead to.

Why: Whoever collects something of readers, or bills them, owes them these pages; the footer is where people
and boards look.
Source: the profile under `[compliance]`; each finding names who asks
Rules: E-34, F-10, V-08
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import compliance, example
from ..errors import Finding, Severity
from ..model.built import Region, Rendered
from ..model.practice import Compliance
from ..text import quoted
from ._evidence import read_pages
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each page that no footer leads to, and for each footer that does not where others do."""
    profile = compliance.profile(built.site.facts.compliance.profile)
    # All pages have one of few footers.
    footers = {page.footer for _, page in read_pages(built)}
    for needed in profile.pages if profile else ():
        leading = {footer for footer in footers if any(needed.word in name for name in footer)}
        lacking = [view for view, page in read_pages(built) if page.footer not in leading]
        if len(lacking) == len(built.rendered.keys() & built.views.keys()):
            message = f"no footer leads to {needed.what}, with {quoted(needed.word)} in its link ({needed.source})"
            line = built.site.line_of("practice.toml", "compliance", "profile")
            yield rule.finding("practice.toml", line, message, "write the page in pages/, and give it such a title")
            continue
        for view in lacking:
            message = f"the footer of {view.url} does not lead to {needed.what} ({needed.source})"
            yield rule.finding(view.source, 0, message, REMEDY)


_WORDS: Final = ("Privacy policy", "Good faith estimate", "Notices", "Accessibility", "Fees")


def _footer(*names: str) -> Rendered:
    return example.rendered(regions=(Region(tag="footer", anchors=tuple(("/blog/", name) for name in names)),))


GOOD: Final = (
    example.case(_footer(*_WORDS)),
    example.case(facts=example.facts(compliance=Compliance(profile="none"))),
)
BAD: Final = (
    example.case(_footer(*_WORDS[1:]), found='no footer leads to a privacy policy, with "privacy" in its link'),
    example.case(
        example.view("/blog/a/"),
        _footer(*_WORDS),
        example.view("/blog/b/"),
        _footer(*_WORDS[:-1]),
        found="the footer of /blog/b/ does not lead to a page with the fees",
    ),
)
