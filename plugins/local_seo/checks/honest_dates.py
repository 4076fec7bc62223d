"""A date of publication or change that cannot be true, or that looks like the date of the build.

Why: Search engines use the dates of a site that proves accurate, and ignore all of them where one is made up.
Source: https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap
Rules: E-13
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR


SETTINGS: Final = {"share": limits.CHANGED_TODAY_SHARE, "pages": limits.CHANGED_TODAY_PAGES}


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for a change before the publication, and for a date that has not come yet."""
    published, modified = view.head.published[:10], view.head.modified[:10]
    if modified and modified < published:
        message = f"{view.url} was changed on {modified}, before it was published on {published}"
        yield rule.at_key(view, built, "modified", message, "mend date or modified")
    # In a preview, articles that wait for their day are shown.
    if max(published, modified) > str(built.site.today) and not built.site.preview:
        message = f"{view.url} has the date {max(published, modified)}, which is after {built.site.today}"
        yield rule.at_key(view, built, "modified", message, "mend date or modified")


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding when most pages say that they changed on the day of the build."""
    days = [view.head.modified[:10] for view in built.pages.values() if view.head.modified]
    today = days.count(str(built.site.today))
    if len(days) >= rule["pages"] and today > rule["share"] * len(days):
        message = f"{today} of {len(days)} articles say that they changed today; is that so?"
        yield rule.finding("", 0, f"/blog/: {message}", "give `modified` only to articles whose words changed")


def _dated(published: str, modified: str, url: str = "/blog/first-weeks/") -> View:
    return example.view(url, published=f"{published}T00:00:00-07:00", modified=f"{modified}T00:00:00-07:00")


GOOD: Final = (example.case(_dated("2026-05-04", "2026-11-02")),)
BAD: Final = (
    example.case(_dated("2026-05-04", "2026-05-03"), found="changed on 2026-05-03, before it was published"),
    example.case(_dated("2026-05-04", "2026-11-03"), found="has the date 2026-11-03, which is after 2026-11-02"),
    example.case(
        *(_dated("2026-05-04", "2026-11-02", f"/blog/{letter}/") for letter in "abcdefghij"),
        found="10 of 10 articles say that they changed today",
    ),
)
