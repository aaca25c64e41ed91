"""The numbers and dates of a text as values, so that "1.5m", "1,500,000" and "one and a half million" are one number.

Plain functions of plain text. "One" is left out where it is a pronoun more often than a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "share", "money", "year", "month", "weekday", "day"]
Bound = Literal["", "least", "most"]

CLOSE, ROUGHLY = 0.006, 0.07
"""By what share two values may differ and still be one, and two of which one is given as about so much."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number or date. ``rough``: given as an estimate; ``bound``: at least or at most so much.

    A number with a unit has its ``dimension`` ("time", "length" and so on) and ``base``, the value in that dimension's
    first unit: 48 hours and two days are both 2 there.
    """

    kind: Kind
    value: float
    rough: bool = False
    bound: Bound = ""
    dimension: str = ""
    base: float = 0.0


_UNIT_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_UNITS = {word: value for value, word in enumerate(_UNIT_WORDS)}
_TEN_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: 10 * value for value, word in enumerate(_TEN_WORDS, 2)}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0,
           "m": 1e6, "mn": 1e6, "mln": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "k": 1e3,
           "decade": 10.0, "decades": 10.0, "century": 100.0, "centuries": 100.0,
           "hundreds": 0.0, "thousands": 0.0, "millions": 0.0, "billions": 0.0, "dozens": 0.0}  # fmt: skip
_PARTS = {"half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5,
          "sixth": 6, "eighth": 8, "tenth": 10, "tenths": 10}  # fmt: skip
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTHS = {month.lower(): number for number, month in enumerate(_MONTH_NAMES, 1)}
_SHORT_MONTHS = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
                 "oct": 10, "nov": 11, "dec": 12}  # fmt: skip
_DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = {day.lower(): number for number, day in enumerate(_DAY_NAMES, 1)}
_ROUGH = frozenset(
    {"about", "around", "roughly", "approximately", "some", "nearly", "almost", "close", "estimated", "circa", "near"}
)
_DIMENSIONS: dict[str, dict[str, float]] = {
    "time": {
        "day": 1.0, "week": 7.0, "fortnight": 14.0, "month": 365.25 / 12, "year": 365.25, "hour": 1 / 24, "hr": 1 / 24,
        "minute": 1 / 1440, "min": 1 / 1440, "second": 1 / 86_400, "sec": 1 / 86_400,
    },
    "length": {
        "m": 1.0, "metre": 1.0, "meter": 1.0, "kilometre": 1e3, "kilometer": 1e3, "km": 1e3, "centimetre": 0.01,
        "centimeter": 0.01, "cm": 0.01, "millimetre": 0.001, "millimeter": 0.001, "mm": 0.001, "mile": 1609.344,
        "yard": 0.9144, "foot": 0.3048, "feet": 0.3048, "inch": 0.0254, "inche": 0.0254,
    },
    "mass": {
        "kilogram": 1.0, "kilo": 1.0, "kg": 1.0, "gram": 0.001, "tonne": 1e3, "ton": 1e3, "pound": 0.45359237,
        "ounce": 0.02834952,
    },
    "area": {"hectare": 1.0, "acre": 0.40468564},
}  # fmt: skip
_UNITS_OF = {unit: (name, size) for name, held in _DIMENSIONS.items() for unit, size in held.items()}
_CONVERTED = 0.04
"""By what share the same measure may differ in two units: writers round what they convert."""
_YEARS = frozenset({"decade", "decades", "century", "centuries"})
_CURRENCIES = frozenset(
    {
        "dollar", "dollars", "euro", "euros", "pound", "pounds", "yen", "yuan", "rupee", "rupees", "rouble", "roubles",
        "ruble", "rubles", "franc", "francs", "eur", "usd", "gbp", "cent", "cents",
    }
)  # fmt: skip
_TOKEN = re.compile(
    r"(?P<sign>[$€£¥])?(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<tail>st\b|nd\b|rd\b|th\b|bn\b|m\b|mn\b|k\b|tn\b)?"
    r"(?P<cent>\s?%)?|(?P<word>[A-Za-z]+)|(?P<mark>[^\sA-Za-z\d])"
)


@dataclass(frozen=True, slots=True)
class _Token:
    lower: str
    digits: float | None
    tail: str
    sign: str
    cent: bool
    whole: str


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in _TOKEN.finditer(text.replace("-", " ")):
        digits = float(match["digits"].replace(",", "")[:18]) if match["digits"] else None
        found.append(
            _Token(match[0].lower(), digits, match["tail"] or "", match["sign"] or "", bool(match["cent"]), match[0])
        )
    return found


def quantities(text: str) -> list[Quantity]:
    """The numbers and dates of a text, in order."""
    return list(_found(_tokens(text)))


def _found(tokens: Sequence[_Token]) -> Iterator[Quantity]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.lower in _DAYS:
            yield Quantity("weekday", _DAYS[token.lower])
            at += 1
        elif (month := _month(tokens, at)) is not None:
            yield Quantity("month", month)
            at += 1
        elif (share := _share(tokens, at)) is not None:
            value, size = share
            yield Quantity("share", value, *_before(tokens, at))
            at += size
        elif (number := _number(tokens, at)) is not None:
            value, size = number
            found = _kinded(tokens, at, size, value)
            if found is not None:
                yield found
            at += size
        else:
            at += 1


def _month(tokens: Sequence[_Token], at: int) -> int | None:
    word = tokens[at].whole
    lower = word.lower()
    if not word[:1].isupper() or lower not in {**_MONTHS, **_SHORT_MONTHS}:
        return None
    if lower in ("may", "march", "mar") and not (_is_day(tokens, at - 1) or _is_day(tokens, at + 1)):
        before = tokens[at - 1].lower if at else ""
        if before not in ("in", "since", "until", "by", "of", "last", "next", "this", "early", "late", "to", "from"):
            return None
    return {**_MONTHS, **_SHORT_MONTHS}[lower]


def _is_day(tokens: Sequence[_Token], at: int) -> bool:
    if not 0 <= at < len(tokens) or tokens[at].digits is None or tokens[at].cent or tokens[at].sign:
        return False
    return 1 <= (tokens[at].digits or 0) <= 31 or 1900 <= (tokens[at].digits or 0) < 2100


def _share(tokens: Sequence[_Token], at: int) -> tuple[float, int] | None:
    """Fractions in words: "half of", "a quarter", "two thirds", "one in four", "nine out of ten"."""
    words = [token.lower for token in tokens[at : at + 5]]
    if words[0] == "half" and words[1:2] != ["a"]:
        return 50.0, 1
    if words[0] in ("a", "one") and len(words) > 1 and words[1] in ("third", "quarter", "fifth", "tenth"):
        return 100.0 / _PARTS[words[1]], 2
    if words[0] in _UNITS and len(words) > 1 and words[1] in ("thirds", "quarters", "fifths", "tenths"):
        return 100.0 * _UNITS[words[0]] / _PARTS[words[1]], 2
    top = _small(tokens, at)
    if top is not None and words[1:2] == ["in"] and (bottom := _small(tokens, at + 2)) is not None and bottom > top:
        return 100.0 * top / bottom, 3
    if top is not None and words[1:3] == ["out", "of"] and (bottom := _small(tokens, at + 3)) is not None:
        return (100.0 * top / bottom, 4) if bottom > top else None
    return None


def _small(tokens: Sequence[_Token], at: int) -> float | None:
    if at >= len(tokens):
        return None
    token = tokens[at]
    value = token.digits if token.digits is not None else _UNITS.get(token.lower, _TENS.get(token.lower))
    return float(value) if value is not None and 0 < value <= 100 and not token.tail and not token.cent else None


def _number(tokens: Sequence[_Token], at: int) -> tuple[float, int] | None:
    """The value that begins at a token, and how many tokens it takes."""
    token = tokens[at]
    if token.digits is not None:
        value, end = token.digits * _SCALES.get(token.tail, 1.0), at + 1
    elif token.lower in _UNITS and token.lower != "one":
        value, end = float(_UNITS[token.lower]), at + 1
    elif token.lower in _TENS:
        value, end = float(_TENS[token.lower]), at + 1
        if end < len(tokens) and tokens[end].lower in _UNITS and 0 < _UNITS[tokens[end].lower] < 10:
            value, end = value + _UNITS[tokens[end].lower], end + 1
    elif token.lower in ("a", "one") and at + 1 < len(tokens) and _SCALES.get(tokens[at + 1].lower, 0) >= 10:
        if len(tokens[at + 1].lower) < 3:
            return None
        value, end = 1.0, at + 1
    elif token.lower == "half" and at + 2 < len(tokens) and tokens[at + 1].lower == "a":
        scale = _SCALES.get(tokens[at + 2].lower, 0.0)
        return (scale / 2, 3) if scale else None
    elif token.lower in ("twice", "double", "doubled"):
        return None
    else:
        return None
    if _and_a_half(tokens, end):
        value, end = value + 0.5, end + 3
    scale = 0.0
    while (
        end < len(tokens)
        and tokens[end].lower in _SCALES
        and _SCALES[tokens[end].lower]
        and (
            # "340 m" are metres; only what is written together is short for a million.
            len(tokens[end].lower) > 1
        )
    ):
        scale = _SCALES[tokens[end].lower]
        value, end = value * scale, end + 1
    if scale and _and_a_half(tokens, end):
        value, end = value + scale / 2, end + 3
    return value, end - at


def _and_a_half(tokens: Sequence[_Token], at: int) -> bool:
    return [token.lower for token in tokens[at : at + 3]] == ["and", "a", "half"]


def _kinded(tokens: Sequence[_Token], at: int, size: int, value: float) -> Quantity | None:
    first = tokens[at]
    after = [token.lower for token in tokens[at + size : at + size + 2]]
    rough, bound = _before(tokens, at)
    cent = any(token.cent for token in tokens[at : at + size])
    if cent or after[:1] == ["percent"] or after == ["per", "cent"]:
        return Quantity("share", value, rough, bound)
    if first.sign or (after and after[0] in _CURRENCIES) or (at and tokens[at - 1].lower in _CURRENCIES):
        return Quantity("money", value, rough, bound)
    if first.digits is not None and size == 1 and not first.tail and 1000 <= value < 2100 and len(first.whole) == 4:
        return Quantity("year", value)
    near = [index for index in (at - 1, at + 1) if 0 <= index < len(tokens) and _named_month(tokens[index])]
    if first.digits is not None and size == 1 and near and 1 <= value <= 31:
        return Quantity("day", value)
    if after[:2] == ["basis", "points"]:
        return Quantity("number", value / 100, rough, bound)
    if any(token.lower in _YEARS for token in tokens[at : at + size]):
        return Quantity("number", value, rough, bound, "time", value * 365.25)
    if after and (unit := _UNITS_OF.get(after[0]) or _UNITS_OF.get(after[0].removesuffix("s"))) is not None:
        return Quantity("number", value, rough, bound, unit[0], value * unit[1])
    return Quantity("number", value, rough, bound)


def _named_month(token: _Token) -> bool:
    return token.whole[:1].isupper() and (token.lower in _MONTHS or token.lower in _SHORT_MONTHS)


def _before(tokens: Sequence[_Token], at: int) -> tuple[bool, Bound]:
    words = [token.lower for token in tokens[max(0, at - 3) : at]]
    bound: Bound = ""
    if words[-1:] == ["over"] or words[-2:] in (["more", "than"], ["at", "least"]) or words[-2:] == ["upwards", "of"]:
        bound = "least"
    elif words[-1:] in (["under"], ["below"]) or words[-2:] in (["less", "than"], ["fewer", "than"], ["at", "most"]):
        bound = "most"
    return bool(_ROUGH & set(words[-2:])), bound


def alike(one: Quantity, other: Quantity) -> bool:
    """Whether the two may be the same value."""
    if one.kind != other.kind:
        return False
    if {one.bound, other.bound} == {"least", "most"}:
        return False
    if one.kind in ("year", "month", "weekday", "day"):
        return one.value == other.value
    room = ROUGHLY if one.rough or other.rough or one.bound != other.bound else CLOSE
    if one.dimension and one.dimension == other.dimension:
        if one.base * other.value != other.base * one.value:
            room = max(room, _CONVERTED)
        return _close(one.base, other.base, room)
    return _close(one.value, other.value, room)


def _close(one: float, other: float, room: float) -> bool:
    return abs(one - other) <= room * max(abs(one), abs(other))


def conflict(a: Sequence[Quantity], b: Sequence[Quantity]) -> Kind | None:
    """The kind of number or date in which two texts differ, where both have some of it; none where they may agree.

    A text that leaves a number out differs in nothing. Where both have as many of a kind, each must have its like; else
    it is enough that one is alike.
    """
    kinds: list[Kind] = ["share", "money", "number", "year", "month", "day", "weekday"]
    for kind in kinds:
        ones, others = ([one for one in side if one.kind == kind] for side in (a, b))
        if not ones or not others:
            continue
        matched = sum(any(alike(one, other) for other in others) for one in ones)
        back = sum(any(alike(one, other) for one in ones) for other in others)
        if not matched or (len(ones) == len(others) and min(matched, back) < len(ones)):
            return kind
    return None
