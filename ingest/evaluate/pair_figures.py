"""How well pairs were judged: F1 of stances and of weakened claims, and how clean a matching can be. Pure.

Intervals come from resampling whole groups (quoted comments, topics), since the pairs of one are no independent
witnesses: the percentile bootstrap of Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.evaluate.metrics import Interval
from ingest.evaluate.pairs import RELATIONS, Pair

STANCE_NAMES = ("disagree", "neutral", "agree")
RECALL = 0.7
"""The share of true matches that must be found where the precision of a matching is asked for."""
THRESHOLD = 0.5
ROUNDS = 1000

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PairReport:
    """What was measured on pairs. ``wrong`` are pairs that were judged wrongly, the surest first."""

    task: str
    pairs: int
    groups: int
    judge: str
    figures: Mapping[str, Interval]
    folds: int = 0
    wrong: tuple[Mapping[str, Any], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """All of it, figures as fractions with the bounds of their 95 % intervals."""
        return {
            "task": self.task,
            "judge": self.judge,
            "pairs": self.pairs,
            "groups": self.groups,
            "folds": self.folds,
            "figures": {name: asdict(one) for name, one in self.figures.items()},
            "wrong": [dict(one) for one in self.wrong],
        }


def stance_report(pairs: Sequence[Pair], shares: Floats, judge: str, folds: int = 0) -> PairReport:
    """Macro F1 of the three stances, each one's F1, and accuracy.

    ``shares`` ``[n, 3]``: probabilities of disagree, neutral and agree; labels are 0, 1 and 2 in the same order.
    """
    truth = np.array([int(pair.label) for pair in pairs])
    guess = shares.argmax(axis=1)

    def measured(rows: Whole) -> dict[str, float]:
        table = confusion(truth[rows], guess[rows], 3)
        each = f1_of(table)
        return {
            "macro_f1": float(each.mean()),
            **{f"{name}_f1": float(value) for name, value in zip(STANCE_NAMES, each, strict=True)},
            "accuracy": float(np.trace(table) / max(1, table.sum())),
        }

    wrong = _wrong(pairs, shares, truth, guess, STANCE_NAMES)
    return _report("stance", pairs, judge, measured, folds, wrong)


def weakens_report(
    pairs: Sequence[Pair], shares: Floats, judge: str, folds: int = 0, threshold: float = THRESHOLD
) -> PairReport:
    """F1, precision and recall of "b weakens a", and average precision.

    ``shares`` ``[n]``: the probability that it does, held to be so from ``threshold`` on; labels are 0 and 1.
    """
    truth = np.array([int(pair.label) for pair in pairs])
    guess = (shares >= threshold).astype(np.int64)

    def measured(rows: Whole) -> dict[str, float]:
        table = confusion(truth[rows], guess[rows], 2)
        return {
            "weakens_f1": float(f1_of(table)[1]),
            "precision": float(table[1, 1] / max(1, table[:, 1].sum())),
            "recall": float(table[1, 1] / max(1, table[1].sum())),
            "average_precision": average_precision(truth[rows] == 1, shares[rows]),
        }

    both = np.stack([1 - shares, shares], axis=1)
    wrong = _wrong(pairs, both, truth, guess, ("no", "yes"))
    return _report("pairs", pairs, judge, measured, folds, wrong)


def matching_report(pairs: Sequence[Pair], same: Floats, contradicts: Floats, judge: str) -> PairReport:
    """How cleanly pairs of one claim are told from the others, by the probability of "same".

    ``precision_at_recall_70``: the best precision of any threshold that finds at least that share; precision, recall
    and F1 where a pair matches from a probability of one half on. Of contradictions precision, recall and F1, where
    one is told if that is the likeliest of the three; a precision of 1 where none is told.
    """
    truth = np.array([RELATIONS.index(pair.label) for pair in pairs])
    shares = np.stack([same, contradicts, 1 - same - contradicts], axis=1)
    guess = shares.argmax(axis=1)

    def measured(rows: Whole) -> dict[str, float]:
        wanted, found = truth[rows] == 0, same[rows] >= THRESHOLD
        right = float((wanted & found).sum())
        table = confusion(truth[rows], guess[rows], 3)
        told = int(table[:, 1].sum())
        return {
            "precision_at_recall_70": precision_at_recall(wanted, same[rows], RECALL),
            "precision": right / max(1, int(found.sum())),
            "recall": right / max(1, int(wanted.sum())),
            "f1": 2 * right / max(1, int(found.sum() + wanted.sum())),
            "average_precision": average_precision(wanted, same[rows]),
            "contradicts_precision": float(table[1, 1] / told) if told else 1.0,
            "contradicts_recall": float(table[1, 1] / max(1, table[1].sum())),
            "contradicts_f1": float(f1_of(table)[1]),
        }

    wrong = _wrong(pairs, shares, truth, guess, RELATIONS)
    return _report("matching", pairs, judge, measured, 0, wrong, single=True)


def confusion(truth: Whole, guess: Whole, classes: int) -> Whole:
    """``int64[classes, classes]``: how many of each true class (rows) were taken for each class (columns)."""
    counts = np.bincount(classes * truth + guess, minlength=classes * classes)
    return counts.reshape(classes, classes).astype(np.int64)


def f1_of(table: Whole) -> Floats:
    """F1 of each class; 0 for one that neither is there nor was found."""
    sums = table.sum(axis=0) + table.sum(axis=1)
    values: Floats = 2 * np.diag(table) / np.maximum(1, sums)
    return values


def average_precision(wanted: NDArray[np.bool_], scores: Floats) -> float:
    """The mean of the precision at each wanted one, the highest scores first; 0 where none is wanted."""
    order = np.argsort(-scores, kind="stable")
    hits = wanted[order]
    if not hits.any():
        return 0.0
    precision = np.cumsum(hits) / np.arange(1, len(hits) + 1)
    return float(precision[hits].mean())


def precision_at_recall(wanted: NDArray[np.bool_], scores: Floats, recall: float) -> float:
    """The best precision among thresholds that find at least ``recall`` of what is wanted; 0 where none is wanted."""
    if not wanted.any():
        return 0.0
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(wanted[order])
    last = np.append(np.diff(scores[order]) != 0, True)  # a threshold takes all of equal scores or none
    enough = (hits >= recall * wanted.sum() - 1e-9) & last
    return float((hits / np.arange(1, len(hits) + 1))[enough].max())


def best_threshold(wanted: NDArray[np.bool_], scores: Floats) -> float:
    """The threshold with the highest F1, halfway between two scores; one half where nothing is wanted."""
    if not wanted.any():
        return THRESHOLD
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(wanted[order])
    f1 = 2 * hits / (np.arange(1, len(hits) + 1) + wanted.sum())
    at = int(f1.argmax())
    low = scores[order[at + 1]] if at + 1 < len(order) else 0.0
    return float((scores[order[at]] + low) / 2)


def _report(
    task: str,
    pairs: Sequence[Pair],
    judge: str,
    measured: Callable[[Whole], dict[str, float]],
    folds: int,
    wrong: tuple[Mapping[str, Any], ...],
    *,
    single: bool = False,
) -> PairReport:
    names = [str(number) if single else pair.group for number, pair in enumerate(pairs)]
    held: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        held.setdefault(name, []).append(number)
    groups = [np.array(rows, dtype=np.int64) for rows in held.values()]
    whole = measured(np.arange(len(pairs)))
    random = np.random.default_rng(0)
    draws: dict[str, list[float]] = {name: [] for name in whole}
    for _ in range(ROUNDS):
        rows = np.concatenate([groups[at] for at in random.integers(len(groups), size=len(groups)).tolist()])
        for name, value in measured(rows).items():
            draws[name].append(value)
    figures = {
        name: Interval(value, *(float(np.quantile(draws[name], at)) for at in (0.025, 0.975)))
        for name, value in whole.items()
    }
    return PairReport(task, len(pairs), len(groups), judge, figures, folds, wrong)


def _wrong(
    pairs: Sequence[Pair], shares: Floats, truth: Whole, guess: Whole, names: Sequence[str]
) -> tuple[Mapping[str, Any], ...]:
    rows = np.flatnonzero(truth != guess)
    order = rows[np.argsort(-shares[rows, guess[rows]], kind="stable")]
    return tuple(
        {
            "label": names[int(truth[at])],
            "judged": names[int(guess[at])],
            "confidence": round(float(shares[at, guess[at]]), 4),
            "a": pairs[at].a,
            "b": pairs[at].b,
        }
        for at in order.tolist()
    )
