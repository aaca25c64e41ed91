"""What ``onrecord train --head pairs`` and ``onrecord evaluate ... --folds`` do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.errors import OnRecordError
from ingest.evaluate.gold import GoldError, read_text
from ingest.evaluate.pair_figures import PairReport
from ingest.evaluate.pairs import read_claims, read_replies
from ingest.train.pairs import config as settings
from ingest.train.start import missing

if TYPE_CHECKING:
    from ingest.train.pairs.config import PairConfig
    from ingest.train.pairs.examples import PairExample
    from ingest.train.pairs.network import PairNetwork
    from ingest.train.pairs.run import States

Report = Callable[[str], None]
BASE, RELATION, REPLIES = "base", "relation", "replies"
"""The folders of a run's stages."""
FOLDS = "folds"
"""The folder of a run that keeps what its folds were given."""
REPLAY = "replay.jsonl"
STATES = "states.npz"
READ_AT_ONCE = 4000
PARITY_PAIRS = 40


class NoBaseError(OnRecordError):
    """A folder that holds no base to go on from."""


@dataclass(frozen=True, slots=True)
class PairRun:
    """What to train: on which data, into which folder; ``steps`` of each stage at most."""

    data: Path
    out: Path
    config: Path = settings.DEFAULT
    steps: int | None = None
    resume: bool = False


@contextmanager
def _extra() -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise missing(error) from error


def train(run: PairRun, report: Report) -> None:
    """The base, then the network that compares claims and the one that compares replies; each goes on with ``resume``.

    Raises ``ExtraMissingError``, ``GoldError`` for data that cannot be read, ``ConfigError``, and ``ResumeError`` for a
    folder that holds a run already where none is to be resumed.
    """
    with _extra():
        import numpy as np
        import torch

        from ingest.train.pairs import corpora
        from ingest.train.pairs.folds import drawing
        from ingest.train.pairs.run import CHECKPOINT, PairTrainer, fresh_network, load_averaged, seed_all
        from ingest.train.run import ResumeError

        config = settings.load(run.config)
        if not run.resume and (run.out / BASE / CHECKPOINT).exists():
            raise ResumeError(f"{run.out}: holds a run already; go on with --resume, or name another folder")
        torch.set_num_threads(config.threads)
        states = _states(run.out, config, report)
        parts = corpora.load(run.data, config.seed)
        shown = corpora.drawn(parts, config.sizes, np.random.default_rng([config.seed, 5]))
        own = [
            *corpora.replies(corpora.load_replies(run.data)),
            *corpora.weakening(corpora.load_claims(run.data)),
        ]  # read before hours are spent on what comes first
        _add(states, [*shown, *own], run.out, report)
        trainer = PairTrainer(
            fresh_network(config), states, lambda _: shown, config, config.base, run.out / BASE, report
        )
        _go(trainer, run, report, BASE)
        _write_replay(run.out / BASE / REPLAY, [one for one in shown if one.task == "stance"])
        related = [one for one in shown if one.task in ("relation", "similarity")]
        replayed = read_replay(run.out)
        later = (
            (RELATION, config.relation, drawing(related, [], 0.0)),
            (REPLIES, config.replies, drawing(own, replayed, config.replies.replay)),
        )
        for name, stage, draw in later:
            seed_all(config.seed)
            network = load_averaged(run.out / BASE)
            _go(PairTrainer(network, states, draw, config, stage, run.out / name, report), run, report, name)


def _add(states: States, examples: Sequence[PairExample], out: Path, report: Report) -> None:
    """Reads what was not read yet, and keeps it now and then."""
    texts = list(dict.fromkeys(text for one in examples for text in (one.a, one.b) if text not in states.kept))
    for at in range(0, len(texts), READ_AT_ONCE):
        states.add(texts[at : at + READ_AT_ONCE])
        states.save(out / STATES)
        report(f"read {min(len(texts), at + READ_AT_ONCE):,} of {len(texts):,} texts")


def _go(trainer: Any, run: PairRun, report: Report, name: str) -> None:
    if run.resume and not trainer.resume():
        report(f"{name}: no checkpoint yet, beginning anew")
    report(f"{name}: begins")
    trainer.train(steps=run.steps)


