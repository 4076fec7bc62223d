"""``invoke new`` from what was said to the file: what is open is asked, what is there already is told."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from local_seo.build import read
from local_seo.reader import facts_of

from . import Wanted, aims, create, open_in_editor, wanted

if TYPE_CHECKING:
    from local_seo.model.site import Site
    from local_seo.request import Request


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The flags, as they were typed; empty where nothing was said."""

    title: str
    kind: str
    service: str
    keywords: str
    cities: str
    supports: str


def new(request: Request, said: Said, *, asking: bool, show: bool) -> None:
    """Begin a file and say where it lies.

    Args:
        request: where the content is, and the day.
        said: what is known.
        asking: whether somebody is there to be asked for the rest.
        show: whether the file is opened then.

    Raises:
        SourceError: the practice's facts cannot be used.
        WrongValue: a value that cannot be.
    """
    facts = facts_of(request.content)
    if asking:
        from . import questions  # noqa: PLC0415 - only a terminal needs it

        said = replace(said, kind=said.kind or questions.ask_kind())
    asked = wanted(facts, **asdict(replace(said, kind=said.kind or "article")))
    site, _ = read(replace(request, options=replace(request.options, preview=True)))
    if site and asking:
        asked = questions.ask(asked, site, request.content)
    path = create(asked, request.content, facts, request.options.today or dt.datetime.now(facts.zone).date())
    if site and not asking:
        _say_what_is_there(asked, site)
    print(f"{path} - write where it says WRITE THIS, and see it with `invoke serve`")
    print("it is a draft: take the line `status: draft` away when it is ready, and `invoke check` looks it over")
    if asking and show and (problem := open_in_editor(path)):
        print(problem, file=sys.stderr)


def _say_what_is_there(asked: Wanted, site: Site) -> None:
    """Print what there is on the first keyword, what answers for it in the article's places, and a clash."""
    for article in aims.about(site, asked.keywords[0]) if asked.keywords else ():
        print(f"there is already: {article.front.title} ({article.path})")
    for place, said in aims.there(site, asked.keywords[0]) if asked.keywords else ():
        if place.name in asked.cities:
            print(f"{asked.keywords[0]}, {place.name}: {said}")
    if found := aims.clash(site, asked):
        print(found, file=sys.stderr)
