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


Folds = Annotated[
    int | None,
    typer.Option(
        help="Judge each of K parts by a network that has not seen it: trains, so needs the extra train and --run.",
        min=2,
        metavar="K",
    ),
]
FoldRun = Annotated[
    Path | None,
    typer.Option("--run", help="For --folds: where what was read and what each fold gave is kept.", metavar="DIR"),
]
OnlyFold = Annotated[
    list[int] | None,
    typer.Option("--fold", help="Train this one of the folds alone, and keep it in the run.", min=1, metavar="I"),
]


@app.command()
def stance(
    data: Annotated[
        Path, typer.Option(help="CSV with quote_text, response_text and relation: 0, 1, 2.", metavar="FILE")
    ],
    folds: Folds = None,
    run: FoldRun = None,
    fold: OnlyFold = None,
    as_json: AsJson = False,
) -> None:
    """Whether replies agree with what they answer: macro F1 of agree, disagree and neutral."""
    _judge_pairs("stance", data, folds, run, fold, as_json)


@app.command()
def pairs(
    data: Annotated[Path, typer.Option(help="JSON with claim_a, claim_b, topic and relation: 0, 1.", metavar="FILE")],
    folds: Folds = None,
    run: FoldRun = None,
    fold: OnlyFold = None,
    as_json: AsJson = False,
) -> None:
    """Whether one claim weakens another: F1, precision and recall."""
    _judge_pairs("pairs", data, folds, run, fold, as_json)


@app.command()
def matching(
    data: Annotated[
        Path | None,
        typer.Option(help="Tab-separated label, kind, a, b; by default the project's own pairs.", metavar="FILE"),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Whether two wordings make the same claim: precision where 70 % are found, and at one half."""
    _judge_pairs("matching", data, None, None, None, as_json)


@app.command()
def speakers(
    data: Annotated[Path, typer.Option(help="A folder of .txt files, each with its brat .ann.", metavar="DIR")],
    labels: Annotated[
        Path,
        typer.Option(help="Who speaks in some of their attributions, as tests/eval/speakers.jsonl.", metavar="FILE"),
    ] = Path("tests/eval/speakers.jsonl"),
    found: Annotated[
        bool,
        typer.Option("--found", help="Of the attributions that the annotator finds, not of those marked."),
    ] = False,
    as_json: AsJson = False,
    annotator: Chosen = None,
) -> None:
    """Who really spoke: how many attributions lead to a speaker, how many of those to the right one, and how."""
    from ingest.annotate import DEFAULT, load
    from ingest.evaluate.speaker_answers import evaluate_speakers

    chosen = annotator if annotator is not None else DEFAULT
    with answering():
        report = evaluate_speakers(data, labels, Watched(load(chosen)), found=found).as_json()
    if as_json:
        typer.echo(json.dumps({"annotator": chosen, **report}, ensure_ascii=False))
        return
    from api import figures, render

    render.console().print(figures.speakers(report, chosen))


@app.command()
def coreference(
    data: Annotated[
        Path,
        typer.Option(help="A .tsv file of GAP, a .conllu file with entities, or a folder of both.", metavar="PATH"),
    ],
    as_json: AsJson = False,
    annotator: Chosen = None,
) -> None:
    """Which expressions mean the same (MUC, B3, CEAFe and their mean, as CoNLL), and whom pronouns mean, as GAP."""
    _score("coreference", data, annotator, as_json)


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
    data: Annotated[Path, typer.Option(help="The folder with polnear/, ner/, ud/ and coref/.", metavar="DIR")],
    passages: Annotated[
        Path | None, typer.Option(help="The file of marked passages, to measure on them too.", metavar="FILE")
    ] = None,
    marked: Annotated[
        Path | None, typer.Option(help="The file of passages with marked coreference, likewise.", metavar="FILE")
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
        suites = model_card.measure(data, passages, Watched(load("model")), marked)
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


def _judge_pairs(
    task: str, data: Path | None, count: int | None, run: Path | None, only: list[int] | None, as_json: bool
) -> None:
    from ingest.annotate.pairs import OnnxPairJudge
    from ingest.evaluate import judging

    with answering():
        if count is not None and data is not None:
            if run is None:
                raise typer.BadParameter("folds keep what they were given: name a folder", param_hint="--run")
            from ingest.train.pairs import start

            places = [part - 1 for part in only or ()]
            if any(part >= count for part in places):
                raise typer.BadParameter(f"there are {count} folds", param_hint="--fold")
            made = start.cross_validate(task, data, run, count, _progress, only=places)
            if made is None:
                return
            report = made
        elif task == "matching":
            report = judging.evaluate_matching(data, OnnxPairJudge())
        else:
            assert data is not None
            evaluate = judging.evaluate_stance if task == "stance" else judging.evaluate_pairs
            report = evaluate(data, OnnxPairJudge())
    if as_json:
        typer.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return
    from api import figures, render

    render.console().print(figures.pair_report(report.as_json()))


def _progress(line: str) -> None:
    typer.echo(line, err=True)


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
