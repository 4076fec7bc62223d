"""Where the links and pictures of a body lead, and what is wrong with those that lead nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from local_seo.edits import apply
from local_seo.enrich.links import resolve
from local_seo.model.site import Image, Withheld
from local_seo.read.html import outline

from .factories import FACTS, a_document, a_site, an_area, an_article, an_image, with_practice

if TYPE_CHECKING:
    from local_seo.model.document import Document

PORCH = an_image("images/porch.png", 1600, 1000)
OTHERS = (
    an_article("other", "## Sleep and you\n\nWords."),
    a_document("services/postpartum-therapy.md", "## Café {#cafe}\n\nWords."),
    a_document("pages/fees.md", "Words."),
    a_document("people/marisela-quintero.md"),
    an_area("indio"),
    a_document("areas/mecca.md"),
)


class Body:
    """What became of a body; its first line is line 5 of the file."""

    def __init__(self, markdown: str, *others: Document, **changes: Any) -> None:  # noqa: ANN401 - site or resolve
        asked = {key: changes.pop(key) for key in ("absolute", "eager") if key in changes}
        path = changes.pop("path", "articles/a.md")
        date = {"date": "2026-10-05"} if path.startswith("articles/") else {"slug": None}
        document = a_document(path, markdown, **date)
        images = {image.path: image for image in changes.pop("images", (PORCH,))}
        site = a_site(document, *(others or OTHERS), images=images, **changes)
        made = resolve(site.by_path[path], site, **asked)
        self.html = apply(document.body.html, made.edits)
        self.outline = outline(self.html)
        self.faults = [str(finding).removeprefix(f"{path}:") for finding in made.findings]

    @property
    def href(self) -> str:
        (link,) = self.outline.tagged("a")
        return link.attributes["href"]

    @property
    def image(self) -> dict[str, str]:
        (image,) = self.outline.tagged("img")
        return dict(image.attributes)


# --- links that lead somewhere ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "href"),
    [
        ("{filename}/articles/other.md", "/blog/other/"),
        ("{filename}other.md", "/blog/other/"),
        ("{filename}./other.md", "/blog/other/"),
        ("{filename}../services/postpartum-therapy.md", "/services/postpartum-therapy/"),
        ("{filename}/services/postpartum-therapy.md#cafe", "/services/postpartum-therapy/#cafe"),
        ("|filename|/pages/fees.md", "/fees/"),
        ("{filename}/people/marisela-quintero.md", "/about/marisela-quintero/"),
        ("{filename}/areas/indio.md", "/areas/indio/"),
        ("{filename}/articles/other.md#sleep-and-you", "/blog/other/#sleep-and-you"),
        ("{filename}/images/porch.png", "/images/porch.0123abcd.png"),
        ("{static}/images/porch.png", "/images/porch.0123abcd.png"),
        ("{attach}/images/porch.png", "/images/porch.0123abcd.png"),
        ("/blog/other/", "/blog/other/"),
        ("/blog/other/#sleep-and-you", "/blog/other/#sleep-and-you"),
        ("/fees/?from=a", "/fees/?from=a"),
        ("/", "/"),
        ("/feed.xml", "/feed.xml"),
        ("/areas/#mecca", "/areas/#mecca"),
        ("/areas/indio/#postpartum-therapy", "/areas/indio/#postpartum-therapy"),
        ("https://www.saltbush-family.example/fees/", "/fees/"),
        ("https://www.saltbush-family.example", "/"),
        ("https://www.saltbush-family.example.evil.com/fees/", "https://www.saltbush-family.example.evil.com/fees/"),
        ("https://other.example/a?b=c&d=e#f", "https://other.example/a?b=c&d=e#f"),
        ("HTTPS://other.example/", "HTTPS://other.example/"),
        ("tel:+17605550142", "tel:+17605550142"),
        ("mailto:hello@saltbush-family.example", "mailto:hello@saltbush-family.example"),
    ],
)
def test_a_link_leads_to_the_page_that_is_meant(written: str, href: str) -> None:
    body = Body(f"[x]({written})")
    assert body.faults == []
    assert body.href == href


def test_a_place_without_a_page_leads_to_its_line() -> None:
    assert Body("[x]({filename}/areas/mecca.md)").href == "/areas/#mecca"
    assert Body("[x]({filename}/areas/mecca.md#history)").href == "/areas/#mecca"


def test_a_link_within_the_page_stays_there() -> None:
    for written in ("#then", "{filename}a.md#then", "/blog/a/#then"):
        body = Body(f"## Then\n\n[x]({written})")
        assert (body.href, body.faults) == ("#then", [])


def test_a_footnote_leads_down_and_up() -> None:
    assert Body("Words.[^1]\n\n[^1]: A note.").faults == []


def test_files_of_the_sites_root_can_be_linked_to() -> None:
    extra = frozenset({"/forms/intake.pdf"})
    for written in ("/forms/intake.pdf", "{static}/extra/forms/intake.pdf"):
        body = Body(f"[x]({written})", extra=extra)
        assert (body.href, body.faults) == ("/forms/intake.pdf", [])


def test_a_file_name_with_spaces_may_be_encoded() -> None:
    image = Image(path="images/a b.png", url="/images/a-b.png", width=4, height=3, media_type="image/png")
    assert Body("![x]({static}/images/a%20b.png)", images=(image,)).image["src"] == "/images/a-b.png"


def test_an_address_copied_from_the_browser_may_be_encoded() -> None:
    other = an_article("العلاج", "## النوم\n\nWords.")
    encoded = "%D8%A7%D9%84%D8%B9%D9%84%D8%A7%D8%AC"
    assert Body("[x](/blog/العلاج/#النوم)", other).faults == []
    assert Body(f"[x](/blog/{encoded}/)", other).faults == []
    assert Body("[x](/blog/العلاج/#%D8%A7%D9%84%D9%86%D9%88%D9%85)", other).faults == []


def test_in_a_feed_every_address_of_the_site_has_the_origin_in_front() -> None:
    body = Body(
        "## Then\n\n[a](/fees/) [b](#then) [c]({filename}/areas/mecca.md) [d](https://other.example/) "
        "[e](tel:+17605550142) ![f]({static}/images/porch.png)",
        absolute=True,
    )
    origin = "https://www.saltbush-family.example"
    assert [link.attributes["href"] for link in body.outline.tagged("a")] == [
        f"{origin}/fees/",
        f"{origin}/blog/a/#then",
        f"{origin}/areas/#mecca",
        "https://other.example/",
        "tel:+17605550142",
    ]
    assert body.image["src"] == f"{origin}/images/porch.0123abcd.png"


def test_a_build_for_another_origin_leads_to_itself() -> None:
    origin = "https://preview.example"
    for written in ("/fees/", "https://www.saltbush-family.example/fees/", "https://preview.example/fees/"):
        assert Body(f"[x]({written})", origin=origin).href == "/fees/"
        assert Body(f"[x]({written})", origin=origin, absolute=True).href == "https://preview.example/fees/"


def test_own_addresses_are_known_when_the_practice_writes_a_slash_at_the_end() -> None:
    facts = with_practice(url="https://own.example/")
    assert Body("[x](https://own.example/fees/)", facts=facts, origin="https://own.example").href == "/fees/"


# --- links that lead nowhere --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (
            "{filename}/articles/othr.md",
            'error[dead-link]: the link "{filename}/articles/othr.md" leads to no file - '
            'did you mean "articles/other.md"?',
        ),
        (
            "{filename}/other.md",
            'error[dead-link]: the link "{filename}/other.md" leads to no file - did you mean "articles/other.md"?',
        ),
        (
            "{static}/extra/none.pdf",
            'error[dead-link]: the link "{static}/extra/none.pdf" leads to no file - ',
        ),
        ("/feees/", 'error[dead-link]: the link "/feees/" leads nowhere on this site - did you mean "/fees/"?'),
        ("/fees", 'error[dead-link]: the link "/fees" leads nowhere on this site - write /fees/'),
        (
            "/fees/index.html",
            'error[dead-link]: the link "/fees/index.html" leads nowhere on this site - write /fees/',
        ),
        (
            "fees.md",
            'error[dead-link]: the link "fees.md" leads nowhere on this site - '
            "write {filename}/folder/file.md, /an/address/ or https://...",
        ),
        (
            "{slug}other",
            'error[dead-link]: the link "{slug}other" leads nowhere on this site - '
            "write {filename}/folder/file.md, /an/address/ or https://...",
        ),
        (
            "https://www.saltbush-family.example/feees/",
            'error[dead-link]: the link "/feees/" leads nowhere on this site - did you mean "/fees/"?',
        ),
        (
            "#ten",
            'error[dead-link]: the link "#ten" leads to no heading or id of that page - did you mean "then"?',
        ),
        (
            "/blog/other/#sleep-an-you",
            'error[dead-link]: the link "/blog/other/#sleep-an-you" leads to no heading or id of that page - '
            'did you mean "sleep-and-you"?',
        ),
        (
            "/areas/#atlantis",
            'error[dead-link]: the link "/areas/#atlantis" leads to no heading or id of that page - ',
        ),
        ("javascript:alert(1)", 'error[bad-scheme]: a link to "javascript:alert(1)" - '),
        ("JAVASCRIPT:alert(1)", 'error[bad-scheme]: a link to "JAVASCRIPT:alert(1)" - '),
        ("data:text/html,x", 'error[bad-scheme]: a link to "data:text/html,x" - '),
        ("ftp://files.example/", 'error[bad-scheme]: a link to "ftp://files.example/" - '),
        (
            "//evil.example/",
            'error[bad-scheme]: a link to "//evil.example/" - begin it with https://',
        ),
    ],
)
def test_a_dead_link_has_its_line_and_what_to_do(written: str, fault: str) -> None:
    (found,) = Body(f"## Then\n\nWords.\n\nSee [x]({written}).").faults
    assert found.startswith(f"9: {fault}")


def test_a_script_behind_a_line_break_is_refused() -> None:
    body = Body('<p><a href="java&#10;script&#58;alert(1)">x</a></p>')
    assert [fault.split(": ")[1] for fault in body.faults] == ["error[bad-scheme]"]


@pytest.mark.parametrize("written", ["/\\evil.example/", "\\\\evil.example/", "/%5Cevil.example/"])
def test_another_host_in_disguise_is_refused(written: str) -> None:
    assert len(Body(f'<p><a href="{written}">x</a></p>').faults) == 1


def test_a_link_to_nowhere_at_all_is_refused() -> None:
    assert len(Body("[x]()").faults) == 1


def test_a_link_to_a_draft_says_so() -> None:
    withheld = {
        "articles/d.md": Withheld(reason="a draft", url="/blog/d/"),
        "articles/e.md": Withheld(reason="an article that is not published before 2026-12-01", url="/blog/e/"),
    }
    draft, later = Body("[x]({filename}d.md)\n\n[y]({filename}e.md)", withheld=withheld).faults
    assert draft == (
        '5: error[dead-link]: the link "{filename}d.md" leads to a draft - publish it first, or take the link out'
    )
    assert later.startswith("7: error[dead-link]: ")
    assert "2026-12-01" in later


def test_a_plain_address_of_a_draft_leads_nowhere() -> None:
    withheld = {"articles/d.md": Withheld(reason="a draft", url="/blog/d/")}
    assert len(Body("[x](/blog/d/)", withheld=withheld).faults) == 1


def test_a_file_with_faults_of_its_own_is_not_reported_twice() -> None:
    body = Body("[x]({filename}d.md)", withheld={"articles/d.md": Withheld(reason="")})
    assert body.faults == []


def test_a_file_without_a_page_of_its_own_is_told() -> None:
    assert Body("[x]({filename}/topics/sleep.md)", a_document("topics/sleep.md")).faults == [
        '5: error[dead-link]: the link "{filename}/topics/sleep.md" leads to a file that has no page of its own - '
        "take the link out"
    ]


def test_each_use_of_a_dead_link_has_its_own_line() -> None:
    body = Body("[a](/none/)\n\nWords and [b](/none/).\n\n[c](/fees/)\n\n[d](/none/)")
    assert [fault.partition(":")[0] for fault in body.faults] == ["5", "7", "11"]


def test_a_link_that_begins_another_has_its_own_line() -> None:
    body = Body("[a](/blog/other/)\n\n[b](/blog/)\n\n[c](/blog)")
    assert [fault.partition(":")[0] for fault in body.faults] == ["9"]


def test_the_feed_is_dead_while_nothing_is_listed() -> None:
    assert len(Body("[x](/feed.xml)", a_document("pages/fees.md"), path="pages/about.md").faults) == 1


# --- pictures -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "{static}/images/porch.png",
        "{static}../images/porch.png",
        "{filename}/images/porch.png",
        "/images/porch.png",
        "images/porch.png",
        "https://www.saltbush-family.example/images/porch.png",
    ],
)
def test_a_picture_has_its_address_and_its_size(written: str) -> None:
    body = Body(f"![A porch]({written})")
    assert body.faults == []
    assert body.image == {
        "alt": "A porch",
        "src": "/images/porch.0123abcd.png",
        "width": "1600",
        "height": "1000",
        "loading": "lazy",
        "decoding": "async",
    }


def test_only_the_first_picture_is_eager_and_only_when_asked() -> None:
    pictures = "![a](/images/porch.png)\n\n![b](/images/porch.png)"
    first, second = Body(pictures, eager=True).outline.tagged("img")
    assert first.attributes["fetchpriority"] == "high"
    assert "loading" not in first.attributes
    assert second.attributes["loading"] == "lazy"
    assert "fetchpriority" not in second.attributes
    assert all(image.attributes["loading"] == "lazy" for image in Body(pictures).outline.tagged("img"))


def test_a_dead_picture_leaves_the_next_one_eager() -> None:
    body = Body("![a](/images/none.png)\n\n![b](/images/porch.png)", eager=True)
    assert body.outline.tagged("img")[1].attributes["fetchpriority"] == "high"


def test_a_picture_without_alt_text_has_an_empty_one() -> None:
    assert Body('<p><img src="/images/porch.png"></p>').image["alt"] == ""


def test_a_size_that_the_writer_gives_in_full_is_kept() -> None:
    image = Body('<p><img src="/images/porch.png" alt="" width="300" height="200"></p>').image
    assert (image["width"], image["height"]) == ("300", "200")


@pytest.mark.parametrize(("given", "size"), [('width="320"', ("320", "200")), ('height="100"', ("160", "100"))])
def test_half_a_size_keeps_the_proportions(given: str, size: tuple[str, str]) -> None:
    image = Body(f'<p><img src="/images/porch.png" alt="" {given}></p>').image
    assert (image["width"], image["height"]) == size


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        (
            "{static}/images/proch.png",
            'the picture "{static}/images/proch.png" does not exist - did you mean "images/porch.png"?',
        ),
        (
            "https://other.example/a.png",
            'the picture "https://other.example/a.png" lies on another host - '
            "save it below content/images/ and name it {static}/images/...",
        ),
        ("//other.example/a.png", 'the picture "//other.example/a.png" lies on another host - '),
        ("data:image/png;base64,AA", 'the picture "data:image/png;base64,AA" does not exist - '),
        ("/fees/", 'the picture "/fees/" does not exist - '),
        ("{static}/../../etc/passwd", 'the picture "{static}/../../etc/passwd" does not exist - '),
    ],
)
def test_a_dead_picture_has_its_line_and_what_to_do(written: str, fault: str) -> None:
    (found,) = Body(f"Words.\n\n![x]({written})").faults
    assert found.startswith(f"7: error[dead-link]: {fault}")


def test_without_any_picture_the_remedy_says_where_they_belong() -> None:
    (found,) = Body("![x](/images/a.png)", images=()).faults
    assert found.endswith("does not exist - put it below content/images/")


def test_an_address_that_cannot_be_taken_apart_is_a_dead_picture() -> None:
    assert len(Body('<p><img src="http://[x" alt=""></p>').faults) == 1


# --- attributes ---------------------------------------------------------------------------------------------


def test_values_of_attributes_come_out_as_they_were_meant() -> None:
    body = Body('[x]({filename}/pages/fees.md \'Say "hi" & <b>\')\n\n<p><a href="/fees/?a=1&amp;b=2">y</a></p>')
    first, second = body.outline.tagged("a")
    assert first.attributes == {"href": "/fees/", "title": 'Say "hi" & <b>'}
    assert second.attributes == {"href": "/fees/?a=1&b=2"}
    assert body.outline.tagged("b") == ()


def test_a_rewritten_link_keeps_its_other_attributes_escaped() -> None:
    body = Body('<p><a title="&quot;&gt;&lt;i&gt;\'" href="{filename}/pages/fees.md" rel=nofollow>y</a></p>')
    (link,) = body.outline.tagged("a")
    assert link.attributes == {"title": "\"><i>'", "href": "/fees/", "rel": "nofollow"}
    assert body.outline.tagged("i") == ()


def test_what_needs_no_change_is_left_untouched() -> None:
    html = "<p>5 > 3 &amp; <a  HREF='/fees/'  >x</a> <em>y</em></p>"
    assert Body(html).html == html


def test_the_alignment_of_table_cells_becomes_a_class() -> None:
    body = Body("| a | b | c |\n|:--|:-:|--:|\n| 1 | 2 | 3 |")
    assert [cell.attributes for cell in body.outline.tagged("th")] == [
        {"class": "align-left"},
        {"class": "align-center"},
        {"class": "align-right"},
    ]
    assert "style" not in body.html


def test_a_wide_table_can_be_reached_by_the_keyboard() -> None:
    (table,) = Body("| a | b |\n|---|---|\n| 1 | 2 |").outline.tagged("table")
    assert table.attributes == {"tabindex": "0"}


def test_the_empty_corner_of_a_table_is_a_plain_cell() -> None:
    body = Body("|   | Mon |\n|---|-----|\n| 9 | yes |")
    cells = [(cell.tag, cell.text) for cell in body.outline.tagged("th", "td")]
    assert cells == [("td", ""), ("th", "Mon"), ("td", "9"), ("td", "yes")]
    assert body.outline.stray == ()


def test_an_empty_corner_keeps_its_span() -> None:
    body = Body('<table><tr><th colspan="2" rowspan="3"></th><th>x</th></tr></table>')
    (corner,) = body.outline.tagged("td")
    assert corner.attributes == {"colspan": "2", "rowspan": "3"}


@pytest.mark.parametrize(
    "html", ['<th aria-label="Day"></th>', '<th><img src="/images/porch.png" alt="Day"></th>', "<th>Day</th>"]
)
def test_a_header_that_is_called_something_stays_one(html: str) -> None:
    assert len(Body(f"<table><tr>{html}</tr></table>").outline.tagged("th")) == 1


@pytest.mark.parametrize(
    ("html", "classes"),
    [
        ('<p style="text-align: right">x</p>', {"align-right"}),
        ('<p style=" text-align:  center; ">x</p>', {"align-center"}),
        ('<p class="note" style="text-align: right">x</p>', {"note", "align-right"}),
    ],
)
def test_an_alignment_adds_its_class(html: str, classes: set[str]) -> None:
    (element,) = Body(html).outline.tagged("p")
    assert set(element.attributes["class"].split()) == classes


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="/fees/" style="text-align: right">x</a></p>',
        '<p><img src="/images/porch.png" alt="" style="text-align: right"></p>',
        '<p><a id="x" style="text-align: right">x</a></p>',
        '<table style="text-align: right"><tr><td>x</td></tr></table>',
        '<table><tr><th style="text-align: right"></th></tr></table>',
    ],
)
def test_no_inline_style_is_left(html: str) -> None:
    assert "style=" not in Body(html).html


def test_a_named_anchor_is_no_link() -> None:
    body = Body('<p><a id="here">x</a></p>')
    assert body.faults == []
    assert body.html == '<p><a id="here">x</a></p>'


def test_a_document_without_a_page_is_still_read() -> None:
    document = a_document("areas/mecca.md", "[x](/none/)\n\n[y](#z)")
    site = a_site(document, facts=FACTS)
    assert len(resolve(site.by_path["areas/mecca.md"], site).findings) == 2
