"""``onrecord evaluate``: how good the annotations are, on texts that people annotated."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import answering

if TYPE_CHECKING:
    from ingest.evaluate.report import Annotator
    from ingest.model import Annotations

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Score an annotator on annotated texts: F1, 95 % intervals from resampling the texts, the worst texts first.",
)

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object, with all texts.")]
Chosen = Annotated[
    str | None,
    typer.Option(
        "--annotator", help="model, rules or spacy:PIPELINE; by default what OnRecord reads with.", metavar="NAME"
    ),
]


@app.command()
def attribution(
    data: Annotated[Path, typer.Option(help="A folder of .txt files, each with its brat .ann.", metavar="DIR")],
    as_json: AsJson = False,
    annotator: Chosen = None,
) -> None:
    """Source, cue and content: exact spans, whole triples, characters in common; and what confidences are worth."""
    _score("attribution", data, annotator, as_json)


@app.command()
def ner(
    data: Annotated[
        Path, typer.Option(help="A .conll or .iob2 file, or a folder of them; labels PER, ORG, LOC.", metavar="PATH")
    ],
    as_json: AsJson = False,
    annotator: Chosen = None,
) -> None:
    """Names of persons, organizations and places: exact spans with their kind."""
    _score("ner", data, annotator, as_json)


@app.command()
def sentences(
    data: Annotated[
        Path,
        typer.Option(
            help="A .conllu file or a folder of them; one without paragraphs has its sentences joined in tens.",
            metavar="PATH",
        ),
    ],
    as_json: AsJson = False,
    annotator: Chosen = None,
) -> None:
    """Where sentences start, with and without the first of each paragraph."""
    _score("sentences", data, annotator, as_json)


@app.command()
def passages(
    data: Annotated[Path, typer.Option(help="A file of marked passages, as tests/eval/passages.txt.", metavar="FILE")],
    as_json: AsJson = False,
    annotator: Chosen = None,
) -> None:
    """Names, sentences and attributions with their directness, polarity and certainty, on short marked passages."""
    _score("passages", data, annotator, as_json)


@app.command()
def folds(
    runs: Annotated[list[Path], typer.Argument(help="Folders of `onrecord train --fold I/K`.", metavar="RUN")],
    as_json: AsJson = False,
) -> None:
    """Cross-validation: mean and spread of the figures of several training runs, the best epoch of each."""
    from dataclasses import asdict

    from api import figures, render
    from ingest.evaluate.folds import best_figures, summarise

    with answering():
        spreads = summarise([best_figures(run) for run in runs])
    if as_json:
        typer.echo(json.dumps({name: asdict(one) for name, one in spreads.items()}))
    else:
        render.console().print(figures.spreads(spreads, len(runs)))


@app.command()
def card(
    data: Annotated[Path, typer.Option(help="The folder with polnear/, ner/ and ud/.", metavar="DIR")],
    passages: Annotated[
        Path | None, typer.Option(help="The file of marked passages, to measure on them too.", metavar="FILE")
    ] = None,
    write: Annotated[
        bool, typer.Option("--write", help="Write the tables into the model's card, and figures.json beside it.")
    ] = False,
) -> None:
    """Measure all that the model card says of the model that comes with the package, and print it as Markdown."""
    from ingest.annotate import load
    from ingest.annotate.runtime import FOLDER
    from ingest.evaluate import card as model_card

    with answering():
        model = model_card.described(FOLDER)
        suites = model_card.measure(data, passages, Watched(load("model")))
        figures = {"model": model, "suites": suites}
        if write:
            model_card.write(FOLDER, figures)
        for line in model_card.as_markdown(figures):
            typer.echo(line)


@dataclass(frozen=True)
class Watched:
    """An annotator whose progress is shown on standard error, where that is a terminal."""

    annotator: Annotator

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        """As the annotator does."""
        from rich.console import Console
        from rich.progress import track

        waiting = list(texts)
        console = Console(stderr=True)
        yield from track(
            self.annotator.annotate(waiting),
            description="Reading",
            total=len(waiting),
            console=console,
            transient=True,
            disable=not console.is_terminal,
        )


def _score(task: str, data: Path, name: str | None, as_json: bool) -> None:
    from ingest.annotate import DEFAULT, load
    from ingest.evaluate.run import evaluate

    chosen = name if name is not None else DEFAULT
    with answering():
        report = evaluate(task, data, Watched(load(chosen))).as_json()
    if as_json:
        typer.echo(json.dumps({"annotator": chosen, **report}, ensure_ascii=False))
        return
    from api import figures, render

    render.console().print(figures.report(report, chosen))
