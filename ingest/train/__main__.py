"""``python -m ingest.train --data DIR --out DIR [--config FILE] [--resume | --export DIR]``."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from ingest.errors import OnRecordError
from ingest.train import config as settings
from ingest.train import data


def main(arguments: list[str] | None = None) -> int:
    """Trains; progress goes to standard error. Answers the exit status."""
    parser = argparse.ArgumentParser(prog="python -m ingest.train", description="Trains the language model.")
    parser.add_argument("--data", type=Path, required=True, help="the folder with polnear/, ner/ and ud/")
    parser.add_argument("--out", type=Path, required=True, help="where checkpoints and figures go")
    parser.add_argument("--config", type=Path, default=settings.DEFAULT, help="the run's settings, TOML")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --out")
    parser.add_argument(
        "--fold", type=_fold, metavar="I/K", help="hold out this part of PolNeAR's articles and judge on it"
    )
    parser.add_argument("--steps", type=int, help="stop after this many steps")
    parser.add_argument(
        "--export", type=Path, metavar="DIR", help="train nothing; write the best network of --out there"
    )
    parser.add_argument("--no-judge", action="store_true", help="no figures after each epoch")
    chosen = parser.parse_args(arguments)
    try:
        from ingest.train.judge import Judge
        from ingest.train.run import Trainer
        from ingest.train.vocabulary import load_tokenizer
    except ImportError as error:
        print(f"training needs {error.name}; pip install 'onrecord[train]'", file=sys.stderr)
        return 1
    try:
        if chosen.export:
            return _export(chosen.out, chosen.export, chosen.data)
        config = settings.load(chosen.config)
        fold = data.Fold(*chosen.fold) if chosen.fold else None
        tokenizer = load_tokenizer()
        trainer = Trainer(config, data.load(chosen.data, tokenizer, fold), tokenizer, chosen.out, _report)
        if chosen.resume and not trainer.resume():
            _report(f"{chosen.out}: no checkpoint yet, beginning anew")
        judge = None if chosen.no_judge else Judge(chosen.data, tokenizer, config, fold)
        trainer.train(judge, steps=chosen.steps)
    except OnRecordError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _fold(words: str) -> tuple[int, int]:
    part, _, of = words.partition("/")
    return int(part), int(of)


def _export(run: Path, out: Path, folder: Path) -> int:
    from ingest.annotate.neural.pieces import cut
    from ingest.evaluate.gold import read_polnear
    from ingest.train.export import export_run
    from ingest.train.vocabulary import load_tokenizer

    tokenizer = load_tokenizer()
    articles = read_polnear(folder / "polnear" / "dev")[:50]
    size, difference = export_run(run, out, [cut(article.text, tokenizer) for article in articles])
    _report(f"{out}: {size / 1e6:.1f} MB; differs from PyTorch by {difference:.1g} at most on {len(articles)} articles")
    return 0


def _report(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    raise SystemExit(main())
