"""How well a set of found things matches a set of right ones: counts, F1, overlap and bootstrap intervals. Pure."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ingest.evaluate.gold import Fragments, Triple

ROLES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Counts:
    """How many were right, found and wanted; counts add up over articles, which gives micro averages."""

    right: float = 0
    found: float = 0
    wanted: float = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """0 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 1 where nothing was wanted and nothing found."""
        total = self.found + self.wanted
        return 2 * self.right / total if total else 1.0


def exact(found: Iterable[Hashable], wanted: Iterable[Hashable]) -> Counts:
    """Counts over unique things that must be equal to be right."""
    found, wanted = set(found), set(wanted)
    return Counts(len(found & wanted), len(found), len(wanted))


def characters(found: Iterable[tuple[int, int]], wanted: Iterable[tuple[int, int]]) -> Counts:
    """Counts over the characters that the spans cover, each once."""
    have = {at for start, end in found for at in range(start, end)}
    want = {at for start, end in wanted for at in range(start, end)}
    return Counts(len(have & want), len(have), len(want))


def fragments(triples: Iterable[Triple], role: str) -> set[tuple[int, int]]:
    """The unique fragments of one role in an article."""
    pieces: set[tuple[int, int]] = set()
    for triple in triples:
        role_fragments: Fragments = getattr(triple, role)
        pieces.update(role_fragments)
    return pieces


def attribution_counts(found: Sequence[Triple], wanted: Sequence[Triple]) -> dict[str, Counts]:
    """The counts of one article: exact fragments of each role, whole triples, and characters of each role.

    Keys: ``source``, ``cue``, ``content``, ``triple``, and each of the first three with ``_characters``.
    """
    counts: dict[str, Counts] = {}
    for role in ROLES:
        have, want = fragments(found, role), fragments(wanted, role)
        counts[role] = exact(have, want)
        counts[f"{role}_characters"] = characters(have, want)
    counts["triple"] = exact(found, wanted)
    return counts


def total(counts: Iterable[Counts]) -> Counts:
    """The sum."""
    return sum(counts, Counts())


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the bounds between which 95 of 100 resamplings fall."""

    value: float
    low: float
    high: float


def bootstrap(counts: Sequence[Counts], *, rounds: int = 1000, seed: int = 0) -> Interval:
    """Micro F1 over articles, with a 95 % interval from resampling whole articles; the same for the same seed.

    The percentile bootstrap of Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    value = total(counts).f1
    if len(counts) < 2:
        return Interval(value, value, value)
    table = np.array([(one.right, one.found, one.wanted) for one in counts])
    random = np.random.default_rng(seed)
    sums = [table[random.integers(len(table), size=len(table))].sum(axis=0) for _ in range(rounds)]
    draws = sorted(Counts(*map(float, drawn)).f1 for drawn in sums)
    return Interval(value, draws[int(rounds * 0.025)], draws[min(rounds - 1, int(rounds * 0.975))])


@dataclass(frozen=True, slots=True)
class Bin:
    """What was found with a confidence in ``[low, high)``: how many, their mean confidence, the share of right ones."""

    low: float
    high: float
    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far confidences and shares of right ones lie apart; ``bins`` are those that hold something.

    ``error`` is the expected calibration error of Guo et al., On Calibration of Modern Neural Networks (2017): the mean
    distance of the two over the bins, each weighed by how many it holds.
    """

    error: float
    bins: tuple[Bin, ...]


def reliability(judged: Iterable[tuple[float, bool]], *, bins: int = 10) -> Reliability:
    """Of things found with a confidence from 0 to 1 that were right or not; 0 without any."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in judged:
        held.setdefault(min(bins - 1, int(confidence * bins)), []).append((confidence, right))
    rows = tuple(
        Bin(at / bins, (at + 1) / bins, len(ones), _mean(c for c, _ in ones), _mean(float(right) for _, right in ones))
        for at, ones in sorted(held.items())
    )
    count = sum(row.count for row in rows)
    return Reliability(sum(row.count * abs(row.confidence - row.right) for row in rows) / max(1, count), rows)


def _mean(values: Iterable[float]) -> float:
    held = list(values)
    return sum(held) / len(held)
