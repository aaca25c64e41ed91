"""Whether the numbers and dates of two texts can both be so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from ingest.annotate.pairs.quantities import Quantity

CLOSE, ROUGHLY, CONVERTED = 0.006, 0.1, 0.04
"""By what share two values may differ and still be one, two of which one is given as about so much, and two in other
units, which writers round."""
ROUNDED = 0.15
"""The most that a value may be rounded by."""
MANY = 1.5
"""How many times as much tells two bounds of one side apart: "at least 10" and "at least 40" are two claims."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A kind of number or date in which two texts differ, and those of each that the other has no like of.

    Not ``contrary`` where both may be so, and are not the same claim all the same.
    """

    kind: Literal["numbers", "dates"]
    ours: tuple[Quantity, ...]
    theirs: tuple[Quantity, ...]
    contrary: bool = True


_DATES = ("year", "month", "day", "weekday", "clock")
_KINDS = ("share", "money", "number", "score", "label", *_DATES)


def conflicts(a: Sequence[Quantity], b: Sequence[Quantity]) -> list[Conflict]:
    """In what two texts differ where both have some of it, a kind each; none where they may agree.

    A text that leaves a number out differs in nothing, and neither do two that measure different things. Where both
    have as many of a kind, each must have its like; else it is enough that one is alike.
    """
    return [found for kind in _KINDS if (found := _in_kind(kind, a, b)) is not None]


def _in_kind(kind: str, a: Sequence[Quantity], b: Sequence[Quantity]) -> Conflict | None:
    ones, others = ([one for one in side if one.kind == kind] for side in (a, b))
    ones, others = _comparable(ones, others), _comparable(others, ones)
    if not ones or not others:
        return None
    left = tuple(one for one in ones if not any(alike(one, other) for other in others))
    right = tuple(other for other in others if not any(alike(one, other) for one in ones))
    if len(left) == len(ones) or (len(ones) == len(others) and (left or right)):
        return Conflict("dates" if kind in _DATES else "numbers", left, right, kind != "label")
    if len(ones) == len(others) == 1 and _further(ones[0], others[0]):
        return Conflict("numbers", tuple(ones), tuple(others), contrary=False)
    return None


def _comparable(ones: Sequence[Quantity], others: Sequence[Quantity]) -> list[Quantity]:
    """Those of ``ones`` that one of the others can be compared with.

    What something rose to, by and from are three things.
    """
    return [
        one
        for one in ones
        if any(
            one.group == other.group and (not one.part or not other.part or one.part == other.part) for other in others
        )
    ]


def alike(one: Quantity, other: Quantity) -> bool:
    """Whether the two may be the same value, or both be so."""
    if one.kind != other.kind or one.group != other.group:
        return False
    if one.kind == "score":
        return {one.value, one.top} == {other.value, other.top}
    if one.kind == "label":
        return one.value == other.value
    low, high = _reach(one)
    its_low, its_high = _reach(other)
    room = 0.0 if one.kind in _DATES else _room(one, other)
    return low <= its_high + room and its_low <= high + room


def _reach(one: Quantity) -> tuple[float, float]:
    top = one.value if one.top is None else one.top
    return (-inf if one.bound == "most" else one.value, inf if one.bound == "least" else top)


def _room(one: Quantity, other: Quantity) -> float:
    """By how much two values may differ and still be one."""
    greater = max(abs(one.value), abs(other.value))
    share = ROUGHLY if one.rough or other.rough else CLOSE
    if one.grain != other.grain and one.kind == "number" and one.group:
        share = max(share, CONVERTED)
    rounded = max(one.grain, other.grain) / 2 if one.grain != other.grain else 0.0
    return max(share * greater, min(rounded, ROUNDED * greater)) * (1 + 1e-9)


def _further(one: Quantity, other: Quantity) -> bool:
    """Whether two bounds agree only since they leave so much open."""
    if not (one.bound and other.bound) or one.top is not None or other.top is not None:
        return False
    small, large = sorted((abs(one.value), abs(other.value)))
    return large > MANY * small
