"""What a measurement comes to: a figure, what it should be, and how it is shown."""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should be: ``at most`` or ``at least`` a limit, in the figure's own unit."""

    sense: Literal["at most", "at least"]
    limit: float

    def met(self, value: float) -> bool:
        """Whether ``value`` is on the right side of the limit; not a number never is."""
        return value <= self.limit if self.sense == "at most" else value >= self.limit


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured number.

    ``note`` says what it rests on: how many runs, rows, requests; ``more`` holds numbers beside it, for the file alone.
    """

    group: str
    name: str
    value: float
    unit: str
    target: Target | None = None
    note: str = ""
    more: Mapping[str, float] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; ``None`` where there is none."""
        return None if self.target is None else self.target.met(self.value)

    def as_json(self) -> dict[str, object]:
        """The figure as it stands in ``bench-results.json``."""
        return {
            "group": self.group,
            "name": self.name,
            "value": self.value,
            "unit": self.unit,
            "target": None if self.target is None else f"{self.target.sense} {self.target.limit:g}",
            "met": self.met,
            "note": self.note,
            **self.more,
        }


def at_most(limit: float) -> Target:
    """A target that is met by ``limit`` and anything below it."""
    return Target("at most", limit)


def at_least(limit: float) -> Target:
    """A target that is met by ``limit`` and anything above it."""
    return Target("at least", limit)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least ``percent`` per cent of ``values`` do not exceed (nearest rank)."""
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float:
    """The middle value."""
    return statistics.median(values)


def show(figures: Sequence[Figure], console: Console) -> None:
    """Prints the figures as a table, the missed targets marked."""
    table = Table(title="OnRecord: what was measured", title_justify="left")
    for heading in ("group", "what", "figure", "unit", "target", "", "from"):
        table.add_column(heading, justify="right" if heading in {"figure", "target"} else "left", overflow="fold")
    before = None
    for figure in figures:
        if before is not None and figure.group != before:
            table.add_section()
        before = figure.group
        target = "" if figure.target is None else f"{figure.target.sense} {figure.target.limit:g}"
        verdict = {None: "", True: "[green]met[/]", False: "[bold red]MISSED[/]"}[figure.met]
        table.add_row(
            figure.group, figure.name, _written(figure.value), figure.unit, target, verdict, f"[dim]{figure.note}[/]"
        )
    console.print(table)


def _written(value: float) -> str:
    """A number with as many digits as tell something."""
    if not math.isfinite(value):
        return str(value)
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"
