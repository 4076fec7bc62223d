"""What ``invoke new`` asks on a terminal: the practice's own lists to choose from, and what is there already."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

import questionary
from prompt_toolkit.completion import Completer, Completion
from questionary import Choice

from local_seo import limits
from local_seo.model.document import Kind
from local_seo.request import WrongValue
from local_seo.text import fold

from . import Wanted, aims, parts, path_of, subjects

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document as Line

    from local_seo.model.site import Site

_KIND_WORDS: Final = {
    "article": "an article for the blog",
    "page": "a plain page, such as fees",
    "area": "the page of a place",
    "service": "the page of a service",
    "person": "the page of a person",
    "topic": "the introduction of a topic",
}
_SHOWN: Final = 5  # articles of the same keyword
_AGAIN: Final = "choose another keyword or place"
_BEHIND: Final = "let it stand behind that one"
_ANYWAY: Final = "write it all the same"


class _Keywords(Completer):
    """Completes the keyword after the last comma, from any part of it."""

    def __init__(self, known: Sequence[str]) -> None:
        self._known = known

    def get_completions(self, document: Line, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002
        """Yield the known keywords that contain what is being typed."""
        typed = document.text_before_cursor.rpartition(",")[2].lstrip()
        for word in self._known:
            if fold(typed) in fold(word):
                yield Completion(word, start_position=-len(typed))


def ask_kind() -> str:
    """Ask what to write."""
    choices = [Choice(words, value=kind) for kind, words in _KIND_WORDS.items()]
    return str(questionary.select("What would you like to write?", choices=choices).unsafe_ask())


def ask(asked: Wanted, site: Site, content: Path) -> Wanted:
    """Ask for what the flags left open, and for leave where another article claims the same.

    Raises:
        KeyboardInterrupt: Ctrl-C.
        WrongValue: there is nothing left to write of this kind.
    """
    if not asked.title:
        asked = replace(asked, title=_title(asked, site, content))
    path_of(asked, content, site.facts)
    if asked.folder is not Kind.ARTICLE:
        return asked
    if not asked.service and site.facts.services:
        asked = replace(asked, service=_service(site))
    while True:
        if not asked.keywords:
            asked = replace(asked, keywords=_keywords(site))
        if not asked.cities:
            asked = replace(asked, cities=_cities(asked, site))
        clash = None if asked.supports else aims.clash(site, asked)
        if clash is None:
            return asked
        print(clash)
        answer = questionary.select("What now?", choices=[_AGAIN, _BEHIND, _ANYWAY]).unsafe_ask()
        if answer == _BEHIND:
            return replace(asked, supports=clash.other.slug)
        if answer == _ANYWAY:
            return asked
        asked = replace(asked, keywords=(), cities=())


def _title(asked: Wanted, site: Site, content: Path) -> str:
    named = subjects(asked.folder, site.facts)
    if named is not None:
        left = [name for slug, name in named.items() if not (content / asked.folder.value / f"{slug}.md").exists()]
        if not left:
            raise WrongValue(f"every {asked.kind} of practice.toml has its file already - add one there first")
        return str(questionary.select("Which one?", choices=left).unsafe_ask())

    def mended(title: str) -> bool | str:
        try:
            path_of(replace(asked, title=title.strip()), content, site.facts)
        except WrongValue as answer:
            return str(answer).removeprefix("--title ")
        return True

    return str(questionary.text("What is it called? (you can change it later)", validate=mended).unsafe_ask()).strip()


def _service(site: Site) -> str:
    choices = [Choice(service.name, value=service.slug) for service in site.facts.services]
    choices.append(Choice("none of these", value=""))
    return str(questionary.select("Which of your services is it about?", choices=choices).unsafe_ask())


def _keywords(site: Site) -> tuple[str, ...]:
    question = "What would people type to find it? One to three phrases, with commas between, the best one first"
    words = questionary.text(question, completer=_Keywords(aims.keywords(site)), complete_while_typing=True)
    return parts(str(words.unsafe_ask()))


def _cities(asked: Wanted, site: Site) -> tuple[str, ...]:
    """Ask for the first place, with what answers for the keyword there, then for the others."""
    keyword = asked.keywords[0] if asked.keywords else ""
    for article in aims.about(site, keyword)[:_SHOWN]:
        print(f"there is already: {article.front.title} ({article.path})")
    notes = {place.name: said for place, said in aims.there(site, keyword)} if keyword else {}
    choices = [
        Choice(f"{place.name}  -  {notes[place.name]}" if notes else place.name, value=place.name)
        for place in site.facts.places
    ]
    choices.append(Choice("no place in particular", value=""))
    about = f" (what is there for {keyword})" if keyword else ""
    first = str(questionary.select(f"Which place is it for first of all?{about}", choices=choices).unsafe_ask())
    others = [place.name for place in site.facts.places if place.name != first]
    if not first or not others:
        return (first,) if first else ()
    most = limits.CITIES_MOST - 1

    def few(chosen: list[str]) -> bool | str:
        return len(chosen) <= most or f"{most} at most: an article for everywhere is found nowhere"

    question = f"And for which others? Space chooses, Enter ends; {most} at most"
    return (first, *questionary.checkbox(question, choices=others, validate=few).unsafe_ask())
