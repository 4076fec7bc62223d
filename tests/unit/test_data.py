"""TOML in, typed facts and calls to action out; every fault with its line."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo.model.cta import CallToAction, Placement, Variant
from local_seo.model.practice import Address, Facts, Hours, License, Prose
from local_seo.read import data
from local_seo.typed import Typist

from .factories import FACTS, with_practice

TYPIST = Typist(lambda words: words.replace("'", "’"), ZoneInfo("UTC"), loose=False)
# The lines are counted in the tests: line 1 is the one after the quotes.
GOOD = """\
format = 1

[practice]
name = "Saltbush Family Therapy"
url = "https://www.saltbush-family.example"
tagline = "Therapy for the first years"
description = "Therapy for a child's first three years."
phone = "760-555-0142"
timezone = "America/Los_Angeles"
presence = "office"

[practice.address]
locality = "Palm Desert"
region = "CA"
country = "US"

[service_area]
name = "the Coachella Valley"
sentence = "{practice} works with families in {cities}."

[[places]]
name = "Palm Desert"
type = "City"
region = "California"

[[places]]
name = "Cañón Alto"
type = "Place"
region = "California"
aliases = ["Cat City"]

[[services]]
slug = "postpartum-therapy"
name = "Postpartum therapy"
role = "postpartum therapist"

[[people]]
id = "marisela-quintero"
name = "Marisela Quintero"
credentials = "LCSW"
title = "Perinatal therapist"
"""


def read(text: str) -> tuple[Facts | None, list[str]]:
    facts, bad = data.facts(text, TYPIST)
    assert (facts is None) == bool(bad)
    return facts, [str(finding).removeprefix("practice.toml:") for finding in bad]


def facts_of(text: str) -> Facts:
    facts, bad = read(text)
    assert facts is not None, bad
    return facts


def with_line(after: str, line: str) -> str:
    """The good file with a line more."""
    assert GOOD.count(f"{after}\n") == 1
    return GOOD.replace(f"{after}\n", f"{after}\n{line}\n")


def instead(old: str, new: str) -> str:
    """The good file with other words."""
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


# --- practice.toml, good ------------------------------------------------------------------------------------


def test_the_facts_are_read_and_what_is_not_given_has_its_default() -> None:
    facts = facts_of(GOOD)
    assert facts.practice.type == "MedicalBusiness"
    assert facts.practice.language == "en-US"
    assert facts.practice.address == Address(locality="Palm Desert", region="CA", country="US")
    assert facts.service_area.max_named == 6
    assert facts.titles.suffixes is None
    assert facts.titles.separator == " | "
    assert facts.tags.style == "sentence"
    assert facts.compliance.profile == "none"


def test_prose_is_smartened_and_values_are_not() -> None:
    facts = facts_of(instead("https://www.saltbush-family.example", "https://own.example"))
    assert facts.practice.description == "Therapy for a child’s first three years."
    assert facts.practice.url == "https://own.example"


def test_a_place_has_its_slug_from_its_name() -> None:
    assert [place.slug for place in facts_of(GOOD).places] == ["palm-desert", "canon-alto"]
    given_ = with_line('aliases = ["Cat City"]', 'slug = "alto"')
    assert [place.slug for place in facts_of(given_).places] == ["palm-desert", "alto"]


@pytest.mark.parametrize("name", ["Palm Desert", "PALM  DESERT", "palm-desert"])
def test_a_place_answers_to_its_name_and_its_slug(name: str) -> None:
    assert facts_of(GOOD).place(name) == facts_of(GOOD).places[0]


@pytest.mark.parametrize("name", ["Canon Alto", "cat city", "Cañón Alto"])
def test_a_place_answers_without_accents_and_to_its_aliases(name: str) -> None:
    assert facts_of(GOOD).place(name) == facts_of(GOOD).places[1]


def test_hours_licences_and_helplines_are_read() -> None:
    more = """
license = { number = "LCSW 000000", board = "Board", board_url = "https://www.bbs.ca.gov/", state = "California" }

