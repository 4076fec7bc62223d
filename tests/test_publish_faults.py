"""Whatever breaks off a publish, wherever: the site that is served is whole, and the next publish converges."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import re
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from local_seo.build import Refused, Request
from local_seo.model.ledgers import Revisions
from local_seo.read.output import rendered
from site_tools import publish as publishing
from site_tools.publish import package
from site_tools.publish.rclone import Rclone
from site_tools.publish.release import Release
from site_tools.publish.stores import Folder
from site_tools.publish.targets import Target

from . import hosts
from .conftest import OTHER, ROOT, make, tree
from .test_publish import CONTROL

ORIGIN = "https://cedar-bend.example"
LOGS = {"publish.json", "publish.next.json"}


@dataclass
class Version:
    """A site ready to be sent."""

    folder: Path
    settings: publishing.Settings
    files: package.Package

    def bytes(self) -> dict[str, bytes]:
        return {path: file.at.read_bytes() for path, file in self.files.items()}

    def send(self, target: Target, **hooks: object) -> None:
        settings = replace(self.settings, **hooks)  # type: ignore[arg-type]
        release = Release(settings, target, "", "id", None)
        release.run(self.files, Revisions(), accept=True, known=[])


@pytest.fixture(scope="module")
def versions(tmp_path_factory: pytest.TempPathFactory) -> tuple[Version, Version]:
    """Two sites: the second has another style sheet, an edited, a renamed and a new page, and one picture less."""
    place = tmp_path_factory.mktemp("versions")
    found = []
    for name in ("one", "two"):
        content = Path(shutil.copytree(OTHER, place / f"content-{name}"))
        if name == "two":
            _edit(content / "practice.toml", "[practice]", '[theme]\naccent = "#7a3a1e"\n\n[practice]')
            _edit(content / "articles" / "stairs-again.md", "Count out loud", "Count aloud")
            (content / "articles" / "plain-words.md").rename(content / "articles" / "words.md")
            (content / "articles" / "new.md").write_text("---\ntitle: New\ndate: 2026-01-01\n---\n\nNew.\n", "utf-8")
            _edit(content / "practice.toml", "[practice]", '[addresses]\ngone = ["/blog/plain-words/"]\n\n[practice]')
        output = place / f"out-{name}"
        make(content, output, today=dt.date(2026, 11, 20))
        request = Request(content=content, output=output)
        settings = publishing.Settings(request=request, cache=place / "cache", say=lambda _: None)
        files = package.stage(output, settings.stage, {}, siblings=False, cache=settings.cache)
        found.append(Version(output, settings, files))
    one, two = found
    assert one.bytes() != two.bytes()
    return one, two


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def check_is_whole(folder: Path) -> None:
    """Hold that each page finds all that it fetches, and each address of the sitemap a page."""
    files = {path: data for path, data in tree(folder).items() if not path.endswith(".part")}
    for path, data in files.items():
        if path.endswith(".html"):
            for url in rendered(data).requests:
                assert url.lstrip("/") in files, f"{path} fetches {url}"
    for url in re.findall(rb"<loc>(.*?)</loc>", files.get("sitemap.xml", b"")):
        page = url.decode().removeprefix(f"{ORIGIN}/")
        assert f"{page}index.html" in files, f"the sitemap lists /{page}"


def left(folder: Path, version: Version) -> set[str]:
    """Return what lies there besides the version: old assets in their grace and nothing else."""
    return {path for path in tree(folder) if path not in version.files and path not in CONTROL}


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
        except (Refused, Killed, OSError):
            check_is_whole(folder)
        two.send(target)
        check_is_whole(folder)
        assert tree(folder).items() >= two.bytes().items(), f"after a fault at {done[count - 1 :]}"
        assert all(path.endswith(".css") for path in left(folder, two)), done[-1]
        again: list[str] = []
        two.send(target, before=again.append)
        assert not [each for each in again if each.startswith(("write", "delete"))]
        shutil.rmtree(folder)
    assert count > 20


# A round takes many seconds: rclone starts some twenty times in a publish. So each way breaks off at a few requests,
# from the first to the last, and no two ways at the same; on a folder every operation is tried.
_ROUNDS = 3


# Two sites take turns, so that each round needs one publish that breaks off and one that converges.
@pytest.mark.parametrize(("how", "start"), [("refuse", 1), ("reset", 7), ("cut", 13)])
def test_a_fault_at_any_request_to_s3(
    how: str, start: int, versions: tuple[Version, Version], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Rclone tries again by itself; where every request from the fault on fails, that would only take longer.
    def tries(most: int) -> None:
        for name in ("RCLONE_LOW_LEVEL_RETRIES", "RCLONE_RETRIES"):
            monkeypatch.setenv(name, str(most))

    with hosts.s3(tmp_path / "s3") as store, hosts.proxy(store.port) as between:
        for name, value in store.remote(between.port).items():
            monkeypatch.setenv(name, value)
        target = Target("rclone", store=Rclone("store:site"))
        current, upcoming = versions
        current.send(target)
        between.seen.clear()
        upcoming.send(target)
        requests = len(between.seen)
        current, upcoming = upcoming, current
        assert requests > 20
        for number in range(_ROUNDS):
            tries(1)
            between.seen.clear()
            between.fail_at, between.how = start + number * (requests - 1) // _ROUNDS, how
            with contextlib.suppress(Refused):
                upcoming.send(target)
            between.fail_at = 0
            tries(5)
            check_is_whole(store.folder)
            try:
                upcoming.send(target)
            except Refused:  # a busy machine may need one more; it goes on where the last one stopped
                upcoming.send(target)
            check_is_whole(store.folder)
            assert tree(store.folder).items() >= upcoming.bytes().items(), between.seen
            current, upcoming = upcoming, current


KILL = """
import os, signal, sys, datetime as dt
from pathlib import Path
from local_seo.build import Request
from local_seo.reader import Options
from site_tools import publish as publishing

