"""Moving in: exports with every trap that they are known for, and what a person and a reader get of them."""

from __future__ import annotations

import http.server
import io
import json
import re
import shutil
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from local_seo import checks
from local_seo.errors import Severity
from local_seo.request import Refused, WrongValue
from site_tools import move_in as moving
from site_tools.move_in import archive, markdown, parity, repair, writing, wxr

from .conftest import ROOT, SAMPLE, command, make, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXPORTS = ROOT / "tests" / "exports"
SOUND = sorted(
    set(EXPORTS.iterdir())
    - {EXPORTS / f"{name}.xml" for name in ("cut-off", "climbing-names", "entity-bomb", "external-entity")}
)
PICTURES = ("lamp-by-the-bed", "IMG_1234", "porch", "two", "four", "kettle", "cup")
FIVE_HUNDRED_CHARS = 500


def jpeg(shade: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 420), (shade, 90, 120)).save(out, "JPEG")
    return out.getvalue()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A content folder that knows the practice and has no article yet."""
    content = tmp_path / "content"
    for folder in ("images", "pages"):
        (content / folder).mkdir(parents=True)
    shutil.copy(SAMPLE / "practice.toml", content)
    shutil.copy(SAMPLE / "images" / "porch-at-dusk.png", content / "images")
    said = "Call, or write a line, and say which hours of the week would suit you and your family best."
    (content / "pages" / "contact.md").write_text(f"---\ntitle: Contact\n---\n\n{said}\n", encoding="utf-8")
    pictures = tmp_path / "old" / "2025"
    pictures.mkdir(parents=True)
    for shade, name in enumerate(PICTURES):
        (pictures / f"{name}.jpg").write_bytes(jpeg(shade * 20))
    return content


def move(home: Path, *exports: Path, **changes: Any) -> moving.Outcome:  # noqa: ANN401 - fields of the request
    values: dict[str, Any] = {
        "exports": exports,
        "content": home,
        "report": home.parent / "move-in",
        "settings": ROOT / "pelicanconf.py",
        "pictures": home.parent / "old",
        **changes,
    }
    return moving.move_in(moving.Request(**values), lambda _: None)


def front(home: Path, slug: str, folder: str = "articles") -> dict[str, Any]:
    text = (home / folder / f"{slug}.md").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text.split("---\n")[1])
    return found


def body(home: Path, slug: str) -> str:
    return (home / "articles" / f"{slug}.md").read_text(encoding="utf-8").split("---\n", 2)[2].strip()


def export_of(*posts: str) -> bytes:
    head = (EXPORTS / "terms.xml").read_text(encoding="utf-8").split("<item>", maxsplit=1)[0]
    items = "".join(
        f"<item><title>Post {number}</title><link>/blog/post-{number}</link>"
        f"<wp:post_name>post-{number}</wp:post_name><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>"
        f"<wp:post_date_gmt>2025-03-04 17:30:00</wp:post_date_gmt>"
        f"<content:encoded><![CDATA[{post}]]></content:encoded></item>\n"
        for number, post in enumerate(posts, 1)
    )
    return f"{head}{items}</channel>\n</rss>\n".encode()


# --- every trap ---


@pytest.mark.parametrize("export", SOUND, ids=lambda path: str(path.stem))
def test_an_export_moves_in_whole_and_the_site_builds(export: Path, home: Path, tmp_path: Path) -> None:
    done = move(home, export)
    assert not done.faults
    assert done.rows
    for row in done.rows:
        assert row.kept == 1.0, row.lost
        assert row.before.pictures == row.after.pictures
    texts = "\n".join(path.read_text(encoding="utf-8") for path in home.glob("*/*.md"))
    assert not re.search(r"squarespace|saltbush-old|/wp-content/", texts)
    site = make(home, tmp_path / "site")
    published = {
        row.new
        for row in done.rows
        if "draft" not in front(home, Path(row.path).stem, row.path.split("/")[0]).get("status", "")
    }
    assert published <= {page.url for page in site.built.site.pages}


def test_what_templates_forgot_to_escape_is_what_was_meant(home: Path) -> None:
    move(home, EXPORTS / "bare-ampersands.xml")
    assert front(home, "rest")["title"] == "Rest & sleep — café talk &bogus; & more"
    assert "Rest & sleep, tea & toast, AT&T, 3 < 4." in body(home, "rest")


def test_a_section_within_a_section_keeps_the_text_of_both(home: Path) -> None:
    move(home, EXPORTS / "cdata-in-cdata.xml")
    assert "A note within the note and its end." in body(home, "a-quiet-hour")
    assert body(home, "split") == r"Two brackets \]\]> and an arrow stand here."


def test_what_an_item_lacks_is_made_up_and_said(home: Path) -> None:
    rows = {row.path: row for row in move(home, EXPORTS / "missing-fields.xml").rows}
    assert front(home, "by-date")["date"].isoformat() == "2023-04-05"
    assert front(home, "never-dated")["date"].isoformat() == "2026-11-01"
    assert front(home, "post-1")["title"] == "Nobody named this"
    notes = " ".join(rows["articles/post-1.md"].notes)
    assert "it had no title" in notes
    assert "it had no date" in notes


def test_old_addresses_lead_to_the_new_ones(home: Path, tmp_path: Path) -> None:
    move(home, EXPORTS / "paths-in-names.xml")
    redirects = make(home, tmp_path / "site").built.addresses.redirects
    assert redirects["/blog2023/04/05/my-dated-post.html"] == "/blog/my-dated-post/"
    assert redirects["/blog/basic-post.html"] == "/blog/basic-post/"
    assert redirects["/journal/basic-post"] == "/blog/basic-post-2/"
    assert "{filename}/articles/my-dated-post.md" in body(home, "basic-post")


def test_only_what_was_public_is_published(home: Path) -> None:
    done = move(home, EXPORTS / "states.xml")
    drafts = {row.path for row in done.rows if front(home, Path(row.path).stem, row.path.split("/")[0]).get("status")}
    assert drafts == {"articles/a-draft.md", "articles/private.md", "articles/locked.md"}
    assert "left out: deleted posts (1), empty posts and pages (1) and menu entries (1)" in done.summary
    assert (home / "pages" / "search-page.md").is_file()


def test_tags_are_keywords_and_categories_are_services_where_they_can_be(home: Path) -> None:
    move(home, EXPORTS / "terms.xml")
    says = front(home, "a-quiet-hour")
    assert says["keywords"] == ["Sleep", "Nights & mornings"]
    assert says["cities"] == ["Indio"]
    assert says["service"] == "postpartum-therapy"


def test_comments_are_counted_and_left_out(home: Path) -> None:
    assert "left out: comments (3)" in move(home, EXPORTS / "comments.xml").summary
    assert "Thank you" not in body(home, "a-quiet-hour")


def test_a_featured_picture_is_found_by_number_and_by_what_follows(home: Path) -> None:
    move(home, EXPORTS / "featured.xml")
    assert front(home, "a-quiet-hour")["image"] == "images/lamp-by-the-bed.jpg"
    assert front(home, "by-number")["image_alt"] == "A kettle on a small stove"


def test_the_blocks_of_squarespace_become_markdown(home: Path) -> None:
    move(home, EXPORTS / "blocks.xml")
    text = body(home, "everything")
    for expected in (
        "First words, with **strength joined** and “quotes” — and a dash… *Soft*ly.",
        '<img alt="A lamp by a bed" src="{static}/images/a-lamp-by-a-bed.jpg">',
        "<figcaption>The lamp, at <em>three</em>.</figcaption>",
        "[![]({static}/images/porch.jpg)](https://elsewhere.example/porch)",
        "> “Rest is not a reward.”\n>\n> — a grandmother in Thermal",
        "[Video on youtube.com](https://www.youtube.com/watch?v=abc123)",
        "## How long does it last?\n\nAs long as it helps.",
        "| 3 | wake \\| turn |",
        "- one thing\n- another\n\n    - within it",
        "3. third\n4. fourth",
        "[See the fees]({filename}/pages/fees.md)",
        "Read [the other text]({filename}/articles/a-quiet-hour.md) or the shop",
        "A [study](https://elsewhere.example/a_b%28c%29) says more.",
    ):
        assert expected in text
    assert Counter(re.findall(r"images/[\w-]+\.jpg", text)).most_common(1)[0][1] == 1
    assert "View fullsize" not in text
    assert "margin-right" not in text


def test_the_older_editor_of_wordpress_is_understood(home: Path) -> None:
    move(home, EXPORTS / "wordpress.xml")
    text = body(home, "classic-lines")
    assert text.startswith("First paragraph of the old editor,  \nwith a line end in it.\n\nSecond paragraph.")
    assert "<figcaption>Tea first</figcaption>" in text
    assert "![A cup]({static}/images/a-cup.jpg)" in text
    assert "## And then?\n\nThen we talk." in body(home, "with-blocks")


def test_the_list_of_a_blog_fills_what_the_export_lacks(home: Path) -> None:
    done = move(home, EXPORTS / "squarespace.xml", EXPORTS / "archive.json")
    assert len(done.rows) == 4
    assert front(home, "why-you-wake-at-three")["image"] == "images/porch.jpg"
    assert front(home, "why-you-wake-at-three")["summary"] == "Nights do that."


# --- boilerplate into data ---


@pytest.mark.parametrize("export", ["squarespace.xml", "one-post.xml"])
def test_a_pasted_post_comes_out_as_prose_and_data(export: str, home: Path, tmp_path: Path) -> None:
    done = move(home, EXPORTS / export)
    says = front(home, "why-you-wake-at-three")
    assert says["title"] == "Why you wake at three"
    assert says["keywords"] == ["night waking", "postpartum therapist", "infant-parent therapy"]
    assert says["cities"][:4] == ["Palm Desert", "Indio", "Palm Springs", "Coachella"]
    assert {"La Quinta", "Yucca Valley"} < set(says["cities"])
    assert (says["service"], says["cta"]) == ("postpartum-therapy", "call")
    text = body(home, "why-you-wake-at-three")
    assert text.startswith("The clock says three again.")
    assert text.endswith("</figure>")
    assert not re.search(r"760|serves parents|Borrego|Would you like to talk", text)
    call = (home / "ctas" / "call.toml").read_text(encoding="utf-8")
    assert 'title = "Would you like to talk?"' in call
    assert 'href = "tel:"' in call
    assert "760" not in call
    assert "Monday" not in call
    review = (home.parent / "move-in" / "practice.toml").read_text(encoding="utf-8")
    assert 'name = "Borrego Springs"' in review
    assert '"Thoughts from Your {Role} in {city}"' in review
    assert any('"Monday to Friday, 8am-6pm" is not what practice.toml says' in line for line in done.summary)
    found = checks.run(make(home, tmp_path / "site").built)
    moved = [finding for finding in found if finding.path.startswith(("articles/", "ctas/"))]
    assert not [finding for finding in moved if finding.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("step", "left"),
    [("calls", "Call me at"), ("places", "proudly serves"), ("phrases", "Postpartum therapist Indio"), ("titles", "")],
)
def test_each_step_can_be_refused(step: str, left: str, home: Path) -> None:
    move(home, EXPORTS / "one-post.xml", keep=moving.steps_of(step, everything=False))
    text = body(home, "why-you-wake-at-three")
    for words in ("Call me at", "proudly serves", "Postpartum therapist Indio"):
        assert (words in text) == (words == left)
    assert ("Thoughts from Your" in front(home, "why-you-wake-at-three")["title"]) == (step == "titles")


def test_all_steps_can_be_refused_at_once(home: Path) -> None:
    done = move(home, EXPORTS / "squarespace.xml", keep=moving.steps_of("", everything=True))
    assert not (home / "ctas").exists()
    assert not any(row.removed for row in done.rows)


def test_prose_that_only_looks_alike_stays(home: Path, tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_bytes(
        export_of(
            "<p>We drove from Indio to La Quinta, Thermal and Mecca, and the whole way the baby slept.</p>"
            "<p>The poison line is 800-222-1222; call it at once.</p>"
            "<p>A therapist in Indio once told me so.</p>" + "<p>More.</p>" * 7
        )
    )
    done = move(home, tmp_path / "export.xml")
    assert not done.rows[0].removed
    assert "cities" not in front(home, "post-1")


def test_what_repeats_without_a_call_stays_and_is_named(home: Path, tmp_path: Path) -> None:
    note = "<p>These pages inform, and they take the place of no doctor, no midwife and no therapist at all.</p>"
    (tmp_path / "export.xml").write_bytes(export_of(*(f"<p>Word {n} of its own stands here.</p>{note}" for n in "abc")))
    done = move(home, tmp_path / "export.xml")
    assert any(line.startswith("left in the text although 3 posts share it") for line in done.summary)
    assert "no doctor" in body(home, "post-2")


def test_a_number_of_long_ago_is_told_and_not_copied(home: Path, tmp_path: Path) -> None:
    call = "<p>Please call us at 760-555-0199 and ask for a first visit, whatever the hour of the day may be.</p>"
    (tmp_path / "export.xml").write_bytes(export_of(*(f"<p>Word {n} of its own stands here.</p>{call}" for n in "abc")))
    done = move(home, tmp_path / "export.xml")
    assert any('"760-555-0199" is nowhere in practice.toml' in line for line in done.summary)
    assert b"0199" not in b"".join(tree(home).values())


def test_unknown_places_are_added_only_when_asked_for(home: Path) -> None:
    before = (home / "practice.toml").read_bytes()
    move(home, EXPORTS / "one-post.xml")
    assert (home / "practice.toml").read_bytes() == before
    move(home, EXPORTS / "one-post.xml", add_places=True)
    assert (home / "practice.toml").read_bytes().startswith(before.rstrip())
    assert "Borrego Springs" in front(home, "why-you-wake-at-three")["cities"]


def test_cities_can_be_bounded(home: Path) -> None:
    move(home, EXPORTS / "one-post.xml", cities_most=3)
    assert front(home, "why-you-wake-at-three")["cities"] == ["Palm Desert", "Indio", "Palm Springs"]


# --- running again ---


def test_a_second_run_changes_nothing(home: Path) -> None:
    move(home, EXPORTS / "squarespace.xml")
    before = tree(home)
    done = move(home, EXPORTS / "squarespace.xml", pictures=None)
    assert {row.status for row in done.rows} == {"same"}
    assert tree(home) == before


def test_what_a_person_edited_or_deleted_stays_so(home: Path) -> None:
    move(home, EXPORTS / "squarespace.xml")
    edited, deleted = home / "articles" / "going-back-to-work.md", home / "articles" / "when-everyone-visits.md"
    edited.write_text(edited.read_text(encoding="utf-8") + "\nMine.\n", encoding="utf-8")
    deleted.unlink()
    done = move(home, EXPORTS / "squarespace.xml", cities_most=2)
    assert {row.path: row.status for row in done.rows} == {
        "articles/going-back-to-work.md": "yours",
        "articles/when-everyone-visits.md": "deleted",
        "articles/why-you-wake-at-three.md": "changed",
    }
    assert edited.read_text(encoding="utf-8").endswith("Mine.\n")
    assert not deleted.exists()


def test_a_file_of_somebody_else_is_never_overwritten(home: Path) -> None:
    (home / "pages" / "fees.md").write_text("---\ntitle: My fees\n---\n\nMine.\n", encoding="utf-8")
    (home / "ctas").mkdir()
    (home / "ctas" / "call.toml").write_text("mine", encoding="utf-8")
    done = move(home, EXPORTS / "states.xml")
    move(home, EXPORTS / "one-post.xml")
    assert "set aside" in {row.status for row in done.rows}
    assert "Mine." in (home / "pages" / "fees.md").read_text(encoding="utf-8")
    assert (home.parent / "move-in" / "set-aside" / "pages" / "fees.md").is_file()
    assert (home / "ctas" / "call.toml").read_text(encoding="utf-8") == "mine"
    assert front(home, "why-you-wake-at-three")["cta"] == "call-2"


def test_a_trial_leaves_the_content_as_it_is(home: Path) -> None:
    before = tree(home)
    done = move(home, EXPORTS / "squarespace.xml", dry_run=True, add_places=True)
    assert tree(home) == before
    assert {row.status for row in done.rows} == {"new"}
    assert "This was a trial" in (home.parent / "move-in" / "parity.html").read_text(encoding="utf-8")


def test_a_broken_ledger_is_refused(home: Path) -> None:
    (home / writing.LEDGER).write_text('{"files": 3}', encoding="utf-8")
    with pytest.raises(Refused, match="bring it back from git"):
        move(home, EXPORTS / "one-post.xml")


# --- what is refused ---


@pytest.mark.parametrize("name", ["entity-bomb.xml", "external-entity.xml"])
def test_entities_of_its_own_are_refused(name: str, home: Path) -> None:
    with pytest.raises(Refused, match="declares a document type"):
        move(home, EXPORTS / name)
    assert not (home / "articles").exists()


def test_names_that_climb_are_refused_and_the_rest_moves(home: Path) -> None:
    before = set(home.parent.rglob("*"))
    done = move(home, EXPORTS / "climbing-names.xml")
    assert [finding.id for finding in done.faults].count("refused-name") == 2
    assert any("climbs out of its folder" in finding.message for finding in done.faults)
    made = {path.relative_to(home.parent).parts[0] for path in set(home.parent.rglob("*")) - before}
    assert made == {"content", "move-in"}


def test_a_link_out_of_the_folder_of_pictures_is_not_followed(home: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(jpeg(200))
    old = home.parent / "old" / "2025"
    (old / "lamp-by-the-bed.jpg").unlink()
    (old / "lamp-by-the-bed.jpg").symlink_to(tmp_path / "secret.jpg")
    done = move(home, EXPORTS / "one-post.xml")
    assert [finding.id for finding in done.faults] == ["missing-pictures"]


def test_an_export_that_was_cut_off_is_read_and_named(home: Path) -> None:
    done = move(home, EXPORTS / "cut-off.xml")
    assert any("ends in the middle" in finding.message for finding in done.faults)
    assert "quiet hour" in body(home, "a-quiet-hour")


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"<!doctype html><html><body>Log in</body></html>", "export.xml", "declares a document type"),
        (b"<html><body>Log in</body></html>", "export.xml", "an HTML page"),
        (b"", "export.xml", "is empty"),
        (b"\x89PNG\r\n", "export.xml", "no export of a blog"),
        (b"<rss><channel></channel></rss>", "export.xml", "no post and no page"),
        (b"{", "blog.json", "not JSON"),
        (b'{"a": 1}', "blog.json", 'no list "items"'),
        (b"[" * 100_000, "blog.json", "not JSON"),
    ],
)
def test_what_is_no_export_is_told_in_words(data: bytes, name: str, said: str, home: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(Refused, match=said):
        move(home, tmp_path / name)


def test_a_slip_of_the_pen_is_answered(home: Path) -> None:
    with pytest.raises(WrongValue, match=r"did you mean .*one-post\.xml"):
        move(home, EXPORTS / "one-pots.xml")
    with pytest.raises(WrongValue, match='did you mean "calls"'):
        moving.steps_of("cals", everything=False)


# --- pictures ---


@pytest.fixture
def old_host() -> Iterator[tuple[str, list[str]]]:
    """A host on loopback: three answers that fail before one that works, and some that never do."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            if self.path == "/slow.jpg" and asked.count("/slow.jpg") < 3:
                self.send_error(503)
            elif self.path in {"/slow.jpg", "/good.jpg?format=1000w"}:
                self.answer("image/jpeg", jpeg(10))
            elif self.path == "/page.jpg":
                self.answer("text/html", b"<p>Gone</p>")
            elif self.path == "/false.jpg":
                self.answer("image/jpeg", b"no picture at all")
            elif self.path == "/away.jpg":
                self.send_response(302)
                self.send_header("Location", "file:///etc/hostname")
                self.end_headers()
            else:
                self.send_error(404)

        def answer(self, kind: str, data: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: object) -> None: ...

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def test_pictures_are_fetched_once_and_named_by_what_they_show(
    old_host: tuple[str, list[str]], home: Path, tmp_path: Path
) -> None:
    host, asked = old_host
    good = f'<p>Words.</p><img src="{host}/good.jpg?format=1000w" alt="A chair by a window">'
    again = f'<p>More.</p><img src="{host}/slow.jpg" alt="The same chair">'
    (tmp_path / "export.xml").write_bytes(export_of(good, good + again))
    done = move(home, tmp_path / "export.xml", download=True, pictures=None)
    assert not done.faults
    assert Counter(asked) == {"/good.jpg?format=1000w": 1, "/slow.jpg": 3}
    # One picture under two addresses is one file.
    assert "({static}/images/a-chair-by-a-window.jpg)" in body(home, "post-2")
    assert sorted(path.name for path in (home / "images").iterdir()) == ["a-chair-by-a-window.jpg", "porch-at-dusk.png"]
    assert move(home, tmp_path / "export.xml", pictures=None).rows[0].status == "same"


