"""Writes the whole graph into a file, as it is at one moment.

Neo4j Community reads what is committed when a row is read, not when the query began. So the writers of OnRecord are
kept waiting meanwhile; and where somebody wrote past them, as in Neo4j Browser, it is noticed and all is read again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from graph import schema
from graph.backup.file import Writer, writing
from graph.backup.lines import FORMAT, LEFT_OUT, Header, node_line, relationship_line
from graph.errors import BackupError, DisturbedError
from graph.jars import Report, silent

if TYPE_CHECKING:
    from graph.driver import Alone, Graph

ATTEMPTS = 3
EVERY = 500
"""After so many rows progress is told."""


@dataclass(frozen=True, slots=True)
class Exported:
    """What a backup holds, and how many nodes were left out that are none of OnRecord's, by their labels."""

    nodes: int
    relationships: int
    left_out: dict[str, int]


def export(graph: Graph, path: Path, *, release: str, progress: Report = silent) -> Exported:
    """Writes every node and relationship of OnRecord's, as they all are at one moment.

    Args:
        graph: what to write; its schema has been applied.
        path: of the file. It appears when it is whole, in the place of a backup of the same name.
        release: of OnRecord, as the header says it.
        progress: told the nodes and relationships that were written, and how many there are.

    Raises:
        DisturbedError: others kept writing past OnRecord.
        BackupError: the file cannot be written.
        GraphError: the database is gone; there is no new file.
    """
    for _ in range(ATTEMPTS):
        progress("waiting until all that is being written is done", 0, 0)
        try:
            with graph.alone() as alone:
                made = datetime.now(UTC).isoformat(timespec="seconds")
                header = Header(FORMAT, schema.version(graph) or 0, release, graph.ping(), made)
                with writing(path, header) as writer:
                    before = alone.moment()
                    left_out = _write(alone, writer, path, progress)
                    if alone.moment() != before:
                        raise DisturbedError(
                            f"{path}: no backup was written: somebody kept changing the database past OnRecord (in "
                            "Neo4j Browser, perhaps); try again when nobody does"
                        )
                    # Before the file gets its name: a server that is lost by now let others write.
                    alone.check()
                return Exported(writer.nodes, writer.relationships, left_out)
        except DisturbedError as error:
            disturbed = error
    raise disturbed


def _write(alone: Alone, writer: Writer, path: Path, progress: Report) -> dict[str, int]:
    [size] = alone.graph.read("read/backup_size")
    total = size["nodes"] + size["relationships"]
    done = 0
    left_out: Counter[str] = Counter()
    try:
        for row in alone.stream("read/backup_nodes"):
            labels, properties, zones = row.values()
            line = node_line(labels, properties, zones)
            if line is not None:
                writer.node(line)
            elif LEFT_OUT.isdisjoint(labels):
                left_out[":".join(sorted(labels)) or "no label"] += 1
            done += 1
            if not done % EVERY:
                progress("writing", done, total)
        for row in alone.stream("read/backup_relationships"):
            start_labels, start, name, properties, zones, end_labels, end = row.values()
            line = relationship_line(start_labels, start, name, properties, zones, end_labels, end)
            if line is not None:
                writer.relationship(line)
            done += 1
            if not done % EVERY:
                progress("writing", done, total)
    except TypeError as error:
        raise BackupError(f"{path}: no backup was written: {error}") from error
    return dict(left_out)
