"""The ledgers in, typed; a broken one stops the build, since dates and old addresses hang on it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from ..errors import Finding, error
from ..model.ledgers import Lock, Revisions

if TYPE_CHECKING:
    from ..typed import Typist

REVISIONS = "revisions.json"
LOCK = "addresses.lock"
T = TypeVar("T", Revisions, Lock)
_REMEDY = "take the last good version from your history; publish writes this file, people do not"


def revisions(text: str, typist: Typist) -> tuple[Revisions, list[Finding]]:
    """Return when each published page last changed; nothing known where the text is empty or broken."""
    return _ledger(REVISIONS, text, Revisions(), typist)


def lock(text: str, typist: Typist) -> tuple[Lock, list[Finding]]:
    """Return every address ever published; nothing known where the text is empty or broken."""
    return _ledger(LOCK, text, Lock(), typist)


def _ledger(path: str, text: str, empty: T, typist: Typist) -> tuple[T, list[Finding]]:
    if not text.strip():
        return empty, []
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as failure:
        line = getattr(failure, "lineno", 1)
        return empty, [error(path, line, "broken-ledger", f"this ledger cannot be read: {failure}", _REMEDY)]
    typed, faults = typist.read(value, type(empty))
    bad = [error(path, 0, "broken-ledger", fault.message, _REMEDY) for fault in faults]
    if typed and typed.format != empty.format:
        what = f"this ledger has format {typed.format}, this version reads {empty.format}"
        bad.append(error(path, 0, "broken-ledger", what, "build with the version that wrote it, or a later one"))
    return (empty if typed is None or bad else typed), bad
