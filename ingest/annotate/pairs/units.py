"""Units of measure and currencies, and what a number with one comes to in the first unit of its dimension."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

_DIMENSIONS: dict[str, dict[str, float]] = {
    "time": {
        "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 365.25 / 12, "year": 365.25, "hour": 1 / 24, "hr": 1 / 24,
        "minute": 1 / 1440, "min": 1 / 1440, "second": 1 / 86_400, "sec": 1 / 86_400,
    },
    "length": {
        "m": 1.0, "metre": 1.0, "meter": 1.0, "kilometre": 1e3, "kilometer": 1e3, "km": 1e3, "centimetre": 0.01,
        "centimeter": 0.01, "cm": 0.01, "millimetre": 0.001, "millimeter": 0.001, "mm": 0.001, "mile": 1609.344,
        "yard": 0.9144, "foot": 0.3048, "feet": 0.3048, "ft": 0.3048, "inch": 0.0254, "inche": 0.0254,
    },
    "mass": {
        "kilogram": 1.0, "kilo": 1.0, "kg": 1.0, "gram": 0.001, "tonne": 1e3, "ton": 1e3, "pound": 0.45359237,
        "lb": 0.45359237, "ounce": 0.02834952, "oz": 0.02834952,
    },
    "area": {"hectare": 1.0, "acre": 0.40468564},
    "speed": {"kph": 1.0, "kmh": 1.0, "mph": 1.609344},
    "volume": {"litre": 1.0, "liter": 1.0, "gallon": 3.785411784},
    "energy": {"kilowatt": 1.0, "kw": 1.0, "megawatt": 1e3, "mw": 1e3, "gigawatt": 1e6, "gw": 1e6},
}  # fmt: skip
_SQUARE = {"metre": 1e-4, "meter": 1e-4, "kilometre": 100.0, "kilometer": 100.0, "km": 100.0, "mile": 258.9988,
           "foot": 9.290304e-6, "feet": 9.290304e-6}  # fmt: skip
_UNITS = {name: (dimension, size) for dimension, held in _DIMENSIONS.items() for name, size in held.items()}
_DEGREES = {"c": "celsius", "celsius": "celsius", "centigrade": "celsius", "f": "fahrenheit",
            "fahrenheit": "fahrenheit"}  # fmt: skip

IN_PARTS = frozenset({"time", "length", "mass"})
"""Dimensions in which two numbers may be one value: "two years and six months", "6ft 2 inches"."""

SIGNS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
CURRENCIES = {
    word: name
    for name, words in {
        "dollar": "dollar dollars usd cent cents", "euro": "euro euros eur", "pound": "pound pounds gbp", "yen": "yen",
        "yuan": "yuan", "rupee": "rupee rupees", "rouble": "rouble roubles ruble rubles", "franc": "franc francs",
    }.items()
    for word in words.split()
}  # fmt: skip

PERIODS = frozenset(
    {"second", "minute", "hour", "day", "week", "month", "quarter", "year", "night", "barrel", "gallon", "litre", "ton",
     "tonne", "head", "person", "capita"}
)  # fmt: skip
"""What a rate is told per."""


class Unit(NamedTuple):
    """What a value is measured in; ``size`` is that of one of it in the first unit of the dimension."""

    dimension: str
    size: float
    words: int
    """How many words name it."""


def unit(words: Sequence[str]) -> Unit | None:
    """The unit that the words after a number begin with, in lower case; none where they begin with none."""
    if not words:
        return None
    first = words[0]
    second = words[1] if len(words) > 1 else ""
    if first == "square" and (size := _SQUARE.get(second) or _SQUARE.get(second.removesuffix("s"))) is not None:
        return Unit("area", size, 2)
    if first in ("km", "kilometres", "kilometers", "miles") and list(words[1:3]) in (["per", "hour"], ["an", "hour"]):
        return Unit("speed", 1.609344 if first == "miles" else 1.0, 3)
    if first in ("year", "years") and second == "old":
        return Unit("age", 365.25, 2)
    if first in ("degree", "degrees"):
        return Unit(_DEGREES.get(second, "degree"), 1.0, 2 if second in _DEGREES else 1)
    if first in ("c", "f"):
        return Unit(_DEGREES[first], 1.0, 1)
    found = _UNITS.get(first) or _UNITS.get(first.removesuffix("s"))
    return None if found is None else Unit(*found, 1)
