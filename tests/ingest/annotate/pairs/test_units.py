from __future__ import annotations

import pytest

from ingest.annotate.pairs.units import Unit, unit


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("hours of rain", Unit("time", 1 / 24, 1)),
        ("square miles of forest", Unit("area", 258.9988, 2)),
        ("miles per hour", Unit("speed", 1.609344, 3)),
        ("years old", Unit("age", 365.25, 2)),
        ("degrees celsius", Unit("celsius", 1.0, 2)),
        ("degrees below zero", Unit("degree", 1.0, 1)),
        ("people", None),
        ("", None),
    ],
)
def test_the_unit_that_follows_a_number(words: str, found: Unit | None) -> None:
    assert unit(words.split()) == found
