"""Links in running text: which mentions become links, which never do, and that nothing else changes."""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from local_seo import compose, edits, limits, text
from local_seo.cache import Kept
from local_seo.enrich import autolink
from local_seo.model.practice import Prose
from local_seo.read.html import outline

from .factories import (
    FACTS,
    INFANT,
    MARISELA,
    POSTPARTUM,
    a_document,
    a_site,
    an_area,
    an_article,
    digested,
    html_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from local_seo.model.body import Body
    from local_seo.model.document import Document
    from local_seo.model.site import Site

SERVICE = "/services/postpartum-therapy/"
SERVICES = (
    a_document("services/postpartum-therapy.md", title=Prose("After a birth")),
    a_document("services/infant-parent-therapy.md", title=Prose("The two of you")),
)
FILL = "Some quiet words that say nothing of any page and go on for a while until the line is at its end. "


def placed(body: str, *others: Document, **front: Any) -> list[tuple[str, str]]:  # noqa: ANN401 - any key
    """Words and address of the links that a long article gets."""
    facts = front.pop("facts", FACTS)
    filled = f"{body}\n\n" + f"{FILL * 20}\n\n" * 3
    site = a_site(an_article("a", filled, **{"title": "Zzz", **front}), *SERVICES, *others, facts=facts)
    return [(link.text, link.url) for link in compose.text_links(site).get("articles/a.md", ())]


# --- what is found --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("We offer postpartum therapy here.", "postpartum therapy"),
        ("POSTPARTUM THERAPY is here.", "POSTPARTUM THERAPY"),
        ("A postpartum therapist helps.", "postpartum therapist"),
        ("Two postpartum therapists help.", "postpartum therapists"),
        ("Is it postpartum\ntherapy?", "postpartum therapy"),
        ("Is it postpartum&nbsp;therapy?", "postpartum therapy"),
        ("Is it postpartum&#160;therapy &amp; more?", "postpartum therapy"),
        ("It is postpartum\u00a0therapy.", "postpartum therapy"),
        ("An infant parent therapist helps.", "infant parent therapist"),
        ("An infant\u2011parent therapist helps.", "infant\u2011parent therapist"),
        ("An *infant-parent therapist* helps.", "infant-parent therapist"),
        ("Café, naïve, 🙂 – postpartum therapy 家", "postpartum therapy"),
        ("- a list\n- of postpartum therapy", "postpartum therapy"),
        ("“Sleep,” she said, and began postpartum therapy.", "postpartum therapy"),
    ],
)
def test_every_form_of_a_phrase_is_found(written: str, words: str) -> None:
    assert [said for said, _ in placed(written)] == [words]


@pytest.mark.parametrize(
    "written",
    [
        "## Postpartum therapy",
        "`postpartum therapy`",
        "    postpartum therapy",
        "> postpartum therapy",
        "[postpartum therapy](https://www.example.org/)",
        "**Postpartum therapy** helps.",
        "| postpartum therapy | b |\n|---|---|\n| postpartum therapy | d |",
        "Postpartum therapy\n:   is a thing.",
        "<figure><figcaption>postpartum therapy</figcaption></figure>",
        "<details><summary>postpartum therapy</summary></details>",
        "Words.[^1]\n\n[^1]: More on postpartum therapy.",
        '<em lang="es">postpartum therapy</em>',
        "<p>A <q>postpartum therapy</q> b.</p>",
        "<!-- postpartum therapy -->",
        "She said, “I had postpartum therapy once.”",
        "She said, “I had *more* than postpartum therapy once.”",
    ],
)
def test_nothing_is_linked_where_a_link_would_be_wrong(written: str) -> None:
    assert placed(written) == []


@pytest.mark.parametrize(
    "written",
    [
        "postpartum therapyx",
        "xpostpartum therapy",
        "postpartum, therapy",
        "postpartum. Therapy",
        "postpartum and therapy",
        "non-postpartum therapy",
        "postpartum therapy-like",
        "postpartum_therapy",
        "postpartum therapy_x",
        "www.postpartum therapy.example",
        "postpartum therapist’s",
        "post*partum therapy*",
        "*x*postpartum therapy",
        "*postpartum therapy*x",
        "postpartum therapy\u0301",
        "postpartum <br>therapy",
    ],
)
def test_a_part_of_something_longer_is_no_mention(written: str) -> None:
    assert placed(written) == []


def test_a_part_of_a_name_is_no_mention() -> None:
    assert placed("The Postpartum Therapy Institute of Nevada says so.") == []
    assert placed("Our Postpartum Therapy starts there.") == [("Postpartum Therapy", SERVICE)]