def test_what_is_no_picture_is_told_and_not_kept(old_host: tuple[str, list[str]], home: Path, tmp_path: Path) -> None:
    host, _ = old_host
    names = ("page.jpg", "false.jpg", "away.jpg", "none.jpg")
    shown = "".join(f'<img src="{host}/{name}" alt="A cup">' for name in names)
    (tmp_path / "export.xml").write_bytes(
        export_of(f'<p>Words.</p>{shown}<img src="file:///etc/hostname" alt="A cup">')
    )
    done = move(home, tmp_path / "export.xml", download=True, pictures=None)
    told = "\n".join(finding.message for finding in done.faults)
    for reason in ("no picture but text/html", "no picture, or a damaged one", "outside the web", "answered 404"):
        assert reason in told
    assert "not one of the web" in told
    assert body(home, "post-1") == "Words."
    assert [path.name for path in (home / "images").iterdir()] == ["porch-at-dusk.png"]


# --- the table ---


def test_a_loss_shows_in_the_table(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(*given: Any) -> markdown.Converted:  # noqa: ANN401
        found = markdown.convert(*given)
        return markdown.Converted(blocks=found.blocks[1:], pictures=found.pictures, notes=found.notes)

    monkeypatch.setattr(moving, "convert", forgetful)
    done = move(home, EXPORTS / "terms.xml")
    assert done.rows[0].lost[:3] == ("it", "is", "a")
    assert [finding.id for finding in done.faults] == ["lost-in-moving"]
    shown = json.loads((home.parent / "move-in" / "parity.json").read_text(encoding="utf-8"))
    assert shown["texts"][0]["kept"] < 1


def test_the_table_is_valid_and_asks_nobody(home: Path, vnu: Callable[..., str]) -> None:
    move(home, EXPORTS / "squarespace.xml", EXPORTS / "climbing-names.xml")
    path = home.parent / "move-in" / "parity.html"
    page = path.read_text(encoding="utf-8")
    assert not re.search(r'<(?:script|link|img)\b|url\(|src="', page)
    assert vnu("--errors-only", path) == ""


def test_the_command_answers_a_person(home: Path, tmp_path: Path) -> None:
    report = tmp_path / "report"
    flags = ("--content", home, "--report", report)
    done = command("move-in", EXPORTS / "one-post.xml", "--pictures", tmp_path / "old", *flags)
    assert done.returncode == 0, done.stderr
    assert "now run `invoke build`" in done.stdout
    for wrong in (("--keep", "cals"), ("--cities", "many"), ("--pictures", "nowhere"), ("--today", "soon")):
        said = command("move-in", EXPORTS / "one-post.xml", *wrong, *flags)
        assert said.returncode == 2
        assert wrong[0] in said.stderr
        assert "Traceback" not in said.stderr
    lost = command("move-in", EXPORTS / "cut-off.xml", *flags)
    assert lost.returncode == 1
    assert "error[broken-export]" in lost.stdout


# --- properties ---


@given(st.text(max_size=FIVE_HUNDRED_CHARS))
def test_any_text_reads_the_same_in_markdown(text: str) -> None:
    block = markdown.prose(" ".join(text.split()))
    assert "\n\n" not in block.markdown


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=FIVE_HUNDRED_CHARS), st.integers(0, 3000), st.integers(0, 3000))
def test_damaged_exports_are_read_or_refused(noise: bytes, start: int, end: int) -> None:
    whole = (EXPORTS / "bare-ampersands.xml").read_bytes()
    damaged = whole[: min(start, end)] + noise + whole[max(start, end) :]
    for read in (wxr.read, archive.read):
        try:
            found = read(damaged, "export")
        except Refused:
            continue
        assert all(not set(item.title) & {"\x00", "\x1b"} for item in found.items if read is wxr.read)


_PIECES = st.sampled_from(
    "<p>|</p>|<b>|</b>|<em>|</em>|<div>|</div>|<ul><li>|</li></ul>|<br>|<h2>|</h2>|<a href='/x'>|</a>|<blockquote>|"
    "</blockquote>|<table><tr><td>|</td></tr></table>|<noscript>|</noscript>|<figure>|</figure>|<figcaption>|<span>|"
    "word|Two words.|1. one|# two|* three|_four_|&amp;lt;|&nbsp;|[five](six)|`seven`|\\|:|: eight|--- |"
    "{{ nine }}".split("|")
)


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=30))
def test_no_html_loses_a_word_on_its_way_to_markdown(pieces: list[str]) -> None:
    source = " ".join(pieces)
    found = markdown.convert(source, lambda _: None, "https://old.example/")
    said = [word for block in found.blocks for word in parity.words(block.text)]
    assert parity.lost(parity.Page(source).words, said) == ()


@given(st.text(max_size=FIVE_HUNDRED_CHARS))
def test_repaired_xml_has_no_raw_section_left(text: str) -> None:
    try:
        found = repair.repaired(f"<rss><a><![CDATA[{text}]]></a></rss>", "export")
    except Refused:
        return
    assert "<![CDATA[" not in found
