"""Sentences written and labelled for this project, in which each name stands in brackets with its kind."""

from __future__ import annotations

import re
from pathlib import Path

from ingest.evaluate.gold import GoldError, Labelled
from ingest.train.labels import NAME_KINDS

NAMES = Path(__file__).with_name("names.txt")

_MARKED = re.compile(r"\[(\w+) ([^][]+)\]")


def read_names(path: Path = NAMES) -> list[Labelled]:
    """One text a line, such as ``[person Ada Lovelace] lived in [place London].``, labelled with ``NAME_KINDS``.

    Raises:
        GoldError: the file cannot be read, or a line has another kind or a bracket of another use.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read: {error}") from error
    return [_labelled(line, f"{path}:{number}") for number, line in enumerate(lines, 1)]


def _labelled(line: str, place: str) -> Labelled:
    text, done = "", 0
    spans: list[tuple[int, int, str]] = []
    for match in _MARKED.finditer(line):
        kind, words = match.groups()
        if kind not in NAME_KINDS:
            raise GoldError(f"{place}: no kind of name is called {kind!r}; there are {', '.join(NAME_KINDS)}")
        text += line[done : match.start()]
        spans.append((len(text), len(text) + len(words), kind))
        text += words
        done = match.end()
    text += line[done:]
    if "[" in text or "]" in text:
        raise GoldError(f"{place}: a bracket that is no mark of a name")
    return Labelled(text, tuple(spans))
