"""Checks: one module a subject, each a pure function over what was meant and what was made.

A module has

- a docstring: one sentence that says what it finds, then ``Why:``, ``Source:`` and ``Rules:``, of which
  ``docs/checks.md`` is made;
- ``SEVERITY``, and ``SETTINGS`` where it has thresholds that ``[checks]`` in practice.toml may change;
- ``GOOD`` and ``BAD``, tuples of ``example.Case``;
- ``check(view, built, rule) -> Iterator[Finding]``, called once for each HTML view, or
  ``check_site(built, rule) -> Iterator[Finding]``, called once, or both.

``rule`` is the check as this practice has set it. A check's id is its module's name with hyphens and is never
used again for something else. Front matter ``allow: {id: reason}`` silences a check on one page.
"""

from __future__ import annotations

import inspect
import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from .. import registry
from ..errors import Finding, Severity, error
from ..model.view import View
from ..text import joined, nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import ModuleType

    from ..model.built import Built
    from ..model.document import Document

FACTS: Final = "practice.toml"
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

    def finding(self, path: str, line: int, message: str, remedy: str, severity: Severity | None = None) -> Finding:
        """Return a finding; ``severity`` only where it is not the check's own."""
        return Finding(path, line, self.id, severity or self.severity, message, remedy)

    def at_key(self, view: View, built: Built, key: str, message: str, remedy: str) -> Finding:
        """Return a finding in the line of a front matter key of the page's file."""
        document = built.site.by_path.get(view.source)
        if document is None:
            return self._at_page(view, message, remedy)
        return self.finding(view.source, document.source.line_of_key(key), message, remedy)

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
        line = _line_of(document, phrases) if document else 0
        if not line:
            return self._at_page(view, message, remedy, severity)
        return self.finding(view.source, line, message, remedy, severity)

    def _at_page(self, view: View, message: str, remedy: str, severity: Severity | None = None) -> Finding:
        # Several pages may come from one file, so without a line the address says which page is meant.
        return self.finding(view.source, 0, f"{message} (page {view.url})", remedy, severity)


def run(built: Built) -> tuple[Finding, ...]:
    """Return what all checks find, by file and line, each finding once.

    ``allow`` in the front matter of the file that a finding names silences it.
    """
    pages = [view for view in built.views.values() if isinstance(view, View)]
    changes, faults = _changes(built)
    found: set[Finding] = set()
    for check_id, module in known().items():
        severity, settings = changes.get(check_id, (None, {}))
        rule = Rule(check_id, module.SEVERITY, {**_settings(module), **settings})
        for finding in _results(module, built, pages, rule):
            found.add(replace(finding, severity=severity) if severity else finding)
    silenced = {
        finding
        for finding in found
        if finding.path in built.site.by_path and finding.id in built.site.by_path[finding.path].front.allow
    }
    unused = _unused_allows(built, {view.source for view in pages}, {(each.path, each.id) for each in silenced})
    return tuple(sorted({*faults, *(found - silenced), *unused}))


def known() -> dict[str, ModuleType]:
    """Return all checks by id, in order."""
    modules = {*registry.members(__name__, "check"), *registry.members(__name__, "check_site")}
    by_id = {module.__name__.rpartition(".")[2].replace("_", "-"): module for module in modules}
    return dict(sorted(by_id.items()))


def documentation() -> str:
    """Return ``docs/checks.md``, made of the docstrings of the checks."""
    parts = [_INTRODUCTION]
    for check_id, module in known().items():
        says = describe(module)
        numbers = joined(f"`{name} = {value:g}`" for name, value in _settings(module).items())
        settings = f"- **Settings:** {numbers}\n" if numbers else ""
        parts.append(
            f"## {check_id}\n\n{says['What']}\n\n- **Severity:** {module.SEVERITY}\n{settings}"
            + "".join(f"- **{title}:** {says[title]}\n" for title in ("Why", "Source", "Rules"))
        )
    for check_id, (severity, what) in _OWN.items():
        parts.append(f"## {check_id}\n\n{what}\n\n- **Severity:** {severity}; it cannot be changed or silenced\n")
    return "\n".join(parts)


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
"""


def _results(module: ModuleType, built: Built, pages: Iterable[View], rule: Rule) -> Iterator[Finding]:
    if hasattr(module, "check"):
        for view in pages:
            yield from module.check(view, built, rule)
    if hasattr(module, "check_site"):
        yield from module.check_site(built, rule)


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


def _line_of(document: Document, phrases: Iterable[str]) -> int:
    """Return the 1-based line where the first of the phrases stands, 0 when they are not there.

    Source and page differ in quotes, dashes, line breaks and link addresses: only letters and digits are
    compared, and up to 120 other characters may stand between two phrases.
    """
    patterns = (r"[\W_]+".join(map(re.escape, re.findall(r"[^\W_]+", phrase))) for phrase in phrases)
    wanted = ".{0,120}?".join(rf"(?<![^\W_]){pattern}(?![^\W_])" for pattern in patterns if pattern)
    if not wanted:
        return 0
    sought = re.compile(wanted, re.IGNORECASE | re.DOTALL)
    source = document.source
    body = sum(len(line) + 1 for line in source.text.split("\n")[: source.body_line - 1])
    match = sought.search(source.text, body) or sought.search(source.text)
    if match is None:
        return 0
    # The first phrase may stand shortly before, too: the last start with the same end is the right one.
    while nearer := sought.search(source.text, match.start() + 1, match.end()):
        match = nearer
    return source.text.count("\n", 0, match.start()) + 1
