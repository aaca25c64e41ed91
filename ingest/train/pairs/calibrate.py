"""Makes the networks' probabilities as sure as they are right: one temperature for each question.

Guo et al., On Calibration of Modern Neural Networks (2017). Fitted on pairs that were not learned from: for claims the
development part of the STS benchmark and edited sentences of PolNeAR's development articles, for replies and weakened
claims the held-out folds.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ingest.evaluate.gold import GoldError, read_text
from ingest.evaluate.pair_figures import best_threshold
from ingest.evaluate.pairs import Pair
from ingest.train.pairs import corpora
from ingest.train.pairs.config import PairConfig
from ingest.train.pairs.edits import names_in, plain_words
from ingest.train.pairs.examples import PairExample
from ingest.train.pairs.folds import parts
from ingest.train.pairs.network import Ensemble
from ingest.train.pairs.run import Reads, predict
from ingest.train.pairs.start import FOLDS

Floats = NDArray[np.float64]
TEMPERATURES = np.geomspace(0.4, 4.0, 47)
EDITED = 900


def temperature(scores: Floats, allowed: NDArray[np.bool_]) -> float:
    """By what to divide ``scores`` ``[n, classes]`` so that what is ``allowed`` becomes likeliest."""

    def loss(value: float) -> float:
        wide = scores / value
        wide = wide - wide.max(axis=1, keepdims=True)
        powers = np.exp(wide)
        return float(-np.log(np.maximum(1e-12, (powers * allowed).sum(1) / powers.sum(1))).mean())

    return float(min(TEMPERATURES, key=loss))


def development(data: Path, seed: int) -> list[PairExample]:
    """Pairs for ``relation`` that were not learned from. Raises ``GoldError`` where a corpus is missing."""
    random = np.random.default_rng([seed, 13])
    texts = corpora.polnear_contents(data / "polnear" / "dev")
    names = sorted({text[slice(*span)] for text in texts for span in names_in(text)})
    edited = corpora.edited(texts, names, plain_words(texts), random)
    chosen = random.permutation(len(edited))[:EDITED].tolist()
    pairs = corpora.similarity(data / "similarity" / "sts-dev.csv")
    return [*(edited[at] for at in chosen), *(one for one in pairs if one.task == "relation")]


def measured(data: Path, run: Path, relate: Ensemble, states: Reads, config: PairConfig) -> dict[str, Any]:
    """What ``model.json`` says of the numbers: ``temperatures`` and ``weakens_threshold``.

    Raises ``GoldError`` where the folds are not there yet.
    """
    examples = development(data, config.seed)
    scores = predict(relate, states, [(one.a, one.b) for one in examples])["relation"].astype(np.float64)
    allowed = np.zeros(scores.shape, dtype=np.bool_)
    for row, one in enumerate(examples):
        allowed[row, list(one.labels)] = True
    temperatures = {"relation": temperature(scores, allowed)}
    threshold = 0.5
    for head, pairs in (("stance", corpora.load_replies(data)), ("weakens", corpora.load_claims(data))):
        shares, rows = kept_shares(run / FOLDS, head, parts_of(pairs, run, head, config.seed))
        truth = np.array([int(pairs[at].label) for at in rows])
        log = np.log(np.maximum(1e-9, shares))
        temperatures[head] = temperature(log, np.eye(shares.shape[1], dtype=np.bool_)[truth])
        if head == "weakens":
            cooled = np.exp(log / temperatures[head])
            threshold = best_threshold(truth == 1, cooled[:, 1] / cooled.sum(1))
    return {"temperatures": {k: round(v, 3) for k, v in temperatures.items()}, "weakens_threshold": round(threshold, 4)}


def parts_of(pairs: Sequence[Pair], run: Path, head: str, seed: int) -> dict[Path, list[int]]:
    """The kept files of a question's folds with the pairs that each is of."""
    files = sorted((run / FOLDS).glob(f"{head}-*-of-*.json"))
    count = len(files)
    if count < 2 or any(not file.stem.endswith(f"-of-{count}") for file in files):
        raise GoldError(
            f"{run / FOLDS}: holds no complete folds of {head}; make them with `onrecord evaluate ... --folds`"
        )
    fold = parts(pairs, count, seed)
    return {file: [at for at, one in enumerate(fold) if one == int(file.stem.split("-")[1]) - 1] for file in files}


def kept_shares(folder: Path, head: str, files: dict[Path, list[int]]) -> tuple[Floats, list[int]]:
    """The held-out probabilities of all folds, and the pairs that their rows are of."""
    shares: list[list[float]] = []
    rows: list[int] = []
    for file, members in files.items():
        found = json.loads(read_text(file))
        if len(found) != len(members):
            raise GoldError(f"{folder}: the folds of {head} are of other pairs")
        shares += found
        rows += members
    return np.array(shares), rows
