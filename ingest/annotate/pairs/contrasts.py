"""What tells two wordings apart, and the words that do: ``contrasts.txt``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from ingest.annotate.lexicon import sections

Kind = Literal["numbers", "dates", "negation", "modality", "tense", "names", "roles", "antonyms", "scope", "measure"]


@dataclass(frozen=True, slots=True)
class Difference:
    """What tells two texts apart, and whether one then speaks against the other."""

    kind: Kind
    contrary: bool


Sides = tuple[tuple[frozenset[str], frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class Lists:
    """``contrasts.txt``: words by section, the group of each alias, pairs of sides, groups of words that may stand for
    one another, and the pairs of prepositions that turn a relation."""

    words: Mapping[str, frozenset[str]]
    aliases: Mapping[str, int]
    contrary: Sides
    degrees: Sides
    asides: Sides
    measures: tuple[frozenset[str], ...]
    scopes: tuple[frozenset[str], ...]
    prepositions: frozenset[frozenset[str]]


@cache
def word_lists() -> Lists:
    """``contrasts.txt``, read once."""
    lines: dict[str, list[str]] = {}
    for section, line in sections("contrasts.txt"):
        lines.setdefault(section, []).append(line)
    groups = [line.split(", ") for line in lines.pop("aliases")]
    contrary, degrees, asides = (_sides(lines.pop(section)) for section in ("contrary", "degrees", "asides"))
    measures, scopes = (
        tuple(frozenset(line.split()) for line in lines.pop(section)) for section in ("measures", "scopes")
    )
    prepositions = frozenset(frozenset(line.split(" | ")) for line in lines.pop("prepositions"))
    return Lists(
        {section: frozenset(" ".join(held).split()) for section, held in lines.items()},
        {name: number for number, group in enumerate(groups) for name in group},
        contrary,
        degrees,
        asides,
        measures,
        scopes,
        prepositions,
    )


def _sides(lines: Iterable[str]) -> Sides:
    halves = (line.split(" | ") for line in lines)
    return tuple((frozenset(one.split()), frozenset(other.split())) for one, other in halves)


def on_two_sides(one: set[str], other: set[str], sides: Sides) -> bool:
    """Whether one has a word of one side, and the other one of the side against it."""
    return any((one & up and other & down) or (one & down and other & up) for up, down in sides)


def in_two_groups(ours: set[str], theirs: set[str], groups: Iterable[frozenset[str]]) -> bool:
    """Whether each side names one of the groups, and not the same one."""
    mine, its = (next((group for group in groups if group & side), None) for side in (ours, theirs))
    return mine is not None and its is not None and mine != its
