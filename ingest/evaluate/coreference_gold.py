"""Texts in which people marked what means the same: GUM's documents, marked passages, GAP's ambiguous pronouns."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.evaluate.gold import Fragment, GoldError, Sentence, read_text, read_trees

PARAGRAPHS = "\n\n"
"""What stands between the paragraphs of a document."""

_BRACKET = re.compile(r"\(([^()-]+)-([^()-]+)[^()]*(\)?)|([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Marked:
    """An expression ``[start, end)`` of a document, with the number of what it means and its kind there."""

    start: int
    end: int
    entity: str
    kind: str


@dataclass(frozen=True, slots=True)
class Discourse:
    """A document with all its marked expressions, in the order of their ends; also those that nothing else means."""

    name: str
    text: str
    marked: tuple[Marked, ...]
    starts: tuple[int, ...] = ()

    def chains(self) -> list[list[Fragment]]:
        """The expressions that mean the same, of whatever more than one means."""
        chains: dict[str, list[Fragment]] = {}
        for one in self.marked:
            chains.setdefault(one.entity, []).append((one.start, one.end))
        return [places for chain in chains.values() if len(places := sorted(set(chain))) > 1]


def read_discourses(path: Path) -> list[Discourse]:
    """The documents of a CoNLL-U file whose last column marks entities (``Entity=``), as GUM does.

    Raises ``GoldError`` where the file cannot be read, or marks none.
    """
    found = [_discourse(name, paragraphs) for name, paragraphs in read_trees(path)]
    if not any(document.marked for document in found):
        raise GoldError(f"{path}: marks no entities (no 'Entity=' in its last column)")
    return found


def _discourse(name: str, paragraphs: list[list[Sentence]]) -> Discourse:
    text = ""
    marked: list[Marked] = []
    starts: list[int] = []
    for sentences in paragraphs:
        text += PARAGRAPHS if text else ""
        for at, sentence in enumerate(sentences):
            starts.append(len(text))
            marked.extend(_marked(sentence, len(text)))
            text += sentence.text
            if at + 1 < len(sentences) and not sentence.glued:
                text += " "
    return Discourse(name, text, tuple(marked), tuple(starts))


def _marked(sentence: Sentence, base: int) -> Iterator[Marked]:
    """Those of a sentence; one that begins or ends at a word that stands nowhere in the text is left out."""
    places = sentence.offsets()
    still_open: list[tuple[str, int, str]] = []
    for at, row in enumerate(sentence.words):
        marks = next((part[7:] for part in row[9].split("|") if part.startswith("Entity=")), "")
        for mark in _BRACKET.finditer(marks):
            if mark[1]:
                still_open.append((mark[1], at, mark[2]))
                if not mark[3]:
                    continue
            index = _closed(still_open, mark[1] or mark[4])
            if index is not None:
                entity, first, kind = still_open.pop(index)
                if first in places and at in places:
                    yield Marked(base + places[first][0], base + places[at][1], entity, kind)


def _closed(still_open: list[tuple[str, int, str]], entity: str) -> int | None:
    """Which of the open ones a closing bracket ends: the last one of that number, or without one the last."""
    for index in range(len(still_open) - 1, -1, -1):
        if not entity or still_open[index][0] == entity:
            return index
    return None


_OPEN = re.compile(r"\[(\d+) |\]")


def read_marked(path: Path) -> list[Discourse]:
    """Passages with brackets around what means the same, as ``tests/eval/coreference.txt`` explains; any ``.txt`` file.

    Raises ``GoldError`` naming the file and the passage where a bracket is not closed, or where there are none.
    """
    parts = re.split(r"^=== *", read_text(path), flags=re.MULTILINE)[1:]
    found = []
    for part in parts:
        heading, _, body = part.partition("\n")
        try:
            found.append(_unmarked(heading.strip(), body.strip()))
        except ValueError as error:
            raise GoldError(f"{path}: {heading.strip()}: {error}") from error
    if not any(passage.marked for passage in found):
        raise GoldError(f"{path}: no marked passages; each begins with a line '=== NAME GENRE'")
    return found


def _unmarked(name: str, body: str) -> Discourse:
    text, after = "", 0
    still_open: list[tuple[str, int]] = []
    marked: list[Marked] = []
    for bracket in _OPEN.finditer(body):
        text += body[after : bracket.start()]
        after = bracket.end()
        if bracket[1]:
            still_open.append((bracket[1], len(text)))
        elif still_open:
            entity, start = still_open.pop()
            marked.append(Marked(start, len(text), entity, ""))
        else:
            raise ValueError(f"a bracket closes nothing: {body[max(0, after - 30) : after]}")
    text += body[after:]
    if still_open:
        raise ValueError(f"a bracket is not closed: {text[still_open[-1][1] :][:30]}")
    return Discourse(name, text, tuple(marked))


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A text of GAP: a pronoun, two names, and whether each of them is whom the pronoun means."""

    name: str
    text: str
    pronoun: Fragment
    names: tuple[Fragment, Fragment]
    means: tuple[bool, bool]

    @property
    def feminine(self) -> bool:
        """Whether the pronoun is."""
        return self.text[slice(*self.pronoun)].lower() in {"she", "her", "hers"}


_COLUMNS = ("ID", "Text", "Pronoun", "Pronoun-offset", "A", "A-offset", "A-coref", "B", "B-offset", "B-coref")


def read_gap(path: Path) -> list[Ambiguous]:
    """The texts of one of GAP's files.

    Raises ``GoldError`` for a file that cannot be read or has other columns, and for a text without its words.
    """
    rows = csv.DictReader(read_text(path).splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    if lacking := [name for name in _COLUMNS if name not in (rows.fieldnames or ())]:
        raise GoldError(f"{path}: no column {', '.join(lacking)}; expected GAP's tab-separated texts")
    found = [_ambiguous(path, row) for row in rows]
    if not found:
        raise GoldError(f"{path}: no texts")
    return found


def _ambiguous(path: Path, row: dict[str, str]) -> Ambiguous:
    def place(column: str) -> Fragment:
        words, offset = row[column], row[f"{column}-offset"]
        start = int(offset) if (offset or "").isdecimal() else -1
        if start < 0 or row["Text"][start : start + len(words)] != words:
            raise GoldError(f"{path}: {row['ID']}: {words!r} does not stand at {offset}")
        return start, start + len(words)

    def told(column: str) -> bool:
        return (row[column] or "").upper() == "TRUE"

    if not row["Text"]:
        raise GoldError(f"{path}: {row['ID']}: has no text")
    return Ambiguous(
        row["ID"], row["Text"], place("Pronoun"), (place("A"), place("B")), (told("A-coref"), told("B-coref"))
    )
