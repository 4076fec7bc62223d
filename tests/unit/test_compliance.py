"""Legal profiles: every file of the folder is one, whole and usable."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo import compliance
from local_seo.compliance import LicencePart
from local_seo.model.page import PageKind

NAMES = [name for name in compliance.names() if name != compliance.NONE]


def test_none_is_a_profile_that_asks_for_nothing() -> None:
    assert {"none", "us-ca-bbs"} <= set(compliance.names())
    assert compliance.profile("none") is None


@pytest.mark.parametrize("name", NAMES)
def test_a_profile_names_its_sources_and_knows_its_pages(name: str) -> None:
    profile = compliance.profile(name)
    assert profile is not None
    assert profile.board
    assert profile.source
    assert set(profile.licence) <= set(get_args(LicencePart))
    places = {kind.value for kind in PageKind} | {"contact"}
    for words in profile.words:
        assert words.source
        assert all(each in places or each.startswith("/") for each in words.on)
        # What the writer is told to write must satisfy the check.
        pattern = words.pattern.replace("{region}", "California")
        assert re.search(pattern, words.write.replace("{region}", "California"), re.IGNORECASE)
    for page in profile.pages:
        assert page.word == page.word.lower()
        assert page.source


@pytest.mark.parametrize("name", NAMES)
def test_the_claims_of_a_profile_match_something_and_not_nothing(name: str) -> None:
    profile = compliance.profile(name)
    assert profile is not None
    for claim in profile.claims:
        assert not re.search(claim.pattern, "", re.IGNORECASE)
        assert claim.what
        assert not claim.write.endswith(".")
        assert all(sign == sign.casefold() for sign in claim.signs)
    for title in profile.titles:
        assert title.title == title.title.lower()
        assert title.credentials


@pytest.mark.parametrize("name", NAMES)
@given(data=st.data())
def test_whatever_is_a_claim_has_one_of_its_signs(name: str, data: st.DataObject) -> None:
    profile = compliance.profile(name)
    assert profile is not None
    claim = data.draw(st.sampled_from(profile.claims))
    text = data.draw(st.from_regex(re.compile(claim.pattern, re.IGNORECASE), alphabet=st.characters(codec="ascii")))
    assert any(sign in text.casefold() for sign in claim.signs)
