"""The words that the site says by itself stand in one catalogue, and another catalogue shows everywhere."""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Environment, nodes
from selectolax.lexbor import LexborHTMLParser

from local_seo import checks
from local_seo.errors import Severity, SourceError
from local_seo.model.page import PageKind
from local_seo.model.view import FeedView, View

from .conftest import ROOT, Made, Make, make

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TEMPLATES = ROOT / "theme" / "templates"
# The desk of the writer speaks English.
PAGES = [path for path in sorted(TEMPLATES.rglob("*.html")) if "preview" not in path.parts]
NAMES = [path.relative_to(TEMPLATES).as_posix() for path in PAGES]
# What readers or screen readers are told, beside text.
SAID = re.compile(r"""\b(?:aria-label|aria-description|title|alt|placeholder|label|value)="([^"]*)""")


# --- one place ------------------------------------------------------------------------------------------------------


def printed(source: str) -> Iterator[str]:
    """Yield the literal texts that a template prints: between elements, and in attributes that are read out."""
    tree = Environment(autoescape=True).parse(source)  # printed nowhere
    # What is printed between the pieces of markup leaves a sign that is no letter.
    data = "".join(
        part.data if isinstance(part, nodes.TemplateData) else "\N{REPLACEMENT CHARACTER}"
        for output in tree.find_all(nodes.Output)
        for part in output.nodes
    )
    data = re.sub(r"<!doctype[^>]*>|<style.*?</style>|<script.*?</script>", "", data, flags=re.DOTALL | re.IGNORECASE)
    yield from (match.group(1) for match in SAID.finditer(data))
    yield from re.split(r"<[^<>]*>?", data)
    machinery = (nodes.Compare, nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    compared = {id(each) for outer in tree.find_all(machinery) for each in outer.find_all(nodes.Const)}
    values = [each.value for each in tree.find_all(nodes.Const) if id(each) not in compared]
    yield from (value for value in values if isinstance(value, str))


def spoken(text: str) -> bool:
    """Return whether a literal is meant for people: it has a letter, and is no address."""
    return bool(re.search(r"[^\W\d_]", text)) and not text.startswith("/")


@pytest.mark.parametrize("name", NAMES)
def test_a_template_says_no_word_of_its_own(name: str) -> None:
    source = (TEMPLATES / name).read_text(encoding="utf-8")
    assert [text for text in printed(source) if spoken(text)] == [], "put it into theme/words/en.toml"


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("<p>Call us</p>", "Call us"),
        ("<p>{{ name }}, or call</p>", "or call"),
        ('<nav aria-label="Main">', "Main"),
        ('{{ button("Home", "/") }}', "Home"),
        ('{{ button("Call " ~ phone, url) }}', "Call "),
        ('{% call block("Sources") %}{% endcall %}', "Sources"),
        ("{% if x %}<b>Read</b>{% endif %}", "Read"),
        ('{% macro list(title="Topics") %}{% endmacro %}', "Topics"),
        ('{% set title = "Topics" if x == "y" else z %}', "Topics"),
    ],
)
def test_the_test_hears_words(source: str, word: str) -> None:
    assert [text for text in printed(source) if spoken(text) and word in text]


# --- another catalogue ----------------------------------------------------------------------------------------------
# Everything in it, and everything that this practice writes, stands in letters that English does not have: whatever
# then reads as English was said by the machine.


def wide(text: str) -> str:
    """Return a text in the full-width letters of East Asian typography, {fields} as they are."""
    parts = re.split(r"(\{\w+\})", text)
    return "".join(
        part if index % 2 else "".join(chr(ord(c) + 0xFEE0) if c.isascii() and c.isalpha() else c for c in part)
        for index, part in enumerate(parts)
    )


def translated(table: dict[str, Any], name: str = "") -> Iterator[str]:
    """Yield the lines of a catalogue as TOML with its texts in wide letters."""
    if name:
        yield f"[{name}]"
    for key, value in table.items():
        if not isinstance(value, dict):
            texts = [wide(text) for text in value] if isinstance(value, list) else wide(value)
            yield f"{key} = {json.dumps(texts, ensure_ascii=False)}"
    for key, value in table.items():
        if isinstance(value, dict):
            yield from translated(value, f"{name}.{key}".lstrip("."))


