"""A keyword that says what another keyword of the article, or a service, says.

Why: Number, word order and the name of a place make no new subject; two spellings of one keyword are one topic.
Source: https://developers.google.com/search/docs/essentials/spam-policies#scaled-content; P-06 on topic pages
Rules: W-22
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from .. import example
from ..errors import Finding, Severity
from ..model.document import Kind
from ..model.practice import Prose
from ..text import quoted, topic_key
from ._shared import without_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..model.built import Built
    from ..model.document import Document
    from ..model.practice import Facts, Service
    from ..model.view import View
    from . import Rule

SEVERITY: Final = Severity.HINT


def check(view: View, built: Built, rule: Rule) -> Iterator[Finding]:
    """Yield a finding for each such keyword of an article, and say what becomes of it."""
    article = built.site.by_path.get(view.source)
    if article and article.kind is Kind.ARTICLE:
        for keyword, message, remedy in _repeated(article, built.site.facts):
            yield rule.finding(article.path, article.source.line_of_item("keywords", keyword), message, remedy)


def _repeated(article: Document, facts: Facts) -> Iterator[tuple[str, str, str]]:
    """Yield keyword, message and remedy; of two keywords that say the same, the later one."""
    services = {
        topic_key(phrase): service
        for service in reversed(facts.services)
        for phrase in (service.name, service.role, *service.keywords)
    }
    seen: dict[frozenset[str], str] = {}
    for keyword in article.front.keywords:
        key, placeless = topic_key(keyword), topic_key(without_places(keyword, facts))
        service = services.get(placeless)
        if not placeless:
            continue  # a place and nothing else
        if earlier := seen.get(placeless):
            twins = f"the keywords {quoted(earlier)} and {quoted(keyword)}"
            if topic_key(earlier) == key:
                yield keyword, f"{twins} are one topic; the second changes nothing", "take one of them out"
            else:
                message = f"{twins} differ by a place only, yet are two topics"
                yield keyword, message, "keep one, without the place; `cities` says where"
        elif service:
            message = f"the keyword {quoted(keyword)} says what the service {quoted(service.name)} says"
            if key in services:
                message += "; no topic page is made of it"
            yield keyword, message, _remedy(article, service)
        seen.setdefault(placeless, keyword)


def _remedy(article: Document, service: Service) -> str:
    if article.front.service is None:
        return f'write "service: {service.slug}": then the page of the service lists this article'
    if article.front.service == service.slug:
        return "name something narrower, or leave it: the page of the service lists this article already"
    return f"leave it if the article is about both; the page of {quoted(service.name)} does not list it"


_SERVICE: Final = example.FACTS.services[0]

GOOD: Final = (
    example.case(example.view(), example.document(keywords=(Prose("baby sleep"), Prose("naps")), cities=("indio",))),
)
BAD: Final = (
    example.case(
        example.view(),
        example.document(keywords=(Prose("new parents"), Prose("parent, new"))),
        found='"new parents" and "parent, new" are one topic; the second changes nothing',
    ),
    example.case(
        example.view(),
        example.document(keywords=(Prose("naps in Indio"), Prose("naps in La Quinta"))),
        found="differ by a place only",
    ),
    example.case(
        example.view(),
        example.document(keywords=(Prose("postpartum therapists"),)),
        found='"postpartum therapists" says what the service "Postpartum therapy" says; no topic page is made of it',
    ),
    example.case(
        example.view(),
        example.document(keywords=(Prose("postpartum therapist Indio"),), service=_SERVICE.slug),
        found="says what the service",
    ),
    example.case(
        example.view(),
        example.document(keywords=(Prose("postpartum therapist"),), service="grief"),
        found="says what the service",
    ),
)
