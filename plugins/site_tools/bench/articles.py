"""Sites of any size to measure with: made-up articles, the same for the same seed, for us and for the others."""

from __future__ import annotations

import datetime as dt
import json
import random
import re
import shutil
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from local_seo import limits
from local_seo.reader import facts_of
from local_seo.text import slugify

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from local_seo.model.practice import Facts

_WORDS: Final = 950
_KEYWORDS: Final = 400
_FIRST_DAY: Final = dt.date(2012, 1, 2)
_LAST_DAY: Final = dt.date(2026, 11, 20)
# What the paragraphs of the sample may hold to be mixed: nothing that refers to another place of its article.
_PARAGRAPH: Final = re.compile(r"[A-Z][^\[\]{}<>|#:*_\n]{40,}")


@dataclass(frozen=True, slots=True)
class Article:
    """One made-up article; ``body`` is Markdown that all systems read."""

    name: str
    title: str
    day: dt.date
    summary: str
    keywords: tuple[str, ...]
    cities: tuple[str, ...]
    service: str
    body: str


def articles(sample: Path, count: int, seed: int = 1) -> Iterator[Article]:
    """Yield articles mixed from the sentences of the sample, with titles that are all different."""
    chance = random.Random(seed)  # noqa: S311 - the same site for the same seed, no secret
    facts = facts_of(sample)
    sentences = sorted(set(_sentences(sample)))
    words = sorted({word.lower() for sentence in sentences for word in re.findall(r"\b[a-z]{4,9}\b", sentence)})
    keywords = [" ".join(chance.sample(words, 2)) for _ in range(_KEYWORDS)]
    days = (_LAST_DAY - _FIRST_DAY).days
    for number in range(count):
        title = f"{' '.join(chance.sample(words, 4)).capitalize()} {_counted(number, words)}"
        yield Article(
            name=f"{slugify(title)[:50].strip('-')}-{number}",
            title=title,
            day=_FIRST_DAY + dt.timedelta(days=days * number // max(count, 1)),
            summary=f"{' '.join(chance.sample(words, 14)).capitalize()}.",
            keywords=tuple(dict.fromkeys(chance.choices(keywords, k=3))),
            cities=_places(facts, chance),
            service=chance.choice(facts.services).slug,
            body="\n\n".join(_body(sentences, words, chance)),
        )


def write(sample: Path, folder: Path, made: list[Article]) -> None:
    """Write a content folder of ours: the sample with its own few articles, and these."""
    shutil.copytree(sample, folder)
    for article in made:
        front = [
            f'title: "{article.title}"',
            f"date: {article.day}",
            f'summary: "{article.summary}"',
            f"keywords: [{', '.join(article.keywords)}]",
            f"cities: [{', '.join(article.cities)}]",
            f"service: {article.service}",
        ]
        text = "\n".join(["---", *front, "---", "", article.body, ""])
        (folder / "articles" / f"{article.name}.md").write_text(text, encoding="utf-8")


def write_plain(folder: Path, made: list[Article], facts: Facts) -> None:
    """Write the same articles as plain Pelican reads them, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    topics = _topics(made)
    for article in made:
        front = [
            f"Title: {article.title}",
            f"Date: {article.day}",
            f"Slug: {article.name}",
            f"Summary: {article.summary}",
            f"Tags: {', '.join(keyword for keyword in article.keywords if keyword in topics)}",
            f"Cities: {', '.join(article.cities)}",
            f"Category: {_service(article, facts)}",
        ]
        text = "\n".join([*front, "", article.body, ""])
        (folder / f"{article.name}.md").write_text(text, encoding="utf-8")


def write_hugo(folder: Path, made: list[Article], facts: Facts) -> None:
    """Write the same articles as Hugo reads them, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    topics = _topics(made)
    for article in made:
        front = {
            "title": article.title,
            "date": f"{article.day}T00:00:00Z",
            "summary": article.summary,
            "topics": [keyword for keyword in article.keywords if keyword in topics],
            "areas": article.cities,
            "services": [_service(article, facts)],
        }
        text = "\n".join([json.dumps(front, indent=1), "", article.body, ""])
        (folder / f"{article.name}.md").write_text(text, encoding="utf-8")


def _topics(made: list[Article]) -> frozenset[str]:
    """Return the keywords that we give a page of their own, so that others have no more to do."""
    uses = Counter(keyword for article in made for keyword in article.keywords)
    return frozenset(keyword for keyword, count in uses.items() if count >= limits.TOPIC_ARTICLES_LEAST)


def _service(article: Article, facts: Facts) -> str:
    service = facts.service(article.service)
    return service.name if service else article.service


def _sentences(sample: Path) -> Iterator[str]:
    for path in sorted((sample / "articles").glob("*.md")):
        body = path.read_text(encoding="utf-8").split("---\n", 2)[-1]
        for paragraph in body.split("\n\n"):
            if _PARAGRAPH.fullmatch(paragraph.strip()):
                yield from re.split(r"(?<=[.?!]) (?=[A-Z])", paragraph.strip())


def _body(sentences: list[str], words: list[str], chance: random.Random) -> Iterator[str]:
    count = blocks = 0
    while count < _WORDS:
        if blocks % 4 == 3:  # noqa: PLR2004 - a heading over every three paragraphs
            yield f"## {' '.join(chance.sample(words, 4)).capitalize()}"
        paragraph = " ".join(chance.choices(sentences, k=chance.randint(3, 6)))
        if blocks % 5 == 4:  # noqa: PLR2004 - a list now and then
            paragraph = "\n".join(f"- {sentence}" for sentence in chance.choices(sentences, k=3))
        yield paragraph
        count += len(paragraph.split())
        blocks += 1


def _places(facts: Facts, chance: random.Random) -> tuple[str, ...]:
    return tuple(place.name for place in chance.sample(facts.places, chance.randint(2, min(5, len(facts.places)))))


def _counted(number: int, words: list[str]) -> str:
    """Return a number in words of no meaning, so that titles differ and hold no digits."""
    found = []
    while True:
        number, rest = divmod(number, len(words))
        found.append(words[rest])
        if not number:
            return " ".join(found)