def test_the_plural_of_a_word_may_be_another_word() -> None:
    other = an_article("b", title="B", link_phrases=("baby blues",))
    assert placed("A baby blue blanket.", other) == []
    assert placed("The baby blues.", other) == [("baby blues", "/blog/b/")]


def test_the_longest_phrase_wins() -> None:
    facts = replace(FACTS, services=(replace(POSTPARTUM, keywords=(Prose("sad parent"),)), INFANT))
    other = an_article("b", title="B", link_phrases=("sad parent groups",))
    assert placed("Of sad parent groups.", other, facts=facts) == [("sad parent groups", "/blog/b/")]
    assert placed("Of sad parent homes.", other, facts=facts) == [("sad parent", SERVICE)]


def test_a_longer_phrase_that_is_no_mention_hides_no_shorter_one() -> None:
    facts = replace(FACTS, services=(replace(POSTPARTUM, keywords=(Prose("sad parent"),)), INFANT))
    other = an_article("b", title="B", link_phrases=("sad parent groups",))
    assert placed("Of a sad parent groups-like thing.", other, facts=facts) == [("sad parent", SERVICE)]


# --- what a phrase leads to -----------------------------------------------------------------------------------


def test_one_word_leads_somewhere_only_where_somebody_chose_it() -> None:
    others = [an_article("b", title="Anxiety", keywords=("anxiety",)), an_article("c", title="Night sleep")]
    assert placed("Anxiety and night sleep.", *others) == []
    assert placed("Anxiety.", replace_front(others[0], link_phrases=("anxiety",))) == [("Anxiety", "/blog/b/")]


def test_an_acronym_is_found_as_it_is_written() -> None:
    other = an_article("b", title="B", keywords=("EMDR",))
    assert placed("We use EMDR.", other) == [("EMDR", "/blog/b/")]
    assert placed("We use emdr.", other) == []


def test_titles_lead_to_articles_whole_and_up_to_the_colon() -> None:
    other = an_article("b", title="Why newborns cry: a guide")
    assert placed("I wrote about why newborns cry.", other) == [("why newborns cry", "/blog/b/")]
    the = an_article("b", title="The newborn cry")
    assert placed("It is the newborn cry.", the) == [("newborn cry", "/blog/b/")]


def test_a_phrase_of_two_pages_leads_nowhere() -> None:
    others = [an_article(name, title=name, link_phrases=("night feeds",)) for name in ("b", "c")]
    assert placed("Of night feeds.", *others) == []


def test_a_keyword_of_several_articles_leads_nowhere_and_their_topic_everywhere() -> None:
    two = [an_article(name, title=name, keywords=("newborn crying",)) for name in "bc"]
    assert placed("Of newborn crying.", *two) == []
    three = [*two, an_article("d", title="d", keywords=("newborn crying",))]
    topic = a_document("topics/newborn-crying.md", title=Prose("Crying"))
    assert placed("Of newborn crying.", *three) == []  # a topic without words is not to be found
    assert placed("Of newborn crying.", *three, topic) == [("newborn crying", "/topics/newborn-crying/")]


def test_people_and_services_in_places_have_pages_too() -> None:
    person = a_document(f"people/{MARISELA.id}.md")
    assert placed("Ask Marisela Quintero.", person) == [("Marisela Quintero", "/about/marisela-quintero/")]
    assert placed("A postpartum therapist in Indio.", an_area("indio")) == [
        ("postpartum therapist in Indio", "/areas/indio/")
    ]


def replace_front(document: Document, **changes: Any) -> Document:  # noqa: ANN401 - any key
    return replace(document, front=replace(document.front, **changes))


@pytest.mark.parametrize(
    "front",
    [
        {"status": "hidden"},
        {"status": "draft"},
        {"noindex": True},
        {"canonical": "https://a.example/"},
        {"date": "2027-01-01"},
        {"lang": "es"},
    ],
)
def test_nothing_leads_to_a_page_that_is_not_to_be_found(front: dict[str, Any]) -> None:
    other = an_article("b", title="B", link_phrases=("night feeds",), **front)
    assert placed("Of night feeds.", other) == []


# --- what is chosen -------------------------------------------------------------------------------------------


def test_a_page_gets_one_link_to_another_and_none_to_itself() -> None:
    twice = f"Of postpartum therapy. {FILL * 3} Of postpartum therapists."
    assert placed(twice) == [("postpartum therapy", SERVICE)]
    assert placed("Of night feeds.", link_phrases=("night feeds",)) == []