[[practice.hours]]
days = ["Mon", "Tue"]
opens = "09:00"
closes = "17:30"

[[helplines]]
name = "Crisis line"
kind = "crisis"
call = "988"
text = "988"
checked = 2026-10-20

[checks.title-width]
most = 600
"""
    facts = facts_of(GOOD.rstrip() + more)
    assert facts.practice.hours == (Hours(days=("Mon", "Tue"), opens="09:00", closes="17:30"),)
    assert facts.people[0].license == License(
        number="LCSW 000000",
        board=Prose("Board"),
        board_url="https://www.bbs.ca.gov/",
        state="California",
    )
    assert facts.helplines[0].checked == dt.date(2026, 10, 20)
    assert facts.checks == {"title-width": {"most": 600}}


def test_windows_line_ends_and_a_byte_order_mark_are_accepted() -> None:
    assert facts_of("\ufeff" + GOOD.replace("\n", "\r\n")) == facts_of(GOOD)


def test_the_lead_is_the_one_who_is_marked_else_the_first() -> None:
    more = '\n[[people]]\nid = "devorah"\nname = "Devorah"\ncredentials = "LMFT"\ntitle = "Therapist"\n'
    first, marked = facts_of(GOOD + more).lead, facts_of(GOOD + more + "lead = true\n").lead
    assert first is not None
    assert first.id == "marisela-quintero"
    assert marked is not None
    assert marked.id == "devorah"
    assert facts_of(GOOD.partition("[[people]]")[0]).lead is None


def test_where_to_book_is_the_nearest_address() -> None:
    text = with_line('role = "postpartum therapist"', 'booking_url = "https://book.example/postpartum"')
    facts = facts_of(text.replace('presence = "office"', 'presence = "office"\nbooking_url = "https://book.example/"'))
    assert facts.booking_url(facts.services[0], facts.people[0]) == "https://book.example/postpartum"
    assert facts.booking_url(None, facts.people[0]) == "https://book.example/"


# --- practice.toml, faults of single values -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            '"https://www.saltbush-family.example"',
            '"http://own.example/blog"',
            '5: error[wrong-value]: practice.url "http://own.example/blog" is not a bare https address - '
            "write it as https://www.example.org",
        ),
        (
            '"760-555-0142"',
            '"988"',
            '8: error[wrong-value]: practice.phone "988" is not a phone number - '
            "write ten digits, or + and the country code",
        ),
        (
            '"America/Los_Angeles"',
            '"California"',
            '9: error[wrong-value]: practice.timezone "California" is not a time zone - '
            "write one such as America/Los_Angeles",
        ),
        (
            '"America/Los_Angeles"',
            '"../../etc/passwd"',
            '9: error[wrong-value]: practice.timezone "../../etc/passwd" is not a time zone - '
            "write one such as America/Los_Angeles",
        ),
        (
            '"America/Los_Angeles"',
            '"America"',
            '9: error[wrong-value]: practice.timezone "America" is not a time zone - '
            "write one such as America/Los_Angeles",
        ),
        (
            "in {cities}.",
            "here.",
            "19: error[wrong-value]: service_area.sentence does not name the places - put {cities} into it",
        ),
        (
            "in {cities}.",
            "in {cities} and {contry}.",
            "19: error[wrong-value]: service_area.sentence has the unknown field {contry} - "
            "allowed: {area}, {cities}, {practice}, {telehealth}",
        ),
        (
            "in {cities}.",
            "in {cities} and {teleheath}.",
            "19: error[wrong-value]: service_area.sentence has the unknown field {teleheath} - "
            'did you mean "{telehealth}"?',
        ),
        (
            "in {cities}.",
            "in {cities} and {}.",
            "19: error[wrong-value]: service_area.sentence has the unknown field {} - "
            "allowed: {area}, {cities}, {practice}, {telehealth}",
        ),
        (
            "in {cities}.",
            "in {cities.",
            '19: error[wrong-value]: service_area.sentence "{practice} works with families in {cities." has a brace '
            "without its partner - mend the braces",
        ),
        (
            "in {cities}.",
            "in {cities}, {telehealth}.",
            "19: error[wrong-value]: service_area.sentence has {telehealth}, but service_area.telehealth is not "
            "given - add telehealth, or take {telehealth} out",
        ),
        (
            'slug = "postpartum-therapy"',
            'slug = "Postpartum Therapy"',
            '33: error[wrong-value]: services.slug "Postpartum Therapy" cannot stand in an address - '
            'write "postpartum-therapy"',
        ),
        (
            'slug = "postpartum-therapy"',
            'slug = "../x"',
            '33: error[wrong-value]: services.slug "../x" cannot stand in an address - write "x"',
        ),
        (
            'id = "marisela-quintero"',
            'id = "!"',
            '38: error[wrong-value]: people.id "!" cannot stand in an address - write lower case letters and hyphens',
        ),
    ],
)
def test_a_value_that_cannot_be_is_named_with_its_line(old: str, new: str, fault: str) -> None:
    found = read(instead(old, new))[1]
    assert fault in found
    assert all(other.startswith(fault.partition(":")[0]) for other in found)


@pytest.mark.parametrize(
    ("after", "line", "fault"),
    [
        (
            'presence = "office"',
            'email = "hello at saltbush"',
            '11: error[wrong-value]: practice.email "hello at saltbush" is not an e-mail address - '
            "write it as name@example.org",
        ),
        (
            'presence = "office"',
            'type = "MedicalClinc"',
            '11: error[wrong-value]: practice.type "MedicalClinc" is not a business type of schema.org that fits a '
            'practice - did you mean "MedicalClinic"?',
        ),
        (
            'presence = "office"',
            'language = "English"',
            '11: error[wrong-value]: practice.language "English" is not a language code - write one such as en-US',
        ),
        (
            'presence = "office"',
            'booking_url = "javascript:alert(1)"',
            '11: error[wrong-value]: booking_url "javascript:alert(1)" is not a web address - begin it with https://',
        ),
        (
            'presence = "office"',
            'profiles = ["https://a.example/", "data:text/html,x"]',
            '11: error[wrong-value]: "data:text/html,x" is not a web address - begin it with https://',
        ),
        (
            'country = "US"',
            "latitude = 91",
            "16: error[wrong-value]: practice.address.latitude 91.0 is not between -90 and 90 - copy it from a map",
        ),
        (
            'country = "US"',
            "longitude = nan",
            "16: error[wrong-value]: practice.address.longitude nan is not between -180 and 180 - copy it from a map",
        ),
        (
            'name = "the Coachella Valley"',
            "max_named = 9",
            "19: error[wrong-value]: service_area.max_named 9 is not between 1 and 8 - "
            "more names than that read as a list",
        ),
        (
            'role = "postpartum therapist"',
            'booking_url = "book.example"',
            '36: error[wrong-value]: booking_url "book.example" is not a web address - begin it with https://',
        ),
        (
            'title = "Perinatal therapist"',
            'booking_url = "mailto:a@b.example"',
            '42: error[wrong-value]: booking_url "mailto:a@b.example" is not a web address - begin it with https://',
        ),
        (
            'title = "Perinatal therapist"',
            'profiles = ["directory.example/m"]',
            '42: error[wrong-value]: "directory.example/m" is not a web address - begin it with https://',
        ),
        (
            'title = "Perinatal therapist"',
            'license = { number = "1", board = "B", board_url = "bbs.ca.gov", state = "CA" }',
            '42: error[wrong-value]: "bbs.ca.gov" is not a web address - begin it with https://',
        ),
        (
            'aliases = ["Cat City"]',
            'wikipedia = "en.wikipedia.org/wiki/Alto"',
            '31: error[wrong-value]: "en.wikipedia.org/wiki/Alto" is not a web address - begin it with https://',
        ),
    ],
)
def test_a_line_that_cannot_be_is_named_with_its_line(after: str, line: str, fault: str) -> None:
    assert read(with_line(after, line))[1] == [fault]


@pytest.mark.parametrize(("most", "fine"), [(0, False), (1, True), (8, True), (9, False)])
def test_a_sentence_names_one_to_eight_places(most: int, fine: bool) -> None:  # noqa: FBT001
    bad = read(with_line('name = "the Coachella Valley"', f"max_named = {most}"))[1]
    assert (not bad) is fine


@pytest.mark.parametrize("clock", ["9:00", "24:00", "09:60", "9 am", "0900", "09:00:00", "\u0660\u0669:\u0660\u0660"])
def test_a_time_that_is_none_is_named_with_its_line(clock: str) -> None:
    hours = f'\n[[practice.hours]]\ndays = ["Mon"]\nopens = "09:00"\ncloses = "{clock}"\n'
    assert read(GOOD + hours)[1] == [
        f'46: error[wrong-value]: practice.hours.closes "{clock}" is not a time - write it as 09:00'
    ]


@pytest.mark.parametrize(
    ("days", "opens", "closes", "line", "what"),
    [
        ('["Mon"]', "17:00", "09:00", 46, 'practice.hours.closes "09:00" is not after opens "17:00"'),
        ('["Mon"]', "09:00", "09:00", 46, 'practice.hours.closes "09:00" is not after opens "09:00"'),
        ("[]", "09:00", "17:00", 44, "practice.hours.days is empty"),
        ('["Mon", "Tue", "Mon"]', "09:00", "17:00", 44, "practice.hours.days names Mon 2 times"),
    ],
)
def test_hours_that_cannot_be_are_named(days: str, opens: str, closes: str, line: int, what: str) -> None:
    hours = f'\n[[practice.hours]]\ndays = {days}\nopens = "{opens}"\ncloses = "{closes}"\n'
    (found,) = read(GOOD + hours)[1]
    assert found.startswith(f"{line}: error[wrong-value]: {what} - ")


def test_a_setting_of_a_check_that_is_no_value_is_told_in_words() -> None:
    (found,) = read(GOOD + '\n[checks.title-width]\nmost = ["a"]\n')[1]
    assert found.endswith("a list is not a number, a text, true or false - write a number, a text, true or false")


@pytest.mark.parametrize(
    ("suffix", "what"),
    [
        ("{Role} near {town}", "titles.suffixes has the unknown field {town} - allowed: {city}, {practice}, {role}"),
        ("{rolle}", 'titles.suffixes has the unknown field {rolle} - did you mean "{role}"?'),
        ("{cities}", 'titles.suffixes has the unknown field {cities} - did you mean "{city}"?'),
        ("{role", 'titles.suffixes "{role" has a brace without its partner - mend the braces'),
    ],
)
def test_a_suffix_has_fields_that_exist(suffix: str, what: str) -> None:
    assert read(f'{GOOD}\n[titles]\nsuffixes = ["{{City}}", "{suffix}"]\n')[1] == [f"44: error[wrong-value]: {what}"]


@pytest.mark.parametrize(
    "sentence", ["{{cities}} {cities}", "{cities} {area!r}", "{cities} {area:>9}", "{cities} {{x}}"]
)
def test_braces_with_anything_but_a_name_in_them_are_refused(sentence: str) -> None:
    assert [fault.partition(" ")[0] for fault in read(instead("in {cities}.", sentence))[1]] == ["19:"]


@pytest.mark.parametrize("suffix", ["{{x}}", "{role!r}", "{city:>9}"])
def test_braces_of_a_suffix_with_anything_but_a_name_in_them_are_refused(suffix: str) -> None:
    assert read(f'{GOOD}\n[titles]\nsuffixes = ["{suffix}"]\n')[1] != []


@pytest.mark.parametrize("number", ["", "1-833-TLC-MAMA", "12", "1234567"])
def test_a_helpline_has_a_number_that_can_be_dialled(number: str) -> None:
    line = f'\n[[helplines]]\nname = "Line"\nkind = "crisis"\ncall = "{number}"\nchecked = 2026-10-20\n'
    (fault,) = read(GOOD + line)[1]
    assert fault == (
        f'46: error[wrong-value]: helplines.call "{number}" is not a phone number - write the digits'
        if number
        else '43: error[missing-key]: the helpline "Line" has neither call nor text - add the number to call'
    )


def test_a_helpline_without_a_number_is_refused() -> None:
    line = '\n[[helplines]]\nname = "Line"\nkind = "crisis"\nchecked = 2026-10-20\n'
    assert read(GOOD + line)[1] == [
        '43: error[missing-key]: the helpline "Line" has neither call nor text - add the number to call'
    ]


def test_a_helpline_leads_to_no_script() -> None:
    line = '\n[[helplines]]\nname = "L"\nkind = "crisis"\ncall = "988"\nchecked = 2026-10-20\nurl = "javascript:x"\n'
    assert [fault.partition(" ")[0] for fault in read(GOOD + line)[1]] == ["48:"]


@pytest.mark.parametrize("address", ["https://[broken/", "https://"])
def test_an_address_that_cannot_be_taken_apart_is_refused(address: str) -> None:
    assert read(with_line('presence = "office"', f'profiles = ["{address}"]'))[1] != []


# --- practice.toml, faults between values -------------------------------------------------------------------


def test_a_practice_has_a_place() -> None:
    text = GOOD.partition("[[places]]")[0]
    assert read(f"places = []\n{text}")[1] == ["1: error[missing-key]: no [[places]] - add the town of the practice"]


def test_two_places_of_one_name_are_refused() -> None:
    more = '\n[[places]]\nname = "Cat City"\ntype = "City"\nregion = "California"\n'
    assert read(GOOD + more)[1] == [
        '43: error[ambiguous-name]: two places answer to "cat city": Cañón Alto and Cat City - '
        "rename one, or take the alias out"
    ]


def test_one_slug_for_two_places_is_refused() -> None:
    more = '\n[[places]]\nname = "Another"\nslug = "palm-desert"\ntype = "City"\nregion = "California"\n'
    assert [fault for fault in read(GOOD + more)[1] if "slug" in fault] == [
        '45: error[ambiguous-name]: places.slug "palm-desert" stands twice - rename one'
    ]


def test_a_place_may_repeat_itself() -> None:
    assert read(instead('aliases = ["Cat City"]', 'aliases = ["canon alto", "Canon Alto"]'))[1] == []


def test_two_services_with_one_slug_are_refused() -> None:
    more = '\n[[services]]\nslug = "postpartum-therapy"\nname = "A"\nrole = "b"\n'
    assert read(GOOD + more)[1] == [
        '44: error[ambiguous-name]: services.slug "postpartum-therapy" stands twice - rename one'
    ]


def test_two_leads_are_refused() -> None:
    more = 'lead = true\n[[people]]\nid = "b"\nname = "B"\ncredentials = "LMFT"\ntitle = "C"\nlead = true\n'
    assert [fault.split("]: ")[1] for fault in read(GOOD + more)[1]] == [
        "more than one person has lead = true - keep it for the one who stands for the practice"
    ]


def test_several_locations_are_reserved() -> None:
    assert read(f'{GOOD}\n[[locations]]\nname = "Second office"\n')[1] == [
        "43: error[unknown-key]: [[locations]] is reserved for practices with several offices and not supported yet - "
        "describe the main office"
    ]


def test_all_faults_come_at_once() -> None:
    text = GOOD.replace("760-555-0142", "x").replace("America/Los_Angeles", "x").replace("{cities}", "{citties}")
    assert [fault.partition(" ")[0] for fault in read(text)[1]] == ["8:", "9:", "19:", "19:"]


# --- practice.toml, types and lines -------------------------------------------------------------------------


def test_the_line_of_a_wrong_type_is_found_in_every_kind_of_table() -> None:
    text = (
        GOOD.replace('country = "US"', "country = 1")
        .replace('type = "Place"', 'type = "Town"')
        .replace('role = "postpartum therapist"', 'rolle = "postpartum therapist"')
        .replace('title = "Perinatal therapist"', 'license = { number = 5, board = "B", boardurl = "x" }')
    )
    assert sorted(read(text)[1], key=lambda fault: int(fault.partition(":")[0])) == [
        "15: error[wrong-value]: practice.address.country: 1 is not text - put it in quotes",
        '28: error[wrong-value]: places.type: "Town" is not one of City or Place - allowed: City, Place',
        '35: error[unknown-key]: unknown key "services.rolle" - did you mean "role"?',
        "37: error[missing-key]: people.title is missing - add title",
        "41: error[wrong-value]: people.license.number: 5 is not text - put it in quotes",
        "41: error[missing-key]: people.license.state is missing - add state",
        '41: error[unknown-key]: unknown key "people.license.boardurl" - did you mean "board_url"?',
    ]


def test_a_table_that_is_missing_is_named() -> None:
    text = GOOD.replace("[service_area]", "[servicearea]")
    assert read(text)[1] == ['17: error[unknown-key]: unknown key "servicearea" - did you mean "service_area"?']


def test_a_key_in_the_wrong_table_is_named_with_its_line() -> None:
    assert read(with_line('country = "US"', 'email = "a@b.example"'))[1] == [
        '16: error[unknown-key]: unknown key "practice.address.email" - '
        "allowed: country, latitude, locality, longitude, postal_code, region, street"
    ]


def test_a_text_of_several_lines_hides_its_own_lines() -> None:
    text = GOOD.replace(
        'description = "Therapy for a child\'s first three years."',
        'description = """\nphone = "not this one"\n[[places]]\nname = 5\n"""',
    ).replace("760-555-0142", "x")
    assert [fault.partition(" ")[0] for fault in read(text)[1]] == ["12:"]
    assert read(text.replace('"""', "'''"))[1] == read(text)[1]


