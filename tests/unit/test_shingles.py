"""How alike two texts are, with what a copy would swap masked."""

from __future__ import annotations

import math
import os
import random
import subprocess
import sys
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from local_seo import shingles
from local_seo.shingles import MASK, Mask, alike, jaccard, likely, sketch

MASKED = Mask(["indio", "la quinta", "la quinta cove", "postpartum therapist", "", "92264-a"])


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a talk in indio.", ["a", "talk", "in", MASK]),
        ("la quinta's cove, la quinta cove", [MASK, "s", "cove", MASK]),
        ("indio, la quinta and la cove", [MASK, "and", "la", "cove"]),
        ("a postpartum-therapist of indiana", ["a", MASK, "of", "indiana"]),
        ("call (760) 555-0142 or +1 760.555.0142 now", ["call", MASK, "or", MASK, "now"]),
        ("92260, 92260-1234 or 92264-a in 2026", [MASK, "or", MASK, "in", "2026"]),
        ("12 of 345 in 24/7", ["12", "of", "345", "in", "24", "7"]),
        ("", []),
    ],
)
def test_names_and_numbers_that_a_copy_swaps_are_one_word(text: str, words: list[str]) -> None:
    assert MASKED.words(text) == words


def test_fewer_than_five_words_have_no_shingle() -> None:
    assert shingles.shingles("one two three four".split()) == frozenset()
    assert len(shingles.shingles("one two three four five".split())) == 1
    assert len(shingles.shingles(["word"] * 300)) == 1


def test_the_score_is_what_is_shared_of_all() -> None:
    one, other = shingles.shingles(list("abcdefgh")), shingles.shingles(list("abcdefxy"))
    assert jaccard(one, other) == 2 / 6
    assert jaccard(one, one) == 1
    assert jaccard(one, frozenset()) == jaccard(frozenset(), frozenset()) == 0


SETS = st.lists(st.frozensets(st.integers(0, 40)), max_size=12)


@given(SETS, st.sampled_from([0.01, 0.2, 0.29, 0.3, 0.5, 0.8, 1.0]))
def test_alike_finds_the_pairs_that_comparing_all_with_all_finds(sets: list[frozenset[int]], least: float) -> None:
    every = ((one, other, jaccard(sets[one], sets[other])) for one, other in combinations(range(len(sets)), 2))
    assert sorted(alike(sets, least)) == [pair for pair in every if pair[2] >= least]


@given(SETS, st.randoms())
def test_the_order_of_the_sets_changes_no_score(sets: list[frozenset[int]], chance: random.Random) -> None:
    order = chance.sample(range(len(sets)), len(sets))
    found = {frozenset({one, other}): score for one, other, score in alike(sets, 0.2)}
    again = {frozenset({order[o], order[t]}): score for o, t, score in alike([sets[n] for n in order], 0.2)}
    assert found == again


# Sizes of two sets, one of them too large for its sketch, and the score of the two.
PAIRS = [(300, 300, 0.3), (950, 950, 0.3), (950, 300, 0.3), (5000, 4000, 0.55), (950, 950, 0.2), (257, 250, 0.8)]


@pytest.mark.parametrize(("one", "other", "score"), PAIRS)
def test_sketches_tell_what_may_be_alike(one: int, other: int, score: float) -> None:
    chance = random.Random(one * other)  # noqa: S311 - no secret
    for _ in range(60):
        shared = math.ceil(score * (one + other) / (1 + score))
        hashes = [chance.getrandbits(63) for _ in range(one + other - shared)]
        sets = frozenset(hashes[:one]), frozenset(hashes[one - shared :])
        assert jaccard(*sets) >= score
        assert list(likely([sketch(each) for each in sets], score)) == [(0, 1)]


def test_sketches_of_what_has_little_in_common_are_told_apart() -> None:
    chance = random.Random(7)  # noqa: S311 - no secret
    shared = [chance.getrandbits(63) for _ in range(90)]
    sets = [frozenset([*shared, *(chance.getrandbits(63) for _ in range(900))]) for _ in range(40)]
    assert not list(likely([sketch(each) for each in sets], 0.3))


def test_sets_of_all_sizes_are_told_apart_whichever_they_meet() -> None:
    chance = random.Random(11)  # noqa: S311 - no secret
    hashes = [chance.getrandbits(63) for _ in range(3000)]
    sizes = [chance.choice([5, 40, 250, 256, 257, 300, 700, 2000]) + chance.randrange(9) for _ in range(60)]
    # Runs of one text, so that any two may have anything from nothing to all in common.
    starts = [chance.randrange(3000 - size) for size in sizes]
    sets = [frozenset(hashes[start : start + size]) for start, size in zip(starts, sizes, strict=True)]
    wanted = {(one, other) for one, other, _ in alike(sets, 0.3)}
    assert len({max(len(sets[one]), len(sets[other])) > 256 for one, other in wanted}) == 2
    assert wanted <= {*likely([sketch(each) for each in sets], 0.3)}


@given(SETS, st.sampled_from([0.01, 0.2, 0.3, 0.5, 0.8, 1.0]))
@example([frozenset({*range(4), *range(6, 15)}), frozenset(range(3)) | {4, 5}], 0.2)  # a fifth, to the letter
def test_small_sets_stand_whole_in_their_sketches(sets: list[frozenset[int]], least: float) -> None:
    wanted = {(one, other) for one, other, _ in alike(sets, least)}
    assert wanted <= set(likely([sketch(each) for each in sets], least))


@given(SETS, st.sampled_from([0.01, 0.2, 0.3, 0.5, 0.8, 1.0]), st.sets(st.integers(0, 11)))
def test_with_some_new_sets_the_pairs_of_these_are_found_and_no_others(
    sets: list[frozenset[int]], least: float, new: set[int]
) -> None:
    new = {index for index in new if index < len(sets)}
    sketches = [sketch(each) for each in sets]
    assert sorted(likely(sketches, least, new)) == sorted(pair for pair in likely(sketches, least) if new & {*pair})


def test_hashes_are_the_same_in_every_process() -> None:
    words = "one two three four five six".split()
    code = f"from local_seo import shingles; print(sorted(shingles.shingles({words})))"
    told = [
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, stdout=subprocess.PIPE, check=True
        ).stdout.decode()
        for seed in "12"
    ]
    assert told == [f"{sorted(shingles.shingles(words))}\n"] * 2


def test_a_limit_of_nothing_still_asks_for_something_shared() -> None:
    assert list(alike([frozenset({1}), frozenset({2}), frozenset({1, 3})], 0)) == [(0, 2, 0.5)]
