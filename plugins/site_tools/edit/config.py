"""The editor's configuration, made of the front matter's model: every key that the build reads is a field, no other.

The format is that of Sveltia CMS, which Decap CMS reads too.
Source: https://sveltiacms.app/en/docs/config-basics
"""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple, NewType, Union, get_args, get_origin, get_type_hints

import yaml

from local_seo import limits
from local_seo.model.document import KEYS, FrontMatter, Kind
from local_seo.text import fold

from .server import ICON

if TYPE_CHECKING:
    from collections.abc import Iterator

    from local_seo.model.document import Document
    from local_seo.model.site import Site

Made = dict[str, Any]
BODY: Final = "body"
# How the build reads a day; what the editor writes.
_DAY: Final = "YYYY-MM-DD"


class Says(NamedTuple):
    """What the form says about a key."""

    label: str
    hint: str = ""


# In the order of the form: what every text needs, the text, what it may have, what is rarely needed.
FORM: Final[Mapping[str, Says]] = {
    "title": Says("Title", "The heading of the page. It may change as often as you like; the address stays."),
    "status": Says("Status", "draft: nobody sees it. published: it is on the site. hidden: there, but nowhere listed."),
    "date": Says("Date", "The day of publishing. A day in the future keeps the article back until then."),
    "summary": Says(
        "Summary",
        f"For search results and lists: one sentence of {limits.DESCRIPTION_SHORTEST_CHARS} to "
        f"{limits.DESCRIPTION_LONGEST_CHARS} characters.",
    ),
    "service": Says("Service", "What you offer that this text belongs to."),
    "keywords": Says("Keywords", "What it is about, in the words that people use; the most important one first."),
    "cities": Says("Places", "Whom it is for; the most important place first."),
    "cta": Says("Call to action", "Instead of the one that the site would choose."),
    "image": Says("Picture", "Stands at the top of the page and on share cards."),
    "image_alt": Says("What the picture shows", "For those who do not see it."),
    BODY: Says("Text"),
    "sources": Says("Sources", f"Where it can be read up; a health article needs {limits.SOURCES_LEAST}."),
    "facts": Says("Facts about the place", f"A page of its own needs {limits.AREA_FACTS_LEAST}."),
    "image_caption": Says("Words below the picture"),
    "image_credit": Says("Who made the picture"),
    "image_focus": Says("What must stay in the picture", "Such as 40% 30%: from the left, from the top."),
    "author": Says("Author", "Without one, whoever leads the practice."),
    "reviewer": Says("Reviewer", "Who read it as a second licensed person; goes with the day."),
    "reviewed": Says("Day of the review"),
    "modified": Says("Day of the last real change"),
    "series": Says("Series", "The name of a series that this is a part of."),
    "related": Says("Related articles", "Those that must stand under it."),
    "supports": Says("Stands behind", "The article that is to be found first, where two share keyword and place."),
    "link_phrases": Says("Phrases that lead here", "Where another text says one of them, it becomes a link."),
    "links": Says("Links by the site", "off: no phrase of this text becomes a link by itself."),
    "slug": Says("Address", "Another one than the file’s name: small letters, digits and hyphens."),
    "aliases": Says("Old addresses", "Such as /old-page/; they lead here."),
    "noindex": Says("Keep search engines away"),
    "canonical": Says("Original", "Its address, if this text stands elsewhere too."),
    "lang": Says("Language", "Such as es, where it is not that of the site."),
    "translation_of": Says("Translation of", "The file that this text translates, such as articles/sleep.md."),
    "allow": Says("Checks to silence", "The check’s id, and your reason."),
}
# Keys inside a source or a fact.
_INNER: Final[Mapping[str, Says]] = {
    "title": Says("Title"),
    "url": Says("Address"),
    "date": Says("Day it was written"),
    "checked": Says("Day you checked it"),
    "text": Says("Fact"),
    "source": Says("Source", "An address, or: practice"),
}
_FOLDERS: Final[Mapping[Kind, tuple[str, str, str]]] = {
    Kind.ARTICLE: ("Articles", "Article", "article"),
    Kind.PAGE: ("Pages", "Page", "description"),
    Kind.SERVICE: ("Services", "Service", "volunteer_activism"),
    Kind.AREA: ("Areas", "Area", "location_on"),
    Kind.TOPIC: ("Topics", "Topic", "sell"),
    Kind.PERSON: ("People", "Person", "person"),
}
# The file's name is an id of practice.toml, so `invoke new` begins it.
_NAMED_BY_FACTS: Final = frozenset({Kind.SERVICE, Kind.AREA, Kind.TOPIC, Kind.PERSON})
# A choice with a default needs no "none"; an article needs its day.
_NEVER_EMPTY: Final = frozenset({"date", "links", "status"})
_LONG: Final = frozenset({"summary", "image_alt", "text"})


def configuration(site: Site, *, root: str, below: str) -> Made:
    """Return the configuration.

    Args:
        site: drafts too, so that what they are written with is among the choices.
        root: the name of the folder that is opened in the editor.
        below: the content folder relative to that one, with ``/``; empty for the same.
    """

    def folder(name: str) -> str:
        return f"{below}/{name}" if below else name

    facts = site.facts
    choices = _choices(site)
    return {
        # The format asks for a host; this one has no status page that the editor would ask, and none is ever asked.
        "backend": {"name": "gitea", "repo": f"local/{root}", "auth_methods": ["token"]},
        "app_title": facts.practice.name,
        "logo": {"src": ICON},
        "site_url": facts.practice.url,
        "media_folder": folder("images"),
        "public_folder": "images",
        "media_libraries": {"stock_assets": {"providers": []}},
        "output": {"omit_empty_optional_fields": True, "yaml": {"indent_sequences": True}},
        "slug": {"encoding": "ascii", "clean_accents": True},
        "editor": {"preview": False},
        "show_preview_links": False,
        "collections": [_collection(kind, folder(kind.value), choices) for kind in _FOLDERS],
    }


