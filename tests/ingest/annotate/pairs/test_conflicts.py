"""When the numbers and dates of two texts cannot both be so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.pairs.conflicts import Conflict, conflicts
from ingest.annotate.pairs.quantities import quantities


def found(a: str, b: str) -> list[Conflict]:
    return conflicts(quantities(a), quantities(b))


@pytest.mark.parametrize(
    ("a", "b", "kinds"),
    [
        ("It killed 120 people.", "It killed 210 people.", ["numbers"]),
        ("It killed 120 people.", "It killed people.", []),
        ("Some 1,500,000 fled.", "About 1.5m fled.", []),
        ("Two thirds agreed.", "About 67 percent agreed.", []),
        ("3 billion dollars", "3 million dollars", ["numbers"]),
        ("more than ten", "fewer than ten", []),
        ("more than ten", "ten", []),
        ("Seven of the nine judges", "Five of the nine judges", ["numbers"]),
        ("in March", "in May", ["dates"]),
        ("In 1989 it closed.", "It closed in 1998.", ["dates"]),
        ("on Monday, 4 June", "on 4 June", []),
        ("nearly 100 homes", "97 homes", []),
        ("100 homes", "97 homes", ["numbers"]),
        ("24 months in prison", "two years in prison", []),
        ("two years in prison", "three years in prison", ["numbers"]),
        ("24 hours", "24 days", ["numbers"]),
        ("within 48 hours", "within two days", []),
        ("over two decades", "over 20 years", []),
        ("20 centimetres", "0.2 metres", []),
        ("20 km away", "12 miles away", []),
        ("20 km away", "20 miles away", ["numbers"]),
        ("20 km away", "21 km away", ["numbers"]),
        ("a sentence of 20 years", "sentenced to 20", []),
        ("at least 17 dead", "more than 20 dead", []),
        ("at least 17 dead", "12 dead", ["numbers"]),
        ("up to 30", "28", []),
        ("no more than 30", "40", ["numbers"]),
        ("between 20 and 30 people", "25 people", []),
        ("between 20 and 30 people", "35 people", ["numbers"]),
        ("1.4 million", "1.45 million", []),
        ("1.4 million", "1,437,000", []),
        ("1.4 million", "1.5 million", ["numbers"]),
        ("3%", "3.2%", []),
        ("3.1%", "3.2%", ["numbers"]),
        ("a third of them", "33 percent of them", []),
        ("half of them", "a third of them", ["numbers"]),
        ("$1.3bn", "£1bn", []),
        ("$1.3bn", "$1bn", ["numbers"]),
        ("$24,000 a year", "$2,000 a month", []),
        ("40C", "104F", []),
        ("6ft", "1.83 metres", []),
        ("60mph", "97 km/h", []),
        ("two years and six months", "30 months", []),
        ("at 5 pm", "at 17:00", []),
        ("at 9:15", "at 11:40", ["dates"]),
        ("won 3-1", "won 2-1", ["numbers"]),
        ("voted 52-48", "voted 52 to 48", []),
        ("31 Abrams tanks", "M1 Abrams tanks", []),
        ("in the 1990s", "in 1994", []),
        ("in the 1990s", "in 2004", ["dates"]),
        ("rose to $15", "rose by $3", []),
        ("a 34-year-old man", "two men", []),
        ("3 dead in May", "4 dead in June", ["numbers", "dates"]),
    ],
)
def test_what_two_texts_give_differently(a: str, b: str, kinds: list[str]) -> None:
    assert [one.kind for one in found(a, b)] == kinds
    assert [one.kind for one in found(b, a)] == kinds


@pytest.mark.parametrize(
    ("a", "b"), [("an F-16", "an F-35"), ("at least 100 dead", "at least 10,000 dead"), ("Windows 10", "Windows 11")]
)
def test_what_is_another_claim_and_may_be_true_as_well(a: str, b: str) -> None:
    assert [one.contrary for one in found(a, b)] == [False]


def test_a_conflict_names_what_the_other_text_has_no_like_of() -> None:
    (one,) = found("3 dogs and 4 cats", "3 dogs and 5 cats")
    assert [each.value for each in one.ours] == [4]
    assert [each.value for each in one.theirs] == [5]


@given(st.text())
def test_any_string_agrees_with_itself(text: str) -> None:
    assert found(text, text) == []
