"""Reads labelled pairs: replies with their stance, claims that may weaken one another, and claims that may be one.

Readers raise ``GoldError`` with the file and the reason.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.evaluate.gold import GoldError, read_text

RELATIONS = ("same", "contradicts", "different")
MATCHING_COLUMNS = ("label", "kind", "a", "b")
STANCE_COLUMNS = ("quote_text", "response_text", "relation")
CLAIM_MEMBERS = ("claim_a", "claim_b", "relation", "topic")
_PACKAGED = Path(__file__).with_name("pairs.tsv")
_CLONE = Path(__file__).parents[2] / "tests" / "eval" / "pairs.tsv"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts, the number or the name of their label, and the group that belongs to one fold."""

    a: str
    b: str
    label: str
    group: str


def default_matching() -> Path:
    """The project's own pairs: packed into the wheel, or in a clone where they are kept."""
    return _PACKAGED if _PACKAGED.exists() else _CLONE


def read_replies(path: Path) -> list[Pair]:
    """Comments and replies, as ``shared/data/reply_stance`` has them; label 0 disagrees, 1 is neutral, 2 agrees.

    The file may be in UTF-8 or, as the published one, in Windows-1252. Groups are the quoted comments.
    """
    rows = _rows(_decoded(path), ",", path, STANCE_COLUMNS)
    pairs = [Pair(row["quote_text"], row["response_text"], row["relation"].strip(), row["quote_text"]) for row in rows]
    _check_labels(path, pairs, ("0", "1", "2"))
    return pairs


def read_claims(path: Path) -> list[Pair]:
    """Claims ``a`` and ``b`` as ClaimDiff has them; label 1 where ``b`` weakens ``a``, else 0. Groups are topics."""
    try:
        data = json.loads(read_text(path))
    except ValueError as error:
        raise GoldError(f"{path}: is no JSON: {error}") from error
    items = data.get("data") if isinstance(data, dict) else data
    if not isinstance(items, list) or not items:
        raise GoldError(f"{path}: no list of pairs, on its own or as 'data'")
    pairs = []
    for number, item in enumerate(items, 1):
        if not isinstance(item, dict) or any(member not in item for member in CLAIM_MEMBERS):
            raise GoldError(f"{path}: pair {number} lacks one of {', '.join(CLAIM_MEMBERS)}")
        pairs.append(Pair(str(item["claim_a"]), str(item["claim_b"]), str(item["relation"]), str(item["topic"])))
    _check_labels(path, pairs, ("0", "1"))
    return pairs


def read_matching(path: Path) -> list[Pair]:
    """Tab-separated ``label`` (same, contradicts, different), ``kind``, ``a``, ``b``; groups are the kinds.

    Lines that begin with ``#`` are comments.
    """
    text = "\n".join(line for line in read_text(path).splitlines() if not line.startswith("#"))
    rows = _rows(text, "\t", path, MATCHING_COLUMNS)
    pairs = [Pair(row["a"], row["b"], row["label"].strip(), row["kind"].strip()) for row in rows]
    _check_labels(path, pairs, RELATIONS)
    return pairs


def _decoded(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise GoldError(f"{path}: cannot be read: {error.strerror or error}") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _rows(text: str, separator: str, path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    lines = text.splitlines(keepends=True)
    reader = (
        csv.DictReader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
        if separator == "\t"
        else csv.DictReader(lines, delimiter=separator)
    )
    if missing := [name for name in columns if name not in (reader.fieldnames or ())]:
        raise GoldError(f"{path}: no column {', '.join(missing)}; wanted are {', '.join(columns)}")
    try:
        for number, row in enumerate(reader, 2):
            if any(row[name] is None for name in columns):
                raise GoldError(f"{path}: row {number} has fewer columns than its header")
            yield {name: row[name] for name in columns}
    except csv.Error as error:
        raise GoldError(f"{path}: cannot be read as a table: {error}") from error


def _check_labels(path: Path, pairs: list[Pair], known: tuple[str, ...]) -> None:
    if not pairs:
        raise GoldError(f"{path}: no pairs")
    if wrong := sorted({pair.label for pair in pairs} - set(known)):
        raise GoldError(f"{path}: labels {', '.join(map(repr, wrong))}; there are {', '.join(known)}")
