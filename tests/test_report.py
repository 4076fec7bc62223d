"""``invoke report`` on real builds: what it counts, how it is drawn, and what it makes of a Search Console export."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from local_seo import limits
from local_seo.cache import Kept
from local_seo.errors import SourceError
from local_seo.model.view import View
from local_seo.read.output import rendered
from site_tools import report
from site_tools.report import demand, facts, search_console
from site_tools.report.measure import Reading, Web, Weight, loads, reading, weight
from site_tools.report.search_console import Row
from site_tools.report.targets import Targets

from .conftest import ROOT, SAMPLE, Made, command, make, need

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from site_tools.report.facts import Report

TODAY = dt.date(2026, 11, 22)
QUERIES = "Top queries,Clicks,Impressions,CTR,Position\n"
PAGES = "Top pages,Clicks,Impressions,CTR,Position\n"
ORIGIN = "https://www.saltbush-family.example"
# Words in the practice's own trade, places of its own and of others, misspelt ones, its name.
ASKED = """postpartum therapist palm desert,21,"1,240",1.69%,6.2
saltbush family therapy,80,120,66.67%,1.1
therapist in temecula,0,310,0%,24.5
postpartum therapy temecula ca,1,95,1.05%,18
sleep training indio,0,88,0%,31.4
anxiety palm desert,3,140,2.14%,12
anxiety rancho mirage,0,60,0%,40.1
baby sleep regression,2,400,0.5%,33
postpatum therapist,0,33,0%,22
therapist mecca,0,20,0%,15
emdr therapist near me,0,45,0%,55
birth truama therapist rancho mirge,0,12,0%,14
"therapist, ""gentle"" near san diego",0,9,0%,70
"""
SEEN = f"""{ORIGIN}/,90,600,15%,2.1
{ORIGIN}/services/postpartum-therapy/,22,"1,500",1.47%,7.4
https://saltbush-family.example/blog/baby-blues-or-depression/,4,900,0.44%,3.2
{ORIGIN}/blog/first-therapy-session/,0,49,0%,11
{ORIGIN}/blog/old-post/,1,70,1.43%,20
{ORIGIN}/areas/indio/#fees,3,60,5%,9
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Made:
    return make(SAMPLE, tmp_path_factory.mktemp("report") / "site", today=TODAY)


@pytest.fixture(scope="module")
def found(built: Made) -> Report:
    return facts.gather(built.built)


def article(content: Path, name: str, front: str, words: str = "Words.") -> None:
    (content / "articles" / f"{name}.md").write_text(
        f"---\ntitle: {name.title()}\ndate: 2026-03-09\n{front}---\n\n{words}\n", encoding="utf-8"
    )


# --- what is counted -----------------------------------------------------------------------------------------------


def test_every_page_is_counted_once_with_what_it_weighs(built: Made, found: Report) -> None:
    urls = [page.url for page in found.pages]
    assert len(urls) == len(set(urls))
    assert set(urls) == {page.url for page in built.built.site.pages if page.number == 1} - {"/404.html"}
    for page in found.pages:
        file = built.folder / page.url.lstrip("/") / "index.html"
        assert page.html == file.stat().st_size
        sheets = re.findall(r'<link rel="stylesheet" href="/([^"]+)"', file.read_text(encoding="utf-8"))
        assert page.css == sum((built.folder / sheet).stat().st_size for sheet in sheets) > 0
    area = next(page for page in found.pages if page.url == "/areas/indio/")
    assert area.pictures > 0
    assert area.words is not None
    assert (area.kind, area.file) == ("area", "areas/indio.md")


def test_a_page_is_parsed_once_and_again_when_it_changed(
    build_it: Callable[..., Made], content: Path, tmp_path: Path
) -> None:
    article(content, "one", "summary: The first\n", "Some words here. " * 60)
    article(content, "two", "summary: The second\n", "Other words there. " * 60)
    first = build_it(today=TODAY).built
    report_of_first = facts.gather(first, None, Kept(tmp_path / "kept"))
    assert facts.gather(replace(first, rendered={}), None, Kept(tmp_path / "kept")) == report_of_first
    article(content, "two", "summary: The second\n", "Fewer words. " * 40)
    second = build_it(today=TODAY).built
    changed = {name: page for name, page in second.rendered.items() if second.files[name] != first.files[name]}
    assert "blog/two/index.html" in changed
    assert "privacy/index.html" not in changed
    again = facts.gather(replace(second, rendered=changed), None, Kept(tmp_path / "kept"))
    assert again == facts.gather(second)
    assert again != report_of_first


