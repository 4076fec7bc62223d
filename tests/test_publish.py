"""`invoke publish` against real targets on loopback: what is sent, what stays, what is written down, what is said."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import shutil
import subprocess
import threading
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import brotli  # type: ignore[import-untyped]
import pytest

from local_seo.errors import SourceError
from local_seo.request import Options, Refused, Request, WrongValue
from site_tools import publish as publishing
from site_tools.publish import lock, plan
from site_tools.publish.history import History
from site_tools.publish.manifest import LOCK_PREFIX

from . import hosts
from .conftest import OTHER, ROOT, command, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY = "0123456789abcdef0123456789abcdef"
CONTROL = ("publish.json",)


@dataclass
class Desk:
    """A practice with a target, a web server before it and a search engine to be told."""

    content: Path
    target: Path
    site: hosts.Web
    engine: hosts.IndexNow
    settings: publishing.Settings
    said: list[str]
    done: list[str]

    def publish(self, **flags: object) -> list[str]:
        """Publish and return what was said."""
        self.said.clear()
        self.done.clear()
        publishing.publish(replace(self.settings, **flags))  # type: ignore[arg-type]
        return self.said

    def edit(self, path: str, old: str, new: str) -> None:
        file = self.content / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def files(self) -> dict[str, bytes]:
        """Return what lies at the target, but for what the machine notes there."""
        return {path: data for path, data in tree(self.target).items() if path not in CONTROL}

    def output(self) -> dict[str, bytes]:
        return tree(self.settings.request.output)


@pytest.fixture
def engine() -> Iterator[hosts.IndexNow]:
    with hosts.indexnow() as found:
        yield found


@pytest.fixture(params=["folder", "rclone"])
def desk(
    request: pytest.FixtureRequest, tmp_path: Path, engine: hosts.IndexNow, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Desk]:
    """A practice that publishes to a folder, and one that publishes to S3."""
    if request.param == "folder":
        with desk_at(tmp_path, "folder", str(tmp_path / "www"), tmp_path / "www", engine) as found:
            yield found
        return
    with hosts.s3(tmp_path / "s3") as store:
        for name, value in store.remote().items():
            monkeypatch.setenv(name, value)
        with desk_at(tmp_path, "rclone", "store:site", store.folder, engine) as found:
            yield found


@pytest.fixture
def folder_desk(tmp_path: Path, engine: hosts.IndexNow) -> Iterator[Desk]:
    with desk_at(tmp_path, "folder", str(tmp_path / "www"), tmp_path / "www", engine) as found:
        yield found


class desk_at:  # noqa: N801 - read as a word
    """Set up a desk with a copy of the small practice."""

    def __init__(self, place: Path, kind: str, to: str, target: Path, engine: hosts.IndexNow) -> None:
        self._place, self._kind, self._to, self._target, self._engine = place, kind, to, target, engine

    def __enter__(self) -> Desk:
        content = Path(shutil.copytree(OTHER, self._place / "content"))
        with (content / "practice.toml").open("a", encoding="utf-8") as facts:
            facts.write(f'\n[publish]\ntarget = "{self._kind}"\nto = "{self._to}"\nindexnow_key = "{KEY}"\n')
        self._web = hosts.web(self._target)
        site = self._web.__enter__()
        said: list[str] = []
        done: list[str] = []
        request = Request(
            content=content,
            output=self._place / "out",
            theme=ROOT / "theme",
            settings=ROOT / "pelicanconf.py",
            options=Options(today=dt.date(2026, 11, 20)),
        )
        settings = publishing.Settings(
            request=request,
            cache=self._place / "cache",
            live=site.origin,
            wait_s=0,
            endpoint=self._engine.url,
            say=said.append,
            before=done.append,
            pause=lambda _: None,
        )
        return Desk(content, self._target, site, self._engine, settings, said, done)

    def __exit__(self, *failure: object) -> None:
        self._web.__exit__(None, None, None)


def writes(done: list[str]) -> list[str]:
    """Return the operations that change a target."""
    return [each for each in done if each.split()[0] not in {"list", "read", "fetch"}]


def test_a_life_of_a_site(desk: Desk) -> None:
    """Publish, publish again, edit, rename, delete, bring back; each writes what it must and nothing else."""
    said = desk.publish()
    pages = sum(path.endswith(".html") and path != "404.html" for path in desk.output())
    assert said[-1] == f"The site is live: {desk.site.origin}/; {pages} pages changed"
    first = desk.files()
    assert first.items() >= desk.output().items()
    assert first[f"{KEY}.txt"] == KEY.encode()
    assert len(desk.engine.addresses()) == 5  # those with words of their own

    said = desk.publish()
    assert writes(desk.done) == []
    assert "Nothing has changed since the last publish; nothing is sent" in said
    assert desk.files() == first
    assert desk.engine.addresses() == []

    desk.edit("articles/stairs-again.md", "Count out loud", "Count aloud")
    said = desk.publish()
    assert said[-1].endswith("; 1 page changed")
    second = desk.files()
    changed = {path for path in second if first.get(path) != second[path] and not path.endswith((".br", ".gz"))}
    own = {
        path for path in changed if not path.startswith(("search/", "pagefind/"))
    }  # the index of the search has its own files
    assert own == {"blog/stairs-again/index.html", "feed.xml", "sitemap.xml", "build.json"}
    assert desk.engine.addresses() == ["/blog/stairs-again/"]

    (desk.content / "articles" / "plain-words.md").rename(desk.content / "articles" / "words.md")
    desk.publish()
    third = desk.files()
    assert b"url=https://cedar-bend.example/blog/words/" in third["blog/plain-words/index.html"]
    assert b"<h1" in third["blog/words/index.html"]
    assert desk.engine.addresses() == ["/blog/plain-words/", "/blog/words/"]

    (desk.content / "articles" / "words.md").unlink()
    with pytest.raises(SourceError, match="lost-address"):
        desk.publish()
    assert desk.files() == third
    with (desk.content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write('\n[addresses]\ngone = ["/blog/plain-words/", "/blog/words/"]\n')
    desk.publish()
    fourth = desk.files()
    assert not [path for path in fourth if "words" in path]
    assert desk.engine.addresses() == ["/blog/words/"]

    publishing.rollback(desk.settings, 2)
    assert desk.files() == second
    assert desk.engine.addresses() == ["/blog/plain-words/"]


def test_the_ledgers_are_written_by_a_confirmed_publish_and_nothing_flips(desk: Desk) -> None:
    desk.publish()
    dated = json.loads((desk.content / "revisions.json").read_text(encoding="utf-8"))
    known = json.loads((desk.content / "addresses.lock").read_text(encoding="utf-8"))
    assert dated["pages"]["/blog/stairs-again/"]["changed"] == "2026-03-09T00:00:00-07:00"
    assert "changed" not in dated["pages"]["/privacy/"]  # nobody knows when it was written
    assert {"/", "/blog/", "/feed.xml", "/privacy/"} <= known["addresses"].keys()
    assert "/404.html" not in known["addresses"]
    before = (desk.content / "revisions.json").read_bytes()
    desk.publish(request=replace(desk.settings.request, options=Options(today=dt.date(2026, 12, 24))))
    assert writes(desk.done) == []
    assert (desk.content / "revisions.json").read_bytes() == before


def test_an_edit_shows_one_day_from_its_publish_on(folder_desk: Desk) -> None:
    folder_desk.publish()
    folder_desk.edit("pages/privacy.md", "\n\n", "\n\nOne more word. ")
    folder_desk.publish()
    day = "2026-11-20T00:00:00-08:00"
    dated = json.loads((folder_desk.content / "revisions.json").read_text(encoding="utf-8"))
    assert dated["pages"]["/privacy/"]["changed"] == day
    later = replace(folder_desk.settings.request, options=Options(today=dt.date(2027, 1, 1)))
    folder_desk.publish(request=later)
    assert writes(folder_desk.done) == []
    assert day.encode() in folder_desk.files()["sitemap.xml"]


def test_an_object_store_is_told_how_each_file_is_served(
    tmp_path: Path, engine: hosts.IndexNow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Read back from the server: types, caching, and no encoding, since a store gives everybody the same bytes."""
    with hosts.s3(tmp_path / "s3") as store, hosts.proxy(store.port) as between:
        for name, value in store.remote(between.port).items():
            monkeypatch.setenv(name, value)
        with desk_at(tmp_path, "rclone", "store:site", store.folder, engine) as desk:
            desk.publish()
            found = {path: _head(path) for path in desk.files()}
    page = ("text/html; charset=utf-8", "public, max-age=0, must-revalidate", None)
    assert {found[path] for path in found if path.endswith(".html")} == {page}
    styles = {found[path] for path in found if path.startswith("theme/") and path.endswith(".css")}
    assert styles == {("text/css; charset=utf-8", "public, max-age=31536000, immutable", None)}
    cards = {found[path] for path in found if path.startswith("cards/")}
    assert cards == {("image/png", "public, max-age=31536000, immutable", None)}
    assert found["theme/icon.svg"][:2] == ("image/svg+xml; charset=utf-8", "public, max-age=3600")
    assert found["theme/share.png"][0] == "image/png"
    assert found["sitemap.xml"] == ("application/xml; charset=utf-8", "public, max-age=0, must-revalidate", None)
    assert found["robots.txt"][0] == "text/plain; charset=utf-8"
    assert not [path for path in found if path.endswith((".br", ".gz"))]


