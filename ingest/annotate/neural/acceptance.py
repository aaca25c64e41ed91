"""How likely a candidate attribution is to be right, from what both stages say of it: a logistic regression."""

from __future__ import annotations

from collections.abc import Sequence
from math import log1p

Range = tuple[int, int]

MEASURES = (
    "first",
    "second",
    "path",
    "no_source",
    "no_content",
    "more_sources",
    "more_contents",
    "content_length",
    "cue_length",
    "cue_kept",
)
"""What is weighed, in order. Log odds of the first stage and of the second; the log likelihood of the spans among all
that the second stage could have given; whether there is no source or content, or more than one piece of either; the
logarithm of one and the content's length in word pieces; the cue's length; whether the cue is as the first stage had
it."""

MEAN = (0.5, 0.5, *(0.0 for _ in MEASURES[2:]), 0.0)
"""Weights of ``MEASURES`` and, last, a constant: the mean of both stages' log odds. Training fits better ones."""


def measures(
    guess: Range,
    cue: Range,
    source: Sequence[Range],
    content: Sequence[Range],
    stages: tuple[float, float],
    path: float,
) -> tuple[float, ...]:
    """The ``MEASURES`` of one candidate: ``stages`` are its log odds in both, ``path`` its spans' log likelihood."""
    return (
        *stages,
        path,
        float(not source),
        float(not content),
        float(len(source) > 1),
        float(len(content) > 1),
        log1p(sum(end - start for start, end in content)),
        float(cue[1] - cue[0]),
        float(cue == guess),
    )


def log_odds(weights: Sequence[float], values: Sequence[float]) -> float:
    """Of a candidate with those ``MEASURES``. ``weights`` are one more than those, the last a constant."""
    return sum(weight * value for weight, value in zip(weights, (*values, 1.0), strict=True))
