"""What evaluations measured, as people read it on a terminal: per cent, with intervals, the worst first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.plain import clean
from ingest.evaluate.folds import Spread

WORST = 10
_SHARES = frozenset({"directness", "polarity", "certainty"})


def report(answer: Mapping[str, Any], annotator: str, *, worst: int = WORST) -> RenderableType:
    """The answer of ``Report.as_json``: its figures, its confidences, and the texts that it did worst on."""
    table = _table("", "F1", "95 %", "precision", "recall", "right", "found", "wanted")
    for name, one in answer["figures"].items():
        interval = f"{_cent(one['f1_low'])} to {_cent(one['f1_high'])}"
        shares = ("", "") if name in _SHARES else (_cent(one["precision"]), _cent(one["recall"]))
        counts = (f"{one[side]:,.0f}" for side in ("right", "found", "wanted"))
        table.add_row(name.replace("_", " "), _cent(one["f1"]), interval, *shares, *counts)
    parts: list[RenderableType] = [Text(f"{answer['task']}: {answer['texts']:,} texts, annotator {annotator}"), table]
    if confidence := answer.get("confidence"):
        parts += [Text(), _confidence(confidence)]
    if rows := answer["worst"][:worst]:
        parts += [Text(), _worst(rows)]
    return Group(*parts)


def spreads(figures: Mapping[str, Spread], runs: int) -> RenderableType:
    """Figures of several training runs."""
    table = _table("", "mean", "deviation", "lowest", "highest")
    for name, one in figures.items():
        table.add_row(name.replace("_", " "), *(f"{v:.1f}" for v in (one.mean, one.deviation, one.low, one.high)))
    return Group(Text(f"{runs} runs, the best epoch of each"), table)


def _confidence(confidence: Mapping[str, Any]) -> RenderableType:
    table = _table("confidence", "found", "mean confidence", "wholly right")
    for row in confidence["bins"]:
        bounds = f"{row['low']:.1f} to {row['high']:.1f}"
        table.add_row(bounds, f"{row['count']:,}", _cent(row["confidence"]), _cent(row["right"]))
    error = f"{100 * confidence['error']:.1f}"
    return Group(Text(f"Expected calibration error of whole attributions: {error} points over ten bins"), table)


def _worst(rows: Sequence[Mapping[str, Any]]) -> RenderableType:
    table = _table("worst", "F1", "right", "found", "wanted")
    for row in rows:
        counts = (f"{row[side]:,.0f}" for side in ("right", "found", "wanted"))
        table.add_row(Text(clean(row["article"])), _cent(row["f1"]), *counts)
    return table


def _table(first: str, *numbers: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column(first, overflow="fold")
    for name in numbers:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _cent(share: float) -> str:
    return f"{100 * share:.1f}"
