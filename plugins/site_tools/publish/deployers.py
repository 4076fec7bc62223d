"""Targets that take a whole folder and show it at once: Cloudflare Pages, Netlify, GitHub Pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from local_seo.request import Refused

from . import web
from .manifest import MANIFEST
from .redact import without_secrets

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BRANCH: Final = "gh-pages"
_LAST_LINES: Final = 3
_COMMITTER: Final = ("local-practice-site", "publish@localhost")


class Deployer(Protocol):
    """What the pipeline asks of a host that takes whole folders. Methods raise ``Refused``."""

    name: str
    before: Callable[[str], None]

    def manifest(self) -> bytes | None:
        """Return the manifest of what is shown now; None where there is none."""

    def listed(self) -> Sequence[str]:
        """Return the paths of what is shown now, where the host can tell."""

    def deploy(self, folder: Path) -> None:
        """Show this folder, all of it at once."""

    def fetch(self, paths: Sequence[str], folder: Path) -> None:
        """Bring files of what is shown now here; one that cannot be had is left out."""


class _ByWeb:
    """What is shown is read as any visitor reads it."""

    def __init__(self, name: str, live: str) -> None:
        self.name = name
        self.before: Callable[[str], None] = lambda _: None
        self._live = live

    def manifest(self) -> bytes | None:
        self.before("read the manifest")
        answer = web.get(f"{self._live}/{MANIFEST}")
        return answer.body if answer and answer.status == web.OK else None

    def listed(self) -> Sequence[str]:
        return ()

    def fetch(self, paths: Sequence[str], folder: Path) -> None:
        for path in paths:
            address = f"{self._live}/{path.removesuffix('index.html')}"
            answer = web.get(address)
            if answer and answer.status == web.OK:
                (folder / path).parent.mkdir(parents=True, exist_ok=True)
                (folder / path).write_bytes(answer.body)


class Cloudflare(_ByWeb):
    """A project of Cloudflare Pages, by its own tool wrangler. The token is CLOUDFLARE_API_TOKEN, or its own login."""

    def __init__(self, project: str, live: str, branch: str = "main") -> None:
        """Name the project; ``main`` is its production branch, any other a preview."""
        super().__init__(f"the Cloudflare project {project}", live)
        self._project, self._branch = project, branch

    def deploy(self, folder: Path) -> None:
        """Upload the folder; Cloudflare switches over when all of it is there."""
        self.before("deploy")
        tool = _tool("wrangler", "npm install --global wrangler", folder)
        arguments = ["--project-name", self._project, "--branch", self._branch, "--commit-dirty=true"]
        _run([tool, "pages", "deploy", str(folder), *arguments], self.name, cwd=folder.parent)


class Netlify(_ByWeb):
    """A site of Netlify, by its own tool. The token is NETLIFY_AUTH_TOKEN, or its own login."""

    def __init__(self, site: str, live: str, alias: str = "") -> None:
        """Name the site; with an alias it is a draft beside it."""
        super().__init__(f"the Netlify site {site}", live)
        self._site, self._alias = site, alias

    def deploy(self, folder: Path) -> None:
        """Upload the folder; Netlify switches over when all of it is there."""
        self.before("deploy")
        tool = _tool("netlify", "npm install --global netlify-cli", folder)
        where = ["--alias", self._alias] if self._alias else ["--prod"]
        _run(
            [tool, "deploy", "--no-build", "--dir", str(folder), "--site", self._site, *where], self.name, folder.parent
        )


class GitHubPages:
    """The branch of a repository that GitHub Pages shows. Git's own credentials are used."""

    def __init__(self, repository: str) -> None:
        """Name the repository as git does."""
        self.name = f"the branch {BRANCH} of {without_secrets(repository)}"
        self.before: Callable[[str], None] = lambda _: None
        self._repository = repository

    def manifest(self) -> bytes | None:
        """Return the manifest of the branch."""
        self.before("read the manifest")
        with tempfile.TemporaryDirectory() as scratch:
            if not self._fetched(Path(scratch)):
                return None
            found = self._git(Path(scratch), "show", f"FETCH_HEAD:{MANIFEST}", may_fail=True)
            return found or None

    def listed(self) -> Sequence[str]:
        """Return every path of the branch."""
        with tempfile.TemporaryDirectory() as scratch:
            if not self._fetched(Path(scratch)):
                return ()
            names = self._git(Path(scratch), "ls-tree", "-r", "-z", "--name-only", "FETCH_HEAD")
            return names.decode("utf-8", "surrogateescape").rstrip("\0").split("\0")

    def fetch(self, paths: Sequence[str], folder: Path) -> None:
        """Take files out of the branch."""
        with tempfile.TemporaryDirectory() as scratch:
            if not self._fetched(Path(scratch)):
                return
            for path in paths:
                data = self._git(Path(scratch), "show", f"FETCH_HEAD:{path}", may_fail=True)
                if data:
                    (folder / path).parent.mkdir(parents=True, exist_ok=True)
                    (folder / path).write_bytes(data)

    def deploy(self, folder: Path) -> None:
        """Push the folder as the only commit of the branch; a push is shown whole or not at all."""
        self.before("deploy")
        with tempfile.TemporaryDirectory() as scratch:
            work = Path(scratch)
            self._git(work, "init", "--quiet", "--bare", ".")
            tree = ("--work-tree", str(folder))
            self._git(work, *tree, "-c", "core.autocrlf=false", "add", "--all", "--force", ".")
            name, mail = _COMMITTER
            who = ("-c", f"user.name={name}", "-c", f"user.email={mail}", "-c", "commit.gpgsign=false")
            self._git(work, *tree, *who, "commit", "--quiet", "--message", "Publish the site")
            self._git(work, "push", "--quiet", "--force", self._repository, f"HEAD:refs/heads/{BRANCH}")

    def _fetched(self, work: Path) -> bool:
        """Return whether the branch exists; it lies in ``FETCH_HEAD`` then."""
        self._git(work, "init", "--quiet", "--bare", ".")
        if not self._git(work, "ls-remote", self._repository, f"refs/heads/{BRANCH}"):
            return False
        self._git(work, "fetch", "--quiet", "--depth", "1", self._repository, f"refs/heads/{BRANCH}")
        return True

    def _git(self, work: Path, *arguments: str, may_fail: bool = False) -> bytes:
        line = ["git", f"--git-dir={work}", *arguments] if arguments[0] != "init" else ["git", *arguments]
        # A hook or another repository around us must not have a say.
        env = {
            name: value
            for name, value in os.environ.items()
            if name not in {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"}
        }
        env["GIT_TERMINAL_PROMPT"] = "0"
        done = subprocess.run(line, cwd=work, capture_output=True, check=False, env=env)
        if done.returncode and not may_fail:
            said = done.stderr.decode("utf-8", "replace")
            if re.search(r"(?i)permission denied|authentication failed|could not read (?:user|pass)|403", said):
                raise Refused(
                    f"{self.name}: git may not write there - check your access, with `git push` or `gh auth status`; "
                    "the site is as it was"
                )
            raise Refused(f"{self.name}: git says: {_last(said)} - mend that and run publish again")
        return done.stdout if not done.returncode else b""


def _tool(name: str, install: str, folder: Path) -> str:
    found = shutil.which(name)
    if not found:
        raise Refused(
            f"the site is ready in {folder}, but {name} is not installed - run `{install}` and publish again, "
            "or upload that folder by hand"
        )
    return found


def _run(line: list[str], name: str, cwd: Path) -> None:
    done = subprocess.run(line, cwd=cwd, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        said = (done.stderr + done.stdout).decode("utf-8", "replace")
        if re.search(
            r"(?i)unauthori[sz]ed|authentication|forbidden|api[ _]token|not logged in|\b40[13]\b|log ?in", said
        ):
            raise Refused(
                f"{name} refuses the credentials - log in with its own tool, or set its token in the environment; "
                "the site is as it was"
            )
        raise Refused(f"{name}: its tool says: {_last(said)} - mend that and run publish again; the site is as it was")


def _last(said: str) -> str:
    lines = [line.strip() for line in re.sub(r"\x1b\[[0-9;]*[A-Za-z]", "", said).splitlines() if line.strip()]
    return without_secrets(" ".join(lines[-_LAST_LINES:]) or "nothing")
