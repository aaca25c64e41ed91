from __future__ import annotations

import pytest

from ingest.annotate.pairs.senses import APART, distance, opposed, same_word


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("purchased", "bought", 0),
        ("illness", "disease", 1),
        ("prison", "jail", 2),
        ("stocks", "prices", APART),
        ("searched", "found", APART),
        ("froze", "freeze", 0),
        ("ran", "ran", 0),
    ],
)
def test_words_are_as_far_apart_as_their_nearest_senses(one: str, other: str, apart: int) -> None:
    assert distance(one, other) == apart
    assert distance(other, one) == apart


@pytest.mark.parametrize("word", ["", "zzyzx", "paris", "1989", "é", "ing"])
def test_a_word_that_is_not_known_is_no_distance_from_any(word: str) -> None:
    assert distance(word, "stocks") is None
    assert not opposed(word, "stocks")
    assert not same_word(word, "stocks")


@pytest.mark.parametrize(("one", "other"), [("longer", "shorter"), ("accepted", "refuses"), ("safe", "dangerous")])
def test_antonyms_are_opposed_in_any_form_and_order(one: str, other: str) -> None:
    assert opposed(one, other)
    assert opposed(other, one)


@pytest.mark.parametrize(("one", "other"), [("company", "firm"), ("soldier", "sailor"), ("paid", "planned")])
def test_other_words_are_not_opposed(one: str, other: str) -> None:
    assert not opposed(one, other)


@pytest.mark.parametrize(("one", "other"), [("froze", "freezing"), ("stopped", "stop"), ("parties", "party")])
def test_forms_of_one_word_are_known(one: str, other: str) -> None:
    assert same_word(one, other)
    assert not same_word(one, "cathedral")
