"""Facts within a text: ``{{ practice.phone }}`` prints what practice.toml says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from local_seo.model.practice import Prose
from local_seo.read.placeholders import filled

from .factories import FACTS, a_source, with_practice

if TYPE_CHECKING:
    from local_seo.model.practice import Facts


def fill(text: str, facts: Facts = FACTS) -> tuple[str, list[str]]:
    source = a_source("pages/a.md", text, {"title": "A"})
    found, bad = filled(text, source, facts)
    return found, [str(finding) for finding in bad]


@pytest.mark.parametrize("written", ["{{ practice.phone }}", "{{practice.phone}}", "{{\tpractice.phone  }}"])
def test_a_phone_is_a_link(written: str) -> None:
    assert fill(f"Call {written} now.") == ("Call [760-555-0142](tel:+17605550142) now.", [])


def test_facts_are_filled_in_everywhere() -> None:
    facts = with_practice(email="hello@saltbush-family.example")
    assert fill("{{ practice.name }} in {{ service_area.name }}: {{ practice.email }} {{ practice.name }}", facts) == (
        "Saltbush Family Therapy in the Coachella Valley: "
        "[hello@saltbush-family.example](mailto:hello@saltbush-family.example) Saltbush Family Therapy",
        [],
    )


def test_what_is_optional_is_filled_in_where_it_is_given() -> None:
    facts = replace(FACTS, service_area=replace(FACTS.service_area, telehealth=Prose("California")))
    assert fill("By video in {{ service_area.telehealth }}.", facts) == ("By video in California.", [])
    assert len(fill("By video in {{ service_area.telehealth }}.")[1]) == 1


def test_text_without_placeholders_stays_as_it_is() -> None:
    text = "A {b} {{ c d\n`{% e %}` }\n"
    assert fill(text) == (text, [])


def test_a_fact_that_is_not_given_is_named_with_its_line() -> None:
    assert fill("Words.\n\n{{ practice.email }}\n") == (
        "Words.\n\n{{ practice.email }}\n",
        [
            'pages/a.md:6: error[unknown-placeholder]: "{{ practice.email }}" has no fact behind it in practice.toml - '
            "add practice.email"
        ],
    )


def test_an_unknown_placeholder_names_the_nearest() -> None:
    _, (fault,) = fill("{{ practice.fone }}")
    assert fault.endswith('did you mean "practice.phone"?')


def test_each_fault_has_its_own_line() -> None:
    _, bad = fill("{{ x }}\n\n{{ y }}\n\n{{ x }}")
    assert [fault.partition(": ")[0] for fault in bad] == ["pages/a.md:4", "pages/a.md:6", "pages/a.md:8"]
