"""The model card: how its tables are made, and that the one that ships says what was measured."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from ingest.annotate.runtime import FOLDER
from ingest.evaluate.card import BEGIN, CARD, END, FIGURES, META, SUITES, as_markdown, described, filled, write
from ingest.evaluate.gold import GoldError


def figure(f1: float) -> dict[str, float]:
    return {"f1": f1, "f1_low": f1 - 0.021, "f1_high": f1 + 0.02, "precision": 0.9, "recall": 0.1234}


def figures() -> dict[str, Any]:
    """Of two suites, as ``measure`` gives them."""
    polnear, pud = SUITES[0], SUITES[1]
    confidence = {
        "error": 0.0449,
        "bins": [{"low": 0.9, "high": 1.0, "count": 12, "confidence": 0.95, "right": 0.5}],
    }
    return {
        "model": {"bytes": 47_312_000, "sha256": {"encoder.onnx": "ab" * 32}},
        "suites": {
            polnear.key: {"figures": {name: figure(0.8) for name in polnear.figures}, "confidence": confidence},
            pud.key: {"figures": {name: figure(0.5) for name in pud.figures}},
        },
    }


def test_the_tables_tell_figures_with_intervals_confidences_and_files() -> None:
    lines = list(as_markdown(figures()))
    assert "| PolNeAR dev | source | 80.0 | 77.9 to 82.0 | 90.0 | 12.3 |" in lines
    assert "| PolNeAR dev | content, characters | 80.0 | 77.9 to 82.0 | 90.0 | 12.3 |" in lines
    assert "| UNER PUD test | names | 50.0 | 47.9 to 52.0 | 90.0 | 12.3 |" in lines
    assert not [line for line in lines if "Broad Twitter" in line], "what was not measured is not told"
    assert "expected calibration error 4.5 points" in "\n".join(lines)
    assert "| 0.9 to 1.0 | 12 | 95.0 | 50.0 |" in lines
    assert f"| `encoder.onnx` | `{'ab' * 32}` |" in lines
    assert "All files together: 47.3 MB." in lines


def test_tables_take_the_place_of_older_ones_and_touch_nothing_else(tmp_path: Path) -> None:
    (tmp_path / CARD).write_text(f"Before.\n{BEGIN}\nold\n{END}\nAfter.\n")
    write(tmp_path, figures())
    once = (tmp_path / CARD).read_text()
    assert once.startswith(f"Before.\n{BEGIN}\n| part |")
    assert once.endswith(f"MB.\n{END}\nAfter.\n")
    assert "old" not in once
    assert filled(once, figures()) == once
    assert json.loads((tmp_path / FIGURES).read_text()) == figures()


def test_a_card_without_a_place_for_tables_is_refused() -> None:
    with pytest.raises(GoldError, match="not both there"):
        filled(f"{BEGIN} only", figures())


def test_a_model_is_described_by_its_own_file(tmp_path: Path) -> None:
    (tmp_path / "a.onnx").write_bytes(b"x" * 100)
    meta = json.dumps({"sha256": {"a.onnx": "00"}})
    (tmp_path / META).write_text(meta)
    assert described(tmp_path) == {"bytes": 100 + len(meta), "sha256": {"a.onnx": "00"}}
    (tmp_path / "a.onnx").unlink()
    with pytest.raises(GoldError, match="does not describe a model"):
        described(tmp_path)


@pytest.mark.skipif(not (FOLDER / FIGURES).exists(), reason="the model in this tree was not measured")
def test_the_card_that_ships_tells_the_figures_of_the_files_that_ship() -> None:
    measured = json.loads((FOLDER / FIGURES).read_text(encoding="utf-8"))
    card = (FOLDER / CARD).read_text(encoding="utf-8")
    assert filled(card, measured) == card
    for name, digest in measured["model"]["sha256"].items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest, f"{name} was measured before"
