"""Whatever breaks off a publish, wherever: the site that is served is whole, and the next publish converges."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import hashlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from local_seo.model.ledgers import Revisions
from local_seo.read.output import rendered
from local_seo.request import Options, Refused, Request
from site_tools import publish as publishing
from site_tools.publish import ledgers, package
from site_tools.publish.history import FOLDER
from site_tools.publish.manifest import INTENTION, LOCK_PREFIX, PART
from site_tools.publish.rclone import Rclone
from site_tools.publish.release import Release
from site_tools.publish.stores import Folder
from site_tools.publish.targets import Target

from . import hosts
from .conftest import ROOT, tree
from .invoked import SERVER
from .test_publish import CONTROL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_THE_NOTE = len(publishing.Step)  # a step after all others
_NOTE = ledgers.announced
ORIGIN = "https://cedar-bend.example"


@dataclass(frozen=True)
class Version:
    """A site ready to be sent, with a folder of its own."""

    place: Path

    @property
    def files(self) -> package.Package:
        return package.described(self.place / "out.publish")

    def bytes(self) -> dict[str, bytes]:
        return tree(self.place / "out.publish")

    def send(self, target: Target, **hooks: object) -> None:
        request = Request(content=self.place / "content", output=self.place / "out")
        settings = publishing.Settings(request=request, cache=self.place / "cache", say=lambda _: None)
        release = Release(replace(settings, **hooks), target, "", "id", None)  # type: ignore[arg-type]
        release.run(self.files, Revisions(), accept=True, known=[])

    def send_to_rclone(self, remote: str) -> None:
        with contextlib.closing(Target("rclone", store=Rclone(remote))) as target:
            self.send(target)


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Version, Version]:
    """Two sites: the second has another style sheet, a page more, a page and a picture less, and says other words."""
    one = _version(tmp_path / "one", "#7a3a1e", {"kept": "porch.jpg", "old": "river.jpg"})
    two = _version(tmp_path / "two", "#1e3a7a", {"kept": "porch.jpg", "new": "hills.jpg"})
    return one, two


def _version(place: Path, colour: str, articles: Mapping[str, str]) -> Version:
    """Write a site as small as one gets that has all kinds of files; a build has many more of each."""
    styles = f"body {{ color: {colour} }}\n"
    sheet = f"theme/site.{hashlib.sha256(styles.encode()).hexdigest()[:10]}.css"
    links = "".join(f'<a href="/blog/{name}/">{name}</a>' for name in articles)
    addresses = "".join(f"<url><loc>{ORIGIN}/{path}</loc></url>" for path in ("", *(f"blog/{n}/" for n in articles)))

    def page(body: str) -> str:
        head = f'<!doctype html><html lang="en"><title>t</title><link rel="stylesheet" href="/{sheet}">'
        return f"{head}<body>{body}</body></html>\n"

    files = {
        sheet: styles,
        "index.html": page(links),
        "404.html": page("nothing"),
        "build.json": f'{{"build": "{colour}"}}\n',
        "sitemap.xml": f"<urlset>{addresses}</urlset>\n",
    }
    for name, picture in articles.items():
        files[f"blog/{name}/index.html"] = page(f'<img src="/images/{picture}" alt="">{links}')
        files[f"images/{picture}"] = picture
    for path, text in files.items():
        at = place / "out.publish" / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_text(text, encoding="utf-8")
    return Version(place)


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def check_is_whole(folder: Path) -> None:
    """Hold that each page finds all that it fetches, each link from the home page on a page, the sitemap as well."""
    files = {path: data for path, data in tree(folder).items() if not path.endswith(PART)}
    pages = {path: rendered(data) for path, data in files.items() if path.endswith(".html")}
    for path, page in pages.items():
        for url in page.requests:
            assert url.lstrip("/") in files, f"{path} fetches {url}"
    reached, ahead = set(), ["index.html"] if "index.html" in pages else []
    while ahead:
        path = ahead.pop()
        assert path in pages, f"a link leads to {path}"
        reached.add(path)
        urls = (href.partition("#")[0] for href, _ in pages[path].anchors if re.match(r"/[^#?]*/(?:#|$)", href))
        ahead += {f"{url}index.html".lstrip("/") for url in urls} - reached - {*ahead}
    for url in re.findall(rb"<loc>(.*?)</loc>", files.get("sitemap.xml", b"")):
        page = url.decode().removeprefix(f"{ORIGIN}/")
        assert f"{page}index.html" in files, f"the sitemap lists /{page}"


def check_shows(folder: Path, version: Version) -> None:
    """Hold that exactly this version lies there; besides it, old assets that have their grace, and no litter."""
    files = tree(folder)
    assert files.items() >= version.bytes().items()
    assert all(path.endswith(".css") for path in files.keys() - version.bytes().keys() - {*CONTROL})


class Killed(BaseException):
    """Ends a publish at once; from here on nothing reaches the target, as after a kill."""


@pytest.mark.parametrize("how", ["refused", "broken off", "killed"])
@pytest.mark.parametrize("first", [True, False], ids=["first publish", "update"])
def test_a_fault_at_any_operation_on_a_folder(
    how: str,
    first: bool,  # noqa: FBT001
    versions: tuple[Version, Version],
    tmp_path: Path,
) -> None:
    one, two = versions
    count, finished = 0, False
    while not finished:
        count += 1
        folder = tmp_path / str(count)
        target = Target("folder", store=Folder(folder))
        if not first:
            one.send(target)
        done: list[str] = []

        def fail(operation: str, done: list[str] = done, at: int = count) -> None:
            done.append(operation)
            if len(done) == at or (len(done) > at and how == "killed"):
                if how == "killed":
                    raise Killed
                raise OSError(errno.ECONNRESET, "Connection reset") if how == "broken off" else Refused("no")

        try:
            two.send(target, before=fail)
            finished = True
        except (Refused, Killed):
            check_is_whole(folder)
        two.send(target)
        check_is_whole(folder)
        check_shows(folder, two)
        again: list[str] = []
        two.send(target, before=again.append)
        assert not [each for each in again if each.startswith(("write", "delete"))]
    assert count > 15


def test_a_folder_that_was_left_in_the_middle_of_a_file_is_tidied_up(
    versions: tuple[Version, Version], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = versions
    folder = tmp_path / "www"
    one.send(Target("folder", store=Folder(folder)))

    def die(_: int) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", die)
        with pytest.raises(Killed):
            two.send(Target("folder", store=Folder(folder)))
    assert [path for path in tree(folder) if path.endswith(PART)]
    check_is_whole(folder)
    two.send(Target("folder", store=Folder(folder)))
    check_shows(folder, two)


@dataclass
class Bucket:
    """A folder in a bucket of a real S3 server, and what stands between it and us."""

    remote: str
    folder: Path
    between: hosts.Proxy
    environment: Mapping[str, str]
    staying: contextlib.ExitStack

    def mending(self) -> Callable[[Version], None]:
        """Return what publishes again and again by one rclone, when a publish with one of its own was broken off."""
        with self._known(tries=3):
            target = self.staying.enter_context(contextlib.closing(Target("rclone", store=Rclone(self.remote))))
        return lambda version: version.send(target)

    def publish(self, version: Version, *, tries: int = 3) -> None:
        """Publish in this process, with as many tries of rclone's own."""
        with self._known(tries=tries):
            version.send_to_rclone(self.remote)

    @contextlib.contextmanager
    def _known(self, tries: int) -> Iterator[None]:
        """Have the remote in the environment."""
        with pytest.MonkeyPatch.context() as patched:
            for name, value in {**self.environment, "RCLONE_LOW_LEVEL_RETRIES": str(tries)}.items():
                patched.setenv(name, value)
            yield

    def break_off(self, version: Version, at: int, how: str, scratch: Path) -> bool:
        """Publish, and spoil the request of this number and all that follow; return whether it came to that."""
        self.between.seen.clear()
        self.between.fail_at, self.between.how = at, how
        try:
            if how == "kill":
                self._kill(version, scratch)
            else:
                with contextlib.suppress(Refused):  # tries of rclone's own would meet the same
                    self.publish(version, tries=1)
        finally:
            self.between.fail_at = 0
        return len(self.between.seen) >= at

    def _kill(self, version: Version, scratch: Path) -> None:
        """Publish in a process of its own, and kill that at the request; hold that its rclone ends with it."""
        environment = {**self.environment, "TMPDIR": str(scratch), "RCLONE_LOW_LEVEL_RETRIES": "1"}
        process = SERVER.Process(target=_publish, args=[version, self.remote, environment])
        started = threading.Event()

        def kill() -> None:
            started.wait()
            process.kill()

        self.between.kill = kill
        process.start()
        started.set()
        process.join()
        assert process.exitcode in {0, -signal.SIGKILL}
        check_is_gone(scratch)


