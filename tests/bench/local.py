"""How long the local Neo4j takes from nothing to its first answer, and again when its folder is there."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.bench.figures import Figure

if TYPE_CHECKING:
    from tests.bench.bench import Bench


def measure(bench: Bench) -> Iterator[Figure]:
    """A first start in an empty folder, a stop, a start of what is there, and joining a server that runs."""
    from graph.local import LocalNeo4j

    home = bench.scratch / "local"
    home.mkdir()
    server = LocalNeo4j(home)
    try:
        yield _timed("first start", server.up, "an empty folder, jars already in the cache")
        yield _timed("joining a running server", lambda: LocalNeo4j(home).up(), "from the same process")
        yield _timed("stop", server.down, "")
        yield _timed("second start", server.up, "its folder was there")
    finally:
        server.down()


def _timed(name: str, work: object, note: str) -> Figure:
    assert callable(work)
    before = time.perf_counter()
    work()
    return Figure("local", name, time.perf_counter() - before, "s", None, note)
