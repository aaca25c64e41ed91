"""A million nodes into a file and back: in bounded memory, and everything is there again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import schema
from graph.driver import Graph
from graph.local import LocalNeo4j
from tests.bench.processes import MEGABYTE, ONRECORD, Ran, environment, ran
from tests.conftest import RELEASE

pytestmark = [pytest.mark.soak, pytest.mark.timeout(3_600)]

NODES = int(os.environ.get("ONRECORD_SOAK_NODES", "1000000"))
BOUND = 400 * MEGABYTE

FILL = """
UNWIND range(0, $nodes / 4 - 1) AS n
CALL (n) {
  CREATE (v:Version:Text {id: 'ver-' + n, title: 'Page ' + n, text: $text + n, fetchedAt: datetime({epochSeconds: n})})
  CREATE (a:Assertion {id: 'ast-' + n, text: 'words ' + n, content: [n, n + 9], confidence: n / 1e6, current: true})
  CREATE (c:Claim {id: 'clm-' + n, text: 'words ' + n, lastSeen: datetime({epochSeconds: n})})
  CREATE (e:Entity:Speaker {id: 'ent-' + n, name: 'Name ' + n, aliases: ['N. ' + n, 'Name']})
  CREATE (a)-[:FOUND_IN]->(v), (a)-[:EXPRESSES {score: 1.0, method: 'rule:same'}]->(c)
  CREATE (e)-[:ASSERTED {method: 'rule:test', confidence: 0.5}]->(a), (v)-[:MENTIONS {spans: [0, 4]}]->(e)
} IN TRANSACTIONS OF 5000 ROWS
"""
LOOK = """
MATCH (v:Version {id: 'ver-' + $n})<-[:FOUND_IN]-(a)-[:EXPRESSES]->(c), (e:Speaker)-[s:ASSERTED]->(a)
RETURN properties(v) AS version, properties(a) AS assertion, properties(c) AS claim, properties(e) AS entity,
       properties(s) AS said
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("million")
    for name in ("from", "to"):
        (folder / name).mkdir()
    yield folder
    for name in ("from", "to"):
        LocalNeo4j(folder / name).down(patience_s=5)


def onrecord(folder: Path, home: str, command: str) -> Ran:
    run = ran(
        [ONRECORD, "db", command, folder / "graph.jsonl.gz"],
        environment(folder / home, ONRECORD_NEO4J_RELEASE=RELEASE or ""),
        out=folder / "out",
        timeout_s=3_000,
    )
    print(f"{command}: {run.seconds:.0f} s, {run.peak_bytes / MEGABYTE:.0f} MB; {run.out.decode().strip()}")
    assert run.status == 0, run.err.decode()
    assert run.peak_bytes < BOUND
    return run


def test_a_million_nodes_go_into_a_file_and_come_back_in_bounded_memory(folder: Path) -> None:
    source = LocalNeo4j(folder / "from", release=RELEASE)
    with Graph.connect(source.up(), wait_s=60) as graph:
        schema.apply(graph)
        graph.execute(FILL, {"nodes": NODES, "text": "A sentence of a page, as long as they are. " * 10})
        size = graph.read("read/backup_size")
        places = [0, NODES // 8, NODES // 4 - 1]
        looked = [graph.execute(LOOK, {"n": n}, mode="read") for n in places]
    onrecord(folder, "from", "export")
    source.down()
    onrecord(folder, "to", "import")
    with Graph.connect(LocalNeo4j(folder / "to", release=RELEASE).up(), wait_s=60) as graph:
        assert graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema RETURN count(n) AS n") == [{"n": NODES}]
        assert graph.read("read/backup_size")[0]["relationships"] == size[0]["relationships"] == NODES
        assert [graph.execute(LOOK, {"n": n}, mode="read") for n in places] == looked
    onrecord(folder, "to", "import")
