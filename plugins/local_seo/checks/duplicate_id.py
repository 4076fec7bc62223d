"""Two elements of a page that have the same id.

Why: A link to the id, and a label or a heading that is tied to it, reach the first one only.
Source: https://html.spec.whatwg.org/multipage/dom.html#the-id-attribute
Rules: V-12
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each id that stands twice, or that is empty or has a space in it."""
    page = built.rendered.get(view.save_as)
    ids = page.ids if page else ()
    if len(set(ids)) == len(ids) and not any(_is_odd(each) for each in ids):
        return
    for each, count in Counter(ids).items():
        if count > 1:
            message = f"{view.url} has {count} elements with the id {quoted(each)}; one may have it"
            yield rule.finding(view.source, 0, message, "word headings differently, or change the id in the text")
        elif _is_odd(each):
            message = f"{view.url} has an element with the id {quoted(each)}; an id has no spaces and is not empty"
            yield rule.finding(view.source, 0, message, "change the id in the text")


def _is_odd(name: str) -> bool:
    return not name or any(char.isspace() for char in name)


GOOD: Final = (example.case(example.rendered(ids=("main", "naps"))),)
BAD: Final = (
    example.case(example.rendered(ids=("naps", "main", "naps")), found='2 elements with the id "naps"'),
    example.case(example.rendered(ids=("two naps",)), found='the id "two naps"'),
)
