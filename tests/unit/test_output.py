"""A finished HTML file in, what a browser reads in it out."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo.read.output import Pages, rendered

PAGE = """\
<!doctype html>
<html lang="en-US">
<head>
<title>First  weeks | Saltbush &amp; more</title>
<meta charset="utf-8">
<meta name="description" content="A &quot;b&quot;">
<meta property="og:image" content="https://a.example/1.png">
<meta property="og:image" content="https://a.example/2.png">
<link rel="canonical" href="https://a.example/blog/">
<link rel="icon stylesheet" href="/theme/site.css">
<link rel="alternate" href="/feed.xml">
<script type="application/ld+json">{"a": "<b>"}</script>
</head>
<body id="top">
<header><a href="/" aria-label="Home page">Home</a></header>
<main id="content">
<h1>First <em>weeks</em></h1>
<p>New<b>born</b>&nbsp;days<br>and nights.</p><p>More.</p>
<script>document.write("no")</script><style>p { }</style><template>not this</template><!-- nor this -->
<h2>Then</h2>
<a href="/blog/"><img src="/images/a.png" alt="A porch" width="4" height="3"></a>
<a>no link</a> <a href="">empty</a>
<img src="/images/b.png" srcset="/images/b2.png 2x, https://cdn.example/b3.png 3x">
</main>
<form action="https://forms.example/"></form>
<iframe src="https://frames.example/"></iframe>
<svg><title>Not the title</title></svg>
</body>
</html>
"""


def test_the_head_is_read() -> None:
    page = rendered(PAGE.encode())
    assert page.language == "en-US"
    assert page.titles == ("First weeks | Saltbush & more",)
    assert page.meta("description") == ('A "b"',)
    assert page.meta("og:image") == ("https://a.example/1.png", "https://a.example/2.png")
    assert page.meta("robots") == ()
    assert page.links == (
        ("canonical", "https://a.example/blog/"),
        ("icon stylesheet", "/theme/site.css"),
        ("alternate", "/feed.xml"),
    )
    assert page.structured_data == ('{"a": "<b>"}',)


def test_the_body_is_read() -> None:
    page = rendered(PAGE.encode())
    assert page.headings == ((1, "First weeks"), (2, "Then"))
    assert page.ids == ("top", "content")
    assert [image["src"] for image in page.images] == ["/images/a.png", "/images/b.png"]
    assert page.images[0] == {"src": "/images/a.png", "alt": "A porch", "width": "4", "height": "3"}


def test_a_link_is_called_what_a_screen_reader_says() -> None:
    assert rendered(PAGE.encode()).anchors == (("/", "Home page"), ("/blog/", "A porch"), ("", "empty"))


def test_a_reader_sees_no_scripts_and_words_of_blocks_apart() -> None:
    page = rendered(PAGE.encode())
    assert page.main == "First weeks Newborn days and nights. More. Then no link empty"
    assert page.text.startswith("Home First weeks Newborn")
    assert "Not the title" not in rendered(b"<p>a</p>").text


@pytest.mark.parametrize("tag", ["b", "span", "sup", "kbd", "mark", "u", "del", "ins"])
def test_an_inline_element_tears_no_word_apart(tag: str) -> None:
    assert rendered(f"<main>new<{tag}>born</{tag}>s</main>".encode()).main == "newborns"


def test_what_a_browser_fetches_by_itself_is_listed() -> None:
    assert set(rendered(PAGE.encode()).requests) == {
        "/images/a.png",
        "/images/b.png",
        "/images/b2.png",
        "https://cdn.example/b3.png",
        "https://forms.example/",
        "https://frames.example/",
        "/theme/site.css",
    }


@pytest.mark.parametrize(
    "html",
    [
        '<link rel="preconnect" href="https://x.example">',
        '<link rel="PRELOAD" href="https://x.example">',
        '<link rel="dns-prefetch" href="https://x.example">',
        '<link rel="prefetch" href="https://x.example">',
        '<link rel="manifest" href="https://x.example">',
        '<script src="https://x.example"></script>',
        '<picture><source srcset="https://x.example 2x"></picture>',
        '<video src="https://x.example"></video>',
        '<video poster="https://x.example"></video>',
        '<audio src="https://x.example"></audio>',
        '<video><source src="https://x.example"></video>',
        '<track src="https://x.example">',
        '<embed src="https://x.example">',
        '<object data="https://x.example"></object>',
        '<input type="image" src="https://x.example">',
    ],
)
def test_every_way_to_fetch_from_another_host_is_seen(html: str) -> None:
    assert "https://x.example" in rendered(html.encode()).requests


def test_a_link_that_is_only_followed_is_no_request() -> None:
    html = '<a href="https://x.example/">x</a><link rel="canonical" href="https://x.example/">'
    assert rendered(html.encode()).requests == ()


def test_a_file_without_any_part_is_empty() -> None:
    page = rendered(b"")
    assert (page.language, page.titles, page.text, page.main) == ("", (), "", "")


def test_no_file_is_nested_too_deeply_to_read() -> None:
    # In a process of its own: showing where a thousand calls deep a test failed takes minutes.
    code = "from local_seo.read.output import rendered; print(rendered(b'<main>' + b'<div>' * 5000 + b'words').main)"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.stderr[-200:]) == ("words\n", "")


@given(st.binary(max_size=200))
def test_no_bytes_are_too_broken_to_read(data: bytes) -> None:
    rendered(data)
    rendered(b"<main><a href='x'>" + data)


def test_what_somebody_wrote_is_read_block_by_block() -> None:
    page = rendered(
        b'<main><h1>Title</h1><p>By A</p><div class="prose"><p>One <a href="/b/"><em>two</em></a>.<br>Three</p>'
        b"<div data-shared><p>Call us</p></div><h2>Then</h2><ul><li>First<ul><li><p>Inner</p></li></ul></li></ul>"
        b'<blockquote><p>Said</p></blockquote><nav>No</nav><p>Last<sup><a class="footnote-ref" href="#fn">1</a></sup>'
        b"</p>"
        b"</div><p>Related</p></main>"
    )
    assert [(passage.tag, passage.text) for passage in page.passages] == [
        ("p", "One two. Three"),
        ("h2", "Then"),
        ("li", "First"),
        ("li", "Inner"),
        ("blockquote", "Said"),
        ("p", "Last"),
    ]
    assert page.passages[0].links == (("/b/", "two"),)
    assert page.writing is page.writing


def test_a_theme_without_a_place_for_prose_is_read_whole() -> None:
    page = rendered(b"<main><h1>Title</h1><p>One.</p><footer data-shared>No</footer></main>")
    assert [passage.text for passage in page.passages] == ["Title", "One."]


@pytest.mark.parametrize(
    "attributes",
    ["hidden", 'style="display: none"', 'style="font-size:0"', 'style="opacity: 0;"', 'style="text-indent:-9999px"',
     'style="color:#FFF"', 'class="note sr-only"', 'style="position:absolute; left: -5000px"'],
)  # fmt: skip
def test_hidden_text_is_seen(attributes: str) -> None:
    assert rendered(f"<p>Seen</p><p {attributes}>Not seen</p>".encode()).hidden == ("Not seen",)


@pytest.mark.parametrize(
    "attributes", ['style="opacity:0.5"', 'style="font-size:0.8em"', 'style="background-color:white"', 'class="small"']
)
def test_shown_text_is_not_called_hidden(attributes: str) -> None:
    assert rendered(f"<p {attributes}>Seen</p>".encode()).hidden == ()


def test_pages_are_parsed_when_they_are_asked_for() -> None:
    files = {"index.html": b"<h1>Home</h1>", "feed.xml": b"<feed/>", "naps/index.html": b"<h1>Naps</h1>"}
    pages = Pages(files)
    assert list(pages) == ["index.html", "naps/index.html"]
    assert len(pages) == 2
    assert pages["naps/index.html"] == rendered(files["naps/index.html"])
    assert pages["naps/index.html"] is pages["naps/index.html"]
    assert pages.get("feed.xml") is None
    assert dict(pages) == {name: rendered(files[name]) for name in pages}


@pytest.mark.parametrize(
    ("html", "names"),
    [
        ("<p onclick=a>", ["onclick on <p>"]),
        ("<p\nOnClick = 'a' title=b onfocus=c>", ["onclick on <p>", "onfocus on <p>"]),
        ("<img/onerror=a>", ["onerror on <img>"]),
        ("<p title='a'onclick=b>", ["onclick on <p>"]),
        ("<p data-on=a common=b>on and on, on\u00a0=</p>", []),
    ],
)
def test_every_handler_of_an_event_is_refused(html: str, names: list[str]) -> None:
    assert list(rendered(html.encode()).refused) == names
