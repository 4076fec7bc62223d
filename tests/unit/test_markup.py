"""What HTML a writer may use inside Markdown, and the line of what is not allowed."""

from __future__ import annotations

import pytest

from local_seo.read import markup
from local_seo.read.html import outline

from .factories import a_source, html_of


def faults(body: str) -> list[str]:
    """The faults of a Markdown body; its first line is line 5 of the file."""
    source = a_source("articles/a.md", body, {"title": "A", "date": "2026-10-05"})
    found = markup.faults(outline(html_of(body)), source)
    return [str(finding).removeprefix("articles/a.md:") for finding in found]


WHY = "nothing on these pages may run a script or load another site"


@pytest.mark.parametrize(
    "body",
    [
        "One *two* **three** `four` [five](/blog/) ![six](/images/a.png)\n\n> seven\n\n1. eight\n2. nine\n\n* ten",
        "| Left | Middle | Right |\n|:-----|:------:|------:|\n| a | b | c |",
        "A note.[^1] Twice.[^1]\n\n[^1]: The note *itself*.",
        "Term\n:   What it means\n\n*[LCSW]: Licensed Clinical Social Worker\n\nAn LCSW.",
        "```python\nprint('<script>')\n```\n\n    <iframe>\n\nA `<script>` tag.",
        "## A heading {#own-id .wide lang=es}\n\n[Link](/x/){rel=nofollow hreflang=es title='a \"b\"'}",
        "<details open>\n<summary>More</summary>\n<p>Words</p>\n</details>",
        '<div markdown="1">\n*Words* in a box.\n</div>',
        '<figure><img src="/a.png" alt="" width="4" height="3"><figcaption>A <cite>b</cite></figcaption></figure>',
        '<p dir="rtl" lang="ar">العلاج</p>',
        '<table><caption>c</caption><tr><th scope="col" colspan="2" abbr="x">a</th></tr></table>',
        '<blockquote cite="https://a.example/">a</blockquote>',
        '<p aria-label="x" role="note" id="a" class="b">a <time datetime="2026-10-05">then</time></p>',
        "1 < 2 and 3 > 2, <3 & more",
        "<!-- a comment with <script> -->\n\nWords.",
    ],
)
def test_what_markdown_makes_and_what_only_says_something_is_allowed(body: str) -> None:
    assert faults(body) == []


@pytest.mark.parametrize(
    "tag",
    [
        "script",
        "iframe",
        "style",
        "form",
        "button",
        "object",
        "video",
        "svg",
        "math",
        "template",
        "article",
        "x-y",
    ],
)
def test_an_element_that_runs_or_loads_something_is_refused_with_its_line(tag: str) -> None:
    assert faults(f"Words.\n\n<{tag}></{tag}>\n") == [
        f"7: error[html-not-allowed]: the HTML element <{tag}> is not allowed - "
        f"{WHY}; write &lt; if it is meant as text"
    ]


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        (
            '<p onclick="x()">a</p>',
            f'5: error[html-not-allowed]: the attribute "onclick" is not allowed on <p> - delete it: {WHY}',
        ),
        (
            '<img src="/a.png" alt="" srcset="https://evil.example/b.png 2x">',
            f'5: error[html-not-allowed]: the attribute "srcset" is not allowed on <img> - delete it: {WHY}',
        ),
        (
            '<a href="/x/" ping="https://evil.example/">a</a>',
            f'5: error[html-not-allowed]: the attribute "ping" is not allowed on <a> - delete it: {WHY}',
        ),
        (
            '<p style="color: red">a</p>',
            '5: error[html-not-allowed]: the inline style "color: red" would be ignored by browsers - delete it',
        ),
        (
            '<p style="text-align: left; position: fixed">a</p>',
            '5: error[html-not-allowed]: the inline style "text-align: left; position: fixed" would be ignored by '
            "browsers - delete it",
        ),
        (
            '<blockquote cite="javascript:alert(1)">a</blockquote>',
            '5: error[bad-scheme]: the address "javascript:alert(1)" is not allowed - '
            "allowed: http, https, mailto or tel",
        ),
        (
            '<q cite="java&#10;script:x">a</q>',
            '5: error[bad-scheme]: the address "java script:x" is not allowed - allowed: http, https, mailto or tel',
        ),
        (
            '<p id="a b">a</p>',
            '5: error[html-not-allowed]: the id "a b" stands twice, is empty or has a space - give each its own',
        ),
        (
            '<p id="">a</p>',
            '5: error[html-not-allowed]: the id "" stands twice, is empty or has a space - give each its own',
        ),
    ],
)
def test_an_attribute_that_does_more_than_say_something_is_refused(html: str, fault: str) -> None:
    assert faults(html) == [fault]


def test_attributes_from_markdowns_own_lists_are_judged_too() -> None:
    (fault,) = faults('Words.\n\n[a](/x/){onclick="x()"}\n')
    assert 'error[html-not-allowed]: the attribute "onclick" is not allowed on <a>' in fault


def test_an_id_that_stands_twice_is_refused() -> None:
    (fault,) = faults('<p id="a1">x</p>\n\n<p id="a1">y</p>')
    assert '"a1" stands twice' in fault


def test_an_id_that_a_heading_has_already_is_refused() -> None:
    (fault,) = faults('## Hours\n\n<p id="hours">x</p>')
    assert '"hours" stands twice' in fault


def test_a_tag_without_a_partner_is_told_once_with_its_line() -> None:
    assert faults("Words.\n\n<div>\n<p>a</p>\n\n<div>\n<p>b</p>\n") == [
        "7: error[broken-html]: the tag <div> has no partner - close it, or delete it"
    ]


def test_what_stands_in_a_refused_element_is_judged_too() -> None:
    assert [fault.split("<")[1].partition(">")[0] for fault in faults("<form><input><p>a</p></form>")] == [
        "form",
        "input",
    ]


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("<div>a</div>\n\n<div>b</div>\n\n<div onclick='x'>c</div>\n", 9),
        ("<aside>a</aside>\n\n[b](/x/)\n\n<a href='/x/' onclick='x'>c</a>\n", 9),
        ("<SPAN>a</SPAN>\n\nWords.\n\n<SCRIPT></SCRIPT>\n", 9),
        ("The word hours.\n\n## Hours\n\n<p id='hours'>x</p>\n", 9),
    ],
    ids=["the third of a name", "a name that others begin with", "capitals", "an id that is a word"],
)
def test_the_line_is_that_of_the_tag_at_fault(body: str, line: int) -> None:
    assert [fault.partition(":")[0] for fault in faults(body)] == [str(line)]
