"""Words that the law, or care, asks for and that a page does not have.

Why: An article is no treatment, an inbox is no emergency line, and a licence ends at the border of its state:
readers must be told where it matters.
Source: the profile under `[compliance]`; each finding names who asks
Rules: E-29, V-07, V-11, V-13
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from .. import compliance, example
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..model.practice import Compliance, Prose, ServiceArea

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such part that the page lacks."""
    facts, page = built.site.facts, built.rendered.get(view.save_as)
    profile = compliance.profile(facts.compliance.profile)
    region = facts.service_area.telehealth or ""
    for needed in profile.words if profile and page else ():
        if not {view.kind.value, view.url, "contact" if view.contact else ""} & set(needed.on):
            continue
        if needed.telehealth and not region:
            continue
        sought = _pattern(needed.pattern.replace("{region}", re.escape(region)))
        if page and not sought.search(page.text):
            write = needed.write.replace("{region}", region)
            message = f"{view.url} does not say what {needed.source} asks for"
            yield rule.at_key(view, built, "title", message, f'write "{write.rstrip(".")}"')


@lru_cache(maxsize=64)
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_BY_VIDEO: Final = example.facts(
    service_area=ServiceArea(name=Prose("the valley"), sentence=Prose(""), telehealth=Prose("California"))
)
_NOTE: Final = "This is general information."
_HOME: Final = example.view("/", kind=PageKind.HOME)
_REACH: Final = example.view("/contact/", kind=PageKind.PAGE, contact=True)

GOOD: Final = (
    example.case(example.rendered(text=_NOTE)),
    example.case(example.rendered(text=""), facts=example.facts(compliance=Compliance(profile="none"))),
    example.case(_HOME, facts=example.FACTS),
    example.case(
        _HOME, example.rendered(text="For people located in California at the time of the session."), facts=_BY_VIDEO
    ),
)
BAD: Final = (
    example.case(example.rendered(text="Naps."), found="/blog/first-weeks/ does not say what California Business"),
    example.case(_HOME, facts=_BY_VIDEO, found="/ does not say what 16 CCR 1815.5 asks for"),
    example.case(_REACH, found="/contact/ does not say what the duty of care"),
)
