from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.evaluate.pair_figures import (
    average_precision,
    best_threshold,
    confusion,
    f1_of,
    matching_report,
    precision_at_recall,
    stance_report,
    weakens_report,
)
from ingest.evaluate.pairs import Pair


def pairs(*labels: str) -> list[Pair]:
    return [Pair(f"a{number}", f"b{number}", label, f"g{number // 2}") for number, label in enumerate(labels)]


def test_macro_f1_is_the_mean_over_the_three_stances() -> None:
    shares = np.array([[0.8, 0.1, 0.1], [0.1, 0.8, 0.1], [0.8, 0.1, 0.1], [0.1, 0.2, 0.7]])
    report = stance_report(pairs("0", "1", "2", "2"), shares, "test")
    figures = {name: round(one.value, 4) for name, one in report.figures.items()}
    assert figures["disagree_f1"] == round(2 / 3, 4)
    assert figures["neutral_f1"] == 1.0
    assert figures["agree_f1"] == round(2 / 3, 4)
    assert figures["macro_f1"] == round((2 / 3 + 1 + 2 / 3) / 3, 4)
    assert figures["accuracy"] == 0.75
    assert report.groups == 2
    assert [(one["label"], one["judged"]) for one in report.wrong] == [("agree", "disagree")]
    for one in report.figures.values():
        assert one.low <= one.value <= one.high


def test_weakened_claims_are_counted_from_the_threshold_on() -> None:
    report = weakens_report(pairs("1", "0", "1", "0"), np.array([0.9, 0.6, 0.4, 0.1]), "test", threshold=0.5)
    assert report.figures["weakens_f1"].value == pytest.approx(0.5)
    assert report.figures["average_precision"].value == pytest.approx((1 + 2 / 3) / 2)
    lower = weakens_report(pairs("1", "0", "1", "0"), np.array([0.9, 0.6, 0.4, 0.1]), "test", threshold=0.4)
    assert lower.figures["recall"].value == 1.0


def test_answering_always_yes_gives_what_the_share_of_positives_gives() -> None:
    labels = ["1"] * 10 + ["0"] * 85
    report = weakens_report(pairs(*labels), np.ones(95), "always")
    assert report.figures["weakens_f1"].value == pytest.approx(2 * 10 / 105)


def test_precision_at_recall_takes_all_of_equal_scores() -> None:
    wanted = np.array([True, True, False, True])
    assert precision_at_recall(wanted, np.array([0.9, 0.8, 0.7, 0.6]), 0.6) == 1.0
    assert precision_at_recall(wanted, np.array([0.9, 0.8, 0.8, 0.6]), 0.6) == 0.75
    assert precision_at_recall(wanted, np.zeros(4), 0.1) == 0.75
    assert precision_at_recall(np.zeros(2, dtype=bool), np.ones(2), 0.7) == 0.0


def test_a_matching_is_judged_by_its_surest_pairs() -> None:
    same = np.array([0.95, 0.9, 0.4, 0.85, 0.1])
    contradicts = np.array([0.0, 0.05, 0.1, 0.1, 0.8])
    report = matching_report(pairs("same", "same", "same", "different", "contradicts"), same, contradicts, "test")
    figures = {name: one.value for name, one in report.figures.items()}
    assert figures["precision"] == pytest.approx(2 / 3)
    assert figures["recall"] == pytest.approx(2 / 3)
    assert figures["precision_at_recall_70"] == pytest.approx(3 / 4)
    assert figures["contradicts_f1"] == figures["contradicts_precision"] == figures["contradicts_recall"] == 1.0


def test_contradictions_that_are_told_wrongly_cost_precision() -> None:
    contradicts = np.array([0.8, 0.9, 0.1])
    report = matching_report(pairs("contradicts", "different", "contradicts"), np.zeros(3), contradicts, "test")
    assert report.figures["contradicts_precision"].value == report.figures["contradicts_recall"].value == 0.5
    none = matching_report(pairs("contradicts", "different"), np.zeros(2), np.zeros(2), "test")
    assert (none.figures["contradicts_precision"].value, none.figures["contradicts_recall"].value) == (1.0, 0.0)


def test_f1_of_a_class_that_is_nowhere_is_nothing() -> None:
    table = confusion(np.array([0, 0, 1]), np.array([0, 1, 1]), 3)
    assert table.tolist() == [[1, 1, 0], [0, 1, 0], [0, 0, 0]]
    assert f1_of(table).tolist() == [pytest.approx(2 / 3), pytest.approx(2 / 3), 0.0]


@given(st.lists(st.tuples(st.booleans(), st.floats(0, 1)), min_size=1, max_size=30))
def test_no_other_threshold_has_a_higher_f1(rows: list[tuple[bool, float]]) -> None:
    wanted, scores = np.array([row[0] for row in rows]), np.array([round(row[1], 2) for row in rows])

    def f1(threshold: float) -> float:
        found = scores >= threshold
        return 2 * float((found & wanted).sum()) / max(1, int(found.sum() + wanted.sum()))

    if wanted.any() and len(set(scores.tolist())) == len(scores):
        assert f1(best_threshold(wanted, scores)) == pytest.approx(max(map(f1, scores.tolist())))
    assert 0 <= average_precision(wanted, scores) <= 1
