"""What the checks of the whole site ask of each page: gathered page by page, so that it can be remembered."""

from __future__ import annotations

import html
import re
import sys
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from .. import shingles, text
from ..digests import digest
from ..model.view import View
from ..workers import Forgetful

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from ..model.built import Built, Rendered
    from ..model.document import Document
    from ..model.practice import Facts
    from ..workers import Memory

T = TypeVar("T")
# A paragraph comes once, so what it is about need not be kept.
_about: Final = text.topic_key.__wrapped__
_LINK: Final = re.compile(r"""<a\b[^>]*?\shref=(["'])(.*?)\1[^>]*>(.*?)</a>""", re.DOTALL | re.IGNORECASE)
_CALLS: Final = ("tel:", "sms:", "mailto:")
_MEMO: Final = "evidence"
_READ: Final = "read pages"
_MEMORY: Final = "memory"
_REPLACED: Final = "replaced"
_AT_END: Final = "at end"
_NOTHING: Final = shingles.Sketch()


class Shown(NamedTuple):
    """A picture on a page, with the attributes of its element; sizes as written, "" for none."""

    src: str
    width: str
    height: str
    lazy: bool


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one page has to do with the others. Without a file of its own a page has no links, ids and pictures.

    Attributes:
        hrefs: where it links to, each address once, in order.
        calls: (href, name) of its links to phone numbers and mail boxes, each once, in order.
        footer: the names of the links in its footer, in lower case.
        ids: of its elements.
        requests: what a browser fetches by itself.
        icons: addresses of its icons.
        versions: (language, address) of each of its translations.
        pictures: in order.
        text_links: (address, plain words) of the links in its own text; offers and lists are not text.
        paragraphs: what each paragraph, list item and definition that somebody wrote is about (``text.topic_key``), a
            line a word and an empty one between two of them; of the pages that search engines may list.
        words: how many words somebody wrote for it that count in a comparison (``shingles.Mask``).
        sketch: of all that it says itself (``shingles.sketch``).
        saying: a digest of these words, of all that it says itself, and of the paragraphs, letter by letter; empty
            without words.
        later: whether it is page 2, or a later one, of a list.
    """

    hrefs: tuple[str, ...] = ()
    calls: tuple[tuple[str, str], ...] = ()
    footer: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()
    icons: tuple[str, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    pictures: tuple[Shown, ...] = ()
    text_links: tuple[tuple[str, str], ...] = ()
    paragraphs: str = ""
    words: int = 0
    sketch: shingles.Sketch = _NOTHING
    saying: str = ""
    later: bool = False

    def __post_init__(self) -> None:
        """Hold what many pages have, such as the links of the footer, once."""
        object.__setattr__(self, "hrefs", tuple(map(sys.intern, self.hrefs)))
        for name in ("calls", "footer", "requests", "icons"):
            object.__setattr__(self, name, _same(getattr(self, name)))


@lru_cache(maxsize=1 << 12)
def _same(value: tuple[T, ...]) -> tuple[T, ...]:
    """Return a value, or an equal one that there is already."""
    return value


class Said(NamedTuple):
    """The shingles of a page: of the words that somebody wrote for it, and of these with all that it says itself."""

    own: frozenset[int]
    main: frozenset[int]


def evidence(built: Built) -> Mapping[str, Evidence]:
    """Return what the pages have to do with each other, by output path; gathered once a build."""
    if _MEMO not in built.memo:
        found = {view.save_as: gathered(view, built) for view in built.views.values() if isinstance(view, View)}
        keep(built, found, memory(built))
    return cast("Mapping[str, Evidence]", built.memo[_MEMO])


def keep(built: Built, found: Mapping[str, Evidence], known: Memory, before: Iterable[Evidence] = ()) -> None:
    """Let ``evidence`` return what was gathered, or remembered, elsewhere, and ``memory`` where that was.

    Args:
        built: what is judged.
        found: by output path.
        known: what earlier builds worked out.
        before: what the last build had of the pages that have changed since, or are gone.
    """
    built.memo[_MEMO] = found
    built.memo[_MEMORY] = known
    built.memo[_REPLACED] = tuple(before)


def replaced(built: Built) -> tuple[Evidence, ...]:
    """Return what the last build had of the pages that have changed since, or are gone; as far as that is known."""
    return cast("tuple[Evidence, ...]", built.memo.get(_REPLACED, ()))


def memory(built: Built) -> Memory:
    """Return what earlier builds worked out; for checks of the whole site that would compare each page with each."""
    return cast("Memory", built.memo.setdefault(_MEMORY, Forgetful()))


def at_end(built: Built, step: Callable[[], None]) -> None:
    """Do something when all checks are done: keep what several of them asked for, one after the other."""
    built.memo.setdefault(_AT_END, []).append(step)


def end(built: Built) -> None:
    """Do what was put off until now."""
    for step in built.memo.pop(_AT_END, []):
        step()


def read_pages(built: Built) -> Sequence[tuple[View, Evidence]]:
    """Return the pages that were read back, each with what it has to do with the others; listed once a build."""
    if _READ not in built.memo:
        found = evidence(built)
        views = built.pages.values()
        built.memo[_READ] = [(view, found[view.save_as]) for view in views if view.save_as in built.rendered]
    return cast("Sequence[tuple[View, Evidence]]", built.memo[_READ])


def gathered(view: View, built: Built) -> Evidence:
    """Return what a page has to do with the others; nothing but the page and its own file is looked at."""
    page = built.rendered.get(view.save_as)
    document = built.site.by_path.get(view.source)
    later = view.pagination is not None and view.pagination.number > 1
    wrote = document if document and view.head.indexable and not later else None
    own, main = _words(view, wrote, built.site.facts) if wrote else ([], [])
    said = said_in(wrote) if wrote else []
    return Evidence(
        **(_in_file(page) if page else {}),
        text_links=tuple(_text_links(view)),
        paragraphs="\n\n".join("\n".join(sorted(_about(each))) for each in said),
        words=len(own),
        sketch=shingles.sketch(shingles.shingles(main)),
        saying=digest(" ".join(own).encode(), " ".join(main).encode(), "\n".join(said).encode()) if main else "",
        later=later,
    )


def said_in(document: Document) -> list[str]:
    """Return the paragraphs, list items and definitions of a text."""
    return [element.text for element in document.body.tagged("p", "li", "dd") if element.text]


def shingled(view: View, document: Document, facts: Facts) -> Said:
    """Return the shingles of a page that somebody wrote."""
    own, main = _words(view, document, facts)
    alone = shingles.shingles(own)
    return Said(alone, alone if len(own) == len(main) else shingles.shingles(main))


def _in_file(page: Rendered) -> dict[str, Any]:
    anchors = dict.fromkeys(page.anchors)
    return {
        "hrefs": tuple(dict.fromkeys(href for href, _ in anchors)),
        "calls": tuple((href, name) for href, name in anchors if href[:7].lower().startswith(_CALLS)),
        "footer": tuple(dict.fromkeys(name.lower() for _, name in page.region("footer").anchors)),
        "ids": page.ids,
        "requests": page.requests,
        "icons": tuple(href for rel, href in page.links if rel == "icon"),
        "versions": tuple(
            (attributes["hreflang"], attributes.get("href", ""))
            for tag, attributes in page.head
            if tag == "link" and "hreflang" in attributes
        ),
        "pictures": tuple(
            Shown(image.get("src", ""), image.get("width", ""), image.get("height", ""), image.get("loading") == "lazy")
            for image in page.images
        ),
    }


def _text_links(view: View) -> Iterator[tuple[str, str]]:
    for part in view.body:
        if isinstance(part, str):
            for match in _LINK.finditer(part):
                yield html.unescape(match.group(2)).partition("#")[0], text.plain(match.group(3))


def _words(view: View, document: Document, facts: Facts) -> tuple[list[str], list[str]]:
    """Return what somebody wrote for a page and all that it says itself, word by word, names and numbers masked."""
    mask = _mask(tuple(_masked(facts)))
    own = mask.words(text.fold(f"{text.plain(view.heading)} {document.body.text}"))
    rest = mask.words(text.fold(" ".join((view.lead, *(fact.text for fact in view.facts)))))
    return own, [*own, *rest]


@lru_cache(maxsize=4)
def _mask(phrases: tuple[str, ...]) -> shingles.Mask:
    return shingles.Mask(map(text.fold, phrases))


def _masked(facts: Facts) -> Iterator[str]:
    """Yield what a copy would swap; the plural of a role or service is one, too."""
    for place in facts.places:
        yield from (place.name, *place.aliases, place.county or "", place.region)
    for service in facts.services:
        for phrase in (service.name, service.role, *service.keywords):
            yield from (phrase, f"{phrase}s")
    yield facts.practice.address.postal_code or ""