PRACTICE = wide("Saltbush")
FACTS = f"""format = 1
[practice]
name = "{PRACTICE}"
url = "https://www.saltbush-family.example"
tagline = "{wide("Calm")}"
description = "{wide("Help for families")}"
phone = "760-555-0142"
email = "hello@saltbush-family.example"
booking_url = "https://book.example/"
language = "es"
timezone = "America/Los_Angeles"
presence = "office"
[practice.address]
street = "{wide("Example Way")} 100"
locality = "{wide("Palm Desert")}"
region = "{wide("CA")}"
country = "US"
[[practice.hours]]
days = ["Mon", "Tue", "Wed"]
opens = "09:00"
closes = "17:30"
[[practice.hours]]
days = ["Thu", "Sat"]
opens = "13:00"
closes = "18:00"
[service_area]
name = "{wide("Valley")}"
sentence = "{{practice}}: {{cities}}."
max_named = 1
telehealth = "{wide("California")}"
[[places]]
name = "{wide("Indio")}"
slug = "indio"
type = "City"
region = "{wide("California")}"
[[places]]
name = "{wide("Mecca")}"
slug = "mecca"
type = "Place"
region = "{wide("California")}"
[[services]]
slug = "talk"
name = "{wide("Talk")}"
role = "{wide("listener")}"
sensitive = true
[[people]]
id = "ines"
name = "{wide("Ines")}"
credentials = "{wide("PT")}"
title = "{wide("Listener")}"
[[people]]
id = "ada"
name = "{wide("Ada")}"
credentials = ""
title = "{wide("Listener")}"
[[helplines]]
name = "{wide("Line")}"
kind = "crisis"
checked = 2026-11-01
call = "988"
text = "988"
say = "{wide("HOME")}"
languages = ["{wide("A")}", "{wide("B")}"]
[[helplines]]
name = "{wide("Other")}"
kind = "emergency"
checked = 2026-11-01
text = "988"
"""
BODY = f"{wide('Words')}.[^1]\n\n[^1]: {wide('Note')}.\n"


def written(folder: Path, path: str, body: str = BODY, **keys: object) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    front = {"title": wide("Title") + file.stem.removeprefix("a"), **keys}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in front.items()]
    file.write_text("\n".join(("---", *lines, "---", "", body)), encoding="utf-8")


