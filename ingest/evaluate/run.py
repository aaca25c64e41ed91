"""What ``onrecord evaluate`` does: reads a gold set and lets an annotator work on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from ingest.evaluate.coreference_gold import read_discourses, read_gap, read_marked
from ingest.evaluate.coreference_report import CoreferenceReport, evaluate_coreference
from ingest.evaluate.gold import GoldError, Labelled, Paragraph, read_conll, read_conllu, read_polnear, read_text
from ingest.evaluate.names import CONLL_KINDS
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
    texts = [sentence for file in _files(path) for sentence in _labelled(file)]
    labels = {label for sentence in texts for _, _, label in sentence.spans}
    if labels and not labels & set(CONLL_KINDS):
        raise GoldError(f"{path}: names are labelled {', '.join(sorted(labels))}; scored are {', '.join(CONLL_KINDS)}")
    return evaluate_names(texts, annotator)


def _labelled(path: Path) -> list[Labelled]:
    """Universal NER numbers its tokens and has two more columns; other files have a token, then its tag at the end."""
    rows = (line.split("\t") for line in read_text(path).splitlines() if line.strip() and not line.startswith("# "))
    first = next(rows, [])
    numbered = len(first) > 2 and first[0] == "1"
    return read_conll(path, column=2, word=1) if numbered else read_conll(path)


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


def _coreference(path: Path, annotator: Annotator) -> CoreferenceReport:
    """Files by their endings: GAP's pronouns, marked passages, treebanks that mark entities."""
    readers = {".conllu": read_discourses, ".txt": read_marked}
    known = {".tsv", *readers}
    files = sorted(one for one in path.iterdir() if one.suffix in known) if path.is_dir() else [path]
    if not files or not all(one.is_file() for one in files):
        what = "no annotated files" if path.is_dir() else "no such file"
        raise GoldError(f"{path}: {what}; name a .tsv file of GAP, a .conllu file that marks entities, or their folder")
    pronouns = [text for one in files if one.suffix == ".tsv" for text in read_gap(one)]
    documents = [
        text for one in files if one.suffix != ".tsv" for text in readers.get(one.suffix, read_discourses)(one)
    ]
    return evaluate_coreference(documents, pronouns, annotator)


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        files = sorted(child for child in path.iterdir() if child.suffix in {".conll", ".iob2", ".conllu", ".txt"})
    else:
        files = [path] if path.is_file() else []
    if not files:
        what = "no annotated files" if path.is_dir() else "no such file"
        raise GoldError(f"{path}: {what}; name a file or a folder of .conll, .iob2 or .conllu files")
    return files


class Scored(Protocol):
    """What was measured, whatever it was."""

    def as_json(self, *, rounds: int = 1000, seed: int = 0) -> dict[str, Any]:
        """``task``, ``texts``, ``figures`` with their intervals, and the texts, ``worst`` first."""
        ...


TASKS: Mapping[str, Callable[[Path, Annotator], Scored]] = {
    "attribution": _attribution,
    "ner": _names,
    "sentences": _sentences,
    "passages": _passages,
    "coreference": _coreference,
}


def evaluate(task: str, path: Path, annotator: Annotator) -> Scored:
    """The report on one of ``TASKS``. Raises ``GoldError`` where the data cannot be read, or for another task."""
    if task not in TASKS:
        raise GoldError(f"no such evaluation: {task}; there are {', '.join(TASKS)}")
    return TASKS[task](path, annotator)
