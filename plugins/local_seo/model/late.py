"""Values of which most lies elsewhere until somebody asks for it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Late:
    """A dataclass with slots, some of which may be empty: what belongs there is read when it is asked for.

    It is not kept in the value, so that a site of ten thousand texts holds those only that are looked at. An ordinary
    value has everything; so has what ``dataclasses.replace``, ``copy`` or ``pickle`` make of a late one.

    Attributes:
        said: a digest of the whole value, where somebody knows it; see ``digests.of``.
    """

    __slots__ = ("_later", "said")
    said: str

    @classmethod
    def late(cls, known: Mapping[str, object], later: Callable[[], Mapping[str, object]], said: str = "") -> Self:
        """Return a value of which some attributes are known; ``later`` returns the others."""
        made = object.__new__(cls)
        put = object.__setattr__
        for name, value in known.items():
            put(made, name, value)
        put(made, "_later", later)
        put(made, "said", said)
        return made

    def but(self, **changed: object) -> Self:
        """Return the same with other values for some of what is at hand; what is late stays so."""
        later = getattr(self, "_later", None)
        if later is None:
            return replace(self, **changed)  # type: ignore[type-var]  # of a dataclass
        known: dict[str, object] = {}
        for name in type(self).__dataclass_fields__:  # type: ignore[attr-defined]  # of a dataclass
            with suppress(AttributeError):
                known[name] = changed[name] if name in changed else object.__getattribute__(self, name)
        return type(self).late(known, later)

    if not TYPE_CHECKING:  # a type checker would let any name pass

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as every attribute
            """Return what is not at hand."""
            if name in type(self).__dataclass_fields__:
                return object.__getattribute__(self, "_later")()[name]
            message = f"{type(self).__name__!r} object has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=self)
