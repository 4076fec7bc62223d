"""TOML in, plain values out, with the line of every key; tomllib does not say it."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from .errors import Finding, error
from .model.lines import KeyPath, Lines
from .text import quoted

_PART = r"[A-Za-z0-9_\-]+|\"[^\"]*\"|'[^']*'"
_NAME = rf"(?:{_PART})(?:[ \t]*\.[ \t]*(?:{_PART}))*"
_TABLE = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_NAME})[ \t]*\]")
_KEY = re.compile(rf"[ \t]*({_NAME})[ \t]*=[ \t]*(.*)")
# Python reads no whole number of more digits, and does not say where it stood.
_HUGE_NUMBER = re.compile(r"(?:[0-9]_?){4300}")


def read(path: str, text: str) -> tuple[dict[str, Any], Lines, list[Finding]]:
    """Return the values of a file, where its keys stand, and the fault that keeps it from being read.

    A byte order mark and Windows line ends are accepted.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    lines = lines_of(text)
    try:
        return tomllib.loads(text), lines, []
    except tomllib.TOMLDecodeError as failure:
        found = re.search(r" \(at line (\d+), column \d+\)", str(failure))
        line = int(found.group(1)) if found else text.count("\n") + 1
        shown = text.split("\n")[line - 1 : line]
        near = f", near {quoted(shown[0])}" if shown and shown[0].strip() else ""
        what = f"this is not valid TOML: {re.sub(r' [(]at .*', '', str(failure))}{near}"
        remedy = 'text needs quotes, as in name = "Saltbush"; a list needs [ and ]'
        return {}, lines, [error(path, line, "broken-toml", what, remedy)]
    except ValueError:
        huge = _HUGE_NUMBER.search(text)
        line = text.count("\n", 0, huge.start()) + 1 if huge else 1
        return {}, lines, [error(path, line, "broken-toml", "a number of thousands of digits", "write a smaller one")]
    except RecursionError:
        return {}, lines, [error(path, 1, "broken-toml", "the file nests too deeply", "make it flat")]


def lines_of(text: str) -> Lines:
    """Return where the keys of a file stand, whether or not it can be read."""
    at: dict[KeyPath, int] = {}

    def mark(path: KeyPath, number: int) -> None:
        """Note the line of a key, and of the tables around it where they have none of their own."""
        for length in range(1, len(path) + 1):
            at.setdefault(path[:length], number)

    table: KeyPath = ()
    counts: dict[str, int] = {}
    quote = ""
    for number, line in enumerate(text.split("\n"), 1):
        if quote:  # inside a text of several lines
            quote = "" if quote in line else quote
            continue
        if found := _TABLE.match(line):
            parts = _parts(found.group(2))
            name = ".".join(map(str, parts))
            if found.group(1) == "[[":
                counts[name] = counts.get(name, -1) + 1
                parts = (*parts, counts[name])
            # [people.license] belongs to the last [[people]].
            elif parts[0] in counts and len(parts) > 1:
                parts = (parts[0], counts[str(parts[0])], *parts[1:])
            table = parts
            mark(table, number)
        elif found := _KEY.match(line):
            mark((*table, *_parts(found.group(1))), number)
            opened = re.match(r'"""|\'\'\'', found.group(2))
            quote = opened.group() if opened and found.group(2).count(opened.group()) == 1 else ""
    return Lines(at)


def _parts(name: str) -> KeyPath:
    """Return the parts of a key or table name as TOML has it: ``a."b c"`` is two."""
    return tuple(part.strip("\"'") for part in re.findall(_PART, name))
