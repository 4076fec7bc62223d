"""``invoke edit``: a form that has what the front matter has, and an editor whose files the build accepts."""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest
from PIL import Image

from local_seo.build import read
from local_seo.errors import SourceError
from local_seo.model.document import KEYS, FrontMatter, Kind
from local_seo.request import Options, Refused, Request, WrongValue
from site_tools import edit
from site_tools.edit import config
from site_tools.edit.server import PACKAGE

from .conftest import ROOT, SAMPLE, make, need

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from local_seo.model.document import Document
    from local_seo.model.site import Site

ARTICLE = """---
title: Odd
date: 2026-03-02 09:30
keywords: "floor time, bonding"
cities: [corvallis]
related: plain-words
aliases: /old-one/
---

A text.
"""
# The browser's own private folder stands in for the one that a person would choose.
PICKED = """
window.showDirectoryPicker = async () => (await navigator.storage.getDirectory()).getDirectoryHandle("practice");
"""
FILL = """async (files) => {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle("practice", { create: true });
  for (const [path, data] of files) {
    const parts = path.split("/");
    const name = parts.pop();
    let folder = root;
    for (const part of parts) folder = await folder.getDirectoryHandle(part, { create: true });
    const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
    await file.write(Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0)));
    await file.close();
  }
}"""
LISTED = """async () => {
  const found = {};
  const walk = async (folder, at) => {
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === "directory") await walk(handle, `${at}${name}/`);
      else {
        const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
        found[at + name] = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
      }
    }
  };
  await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle("practice"), "");
  return found;
}"""


def request(content: Path) -> Request:
    return Request(
        content=content, theme=ROOT / "theme", settings=ROOT / "pelicanconf.py", options=Options(preview=True)
    )


def site_of(content: Path) -> Site:
    site, bad = read(request(content))
    assert site is not None, bad
    assert not bad
    return site


def configured(content: Path) -> dict[str, Any]:
    return config.configuration(site_of(content), root="practice", below="")


def form(made: dict[str, Any], kind: Kind) -> dict[str, dict[str, Any]]:
    collection = next(each for each in made["collections"] if each["name"] == kind.value)
    return {field["name"]: field for field in collection["fields"]}


@pytest.mark.parametrize("kind", list(Kind))
def test_the_form_of_a_folder_has_every_key_of_its_front_matter_and_no_other(kind: Kind) -> None:
    assert set(form(configured(SAMPLE), kind)) == KEYS[kind] | {config.BODY}


def test_a_key_without_a_value_means_the_same_in_the_form_as_in_the_build() -> None:
    # The editor writes a field's default into every file that lacks the key.
    for kind in Kind:
        for name, field in form(configured(SAMPLE), kind).items():
            default = field.get("default")
            if name != config.BODY and default not in (None, {}):
                assert default == FrontMatter.__dataclass_fields__[name].default


def test_choices_are_the_facts_of_the_practice() -> None:
    site = site_of(SAMPLE)
    fields = form(configured(SAMPLE), Kind.ARTICLE)

    def offered(name: str) -> list[str]:
        return [option["value"] for option in fields[name]["options"]]

    assert offered("service") == [service.slug for service in site.facts.services]
    assert offered("cities") == [place.name for place in site.facts.places]
    assert offered("author") == offered("reviewer") == [person.id for person in site.facts.people]
    assert sorted(offered("cta")) == sorted(path.stem for path in (SAMPLE / "ctas").glob("*.toml"))


def test_a_place_stays_as_it_is_spelt_in_a_file(content: Path) -> None:
    (content / "articles" / "odd.md").write_text(ARTICLE.replace('"floor time, bonding"', "[rest]"), encoding="utf-8")
    options = form(configured(content), Kind.ARTICLE)["cities"]["options"]
    assert {option["value"] for option in options} == {"Corvallis", "corvallis"}


def test_a_list_that_the_editor_would_spoil_is_told_and_mended(content: Path) -> None:
    path = content / "articles" / "odd.md"
    path.write_text(ARTICLE, encoding="utf-8")
    (content / ".git").mkdir()
    before = next(document for document in site_of(content).documents if document.slug == "odd").front
    if PACKAGE.is_dir():
        with pytest.raises(SourceError) as told:
            edit.serve(request(content), port="8001", show=False)
        assert [(finding.path, finding.line) for finding in told.value.findings] == [("articles/odd.md", 4)]
    assert edit.mend_lists(request(content)) == ["articles/odd.md"]
    assert 'keywords: ["floor time", "bonding"]\n' in path.read_text(encoding="utf-8")
    assert next(document for document in site_of(content).documents if document.slug == "odd").front == before
    assert edit.mend_lists(request(content)) == []


def test_what_is_missing_is_said_with_the_remedy(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edit, "PACKAGE", content / "nothing")
    with pytest.raises(Refused, match="run `invoke edit --install` once"):
        edit.serve(request(content), port="8001", show=False)
    monkeypatch.setenv("PATH", str(content))
    with pytest.raises(Refused, match=r"install Node\.js"):
        edit.install()
    monkeypatch.setattr(edit, "PACKAGE", content)
    with pytest.raises(WrongValue, match="run `git init"):
        edit.serve(request(content), port="8001", show=False)
    with pytest.raises(WrongValue, match="--port 99999 is not a port"):
        edit.serve(request(content), port="99999", show=False)


