"""Cross-validation: each part of the labelled pairs is judged by networks that have not seen it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.annotate.pairs.judge import softmax
from ingest.evaluate.gold import GoldError, read_text
from ingest.evaluate.pair_figures import PairReport, best_threshold, stance_report, weakens_report
from ingest.evaluate.pairs import Pair
from ingest.train.pairs.config import PairConfig, Stage
from ingest.train.pairs.corpora import replies, weakening
from ingest.train.pairs.examples import PairExample
from ingest.train.pairs.network import Ensemble
from ingest.train.pairs.run import PairTrainer, Reads, Report, fresh_network, predict

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


@dataclass(frozen=True, slots=True)
class Question:
    """What networks are asked: their heads, the one that answers, and the examples that labelled pairs are."""

    name: str
    heads: tuple[str, ...]
    examples: Callable[[Sequence[Pair]], list[PairExample]]


STANCE = Question("stance", ("stance",), replies)
WEAKENS = Question("weakens", ("weakens",), weakening)


def learned(
    heads: Sequence[str],
    examples: Sequence[PairExample],
    states: Reads,
    config: PairConfig,
    stage: Stage,
    report: Report,
) -> Ensemble:
    """Networks that have learned from ``examples``, each from its own seed; nothing is saved."""
    members = []
    for member in range(stage.members):
        seed = config.seed + member
        trainer = PairTrainer(fresh_network(heads, config, seed), states, examples, config, stage, seed, None, report)
        trainer.train()
        members.append(trainer.averaged())
    return Ensemble(members)


def held_out(
    question: Question, pairs: Sequence[Pair], states: Reads, config: PairConfig, count: int, kept: Path | None,
    report: Report, only: Sequence[int] = (),
) -> Shares:  # fmt: skip
    """Of each pair the probabilities that networks give it which have not seen its group.

    With a folder ``kept`` each fold's are written there, and read instead of trained again. ``only`` names folds, from
    0, to train now; the rows of the others stay 0.
    """
    fold = np.array(parts(pairs, count, config.seed))
    stage: Stage = getattr(config, question.name)
    shares = np.zeros((len(pairs), 0))
    for part in only or range(count):
        rows = np.flatnonzero(fold == part)
        path = None if kept is None else kept / f"{question.name}-{part + 1}-of-{count}.json"
        if path is not None and path.exists():
            found = np.array(json.loads(read_text(path)))
            if len(found) != len(rows):
                raise GoldError(f"{path}: is of other pairs; remove it, or name another folder")
        else:
            report(f"fold {part + 1} of {count}: {len(rows)} pairs held out")
            own = question.examples([pair for at, pair in enumerate(pairs) if fold[at] != part])
            networks = learned(question.heads, own, states, config, stage, report)
            chosen = [(pairs[at].a, pairs[at].b) for at in rows.tolist()]
            found = softmax(predict(networks, states, chosen)[question.name])
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
