"""Addresses: how they are built, where their files lie, which are allowed in a link."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo import urls

ORIGIN = "https://own.example"


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("/", "index.html"),
        ("/blog/a/", "blog/a/index.html"),
        ("/feed.xml", "feed.xml"),
        ("/404.html", "404.html"),
        ("/blog/العلاج/", "blog/العلاج/index.html"),
    ],
)
def test_a_folder_address_lies_in_an_index_file(url: str, path: str) -> None:
    assert urls.save_as(url) == path


@pytest.mark.parametrize("slug", ["a", "first-weeks", "24-7", "العلاج-النفسي", "日本語", "é"])
def test_an_address_part_is_lower_case_letters_and_digits_with_hyphens(slug: str) -> None:
    assert urls.is_slug(slug)


@pytest.mark.parametrize(
    "slug", ["", "A", "É", "a--b", "-a", "a-", "a_b", "a/b", "..", "../x", "a b", "a\n", "a.html", "%2e", "a?b", "a#b"]
)
def test_what_could_leave_its_folder_is_no_address_part(slug: str) -> None:
    assert not urls.is_slug(slug)


@pytest.mark.parametrize(
    "url",
    [
        "https://own.example",
        "https://www.own.example/",
        "https://a.b-c.example:8443",
        "https://own.example:1",
        "https://own.example:65535",
        "https://xn--bcher-kva.example",
    ],
)
def test_a_bare_https_address_is_an_origin(url: str) -> None:
    assert urls.is_origin(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "own.example",
        "http://own.example",
        "//own.example",
        "https://",
        "https:///x",
        "https://Own.example",
        "https://user@own.example",
        "https://user:secret@own.example",
        "https://own.example/blog",
        "https://own.example//",
        "https://own.example/?a=b",
        "https://own.example/#a",
        "https://own.example:0",
        "https://own.example:65536",
        "https://own.example:",
        "https://.own.example",
        "https://own.example.",
        "https://own example",
        "https://[broken",
        "javascript:alert(1)//own.example",
    ],
)
def test_anything_beside_scheme_and_host_is_no_origin(url: str) -> None:
    assert not urls.is_origin(url)


@pytest.mark.parametrize(
    "url",
    [
        "https://own.example\n",
        "https://own\t.example",
        " https://own.example",
        "https://own.example?",
        "https://own.example#",
        "HTTPS://own.example",
        "https://own..example",
    ],
)
def test_what_would_be_printed_in_front_of_every_address_as_it_is_must_be_clean(url: str) -> None:
    assert not urls.is_origin(url)


@pytest.mark.parametrize(
    ("url", "site_url"),
    [
        ("https://own.example", "/"),
        ("https://own.example/", "/"),
        ("https://own.example/blog/?a=b#c", "/blog/?a=b#c"),
        ("https://own.example.evil.com/blog/", "https://own.example.evil.com/blog/"),
        ("https://own.example@evil.com/", "https://own.example@evil.com/"),
        ("https://own.example:444/", "https://own.example:444/"),
        ("http://own.example/blog/", "http://own.example/blog/"),
        ("/blog/", "/blog/"),
        ("tel:+17605550142", "tel:+17605550142"),
    ],
)
def test_only_an_address_below_the_origin_becomes_a_site_address(url: str, site_url: str) -> None:
    assert urls.site_address(url, ORIGIN) == site_url
    assert urls.site_address(url, f"{ORIGIN}/") == site_url


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.nimh.nih.gov/health?x", "nimh.nih.gov"),
        ("https://WWW.Example.org:8080/", "example.org"),
        ("/blog/", "/blog/"),
    ],
)
def test_a_host_is_said_as_people_say_it(url: str, host: str) -> None:
    assert urls.host_of(url) == host


@pytest.mark.parametrize(
    ("url", "scheme"),
    [
        ("https://a.example", "https"),
        ("JavaScript:alert(1)", "javascript"),
        (" \x01java\nscript\t:alert(1)", "javascript"),
        ("\x00data:text/html,x", "data"),
        ("tel:+1", "tel"),
        ("web+x-1.0:y", "web+x-1.0"),
        ("/blog/a:b/", ""),
        ("//host:80/", ""),
        ("#a:b", ""),
        ("?a:b", ""),
        (":x", ""),
        ("1a:b", ""),
        ("", ""),
    ],
)
def test_nothing_hides_the_scheme_of_an_address(url: str, scheme: str) -> None:
    assert urls.scheme_of(url) == scheme


@given(st.text(alphabet="\x00\x01\x1f \t\r\n", max_size=3), st.lists(st.booleans(), min_size=10, max_size=10))
def test_neither_white_space_nor_capitals_hide_a_script(space: str, capitals: list[bool]) -> None:
    letters = zip("javascript", capitals, strict=True)
    url = space.join(letter.upper() if capital else letter for letter, capital in letters)
    assert urls.scheme_of(f"{space}{url}{space}:alert(1)") == "javascript"


@pytest.mark.parametrize("url", ["https://a.example/x", "//a.example/x", "http://a.example"])
def test_an_address_with_a_host_is_absolute(url: str) -> None:
    assert urls.is_absolute(url)


@pytest.mark.parametrize("url", ["/x", "x", "https:/x", "mailto:a@b.example", "", "#a"])
def test_an_address_without_a_host_is_not_absolute(url: str) -> None:
    assert not urls.is_absolute(url)


@pytest.mark.parametrize("url", ["https://[broken/", "//[broken/"])
def test_an_address_that_cannot_be_taken_apart_is_not_absolute(url: str) -> None:
    assert not urls.is_absolute(url)


@pytest.mark.parametrize(
    ("url", "web", "secure"),
    [
        ("https://a.example/x", True, True),
        ("http://a.example/x", True, False),
        ("https:", False, False),
        ("https:/x", False, False),
        ("https:///x", False, False),
        ("https://[broken/", False, False),
        ("//a.example/x", False, False),
        ("/x/", False, False),
        ("mailto:a@b.example", False, False),
        ("javascript://a.example/%0aalert(1)", False, False),
    ],
)
def test_a_web_address_has_a_scheme_and_a_host(url: str, web: bool, secure: bool) -> None:  # noqa: FBT001
    assert (urls.is_web(url), urls.is_web(url, secure=True)) == (web, secure)


@pytest.mark.parametrize("url", ["/", "/blog/", "/blog/?a=b#c", "/a//b/", "/العلاج/"])
def test_an_address_of_the_site_begins_with_one_slash(url: str) -> None:
    assert urls.is_own(url)


@pytest.mark.parametrize(
    "url", ["", "blog/", "#a", "//evil.example/", "/\\evil.example/", "/\t/evil.example/", "/\n//x/"]
)
def test_another_host_in_disguise_is_no_address_of_the_site(url: str) -> None:
    assert not urls.is_own(url)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("760-555-0142", "+17605550142"),
        ("(760) 555-0142", "+17605550142"),
        ("760.555.0142", "+17605550142"),
        ("1 760 555 0142", "+17605550142"),
        ("+1 760/555-0142", "+17605550142"),
        (" +44 20 7946 0958 ", "+442079460958"),
        ("+12345678", "+12345678"),
        ("+123456789012345", "+123456789012345"),
    ],
)
def test_a_phone_number_becomes_e164(written: str, digits: str) -> None:
    assert urls.telephone_digits(written) == digits


@pytest.mark.parametrize(
    "written",
    [
        "",
        "988",
        "741741",
        "1-833-TLC-MAMA",
        "760-555-0142 ext. 5",
        "555-0142",
        "2 760 555 0142",
        "+1",
        "+1234567",
        "+1234567890123456",
        "٧٦٠٥٥٥٠١٤٢",
        "760\u2011555\u20110142",
    ],
)
def test_short_codes_letters_and_foreign_digits_make_no_phone_number(written: str) -> None:
    assert urls.telephone_digits(written) == ""


@given(st.text(alphabet="0123456789+-() .x", max_size=20))
def test_phone_digits_can_always_be_dialled(written: str) -> None:
    digits = urls.telephone_digits(written)
    assert not digits or (digits[0] == "+" and digits[1:].isascii() and digits[1:].isdigit() and len(digits) <= 16)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("+1 (760) 555 0142", "760-555-0142"),
        (" +44 20 7946 0958", "+44 20 7946 0958"),
        ("988 ", "988"),
        ("+44 20 7946 095", "+44 20 7946 095"),
    ],
)
def test_a_north_american_number_is_shown_as_readers_know_it(written: str, said: str) -> None:
    assert urls.telephone_text(written) == said
