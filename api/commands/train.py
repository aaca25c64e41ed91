"""``onrecord train``: makes the language model that ships with the package."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import answering

if TYPE_CHECKING:
    from ingest.train.start import HeadRun

app = typer.Typer(add_completion=False)

HEADS = ("coreference", "pairs")
"""What can be trained alone."""


@app.command(
    help="Train the language model, with a GPU where there is one. A run that was stopped goes on with --resume.\n\n"
    "Progress goes to standard error; figures on the development part after each epoch, checkpoints and the best "
    "network go to --out. Needs the extra: pip install 'onrecord\\[train]'."
)
def train(
    data: Annotated[
        Path,
        typer.Option(help="The folder with polnear/, ner/ and ud/; for coreference ud/ and coref/.", metavar="DIR"),
    ],
    out: Annotated[Path, typer.Option(help="Where checkpoints, figures and the best network go.", metavar="DIR")],
    config: Annotated[
        Path | None, typer.Option(help="The run's settings, TOML; without it those that came with OnRecord.")
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint in --out.")] = False,
    fold: Annotated[
        str | None,
        typer.Option(help="Hold out part I of K of PolNeAR's training articles and judge on it.", metavar="I/K"),
    ] = None,
    steps: Annotated[int | None, typer.Option(help="Stop after this many steps.", min=1, metavar="N")] = None,
    export: Annotated[
        Path | None,
        typer.Option(
            help="Train nothing: write the best network of --out there, as the files of a model.", metavar="DIR"
        ),
    ] = None,
    judge: Annotated[bool, typer.Option("--judge/--no-judge", help="Take figures after each epoch.")] = True,
    head: Annotated[
        str | None,
        typer.Option(
            help="Train a part alone instead: coreference, on the states of the model in --model; or pairs (the same "
            "claim, stance), which has a model of its own.",
            metavar="NAME",
        ),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(help="The model whose encoder a head reads; without it the one that came with OnRecord."),
    ] = None,
) -> None:
    """Trains, or writes what was learned as a model."""
    from ingest.train import start
    from ingest.train.config import DEFAULT

    with answering():
        if head is not None:
            _head(head, start.HeadRun(data, out, config, model, steps, resume, judge), export, fold)
            return
        if export is not None:
            start.export(data, out, export, _report)
            return
        held_out = _fold(fold) if fold is not None else None
        start.train(start.Run(data, out, config or DEFAULT, held_out, steps, resume, judge), _report)


def _head(name: str, run: HeadRun, export: Path | None, fold: str | None) -> None:
    from ingest.train import start

    if name not in HEADS:
        raise typer.BadParameter(
            f"nothing is trained alone that is called {name!r}; {' and '.join(HEADS)} are", param_hint="--head"
        )
    if fold is not None:
        raise typer.BadParameter(f"is of whole networks, not of {name}", param_hint="--fold")
    if name == "pairs":
        _pairs(run, export)
    elif export is not None:
        start.export_coreference(run, export, _report)
    else:
        start.train_coreference(run, _report)


def _pairs(run: HeadRun, export: Path | None) -> None:
    from ingest.train.pairs import start
    from ingest.train.pairs.config import DEFAULT

    if export is not None:
        start.export(run.data, run.out, export, _report)
    else:
        start.train(start.PairRun(run.data, run.out, run.config or DEFAULT, run.steps, run.resume), _report)


def _fold(words: str) -> tuple[int, int]:
    part, _, of = words.partition("/")
    if not (part.isdecimal() and of.isdecimal() and 1 <= int(part) <= int(of) >= 2):
        raise typer.BadParameter(f"{words!r} is no part of several, such as 1/5", param_hint="--fold")
    return int(part), int(of)


def _report(line: str) -> None:
    typer.echo(f"{time.strftime('%H:%M:%S')} {line}", err=True)
