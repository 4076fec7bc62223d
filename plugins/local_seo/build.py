"""One build, from content to a whole site: a sibling folder is filled, read back and put in place by renames."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import logging
import os
import shutil
import time
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING, Any

from pelican import Pelican, signals
from pelican.settings import read_settings

from . import compose, pictures, search, walk, workers
from .errors import Finding, SourceError, error
from .model.built import Built
from .plugin import SiteGenerator, SiteWriter
from .read.output import Pages
from .reader import StrictReader, content
from .request import Refused, WrongValue
from .tree import Files, Made, Tree, Upcoming

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from .compose import Composed
    from .model.site import Site
    from .request import Request
    from .workers import Memory

# What makes a folder ours: an existing folder without it is never touched.
MARKER = "build.json"
MADE_BY = "local-practice-site"
# What a build that was killed had begun aside comes to its end within that; so does most that another one builds.
_PATIENCE_S = 10.0
_TEXTS = (".css", ".html", ".json", ".txt", ".xml")
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Folders:
    """The output folder and its siblings; all lie on one file system, so that a rename is all or nothing."""

    output: Path

    @property
    def upcoming(self) -> Path:
        """Return where the new site is written."""
        return self.output.with_name(f"{self.output.name}.next")

    @property
    def previous(self) -> Path:
        """Return where the old site waits until the new one is in place."""
        return self.output.with_name(f"{self.output.name}.previous")

    @property
    def lock(self) -> Path:
        """Return the file that keeps two builds apart."""
        return self.output.with_name(f"{self.output.name}.lock")


# The steps of a build, in order. ``build`` announces each before it starts; a test can stop at every one.
STEPS = (
    "repair",
    "write",
    "index for the search",
    "read back",
    "sign",
    "set the old site aside",
    "put the new one in place",
    "tidy up",
)


def build(
    request: Request,
    announce: Callable[[int, str], None] = lambda _number, _step: None,
    composing: Callable[[Composed], None] = lambda _composed: None,
    judging: Callable[[Built], None] = lambda _built: None,
) -> Built:
    """Make the whole site and return it; the earlier output stands until the new one is complete.

    Args:
        request: what to build.
        announce: called with number and name before each of ``STEPS``.
        composing: called with what was composed, when its pages are written.
        judging: called with the site when it was read back, before it is put in place. An index for the search may
            still be made meanwhile, and is not there yet.

    Raises:
        SourceError: faults of the content; the output is as it was.
        Refused: the output folder cannot be used, or the disk is full; the output is as it was.
    """
    step = _Steps(announce)
    folders = Folders(output=request.output.absolute())
    _refuse_foreign(folders.output, request.content)
    with workers.uncollected(), _locked(folders):
        try:
            step(0)
            _repair(folders, request.spare)
            step(1)
            upcoming = _upcoming(folders, request.spare)
            _mark(folders.upcoming, "")
            earlier = Tree(folders.output, request.options.cache)
            composed, files = _pelican(request, folders, earlier, upcoming)
            composing(composed)
            step(2)
            index = _index(composed, files, request, earlier, upcoming)
            files |= index.standing
            upcoming.sweep(files.keys() | {MARKER})
            found = {name: entry.stat() for name, entry in walk.files(str(folders.upcoming))}
            with workers.aside(index.rest, here=not index.fits_aside) as rest:
                step(3)
                built = _read_back(composed, folders.upcoming, found, files, request.options.memory)
                judging(built)
                made = rest()
            files |= made
            found |= {name: os.stat(upcoming.at(name)) for name in made}  # noqa: PTH116 - a string
            built = _whole(built, folders.upcoming, found, made) if made else built
            step(4)
            _mark(folders.upcoming, _digest(files))
            step(5)
            if folders.output.exists():
                folders.output.rename(folders.previous)
            step(6)
            folders.upcoming.rename(folders.output)
            step(7)
            earlier.keep(files, found)
            _lay_by(folders.previous, request.spare)
        except search.Failed as failure:
            _repair(folders, request.spare)
            raise Refused(f"{failure}; the earlier site is as it was") from failure
        except OSError as failure:
            _repair(folders, None)  # the disk may be full
            what = f"{failure.filename or folders.output}: {failure.strerror or failure}"
            raise Refused(f"the site could not be written: {what}; the earlier one is as it was") from failure
        except BaseException:
            _repair(folders, request.spare)
            raise
    return built


def reader(request: Request, site: Site) -> StrictReader:
    """Return what turns the Markdown of a practice into HTML, as a build does."""
    found = StrictReader(read_settings(str(request.settings), override={"PATH": str(request.content.absolute())}))
    found.use(site.facts, site.words)
    return found


def read(request: Request) -> tuple[Site | None, list[Finding]]:
    """Return what is written, with the pages that follow from it, and every fault; nothing is made.

    Files with faults are left out; None when ``practice.toml`` itself cannot be used.
    """
    folder, theme = request.content.absolute(), request.theme.absolute()
    settings = read_settings(str(request.settings), override={"PATH": str(folder), "THEME": str(theme)})
    with _strict_log():
        found, bad = content(StrictReader(settings), folder, (theme, folder / "theme"), request.options)
    return (compose.site_of(found) if found else None), bad


class _Steps:
    def __init__(self, announce: Callable[[int, str], None]) -> None:
        self._announce = announce

    def __call__(self, number: int) -> None:
        self._announce(number, STEPS[number])


def _refuse_foreign(output: Path, content: Path) -> None:
    """Stop before anything of somebody else's could be lost."""
    folders = Folders(output=output)
    source = content.resolve()
    if not source.is_dir():
        raise WrongValue(f"there is no content folder {content} - name it with --content")
    if output.resolve() == source or source in output.resolve().parents or output.resolve() in source.parents:
        raise WrongValue(f"output and content lie in each other: {output} - choose another --output")
    for path in (output, folders.upcoming, folders.previous):
        if path.exists() and not path.is_dir():
            raise WrongValue(f"{path} is a file, but a folder is needed there - move it or choose another --output")
        if path.is_dir() and any(path.iterdir()) and not _is_ours(path):
            raise WrongValue(
                f"{path} holds files that this program did not make, and a build would delete them"
                " - move them or choose another --output"
            )


