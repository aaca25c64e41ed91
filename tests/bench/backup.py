"""Seconds that the whole graph takes into a file and back, for a million nodes, and the memory that it takes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, at_most
from tests.bench.large import loaded
from tests.bench.processes import MEGABYTE, ONRECORD, Ran, environment, ran

if TYPE_CHECKING:
    from tests.bench.bench import Bench

LIMIT_S = 3_600
BOUND_MB = 400
"""What an export or an import may hold in memory, however large the graph is."""


def measure(bench: Bench) -> Iterator[Figure]:
    """The large graph, loaded where another group has not done so, through whole processes; into the other release."""
    yield from loaded(bench)
    [size] = bench.graph.read("read/backup_size")
    nodes, relationships = size["nodes"], size["relationships"]
    note = f"{nodes:,} nodes and {relationships:,} relationships, the whole process, scaled"
    file = bench.scratch / "graph.jsonl.gz"

    done = _ran(bench, bench.home, "export", file)
    yield Figure("backup", "export, a million nodes", done.seconds * 1e6 / nodes, "s", None, note)
    size_note = "gzip over JSON Lines, scaled"
    yield Figure("backup", "size of a million nodes", file.stat().st_size / nodes, "MB", None, size_note)
    yield Figure("memory", "onrecord db export", done.peak_bytes / MEGABYTE, "MB", at_most(BOUND_MB), note)

    bench.other.empty()
    done = _ran(bench, bench.other.home, "import", file)
    release = bench.other.server.release
    yield Figure("backup", f"import into an empty {release}", done.seconds * 1e6 / nodes, "s", None, note)
    yield Figure("memory", "onrecord db import", done.peak_bytes / MEGABYTE, "MB", at_most(BOUND_MB), note)
    [came] = bench.other.graph.read("read/backup_size")
    if came["relationships"] != relationships:
        raise RuntimeError(f"{came['relationships']:,} of {relationships:,} relationships came back")
    done = _ran(bench, bench.other.home, "import", file)
    yield Figure("backup", "import of what is there already", done.seconds * 1e6 / nodes, "s", None, note)


def _ran(bench: Bench, home: Path, command: str, file: Path) -> Ran:
    out = bench.scratch / "backup"
    run = ran([ONRECORD, "db", command, file], environment(home), out=out, timeout_s=LIMIT_S)
    if run.status != 0:
        raise RuntimeError(f"onrecord db {command} failed: {run.err.decode(errors='replace')}")
    return run
