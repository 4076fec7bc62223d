"""``invoke bench``: how long builds take, beside plain Pelican and Hugo for the same visible work, in one run.

Times of different runs, or of different machines, say little; the ratios of one run do. CPU seconds are user and
system time of a build and its children, the checks of ``invoke build`` among them. All build the same articles with
the same parts: head, structured data, related articles, neighbours, lists of topics, services and areas, feeds,
sitemap. Only ours set links in the text, draw share cards, encode photographs, index for the search and judge the
pages. Cards and photographs are made in the first build and kept, as on any machine that built before; the search
index of plain Pelican is measured beside it. Python keeps what it compiles, as it does for users, in a folder of the
run: the first build of ours compiles the engine, and plain Pelican builds one article before it is measured.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local_seo.reader import facts_of
from local_seo.request import Refused, WrongValue
from local_seo.text import nearest

from . import others, process
from .articles import articles, write
from .growth import picture
from .process import Build
from .saves import Served, served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from .articles import Article

ENGINE: Final = Path(__file__).resolve().parents[3]
_SAMPLE: Final = ENGINE / "content"
_DAY: Final = "2026-12-01"
_SMALLEST: Final = 10
_LARGEST: Final = 100_000
_PYTHON: Final = "keeps what it compiles; what was compiled first is not measured but in our first build"
_LEAST_S: Final = 0.01  # a clock that says less is not to be divided by

FIRST: Final = "first build, nothing kept"
# By the word for it in --cases.
CASES: Final = {
    "cold": "cold",
    "nothing": "nothing changed",
    "body": "one body edited",
    "title": "one title edited",
    "fact": "one fact of the practice",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One build.

    Attributes:
        articles: of the site.
        case: what was done before it, as in ``one body edited``, or whose build it is.
        wall_s, cpu_s: how long it took.
        peak_mb: memory, as ``process.MEMORY`` says.
        files: how many stand in the output.
    """

    articles: int
    case: str
    wall_s: float
    cpu_s: float
    peak_mb: float
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """What one build of ours takes of another system's time; ``of`` names what is counted there."""

    articles: int
    case: str
    of: str
    cpu: float
    wall: float


def bench(
    sizes: str,
    output: Path,
    *,
    plain: bool = False,
    hugo: bool = False,
    cases: str = "",
    say: Callable[[str], None] = print,
) -> None:
    """Measure, print a table and ratios, and write ``bench.json`` and ``bench.svg`` to a folder.

    Args:
        sizes: numbers of articles, with commas between.
        output: the folder; made when it is missing.
        plain: whether plain Pelican is measured as well.
        hugo: whether Hugo is.
        cases: words of ``CASES``, with commas between; all where it is empty.
        say: takes each line.

    Raises:
        WrongValue: a size or a case that cannot be, or Hugo is not here.
        Refused: a build failed.
    """
    counts = sorted({_count(size.strip()) for size in sizes.split(",")})
    wanted = [_case(case.strip()) for case in cases.split(",")] if cases else list(CASES)
    if hugo:
        others.hugo_program()
    found: list[Measured] = []
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="practice-bench-") as folder:
            for build in _builds(Path(folder), count, wanted, plain=plain, hugo=hugo):
                found.append(_measured(build, count))
                say(_line(found[-1]))
    ratios = list(_ratios(found))
    for line in (*map(_said, ratios), *_growth(found), f"Python {_PYTHON}"):
        say(line)
    output.mkdir(parents=True, exist_ok=True)
    (output / "bench.json").write_text(json.dumps(_whole(found, ratios), indent=1) + "\n", encoding="utf-8")
    (output / "bench.svg").write_text(picture([asdict(each) for each in found]), encoding="utf-8")
    say(f"{output / 'bench.json'}, {output / 'bench.svg'}")


def bench_serve(sizes: str, output: Path, *, say: Callable[[str], None] = print) -> None:
    """Measure how soon ``invoke serve`` shows what was saved, say it, and write ``serve.json`` to a folder.

    Args:
        sizes: numbers of articles, with commas between.
        output: the folder; made when it is missing.
        say: takes each line.

    Raises:
        WrongValue: a size that cannot be.
        Refused: a server ended.
    """
    found: list[Served] = []
    for count in sorted({_count(size.strip()) for size in sizes.split(",")}):
        with tempfile.TemporaryDirectory(prefix="practice-bench-") as folder:
            made = list(articles(_SAMPLE, count))
            write(_SAMPLE, Path(folder) / "content", made)
            names = [article.name for article in made]
            python = process.compiled(Path(folder) / "compiled")
            one = served(Path(folder) / "content", names, Path(folder) / "cache", _DAY, python)
        found.append(one)
        say(
            f"{one.articles:>7} articles  first page after {one.first_s:.2f} s, later {one.again_s:.2f} s;"
            f" a save shows after {one.median_ms:.0f} ms, at worst {one.worst_ms:.0f} ms"
        )
    output.mkdir(parents=True, exist_ok=True)
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    said = {"machine": machine, "bytecode": _PYTHON, "servers": [asdict(each) for each in found]}
    (output / "serve.json").write_text(json.dumps(said, indent=1) + "\n", encoding="utf-8")
    say(str(output / "serve.json"))


def _count(written: str) -> int:
    if not written.isascii() or not written.isdigit() or not _SMALLEST <= int(written) <= _LARGEST:
        message = f"--articles {written} is no size - write numbers from {_SMALLEST} to {_LARGEST}, as in 500,1000"
        raise WrongValue(message)
    return int(written)


