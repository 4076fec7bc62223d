"""Findings as the writer sees them."""

from __future__ import annotations

from local_seo.errors import Finding, Severity, SourceError, error


def test_a_finding_says_where_what_and_what_to_do() -> None:
    finding = error("articles/a.md", 7, "unknown-place", 'unknown place "Indo"', 'did you mean "Indio"?')
    said = 'articles/a.md:7: error[unknown-place]: unknown place "Indo" - did you mean "Indio"?'
    assert str(finding) == said


def test_a_finding_without_line_file_or_remedy_leaves_them_out() -> None:
    assert str(Finding("practice.toml", 0, "x-y", Severity.WARNING, "odd")) == "practice.toml: warning[x-y]: odd"
    assert str(Finding("", 0, "x-y", Severity.HINT, "odd")) == "site: hint[x-y]: odd"


def test_all_faults_are_shown_in_the_order_of_files_and_lines_each_once() -> None:
    second, first, other = error("a.md", 10, "x", "m"), error("a.md", 9, "x", "m"), error("b.md", 1, "x", "m")
    raised = SourceError([other, second, first, second])
    assert raised.findings == (first, second, other)
    assert str(raised) == "a.md:9: error[x]: m\na.md:10: error[x]: m\nb.md:1: error[x]: m"