def test_no_link_to_what_the_writer_links_to() -> None:
    own = "[It]({filename}/services/postpartum-therapy.md#x) helps."
    assert placed(f"{own} {FILL * 3} Of postpartum therapy.") == []


def test_links_off_keeps_a_page_free() -> None:
    assert placed("Of postpartum therapy.", links="off") == []


def test_links_stand_apart() -> None:
    both = "Of postpartum therapy and infant-parent therapy."
    assert len(placed(both)) == 1
    assert len(placed(f"Of postpartum therapy. {FILL * 3} Of infant-parent therapy.")) == 2
    assert placed("[A study](https://www.example.org/) of postpartum therapy.") == []


def test_the_own_service_comes_first() -> None:
    both = "Of postpartum therapy and infant-parent therapy."
    assert placed(both, service="infant-parent-therapy") == [
        ("infant-parent therapy", "/services/infant-parent-therapy/")
    ]


def test_a_short_text_gets_few_links_and_a_long_one_not_many() -> None:
    others = [an_article(f"b{n}", title=f"b{n}", link_phrases=(f"subject {n} of nights",)) for n in range(20)]
    body = " ".join(f"Subject {n} of nights. {FILL * 3}" for n in range(20))
    assert len(placed(body, *others)) == limits.TEXT_LINKS_MOST
    site = a_site(an_article("a", "Of postpartum therapy."), *SERVICES)
    assert compose.text_links(site) == {}


def many(count: int, *phrases: str) -> Site:
    """Articles that name the service in these words, in turn."""
    articles = [
        an_article(
            f"a{n:03}",
            f"Of {phrases[n % len(phrases)]}.\n\n{FILL * 20}",
            title=f"a{n}",
            date=f"2026-01-{n % 28 + 1:02}",
        )
        for n in range(count)
    ]
    return a_site(*articles, *SERVICES)


@pytest.mark.parametrize(
    "phrases", [("postpartum therapy",), ("postpartum therapy", "postpartum therapist"), ("a", "postpartum therapy")]
)
def test_the_words_of_links_to_a_page_are_varied(phrases: tuple[str, ...]) -> None:
    site = many(40, *phrases)
    said = Counter(text.fold(link.text) for links in compose.text_links(site).values() for link in links)
    assert said
    assert all(uses <= limits.ANCHOR_USES_MOST or uses * 2 <= said.total() for uses in said.values()), said


def test_a_wording_that_is_used_up_makes_room_for_another_mention() -> None:
    articles = [
        an_article(f"a{n}", f"Of postpartum therapy. {FILL * 20} Of postpartum therapists.", title=f"a{n}")
        for n in range(4)
    ]
    links = compose.text_links(a_site(*articles, *SERVICES))
    assert [link.text for each in articles for link in links[each.path]] == [
        *["postpartum therapy"] * 3,
        "postpartum therapists",
    ]


def test_the_order_of_files_changes_nothing() -> None:
    documents = [
        *(an_article(name, f"Of postpartum therapy.\n\n{FILL * 20}", title=name, date="2026-01-01") for name in "abcd"),
        SERVICES[0],
    ]
    found = {tuple(sorted(compose.text_links(a_site(*order)).items())) for order in permutations(documents)}
    assert len(found) == 1


def test_links_that_were_written_in_leave_nothing_to_do() -> None:
    site = many(40, "postpartum therapy", "postpartum therapist", "postpartum therapists", "infant-parent therapy")
    links = compose.text_links(site)
    assert links
    written = []
    for document in site.documents:
        marks = [
            edit
            for link in links.get(document.path, ())
            for edit in (
                edits.Edit(link.start, link.start, f'<a href="{link.url}">'),
                edits.Edit(link.end, link.end, "</a>"),
            )
        ]
        written.append(replace(document, body=outline(edits.apply(document.body.html, marks))))
    assert compose.text_links(a_site(*written)) == {}


# --- what is remembered ---------------------------------------------------------------------------------------


def a_summed_up(name: str, body: str, **front: Any) -> Document:  # noqa: ANN401 - any key
    """An article with a summary: its first words are known to no other page, so an edit of them is one of words."""
    return an_article(name, body, summary="In short.", **front)


def kept_site(*documents: Document) -> Site:
    return a_site(*map(digested, (*documents, *SERVICES)))


