"""Calls to action as ``ctas/<id>.toml`` keeps them."""

from __future__ import annotations

from dataclasses import dataclass

from .practice import Prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where an offer stands: after so many sections (0 = after the introduction), or at the end (None)."""

    after_section: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """Other words for the same offer; what is missing is taken from the offer itself."""

    title: Prose | None = None
    text: Prose | None = None
    label: Prose | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CallToAction:
    """One offer. ``id`` is the file's name; ``href`` may be ``tel:``, ``booking:`` or ``mailto:`` alone."""

    id: str
    title: Prose
    text: Prose
    label: Prose
    href: str
    placement: Placement
    places: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    priority: int = 0
    variants: tuple[Variant, ...] = ()
