"""Checks: one module a subject, each a pure function over what was meant and what was made.

A module has

- a docstring: one sentence that says what it finds, then ``Why:`` and ``Source:``, of which ``docs/checks.md`` is
  made, and ``Rules:``, the ids by which the makers of the engine keep account of what is covered;
- ``OUTPUT = True`` where it judges the finished files, whatever was written: a slip of the theme or of the engine.
  Such a check has a mutant in ``tests/test_mutants.py``;
- ``SEVERITY``, and ``SETTINGS`` where it has thresholds that ``[checks]`` in practice.toml may change;
- ``GOOD`` and ``BAD``, tuples of ``example.Case``;
- ``check(view, built, rule) -> Iterator[Finding]``, called once for each HTML view, or
  ``check_site(built, rule) -> Iterator[Finding]``, called once, or both.

What ``check`` finds on a page is remembered from build to build. So its ``built`` has that page, the file that it was
made of and the facts of the practice, and refuses everything else: what a check asks of other pages, or of pictures
and sizes, belongs into ``check_site``, which takes from each page what ``_evidence`` has gathered there.

``rule`` is the check as this practice has set it. A check's id is its module's name with hyphens and is never
used again for something else. Front matter ``allow: {id: reason}`` silences a check on one page.
"""

from __future__ import annotations

import inspect
import math
import re
from dataclasses import dataclass, fields, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Final, NamedTuple

from .. import alignment, registry
from ..errors import Finding, Severity, error
from ..model.view import View
from ..text import joined, nearest, quoted
from ..workers import Forgetful, uncollected
from . import _judging
from ._undecided import UNDECIDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

    from ..model.built import Built
    from ..model.document import Document
    from ..workers import Memory

FACTS: Final = "practice.toml"
# In the order in which findings compare: tens of thousands are sorted by them in a tenth of the time.
_FIELDS: Final = attrgetter(*(field.name for field in fields(Finding)))
_UNCHANGED: Final[tuple[None, dict[str, float]]] = None, {}
UNUSED_ALLOW: Final = "unused-allow"
CHECK_SETTINGS: Final = "check-settings"
# What this module itself finds, as docs/checks.md says it.
_OWN: Final = {
    CHECK_SETTINGS: (
        Severity.ERROR,
        "A check, or a setting of a check, under `[checks]` that does not exist.",
    ),
    UNUSED_ALLOW: (Severity.WARNING, "An `allow` that silences nothing, or that names no check."),
}


class Spot(NamedTuple):
    """A word of a page's own text: index of the passage, offset in it."""

    passage: int
    start: int


def position(view: View, built: Built, spot: Spot) -> alignment.Position:
    """Return where a word of a page stands in its file; line 0 when it cannot be told."""
    document = built.site.by_path.get(view.source)
    page = built.rendered.get(view.save_as)
    if document is None or page is None or spot.passage >= len(page.passages):
        return alignment.NOWHERE
    texts = tuple(passage.text for passage in page.passages)
    return alignment.find(document.source.text, document.source.body_start, texts, *spot)


