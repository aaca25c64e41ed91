"""Fills the graph with synthetic assertions, through the store and in bulk."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.bench.figures import Figure

if TYPE_CHECKING:
    from tests.bench.bench import Bench

STEP = 1_000
"""Documents between two looks at the clock."""


def load(bench: Bench) -> Iterator[Figure]:
    """Empties the database and puts ``bench.assertions`` synthetic assertions into it; the time it took."""
    from graph.errors import StatementError
    from graph.local import folder_size
    from graph.store import Store
    from tests.synthetic import extractions

    bench.empty()
    store = Store(bench.graph)
    bench.say(f"  loading {bench.assertions:,} synthetic assertions ...")
    assertions = documents = 0
    before = time.perf_counter()
    # Extractions are made as they are written: all of them at once would fill the memory that is measured elsewhere.
    for stored in store.put_many(extractions(bench.assertions)):
        if isinstance(stored, StatementError):
            raise stored
        documents += 1
        assertions += stored.assertions
        if documents % STEP == 0:
            bench.say(f"    {assertions:,} assertions after {time.perf_counter() - before:.0f} s")
    seconds = time.perf_counter() - before
    if assertions < bench.assertions:
        raise RuntimeError(f"only {assertions:,} of {bench.assertions:,} assertions were stored")
    note = f"{documents:,} documents; making the extractions is part of it"
    yield Figure("large graph", "assertions loaded", float(assertions), "", None, note)
    yield Figure("large graph", "loading", seconds, "s", None, note)
    yield Figure("large graph", "assertions a second", assertions / seconds, "1/s", None, note)
    server = bench.server.status()
    if server.store_bytes is not None:
        yield Figure("large graph", "size on disk", server.store_bytes / 1_000_000, "MB", None, "with its logs")
        pages = folder_size(bench.server.folder / "data" / "databases") / 1_000_000 / documents * 1_000
        yield Figure("large graph", "store of a thousand pages", pages, "MB", None, "what the page cache should hold")


def loaded(bench: Bench) -> Iterator[Figure]:
    """Likewise, where another group has not done so."""
    [held] = bench.graph.execute("MATCH (a:Assertion) RETURN count(a) AS n", mode="read")
    if held["n"] < bench.assertions:
        yield from load(bench)