def test_a_text_of_several_lines_may_end_where_it_begins() -> None:
    text = instead('tagline = "Therapy for the first years"', 'tagline = """Therapy"""').replace("760-555-0142", "x")
    assert [fault.partition(" ")[0] for fault in read(text)[1]] == ["8:"]


def test_a_list_over_several_lines_moves_no_line() -> None:
    text = instead('aliases = ["Cat City"]', 'aliases = [\n  "A",\n  "B", # name = 1\n]').replace(
        'role = "postpartum therapist"', "role = 1"
    )
    assert [fault.partition(" ")[0] for fault in read(text)[1]] == ["38:"]


def test_a_table_within_a_list_of_tables_belongs_to_the_last_one() -> None:
    more = '\n[[people]]\nid = "b"\nname = "B"\ncredentials = "C"\ntitle = "D"\n[people.license]\nnumber = 5\n'
    rest = 'board = "B"\nboard_url = "https://b.example"\nstate = "CA"\n'
    assert read(GOOD + more + rest)[1] == [
        "49: error[wrong-value]: people.license.number: 5 is not text - put it in quotes"
    ]


def test_quoted_keys_and_comments_are_understood() -> None:
    text = instead("[service_area]", "[ service_area ] # where we work").replace(
        'name = "the Coachella Valley"', "\"name\" = 5 # was 'Coachella'"
    )
    assert [fault.partition(" ")[0] for fault in read(text)[1]] == ["18:"]


