"""Facts in prose that drifted away from practice.toml, and what only looks like it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo import checks, example
from local_seo.errors import Severity
from local_seo.model.cta import CallToAction, Placement
from local_seo.model.document import Fact
from local_seo.model.practice import Address, Compliance, Facts, Helpline, Hours, License, Person, Prose
from local_seo.read.html import outline

if TYPE_CHECKING:
    from local_seo.errors import Finding
    from local_seo.model.body import Body

    from .conftest import Made

# The checks of facts that were typed a second time.
FACT_CHECKS = ("credential", "email-address", "licence-number", "opening-hours", "phone-number", "private-street")
CHECKED = dt.date(2026, 10, 20)
EMAIL = "hello@saltbush-family.example"
HOURS = (
    Hours(days=("Mon", "Tue", "Wed", "Thu"), opens="09:00", closes="12:00"),
    Hours(days=("Mon", "Tue", "Wed", "Thu"), opens="13:00", closes="17:00"),
)
MARISELA = replace(example.FACTS.people[0], filed_name=Prose("Marisela A. Quintero"))
TWO = (
    MARISELA,
    Person(
        id="dov",
        name=Prose("Dov Lindqvist"),
        credentials="LMFT, PMH-C, MA",
        title=Prose("Therapist"),
        license=License(
            number="LMFT 111111", board=Prose("Board"), board_url="https://www.bbs.ca.gov/", state="California"
        ),
    ),
    Person(id="ana", name=Prose("Ana Ortiz"), credentials="", title=Prose("Assistant")),
)
FACTS = example.facts(
    practice=replace(example.FACTS.practice, email=EMAIL, hours=HOURS),
    people=TWO,
    helplines=(
        Helpline(name=Prose("988 Lifeline"), kind="crisis", checked=CHECKED, call="988", text="988"),
        Helpline(name=Prose("Crisis Text Line"), kind="crisis", checked=CHECKED, text="741741"),
        Helpline(name=Prose("Maternal hotline"), kind="support", checked=CHECKED, call="1-833-852-6262"),
    ),
    compliance=Compliance(phones=("916-574-7830",)),
)
STREET = Address(street="7 Hidden Orchard Lane", postal_code="97330", locality="Corvallis", region="OR", country="US")
PRIVATE = replace(FACTS, practice=replace(FACTS.practice, presence="service-area", address=STREET))


def found(text: str | Body, known: Facts = FACTS, path: str = "articles/first-weeks.md", **front: Any) -> list[Finding]:  # noqa: ANN401
    built = example.built(example.view(source=path), example.document(text, path=path, **front), facts=known)
    return [finding for finding in checks.run(built) if finding.id in FACT_CHECKS]


def said(text: str, known: Facts = FACTS, path: str = "articles/first-weeks.md") -> list[str]:
    return [finding.message for finding in found(text, known, path)]


@pytest.mark.parametrize(
    "text",
    [
        "760-555-0142, 760.555.0142, (760) 555-0142, (760)555-0142, 760/555-0142, +1 760 555 0142, 1-760-555-0142.",
        "760\u2013555\u20110142 and +1\u00a0760\u00a0555\u00a00142, 760-555-0142x12",
        "Call 7605550142, or at 555-0142. Dial 988. Text 988, or HOME to 741741. Call 911.",
        "The board answers at 916-574-7830; 1-833-TLC-MAMA is 1-833-852-6262.",
        "ISBN 978-0-14-303822-1; doi 10.1001/jama.2019.12345; NPI 2605550143; case 19-555-01234.",
        "2026-10-20, 10:30-11:45, 2019-2026, 92260-1234, $1,000-2,000, 555-0199 sold.",
        "https://example.org/760-555-0199 and example.org/tel=760-555-0199",
        "text it to 55 people; 1-800 days; 1-877 pages",
    ],
)
def test_numbers_that_are_known_and_numbers_that_are_no_phones_pass(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "number", "right"),
    [
        ("Call 760-555-0124.", "760-555-0124", "Saltbush Family Therapy has 760-555-0142"),
        ("Call (760) 555 0199 now", "(760) 555 0199", "Saltbush Family Therapy has 760-555-0142"),
        ("Call +1.760.555.0199, please", "+1.760.555.0199", "Saltbush Family Therapy has 760-555-0142"),
        ("160-555-0142", "160-555-0142", "Saltbush Family Therapy has 760-555-0142"),
        ("Call us at 7605550199.", "7605550199", "Saltbush Family Therapy has 760-555-0142"),
        ("Phone: 555-0199", "555-0199", "Saltbush Family Therapy has 760-555-0142"),
        ("The board: 916-574-7803", "916-574-7803", "`phones` under [compliance] has 916-574-7830"),
        ("1-833-852-6226", "1-833-852-6226", "Maternal hotline has 1-833-852-6262"),
        ("1-833-TLC-MOMS", "1-833-TLC-MOMS", "Maternal hotline has 1-833-852-6262"),
        ("+44 20 7946 0958", "+44 20 7946 0958", "Saltbush Family Therapy has"),
        ("Text HOME to 741471", "741471", "Crisis Text Line has 741741"),
    ],
)
def test_a_number_that_is_nowhere_in_practice_toml_is_an_error(text: str, number: str, right: str) -> None:
    (finding,) = found(f"Word.\n\n{text}")
    assert finding.severity is Severity.ERROR
    assert finding.line == 7
    assert finding.message.startswith(f'the number "{number}" is nowhere in practice.toml; {right}')


@pytest.mark.parametrize("number", ["1-833-943-5746", "(833) 943-5746", "1-833-9-HELP4MOMS"])
def test_the_retired_hotline_has_words_of_its_own(number: str) -> None:
    (finding,) = found(f"Call {number} at night.")
    assert finding.message == f'"{number}" is the retired number of the National Maternal Mental Health Hotline'
    assert finding.remedy == "write 1-833-852-6262 (1-833-TLC-MAMA)"
    (finding,) = found(f"Call {number} at night.", replace(FACTS, helplines=()))
    assert finding.remedy.endswith("and add it to practice.toml as a helpline")


def test_the_retired_hotline_is_found_in_practice_toml_too() -> None:
    line = replace(FACTS.helplines[2], call="1-833-943-5746")
    (finding,) = found("", replace(FACTS, helplines=(line,)))
    assert (finding.path, finding.line) == ("practice.toml", 0)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (f"Write to {EMAIL} or {EMAIL.title()}. Or to help@elsewhere.example, lindy@gmail.com, ortiz.m@x.org.", ""),
        ("info@saltbush-family.example", "info@saltbush-family.example"),
        ("Info@mail.Saltbush-Family.example", "Info@mail.Saltbush-Family.example"),
        ("marisela.quintero@gmail.com", "marisela.quintero@gmail.com"),
        ("(dlindqvist@proton.me)", "dlindqvist@proton.me"),
        ("lindqvist@x.org", "lindqvist@x.org"),
    ],
)
def test_an_address_of_the_practice_or_a_person_is_the_one_in_practice_toml(text: str, address: str) -> None:
    assert [finding.message.split('"')[1] for finding in found(text)] == ([address] if address else [])
    assert all(EMAIL in finding.remedy and finding.severity is Severity.WARNING for finding in found(text))


def test_an_address_at_a_host_for_everybody_says_nothing() -> None:
    facts = replace(FACTS, practice=replace(FACTS.practice, email="saltbush@gmail.com"))
    assert said("someone@gmail.com", facts) == []
    assert "practice.toml has none" in said(f"Write to {EMAIL}", replace(FACTS, practice=example.FACTS.practice))[0]


@pytest.mark.parametrize(
    "text",
    [
        "Marisela Quintero, LCSW, and Dov Lindqvist, LMFT, PMH-C, MA. LCSWs, LMFTs; an LCSW-led group. #lcsw",
        "www.bbs.ca.gov/lcsw, lcsw@bbs.ca.gov, bbs.ca.gov/?q=lcsw",
        "Marisela Quintero, MSW, PMH-C, has two degrees. Marisela Quintero, who is here. Marisela Quintero sees you.",
        "Ana Ortiz, BA, answers. His ma and a Ma. Jane Doe, LMSW, and Dov Lindqvist may come. Dov Lindqvist ma",
        "Dr. Jane Doe, Ph.D., AMFT. Marisela Quintero, LCS, is no slip that one can be sure of.",
    ],
)
def test_credentials_as_they_are_and_those_of_others_pass(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("I am an LCSw by training", "LCSw"),
        ("She is an L.C.S.W. now", "L.C.S.W"),
        ("an Lcsw", "Lcsw"),
        ("Marisela Quintero lcsw", "lcsw"),
        ("Marisela Quintero, LSCW", "LSCW"),
        ("Marisela A. Quintero, LMSW, and", "LMSW"),
        ("Dov Lindqvist, LMFT, PMHC", "PMHC"),
        ("Dov Lindqvist, M.A.", "M.A"),
    ],
)
def test_a_misspelt_credential_is_an_error_with_the_right_one(text: str, token: str) -> None:
    (finding,) = found(text)
    assert f'"{token}"' in finding.message
    assert finding.severity is Severity.ERROR
    assert finding.remedy.startswith("write ")


def test_a_misspelt_credential_is_found_in_its_own_line() -> None:
    (finding,) = found("Marisela Quintero, LCSW.\n\nOne more.\n\nMarisela Quintero, LCSw.")
    assert finding.line == 9


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Marisela Quintero, LCSW 000000; Dov Lindqvist, LMFT 111111", []),
        ("license LCSW 000000, LCSW #000000, LCSW license no. 000000", []),
        ("Marisela Quintero, LCSW 111111", ["111111"]),
        ("LCSW 000001", ["000001"]),
        ("LCSW license number: 12345", ["12345"]),
        ("Marisela Quintero’s license number is 555555", ["555555"]),
        ("LMFT No. 1234", ["1234"]),
        ("Jane Doe, LCSW 55555, taught us. Marisela Quintero learned from Jane Doe (LCSW 55555).", []),
        ("LCSW 2026; LCSW 3,000 hours; LCSW 3000 hours; a nurse's license number is 55555; LCSW 12345-678", []),
        ("Ana Ortiz, LCSW 55555", []),
    ],
)
def test_a_licence_number_is_the_one_that_the_board_files(text: str, numbers: list[str]) -> None:
    findings = found(text)
    assert [finding.message.split('"')[1] for finding in findings] == numbers
    assert all(finding.severity is Severity.ERROR for finding in findings)


@pytest.mark.parametrize(
    "text",
    [
        "We are open Monday to Thursday, 9 to 5. We're open Mon-Thu 9 a.m. to 5 p.m. We’re open until 5 pm.",
        "We are open Monday and Wednesday. Our hours: Mon–Thu 9:00–17:00. Our office is open until 17:00.",
        "We are open from 1 pm to 5 pm. We are open until noon.",
        "The library is open Mon-Fri 10-6. Open until 7 pm. Mon-Fri 9-5. The county's office hours are Mon-Fri 8-5.",
        "We are not open on Fridays. In July we are open Mon-Fri 7-3. We are open Mon-Fri, except holidays.",
        "We are open 3 to 4 weeks later. We're open until 7 weeks have passed. We are open to everyone on Fridays.",
        "I see couples Monday to Friday until 9 pm. Call us Mon-Fri 9-5.",
        "If we are open Fridays, we say so. We were open daily.",
    ],
)
def test_hours_that_agree_or_that_nobody_can_be_sure_of_pass(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "statement"),
    [
        ("We are open Mon-Fri 9-5.", "Mon-Fri 9-5"),
        ("We are open Monday through Friday.", "Monday through Friday"),
        ("We’re open until 7 pm on Thursdays.", "until 7 pm on Thursdays"),
        ("Our office is open on Saturdays.", "on Saturdays"),
        ("Our practice is open daily from 9 to 5.", "daily from 9 to 5"),
        ("Our office hours are 8:30 am to 5 p.m., Monday to Thursday.", "8:30 am to 5 p.m., Monday to Thursday"),
        ("Saltbush Family Therapy is open weekdays 9-5", "weekdays 9-5"),
        ("We are open Mon, Wed and Fri, 9-5.", "Mon, Wed and Fri, 9-5"),
        ("Our hours: Thu to Mon 9-5", "Thu to Mon 9-5"),
        ("We are open Mon–Thu 10–5.", "Mon-Thu 10-5"),
    ],
)
def test_hours_that_no_reading_makes_right_are_a_warning(text: str, statement: str) -> None:
    (finding,) = found(text)
    assert finding.severity is Severity.WARNING
    assert finding.message.startswith(
        f'"{statement}" is not what practice.toml says: Mon, Tue, Wed, Thu 09:00 to 12:00'
    )


@pytest.mark.parametrize(
    "text", ["Mon-Fri 9-5", "Open until 7 pm.", "Office hours: Monday to Friday, 9 to 5. Call us."]
)
def test_on_the_contact_page_hours_without_a_name_are_the_practices_own(text: str) -> None:
    assert len(said(text, path="pages/contact.md")) == 1
    assert said(text, path="pages/resources.md") == []
    assert said("Mon-Thu 9-5", path="pages/contact.md") == []


def test_without_hours_in_practice_toml_none_are_wrong() -> None:
    assert said("We are open Mon-Fri 9-5.", replace(FACTS, practice=example.FACTS.practice)) == []


@pytest.mark.parametrize(
    "text", ["7 Hidden Orchard Lane", "at 7, Hidden Orchard Ln.", "7 hidden-orchard", "Corvallis 97330"]
)
def test_a_street_or_postal_code_that_is_private_is_an_error_that_does_not_repeat_it(text: str) -> None:
    (finding,) = found(f"We live {text}, next door.", PRIVATE)
    assert (finding.severity, finding.line) == (Severity.ERROR, 5)
    assert "orchard" not in str(finding).lower()
    assert "97330" not in str(finding)


def test_a_street_of_an_office_and_other_streets_pass() -> None:
    office = replace(PRIVATE, practice=replace(PRIVATE.practice, presence="office"))
    assert said("7 Hidden Orchard Lane, Corvallis 97330", office) == []
    assert said("17 Hidden Orchard Lane; 7 Hidden Orchards; Orchard Lane; 973301", PRIVATE) == []
    without = replace(
        PRIVATE, practice=replace(PRIVATE.practice, address=replace(STREET, street=None, postal_code=None))
    )
    assert said("Anywhere.", without) == []


@pytest.mark.parametrize("key", ["title", "summary", "image_alt", "image_caption"])
def test_front_matter_is_read_too(key: str) -> None:
    front: dict[str, Any] = {key: Prose("Call 760-555-0199")}
    (finding,) = found("Word.", **front)
    assert finding.line == (2 if key == "title" else 3)


def test_facts_of_an_area_alt_texts_and_links_are_read_too() -> None:
    fact = Fact(text=Prose("The clinic: 760-555-0199"), source="practice")
    assert found("Word.", path="areas/indio.md", facts=(fact,))
    assert found(example.picture(alt="A card with 760-555-0199"))
    assert found(outline('<p><a href="TEL:+1%20760-555-0199">Call</a></p>'))
    assert found(outline('<p><a href="mailto:info@saltbush-family.example?subject=Hi">Write</a></p>'))
    assert not found(outline(f'<p><a href="tel:+17605550142">Call</a>, <a href="mailto:{EMAIL}">write</a></p>'))
    assert not found(outline('<p><a href="tel:988">988</a> and <a href="sms:741741">text</a></p>'))


def test_a_number_that_stands_five_times_is_told_once() -> None:
    linked = outline('<p><a href="tel:+17605550199">760-555-0199</a>, (760) 555-0199</p>')
    assert len(found(linked, summary=Prose("760.555.0199"))) == 1


def test_practice_toml_and_calls_to_action_are_read_where_they_are_typed() -> None:
    offer = CallToAction(
        id="call",
        title=Prose("We are open Mon-Fri 9-5"),
        text=Prose("Ask an LCSw."),
        label=Prose("Call 760-555-0199"),
        href="tel:+17605550198",
        placement=Placement(),
    )
    tagline = replace(FACTS, practice=replace(FACTS.practice, tagline=Prose("Call 760-555-0197")))
    built = example.built(example.view(), facts=tagline, calls_to_action=(offer,))
    findings = [finding for finding in checks.run(built) if finding.id in FACT_CHECKS]
    assert [finding.path for finding in findings] == ["ctas/call.toml"] * 4 + ["practice.toml"]


def test_the_samples_say_nothing_that_practice_toml_does_not(sample: Made, other: Made) -> None:
    for made in (sample, other):
        assert not [finding for finding in checks.run(made.built) if finding.id in FACT_CHECKS]


PIECES = [
    *"We are open|Mon|Fri|-| to |until |9|5|25|:30| pm|a.m.|, |daily|noon|Our hours: |on |and |7 days a week".split(
        "|"
    ),
    *"760|555|0199|(|)|+|1-833-|TLC|MAMA|call |text HOME to |741471|@|saltbush-family.example|.|/| ".split("|"),
    *"Marisela Quintero|Dov Lindqvist|LCSW|LCSw|L.C.S.W.|license |number |#|000001|Lane|97330".split("|"),
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=25).map("".join))
def test_no_text_makes_the_check_raise(text: str) -> None:
    for facts in (FACTS, PRIVATE):
        for path in ("articles/first-weeks.md", "pages/contact.md"):
            built = example.built(example.view(source=path), example.document(text, path=path), facts=facts)
            (view,) = built.pages.values()
            for name in FACT_CHECKS:
                module = checks.known()[name]
                for finding in module.check(view, built, checks.Rule(name, module.SEVERITY, {})):
                    assert finding.remedy