def _head(path: str) -> tuple[str | None, str | None, str | None]:
    """Return content type, caching and encoding of an object, as rclone reads them from the server."""
    line: list[str | Path] = [hosts.rclone(), "lsjson", "--metadata", "--stat", f"store:site/{path}"]
    told = json.loads(subprocess.run(line, capture_output=True, check=True).stdout)["Metadata"]
    return told.get("content-type"), told.get("cache-control"), told.get("content-encoding")


def test_a_folder_has_smaller_forms_beside_each_text(folder_desk: Desk) -> None:
    folder_desk.publish()
    files = folder_desk.files()
    page = files["blog/stairs-again/index.html"]
    assert brotli.decompress(files["blog/stairs-again/index.html.br"]) == page
    assert gzip.decompress(files["blog/stairs-again/index.html.gz"]) == page
    assert len(files["blog/stairs-again/index.html.br"]) < len(files["blog/stairs-again/index.html.gz"]) < len(page)
    assert "theme/share.png.br" not in files


def test_a_dry_run_says_what_a_publish_would_do_and_changes_nothing(desk: Desk) -> None:
    desk.publish()
    before, kept = desk.files(), tree(desk.content)
    desk.edit("articles/stairs-again.md", "Count out loud", "Count aloud")
    after_edit = tree(desk.content)
    said = desk.publish(dry_run=True)
    assert "  change blog/stairs-again/index.html" in said
    assert said[-1].endswith("this was a dry run, and nothing was sent")
    assert writes(desk.done) == []
    assert desk.files() == before
    assert tree(desk.content) == after_edit != kept
    assert desk.engine.addresses() == [
        "/about/ines-halvorsen/",
        "/blog/plain-words/",
        "/blog/stairs-again/",
        "/privacy/",
        "/services/after-a-fall/",
    ]


