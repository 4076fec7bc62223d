"""Real builds for the tests, and the tools that only some machines have."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from local_seo.build import build
from local_seo.cache import Kept
from local_seo.request import Options, Request
from local_seo.workers import Forgetful, cores

from .invoked import invoked

if TYPE_CHECKING:
    import datetime as dt

    from local_seo.model.built import Built

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "content"
OTHER = ROOT / "tests" / "practices" / "cedar-bend"
QUIET = (
    "--no-sandbox",  # CI's containers have no user namespaces
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-pings",
)
VNU = ROOT / "tests" / "web_tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


@dataclass(frozen=True)
class Made:
    """A finished build and where it lies."""

    built: Built
    folder: Path

    def page(self, path: str) -> str:
        return (self.folder / path).read_text(encoding="utf-8")

    def tree(self) -> dict[str, bytes]:
        return tree(self.folder)


Make = Callable[..., Made]


def tree(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder by its path."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def make(
    content: Path,
    output: Path,
    *,
    origin: str | None = None,
    today: dt.date | None = None,
    preview: bool = False,
    cache: Path | None = None,
    spare: Path | None = None,
) -> Made:
    memory = Kept(cache) if cache else Forgetful()
    request = Request(
        content=content,
        output=output,
        theme=ROOT / "theme",
        settings=ROOT / "pelicanconf.py",
        spare=spare,
        options=Options(origin=origin, today=today, preview=preview, cache=cache, memory=memory),
    )
    return Made(build(request), output)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write the expectations of tests/cases anew")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Have some more tests under way than there are cores: many wait for a server, a browser or another process."""
    return cores() + cores() // 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that nobody waits for it at the end."""
    items.sort(key=lambda item: item.path.name != "test_publish_faults.py")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The sample site, built once a session."""
    return make(SAMPLE, tmp_path_factory.mktemp("sample") / "site")


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The site of another practice, for another origin than its own."""
    return make(OTHER, tmp_path_factory.mktemp("other") / "site", origin="https://other.example")


@pytest.fixture(scope="session")
def light(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with small pictures, so that a build that makes them takes no minute; to be copied, not changed."""
    content = tmp_path_factory.mktemp("light") / "content"
    shutil.copytree(SAMPLE, content)
    for path in content.rglob("*"):
        if path.suffix in {".jpg", ".png", ".webp"}:
            with Image.open(path) as picture:
                small = picture.resize((64, 48))
            small.save(path)
    return content


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the small practice's content, to be changed."""
    return Path(shutil.copytree(OTHER, tmp_path / "content"))


@pytest.fixture
def build_it(content: Path, tmp_path: Path) -> Make:
    """Build the changed content; every call into the same output folder, as the commands do."""

    def run(*, origin: str | None = None, today: dt.date | None = None, preview: bool = False) -> Made:
        spare = tmp_path / "spare"
        return make(content, tmp_path / "site", origin=origin, today=today, preview=preview, spare=spare)

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, once a process: two of its drivers in one process get in each other's way."""
    chromium = shutil.which("chromium")
    need(chromium is not None, "Chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def vnu() -> Callable[..., str]:
    """Run the Nu HTML checker; returns what it says."""
    java = shutil.which("java")
    need(java is not None and VNU.is_file(), "the Nu HTML checker (Java, and `npm ci` in tests/web_tools)")

    def run(*arguments: str | Path) -> str:
        command = [str(java), "-jar", str(VNU), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, check=False).stderr

    return run


def need(found: bool, what: str) -> None:  # noqa: FBT001
    """Skip a test by name where a tool is missing; where CI=true that is a failure."""
    if not found:
        if os.environ.get("CI") == "true":
            pytest.fail(f"missing: {what}")
        pytest.skip(f"missing: {what}")


def command(*arguments: str | Path, cwd: Path = ROOT, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``invoke`` as a person would."""
    return invoked([*map(str, arguments)], cwd, {**os.environ, **env})
