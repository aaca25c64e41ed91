"""Learns from a part that was not trained on which candidate attributions to accept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ingest.evaluate.gold import Triple
from ingest.evaluate.metrics import ROLES, fragments

ROLE_SHARE = 0.5
"""What the share of right fragments of each role counts, against 1 for a triple that is right as a whole."""
FOLDS = 6
RIDGE = 1.0
"""Strength of the pull of standardised weights towards 0, in squared units, against summed log likelihoods."""
ROUNDS = 30

Matrix = NDArray[np.float64]


def worth(found: Sequence[Triple], wanted: Sequence[Triple]) -> list[float]:
    """How right each triple found in an article is, 0 to 1: as a whole, and its roles, each weighed by ``ROLE_SHARE``.

    A role that was left empty, where the whole is wrong, counts half: it added nothing wrong and nothing right.
    """
    whole = set(wanted)
    right = {role: fragments(wanted, role) for role in ROLES}
    values = []
    for triple in found:
        value = float(triple in whole)
        for role in ROLES:
            spans = getattr(triple, role)
            value += ROLE_SHARE * (sum(span in right[role] for span in spans) / len(spans) if spans else 0.5)
        values.append(value / (1 + ROLE_SHARE * len(ROLES)))
    return values


def fit(measures: Matrix, worths: Matrix) -> tuple[float, ...]:
    """Weights of the columns of ``measures`` ``[n, m]`` and a constant: the ridge logistic regression of ``worths``.

    ``worths`` ``[n]`` are 0 to 1. Newton's method on standardised columns; a column that never varies gets 0.
    """
    if not len(measures):
        return (0.0,) * (measures.shape[1] + 1)
    centre, spread = measures.mean(axis=0), measures.std(axis=0)
    spread = np.where(spread > 1e-9, spread, np.inf)
    columns = np.hstack([(measures - centre) / spread, np.ones((len(measures), 1))])
    weights = np.zeros(columns.shape[1])
    for _ in range(ROUNDS):
        chances = 1 / (1 + np.exp(-columns @ weights))
        curve = (columns * (chances * (1 - chances))[:, None]).T @ columns + RIDGE * np.eye(len(weights))
        weights = weights - np.linalg.solve(curve, columns.T @ (chances - worths) + RIDGE * weights)
    plain = weights[:-1] / spread
    return (*plain.tolist(), float(weights[-1] - plain @ centre))


def held_out_odds(measures: Matrix, worths: Matrix, articles: NDArray[np.int64]) -> Matrix:
    """The log odds ``[n]`` of each candidate from weights that were fitted without its article's fold.

    ``articles`` ``[n]`` numbers the article of each candidate; every ``FOLDS``-th article is in one fold.
    """
    odds = np.zeros(len(measures))
    for part in range(FOLDS):
        held = articles % FOLDS == part
        weights = np.array(fit(measures[~held], worths[~held]))
        odds[held] = measures[held] @ weights[:-1] + weights[-1]
    return odds