def test_a_dotted_key_has_the_line_where_it_stands() -> None:
    text = GOOD.replace(
        '\n[practice.address]\nlocality = "Palm Desert"\nregion = "CA"\ncountry = "US"\n',
        'address.locality = "Palm Desert"\naddress.region = "CA"\naddress.country = 5\n',
    )
    assert read(text)[1] == ["13: error[wrong-value]: practice.address.country: 5 is not text - put it in quotes"]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("format = 1\n[practice\n", 2),
        ("format = 1\n\nname = Saltbush\n", 3),
        ("format = 1\nformat = 1\n", 2),
        ("[a]\nb = 1\n[a]\n", 3),
        ("a = [1, 2\nb = 3\n", 2),
        ('a = "x\n', 1),
        ('a = """x\n\n', 3),
        ("a = 2026-02-30\n", 1),
    ],
)
def test_broken_toml_is_named_with_its_line(text: str, line: int) -> None:
    (fault,) = read(text)[1]
    assert fault.startswith(f"{line}: error[broken-toml]: this is not valid TOML: ")
    assert "(at line" not in fault


def test_broken_toml_shows_the_line() -> None:
    (fault,) = read("format = 1\nname = Saltbush\n")[1]
    assert fault == (
        '2: error[broken-toml]: this is not valid TOML: Invalid value, near "name = Saltbush" - '
        'text needs quotes, as in name = "Saltbush"; a list needs [ and ]'
    )


