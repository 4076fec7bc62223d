"""Facts as they are typed in prose: where prose stands, in which line, and each fault told once a page."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from ..errors import Severity
from ..model.document import Kind
from ._shared import passages, typed_elsewhere

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ..errors import Finding
    from ..model.built import Built
    from ..model.document import Document
    from ..model.practice import Facts, Person
    from ..model.view import View
    from . import Rule

    Judge = Callable[["Said", Facts], Iterable["Fault"]]
    Address = Callable[[str, Facts], Iterable["Fault"]]
    Likely = Callable[[str], bool]


class Fault(NamedTuple):
    """A fact that is not right: as it stands there, and what it is about, so that it is told once a page."""

    found: str
    about: str
    message: str
    remedy: str
    severity: Severity = Severity.ERROR


class Said(NamedTuple):
    """A plain text that somebody typed; ``ours``: hours in it are the practice's, nobody else's."""

    text: str
    ours: bool = False

    @property
    def folded(self) -> str:
        """Return the text without case: what a slow pattern cannot do without is looked for there first."""
        return self.text.casefold()


def in_page(
    view: View,
    built: Built,
    rule: Rule,
    judge: Judge,
    address: Address | None = None,
    likely: Likely | None = None,
) -> Iterator[Finding]:
    """Yield a finding for each fault in the words of a page, once, at its first line.

    Args:
        view: the page.
        built: as for every check.
        rule: as for every check.
        judge: says what is wrong in a text.
        address: says what is wrong with the address of a link.
        likely: says of a text without case whether it can have a fault; asked of the whole page first, since most
            pages have none.
    """
    document = built.site.by_path.get(view.source)
    if document is None or (view.pagination and view.pagination.number > 1):
        return
    facts = built.site.facts
    texts, folded = _texts(_Same(document))
    if likely:
        texts = tuple(said for said in texts if likely(said.folded)) if likely(folded) else ()
    faults = [fault for said in texts for fault in judge(said, facts)]
    if address:
        links = (link.attributes.get("href", "") for link in document.body.tagged("a"))
        faults += (fault for href in links for fault in address(href, facts))
    for fault in _once(faults):
        if line := _line_of(document, fault.found):
            yield rule.finding(view.source, line, fault.message, fault.remedy, fault.severity)
        else:
            yield rule.at_words(view, built, [fault.found], fault.message, fault.remedy, fault.severity)


def any_sign(signs: Iterable[str]) -> Likely:
    """Return what says of a text without case whether one of these stands in it, for ``in_page``."""
    known = tuple(signs)
    return lambda folded: any(sign in folded for sign in known)


def elsewhere(built: Built, rule: Rule, judge: Judge, address: Address | None = None) -> Iterator[Finding]:
    """Yield a finding for each fault in practice.toml and in calls to action."""
    facts = built.site.facts
    for path, prose in typed_elsewhere(built):
        for fault in _once(judge(Said(_as_typed(prose), ours=True), facts)):
            yield rule.finding(path, 0, fault.message, fault.remedy, fault.severity)
    for offer in built.site.calls_to_action:
        for fault in address(offer.href, facts) if address else ():
            path = f"ctas/{offer.id}.toml"
            yield rule.finding(path, built.site.line_of(path, "href"), fault.message, fault.remedy, fault.severity)


# Spaces and dashes, and how one types them; each stays one character, so that offsets hold.
_TYPED: Final = (
    *((space, " ") for space in "\u00a0\u2009\u202f"),
    *((dash, "-") for dash in "\u2010\u2011\u2012\u2013\u2014"),
)
# Pages on which hours without a name are the practice's own.
_OURS: Final = frozenset({"home", "about", "contact"})


class _Same:
    """A document as the key of a cache: the very same one, not one that is equal."""

    __slots__ = ("document",)

    def __init__(self, document: Document) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.document is self.document

    def __hash__(self) -> int:
        return id(self.document)


# Nine checks ask for the texts of a page, one after the other.
@lru_cache(maxsize=16)
def _texts(same: _Same) -> tuple[tuple[Said, ...], str]:
    """Return the texts that somebody typed for a page, and all of them in one, without case."""
    document, front = same.document, same.document.front
    ours = document.kind is Kind.PAGE and document.slug in _OURS
    alts = (picture.attributes.get("alt", "") for picture in document.body.tagged("img"))
    local = (fact.text for fact in front.facts)
    typed = (*alts, front.title, front.summary, front.image_alt, front.image_caption, *local)
    texts = (
        *(Said(_as_typed(passage), ours) for passage in passages(document.body)),
        *(Said(_as_typed(prose)) for prose in typed if prose),
    )
    return texts, "\n".join(said.text for said in texts).casefold()


def _as_typed(prose: str) -> str:
    if not prose.isascii():
        for sign, typed in _TYPED:
            prose = prose.replace(sign, typed)
    return prose


def _once(faults: Iterable[Fault]) -> Iterator[Fault]:
    told: set[str] = set()
    for fault in faults:
        if fault.about not in told:
            told.add(fault.about)
            yield fault


def _line_of(document: Document, found: str) -> int:
    """Return the first line that has a text in this very spelling, the body's before the front matter's, else 0."""
    lines = document.source.text.split("\n")
    body = document.source.body_line - 1
    sought = re.compile(rf"(?<!\w){re.escape(found)}(?!\w)")
    order = (*range(body, len(lines)), *range(body))
    return next((number + 1 for number in order if sought.search(lines[number])), 0)


# --- what a person may write behind the name ---

WORD: Final = r"[A-Za-z](?:[.\-]?[A-Za-z]){1,6}"
CAPITALS: Final = 2


@cache
def credentials_of(person: Person) -> tuple[str, ...]:
    """Return the credentials of a person one by one: ``LCSW, PMH-C`` has two."""
    found = (part.strip() for part in re.split(r"[,;/&|]|\s+", person.credentials))
    return tuple(part for part in found if len(letters(part)) >= CAPITALS)


def letters(credential: str) -> str:
    """Return the letters of a credential in lower case, without dots and hyphens."""
    return re.sub(r"[^a-z]", "", credential.casefold())


def names(person: Person) -> tuple[str, ...]:
    """Return the names that a person has in practice.toml."""
    return tuple(dict.fromkeys(name for name in (person.name, person.filed_name) if name))


def any_of(names: Iterable[str]) -> str:
    """Return a pattern for any of the names, the longest first; without names one that matches nothing."""
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return "|".join(r"\s+".join(map(re.escape, name.split())) for name in longest_first) or "(?!)"
