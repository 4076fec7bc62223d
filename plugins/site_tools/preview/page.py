"""What ``serve`` adds to the pages that it answers, and the pages of its own. No file ever holds any of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markupsafe import Markup

from local_seo import report

if TYPE_CHECKING:
    from collections.abc import Iterable

    from local_seo.errors import Finding

    from .live import Problem, State

_HEAD_END: Final = re.compile(rb"</head\s*>", re.IGNORECASE)
_BODY: Final = re.compile(rb"""<body(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_BODY_END: Final = re.compile(rb"</body\s*>", re.IGNORECASE)
_HTML: Final = re.compile(rb"<(?:!doctype|html)\b", re.IGNORECASE)

# A page follows its own version, that is, it is loaded again when it changed; a page of our own follows the number of
# the state.
_TOOLS: Final = Markup(
    '<link rel="stylesheet" href="/__preview/preview.css">'
    '<script src="/__preview/reload.js" defer data-follow="{follow}" data-seen="{seen}"></script>'
)
_PANEL_TOOLS: Final = Markup(
    '<link rel="stylesheet" href="/__preview/panel.css"><script src="/__preview/panel.js" defer></script>'
)
_NOTE: Final = Markup(
    '<preview-note role="complementary" aria-label="Preview" lang="en" dir="ltr"><strong>{says}</strong> '
    '<span dir="auto">{source}</span> <a href="/__preview/">All unpublished pages</a></preview-note>'
)
# Not open in the markup: the script opens it as a modal dialog, or not, if it was put away on the page before.
_PROBLEM: Final = Markup(
    '<preview-problem lang="en" dir="ltr" data-number="{number}" data-key="{key}">'
    '<dialog role="alertdialog" aria-labelledby="preview-problem-title">'
    '<header><h2 id="preview-problem-title">The site could not be built</h2>'
    '<button type="button" data-do="hide">Hide</button></header>'
    "<p>{clock}, {summary}. You see the pages as they were before. This goes away by itself when it is mended.</p>"
    "{details}</dialog>"
    '<button type="button" data-do="show">Not built: {summary}</button></preview-problem>'
)
_FINDING: Final = Markup(
    '<li><p><code dir="auto">{place}</code> <small>{id}</small></p><p dir="auto">{message}</p>{remedy}</li>'
)
_REMEDY: Final = Markup('<p dir="auto" data-remedy>{}</p>')
_PAGE: Final = Markup(
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    '<meta name="color-scheme" content="light dark">\n<meta name="robots" content="noindex">\n'
    '<link rel="icon" href="/__preview/icon.svg" type="image/svg+xml">\n<title>{title}</title>\n{tools}\n</head>\n'
    "<body><preview-page><main>\n<h1>{title}</h1>\n{main}\n</main></preview-page></body>\n</html>\n"
)


def injected(
    page: bytes,
    state: State,
    name: str,
    panel: Markup = Markup(),  # noqa: B008 - frozen
) -> bytes:
    """Return an HTML page with the script, the banner if there is a note, the problem if there is one, and the panel.

    A file that is no whole page, such as one that proves to a search engine whose site it is, stays as it is.
    """
    if not _HTML.search(page):
        return page
    note = state.notes.get(name)
    tools = _TOOLS.format(follow="version", seen=state.version(name, page)).encode()
    if panel:
        tools += _PANEL_TOOLS.encode()
    banner = (_NOTE.format(says=note.says, source=note.source) if note else "").encode()
    overlay = problem(state.problem).encode() if state.problem else b""
    foot = panel.encode()
    head, body = _HEAD_END.search(page), _BODY.search(page)
    if head is None or body is None:  # a theme may leave out what HTML allows to leave out
        return page + tools + banner + overlay + foot
    *_, end = (len(page), *(match.start() for match in _BODY_END.finditer(page)))
    return b"".join(
        (
            page[: head.start()],
            tools,
            page[head.start() : body.end()],
            banner,
            overlay,
            page[body.end() : end],
            foot,
            page[end:],
        )
    )


def panel_page(panel: Markup, state: State) -> bytes:
    """Return a page with a panel alone."""
    return _page("About this page", panel, state, _PANEL_TOOLS)


def problem(what: Problem) -> Markup:
    """Return the overlay that says why the last build failed."""
    return _PROBLEM.format(
        number=what.number,
        key=what.key,
        clock=what.clock,
        summary=what.summary,
        details=_details(what),
    )


def failure(what: Problem, state: State) -> bytes:
    """Return the page that stands at every address until a build succeeds."""
    hint = Markup("<p>{}, {}. This page turns into the site when it is mended.</p>").format(what.clock, what.summary)
    return _page("The site could not be built", hint + _details(what), state)


def overview(state: State) -> bytes:
    """Return the page that lists what is not published, and what the checks found."""
    listed = [note for note in state.notes.values() if note.listed]
    entry = Markup('<li><a href="{}" dir="auto">{}</a><p>{}</p><p><code dir="auto">{}</code></p></li>')
    main = Markup("<ul>{}</ul>").format(
        Markup().join(entry.format(note.url, note.title, note.says, note.source) for note in listed)
    )
    if not listed:
        main = Markup("<p>Everything that is written is published.</p>")
    main += Markup("<h2>What the checks found</h2>")
    if state.findings is None:
        main += Markup("<p>They have not run yet.</p>")
    else:
        main += Markup("<p>{}.</p>").format(report.counts(state.findings).capitalize()) + _list(state.findings)
    main += Markup('<p><a href="/">To the site</a></p><p><a href="components/">All components of the theme</a></p>')
    if state.problem:
        main += problem(state.problem)
    return _page("Unpublished and hidden pages", main, state)


def _page(title: str, main: Markup, state: State, more: Markup = Markup()) -> bytes:  # noqa: B008 - frozen
    tools = _TOOLS.format(follow="number", seen=state.number) + more
    return _PAGE.format(title=title, tools=tools, main=main).encode()


def _details(what: Problem) -> Markup:
    return _list(what.findings) if what.findings else Markup('<p dir="auto" data-remark>{}</p>').format(what.remark)


def _list(findings: Iterable[Finding]) -> Markup:
    items = [
        _FINDING.format(
            place=f"{finding.path or 'site'}:{finding.line}" if finding.line else finding.path or "site",
            id=f"{finding.severity}[{finding.id}]",
            message=finding.message,
            remedy=_REMEDY.format(finding.remedy) if finding.remedy else "",
        )
        for finding in sorted(findings)
    ]
    return Markup("<ol>{}</ol>").format(Markup().join(items)) if items else Markup()
