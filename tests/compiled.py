"""The theme's templates, compiled once a process and not once a build: for a small site that is half of the work.

What a template is compiled to follows from its text alone, so a build of a practice with templates of its own makes
those anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from local_seo import plugin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType

    from jinja2 import Environment
    from jinja2.bccache import Bucket

_THEME = Path(__file__).parents[1] / "theme"


class _Compiled(BytecodeCache):
    """Templates in memory, by name and text."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], CodeType | None] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key, bucket.checksum] = bucket.code


_COMPILED = _Compiled()
_environment = plugin.environment


def _knowing(themes: Sequence[Path], *, lasting: bool = False) -> Environment:
    found = _environment(themes, lasting=lasting)
    found.bytecode_cache = _COMPILED
    return found


plugin.environment = _knowing
_theme = plugin.environment([_THEME])
for _name in _theme.list_templates():
    _theme.get_template(_name)