NOTES = {
    "plain": f"{FILL * 20}",
    "service": f"Of postpartum therapy. {FILL * 20}",
    "feeds": f"Of night feeds and of long naps. {FILL * 20}",
    "owls": f"Of night feeds that owls have. {FILL * 20} Of *night feeds* again.",
}
NOTES_LINKED = [*NOTES.values(), f"As [I](/services/postpartum-therapy/) said of long naps. {FILL * 20}"]
WORDS_ALONE = st.fixed_dictionaries({"body": st.sampled_from(NOTES_LINKED)})
NOTE = st.fixed_dictionaries(
    {
        "body": st.sampled_from(NOTES_LINKED),
        "link_phrases": st.sampled_from([(), ("night feeds",), ("long naps",), ("NAP",), ("feeds that owls have",)]),
        "slug": st.none() | st.just("elsewhere"),
        "noindex": st.booleans(),
    }
)


@settings(max_examples=60, deadline=None)  # each makes three sites
@given(
    st.dictionaries(st.sampled_from("abcdefg"), NOTE, min_size=1),
    st.lists(st.dictionaries(st.sampled_from("abcdefg"), st.none() | NOTE | WORDS_ALONE, max_size=2), max_size=3),
)
def test_links_after_edits_are_those_of_a_cold_start(
    made: dict[str, dict[str, Any]], changes: list[dict[str, dict[str, Any] | None]]
) -> None:
    with TemporaryDirectory() as folder:
        now: dict[str, dict[str, Any] | None] = {**made}
        for change in [{}, *changes, {}]:
            # What is None is gone; what has only a text keeps all else, as most edits do.
            now |= {name: {**(now.get(name) or {}), **keys} if keys else None for name, keys in change.items()}
            site = kept_site(*(a_summed_up(name, title=name, **keys) for name, keys in now.items() if keys))
            # A memory of its own each time, as another process has.
            assert compose.text_links(site, Kept(Path(folder))) == compose.text_links(site)


def test_only_what_can_have_changed_is_searched_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[str] = []
    finding = autolink.mentions

    def remembered(body: Body, table: autolink.Table) -> autolink.Mentions:
        searched.extend(name for name, note in NOTES.items() if body.html.startswith(html_of(note)[:30]))
        return finding(body, table)

    def again(**changed: Document) -> list[str]:
        searched.clear()
        articles = {name: an_article(name, note, title=name) for name, note in NOTES.items()} | changed
        compose.text_links(kept_site(*articles.values()), Kept(tmp_path))
        return sorted(searched)

    monkeypatch.setattr(autolink, "mentions", remembered)
    assert again() == sorted(NOTES)
    assert again() == []
    edited = an_article("plain", f"{NOTES['plain']} And more.", title="plain")
    assert again(plain=edited) == ["plain"]
    assert again(plain=edited) == []
    # A new phrase: those that hold its words, and what was edited since all were searched.
    assert again(plain=replace_front(edited, link_phrases=("Long naps",))) == ["feeds", "plain"]
    elsewhere = replace(replace_front(edited, link_phrases=("Long naps",)), slug="elsewhere")
    assert again(plain=elsewhere) == []


WORDING = st.sampled_from(
    [
        "Postpartum therapy. ",
        "Postpartum therapies. ",
        "A postpartum therapist. ",
        "Infant-parent therapy. ",
        FILL,
        FILL * 4,
    ]
)


@settings(max_examples=40, deadline=None)  # as above
@given(
    st.lists(st.lists(WORDING, max_size=6).map("".join), min_size=6, max_size=9),
    st.lists(st.tuples(st.integers(0, 8), st.lists(WORDING, max_size=6).map("".join)), min_size=1, max_size=4),
)
def test_links_after_edits_of_words_are_those_of_a_cold_start(made: list[str], edits: list[tuple[int, str]]) -> None:
    """Wordings that are used up, too many links, links too close: what one text gets depends on the older ones."""
    with TemporaryDirectory() as folder:
        for number, words in [(0, made[0]), *edits]:
            made[number % len(made)] = words
            site = kept_site(
                *(a_summed_up(f"a{n}", f"{body}\n\n{FILL * 12}", title=f"a{n}") for n, body in enumerate(made))
            )
            assert compose.text_links(site, Kept(Path(folder))) == compose.text_links(site)


