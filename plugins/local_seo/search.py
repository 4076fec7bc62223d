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

from . import workers
from .model.page import PageKind
from .model.view import View
from .tree import Made

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from .model.view import AnyView
    from .tree import Tree, Upcoming

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


def index(
    views: Mapping[str, AnyView],
    files: Mapping[str, Made],
    language: str,
    kept: Path | None,
    earlier: Tree,
    upcoming: Upcoming,
) -> dict[str, Made]:
    """Put the index of a site into the folder that is filled, below ``pagefind/``, and return its files.

    Pagefind sees the pages that may be found and nothing else, in a folder of their own that is gone afterwards;
    neither its settings files nor the environment say anything to it. Same pages, same bytes: so an index of the same
    pages is taken from the earlier site, or from the cache. A large site has several, as its search page says: the
    first in ``pagefind/``, the others in numbered folders below, so that one edit does not make all of it anew.

    Args:
        views: the site's pages by output path; only indexable ones are taken.
        files: what was printed, the pages among them.
        language: of the practice, BCP 47; words are cut to their stems in it, whatever a page's own is.
        kept: a folder for the indexes of earlier builds; None for none.
        earlier: the site before.
        upcoming: the folder that the pages lie in.

    Raises:
        Failed: the program is missing or did not do its work.
        OSError: the disk is full, and so on.
    """
    pages = sorted(name for name, view in views.items() if _is_found(view))
    count = max((view.indexes for view in views.values() if isinstance(view, View)), default=1)
    parts: list[list[str]] = [[] for _ in range(count)]
    for name in pages:
        parts[_index_of(name, count)].append(name)
    standing = earlier.below(f"{FOLDER}/")
    made: dict[str, Made] = {}
    missing: list[_Part] = []
    for number, names in enumerate(parts):
        if not names:
            continue  # nothing may be found, as in a preview for colleagues
        folder = f"{FOLDER}/{number}" if number else FOLDER
        part = _Part(folder, names, _key(folder, names, files, language))
        if found := upcoming.linked(earlier, standing.get(part.key, ())):
            made |= found
        else:
            missing.append(part)
    for part, data in zip(missing, _all_of(missing, Path(upcoming.at("")), language, kept), strict=True):
        for name, each in data.items():
            upcoming.claim(name)
            upcoming.write(name, each)
            made[name] = Made(hashlib.sha256(each).hexdigest(), part.key)
    if kept:
        _forget(kept, count * _KEPT_MOST)
    return made


class _Part(NamedTuple):
    """One index: its folder in the site, the names of its pages, and a digest of all that it follows from."""

    folder: str
    names: Sequence[str]
    key: str


def _all_of(parts: Sequence[_Part], site: Path, language: str, kept: Path | None) -> Iterator[dict[str, bytes]]:
    """Yield the files of each index, by their paths in the site; Pagefind uses little more than a core for each."""
    with ThreadPoolExecutor(workers.cores()) as pool:
        try:
            yield from pool.map(partial(_files, site=site, language=language, kept=kept), parts)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _files(part: _Part, site: Path, language: str, kept: Path | None) -> dict[str, bytes]:
    """Take the files of an index from the cache, or make and keep them."""
    data = _whole(kept / part.key) if kept else {}
    if not data:
        data = _made(part, site, language)
        if kept:
            _keep(kept / part.key, data)
    return data


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


def _forget(kept: Path, most: int) -> None:
    """Delete all kept indexes but those used last."""
    with contextlib.suppress(OSError):
        others = sorted(kept.iterdir(), key=lambda path: (path.stat().st_mtime_ns, path.name))
        for path in others[:-most]:
            shutil.rmtree(path, ignore_errors=True)


def keep(earlier: Tree, upcoming: Upcoming) -> dict[str, Made]:
    """Put the index of an earlier site, if any, into one and return its files: a preview need not be up to date."""
    standing = earlier.below(f"{FOLDER}/")
    return upcoming.linked(earlier, [name for key, names in standing.items() if key for name in names])


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