def test_links_in_texts_are_told_from_those_around_them(build_it: Callable[..., Made], content: Path) -> None:
    article(content, "one", "service: after-a-fall\n", "See [two](/blog/two/) and <a class='b' href='/privacy/'>p</a>.")
    article(
        content,
        "two",
        "service: after-a-fall\n",
        "See [out](https://example.org/a?b=1&c=2) and [one]({filename}one.md).",
    )
    made = build_it()
    web = Web(site=made.built.site, views=made.built.views)
    assert web.out["/blog/one/"].text == ("/blog/two/", "/privacy/")
    assert web.out["/blog/two/"].outward == ("https://example.org/a?b=1&c=2",)
    assert web.text_in["/blog/one/"] == ("/blog/two/",)
    assert "/services/after-a-fall/" in web.around_in["/blog/one/"]
    assert "/blog/one/" not in web.out["/blog/one/"].around


def test_the_map_has_each_service_in_each_place_and_says_who_answers(
    build_it: Callable[..., Made], content: Path
) -> None:
    places = '\n[[places]]\nname = "Albany"\ntype = "City"\nregion = "Oregon"\n'
    toml = content / "practice.toml"
    toml.write_text(toml.read_text(encoding="utf-8") + places, encoding="utf-8")
    article(content, "hips", "keywords: [hip pain]\ncities: [Albany]\n")
    article(content, "more-hips", "keywords: [hip pain]\ncities: [Albany]\n")
    article(content, "behind", "keywords: [other, hip pain]\ncities: [Albany]\n")
    made = build_it()
    shown = facts.gather(made.built)
    assert shown.services == ("Strength after a fall",)
    cells = {(cell.subject, cell.place): cell for cell in shown.cells}
    assert len(cells) == len(shown.cells) == (len(shown.services) + len(shown.keywords)) * 2
    assert cells["Strength after a fall", "Albany"].state == "owned"
    assert cells["Strength after a fall", "Albany"].owner == "/services/after-a-fall/"
    assert cells["hip pain", "Albany"].state == "supported"
    assert cells["hip pain", "Albany"].owner == "/blog/hips/"
    assert set(cells["hip pain", "Albany"].supporters) == {"/blog/more-hips/", "/blog/behind/"}
    assert cells["hip pain", "Corvallis"].state == "gap"
    assert [(clash.subject, clash.place, clash.pages) for clash in shown.clashes] == [
        ("hip pain", "Albany", ("/blog/hips/", "/blog/more-hips/"))
    ]


def test_age_is_counted_from_the_later_of_change_and_review(build_it: Callable[..., Made], content: Path) -> None:
    article(content, "old", "")
    article(content, "seen", "reviewed: 2026-11-12\nreviewer: ines-halvorsen\n")
    article(content, "changed", "modified: 2026-11-02\nreviewed: 2026-10-01\nreviewer: ines-halvorsen\n")
    made = build_it(today=TODAY)
    pages = {page.url: page for page in facts.gather(made.built).pages}
    assert pages["/blog/old/"].age_days == (TODAY - dt.date(2026, 3, 9)).days
    assert pages["/blog/seen/"].age_days == 10
    assert pages["/blog/changed/"].age_days == 20
    assert pages["/privacy/"].age_days is None


def test_a_grade_is_told_only_of_english_texts_that_are_long_enough(
    build_it: Callable[..., Made], content: Path
) -> None:
    article(content, "short", "", "Too few words.")
    article(content, "easy", "", "The cat sat on the mat. " * 30)
    article(
        content,
        "hard",
        "",
        "Proprioceptive rehabilitation necessitates individualised interdisciplinary evaluation. " * 30,
    )
    article(content, "spanish", "lang: es\n", "El gato se sienta en la alfombra. " * 30)
    built = build_it().built

    def known(name: str) -> Reading:
        view = built.views[f"blog/{name}/index.html"]
        assert isinstance(view, View)
        read = reading(view, built.rendered[view.save_as], built.site)
        assert read
        return read

    assert known("short").grade is None
    assert known("spanish").grade is None
    assert known("easy") == Reading(words=180, grade=0)
    assert (known("hard").grade or 0) > 20


