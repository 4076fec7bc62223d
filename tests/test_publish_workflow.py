"""The workflow that `invoke start` gives a practice: it sleeps, publishes once a day, commits the ledgers only."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from .conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

FILE = ROOT / "plugins" / "site_tools" / "starter" / ".github" / "workflows" / "publish.yml"


@pytest.fixture
def workflow() -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return found


def test_it_sleeps_until_it_is_told_of_the_engine_and_runs_off_the_full_hour(workflow: dict[Any, Any]) -> None:
    assert workflow["jobs"]["publish"]["if"] == "vars.ENGINE != ''"
    assert workflow["permissions"] == {"contents": "write"}
    assert not workflow["concurrency"]["cancel-in-progress"]
    (schedule,) = workflow[True]["schedule"]  # YAML takes `on` for true
    minute, _, day, *_ = schedule["cron"].split()
    assert minute not in {"0", "*"}
    assert day == "*"


def test_it_commits_the_ledgers_and_nothing_when_nothing_changed(workflow: dict[Any, Any], tmp_path: Path) -> None:
    (script,) = (s["run"] for s in workflow["jobs"]["publish"]["steps"] if s.get("name") == "Commit the ledgers")

    def git(*arguments: str) -> str:
        line = ["git", "-C", str(tmp_path / "work"), *arguments]
        return subprocess.run(line, check=True, capture_output=True, text=True).stdout

    bare = str(tmp_path / "bare.git")
    subprocess.run(["git", "init", "--quiet", "--bare", "--initial-branch", "main", bare], check=True)
    subprocess.run(["git", "clone", "--quiet", bare, str(tmp_path / "work")], check=True, capture_output=True)
    (tmp_path / "work" / "practice.toml").write_text("format = 1\n", encoding="utf-8")
    git("checkout", "--quiet", "-B", "main")
    git("add", ".")
    git("-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message", "Begin")
    git("push", "--quiet", "--set-upstream", "origin", "main")

    def run() -> int:
        subprocess.run(["bash", "-euo", "pipefail", "-c", script], cwd=tmp_path / "work", check=True)
        return int(
            subprocess.run(["git", "-C", bare, "rev-list", "--count", "main"], check=True, capture_output=True).stdout
        )

    assert run() == 1
    (tmp_path / "work" / "revisions.json").write_text("{}", encoding="utf-8")
    (tmp_path / "work" / "addresses.lock").write_text("{}", encoding="utf-8")
    (tmp_path / "work" / "stray.md").write_text("not mine", encoding="utf-8")
    assert run() == 2
    assert run() == 2
    assert git("show", "--name-only", "--format=", "HEAD").split() == ["addresses.lock", "revisions.json"]
