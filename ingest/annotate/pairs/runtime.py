"""The networks that compare texts as ONNX Runtime runs them: their files, checked before use.

A model is a folder: ``model.json`` describes it and names every other file with its SHA-256.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.pairs.pieces import piece_ids
from ingest.annotate.runtime import META, VOCABULARY, digest, onnx_session, vocabulary, wrong

TEXTS, RELATE, STANCE, WEAKENS = "texts.onnx", "relate.onnx", "stance.onnx", "weakens.onnx"
FILES = (TEXTS, RELATE, STANCE, WEAKENS, VOCABULARY)
FOLDER = Path(__file__).parents[1] / "pairs_model"
"""The model that comes with the package."""
KEPT_TEXTS = 512
"""That are remembered as they were read, since one claim is compared with many: at most 75 MB."""
FORMAT = 1

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Description:
    """What ``model.json`` says of the numbers that the networks give.

    ``temperatures``: by which the log odds of each question are divided, fitted to how right they were on pairs that
    were not learned from; ``weakens_threshold``: from which probability on a claim counts as weakened; ``longest``:
    pieces of a text that are read.
    """

    longest: int
    dimensions: int
    temperatures: dict[str, float]
    weakens_threshold: float


@dataclass(frozen=True, slots=True)
class Read:
    """A text as the encoder read it: its pieces, its states in 16 bits ``[t, 768]``, its embedding."""

    ids: NDArray[np.int64]
    states: NDArray[np.float16]
    embedding: Floats


class PairModel:
    """The networks of a folder. Safe to share between threads.

    Raises:
        ModelError: a file is missing, damaged, or not what this release can run.
    """

    def __init__(self, folder: Path | None = None, *, threads: int = 1) -> None:
        self.folder = FOLDER if folder is None else folder
        self.description = _checked(self.folder)
        self._threads = threads
        self._sessions: dict[str, Any] = {}
        self._tokenizer = vocabulary(self.folder / VOCABULARY)
        self._kept: OrderedDict[str, Read] = OrderedDict()
        self._turn = Lock()

    def embed(self, texts: Sequence[str]) -> Floats:
        """``[n, dimensions]``, rows of length 1."""
        rows = np.zeros((len(texts), self.description.dimensions), dtype=np.float32)
        for at, text in enumerate(texts):
            rows[at] = self._read(text).embedding
        return rows

    def scores(self, network: str, pairs: Sequence[tuple[str, str]]) -> Floats:
        """Of ``RELATE``, ``STANCE`` or ``WEAKENS``: log probabilities ``[n, classes]``, in the order of the pairs."""
        session = self._session(network)
        name, classes = session.get_outputs()[0].name, session.get_outputs()[0].shape[-1]
        rows = np.zeros((len(pairs), classes), dtype=np.float32)
        for at, pair in enumerate(pairs):
            # One by one: a batch outgrows the processor's cache, and a pair's scores cannot depend on its neighbours.
            one, two = map(self._read, pair)
            inputs = {
                "states": np.concatenate([one.states, two.states])[None].astype(np.float32),
                "ids": np.concatenate([one.ids, two.ids])[None],
                "sides": np.repeat([1, 2], [len(one.ids), len(two.ids)])[None].astype(np.int64),
                "embeddings": np.stack([one.embedding, two.embedding])[None],
            }
            rows[at] = session.run([name], inputs)[0][0]
        return rows

    def _read(self, text: str) -> Read:
        """What the encoder makes of a text, remembered for a while."""
        with self._turn:
            if (known := self._kept.get(text)) is not None:
                self._kept.move_to_end(text)
                return known
        ids = piece_ids(text, self._tokenizer, self.description.longest)
        states, embedding = self._session(TEXTS).run(["states", "embedding"], {"ids": ids[None]})
        read = Read(ids, states[0].astype(np.float16), embedding[0])
        with self._turn:
            self._kept[text] = read
            while len(self._kept) > KEPT_TEXTS:
                self._kept.popitem(last=False)
        return read

    def _session(self, name: str) -> Any:
        with self._turn:
            if name not in self._sessions:
                self._sessions[name] = onnx_session(self.folder / name, self._threads)
            return self._sessions[name]


def _checked(folder: Path) -> Description:
    """The description, once every file has its checksum."""
    path = folder / META
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise wrong(path, "is missing; install onrecord again") from None
    except OSError as error:
        raise wrong(path, f"cannot be read ({error.strerror or error})") from None
    except ValueError as error:
        raise wrong(path, f"is no JSON ({error})") from None
    if not isinstance(meta, dict) or meta.get("format") != FORMAT:
        raise wrong(path, f"is not of format {FORMAT}, which this release reads")
    sums = meta.get("sha256")
    for name in FILES:
        if not isinstance(sums, dict) or name not in sums:
            raise wrong(path, f"names no checksum of {name}")
        if digest(folder / name) != sums[name]:
            raise wrong(folder / name, "has another checksum than model.json says; install onrecord again")
    try:
        temperatures = {str(name): float(value) for name, value in meta["temperatures"].items()}
        description = Description(
            int(meta["longest"]), int(meta["dimensions"]), temperatures, float(meta["weakens_threshold"])
        )
        if description.longest < 8 or min(temperatures[name] for name in ("relation", "stance", "weakens")) <= 0:
            raise ValueError(f"{description} cannot be used")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise wrong(path, f"does not describe the model ({error})") from None
    return description
