"""The one element of an article that names places for targeting."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from local_seo.enrich.targeting import place_url, targeting
from local_seo.model.practice import Facts, Prose, ServiceArea, Tags
from local_seo.model.view import Link, Targeting

from .factories import CITIES, FACTS, PLACES, a_document, a_site, an_area, an_article, page

if TYPE_CHECKING:
    from local_seo.model.document import Document
    from local_seo.model.site import Site

PHRASES = replace(FACTS, tags=Tags(style="phrases"))


def targeted(site: Site) -> Targeting:
    return targeting(page(site, "/blog/first-weeks/"), site)


def of_article(*others: Document, facts: Facts = FACTS, **front: Any) -> Targeting:  # noqa: ANN401 - any key
    return targeted(a_site(an_article(**front), *others, facts=facts))


def said(found: Targeting) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in found.parts)


def addresses(found: Targeting) -> dict[str, str]:
    return {part.text: part.url for part in found.parts if isinstance(part, Link)}


def sentence(words: str, **changes: Any) -> Facts:  # noqa: ANN401 - any field of [service_area]
    area = ServiceArea(name=Prose("the Coachella Valley"), sentence=Prose(words), **changes)
    return replace(FACTS, service_area=area)


def test_of_fifteen_cities_six_are_named_and_nearby_leads_to_all() -> None:
    found = of_article(cities=CITIES)
    assert said(found) == (
        "Saltbush Family Therapy works with families in Palm Desert, Rancho Mirage, Indian Wells, La Quinta, Indio, "
        "Palm Springs and nearby."
    )
    assert addresses(found) == {
        "Palm Desert": "/areas/#palm-desert",
        "Rancho Mirage": "/areas/#rancho-mirage",
        "Indian Wells": "/areas/#indian-wells",
        "La Quinta": "/areas/#la-quinta",
        "Indio": "/areas/#indio",
        "Palm Springs": "/areas/#palm-springs",
        "nearby": "/areas/",
    }


def test_six_cities_need_no_nearby() -> None:
    assert said(of_article(cities=CITIES[:6])).endswith("La Quinta, Indio and Palm Springs.")


@pytest.mark.parametrize(
    ("cities", "end"),
    [
        (("Indio",), "in Indio."),
        (("Indio", "Mecca"), "in Indio and Mecca."),
        (("Mecca", "Indio", "Thermal"), "in Mecca, Indio and Thermal."),
    ],
)
def test_few_cities_are_named_as_people_say_them_in_the_writers_order(cities: tuple[str, ...], end: str) -> None:
    assert said(of_article(cities=cities)) == f"Saltbush Family Therapy works with families {end}"


def test_an_article_without_places_names_the_practices_first_ones() -> None:
    assert said(of_article()) == said(of_article(cities=CITIES))
    two = replace(FACTS, places=PLACES[:2])
    assert said(of_article(facts=two)).endswith("in Palm Desert and Rancho Mirage.")


def test_one_named_place_of_two_is_that_place_and_nearby() -> None:
    found = of_article(facts=sentence("In {cities}.", max_named=1), cities=("Indio", "Mecca"))
    assert found.parts == ("In ", Link("Indio", "/areas/#indio"), " and ", Link("nearby", "/areas/"), ".")


def test_a_place_with_a_page_of_its_own_is_linked_there() -> None:
    site = a_site(an_article(cities=("Indio", "Mecca")), an_area("indio"))
    assert addresses(targeted(site)) == {"Indio": "/areas/indio/", "Mecca": "/areas/#mecca"}
    assert place_url(PLACES[4], site) == "/areas/indio/"


def test_an_area_below_the_gate_keeps_its_line() -> None:
    site = a_site(an_article(cities=("Indio",)), a_document("areas/indio.md"))
    assert addresses(targeted(site)) == {"Indio": "/areas/#indio"}


def test_every_field_of_the_sentence_is_filled() -> None:
    facts = sentence("{practice} of {area}: {cities}, {telehealth}.", telehealth=Prose("California"))
    assert said(of_article(facts=facts, cities=("Indio",))) == (
        "Saltbush Family Therapy of the Coachella Valley: Indio, California."
    )


def test_a_sentence_may_begin_and_end_with_the_places() -> None:
    found = of_article(facts=sentence("{cities}"), cities=("Indio",))
    assert found.parts == (Link("Indio", "/areas/#indio"),)
    found = of_article(facts=sentence("{cities}{cities}"), cities=("Indio",))
    assert found.parts == (Link("Indio", "/areas/#indio"), Link("Indio", "/areas/#indio"))


def test_text_between_links_is_one_part() -> None:
    found = of_article(facts=sentence("{practice} in {area} and {cities}"), cities=("Indio",))
    assert found.parts == ("Saltbush Family Therapy in the Coachella Valley and ", Link("Indio", "/areas/#indio"))


def test_braces_in_a_name_stay_what_they_are() -> None:
    facts = replace(sentence("{practice}: {cities}"), practice=replace(FACTS.practice, name=Prose("The {area} <b>")))
    assert said(of_article(facts=facts, cities=("Indio",))) == "The {area} <b>: Indio"


def test_a_capital_in_the_braces_capitalises() -> None:
    facts = sentence("{Area} is where we work: {cities}.")
    assert said(of_article(facts=facts, cities=("Indio",))) == "The Coachella Valley is where we work: Indio."


def test_a_service_names_the_practices_own_places() -> None:
    site = a_site(a_document("services/postpartum-therapy.md"))
    found = targeting(page(site, "/services/postpartum-therapy/"), site)
    assert said(found).endswith("Indio, Palm Springs and nearby.")


# --- phrases ------------------------------------------------------------------------------------------------


def test_phrases_link_the_service_and_the_places_that_have_pages() -> None:
    found = of_article(
        a_document("services/postpartum-therapy.md"),
        an_area("indio"),
        an_area("mecca"),
        facts=PHRASES,
        service="postpartum-therapy",
        cities=("Thermal", "Mecca", "Indio"),
    )
    assert found == Targeting(
        style="phrases",
        parts=(
            Link("Postpartum therapist in Thermal", "/services/postpartum-therapy/"),
            Link("Postpartum therapist in Mecca", "/areas/mecca/"),
            Link("Postpartum therapist in Indio", "/areas/indio/"),
            Link("Postpartum therapist in the Coachella Valley", "/areas/"),
        ),
    )


def test_there_are_at_most_eight_phrases_and_one_for_each_page() -> None:
    areas = [an_area(place.slug) for place in PLACES]
    found = of_article(
        *areas, a_document("services/postpartum-therapy.md"), facts=PHRASES, service="postpartum-therapy"
    )
    links = [part for part in found.parts if isinstance(part, Link)]
    assert len(links) == len(found.parts) == 8
    assert len({link.url for link in links}) == 8
    assert "#" not in "".join(link.url for link in links)


def test_without_any_page_one_phrase_leads_to_all_areas() -> None:
    assert of_article(facts=PHRASES, cities=CITIES).parts == (
        Link("Perinatal therapist in the Coachella Valley", "/areas/"),
    )


def test_where_nobody_has_a_role_the_practice_has() -> None:
    found = of_article(facts=replace(PHRASES, people=()))
    assert said(found) == "Saltbush Family Therapy in the Coachella Valley"
