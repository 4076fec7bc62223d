"""Open sets are the modules of a folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_seo import registry

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_each_file_with_the_function_is_a_member_and_helpers_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "open_set_of_a_test"
    (package / "folder").mkdir(parents=True)
    (package / "__init__.py").write_text("def judge(): ...\n", encoding="utf-8")
    (package / "folder" / "__init__.py").write_text("def judge(): ...\n", encoding="utf-8")
    (package / "second.py").write_text("def judge(): ...\n", encoding="utf-8")
    (package / "first.py").write_text("def judge(): ...\n", encoding="utf-8")
    (package / "_helper.py").write_text("def help_others(): ...\n", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    names = [module.__name__ for module in registry.members("open_set_of_a_test", "judge")]
    assert names == ["open_set_of_a_test.first", "open_set_of_a_test.second"]
