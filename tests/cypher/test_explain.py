"""The plan of every statement, on the real server: nothing is scanned where an index was meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, LiteralString, cast

import neo4j
import pytest

import cypher
from cypher import Statement
from cypher.loader import SCAN_OPERATORS
from graph.driver import Connection, Graph
from graph.schema import apply
from graph.store import Store
from tests.synthetic import extractions

EXAMPLES: dict[str, object] = {
    "string": "clm-1",
    "integer": 10,
    "float": 0.5,
    "boolean": True,
    "datetime": datetime(2026, 1, 1, tzinfo=UTC),
    "map": {},
    "any": 1,
}
ONE_ROW = ("NodeUniqueIndexSeek", "Argument", "NodeUniqueIndexSeek(Locking)")


@pytest.fixture(scope="module")
def planner(neo4j_connection: Connection) -> Iterator[neo4j.Session]:
    """A session on a server with the schema and enough pages that the planner sees how many there are of each."""
    with Graph.connect(neo4j_connection, wait_s=30) as graph:
        apply(graph)
        for stored in Store(graph).put_many(extractions(400)):
            assert not isinstance(stored, Exception)
        graph.execute("CALL db.prepareForReplanning(60)")
    auth = (neo4j_connection.user, neo4j_connection.password)
    with (
        neo4j.GraphDatabase.driver(neo4j_connection.uri, auth=auth, notifications_min_severity="OFF") as driver,
        driver.session(database=neo4j_connection.database) as session,
    ):
        yield session


@pytest.mark.parametrize("name", sorted(cypher.all_statements()))
def test_no_scan_where_an_index_was_meant(planner: neo4j.Session, name: str) -> None:
    statement = cypher.get(name)
    met = scans(explain(planner, statement))
    assert met <= statement.scans, f"{name}: its plan holds {met - statement.scans}, and its header allows none of that"
    assert met >= statement.scans, f"{name}: its header allows {statement.scans - met}, and its plan holds none"


@pytest.mark.parametrize(
    ("text", "operator"),
    [
        ("MATCH (n) RETURN n", "AllNodesScan"),
        ("MATCH (c:Claim) RETURN c", "NodeByLabelScan"),
        (
            "MATCH (c:Claim) USING INDEX c:Claim(lastSeen, id) WHERE c.lastSeen IS NOT NULL AND c.id > '' RETURN c",
            "NodeIndexScan",
        ),
        ("MATCH ()-[r:EXPRESSES]->() RETURN r", "RelationshipTypeScan"),
        ("MATCH ()-[r]->() RETURN r", "AllRelationshipsScan"),
        ("MATCH (c:Claim {id: 'a'}), (d:Document) RETURN c, d", "CartesianProduct"),
    ],
)
def test_the_check_finds_what_it_looks_for(planner: neo4j.Session, text: str, operator: str) -> None:
    plan = planner.run(cast(LiteralString, f"EXPLAIN {text}")).consume().plan
    assert plan is not None
    assert operator in scans(plan)


def explain(session: neo4j.Session, statement: Statement) -> dict[str, Any]:
    parameters = {
        parameter.name: [] if parameter.item else EXAMPLES[parameter.type_name.rstrip("?")]
        for parameter in statement.declared
    }
    statement.check(parameters)
    plan = session.run(cast(LiteralString, f"EXPLAIN {statement.text}"), parameters).consume().plan
    assert plan is not None
    return plan


def scans(plan: dict[str, Any]) -> set[str]:
    """The full scans in a plan. A product of single rows, each found by its id, is none."""
    operator = plan["operatorType"].split("@")[0]
    met = {known for known in SCAN_OPERATORS if operator.endswith(known)}
    if operator == "CartesianProduct" and all(leaf in ONE_ROW for leaf in leaves(plan)):
        met = set()
    return met.union(*(scans(child) for child in plan.get("children", [])))


def leaves(plan: dict[str, Any]) -> Iterator[str]:
    children = plan.get("children", [])
    if not children:
        yield plan["operatorType"].split("@")[0]
    for child in children:
        yield from leaves(child)
