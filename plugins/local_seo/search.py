"""The index that the search page looks words up in: Pagefind's, made of the pages that may be found."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import shutil
import subprocess
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zlib import crc32

import pagefind_bin

from .model.page import PageKind
from .model.view import View

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .model.view import AnyView

FOLDER: Final = "pagefind"
# A page is found by its own words: not by offers and help (shared), nor by titles and summaries of other pages.
_ROOT: Final = "main"
_LEFT_OUT: Final = "[data-shared], nav, form, h1, .card, .rail, .colophon, .areas, figcaption small"
# What Pagefind puts beside its index for sites without a search page of their own.
_UNUSED: Final = ("pagefind-*-ui.*", "pagefind-ui.*", "pagefind-highlight.js", "pagefind-worker.js")

# One file serves all indexes of a site.
_ONCE: Final = ("pagefind.js", "wasm.*")
# Of a kept index; beside its folder.
_SUMS: Final = "sums.json"
# So many of each: of the site, of its preview, of the same under another origin, and those before an edit.
_KEPT_MOST: Final = 6
logger = logging.getLogger(__name__)


class Failed(Exception):  # noqa: N818 - it is no bug, but an answer to whoever asked
    """The index could not be made; the message says why and what to do."""


def index(views: Mapping[str, AnyView], site: Path, language: str, kept: Path | None) -> dict[str, str]:
    """Put the index of a finished site into it, below ``pagefind/``, and return its files with their SHA-256.

    Pagefind sees the pages that may be found and nothing else, in a folder of their own that is gone afterwards;
    neither its settings files nor the environment say anything to it. Same pages, same bytes: so an index of the same
    pages that lies in the cache is taken from there. A large site has several, as its search page says: the first in
    ``pagefind/``, the others in numbered folders below, so that one edit does not make all of it anew.

    Args:
        views: the site's pages by output path; only indexable ones are taken.
        site: the folder that they lie in.
        language: of the practice, BCP 47; words are cut to their stems in it, whatever a page's own is.
        kept: a folder for the indexes of earlier builds; None for none.

    Raises:
        Failed: the program is missing or did not do its work.
        OSError: the disk is full, and so on.
    """
    pages = sorted(name for name, view in views.items() if _is_found(view))
    count = max((view.indexes for view in views.values() if isinstance(view, View)), default=1)
    made: dict[str, str] = {}
    for number in range(count):
        names = [name for name in pages if _index_of(name, count) == number]
        if not names:
            continue  # nothing may be found, as in a preview for colleagues
        folder = f"{FOLDER}/{number}" if number else FOLDER
        earlier = kept / _key(folder, names, site, language) if kept else None
        found = _taken(earlier, site, folder) if earlier else {}
        if not found:
            _make(site, folder, names, language)
            found = _sums(site, folder)
            if earlier:
                _keep(earlier, site, found)
        made |= found
    if kept:
        _forget(kept, count * _KEPT_MOST)
    return made


def _index_of(name: str, count: int) -> int:
    """Return in which of the indexes a page is: the same one as long as there are as many."""
    return crc32(name.encode()) % count


def _make(site: Path, folder: str, names: Sequence[str], language: str) -> None:
    pages = site / f".{FOLDER}"
    for name in names:
        _same(site / name, pages / name)
    command = (
        ("--site", pages),
        ("--output-path", site / folder),
        ("--root-selector", _ROOT),
        ("--exclude-selectors", _LEFT_OUT),
        ("--force-language", language.lower()),  # as the engine spells what <html lang> says
    )
    try:
        _run(*(str(part) for option in command for part in option), folder=pages)
    finally:
        shutil.rmtree(pages)
    unused = [*_UNUSED]
    if folder != FOLDER:
        unused += _ONCE
    elif len(list((site / folder).glob("wasm.*"))) > 1:
        unused.append("wasm.unknown.*")
    for pattern in unused:
        for path in (site / folder).glob(pattern):
            path.unlink()


def _sums(site: Path, folder: str) -> dict[str, str]:
    """Return the files below a folder of a site with their SHA-256."""
    found = sorted(path for path in (site / folder).rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def _is_found(view: AnyView) -> bool:
    return isinstance(view, View) and view.head.indexable and view.kind is not PageKind.SEARCH


def _key(folder: str, names: Sequence[str], site: Path, language: str) -> str:
    """Return a digest of everything that the index follows from."""
    about = (version("pagefind_bin"), folder, language, _ROOT, _LEFT_OUT, _UNUSED, _ONCE)
    whole = hashlib.sha256(repr(about).encode())
    for name in names:
        whole.update(f"\0{name}\0{hashlib.sha256((site / name).read_bytes()).hexdigest()}".encode())
    return whole.hexdigest()[:32]


def _taken(earlier: Path, site: Path, folder: str) -> dict[str, str]:
    """Copy a kept index into a site and return its files; none where it is not there or was damaged."""
    if not earlier.exists():
        return {}
    found = _whole(earlier, folder)
    if not found:
        logger.warning("%s: a damaged search index is made anew", earlier)
        return {}
    for name, data in found.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(data)
    with contextlib.suppress(OSError):
        os.utime(earlier)
    return {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}


def _whole(earlier: Path, folder: str) -> dict[str, bytes]:
    """Return the files of a kept index; none where one of them is not what was kept."""
    try:
        sums = json.loads((earlier / _SUMS).read_text(encoding="utf-8"))
        found = {str(name): (earlier / name).read_bytes() for name in sums if name.startswith(f"{folder}/")}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
    return found if sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()} else {}


def _keep(earlier: Path, site: Path, made: Mapping[str, str]) -> None:
    """Keep an index, whole or not at all. A full disk is no fault of the build."""
    with contextlib.suppress(OSError):
        earlier.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=earlier.parent) as scratch:
            whole = Path(scratch) / "whole"
            for name in made:
                (whole / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(site / name, whole / name)
            (whole / _SUMS).write_text(json.dumps(made), encoding="utf-8")
            shutil.rmtree(earlier, ignore_errors=True)
            whole.rename(earlier)


def _forget(kept: Path, most: int) -> None:
    """Delete all kept indexes but those used last."""
    with contextlib.suppress(OSError):
        others = sorted(kept.iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name))
        for path in others[:-most]:
            shutil.rmtree(path, ignore_errors=True)


def keep(earlier: Path, site: Path) -> dict[str, str]:
    """Put the index of an earlier site, if any, into one and return its files: a preview need not be up to date."""
    found = _sums(earlier, FOLDER)
    for name in found:
        _same(earlier / name, site / name)
    return found


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