@pytest.mark.parametrize("number", ["1" * 400, "1" * 5000])
def test_a_huge_number_is_refused_with_its_line(number: str) -> None:
    (fault,) = read(with_line('country = "US"', f"latitude = {number}"))[1]
    assert fault.startswith("16: error[")


def test_a_file_nested_too_deeply_is_refused() -> None:
    (fault,) = read(f"format = {'[' * 5000}{']' * 5000}")[1]
    assert fault.startswith("1: error[broken-toml]: the file nests too deeply")


def test_an_empty_file_says_what_is_missing() -> None:
    assert read("")[1] == [
        f"1: error[missing-key]: {key} is missing - add {key}"
        for key in ("format", "practice", "service_area", "places")
    ]


@given(st.text(max_size=80))
def test_no_text_is_more_than_a_fault(text: str) -> None:
    assert read(text)[1] != []
    assert read(GOOD + text)[0] is None or read(GOOD + text)[1] == []


# --- calls to action ----------------------------------------------------------------------------------------

CALL = """\
title = "A first call"
text = "It takes fifteen minutes."
label = "Call"
href = "tel:"
placement = "end"
"""


def call(text: str, facts: Facts = FACTS) -> tuple[CallToAction | None, list[str]]:
    found, bad = data.call_to_action("ctas/first-call.toml", text, TYPIST, facts)
    assert (found is None) == bool(bad)
    return found, [str(finding).removeprefix("ctas/first-call.toml:") for finding in bad]


