from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.annotate.pairs.quantities import Quantity, conflict, quantities


def values(text: str) -> list[tuple[str, float]]:
    return [(one.kind, round(one.value, 4)) for one in quantities(text)]


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
        ("two decades", [("number", 20)]),
        ("on 3 March 2021", [("day", 3), ("month", 3), ("year", 2021)]),
        ("March 3rd, 2021", [("month", 3), ("day", 3), ("year", 2021)]),
        ("they may march on", []),
        ("on Monday", [("weekday", 1)]),
        ("340 m above the ground", [("number", 340)]),
        ("one of them", []),
        ("a century and a half", [("number", 150)]),
        ("two and a half million", [("number", 2_500_000)]),
        ("two and a half years", [("number", 2.5)]),
        ("", []),
    ],
)
def test_numbers_and_dates_are_read_as_values(text: str, found: list[tuple[str, float]]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("It killed 120 people.", "It killed 210 people.", "number"),
        ("It killed 120 people.", "It killed people.", None),
        ("Some 1,500,000 fled.", "About 1.5m fled.", None),
        ("Two thirds agreed.", "About 67 percent agreed.", None),
        ("3 billion dollars", "3 million dollars", "money"),
        ("more than ten", "fewer than ten", "number"),
        ("more than ten", "ten", None),
        ("Seven of the nine judges", "Five of the nine judges", "number"),
        ("in March", "in May", "month"),
        ("In 1989 it closed.", "It closed in 1998.", "year"),
        ("on Monday, 4 June", "on 4 June", None),
        ("nearly 100 homes", "97 homes", None),
        ("100 homes", "97 homes", "number"),
        ("24 months in prison", "two years in prison", None),
        ("two years in prison", "three years in prison", "number"),
        ("24 hours", "24 days", "number"),
        ("within 48 hours", "within two days", None),
        ("over two decades", "over 20 years", None),
        ("20 centimetres", "0.2 metres", None),
        ("20 km away", "12 miles away", None),
        ("20 km away", "20 miles away", "number"),
        ("20 km away", "21 km away", "number"),
        ("a sentence of 20 years", "sentenced to 20", None),
    ],
)
def test_what_two_texts_give_differently(a: str, b: str, kind: str | None) -> None:
    assert conflict(quantities(a), quantities(b)) == kind
    assert conflict(quantities(b), quantities(a)) == kind


@given(st.text())
def test_any_string_is_read_and_agrees_with_itself(text: str) -> None:
    found = quantities(text)
    assert all(isinstance(one, Quantity) for one in found)
    assert conflict(found, found) is None