def _states(out: Path, config: PairConfig, report: Report) -> States:
    """With the encoder that the run reads with, written there if it is not yet, and what it has read before."""
    from ingest.annotate.pairs.runtime import TEXTS
    from ingest.train.pairs.export import write_texts
    from ingest.train.pairs.run import States, frozen_texts
    from ingest.train.vocabulary import load_tokenizer

    if not (out / TEXTS).exists():
        report(f"{out / TEXTS}: writing the encoder")
        write_texts(frozen_texts(), out / TEXTS)
    states = States(out / TEXTS, load_tokenizer(), config.longest)
    states.load(out / STATES)
    return states


def _write_replay(path: Path, examples: Sequence[PairExample]) -> None:
    rows = ({**asdict(one), "labels": sorted(one.labels)} for one in examples)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def read_replay(run: Path) -> list[PairExample]:
    """A part of what the base of a run learned from. Raises ``NoBaseError`` where there is none."""
    from ingest.train.pairs.examples import PairExample

    path = run / BASE / REPLAY
    if not path.exists():
        raise NoBaseError(f"{path}: is missing; name the folder of a run of `onrecord train --head pairs`")
    rows = [json.loads(line) for line in read_text(path).splitlines()]
    return [PairExample(**{**row, "labels": frozenset(row["labels"])}) for row in rows]


def cross_validate(
    task: str, data: Path, base: Path, count: int, report: Report, *, kept: Path | None = None, only: Sequence[int] = ()
) -> PairReport:
    """The figures of ``stance`` or ``pairs`` when each fold is judged by a network that has not seen it.

    ``base`` is the folder of a run whose base is gone on from. Raises as ``train`` does, and ``NoBaseError``.
    """
    with _extra():
        import torch

        from ingest.train.pairs import folds
        from ingest.train.pairs.run import CHECKPOINT, load_averaged, read_checkpoint

        question, pairs = (folds.STANCE, read_replies(data)) if task == "stance" else (folds.WEAKENS, read_claims(data))
        checkpoint = base / BASE / CHECKPOINT
        if not checkpoint.exists():
            raise NoBaseError(f"{base}: holds no {BASE}/{CHECKPOINT}; make one with `onrecord train --head pairs`")
        config = settings.from_values(read_checkpoint(checkpoint)["config"])
        torch.set_num_threads(config.threads)
        network: PairNetwork = load_averaged(base / BASE)
        states, replayed = _states(base, config, report), read_replay(base)
        _add(states, [*question.examples(pairs), *replayed], base, report)
        shares = folds.held_out(question, pairs, network, states, replayed, config, count, kept, report, only)
        if only and len(set(only)) < count:
            raise GoldError(f"folds {', '.join(str(part + 1) for part in only)} of {count} are done; no figures yet")
        return folds.report_of(question, pairs, shares, count, config.seed)


def export(data: Path, run: Path, out: Path, report: Report) -> None:
    """Writes what a run has learned into ``out``, with its calibration, checked against PyTorch.

    Raises ``ExtraMissingError``, ``GoldError``, ``ResumeError`` where a stage is missing, and ``ExportError``.
    """
    with _extra():
        import torch

        from ingest.annotate.pairs.runtime import TEXTS
        from ingest.train.pairs import calibrate
        from ingest.train.pairs.corpora import load_claims, load_replies
        from ingest.train.pairs.export import largest_difference, write
        from ingest.train.pairs.run import CHECKPOINT, load_averaged, read_checkpoint

        config = settings.from_values(read_checkpoint(run / BASE / CHECKPOINT)["config"])
        torch.set_num_threads(config.threads)
        states = _states(run, config, report)
        relate, stance = load_averaged(run / RELATION), load_averaged(run / REPLIES)
        fitted = calibrate.measured(data, run, relate, states, config)
        size = write(run / TEXTS, relate, stance, out, longest=config.longest, settings=fitted)
        pairs = [(pair.a, pair.b) for pair in (load_replies(data) + load_claims(data))[:: 3400 // PARITY_PAIRS]]
        difference = largest_difference(out, relate, stance, states, pairs)
    report(f"{out}: {size / 1e6:.1f} MB; differs from PyTorch by {difference:.1g} at most on {len(pairs)} pairs")