@pytest.mark.parametrize(
    ("html", "loaded"),
    [
        ('<img src="/c.jpg" alt>', 1),
        ('<img src="/c.jpg" srcset="/a.jpg 320w, /b.jpg 800w, /d.jpg 1600w" alt>', 10),
        ('<picture><source srcset="/a.jpg 320w, /b.jpg 640w" type="image/avif"><img src="/c.jpg" alt></picture>', 10),
        (
            '<picture><source srcset="/d.jpg"><img src="/c.jpg" alt></picture><img src="/a.jpg">',
            1100,
        ),
        ('<img src="https://other.example/c.jpg" alt><img src="/nothing.jpg" alt>', 0),
    ],
    ids=["one", "widths", "small-widths", "kinds", "elsewhere"],
)
def test_a_phone_loads_one_file_of_those_that_a_picture_offers(html: str, loaded: int) -> None:
    page = f"<!doctype html><title>T</title>{html}".encode()
    sizes = {"c.jpg": 1, "b.jpg": 10, "a.jpg": 100, "d.jpg": 1000}
    assert weight(loads(rendered(page), page), page, sizes) == Weight(html=len(page), css=0, pictures=loaded)


# --- how it is drawn -----------------------------------------------------------------------------------------------


def test_the_page_needs_nothing_else_and_every_mark_leads_to_a_page_and_its_file(found: Report, tmp_path: Path) -> None:
    path = tmp_path / "a" / "report.html"
    path.parent.mkdir()
    report.write(found, path, SAMPLE)
    html = path.read_text(encoding="utf-8")
    tree = LexborHTMLParser(html)
    assert not tree.css("script, img, iframe, link[rel=stylesheet]")
    assert not re.search(r"url\(|@import", html)
    ids = {node.attributes["id"] for node in tree.css("[id]")}
    marks = [node.attributes["href"] or "" for node in tree.css("svg a, .heat a, main a[href^='#']")]
    assert len(marks) > len(found.pages)
    assert {mark[1:] for mark in marks} <= ids
    rows = tree.css("#pages tbody tr")
    assert len(rows) == len(found.pages)
    for row, page in zip(rows, found.pages, strict=True):
        to_page, to_file = (node.attributes["href"] or "" for node in row.css("a"))
        assert to_page == f"{ORIGIN}{page.url}"
        assert (path.parent / to_file).resolve() == (SAMPLE / page.file).resolve()


def test_the_same_content_makes_the_same_bytes_anywhere(tmp_path: Path) -> None:
    written = []
    for name in ("one", "two"):
        content = shutil.copytree(SAMPLE, tmp_path / name / "content")
        made = make(content, tmp_path / name / "site", today=TODAY)
        report.write(facts.gather(made.built), tmp_path / name / "r.html", content)
        written.append((tmp_path / name / "r.html").read_bytes())
    assert written[0] == written[1]
    assert str(tmp_path).encode() not in written[0]


def test_what_a_writer_or_a_stranger_typed_is_only_text(
    build_it: Callable[..., Made], content: Path, tmp_path: Path
) -> None:
    evil = "</title><script>alert(1)</script>\"'&"
    (content / "articles/evil.md").write_text(
        f"---\ntitle: {json.dumps(evil)}\ndate: 2026-03-09\nkeywords: [{json.dumps(evil)}]\ncities: [Corvallis]\n---\n"
        + "\nWords." * 120,
        encoding="utf-8",
    )
    made = build_it()
    export = search_console.Export(queries=(Row(query=evil, clicks=0, impressions=9, position=3.0),))
    path = tmp_path / "r.html"
    report.write(facts.gather(made.built, export), path, content)
    html = path.read_text(encoding="utf-8")
    assert "<script" not in html
    assert html.count("&lt;script&gt;alert(1)") > 3