def _collection(kind: Kind, folder: str, choices: Mapping[str, Made]) -> Made:
    label, one, icon = _FOLDERS[kind]
    sortable = ["title", "date"] if "date" in KEYS[kind] else ["title"]
    return {
        "name": kind.value,
        "label": label,
        "label_singular": one,
        "icon": icon,
        "folder": folder,
        "create": kind not in _NAMED_BY_FACTS,
        "slug": {"template": "{{slug}}", "editable": ["create"]},
        "aliases_field": False,
        "sortable_fields": {"fields": sortable, "default": {"field": sortable[-1], "direction": "descending"}},
        "view_filters": [{"label": "Drafts", "field": "status", "pattern": "draft"}],
        "fields": [
            _body(says) if name == BODY else _field(name, says, choices)
            for name, says in FORM.items()
            if name == BODY or name in KEYS[kind]
        ],
    }


def _body(says: Says) -> Made:
    # As it is written, first: turning it into formatted text and back would change what the writer did not touch.
    return {"name": BODY, "label": says.label, "widget": "markdown", "modes": ["raw"], "required": False}


def _field(name: str, says: Says, choices: Mapping[str, Made]) -> Made:
    """Return the field of a key of the front matter, by its type and, where the practice's facts decide, by those."""
    default = next(f.default for f in fields(FrontMatter) if f.name == name)
    made = _typed(name, get_type_hints(FrontMatter)[name])
    if name == "image":
        made = {"widget": "image"}
    made |= choices.get(name, {})
    return {
        "name": name,
        "label": says.label,
        **({"hint": says.hint} if says.hint else {}),
        **made,
        **({"default": default} if made["widget"] in {"select", "boolean"} and default is not None else {}),
        "required": default is MISSING or name in _NEVER_EMPTY,
    }


def _typed(name: str, wanted: Any) -> Made:  # noqa: ANN401 - a type
    """Return the widget for a type of the model."""
    if get_origin(wanted) in {Union, types.UnionType}:
        (wanted,) = (option for option in get_args(wanted) if option is not types.NoneType)
    if isinstance(wanted, NewType):
        wanted = wanted.__supertype__
    if get_origin(wanted) is Literal:
        return {"widget": "select", "options": list(get_args(wanted))}
    if get_origin(wanted) is Mapping:
        return {"widget": "keyvalue", "key_label": "Check", "value_label": "Reason", "default": {}}
    if get_origin(wanted) is tuple:
        item = get_args(wanted)[0]
        return {"widget": "list", **({"fields": list(_inner(item))} if is_dataclass(item) else {})}
    if wanted is bool:
        return {"widget": "boolean"}
    if wanted in {dt.date, dt.datetime}:
        return {"widget": "datetime", "type": "date", "format": _DAY}
    if wanted is not str:
        raise TypeError(f"the editor has no field for {name}: {wanted}")
    return {"widget": "text" if name in _LONG else "string"}


def _inner(record: Any) -> Iterator[Made]:  # noqa: ANN401 - a dataclass
    """Yield the fields of the records of a list."""
    hints = get_type_hints(record)
    for field in fields(record):
        says = _INNER[field.name]
        yield {
            "name": field.name,
            "label": says.label,
            **({"hint": says.hint} if says.hint else {}),
            **_typed(field.name, hints[field.name]),
            "required": field.default is MISSING,
        }


def _choices(site: Site) -> Mapping[str, Made]:
    """Return the fields whose values are names of what there is, by key."""
    facts = site.facts
    people = [{"label": person.name, "value": person.id} for person in facts.people]
    articles: Made = {"widget": "relation", "collection": Kind.ARTICLE.value, "value_field": "{{slug}}"}
    articles |= {"display_fields": ["title"], "search_fields": ["title"]}
    return {
        "service": _select([{"label": service.name, "value": service.slug} for service in facts.services]),
        "cities": _select([*_places(site)], multiple=True),
        "cta": _select([{"label": call.title, "value": call.id} for call in site.calls_to_action]),
        "author": _select(people),
        "reviewer": _select(people),
        "related": {**articles, "multiple": True},
        "supports": articles,
    }


def _select(options: list[Made], *, multiple: bool = False) -> Made:
    return {"widget": "select", "options": options, **({"multiple": True} if multiple else {})}


def _places(site: Site) -> Iterator[Made]:
    """Yield the places, and after each the other spellings of it that articles have now: else the editor drops them."""
    used: set[str] = set()
    for document in site.documents:
        found = written(document, "cities") or []
        used |= {found} if isinstance(found, str) else set(found)
    for place in site.facts.places:
        yield {"label": place.name, "value": place.name}
        others = {name for name in used - {place.name} if site.facts.place(name) == place}
        for name in sorted(others, key=lambda name: (fold(name), name)):
            yield {"label": f"{place.name} ({name})", "value": name}


def written(document: Document, key: str) -> str | list[Any] | None:
    """Return what a key has in the file itself: a text, a list, or None where it is not there."""
    front = document.source.text.split("\n---", 1)[0].strip("-\n ")
    found: str | list[Any] | None = yaml.load(front, Loader=yaml.BaseLoader).get(key)  # noqa: S506 - text only
    return found
