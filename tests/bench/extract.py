"""How much text a second goes through reading, annotating and finding assertions, without a graph."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.bench.figures import Figure
from tests.bench.pages import page
from tests.bench.processes import MEGABYTE, ONRECORD, environment, ran

if TYPE_CHECKING:
    from tests.bench.bench import Bench

PAGES = 150


def measure(bench: Bench) -> Iterator[Figure]:
    """Words and pages a second in one process, after a warm-up; and the whole command on one page."""
    from ingest.annotate import load
    from ingest.model import Fetched
    from ingest.run import extract

    annotator = load()
    sources = [
        Fetched(
            name,
            text.encode(),
            None,
            "text/html" if name.endswith(".html") else "text/plain",
            "utf-8",
            datetime.now(UTC),
        )
        for name, text in map(page, range(PAGES))
    ]
    for fetched in sources[:10]:
        extract(fetched, annotator)
    before = time.perf_counter()
    found = [extract(fetched, annotator) for fetched in sources]
    seconds = time.perf_counter() - before
    words = sum(len(text.split()) for each in found for _, text in each.document.containers())
    assertions = sum(len(each.assertions) for each in found)
    note = f"{PAGES} pages, {words:,} words, {assertions:,} assertions"
    yield Figure("extract", "words a second", words / seconds, "words/s", None, f"{note}; annotator {annotator.name}")
    yield Figure("extract", "pages a second", PAGES / seconds, "pages/s", None, note)

    name, text = page(0)
    one = bench.scratch / name
    one.write_text(text, encoding="utf-8")
    run = ran([ONRECORD, "extract", one], environment(bench.home), out=bench.scratch / "extract", timeout_s=120)
    if run.status != 0:
        raise RuntimeError(run.err.decode(errors="replace"))
    yield Figure("extract", "onrecord extract, one page", run.seconds, "s", None, "a whole process")
    yield Figure("memory", "onrecord extract, one page", run.peak_bytes / MEGABYTE, "MB", None, "peak resident")
