"""Facts within a text: ``{{ practice.phone }}`` in Markdown prints what practice.toml says."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from .. import urls
from ..errors import Finding, error
from ..text import nearest, quoted

if TYPE_CHECKING:
    from ..model.document import Source
    from ..model.practice import Facts

_PLACEHOLDER = re.compile(r"\{\{\s*(.*?)\s*\}\}")


def filled(text: str, source: Source, facts: Facts) -> tuple[str, list[Finding]]:
    """Return Markdown with its placeholders filled, and every one that is unknown or has no fact behind it."""
    values = _values(facts)
    bad: list[Finding] = []
    uses: Counter[str] = Counter()

    def value(match: re.Match[str]) -> str:
        name = match.group(1)
        if values.get(name):
            return values[name]
        what = f"{quoted(match.group())} has no fact behind it in practice.toml"
        remedy = f"add {name}" if name in values else nearest(name, values)
        line = source.line_of(match.group(), uses[match.group()])
        uses[match.group()] += 1
        bad.append(error(source.path, line, "unknown-placeholder", what, remedy))
        return match.group()

    return _PLACEHOLDER.sub(value, text), bad


def _values(facts: Facts) -> dict[str, str]:
    """Return the small closed set of placeholders; phone and e-mail are links."""
    practice = facts.practice
    phone = f"[{urls.telephone_text(practice.phone)}](tel:{facts.telephone})"
    return {
        "practice.name": practice.name,
        "practice.phone": phone,
        "practice.email": f"[{practice.email}](mailto:{practice.email})" if practice.email else "",
        "service_area.name": facts.service_area.name,
        "service_area.telehealth": facts.service_area.telehealth or "",
    }
