"""Cases: one article each, and beside it all that the site makes of it.

``pytest tests/test_cases.py --update-goldens`` writes the expectations anew; read the difference before you commit it.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from local_seo import checks, report

from .conftest import ROOT, make

if TYPE_CHECKING:
    from pathlib import Path

CASES = ROOT / "tests" / "cases"
TODAY = dt.date(2026, 11, 2)  # some findings are about how long ago somebody looked
NAMES = sorted(path.parent.name for path in CASES.glob("*/post.md"))


@pytest.mark.parametrize("name", NAMES)
def test_case(name: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    case = CASES / name
    content = tmp_path / "content"
    shutil.copytree(CASES / "base", content)
    (content / "articles").mkdir()
    shutil.copy(case / "post.md", content / "articles" / f"{name}.md")
    made = make(content, tmp_path / "site", today=TODAY)
    page = made.page(f"blog/{name}/index.html")
    (graph,) = made.built.rendered[f"blog/{name}/index.html"].structured_data
    findings = [finding for finding in checks.run(made.built) if finding.path == f"articles/{name}.md"]
    found = {
        "head.html": re.sub(r"<script.*?</script>\n?", "", _between(page, "<head>", "</head>"), flags=re.DOTALL),
        "body.html": _between(page, "<main", "</main>"),
        "graph.json": json.dumps(json.loads(graph), indent=1, ensure_ascii=False) + "\n",
        "findings.txt": report.render(findings),
    }
    # The digest of the style sheet changes with every change of the theme.
    found["head.html"] = re.sub(r"/theme/site\.\w+\.css", "/theme/site.css", found["head.html"])
    # So does that of a card with every change of what draws it.
    found |= {file: re.sub(r"/cards/\w+\.png", "/cards/card.png", found[file]) for file in ("head.html", "graph.json")}
    for file, text in found.items():
        golden = case / file
        if request.config.getoption("--update-goldens"):
            golden.write_text(text, encoding="utf-8")
        assert golden.read_text(encoding="utf-8") == text, f"{name}/{file}"


def _between(page: str, start: str, end: str) -> str:
    return page[page.index(start) : page.index(end) + len(end)] + "\n"
