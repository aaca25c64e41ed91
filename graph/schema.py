"""Brings a database to the schema that this release of OnRecord works with.

The steps are the files ``cypher/schema/NNN_*.cypher``, applied in the order of their numbers, once each. After every
step its number is recorded in the graph, so that a process that was killed is taken up where it stopped; a
step whose record was lost is applied again and finds its work done.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from neo4j.exceptions import Neo4jError

from cypher import Statement, all_statements
from graph.errors import ForeignDataError, SchemaTooNewError, StatementError

if TYPE_CHECKING:
    from graph.driver import Graph, Transaction

FOLDER = "schema/"
INDEX_WAIT_S = 300
"""How long the indexes of a database that already holds data may take to fill."""


def steps() -> tuple[Statement, ...]:
    """The steps in order; the version of a schema is how many of them were applied."""
    return tuple(s for name, s in sorted(all_statements().items()) if name.startswith(FOLDER))


def version(graph: Graph) -> int | None:
    """The version that the graph records, or ``None`` where it records none."""
    rows = graph.read("read/schema_version")
    recorded = rows[0]["version"]
    return None if recorded is None else int(recorded)


def apply(graph: Graph, *, adopt: bool = False) -> int:
    """Applies the steps that the graph lacks; several processes may do so at once.

    Args:
        graph: the database.
        adopt: go ahead in a database that holds nodes but no record of a schema.

    Returns:
        The version that the graph is at, which is that of this release.

    Raises:
        SchemaTooNewError: a newer OnRecord was here; nothing was changed.
        ForeignDataError: the database holds somebody else's data and ``adopt`` is false, and nothing was changed; or
            data that was adopted breaks a constraint, and the steps before it stay applied.
    """
    wanted = steps()
    recorded = version(graph)
    if recorded == len(wanted):
        return recorded
    if recorded is not None and recorded > len(wanted):
        raise SchemaTooNewError(
            f"the graph was made by a newer OnRecord (its schema is {recorded}, this release knows {len(wanted)}): "
            "upgrade OnRecord, or name another database by NEO4J_URI or ONRECORD_HOME"
        )
    if recorded is None and not adopt:
        _refuse_foreign(graph)
    if not recorded:
        # The lock below stands on the constraint that this step makes.
        _take(graph, wanted[0], adopted=adopt)

    def one_at_a_time(transaction: Transaction) -> None:
        transaction.run("write/schema_lock")
        done = version(graph) or 0
        for number, step in enumerate(wanted[done:], start=done + 1):
            _take(graph, step, adopted=adopt)
            graph.write("write/schema_record", version=number)
        transaction.run("write/schema_unlock")

    # Steps commit on their own, beside the transaction that only keeps other processes waiting.
    graph.transaction(one_at_a_time)
    graph.read("read/schema_await", seconds=INDEX_WAIT_S)
    return len(wanted)


def _refuse_foreign(graph: Graph) -> None:
    rows = graph.read("read/schema_foreign")
    # A process that started at the same moment may have recorded a schema, and stored pages, since we looked.
    if rows and version(graph) is None:
        labels = ":".join(rows[0]["labels"]) or "no label"
        raise ForeignDataError(
            f"the database holds data that is not OnRecord's (a node with {labels}): name an empty database by "
            "NEO4J_URI, or take this one with `onrecord db schema --adopt`"
        )


def _take(graph: Graph, step: Statement, *, adopted: bool) -> None:
    try:
        graph.write(step.name)
    except StatementError as error:
        cause = error.__cause__
        if isinstance(cause, Neo4jError) and (cause.code or "").endswith(".EquivalentSchemaRuleAlreadyExists"):
            return  # IF NOT EXISTS looks before it locks: another process did the same in between
        if not adopted:
            raise
        raise ForeignDataError(f"the database cannot be taken over, its data breaks {step.name}: {error}") from error