def test_a_call_has_its_id_from_its_file() -> None:
    found, _ = call(CALL)
    assert found is not None
    assert (found.id, found.href, found.placement) == ("first-call", "tel:", Placement(after_section=None))
    assert (found.priority, found.places, found.variants) == (0, (), ())


def test_everything_in_a_call_is_read() -> None:
    found, bad = call(
        CALL + 'places = ["PALM DESERT", "indio"]\nservices = ["postpartum-therapy"]\ntopics = ["sleep"]\n'
        'priority = 3\n[[variants]]\ntitle = "It\'s small"\n'
    )
    assert found is not None, bad
    assert found.places == ("palm-desert", "indio")
    assert (found.services, found.topics, found.priority) == (("postpartum-therapy",), ("sleep",), 3)
    assert [variant.title for variant in found.variants] == ["It’s small"]
    assert found.variants[0].text is None
    assert isinstance(found.variants[0], Variant)


@pytest.mark.parametrize(
    ("words", "section"), [("end", None), ("after-intro", 0), ("after-section 1", 1), ("after-section 12", 12)]
)
def test_a_placement_is_written_in_words(words: str, section: int | None) -> None:
    found, _ = call(CALL.replace('"end"', f'"{words}"'))
    assert found is not None
    assert found.placement == Placement(after_section=section)


