"""A picture without a description for those who cannot see it, or with one that is a list of search words.

Why: Blind readers hear the text instead of the picture; search engines read it too, and see through stuffing.
Source: https://www.w3.org/TR/WCAG22/#non-text-content,
https://developers.google.com/search/docs/appearance/google-images
Rules: E-22
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from .. import example, limits
from ..errors import Finding, Severity
from ..model.view import Picture
from ..text import joined, quoted
from ._shared import borrowed, places, trades_before_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.ERROR
SETTINGS: Final = {"longest_chars": limits.ALT_LONGEST_CHARS, "places": limits.PLACES_IN_ALT_MOST}
_FILE_NAME: Final = re.compile(r"\S+\.(?:avif|gif|heic|jpe?g|png|svg|webp)|(?:IMG|DSC|DCIM)[-_ ]?\d+", re.IGNORECASE)
_REMEDY: Final = "say in one sentence what the picture shows"


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each fault of a picture's text."""
    yield from _empty(view, built, rule)
    page = built.rendered.get(view.save_as)
    own = view.picture.url if view.picture else ""
    elsewhere = {card.picture.url for card in borrowed(view) if card.picture} - {own}
    for image in page.images if page else ():
        source = image.get("src", "")
        if "alt" not in image:
            message = f"the picture {quoted(source)} has no alt text at all"
            yield rule.at_words(view, built, [source.rpartition("/")[2]], message, _REMEDY)
            continue
        for message in _faults(image["alt"], built, rule) if source not in elsewhere else ():
            yield rule.at_words(view, built, [image["alt"]], message, _REMEDY)


def _empty(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each of the writer's pictures that says nothing; the theme's may be ornaments."""
    document = built.site.by_path.get(view.source)
    if view.picture and not view.picture.alt.strip():
        name = (document.front.image if document else "") or view.picture.url
        message = f"the picture {quoted(name)} has an empty alt text"
        yield rule.at_key(view, built, "image", message, "describe it in the front matter: image_alt")
    for element in document.body.tagged("img") if document else ():
        source = element.attributes.get("src", "")
        # Without any alt attribute it is found among the rendered pictures.
        if "alt" in element.attributes and not element.attributes["alt"].strip():
            message = f"the picture {quoted(source)} has an empty alt text"
            yield rule.at_words(view, built, [source.rpartition("/")[2]], message, _REMEDY)


def _faults(alt: str, built: Built, rule: Rule) -> Iterator[str]:
    facts = built.site.facts
    if len(alt) > rule["longest_chars"]:
        most = f"{rule['longest_chars']:g}"
        yield f"the alt text {quoted(alt)} has {len(alt)} characters; at most {most} are heard well"
    named = sorted({place.name for place in places(alt, facts)})
    if len(named) > rule["places"]:
        yield f"the alt text {quoted(alt)} names {joined(named)}; at most {rule['places']:g} may stand in it"
    if _FILE_NAME.fullmatch(alt.strip()):
        yield f"the alt text {quoted(alt)} is the name of a file"
    phrase = next(trades_before_places(alt, facts, r"(?:(?:in|near|of|at)\s+)?"), "")
    if phrase:
        yield f"the alt text {quoted(alt)} says {quoted(phrase)}, which no picture shows"


GOOD: Final = (
    example.case(
        example.rendered(images=({"src": "/theme/leaf.svg", "alt": ""}, {"src": "/a.jpg", "alt": "A cot in Indio"}))
    ),
    example.case(example.view(), example.document(example.picture(src="/images/cot.jpg", alt="A cot by a window"))),
)
BAD: Final = (
    example.case(example.rendered(images=({"src": "/images/cot.jpg"},)), found='"/images/cot.jpg" has no alt text'),
    example.case(
        example.rendered(images=({"src": "/a.jpg", "alt": "Sand. " * 30},)),
        found="has 180 characters; at most 150",
    ),
    example.case(
        example.rendered(images=({"src": "/a.jpg", "alt": "Cots in Palm Desert and Indio"},)),
        found="names Indio and Palm Desert; at most 1",
    ),
    example.case(
        example.rendered(images=({"src": "/a.jpg", "alt": "Postpartum therapist in Indio"},)),
        found='says "Postpartum therapist in Indio"',
    ),
    example.case(example.rendered(images=({"src": "/a.jpg", "alt": "IMG_2041.JPG"},)), found="is the name of a file"),
    example.case(
        example.view(),
        example.document(example.picture(src="/images/cot.jpg", alt="")),
        found='"/images/cot.jpg" has an empty alt text',
    ),
    example.case(
        example.view(picture=Picture(url="/images/a.jpg", width=9, height=9, alt="")),
        found='"/images/a.jpg" has an empty',
    ),
)
