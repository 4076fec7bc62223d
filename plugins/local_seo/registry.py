"""Open sets, schema types and checks, are the modules of a folder: adding a file adds a member."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType


@cache
def members(package: str, function: str) -> tuple[ModuleType, ...]:
    """Return the modules of a package that define ``function``, by name.

    Modules without it are helpers of the others.
    """
    parent = importlib.import_module(package)
    names = sorted(info.name for info in pkgutil.iter_modules(parent.__path__) if not info.ispkg)
    modules = (importlib.import_module(f"{package}.{name}") for name in names)
    return tuple(module for module in modules if hasattr(module, function))
