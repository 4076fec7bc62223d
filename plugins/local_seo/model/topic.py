"""A keyword that enough articles share to deserve a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """One topic. Keywords with the same ``key`` are the same topic, however they are spelt.

    Attributes:
        name: the spelling that most articles use.
        slug: the last part of the address.
        key: the content words, singular, in any order (``text.topic_key``).
    """

    name: str
    slug: str
    key: frozenset[str]
