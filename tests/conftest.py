"""One real Neo4j for a whole run of the tests, emptied between them.

``NEO4J_TEST_URI`` (with ``NEO4J_TEST_USER`` and ``NEO4J_TEST_PASSWORD``) names a server to use: everything in it is
deleted; ``NEO4J_OTHER_TEST_URI`` and so on name one of another release. Otherwise a local Neo4j is started in a folder
of its own, of the release that ``ONRECORD_TEST_RELEASE`` names if it names one. Where neither is to be had, tests that
need one skip with the reason; with ``CI=true`` they fail.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.driver import Connection, Graph
from graph.errors import GraphError
from graph.jars import DEFAULT_RELEASE, releases
from graph.local import LocalNeo4j
from graph.schema import apply

RELEASE = os.environ.get("ONRECORD_TEST_RELEASE") or None
"""Which release of Neo4j the tests run on: a lock file's name, the default unless given."""

EMPTY = "MATCH (n) WHERE NOT n:OnRecordSchema CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"

LONGEST_FIRST = (
    "test_two_releases.py",
    "test_ogm.py",
    "test_readme.py",
    "test_cli.py",
    "test_package.py",
    "test_db_command.py",
    "test_eval_passages.py",
    "test_restart.py",
    "test_read.py",
    "test_local.py",
    "test_claims.py",
    "test_store.py",
    "test_explain.py",
    "test_neo4j_browser.py",
    "test_rest.py",
)
"""Files that take half a minute or more: each worker takes a whole file at a time, and one that begins at the end is
waited for."""

# Stops the server also when the run itself is killed: its standard input ends with the run.
WATCH = """
import sys
from pathlib import Path
from graph.local import LocalNeo4j
sys.stdin.read()
LocalNeo4j(Path(sys.argv[1])).down(patience_s=0)
"""


@pytest.fixture(scope="session")
def neo4j_connection(_neo4j_server: tuple[Connection, str | None]) -> Connection:
    """How to connect to the server of this run."""
    return _neo4j_server[0]


@pytest.fixture(scope="session")
def neo4j_browser(_neo4j_server: tuple[Connection, str | None]) -> str:
    """The address of the Neo4j Browser that the server of this run brings."""
    address = _neo4j_server[1]
    if address is None:
        pytest.skip("NEO4J_TEST_URI names a server, whose Browser may be anywhere")
    return address


@pytest.fixture(scope="session")
def _neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, str | None]]:
    """The server of this run, and the address of its Browser where it is a local one."""
    if named := _named("NEO4J_TEST"):
        yield named, None
        return
    with started(tmp_path_factory.mktemp("neo4j-of-this-run"), RELEASE) as server:
        yield server


@pytest.fixture(scope="session")
def other_connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """How to connect to a server of another release than that of this run."""
    if named := _named("NEO4J_OTHER_TEST"):
        yield named
        return
    if _named("NEO4J_TEST"):
        pytest.skip("NEO4J_TEST_URI names the one server to use, and NEO4J_OTHER_TEST_URI none of another release")
    [other] = [name for name in releases() if name != (RELEASE or DEFAULT_RELEASE)]
    with started(tmp_path_factory.mktemp("neo4j-of-the-other-release"), other) as (connection, _):
        yield connection


def _named(prefix: str) -> Connection | None:
    """The server that variables beginning with ``prefix`` name."""
    uri = os.environ.get(f"{prefix}_URI")
    if not uri:
        return None
    user = os.environ.get(f"{prefix}_USER", "neo4j")
    password = os.environ.get(f"{prefix}_PASSWORD", "")
    return Connection(uri, user, password, os.environ.get(f"{prefix}_DATABASE", "neo4j"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the longest files first."""
    place = {name: number for number, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: place.get(item.path.name, len(place)))


@contextmanager
def started(home: Path, release: str | None) -> Iterator[tuple[Connection, str | None]]:
    """A local Neo4j that ends with the run, and the address of its Browser."""
    watch = subprocess.Popen(
        [sys.executable, "-c", WATCH, str(home)], stdin=subprocess.PIPE, cwd=Path(__file__).parents[1]
    )
    try:
        try:
            cache = os.environ.get("ONRECORD_CACHE")
            # A compiler that optimises less halves the time to start and what a short run takes.
            quick = ("-XX:TieredStopAtLevel=1",)
            # Each test empties and fills the database, after which the server would plan every statement anew.
            kept = {"dbms.cypher.min_replan_interval": "5m"}
            local = LocalNeo4j(
                home, cache=Path(cache) if cache else None, release=release, java_options=quick, settings=kept
            )
            connection = local.up()
        except GraphError as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no Neo4j for the tests: {error}")
        running = local.status().server
        yield connection, running.browser if running else None
    finally:
        watch.communicate()


@pytest.fixture(scope="session")
def _session_graph(neo4j_connection: Connection) -> Iterator[Graph]:
    with Graph.connect(neo4j_connection, wait_s=30) as graph:
        yield graph


@pytest.fixture
def graph(_session_graph: Graph) -> Graph:
    """An empty database with the schema applied."""
    _session_graph.execute(EMPTY)
    # A test may have changed what the schema's own node says.
    _session_graph.execute("MATCH (n:OnRecordSchema) WHERE n.id <> 'schema' DETACH DELETE n")
    apply(_session_graph)
    return _session_graph
