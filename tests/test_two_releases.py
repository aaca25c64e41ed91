"""The other release of Neo4j: the same statements, the same answers, the same objects, and backups that go from one to
the other.

All that asks it stands here, so that it is started once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest

import cypher
from graph import schema
from graph.backup.export import export
from graph.backup.restore import restore
from graph.driver import Connection, Graph
from graph.jars import load_release, releases
from graph.store import Store
from tests.api import test_ogm
from tests.api.served import served
from tests.conftest import EMPTY
from tests.cypher.test_explain import explain
from tests.graph.corpus import corpus
from tests.soak.whole import whole

PAGES = corpus()


@pytest.fixture(scope="module")
def other(other_connection: Connection) -> Iterator[Graph]:
    """The other release's database, with the schema and nothing else."""
    with Graph.connect(other_connection, wait_s=60) as graph:
        schema.apply(graph)
        graph.execute(EMPTY)
        yield graph


def test_it_is_another_release(other: Graph, graph: Graph) -> None:
    versions = {load_release(name).version for name in releases()}
    assert len(versions) == 2
    assert other.ping() in versions
    assert other.ping() != graph.ping()


def test_every_statement_is_understood(other: Graph, other_connection: Connection) -> None:
    auth = (other_connection.user, other_connection.password)
    with (
        neo4j.GraphDatabase.driver(other_connection.uri, auth=auth, notifications_min_severity="OFF") as driver,
        driver.session(database=other_connection.database) as session,
    ):
        for name in sorted(cypher.all_statements()):
            assert explain(session, cypher.get(name)), name


def test_pages_are_stored_and_answered_alike_and_backups_go_both_ways(
    other: Graph, graph: Graph, other_connection: Connection, neo4j_connection: Connection, tmp_path: Path
) -> None:
    for one in (graph, other):
        one.execute(EMPTY)
        outcomes = [stored.outcome for stored in Store(one).put_many(PAGES) if not isinstance(stored, Exception)]
        assert outcomes == ["created"] * len(PAGES)
        again = [stored.outcome for stored in Store(one).put_many(PAGES) if not isinstance(stored, Exception)]
        assert again == ["unchanged"] * len(PAGES)
    everything = whole(graph, leave_out=frozenset())
    assert whole(other, leave_out=frozenset()).differences(everything) == []

    with served(neo4j_connection) as here, served(other_connection) as there:
        for asked in (
            "/claims",
            "/assertions?directness=own",
            "/speakers",
            "/outlets",
            "/documents",
            "/search?q=bridge",
        ):
            answers = [client.get(asked) for client in (here, there)]
            assert [answer.status_code for answer in answers] == [200, 200], asked
            assert answers[0].json()["items"], asked
            assert answers[0].json() == answers[1].json(), asked

    for source, target in ((graph, other), (other, graph)):
        export(source, tmp_path / "all.gz", release="0")
        target.execute(EMPTY)
        restore(target, tmp_path / "all.gz")
        assert whole(target, leave_out=frozenset()).differences(everything) == []

    def forget(identity: str) -> None:
        forgot = [Store(one).forget(identity) for one in (graph, other)]
        assert forgot[0] == forgot[1]

    forget(PAGES[0].document.id)
    for row in graph.execute("MATCH (a:Account) RETURN a.id AS id ORDER BY id", mode="read"):
        forget(row["id"])
    markers = frozenset({"at"})
    assert whole(other, leave_out=markers).differences(whole(graph, leave_out=markers)) == []


# --- py2neo's object mapper ---------------------------------------------------------------------------------------


@pytest.fixture
def connection(other_connection: Connection) -> Connection:
    """Where the tests of the object mapper look."""
    return other_connection


disputed = test_ogm.disputed
test_objects_are_read_and_walked_and_a_dispute_is_reviewed = (
    test_ogm.test_objects_are_read_and_walked_and_a_dispute_is_reviewed
)
test_what_cannot_be_decided_is_refused = test_ogm.test_what_cannot_be_decided_is_refused
test_what_the_documentation_shows_runs = test_ogm.test_what_the_documentation_shows_runs
