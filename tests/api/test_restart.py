"""A database that goes away and comes back: under the API, and under an export."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from graph import schema
from graph.backup import export as exporting
from graph.backup.export import export
from graph.backup.file import Reader
from graph.driver import Graph
from graph.errors import DatabaseUnavailableError, GraphError
from graph.local import LocalNeo4j, default_cache
from graph.store import Store
from tests.api.served import served
from tests.conftest import RELEASE
from tests.graph.corpus import corpus
from tests.soak.whole import whole

CACHE = Path(os.environ["ONRECORD_CACHE"]) if os.environ.get("ONRECORD_CACHE") else default_cache()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LocalNeo4j]:
    """A server of this test's own, since it will be killed."""
    local = LocalNeo4j(tmp_path / "home", cache=CACHE, release=RELEASE, java_options=("-XX:TieredStopAtLevel=1",))
    try:
        local.up()
    except GraphError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"no local Neo4j: {error}")
    yield local
    local.down(patience_s=0)


def kill(local: LocalNeo4j) -> None:
    running = local.status().server
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)
    until = time.monotonic() + 20
    while local.status().server is not None:
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.timeout(900)
def test_a_database_that_is_killed_in_the_midst_of_it_all_and_started_again(
    server: LocalNeo4j, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "EVERY", 1)
    pages = corpus()
    path = tmp_path / "all.gz"
    connection = server.up()
    with Graph.connect(connection, wait_s=30) as graph, served(connection) as client:
        schema.apply(graph)
        assert len(list(Store(graph).put_many(pages))) == len(pages)
        everything = whole(graph, leave_out=frozenset())
        first = export(graph, path, release="0")
        assert client.get("/documents").json()["items"]

        def cut_off(what: str, done: int, _total: int) -> None:
            if what == "writing" and done == 20:
                kill(server)

        # Rows that were sent ahead still arrive, so it is the end of the export that fails, or its midst.
        with pytest.raises(DatabaseUnavailableError):
            export(graph, path, release="0", progress=cut_off)
        assert [file.name for file in tmp_path.glob("*.gz*")] == ["all.gz"]
        assert list(tmp_path.glob(".*.part")) == []
        assert Reader(path).verify().nodes == first.nodes, "the backup from before is as it was"

        for asked in ("/documents", "/claims", "/readyz"):
            answer = client.get(asked)
            assert answer.status_code == 503
            assert answer.headers["content-type"] == "application/problem+json"
            assert int(answer.headers["retry-after"]) > 0
        assert client.get("/healthz").status_code == 200

        assert server.up().uri == connection.uri, "it keeps its port, so that nobody has to be told"
        assert recovered(client), "the API found the database again by itself"
        assert whole(graph, leave_out=frozenset()).differences(everything) == []


def recovered(client: httpx.Client) -> bool:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if client.get("/readyz").status_code == 200 and client.get("/claims").status_code == 200:
            return True
        time.sleep(0.2)
    return False
