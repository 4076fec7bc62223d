"""Plain text: words, slugs, cuts, comparison of phrases, nearest spelling."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local_seo import text, urls


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("Crème brûlée & co.", "creme-brulee-co"),
        ("What’s a mother’s job?", "whats-a-mothers-job"),
        ("العلاج النفسي", "العلاج-النفسي"),
        ("Straße İstanbul", "strasse-istanbul"),
        ("snake_case --- and/or", "snake-case-and-or"),
        ("日本語 2026", "日本語-2026"),
        ("ﬁrst weeks", "first-weeks"),
        ("🌵 ✨", ""),
        ("", ""),
    ],
)
def test_a_slug_keeps_letters_of_any_script_and_drops_accents(written: str, slug: str) -> None:
    assert text.slugify(written) == slug


@given(st.text())
def test_a_slug_can_stand_in_an_address_and_stays_what_it_is(written: str) -> None:
    slug = text.slugify(written)
    assert slug == "" or urls.is_slug(slug)
    assert text.slugify(slug) == slug


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("It’s a new-born, isn't it?", ["It’s", "a", "new-born", "isn't", "it"]),
        ("- one -- two_three", ["one", "two", "three"]),
        ("العلاج 24/7", ["العلاج", "24", "7"]),
        ("… !", []),
    ],
)
def test_a_hyphen_or_apostrophe_inside_keeps_a_word_whole(written: str, found: list[str]) -> None:
    assert text.words(written) == found


def test_content_words_are_folded_and_without_stop_words() -> None:
    assert text.content_words("Why the Café is for YOU and Élodie") == ["cafe", "elodie"]


def test_squeezing_takes_no_break_spaces_and_line_breaks_too() -> None:
    assert text.squeeze(" a\u00a0\n\t b ") == "a b"


def test_the_text_of_a_fragment_has_no_tags_and_no_entities() -> None:
    assert text.plain("<p>Tea&nbsp;&amp; <em>&lt;b&gt;</em>\n toast</p>") == "Tea & <b> toast"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Élodie’s", "elodie's"), ("STRASSE", "straße"), ("La  Quinta", "la quinta"), ("ﬁx", "fix")],
)
def test_folding_forgets_case_accents_and_curly_quotes(one: str, other: str) -> None:
    assert text.fold(one) == text.fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Therapist for new parents", "new-parent therapists"),
        ("postpartum depression", "Depression, postpartum"),
        ("baby blues", "Baby Blue"),
        ("families and babies", "family baby"),
        ("classes", "class"),
        ("toy boxes", "toy box"),
        ("family ties", "family tie"),
        ("new moms", "new mom"),
        ("Ángeles", "angeles"),
    ],
)
def test_keywords_are_the_same_whatever_their_order_number_and_hyphens(one: str, other: str) -> None:
    assert text.topic_key(one) == text.topic_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("step-by-step weaning", "step by step weaning"), ("in-home therapy", "in home therapy")],
)
def test_a_small_word_between_hyphens_makes_no_other_keyword(one: str, other: str) -> None:
    assert text.topic_key(one) == text.topic_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("birth trauma", "birth"), ("loss", "los"), ("crisis", "crisi"), ("bus", "bu"), ("gas", "ga")],
)
def test_keywords_that_only_look_alike_differ(one: str, other: str) -> None:
    assert text.topic_key(one) != text.topic_key(other)


@given(st.lists(st.from_regex(r"[a-z]{3,8}(-[a-z]{3,8})?", fullmatch=True)))
def test_a_keyword_is_the_same_in_any_order(words: list[str]) -> None:
    assert text.topic_key(" ".join(words)) == text.topic_key(" ".join(reversed(words)))


def test_only_the_first_letter_is_capitalised() -> None:
    assert [text.capitalised(written) for written in ("postpartum LCSW", "élan", "")] == ["Postpartum LCSW", "Élan", ""]


@pytest.mark.parametrize(
    ("written", "most", "cut"),
    [
        ("abc def", 7, "abc def"),
        ("abc def ghi", 8, "abc def…"),
        ("abc def ghi", 7, "abc…"),
        ("abc def ghi", 10, "abc def…"),
        ("abc, def ghi", 6, "abc…"),
        ("abc – def ghi", 8, "abc…"),
        ("abcdefgh", 4, "abc…"),
    ],
)
def test_a_cut_falls_between_words_and_says_so(written: str, most: int, cut: str) -> None:
    assert text.cut(written, most) == cut


@given(st.text(), st.integers(min_value=1, max_value=40))
def test_a_cut_text_is_a_beginning_of_the_whole_and_short_enough(written: str, most: int) -> None:
    cut = text.cut(written, most)
    assert len(cut) <= most
    assert cut == written or (cut.endswith("…") and written.startswith(cut[:-1]))


@given(st.lists(st.text(alphabet="abcxyz", min_size=1, max_size=9), min_size=2), st.integers(10, 60))
def test_no_word_is_cut_in_two_where_the_first_one_fits(words: list[str], most: int) -> None:
    cut = text.cut(" ".join(words), most).removesuffix("…")
    assert cut.split() == words[: len(cut.split())]


@pytest.mark.parametrize(
    ("names", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_names_are_joined_as_an_english_list(names: list[str], said: str) -> None:
    assert text.joined(iter(names)) == said


def test_the_last_joint_of_a_list_can_be_another_word() -> None:
    assert text.joined(["a", "b", "c"], "or") == "a, b or c"


@pytest.mark.parametrize(
    ("found", "remedy"),
    [
        ("Palm Dessert", 'did you mean "Palm Desert"?'),
        ("PALM DÉSERT", 'did you mean "Palm Desert"?'),
        ("Reykjavík", "allowed: Indio, Palm Desert"),
        ("The City of Palm Desert, California", 'did you mean "Palm Desert"?'),
        ("Desert", 'did you mean "Palm Desert"?'),
        ("Ind", 'did you mean "Indio"?'),
        ("In", "allowed: Indio, Palm Desert"),
    ],
)
def test_a_remedy_names_the_nearest_spelling_or_all_of_them(found: str, remedy: str) -> None:
    assert text.nearest(found, ["Palm Desert", "Indio", "Indio"]) == remedy


def test_a_part_of_two_names_is_near_neither() -> None:
    assert text.near("Palm", ["Palm Desert Country Club", "North Palm Springs"]) == ""


@pytest.mark.parametrize(
    ("found", "meant"),
    [
        ("articles/gone.md", ""),
        ("articles/naps-and-nihgts.md", "articles/naps-and-nights.md"),
        ("images/lamp.jpg", ""),
        ("article/g-same.md", "articles/g-same.md"),
        ("/aeras/indio/", "/areas/indio/"),
        ("/areas/indio", "/areas/indio/"),
        ("/blog", "/blog/"),
    ],
)
def test_a_file_is_near_another_by_its_own_name(found: str, meant: str) -> None:
    known = ["articles/g-same.md", "articles/naps-and-nights.md", "images/fake.jpg", "/areas/indio/", "/blog/", "/"]
    assert text.near(found, known) == meant


def test_a_remedy_names_at_most_a_dozen() -> None:
    remedy = text.nearest("zzz", [f"n{number:02}" for number in range(13)])
    assert remedy == "allowed: n00, n01, n02, n03, n04, n05, n06, n07, n08, n09, n10, n11, …"


def test_a_remedy_that_names_them_all_says_no_more() -> None:
    assert not text.nearest("zzz", [f"n{number:02}" for number in range(12)]).endswith("…")


def test_where_nothing_is_allowed_the_remedy_is_to_remove_it() -> None:
    assert text.nearest("Indio", []) == "remove it"


def test_a_quoted_value_stands_on_one_short_line() -> None:
    assert text.quoted("a\nb") == '"a b"'
    assert text.quoted("x" * 80, 10) == '"xxxxxxxxx…"'
    assert text.quoted("x" * 61) == f'"{"x" * 59}…"'
    assert text.quoted(42) == '"42"'