def test_the_lock_file_pins_the_editor_and_names_no_registry() -> None:
    lock = (ROOT / "plugins" / "site_tools" / "edit" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity"') == len(re.findall(r'^    "node_modules/', lock, re.MULTILINE))


@contextmanager
def editor(content: Path) -> Iterator[str]:
    """Run the command; yield the address that it prints."""
    need(PACKAGE.is_dir(), "the editor (`invoke edit --install`)")
    line = [sys.executable, "-m", "invoke", "edit", "--content", str(content), "--port", "18001"]
    with subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = next(found for said in process.stdout if (found := re.match(r"http://\S+/", said)))
            yield address.group()
        finally:
            process.terminate()


@pytest.mark.node
def test_the_server_is_for_this_machine_and_its_own_files_only(content: Path) -> None:
    (content / ".git").mkdir()
    with editor(content) as address:
        port = int(address.rstrip("/").rpartition(":")[2])

        def answer(path: str, host: str = "127.0.0.1") -> tuple[int, str]:
            with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
                connection.request("GET", path, headers={"Host": host})
                found = connection.getresponse()
                found.read()
                return found.status, found.headers["Content-Security-Policy"]

        status, policy = answer("/")
        assert status == 200
        assert "default-src 'none'; script-src 'self';" in policy
        assert answer("/config.json", "practice.example")[0] == 421
        for path in (
            "/cms/../package.json",
            "/cms/%2e%2e/package.json",
            "/practice.toml",
            "//etc/passwd",
            "/server.py",
        ):
            assert answer(path)[0] == 404


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(PICKED)
    yield context.new_page()
    context.close()


def open_editor(page: Page, address: str, content: Path) -> None:
    page.goto(f"{address}edit.css")
    found = [path for path in content.rglob("*") if path.is_file() and "sources" not in path.parts]
    files = [[p.relative_to(content).as_posix(), base64.b64encode(p.read_bytes()).decode()] for p in found]
    page.evaluate(FILL, [*files, [".git/HEAD", ""]])
    page.goto(address)
    buttons = page.locator(".buttons button:visible")
    buttons.first.click()
    page.get_by_role("button", name="New").wait_for()


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_url(re.compile(r"/collections/\w+$"))  # back at the list
    page.get_by_role("button", name="New").wait_for()


def as_read(content: Path) -> dict[str, Document]:
    return {document.path: document for document in site_of(content).documents}


@pytest.mark.browser
@pytest.mark.node
def test_the_build_accepts_what_the_editor_saves_and_nothing_else_is_changed(page: Page, tmp_path: Path) -> None:
    content = tmp_path / "practice"
    shutil.copytree(SAMPLE, content)
    (content / ".git").mkdir()
    article = content / "articles" / "floor-time.md"
    words = article.read_text(encoding="utf-8").replace("links: on\n", "").rstrip("\n")
    odd = "\n\nA note[^1], {{ practice.phone }}.\n\n[^1]: The note.\n\n<details><summary>More</summary>Text</details>\n"
    article.write_text(words + odd, encoding="utf-8")
    before = as_read(content)
    elsewhere: list[str] = []
    page.on("response", lambda got: elsewhere.append(got.url) if "//127.0.0.1" not in got.url else None)
    changed = [
        "articles/floor-time",
        "areas/indio",
        "pages/fees",
        "services/grief-after-loss",
        "people/marisela-quintero",
    ]
    with editor(content) as address:
        open_editor(page, address, content)
        for path in [*changed, "topics/bonding-with-a-baby"]:
            folder, _, name = path.partition("/")
            page.goto(f"{address}#/collections/{folder}/entries/{name}")
            page.locator("[data-key-path=summary] textarea").fill(f'Said anew: "{name}" & more')
            save(page)
        page.goto(f"{address}#/collections/articles/new")
        page.locator("[data-key-path=title] input").fill("Ten: minutes, “alone” & <quiet>")
        page.locator("[data-key-path=date] input").fill("2026-05-04")
        page.locator("[data-key-path=body] textarea").fill("A first line.\n\n## Then\n\nMore.")
        with page.expect_file_chooser() as chooser:
            page.locator("[data-key-path=image]").get_by_role("button", name="Browse").click()
            page.get_by_role("button", name="Upload").first.click()
        picture = tmp_path / "porch.png"
        Image.new("RGB", (1200, 800), "#8a3b1e").save(picture)
        chooser.value.set_files(picture)
        page.get_by_text("Unsaved").wait_for()
        page.get_by_role("button", name="Insert").click()
        page.locator("[data-key-path=image]").get_by_role("button", name="Remove").wait_for()
        page.locator("[data-key-path=image_alt] textarea").fill("A porch")
        save(page)
        saved = {path: base64.b64decode(data) for path, data in page.evaluate(LISTED).items()}
    for path, data in saved.items():
        if path.endswith(".md") or path == "images/porch.png":
            (content / path).write_bytes(data)
    after = as_read(content)
    for path, document in before.items():
        front = document.front
        name = path.rpartition("/")[2].removesuffix(".md")
        if path.removesuffix(".md") in {*changed, "topics/bonding-with-a-baby"}:
            assert after[path].front.summary == f"Said anew: “{name}” & more"
            assert after[path].body == document.body
        assert {key: getattr(after[path].front, key) for key in KEYS[document.kind] - {"summary"}} == {
            key: getattr(front, key) for key in KEYS[document.kind] - {"summary"}
        }
    new = after["articles/ten-minutes-alone-quiet.md"]
    assert (new.front.title, str(new.front.date)[:10], new.front.status) == (
        "Ten: minutes, “alone” & <quiet>",
        "2026-05-04",
        "published",
    )
    assert new.front.image == "images/porch.png"
    make(content, tmp_path / "site")
    assert elsewhere == []
