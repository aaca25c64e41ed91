"""How well chains of expressions that mean the same match the right ones, and how well pronouns are resolved. Pure.

The three measures of chains and their mean are those of the CoNLL shared tasks; see Pradhan et al., Scoring Coreference
Partitions of Predicted Mentions (2014). Each is a pair of a recall and a precision, kept as fractions with their
denominators, so that documents add up as the reference scorer adds them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import lap
import numpy as np

from ingest.evaluate.gold import Fragment
from ingest.evaluate.metrics import Counts

Chains = Sequence[Sequence[Fragment]]
"""Chains of spans; no span stands in two."""
MEASURES = ("muc", "b3", "ceafe")


@dataclass(frozen=True, slots=True)
class Sides:
    """A recall ``recalled / wanted`` and a precision ``right / found``; sums over documents are micro averages."""

    recalled: float = 0
    wanted: float = 0
    right: float = 0
    found: float = 0

    def __add__(self, other: Sides) -> Sides:
        return Sides(
            self.recalled + other.recalled,
            self.wanted + other.wanted,
            self.right + other.right,
            self.found + other.found,
        )

    @property
    def recall(self) -> float:
        """0 where nothing was wanted."""
        return self.recalled / self.wanted if self.wanted else 0.0

    @property
    def precision(self) -> float:
        """0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 1 where nothing was wanted and nothing found."""
        if not self.wanted and not self.found:
            return 1.0
        both = self.recall + self.precision
        return 2 * self.recall * self.precision / both if both else 0.0


def muc(found: Chains, wanted: Chains) -> Sides:
    """Links: of those that hold each chain together, how many the other side has too. Vilain et al. (1995)."""
    return Sides(_links(wanted, found), _joints(wanted), _links(found, wanted), _joints(found))


def _joints(chains: Chains) -> int:
    return sum(len(chain) - 1 for chain in chains)


def _links(chains: Chains, others: Chains) -> int:
    place = _places(others)
    kept = 0
    for chain in chains:
        parts = {place[one] for one in chain if one in place}
        kept += len(chain) - len(parts) - sum(1 for one in chain if one not in place)
    return kept


def _places(chains: Chains) -> dict[Fragment, int]:
    return {one: at for at, chain in enumerate(chains) for one in chain}


def b_cubed(found: Chains, wanted: Chains) -> Sides:
    """Expressions: of each, how much of its chain the other side's chain shares. Bagga and Baldwin (1998)."""
    return Sides(_shared(wanted, found), sum(map(len, wanted)), _shared(found, wanted), sum(map(len, found)))


def _shared(chains: Chains, others: Chains) -> float:
    place = _places(others)
    kept = 0.0
    for chain in chains:
        counts: dict[int, int] = {}
        for one in chain:
            if one in place:
                counts[place[one]] = counts.get(place[one], 0) + 1
        kept += sum(count * count for count in counts.values()) / len(chain)
    return kept


def ceaf_e(found: Chains, wanted: Chains) -> Sides:
    """Chains: the best way to pair them off, each pair worth the F1 of its expressions (φ4). Luo (2005)."""
    likeness = np.zeros((len(wanted), len(found)))
    place = _places(found)
    for row, chain in enumerate(wanted):
        for one in chain:
            if one in place:
                likeness[row, place[one]] += 1
    if likeness.any():
        sizes = np.array([len(chain) for chain in wanted])[:, None] + np.array([len(chain) for chain in found])
        likeness = 2 * likeness / sizes
        _, columns, _ = lap.lapjv(-likeness, extend_cost=True)
        best = sum(float(likeness[row, column]) for row, column in enumerate(columns) if column >= 0)
    else:
        best = 0.0
    return Sides(best, len(wanted), best, len(found))


def chain_scores(found: Chains, wanted: Chains) -> dict[str, Sides]:
    """Each of ``MEASURES`` of one document. Chains of one expression count for nothing on either side."""
    found = [chain for chain in found if len(chain) > 1]
    wanted = [chain for chain in wanted if len(chain) > 1]
    return {"muc": muc(found, wanted), "b3": b_cubed(found, wanted), "ceafe": ceaf_e(found, wanted)}


def conll(documents: Iterable[Mapping[str, Sides]]) -> float:
    """The mean of the F1 of the three measures, each over all documents, as a fraction."""
    whole = list(documents)
    return sum(sum((one[name] for one in whole), Sides()).f1 for name in MEASURES) / len(MEASURES)


def antecedent_counts(found: Mapping[Fragment, Fragment], wanted: Chains) -> Counts:
    """Of the expressions that mean what an earlier one means, how many were led to one that means it.

    ``found`` has the antecedent of each expression that was given one.
    """
    place = _places(wanted)
    first = {min(chain) for chain in wanted}
    asked = [one for one in place if one not in first]
    right = sum(1 for one in asked if one in found and place.get(found[one]) == place[one])
    return Counts(right, len(found), len(asked))


# --- pronouns --------------------------------------------------------------------------------------------------


def standing_for(name: Fragment, spans: Iterable[Fragment], text: str) -> Fragment | None:
    """Which of ``spans`` is the expression that a marked name stands in, if any.

    The same span; else the shortest that ends with it, as a title and the name do; else the shortest that begins with
    it and goes on in capitalised words; else the longest inside it.
    """
    start, end = name
    found = list(spans)
    if name in found:
        return name
    ending = [one for one in found if one[1] == end and one[0] < start]
    if ending:
        return max(ending)
    going_on = [one for one in found if one[0] == start and one[1] > end and _capitalised(text[end : one[1]])]
    if going_on:
        return min(going_on, key=lambda one: one[1])
    inside = [one for one in found if start <= one[0] and one[1] <= end]
    return max(inside, key=lambda one: one[1] - one[0], default=None)


def _capitalised(words: str) -> bool:
    return all(word[:1].isupper() for word in words.split())


@dataclass(frozen=True, slots=True)
class Decisions:
    """Of yes-or-no decisions how many were rightly, wrongly and not made; as GAP counts them, over both names."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Decisions) -> Decisions:
        return Decisions(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def f1(self) -> float:
        """1 where nothing was wanted and nothing decided."""
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0


def decisions(found: Sequence[bool], wanted: Sequence[bool]) -> Decisions:
    """Of one pronoun: whether it was found to mean each name, and whether it does."""
    pairs = list(zip(found, wanted, strict=True))
    return Decisions(pairs.count((True, True)), pairs.count((True, False)), pairs.count((False, True)))
