"""A Markdown file in, typed front matter and its text out; every fault with its line."""

from __future__ import annotations

import codecs
import re
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import yaml
from yaml.reader import Reader

from .. import limits
from ..errors import Finding, error
from ..model.document import KEYS, FrontMatter, Kind, Source
from ..text import nearest, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..typed import Path, Typist

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_RULE = re.compile(r"^---[ \t]*$", re.MULTILINE)
# YAML ends a line at these, editors and the rest of this program do not; they come along when text is pasted.
# What editors and telephones make of quotation marks.
_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u201a]")
_INVISIBLE_ENDS = str.maketrans(dict.fromkeys("\x85\u2028\u2029", " "))


def source(path: str, raw: bytes) -> tuple[Source, str, str, list[Finding]]:
    """Return the file, its front matter as YAML text, its Markdown, and what is wrong with the file as such.

    A byte order mark and Windows line ends are accepted.
    """
    bad: list[Finding] = []
    if len(raw) > limits.SOURCE_LARGEST_BYTES:
        message = f"the file has {len(raw):,} bytes, at most {limits.SOURCE_LARGEST_BYTES:,} are read"
        return Source(path=path, text=""), "", "", [error(path, 1, "unreadable-file", message, "split it")]
    raw = raw.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as failure:
        line = raw.count(b"\n", 0, failure.start) + 1
        found = raw[failure.start : failure.start + 1].hex()
        message = f"the file is not UTF-8 text (byte {found})"
        bad.append(error(path, line, "unreadable-file", message, "save it as UTF-8 in your editor"))
        return Source(path=path, text=""), "", "", bad
    rules = [match.span() for match in _RULE.finditer(text)]
    if not rules or text[: rules[0][0]].strip():
        message = "no front matter: the first line is not ---"
        bad.append(error(path, 1, "front-matter", message, "begin the file with ---, title: ..., ---"))
        return Source(path=path, text=text), "", text, bad
    if len(rules) == 1:
        message = "the front matter does not end"
        bad.append(error(path, 1, "front-matter", message, "add a line --- after the last key"))
        return Source(path=path, text=text), "", "", bad
    (_, start), (end, after) = rules[:2]
    # Empty lines in front keep the parser's line numbers those of the file.
    front = "\n" * text.count("\n", 0, start) + text[start:end]
    whole = Source(path=path, text=text, body_line=text.count("\n", 0, after) + 2)
    return whole, front, text[after + 1 :], bad


def front_matter(
    whole: Source, front: str, kind: Kind, typist: Typist
) -> tuple[FrontMatter | None, Source, list[Finding]]:
    """Return the typed keys, the source with their lines, and every fault; None when they cannot be typed."""
    value, lines, bad = _yaml(whole.path, front)
    whole = Source(
        path=whole.path,
        text=whole.text,
        body_line=whole.body_line,
        key_lines={str(path[0]): line for path, line in lines.items() if len(path) == 1},
    )
    if bad:
        return None, whole, bad
    allowed = KEYS[kind]
    for key in sorted(set(value) - allowed):
        if key in {field.name for field in fields(FrontMatter)}:
            what = f"{quoted(key)} is not a key of {kind.value}/"
            bad.append(error(whole.path, lines[(key,)], "unknown-key", what, "delete this line"))
            del value[key]
    if isinstance(value.get("image"), str):
        value["image"] = value["image"].removeprefix("/")  # as a site address, which editors write
    typed, faults = typist.read(value, FrontMatter)
    for fault in faults:
        remedy = nearest(str(fault.path[-1]), allowed) if fault.kind == "unknown-key" and len(fault.path) == 1 else ""
        bad.append(error(whole.path, _line(lines, fault.path), fault.kind, fault.message, remedy or fault.remedy))
    for key in ("cities", "keywords"):
        written = value.get(key, ())
        for item in [written] if isinstance(written, str) else written:
            if typed and _CURLY.match(item):
                what = f"{key} has {quoted(item)}: curly quotation marks count as a part of the words"
                line = whole.line_of_item(key, item)
                bad.append(error(whole.path, line, "wrong-value", what, 'type straight ones, "like these", or none'))
    if typed and not typed.title.strip():
        bad.append(error(whole.path, whole.line_of_key("title"), "missing-key", "the title is empty", "write one"))
    if kind is Kind.ARTICLE and value.get("date", "") == "":
        what = "an article needs a date"
        bad.append(error(whole.path, 1, "missing-key", what, "add a line such as date: 2026-05-04"))
    return (None if bad else typed), whole, bad


