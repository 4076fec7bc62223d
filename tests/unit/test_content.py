"""Everything that was read, held against itself: names, addresses, what a build may show."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from local_seo.model.document import Document, Fact, Reference
from local_seo.model.practice import Addresses, Facts, Prose
from local_seo.model.site import Withheld
from local_seo.read import content

from .factories import FACTS, PLACES, ZONE, a_document, an_article


def faults(
    *documents: Document,
    facts: Facts = FACTS,
    articles: frozenset[str] = frozenset(),
    calls: frozenset[str] = frozenset({"first-call"}),
) -> list[str]:
    return [str(finding) for finding in content.faults(documents, facts, articles=articles, calls=calls)]


def shown(*documents: Document, today: str = "2026-11-02", zone: dt.tzinfo = ZONE, preview: bool = False) -> list[str]:
    found, _ = content.visible(documents, dt.date.fromisoformat(today), zone, preview=preview)
    return [document.path for document in found]


# --- addresses ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("articles/floor-time.md", "/blog/floor-time/"),
        ("services/postpartum-therapy.md", "/services/postpartum-therapy/"),
        ("areas/indio.md", "/areas/indio/"),
        ("topics/sleep.md", "/topics/sleep/"),
        ("people/marisela-quintero.md", "/about/marisela-quintero/"),
        ("pages/contact.md", "/contact/"),
        ("pages/home.md", "/"),
        ("pages/blog.md", "/blog/"),
        ("pages/services.md", "/services/"),
        ("pages/areas.md", "/areas/"),
        ("pages/about.md", "/about/"),
        ("pages/404.md", "/404.html"),
    ],
)
def test_a_document_has_the_address_of_its_folder_and_name(path: str, url: str) -> None:
    assert content.url_of(a_document(path)) == url


# --- what a build may show ----------------------------------------------------------------------------------


def test_an_article_goes_out_on_its_day_in_the_practices_zone() -> None:
    article = an_article(date="2026-11-02")
    assert shown(article, today="2026-11-01") == []
    assert shown(article, today="2026-11-02") == [article.path]


def test_the_day_is_that_of_the_practice_whatever_zone_was_written() -> None:
    evening = an_article(date=dt.datetime(2026, 11, 3, 1, 0, tzinfo=dt.UTC))
    assert shown(evening, today="2026-11-02") == [evening.path]
    assert shown(evening, today="2026-11-02", zone=ZoneInfo("Asia/Tokyo")) == []


def test_what_is_withheld_says_why_and_what_it_would_have_been() -> None:
    draft = an_article("a", status="draft", image="images/a.png")
    later = an_article("b", date="2026-11-03")
    documents, withheld = content.visible((draft, later), dt.date(2026, 11, 2), ZONE, preview=False)
    assert documents == ()
    assert withheld == {
        "articles/a.md": Withheld(reason="a draft", url="/blog/a/", image="images/a.png"),
        "articles/b.md": Withheld(reason="an article that is not published before 2026-11-03", url="/blog/b/"),
    }


def test_a_preview_shows_everything() -> None:
    documents = (an_article("a", status="draft"), an_article("b", date="2099-01-01"), an_article("c", status="hidden"))
    assert set(shown(*documents, preview=True)) == {"articles/a.md", "articles/b.md", "articles/c.md"}
    assert shown(*documents) == ["articles/c.md"]


def test_articles_come_newest_first_and_the_rest_by_kind_and_name() -> None:
    documents = (
        a_document("pages/fees.md"),
        an_article("b", date="2026-10-01"),
        a_document("areas/indio.md"),
        an_article("c", date="2026-10-02"),
        a_document("services/postpartum-therapy.md"),
        an_article("a", date="2026-10-01"),
        a_document("pages/about.md"),
    )
    order = [
        "articles/c.md",
        "articles/a.md",
        "articles/b.md",
        "services/postpartum-therapy.md",
        "areas/indio.md",
        "pages/about.md",
        "pages/fees.md",
    ]
    assert shown(*documents) == order
    assert shown(*reversed(documents)) == order


# --- names --------------------------------------------------------------------------------------------------


def test_places_become_slugs_each_once_and_unknown_ones_are_left_out() -> None:
    facts = replace(FACTS, places=(replace(PLACES[0], aliases=("PD",)), *PLACES[1:]))
    article = an_article(cities=("INDIO", "PD", "palm-desert", "Atlantis", "Palm Desert"))
    (named,) = content.named([article], facts)
    assert named.front.cities == ("indio", "palm-desert")


def test_names_that_exist_are_no_fault() -> None:
    article = an_article(
        "a",
        cities=("Indio", "palm-desert"),
        service="postpartum-therapy",
        author="marisela-quintero",
        reviewer="marisela-quintero",
        reviewed=dt.datetime(2026, 10, 1, tzinfo=ZONE),
        cta="first-call",
        supports="b",
        related=("b", "c"),
    )
    assert faults(article, an_article("b"), articles=frozenset({"c"})) == []


@pytest.mark.parametrize(
    ("front", "fault"),
    [
        (
            {"cities": ["Indio", "Palm Dessert"]},
            'error[unknown-place]: unknown place "Palm Dessert" - did you mean "Palm Desert"?',
        ),
        (
            {"service": "postpartum"},
            'error[unknown-service]: unknown service "postpartum" - did you mean "postpartum-therapy"?',
        ),
        (
            {"author": "marisela"},
            'error[unknown-person]: unknown person "marisela" - did you mean "marisela-quintero"?',
        ),
        ({"cta": "zzz"}, 'error[unknown-call-to-action]: unknown call to action "zzz" - allowed: first-call'),
        ({"supports": "flor-time"}, 'error[unknown-article]: unknown article "flor-time" - did you mean "floor-time"?'),
        (
            {"related": ["floor-tim"]},
            'error[unknown-article]: unknown article "floor-tim" - did you mean "floor-time"?',
        ),
        ({"related": ["first-weeks"]}, 'error[unknown-article]: unknown article "first-weeks" - allowed: floor-time'),
    ],
)
def test_an_unknown_name_has_its_line_and_the_nearest_spelling(front: dict[str, Any], fault: str) -> None:
    assert faults(an_article(**front), an_article("floor-time")) == [f"articles/first-weeks.md:4: {fault}"]


def test_an_unknown_name_in_a_list_has_the_line_of_its_item() -> None:
    article = an_article(cities=("Indio", "Atlantis"))
    text = "---\ntitle: A\ndate: 2026-10-05\ncities:\n  - Indio\n  - Atlantis\n---\nWords.\n"
    lines = {"title": 2, "date": 3, "cities": 4}
    source = replace(article.source, text=text, key_lines=lines, body_line=8)
    (fault,) = faults(replace(article, source=source))
    assert fault.startswith("articles/first-weeks.md:6: error[unknown-place]: ")


def test_drafts_are_held_to_the_same_names() -> None:
    assert len(faults(an_article(status="draft", cities=("Atlantis",)))) == 1


# --- addresses of documents ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        (
            "services/postpartum.md",
            "error[unknown-service]: this file is named after no service of practice.toml - "
            'rename it or add the service; did you mean "postpartum-therapy"?',
        ),
        (
            "areas/palm-dessert.md",
            "error[unknown-place]: this file is named after no place of practice.toml - "
            'rename it or add the place; did you mean "palm-desert"?',
        ),
        (
            "people/devorah.md",
            "error[unknown-person]: this file is named after no person of practice.toml - "
            "rename it or add the person; allowed: marisela-quintero",
        ),
    ],
)
def test_services_areas_and_people_are_named_after_facts(path: str, fault: str) -> None:
    assert faults(a_document(path)) == [f"{path}:1: {fault}"]


@pytest.mark.parametrize(
    ("slug", "remedy"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("..", "a-few-words"),
        ("a/b", "a-b"),
        ("First Weeks", "first-weeks"),
        ("what's-new?", "whats-new"),
        ("a\u2028b", "a-b"),
        ("%2e%2e", "2e-2e"),
    ],
)
def test_a_slug_that_could_leave_its_folder_is_refused_with_its_line(slug: str, remedy: str) -> None:
    article = an_article("first")
    article = replace(article, slug=slug, front=replace(article.front, slug=slug))
    article = replace(article, source=replace(article.source, key_lines={"title": 2, "date": 3, "slug": 4}))
    (fault,) = faults(article)
    assert fault.startswith("articles/first.md:4: error[bad-address]: the address part ")
    assert fault.endswith(f"is not made of lower case letters, digits and hyphens - write slug: {remedy}")


def test_a_file_name_that_is_no_address_is_refused() -> None:
    assert faults(a_document("pages/Fees_2026.md")) == [
        'pages/Fees_2026.md:1: error[bad-address]: the address part "Fees_2026" is not made of lower case letters, '
        "digits and hyphens - write slug: fees-2026"
    ]


@pytest.mark.parametrize("slug", ["topics", "search", "images", "theme"])
def test_a_page_takes_no_address_of_the_site(slug: str) -> None:
    assert faults(a_document(f"pages/{slug}.md")) == [
        f"pages/{slug}.md:1: error[bad-address]: the address /{slug}/ belongs to the site itself - choose another slug"
    ]


@pytest.mark.parametrize("slug", ["es", "pt-br"])
def test_a_page_takes_no_address_of_a_translation(slug: str) -> None:
    assert faults(a_document(f"pages/{slug}.md")) == [
        f"pages/{slug}.md:1: error[bad-address]: the address /{slug}/ is kept for translations - choose a longer slug"
    ]
    assert faults(an_article(slug)) == []


@pytest.mark.parametrize("slug", ["home", "blog", "services", "areas", "about", "404"])
def test_a_page_may_head_a_listing(slug: str) -> None:
    assert faults(a_document(f"pages/{slug}.md")) == []


def test_an_article_may_be_called_like_a_listing() -> None:
    assert faults(an_article("search"), an_article("blog")) == []


def test_two_pages_on_one_address_name_both_files() -> None:
    one, other = an_article("a"), an_article("b", slug="a")
    assert faults(one, other) == [
        "articles/b.md:4: error[same-address]: two pages on /blog/a/: this one and articles/a.md - change one slug"
    ]
    assert faults(other, one) == faults(one, other)


# --- values -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("alias", ["/old/", "/2019/05/old.html", "/العلاج/", "/a.b/"])
def test_an_old_address_is_one_of_this_site(alias: str) -> None:
    assert faults(an_article(aliases=[alias])) == []


@pytest.mark.parametrize(
    "alias", ["old", "//evil.example/", "/../x/", "/a/..", "/a/./b/", "/a b/", "/a?b=c", "/a#b", "/a\\b", "https://x/"]
)
def test_an_alias_that_is_no_address_of_this_site_is_refused_with_its_line(alias: str) -> None:
    assert faults(an_article(aliases=[alias])) == [
        f'articles/first-weeks.md:4: error[bad-address]: the alias "{alias}" is not an address of this site - '
        "write it as /old/address/"
    ]


def test_an_alias_that_is_taken_names_the_owner() -> None:
    assert faults(an_article("a"), an_article("b", aliases=["/blog/a/"])) == [
        "articles/b.md:4: error[same-address]: the old address /blog/a/ is taken by articles/a.md - "
        "delete one of the two"
    ]
    assert faults(an_article("a", aliases=["/x/"]), an_article("b", aliases=["/x/"])) == [
        "articles/b.md:4: error[same-address]: the old address /x/ is taken by articles/a.md - delete one of the two"
    ]


def test_an_address_cannot_be_gone_and_there() -> None:
    facts = replace(FACTS, addresses=Addresses(gone=("/blog/a/", "/old/")))
    assert faults(an_article("a"), facts=facts) == [
        "practice.toml: error[same-address]: /blog/a/ is gone, but articles/a.md has it - delete one"
    ]


@pytest.mark.parametrize(
    "canonical", ["http://a.example/x", "/blog/a/", "a.example/x", "javascript:x", "https:", "https:///x"]
)
def test_a_canonical_address_is_a_whole_one(canonical: str) -> None:
    assert faults(an_article(canonical=canonical)) == [
        f'articles/first-weeks.md:4: error[bad-address]: canonical "{canonical}" is not a web address - '
        "begin it with https://"
    ]


@pytest.mark.parametrize(
    "url", ["a.example", "/x/", "javascript:alert(1)", "mailto:a@b.example", "https:/x", "practice"]
)
def test_a_source_is_a_web_address(url: str) -> None:
    article = an_article(sources=(Reference(title=Prose("A"), url=url),))
    assert faults(article) == [
        f'articles/first-weeks.md:4: error[bad-address]: "{url}" in sources is not a web address - '
        "begin it with https://"
    ]


def test_the_source_of_a_fact_is_a_web_address_or_the_practice() -> None:
    facts = tuple(Fact(text=Prose("A"), source=source) for source in ("practice", "https://a.example/", "Practice"))
    assert faults(a_document("areas/indio.md", facts=facts)) == [
        'areas/indio.md:3: error[bad-address]: "Practice" in facts is not a web address - '
        "begin it with https://, or write practice"
    ]


def test_an_address_that_cannot_be_taken_apart_is_a_fault_like_any_other() -> None:
    broken = "https://[broken/"
    assert len(faults(an_article(canonical=broken))) == 1
    assert len(faults(an_article(sources=(Reference(title=Prose("A"), url=broken),)))) == 1


@pytest.mark.parametrize("focus", ["40% 30%", "0% 100%", "5% 0%"])
def test_a_focus_is_two_percentages(focus: str) -> None:
    assert faults(an_article(image_focus=focus)) == []


@pytest.mark.parametrize("focus", ["40%", "40 30", "101% 0%", "left top", "40%,30%", "-1% 0%"])
def test_another_focus_is_refused(focus: str) -> None:
    assert faults(an_article(image_focus=focus)) == [
        f'articles/first-weeks.md:4: error[wrong-value]: image_focus "{focus}" is not two percentages - '
        'write it as "40% 30%"'
    ]


@pytest.mark.parametrize("lang", ["english", "EN", "en-us", "e", "sp", "en_US", "zh-hans"])
def test_a_language_is_a_code(lang: str) -> None:
    assert faults(an_article(lang="es")) == []
    assert faults(an_article(lang=lang)) == [
        f'articles/first-weeks.md:4: error[wrong-value]: lang "{lang}" is not a language code - '
        "write one such as en or es"
    ]


def test_nothing_is_modified_before_it_is_there() -> None:
    assert faults(an_article(modified=dt.datetime(2026, 10, 4, tzinfo=ZONE))) == [
        "articles/first-weeks.md:4: error[wrong-value]: modified 2026-10-04 lies before date 2026-10-05 - "
        "mend one of the two"
    ]
    assert faults(an_article(modified=dt.datetime(2026, 10, 5, tzinfo=ZONE))) == []


def test_a_review_has_a_date_and_a_reviewer() -> None:
    assert faults(an_article(reviewer="marisela-quintero")) == [
        "articles/first-weeks.md:4: error[missing-key]: reviewer stands alone - reviewed and reviewer go together"
    ]
    assert faults(an_article(reviewed=dt.datetime(2026, 10, 5, tzinfo=ZONE))) == [
        "articles/first-weeks.md:4: error[missing-key]: reviewed stands alone - reviewed and reviewer go together"
    ]


@pytest.mark.parametrize("lang", ["es", "es-MX", "es-419", "zh-Hant", "fil"])
def test_a_language_may_have_script_and_region(lang: str) -> None:
    assert faults(an_article(lang=lang)) == []


# --- translations -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("written", ["sleep", "articles/sleep.md"])
def test_a_translation_names_its_original_by_slug_or_path(written: str) -> None:
    assert faults(an_article("sleep"), an_article("dormir", lang="es", translation_of=written)) == []


@pytest.mark.parametrize(
    ("front", "message"),
    [
        (
            {"lang": "es", "translation_of": "slep"},
            'error[unknown-translation]: translation_of "slep" is no file of articles/ - did you mean "sleep"?',
        ),
        (
            {"lang": "es", "translation_of": "articles/slep.md"},
            'error[unknown-translation]: translation_of "articles/slep.md" is no file of articles/ - '
            'did you mean "articles/sleep.md"?',
        ),
        (
            {"lang": "es", "translation_of": "fees"},
            'error[unknown-translation]: translation_of "fees" is no file of articles/ - allowed: schlafen, sleep',
        ),
        (
            {"lang": "es", "translation_of": "dormir"},
            "error[wrong-value]: translation_of names this file itself - name the original, or take it out",
        ),
        (
            {"lang": "es", "translation_of": "schlafen"},
            "error[wrong-value]: translation_of names articles/schlafen.md, which is a translation itself - "
            'name its original, "sleep"',
        ),
        (
            {"translation_of": "sleep", "status": "draft"},
            'error[wrong-value]: articles/sleep.md, which this translates, is in "en-US" too - '
            "say in lang which language this file is in",
        ),
    ],
)
def test_a_translation_of_nothing_is_told(front: dict[str, str], message: str) -> None:
    others = (
        an_article("sleep"),
        an_article("schlafen", lang="de", translation_of="sleep"),
        a_document("pages/fees.md"),
    )
    (found,) = faults(*others, an_article("dormir", **front))
    assert re.fullmatch(r"articles/dormir\.md:\d+: " + re.escape(message), found)


def test_one_language_has_one_translation() -> None:
    twice = (an_article(name, lang="es", translation_of="sleep") for name in ("a", "b"))
    (found,) = faults(an_article("sleep"), *twice)
    assert found.endswith(
        'error[ambiguous-name]: articles/a.md translates articles/sleep.md into "es" already - keep one of the two'
    )


def test_a_translation_of_a_file_with_faults_of_its_own_is_not_judged() -> None:
    assert faults(an_article("dormir", lang="es", translation_of="sleep"), articles=frozenset({"sleep"})) == []
