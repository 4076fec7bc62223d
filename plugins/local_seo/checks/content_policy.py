"""Something in a page that the site's security policy stops: inline scripts and styles, forms, frames, plug-ins.

Why: The policy lets nothing run and nothing load but the site's own files, so such a part would not work; and
on a site about health nobody else may learn what is read or typed.
Source: https://www.w3.org/TR/CSP3/
Rules: F-09, N-12, N-13, E-33
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.page import PageKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each kind of part that the policy stops."""
    page = built.rendered.get(view.save_as)
    for fault in dict.fromkeys(page.refused if page else ()):
        if view.kind is PageKind.SEARCH and fault == "a form":
            continue  # its words go to a script of the site, nowhere else
        message = f"{view.url} has {fault}, which the site's security policy stops"
        yield rule.finding(view.source, 0, message, "take it out; styles belong into theme/css")


GOOD: Final = (
    example.case(),
    example.case(example.view("/search/", kind=PageKind.SEARCH), example.rendered(refused=("a form",))),
)
BAD: Final = (
    example.case(example.rendered(refused=("a form",)), found="has a form, which"),
    example.case(example.rendered(refused=("onclick on <p>",)), found="has onclick on <p>"),
)
