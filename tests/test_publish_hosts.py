"""What hosts would answer for every address ever published, worked out from the files by the documented rules."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import subprocess
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote
from urllib.robotparser import RobotFileParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo.request import Refused, Request
from site_tools import publish as publishing
from site_tools.headers import headers
from site_tools.publish import hosts as rules
from site_tools.publish import package
from site_tools.publish.deployers import GitHubPages

from . import hosts
from .conftest import OTHER, ROOT, Made, command, make, tree

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from .conftest import Make

ORIGIN = "https://cedar-bend.example"


@dataclass(frozen=True)
class Host:
    """A host of static files, simulated. ``answer`` gives status and, for a redirect, where it leads."""

    files: Mapping[str, bytes]
    answer: Callable[[Mapping[str, bytes], str], tuple[int, str]]

    def ends(self, url: str) -> tuple[int, int]:
        """Return how many hops an address takes and what its end answers; an address elsewhere counts as 200."""
        hops = 0
        while True:
            status, to = self.answer(self.files, quote(url, safe="/%"))
            if status not in {301, 302, 303, 307, 308}:
                return hops, status
            hops += 1
            assert hops < 5, f"{url} goes in a circle"
            if not to.startswith("/"):
                return hops, 200
            url = to.partition("#")[0]


def lines(files: Mapping[str, bytes]) -> list[list[str]]:
    text = files.get("_redirects", b"").decode()
    return [line.split() for line in text.splitlines() if line and not line.startswith("#")]


def asset(files: Mapping[str, bytes], path: str) -> tuple[int, str]:
    """Answer for a file as Cloudflare Pages does: folders with a slash, names of pages without their ending."""
    name = unquote(path).lstrip("/")
    if path.endswith("/") and f"{name}index.html" in files:
        return 200, ""
    if path.endswith("/index.html") and name in files:
        return 308, path.removesuffix("index.html")
    if f"{name}/index.html" in files:
        return 308, f"{path}/"
    if path.endswith(".html") and name in files:
        return 308, path.removesuffix(".html")
    if name in files or f"{name}.html" in files:
        return 200, ""
    return 404, ""


def cloudflare(files: Mapping[str, bytes], path: str) -> tuple[int, str]:
    """Answer: a function where a route says so, else the first redirect, file or not, else the file.

    Source: https://developers.cloudflare.com/pages/configuration/redirects/
    """
    if path in json.loads(files.get("_routes.json", b'{"include": []}'))["include"]:
        # _worker.js: what the files answer, but 410 for what is not there.
        status, to = asset(files, path)
        return (410, "") if status == 404 else (status, to)
    for old, new, code in lines(files):
        if old == path:
            return int(code), new
    return asset(files, path)


def netlify(files: Mapping[str, bytes], path: str) -> tuple[int, str]:
    """Answer: a file first, then the first redirect, with or without the slash at the end.

    Source: https://docs.netlify.com/manage/routing/redirects/redirect-options/
    """
    name = unquote(path).lstrip("/")
    if name in files or f"{name.rstrip('/')}/index.html".lstrip("/") in files or f"{name}.html" in files:
        return 200, ""
    for old, new, status in lines(files):
        if old.rstrip("/") == path.rstrip("/"):
            if int(status) in {301, 302, 303, 307, 308}:
                return int(status), new
            assert new.lstrip("/") in files  # it is shown in place of what was asked for
            return int(status), ""
    return 404, ""


HOSTS = {"cloudflare": cloudflare, "netlify": netlify}


@pytest.mark.parametrize("kind", HOSTS)
def test_every_address_ever_published_is_there_or_one_hop_away_or_gone(
    kind: str, content: Path, build_it: Make
) -> None:
    """Three publishes: new pages, renames twice over, deletes, a topic that comes and goes, an address elsewhere."""
    facts = content / "practice.toml"
    written = facts.read_text(encoding="utf-8")
    articles = content / "articles"
    for number in range(12):
        text = (
            f"---\ntitle: Article {number}\ndate: 2026-01-{number + 1:02}\nkeywords: [stairs]\n---\n\nText {number}.\n"
        )
        (articles / f"a{number}.md").write_text(text, encoding="utf-8")
    _publish(content, build_it)
    (articles / "a0.md").rename(articles / "b0.md")
    _edit(articles / "a1.md", "date:", "slug: übung\ndate:")
    for number in range(4, 12):
        (articles / f"a{number}.md").unlink()
    gone = ", ".join(f'"/blog/a{number}/"' for number in range(4, 12))
    facts.write_text(
        f"{written}\n[addresses]\ngone = [{gone}]\n"
        'redirects = {"/2019/old-post" = "/blog/a2/", "/blog/a9/" = "/blog/a3/", "/far/" = "https://elsewhere.example/"}\n',
        encoding="utf-8",
    )
    _publish(content, build_it)
    (articles / "b0.md").rename(articles / "c0.md")
    (articles / "stairs-again.md").rename(articles / "stairs.md")
    for path in articles.glob("*.md"):
        path.write_text(path.read_text(encoding="utf-8").replace("keywords: [stairs", "keywords: [steps"), "utf-8")
    made = _publish(content, build_it)

    known = json.loads((content / "addresses.lock").read_text(encoding="utf-8"))["addresses"]
    assert {"/blog/a0/", "/blog/b0/", "/blog/c0/", "/blog/übung/", "/blog/page/2/", "/topics/stairs/"} <= known.keys()
    neutral = rules.Rules(origin=ORIGIN, redirects=made.built.addresses.redirects, gone=_gone(made))
    files = {**made.tree(), **rules.HOSTS[kind](neutral)}
    host = Host(files, HOSTS[kind])
    ends = {url: host.ends(url) for url in known}
    assert not {url: end for url, end in ends.items() if end not in {(0, 200), (1, 200), (0, 410)}}
    assert set(ends.values()) == {(0, 200), (1, 200), (0, 410)}
    assert ends["/blog/a0/"] == ends["/blog/b0/"] == ends["/blog/a9/"] == ends["/blog/page/2/"] == (1, 200)
    assert ends["/topics/stairs/"] == ends["/topics/stairs/feed.xml"] == (1, 200)
    assert ends["/blog/a5/"] == (0, 410)
    for old in ("/2019/old-post", "/far/"):
        assert host.ends(old) == (1, 200)
    assert host.ends("/blog/a0") == (1, 200)  # typed without its slash
    assert host.ends("/never/") == (0, 404)


def _gone(made: object) -> frozenset[str]:
    old = made.built.addresses  # type: ignore[attr-defined]
    return frozenset(old.gone - old.redirects.keys())


def _publish(content: Path, build_it: Make):  # type: ignore[no-untyped-def] # noqa: ANN202
    from site_tools.publish import ledgers  # noqa: PLC0415

    made = build_it()
    assert not made.built.addresses.lost
    ledgers.write(content, ledgers.revisions(made.built, announcing=False), ledgers.lock(made.built))
    return made


def _edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _header_rules(data: bytes) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in data.decode().splitlines():
        if line and not line.startswith(" "):
            current = found.setdefault(line, {})
        elif line.strip():
            name, _, value = line.strip().partition(": ")
            current[name] = value
    return found


@pytest.mark.parametrize("kind", HOSTS)
def test_headers_are_those_of_production_and_no_two_rules_say_the_same_name(kind: str) -> None:
    written = rules.HOSTS[kind](rules.Rules(origin=ORIGIN, hashed=("/theme/site.0123456789.css",)))["_headers"]
    found = _header_rules(written)
    assert found["/*"] == headers(https=True)
    policy = found["/search/"]["Content-Security-Policy"]
    assert "'wasm-unsafe-eval'" in policy
    # Cloudflare joins what two rules say, so that the general policy is taken away first.
    assert list(found["/search/"])[:-1] == (["! Content-Security-Policy"] if kind == "cloudflare" else [])
    assert found["/*"]["Strict-Transport-Security"].startswith("max-age=")
    assert "'unsafe-inline'" not in found["/*"]["Content-Security-Policy"]
    assert found["/theme/site.0123456789.css"] == {"Cache-Control": "public, max-age=31536000, immutable"}
    assert not found["/*"].keys() & found["/theme/site.0123456789.css"].keys()
    hidden = rules.HOSTS[kind](rules.Rules(origin=ORIGIN, noindex=True))["_headers"]
    assert _header_rules(hidden)["/*"]["X-Robots-Tag"] == "noindex"


def test_more_rules_than_a_host_takes_are_refused_with_the_limit() -> None:
    def many(count: int) -> rules.Rules:
        return rules.Rules(origin=ORIGIN, redirects={f"/old-{n}/": "/" for n in range(count)})

    at_the_limit = rules.cloudflare(many(2000))["_redirects"].splitlines()
    assert len(at_the_limit) == 2000
    with pytest.raises(Refused, match="at most 2,000 redirects, and there are 2,001"):
        rules.cloudflare(many(2001))
    assert len(rules.netlify(many(2001))["_redirects"].splitlines()) == 2001
    long = rules.Rules(origin=ORIGIN, redirects={f"/{'x' * 1000}/": "/"})
    with pytest.raises(Refused, match="no redirect of more than 1000 characters"):
        rules.cloudflare(long)
    with pytest.raises(Refused, match="at most 100 addresses that are gone"):
        rules.cloudflare(rules.Rules(origin=ORIGIN, gone=frozenset(f"/gone-{n}/" for n in range(101))))


def test_many_hashed_files_take_a_rule_a_folder_and_no_other_file_is_meant() -> None:
    files = {f"pictures/made/{n}/x.avif": True for n in range(300)} | {"theme/a.css": True, "theme/icon.svg": False}
    patterns = rules.kept_for_ever(files)
    assert set(patterns) == {"/pictures/*", "/theme/a.css"}
    few = {f"pictures/{n}.avif": True for n in range(20)}
    assert set(rules.kept_for_ever(few)) == {f"/{path}" for path in few}


@given(
    st.dictionaries(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map("/".join), st.booleans(), max_size=200)
)
def test_what_is_kept_for_ever_is_exactly_what_is_hashed(files: dict[str, bool]) -> None:
    files = {f"{path}.x": hashed for path, hashed in files.items()}
    patterns = rules.kept_for_ever(files)
    for path, hashed in files.items():
        matching = [p for p in patterns if p == f"/{path}" or (p.endswith("*") and f"/{path}".startswith(p[:-1]))]
        assert bool(matching) == hashed
        assert len(matching) < 2


def test_only_a_name_that_follows_from_the_bytes_is_kept_for_ever(sample: Made) -> None:
    data = b"body{}"
    digest = hashlib.sha256(data).hexdigest()
    assert package.is_hashed(f"theme/site.{digest[:10]}.css", data)
    assert not package.is_hashed(f"theme/site.{digest[:10]}.css", b"other")
    assert not package.is_hashed("images/20260504.jpg", data)
    assert not package.is_hashed("theme/icon.svg", data)
    made = [path for path in sample.tree() if path.startswith(("i/", "cards/"))]
    assert {path.partition("/")[0] for path in made} == {"i", "cards"}
    assert all(package.is_hashed(path, b"made anew from the same") for path in made)


def test_old_addresses_lead_on_by_pages_where_the_host_can_do_nothing_else() -> None:
    files = rules.pages_that_lead_on(
        rules.Rules(origin=ORIGIN, redirects={"/a/": "/b/", "/c": "/b/#d", "/e.html": "https://x.example/?q=1&r=2"})
    )
    assert set(files) == {"a/index.html", "c/index.html", "e.html"}
    assert b'<meta http-equiv="refresh" content="0; url=https://cedar-bend.example/b/">' in files["a/index.html"]
    assert b"url=https://x.example/?q=1&amp;r=2" in files["e.html"]


def test_crawlers_are_let_in_by_what_they_do(content: Path, build_it: Make) -> None:
    """Search always; AI that answers and AI that learns each as the practice says."""
    facts = content / "practice.toml"
    written = re.sub(r"\n\[crawlers\][^\[]*", "\n", facts.read_text(encoding="utf-8"))
    search = ("Googlebot", "Bingbot", "DuckDuckBot")
    answers = ("OAI-SearchBot", "Claude-SearchBot", "PerplexityBot", "ChatGPT-User")
    learns = ("GPTBot", "ClaudeBot", "Google-Extended", "CCBot")
    for retrieval, training in (("allow", "allow"), ("allow", "deny"), ("deny", "allow"), ("deny", "deny")):
        facts.write_text(f'{written}\n[crawlers]\nai_retrieval = "{retrieval}"\nai_training = "{training}"\n', "utf-8")
        parser = RobotFileParser()
        parser.parse(build_it().page("robots.txt").splitlines())
        for bots, word in ((search, "allow"), (answers, retrieval), (learns, training)):
            for bot in bots:
                assert parser.can_fetch(bot, f"{ORIGIN}/blog/") == (word == "allow"), (bot, retrieval, training)


def test_llms_txt_lists_every_page_that_search_engines_may_list_and_only_on_request(
    content: Path, build_it: Make
) -> None:
    assert "llms.txt" not in build_it().tree()
    facts = content / "practice.toml"
    written = re.sub(r"\n\[crawlers\][^\[]*", "\n", facts.read_text(encoding="utf-8"))
    facts.write_text(f"{written}\n[crawlers]\nllms_txt = true\n", encoding="utf-8")
    _edit(content / "articles" / "plain-words.md", "date:", "noindex: true\ndate:")
    made = build_it()
    listed = set(re.findall(r"\]\((https://[^)]*)\)", made.page("llms.txt")))
    assert listed == set(re.findall(r"<loc>(.*?)</loc>", made.page("sitemap.xml")))
    assert not any("plain-words" in url for url in listed)


def _fake_tool(folder: Path, name: str, script: str) -> None:
    folder.mkdir(exist_ok=True)
    tool = folder / name
    tool.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)


@pytest.mark.parametrize(
    ("kind", "tool", "expected"),
    [
        ("cloudflare", "wrangler", "pages deploy {folder} --project-name my-site --branch main --commit-dirty=true"),
        ("netlify", "netlify", "deploy --no-build --dir {folder} --site my-site --prod"),
    ],
)
def test_a_host_with_a_tool_of_its_own_gets_the_whole_folder(
    kind: str, tool: str, expected: str, content: Path, tmp_path: Path
) -> None:
    """The tool is a stand-in that copies the folder, as the host would: no account is at hand."""
    with (content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write(f'\n[publish]\ntarget = "{kind}"\nto = "my-site"\n')
    shown, folder = tmp_path / "shown", tmp_path / "out.publish"
    shown.mkdir()
    script = f'printf "%s\\n" "$*" >> {tmp_path}/called\nrm -rf {shown}/*\ncp -r {folder}/. {shown}/'
    _fake_tool(tmp_path / "bin", tool, script)
    with hosts.web(shown) as site:
        arguments: list[str | Path] = [
            "--content",
            content,
            "--output",
            tmp_path / "out",
            "--live",
            site.origin,
            "--wait",
            "0",
        ]
        env = {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}"}
        for _ in range(2):
            done = command("publish", *arguments, cwd=ROOT, **env)
            assert done.returncode == 0, done.stderr
        assert (tmp_path / "called").read_text(encoding="utf-8").splitlines() == [expected.format(folder=folder)]
        assert "Nothing has changed" in done.stdout
        assert {"_headers", "404.html", "publish.json"} <= tree(shown).keys()
        _edit(content / "articles" / "stairs-again.md", "Count out loud", "Count aloud")
        assert command("publish", *arguments, cwd=ROOT, **env).returncode == 0
        done = command("rollback", *arguments[:-2], cwd=ROOT, **env)
        assert done.returncode == 0, done.stderr
        assert b"Count out loud" in tree(shown)["blog/stairs-again/index.html"]
        _fake_tool(tmp_path / "bin", tool, "echo 'Authentication error [code: 10000]' >&2; exit 1")
        refused = command("publish", *arguments, cwd=ROOT, **env)
        assert refused.returncode == 1
        (line,) = refused.stderr.splitlines()
        assert "refuses the credentials - log in with its own tool, or set its token in the environment" in line
    missing = command("publish", *arguments, PATH="/nonexistent")
    assert f"the site is ready in {folder}, but {tool} is not installed" in missing.stderr


def test_an_old_style_sheet_has_its_grace_at_a_host_that_takes_whole_folders(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with (content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write('\n[publish]\ntarget = "netlify"\nto = "my-site"\n')
    shown = tmp_path / "shown"
    shown.mkdir()
    _fake_tool(tmp_path / "bin", "netlify", f"rm -rf {shown}/*\ncp -r {tmp_path}/out.publish/. {shown}/")
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    said: list[str] = []
    with hosts.web(shown) as site:
        settings = publishing.Settings(
            request=Request(
                content=content, output=tmp_path / "out", theme=ROOT / "theme", settings=ROOT / "pelicanconf.py"
            ),
            cache=tmp_path / "cache",
            live=site.origin,
            wait_s=0,
            say=said.append,
        )

        def publish() -> set[str]:
            publishing.publish(settings)
            return {path for path in tree(shown) if path.startswith("theme/") and path.endswith(".css")}

        old = publish()
        _edit(content / "practice.toml", "[practice]", '[theme]\naccent = "#7a3a1e"\n\n[practice]')
        both = publish()
        assert old < both
        assert publish() == both
        assert "Nothing has changed since the last publish; nothing is sent" in said
        noted = json.loads((shown / "publish.json").read_text(encoding="utf-8"))
        assert len(noted["left"]) == len(both) - len(old) == 1
        noted["left"] = dict.fromkeys(noted["left"], "2026-01-01")
        (shown / "publish.json").write_text(json.dumps(noted), encoding="utf-8")
        new = publish()
        assert new < both
        assert len(old - new) == 1


def test_github_pages_is_a_branch_of_a_real_repository(content: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "init", "--quiet", "--bare", bare], check=True)
    with (content / "practice.toml").open("a", encoding="utf-8") as facts:
        facts.write(f'\n[publish]\ntarget = "github-pages"\nto = "{bare}"\n')
    shown = tmp_path / "shown"

    def checkout() -> None:
        shutil.rmtree(shown, ignore_errors=True)
        line: list[str | Path] = ["git", "clone", "--quiet", "--branch", "gh-pages", bare, shown]
        subprocess.run(line, check=True, capture_output=True)

    with hosts.web(shown) as site:
        request = Request(
            content=content, output=tmp_path / "out", theme=ROOT / "theme", settings=ROOT / "pelicanconf.py"
        )
        said: list[str] = []
        settings = publishing.Settings(
            request=request,
            cache=tmp_path / "cache",
            live=site.origin,
            wait_s=5,
            say=said.append,
            pause=lambda _: checkout(),
        )
        publishing.publish(settings)
        first = {path: data for path, data in tree(shown).items() if not path.startswith(".git/")}
        assert first["CNAME"] == b"cedar-bend.example\n"
        assert ".nojekyll" in first
        publishing.publish(settings)
        assert said[-2] == "Nothing has changed since the last publish; nothing is sent"
        _edit(content / "articles" / "stairs-again.md", "Count out loud", "Count aloud")
        shutil.rmtree(content / ".published")  # as in a fresh clone: what is replaced comes from the branch
        publishing.publish(settings)
        assert "  words (1)" in "\n".join(said)
        publishing.rollback(settings, 1)
        again = {path: data for path, data in tree(shown).items() if not path.startswith(".git/")}
        assert {**again, "publish.json": b""} == {**first, "publish.json": b""}
    nowhere = replace(settings, request=request)
    _edit(content / "practice.toml", str(bare), str(tmp_path / "nothing.git"))
    with pytest.raises(Refused, match=r"the branch gh-pages of .*nothing.git: git says: .*run publish again"):
        publishing.publish(nowhere)


def test_an_address_of_github_pages_shows_no_token() -> None:
    assert "s3cret" not in GitHubPages("https://me:s3cret@github.com/me/site.git").name


def test_the_sample_goes_to_every_host_within_its_limits(tmp_path: Path) -> None:
    made = make(OTHER, tmp_path / "site")
    for kind, files in rules.HOSTS.items():
        extra = files(rules.Rules(origin=ORIGIN))
        staged = package.stage(made.folder, tmp_path / kind, extra, siblings=False, cache=tmp_path / "cache")
        rules.check_files(kind, staged)
        assert "404.html" in staged
