from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra train is not installed")

from ingest.annotate.neural.acceptance import MEAN, MEASURES, log_odds, measures
from ingest.annotate.neural.pieces import Pieces
from ingest.annotate.neural.predict import Found
from ingest.evaluate.gold import Article, Triple
from ingest.train.judge import THRESHOLDS, best_threshold, calibrated, triples

COUNT = 12


def article(at: int) -> tuple[Article, tuple[list[Found], Pieces]]:
    """Letters and spaces with one attribution; found are it and a wrong one, which only its path tells apart."""
    starts = np.arange(20, dtype=np.int32) * 2
    pieces = Pieces(
        np.zeros(20, np.int32), starts, starts + 1, np.zeros((20, 3), np.uint8), np.ones(20, dtype=np.bool_)
    )
    ones = []
    for cue, path in ((5, -0.5 - at / 50), (14, -4.0 + at / 50)):
        values = measures((cue, cue + 1), (cue, cue + 1), [(cue - 1, cue)], [(cue + 1, cue + 4)], (1.0, 1.0), path)
        ones.append(Found((cue, cue + 1), ((cue - 1, cue),), ((cue + 1, cue + 4),), values, log_odds(MEAN, values)))
    gold = Triple(((8, 9),), ((10, 11),), ((12, 17),))
    return Article(str(at), "a " * 20, (gold,)), (ones, pieces)


ARTICLES, FOUND = zip(*(article(at) for at in range(COUNT)), strict=True)


def test_the_weights_learn_what_tells_right_from_wrong_and_the_threshold_parts_them() -> None:
    assert {one.score for ones, _ in FOUND for one in ones} == {1.0}
    weights, scored = calibrated(FOUND, ARTICLES)
    assert weights[MEASURES.index("path")] > 0
    at = best_threshold(scored, ARTICLES)
    for (ones, pieces), wanted in zip(scored, ARTICLES, strict=True):
        assert triples(ones, pieces, at) == list(wanted.attributions)


def test_where_all_is_right_the_threshold_keeps_all() -> None:
    right = [([ones[0]], pieces) for ones, pieces in FOUND]
    assert best_threshold(right, ARTICLES) <= 1.0
    assert best_threshold([([], pieces) for _, pieces in FOUND], ARTICLES) == THRESHOLDS[0]
