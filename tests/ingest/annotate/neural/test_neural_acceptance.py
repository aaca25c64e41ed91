from __future__ import annotations

import pytest

from ingest.annotate.neural.acceptance import MEAN, MEASURES, log_odds, measures


def test_the_measures_of_a_candidate() -> None:
    values = measures((4, 5), (3, 5), [(1, 3)], [(6, 8), (10, 15)], (1.5, -0.5), -0.25)
    assert dict(zip(MEASURES, values, strict=True)) == {
        "first": 1.5,
        "second": -0.5,
        "path": -0.25,
        "no_source": 0,
        "no_content": 0,
        "more_sources": 0,
        "more_contents": 1,
        "content_length": pytest.approx(2.0794, abs=1e-4),
        "cue_length": 2,
        "cue_kept": 0,
    }
    nothing = dict(zip(MEASURES, measures((4, 5), (4, 5), [], [], (0, 0), 0), strict=True))
    assert (nothing["no_source"], nothing["no_content"], nothing["content_length"], nothing["cue_kept"]) == (1, 1, 0, 1)


def test_weights_and_a_constant() -> None:
    values = measures((4, 5), (3, 5), [(1, 3)], [(6, 8)], (1.5, -0.5), -0.25)
    assert log_odds(MEAN, values) == 0.5
    assert log_odds((2, 0, 4, *MEAN[3:-1], 0.5), values) == 2.5
    with pytest.raises(ValueError, match="longer"):
        log_odds(MEAN[:-1], values)
