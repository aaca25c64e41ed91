"""What the networks and the rules make of pairs, as ``ingest.claims.matching`` wants it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.pairs.differences import difference, other_word
from ingest.annotate.pairs.runtime import RELATE, STANCE, WEAKENS, PairModel
from ingest.model import Relation, Stances

RELATION_METHOD = "model:pairs"
STANCE_METHOD = "model:stance"
UNSURE = 0.25
"""The most that is left of a contradiction that no rule names.

Of 49 pairs that the network alone held for contraries by 0.7 or more, among 310 that were written apart, 17 were.
"""
LEFT = 0.04
"""The share of "same" that is left to two texts that a rule tells apart."""
DOUBTED = 0.5
"""The share of "different" that is left where a rule finds that two texts exclude one another.

The network saw too few that merely look so. Of 640 labelled pairs, most of them read while the rules were written,
such a rule was sure of 88, and right of 87; of 319 that were written to be hard, of 12, and right of 7.
"""
FAR = 0.2
"""By what the odds of "same" are multiplied where all that differs are two words that are far apart in WordNet.

Of 236 pairs of words that news uses for one another 17 % are so far apart, and 78 % of the 240 pairs of words that make
another claim in the training data.
"""


class OnnxPairJudge:
    """A ``PairJudge`` and a ``StanceJudge``: the model that comes with the package, and rules over it.

    The files are read and checked at the first question, so that making one is cheap.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        self._folder, self._threads = folder, threads
        self._loaded: PairModel | None = None

    @property
    def model(self) -> PairModel:
        """Raises ``ModelError`` where its files are not what they should be."""
        if self._loaded is None:
            self._loaded = PairModel(self._folder, threads=self._threads)
        return self._loaded

    def load(self) -> None:
        """Reads the files now. Raises ``ModelError`` where they are not what they should be."""
        _ = self.model

    @property
    def dimensions(self) -> int:
        """Length of an embedding."""
        return self.model.description.dimensions

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """``[n, dimensions]``, each row of length 1."""
        return self.model.embed(texts)

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        """How the two of each pair stand to one another; the same in either order.

        Where a rule finds that numbers, dates, names, negation or modality tell the two apart, what the network held
        for the same claim goes to "contradicts" if both cannot be so, with half of what it held for "different", and
        else to "different", whatever the network thinks of a contradiction; the method names the rule.
        """
        ordered = [pair if pair[0] <= pair[1] else pair[::-1] for pair in pairs]
        scores = self.model.scores(RELATE, ordered)
        shares = softmax(scores / self.model.description.temperatures["relation"])
        return [
            _relation(a, b, same, contradicts)
            for (a, b), (same, contradicts, _) in zip(ordered, shares.tolist(), strict=True)
        ]

    def stances(self, pairs: Sequence[tuple[str, str]]) -> list[Stances]:
        """Of pairs of what is answered and the reply, in their order."""
        scores = self.model.scores(STANCE, pairs)
        shares = softmax(scores / self.model.description.temperatures["stance"])
        return [Stances(agree, disagree, neutral, STANCE_METHOD) for disagree, neutral, agree in shares.tolist()]

    @property
    def weakens_threshold(self) -> float:
        """From which probability of ``weakens`` on a claim counts as weakened."""
        return self.model.description.weakens_threshold

    def weakens(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Of each pair of claims the probability that the second makes the first less credible."""
        scores = self.model.scores(WEAKENS, pairs)
        return [row[1] for row in softmax(scores / self.model.description.temperatures["weakens"]).tolist()]


def _relation(a: str, b: str, same: float, contradicts: float) -> Relation:
    found = difference(a, b)
    if found is None:
        if other_word(a, b):
            same = FAR * same / (FAR * same + 1.0 - same)
            return Relation(same, min(contradicts, UNSURE), "rule:words")
        return Relation(same, min(contradicts, UNSURE), RELATION_METHOD)
    left = min(same, LEFT)
    if found.contrary:
        different = DOUBTED * (1.0 - same - contradicts)
        return Relation(left, max(0.0, 1.0 - left - different), f"rule:{found.kind}")
    return Relation(left, min(contradicts, UNSURE), f"rule:{found.kind}")


def softmax(scores: NDArray[np.float32]) -> NDArray[np.float64]:
    """Along the last axis, in 64 bits so that a row sums to 1."""
    wide = scores.astype(np.float64)
    powers = np.exp(wide - wide.max(axis=-1, keepdims=True)) if wide.size else wide
    shares: NDArray[np.float64] = powers / powers.sum(axis=-1, keepdims=True) if wide.size else wide
    return shares
