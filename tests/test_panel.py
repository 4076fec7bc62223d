"""The panel at the foot of each page of ``invoke serve``: asked over HTTP, and used in a browser by keyboard."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from local_seo import arial, checks
from local_seo.errors import Finding, Severity
from site_tools.preview import panel
from site_tools.report.measure import shown

from .conftest import OTHER, ROOT, Made, need, tree
from .test_serve import ARTICLE, PATIENCE_S, POLICY, Server, starting, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser
    from selectolax.lexbor import LexborNode

URL = "/__preview/panel/blog/stairs-again/"
AXE = ROOT / "tests" / "web_tools" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("panel")
    with starting(Path(shutil.copytree(OTHER, folder / "content")), folder / "temporary") as run:
        yield run()


def desk_of(made: Made) -> panel.Desk:
    return panel.desk(made.built, made.folder, "content")


def parts(desk: panel.Desk, made: Made, name: str, findings: tuple[Finding, ...] | None = ()) -> dict[str, LexborNode]:
    """Return the sections of a page's panel by their name."""
    html = desk.whole(name, (made.folder / name).read_bytes(), findings)
    return {str(node.attributes["data-part"]): node for node in LexborHTMLParser(str(html)).css("[data-part]")}


def words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


# --- over HTTP -----------------------------------------------------------------------------------------------------


def test_each_page_comes_with_one_line_and_says_where_the_rest_is(server: Server) -> None:
    for path in ("/", "/blog/stairs-again/", "/nothing/"):
        html = LexborHTMLParser(server.ask(path).text)
        (found,) = html.css("preview-panel")
        assert found.parent
        assert found.parent.tag == "body"
        assert found.css_first("details[open]") is None
        source = str(found.attributes["data-src"])
        assert server.ask(source).status == 200
    assert URL in server.ask("/blog/stairs-again/").text
    assert re.search(r"<span>\d+ words</span></summary>", server.ask("/blog/stairs-again/").text)


def test_the_whole_panel_has_the_findings_of_its_page_with_file_and_line(server: Server) -> None:
    server.shows(URL, 'data-checked="yes"')
    answer = server.ask(URL)
    assert answer.headers["Content-Security-Policy"] == POLICY
    notes = LexborHTMLParser(answer.text).css_first("[data-part=notes]")
    assert notes
    places = [node.text() for node in notes.css("code")]
    assert places
    assert {place.partition(":")[0] for place in places} == {f"{server.content}/{ARTICLE}"}
    assert "thin-page" in words(notes)
    assert "style=" not in answer.text, "the policy forbids it"


def test_there_is_no_panel_of_what_is_no_page(server: Server) -> None:
    for path in ("", "nothing/", "robots.txt", "feed.xml", "../panel.py", "%2e%2e/%2e%2e/practice.toml", "//evil"):
        answer = server.ask(f"/__preview/panel/{path}")
        assert answer.status == (200 if path == "" else 404), path
    assert "preview-panel" not in server.ask("/__preview/").text
    assert "preview-panel" not in server.ask("/feed.xml").text


def test_no_file_holds_any_of_it(server: Server, other: Made) -> None:
    (folder,) = server.folders
    for where in (folder / "site", other.folder):
        assert not any(b"preview-panel" in data for data in tree(where).values())


# --- what it says --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "width", "lines"), [(20, 600, 1), (20, 328, 2), (14, 600, 2), (14, 328, 3)])
def test_a_result_is_cut_where_the_next_word_would_not_fit(size: int, width: int, lines: int) -> None:
    text = "Postpartum therapy for parents and babies who cannot sleep, with words that widen as they go along " * 3
    cut = shown(text, size_px=size, width_px=width, lines=lines)
    assert cut.endswith(" ...")
    kept = cut.removesuffix(" ...")
    assert text.startswith(kept)
    filled = arial.width_px(kept) * size / arial.TITLE_SIZE_PX
    assert width * (lines - 0.5) < filled <= width * lines
    if lines == 1:
        following = text.removeprefix(kept).split()[0]
        assert arial.width_px(f"{kept} {following} ...") * size / arial.TITLE_SIZE_PX > width