def _line(lines: dict[Path, int], path: Path) -> int:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


def _yaml(path: str, text: str) -> tuple[dict[str, Any], dict[Path, int], list[Finding]]:
    """Return the mapping with every scalar as a string, the line of each value, and the faults."""
    text = text.translate(_INVISIBLE_ENDS)
    if tab := re.search(r"^ *\t", text, re.MULTILINE):
        line = text.count("\n", 0, tab.start()) + 1
        return {}, {}, [error(path, line, "front-matter", "a tab at the start of a line", "use spaces")]
    if control := Reader.NON_PRINTABLE.search(text):
        line = text.count("\n", 0, control.start()) + 1
        what = f"a control character (U+{ord(control.group()):04X})"
        return {}, {}, [error(path, line, "front-matter", what, "delete that character")]
    try:
        if line := _unfolding(text):
            what = "an alias (*name) or too deep a nesting"
            return {}, {}, [error(path, line, "front-matter", what, "write the values out")]
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.YAMLError as failure:
        return {}, {}, [_unreadable(path, text, failure)]
    if node is None:
        return {}, {}, []
    if not isinstance(node, yaml.MappingNode):
        what = "the front matter is not a list of keys with values"
        return (
            {},
            {},
            [error(path, node.start_mark.line + 1, "front-matter", what, "write lines such as title: ...")],
        )
    reader = _Nodes(path)
    value = reader.value(node, ())
    return value, reader.lines, reader.bad


def _unreadable(path: str, text: str, failure: yaml.YAMLError) -> Finding:
    """Return what is wrong where YAML cannot be read at all."""
    mark = getattr(failure, "problem_mark", None)
    problem = getattr(failure, "problem", None) or "it cannot be read"
    began = getattr(failure, "context_mark", None)
    remedy = "put a value that contains : # [ { or quotes between quotation marks"
    if began and "end of stream" in problem and text[began.index : began.index + 1] in {'"', "'"}:
        mark, problem, remedy = began, "a quotation mark is not closed", "type it once more at the end of the value"
    line = mark.line + 1 if mark else 1
    shown = "".join(text.split("\n")[line - 1 : line])
    if _CURLY.search(shown):
        remedy = 'type straight quotation marks, "like these": curly ones do not count'
    what = f"the front matter is not valid YAML: {problem}" + (f", near {quoted(shown)}" if shown else "")
    return error(path, line, "front-matter", what, remedy)


def _unfolding(text: str) -> int:
    """Return the line of the first alias or too deep nesting, 0 when there is none.

    Ten lines of aliases can unfold to gigabytes, and libyaml dies of nodes within nodes: so this reads events only.
    """
    depth = 0
    events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
    for event in events:
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or depth > limits.FRONT_MATTER_DEPTH_MOST:
            return int(event.start_mark.line) + 1
    return 0


class _Nodes:
    """Turns YAML nodes into plain values; refuses what front matter has no use for."""

    def __init__(self, path: str) -> None:
        self._path = path
        self.lines: dict[Path, int] = {}
        self.bad: list[Finding] = []

    def value(self, node: yaml.Node, at: Path) -> Any:  # noqa: ANN401 - YAML
        self.lines.setdefault(at, node.start_mark.line + 1)
        if isinstance(node, yaml.ScalarNode):
            return node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*at, index)) for index, item in enumerate(node.value)]
        found: dict[str, Any] = {}
        for key, item in node.value:
            key_line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                self.bad.append(error(self._path, key_line, "front-matter", "a key that is not a word", "rename it"))
                continue
            if key.value in found:
                first = self.lines[(*at, key.value)]
                what = f"{quoted(key.value)} stands twice, first in line {first}"
                self.bad.append(error(self._path, key_line, "front-matter", what, "keep one of them"))
                continue
            self.lines[(*at, key.value)] = key_line
            found[key.value] = self.value(item, (*at, key.value))
        return found