@pytest.mark.parametrize("words", ["", "End", "start", "after-section", "after-section -1", "after-section  2", "end "])
def test_another_placement_is_refused(words: str) -> None:
    assert call(CALL.replace('"end"', f'"{words}"'))[1] == [
        f'5: error[wrong-value]: placement "{words.strip().replace("  ", " ")}" is not after-intro, '
        'after-section N or end - write "end"'
    ]


@pytest.mark.parametrize(
    "href",
    [
        "tel:",
        "/contact/",
        "/contact/#hours",
        "https://book.example/",
        "http://book.example/",
        "tel:+1-760-555-0143",
        "mailto:hello@saltbush-family.example",
    ],
)
def test_an_offer_may_lead_there(href: str) -> None:
    assert call(CALL.replace('"tel:"', f'"{href}"'))[1] == []


ALLOWED = "allowed: tel:, booking:, mailto:, an address that begins with https:// or with /"


@pytest.mark.parametrize(
    ("href", "remedy"),
    [
        ("javascript:alert(1)", ALLOWED),
        (" JavaScript:alert(1)", ALLOWED),
        ("java\\nscript:alert(1)", ALLOWED),
        ("data:text/html,x", ALLOWED),
        ("contact", ALLOWED),
        ("", ALLOWED),
        ("#contact", ALLOWED),
        ("booking:", "give [practice] a booking_url, or write another address"),
        ("mailto:", "give [practice] an email, or write another address"),
        ("tel:988", "write tel: alone for the practice's own number"),
        ("TEL:me", "write tel: alone for the practice's own number"),
    ],
)
def test_an_offer_may_not_lead_there(href: str, remedy: str) -> None:
    (fault,) = call(CALL.replace('"tel:"', f'"{href}"'))[1]
    assert fault.startswith("4: error[wrong-value]: href ")
    assert fault.endswith(f" leads nowhere that a reader may be sent to - {remedy}")


