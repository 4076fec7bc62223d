"""A new content file: an address, a front matter that fits, nothing overwritten."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from local_seo.build import WrongValue
from local_seo.model.document import Kind
from local_seo.reader import facts_of
from local_seo.text import nearest, quoted, slugify

if TYPE_CHECKING:
    from pathlib import Path

    from local_seo.model.practice import Facts

_KINDS = {
    "article": Kind.ARTICLE,
    "service": Kind.SERVICE,
    "area": Kind.AREA,
    "topic": Kind.TOPIC,
    "person": Kind.PERSON,
    "page": Kind.PAGE,
}
_OUTLINE = """
WRITE THIS: in two or three sentences, whom this is for and what they will know at the end.

## WRITE THIS: the first thing they ask

WRITE THIS.

## WRITE THIS: what helps

WRITE THIS.

## WRITE THIS: when to call

WRITE THIS.
"""


def create(
    content: Path, *, kind: str, title: str, service: str, keywords: str, cities: str, day: dt.date | None
) -> Path:
    """Write a new file and return its path.

    Raises:
        WrongValue: an unknown name, or a file that is there already.
        SourceError: ``practice.toml`` cannot be used.
    """
    if kind not in _KINDS:
        raise WrongValue(f"--kind {kind} is unknown - {nearest(kind, _KINDS)}")
    folder = _KINDS[kind]
    facts = facts_of(content)
    slug = _slug(folder, title, facts)
    path = content / folder.value / f"{slug}.md"
    lines = ["---", f"title: {_yaml(title)}"]
    if folder is Kind.ARTICLE:
        lines += [
            f"date: {day or dt.datetime.now(facts.zone).date()}",
            'summary: ""',
            f"keywords: [{', '.join(map(_yaml, _parts(keywords)))}]",
            f"cities: [{', '.join(map(_yaml, _cities(cities, facts)))}]",
            *([f"service: {_service(service, facts)}"] if service else []),
            "sources: []",
            "status: draft",
        ]
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join([*lines, "---", _OUTLINE if folder is Kind.ARTICLE else "\nWRITE THIS.\n"]))
    except FileExistsError:
        raise WrongValue(f"{path} is there already - choose another title, or edit it") from None
    return path


def _slug(kind: Kind, title: str, facts: Facts) -> str:
    """Return the file's name: the slug of the fact that the page is about, else of the title."""
    known = {
        Kind.SERVICE: {service.slug: service.name for service in facts.services},
        Kind.AREA: {place.slug: place.name for place in facts.places},
        Kind.PERSON: {person.id: person.name for person in facts.people},
    }.get(kind)
    slug = slugify(title)
    if known is not None:
        named = {slugify(name): key for key, name in known.items()}
        slug = named.get(slug, slug)
        if slug not in known:
            raise WrongValue(f"{quoted(title)} is not in practice.toml - {nearest(title, known.values())}")
    if not slug:
        raise WrongValue(f"--title {quoted(title)} has no letter or digit to make an address of")
    return slug


def _service(slug: str, facts: Facts) -> str:
    if facts.service(slug) is None:
        raise WrongValue(f"--service {slug} is unknown - {nearest(slug, (s.slug for s in facts.services))}")
    return slug


def _cities(written: str, facts: Facts) -> list[str]:
    names: list[str] = []
    for name in _parts(written):
        place = facts.place(name)
        if place is None:
            raise WrongValue(f"--cities {name} is unknown - {nearest(name, (p.name for p in facts.places))}")
        names.append(place.name)
    return names


def _parts(written: str) -> list[str]:
    return [part.strip() for part in written.split(",") if part.strip()]


def _yaml(text: str) -> str:
    """Return a text as a YAML scalar; a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)
