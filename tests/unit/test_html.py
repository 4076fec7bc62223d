"""The one parse of a body: offsets that hold, text as a browser reads it, never an exception."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from local_seo.read import html as reading
from local_seo.read import output
from local_seo.read.html import VOID, outline

from .factories import html_of

if TYPE_CHECKING:
    from local_seo.model.body import Body

WORDS = st.text(alphabet="abc xyzéß中🌵عر&<>\"'\u00a0\n", max_size=8)
ATTRIBUTES = st.dictionaries(st.sampled_from(["id", "class", "title", "alt"]), WORDS, max_size=2)
INLINE = ("a", "em", "strong", "code", "sup")
BLOCKS = ("p", "h2", "pre")
NESTS = ("div", "blockquote", "section", "ul", "table")
INSIDE = {"ul": "li", "table": "td"}

PIECES = st.sampled_from(
    (
        *("<p>", "</p>", '<a href="/x/">', "</a>", '<a href="/?a=1&amp;b" title="&quot;z">'),
        '<img alt="" src="i.jpg">',
        *("<br>", "<br />", "<br/>", "<ul>", "<li>", "</li>", "</ul>", "<table>", "<tr>", "<td>", "</td>", "</table>"),
        *('<p class="a" class="b">', '<h2 id="x">', "</h2>", "<div>", "</div>", "<li />", "<em>", "</em>", "<hr>"),
        *("word ", " ", "\n", "&amp;", "&nbsp;", "&lt;", "&#8217;", "&#x27;", "&foo;", "&notit;", "&#0;", '"'),
        *("&", "<", ">", "<!-- x -->", "<P CLASS=a>", "</span >", "<details open>", '<a href="a>b">', "<x-y>", "</>"),
        *("<script>", "</script>", "<title>", '<a href="&copy=1">', "<![odd[", '<p  id="a">'),
    )
)


def _element(tag: str, attributes: dict[str, str], inside: str) -> str:
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>" + ("" if tag in VOID else f"{inside}</{tag}>")


def _inline() -> st.SearchStrategy[str]:
    text = WORDS.map(lambda words: escape(words, quote=False))
    void = st.builds(_element, st.sampled_from(["br", "wbr"]), ATTRIBUTES, st.just(""))
    nested = st.recursive(
        text | void,
        lambda inside: st.builds(
            _element, st.sampled_from(INLINE[1:]), ATTRIBUTES, st.lists(inside, max_size=3).map("".join)
        ),
        max_leaves=6,
    )
    return st.lists(nested, max_size=4).map("".join)


def _blocks() -> st.SearchStrategy[str]:
    leaf = st.builds(_element, st.sampled_from(BLOCKS), ATTRIBUTES, _inline())

    def nest(inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        def wrapped(tag: str, attributes: dict[str, str], parts: list[str]) -> str:
            if tag == "ul":
                parts = [f"<li>{part}</li>" for part in parts]
            elif tag == "table":
                parts = [f"<tr><td>{part}</td></tr>" for part in parts]
                return f"<table><tbody>{''.join(parts)}</tbody></table>"
            return _element(tag, attributes, "\n".join(parts))

        return st.builds(wrapped, st.sampled_from(NESTS), ATTRIBUTES, st.lists(inside, max_size=3))

    return st.lists(st.recursive(leaf, nest, max_leaves=6), max_size=4).map("\n".join)


def texts(html: str) -> list[tuple[str, str]]:
    return [(element.tag, element.text) for element in outline(html)]


def assert_offsets_hold(body: Body) -> None:
    for index, element in enumerate(body.elements):
        assert body.html[element.start :].lower().startswith(f"<{element.tag}")
        assert 0 <= element.start < element.inside <= element.close <= element.end <= len(body.html)
        assert element.parent < index
        if element.parent >= 0:
            parent = body.elements[element.parent]
            assert parent.inside <= element.start
            assert element.end <= parent.close
        if index:
            assert body.elements[index - 1].start < element.start


@given(_blocks())
def test_offsets_of_well_formed_html_hold(html: str) -> None:
    body = outline(html)
    assert body.html == html
    assert body.stray == ()
    assert_offsets_hold(body)
    for element in body:
        end = html[element.close : element.end]
        assert end == ("" if element.tag in VOID else f"</{element.tag}>")


@given(st.text(alphabet="ab <>/=\"'!-&;#x1[]?\n\u2028é🌵", max_size=60))
@example("<![if[")
@example("<![foo[")
@example("<!DOCTYPE [<!ELEMENT")
@example("<script><p>")
@example("<a href='")
@example("&#xffffffffff;")
def test_no_text_is_too_broken_for_an_outline(html: str) -> None:
    assert_offsets_hold(outline(html))


@given(st.lists(PIECES, max_size=25).map("".join))
def test_plain_pieces_are_read_as_the_library_reads_them(html: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_is_plain", lambda _text, _found: False)
        expected = outline(html)
    assert outline(html) == expected


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<li>",
                "</li>",
                "<ul>",
                "</ul>",
                "<div>",
                "</div>",
                "<br>",
                "</br>",
                "<em>",
                "</em>",
                "<td>",
                "<tr>",
                "<table>",
                "</table>",
                "é",
                "\n",
                "&amp;",
                "<!-- p -->",
                "<P CLASS='>'>",
                "</P >",
                "<br/>",
                "<div/>",
            ]
        ),
        max_size=30,
    )
)
def test_offsets_of_wrongly_nested_html_hold(parts: list[str]) -> None:
    assert_offsets_hold(outline("".join(parts)))


@given(_blocks())
def test_the_outline_has_the_elements_that_a_browser_has(html: str) -> None:
    tree = LexborHTMLParser(f"<!doctype html><body>{html}").body
    assert tree is not None
    nodes = [node for node in tree.css("*") if node.tag != "body"]
    assert [(node.tag, {k: v or "" for k, v in node.attributes.items()}) for node in nodes] == [
        (element.tag, {k: v.replace("\r", "\n") for k, v in element.attributes.items()}) for element in outline(html)
    ]


@given(_blocks())
def test_the_text_is_what_a_browser_reads(html: str) -> None:
    said = output.rendered(f"<main>{html}</main>".encode()).main
    assert " ".join(outline(html).text.split()) == said


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>Tea &amp; toast&nbsp;&#8211; caf&eacute; &#x1F335;</p>", "Tea & toast – café 🌵"),
        ("<p>one<br>two</p>", "one two"),
        ("<p>new<em>born</em>s</p>", "newborns"),
        ("<p>a <!-- not <b>this</b> -->b</p>", "a b"),
        ("<p>1 < 2 > 0</p>", "1 < 2 > 0"),
        ("<p>العلاج <b>النفسي</b></p>", "العلاج النفسي"),
        ("<p></p>", ""),
    ],
)
def test_the_text_of_an_element_is_plain(html: str, said: str) -> None:
    assert texts(html)[0] == ("p", said)


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>AT&T</p>", "AT&T"),
        ("<p>R&D rocks</p>", "R&D rocks"),
        ("<p>a &amp b</p>", "a & b"),
        ("<p>&copyfoo</p>", "©foo"),
        ("<p>&nosuch; x</p>", "&nosuch; x"),
        ("<p>tom & jerry</p>", "tom & jerry"),
    ],
)
def test_a_bare_ampersand_reads_as_in_a_browser(html: str, said: str) -> None:
    assert output.rendered(f"<main>{html}</main>".encode()).main == said
    assert outline(html).text == said


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<div><p>one</p>two</div>", "one two"),
        ("<ul><li>one<ul><li>two</li></ul>three</li></ul>", "one two three"),
        ("<table><tr><th>one</th><td>two</td></tr></table>", "one two"),
        ("<dl><dt>one</dt><dd>two</dd></dl>", "one two"),
        ("<details><summary>one</summary>two</details>", "one two"),
        ("<figure><img alt='x'><figcaption>one</figcaption>two</figure>", "one two"),
    ],
)
def test_words_of_different_blocks_stay_apart(html: str, said: str) -> None:
    assert output.rendered(f"<main>{html}</main>".encode()).main == said
    assert " ".join(outline(html).text.split()) == said


def test_the_text_of_a_body_has_its_blocks_on_lines_of_their_own() -> None:
    assert outline("<h2>One</h2>\n<p>two <b>three</b></p>\n<hr>\n<p>four</p>").text == "One\ntwo three\nfour"


def test_offsets_count_characters_over_lines_and_scripts() -> None:
    html = "<p>🌵é\nع</p>\n<p>x <img\n alt='>'> y</p>"
    first, second, image = outline(html)
    assert html[first.inside : first.close] == "🌵é\nع"
    assert html[second.start : second.end] == "<p>x <img\n alt='>'> y</p>"
    assert html[image.start : image.end] == "<img\n alt='>'>"
    assert image.inside == image.close == image.end


def test_attributes_are_as_a_browser_takes_them() -> None:
    (link,) = outline('<A HREF="/a/?b=1&amp;c=2" href="/second/" Title=\'"q"\' download>x</A>')
    assert link.tag == "a"
    assert link.attributes == {"href": "/a/?b=1&c=2", "title": '"q"', "download": ""}


def test_elements_know_their_parents() -> None:
    body = outline("<div><p>a <em>b</em></p></div><p>c</p>")
    assert [(element.tag, element.parent) for element in body] == [("div", -1), ("p", 0), ("em", 1), ("p", -1)]
    assert [block.tag for block in body.blocks] == ["div", "p"]
    assert body.inside(2, "div")
    assert body.inside(2, "em")
    assert not body.inside(3, "div", "em")


def test_headings_and_ids_are_found() -> None:
    body = outline('<h2 id="a">One</h2><section id="b"><h3>Two</h3></section><p id="">x</p>')
    assert [heading.text for heading in body.headings] == ["One", "Two"]
    assert body.ids == {"a", "b"}
    assert [element.tag for element in body.tagged("h3", "p")] == ["h3", "p"]


@pytest.mark.parametrize(
    ("html", "stray"),
    [
        ("<div><p>a</p>", ("<div>",)),
        ("<p>a</p></div>", ("</div>",)),
        ("<p><em>a</p>", ("<em>",)),
        ("<em><strong>a</em></strong>", ("<strong>", "</strong>")),
        ("a</br>", ("</br>",)),
        ("<div/>a", ("<div>",)),
        ("<ul><li>a<li>b</ul>", ()),
        ("<div><p>a</div>", ()),
        ("<p>a<div>b</div>", ()),
        ("<br/>", ()),
    ],
)
def test_tags_without_a_partner_are_told(html: str, stray: tuple[str, ...]) -> None:
    assert outline(html).stray == stray


def test_a_block_ends_an_open_paragraph() -> None:
    body = outline("<p>a<ul><li>b</li></ul>")
    assert [(element.tag, element.parent) for element in body] == [("p", -1), ("ul", -1), ("li", 1)]
    assert body.elements[0].end == body.elements[1].start


def test_markdown_makes_an_outline_without_strays() -> None:
    body = outline(html_of("# A\n\nb[^1]\n\n| c | d |\n|---|--:|\n| e | f |\n\ng\n:   h\n\n[^1]: i\n"))
    assert body.stray == ()
    assert_offsets_hold(body)
    assert {"h1", "table", "td", "dl", "sup", "li"} <= {element.tag for element in body}
