"""What is promised of the theme, as far as no browser is needed to see it."""

from __future__ import annotations

import itertools
import re
import shutil
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta, nodes
from PIL import ImageColor
from selectolax.lexbor import LexborHTMLParser

from local_seo import plugin, text
from local_seo.model.view import View
from local_seo.reader import words_in
from site_tools.preview import components

from .conftest import ROOT, SAMPLE, Made, make

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

ENGLISH = words_in("en", [ROOT / "theme"])
BUDGET_BYTES = 9_000  # the promise of docs/architecture.md, structured data included
THEME = ROOT / "theme"
TEMPLATES = THEME / "templates"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*"))
COMPONENTS = sorted(path.stem for path in (TEMPLATES / "components").glob("*.html"))
STYLES = sorted(path.relative_to(THEME / "css").as_posix() for path in (THEME / "css").rglob("*.css"))
SHEETS = {"lists", "search"}  # folders that are style sheets of their own
LIVING_PAGE = "preview/components.html"


def environment() -> Environment:
    """Return the templates as a build has them."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def source(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def css(name: str) -> str:
    """Return a style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", (THEME / "css" / name).read_text(encoding="utf-8"), flags=re.DOTALL)


# --- the budget ----------------------------------------------------------------------------------------------------

FRONT_MATTER = """---
title: "The longest article that a reader must not wait for"
date: 2026-03-03
modified: 2026-04-04
summary: "A thousand words with everything around them that an article may have, to see how many bytes a reader pays."
keywords: [anxiety, bonding with a baby, fathers and partners]
cities: [Palm Desert, Rancho Mirage, Indian Wells, La Quinta, Indio, Palm Springs]
service: postpartum-therapy
image: images/hands.png
image_alt: "Drawing of two hands around a smaller one"
image_caption: "Two hands around a smaller one."
image_credit: "Illustration: Saltbush Family Therapy"
sources:
  - {title: "Perinatal Depression, National Institute of Mental Health", url: "https://www.nimh.nih.gov/health"}
  - {title: "Postpartum Support International", url: "https://www.postpartum.net/", checked: 2026-03-01}
  - {title: "California Board of Behavioral Sciences", url: "https://www.bbs.ca.gov/", checked: 2026-03-01}
---

"""
WORDS = 1_000


def thousand_words() -> str:
    """Return the first 1,000 words of the sample's longest articles as Markdown, whole paragraphs but for the last."""
    bodies = [path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in (SAMPLE / "articles").glob("*.md")]
    taken: list[str] = []
    left = WORDS
    for block in "\n\n".join(sorted(bodies, key=len, reverse=True)[:2]).split("\n\n"):
        if "[^" in block:  # a note counts where it stands, not where it is written
            continue
        # Neither addresses nor the numbers of a list are words.
        said = text.words(text.plain(re.sub(r"\]\([^)]*\)|^\d+\. ", "", block, flags=re.MULTILINE)))
        if len(said) > left:
            taken.append(" ".join(said[:left]))
            break
        taken.append(block)
        left -= len(said)
    return "\n\n".join(taken)


