"""Catalogues of interface words in, one typed catalogue out; every fault with its file and line."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from .. import toml
from ..errors import Finding, error
from ..model.words import COUNT, FIELDS, MAY_BE_EMPTY, Words
from ..text import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ..model.lines import KeyPath, Lines
    from ..typed import Typist

_FIELD = re.compile(r"\{(\w+)\}")


def words(layers: Sequence[tuple[str, str]], typist: Typist) -> tuple[Words | None, list[Finding]]:
    """Return the catalogue of one language, and every fault; None when it cannot be used.

    Args:
        layers: path and text of each file of the language, the theme's own first; a later one may hold only the keys
            that it changes.
        typist: of values that have their type already.
    """
    bad: list[Finding] = []
    value: dict[str, Any] = {}
    read: list[tuple[str, Lines]] = []
    for path, text in layers:
        found, lines, broken = toml.read(path, text)
        bad += broken
        value = _over(value, found)
        read.append((path, lines))
    if bad:
        return None, bad
    typed, faults = typist.read(value, Words)
    for fault in faults:
        # What is missing is missing in the file that has to be whole.
        where = _where(read[:1] if fault.kind == "missing-key" else read, fault.path)
        bad.append(error(*where, fault.kind, fault.message, fault.remedy))
    for at, what, remedy in _faults(typed, {}, ()) if typed else ():
        bad.append(error(*_where(read, at), "wrong-value", what, remedy))
    return (None if bad else typed), bad


def _over(under: dict[str, Any], value: dict[str, Any]) -> dict[str, Any]:
    """Return two tables as one: the upper one's values stand in, table by table and key by key."""
    tables = [key for key, low in under.items() if isinstance(low, dict) and isinstance(value.get(key), dict)]
    return {**under, **value, **{key: _over(under[key], value[key]) for key in tables}}


def _where(read: Sequence[tuple[str, Lines]], at: KeyPath) -> tuple[str, int]:
    """Return file and line of a key: of the last file that has it, else of its table."""
    for length in range(len(at), 0, -1):
        for path, lines in reversed(read):
            if at[:length] in lines.at:
                return path, lines.of(at)
    return read[-1][0], 1


def _faults(value: object, allowed: Mapping[str, Any], at: KeyPath) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield what the types cannot say: (where, what, remedy)."""
    name = ".".join(part for part in at if isinstance(part, str))
    if is_dataclass(value):
        for each in fields(value):
            yield from _faults(getattr(value, each.name), {**allowed, **each.metadata}, (*at, each.name))
    elif isinstance(value, tuple):
        if len(value) != allowed.get(COUNT, len(value)):
            yield at, f"{name} has {len(value)} texts, not {allowed[COUNT]}", f"write all {allowed[COUNT]}"
        for index, each in enumerate(value):
            yield from _faults(each, allowed, (*at, index))
    elif isinstance(value, str):
        yield from ((at, what, remedy) for what, remedy in _text_faults(name, value, allowed))


def _text_faults(name: str, text: str, allowed: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    names = [field.rstrip("!") for field in allowed.get(FIELDS, ())]
    needed = [field.rstrip("!") for field in allowed.get(FIELDS, ()) if field.endswith("!")]
    found = _FIELD.findall(text)
    if not text.strip() and not allowed.get(MAY_BE_EMPTY):
        yield f"{name} is empty", "write what the site shall say"
    if re.search(r"[{}]", _FIELD.sub("", text)):
        yield f"{name} {quoted(text)} has a brace without its partner", "mend the braces"
    shown = sorted(f"{{{field}}}" for field in names)
    for field in dict.fromkeys(found):
        if field not in names:
            remedy = nearest(f"{{{field}}}", shown) if shown else "take it out"
            yield f"{name} has the unknown field {{{field}}}", remedy
    for field in needed:
        if field not in found:
            yield f"{name} {quoted(text)} does not say {{{field}}}", f"put {{{field}}} where it belongs"
