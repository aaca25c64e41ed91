"""What ``onrecord evaluate`` does: reads a gold set and lets an annotator work on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ingest.evaluate.gold import GoldError, Labelled, Paragraph, read_conll, read_conllu, read_polnear, read_text
from ingest.evaluate.passages import evaluate_passages, read_passages
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
        given = "# newpar" in read_text(file)
        paragraphs.extend(own if given else in_tens(own))
    return evaluate_sentences(paragraphs, annotator)


def _passages(path: Path, annotator: Annotator) -> Report:
    return evaluate_passages(read_passages(path), annotator)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(child for child in path.iterdir() if child.suffix in {".conll", ".iob2", ".conllu", ".txt"})
    else:
        files = [path] if path.is_file() else []
    if not files:
        what = "no annotated files" if path.is_dir() else "no such file"
        raise GoldError(f"{path}: {what}; name a file or a folder of .conll, .iob2 or .conllu files")
    return files


TASKS: Mapping[str, Callable[[Path, Annotator], Report]] = {
    "attribution": _attribution,
    "ner": _names,
    "sentences": _sentences,
    "passages": _passages,
}


def evaluate(task: str, path: Path, annotator: Annotator) -> Report:
    """The report on one of ``TASKS``. Raises ``GoldError`` where the data cannot be read, or for another task."""
    if task not in TASKS:
        raise GoldError(f"no such evaluation: {task}; there are {', '.join(TASKS)}")
    return TASKS[task](path, annotator)