@pytest.fixture(scope="session")
def thousand(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample with an article of 1,000 words that has everything."""
    folder = tmp_path_factory.mktemp("thousand")
    content = shutil.copytree(SAMPLE, folder / "content")
    (content / "articles" / "thousand.md").write_text(FRONT_MATTER + thousand_words(), encoding="utf-8")
    return make(content, folder / "site")


def test_an_article_of_a_thousand_words_is_within_its_budget(thousand: Made) -> None:
    path = "blog/thousand/index.html"
    view = thousand.built.views[path]
    assert isinstance(view, View)
    assert sum(len(text.words(text.plain(part))) for part in view.body if isinstance(part, str)) == WORDS
    assert all((view.picture, view.crisis, view.closing, view.author, view.targeting, view.trails, view.related))
    styles = [url.lstrip("/") for url in (thousand.built.frame.stylesheet, *view.styles)]
    linked = re.findall(r'<link rel="stylesheet" href="/([^"]+)"', thousand.page(path))
    assert linked == styles
    sizes = {name: len(brotli.compress(thousand.built.files[name], quality=11)) for name in (path, *styles)}
    assert sum(sizes.values()) <= BUDGET_BYTES, sizes


# --- templates -----------------------------------------------------------------------------------------------------


def closure(env: Environment, name: str) -> Iterator[str]:
    """Yield a template and all that it extends, includes and imports."""
    yield name
    for other in meta.find_referenced_templates(env.parse(source(name))):
        if other is not None:
            yield from closure(env, other)


@pytest.mark.parametrize("name", [name for name in NAMES if "/" not in name])
def test_a_template_reads_the_view_and_the_site_and_nothing_else(name: str) -> None:
    env = environment()
    for each in set(closure(env, name)):
        known = set() if each.startswith("components/") else {"view", "site"}
        assert meta.find_undeclared_variables(env.parse(source(each))) <= known, each


def test_every_template_is_reached_from_a_page() -> None:
    env = environment()
    pages = [name for name in NAMES if "/" not in name]
    reached = {each for name in pages for each in closure(env, name)}
    assert set(NAMES) - reached == {LIVING_PAGE}


@pytest.mark.parametrize("name", NAMES)
def test_no_template_goes_round_the_escaping(name: str) -> None:
    tree = environment().parse(source(name))
    assert not [node.name for node in tree.find_all(nodes.Filter) if node.name in {"safe", "tojson", "xmlattr"}]
    assert not list(tree.find_all((nodes.MarkSafe, nodes.MarkSafeIfAutoescape, nodes.ScopedEvalContextModifier)))


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_is_one_macro_of_its_name(name: str) -> None:
    macros = environment().parse(source(f"components/{name}.html")).find_all(nodes.Macro)
    assert [macro.name for macro in macros] == [name]


# --- the living page -----------------------------------------------------------------------------------------------


def test_every_component_has_an_example() -> None:
    examples = components.examples(ENGLISH)
    assert sorted(examples) == COMPONENTS
    for name, cases in examples.items():
        titles = [title for title, _ in cases]
        assert titles, name
        assert len(set(titles)) == len(titles), name


def test_every_argument_of_a_component_has_an_example() -> None:
    env = environment()
    for name, cases in components.examples(ENGLISH).items():
        (macro,) = env.parse(source(f"components/{name}.html")).find_all(nodes.Macro)
        given = {key for _, arguments in cases for key in arguments} - {"caller"}
        assert given | {"level"} >= {argument.name for argument in macro.args}, name
        for _, arguments in cases:
            assert arguments.keys() - {"caller"} <= {argument.name for argument in macro.args}, name


def test_the_living_page_shows_every_example_and_has_the_build_s_own_style() -> None:
    page = LexborHTMLParser(components.page(environment(), ENGLISH, "/theme/site.0123456789.css"))
    assert [node.text() for node in page.css("main > h2")] == COMPONENTS
    shown = [node.text() for node in page.css("main > p.small")]
    assert shown == [title for cases in components.examples(ENGLISH).values() for title, _ in cases]
    style = page.css_first("link[rel=stylesheet]")
    assert style is not None
    assert style.attributes["href"] == "/theme/site.0123456789.css"
    robots = page.css_first("meta[name=robots]")
    assert robots is not None
    assert "noindex" in str(robots.attributes["content"])


def test_what_is_printed_once_is_what_is_printed_each_time() -> None:
    """``plugin`` remembers what stands around every page; the examples have several sites and languages."""
    remembering = plugin.environment((THEME,))
    for sheet in ("/theme/a.css", "/theme/b.css"):
        assert components.page(remembering, ENGLISH, sheet) == components.page(environment(), ENGLISH, sheet)


def test_the_living_page_is_no_part_of_a_build(sample: Made) -> None:
    assert not [path for path in sample.tree() if "preview" in path or "components" in path]


@pytest.mark.java
def test_the_nu_html_checker_finds_no_error_in_the_living_page(vnu: Callable[..., str], tmp_path: Path) -> None:
    path = tmp_path / "components.html"
    path.write_text(components.page(environment(), ENGLISH), encoding="utf-8")
    assert vnu("--errors-only", path) == ""


# --- pages ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def least(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The site of a practice that has written nothing but its facts."""
    folder = tmp_path_factory.mktemp("least")
    content = folder / "content"
    content.mkdir()
    facts = (ROOT / "tests" / "practices" / "cedar-bend" / "practice.toml").read_text(encoding="utf-8")
    (content / "practice.toml").write_text(facts.partition("[[people]]")[0], encoding="utf-8")
    return make(content, folder / "site")


@pytest.fixture(params=["sample", "other", "least"])
def any_site(request: pytest.FixtureRequest) -> Made:
    made: Made = request.getfixturevalue(request.param)
    return made


def trees(made: Made) -> Iterator[tuple[str, LexborHTMLParser]]:
    return ((path, LexborHTMLParser(data)) for path, data in made.built.files.items() if path.endswith(".html"))


def test_nothing_is_printed_for_what_is_not_there(any_site: Made) -> None:
    for path, page in trees(any_site):
        addresses = [node.html for node in page.css("[href], [src]") if "" in node.attributes.values()]
        assert not [each for each in addresses if 'href=""' in str(each) or 'src=""' in str(each)], path
        empty = [
            node.html for node in page.css("ul, ol, nav, p, section, h2, h3, address, small") if not node.text().strip()
        ]
        assert not [each for each in empty if "<img" not in str(each)], path


def test_landmarks_headings_and_the_way_past_them_are_on_every_page(any_site: Made) -> None:
    for path, page in trees(any_site):
        body = page.body
        assert body is not None
        first = page.css_first("body a")
        assert first is not None
        assert (first.attributes["href"], first.attributes["class"]) == ("#main", "skip"), path
        for only in ("main#main", "h1", "body > header", "body > footer"):
            assert len(page.css(only)) == 1, f"{path}: {only}"
        names = [node.attributes.get("aria-label") for node in page.css("nav, section[aria-label]")]
        assert all(names), path
        assert len(set(names)) == len(names), path
        levels = [int(str(node.tag)[1]) for node in page.css("h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1, path
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels)), path


def test_contact_and_help_stand_in_the_same_order_on_every_page(any_site: Made) -> None:
    """Source: WCAG 2.2, 3.2.6; rule V-04."""
    marks = ("body > header .phone", "body > footer address a", "body > footer div a", "body > .callbar a")
    orders = {
        tuple((mark, node.attributes["href"]) for mark in marks for node in page.css(mark))
        for _, page in trees(any_site)
    }
    assert len(orders) == 1
    for path, page in trees(any_site):
        sections = [str(node.tag) for node in page.css("body > header, body > main, body > footer, body > .callbar")]
        assert sections == ["header", "main", "footer", "section"], path


def test_a_topic_names_its_own_feed_beside_the_blog_s(sample: Made) -> None:
    for path, page in trees(sample):
        view = sample.built.views[path]
        assert isinstance(view, View)
        feeds = [node.attributes["href"] for node in page.css('link[type="application/atom+xml"]')]
        assert feeds == [sample.built.frame.feed.url, *([view.feed.url] if view.feed else [])], path


def test_a_practice_without_articles_names_no_feed(least: Made) -> None:
    assert not [path for path, page in trees(least) if page.css('link[type="application/atom+xml"]')]


# --- style sheets --------------------------------------------------------------------------------------------------

# Classes that no style sheet needs, and what they are for.
HOOKS = {"places": "checks find the location sentence by it"}
# Classes that no template has: Markdown's extensions and Typogrify write them.
WRITTEN = {"align-center", "align-right", "amp", "caps", "dquo", "footnote", "footnote-backref", "footnote-ref", "quo"}


def test_important_is_a_shame() -> None:
    assert not [name for name in STYLES if "!important" in css(name) and name != "shame.css"]


@pytest.mark.parametrize("name", [name for name in STYLES if name != "tokens.css"])
def test_a_raw_colour_stands_among_the_tokens_only(name: str) -> None:
    values = re.findall(r"[\w-]+\s*:\s*([^;{}]+);", css(name))
    said = " ".join(value for value in values if '"' not in value)
    assert not re.findall(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(", said, re.IGNORECASE)
    assert not ImageColor.colormap.keys() & set(re.findall(r"(?<![\w-])[a-z]+(?![\w-])", said))


@pytest.mark.parametrize("name", NAMES)
def test_a_template_has_no_raw_colour(name: str) -> None:
    said = " ".join(re.findall(r'(?:fill|stroke|color|content)="([^"]*)"', source(name)))
    assert not re.findall(r"#[0-9a-f]{3,8}\b", said)
    assert not ImageColor.colormap.keys() & set(re.findall(r"(?<![\w-])[a-z]+(?![\w-])", said))


@pytest.mark.parametrize("name", [name for name in STYLES if name != "layers.css"])
def test_a_style_sheet_stands_in_its_own_layer(name: str) -> None:
    folder = name.partition("/")[0].removesuffix(".css")
    layer = "components" if folder in SHEETS else folder
    assert re.fullmatch(rf"\s*@layer {layer} \{{.*\}}\s*", css(name), re.DOTALL)
    assert layer in css("layers.css")


def test_a_component_s_style_has_its_name() -> None:
    assert {name.split("/")[1] for name in STYLES if "/" in name} <= {f"{name}.css" for name in COMPONENTS}


def test_every_class_is_used_and_every_class_that_is_used_has_a_style() -> None:
    used = {
        word
        for name in NAMES
        for value in re.findall(r'class="([^"]*)"', source(name))
        for word in re.sub(r"\{[{%].*?[%}]\}", " ", value).split()
    }
    styled = {word for name in STYLES for word in re.findall(r"\.([a-z][\w-]*)(?=[^{}]*\{)", css(name))}
    assert used - styled == HOOKS.keys()
    assert styled - used == WRITTEN
