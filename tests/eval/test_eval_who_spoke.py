"""Who really spoke, on some of the labelled articles and on all with ``make soak``.

A change that names fewer of them, or wrong ones, must say so here.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from ingest.annotate import load
from ingest.evaluate.speaker_answers import evaluate_speakers
from ingest.evaluate.speakers import read_labels

LABELS = Path(__file__).parent / "speakers.jsonl"
DEV = Path(__file__).parents[2] / "../shared/data/polnear/dev"
EVERY = 4
"""Of the articles, in the order of their names, one in so many: all of them take minutes."""

FLOORS = {"resolved": 0.85, "right": 0.89, "none": 0.99}
FLOORS_OF_ALL = {"resolved": 0.89, "right": 0.91, "none": 0.99}
"""Shares, as ``ingest/evaluate/speakers.py`` explains them, of attributions that people marked."""


def test_the_labels_are_enough_and_of_many_articles() -> None:
    labels = read_labels(LABELS)
    by_article = Counter(label.article for label in labels)
    assert len(labels) == 200
    assert len(by_article) > 70
    assert max(by_article.values()) < len(labels) / 10


@pytest.mark.skipif(not DEV.is_dir(), reason="../shared/data is absent")
@pytest.mark.timeout(900)
def test_who_really_spoke(tmp_path: Path) -> None:
    articles = sorted({label.article for label in read_labels(LABELS)})[::EVERY]
    some = tmp_path / "speakers.jsonl"
    lines = LABELS.read_text(encoding="utf-8").splitlines()
    some.write_text("\n".join(line for line in lines if any(f'"{name}"' in line for name in articles)), "utf-8")
    assert _answered(some, FLOORS) > 45


@pytest.mark.soak
@pytest.mark.skipif(not DEV.is_dir(), reason="../shared/data is absent")
def test_who_really_spoke_in_all_of_them() -> None:
    assert _answered(LABELS, FLOORS_OF_ALL) == 200


def _answered(labels: Path, floors: dict[str, float]) -> int:
    """How many labels there are, once no figure of the answers to them falls below its floor."""
    answer = evaluate_speakers(DEV, labels, load()).as_json(rounds=1)
    shares = {name: answer["figures"][name]["share"] for name in floors}
    wrong = [f"{row['article']}: {row['words']}: {row['answer']}" for row in answer["wrong"]]
    assert all(shares[name] >= floor for name, floor in floors.items()), "\n".join([str(shares), *wrong])
    labelled: int = answer["labels"]
    return labelled
