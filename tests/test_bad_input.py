"""What bad input gets: every fault with its place and its cure, all of them at once, and nothing lost."""

from __future__ import annotations

import fcntl
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from typing import IO, TYPE_CHECKING

import pytest

from local_seo import build
from local_seo.errors import SourceError
from local_seo.request import Refused, WrongValue

from .conftest import OTHER, ROOT, SAMPLE, Make, command, make, tree

if TYPE_CHECKING:
    from pathlib import Path

ARTICLE = "articles/stairs-again.md"
FACTS = "practice.toml"

# (file, what is replaced, by what, the whole message)
CASES = {
    "unknown-place": (
        ARTICLE,
        "service:",
        "cities: [Corvalis]\nservice:",
        'articles/stairs-again.md:5: error[unknown-place]: unknown place "Corvalis" - did you mean "Corvallis"?',
    ),
    "unknown-service": (
        ARTICLE,
        "service: after-a-fall",
        "service: after-fall",
        (
            'articles/stairs-again.md:5: error[unknown-service]: unknown service "after-fall" - '
            'did you mean "after-a-fall"?'
        ),
    ),
    "unknown-person": (
        ARTICLE,
        "service:",
        "author: ines\nservice:",
        'articles/stairs-again.md:5: error[unknown-person]: unknown person "ines" - did you mean "ines-halvorsen"?',
    ),
    "a link without an address": (
        ARTICLE,
        "Count out loud",
        "[Count]() out loud",
        "articles/stairs-again.md:20: error[dead-link]: a link without an address - add one, or take the link out",
    ),
    "a person of no near name": (
        ARTICLE,
        "service:",
        "author: Zebulon\nservice:",
        'articles/stairs-again.md:5: error[unknown-person]: unknown person "Zebulon" - allowed: ines-halvorsen,'
        " maud-okafor, teodor-banda; or add it to practice.toml",
    ),
    "curly quotation marks around a word": (
        ARTICLE,
        "keywords: [stairs,",
        "keywords: [\u201cstairs\u201d,",
        'articles/stairs-again.md:6: error[wrong-value]: keywords has "\u201cstairs\u201d": curly quotation marks'
        ' count as a part of the words - type straight ones, "like these", or none',
    ),
    "unknown-call-to-action": (
        ARTICLE,
        "service:",
        "cta: vist\nservice:",
        (
            'articles/stairs-again.md:5: error[unknown-call-to-action]: unknown call to action "vist" - '
            'did you mean "visit"?'
        ),
    ),
    "unknown-key": (
        ARTICLE,
        "service:",
        "servise:",
        'articles/stairs-again.md:5: error[unknown-key]: unknown key "servise" - did you mean "service"?',
    ),
    "key-of-another-folder": (
        "pages/privacy.md",
        "summary:",
        "cities: [Corvallis]\nsummary:",
        'pages/privacy.md:3: error[unknown-key]: "cities" is not a key of pages/ - delete this line',
    ),
    "unknown-fact": (
        FACTS,
        "tagline =",
        "tag_line =",
        'practice.toml:7: error[unknown-key]: unknown key "practice.tag_line" - did you mean "tagline"?',
    ),
    "wrong-type": (
        FACTS,
        "latitude = 44.56457",
        'latitude = "44.56"',
        'practice.toml:19: error[wrong-value]: practice.address.latitude: "44.56" is not a number - write a number',
    ),
    "two-pages-on-one-address": (
        "articles/plain-words.md",
        "date:",
        "slug: stairs-again\ndate:",
        (
            "articles/stairs-again.md:1: error[same-address]: two pages on /blog/stairs-again/: this one and "
            "articles/plain-words.md - change one slug"
        ),
    ),
    "broken-yaml": (
        ARTICLE,
        "title: Taking",
        "title: Taking: the",
        (
            "articles/stairs-again.md:2: error[front-matter]: the front matter is not valid YAML: mapping values are "
            'not allowed in this context, near "title: Taking: the the stairs again" - put a value that contains '
            ": # [ { or quotes between quotation marks"
        ),
    ),
    "broken-toml": (
        FACTS,
        'name = "Cedar Bend Physical Therapy"',
        "name = Cedar Bend Physical Therapy",
        (
            'practice.toml:5: error[broken-toml]: this is not valid TOML: Invalid value, near "name = Cedar Bend '
            'Physical Therapy" - text needs quotes, as in name = "Saltbush"; a list needs [ and ]'
        ),
    ),
    "missing-date": (
        ARTICLE,
        "date: 2026-03-09\n",
        "",
        "articles/stairs-again.md:1: error[missing-key]: an article needs a date - add a line such as date: 2026-05-04",
    ),
    "impossible-date": (
        ARTICLE,
        "2026-03-09",
        "2026-02-30",
        (
            'articles/stairs-again.md:3: error[wrong-value]: date: "2026-02-30" is not a date - write it as '
            "year-month-day, for example 2026-05-04 or 2026-05-04 09:30"
        ),
    ),
    "missing-title": (
        ARTICLE,
        "title: Taking the stairs again\n",
        "",
        "articles/stairs-again.md:2: error[missing-key]: title is missing - add title",
    ),
    "dead-file-link": (
        ARTICLE,
        "{filename}/services/after-a-fall.md",
        "{filename}/services/after-fall.md",
        (
            'articles/stairs-again.md:16: error[dead-link]: the link "{filename}/services/after-fall.md" leads to no '
            'file - did you mean "services/after-a-fall.md"?'
        ),
    ),
    "dead-address": (
        ARTICLE,
        "{filename}/services/after-a-fall.md",
        "/services/after-a-fall",
        (
            'articles/stairs-again.md:16: error[dead-link]: the link "/services/after-a-fall" leads nowhere on this '
            "site - write /services/after-a-fall/"
        ),
    ),
    "dead-anchor": (
        ARTICLE,
        "after-a-fall.md",
        "after-a-fall.md#what-a-vist-is-like",
        (
            "articles/stairs-again.md:16: error[dead-link]: the link "
            '"{filename}/services/after-a-fall.md#what-a-vist-is-like" leads to no heading or id of that page - '
            'did you mean "what-a-visit-is-like"?'
        ),
    ),
    "dead-picture": (
        ARTICLE,
        "Count out",
        "![A knee]({static}/images/knee.png) Count out",
        (
            'articles/stairs-again.md:20: error[dead-link]: the picture "{static}/images/knee.png" does not exist - '
            "put it below content/images/"
        ),
    ),
    "picture-of-another-host": (
        ARTICLE,
        "Count out",
        "![A knee](https://pictures.example/knee.png) Count out",
        (
            'articles/stairs-again.md:20: error[dead-link]: the picture "https://pictures.example/knee.png" lies on '
            "another host - save it below content/images/ and name it {static}/images/..."
        ),
    ),
    "link-that-runs-a-script": (
        ARTICLE,
        "{filename}/services/after-a-fall.md",
        "JaVaScript:alert(1)",
        (
            'articles/stairs-again.md:16: error[bad-scheme]: a link to "JaVaScript:alert(1)" - allowed: https, http, '
            "mailto, tel, and pages of this site"
        ),
    ),
    "offer-that-runs-a-script": (
        "ctas/visit.toml",
        '"tel:"',
        '"javascript:alert(1)"',
        (
            'ctas/visit.toml:4: error[wrong-value]: href "javascript:alert(1)" leads nowhere that a reader may be sent '
            "to - allowed: tel:, booking:, mailto:, an address that begins with https:// or with /"
        ),
    ),
    "offer-that-leads-nowhere": (
        "ctas/visit.toml",
        '"tel:"',
        '"/privcy/"',
        'ctas/visit.toml:4: error[dead-link]: the address "/privcy/" leads nowhere on this site - '
        'did you mean "/privacy/"?',
    ),
    "redirect-to-nowhere": (
        FACTS,
        "format = 1",
        'format = 1\naddresses.redirects = {"/old/" = "/nope/"}',
        'practice.toml:3: error[bad-redirect]: the redirect "/old/" leads to /nope/, which is no page of the site - '
        "let it lead to a page, or list it under gone",
    ),
    "gone-and-there": (
        FACTS,
        "format = 1",
        'format = 1\naddresses.gone = ["/privacy/"]',
        "practice.toml:3: error[same-address]: /privacy/ is gone, but pages/privacy.md has it - delete one",
    ),
    "logo-that-is-not-there": (
        FACTS,
        'presence = "service-area"',
        'presence = "service-area"\nlogo = "images/lgo.png"',
        'practice.toml:12: error[dead-link]: the picture "images/lgo.png" does not exist - '
        "put it below content/images/",
    ),
    "colour-that-is-none": (
        FACTS,
        "format = 1",
        'format = 1\ntheme.accent = "red"',
        'practice.toml:3: error[wrong-value]: theme.accent "red" is not a colour - write it as #8a3b1e',
    ),
    "practice-without-a-name": (
        FACTS,
        'name = "Cedar Bend Physical Therapy"',
        'name = ""',
        "practice.toml:5: error[wrong-value]: practice.name is empty - write it",
    ),
    "script-in-the-text": (
        ARTICLE,
        "Count out",
        "<script>alert(1)</script> Count out",
        (
            "articles/stairs-again.md:20: error[html-not-allowed]: the HTML element <script> is not allowed - nothing "
            "on these pages may run a script or load another site; write &lt; if it is meant as text"
        ),
    ),
    "slug-that-climbs-out": (
        ARTICLE,
        "date:",
        "slug: ../../etc/passwd\ndate:",
        (
            'articles/stairs-again.md:3: error[bad-address]: the address part "../../etc/passwd" is not made of lower '
            "case letters, digits and hyphens - write slug: etc-passwd"
        ),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_fault_is_told_with_its_place_and_its_cure(name: str, content: Path, build_it: Make) -> None:
    path, old, new, message = CASES[name]
    file = content / path
    assert old in file.read_text(encoding="utf-8")
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(SourceError) as failure:
        build_it()
    assert [str(finding) for finding in failure.value.findings] == [message]


def test_a_link_to_a_draft_is_told(content: Path, build_it: Make) -> None:
    article = content / ARTICLE
    article.write_text(
        article.read_text(encoding="utf-8").replace("services/after-a-fall.md", "articles/plain-words.md"),
        encoding="utf-8",
    )
    draft = content / "articles" / "plain-words.md"
    draft.write_text(draft.read_text(encoding="utf-8").replace("date:", "status: draft\ndate:"), encoding="utf-8")
    with pytest.raises(SourceError, match="leads to a draft - publish it first, or take the link out"):
        build_it()


def test_all_faults_of_all_files_are_told_at_once(content: Path, build_it: Make) -> None:
    for path, old, new in (
        (ARTICLE, "title:", "titel:"),
        ("articles/plain-words.md", "Six words", "Six [words]({filename}/pages/gone.md)"),
        ("articles/plain-words.md", "How far", "[How]({filename}/pages/gone.md) far"),
        ("ctas/visit.toml", '"tel:"', '"data:x"'),
        ("people/ines-halvorsen.md", "---\ntitle", "\ttitle"),
        ("services/after-a-fall.md", "## What", "<iframe src='x'></iframe>\n\n## What"),
    ):
        file = content / path
        file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    (content / "articles" / "notes.txt").write_text("a note", encoding="utf-8")
    (content / "articels").mkdir()
    with pytest.raises(SourceError) as failure:
        build_it()
    found = {finding.path for finding in failure.value.findings}
    assert found == {
        ARTICLE,
        "articels/",
        "articles/notes.txt",
        "articles/plain-words.md",
        "ctas/visit.toml",
        "people/ines-halvorsen.md",
        "services/after-a-fall.md",
    }


def test_a_fault_leaves_the_earlier_site_as_it_was(content: Path, build_it: Make, tmp_path: Path) -> None:
    before = build_it().tree()
    (content / FACTS).write_text("format = ", encoding="utf-8")
    with pytest.raises(SourceError):
        build_it()
    assert tree(tmp_path / "site") == before
    assert {path.name for path in tmp_path.iterdir()} == {"content", "site", "spare"}


def test_a_file_in_place_of_the_output_folder_is_refused(content: Path, tmp_path: Path) -> None:
    file = tmp_path / "site"
    file.write_text("mine", encoding="utf-8")
    with pytest.raises(WrongValue, match="is a file, but a folder is needed there"):
        make(content, file)
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_that_we_did_not_make_is_refused(content: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(WrongValue, match="holds files that this program did not make"):
        make(content, folder)
    assert tree(folder) == {"thesis.txt": b"mine"}


def test_an_empty_folder_may_be_used(content: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    assert "index.html" in make(content, tmp_path / "site").tree()


@pytest.mark.parametrize("inside", ["content/site", "."], ids=["inside-content", "around-content"])
def test_output_and_content_in_each_other_are_refused(inside: str, content: Path, tmp_path: Path) -> None:
    before = tree(content)
    with pytest.raises(WrongValue, match="lie in each other"):
        make(content, tmp_path / inside)
    assert tree(content) == before


def test_a_full_disk_loses_nothing(content: Path, build_it: Make, tmp_path: Path) -> None:
    before = build_it().tree()
    article = content / ARTICLE
    article.write_text(
        article.read_text(encoding="utf-8").replace("Count out loud", "Count aloud " + "and again " * 900),
        encoding="utf-8",
    )
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8_000, limits[1]))
    try:
        with pytest.raises(Refused, match=r"the site could not be written: .*; the earlier one is as it was"):
            build_it()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert tree(tmp_path / "site") == before


def test_a_second_build_at_the_same_time_waits_and_is_told_to_when_that_takes_long(
    content: Path, build_it: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_it()
    script = (
        "import sys; from pathlib import Path;"
        "from local_seo.build import build; from local_seo.request import Request;"
        "c, o, r = map(Path, sys.argv[1:]);"
        "build(Request(content=c, output=o, theme=r / 'theme', settings=r / 'pelicanconf.py'),"
        " lambda n, s: (print(n, flush=True), sys.stdin.readline()) if n == 1 else None)"
    )
    first = subprocess.Popen(
        [sys.executable, "-c", script, content, tmp_path / "site", ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert first.stdout
    assert first.stdin
    assert first.stdout.readline() == "1\n"
    monkeypatch.setattr(build, "_PATIENCE_S", 0.2)
    with pytest.raises(Refused, match=r"another build writes .* - wait for it to end"):
        build_it()
    monkeypatch.setattr(build, "_PATIENCE_S", 60)
    first.stdin.write("\n")
    first.stdin.close()
    build_it()
    assert first.wait() == 0
    first.stdout.close()


def test_a_lock_that_its_holder_took_away_holds_nobody_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else one that waited would build with that, and one that comes with another."""
    path = tmp_path / "site.lock"
    taking = fcntl.flock

    def taken_away(handle: IO[str], how: int) -> None:
        path.unlink()
        taking(handle, how)

    with monkeypatch.context() as patch:
        patch.setattr(fcntl, "flock", taken_away)
        assert build._held(path) is None
    held = build._held(path)
    assert held
    assert build._held(path) is None
    held.close()


def _hears_ctrl_c() -> None:
    """Undo what a shell does to the commands that it starts in the background: they ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_ctrl_c_stops_with_130_and_leaves_the_earlier_site(tmp_path: Path) -> None:
    content = shutil.copytree(SAMPLE, tmp_path / "content")
    line = [sys.executable, "-m", "invoke", "build", f"--content={content}", f"--output={tmp_path / 'site'}"]
    subprocess.run(line, cwd=ROOT, check=True, capture_output=True)
    before = tree(tmp_path / "site")
    (content / "articles" / "floor-time.md").touch()  # so that there is something to build
    process = subprocess.Popen(
        line,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=_hears_ctrl_c,  # noqa: PLW1509 - no threads here
    )
    deadline = time.monotonic() + 30
    while not (tmp_path / "site.next").exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert said == "stopped; the earlier site is as it was\n"
    assert tree(tmp_path / "site") == before


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["build", "--content", "nowhere"], 2, "there is no content folder nowhere - name it with --content"),
        (["build", "--today", "soon"], 2, "--today soon is not a date - write it as 2026-05-04"),
        (
            ["build", "--base-url", "other.example"],
            2,
            "--base-url other.example is not a bare https address - write it as https://www.example.org",
        ),
        (["build", "--colour"], 1, "No idea what '--colour' is!"),
        (["check", "--format", "xml"], 2, "--format xml is not one of text, json, github"),
        (["check", "--explain", "title-widht"], 2, "no such check"),
        (["new"], 2, "new needs --title"),
        (
            ["new", "--title", "Sleep", "--service", "fall"],
            2,
            '--service fall is unknown - did you mean "after-a-fall"?',
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else None,
)
def test_a_wrong_value_is_answered_in_one_line(arguments: list[str], status: int, said: str, tmp_path: Path) -> None:
    if arguments[0] == "new":
        arguments = [*arguments, f"--content={shutil.copytree(OTHER, tmp_path / 'content')}"]
    done = command(*arguments, *([f"--output={tmp_path / 'site'}"] if arguments[0] == "build" else []))
    assert done.returncode == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_faults_are_printed_with_a_path_that_opens_and_status_1(tmp_path: Path) -> None:
    content = shutil.copytree(OTHER, tmp_path / "content")
    (content / FACTS).write_text(
        (content / FACTS).read_text(encoding="utf-8").replace("tagline", "tagllne"), encoding="utf-8"
    )
    done = command("build", "--content", content, "--output", tmp_path / "site")
    assert done.returncode == 1
    assert f"{content}/practice.toml:7: error[unknown-key]: " in done.stdout
    assert 'did you mean "tagline"?' in done.stdout
    assert "Traceback" not in done.stdout + done.stderr
    assert not os.path.lexists(tmp_path / "site")
