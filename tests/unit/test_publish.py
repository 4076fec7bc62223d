"""The pure parts of publishing: what IndexNow's answers lead to, what is sent again, what is not printed."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from site_tools.publish import indexnow, manifest, plan, redact, web
from site_tools.publish.indexnow import Fate
from site_tools.publish.manifest import Entry, Manifest
from site_tools.publish.package import IMMUTABLE, REVALIDATE, File, Pass
from site_tools.publish.stores import Stored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

TODAY = dt.date(2026, 11, 20)


def answering(
    monkeypatch: pytest.MonkeyPatch, *statuses: int | None, headers: dict[str, str] | None = None
) -> list[bytes]:
    """Let IndexNow give these answers, None for none; return what it was sent."""
    sent: list[bytes] = []
    left = list(statuses)

    def post(_url: str, data: bytes, _media_type: str) -> web.Answer | None:
        sent.append(data)
        status = left.pop(0)
        return web.Answer(status, headers or {}, b"") if status else None

    monkeypatch.setattr(web, "post", post)
    return sent


@pytest.mark.parametrize(
    ("statuses", "calls", "fate"),
    [
        ([200], 1, Fate.KNOWN),
        ([202], 1, Fate.KNOWN),
        ([429, 500, None, 200], 4, Fate.KNOWN),
        ([503] * 4, 4, Fate.LATER),
        ([None] * 4, 4, Fate.LATER),
        ([403], 1, Fate.LATER),
        ([400], 1, Fate.DROPPED),
        ([422], 1, Fate.DROPPED),
        ([302], 1, Fate.DROPPED),
    ],
)
def test_each_answer_of_indexnow_has_its_consequence(
    statuses: list[int | None], calls: int, fate: Fate, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = answering(monkeypatch, *statuses)
    (outcome,) = indexnow.announce(["/a/"], "https://x.example", "k" * 32, pause=lambda _: None)
    assert (len(sent), outcome.fate) == (calls, fate)
    assert bool(outcome.words) == (fate is not Fate.KNOWN)
    assert "k" * 32 not in outcome.words


def test_ten_thousand_addresses_go_in_one_call_and_a_refusal_stops_the_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    urls = [f"/{n}/" for n in range(25_000)]
    sent = answering(monkeypatch, 200, 200, 200)
    outcomes = list(indexnow.announce(urls, "https://x.example", "k" * 8, pause=lambda _: None))
    assert [len(outcome.addresses) for outcome in outcomes] == [10_000, 10_000, 5_000]
    assert b'"keyLocation": "https://x.example/kkkkkkkk.txt"' in sent[0]
    sent = answering(monkeypatch, 200, 422)
    outcomes = list(indexnow.announce(urls, "https://x.example", "k" * 8, pause=lambda _: None))
    assert [outcome.fate for outcome in outcomes] == [Fate.KNOWN, Fate.DROPPED]
    assert len(sent) == 2


def test_a_server_that_asks_for_time_is_given_it(monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    answering(monkeypatch, 429, 429, 200, headers={"retry-after": "20"})
    list(indexnow.announce(["/a/"], "https://x.example", "k" * 8, pause=pauses.append))
    assert pauses == [20, 20]
    pauses.clear()
    answering(monkeypatch, 429, 200, headers={"retry-after": "86400"})
    list(indexnow.announce(["/a/"], "https://x.example", "k" * 8, pause=pauses.append))
    assert pauses == [60]


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., File]:
    def make(path: str, text: str, cache: str = REVALIDATE, kind: str = "text/html") -> File:
        at = tmp_path / f"{len(list(tmp_path.iterdir()))}"
        at.write_text(text, encoding="utf-8")
        turn = Pass.HASHED if cache == IMMUTABLE else Pass.PAGES
        return File(path=path, at=at, media_type=kind, cache=cache, turn=turn)

    return make


def known(*files: File, number: int = 1, doubtful: Mapping[str, frozenset[Entry]] | None = None) -> Manifest:
    entries = {manifest.key(f.path): manifest.entry(f) for f in files}
    return Manifest(number=number, build="b", files=entries, doubtful=doubtful or {})


def lies(file: File, *, hashed: bool) -> Stored:
    return Stored(file.size, {"md5": file.digest("md5")} if hashed else {})


@pytest.mark.parametrize("hashed", [True, False], ids=["a store with hashes", "one without"])
def test_a_file_is_sent_again_unless_it_is_sure_that_it_lies_there(
    hashed: bool,  # noqa: FBT001
    file: Callable[..., File],
) -> None:
    """All that may lie at the target after two interrupted publishes; texts have one length, so sizes say nothing."""
    versions = [file("a.html", "one"), file("a.html", "two"), file("a.html", "one", "no-store")]
    for last, first, second in itertools.product(versions, repeat=3):
        before = known(last)
        intention = known(second, number=2, doubtful=manifest.doubts(before, known(first, number=2)))
        for wanted, really in itertools.product(versions, (last, first, second)):
            stored = {"a.html": lies(really, hashed=hashed)}
            sent = plan.for_store({"a.html": wanted}, stored, before, intention, TODAY).send
            assert sent == ((wanted,),) or manifest.entry(really) == manifest.entry(wanted)
            possible = (last, first, second)
            if all(each is wanted for each in possible):
                assert not sent
            if hashed and really is wanted and all(v is wanted or v.sha256 != wanted.sha256 for v in possible):
                assert not sent


def test_what_only_an_interrupted_publish_put_there_is_taken_away_however_many_followed(
    file: Callable[..., File],
) -> None:
    page, draft = file("a.html", "one"), file("b.html", "two")
    before, first = known(page), known(page, draft, number=2)
    second = known(page, number=2, doubtful=manifest.doubts(before, first))
    stored = {each.path: lies(each, hashed=False) for each in (page, draft)}
    found = plan.for_store({"a.html": page}, stored, before, second, TODAY)
    assert (found.delete, found.foreign) == ((("b.html",),), ())


def test_an_old_style_sheet_stays_for_a_week_and_an_old_picture_goes_at_once(file: Callable[..., File]) -> None:
    sheet, picture = file("a.css", "a", IMMUTABLE, "text/css"), file("i/a.jpg", "a", IMMUTABLE, "image/jpeg")
    before = known(sheet, picture)
    stored = {each.path: lies(each, hashed=True) for each in (sheet, picture)}
    found = plan.for_store({}, stored, before, None, TODAY)
    assert (found.delete, found.left) == ((("i/a.jpg",),), {manifest.key("a.css"): TODAY})
    later = replace(before, files={}, left=found.left)
    assert plan.for_store({}, stored, later, None, TODAY + plan.GRACE - dt.timedelta(days=1)).left == found.left
    assert plan.for_store({}, stored, later, None, TODAY + plan.GRACE).delete == (("a.css",),)


def test_new_pages_stand_before_those_from_which_visitors_come(file: Callable[..., File]) -> None:
    home, blog, new = file("index.html", "two"), file("blog/index.html", "two"), file("new.html", "x")
    package = {each.path: each for each in (home, blog, new)}
    stored = {path: lies(file(path, "one"), hashed=True) for path in ("index.html", "blog/index.html")}
    assert plan.for_store(package, stored, None, None, TODAY).send == ((new,), (blog, home))
    assert plan.for_store(package, {}, None, None, TODAY).send == ((blog, new), (home,))


def test_the_same_bytes_under_other_headers_are_sent_again(file: Callable[..., File]) -> None:
    old, new = file("a.html", "one", "no-store"), file("a.html", "one")
    stored = {"a.html": lies(new, hashed=True)}
    assert plan.for_store({"a.html": new}, stored, known(old), None, TODAY).send == ((new,),)
    assert plan.for_store({"a.html": new}, stored, known(old), known(new, number=2), TODAY).send == ((new,),)
    assert plan.for_store({"a.html": new}, stored, known(new), None, TODAY).idle


def test_a_file_that_somebody_changed_or_took_away_is_sent_again(file: Callable[..., File]) -> None:
    one, other = file("a.html", "one"), file("a.html", "two")
    assert plan.for_store({"a.html": one}, {"a.html": lies(other, hashed=True)}, known(one), None, TODAY).send == (
        (one,),
    )
    assert plan.for_store({"a.html": one}, {}, known(one), None, TODAY).send == ((one,),)


def test_pages_go_before_what_they_use(file: Callable[..., File]) -> None:
    files = [file("a.html", "a"), file("b.png", "b", "public, max-age=3600"), file("z.txt", "t")]
    stored = {f.path: lies(f, hashed=True) for f in files}
    found = plan.for_store({}, stored, known(*files), None, TODAY)
    assert found.delete == (("a.html",), ("b.png", "z.txt"))
    assert found.removed == ("a.html",)


@pytest.mark.parametrize(
    "data", [None, b"", b"{", b"[]", b'{"format": 9}', b'{"format": 1, "number": "x"}', b"[" * 100_000]
)
def test_a_manifest_that_cannot_be_read_is_none(data: bytes | None) -> None:
    assert manifest.read(data) is None


def test_a_manifest_is_read_as_it_was_written_and_names_no_path(file: Callable[..., File]) -> None:
    hidden = file("hidden/page/index.html", "x")
    doubtful = {"d": frozenset({Entry("0" * 64, 1, "text/html|no-store"), Entry("1" * 64, 1, "text/html|no-store")})}
    whole = Manifest(number=3, build="b", files=known(hidden).files, left={"k": TODAY}, doubtful=doubtful)
    assert manifest.read(whole.to_json()) == whole
    assert b"hidden" not in whole.to_json()


def test_no_secret_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RCLONE_CONFIG_R2_SECRET_ACCESS_KEY", "hunter2-hunter2")
    said = (
        "PUT https://me:pa55@host/x?X-Amz-Signature=abcdef&y=1 failed with hunter2-hunter2, Credential=AKIA/2026, "
        "token: ghp_123"
    )
    shown = redact.without_secrets(said)
    for secret in ("hunter2", "pa55", "abcdef", "AKIA", "ghp_123"):
        assert secret not in shown
    assert "host/x" in shown
