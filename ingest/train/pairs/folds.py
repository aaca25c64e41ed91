"""Cross-validation of what is learned last, replies and claims: the base is shared, since it saw none of them."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from ingest.annotate.pairs.judge import softmax
from ingest.evaluate.gold import GoldError, read_text
from ingest.evaluate.pair_figures import PairReport, best_threshold, stance_report, weakens_report
from ingest.evaluate.pairs import Pair
from ingest.train.pairs.config import PairConfig, Stage
from ingest.train.pairs.corpora import replies, weakening
from ingest.train.pairs.examples import PairExample
from ingest.train.pairs.network import PairNetwork
from ingest.train.pairs.run import PairTrainer, Reads, Report, predict, seed_all

Shares = NDArray[np.float64]


def parts(pairs: Sequence[Pair], count: int, seed: int) -> list[int]:
    """The fold of each pair, from 0: whole groups, drawn at random, so that the folds are of about one size."""
    names = sorted({pair.group for pair in pairs})
    if not 2 <= count <= len(names):
        raise GoldError(f"no {count} folds: from 2 to as many as there are groups ({len(names)})")
    sizes = dict.fromkeys(names, 0)
    for pair in pairs:
        sizes[pair.group] += 1
    order = np.random.default_rng([seed, 3]).permutation(len(names)).tolist()
    held = [0] * count
    fold: dict[str, int] = {}
    for at in sorted(order, key=lambda at: -sizes[names[at]]):
        smallest = held.index(min(held))
        fold[names[at]] = smallest
        held[smallest] += sizes[names[at]]
    return [fold[pair.group] for pair in pairs]


def drawing(
    own: Sequence[PairExample], replayed: Sequence[PairExample], share: float
) -> Callable[[Generator], list[PairExample]]:
    """All of ``own`` in each epoch, with ``share`` as many of what was learned before, other ones in each."""

    def draw(random: Generator) -> list[PairExample]:
        count = min(len(replayed), round(share * len(own)))
        chosen = random.permutation(len(replayed))[:count].tolist()
        return [*own, *(replayed[at] for at in chosen)]

    return draw


def finish(
    base: PairNetwork, states: Reads, own: Sequence[PairExample], replayed: Sequence[PairExample],
    config: PairConfig, stage: Stage, folder: Path | None, report: Report, *, resume: bool = False,
) -> PairNetwork:  # fmt: skip
    """The base after the last stage; the base itself stays as it is."""
    seed_all(config.seed)
    trainer = PairTrainer(
        copy.deepcopy(base), states, drawing(own, replayed, stage.replay), config, stage, folder, report
    )
    if resume:
        trainer.resume()
    trainer.train()
    return trainer.averaged()


@dataclass(frozen=True, slots=True)
class Question:
    """What is cross-validated: the head, the examples that pairs are, the classes."""

    head: str
    examples: Callable[[Sequence[Pair]], list[PairExample]]


STANCE = Question("stance", replies)
WEAKENS = Question("weakens", weakening)


def held_out(
    question: Question, pairs: Sequence[Pair], base: PairNetwork, states: Reads, replayed: Sequence[PairExample],
    config: PairConfig, count: int, kept: Path | None, report: Report, only: Sequence[int] = (),
) -> Shares:  # fmt: skip
    """Of each pair the probabilities that a network gives it which has not seen its group.

    With a folder ``kept`` each fold's are written there, and read instead of trained again. ``only`` names folds, from
    0, to train now; the rows of the others stay 0.
    """
    fold = np.array(parts(pairs, count, config.seed))
    stage = config.replies
    shares = np.zeros((len(pairs), 0))
    for part in only or range(count):
        rows = np.flatnonzero(fold == part)
        path = None if kept is None else kept / f"{question.head}-{part + 1}-of-{count}.json"
        if path is not None and path.exists():
            found = np.array(json.loads(read_text(path)))
            if len(found) != len(rows):
                raise GoldError(f"{path}: is of other pairs; remove it, or name another folder")
        else:
            report(f"fold {part + 1} of {count}: {len(rows)} pairs held out")
            own = question.examples([pair for at, pair in enumerate(pairs) if fold[at] != part])
            network = finish(base, states, own, replayed, config, stage, None, report)
            chosen = [(pairs[at].a, pairs[at].b) for at in rows.tolist()]
            found = softmax(predict(network, states, chosen)[question.head])
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(np.round(found, 6).tolist()) + "\n", encoding="utf-8")
        if not shares.shape[1]:
            shares = np.zeros((len(pairs), found.shape[1]))
        shares[rows] = found
    return shares


def report_of(question: Question, pairs: Sequence[Pair], shares: Shares, count: int, seed: int) -> PairReport:
    """The figures of all folds together.

    The threshold from which a claim counts as weakened is chosen, for each fold, on the other folds.
    """
    judge = f"{count} folds"
    if question is STANCE:
        return stance_report(pairs, shares, judge, count)
    fold = np.array(parts(pairs, count, seed))
    wanted = np.array([pair.label == "1" for pair in pairs])
    # Shifted so that one threshold serves all folds: each fold's own lies at one half.
    moved = np.zeros(len(pairs))
    for part in range(count):
        rows = fold == part
        moved[rows] = shares[rows, 1] - best_threshold(wanted[~rows], shares[~rows, 1]) + 0.5
    return weakens_report(pairs, np.clip(moved, 0, 1), judge, count)