def test_theme_and_offers_are_sent_and_not_announced(folder_desk: Desk) -> None:
    folder_desk.publish()
    folder_desk.engine.addresses()
    folder_desk.edit("ctas/visit.toml", "Ask for a visit", "Ask us to come by")
    assert not folder_desk.publish()[-1].endswith("; 0 pages changed")
    assert folder_desk.engine.addresses() == []
    styles = folder_desk.content / "theme" / "css"
    styles.mkdir(parents=True)
    (styles / "shame.css").write_text("@layer shame { body { letter-spacing: 0.01em } }\n", encoding="utf-8")
    folder_desk.publish()
    assert folder_desk.engine.addresses() == []


def test_an_old_style_sheet_stays_while_caches_may_hold_pages_that_use_it(folder_desk: Desk) -> None:
    folder_desk.publish()
    before = {path for path in folder_desk.files() if path.startswith("theme/") and path.endswith(".css")}
    folder_desk.edit("practice.toml", "[practice]", '[theme]\naccent = "#7a3a1e"\n\n[practice]')
    folder_desk.publish()
    old = before - folder_desk.output().keys()
    assert old
    assert old <= folder_desk.files().keys()
    folder_desk.publish()
    assert writes(folder_desk.done) == []
    noted = json.loads((folder_desk.target / "publish.json").read_text(encoding="utf-8"))
    assert len(noted["left"]) == 3 * len(old)  # each with its smaller forms
    long_ago = (dt.datetime.now(dt.UTC).date() - plan.GRACE).isoformat()
    noted["left"] = dict.fromkeys(noted["left"], long_ago)
    (folder_desk.target / "publish.json").write_text(json.dumps(noted), encoding="utf-8")
    folder_desk.publish()
    assert not old & folder_desk.files().keys()