@pytest.fixture(scope="module")
def abroad(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A site in another language with everything that a site may have."""
    folder = tmp_path_factory.mktemp("abroad")
    content = folder / "content"
    written(content, "services/talk.md", title=wide("Talk"))
    written(content, "people/ines.md", title=wide("Ines"))
    fact = {"text": wide("True"), "source": "practice"}
    written(content, "areas/indio.md", body=f"{wide('word')} " * 320, title=wide("Indio"), facts=[fact] * 5)
    written(content, "pages/contact.md", title=wide("Contact"))
    written(content, "pages/crisis-resources.md", title=wide("Crisis"))
    for number in range(1, 30):
        written(
            content,
            f"articles/a{number}.md",
            date=f"2026-{number % 9 + 1:02}-04",
            keywords=[wide("Sleep")],
            service="talk",
            cities=["indio", "mecca"],
            **({"modified": "2026-11-02", "reviewed": "2026-11-02", "reviewer": "ines"} if number < 3 else {}),
            author="ada",
            sources=[{"title": wide("Book"), "url": "https://example.org/"}],
            **({"series": wide("Year")} if number < 4 else {}),
        )
    (content / "practice.toml").write_text(FACTS, encoding="utf-8")
    catalogue = tomllib.loads((ROOT / "theme" / "words" / "en.toml").read_text(encoding="utf-8"))
    (content / "theme" / "words").mkdir(parents=True)
    (content / "theme" / "words" / "es.toml").write_text("\n".join(translated(catalogue)), encoding="utf-8")
    return make(content, folder / "site", today=dt.date(2026, 11, 22))


def heard(page: str) -> Iterator[str]:
    """Yield whatever a page tells people, machines included that read it to them."""
    tree = LexborHTMLParser(page)
    for node in tree.css("script:not([type='application/ld+json']), style"):
        node.decompose()
    for node in tree.css("script"):
        yield from graph(json.loads(node.text()))
        node.decompose()
    for node in tree.css("[aria-label], [title], [alt]"):
        yield from (str(node.attributes[name]) for name in ("aria-label", "title", "alt") if node.attributes.get(name))
    for node in tree.css("meta[name=description], meta[property^='og:title'], meta[property$=':alt']"):
        yield str(node.attributes["content"])
    for node in tree.css("title, body"):
        yield from node.text(separator="\n").split("\n")


def graph(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from graph(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from graph(each, key)
    elif key in {"name", "description", "headline", "contactType", "alternateName", "caption", "jobTitle"}:
        yield str(value)


def english(texts: Iterator[str]) -> set[str]:
    """Return what reads as English; names of hosts and inboxes are no words."""
    found = {re.sub(r"\S+\.(example|org)\b", "", text).strip() for text in texts}
    return {text for text in found if re.search(r"[A-Za-z]", text)}


def test_in_another_language_no_english_word_is_left(abroad: Made) -> None:
    pages = {name: abroad.page(name) for name in abroad.built.rendered}
    kinds = {view.kind for view in abroad.built.views.values() if isinstance(view, View)}
    assert kinds == set(PageKind)
    assert {name: left for name, page in pages.items() if (left := english(heard(page)))} == {}
    assert {re.findall(r'<html lang="([^"]*)"', page)[0] for page in pages.values()} == {"es"}


def test_in_another_language_the_feeds_speak_it_too(abroad: Made) -> None:
    feeds = [abroad.page(view.save_as) for view in abroad.built.views.values() if isinstance(view, FeedView)]
    assert len(feeds) == 2
    for feed in feeds:
        assert english(iter(re.findall(r"<(?:title|name|summary)>([^<]*)<", feed))) == set()


def test_every_text_of_the_catalogue_is_shown_somewhere(abroad: Made) -> None:
    """A text that no page says is dead, or this site lacks what would show it."""
    said = "\n".join(text for name in abroad.built.rendered for text in heard(abroad.page(name)))
    catalogue = tomllib.loads((ROOT / "theme" / "words" / "en.toml").read_text(encoding="utf-8"))
    unheard = {key for key, text in texts(catalogue) if not all(part in said for part in pieces(text))}
    assert unheard == UNHEARD


UNHEARD = {
    "article.reviewed",  # a review always names who read
    "dates.months",  # this site has not written in all of them
    "hours.names",  # the practice rests on some days
    "summaries.topic.one",  # a topic has three articles at least
}


def texts(table: dict[str, Any], name: str = "") -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        at = f"{name}.{key}".lstrip(".")
        if isinstance(value, dict):
            yield from texts(value, at)
        else:
            yield from ((at, text) for text in (value if isinstance(value, list) else [value]))


def pieces(text: str) -> list[str]:
    return [piece for part in re.split(r"\{\w+\}", wide(text)) if (piece := part.strip())]


# --- in the content -------------------------------------------------------------------------------------------------


def said(content: Path, path: str, text: str) -> None:
    (content / "theme" / "words").mkdir(parents=True)
    (content / "theme" / "words" / path).write_text(text, encoding="utf-8")


def test_a_practice_says_it_in_its_own_words(content: Path, build_it: Make) -> None:
    said(content, "en.toml", '[frame]\nskip = "To the <b>words</b>"\n')
    page = build_it().page("index.html")
    assert "To the &lt;b&gt;words&lt;/b&gt;" in page
    assert "Skip to content" not in page
    assert "Kinds of help" in page


def test_a_region_differs_from_its_language_in_a_few_words(content: Path, build_it: Make) -> None:
    facts = content / "practice.toml"
    facts.write_text(facts.read_text("utf-8").replace("[practice]", '[practice]\nlanguage = "en-GB"', 1), "utf-8")
    said(content, "en-GB.toml", '[dates]\nday = "{day} {month} {year}"\n')
    made = build_it()
    dates = [view.byline.published.text for view in made.built.views.values() if isinstance(view, View) and view.byline]
    assert dates
    assert all(re.fullmatch(r"\d+ [A-Z][a-z]+ \d{4}", date) for date in dates)


def test_a_language_without_words_is_told_with_what_there_is(content: Path, build_it: Make) -> None:
    facts = content / "practice.toml"
    facts.write_text(facts.read_text("utf-8").replace("[practice]", '[practice]\nlanguage = "nl"', 1), "utf-8")
    with pytest.raises(SourceError) as failure:
        build_it()
    assert str(failure.value) == (
        'practice.toml:5: error[no-words]: the theme has no words in the language "nl", only in en - '
        "put the engine’s theme/words/en.toml, translated, into the content as theme/words/nl.toml"
    )


def test_a_fault_in_a_catalogue_comes_with_those_of_the_texts(content: Path, build_it: Make) -> None:
    said(content, "en.toml", '[frame]\nskip = "{x}"\n')
    (content / "articles" / "new.md").write_text("---\ntitle: New\n---\nWords.\n", encoding="utf-8")
    with pytest.raises(SourceError) as failure:
        build_it()
    assert [(each.path, each.line, each.id) for each in failure.value.findings] == [
        ("articles/new.md", 1, "missing-key"),
        ("theme/words/en.toml", 2, "wrong-value"),
    ]


def test_a_file_that_is_no_catalogue_is_told(content: Path, build_it: Make) -> None:
    said(content, "english.toml", "")
    with pytest.raises(SourceError) as failure:
        build_it()
    (found,) = failure.value.findings
    assert (found.path, found.id) == ("theme/words/english.toml", "unknown-file")


# --- a page in another language ------------------------------------------------------------------------------------


def test_a_page_in_another_language_says_so_and_so_does_what_stands_around_it(content: Path, build_it: Make) -> None:
    article = content / "articles" / "plain-words.md"
    article.write_text(article.read_text("utf-8").replace("---\n", "---\nlang: es\n", 1), "utf-8")
    made = build_it()
    page = LexborHTMLParser(made.page("blog/plain-words/index.html"))
    languages = {node.tag: node.attributes["lang"] for node in page.css("[lang]")}
    assert languages == {
        "html": "es",
        "a": "en-US",
        "header": "en-US",
        "nav": "en-US",
        "footer": "en-US",
        "section": "en-US",
    }
    other = LexborHTMLParser(made.page("blog/stairs-again/index.html"))
    assert [node.tag for node in other.css("[lang]")] == ["html"]
    (found,) = (each for each in checks.run(made.built) if each.id == "other-language")
    assert (found.path, found.line, found.severity) == ("articles/plain-words.md", 2, Severity.WARNING)
