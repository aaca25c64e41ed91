"""Reads a backup into the graph: what is not there yet is added, and what is there stays as it is.

The file is read twice: once to believe it, before anything is written, and once to write. Writing goes in many
transactions, so an import that was cut short leaves a part, and the next one adds the rest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from graph import schema
from graph.backup.file import Reader
from graph.backup.lines import KEYS, End, Node, Relationship
from graph.backup.order import put_in_order
from graph.driver import Graph, Transaction
from graph.errors import BackupError, NewerBackupError
from graph.jars import Report, silent
from graph.store import Store

T = TypeVar("T")

BATCH_ROWS = 2_000
BATCH_CHARACTERS = 4_000_000
PENDING_CHARACTERS = 32_000_000
"""So much at most is sent at a time, and held at a time, of all kinds together."""

EVERY = 500
"""After so many lines progress is told."""

ROW_CHARACTERS = 500
"""What a row takes beside its texts."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did.

    ``nodes`` and ``relationships`` came new of all that the backup holds (``of_nodes``, ``of_relationships``).
    ``other`` nodes were there with other properties, and stayed. ``forgotten`` documents and accounts were taken out
    again: in this database they are to stay out. ``retired`` versions are not current any more, since a newer one of
    their page came.
    """

    nodes: int
    of_nodes: int
    relationships: int
    of_relationships: int
    other: int
    forgotten: int
    retired: int


def restore(graph: Graph, path: Path, *, progress: Report = silent) -> Imported:
    """Adds what a backup holds and the graph does not. Nobody else of OnRecord writes meanwhile.

    Args:
        graph: where to; its schema has been applied.
        path: of the file.
        progress: told what is being done, and how far it is.

    Raises:
        DamagedBackupError: the file is truncated or was altered; nothing was written.
        NewerBackupError: it was made by a newer OnRecord; nothing was written.
        BackupError: it is no backup, or cannot be read; nothing was written.
        GraphError: the database is gone; what was written until then stays, and the next import adds the rest.
    """
    reader = Reader(path)
    header = reader.header()
    known = len(schema.steps())
    if header.schema > known:
        raise NewerBackupError(
            f"{path}: the backup was made by a newer OnRecord ({header.release}; its schema is {header.schema}, this "
            f"release knows {known}): upgrade to use it"
        )
    size = reader.size
    end = reader.verify(lambda read: progress("checking the backup", read, size))
    with graph.alone() as alone:
        return _restore(alone.graph, reader, end, progress)


def _restore(graph: Graph, reader: Reader, end: End, progress: Report) -> Imported:
    fresh = not graph.read("read/schema_foreign")
    total = end.nodes + end.relationships
    nodes = relationships = other = done = 0

    def told(lines: Iterable[Node | Relationship | End]) -> Iterator[Node | Relationship]:
        nonlocal done
        for line in lines:
            if not isinstance(line, End):
                yield line
                done += 1
                if not done % EVERY:
                    progress("writing", done, total)

    def put(key: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
        nonlocal nodes, relationships, other
        if len(key) == 1:
            answer, made = _counted(graph, "write/restore_nodes", kind=key[0], fresh=fresh, rows=rows)
            nodes += made
            other += answer["other"]
        else:
            start, name, stop = key
            keys = list(KEYS.get(name, ()))
            parameters = {"from": start, "to": stop, "type": name, "keys": keys, "fresh": fresh, "rows": rows}
            relationships += _counted(graph, "write/restore_relationships", **parameters)[0]["created"]

    # All nodes come before the first relationship, and the change of key flushes what is pending of them.
    lines = told(reader.lines())
    first: Relationship | None = None

    def only_nodes() -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
        nonlocal first
        for line in lines:
            if isinstance(line, Relationship):
                first = line
                return
            yield (line.kind,), {"id": line.id, "labels": list(line.labels), "properties": line.properties}

    def only_relationships() -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
        if first is not None:
            yield _relationship(first)
        for line in lines:
            assert isinstance(line, Relationship)
            yield _relationship(line)

    for key, rows in _batches(only_nodes()):
        put(key, rows)
    for key, rows in _batches(only_relationships()):
        put(key, rows)
    if fresh and (nodes, relationships) != (end.nodes, end.relationships):
        raise BackupError(
            f"{reader.path}: {end.nodes:,} nodes and {end.relationships:,} relationships are in the backup, and "
            f"{nodes:,} and {relationships:,} came into the graph: has somebody changed it meanwhile?"
        )
    forgotten = retired = 0
    if not fresh:
        progress("putting what was there and what came in order", 0, 0)
        retired = put_in_order(graph)
        store = Store(graph)
        for row in graph.read("read/restore_forgotten"):
            forgotten += not store.forget(row["id"]).already
    return Imported(nodes, end.nodes, relationships, end.relationships, other, forgotten, retired)


def _relationship(line: Relationship) -> tuple[tuple[str, ...], dict[str, Any]]:
    row = {"start": line.start, "end": line.end, "properties": line.properties}
    return (line.start_kind, line.type, line.end_kind), row


def _counted(graph: Graph, name: str, **parameters: Any) -> tuple[dict[str, Any], int]:
    """The one row of a statement, and how many nodes it made."""

    def work(transaction: Transaction) -> tuple[dict[str, Any], int]:
        rows, counters = transaction.run_counted(name, **parameters)
        return rows[0], counters.nodes_created

    return graph.transaction(work)


def _batches(rows: Iterable[tuple[T, dict[str, Any]]]) -> Iterator[tuple[T, list[dict[str, Any]]]]:
    """Rows that are alike together, so many as one transaction takes; few are pending at any time."""
    pending: defaultdict[T, list[dict[str, Any]]] = defaultdict(list)
    weights: defaultdict[T, int] = defaultdict(int)
    for key, row in rows:
        pending[key].append(row)
        weights[key] += ROW_CHARACTERS + sum(len(v) for v in row["properties"].values() if isinstance(v, str))
        if len(pending[key]) >= BATCH_ROWS or weights[key] >= BATCH_CHARACTERS:
            most = key
        elif sum(weights.values()) >= PENDING_CHARACTERS:
            most = max(weights, key=lambda each: weights[each])
        else:
            continue
        del weights[most]
        yield most, pending.pop(most)
    yield from pending.items()