def test_files_of_others_are_left_alone_and_asked_about_at_first(desk: Desk) -> None:
    desk.target.mkdir(exist_ok=True)
    (desk.target / "verify.html").write_text("mine", encoding="utf-8")
    with pytest.raises(publishing.Risky, match=r"holds 1 file that publish did not put there, such as verify.html"):
        desk.publish()
    assert set(tree(desk.target)) == {"verify.html"}
    desk.publish(accept=True)
    desk.publish()
    assert desk.files()["verify.html"] == b"mine"


def test_a_risky_change_is_shown_and_sent_only_when_it_is_meant(folder_desk: Desk) -> None:
    folder_desk.publish()
    before = folder_desk.files()
    folder_desk.edit("articles/stairs-again.md", "date:", "noindex: true\ndate:")
    with pytest.raises(publishing.Risky, match=r"1 change above can cost visitors.*invoke publish --accept"):
        folder_desk.publish()
    assert "hidden from search engines (noindex) (1)" in "\n".join(folder_desk.said)
    assert folder_desk.files() == before
    folder_desk.publish(accept=True)
    assert b"noindex" in folder_desk.files()["blog/stairs-again/index.html"]


def test_a_preview_shows_drafts_to_colleagues_and_touches_nothing_of_the_site(desk: Desk) -> None:
    desk.publish()
    before, content = desk.files(), tree(desk.content)
    place = desk.target.parent / "colleagues"
    place.mkdir(exist_ok=True)
    to = "store:colleagues" if "store:" in (desk.content / "practice.toml").read_text(encoding="utf-8") else str(place)
    desk.edit("practice.toml", "[publish]\n", f'[publish]\npreview = "{to}"\n')
    desk.edit("articles/plain-words.md", "date:", "status: draft\ndate:")
    said = desk.publish(preview=True)
    assert said[-1].startswith("The preview is at ")
    shown = tree(place)
    assert b"<h1" in shown["blog/plain-words/index.html"]
    for path, data in shown.items():
        if path.endswith(".html"):
            assert b'<meta name="robots" content="noindex,follow">' in data, path
    assert f"{KEY}.txt" not in shown
    assert desk.files() == before
    ledgers = ("revisions.json", "addresses.lock")
    assert {name: tree(desk.content)[name] for name in ledgers} == {name: content[name] for name in ledgers}
    assert History(desk.content).numbers() == [1]


def test_what_is_not_live_is_not_written_down_and_the_next_publish_only_looks_again(folder_desk: Desk) -> None:
    folder_desk.site.folder = folder_desk.target.parent / "elsewhere"
    with pytest.raises(Refused, match="does not show it yet, so that nothing was written down or announced"):
        folder_desk.publish()
    assert not (folder_desk.content / "revisions.json").exists()
    assert folder_desk.engine.addresses() == []
    folder_desk.site.folder = folder_desk.target
    folder_desk.publish()
    assert writes(folder_desk.done) == []
    assert (folder_desk.content / "revisions.json").exists()
    assert len(folder_desk.engine.addresses()) == 5


def test_a_cdn_that_rewrites_what_it_serves_is_reported(folder_desk: Desk) -> None:
    managed = b"User-agent: GPTBot\nDisallow: /\n"
    folder_desk.site.change = lambda path, data: managed + data if path == "/robots.txt" else data
    said = folder_desk.publish()
    assert any("/robots.txt is changed on its way: it was not built with 'User-agent: GPTBot'" in line for line in said)
    folder_desk.site.change = lambda _, data: data.replace(b"</body>", b"<script src=x></script></body>")
    said = folder_desk.publish()
    assert sum("is changed on its way: it was not built with" in line for line in said) == 10
    assert said[-1].startswith("The site is live")


