"""All that was read, held against itself: names exist, addresses are single, nothing leaks."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from .. import urls
from ..errors import Finding, error
from ..model.document import Document, Kind
from ..model.site import Withheld
from ..text import is_language, nearest, quoted, slugify

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from ..model.lines import Lines
    from ..model.practice import Facts

# Plain pages whose address belongs to the site: their words head the listings.
LISTINGS = {
    "home": urls.HOME,
    "blog": urls.BLOG,
    "services": urls.SERVICES,
    "areas": urls.AREAS,
    "about": urls.ABOUT,
}
# What gives the files of a folder their names.
_NAMED_AFTER = {Kind.SERVICE: "service", Kind.AREA: "place", Kind.PERSON: "person"}
_FOLDER_URL = {
    Kind.ARTICLE: urls.BLOG,
    Kind.SERVICE: urls.SERVICES,
    Kind.AREA: urls.AREAS,
    Kind.TOPIC: urls.TOPICS,
    Kind.PERSON: urls.ABOUT,
    Kind.PAGE: urls.HOME,
}


def url_of(document: Document) -> str:
    """Return the site address of a document's page, whether or not the site has that page."""
    if document.kind is Kind.PAGE:
        if document.slug == "404":
            return "/404.html"
        return LISTINGS.get(document.slug, f"/{document.slug}/")
    return f"{_FOLDER_URL[document.kind]}{document.slug}/"


def visible(
    documents: Sequence[Document], today: dt.date, zone: dt.tzinfo, *, preview: bool
) -> tuple[tuple[Document, ...], dict[str, Withheld]]:
    """Return the documents that this build may show, sorted, and by path the ones that it may not.

    Articles come newest first, then by slug; the rest by kind and path. With ``preview`` all are shown.
    """
    shown: list[Document] = []
    withheld: dict[str, Withheld] = {}
    for document in documents:
        day = document.front.date.astimezone(zone).date() if document.front.date else today
        waits = f"an article that is not published before {day}" if day > today else ""
        reason = "a draft" if document.front.status == "draft" else waits
        if reason and not preview:
            withheld[document.path] = Withheld(reason=reason, url=url_of(document), image=document.front.image)
        else:
            shown.append(document)
    shown.sort(key=lambda d: (d.kind, d.slug, d.path))
    shown.sort(key=lambda d: d.front.date.timestamp() if d.front.date else 0, reverse=True)
    shown.sort(key=lambda d: list(Kind).index(d.kind))
    return tuple(shown), withheld


def named(documents: Iterable[Document], facts: Facts) -> tuple[Document, ...]:
    """Return the documents with places as slugs; unknown ones are left out, ``faults`` reports them."""
    done = []
    place_of = cache(facts.place)
    for document in documents:
        known = map(place_of, document.front.cities)
        cities = tuple(dict.fromkeys(place.slug for place in known if place))
        done.append(document.but(front=replace(document.front, cities=cities)))
    return tuple(done)


def faults(
    documents: Sequence[Document],
    facts: Facts,
    *,
    articles: frozenset[str],
    calls: frozenset[str],
    lines: Lines | None = None,
) -> Iterator[Finding]:
    """Yield every unknown name, doubtful address and clash in all documents, drafts included.

    Args:
        documents: everything that could be read.
        facts: the names that may be used.
        articles: slugs of articles beside those in ``documents``: files with faults of their own.
        calls: ids of the calls to action.
        lines: of practice.toml.
    """
    known: dict[str, Collection[str]] = {
        "place": [place.slug for place in facts.places],
        "service": [service.slug for service in facts.services],
        "person": [person.id for person in facts.people],
        "call to action": calls,
        "article": articles | {document.slug for document in documents if document.kind is Kind.ARTICLE},
    }
    place_of = cache(facts.place)
    for document in documents:
        for city in document.front.cities:
            if place_of(city) is None:
                yield _unknown(document, "cities", city, "place", [place.name for place in facts.places])
        yield from _name_faults(document, known)
        yield from _address_faults(document, known)
        yield from _value_faults(document)
    yield from _clashes(documents, facts, lines)
    yield from _translation_faults(documents, facts, unread=articles)


