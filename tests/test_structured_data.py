"""What judges that are not ours say of the structured data: Google's rules, and the vocabulary of schema.org.

Both are run by ``web_tools/structured_data.mjs``. ``EXPLAINED`` is all that they may say, and why it stays.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from .conftest import ROOT, Made, need

WEB_TOOLS = ROOT / "tests" / "web_tools"
PACKAGES = ("@adobe/structured-data-validator", "@marbec/web-auto-extractor", "schema-dts")

pytestmark = pytest.mark.node


@dataclass(frozen=True, order=True)
class Message:
    """What a judge says of one node of one page."""

    judge: str
    severity: str
    node: str
    text: str


@dataclass(frozen=True)
class Judged:
    """An HTML file, how many nodes were found in it, and what is said of them."""

    file: Path
    nodes: int
    messages: tuple[Message, ...]


Judge = Callable[..., list[Judged]]


def _google(severity: str, node: str, text: str) -> Message:
    return Message("google", severity, node, text)


def _vocabulary(node: str, text: str) -> Message:
    return Message("vocabulary", "ERROR", node, text)


NO_CREDIT = "One of the following conditions needs to be met: " + " or ".join(
    f'Required attribute "{name}" is missing' for name in ("creator", "creditText", "copyrightNotice", "license")
)

# Why each of them may stay; the identifiers are those of the search rules that the site is built by.
EXPLAINED: Final[dict[Message, str]] = {
    _google("ERROR", "ImageObject", NO_CREDIT): (
        "J-12: Google asks this of pictures that want the badge of licensable ones, which takes contentUrl. The logo, "
        "and a picture whose maker nobody named, have url alone. Google reports no error, it leaves the badge out; so "
        "says the judge's own source"
    ),
    _google("WARNING", "ImageObject", 'Missing field "creditText" (optional)'): "J-12: as above",
    _google("WARNING", "ImageObject", 'Missing field "creator" (optional)'): "J-12: one of four is enough, creditText",
    _google("WARNING", "ImageObject", 'Missing field "copyrightNotice" (optional)'): "J-12: as creator",
    _google("WARNING", "ImageObject", 'Missing field "license" (optional)'): (
        "J-12: makes the badge; a practice offers its pictures to nobody, and front matter has no key for a licence"
    ),
    _google("WARNING", "ImageObject", 'Missing field "acquireLicensePage" (optional)'): "J-12: as license",
    _vocabulary("BreadcrumbList > itemListElement", "item is a text, not Thing"): (
        "J-05: Google documents ListItem.item as an address too; section 7 allows this one exception"
    ),
}


@pytest.fixture(scope="module")
def judge() -> Judge:
    """Run both judges over all HTML files of some folders."""
    node = shutil.which("node")
    there = all((WEB_TOOLS / "node_modules" / package).is_dir() for package in PACKAGES)
    need(node is not None and there, "the judges of structured data (Node, and `npm ci` in tests/web_tools)")

    def run(*folders: Path) -> list[Judged]:
        command = [str(node), str(WEB_TOOLS / "structured_data.mjs"), *map(str, folders)]
        result = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert result.returncode == 0, result.stderr
        return [
            Judged(Path(page["file"]), page["nodes"], tuple(Message(**message) for message in page["messages"]))
            for page in json.loads(result.stdout)
        ]

    return run


@pytest.fixture(scope="module")
def pages(judge: Judge, sample: Made, other: Made) -> list[Judged]:
    return judge(sample.folder, other.folder)


def test_every_page_is_judged(pages: list[Judged], sample: Made, other: Made) -> None:
    written = {made.folder / path for made in (sample, other) for path in made.built.rendered}
    assert {page.file for page in pages} == written
    assert [page.file for page in pages if not page.nodes] == []


def test_nothing_is_said_of_a_page_that_is_not_explained(pages: list[Judged]) -> None:
    said = {(message, page.file) for page in pages for message in page.messages if message not in EXPLAINED}
    assert not said, "\n".join(f"{file}: {message}" for message, file in sorted(said))


def test_every_explanation_explains_something(pages: list[Judged]) -> None:
    said = {message for page in pages for message in page.messages}
    assert [message for message in EXPLAINED if message not in said] == []


def test_a_picture_that_asks_for_the_badge_says_who_made_it(sample: Made, other: Made) -> None:
    asking = [
        node
        for made in (sample, other)
        for page in made.built.rendered.values()
        for node in json.loads(page.structured_data[0])["@graph"]
        if node["@type"] == "ImageObject" and "contentUrl" in node
    ]
    assert asking
    assert all("creditText" in node for node in asking)


# --- the judges can refuse -----------------------------------------------------------------------------------------

ORGANIZATION = {"@type": "Organization", "@id": "https://a.example/#a", "name": "A", "url": "https://a.example/"}
BUSINESS = ORGANIZATION | {"@type": "MedicalBusiness"}
PAGE = {"@type": "WebPage", "@id": "https://a.example/#page", "about": {"@id": "https://a.example/#a"}}
CRUMB = {"@type": "ListItem", "position": 1, "name": "A", "item": {"@id": "https://a.example/#page"}}


def _no_property(name: str, type_: str, node: str) -> set[Message]:
    return {
        _vocabulary(node, f"{name} is not a property of {type_}"),
        _google(
            "WARNING", node, f'Property "{name}" for type "{type_}" is not supported by the schema.org specification'
        ),
    }


def _no_type(name: str, node: str) -> set[Message]:
    return {
        _vocabulary(node, f"{name} is not a type"),
        _google("ERROR", node, f'Type "{name}" is not a valid schema.org type'),
    }


CONTROLS: Final[dict[str, tuple[list[dict[str, Any]], set[Message]]]] = {
    "nothing-wrong": ([ORGANIZATION, PAGE], set()),
    "medicalSpecialty": (
        [BUSINESS | {"medicalSpecialty": "Psychiatric"}],
        _no_property("medicalSpecialty", "MedicalBusiness", "MedicalBusiness"),
    ),
    "isAcceptingNewPatients": (
        [BUSINESS | {"isAcceptingNewPatients": True}],
        _no_property("isAcceptingNewPatients", "MedicalBusiness", "MedicalBusiness"),
    ),
    "misspelt-property": (
        [PAGE | {"headlin": "A"}, ORGANIZATION],
        _no_property("headlin", "WebPage", "WebPage"),
    ),
    "property-of-a-nested-node": (
        [ORGANIZATION | {"contactPoint": [{"@type": "ContactPoint", "priceRange": "$"}]}],
        _no_property("priceRange", "ContactPoint", "Organization > contactPoint"),
    ),
    "unknown-type": ([ORGANIZATION | {"@type": "Therapist"}], _no_type("Therapist", "Therapist")),
    "unknown-nested-type": (
        [ORGANIZATION | {"address": {"@type": "Adress"}}],
        _no_type("Adress", "Organization > address"),
    ),
    "deprecated-type": (
        [ORGANIZATION | {"@type": "Taxi"}],
        {_vocabulary("Taxi", "Taxi is deprecated. Use TaxiService instead.")},
    ),
    "deprecated-property": (
        [PAGE | {"@type": "MedicalWebPage", "aspect": "A"}, ORGANIZATION],
        {
            _vocabulary(
                "MedicalWebPage",
                "aspect is deprecated. Consider using https://schema.org/mainContentOfPage instead.",
            )
        },
    ),
    "nested-node-out-of-range": (
        [ORGANIZATION | {"logo": {"@type": "Person", "name": "A"}}],
        {_vocabulary("Organization", "logo is Person, not ImageObject or URL")},
    ),
    "node-referred-to-out-of-range": (
        [ORGANIZATION, PAGE | {"breadcrumb": {"@id": "https://a.example/#a"}}],
        {_vocabulary("WebPage", "breadcrumb is Organization, not BreadcrumbList or Text")},
    ),
    "id-of-nothing": ([PAGE], {_vocabulary("WebPage", "about is an id that no node of the page has, not Thing")}),
    "node-without-a-type": (
        [ORGANIZATION | {"address": {"addressLocality": "A"}}],
        {_vocabulary("Organization", "address is an object without a type, not PostalAddress or Text")},
    ),
    "day-and-time": (
        [{"@type": "OpeningHoursSpecification", "dayOfWeek": "Mon", "opens": "9 am"}],
        {
            _vocabulary("OpeningHoursSpecification", "dayOfWeek is a text, not DayOfWeek"),
            _vocabulary("OpeningHoursSpecification", "opens is a text, not Time"),
        },
    ),
    "date": (
        [{"@type": "BlogPosting", "datePublished": "November 2026"}],
        {_vocabulary("BlogPosting", "datePublished is a text, not Date or DateTime")},
    ),
    "number": (
        [{"@type": "ListItem", "name": "A", "position": 1.5}],
        {_vocabulary("ListItem", "position is a number, not Integer or Text")},
    ),
    "keyword-that-hides-nodes": (
        [ORGANIZATION | {"@reverse": {"about": {"@type": "Therapist"}}}],
        {_vocabulary("Organization", "@reverse is not a property of Organization")},
    ),
    "way-of-one-step": (
        [{"@type": "BreadcrumbList", "itemListElement": [CRUMB]}, PAGE, ORGANIZATION],
        {_google("WARNING", "BreadcrumbList", "At least two ListItems are required")},
    ),
    "person-without-a-name": (
        [{"@type": "Person", "jobTitle": "A"}],
        {_google("ERROR", "Person", 'Required attribute "name" is missing')},
    ),
}


def _html(data: str) -> str:
    return f'<!doctype html><title>A</title><script type="application/ld+json">{data}</script>'


@pytest.fixture(scope="module")
def controls(judge: Judge, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Message]]:
    """All controls, judged in one go."""
    folder = tmp_path_factory.mktemp("controls")
    for name, (graph, _) in CONTROLS.items():
        document = {"@context": "https://schema.org", "@graph": graph}
        (folder / f"{name}.html").write_text(_html(json.dumps(document)), encoding="utf-8")
    return {page.file.stem: list(page.messages) for page in judge(folder)}


@pytest.mark.parametrize("name", CONTROLS)
def test_a_fault_is_refused_by_name(name: str, controls: dict[str, list[Message]]) -> None:
    _, expected = CONTROLS[name]
    assert sorted(controls[name]) == sorted(expected)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ('{"@context": "https://schema.org", "@graph": [}', "Could not parse JSON-LD"),
        ('{"@graph": [{"@type": "Thing"}]}', "JSON-LD object missing @context attribute"),
        ('{"@context": "https://schema.org", "@graph": [{"name": "A"}]}', "JSON-LD object missing @type attribute"),
    ],
    ids=["no-json", "no-context", "no-type"],
)
def test_a_block_that_cannot_be_read_is_refused(data: str, text: str, judge: Judge, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(_html(data), encoding="utf-8")
    (page,) = judge(tmp_path)
    assert set(page.messages) == {_google("ERROR", "jsonld", text)}