def test_a_thousand_pages_stay_readable_and_light(found: Report, tmp_path: Path) -> None:
    many = tuple(
        replace(page, url=f"{page.url}{number}/", title=f"{page.title} {number}")
        for number in range(1000 // len(found.pages) + 1)
        for page in found.pages
    )
    links = tuple((many[n].url, many[n * 7 % len(many)].url) for n in range(len(many)))
    path = tmp_path / "r.html"
    report.write(replace(found, pages=many, links=links), path, SAMPLE)
    assert path.stat().st_size < 5_000_000
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    assert len(tree.css("svg.links .node")) <= 64
    assert len(tree.css("svg.scatter a")) == sum(page.grade is not None for page in many) > 800


# --- the command ---------------------------------------------------------------------------------------------------


def test_the_command_writes_a_page_and_leaves_nothing_else(content: Path, tmp_path: Path) -> None:
    path = tmp_path / "out.html"
    before = sorted(ROOT.iterdir())
    done = command("report", "--content", content, "--to", path, "--today", "2026-05-01")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{path}: ")
    assert "2026-05-01" in path.read_text(encoding="utf-8")
    assert sorted(ROOT.iterdir()) == before


def test_json_is_the_whole_report(content: Path) -> None:
    done = command("report", "--content", content, "--format", "json", "--base-url", "https://other.example")
    said = json.loads(done.stdout)
    assert said["origin"] == "https://other.example"
    assert {page["url"] for page in said["pages"]} >= {"/", "/blog/stairs-again/", "/services/after-a-fall/"}
    assert ["/blog/stairs-again/", "/services/after-a-fall/"] in said["links"]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--format", "pdf"], "--format pdf is not one of html, json\n"),
        (["--to", "report.txt"], "--to report.txt is no HTML file - name one, such as report.html\n"),
        (["--to", "nowhere/r.html"], "--to nowhere/r.html: there is no folder nowhere - make it, or name another\n"),
        (["--to", "content/r.html"], "--to content/r.html lies in the content folder, which goes to the public"),
    ],
)
def test_a_wrong_value_is_one_line(arguments: list[str], says: str) -> None:
    done = command("report", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(says)
    assert done.stderr.count("\n") == 1


# --- the export is read --------------------------------------------------------------------------------------------


def export(folder: Path, **tables: str) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            archive.writestr(f"{name}.csv", text)
    return path


def test_an_export_is_read_as_zip_as_folder_and_as_one_file(tmp_path: Path) -> None:
    others = {
        "Countries": "Country,Clicks,Impressions,CTR,Position\nusa,1,10,10%,9\n",
        "Devices": "Device,Clicks,Impressions,CTR,Position\nMobile,1,10,10%,9\n",
        "Chart": "Date,Clicks,Impressions,CTR,Position\n2026-09-01,0,0,,\n2026-09-02,1,10,10%,9\n",
        "Search appearance": "Search Appearance,Clicks,Impressions,CTR,Position\n",
        "Filters": "Filter,Value\nSearch type,Web\nDate,Last 3 months\n",
    }
    path = export(tmp_path, Queries=QUERIES + ASKED, Pages=PAGES + SEEN, **others)
    zipped = search_console.read(path)
    assert len(zipped.queries) == 13
    assert zipped.queries[0] == Row(query="postpartum therapist palm desert", clicks=21, impressions=1240, position=6.2)
    assert zipped.queries[-1].query == 'therapist, "gentle" near san diego'
    assert len(zipped.pages) == 6
    assert zipped.filters == (("Search type", "Web"), ("Date", "Last 3 months"))
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "folder")
    assert search_console.read(tmp_path / "folder") == zipped
    assert search_console.read(tmp_path / "folder" / "Queries.csv").queries == zipped.queries


