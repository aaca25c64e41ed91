"""How long each saved query for Neo4j Browser takes over the large graph, with its defaults."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, at_most

if TYPE_CHECKING:
    from tests.bench.bench import Bench

RUNS = 3
LIMIT_S = 2.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Loads the large graph where it is not there yet, and runs every query to its last row."""
    from cypher.saved import saved_queries
    from tests.bench.large import loaded

    yield from loaded(bench)
    for query in saved_queries():
        defaults = {name: json.loads(value) for name, value in query.parameters.items()}
        bench.say(f"  running {query.name}")
        seconds, rows = [], 0
        for _ in range(RUNS + 1):
            before = time.perf_counter()
            rows = len(bench.graph.execute(query.statement, defaults, mode="read"))
            seconds.append(time.perf_counter() - before)
        note = f"the slowest of {RUNS} runs; {rows} rows; the first, with its planning, {seconds[0]:.2f} s"
        yield Figure("saved queries", query.name, max(seconds[1:]), "s", at_most(LIMIT_S), note)