def announce(number, _step):
    if number == int(sys.argv[1]):
        os.kill(os.getpid(), signal.SIGKILL)

content, output, root = map(Path, sys.argv[2:5])
request = Request(content=content, output=output, theme=root / "theme", settings=root / "pelicanconf.py",
                  options=Options(today=dt.date(2026, 11, 20)))
publishing.publish(publishing.Settings(request=request, cache=output.parent / "cache", live=sys.argv[5], wait_s=0,
                                       endpoint=sys.argv[6], announce=announce, accept=True))
"""


@pytest.mark.parametrize("number", list(publishing.Step), ids=str)
def test_a_kill_before_any_step(number: int, content: Path, tmp_path: Path) -> None:
    with (content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write('\n[publish]\ntarget = "folder"\nto = "../www"\nindexnow_key = "0123456789abcdef"\n')
    (tmp_path / "www").mkdir()
    with hosts.web(tmp_path / "www") as site, hosts.indexnow() as engine:

        def publish(at: int) -> int:
            line: list[str | Path] = [
                sys.executable,
                "-c",
                KILL,
                str(at),
                content,
                tmp_path / "out",
                ROOT,
                site.origin,
                engine.url,
            ]
            return subprocess.run(line, check=False, capture_output=True).returncode

        assert publish(-1) == 0
        assert len(engine.addresses()) == 5
        _edit(content / "articles" / "stairs-again.md", "Count out loud", "Count aloud")
        assert publish(number) == -signal.SIGKILL
        check_is_whole(tmp_path / "www")
        assert publish(-1) == 0
        check_is_whole(tmp_path / "www")
        assert tree(tmp_path / "www").items() >= tree(tmp_path / "out").items()
        assert engine.addresses() == ["/blog/stairs-again/"]
        assert not [path for path in tree(tmp_path / "www") if path in LOGS - set(CONTROL) or "lock" in path]


def test_a_kill_between_the_call_and_the_note_repeats_the_call_once(content: Path, tmp_path: Path) -> None:
    """Nothing is lost, and what was told twice is told twice only."""
    with (content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write('\n[publish]\ntarget = "folder"\nto = "../www"\nindexnow_key = "0123456789abcdef"\n')
    (tmp_path / "www").mkdir()
    script = KILL.replace(
        "content, output",
        "from site_tools.publish import ledgers\nledgers.announced = lambda *_: announce(int(sys.argv[1]), '')\n"
        "content, output",
        1,
    ).replace("number == int(sys.argv[1])", "_step == ''")
    with hosts.web(tmp_path / "www") as site, hosts.indexnow() as engine:
        line: list[str | Path] = ["0", content, tmp_path / "out", ROOT, site.origin, engine.url]
        killed = subprocess.run([sys.executable, "-c", script, *line], check=False, capture_output=True)
        assert killed.returncode == -signal.SIGKILL
        told = engine.addresses()
        assert len(told) == 5
        for expected in (told, []):
            line[0] = "-1"
            subprocess.run([sys.executable, "-c", KILL, *line], check=True, capture_output=True)
            assert engine.addresses() == expected


def test_a_kill_in_the_middle_of_an_upload_to_s3(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The process and its rclone end together, as when the power fails; at requests from the first to the last."""
    with (content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write('\n[publish]\ntarget = "rclone"\nto = "store:site"\n')
    with hosts.s3(tmp_path / "s3") as store, hosts.proxy(store.port) as between, hosts.web(store.folder) as site:
        for name, value in store.remote(between.port).items():
            monkeypatch.setenv(name, value)
        line: list[str | Path] = ["-1", content, tmp_path / "out", ROOT, site.origin, "http://127.0.0.1:9"]
        subprocess.run([sys.executable, "-c", KILL, *line], check=True, capture_output=True)
        words = ["Count out loud", "Count aloud"]
        at = 3
        for _ in range(_ROUNDS):
            _edit(content / "articles" / "stairs-again.md", *words)
            words.reverse()
            process = subprocess.Popen(
                [sys.executable, "-c", KILL, *line],
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            between.kill = lambda process=process: os.killpg(process.pid, signal.SIGKILL)  # type: ignore[misc]
            between.seen.clear()
            between.fail_at, between.how = at, "kill"
            ended = process.wait(120)
            between.fail_at = 0
            check_is_whole(store.folder)
            if ended == 0:
                break
            assert ended == -signal.SIGKILL
            subprocess.run([sys.executable, "-c", KILL, *line], check=True, capture_output=True)
            check_is_whole(store.folder)
            assert tree(store.folder).items() >= tree(tmp_path / "out").items()
            at *= 3
        assert at > 9
