"""The driver's wrapper, on a real server."""

from __future__ import annotations

from graph.driver import Connection, Graph


def test_ping_names_the_version_of_the_server(graph: Graph) -> None:
    assert graph.ping().split(".")[0].isdigit()


def test_a_connection_never_prints_its_password(neo4j_connection: Connection) -> None:
    assert "s3cret" not in repr(Connection("bolt://localhost", "neo4j", "s3cret"))


def test_the_graph_is_empty_but_for_the_schema(graph: Graph) -> None:
    assert graph.execute("MATCH (n) RETURN count(n) AS n, count(n.version) AS v") == [{"n": 1, "v": 1}]
