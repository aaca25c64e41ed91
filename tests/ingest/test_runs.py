"""Runs of words that texts share, and the sketch by which such texts are found."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Span
from ingest.runs import BANDS, Run, Words, bands, runs
from tests.effort import steps

WORDS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=40).map(" ".join)
VOCABULARY = [f"{one}{two}" for one in "bdfgklmnprst" for two in ("a", "e", "i", "o", "u", "ar", "en", "il", "os")]


def prose(words: int, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join("".join(rng.sample(VOCABULARY, 2)) for _ in range(words))


def test_words_are_the_same_whatever_marks_stand_around_them() -> None:
    one, other = Words("“We didn’t ask,\n he said.”"), Words("we DIDN'T ask; he said")
    assert one.keys == other.keys == ["we", "didn't", "ask", "he", "said"]
    assert one.span(1, 2).of(one.text) == "didn’t ask"
    assert list(one.within(Span(1, 13))) == [0, 1]
    assert list(one.within(Span(2, 15))) == [1, 2]


@given(WORDS, WORDS, st.integers(1, 4))
def test_runs_stand_in_both_texts_and_miss_none(first: str, second: str, least: int) -> None:
    one, other = Words(first), Words(second)
    found = runs(one, other, least)
    reached = 0
    covered: set[int] = set()
    for run in found:
        assert run.words >= least
        assert run.one >= reached
        reached = run.one + run.words
        covered.update(range(run.one, reached))
        assert one.keys[run.one : reached] == other.keys[run.other : run.other + run.words]
    for at in range(len(one) - least + 1):
        here = one.keys[at : at + least]
        if any(other.keys[there : there + least] == here for there in range(len(other) - least + 1)):
            assert covered & set(range(at, at + least))


def test_a_text_that_repeats_itself_costs_no_more_than_its_length() -> None:
    short, long = Words("well " * 500), Words("well " * 16_000)
    once = steps(lambda: runs(short, short, 8))
    found: list[Run] = []
    many = steps(lambda: found.extend(runs(long, long, 8)))
    assert [run.words for run in found] == [16_000]
    # Thirty-two times the words; the square of that would be a thousand.
    assert many < 100 * once


def test_texts_that_share_much_have_bands_in_common_and_others_none() -> None:
    text = prose(300, 1)
    words = text.split()
    edited = " ".join([*words[:100], "new", *words[101:200], "words", *words[202:]])
    assert len(bands(Words(text))) == BANDS
    assert set(bands(Words(text))) & set(bands(Words(edited)))
    assert set(bands(Words(text))) == set(bands(Words(text.upper() + "!")))
    assert not set(bands(Words(text))) & set(bands(Words(prose(300, 2))))
    assert bands(Words("Too few words.")) == []


def test_the_sketch_is_the_same_on_every_machine() -> None:
    # Bands lie in the graph: were they made otherwise by another release, copies would be missed in silence.
    assert bands(Words("one two three four five six seven eight"))[:2] == ["0dd14ec5a9e3", "6afb3ffcebb5"]
