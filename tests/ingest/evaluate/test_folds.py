from __future__ import annotations

import json
from pathlib import Path

import pytest

from ingest.evaluate.folds import best_figures, summarise
from ingest.evaluate.gold import GoldError


def test_the_best_epoch_of_each_run_is_what_counts(tmp_path: Path) -> None:
    lines = [
        {"epoch": 1, "step": 10, "threshold": 0.5, "goal": 60.0, "triple": 40.0, "names_pud": 80.0},
        {"epoch": 2, "step": 20, "threshold": 0.0, "goal": 70.0, "triple": 50.0, "names_pud": 70.0},
        {"epoch": 3, "step": 30, "threshold": 0.0, "goal": 65.0, "triple": 45.0, "names_pud": 90.0},
    ]
    (tmp_path / "figures.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert best_figures(tmp_path) == {"triple": 50.0, "names_pud": 70.0}


def test_mean_and_spread_of_what_all_runs_have() -> None:
    spreads = summarise([{"triple": 50.0, "cue": 70.0}, {"triple": 54.0}, {"triple": 52.0, "cue": 71.0}])
    assert list(spreads) == ["triple"]
    assert (spreads["triple"].mean, spreads["triple"].deviation) == (52.0, pytest.approx(2.0))
    assert (spreads["triple"].low, spreads["triple"].high) == (50.0, 54.0)
    assert summarise([{"triple": 50.0}])["triple"].deviation == 0


@pytest.mark.parametrize("lines", ["", "no figures\n", '["goal"]\n', '{"triple": 1}\n'])
def test_a_folder_without_figures_is_named(tmp_path: Path, lines: str) -> None:
    (tmp_path / "figures.jsonl").write_text(lines)
    with pytest.raises(GoldError, match=r"figures\.jsonl: no figures"):
        best_figures(tmp_path)
    with pytest.raises(GoldError, match="cannot be read"):
        best_figures(tmp_path / "nowhere")
