"""``invoke bench``: how long builds take, beside plain Pelican for the same visible work, in one run.

Times of different runs, or of different machines, say little; the ratios of one run do. CPU seconds are user and
system time of the build and its children.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from local_seo.build import Refused, WrongValue

from .articles import articles, write, write_plain
from .growth import picture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ENGINE: Final = Path(__file__).resolve().parents[3]
_PLAIN: Final = Path(__file__).with_name("plain")
_SAMPLE: Final = ENGINE / "content"
_DAY: Final = "2026-12-01"
_SMALLEST: Final = 10
_LARGEST: Final = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One build.

    Attributes:
        articles: of the site.
        case: what was done before it, as in ``one body edited``.
        wall_s, cpu_s: how long it took.
        peak_mb: the most memory of one process.
        files: how many stand in the output.
    """

    articles: int
    case: str
    wall_s: float
    cpu_s: float
    peak_mb: float
    files: int


def bench(sizes: str, output: Path, *, plain: bool, say: Callable[[str], None] = print) -> None:
    """Measure, print a table, and write ``bench.json`` and ``bench.svg`` to a folder.

    Args:
        sizes: numbers of articles, with commas between.
        output: the folder; made when it is missing.
        plain: whether plain Pelican is measured as well.
        say: takes each line.

    Raises:
        WrongValue: a size that cannot be.
        Refused: a build failed.
    """
    counts = sorted({_count(size.strip()) for size in sizes.split(",")})
    found: list[Measured] = []
    for count in counts:
        with tempfile.TemporaryDirectory(prefix="practice-bench-") as folder:
            for measured in _site(Path(folder), count, plain=plain):
                found.append(measured)
                say(_line(measured, found))
    output.mkdir(parents=True, exist_ok=True)
    (output / "bench.json").write_text(json.dumps(_whole(found), indent=1) + "\n", encoding="utf-8")
    (output / "bench.svg").write_text(picture([asdict(each) for each in found]), encoding="utf-8")
    say(f"{output / 'bench.json'}, {output / 'bench.svg'}")


def _count(written: str) -> int:
    if not written.isascii() or not written.isdigit() or not _SMALLEST <= int(written) <= _LARGEST:
        message = f"--articles {written} is no size - write numbers from {_SMALLEST} to {_LARGEST}, as in 500,1000"
        raise WrongValue(message)
    return int(written)


def _site(folder: Path, count: int, *, plain: bool) -> Iterator[Measured]:
    made = list(articles(_SAMPLE, count))
    content = folder / "content"
    write(_SAMPLE, content, made)
    edited = content / "articles" / f"{made[count // 2].name}.md"
    practice = content / "practice.toml"

    def body() -> None:
        edited.write_text(edited.read_text(encoding="utf-8") + "\nOne sentence more stands here.\n", encoding="utf-8")

    def title() -> None:
        edited.write_text(edited.read_text(encoding="utf-8").replace('title: "', 'title: "New: ', 1), encoding="utf-8")

    def fact() -> None:
        old = practice.read_text(encoding="utf-8")
        practice.write_text(old.replace("555-0142", "555-0143"), encoding="utf-8")

    places = [str(content), str(folder / "site"), str(folder / "cache")]
    ours = [sys.executable, "-m", "site_tools.bench.once", *places, _DAY]
    cases: dict[str, Callable[[], None]] = {
        "cold": lambda: None,
        "nothing changed": lambda: None,
        "one body edited": body,
        "one title edited": title,
        "one fact of the practice": fact,
    }
    for case, change in cases.items():
        change()
        time.sleep(0.1)  # as a person would: not within one tick of the file system's clock
        yield _measured(ours, count, case, folder / "site")
    if plain:
        write_plain(folder / "plain" / "content", made)
        _plain_theme(folder / "plain")
        command = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-o", str(folder / "plain-site"), "-q"]
        yield _measured(command, count, "plain Pelican", folder / "plain-site", cwd=folder / "plain")


def _plain_theme(folder: Path) -> None:
    shutil.copytree(_PLAIN / "templates", folder / "theme" / "templates")
    (folder / "theme" / "static").mkdir()
    (folder / "theme" / "static" / "site.css").write_text("body { margin: 1em }\n", encoding="utf-8")
    for name in ("pelicanconf.py", "related.py"):
        shutil.copy(_PLAIN / name, folder)


def _measured(command: list[str], count: int, case: str, site: Path, cwd: Path | None = None) -> Measured:
    """Run a build in a process of its own and return what it took."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, cwd=cwd)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - began
        if process.returncode:
            said.seek(0)
            last = said.read().decode(errors="replace").strip()[-2000:]
            raise Refused(f"the build of {count} articles ({case}) failed: {last}")
    unit = 1024 if platform.system() == "Linux" else 1024**2  # kilobytes there, bytes on macOS
    return Measured(
        articles=count,
        case=case,
        wall_s=round(wall, 2),
        cpu_s=round(usage.ru_utime + usage.ru_stime, 2),
        peak_mb=round(usage.ru_maxrss / unit),
        files=sum(1 for path in site.rglob("*") if path.is_file()),
    )


def _line(measured: Measured, found: list[Measured]) -> str:
    cold = next(each for each in found if each.articles == measured.articles and each.case == "cold")
    share = f"{measured.cpu_s / cold.cpu_s:5.2f} of cold CPU" if cold.cpu_s else ""
    return (
        f"{measured.articles:>7} articles  {measured.case:<26}{measured.wall_s:>8.2f} s wall"
        f"{measured.cpu_s:>9.2f} s CPU  {share}{measured.peak_mb:>7.0f} MB{measured.files:>8} files"
    )


def _whole(found: list[Measured]) -> dict[str, object]:
    versions = {name: version(name) for name in ("pelican", "markdown", "typogrify", "jinja2")}
    machine = {"python": platform.python_version(), "system": platform.system(), "cores": os.cpu_count()}
    return {"machine": machine, "versions": versions, "builds": [asdict(each) for each in found]}
