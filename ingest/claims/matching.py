"""Whether two assertions say the same: what decides it, and in which terms.

Importing this brings no model: ``api.service`` hands one in, so that the pure core and the graph know the interface
alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.model import Relation, Stances

__all__ = ["Judges", "PairJudge", "Relation", "StanceJudge", "Stances"]


class PairJudge(Protocol):
    """What compares assertions by their words alone, so that the same two are judged the same wherever they meet."""

    @property
    def dimensions(self) -> int:
        """Length of an embedding."""

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """``[n, dimensions]``, each row of length 1: the nearer two are by their product, the likelier they are about
        the same."""

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
        """How the two of each pair stand to one another, in the order of the pairs."""


class StanceJudge(Protocol):
    """What tells whether a reply agrees with the comment or post that it answers."""

    def stances(self, pairs: Sequence[tuple[str, str]]) -> list[Stances]:
        """Of pairs of what is answered and the reply, in the order of the pairs."""


@dataclass(frozen=True, slots=True)
class Judges:
    """The models that compare texts; what is not there is left undecided."""

    pairs: PairJudge | None = None
    stance: StanceJudge | None = None
