"""One real Neo4j for a whole run of the tests, emptied between them.

``NEO4J_TEST_URI`` (with ``NEO4J_TEST_USER`` and ``NEO4J_TEST_PASSWORD``) names a server to use: everything in it is
deleted. Otherwise a local Neo4j is started in a folder of its own. Where neither is to be had, tests that need one skip
with the reason; with ``CI=true`` they fail.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.driver import Connection, Graph
from graph.errors import GraphError
from graph.local import LocalNeo4j
from graph.schema import apply

EMPTY = "MATCH (n) WHERE NOT n:OnRecordSchema CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"

# Stops the server also when the run itself is killed: its standard input ends with the run.
WATCH = """
import sys
from pathlib import Path
from graph.local import LocalNeo4j
sys.stdin.read()
LocalNeo4j(Path(sys.argv[1])).down(patience_s=0)
"""


@pytest.fixture(scope="session")
def neo4j_connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """How to connect to the server of this run."""
    uri = os.environ.get("NEO4J_TEST_URI")
    if uri:
        yield Connection(
            uri,
            os.environ.get("NEO4J_TEST_USER", "neo4j"),
            os.environ.get("NEO4J_TEST_PASSWORD", ""),
            os.environ.get("NEO4J_TEST_DATABASE", "neo4j"),
        )
        return
    home = tmp_path_factory.mktemp("neo4j-of-this-run")
    watch = subprocess.Popen(
        [sys.executable, "-c", WATCH, str(home)], stdin=subprocess.PIPE, cwd=Path(__file__).parents[1]
    )
    try:
        try:
            cache = os.environ.get("ONRECORD_CACHE")
            # A compiler that optimises less halves the time to start and what a short run takes.
            quick = ("-XX:TieredStopAtLevel=1",)
            connection = LocalNeo4j(home, cache=Path(cache) if cache else None, java_options=quick).up()
        except GraphError as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no Neo4j for the tests: {error}")
        yield connection
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
