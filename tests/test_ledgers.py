"""Honest dates and addresses that never die, on real builds with ledgers in place."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import TYPE_CHECKING

import pytest

from local_seo import checks
from local_seo.errors import SourceError

if TYPE_CHECKING:
    from pathlib import Path

    from .conftest import Made, Make

ORIGIN = "https://cedar-bend.example"
LATER = dt.date(2026, 9, 1)


def lastmods(made: Made) -> dict[str, str]:
    entries = re.findall(r"<loc>(.*?)</loc>\s*(?:<lastmod>(.*?)</lastmod>)?", made.page("sitemap.xml"))
    return {loc.removeprefix(ORIGIN): lastmod for loc, lastmod in entries}


def publish(content: Path, made: Made, day: str = "2026-05-01T00:00:00-07:00") -> None:
    """Write the ledgers as a confirmed publish would."""
    pages = {url: {"hash": digest, "changed": day} for url, digest in made.built.hashes.items()}
    (content / "revisions.json").write_text(json.dumps({"format": 1, "pages": pages}), encoding="utf-8")
    sources = {page.url: page.source for page in made.built.site.pages}
    addresses = {url: {"source": sources[url], "hash": digest} for url, digest in made.built.hashes.items()}
    (content / "addresses.lock").write_text(json.dumps({"format": 1, "addresses": addresses}), encoding="utf-8")


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_without_a_ledger_the_writers_own_dates_are_shown(content: Path, build_it: Make) -> None:
    edit(content / "articles" / "plain-words.md", "date:", "modified: 2026-04-04\ndate:")
    found = lastmods(build_it())
    assert found["/blog/stairs-again/"] == "2026-03-09T00:00:00-07:00"
    assert found["/blog/plain-words/"] == "2026-04-04T00:00:00-07:00"
    assert found["/privacy/"] == ""


def test_theme_offers_and_neighbours_move_no_date_and_one_word_moves_one(content: Path, build_it: Make) -> None:
    publish(content, build_it(today=LATER))
    before = lastmods(build_it(today=LATER))
    assert before["/blog/stairs-again/"] == "2026-05-01T00:00:00-07:00"
    assert before["/privacy/"] == "2026-05-01T00:00:00-07:00"

    edit(content / "ctas" / "visit.toml", "Ask for a visit", "Ask us to come by")
    (content / "theme" / "templates").mkdir(parents=True)
    (content / "theme" / "templates" / "404.html").write_text("<!doctype html><title>x</title>", encoding="utf-8")
    (content / "articles" / "new.md").write_text("---\ntitle: New\ndate: 2026-08-08\n---\n\nNew.\n", encoding="utf-8")
    edit(content / "practice.toml", "541-555-0117", "541-555-0118")
    after = lastmods(build_it(today=LATER))
    assert {url: day for url, day in after.items() if url in before} == before

    edit(content / "articles" / "stairs-again.md", "Count out loud", "Count aloud")
    moved = lastmods(build_it(today=LATER))
    assert {url for url, day in moved.items() if day != after[url]} == {"/blog/stairs-again/"}
    assert moved["/blog/stairs-again/"] == "2026-09-01T00:00:00-07:00"


def test_every_place_that_shows_a_date_shows_the_same_one(content: Path, build_it: Make) -> None:
    publish(content, build_it(today=LATER))
    made = build_it(today=LATER)
    page = made.page("blog/stairs-again/index.html")
    assert '"article:modified_time" content="2026-05-01T00:00:00-07:00"' in page
    assert '"dateModified":"2026-05-01T00:00:00-07:00"' in page
    assert '<time datetime="2026-05-01">May 1, 2026</time>' in page
    assert "<updated>2026-05-01T00:00:00-07:00</updated>" in made.page("feed.xml")


def test_a_renamed_file_and_a_moved_text_are_redirected_by_themselves(content: Path, build_it: Make) -> None:
    publish(content, build_it())
    edit(content / "articles" / "stairs-again.md", "date:", "slug: climbing\ndate:")
    (content / "articles" / "plain-words.md").rename(content / "articles" / "words.md")
    found = build_it().built.addresses
    assert found.redirects == {"/blog/stairs-again/": "/blog/climbing/", "/blog/plain-words/": "/blog/words/"}
    assert not found.lost


def test_a_deleted_page_is_asked_about_until_somebody_answers(content: Path, build_it: Make) -> None:
    publish(content, build_it())
    (content / "articles" / "plain-words.md").unlink()
    made = build_it()
    assert made.built.addresses.lost == ("/blog/plain-words/",)
    (finding,) = (f for f in checks.run(made.built) if f.id == "lost-address")
    assert str(finding) == (
        "practice.toml: error[lost-address]: /blog/plain-words/ was published and leads nowhere now - "
        "under [addresses], add it to redirects with its new address, or to gone"
    )
    facts = content / "practice.toml"
    written = facts.read_text(encoding="utf-8")
    facts.write_text(written + '\n[addresses]\ngone = ["/blog/plain-words/"]\n', encoding="utf-8")
    assert not build_it().built.addresses.lost
    redirect = 'redirects = {"/blog/plain-words/" = "/blog/stairs-again/"}'
    facts.write_text(f"{written}\n[addresses]\n{redirect}\n", encoding="utf-8")
    assert build_it().built.addresses.redirects == {"/blog/plain-words/": "/blog/stairs-again/"}


def test_chains_become_one_hop_and_circles_are_refused(content: Path, build_it: Make) -> None:
    facts = content / "practice.toml"
    written = facts.read_text(encoding="utf-8")
    chain = '"/a/" = "/b/", "/b/" = "/c/", "/c/" = "/privacy/", "/d/" = "https://elsewhere.example/d"'
    facts.write_text(f"{written}\n[addresses]\nredirects = {{{chain}}}\n", encoding="utf-8")
    assert build_it().built.addresses.redirects == {
        "/a/": "/privacy/",
        "/b/": "/privacy/",
        "/c/": "/privacy/",
        "/d/": "https://elsewhere.example/d",
    }
    circle = '"/a/" = "/b/", "/b/" = "/a/", "/c/" = "/nowhere/", "/privacy/" = "/"'
    facts.write_text(f"{written}\n[addresses]\nredirects = {{{circle}}}\n", encoding="utf-8")
    with pytest.raises(SourceError) as failure:
        build_it()
    said = str(failure.value)
    assert "the redirects of /a/ -> /b/ -> /a/ lead in a circle" in said
    assert 'the redirect "/c/" leads to /nowhere/, which is no page of the site' in said
    assert '"/privacy/" is a page of the site and redirected to /' in said


@pytest.mark.parametrize("text", ["{", '{"format": 1, "pages": {"/": {}}}', "[]", '{"pagse": {}}'])
def test_a_broken_ledger_stops_the_build(text: str, content: Path, build_it: Make) -> None:
    (content / "revisions.json").write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"revisions.json.*broken-ledger.*take the last good version"):
        build_it()


def test_a_placeholder_prints_a_fact_and_an_unknown_one_is_refused(content: Path, build_it: Make) -> None:
    article = content / "articles" / "stairs-again.md"
    edit(article, "Count out loud", "Call {{ practice.phone }} or {{practice.name}}. Count out loud")
    page = build_it().page("blog/stairs-again/index.html")
    assert 'Call <a href="tel:+15415550117">541-555-0117</a> or Cedar Bend Physical Therapy.' in page
    edit(article, "practice.name", "practice.fax")
    edit(article, "practice.phone", "practice.email")
    with pytest.raises(SourceError) as failure:
        build_it()
    assert [str(finding) for finding in failure.value.findings] == [
        "articles/stairs-again.md:20: error[unknown-placeholder]: "
        '"{{ practice.email }}" has no fact behind it in practice.toml - add practice.email',
        "articles/stairs-again.md:20: error[unknown-placeholder]: "
        '"{{practice.fax}}" has no fact behind it in practice.toml - did you mean "practice.name"?',
    ]
