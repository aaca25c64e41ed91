"""A process of its own that loads the language model and reads texts with it; prints what that took, as JSON.

``python -m tests.bench.reading [FILE]``: ``FILE`` holds a JSON list of texts; without one the model is only loaded.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.bench.processes import highest

if TYPE_CHECKING:
    from ingest.annotate.neural.pieces import Pieces
    from ingest.annotate.runtime import OnnxNetwork

ROUNDS = 3
BATCH = 8


def main() -> None:
    before = time.perf_counter()
    from ingest import annotate

    annotator = annotate.load("model")
    took: dict[str, float] = {"load": time.perf_counter() - before, "loaded": psutil.Process().memory_info().rss}
    if len(sys.argv) > 1:
        texts: list[str] = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
        took |= rates(annotator, texts)
    print(json.dumps(took))


def rates(annotator: object, texts: Sequence[str]) -> dict[str, float]:
    """Word pieces, the annotator's peak of memory, and processor seconds: its own, and of the encoder alone.

    They take turns and the medians count, so that a warmer processor favours none. Processor time is that of one core,
    whatever else runs on the machine.
    """
    from ingest.annotate.language_model import ModelAnnotator
    from ingest.annotate.neural.pieces import cut
    from ingest.annotate.runtime import load_model

    assert isinstance(annotator, ModelAnnotator)
    for _ in annotator.annotate(texts):
        pass
    peak = float(highest(psutil.Process()))
    network = load_model()
    pieces = [cut(text, network.tokenizer) for text in texts]
    ways: dict[str, Callable[[], None]] = {
        "bare": lambda: _encode(network, pieces, 1),
        "bare_in_batches": lambda: _encode(network, pieces, BATCH),
        "whole": lambda: [None for _ in annotator.annotate(texts)].clear(),
    }
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(ROUNDS + 1):
        for name, work in ways.items():
            before = time.process_time()
            work()
            if number:  # the first turn reads what is in no cache yet
                seconds[name].append(time.process_time() - before)
    return {
        "peak": peak,
        "pieces": float(sum(map(len, pieces))),
        **{name: statistics.median(values) for name, values in seconds.items()},
    }


def _encode(network: OnnxNetwork, texts: Sequence[Pieces], batch: int) -> None:
    """The encoder's file as ONNX Runtime runs it, on full windows without overlap, and nothing else."""
    from ingest.annotate.neural.predict import padded
    from ingest.annotate.neural.windows import Window

    size = network.settings.window
    for pieces in texts:
        parts = [Window(at, min(at + size, len(pieces)), 0, 0) for at in range(0, len(pieces), size)]
        for at in range(0, len(parts), batch):
            ids, features, mask = padded(pieces, parts[at : at + batch])
            network.encoder.run(None, {"ids": ids, "features": features, "mask": mask})


if __name__ == "__main__":
    main()
