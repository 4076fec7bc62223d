"""The index that the search page looks words up in: Pagefind's, made of the pages that may be found."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pagefind_bin

from .model.page import PageKind
from .model.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .model.view import AnyView

FOLDER: Final = "pagefind"
# A page is found by its own words: not by offers and help (shared), nor by titles and summaries of other pages.
_ROOT: Final = "main"
_LEFT_OUT: Final = "[data-shared], nav, form, h1, .card, .rail, .colophon, .areas, figcaption small"
# What Pagefind puts beside its index for sites without a search page of their own.
_UNUSED: Final = ("pagefind-*-ui.*", "pagefind-ui.*", "pagefind-highlight.js", "pagefind-worker.js")


class Failed(Exception):  # noqa: N818 - it is no bug, but an answer to whoever asked
    """The index could not be made; the message says why and what to do."""


def index(views: Mapping[str, AnyView], site: Path, language: str) -> None:
    """Put the index of a finished site into it, below ``pagefind/``.

    Pagefind sees the pages that may be found and nothing else, in a folder of their own that is gone afterwards;
    neither its settings files nor the environment say anything to it. Same pages, same bytes.

    Args:
        views: the site's pages by output path; only indexable ones are taken.
        site: the folder that they lie in.
        language: of the practice, BCP 47; words are cut to their stems in it, whatever a page's own is.

    Raises:
        Failed: the program is missing or did not do its work.
        OSError: the disk is full, and so on.
    """
    pages = site / f".{FOLDER}"
    for name, view in views.items():
        if isinstance(view, View) and view.head.indexable and view.kind is not PageKind.SEARCH:
            _same(site / name, pages / name)
    if not pages.is_dir():
        return  # nothing may be found, as in a preview for colleagues
    command = (
        ("--site", pages),
        ("--output-path", site / FOLDER),
        ("--root-selector", _ROOT),
        ("--exclude-selectors", _LEFT_OUT),
        ("--force-language", language.lower()),  # as the engine spells what <html lang> says
    )
    try:
        _run(*(str(part) for option in command for part in option), folder=pages)
    finally:
        shutil.rmtree(pages)
    for pattern in (*_UNUSED, *(["wasm.unknown.*"] if len(list((site / FOLDER).glob("wasm.*"))) > 1 else ())):
        for path in (site / FOLDER).glob(pattern):
            path.unlink()


def keep(earlier: Path, site: Path) -> bool:
    """Put the index of an earlier site into one, where there is one, and say so: a preview need not be up to date."""
    source = earlier / FOLDER
    for path in sorted(source.rglob("*")):
        if path.is_file():
            _same(path, site / path.relative_to(earlier))
    return source.is_dir()


def _run(*arguments: str, folder: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    again = "install it again: pip install --force-reinstall -c constraints.txt pagefind-bin"
    try:
        program = pagefind_bin.get_executable()
        done = subprocess.run(  # noqa: S603 - an argument list of our own
            [program, "--silent", *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as failure:
        message = f"the search index could not be made, since Pagefind does not start: {failure} - {again}"
        raise Failed(message) from failure
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split()) or f"it ended with {done.returncode}"
        message = f"the search index could not be made; Pagefind says: {said} - {again}"
        raise Failed(message)


def _same(source: Path, target: Path) -> None:
    """Link a file that nothing will write to, or copy it where links are not to be had."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
