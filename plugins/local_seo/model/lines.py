"""Where the keys of a TOML file stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# The way to a value: names of tables and keys, positions in lists.
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The 1-based line of each key and table of one file."""

    at: Mapping[KeyPath, int] = field(default_factory=dict)

    def of(self, path: KeyPath) -> int:
        """Return the line of a key, else of the table that should have it, else 1."""
        while path and path not in self.at:
            path = path[:-1]
        return self.at.get(path, 1)
