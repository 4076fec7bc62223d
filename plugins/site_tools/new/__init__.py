"""``invoke new``: a content file with an address, a front matter that fits and an outline; nothing is overwritten."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local_seo import limits
from local_seo.checks.write_this import MARK
from local_seo.model.document import Kind
from local_seo.request import WrongValue
from local_seo.text import nearest, quoted, slugify

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from local_seo.model.practice import Facts

KINDS: Final = {
    "article": Kind.ARTICLE,
    "service": Kind.SERVICE,
    "area": Kind.AREA,
    "topic": Kind.TOPIC,
    "person": Kind.PERSON,
    "page": Kind.PAGE,
}
_OUTLINES: Final = Path(__file__).with_name("outlines")
_SUMMARY: Final = (
    f"{MARK}: what the reader will find, in {limits.DESCRIPTION_SHORTEST_CHARS} to "
    f"{limits.DESCRIPTION_LONGEST_CHARS} characters, for search results"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be begun, every name already one of the practice's.

    Attributes:
        kind: a key of ``KINDS``.
        service: a slug, or empty; as ``supports``, of an article.
        cities: names of places.
    """

    kind: str
    title: str
    service: str = ""
    keywords: tuple[str, ...] = ()
    cities: tuple[str, ...] = ()
    supports: str = ""

    @property
    def folder(self) -> Kind:
        """Return the folder of this kind."""
        return KINDS[self.kind]


def wanted(facts: Facts, *, kind: str, title: str, service: str, keywords: str, cities: str, supports: str) -> Wanted:
    """Return what the flags ask for.

    Raises:
        WrongValue: an unknown name, with the nearest that there is.
    """
    if kind not in KINDS:
        raise WrongValue(f"--kind {kind} is unknown - {nearest(kind, KINDS)}")
    if KINDS[kind] is not Kind.ARTICLE:
        given = {"service": service, "keywords": keywords, "cities": cities, "supports": supports}
        if flag := next((flag for flag, value in given.items() if value), ""):
            raise WrongValue(f"--{flag} is for articles only - leave it out for --kind {kind}")
    return Wanted(
        kind=kind,
        title=title.strip(),
        service=_service(service, facts) if service else "",
        keywords=parts(keywords),
        cities=tuple(_city(name, facts) for name in parts(cities)),
        supports=supports.strip(),
    )


def path_of(asked: Wanted, content: Path, facts: Facts) -> Path:
    """Return where the file will lie: named by the fact that it is about, else by its title.

    Raises:
        WrongValue: there is no such fact, the title has nothing to make a name of, or the file is there already.
    """
    named = subjects(asked.folder, facts)
    slug = slugify(asked.title)
    if named is not None:
        slug = {slugify(name): key for key, name in named.items()}.get(slug, slug)
        if slug not in named:
            remedy = nearest(asked.title, named.values(), "add it to practice.toml first")
            raise WrongValue(f"{quoted(asked.title)} is not in practice.toml - {remedy}")
    if not slug:
        raise WrongValue(f"--title {quoted(asked.title)} has no letter or digit to make an address of")
    path = content / asked.folder.value / f"{slug}.md"
    if path.exists():
        raise WrongValue(f"{path} is there already - choose another title, or edit it")
    return path


def subjects(folder: Kind, facts: Facts) -> Mapping[str, str] | None:
    """Return slug and name of every fact that a file of a folder may be about; None where titles are free."""
    named: Mapping[Kind, Mapping[str, str]] = {
        Kind.SERVICE: {service.slug: service.name for service in facts.services},
        Kind.AREA: {place.slug: place.name for place in facts.places},
        Kind.PERSON: {person.id: person.name for person in facts.people},
    }
    return named.get(folder)


def create(asked: Wanted, content: Path, facts: Facts, day: dt.date) -> Path:
    """Write the file, a draft, and return its path.

    Raises:
        WrongValue: as ``path_of``.
    """
    path = path_of(asked, content, facts)
    outline = (_OUTLINES / f"{asked.kind}.md").read_text(encoding="utf-8")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(["---", *_front_matter(asked, day), "---", "", outline]))
    except FileExistsError:
        raise WrongValue(f"{path} is there already - choose another title, or edit it") from None
    return path


def open_in_editor(path: Path) -> str:
    """Open a file in the person's own editor and wait for it; return what to say when that did not work.

    ``VISUAL`` stands before ``EDITOR``, as everywhere; where neither is set, nothing happens.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        line = shlex.split(command)
        if line:
            subprocess.run([*line, str(path)], check=True)
    except (OSError, ValueError, subprocess.CalledProcessError) as failure:
        return f"{quoted(command)} did not open it ({failure}) - open {path} yourself, or set EDITOR"
    return ""


def parts(written: str) -> tuple[str, ...]:
    """Return what stands between commas, each once."""
    return tuple(dict.fromkeys(part.strip() for part in written.split(",") if part.strip()))


def _front_matter(asked: Wanted, day: dt.date) -> Iterator[str]:
    yield f"title: {_yaml(asked.title)}"
    if asked.folder is Kind.ARTICLE:
        yield f"date: {day}"
    yield f"summary: {_yaml(_SUMMARY)}"
    if asked.folder is Kind.ARTICLE:
        yield f"keywords: [{', '.join(map(_yaml, asked.keywords))}]"
        yield f"cities: [{', '.join(map(_yaml, asked.cities))}]"
        if asked.service:
            yield f"service: {asked.service}"
        if asked.supports:
            yield f"supports: {asked.supports}"
        yield f'sources: []  # {MARK}: two, as in [{{title: "...", url: "https://..."}}]'
    if asked.folder is Kind.AREA:
        yield "facts:"
        for _ in range(limits.AREA_FACTS_LEAST):
            yield f'  - text: "{MARK}: something that is true of this place alone"'
            yield "    source: practice"
    yield "status: draft"


def _service(written: str, facts: Facts) -> str:
    for service in facts.services:
        if slugify(written) in {service.slug, slugify(service.name)}:
            return service.slug
    raise WrongValue(f"--service {written} is unknown - {nearest(written, (s.slug for s in facts.services))}")


def _city(written: str, facts: Facts) -> str:
    place = facts.place(written)
    if place is None:
        raise WrongValue(f"--cities {written} is unknown - {nearest(written, (p.name for p in facts.places))}")
    return place.name


def _yaml(text: str) -> str:
    """Return a text as a YAML scalar; a JSON string is one."""
    return json.dumps(text, ensure_ascii=False)
