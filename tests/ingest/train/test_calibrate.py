from __future__ import annotations

import numpy as np
import pytest

from ingest.evaluate.gold import Triple
from ingest.train.calibrate import fit, held_out_odds, worth

SAID = Triple(((0, 3),), ((4, 8),), ((9, 20),))


def test_the_worth_of_what_was_found() -> None:
    half = Triple(((0, 3),), ((4, 8),), ((9, 20), (22, 30)))
    empty = Triple((), ((40, 44),), ())
    values = worth([SAID, half, empty], [SAID])
    assert values == pytest.approx([1, (0.5 + 0.5 + 0.25) / 2.5, (0.25 + 0 + 0.25) / 2.5])


def test_fitting_finds_the_odds_that_made_the_data_whatever_the_columns_scale() -> None:
    random = np.random.default_rng(0)
    columns = random.normal(size=(20_000, 3)) * [1, 50, 0] + [0, 300, 4]
    odds = 1.5 * columns[:, 0] - 0.04 * (columns[:, 1] - 300) - 0.5
    truth = (random.random(len(odds)) < 1 / (1 + np.exp(-odds))).astype(np.float64)
    first, second, third, constant = fit(columns, truth)
    assert (first, second) == (pytest.approx(1.5, abs=0.1), pytest.approx(-0.04, abs=0.003))
    assert third == 0
    assert constant + 300 * second == pytest.approx(-0.5, abs=0.1)


def test_an_articles_odds_come_from_the_others() -> None:
    """In each fold the column says the opposite of what it says in the others, so that what was held out is wrong."""
    articles = np.arange(60) % 6
    truth = (np.arange(60) < 30).astype(np.float64)
    column = np.where(articles == 0, 1 - truth, truth)[:, None]
    odds = held_out_odds(column, truth, articles)
    assert ((odds > 0) == (column[:, 0] == 1))[articles == 0].all()
    assert fit(np.empty((0, 2)), np.empty(0)) == (0, 0, 0)
