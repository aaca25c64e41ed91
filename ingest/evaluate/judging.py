"""Lets a judge of pairs work on labelled pairs: what ``onrecord evaluate stance``, ``pairs`` and ``matching`` do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from ingest.evaluate.pair_figures import PairReport, matching_report, stance_report, weakens_report
from ingest.evaluate.pairs import default_matching, read_claims, read_matching, read_replies
from ingest.model import Relation, Stances

SHIPPED = "shipped"


class Judge(Protocol):
    """As ``ingest.annotate.pairs.OnnxPairJudge``."""

    @property
    def weakens_threshold(self) -> float: ...

    def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]: ...

    def stances(self, pairs: Sequence[tuple[str, str]]) -> list[Stances]: ...

    def weakens(self, pairs: Sequence[tuple[str, str]]) -> list[float]: ...


def evaluate_stance(path: Path, judge: Judge) -> PairReport:
    """The stance of each reply of a file. Raises ``GoldError`` where it cannot be read."""
    pairs = read_replies(path)
    found = judge.stances([(pair.a, pair.b) for pair in pairs])
    shares = np.array([(one.disagree, one.neutral, one.agree) for one in found])
    return stance_report(pairs, shares, SHIPPED)


def evaluate_pairs(path: Path, judge: Judge) -> PairReport:
    """Which claims of a file are weakened. Raises ``GoldError`` where it cannot be read."""
    pairs = read_claims(path)
    shares = np.array(judge.weakens([(pair.a, pair.b) for pair in pairs]))
    return weakens_report(pairs, shares, SHIPPED, threshold=judge.weakens_threshold)


def evaluate_matching(path: Path | None, judge: Judge) -> PairReport:
    """Which pairs make one claim, of a file or of the project's own. Raises ``GoldError`` where it cannot be read."""
    pairs = read_matching(default_matching() if path is None else path)
    found = judge.relate([(pair.a, pair.b) for pair in pairs])
    same, contradicts = (np.array([getattr(one, name) for one in found]) for name in ("same", "contradicts"))
    return matching_report(pairs, same, contradicts, SHIPPED)
