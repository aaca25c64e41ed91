"""The numbers and dates of a text as values, so that "1.5m", "1,500,000" and "one and a half million" are one number.

Plain functions of plain text. "One" is left out where it is a pronoun more often than a number. What has a number in
its name (an F-16, Section 230, Windows 11) is told as a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from ingest.annotate.pairs.units import CURRENCIES, IN_PARTS, PERIODS, SIGNS, unit

Kind = Literal["number", "share", "money", "year", "month", "weekday", "day", "score", "label", "clock"]
Bound = Literal["", "least", "most"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number or date.

    Two of one kind are compared only where they are of one ``group``: the dimension of a unit ("time", "length"), a
    currency, a rate ("/year"), or what a label belongs to.
    """

    kind: Kind
    value: float
    """As it is written; of a dimension, in its first unit: 48 hours and two days are both 2 there."""
    group: str = ""
    rough: bool = False
    """Given as an estimate."""
    bound: Bound = ""
    """At least, or at most, so much."""
    top: float | None = None
    """The upper end where a range is given."""
    grain: float = 0.0
    """The step of its last place: 0.1 million of "1.4 million"; 0 where it is unknown."""
    part: str = ""
    """The preposition before it, where it is "to", "by" or "from": what changed, by how much."""
    counted: str = ""
    """The word after it, in lower case, where it has no unit."""


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
MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_MONTHS = {month.lower(): number for number, month in enumerate(MONTH_NAMES, 1)}
_MONTHS |= {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10,
            "nov": 11, "dec": 12}  # fmt: skip
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAYS = {day.lower(): number for number, day in enumerate(DAY_NAMES, 1)}
_ROUGH = frozenset(
    {"about", "around", "roughly", "approximately", "some", "nearly", "almost", "close", "estimated", "circa", "near"}
)
_NUMBERED = frozenset((
    "section", "article", "title", "flight", "channel", "chapter", "route", "highway", "interstate", "phase",
    "category", "level", "page", "gate", "room", "line", "stage", "resolution", "psalm", "boeing", "airbus",
    "windows", "apollo", "formula", "iphone", "galaxy", "playstation", "xbox", "no",
))  # fmt: skip
"""Words that a number after them belongs to."""
_LEAST = (("over",), ("more", "than"), ("at", "least"), ("upwards", "of"), ("no", "fewer", "than"),
          ("no", "less", "than"), ("minimum", "of"), ("excess", "of"), ("exceeds",), ("exceeded",), ("exceeding",),
          ("topped",), ("surpassed",))  # fmt: skip
_MOST = (("under",), ("below",), ("less", "than"), ("fewer", "than"), ("at", "most"), ("no", "more", "than"),
         ("up", "to"), ("as", "many", "as"), ("as", "much", "as"), ("maximum", "of"))  # fmt: skip
