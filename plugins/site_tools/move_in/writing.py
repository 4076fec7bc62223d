"""Files that are written once and then belong to the person who edits them."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from local_seo.request import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from .boilerplate import Call

LEDGER: Final = ".move-in.json"
What = Literal["new", "same", "changed", "yours", "set aside", "deleted"]


@dataclass(slots=True)
class Ledger:
    """What was written: the digest of each file, and the file of each picture of the old host."""

    files: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, content: Path) -> Ledger:
        """Return the ledger of a content folder; an empty one where nothing was moved yet.

        Raises:
            Refused: it cannot be read.
        """
        path = content / LEDGER
        if not path.is_file():
            return cls()
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
            files, pictures = dict(value["files"]), dict(value["pictures"])
            sound = all(isinstance(each, str) for pair in (*files.items(), *pictures.items()) for each in pair)
        except (ValueError, KeyError, TypeError, RecursionError):
            sound = False
        if not sound:
            raise Refused(
                f"{path} cannot be read: it says which files were moved in, so that your edits are not overwritten"
                " - bring it back from git; without it, move into an empty content folder"
            )
        # A picture of the ledger is read, so its name must not lead elsewhere.
        inside = {key: name for key, name in pictures.items() if _is_inside(content, name)}
        return cls(files=files, pictures=inside)

    def write(self, content: Path) -> None:
        """Write it, whole or not at all."""
        value = {"format": 1, "files": self.files, "pictures": self.pictures}
        put(content / LEDGER, (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode())


def _is_inside(content: Path, name: str) -> bool:
    return (content / name).resolve().is_relative_to(content.resolve())


def what_of(content: Path, path: str, data: bytes, ledger: Ledger) -> What:
    """Return what writing a file would be, without writing it."""
    file = content / path
    if not file.exists():
        return "deleted" if path in ledger.files else "new"
    found = file.read_bytes() if file.is_file() else b""
    if found == data and file.is_file():
        return "same"
    if path not in ledger.files:
        return "set aside"
    return "changed" if digest(found) == ledger.files[path] else "yours"


def digest(data: bytes) -> str:
    """Return what tells two files apart."""
    return hashlib.sha256(data).hexdigest()


def put(file: Path, data: bytes) -> None:
    """Write a file, whole or not at all.

    Raises:
        Refused: the disk does not allow it.
    """
    part = file.with_name(f"{file.name}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(file)
    except OSError as failure:
        raise Refused(
            f"{file} could not be written: {failure.strerror or failure}; what was written before it is whole"
        ) from failure


def front_matter(keys: Mapping[str, object]) -> str:
    """Return front matter with the keys that say something, in their order."""
    lines = ["---"]
    for name, value in keys.items():
        if isinstance(value, tuple):
            lines += [f"{name}: [{', '.join(map(_yaml, value))}]"] if value else []
        elif isinstance(value, bool):
            lines += [f"{name}: true"] if value else []
        elif isinstance(value, dt.date):
            lines.append(f"{name}: {_day(value)}")
        elif value:
            lines.append(f"{name}: {_yaml(str(value))}")
    return "\n".join([*lines, "---", ""])


def _day(value: dt.date) -> str:
    if not isinstance(value, dt.datetime) or (value.hour, value.minute) == (0, 0):
        return f"{value:%Y-%m-%d}"
    return f"{value:%Y-%m-%d %H:%M}"


def _yaml(text: str) -> str:
    """Return a text as a YAML scalar: bare where it is a plain word or two, else in quotes."""
    letters = text.replace(" ", "").replace("-", "")
    is_plain = letters.isalpha() and letters.isascii() and text[0].isalpha() and text[-1].isalpha()
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def call_toml(call: Call) -> str:
    """Return a call to action as its file has it."""
    values = {"title": call.title, "text": call.text, "label": call.label, "href": call.href, "placement": "end"}
    return "".join(f"{name} = {toml(value)}\n" for name, value in values.items())


def place_toml(name: str, region: str) -> str:
    """Return a new place as practice.toml has it."""
    return f'[[places]]\nname = {toml(name)}\ntype = "Place"\nregion = {toml(region)}\n'


def service_toml(role: str, slug: str) -> str:
    """Return a new service as practice.toml has it."""
    return f"[[services]]\nslug = {toml(slug)}\nname = {toml(role[:1].upper() + role[1:])}\nrole = {toml(role)}\n"


def suffixes_toml(suffixes: Sequence[str]) -> str:
    """Return the list of title suffixes as practice.toml has it."""
    return f"[titles]\nsuffixes = [{', '.join(map(toml, suffixes))}]\n"


def toml(text: str) -> str:
    """Return a text as a TOML string; a JSON string is one, but for a character that JSON leaves as it is."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
