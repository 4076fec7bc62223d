"""A page whose file is missing or does not say what was meant, or a file that nobody meant to make.

Why: Search engines and readers get the file, not the intention; a slip of a template shows on every page at once.
Source: https://developers.google.com/search/docs/appearance/title-link,
https://developers.google.com/search/docs/appearance/publication-dates
Rules: H-01, H-03, H-04, H-07
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from .. import example
from ..errors import Finding, Severity
from ..model.view import LlmsView
from ..text import joined, plain, quoted
from ._output import REMEDY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built, Rendered
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
OUTPUT: Final = True


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each thing that the page says otherwise than its view."""
    page = built.rendered.get(view.save_as)
    if page is None:
        yield rule.finding(view.source, 0, f"the page {view.url} has no file {quoted(view.save_as)}", REMEDY)
        return
    for what, wanted, found in _promises(view, page):
        if found != ((wanted,) if wanted else ()):
            shown = joined(map(quoted, found)) or "missing"
            yield rule.finding(view.source, 0, f"{what} of {view.url} is {shown}, not {quoted(wanted)}", REMEDY)
    # Two main headings, or none, are the business of one-h1.
    headings = [text for level, text in page.headings if level == 1]
    if len(headings) == 1 and headings[0] != plain(view.heading):
        message = f"the main heading (h1) of {view.url} is {quoted(headings[0])}, not {quoted(plain(view.heading))}"
        yield rule.finding(view.source, 0, message, REMEDY)


def check_site(built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each HTML file that is no page of the site and that nobody put there, and for llms.txt."""
    for view in built.views.values():
        if isinstance(view, LlmsView) and built.files.get(view.save_as, b"").decode(errors="replace") != view.text:
            yield rule.finding("", 0, f"/{view.save_as} does not list the pages as meant", REMEDY)
    for path in sorted(built.rendered.keys() - built.views.keys()):
        if f"/{path}" not in built.site.extra:
            yield rule.finding("", 0, f"/{path} is a page that nobody meant to make", REMEDY)


def _promises(view: View, page: Rendered) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield what is compared: its name, what was meant (empty = nothing), what the file has."""
    head = view.head
    yield "the <title>", head.title, page.titles
    yield "the language", head.language, (page.language,)
    for name, wanted in (
        ("description", head.description),
        ("article:published_time", head.published),
        ("article:modified_time", head.modified),
        ("article:author", head.author),
    ):
        yield f"the meta {name}", wanted, page.meta(name)


GOOD: Final = (
    example.case(),
    example.case(files={"checked.html": b""}, extra=frozenset({"/checked.html"})),
    example.case(example.rendered(headings=())),
)
BAD: Final = (
    example.case(
        LlmsView(save_as="llms.txt", text=Markup("# The practice")),
        files={"llms.txt": b"# Another"},
        found="/llms.txt does not list the pages as meant",
    ),
    example.case(example.rendered(titles=()), found="the <title> of /blog/first-weeks/ is missing, not"),
    example.case(
        example.rendered(titles=("A", "B")), found='the <title> of /blog/first-weeks/ is "A" and "B", not "First weeks'
    ),
    example.case(example.rendered(metas=()), found="the meta description of /blog/first-weeks/ is missing"),
    example.case(example.rendered(language="es"), found='the language of /blog/first-weeks/ is "es", not "en-US"'),
    example.case(example.rendered(headings=((1, "Naps"),)), found='is "Naps", not "First weeks"'),
    example.case(lost=("blog/first-weeks/index.html",), found="has no file"),
    example.case(found="/copy/index.html is a page that nobody meant", copies=("copy/index.html",)),
)
