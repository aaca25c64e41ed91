"""What the language model takes: to load, in memory, and for reading, against its bare encoder on the same texts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.figures import Figure, at_least, at_most, median
from tests.bench.pages import page
from tests.bench.processes import MEGABYTE, PYTHON, ROOT, Ran, environment, ran

if TYPE_CHECKING:
    from tests.bench.bench import Bench

POLNEAR = ROOT.parent / "shared" / "data" / "polnear" / "dev"
TEXTS = 20
LOADS = 5
TIMEOUT_S = 900


def measure(bench: Bench) -> Iterator[Figure]:
    """Every figure is of a process with one thread; rates are by its processor time."""
    loads = [_taken(_reading(bench))["load"] for _ in range(LOADS + 1)]
    # The first run reads files that are not in the machine's cache yet; it is not counted.
    yield Figure("model", "loading", median(loads[1:]), "s", at_most(2), f"imports too, median of {LOADS} processes")

    articles = sorted(POLNEAR.rglob("*.txt"))[:TEXTS]
    texts = [path.read_text(encoding="utf-8") for path in articles] or _synthetic()
    file = bench.scratch / "texts.json"
    file.write_text(json.dumps(texts), encoding="utf-8")
    took = _taken(_reading(bench, file))
    kind = "PolNeAR articles" if articles else "synthetic pages"
    note = f"{len(texts)} {kind}, {took['pieces']:,.0f} word pieces, one core"
    yield Figure("model", "the annotator", took["pieces"] / took["whole"], "pieces/s", None, note)
    yield Figure("model", "the bare encoder, window by window", took["pieces"] / took["bare"], "pieces/s", None, note)
    in_batches = took["pieces"] / took["bare_in_batches"]
    yield Figure("model", "the bare encoder, eight windows at once", in_batches, "pieces/s", None, note)
    share = took["bare"] / took["whole"]
    yield Figure("model", "the annotator against the bare encoder", share, "", at_least(0.5), "window by window")
    # The target is of PolNeAR's articles; the synthetic pages are shorter.
    target = at_least(2) if articles else None
    yield Figure("model", "articles a second", len(texts) / took["whole"], "1/s", target, note)
    yield Figure("memory", "language model, loaded", took["loaded"] / MEGABYTE, "MB", None, "resident")
    yield Figure("memory", "language model, reading", took["peak"] / MEGABYTE, "MB", at_most(600), "peak resident")


def _synthetic() -> list[str]:
    pages = (page(number) for number in range(2 * TEXTS))
    return [text for name, text in pages if name.endswith(".txt")]


def _reading(bench: Bench, *arguments: Path) -> Ran:
    command: list[str | Path] = [PYTHON, "-m", "tests.bench.reading", *arguments]
    env = environment(bench.home, OMP_NUM_THREADS="1", PYTHONPATH=str(ROOT))
    run = ran(command, env, out=bench.scratch / "reading", timeout_s=TIMEOUT_S)
    if run.status != 0:
        raise RuntimeError(run.err.decode(errors="replace"))
    return run


def _taken(run: Ran) -> dict[str, float]:
    took: dict[str, float] = json.loads(run.out)
    return took