def _name_faults(document: Document, known: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    front = document.front
    single: tuple[tuple[str, str | None, str], ...] = (
        ("service", front.service, "service"),
        ("author", front.author, "person"),
        ("reviewer", front.reviewer, "person"),
        ("cta", front.cta, "call to action"),
        ("supports", front.supports, "article"),
        *(("related", slug, "article") for slug in front.related),
    )
    for key, value, thing in single:
        # Nothing is made of all articles for each of them: there may be thousands.
        itself = key == "related" and value == document.slug
        if value and (itself or value not in known[thing]):
            yield _unknown(document, key, value, thing, {*known[thing]} - {value})


def _unknown(document: Document, key: str, value: str, thing: str, allowed: Collection[str]) -> Finding:
    line = document.source.line_of_item(key, value)
    check = f"unknown-{thing.replace(' ', '-')}"
    add = "add it to practice.toml" if thing in {"place", "service", "person"} else ""
    return error(document.path, line, check, f"unknown {thing} {quoted(value)}", nearest(value, allowed, add))


def _address_faults(document: Document, known: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    front, path = document.front, document.path
    if thing := _NAMED_AFTER.get(document.kind):
        if document.slug not in known[thing]:
            what = f"this file is named after no {thing} of practice.toml"
            remedy = f"rename it or add the {thing}; {nearest(document.slug, known[thing])}"
            yield error(path, 1, f"unknown-{thing}", what, remedy)
        return
    if not urls.is_slug(document.slug):
        suggestion = slugify(document.slug)
        line = document.source.line_of_key("slug") if front.slug else 1
        what = f"the address part {quoted(document.slug)} is not made of lower case letters, digits and hyphens"
        yield error(path, line, "bad-address", what, f"write slug: {suggestion or 'a-few-words'}")
    elif document.kind is Kind.PAGE and document.slug in urls.RESERVED - {*LISTINGS, "404"}:
        what = f"the address /{document.slug}/ belongs to the site itself"
        yield error(path, 1, "bad-address", what, "choose another slug")
    elif document.kind is Kind.PAGE and re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", document.slug):
        what = f"the address /{document.slug}/ is kept for translations"
        yield error(path, 1, "bad-address", what, "choose a longer slug")


def _value_faults(document: Document) -> Iterator[Finding]:
    front, path = document.front, document.path
    for alias in front.aliases:
        if not urls.is_own(alias) or re.search(r"[\s?#]|/\.\.?(/|$)", alias):
            what = f"the alias {quoted(alias)} is not an address of this site"
            yield error(
                path, document.source.line_of_item("aliases", alias), "bad-address", what, "write it as /old/address/"
            )
    if front.canonical and not urls.is_web(front.canonical, secure=True):
        what = f"canonical {quoted(front.canonical)} is not a web address"
        yield error(path, document.source.line_of_key("canonical"), "bad-address", what, "begin it with https://")
    for reference in front.sources:
        yield from _outside(document, "sources", reference.url)
    for fact in front.facts:
        if fact.source != "practice":
            yield from _outside(document, "facts", fact.source)
    if front.image_focus and not re.fullmatch(r"(100|\d?\d)% (100|\d?\d)%", front.image_focus):
        what = f"image_focus {quoted(front.image_focus)} is not two percentages"
        yield error(path, document.source.line_of_key("image_focus"), "wrong-value", what, 'write it as "40% 30%"')
    if front.lang and not is_language(front.lang):
        what = f"lang {quoted(front.lang)} is not a language code"
        yield error(path, document.source.line_of_key("lang"), "wrong-value", what, "write one such as en or es")
    if front.modified and front.date and front.modified < front.date:
        what = f"modified {front.modified.date()} lies before date {front.date.date()}"
        yield error(path, document.source.line_of_key("modified"), "wrong-value", what, "mend one of the two")
    if bool(front.reviewed) != bool(front.reviewer):
        key = "reviewed" if front.reviewed else "reviewer"
        what = f"{key} stands alone"
        yield error(path, document.source.line_of_key(key), "missing-key", what, "reviewed and reviewer go together")


def _translation_faults(documents: Sequence[Document], facts: Facts, *, unread: frozenset[str]) -> Iterator[Finding]:
    """Yield what ``translation_of`` names that is no original: it must be of one kind, in another language.

    Args:
        documents: all of them, drafts included.
        facts: whose language a document without ``lang`` is in.
        unread: slugs of files with faults of their own; a translation of one is not judged.
    """
    by_slug = {(document.kind, document.slug): document for document in documents}
    by_path = {(document.kind, document.path): document for document in documents}
    taken: dict[tuple[str, str], str] = {}
    for document in sorted(documents, key=lambda d: d.path):
        written = document.front.translation_of
        if not written:
            continue
        line = document.source.line_of_key("translation_of")
        key = (document.kind, written)
        original = by_path.get(key) or by_slug.get(key)
        language = document.front.lang or facts.practice.language

        def bad(check: str, what: str, remedy: str, path: str = document.path, line: int = line) -> Finding:
            return error(path, line, check, what, remedy)

        if original is None:
            if written.rpartition("/")[2].removesuffix(".md") not in unread:
                others = [each for each in documents if each.kind is document.kind and each is not document]
                spelt = [each.path if "/" in written else each.slug for each in others]
                what = f"translation_of {quoted(written)} is no file of {document.kind}/"
                yield bad("unknown-translation", what, nearest(written, spelt))
        elif original is document:
            yield bad("wrong-value", "translation_of names this file itself", "name the original, or take it out")
        elif original.front.translation_of:
            what = f"translation_of names {original.path}, which is a translation itself"
            yield bad("wrong-value", what, f"name its original, {quoted(original.front.translation_of)}")
        elif language == (original.front.lang or facts.practice.language):
            what = f"{original.path}, which this translates, is in {quoted(language)} too"
            yield bad("wrong-value", what, "say in lang which language this file is in")
        elif (original.path, language) in taken:
            what = f"{taken[original.path, language]} translates {original.path} into {quoted(language)} already"
            yield bad("ambiguous-name", what, "keep one of the two")
        else:
            taken[original.path, language] = document.path


def _outside(document: Document, key: str, url: str) -> Iterator[Finding]:
    if not urls.is_web(url):
        what = f"{quoted(url)} in {key} is not a web address"
        remedy = "begin it with https://" + (", or write practice" if key == "facts" else "")
        yield error(document.path, document.source.line_of_item(key, url), "bad-address", what, remedy)


def _clashes(documents: Sequence[Document], facts: Facts, lines: Lines | None) -> Iterator[Finding]:
    """Yield two documents on one address, and old addresses that are not free."""
    owner: dict[str, str] = {}
    for document in sorted(documents, key=lambda d: d.path):
        url = url_of(document)
        if url in owner:
            what = f"two pages on {url}: this one and {owner[url]}"
            yield error(document.path, document.source.line_of_key("slug"), "same-address", what, "change one slug")
        owner.setdefault(url, document.path)
    for document in sorted(documents, key=lambda d: d.path):
        for alias in document.front.aliases:
            if alias in owner:
                what = f"the old address {alias} is taken by {owner[alias]}"
                line = document.source.line_of_item("aliases", alias)
                yield error(document.path, line, "same-address", what, "delete one of the two")
            owner.setdefault(alias, document.path)
    for old in facts.addresses.gone:
        if old in owner:
            line = lines.of(("addresses", "gone")) if lines else 0
            yield error("practice.toml", line, "same-address", f"{old} is gone, but {owner[old]} has it", "delete one")