@pytest.mark.parametrize(
    "text",
    [
        'Consultas principales,Clics,Impresiones,CTR,Posición\nansiedad,12,1.234,"0,97%","8,25"\n',
        "Häufigste Suchanfragen;Klicks;Impressionen;Klickrate;Position\nansiedad;12;1.234;0,97 %;8,25\n",
        'Requêtes les plus fréquentes,Clics,Impressions,CTR,Position\nansiedad,12,1\u202f234,"0,97\u00a0%","8,25"\n',
        'Најчешћи упити,Кликови,Импресије,CTR,Позиција\nansiedad,12,1.234,"0,97%","8,25"\n',
        'Top queries,Clicks,Impressions,CTR,Position\nansiedad,12,"1,234",0.97%,8.25\n',
        "query\tclicks\timpressions\tctr\tposition\nansiedad\t12.0\t1234\t0.00972\t8.25\n",
        "Position,Impressions,Clicks,Query\n8.25,1234,12,ansiedad\n",
    ],
    ids=["spanish", "german", "french", "unknown-language", "english", "by-a-program", "other-order"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_numbers_are_read_as_the_language_writes_them(tmp_path: Path, text: str, encoding: str) -> None:
    path = tmp_path / "q.csv"
    path.write_bytes(text.encode(encoding))
    assert search_console.read(path).queries == (Row(query="ansiedad", clicks=12, impressions=1234, position=8.25),)


def zip_of(data: bytes, name: str = "Queries.csv", count: int = 1) -> bytes:
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(name if count == 1 else f"{number}{name}", data)
    return whole.getvalue()


MALFORMED = {
    "empty": (b"", "no table of queries or pages is in it"),
    "words": (b"Dear diary,\nnothing here\n", "no table of queries or pages is in it"),
    "picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "it is not text in UTF-8"),
    "nulls": (b"Top queries\0\0,Clicks\n", "it is no text file"),
    "latin-1": ("Top queries,Clicks,Impressions,CTR,Position\ncafé,1,2,50%,3\n".encode("latin-1"), "not text in UTF-8"),
    "no column": (b"Top queries,Clicks,Impressions\na,1,2\n", "it has no column for position"),
    "two periods": (
        b"Top queries,Last 28 days Clicks,Previous 28 days Clicks,Last 28 days Impressions\na,1,2,3\n",
        "it compares two periods",
    ),
    "swapped": (
        b"Top queries,Impressions,Clicks,CTR,Position\na,1,200,0.5%,3\n",
        "the figures cannot be: 200 clicks of 1",
    ),
    "share": (b"Top queries,Clicks,Impressions,CTR,Position\na,1,200,50%,3\n", 'CTR "50%"'),
    "letters": (b"Top queries,Clicks,Impressions,CTR,Position\na,many,200,1%,3\n", '"many" is no number'),
    "short": (b"Top queries,Clicks,Impressions,CTR,Position\na,1\n", "the line has 2 cells, the header 5"),
    "quote": (b'Top queries,Clicks,Impressions,CTR,Position\n"' + b"a" * 200_000, "it is no CSV table"),
    "excel": (zip_of(b"x", "[Content_Types].xml"), "this is an Excel file"),
    "no csv": (zip_of(b"x", "a.txt"), "there is no CSV file in this zip"),
    "many": (zip_of(b"x", count=60), "60 files are no export"),
    "broken zip": (zip_of(QUERIES.encode() * 200)[:-60] + b"PK\5\6" + b"\0" * 18, "no CSV file in this zip"),
    "bomb": (zip_of(b"0" * (limits.EXPORT_LARGEST_BYTES + 1)), "it holds more than 20 MB, which no export does"),
    "bombs": (zip_of(b"0" * (limits.EXPORT_LARGEST_BYTES // 4), count=5), "it holds more than 20 MB"),
    "huge": (b"a" * (limits.EXPORT_LARGEST_BYTES + 1), "it holds more than 20 MB"),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_export_is_said_plainly(tmp_path: Path, name: str) -> None:
    data, says = MALFORMED[name]
    path = tmp_path / "export.zip"
    path.write_bytes(data)
    with pytest.raises(SourceError) as raised:
        search_console.read(path)
    (only,) = raised.value.findings
    assert only.path.startswith(path.as_posix())
    assert says in only.message
    assert only.remedy


def test_a_damaged_and_a_locked_zip_are_said_plainly(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    good = zip_of((QUERIES + ASKED).encode() * 30)
    start = good.index(b"Queries.csv") + 40
    path.write_bytes(good[:start] + bytes(byte ^ 255 for byte in good[start : start + 50]) + good[start + 50 :])
    locked = bytearray(good)
    locked[6] |= 1  # the flag of a file that needs a password, here and in the directory
    locked[good.index(b"PK\1\2") + 8] |= 1
    for data in (path.read_bytes(), bytes(locked)):
        path.write_bytes(data)
        with pytest.raises(SourceError, match="the zip is broken or locked"):
            search_console.read(path)


def test_every_fault_of_an_export_is_told_at_once_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(QUERIES + 'good,1,100,1%,3\nbad,x,100,1%,3\n"over\ntwo",1,1,1%,3\nlast,1,100,1%,-3\n')
    with pytest.raises(SourceError) as raised:
        search_console.read(path)
    assert [finding.line for finding in raised.value.findings] == [3, 5, 6]


def test_a_malformed_export_ends_the_command_before_anything_is_built(tmp_path: Path, content: Path) -> None:
    path = tmp_path / "q.csv"
    path.write_text(QUERIES + "bad,x,100,1%,3\n")
    to = tmp_path / "r.html"
    done = command("report", "--content", content, "--search-console", path, "--to", to)
    assert done.returncode == 1
    assert f'{path}:2: error[search-console]: "x" is no number' in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not to.exists()
    done = command("report", "--content", content, "--search-console", tmp_path / "none.zip", "--to", to)
    assert done.returncode == 1
    assert "there is no such file or folder" in done.stdout


# --- the export is joined ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def asked(built: Made, tmp_path_factory: pytest.TempPathFactory) -> demand.Demand:
    path = export(tmp_path_factory.mktemp("export"), Queries=QUERIES + ASKED, Pages=PAGES + SEEN)
    return demand.demand(search_console.read(path), built.built, Targets(site=built.built.site))


def test_queries_that_no_page_answers_are_told_with_what_is_missing(asked: demand.Demand) -> None:
    assert [(each.query, each.why) for each in asked.unanswered] == [
        ("baby sleep regression", "no title or keyword says this"),
        ("sleep training indio", "no page on sleep for Indio"),
        ("anxiety rancho mirage", "no page on anxiety for Rancho Mirage"),
        ("emdr therapist near me", "no title or keyword says this"),
        ("therapist mecca", "Mecca has no page of its own"),
    ]


def test_places_that_are_asked_for_and_not_served_are_told(asked: demand.Demand) -> None:
    assert [(each.name, each.impressions) for each in asked.elsewhere] == [("Temecula", 405), ("San Diego", 9)]


def test_pages_that_nearly_rank_and_titles_that_few_click_are_told(asked: demand.Demand) -> None:
    assert [each.url for each in asked.near] == ["/services/postpartum-therapy/", "/areas/indio/"]
    assert [each.url for each in asked.weak_titles] == [
        "/services/postpartum-therapy/",
        "/blog/baby-blues-or-depression/",
    ]
    assert asked.weak_titles[1].expected == pytest.approx(0.110 - 0.2 * (0.110 - 0.084))
    assert [(each.address, each.leads_to) for each in asked.strangers] == [(f"{ORIGIN}/blog/old-post/", "")]
    assert (asked.clicks, asked.impressions, asked.queries) == (120, 3179, 13)


def test_queries_for_which_pages_compete_are_told(build_it: Callable[..., Made], content: Path) -> None:
    article(content, "hips", "keywords: [hip pain]\ncities: [Corvallis]\n")
    article(content, "more-hips", "keywords: [hip pain]\ncities: [Corvallis]\n")
    built = build_it().built
    claimed = search_console.Export(queries=(Row(query="hip pains corvallis", clicks=0, impressions=70, position=9.0),))
    (contest,) = demand.demand(claimed, built, Targets(site=built.site)).contests
    assert contest.pages == ("/blog/hips/", "/blog/more-hips/")

    def row(page: str, impressions: int) -> Row:
        return Row(
            query="knee", page=f"https://cedar-bend.example{page}", clicks=0, impressions=impressions, position=8.0
        )

    shared = search_console.Export(
        both=(row("/blog/stairs-again/", 60), row("/services/after-a-fall/", 40), row("/", 9))
    )
    (contest,) = demand.demand(shared, built, Targets(site=built.site)).contests
    assert contest.pages == ("/blog/stairs-again/", "/services/after-a-fall/")
    alone = search_console.Export(both=(row("/blog/stairs-again/", 95), row("/services/after-a-fall/", 5)))
    assert not demand.demand(alone, built, Targets(site=built.site)).contests


# --- in a browser --------------------------------------------------------------------------------------------------


@pytest.mark.browser
def test_a_browser_shows_it_at_any_width_and_axe_finds_nothing(built: Made, tmp_path: Path, browser: Browser) -> None:
    axe = ROOT / "tests" / "web_tools" / "node_modules" / "axe-core" / "axe.min.js"
    need(axe.is_file(), "axe (`npm ci` in tests/web_tools)")
    path = tmp_path / "r.html"
    exported = search_console.read(export(tmp_path, Queries=QUERIES + ASKED, Pages=PAGES + SEEN))
    report.write(facts.gather(built.built, exported), path, SAMPLE)
    asked: list[str] = []
    for width in (320, 360, 1280):
        for scheme in ("light", "dark"):
            # axe itself is a script, which the page does not allow.
            tab = browser.new_context(
                viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
            ).new_page()
            tab.on("request", lambda request: asked.append(request.url))
            tab.goto(path.as_uri())
            assert tab.evaluate("document.documentElement.scrollWidth") <= width
            tab.evaluate(axe.read_text(encoding="utf-8"))
            found = tab.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
            assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
            tab.locator("svg.bars a").first.click()
            assert re.fullmatch(r"#p\d+", tab.evaluate("location.hash"))
            tab.close()
