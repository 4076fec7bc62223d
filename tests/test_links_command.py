"""``invoke links``: suggestions that hold, written in once, nothing else changed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from .conftest import SAMPLE, command, make, tree

LINK = re.compile(r"(?<!!)\[([^\]^]+)\]\(\{filename\}[^)]*\)")


@pytest.fixture
def unlinked(tmp_path: Path) -> Path:
    """The sample without its writer's links."""
    content = Path(shutil.copytree(SAMPLE, tmp_path / "content"))
    for path in content.glob("*/*.md"):
        head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
        path.write_text(f"{head}\n---\n{_plain(body)}", encoding="utf-8")
    return content


def _plain(body: str) -> str:
    return LINK.sub(lambda match: match.group(1), body)


def test_applying_twice_is_applying_once_and_changes_nothing_but_the_links(unlinked: Path, tmp_path: Path) -> None:
    article = unlinked / "articles" / "floor-time.md"
    article.write_bytes(article.read_bytes().replace(b"\n", b"\r\n"))
    before, site = tree(unlinked), make(unlinked, tmp_path / "site")
    first = command("links", "--apply", "--content", unlinked)
    assert first.returncode == 0, first.stderr
    assert re.search(r"\d\d links written into \d+ files", first.stderr)
    once = tree(unlinked)
    changed = [path for path, data in once.items() if data != before[path]]
    assert "articles/floor-time.md" in changed
    assert once.keys() == before.keys()
    for path in changed:
        now, then = (data.decode("utf-8") for data in (once[path], before[path]))
        assert now.partition("\n---")[0] == then.partition("\n---")[0]
        assert _plain(now) == then
        assert now.count("\r\n") == then.count("\r\n")
    second = command("links", "--apply", "--content", unlinked)
    assert (second.returncode, second.stdout) == (0, "")
    assert second.stderr == "nothing to suggest: no text mentions a page that it does not link to\n"
    assert tree(unlinked) == once
    # What a reader gets is the same, whoever set the links.
    again = make(unlinked, tmp_path / "again")
    pages = {path for path, data in again.tree().items() if path.endswith(".html") and data != site.tree()[path]}
    assert {path for path in pages if _spaces(again.page(path)) != _spaces(site.page(path))} == set()


def _spaces(markup: str) -> str:
    return markup.replace("&nbsp;", " ")


def test_suggestions_say_what_where_and_why(unlinked: Path) -> None:
    said = command("links", "--content", unlinked)
    assert said.returncode == 0, said.stderr
    assert f"{unlinked.as_posix()}/articles/what-partners-carry.md:" in said.stdout
    assert "link 'postpartum therapy' to {filename}/services/postpartum-therapy.md\n" in said.stdout
    assert "    In my practice, [postpartum therapy] is open to partners, alone or as a couple.\n" in said.stdout
    assert "; no text links there yet\n" in said.stdout
    assert "run `invoke links --apply`" in said.stderr
    patch = command("links", "--content", unlinked, "--format", "patch").stdout
    assert "--- a/articles/what-partners-carry.md\n+++ b/articles/what-partners-carry.md\n" in patch


def test_the_least_linked_pages_come_first(tmp_path: Path) -> None:
    content = Path(shutil.copytree(SAMPLE, tmp_path / "content"))
    words = "One note is about getting through a desert summer with a baby, and it may help. " * 2
    path = content / "articles" / "first-therapy-session.md"
    path.write_text(path.read_text(encoding="utf-8") + f"\n{words}\n", encoding="utf-8")
    counts = re.findall(r"; (no|\d+) texts? links? there", command("links", "--content", content).stdout)
    numbers = [0 if count == "no" else int(count) for count in counts]
    assert len(numbers) > 1
    assert numbers == sorted(numbers)


def test_an_unknown_format_is_refused() -> None:
    said = command("links", "--content", SAMPLE, "--format", "diff")
    assert (said.returncode, said.stderr) == (2, "--format diff is not one of text, patch\n")
