"""The saved queries for Neo4j Browser: their files, and each of them on a real server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, LiteralString, cast

import neo4j
import pytest

from cypher import StatementFileError
from cypher.saved import SavedQuery, parameters, parse, saved_queries
from graph.driver import Connection, Graph
from graph.schema import apply
from tests.conftest import EMPTY
from tests.cypher.saved_graph import fill

GOOD = "// A title\n// What it shows.\n// :param limit => 5\nMATCH (c:Claim {id: 'a'}) RETURN c LIMIT $limit\n"


def test_there_are_enough_and_each_says_what_it_shows() -> None:
    queries = saved_queries()
    assert len(queries) >= 25
    assert sum(query.draws for query in queries) >= 12
    assert all(len(query.about) > 20 for query in queries)


def test_a_file_is_read_into_its_parts() -> None:
    query = parse("x", GOOD)
    assert (query.title, query.about, dict(query.parameters)) == ("A title", "What it shows.", {"limit": "5"})
    assert query.statement.startswith("MATCH")
    assert query.draws
    assert not parse("x", GOOD.replace("RETURN c", "RETURN c.id AS id")).draws


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("MATCH (n) RETURN n", "title"),
        ("// A title\nRETURN 1", "what it shows"),
        ("// A title\n// Shows.\n", "no statement"),
        (GOOD.replace("RETURN c", "SET c.x = 1 RETURN c"), "SET"),
        (GOOD + ";\nRETURN 2", "one statement"),
        (GOOD.replace("// :param limit => 5\n", ""), "limit"),
        (GOOD.replace("$limit", "5"), "limit"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(text: str, reason: str) -> None:
    with pytest.raises(StatementFileError, match=reason) as caught:
        parse("x", text)
    assert caught.value.file == "browser/x.cypher"


def test_one_command_sets_every_default() -> None:
    command = parameters(saved_queries())
    assert re.fullmatch(r":params \{(\w+: [^,]+(, )?)+\}", command)


@pytest.fixture(scope="module")
def browsed(neo4j_connection: Connection) -> Iterator[neo4j.Session]:
    with Graph.connect(neo4j_connection, wait_s=30) as graph:
        graph.execute(EMPTY)
        apply(graph)
        fill(graph)
    auth = (neo4j_connection.user, neo4j_connection.password)
    with (
        neo4j.GraphDatabase.driver(neo4j_connection.uri, auth=auth, notifications_min_severity="OFF") as driver,
        driver.session(database=neo4j_connection.database) as session,
    ):
        yield session


@pytest.mark.parametrize("query", saved_queries(), ids=lambda query: query.name)
def test_each_shows_something_and_reads_no_more_than_it_says(browsed: neo4j.Session, query: SavedQuery) -> None:
    result = browsed.run(cast(LiteralString, f"PROFILE {query.statement}"), _defaults(query))
    rows = list(result)
    plan = result.consume().profile
    assert plan is not None
    operators = set(_operators(plan))
    assert ("AllNodesScan" in operators) == bool(query.scans)
    assert rows
    assert any(value not in (None, []) for value in rows[0].values())
    if query.draws:
        assert any(isinstance(value, neo4j.graph.Path | neo4j.graph.Node) for row in rows for value in row.values())


def _defaults(query: SavedQuery) -> dict[str, Any]:
    return {name: json.loads(value) for name, value in query.parameters.items()}


def _operators(plan: dict[str, Any]) -> Iterator[str]:
    yield plan["operatorType"].split("@")[0]
    for child in plan.get("children", []):
        yield from _operators(child)
