from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown
from typogrify.filters import typogrify

from local_seo.markdown_steps import Shortcuts
from local_seo.typography import smarten, typeset

_CONTENT = Path(__file__).parents[2] / "content"
_EXTENSIONS = ("markdown.extensions.extra", "markdown.extensions.sane_lists", "markdown.extensions.toc")
# Where the libraries' patterns begin, end or look around.
_HTML = st.sampled_from(
    (
        *("<p>", "</p>", "\n", '<h2 id="a">', "</h2>", "<ul>", "<li>", "</li>", "</ul>", "<em>", "</em>", "<br>"),
        *("<table>", "<blockquote>", "</blockquote>", '<div class="x">', "</div>", "<a href='x'>", "</a>", "<", "> "),
        *("'", '"', "it's", "don't", "LCSW's", "'s", "''", "'80s", "``", "`", "\\", "\\'", "--", "...", ". . ."),
        *(" ", "\u00a0", "&nbsp;", "&amp;", " & ", "&#8217;", "&ldquo;", "ABC", "A.B.", "A. B. C.", "é's", "word"),
        *("<code>x'y</code>", "<pre>", "</pre>", "<kbd>", "</kbd>", "<!-- it's -->", '<a href="y\'s > z">'),
        *(' "', '" ', '"(', ')"', '["', '-"', '&mdash;"', '&nbsp;"w', '&&#x2013;"w', "\t", "</p>\n<p>", "</li>\n<li>"),
    )
)
_MARKDOWN = st.sampled_from(
    (
        *("*", "**", "_", "__", "`", "``", "[", "](", ")", "]", "![", "<", "> ", "&amp;", "&", "\n", "\n\n", "  \n"),
        *("\\", "\\*", "[^1]", "[^1]: note\n", "[a]: http://x.y\n", "[a]", "<b>", "</b>", "<http://x.y>", "<a@b.c>"),
        *("# h\n", "- ", "1. ", "|a|b|\n|-|-|\n", "{: .x }", "*[HTML]: Hyper\n", "HTML", "***", "~~~\nx\n~~~\n"),
        *("term\n: def\n", "<!-- x -->", '(x "t")', "word", " ", "é", "'", "    code\n", "[TOC]", "\n\n[TOC]\n\n"),
        *("## a b\n\n", "## a b {#own}\n\n", "## a &amp; *b*\n\n", "## a b {data-toc-label='z <b>'}\n\n", "\x02"),
        *('<h2 id="a-b">x</h2>\n\n', '<div markdown="1">\n', "</div>\n", "## qq3936677670287331zz\n\n", "\n---\n"),
        *('\n\n"Said" she.\n\n', "\n\nWord one\nword two\n\n", "\n===\n", "\na | b\n- | -\nc | d\n", "```\nx\n```\n"),
    )
)


def _libraries(markup: str) -> str:
    whole = typogrify(markup)  # type: ignore[no-untyped-call]
    for character in "‘’“”–—…":
        whole = whole.replace(f"&#{ord(character)};", character)
    return str(whole)


@given(st.lists(_HTML, max_size=30).map("".join))
@example("LCSW's's'A")
@example("<p>a b</em>\n<table>")
@settings(max_examples=1500)
def test_typesetting_gives_what_the_libraries_give(markup: str) -> None:
    assert typeset(markup) == _libraries(markup)


@given(st.lists(_MARKDOWN, max_size=30).map("".join))
@settings(max_examples=600)
def test_markdown_gives_what_the_library_gives(text: str) -> None:
    expected = Markdown(extensions=_EXTENSIONS).convert(text)
    assert Markdown(extensions=[*_EXTENSIONS, Shortcuts()]).convert(text) == expected


def test_real_texts_come_out_as_the_libraries_have_them() -> None:
    packages = Path(str(importlib.util.find_spec("pelican").origin)).parents[1]  # type: ignore[union-attr]
    texts = [*sorted(_CONTENT.rglob("*.md")), *sorted(packages.rglob("*.md"))]
    plain, guarded = Markdown(extensions=_EXTENSIONS), Markdown(extensions=[*_EXTENSIONS, Shortcuts()])
    for path in texts:
        text = path.read_text(encoding="utf-8", errors="replace")
        html = plain.reset().convert(text)
        assert guarded.reset().convert(text) == html, path.name
        assert typeset(html) == _libraries(html), path.name
    assert len(texts) > 40


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("it's", "it’s"),
        ('she said "no"', "she said “no”"),
        ("a -- b ...", "a — b …"),
        ("plain", "plain"),
        ("1 < 2 & 3 > 2", "1 < 2 & 3 > 2"),
        ("\\'", "'"),
    ],
)
def test_plain_text_is_made_typographic_and_stays_plain(written: str, shown: str) -> None:
    assert smarten(written) == shown
