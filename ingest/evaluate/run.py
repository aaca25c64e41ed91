"""What ``onrecord evaluate`` does: reads a gold set, lets an annotator work on it, and prints how well it did."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from ingest.evaluate.gold import GoldError, Labelled, Paragraph, read_conll, read_conllu, read_polnear
from ingest.evaluate.report import (
    Annotator,
    Report,
    evaluate_attribution,
    evaluate_names,
    evaluate_sentences,
)
from ingest.evaluate.sentences import in_tens


def _attribution(path: Path, annotator: Annotator) -> Report:
    return evaluate_attribution(read_polnear(path), annotator)


def _names(path: Path, annotator: Annotator) -> Report:
    return evaluate_names([sentence for file in _files(path) for sentence in _labelled(file)], annotator)


def _labelled(path: Path) -> list[Labelled]:
    """UNER's ``.iob2`` numbers its tokens and has two more columns; other files have a token and a tag."""
    return read_conll(path, column=2, word=1) if path.suffix == ".iob2" else read_conll(path)


def _sentences(path: Path, annotator: Annotator) -> Report:
    """Paragraphs as given; a treebank without them has its sentences joined in tens."""
    paragraphs: list[Paragraph] = []
    for file in _files(path):
        own = [paragraph for document in read_conllu(file) for paragraph in document.paragraphs]
        given = "# newpar" in file.read_text(encoding="utf-8")
        paragraphs.extend(own if given else in_tens(own))
    return evaluate_sentences(paragraphs, annotator)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(child for child in path.iterdir() if child.suffix in {".conll", ".iob2", ".conllu", ".txt"})
    else:
        files = [path] if path.is_file() else []
    if not files:
        raise GoldError(f"{path}: no annotated files; name a file or a folder of .conll, .iob2 or .conllu files")
    return files


TASKS: Mapping[str, Callable[[Path, Annotator], Report]] = {
    "attribution": _attribution,
    "ner": _names,
    "sentences": _sentences,
}


def evaluate(task: str, path: Path, annotator: Annotator) -> Report:
    """The report on one of ``TASKS``. Raises ``GoldError`` where the data cannot be read, or for another task."""
    if task not in TASKS:
        raise GoldError(f"no such evaluation: {task}; there are {', '.join(TASKS)}")
    return TASKS[task](path, annotator)


def as_text(report: Report, *, rounds: int = 1000, worst: int = 10) -> Iterator[str]:
    """The report as lines to read, in per cent, with the ``worst`` articles last."""
    answer = report.as_json(rounds=rounds)
    yield f"{report.task}: {answer['texts']} texts"
    yield f"{'':22}{'F1':>7} {'95 %':>15} {'precision':>10} {'recall':>7} {'wanted':>8}"
    for name, figure in answer["figures"].items():
        interval = f"{100 * figure['f1_low']:.1f} to {100 * figure['f1_high']:.1f}"
        yield (
            f"{name.replace('_', ' '):22}{100 * figure['f1']:7.1f} {interval:>15} "
            f"{100 * figure['precision']:10.1f} {100 * figure['recall']:7.1f} {figure['wanted']:8.0f}"
        )
    yield f"worst by {report.main}:"
    for line in answer["worst"][:worst]:
        yield f"{100 * line['f1']:6.1f}  {line['right']:.0f} of {line['wanted']:.0f}  {line['article']}"


def as_json(report: Report) -> str:
    """The report as one line of JSON."""
    return json.dumps(report.as_json(), ensure_ascii=False)
