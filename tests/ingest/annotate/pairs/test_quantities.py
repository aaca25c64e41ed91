from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.pairs.quantities import Quantity, quantities


def values(text: str) -> list[tuple[str, float]]:
    return [(one.kind, round(one.value, 4)) for one in quantities(text)]


def only(text: str) -> Quantity:
    (found,) = quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1,500,000 people", [("number", 1_500_000)]),
        ("about 1.5 million people", [("number", 1_500_000)]),
        ("€2.4bn", [("money", 2_400_000_000)]),
        ("2.4 billion euros", [("money", 2_400_000_000)]),
        ("EUR 40m", [("money", 40_000_000)]),
        ("twenty-three judges", [("number", 23)]),
        ("two hundred and six", [("number", 200), ("number", 6)]),
        ("half a million votes", [("number", 500_000)]),
        ("one in four adults", [("share", 25)]),
        ("nine out of ten", [("share", 90)]),
        ("two thirds of voters", [("share", 66.6667)]),
        ("67 percent", [("share", 67)]),
        ("67 per cent", [("share", 67)]),
        ("67%", [("share", 67)]),
        ("two decades", [("number", 7305)]),
        ("on 3 March 2021", [("day", 3), ("month", 3), ("year", 2021)]),
        ("March 3rd, 2021", [("month", 3), ("day", 3), ("year", 2021)]),
        ("they may march on", []),
        ("on Monday", [("weekday", 1)]),
        ("340 m above the ground", [("number", 340)]),
        ("one of them", []),
        ("a century and a half", [("number", 54_787.5)]),
        ("two and a half million", [("number", 2_500_000)]),
        ("two and a half years", [("number", 913.125)]),
        ("on 2021-03-04", [("day", 4), ("month", 3), ("year", 2021)]),
        ("on Oct. 7", [("month", 10), ("day", 7)]),
        ("an F-16 and two B-52s", [("label", 16), ("number", 2), ("label", 52)]),
        ("under Section 230", [("label", 230)]),
        ("at 5 pm", [("clock", 300)]),
        ("at 17:20", [("clock", 320)]),
        ("won 3-1", [("score", 3)]),
        ("", []),
    ],
)
def test_numbers_and_dates_are_read_as_values(text: str, found: list[tuple[str, float]]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("text", "group", "value"),
    [
        ("48 hours", "time", 2),
        ("two years and six months", "time", 913.125),
        ("6ft 2 inches", "length", 1.8796),
        ("three square miles", "area", 776.9964),
        ("60 mph", "speed", 96.5606),
        ("60 miles an hour", "speed", 96.5606),
        ("40C", "celsius", 40),
        ("104 degrees Fahrenheit", "fahrenheit", 104),
        ("a 34-year-old man", "age", 12_418.5),
        ("A$40", "Adollar", 40),
        ("40 Canadian dollars", "canadian dollar", 40),
        ("$12 an hour", "dollar/hour", 12),
        ("4% a year", "/year", 4),
        ("0.25 percentage points", "points", 0.25),
        ("25 basis points", "points", 0.25),
        ("90 nurses", "", 90),
    ],
)
def test_what_a_number_is_of(text: str, group: str, value: float) -> None:
    found = only(text)
    assert (found.group, round(found.value, 4)) == (group, value)


@pytest.mark.parametrize(
    ("text", "bound", "top"),
    [
        ("more than ten", "least", None),
        ("no fewer than ten", "least", None),
        ("ten or more", "least", None),
        ("no more than ten", "most", None),
        ("up to ten", "most", None),
        ("10-12", "", 12),
        ("between ten and 12 million", "", 12e6),
        ("ten to twelve", "", 12),
        ("from ten to twelve", "", None),
        ("in 2021-24", "", 2024),
        ("the 1990s", "", 1999),
    ],
)
def test_bounds_and_ranges(text: str, bound: str, top: float | None) -> None:
    found = quantities(text)[0]
    assert (found.bound, found.top) == (bound, top)


@pytest.mark.parametrize(
    ("text", "grain"), [("1.4 million", 1e5), ("3%", 1), ("3.25%", 0.01), ("two million", 1e6), ("14", 1)]
)
def test_the_step_of_the_last_place(text: str, grain: float) -> None:
    assert only(text).grain == pytest.approx(grain)


def test_what_something_rose_by_is_not_what_it_rose_to() -> None:
    assert [one.part for one in quantities("It rose by 3% to 12% from 9%.")] == ["by", "to", "from"]


@given(st.text())
def test_any_string_is_read(text: str) -> None:
    assert all(isinstance(one, Quantity) for one in quantities(text))
