"""The Content Security Policy, judged by Google's CSP Evaluator (npm ``csp_evaluator``)."""

from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest

from local_seo.model.view import View
from site_tools.headers import SEARCH, headers

from .conftest import ROOT, need

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Made

WEB_TOOLS = ROOT / "tests" / "web_tools"
# All that may be said, and why it stays: a site of ours answers no JSONP, has no AngularJS and takes no uploads.
EXPLAINED = "'self' can be problematic if you host JSONP, AngularJS or user uploaded files."


def policy(path: str, *, https: bool = True) -> str:
    return headers(path, https=https)["Content-Security-Policy"]


@pytest.fixture(scope="module")
def judged() -> Callable[..., list[list[dict[str, Any]]]]:
    """Run the evaluator over policies."""
    node = shutil.which("node")
    there = (WEB_TOOLS / "node_modules" / "csp_evaluator").is_dir()
    need(node is not None and there, "the CSP evaluator (Node, and `npm ci` in tests/web_tools)")

    def run(*policies: str) -> list[list[dict[str, Any]]]:
        command = [str(node), str(WEB_TOOLS / "policy.mjs"), *policies]
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert result.returncode == 0, result.stderr
        found: list[list[dict[str, Any]]] = json.loads(result.stdout)
        return found

    return run


@pytest.mark.node
def test_the_evaluator_finds_nothing_of_consequence(judged: Callable[..., list[list[dict[str, Any]]]]) -> None:
    paths = [(path, https) for path in ("/", SEARCH) for https in (True, False)]
    found = judged(*(policy(path, https=https) for path, https in paths))
    for each, findings in zip(paths, found, strict=True):
        assert [finding["description"] for finding in findings] == [EXPLAINED], each


@pytest.mark.node
def test_the_evaluator_would_find_a_hole(judged: Callable[..., list[list[dict[str, Any]]]]) -> None:
    open_policy = policy("/").replace("default-src 'self'", "default-src 'self' 'unsafe-inline' 'unsafe-eval'")
    (findings,) = judged(open_policy)
    assert {finding["value"] for finding in findings if finding["description"] != EXPLAINED} == {
        "'unsafe-inline'",
        "'unsafe-eval'",
    }


def test_the_search_page_alone_has_another_policy(sample: Made) -> None:
    views = [view for view in sample.built.views.values() if isinstance(view, View)]
    others = {view.url for view in views if policy(view.url) != policy("/")}
    assert others == {SEARCH}
    assert set(policy(SEARCH).split("; ")) - set(policy("/").split("; ")) == {"script-src 'self' 'wasm-unsafe-eval'"}
    assert set(policy("/").split("; ")) < set(policy(SEARCH).split("; "))
