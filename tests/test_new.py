"""``invoke new``: a file that fits, never one that is there already."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document as Line
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from local_seo import checks
from local_seo.build import read
from local_seo.checks.write_this import MARK
from local_seo.reader import facts_of
from local_seo.request import Options, Request, WrongValue
from site_tools import new
from site_tools.new import aims, questions

from .conftest import ROOT, command

if TYPE_CHECKING:
    from pathlib import Path

    from local_seo.model.site import Site

    from .conftest import Make

DAY = dt.date(2026, 5, 4)
_WHO = "You|A neighbour|Your daughter|Somebody at home|The person beside you|One of us"
_DOES = "can look at|may hold|will notice|could move|should leave alone|might ask about"
_WHAT = "the sore knee|the lamp by the bed|the rug in the hall|a bruise on the arm|the wet step|the other shoe"
_WHEN = (
    "before supper|on the way back|after the first hour|while it is light|when the pain is dull|at the kitchen table"
)
# Plain sentences that all differ; no two that follow each other begin alike.
PROSE = [
    f"{who} {does} {what} {when}."
    for what in _WHAT.split("|")
    for does, when in zip(_DOES.split("|"), _WHEN.split("|"), strict=True)
    for who in _WHO.split("|")
]


def begin(content: Path, **said: str) -> Path:
    facts = facts_of(content)
    none = {"kind": "article", "service": "", "keywords": "", "cities": "", "supports": ""}
    return new.create(new.wanted(facts, **{**none, **said}), content, facts, DAY)


def test_a_new_article_is_a_draft_that_builds_once_it_is_published(content: Path, build_it: Make) -> None:
    path = begin(content, title='Say "no": it\'s fine', keywords="saying no, rest", cities="corvallis")
    assert path == content / "articles" / "say-no-its-fine.md"
    assert "blog/say-no-its-fine/index.html" not in build_it(today=DAY).built.paths
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")
    made = build_it(today=DAY)
    document = made.built.site.by_path["articles/say-no-its-fine.md"]
    assert document.front.title == "Say “no”: it’s fine"
    assert document.front.keywords == ("saying no", "rest")
    assert document.front.cities == ("corvallis",)
    assert "write-this" in {finding.id for finding in checks.run(made.built)}


def test_nothing_is_overwritten(content: Path) -> None:
    path = content / "articles" / "plain-words.md"
    before = path.read_bytes()
    with pytest.raises(WrongValue, match="is there already"):
        begin(content, title="Plain words")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("kind", "title", "path"),
    [
        ("area", "Corvallis", "areas/corvallis.md"),
        ("person", "Teodor Banda", "people/teodor-banda.md"),
        ("page", "Fees", "pages/fees.md"),
        ("topic", "Balance", "topics/balance.md"),
    ],
)
def test_a_page_about_a_fact_is_named_after_it(kind: str, title: str, path: str, content: Path) -> None:
    assert begin(content, kind=kind, title=title) == content / path


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ({"kind": "artcle", "title": "A"}, '--kind artcle is unknown - did you mean "article"?'),
        ({"kind": "area", "title": "Corvalis"}, '"Corvalis" is not in practice.toml - did you mean "Corvallis"?'),
        ({"title": "A", "cities": "Salem"}, "--cities Salem is unknown - allowed: Corvallis"),
        ({"title": "A", "service": "After a fal"}, '--service After a fal is unknown - did you mean "after-a-fall"?'),
        (
            {"kind": "page", "title": "A", "cities": "Corvallis"},
            "--cities is for articles only - leave it out for --kind page",
        ),
        ({"title": "?!"}, '--title "?!" has no letter or digit to make an address of'),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(said: dict[str, str], answer: str, content: Path) -> None:
    with pytest.raises(WrongValue) as refused:
        begin(content, **said)
    assert str(refused.value) == answer


FILLED = {
    "summary": "What to do on the first evening after a fall, and when it is time to call somebody to look at you.",
    "sources": '[{title: "National Institute on Aging", url: "https://www.nia.nih.gov/"},'
    ' {title: "Centers for Disease Control", url: "https://www.cdc.gov/falls/"}]',
}


def filled(path: Path) -> None:
    """Write what the outline asks for: 700 words, a source of its own for each finding that may be."""
    sentences = iter(PROSE)
    said = {1: "After a fall in Corvallis, be slow.", 6: "Read [plain words]({filename}/articles/plain-words.md)."}
    said |= {4: "There is [help at home]({filename}/services/after-a-fall.md)."}
    headings = iter(["What to check first", "What helps on the first evening", "When to call"])
    paragraphs = itertools.count(1)

    def prose() -> str:
        return " ".join([said.get(next(paragraphs), ""), *(next(sentences) for _ in range(5))]).strip()

    front, outline = path.read_text(encoding="utf-8").split("\n---\n", 1)
    front = re.sub(r"summary: .*", f'summary: "{FILLED["summary"]}"', front)
    front = re.sub(r"sources: .*", f"sources: {FILLED['sources']}", front).replace("\nstatus: draft", "")
    blocks = []
    for block in outline.strip().split("\n\n"):
        assert MARK in block
        blocks.append(f"## {next(headings)}" if block.startswith("#") else "\n\n".join(prose() for _ in range(3)))
    path.write_text("\n".join([front, "---", "", "\n\n".join(blocks), ""]), encoding="utf-8")


def test_an_article_that_is_written_as_the_outline_asks_has_no_finding(content: Path, build_it: Make) -> None:
    before = {(finding.id, finding.path, finding.message) for finding in checks.run(build_it(today=DAY).built)}
    path = begin(
        content,
        title="The first evening after a fall",
        service="after-a-fall",
        keywords="after a fall",
        cities="Corvallis",
    )
    filled(path)
    built = build_it(today=DAY).built
    assert 700 <= len(built.site.by_path["articles/the-first-evening-after-a-fall.md"].source.text.split()) <= 900
    found = {(finding.id, finding.path, finding.message) for finding in checks.run(built)} - before
    # That no older text leads to it yet is what other texts earn.
    assert {check_id for check_id, *_ in found} <= {"no-text-link"}


@pytest.mark.parametrize("kind", list(new.KINDS))
def test_a_draft_of_each_kind_builds_and_leaves_no_trace(kind: str, content: Path, build_it: Make) -> None:
    shutil.rmtree(content / "services")
    (content / "articles" / "stairs-again.md").unlink()  # leads to a service
    title = {"area": "Corvallis", "person": "Maud Okafor", "service": "Strength after a fall"}.get(
        kind, "Something new"
    )
    path = begin(content, kind=kind, title=title)
    assert MARK not in "".join(data.decode(errors="replace") for data in build_it(today=DAY).tree().values())
    path.write_text(path.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")
    built = build_it(today=DAY, preview=True).built
    shown = {page.source for page in built.site.pages}
    if kind != "topic":  # it has a page where three articles share it
        assert path.relative_to(content).as_posix() in shown
        assert [finding.id for finding in checks.run(built) if finding.path == f"{new.KINDS[kind]}/{path.name}"]


def site_of(content: Path) -> Site:
    options = Options(preview=True, today=DAY)
    request = Request(content=content, theme=ROOT / "theme", settings=ROOT / "pelicanconf.py", options=options)
    site, bad = read(request)
    assert site is not None
    assert not bad
    return site


def asked(content: Path, **said: str) -> new.Wanted:
    none = {"kind": "article", "service": "", "keywords": "", "cities": "", "supports": "", "title": ""}
    return new.wanted(facts_of(content), **{**none, **said})


def test_a_clash_is_told_whenever_the_check_would_find_one(content: Path, build_it: Make) -> None:
    begin(content, title="Resting", keywords="rest", cities="Corvallis")
    rival = asked(content, title="Rest well", keywords="Rests, sleep", cities="corvallis")
    told = aims.clash(site_of(content), rival)
    assert told is not None
    assert told.other.path == "articles/resting.md"
    assert "supports: resting" in str(told)
    for peaceful in (
        asked(content, title="Rest", keywords="sleep, rest", cities="Corvallis"),
        asked(content, title="Rest", keywords="rest"),
        asked(content, title="Rest", keywords="rest", cities="Corvallis", supports="resting"),
    ):
        assert aims.clash(site_of(content), peaceful) is None
    facts = facts_of(content)
    for path in (new.create(rival, content, facts, DAY), content / "articles" / "resting.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")
    assert "two-owners" in {finding.id for finding in checks.run(build_it(today=DAY).built)}


def test_on_a_terminal_everything_is_asked_with_the_practice_s_own_lists(content: Path) -> None:
    begin(content, title="Resting", keywords="rest", cities="Corvallis")
    enter, down = "\r", "\x1b[B"

    def answered() -> new.Wanted:
        with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
            keys.send_text(f"Rest well{enter}")
            keys.send_text(enter)  # the first service
            keys.send_text(f"rest, stairs{enter}")
            keys.send_text(enter)  # the first place
            keys.send_text(down + enter)  # a clash: let it stand behind the other
            return questions.ask(asked(content), site_of(content), content)

    # In a thread of its own: the browser of other tests has a loop in this one, and two do not go together.
    with ThreadPoolExecutor(1) as pool:
        found = pool.submit(answered).result()
    assert found == new.Wanted(
        kind="article",
        title="Rest well",
        service="after-a-fall",
        keywords=("rest", "stairs"),
        cities=("Corvallis",),
        supports="resting",
    )


def test_known_keywords_complete_what_is_typed_behind_the_last_comma(content: Path) -> None:
    begin(content, title="Resting", keywords="rest after work", cities="Corvallis")
    known = aims.keywords(site_of(content))
    assert "Strength after a fall" in known
    completer = questions._Keywords(known)
    found = completer.get_completions(Line("stairs, after w"), CompleteEvent())
    assert [(completion.text, completion.start_position) for completion in found] == [("rest after work", -7)]


def test_without_a_terminal_a_missing_title_is_one_line(content: Path) -> None:
    answer = command("new", "--content", content)
    assert answer.returncode == 2
    assert answer.stderr.strip() == 'new needs --title, for example: invoke new --title "Sleep and the first year"'


def test_what_is_there_is_said_and_a_clash_too(content: Path) -> None:
    begin(content, title="Resting", keywords="rest", cities="Corvallis")
    answer = command(
        "new",
        "--content",
        content,
        "--title",
        "Rest well",
        "--keywords",
        "rest",
        "--cities",
        "Corvallis",
        EDITOR="false",
    )
    assert answer.returncode == 0
    assert "there is already: Resting (articles/resting.md)" in answer.stdout
    assert "rest, Corvallis: articles/resting.md" in answer.stdout
    assert "careful: articles/resting.md" in answer.stderr


def test_the_editor_may_be_a_command_with_arguments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a file.md"
    monkeypatch.setenv("EDITOR", "not-this-one")
    monkeypatch.setenv("VISUAL", f"{sys.executable} -c \"import sys; open(sys.argv[1], 'w').write('seen')\"")
    assert new.open_in_editor(path) == ""
    assert path.read_text(encoding="utf-8") == "seen"
    monkeypatch.setenv("VISUAL", "no-such-editor --wait")
    assert '"no-such-editor --wait" did not open it' in new.open_in_editor(path)