def test_two_publishes_on_one_machine_do_not_meet(folder_desk: Desk) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def hold(step: publishing.Step) -> None:
        if step is publishing.Step.SEND_PAGES:
            reached.set()
            assert go_on.wait(30)

    slow = threading.Thread(target=folder_desk.publish, kwargs={"announce": hold})
    slow.start()
    assert reached.wait(30)
    with pytest.raises(Refused, match="another publish of this site runs on this machine - wait for it to end"):
        publishing.publish(replace(folder_desk.settings, say=lambda _: None))
    go_on.set()
    slow.join()
    assert folder_desk.files().items() >= folder_desk.output().items()


def test_two_publishes_from_two_machines_do_not_meet(desk: Desk, tmp_path: Path) -> None:
    """The second has folders of its own, so that only the lock at the target keeps them apart."""
    other = Path(shutil.copytree(desk.content, tmp_path / "second"))
    refused: list[str] = []

    def meanwhile(step: publishing.Step) -> None:
        if step is publishing.Step.SEND_PAGES:
            line: list[str | Path] = [
                "--content",
                other,
                "--output",
                tmp_path / "second-out",
                "--live",
                desk.site.origin,
                "--accept",
            ]
            done = command("publish", *line)
            assert done.returncode == 1
            refused.append(done.stderr)

    desk.publish(announce=meanwhile)
    (words,) = refused
    assert "another publish writes" in words
    assert "wait for it to end, then publish again" in words
    assert desk.files().items() >= desk.output().items()
    assert not [path for path in desk.files() if "lock" in path]


def test_a_lock_that_nobody_holds_any_more_stops_nobody(folder_desk: Desk) -> None:
    folder_desk.publish()
    machine, now = "0123456789abcdef", time.time_ns()
    dead = folder_desk.target / f"publish.lock.{now - 16 * 60 * 10**9}-{machine}-1-01234567.txt"
    dead.write_bytes(b"")
    folder_desk.publish()
    assert not dead.exists()
    (folder_desk.target / f"publish.lock.{now}-{machine}-1-01234567.txt").write_bytes(b"")
    with pytest.raises(Refused, match="stops counting after 15 minutes"):
        folder_desk.publish()


def locks(desk: Desk) -> set[str]:
    return {path for path in desk.files() if path.startswith(LOCK_PREFIX)}


def test_a_publish_that_takes_long_renews_its_lock(folder_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "RENEW_EVERY_S", 0.01)
    seen: set[str] = set()

    def linger(operation: str) -> None:
        if operation == "write index.html":
            end = time.monotonic() + 30
            while len(seen) < 3 and time.monotonic() < end:
                seen.update(locks(folder_desk))

    folder_desk.publish(before=linger)
    assert len(seen) >= 3
    assert not locks(folder_desk)