def _publish(version: Version, remote: str, environment: Mapping[str, str]) -> None:
    os.environ.update(environment)
    version.send_to_rclone(remote)


def running(room: Path) -> dict[int, str]:
    """Return number and command line of each process that has to do with an rclone in a folder."""
    line = ["ps", "-A", "-ww", "-o", "pid=,args="]
    listed = subprocess.run(line, check=True, capture_output=True, text=True).stdout.splitlines()
    return {int(each.split()[0]): each for each in listed if f"unix://{room}/" in each}


def check_is_gone(room: Path) -> None:
    """Hold that no rclone of this folder outlives its publish, but for the blink that its end takes, and no file."""
    end = time.monotonic() + 30
    while list(room.glob("publish-*")) or running(room):
        assert time.monotonic() < end, f"{running(room)} {list(room.iterdir())}"
        time.sleep(0.01)


@pytest.fixture
def scratch() -> Iterator[Path]:
    """A folder for temporary files with a short name, as sockets need it."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[Bucket]:
    with hosts.s3(tmp_path / "s3") as store, hosts.proxy(store.port) as between, contextlib.ExitStack() as staying:
        yield Bucket("store:site", store.folder, between, store.remote(between.port), staying)


# `refuse` answers 403, `reset` breaks off before the server hears of the request, `cut` after it has done it, and
# `kill` ends the publish itself, with rclone.
@pytest.mark.parametrize("ways", [("refuse", "reset"), ("kill", "cut")], ids=["refuse and reset", "kill and cut"])
def test_a_fault_at_any_request_of_an_update_on_s3(
    ways: tuple[str, str], versions: tuple[Version, Version], bucket: Bucket, scratch: Path
) -> None:
    """Two sites take turns, each is what the other one becomes, and so do two ways, so that each meets any request."""
    current, upcoming = versions
    mend = bucket.mending()
    mend(current)
    at, reached = 0, True
    while reached:
        at += 1
        reached = False
        for how in ways:
            if how in {"refuse", "kill"}:
                # As on a machine that did not send what it replaces, and brings it here first. Not for all ways, since
                # rclone is patient with what it reads.
                shutil.rmtree(upcoming.place / "content" / FOLDER, ignore_errors=True)
            reached |= bucket.break_off(upcoming, at, how, scratch)
            check_is_whole(bucket.folder)
            mend(upcoming)
            check_is_whole(bucket.folder)
            check_shows(bucket.folder, upcoming)
            current, upcoming = upcoming, current
    assert at > 20
    bucket.between.seen.clear()
    bucket.publish(current)
    assert all(request.startswith(("GET", "HEAD")) for request in bucket.between.seen)


@pytest.mark.parametrize("how", ["refuse", "reset", "cut", "kill"])
def test_a_fault_at_any_request_of_the_first_publish_to_s3(
    how: str, versions: tuple[Version, Version], bucket: Bucket, scratch: Path
) -> None:
    at, reached = 0, True
    while reached:
        at += 1
        fresh = replace(bucket, remote=f"{bucket.remote}/{at}", folder=bucket.folder / str(at))
        reached = fresh.break_off(versions[0], at, how, scratch)
        check_is_whole(fresh.folder)
        fresh.publish(versions[0])
        check_shows(fresh.folder, versions[0])
    assert at > 15


@pytest.fixture
def practice(content: Path, tmp_path: Path) -> Iterator[Practice]:
    with (content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write('\n[publish]\ntarget = "folder"\nto = "../www"\nindexnow_key = "0123456789abcdef"\n')
    shown = tmp_path / "www"
    shown.mkdir()
    with hosts.web(shown) as site, hosts.indexnow() as engine:
        yield Practice(content, tmp_path / "out", shown, site.origin, engine)


@dataclass
class Practice:
    """A practice that publishes to a folder, each time in a process of its own, as one does."""

    content: Path
    output: Path
    shown: Path
    origin: str
    engine: hosts.IndexNow

    def publish(self, *, killed_at: int | None = None) -> None:
        """Build and publish, or end at once before the step of this number."""
        arguments = [self.content, self.output, self.origin, self.engine.url, killed_at]
        process = SERVER.Process(target=_build_and_publish, args=arguments)
        process.start()
        process.join()
        assert process.exitcode == (0 if killed_at is None else -signal.SIGKILL)
        check_is_whole(self.shown)


def _build_and_publish(content: Path, output: Path, live: str, endpoint: str, killed_at: int | None) -> None:
    def announce(step: int) -> None:
        if step == killed_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def note(content: Path, dated: Revisions, told: Iterable[str]) -> Revisions:
        announce(_THE_NOTE)
        return _NOTE(content, dated, told)

    ledgers.announced = note
    options = Options(today=dt.date(2026, 11, 20))
    files = {"theme": ROOT / "theme", "settings": ROOT / "pelicanconf.py"}
    settings = publishing.Settings(
        request=Request(content=content, output=output, options=options, **files),
        cache=output.parent / "cache",
        live=live,
        wait_s=0,
        endpoint=endpoint,
        announce=announce,
        accept=True,
        say=lambda _: None,
    )
    publishing.publish(settings)


def test_a_kill_before_any_step(practice: Practice) -> None:
    """An edit is made and taken back in turn."""
    practice.publish()
    assert len(practice.engine.addresses()) == 5
    words = ["Count out loud", "Count aloud"]
    for step in publishing.Step:
        _edit(practice.content / "articles" / "stairs-again.md", *words)
        words.reverse()
        practice.publish(killed_at=step)
        practice.publish()
        assert tree(practice.shown).items() >= tree(practice.output).items()
        assert practice.engine.addresses() == ["/blog/stairs-again/"]
        assert not [path for path in tree(practice.shown) if path.startswith((INTENTION, LOCK_PREFIX))]


def test_a_kill_between_the_call_and_the_note_repeats_the_call_once(practice: Practice) -> None:
    """Nothing is lost, and what was told twice is told twice only."""
    practice.publish(killed_at=_THE_NOTE)
    told = practice.engine.addresses()
    assert len(told) == 5
    for expected in (told, []):
        practice.publish()
        assert practice.engine.addresses() == expected