def _case(written: str) -> str:
    if written not in CASES:
        raise WrongValue(f"--cases {written} is no case - {nearest(written, CASES)}")
    return written


def _builds(folder: Path, count: int, wanted: Sequence[str], *, plain: bool, hugo: bool) -> Iterator[Build]:
    made, facts = list(articles(_SAMPLE, count)), facts_of(_SAMPLE)
    python = process.compiled(folder / "compiled")
    builds = chain(
        _ours(folder, made, wanted),
        others.plain(folder / "plain", made, facts) if plain else (),
        others.hugo(folder / "hugo", made, facts) if hugo else (),
    )
    for build in builds:
        yield replace(build, environment={**build.environment, **python})


def _ours(folder: Path, made: list[Article], wanted: Sequence[str]) -> Iterator[Build]:
    """Yield our builds, each to be run before the next is asked for."""
    content, site, cache = folder / "content", folder / "site", folder / "cache"
    write(_SAMPLE, content, made)
    engine = (ENGINE / "pelicanconf.py").read_text(encoding="utf-8")
    own = f"\nPLUGIN_PATHS = [{str(ENGINE / 'plugins')!r}]\nCACHE_PATH = {str(folder / 'kept')!r}\n"
    (folder / "pelicanconf.py").write_text(engine + own, encoding="utf-8")
    edited = content / "articles" / f"{made[len(made) // 2].name}.md"

    def anew() -> None:
        shutil.rmtree(site)
        shutil.rmtree(cache)

    changes: dict[str, Callable[[], object]] = {
        "cold": anew,
        "nothing": lambda: None,
        "body": lambda: _rewrite(edited, lambda text: f"{text}\nOne sentence more stands here.\n"),
        "title": lambda: _rewrite(edited, lambda text: text.replace('title: "', 'title: "New: ', 1)),
        "fact": lambda: _rewrite(content / "practice.toml", lambda text: text.replace("555-0142", "555-0143")),
    }
    once = [sys.executable, "-m", "site_tools.bench_once", str(content), str(site), str(cache), _DAY]
    yield Build(case=FIRST, command=once, site=site)
    for case, change in changes.items():
        if case in wanted:
            yield Build(case=CASES[case], command=once, site=site, before=partial(_as_a_person, change))


def _as_a_person(change: Callable[[], object]) -> None:
    """Change something, and let the clock of the file system go on before the build."""
    change()
    time.sleep(0.1)


def _rewrite(path: Path, change: Callable[[str], str]) -> None:
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")


def _measured(build: Build, count: int) -> Measured:
    try:
        taken = process.taken(build)
    except process.Failed as failure:
        raise Refused(f"the build of {count} articles ({build.case}) failed: {failure}") from failure
    return Measured(
        articles=count,
        case=build.case,
        wall_s=round(taken.wall_s, 2),
        cpu_s=round(taken.cpu_s, 2),
        peak_mb=round(taken.peak_mb),
        files=sum(1 for path in build.site.rglob("*") if path.is_file()),
    )


def _line(measured: Measured) -> str:
    return (
        f"{measured.articles:>7} articles  {measured.case:<30}{measured.wall_s:>8.2f} s wall"
        f"{measured.cpu_s:>9.2f} s CPU{measured.peak_mb:>7.0f} MB{measured.files:>8} files"
    )


def _ratios(found: Sequence[Measured]) -> Iterator[Ratio]:
    """Yield what our builds take of the others' time: the cold one of plain Pelican's, the warm ones of Hugo's."""
    for count in dict.fromkeys(each.articles for each in found):
        of = {each.case: each for each in found if each.articles == count}
        if (cold := of.get(CASES["cold"])) and (plain := of.get(others.PLAIN)):
            yield _ratio(cold, others.PLAIN, plain)
            yield _ratio(cold, f"{others.PLAIN} and {others.PLAIN_INDEX}", plain, of[others.PLAIN_INDEX])
        if hugo := of.get(others.HUGO):
            yield from (_ratio(of[case], others.HUGO, hugo) for case in CASES.values() if case in of)


def _ratio(ours: Measured, name: str, *theirs: Measured) -> Ratio:
    cpu, wall = sum(each.cpu_s for each in theirs), sum(each.wall_s for each in theirs)
    return Ratio(
        articles=ours.articles,
        case=ours.case,
        of=name,
        cpu=round(ours.cpu_s / max(cpu, _LEAST_S), 3),
        wall=round(ours.wall_s / max(wall, _LEAST_S), 3),
    )


def _said(ratio: Ratio) -> str:
    return f"{ratio.articles:>7} articles  {ratio.case:<30}{ratio.wall:>8.3f} wall, {ratio.cpu:>8.3f} CPU of {ratio.of}"


def _growth(found: Sequence[Measured]) -> Iterator[str]:
    """Yield how the CPU of a cold build grows from the smallest site to the largest."""
    cold = [each for each in found if each.case == CASES["cold"]]
    if len(cold) > 1:
        least, most = cold[0], cold[-1]
        times = most.cpu_s / max(least.cpu_s, _LEAST_S)
        more = f"{most.articles / least.articles:.1f} times as many"
        yield f"cold, from {least.articles} to {most.articles} articles, {more}: {times:.1f} times the CPU"


def _whole(found: Sequence[Measured], ratios: Sequence[Ratio]) -> dict[str, object]:
    versions = {name: version(name) for name in ("pelican", "markdown", "typogrify", "jinja2")}
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    return {
        "machine": machine,
        "versions": versions,
        "memory": process.MEMORY,
        "bytecode": _PYTHON,
        "builds": [asdict(each) for each in found],
        "ratios": [asdict(each) for each in ratios],
    }
