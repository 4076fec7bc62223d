"""What is promised of the output, on real builds."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from local_seo import checks
from local_seo.build import MARKER, STEPS
from local_seo.errors import Severity, SourceError
from local_seo.model.page import PageKind
from local_seo.model.view import View
from local_seo.read.output import rendered
from local_seo.request import Refused, Request

from .conftest import ROOT, SAMPLE, Made, Make, make, tree
from .invoked import killed_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXTS = (".html", ".xml", ".txt", ".json", ".css", ".svg")


def test_the_sample_has_every_kind_of_page(sample: Made) -> None:
    for path in (
        "index.html",
        "404.html",
        "blog/index.html",
        "blog/floor-time/index.html",
        "services/index.html",
        "services/postpartum-therapy/index.html",
        "areas/index.html",
        "areas/indio/index.html",
        "about/index.html",
        "about/marisela-quintero/index.html",
        "contact/index.html",
        "crisis-resources/index.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "theme/icon.svg",
        "theme/share.png",
    ):
        assert (sample.folder / path).is_file(), path


def test_the_sample_has_no_error_and_no_warning(sample: Made) -> None:
    errors = [finding for finding in checks.run(sample.built) if finding.severity is not Severity.HINT]
    assert not errors, "\n".join(map(str, errors))


def test_another_practice_has_no_byte_of_the_first_one(other: Made) -> None:
    icons = {(SAMPLE / path).read_bytes() for path in ("images/porch-at-dusk.png", "images/floor-and-quilt.png")}
    for path, data in other.tree().items():
        assert data not in icons, path
        if path.endswith(TEXTS):
            text = data.decode().lower()
            for trace in ("saltbush", "quintero", "palm desert", "760-555", "760555", "cedar-bend.example"):
                assert trace not in text, f"{path} has {trace}"


def test_a_practice_without_an_office_leaves_no_trace_of_its_street(other: Made) -> None:
    for path, data in other.tree().items():
        if path.endswith(TEXTS):
            for trace in ("Orchard", "97330", "44.56457", "-123.26204"):
                assert trace not in data.decode(), f"{path} has {trace}"


def test_every_id_in_structured_data_is_defined_on_its_page(sample: Made, other: Made) -> None:
    for made in (sample, other):
        for path, page in made.built.rendered.items():
            assert len(page.structured_data) == 1, path
            graph = json.loads(page.structured_data[0])["@graph"]
            defined = {node["@id"] for node in graph if "@id" in node}
            assert _references(graph) <= defined | _inner(graph), path


def _references(value: object) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_references, value))
    if isinstance(value, dict):
        own = {value["@id"]} if set(value) == {"@id"} else set()
        return own.union(*map(_references, value.values()))
    return set()


def _inner(value: object) -> set[str]:
    """Return the ids of nodes that are written out anywhere."""
    if isinstance(value, list):
        return set().union(*map(_inner, value))
    if isinstance(value, dict):
        own = {value["@id"]} if "@id" in value and len(value) > 1 else set()
        return own.union(*map(_inner, value.values()))
    return set()


def test_no_page_and_no_style_asks_another_host(sample: Made, other: Made) -> None:
    for made in (sample, other):
        for path, page in made.built.rendered.items():
            for url in page.requests:
                assert url.startswith("/"), f"{path} fetches {url}"
        for style in made.folder.glob("theme/*.css"):
            assert not re.search(r"@import|url\((?!['\"]?(data:|#))", style.read_text(encoding="utf-8")), style.name


def test_no_page_has_an_inline_style_or_a_script_but_the_search_page_s_own_file(sample: Made) -> None:
    for path, data in sample.tree().items():
        if path.endswith(".html"):
            text = data.decode()
            scripts = re.findall(r"<script(?! type=\"application/ld\+json\").*?</script>", text, re.DOTALL)
            own = f'<script type="module" src="{sample.built.site.script}"></script>'
            assert scripts == ([own] if path == "search/index.html" else []), path
            assert not re.search(r"<style|\sstyle=", text), path


def test_every_internal_link_leads_to_a_file_and_an_anchor_that_exist(sample: Made, other: Made) -> None:
    for made in (sample, other):
        for path, page in made.built.rendered.items():
            here = f"/{path.removesuffix('index.html')}"
            for href, _ in page.anchors:
                if re.match(r"[a-z]+:", href):
                    continue
                address, _, anchor = href.partition("#")
                target = (address or here).lstrip("/")
                file = f"{target}index.html" if not target or target.endswith("/") else target
                assert file in made.built.paths, f"{path} links to {href}"
                if anchor and file in made.built.rendered:
                    assert anchor in made.built.rendered[file].ids, f"{path} links to {href}"


def test_the_sitemap_lists_every_indexable_page_and_nothing_else(sample: Made) -> None:
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    root = ET.fromstring(sample.page("sitemap.xml"))  # noqa: S314 - our own output
    listed = {element.text for element in root.findall("s:url/s:loc", space)}
    indexable = set()
    for path, page in sample.built.rendered.items():
        (canonical,) = (href for rel, href in page.links if rel == "canonical")
        own = f"https://www.saltbush-family.example/{path.removesuffix('index.html')}"
        if canonical == own and "noindex" not in page.meta("robots")[0] and "/page/" not in path:
            indexable.add(own)
    assert listed == indexable
    assert "https://www.saltbush-family.example/404.html" not in listed


def test_the_feed_has_whole_articles_with_absolute_addresses_and_no_offers(sample: Made) -> None:
    space = {"a": "http://www.w3.org/2005/Atom"}
    root = ET.fromstring(sample.page("feed.xml"))  # noqa: S314 - our own output
    entries = root.findall("a:entry", space)
    assert len(entries) == len(sample.built.site.articles)
    text = "\n".join(entry.findtext("a:content", "", space) for entry in entries)
    assert "Chairs are good for talking" in text
    assert 'href="/' not in text
    assert 'src="/' not in text
    for call in sample.built.site.calls_to_action:
        assert call.title not in text


def test_two_builds_in_two_folders_locales_and_zones_are_byte_identical(light: Path, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from local_seo.build import build; from local_seo.request import Options, Request;"
        "import datetime as dt; here = Path(sys.argv[1]);"
        "build(Request(content=Path(sys.argv[2]), output=here / 'site', theme=here / 'theme',"
        " settings=Path(sys.argv[3]), options=Options(today=dt.date(2026, 11, 20))))"
    )
    trees = []
    for name, env in (
        ("a", {"LC_ALL": "C", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1"}),
        ("b c", {"LC_ALL": "C.UTF-8", "LANG": "de_DE.UTF-8", "TZ": "America/Los_Angeles", "PYTHONHASHSEED": "2"}),
    ):
        folder = tmp_path / name
        content = shutil.copytree(light, folder / "writing")
        shutil.copytree(ROOT / "theme", folder / "theme")
        subprocess.run(
            [sys.executable, "-c", script, folder, content, ROOT / "pelicanconf.py"],
            check=True,
            cwd=folder,
            env={**os.environ, **env},
        )
        trees.append(tree(folder / "site"))
    assert trees[0] == trees[1]


@pytest.mark.parametrize("number", range(len(STEPS)), ids=[step.replace(" ", "-") for step in STEPS])
@pytest.mark.parametrize("next_fails", [False, True], ids=["next-succeeds", "next-fails"])
def test_a_kill_leaves_a_whole_site_at_the_latest_after_the_next_command(
    number: int,
    next_fails: bool,  # noqa: FBT001
    content: Path,
    build_it: Make,
    tmp_path: Path,
) -> None:
    build_it()
    old = build_it().tree()
    assert (tmp_path / "spare").is_dir()
    article = content / "articles" / "stairs-again.md"
    article.write_text(article.read_text(encoding="utf-8").replace("Count out loud", "Count aloud"), encoding="utf-8")
    request = Request(
        content=content,
        output=tmp_path / "site",
        theme=ROOT / "theme",
        settings=ROOT / "pelicanconf.py",
        spare=tmp_path / "spare",
    )
    killed_at(number, request)
    if next_fails:
        article.write_text(article.read_text(encoding="utf-8").replace("title:", "titel:"), encoding="utf-8")
        with pytest.raises(Exception, match="titel"):
            build_it()
        found = tree(tmp_path / "site")
        new = make_elsewhere(content, article, tmp_path)
        assert found in (old, new)
    else:
        assert build_it().tree() == make_elsewhere(content, article, tmp_path)
    assert {path.name for path in tmp_path.iterdir()} <= {"content", "site", "spare", "elsewhere"}


def make_elsewhere(content: Path, article: Path, tmp_path: Path) -> dict[str, bytes]:
    article.write_text(article.read_text(encoding="utf-8").replace("titel:", "title:"), encoding="utf-8")
    return make(content, tmp_path / "elsewhere").tree()


def test_an_unchanged_file_is_linked_and_a_changed_one_never_written_through(content: Path, build_it: Make) -> None:
    made = build_it()
    kept = made.folder / "blog" / "plain-words" / "index.html"
    changed = made.folder / "blog" / "stairs-again" / "index.html"
    numbers = kept.stat().st_ino, changed.stat().st_ino
    held = changed.open("rb")
    article = content / "articles" / "stairs-again.md"
    article.write_text(article.read_text(encoding="utf-8").replace("Count out loud", "Count aloud"), encoding="utf-8")
    build_it()
    assert kept.stat().st_ino == numbers[0]
    assert changed.stat().st_ino != numbers[1]
    with held:
        assert b"Count out loud" in held.read()


def test_a_build_keeps_its_own_files_until_the_next_but_one(content: Path, build_it: Make) -> None:
    article = content / "articles" / "stairs-again.md"
    changed, same = "blog/stairs-again/index.html", "blog/plain-words/index.html"
    builds = [build_it().built]
    for words in ("Count once", "Count twice"):
        text = article.read_text(encoding="utf-8")
        article.write_text(text.replace("Count out loud", words).replace("Count once", words), encoding="utf-8")
        before = builds[-1].files[changed]
        builds.append(build_it().built)
        assert builds[-2].files[changed] == before != builds[-1].files[changed]
        assert builds[-2].rendered[changed] == rendered(before)
    assert builds[0].files[same] == builds[2].files[same]
    with pytest.raises(Refused, match=changed):  # in this folder stands the last one now
        builds[0].files[changed]


def test_every_file_of_a_build_is_known_by_its_digest(sample: Made) -> None:
    found = {name: hashlib.sha256(data).hexdigest() for name, data in sample.tree().items() if name != MARKER}
    assert sample.built.digests == found
    assert sample.built.paths == {*found, MARKER}


def test_the_site_before_the_last_is_brought_up_to_date(content: Path, build_it: Make, tmp_path: Path) -> None:
    """Whatever came, went or changed its kind between; and never by writing into a file of the last one."""
    extra, article = content / "extra", content / "articles" / "stairs-again.md"
    extra.mkdir()

    def nothing() -> None: ...

    def withdrawn() -> None:
        text = article.read_text(encoding="utf-8")
        article.write_text(text.replace("date:", "status: draft\ndate:"), encoding="utf-8")

    def folder() -> None:
        (extra / "old").unlink(missing_ok=True)
        (extra / "old" / "deep").mkdir(parents=True)
        (extra / "old" / "deep" / "leaflet.txt").write_text("Old.", encoding="utf-8")

    def file() -> None:
        shutil.rmtree(extra / "old")
        (extra / "old").write_text("A file now.", encoding="utf-8")

    for change in (folder, withdrawn, file, nothing, folder, nothing):
        before = [(path.open("rb"), path.read_bytes()) for path in (tmp_path / "site").rglob("*") if path.is_file()]
        change()
        made = build_it()
        assert made.tree() == make(content, tmp_path / "elsewhere").tree()
        assert sorted(path for path in made.folder.rglob("*") if path.is_dir() and not any(path.iterdir())) == []
        for handle, was in before:
            with handle:
                assert handle.read() == was


def test_what_a_build_with_faults_began_is_filled_by_the_next_one(
    content: Path, build_it: Make, tmp_path: Path
) -> None:
    """To delete it, and to link all files anew, would take longer than the build."""
    build_it()
    build_it()
    number = (tmp_path / "spare").stat().st_ino
    article = content / "articles" / "stairs-again.md"
    good = article.read_text(encoding="utf-8")
    article.write_text(good.replace("title:", "titel:"), encoding="utf-8")
    with pytest.raises(SourceError, match="titel"):
        build_it()
    assert (tmp_path / "spare").stat().st_ino == number
    article.write_text(good.replace("Count out loud", "Count aloud"), encoding="utf-8")
    (tmp_path / "spare" / "blog" / "of-a-page-that-was-never-printed").mkdir()
    made = build_it()
    assert made.folder.stat().st_ino == number
    assert all(any(folder.iterdir()) for folder in made.folder.rglob("*/"))
    assert made.tree() == make(content, tmp_path / "elsewhere").tree()


def test_a_spare_folder_leads_nowhere_else(build_it: Make, tmp_path: Path) -> None:
    build_it()
    tree_of_it = build_it().tree()
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "index.html").write_text("Mine.", encoding="utf-8")
    shutil.rmtree(tmp_path / "spare" / "blog")
    (tmp_path / "spare" / "blog").symlink_to(outside)
    (tmp_path / "spare" / "robots.txt").unlink()
    (tmp_path / "spare" / "robots.txt").symlink_to(outside / "index.html")
    assert build_it().tree() == tree_of_it
    assert tree(outside) == {"index.html": b"Mine."}


def test_drafts_and_embargoed_articles_leave_no_trace(content: Path, build_it: Make) -> None:
    image = SAMPLE / "images" / "hands.png"
    (content / "images").mkdir()
    for name, keys in (("canary-draft", "status: draft"), ("canary-later", "date: 2999-01-01")):
        shutil.copy(image, content / "images" / f"{name}.png")
        date = "" if "date" in keys else "date: 2026-01-01\n"
        (content / "articles" / f"{name}.md").write_text(
            f"---\ntitle: Canary {name}\n{date}{keys}\nimage: images/{name}.png\nseries: Canary\n"
            f"keywords: [stairs, canary]\nservice: after-a-fall\n---\n\nCanary text.\n",
            encoding="utf-8",
        )
    for path, data in build_it().tree().items():
        assert "canary" not in path
        assert b"anary" not in data


def test_an_embargo_ends_with_the_first_build_of_its_day(content: Path, build_it: Make) -> None:
    import datetime as dt  # noqa: PLC0415

    article = content / "articles" / "plain-words.md"
    article.write_text(article.read_text(encoding="utf-8").replace("2026-01-20", "2026-02-02"), encoding="utf-8")
    page = "blog/plain-words/index.html"
    assert page not in build_it(today=dt.date(2026, 2, 1)).tree()
    assert page in build_it(today=dt.date(2026, 2, 2)).tree()


def test_an_article_without_targeting_speaks_for_the_practice(sample: Made) -> None:
    page = sample.page("blog/baby-blues-or-depression/index.html")
    rendered = sample.built.rendered["blog/baby-blues-or-depression/index.html"]
    assert "Marisela Quintero" in rendered.main
    assert "Rancho Mirage" in rendered.main
    assert "spatialCoverage" not in page
    assert len(rendered.titles[0]) > 10
    assert rendered.meta("og:image")


def test_fifteen_cities_are_six_names_and_a_link_to_the_rest(content: Path, build_it: Make) -> None:
    names = [f"Town {chr(65 + index)}" for index in range(15)]
    facts = content / "practice.toml"
    facts.write_text(
        facts.read_text(encoding="utf-8")
        + "".join(f'\n[[places]]\nname = "{name}"\ntype = "Place"\nregion = "Oregon"\n' for name in names),
        encoding="utf-8",
    )
    article = content / "articles" / "stairs-again.md"
    article.write_text(
        article.read_text(encoding="utf-8").replace("keywords:", f"cities: [{', '.join(names)}]\nkeywords:"),
        encoding="utf-8",
    )
    page = build_it().built.rendered["blog/stairs-again/index.html"]
    assert sum(name in page.main for name in names) == 6
    assert ("/areas/", "nearby") in page.anchors


def test_hostile_text_in_every_field_comes_out_escaped_and_whole(content: Path, build_it: Make) -> None:
    hostile = "</script> <i> \"quoted\" & 'single' </i> \U0001f33f \u05e9\u05dc\u05d5\u05dd"
    shown = "</script> <i> “quoted” & ‘single’ </i> \U0001f33f \u05e9\u05dc\u05d5\u05dd"
    facts = content / "practice.toml"
    facts.write_text(
        facts.read_text(encoding="utf-8")
        .replace('name = "Cedar Bend Physical Therapy"', f"name = '''{hostile}'''")
        .replace('name = "Strength after a fall"', f"name = '''{hostile} S'''")
        .replace('name = "Ines Halvorsen"', f"name = '''{hostile} P'''")
        .replace('tagline = "Physical', f"tagline = '''{hostile} T'''\n#"),
        encoding="utf-8",
    )
    call = content / "ctas" / "visit.toml"
    call.write_text(
        call.read_text(encoding="utf-8").replace('"Ask for a visit"', f"'''{hostile} C'''"), encoding="utf-8"
    )
    article = content / "articles" / "stairs-again.md"
    quoted = hostile.replace("'", "''")
    article.write_text(
        article.read_text(encoding="utf-8")
        .replace("title: Taking the stairs again", f"title: '{quoted} A'")
        .replace("summary: How to practise", f"summary: '{quoted} D'\nseries: '{quoted} R'\n#")
        .replace("title: National Institute on Aging", f"title: '{quoted} N'")
        .replace("keywords: [stairs, balance]", f"keywords: ['{quoted} K']"),
        encoding="utf-8",
    )
    made = build_it()
    page = made.built.rendered["blog/stairs-again/index.html"]
    assert f"{shown} A" in page.titles[0]
    assert page.meta("description") == (f"{shown} D",)
    for mark in ("A", "P", "C", "N"):
        assert f"{shown} {mark}" in page.text, mark
    (data,) = page.structured_data
    assert f"{shown} A" in data.replace('\\"', '"') or f"{shown} A" in json.dumps(json.loads(data), ensure_ascii=False)
    raw = made.page("blog/stairs-again/index.html")
    assert "<i>" not in raw
    assert raw.count("</script>") == 1


@pytest.mark.java
def test_the_nu_html_checker_finds_no_error(sample: Made, other: Made, vnu: Callable[..., str]) -> None:
    pages = [made.folder / path for made in (sample, other) for path in made.built.rendered]
    assert vnu("--errors-only", *pages) == ""


@pytest.mark.java
def test_the_nu_css_checker_finds_no_error(sample: Made, vnu: Callable[..., str]) -> None:
    assert vnu("--css", "--errors-only", *sample.folder.glob("theme/*.css")) == ""


def test_a_site_without_articles_is_whole(content: Path, build_it: Make) -> None:
    for folder in ("articles", "people", "services", "ctas"):
        shutil.rmtree(content / folder)
    made = build_it()
    assert "blog/index.html" not in made.built.paths
    assert "feed.xml" not in made.built.paths
    assert "/blog/" not in made.page("index.html")
    assert not [f for f in checks.run(made.built) if f.severity is Severity.ERROR and f.id == "rendered-as-promised"]


def test_a_changed_phone_changes_every_page_and_leaves_no_old_digit(content: Path, build_it: Make) -> None:
    before = build_it()
    facts = content / "practice.toml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("541-555-0117", "541-555-0118"), encoding="utf-8")
    after = build_it()
    assert set(after.built.rendered) == set(before.built.rendered)
    for path, page in after.built.rendered.items():
        assert "541-555-0118" in page.text, path
    for path, data in after.tree().items():
        assert not re.search(rb"541\D?555\D?0117", data), path


def test_a_place_with_too_little_to_say_is_a_line_until_then_and_a_page_in_the_preview(
    content: Path, build_it: Make
) -> None:
    (content / "areas").mkdir()
    area = content / "areas" / "corvallis.md"
    area.write_text(
        "---\ntitle: Corvallis\nfacts:\n  - {text: A fact., source: practice}\n---\n\nFew words.\n", "utf-8"
    )
    article = content / "articles" / "stairs-again.md"
    text = article.read_text(encoding="utf-8").replace(
        "Count out", "[Corvallis]({filename}/areas/corvallis.md). Count out"
    )
    article.write_text(text, encoding="utf-8")
    made = build_it()
    assert "areas/corvallis/index.html" not in made.built.paths
    assert 'href="/areas/#corvallis"' in made.page("blog/stairs-again/index.html")
    (finding,) = (f for f in checks.run(made.built) if f.id == "gated-area")
    assert "it has 1 of 5 facts and 2 of 300 words" in finding.message
    assert "areas/corvallis/index.html" in build_it(preview=True).built.paths


def test_every_share_image_lies_there_in_the_size_that_its_page_declares(sample: Made, other: Made) -> None:
    for made in (sample, other):
        views = [view for view in made.built.views.values() if isinstance(view, View)]
        for view in views:
            image = view.head.image
            path = made.folder / image.url.removeprefix(made.built.site.origin).lstrip("/")
            with Image.open(path) as picture:
                assert (picture.size, picture.get_format_mimetype()) == ((image.width, image.height), image.media_type)
            assert image.drawn == ("/cards/" in image.url)
            assert image.drawn or view.picture or view.kind is PageKind.HOME, view.url
        # No card is there for a page that is not.
        drawn = {view.head.image.url.rpartition("/")[2] for view in views if view.head.image.drawn}
        assert {path.name for path in (made.folder / "cards").iterdir()} == drawn