OTHER = f"[It](/services/infant-parent-therapy/) is told. {FILL * 3}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "Of postpartum therapy and infant-parent therapy.",
            f"Of postpartum therapy. {FILL} And infant-parent therapy.",
        ),
        (f"{OTHER} Of postpartum therapy.", f"{OTHER.replace('infant-parent', 'postpartum')} Of postpartum therapy."),
        (f"{OTHER} Of postpartum therapy.", f"{OTHER.replace(FILL, '')} Of postpartum therapy."),
        ("Of postpartum therapy.", "Of postpartum therapists."),
        ("Of postpartum therapy.", "Of nothing."),
    ],
)
def test_an_edit_of_words_can_change_what_is_chosen(tmp_path: Path, before: str, after: str) -> None:
    sites = [kept_site(a_summed_up("a", f"{words}\n\n{FILL * 20}", title="a")) for words in (before, after)]
    found = [compose.text_links(site, Kept(tmp_path)) for site in sites]
    assert found == [compose.text_links(site) for site in sites]
    assert found[0] != found[1]


def test_links_are_chosen_anew_only_where_the_choice_can_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[autolink._Chooser] = []
    choosing = autolink._Chooser.placed

    def remembered(chooser: autolink._Chooser) -> Mapping[str, Sequence[int]]:
        chosen.append(chooser)
        return choosing(chooser)

    monkeypatch.setattr(autolink._Chooser, "placed", remembered)

    def again(**changed: str) -> int:
        chosen.clear()
        found = compose.text_links(
            kept_site(*(a_summed_up(name, note, title=name) for name, note in {**NOTES, **changed}.items())),
            Kept(tmp_path),
        )
        assert [link.text for link in found["articles/service.md"]] == ["postpartum therapy"]
        return len(chosen)

    assert again() == 1
    assert again(service=f"Words in front move it. {NOTES['service']}") == 0
    assert again(service=f"Words in front move it. {NOTES['service']}", plain=NOTES["service"]) == 1


# --- properties -----------------------------------------------------------------------------------------------

TABLE = autolink.phrases(a_site(*SERVICES, an_article("b", title="B", link_phrases=("lächelnde Kinder", "EMDR"))))
WORDS = st.sampled_from(
    [
        "postpartum therapy",
        "Postpartum&nbsp;therapists",
        "infant-parent therapy",
        "lächelnde Kinder",
        "EMDR",
        "über",
        "家",
        "🙂",
        "e\u0301",
        "&amp;",
        "&lt;b&gt;",
        "“",
        "”",
        "’",
        "-",
        " ",
        ",",
        "İ",
        "ﬁ",
        "ß",
        "x",
        "\u00ad",
        "\n",
        "&#x27;",
        "&",
    ]
)
TAGS = sorted(autolink._CLOSED | {"em", "i", "p", "li", "ul", "span", "dd", "dl", "div", "small"})
RUN = st.lists(WORDS, max_size=8).map("".join)


@st.composite
def markup(draw: st.DrawFn, depth: int = 3) -> str:
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        parts.append(draw(RUN))
        if depth:
            tag = draw(st.sampled_from(TAGS))
            attribute = draw(
                st.sampled_from(["", ' lang="es"', ' class="footnote"', ' title="postpartum therapy > EMDR"'])
            )
            parts.append(f"<{tag}{attribute}>{draw(markup(depth - 1))}</{tag}>")
        parts.append(draw(st.sampled_from(["", "<br>", "<!-- EMDR <b> postpartum therapy -->", "</em>", "<p>"])))
    return "".join(parts)


@given(markup())
def test_a_mention_is_a_phrase_in_an_open_run_of_text(written: str) -> None:
    body = outline(written)
    found = autolink.mentions(body, TABLE).found
    inside = [e for e in body if e.tag in autolink._CLOSED or "lang" in e.attributes or e.attributes.get("class")]
    end = 0
    for each in found:
        raw = written[each.start : each.end]
        assert end <= each.start < each.end
        assert not set("<>“”") & set(raw)
        words = tuple(map(autolink._stem, re.findall(r"\w+", html.unescape(raw))))
        assert words == TABLE.phrases[each.phrase].words
        assert not any(e.start <= each.start < e.end for e in inside)
        assert all(each.end <= e.start or e.inside <= each.start for e in body)
        end = each.end


@given(markup())
def test_not_a_byte_outside_the_anchors_changes(written: str) -> None:
    found = autolink.mentions(outline(written), TABLE).found
    marks = [
        edit
        for each in found
        for edit in (edits.Edit(each.start, each.start, "\ue000"), edits.Edit(each.end, each.end, "\ue001"))
    ]
    linked = edits.apply(written, marks)
    assert linked.replace("\ue000", "").replace("\ue001", "") == written
    assert re.findall("\ue000([^\ue001]*)\ue001", linked) == [written[each.start : each.end] for each in found]