def _is_ours(folder: Path) -> bool:
    try:
        mark = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(mark, dict) and mark.get("made_by") == MADE_BY


def _mark(folder: Path, digest: str) -> None:
    text = json.dumps({"made_by": MADE_BY, "format": 1, "build": digest}, indent=1)
    path = folder / MARKER
    path.unlink(missing_ok=True)
    path.write_text(f"{text}\n", encoding="utf-8")


def _digest(files: Mapping[str, Made]) -> str:
    """Return the build id: a digest of every path and its bytes."""
    lines = "".join(f"{name}\0{made.digest}\n" for name, made in sorted(files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def _repair(folders: Folders, spare: Path | None) -> None:
    """Undo what an interrupted build left behind: a whole site stands in the output folder, or none ever did.

    A half filled folder is as good to fill as another, and to delete thousands of files takes seconds.
    """
    if folders.previous.exists() and not folders.output.exists():
        folders.previous.rename(folders.output)
    _lay_by(folders.upcoming, spare)
    _lay_by(folders.previous, spare)


def _upcoming(folders: Folders, spare: Path | None) -> Upcoming:
    """Return the folder to fill: the spare one where there is one, else a new one."""
    try:
        if spare is None or not _is_ours(spare):
            raise FileNotFoundError
        spare.rename(folders.upcoming)
    except OSError:
        folders.upcoming.mkdir(parents=True)
    return Upcoming(folders.upcoming)


def _lay_by(folder: Path, spare: Path | None) -> None:
    """Keep a folder for the next build to fill, where there is room for it; delete it where there is none."""
    if spare and folder.exists():
        with contextlib.suppress(OSError):
            spare.parent.mkdir(parents=True, exist_ok=True)
            folder.rename(spare)
    _remove(folder)


def _remove(folder: Path) -> None:
    if folder.exists():
        # The mark goes last: a half deleted folder must still be known as ours.
        for path in sorted(folder.iterdir()):
            if path.name != MARKER:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
        shutil.rmtree(folder)


@contextlib.contextmanager
def _locked(folders: Folders) -> Iterator[None]:
    """Hold the lock of an output folder; it ends with the process, however that ends."""
    end = time.monotonic() + _PATIENCE_S
    while (handle := _held(folders.lock)) is None:
        if time.monotonic() > end:
            raise Refused(f"another build writes {folders.output} - wait for it to end")
        time.sleep(0.05)
    with handle:
        try:
            yield
        finally:
            folders.lock.unlink(missing_ok=True)


def _held(path: Path) -> IO[str] | None:
    """Return a lock file, open and held; None while another process holds it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("w")
    except OSError as failure:
        raise Refused(f"{path.parent} cannot be written: {failure.strerror}") from failure
    with contextlib.suppress(OSError):
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # Else whoever held it has taken it away, and a third may hold another.
        if os.path.samestat(os.fstat(handle.fileno()), path.stat()):
            return handle
    handle.close()
    return None


class SitePelican(Pelican):
    """Pelican with our one generator: its own would find nothing, and its summary would count nothing."""

    def run(self) -> SiteGenerator:
        """Run the generator and return it."""
        context = {**self.settings, "generated_content": {}, "static_links": set(), "static_content": {}}
        context["localsiteurl"] = self.settings["SITEURL"]
        generator = SiteGenerator(
            context=context,
            settings=self.settings,
            path=self.path,
            theme=self.theme,
            output_path=self.output_path,
        )
        generator.generate_context()
        signals.all_generators_finalized.send([generator])
        self.writer = SiteWriter(self.output_path, settings=self.settings)
        generator.generate_output(self.writer)
        signals.finalized.send(self)
        return generator


def _pelican(request: Request, folders: Folders, earlier: Tree, upcoming: Upcoming) -> tuple[Composed, dict[str, Made]]:
    """Return what was composed, and the files that were written."""
    overrides: dict[str, Any] = {
        "PATH": str(request.content.absolute()),
        "OUTPUT_PATH": str(folders.upcoming),
        "THEME": str(request.theme.absolute()),
        "LOCAL_SEO": request.options,
        "LOCAL_SEO_PICTURES": str(request.pictures.absolute()),
        "LOCAL_SEO_EARLIER": earlier,
        "LOCAL_SEO_UPCOMING": upcoming,
    }
    settings = read_settings(str(request.settings), override=overrides)
    with _strict_log():
        pelican = SitePelican(settings)
        return pelican.run().composed, pelican.writer.files


@contextlib.contextmanager
def _strict_log() -> Iterator[None]:
    """Turn what Pelican only logs, such as a plugin that fails to register, into an error."""
    said: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    pelican = logging.getLogger("pelican")
    collector = Collector(logging.WARNING)
    pelican.addHandler(collector)
    try:
        yield
    finally:
        pelican.removeHandler(collector)
    if said:
        raise SourceError([error("pelicanconf.py", 0, "pelican", text, "mend the settings") for text in said])


def _index(
    composed: Composed, files: Mapping[str, Made], request: Request, earlier: Tree, upcoming: Upcoming
) -> search.Index:
    """Return the index of the search page, as far as it stands.

    A preview keeps the one that it began with, so that a save shows at once.
    """
    options = request.options
    kept = options.cache / "search" if options.cache else None
    language = composed.site.facts.practice.language
    return search.Index(composed.views, files, language, kept, earlier, upcoming, any_will_do=options.preview)


def _read_back(
    composed: Composed, folder: Path, found: Mapping[str, os.stat_result], made: Mapping[str, Made], memory: Memory
) -> Built:
    """Return what is found in a folder; texts are read when they are asked for."""
    digests = {name: made[name].digest if name in made else _sum(folder / name) for name in found if name != MARKER}
    texts = Files(folder, {name: digest for name, digest in digests.items() if name.endswith(_TEXTS)})
    return Built(
        site=composed.site,
        frame=composed.frame,
        views=composed.views,
        files=texts,
        digests=digests,
        rendered=Pages(texts),
        paths=frozenset(found),
        sizes={name: status.st_size for name, status in found.items()},
        pictures=pictures.finished(found, folder, digests, memory),
        addresses=composed.addresses,
        hashes=composed.hashes,
    )


def _whole(built: Built, folder: Path, found: Mapping[str, os.stat_result], made: Mapping[str, Made]) -> Built:
    """Return a site with files that were made when it had been read back."""
    digests = {**built.digests, **{name: each.digest for name, each in made.items()}}
    return replace(
        built,
        files=Files(folder, {name: digest for name, digest in digests.items() if name.endswith(_TEXTS)}),
        digests=digests,
        paths=built.paths | made.keys(),
        sizes={**built.sizes, **{name: found[name].st_size for name in made}},
    )


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