@pytest.mark.parametrize("href", ["//evil.example/", "/\\\\evil.example/", "https:", "https:/contact/"])
def test_an_offer_leads_to_no_other_host_in_disguise(href: str) -> None:
    assert call(CALL.replace('"tel:"', f'"{href}"'))[1] != []


def test_booking_and_mail_of_the_practice_may_be_meant() -> None:
    facts = with_practice(booking_url="https://book.example/", email="hello@saltbush-family.example")
    for href in ("booking:", "mailto:"):
        assert call(CALL.replace('"tel:"', f'"{href}"'), facts)[1] == []


def test_unknown_places_and_services_name_the_nearest() -> None:
    text = CALL + 'places = ["Indio", "Palm Dessert"]\nservices = ["postpartum-terapy", "zzz"]\n'
    assert call(text)[1] == [
        '6: error[unknown-place]: unknown place "Palm Dessert" - did you mean "Palm Desert"?',
        '7: error[unknown-service]: unknown service "postpartum-terapy" - did you mean "postpartum-therapy"?',
        '7: error[unknown-service]: unknown service "zzz" - allowed: infant-parent-therapy, postpartum-therapy',
    ]


def test_every_fault_of_a_call_comes_at_once() -> None:
    text = CALL.replace('"tel:"', '"x"').replace('"end"', '"x"') + 'places = ["x"]\n'
    assert [fault.partition(" ")[0] for fault in call(text)[1]] == ["5:", "4:", "6:"]


def test_types_and_keys_of_a_call_are_checked() -> None:
    text = 'titel = "A"\ntext = "B"\nlabel = "C"\nhref = "tel:"\nplacement = 1\n[[variants]]\nhref = "/x/"\n'
    assert sorted(call(text)[1]) == [
        '1: error[unknown-key]: unknown key "titel" - did you mean "title"?',
        "5: error[wrong-value]: placement: 1 is not text - put it in quotes",
        '7: error[unknown-key]: unknown key "variants.href" - allowed: label, text, title',
    ]


def test_a_call_in_broken_toml_is_named_with_its_line() -> None:
    assert call(CALL.replace('"Call"', "Call"))[1][0].startswith("3: error[broken-toml]: ")
