"""Untyped values in, frozen dataclasses out; every mismatch is reported with its place, none stops the others.

cattrs does the typing; this module says what a value may look like and words the faults for writers.
"""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeVar, Union, get_args, get_origin

from cattrs import AttributeValidationNote, Converter, IterableValidationNote
from cattrs.errors import BaseValidationError, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn

from .model.practice import Prose
from .text import cut, joined, near, nearest, quoted, squeeze

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

T = TypeVar("T")
Path = tuple[str | int, ...]

_TRUE = frozenset({"true", "yes", "on"})
_FALSE = frozenset({"false", "no", "off"})
# What TOML calls a number has 64 bits; Python refuses to print one of thousands of digits.
_DIGITS_MOST = 18
_HUGE: int = 10**_DIGITS_MOST
# Any date in these years can be said in any time zone; another is a slip of the pen.
_YEARS = range(1000, 9999)
_DAY_REMEDY = "write it as year-month-day, for example 2026-05-04"
# What types are called in words.
_KINDS = {int: "a number", float: "a number", str: "a text", bool: "true or false"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A value that does not fit: where it stands, what is wrong, what to do.

    ``about`` is the key that is missing, or the one that an unknown key is nearest to.
    """

    path: Path
    kind: Literal["unknown-key", "missing-key", "wrong-value"]
    message: str
    remedy: str
    about: str = ""


class MismatchError(ValueError):
    """A single value that does not fit its type."""

    def __init__(self, found: object, allowed: str, remedy: str = "") -> None:
        """Word what was found and what is allowed."""
        super().__init__(f"{_shown(found)} is not {allowed}")
        self.remedy = remedy or f"write {allowed}"


class Typist:
    """Turns plain values into dataclasses.

    Args:
        smarten: makes the quotes and dashes of prose typographic; plain text in and out.
        zone: of dates without one.
        loose: whether scalars arrive as strings (YAML) and are read by the wanted type, and whether a list may be
            a string with commas; otherwise values must have their type already (TOML).
    """

    def __init__(self, smarten: Callable[[str], str], zone: ZoneInfo, *, loose: bool) -> None:
        self._smarten = smarten
        self._zone = zone
        self._loose = loose
        converter = Converter(forbid_extra_keys=True, detailed_validation=True)
        converter.register_structure_hook(str, lambda value, _: self._text(value))
        converter.register_structure_hook(Prose, lambda value, _: smarten(squeeze(self._text(value))))
        converter.register_structure_hook(bool, lambda value, _: self._bool(value))
        converter.register_structure_hook(int, lambda value, _: self._number(value, int, "a whole number"))
        converter.register_structure_hook(float, lambda value, _: self._number(value, float, "a number"))
        converter.register_structure_hook(dt.date, lambda value, _: self._date(value))
        converter.register_structure_hook(dt.datetime, lambda value, _: self._moment(value))
        converter.register_structure_hook_func(_is(Literal), self._choice)
        converter.register_structure_hook_func(_is(Union, types.UnionType), self._union)
        converter.register_structure_hook_func(_is(tuple), self._tuple)
        converter.register_structure_hook_func(_is(Mapping), self._mapping)
        converter.register_structure_hook_factory(is_dataclass, self._record)
        self._converter = converter

    def read(self, value: object, wanted: type[T]) -> tuple[T | None, list[Fault]]:
        """Return the typed value, or None and every fault."""
        try:
            return self._converter.structure(value, wanted), []
        except (BaseValidationError, MismatchError) as failure:
            return None, _without_echoes(_faults(failure, (), wanted))

    def _record(self, wanted: type[Any]) -> Callable[[Any, Any], Any]:
        structure = make_dict_structure_fn(wanted, self._converter)

        def read(value: object, _: object) -> Any:  # noqa: ANN401 - whatever the dataclass is
            if not isinstance(value, Mapping):
                keys = joined([name for name, must in _keys(wanted).items() if must] or list(_keys(wanted)))
                raise MismatchError(value, f"a table with {keys}")
            return structure(value, wanted)

        return read

    def _text(self, value: object) -> str:
        if not isinstance(value, str):
            raise MismatchError(value, "text", "put it in quotes")
        if found := _CONTROL.search(value):
            raise MismatchError(f"a control character (U+{ord(found.group()):04X})", "text", "delete that character")
        return value

    def _bool(self, value: object) -> bool:
        if isinstance(value, bool):
            return value
        if self._loose and isinstance(value, str) and value.lower() in _TRUE | _FALSE:
            return value.lower() in _TRUE
        raise MismatchError(value, "true or false")

    def _number(self, value: object, wanted: type[int | float], allowed: str) -> float:
        if self._loose and isinstance(value, str):
            try:
                value = wanted(value)
            except ValueError:
                raise MismatchError(value, allowed) from None
        if isinstance(value, bool) or not isinstance(value, int if wanted is int else (int, float)):
            raise MismatchError(value, allowed)
        if _is_huge(value):
            raise MismatchError(value, f"{allowed} of at most {_DIGITS_MOST} digits")
        return wanted(value)

    def _moment(self, value: object) -> dt.datetime:
        if isinstance(value, str):
            try:
                value = dt.datetime.fromisoformat(value.strip())
            except ValueError:
                raise MismatchError(value, "a date", f"{_DAY_REMEDY} or 2026-05-04 09:30") from None
        if not isinstance(value, dt.date):
            raise MismatchError(value, "a date", _DAY_REMEDY)
        if value.year not in _YEARS:
            raise MismatchError(value, f"a date in the years {_YEARS[0]} to {_YEARS[-1]}", _DAY_REMEDY)
        if isinstance(value, dt.datetime):
            return value if value.tzinfo else value.replace(tzinfo=self._zone)
        return dt.datetime.combine(value, dt.time(), self._zone)

    def _date(self, value: object) -> dt.date:
        return self._moment(value).date()

    def _choice(self, value: object, wanted: object) -> object:
        options = get_args(wanted)
        if isinstance(value, bool) or value not in options:
            allowed = [str(option) for option in options]
            remedy = nearest(value, allowed) if isinstance(value, str) else ""
            raise MismatchError(value, f"one of {joined(allowed, 'or')}", remedy)
        return value

    def _union(self, value: object, wanted: object) -> object:
        options = [option for option in get_args(wanted) if option is not type(None)]
        if len(options) < len(get_args(wanted)) and (value is None or (self._loose and value == "")):
            return None
        if len(options) == 1:
            return self._converter.structure(value, options[0])
        if isinstance(value, tuple(options)):
            return self._converter.structure(value, type(value))
        kinds = dict.fromkeys(_KINDS.get(option, option.__name__) for option in options)
        raise MismatchError(value, ", ".join(kinds))

    def _tuple(self, value: object, wanted: object) -> tuple[object, ...]:
        item = get_args(wanted)[0]
        if self._loose and isinstance(value, str) and not is_dataclass(item):
            value = [part.strip() for part in value.split(",") if part.strip()]
        if self._loose and value == "":
            value = []
        if not isinstance(value, list):
            raise MismatchError(value, "a list")
        items: list[Any] = self._converter.structure(value, list[item])  # type: ignore[valid-type]
        return tuple(items)

    def _mapping(self, value: object, wanted: object) -> Mapping[str, object]:
        if self._loose and value == "":
            return {}
        if not isinstance(value, Mapping):
            raise MismatchError(value, "a table")
        _, item = get_args(wanted)
        found: dict[str, Any] = self._converter.structure(value, dict[str, item])  # type: ignore[valid-type]
        return found


def _is(*origins: object) -> Callable[[object], bool]:
    """Return a test for types such as ``tuple[str, ...]`` by what stands before the brackets."""
    return lambda wanted: get_origin(wanted) in origins


def _keys(wanted: type[Any]) -> dict[str, bool]:
    """Return the keys of a dataclass, with whether each is needed."""
    missing = type(fields(wanted)[0].default)
    return {f.name: isinstance(f.default, missing) and isinstance(f.default_factory, missing) for f in fields(wanted)}


def _shown(value: object) -> str:
    if isinstance(value, str):
        return quoted(value) if value else "an empty text"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (dict, list)):
        return "a table" if isinstance(value, dict) else "a list"
    if isinstance(value, int) and _is_huge(value):
        return "a huge number"
    return cut(str(value), 60)


def _is_huge(number: float) -> bool:
    return abs(number) >= _HUGE


def _without_echoes(faults: list[Fault]) -> list[Fault]:
    """Return faults without the missing keys that are only misspelt: the unknown key's remedy names them."""
    told = {(fault.path[:-1], fault.about) for fault in faults if fault.kind == "unknown-key"}
    return [fault for fault in faults if fault.kind != "missing-key" or (fault.path, fault.about) not in told]


def _faults(failure: BaseException, path: Path, wanted: object) -> list[Fault]:
    """Return what a validation failure says, depth first."""
    found: list[Fault] = []
    if isinstance(failure, BaseValidationError):
        for inner in failure.exceptions:
            found += _faults(inner, (*path, *_step(inner)), getattr(failure, "cl", wanted))
    elif isinstance(failure, ForbiddenExtraKeysError):
        keys = _keys(failure.cl)
        for key in sorted(failure.extra_fields):
            what = f"unknown key {quoted(_dotted((*path, key)))}"
            found.append(Fault((*path, key), "unknown-key", what, nearest(key, keys), near(key, keys)))
    elif isinstance(failure, KeyError):
        key = str(path[-1])
        found.append(Fault(path[:-1], "missing-key", f"{_dotted(path)} is missing", f"add {key}", key))
    elif isinstance(failure, MismatchError):
        at = _dotted(path)
        found.append(Fault(path, "wrong-value", f"{at}: {failure}" if at else str(failure), failure.remedy))
    else:
        raise failure
    return found


def _dotted(path: Path) -> str:
    """Return a path as writers know it: ``places.name``, without positions in lists."""
    return ".".join(part for part in path if isinstance(part, str))


def _step(failure: BaseException) -> Path:
    for note in getattr(failure, "__notes__", ()):
        if isinstance(note, AttributeValidationNote):
            return (note.name,)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()