def test_what_fits_is_not_cut() -> None:
    for text in ("", "Sleep", "Strength after a fall | Corvallis"):
        assert shown(text, size_px=20, width_px=600, lines=1) == text
    exact = "Sleep and rest"
    assert shown(exact, size_px=20, width_px=round(arial.width_px(exact)) + 1, lines=1) == exact


def test_only_the_findings_of_a_page_stand_in_its_panel(other: Made) -> None:
    def finding(path: str, message: str) -> Finding:
        return Finding(path, 3, "some-check", Severity.WARNING, message)

    found = (
        finding(f"content/{ARTICLE}", "of the article"),
        finding("content/articles/plain-words.md", "of another article"),
        finding("content/practice.toml", "of the home page (page /)"),
        finding("content/practice.toml", "of the practice"),
    )
    desk = desk_of(other)
    assert "of the article" in words(parts(desk, other, "blog/stairs-again/index.html", found)["notes"])
    assert "of another" not in words(parts(desk, other, "blog/stairs-again/index.html", found)["notes"])
    home = words(parts(desk, other, "index.html", found)["notes"])
    assert "of the home page" in home
    assert "of the practice" not in home
    assert "3 notes" not in str(desk.closed("index.html", found))
    assert "1 note<" in str(desk.closed("index.html", found))
    assert "checking" in str(desk.closed("index.html", None))


def test_every_finding_of_a_check_run_belongs_to_a_panel_or_to_the_whole_site(other: Made) -> None:
    desk = desk_of(other)
    findings = tuple(replace(each, path=f"content/{each.path}") for each in checks.run(other.built) if each.path)
    assert findings
    counted = sum(
        len(node.css("li"))
        for name in other.built.rendered
        for key, node in parts(desk, other, name, findings).items()
        if key == "notes"
    )
    written = [each for each in findings if each.path.removeprefix("content/") in other.built.site.by_path]
    assert counted >= len(written) > 0


def test_owners_links_dates_and_weight_are_told(build_it: Callable[..., Made], content: Path) -> None:
    more = '\n[[places]]\nname = "Albany"\ntype = "City"\nregion = "Oregon"\n'
    toml = content / "practice.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + more, encoding="utf-8")
    for name, cities in (("hips", "[Albany]"), ("more-hips", "[Albany, Corvallis]")):
        (content / f"articles/{name}.md").write_text(
            f"---\ntitle: {name}\ndate: 2026-03-09\nmodified: 2026-04-10\nreviewed: 2026-05-11\n"
            f"reviewer: ines-halvorsen\nservice: after-a-fall\nkeywords: [hip pain]\ncities: {cities}\n---\n\n"
            "See [stairs]({filename}stairs-again.md) and [a study](https://example.org/a).\n",
            encoding="utf-8",
        )
    made = build_it()
    desk = desk_of(made)
    found = parts(desk, made, "blog/more-hips/index.html")
    targets = words(found["targets"])
    assert "hip pain hips Albany This page Corvallis" in targets
    assert "Strength after a fall" in targets
    assert "From its words 1 Taking the stairs again" in words(found["links"])
    assert "To other sites 1 example.org" in words(found["links"])
    dated = words(found["dates"])
    assert "Published March 9, 2026" in dated
    assert "Last changed April 10, 2026" in dated
    assert "Reviewed May 11, 2026" in dated
    stairs = parts(desk, made, "blog/stairs-again/index.html")
    assert "To it, from the words of 2 hips , more-hips" in words(stairs["links"])
    assert "the front matter has no cities" in words(stairs["targets"])
    size = (made.folder / "blog/more-hips/index.html").stat().st_size
    assert f"HTML {size / 1000:,.1f} kB" in words(found["weight"])
    assert "(Brotli)" in words(found["weight"])


