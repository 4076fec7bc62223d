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
from concurrent.futures import ThreadPoolExecutor
from fnmatch import fnmatch
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple
from zlib import crc32

import pagefind_bin

from . import cache, urls, workers
from .model.page import PageKind
from .model.view import View
from .tree import Made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .model.view import AnyView
    from .tree import Tree, Upcoming

FOLDER: Final = urls.INDEX.strip("/")
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


class Index:
    """The index of a site, below ``pagefind/`` in the folder that is filled.

    Pagefind sees the pages that may be found and nothing else, in a folder of their own that is gone afterwards;
    neither its settings files nor the environment say anything to it. Same pages, same bytes: so an index of the same
    pages is taken from the earlier site, or from the cache. A large site has several, as its search page says: the
    first in ``pagefind/``, the others in numbered folders below, so that one edit does not make all of it anew.

    Attributes:
        standing: the files of the indexes that were taken.
    """

    def __init__(
        self,
        views: Mapping[str, AnyView],
        files: Mapping[str, Made],
        language: str,
        kept: Path | None,
        earlier: Tree,
        upcoming: Upcoming,
        *,
        any_will_do: bool = False,
    ) -> None:
        """Take what stands in the earlier site, or is kept.

        Args:
            views: the site's pages by output path; only indexable ones are taken.
            files: what was printed, the pages among them.
            language: of the practice, BCP 47; words are cut to their stems in it, whatever a page's own is.
            kept: a folder for the indexes of earlier builds; None for none.
            earlier: the site before.
            upcoming: the folder that the pages lie in.
            any_will_do: whether the earlier site's index, if any, stands as it is.
        """
        pages = sorted(name for name, view in views.items() if _is_found(view))
        self._count = max((view.indexes for view in views.values() if isinstance(view, View)), default=1)
        self._language = language
        self._kept = kept
        self._upcoming = upcoming
        self._missing: list[_Part] = []
        self.standing: dict[str, Made] = {}
        parts: list[list[str]] = [[] for _ in range(self._count)]
        for name in pages:
            parts[_index_of(name, self._count)].append(name)
        before = earlier.below(f"{FOLDER}/")
        if any_will_do:
            self.standing = upcoming.linked(earlier, [name for key, names in before.items() if key for name in names])
        for number, names in enumerate(() if self.standing else parts):
            if not names:
                continue  # nothing may be found, as in a preview for colleagues
            folder = f"{FOLDER}/{number}" if number else FOLDER
            part = _Part(folder, names, _key(folder, names, files, language))
            if found := upcoming.linked(earlier, before.get(part.key, ())):
                self.standing |= found
            elif data := _whole(kept / part.key) if kept else {}:
                self.standing |= self._written(part, data)
            else:
                self._missing.append(part)

    @property
    def fits_aside(self) -> bool:
        """Return whether something is missing, and no more than there are cores for."""
        return 0 < len(self._missing) <= workers.cores()

    def rest(self) -> dict[str, Made]:
        """Make what is missing, and return its files.

        Raises:
            Failed: the program is missing or did not do its work.
            OSError: the disk is full, and so on.
        """
        made: dict[str, Made] = {}
        done = _all_of(self._missing, Path(self._upcoming.at("")), self._language)
        for part, data in zip(self._missing, done, strict=True):
            made |= self._written(part, data)
            if self._kept:
                _keep(self._kept / part.key, data)
        if self._kept and made:
            cache.forget(self._kept, self._count * _KEPT_MOST)
        return made

    def _written(self, part: _Part, data: Mapping[str, bytes]) -> dict[str, Made]:
        """Write the files of an index, and return them."""
        for name, each in data.items():
            self._upcoming.claim(name)
            self._upcoming.write(name, each)
        return {name: Made(hashlib.sha256(each).hexdigest(), part.key) for name, each in data.items()}


class _Part(NamedTuple):
    """One index: its folder in the site, the names of its pages, and a digest of all that it follows from."""

    folder: str
    names: Sequence[str]
    key: str


def _all_of(parts: Sequence[_Part], site: Path, language: str) -> Iterator[dict[str, bytes]]:
    """Yield the files of each index, by their paths in the site; Pagefind uses little more than a core for each."""
    with ThreadPoolExecutor(workers.cores()) as pool:
        try:
            yield from pool.map(partial(_made, site=site, language=language), parts)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _index_of(name: str, count: int) -> int:
    """Return in which of the indexes a page is: the same one as long as there are as many."""
    return crc32(name.encode()) % count


def _made(part: _Part, site: Path, language: str) -> dict[str, bytes]:
    """Return the files of an index; Pagefind writes them into a folder of their own, never into that of the site."""
    scratch = site / f".{part.folder.replace('/', '.')}"
    pages, output = scratch / "pages", scratch / "made"
    for name in part.names:
        _same(site / name, pages / name)
    command = (
        ("--site", pages),
        ("--output-path", output),
        ("--root-selector", _ROOT),
        ("--exclude-selectors", _LEFT_OUT),
        ("--force-language", language.lower()),  # as the engine spells what <html lang> says
    )
    try:
        _run(*(str(part) for option in command for part in option), folder=pages)
        found = sorted(path for path in output.rglob("*") if path.is_file())
        files = {path.relative_to(output).as_posix(): path.read_bytes() for path in found}
    finally:
        shutil.rmtree(scratch)
    unused = [*_UNUSED]
    if part.folder != FOLDER:
        unused += _ONCE
    elif sum(fnmatch(name, "wasm.*") for name in files) > 1:
        unused.append("wasm.unknown.*")
    return {
        f"{part.folder}/{name}": data
        for name, data in files.items()
        if not any(fnmatch(name, pattern) for pattern in unused)
    }


def _is_found(view: AnyView) -> bool:
    return isinstance(view, View) and view.head.indexable and view.kind is not PageKind.SEARCH


def _key(folder: str, names: Sequence[str], files: Mapping[str, Made], language: str) -> str:
    """Return a digest of everything that the index follows from."""
    about = (version("pagefind_bin"), folder, language, _ROOT, _LEFT_OUT, _UNUSED, _ONCE)
    pages = "".join(f"\0{name}\0{files[name].digest}" for name in names)
    return hashlib.sha256(f"{about!r}{pages}".encode()).hexdigest()[:32]


def _whole(store: Path) -> dict[str, bytes]:
    """Return the files of a kept index, by their paths in the site; none where one of them is not what was kept."""
    if not store.exists():
        return {}
    try:
        sums = json.loads((store / _SUMS).read_text(encoding="utf-8"))
        found = {str(name): (store / name).read_bytes() for name in sums if name.startswith(f"{FOLDER}/")}
    except (OSError, ValueError, AttributeError, TypeError):
        found, sums = {}, {}
    if not found or sums != {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}:
        logger.warning("%s: a damaged search index is made anew", store)
        return {}
    with contextlib.suppress(OSError):
        os.utime(store)
    return found


def _keep(store: Path, files: Mapping[str, bytes]) -> None:
    """Keep an index, whole or not at all. A full disk is no fault of the build."""
    with contextlib.suppress(OSError):
        store.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=store.parent) as scratch:
            whole = Path(scratch) / "whole"
            for name, data in files.items():
                (whole / name).parent.mkdir(parents=True, exist_ok=True)
                (whole / name).write_bytes(data)
            sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
            (whole / _SUMS).write_text(json.dumps(sums), encoding="utf-8")
            shutil.rmtree(store, ignore_errors=True)
            whole.rename(store)


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
