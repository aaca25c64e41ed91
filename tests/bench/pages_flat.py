"""Seconds a page through the whole of ingest, which must not grow with the number of pages."""

from __future__ import annotations

import io
import shutil
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, at_most
from tests.bench.pages import write_pages
from tests.bench.processes import MEGABYTE, ONRECORD, environment, ran

if TYPE_CHECKING:
    from pathlib import Path

    from ingest.annotate import Annotator
    from tests.bench.bench import Bench

SIZES = (10, 100, 1_000)
FLAT = 1.25
"""How much longer a page may take among a thousand than among fewer."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Each size into an empty graph, in one process that is warm; then the whole command and its memory."""
    from ingest.annotate import load

    annotator = load("rules")
    # Other pages than those that are measured: nothing of them is known to the graph or the archive.
    warm = bench.scratch / "warm"
    write_pages(warm, 40, seed=99)
    _ingest(bench, warm, 40, annotator)
    taken: dict[int, float] = {}
    for size in SIZES:
        folder = bench.scratch / f"pages-{size}"
        write_pages(folder, size)
        bench.empty()
        shutil.rmtree(bench.home / "pages", ignore_errors=True)
        before = time.perf_counter()
        assertions = _ingest(bench, folder, size, annotator)
        taken[size] = (time.perf_counter() - before) / size
        note = f"{assertions:,} assertions; HTML and text by turns, into an empty graph"
        yield Figure("pages", f"seconds a page, {size:,} pages", taken[size], "s", None, note)
    for size in SIZES[:-1]:
        grown = taken[SIZES[-1]] / taken[size]
        yield Figure("pages", f"a page of 1,000 against one of {size:,}", grown, "times", at_most(FLAT), "flat or not")

    # The graph holds all pages now, so the first of these finds nothing new and the second has everything to write.
    for size, what in ((SIZES[-1], "pages again"), (SIZES[1], "pages")):
        if what == "pages":
            bench.empty()
        command = [ONRECORD, "ingest", bench.scratch / f"pages-{size}"]
        run = ran(
            command, environment(bench.home, ONRECORD_ANNOTATOR="rules"), out=bench.scratch / "ingest", timeout_s=600
        )
        if run.status != 0:
            raise RuntimeError(run.err.decode(errors="replace")[-1_000:])
        name = f"onrecord ingest, {size:,} {what}"
        yield Figure("pages", name, run.seconds, "s", None, "a whole process, its start included")
        yield Figure("memory", name, run.peak_bytes / MEGABYTE, "MB", None, "peak resident")
    server = bench.server.status()
    if server.memory_bytes is not None:
        yield Figure("memory", "Neo4j after ingests", server.memory_bytes / MEGABYTE, "MB", None, "resident")


def _ingest(bench: Bench, folder: Path, pages: int, annotator: Annotator) -> int:
    """Everything that ``onrecord ingest FOLDER`` does but start up; how many assertions the pages have."""
    from api import service
    from api.settings import Settings
    from graph.store import Store

    results = list(
        service.ingest(
            [str(folder)],
            settings=Settings(home=bench.home),
            store=Store(bench.graph),
            annotator=annotator,
            stated_url=None,
            stdin=io.BytesIO(),
        )
    )
    failed = [each for each in results if isinstance(each, service.Failed)]
    if failed or len(results) != pages:
        raise RuntimeError(f"{len(results)} of {pages} pages; {failed[:3]}")
    return sum(each.assertions for each in results if isinstance(each, service.Ingested))