@dataclass(frozen=True, slots=True)
class Rule:
    """A check as this practice has set it; findings are made by it, so that their id is always right.

    Attributes:
        settings: the thresholds of the check's ``SETTINGS``, changed where practice.toml says so.
    """

    id: str
    severity: Severity
    settings: Mapping[str, float]

    def __getitem__(self, name: str) -> float:
        """Return a threshold."""
        return self.settings[name]

    def finding(
        self,
        path: str,
        line: int,
        message: str,
        remedy: str,
        severity: Severity | None = None,
        column: int = 0,
    ) -> Finding:
        """Return a finding; ``severity`` only where it is not the check's own."""
        return Finding(path, line, self.id, severity or self.severity, message, remedy, column)

    def in_text(
        self,
        view: View,
        built: Built,
        spot: Spot,
        message: str,
        remedy: str,
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding at a word of the page's own text, with line and column of the Markdown."""
        line, column = position(view, built, spot)
        if not line:
            return self._at_page(view, message, remedy, severity)
        return self.finding(view.source, line, message, remedy, severity, column)

    def at_key(
        self, view: View, built: Built, key: str, message: str, remedy: str, severity: Severity | None = None
    ) -> Finding:
        """Return a finding in the line of a front matter key of the page's file."""
        document = built.site.by_path.get(view.source)
        if document is None:
            return self._at_page(view, message, remedy, severity)
        return self.finding(view.source, document.source.line_of_key(key), message, remedy, severity)

    def at_words(
        self,
        view: View,
        built: Built,
        phrases: Iterable[str],
        message: str,
        remedy: str,
        severity: Severity | None = None,
    ) -> Finding:
        """Return a finding in the line where these phrases stand, near each other and in this order.

        The body is searched first, then the front matter; without a match the finding has no line.
        """
        document = built.site.by_path.get(view.source)
        line, column = _position_of(document, phrases) if document else alignment.NOWHERE
        if not line:
            return self._at_page(view, message, remedy, severity)
        return self.finding(view.source, line, message, remedy, severity, column)

    def _at_page(self, view: View, message: str, remedy: str, severity: Severity | None = None) -> Finding:
        # Several pages may come from one file, so without a line the address says which page is meant.
        return self.finding(view.source, 0, f"{message} (page {view.url})", remedy, severity)


def run(built: Built, memory: Memory | None = None) -> tuple[Finding, ...]:
    """Return what all checks find, by file and line, each finding once.

    ``allow`` in the front matter of the file that a finding names silences it.

    Args:
        built: what is judged.
        memory: of what earlier builds worked out; the outcome is the same without.
    """
    with uncollected():
        return tuple(sorted(_found(built, memory or Forgetful()), key=_FIELDS))


def _found(built: Built, memory: Memory) -> set[Finding]:
    changes, faults = _changes(built)
    rules = {
        check_id: Rule(check_id, module.SEVERITY, {**_settings(module), **changes.get(check_id, _UNCHANGED)[1]})
        for check_id, module in known().items()
    }
    raw = _judging.pages(built, {known()[name]: rule for name, rule in rules.items()}, memory)
    for check_id, module in known().items():
        if hasattr(module, "check_site"):
            raw += module.check_site(built, rules[check_id])
    _judging.finish(built)
    severities = {check_id: severity for check_id, (severity, _) in changes.items() if severity}
    allowed = {(document.path, check_id) for document in built.site.documents for check_id in document.front.allow}
    found = set(faults)
    used: set[tuple[str, str]] = set()
    for finding in raw:
        if (finding.path, finding.id) in allowed:
            used.add((finding.path, finding.id))
        else:
            severity = severities.get(finding.id)
            found.add(replace(finding, severity=severity) if severity else finding)
    printed = {view.source for view in built.views.values() if isinstance(view, View)}
    return found.union(_unused_allows(built, printed, used))


def known() -> dict[str, ModuleType]:
    """Return all checks by id, in order."""
    modules = {*registry.members(__name__, "check"), *registry.members(__name__, "check_site")}
    by_id = {module.__name__.rpartition(".")[2].replace("_", "-"): module for module in modules}
    return dict(sorted(by_id.items()))


def documentation() -> str:
    """Return ``docs/checks.md``, made of the docstrings of the checks."""
    written = {name: module for name, module in known().items() if not _judges_output(module)}
    made = {name: module for name, module in known().items() if _judges_output(module)}
    parts = [_INTRODUCTION, "## What the words and facts say\n"]
    parts += (_entry(check_id, module) for check_id, module in written.items())
    for check_id, (severity, what) in _OWN.items():
        parts.append(f"### {check_id}\n\n{what}\n\n- **Severity:** {severity}; it cannot be changed or silenced\n")
    parts += ("## What the finished files say\n", _ABOUT_OUTPUT)
    parts += (_entry(check_id, module) for check_id, module in made.items())
    parts += ("## What no build can decide\n", _ABOUT_UNDECIDED)
    parts.append("".join(f"- {each.rule} *{each.reason}*\n" for each in UNDECIDED))
    return "\n".join(parts)


def explanation(check_id: str) -> str:
    """Return what a check finds and why, how bad it is and how to change that; for a terminal."""
    if check_id in _OWN:
        severity, what = _OWN[check_id]
        return f"{check_id}: {severity}\n\n{what}\n\nIt cannot be changed or silenced."
    module = known()[check_id]
    says, numbers = describe(module), _settings(module)
    change = joined(f"{name} = {_number(value)}" for name, value in numbers.items())
    return "\n\n".join(
        (
            f"{check_id}: {module.SEVERITY}",
            says["What"],
            *(f"{title}: {says[title]}" for title in ("Why", "Source")),
            *([f"Settings: {change}"] if change else []),
            f"To keep what it finds on one page, in the front matter:\n\n  allow:\n    {check_id}: your reason",
        )
    )


def explained() -> tuple[str, ...]:
    """Return the ids of everything that ``explanation`` knows, in order."""
    return tuple(sorted({*known(), *_OWN}))


def _entry(check_id: str, module: ModuleType) -> str:
    says = describe(module)
    numbers = joined(f"`{name} = {_number(value)}`" for name, value in _settings(module).items())
    settings = f"- **Settings:** {numbers}\n" if numbers else ""
    return (
        f"### {check_id}\n\n{says['What']}\n\n- **Severity:** {module.SEVERITY}\n{settings}"
        f"- **Why:** {says['Why']}\n- **Source:** {says['Source']}\n"
    )


def _number(value: float) -> str:
    return f"{value:.10g}"


def _judges_output(module: ModuleType) -> bool:
    return bool(getattr(module, "OUTPUT", False))


def describe(module: ModuleType) -> dict[str, str]:
    """Return the parts of a check's docstring, each on one line: ``What``, ``Why``, ``Source``, ``Rules``."""
    what, *rest = re.split(r"^(Why|Source|Rules): ", inspect.cleandoc(module.__doc__ or ""), flags=re.MULTILINE)
    parts = {"What": what, **dict(zip(rest[::2], rest[1::2], strict=True))}
    return {title: " ".join(words.split()) for title, words in parts.items()}


_INTRODUCTION: Final = """\
# Checks

Made from the docstrings of `plugins/local_seo/checks/`; a test compares the two, so change them there.

Each check has an id, which stands in square brackets in its findings. An **error** must be mended before
`publish`, a **warning** weighed, a **hint** may be ignored. To keep something that a check finds, say so in
the front matter of the page, with the reason:

```yaml
allow:
  thin-page: a notice that the law words
```

To change how bad a finding is, or a number that a check goes by, for the whole site, in `practice.toml`:

```toml
[checks]
description-length = { severity = "hint", longest_chars = 180 }
```

`invoke check` prints findings file by file and counts them; `--only PATH` keeps those of one file, `--explain ID` says
what stands here about a check, `--format json` and `--format github` are for programs. Exit status 1 means that an
error was found.
"""

_ABOUT_OUTPUT: Final = """\
Every page, feed, sitemap and text file is read back with a parser that had no part in making it. No word of an article
should cause these; a change of the theme, of the host's files or of the engine does.
"""

_ABOUT_UNDECIDED: Final = """\
Rules that a check would have to guess at are left to people, and to tools that see more than a build does:
"""


def _settings(module: ModuleType) -> Mapping[str, float]:
    settings: Mapping[str, float] = getattr(module, "SETTINGS", {})
    return settings


def _changes(built: Built) -> tuple[dict[str, tuple[Severity | None, dict[str, float]]], list[Finding]]:
    """Return severity and settings of ``[checks]`` by check id, and a finding for each that cannot be used."""
    changes: dict[str, tuple[Severity | None, dict[str, float]]] = {}
    faults: list[Finding] = []

    def refuse(message: str, remedy: str, *keys: str) -> None:
        faults.append(error(FACTS, built.site.line_of(FACTS, "checks", *keys), CHECK_SETTINGS, message, remedy))

    for check_id, wanted in built.site.facts.checks.items():
        if (module := known().get(check_id)) is None:
            refuse(f"there is no check {quoted(check_id)} (under [checks])", nearest(check_id, known()), check_id)
            continue
        severity: Severity | None = None
        settings: dict[str, float] = {}
        names = ["severity", *_settings(module)]
        for name, value in wanted.items():
            where = f"(under [checks], {check_id})"
            if name not in names:
                refuse(f"the check has no setting {quoted(name)} {where}", nearest(name, names), check_id, name)
            elif name == "severity":
                if value in list(Severity):
                    severity = Severity(str(value))
                else:
                    refuse(f"{quoted(value)} is not a severity {where}", nearest(str(value), Severity), check_id, name)
            elif isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value < math.inf:
                settings[name] = value  # TOML knows inf and nan, and true is a number to Python
            else:
                refuse(
                    f"{name} is {quoted(value)}, which is not a number from 0 up {where}",
                    "write a number",
                    check_id,
                    name,
                )
        changes[check_id] = (severity, settings)
    return changes, faults


def _unused_allows(built: Built, printed: set[str], used: set[tuple[str, str]]) -> Iterator[Finding]:
    """Yield a finding for each ``allow`` that did nothing; in a file without a page it may do so later."""
    for document in built.site.documents:
        for check_id in document.front.allow:
            if check_id not in known():
                message, remedy = f"allow names no check: {quoted(check_id)}", nearest(check_id, known())
            elif document.path in printed and (document.path, check_id) not in used:
                message = f"allow silences nothing: the check {quoted(check_id)} finds no fault on this page"
                remedy = "remove it"
            else:
                continue
            line = document.source.line_of_item("allow", check_id)
            yield Finding(document.path, line, UNUSED_ALLOW, _OWN[UNUSED_ALLOW][0], message, remedy)


def _position_of(document: Document, phrases: Iterable[str]) -> alignment.Position:
    """Return where the first of the phrases stands in a file, ``NOWHERE`` when they are not there.

    Source and page differ in quotes, dashes, line breaks and link addresses: only letters and digits are
    compared, and up to 120 other characters may stand between two phrases.
    """
    patterns = (r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", phrase))) for phrase in phrases)
    wanted = ".{0,120}?".join(rf"(?<![^\W_]){pattern}(?![^\W_])" for pattern in patterns if pattern)
    if not wanted:
        return alignment.NOWHERE
    sought = re.compile(wanted, re.IGNORECASE | re.DOTALL)
    source = document.source
    match = sought.search(source.text, source.body_start) or sought.search(source.text)
    if match is None:
        return alignment.NOWHERE
    # The first phrase may stand shortly before, too: the last start with the same end is the right one.
    while nearer := sought.search(source.text, match.start() + 1, match.end()):
        match = nearer
    return alignment.position(source.text, match.start())
