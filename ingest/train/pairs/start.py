"""What ``onrecord train --head pairs`` and ``onrecord evaluate ... --folds`` do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.evaluate.pair_figures import PairReport
from ingest.evaluate.pairs import read_claims, read_replies
from ingest.train.pairs import config as settings
from ingest.train.start import missing

if TYPE_CHECKING:
    from ingest.train.pairs.config import PairConfig
    from ingest.train.pairs.examples import PairExample
    from ingest.train.pairs.run import States

Report = Callable[[str], None]
FOLDS = "folds"
"""The folder of a run that keeps what its folds were given."""
STATES = "states.npz"
READ_AT_ONCE = 4000
PARITY_PAIRS = 40


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
    """The networks of each question, one after the other; each goes on with ``resume``.

    Raises ``ExtraMissingError``, ``GoldError`` for data that cannot be read, ``ConfigError``, and ``ResumeError`` for a
    folder that holds a run already where none is to be resumed.
    """
    with _extra():
        import torch

        from ingest.train.pairs.run import CHECKPOINT, PairTrainer, fresh_network
        from ingest.train.run import ResumeError

        config = settings.load(run.config)
        if not run.resume and any((run.out / place / CHECKPOINT).exists() for place, *_ in _networks(config)):
            raise ResumeError(f"{run.out}: holds a run already; go on with --resume, or name another folder")
        torch.set_num_threads(config.threads)
        states = _states(run.out, config, report)
        examples = _examples(run.data, config)  # all, before hours are spent on what comes first
        _add(states, [one for part in examples.values() for one in part], run.out, report)
        for place, name, seed in _networks(config):
            network = fresh_network(HEADS[name], config, seed)
            stage = getattr(config, name)
            trainer = PairTrainer(network, states, examples[name], config, stage, seed, run.out / place, report)
            if run.resume and not trainer.resume():
                report(f"{place}: no checkpoint yet, beginning anew")
            report(f"{place}: begins")
            trainer.train(steps=run.steps)


HEADS: Mapping[str, tuple[str, ...]] = {
    "relation": ("relation", "similarity"), "stance": ("stance",), "weakens": ("weakens",)
}  # fmt: skip
"""The heads of the networks of each question."""


def _networks(config: PairConfig) -> list[tuple[str, str, int]]:
    """The folder, the question and the seed of every network."""
    return [
        (f"{name}-{member + 1}", name, config.seed + member)
        for name in settings.STAGES
        for member in range(getattr(config, name).members)
    ]


def _examples(data: Path, config: PairConfig) -> dict[str, list[PairExample]]:
    """What the networks of each question learn from."""
    import numpy as np

    from ingest.train.pairs import corpora

    shown = corpora.drawn(corpora.load(data, config.seed), config.sizes, np.random.default_rng([config.seed, 5]))
    return {
        "relation": [one for one in shown if one.task in HEADS["relation"]],
        "stance": corpora.replies(corpora.load_replies(data)),
        "weakens": corpora.weakening(corpora.load_claims(data)),
    }


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


def cross_validate(
    task: str,
    data: Path,
    run: Path,
    count: int,
    report: Report,
    *,
    config_file: Path = settings.DEFAULT,
    only: Sequence[int] = (),
) -> PairReport | None:
    """The figures of ``stance`` or ``pairs`` when each fold is judged by networks that have not seen it.

    What the encoder read and what each fold was given is kept in ``run``. ``None`` where ``only`` names some of the
    folds. Raises as ``train`` does.
    """
    with _extra():
        import torch

        from ingest.train.pairs import folds

        question, pairs = (folds.STANCE, read_replies(data)) if task == "stance" else (folds.WEAKENS, read_claims(data))
        config = settings.load(config_file)
        torch.set_num_threads(config.threads)
        states = _states(run, config, report)
        _add(states, question.examples(pairs), run, report)
        shares = folds.held_out(question, pairs, states, config, count, run / FOLDS, report, only)
        if only and len(set(only)) < count:
            return None
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
        from ingest.train.pairs.network import Ensemble
        from ingest.train.pairs.run import CHECKPOINT, load_averaged, read_checkpoint

        config = settings.from_values(read_checkpoint(run / "relation-1" / CHECKPOINT)["config"])
        torch.set_num_threads(config.threads)
        states = _states(run, config, report)
        networks = {
            name: Ensemble([load_averaged(run / place) for place, own, _ in _networks(config) if own == name])
            for name in settings.STAGES
        }
        fitted = calibrate.measured(data, run, networks["relation"], states, config)
        size = write(run / TEXTS, networks, out, longest=config.longest, settings=fitted)
        pairs = [(pair.a, pair.b) for pair in (load_replies(data) + load_claims(data))[:: 3400 // PARITY_PAIRS]]
        states.add(text for pair in pairs for text in pair)
        difference = largest_difference(out, networks, states, pairs)
    report(f"{out}: {size / 1e6:.1f} MB; differs from PyTorch by {difference:.1g} at most on {len(pairs)} pairs")