def test_a_publish_whose_lock_somebody_took_away_deletes_nothing(folder_desk: Desk) -> None:
    """It slept for so long, as laptops do, that another one held it for dead and began."""
    folder_desk.publish()
    with (folder_desk.content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write('\n[addresses]\ngone = ["/blog/plain-words/"]\n')
    (folder_desk.content / "articles" / "plain-words.md").unlink()

    def take(operation: str) -> None:
        if operation == "write sitemap.xml":
            for path in locks(folder_desk):
                (folder_desk.target / path).unlink()

    with pytest.raises(Refused, match=r"another one took over .* - publish again"):
        folder_desk.publish(before=take)
    assert "blog/plain-words/index.html" in folder_desk.files()
    folder_desk.publish()
    assert "blog/plain-words/index.html" not in folder_desk.files()


@pytest.mark.parametrize(
    ("secret", "to", "words"),
    [
        ("wrong-secret-987654321", "store:site", "store:site refuses the credentials"),
        (hosts.SECRET, "stroe:site", "rclone knows no remote stroe - make it with `rclone config`"),
        (hosts.SECRET, "store:nowhere", "store:nowhere: there is no such bucket"),
    ],
    ids=["a wrong secret", "an unknown remote", "no such bucket"],
)
def test_what_is_wrong_with_a_remote_is_one_line_without_a_secret(
    secret: str, to: str, words: str, tmp_path: Path, engine: hosts.IndexNow
) -> None:
    with hosts.s3(tmp_path / "s3") as store, desk_at(tmp_path, "rclone", to, store.folder, engine) as desk:
        content, output = desk.content, tmp_path / "out"
        env = store.remote(secret=secret)
        done = command("publish", "--content", content, "--output", output, "--live", desk.site.origin, cwd=ROOT, **env)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(words)
    assert secret not in done.stdout + done.stderr
    assert hosts.KEY not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "practice.toml does not say where the site goes - add a table [publish]"),
        ('target = "folder"', "[publish] has no `to` - name the folder that your web server serves"),
        ('target = "folder"\nto = "images"', 'the folder "images" of [publish] and the content lie in each other'),
        ('target = "rclone"\nto = "bucket"', '`to` "bucket" under [publish] is no remote of rclone'),
        (
            'target = "rclone"\nto = ":s3,secret_access_key=abc:bucket"',
            "`to` under [publish] holds a key or a password, and practice.toml is no place for secrets",
        ),
        ('target = "netlify"\nto = "--help"', '`to` "--help" under [publish] begins with a hyphen'),
    ],
)
def test_a_target_that_is_not_said_well_is_answered_with_what_to_write(
    table: str, words: str, content: Path, tmp_path: Path
) -> None:
    with (content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write(f"\n[publish]\n{table}\n" if table else "")
    done = command("publish", "--content", content, "--output", tmp_path / "out")
    assert (done.returncode, done.stderr.splitlines()[0][: len(words)]) == (2, words)
    assert not (tmp_path / "out").exists()


def test_rollback_names_what_can_be_brought_back(desk: Desk) -> None:
    with pytest.raises(WrongValue, match="this machine remembers no publish"):
        publishing.rollback(desk.settings, None)
    desk.publish()
    with pytest.raises(WrongValue, match="one publish only, 1, and it is live"):
        publishing.rollback(desk.settings, None)
    with pytest.raises(WrongValue, match=r"there is no publish 7 on this machine; there are:\n  --to 1  20"):
        publishing.rollback(desk.settings, 7)


def test_no_address_is_announced_that_search_engines_were_never_to_list(folder_desk: Desk) -> None:
    """Not when its words change, when it goes, when it moves, nor when it comes back."""
    folder_desk.edit("articles/plain-words.md", "date:", "status: hidden\ndate:")
    folder_desk.publish()
    folder_desk.edit("articles/plain-words.md", "\n---\n", "\n---\n\nAnother word.\n")
    folder_desk.edit("articles/stairs-again.md", "Count out loud", "Count aloud")
    (folder_desk.content / "articles" / "late.md").write_text(
        "---\ntitle: Late\ndate: 2026-01-01\nstatus: hidden\n---\n\nLate.\n", encoding="utf-8"
    )
    folder_desk.publish()
    folder_desk.engine.addresses()
    publishing.rollback(folder_desk.settings, 1)
    assert folder_desk.engine.addresses() == ["/blog/stairs-again/"]
    folder_desk.publish()
    folder_desk.engine.addresses()
    (folder_desk.content / "articles" / "late.md").unlink()
    (folder_desk.content / "articles" / "plain-words.md").rename(folder_desk.content / "articles" / "words.md")
    folder_desk.edit("practice.toml", "[practice]", '[addresses]\ngone = ["/blog/late/"]\n\n[practice]')
    folder_desk.publish()
    assert folder_desk.engine.addresses() == []


def test_what_another_machine_published_can_be_brought_back_after_it_was_replaced(desk: Desk) -> None:
    desk.publish()
    first = desk.files()
    shutil.rmtree(desk.content / ".published")
    desk.edit("articles/stairs-again.md", "Count out loud", "Count aloud")
    desk.publish()
    assert desk.files() != first
    publishing.rollback(desk.settings, 1)
    assert desk.files() == first


def test_earlier_publishes_are_out_of_the_practices_repository(folder_desk: Desk) -> None:
    subprocess.run(["git", "init", "--quiet", folder_desk.content], check=True)
    folder_desk.publish()
    line: list[str | Path] = ["git", "-C", folder_desk.content, "status", "--porcelain", "--untracked-files=all"]
    listed = subprocess.run(line, capture_output=True, check=True, text=True).stdout
    assert "revisions.json" in listed
    assert ".published" not in listed