_AFTER: dict[tuple[str, ...], Bound] = {("or", "more"): "least", ("or", "fewer"): "most", ("or", "less"): "most"}
_SHORT_MONTH = re.compile(r"\b(Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.")
_CLOCK = re.compile(r"\b\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m\b\.?|\b\d{1,2}:\d{2}\b", re.IGNORECASE)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TOKEN = re.compile(
    rf"(?P<label>[A-Z][A-Za-z]*-?\d+[A-Za-z]?\b)|(?P<sign>[$€£¥])?(?P<digits>{_DIGITS})"
    rf"(?:\s?[-–]\s?[$€£¥]?(?P<top>{_DIGITS}))?"
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
    top: float | None = None
    places: int = 0


class _Read(NamedTuple):
    """A number: its value, how many tokens it takes, and the step of its last place."""

    value: float
    size: int
    grain: float = 1.0
    scale: float = 1.0
    top: float | None = None


def _tokens(text: str) -> list[_Token]:
    found = []
    plain = _ISO.sub(lambda date: f"{int(date[3])} {MONTH_NAMES[(int(date[2]) - 1) % 12]} {date[1]}", text)
    plain = _SHORT_MONTH.sub(r"\1", _CLOCK.sub(" ", plain))
    for match in _TOKEN.finditer(plain):
        digits = _float(match["digits"]) if match["digits"] else None
        found.append(
            _Token(
                match[0].lower(),
                digits,
                match["tail"] or "",
                match["sign"] or "",
                bool(match["cent"]),
                match[0],
                _float(match["top"]) if match["top"] else None,
                len((match["digits"] or "").partition(".")[2]),
            )
        )
    return [token for token in found if token.whole not in "-–"]


def _float(digits: str) -> float:
    return float(digits.replace(",", "")[:18])


def quantities(text: str) -> list[Quantity]:
    """The numbers and dates of a text, in order."""
    return [*_found(_tokens(text)), *(Quantity("clock", minutes) for minutes in _clocks(text))]


def _clocks(text: str) -> Iterator[int]:
    """Times of day, in minutes of half a day: writers leave out which half it is."""
    for match in _CLOCK.finditer(text):
        hours, _, minutes = re.sub(r"[^\d.:]", "", match[0]).rstrip(".").replace(".", ":").partition(":")
        yield 60 * (int(hours) % 12) + int(minutes or 0)


def _found(tokens: Sequence[_Token]) -> Iterator[Quantity]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        size = 1
        if token.lower in _DAYS:
            yield Quantity("weekday", _DAYS[token.lower])
        elif (label := _label(token)) is not None:
            yield label
        elif (month := _month(tokens, at)) is not None:
            yield Quantity("month", month)
        elif (share := _share(tokens, at)) is not None:
            value, size = share
            # What is told in words is rarely exact: "two thirds" are 66 %.
            yield Quantity("share", value, rough=True, bound=_bound(tokens, at), part=_part(tokens, at))
        elif token.top is not None and (score := _score(token)) is not None:
            yield score
        elif (number := _number(tokens, at)) is not None:
            number = _range(tokens, at, number)
            found, size = _kinded(tokens, at, number)
            if found.kind == "number" and found.group in IN_PARTS:
                more, taken = _further_part(tokens, at + size, found.group)
                found, size = replace(found, value=found.value + more), size + taken
            yield found
        at += size


def _label(token: _Token) -> Quantity | None:
    match = re.fullmatch(r"([A-Z][A-Za-z]*)-?(\d+)[A-Za-z]?", token.whole)
    if match is None or match[1].lower() in ("eur", "usd", "gbp"):
        return None
    return Quantity("label", float(match[2][:18]), match[1].lower())


def _score(token: _Token) -> Quantity | None:
    """ "3-1", which no range is: its first number is not the smaller one."""
    if token.digits is None or token.top is None or token.sign or token.tail or token.cent or token.places:
        return None
    if token.digits < token.top or token.digits >= 1_000:
        return None
    return Quantity("score", token.digits, top=token.top)


def _month(tokens: Sequence[_Token], at: int) -> int | None:
    if not _named_month(tokens[at]):
        return None
    lower = tokens[at].lower
    if lower in ("may", "march", "mar") and not (_is_day(tokens, at - 1) or _is_day(tokens, at + 1)):
        before = tokens[at - 1].lower if at else ""
        if before not in ("in", "since", "until", "by", "of", "last", "next", "this", "early", "late", "to", "from"):
            return None
    return _MONTHS[lower]


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


def _number(tokens: Sequence[_Token], at: int) -> _Read | None:
    """The number that begins at a token."""
    token = tokens[at]
    grain = 1.0
    if token.digits is not None:
        value, end = token.digits * _SCALES.get(token.tail, 1.0), at + 1
        grain = 10.0**-token.places * _SCALES.get(token.tail, 1.0)
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
        return _Read(scale / 2, 3, scale / 10) if scale else None
    else:
        return None
    if _and_a_half(tokens, end):
        value, end, grain = value + 0.5, end + 3, grain / 10
    scale = 1.0
    # "340 m" are metres; only what is written together is short for a million.
    while end < len(tokens) and len(tokens[end].lower) > 1 and _SCALES.get(tokens[end].lower):
        scale *= _SCALES[tokens[end].lower]
        end += 1
    value, grain = value * scale, grain * scale
    if scale != 1.0 and _and_a_half(tokens, end):
        value, end, grain = value + scale / 2, end + 3, grain / 10
    scale *= _SCALES.get(token.tail, 1.0)
    return _Read(value, end - at, grain, scale, None if token.top is None else token.top * scale)


def _and_a_half(tokens: Sequence[_Token], at: int) -> bool:
    return [token.lower for token in tokens[at : at + 3]] == ["and", "a", "half"]


def _range(tokens: Sequence[_Token], at: int, first: _Read) -> _Read:
    """With the upper end, where a range begins at a token: "20-30", "between 20 and 30 million", "20 to 30"."""
    if first.top is not None:
        # The first of "2-3 million" is meant in millions, and "2023-24" ends in 2024.
        if first.top < first.value < 2100 and first.top < 100:
            return first._replace(top=first.value - first.value % 100 + first.top)
        return first
    end = at + first.size
    before = tokens[at - 1].lower if at else ""
    joint = "and" if before == "between" else "to" if before not in ("from", "to", "by") else ""
    if end + 1 >= len(tokens) or not joint or tokens[end].lower != joint:
        return first
    second = _number(tokens, end + 1)
    if second is None:
        return first
    low = first.value * (second.scale if first.scale == 1.0 and first.value < second.value / second.scale else 1.0)
    if low >= second.value:
        return first
    return first._replace(value=low, size=first.size + 1 + second.size, top=second.value)


def _further_part(tokens: Sequence[_Token], at: int, group: str) -> tuple[float, int]:
    """What a further number adds to a measure that ends at a token, "and six months", and the tokens it takes."""
    start = at + (at < len(tokens) and tokens[at].lower == "and")
    number = _number(tokens, start) if start < len(tokens) else None
    if number is None:
        return 0.0, 0
    measure = unit([token.lower for token in tokens[start + number.size : start + number.size + 3]])
    if measure is None or measure.dimension != group:
        return 0.0, 0
    return number.value * measure.size, start - at + number.size + measure.words


def _kinded(tokens: Sequence[_Token], at: int, number: _Read) -> tuple[Quantity, int]:
    """What a number is of, and the tokens that it and its unit take."""
    first, size = tokens[at], number.size
    end = at + size
    after = [token.lower for token in tokens[end : end + 3]]
    plain = Quantity(
        "number",
        number.value,
        rough=_rough(tokens, at),
        bound=_bound(tokens, at, end),
        top=number.top,
        grain=number.grain,
        part=_part(tokens, at),
    )
    cent = any(token.cent for token in tokens[at:end])
    if after[:2] in (["percentage", "points"], ["percentage", "point"]):
        return replace(plain, kind="share", group="points"), size
    if after[:2] == ["basis", "points"]:
        return replace(plain, kind="share", value=number.value / 100, group="points", grain=0.01), size
    if cent or after[:1] == ["percent"] or after[:2] == ["per", "cent"]:
        return replace(plain, kind="share", group=_rate(tokens, end + (not cent) + (after[:1] == ["per"]))), size
    if (currency := _currency(tokens, at, after)) is not None:
        return replace(plain, kind="money", group=currency + _rate(tokens, end)), size
    if _is_year(first, number):
        decade = number.value + 9 if after[:1] == ["s"] else number.top
        return Quantity("year", number.value, top=decade), size
    near = [index for index in (at - 1, at + 1) if 0 <= index < len(tokens) and _named_month(tokens[index])]
    if first.digits is not None and number.size == 1 and near and 1 <= number.value <= 31:
        return Quantity("day", number.value, top=number.top), size
    if at and tokens[at - 1].lower in _NUMBERED and first.digits is not None:
        return Quantity("label", number.value, tokens[at - 1].lower), size
    if any(token.lower in ("decade", "decades", "century", "centuries") for token in tokens[at:end]):
        return _measured(plain, "time", 365.25), size
    if (measure := unit(after)) is not None:
        rate = _rate(tokens, end + measure.words)
        found = _measured(plain, measure.dimension + rate, measure.size)
        return found, size + (measure.words if not rate and measure.dimension in IN_PARTS else 0)
    if tokens[at - 1].lower == "," and after[:1] == [","] and number.value < 120 and first.digits is not None:
        return _measured(plain, "age", 365.25), size
    counted = after[0] if after and after[0].isalpha() else ""
    return replace(plain, group=_rate(tokens, end), counted=counted), size


def _is_year(token: _Token, number: _Read) -> bool:
    written = len(token.whole.partition("-")[0].partition("–")[0]) == 4
    plain = token.digits is not None and number.size == 1 and not token.tail and not token.places
    return plain and written and 1000 <= number.value < 2100


def _measured(plain: Quantity, group: str, size: float) -> Quantity:
    top = None if plain.top is None else plain.top * size
    return replace(plain, value=plain.value * size, group=group, top=top, grain=plain.grain * size)


def _rate(tokens: Sequence[_Token], at: int) -> str:
    """ "/year" where the words at a token, or one word later, are "a year" or "per year"; else nothing."""
    words = [token.lower for token in tokens[at : at + 4]]
    for here in range(min(3, len(words) - 1)):
        if words[here] in ("a", "an", "per", "each", "every", "/") and words[here + 1] in PERIODS:
            return f"/{words[here + 1]}"
        if words[here] in PERIODS and words[here + 1 : here + 3] == ["on", words[here]]:
            return f"/{words[here]}"
    return ""


def _currency(tokens: Sequence[_Token], at: int, after: Sequence[str]) -> str | None:
    """The currency a number is of; of dollars with whose they are: "A$", "Canadian dollars"."""
    before = tokens[at - 1] if at else None
    if (sign := tokens[at].sign) != "":
        whose = before.whole if before is not None and before.whole in ("A", "C", "AU", "HK", "NZ", "S") else ""
        return whose + SIGNS[sign]
    if after and after[0] in CURRENCIES:
        return CURRENCIES[after[0]]
    if len(after) > 1 and after[1] in CURRENCIES:
        return f"{after[0]} {CURRENCIES[after[1]]}".removeprefix("us ")
    if before is not None and before.lower in CURRENCIES:
        return CURRENCIES[before.lower]
    return None


def _named_month(token: _Token) -> bool:
    return token.whole[:1].isupper() and token.lower in _MONTHS


def _rough(tokens: Sequence[_Token], at: int) -> bool:
    return any(token.lower in _ROUGH for token in tokens[max(0, at - 2) : at])


def _bound(tokens: Sequence[_Token], at: int, end: int | None = None) -> Bound:
    """Of the number at a token, which ends before another: "more than ten", "ten or more"."""
    words = tuple(token.lower for token in tokens[max(0, at - 3) : at])
    after = tuple(token.lower for token in tokens[end : end + 2]) if end is not None else ()
    ends: tuple[tuple[Bound, tuple[tuple[str, ...], ...]], ...] = (("least", _LEAST), ("most", _MOST))
    said = [(len(phrase), bound) for bound, held in ends for phrase in held if words[-len(phrase) :] == phrase]
    return max(said)[1] if said else _AFTER.get(after, "")


def _part(tokens: Sequence[_Token], at: int) -> str:
    before = tokens[at - 1].lower if at else ""
    return before if before in ("to", "by", "from") else ""
