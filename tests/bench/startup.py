"""How long the first import and the first help text take, as whole processes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, at_most, median
from tests.bench.processes import ONRECORD, PYTHON, environment, ran

if TYPE_CHECKING:
    from tests.bench.bench import Bench

RUNS = 9


def measure(bench: Bench) -> Iterator[Figure]:
    """``import ingest``, ``onrecord --help``, and an interpreter that does nothing, for comparison."""
    env = environment(bench.home)
    for name, command, limit in (
        ("python -c pass", [PYTHON, "-c", "pass"], None),
        ("import ingest", [PYTHON, "-c", "import ingest"], 0.3),
        ("import ingest.run", [PYTHON, "-c", "import ingest.run"], None),
        ("onrecord --help", [ONRECORD, "--help"], 0.5),
    ):
        seconds = []
        # The first run reads files that are not in the machine's cache yet; it is not counted.
        for number in range(RUNS + 1):
            run = ran(command, env, out=bench.scratch / "startup", timeout_s=60)
            if run.status != 0:
                raise RuntimeError(f"{name} failed: {run.err.decode(errors='replace')}")
            if number:
                seconds.append(run.seconds)
        target = None if limit is None else at_most(limit)
        yield Figure("startup", name, median(seconds), "s", target, f"median of {RUNS} processes")
