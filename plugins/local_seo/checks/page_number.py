"""A later page of a list that does not say which one it is, or that passes itself off as the first.

Why: Pages 2 and on have articles of their own; under the title and address of page 1 search engines drop them.
Source: https://developers.google.com/search/docs/specialty/ecommerce/pagination-and-incremental-page-loading
Rules: N-15
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.page import PageKind
from ..model.view import Link, Pagination
from ..text import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for a later page whose title has no number, or whose canonical address is not its own."""
    if view.pagination is None or view.pagination.number == 1:
        return
    number = str(view.pagination.number)
    if number not in re.findall(r"\d+", view.head.title):
        message = f"the title of {view.url}, {quoted(view.head.title)}, does not say that it is page {number}"
        yield rule.at_key(view, built, "title", message, "report it: this is a fault of the program")
    if view.head.canonical != view.head.url:
        message = f"page {number} at {view.url} passes itself off as {quoted(view.head.canonical)}"
        yield rule.at_key(view, built, "title", message, "report it: this is a fault of the program")


def _second(**changes: str) -> example.Case:
    pagination = Pagination(number=2, count=2, newer=Link("Newer", "/blog/"), older=None)
    return example.case(example.view("/blog/page/2/", kind=PageKind.BLOG, pagination=pagination, **changes))


GOOD: Final = (_second(title="Blog, page 2"), example.case())
BAD: Final = (
    replace(_second(title="Blog"), found='"Blog", does not say that it is page 2'),
    replace(_second(title="Blog, page 2", canonical=f"{example.ORIGIN}/blog/"), found="passes itself off as"),
)