def test_structured_data_are_a_tree_and_what_was_typed_is_only_text(
    build_it: Callable[..., Made], content: Path
) -> None:
    evil = "</title><script>alert(1)</script>\"'&"
    (content / "articles/evil.md").write_text(
        f"---\ntitle: {json.dumps(evil)}\ndate: 2026-03-09\nkeywords: [{json.dumps(evil)}]\ncities: [Corvallis]\n---\n"
        "\nA.\n",
        encoding="utf-8",
    )
    made = build_it()
    finding = Finding("content/articles/evil.md", 1, "x", Severity.ERROR, evil, evil)
    name = "blog/evil/index.html"
    html = str(desk_of(made).whole(name, (made.folder / name).read_bytes(), (finding,)))
    assert "<script" not in html
    data = parts(desk_of(made), made, name)["data"]
    kinds = [words(node).partition(":")[0] for node in data.css("summary")]
    assert {"BlogPosting", "WebSite"} <= set(kinds)
    assert "author → Person" in words(data)


@pytest.mark.parametrize(
    "broken", ["{", "[1, 2]", '{"@graph": 3}', '"x"', '{"@graph": [{"@type": ["A", "B"], "n": null}]}']
)
def test_structured_data_of_any_theme_break_nothing(other: Made, broken: str) -> None:
    name = "blog/stairs-again/index.html"
    page = f'<!doctype html><title>T</title><script type="application/ld+json">{broken}</script><p>x'
    assert "preview-panel" in str(desk_of(other).whole(name, page.encode(), ()))


# --- in a browser --------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_browser_opens_it_by_keyboard_and_keeps_it_open_over_a_save(
    content: Path, tmp_path: Path, browser: Browser
) -> None:
    with starting(content, tmp_path / "temporary") as run:
        server = run()
        tab = browser.new_page(viewport={"width": 360, "height": 640})
        tab.set_default_timeout(PATIENCE_S * 1000)
        said: list[str] = []
        tab.on("console", lambda message: said.append(message.text))
        tab.on("pageerror", lambda error: said.append(str(error)))
        tab.goto(f"{server.address}/blog/stairs-again/")
        summary = tab.locator("preview-panel > details > summary")
        inside = tab.locator("[data-panel]")
        until(lambda: "note" in summary.inner_text(), "what the checks found, without loading the page again")
        assert not inside.is_visible()
        summary.focus()
        tab.keyboard.press("Enter")
        inside.wait_for()
        box = inside.bounding_box()
        assert box
        assert box["y"] + box["height"] <= 640
        tab.locator("[data-part=data] summary").first.press("Enter")
        tab.evaluate("document.querySelector('[data-panel]').scrollTop = 300")

        before = re.findall(r"\d+ words", summary.inner_text())
        server.add(ARTICLE, "Marigold.")
        tab.wait_for_selector("text=Marigold.", state="attached")
        tab.wait_for_selector("[data-part=data] details[open]", state="attached")
        until(lambda: tab.evaluate("document.querySelector('[data-panel]').scrollTop") == 300, "the panel as it was")
        assert re.findall(r"\d+ words", summary.inner_text()) != before

        tab.goto(f"{server.address}/blog/plain-words/")
        inside.wait_for()  # open is open on every page
        tab.keyboard.press("Tab")
        summary.focus()
        tab.keyboard.press("Escape")
        inside.wait_for(state="hidden")
        assert tab.evaluate("document.activeElement.tagName") == "SUMMARY"
        tab.goto(f"{server.address}/blog/stairs-again/")
        until(lambda: "note" in summary.inner_text(), "the panel")
        assert not inside.is_visible()
        assert said == []  # what the policy forbids would stand here


@pytest.mark.browser
def test_axe_finds_nothing_in_it(server: Server, browser: Browser) -> None:
    need(AXE.is_file(), "axe (`npm ci` in tests/web_tools)")
    for width in (360, 1280):
        for scheme in ("light", "dark"):
            tab = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
            ).new_page()
            for path in ("/blog/stairs-again/", "/services/after-a-fall/", "/nothing/", URL):
                tab.goto(f"{server.address}{path}")
                tab.wait_for_selector("preview-panel[data-checked=yes]", state="attached")
                tab.evaluate("for (const each of document.querySelectorAll('preview-panel details')) each.open = true")
                tab.wait_for_selector("[data-part=notes]")
                tab.evaluate(AXE.read_text(encoding="utf-8"))
                found = tab.evaluate("axe.run('preview-panel', {resultTypes: ['violations']})")["violations"]
                assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], (path, width, scheme)
                assert tab.evaluate("document.documentElement.scrollWidth") <= width
            tab.close()
