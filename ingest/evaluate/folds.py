"""Cross-validation: what several training runs, each with another part held out, say together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, stdev

from ingest.evaluate.gold import GoldError, read_text

FIGURES = "figures.jsonl"
PLACES = ("epoch", "step", "threshold", "goal")
WEIGHTS = "accept_"
"""What a line says besides figures: these, and what begins so."""


@dataclass(frozen=True, slots=True)
class Spread:
    """A figure over several runs, in per cent: mean, standard deviation of a sample, smallest and largest."""

    mean: float
    deviation: float
    low: float
    high: float


def best_figures(run: Path) -> dict[str, float]:
    """The figures of a run's best epoch: the one whose network was kept. Raises ``GoldError`` where there are none."""
    path = run / FIGURES
    lines = [line for line in read_text(path).splitlines() if line.strip()]
    try:
        read = [{name: float(value) for name, value in json.loads(line).items()} for line in lines]
        best = max(read, key=lambda line: line["goal"])
    except (ValueError, TypeError, AttributeError, KeyError) as error:
        raise GoldError(f"{path}: no figures of a training run, one JSON object for each epoch") from error
    return {name: value for name, value in best.items() if name not in PLACES and not name.startswith(WEIGHTS)}


def summarise(runs: Sequence[dict[str, float]]) -> dict[str, Spread]:
    """Mean and spread of each figure that all runs have; without a deviation (0) for a single run."""
    spreads = {}
    for name in runs[0] if runs else ():
        if all(name in run for run in runs):
            values = [run[name] for run in runs]
            deviation = stdev(values) if len(values) > 1 else 0.0
            spreads[name] = Spread(mean(values), deviation, min(values), max(values))
    return spreads
