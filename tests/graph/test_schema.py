"""The schema on a real server: once each, taken up where it stopped, refused where it must be."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cypher import Statement
from graph import schema
from graph.driver import Connection, Graph
from graph.errors import ForeignDataError, SchemaTooNewError

ROOT = Path(__file__).parents[2]

APPLY = """
import sys
from graph.driver import Connection, Graph
from graph.schema import apply
with Graph.connect(Connection(*sys.argv[1:5]), wait_s=10) as graph:
    sys.stdin.readline()
    print(apply(graph))
"""


def names(graph: Graph) -> set[str]:
    """Our constraints and indexes that are online; a constraint has an index of its name."""
    rows = graph.execute(
        "SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'onrecord_' RETURN name, state", mode="read"
    )
    assert {row["state"] for row in rows} <= {"ONLINE"}
    return {row["name"] for row in rows}


def expected() -> set[str]:
    """What all steps that are looked at make."""
    return {f"onrecord_{step.name.split('_', 1)[1]}" for step in schema.steps()}


def strip(graph: Graph) -> None:
    """Takes the schema away."""
    graph.execute("MATCH (n) DETACH DELETE n")
    for row in graph.execute("SHOW CONSTRAINTS YIELD name WHERE name STARTS WITH 'onrecord_' RETURN name", mode="read"):
        graph.execute(f"DROP CONSTRAINT {row['name']}")
    for row in graph.execute("SHOW INDEXES YIELD name WHERE name STARTS WITH 'onrecord_' RETURN name", mode="read"):
        graph.execute(f"DROP INDEX {row['name']}")


@pytest.fixture(scope="module", autouse=True)
def _restored(_session_graph: Graph) -> Iterator[None]:
    """Other tests find the schema as they left it."""
    yield
    _session_graph.execute("MATCH (n) DETACH DELETE n")
    schema.apply(_session_graph)


@pytest.fixture
def bare(_session_graph: Graph) -> Graph:
    """A database without a schema."""
    strip(_session_graph)
    return _session_graph


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> tuple[Statement, ...]:
    """Only some of the steps, one of each kind: all of them take seconds."""
    wanted = ("schema_id", "document_id", "claim_last_seen", "claim_text")
    chosen = tuple(step for step in schema.steps() if step.name.endswith(wanted))
    assert len(chosen) == len(wanted)
    monkeypatch.setattr(schema, "steps", lambda: chosen)
    return chosen


def test_steps_are_numbered_without_a_gap() -> None:
    numbers = [int(step.name.removeprefix("schema/").split("_")[0]) for step in schema.steps()]
    assert numbers == list(range(1, len(numbers) + 1))


def test_all_steps_are_applied_and_recorded(bare: Graph) -> None:
    assert schema.version(bare) is None
    assert schema.apply(bare) == len(schema.steps())
    assert schema.version(bare) == len(schema.steps())
    assert names(bare) == expected()
    labels = bare.execute("MATCH (n) RETURN DISTINCT labels(n) AS labels", mode="read")
    assert labels == [{"labels": ["OnRecordSchema"]}]


@pytest.mark.usefixtures("few")
def test_a_second_time_applies_nothing(bare: Graph) -> None:
    schema.apply(bare)
    bare.execute("DROP INDEX onrecord_claim_text")
    assert schema.apply(bare) == len(schema.steps())
    assert names(bare) == expected() - {"onrecord_claim_text"}


@pytest.mark.parametrize("recorded", [0, 1, 3])
@pytest.mark.usefixtures("few")
def test_a_process_that_was_killed_is_taken_up(bare: Graph, recorded: int) -> None:
    """Killed after the work of a step and before it was recorded: the worst moment."""
    for step in schema.steps()[: recorded + 1]:
        bare.write(step.name)
    if recorded:
        bare.write("write/schema_record", version=recorded)
    assert schema.apply(bare) == len(schema.steps())
    assert names(bare) == expected()


@pytest.mark.usefixtures("few")
def test_a_newer_graph_is_refused_and_left_alone(bare: Graph) -> None:
    newer = len(schema.steps()) + 1
    bare.write("write/schema_record", version=newer)
    with pytest.raises(SchemaTooNewError) as caught:
        schema.apply(bare, adopt=True)
    assert f"its schema is {newer}" in str(caught.value)
    assert "upgrade OnRecord" in str(caught.value)
    assert names(bare) == set()
    assert schema.version(bare) == newer


@pytest.mark.usefixtures("few")
def test_the_recorded_version_never_goes_back(bare: Graph) -> None:
    bare.write("write/schema_record", version=7)
    assert bare.write("write/schema_record", version=3) == [{"version": 7}]


@pytest.mark.usefixtures("few")
def test_somebody_elses_data_is_not_touched(bare: Graph) -> None:
    bare.execute("CREATE (:Film {title: 'M'})")
    with pytest.raises(ForeignDataError) as caught:
        schema.apply(bare)
    assert "Film" in str(caught.value)
    assert "--adopt" in str(caught.value)
    assert names(bare) == set()
    assert bare.execute("MATCH (n) RETURN labels(n) AS labels", mode="read") == [{"labels": ["Film"]}]


@pytest.mark.usefixtures("few")
def test_somebody_elses_data_is_adopted_when_told_to(bare: Graph) -> None:
    bare.execute("CREATE (:Film {title: 'M'})")
    assert schema.apply(bare, adopt=True) == len(schema.steps())
    assert schema.apply(bare) == len(schema.steps())
    assert bare.execute("MATCH (n:Film) RETURN n.title AS title", mode="read") == [{"title": "M"}]


@pytest.mark.usefixtures("few")
def test_adopted_data_that_breaks_a_constraint_is_named(bare: Graph) -> None:
    bare.execute("CREATE (:Document {id: 1}), (:Document {id: 1})")
    with pytest.raises(ForeignDataError, match="schema/002_document_id"):
        schema.apply(bare, adopt=True)
    assert bare.execute("MATCH (n:Document) RETURN count(n) AS n", mode="read") == [{"n": 2}]


def test_processes_that_apply_at_once_end_with_one_schema(bare: Graph, neo4j_connection: Connection) -> None:
    where = (neo4j_connection.uri, neo4j_connection.user, neo4j_connection.password, neo4j_connection.database)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", APPLY, *where],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(3)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120) for process in processes]
    assert [out.strip() for out, _ in answers] == [str(len(schema.steps()))] * 3, answers
    assert names(bare) == expected()
    assert bare.execute("MATCH (n {id: 'schema'}) RETURN count(n) AS n", mode="read") == [{"n": 1}]
    assert bare.execute("MATCH (n {id: 'lock'}) RETURN count(n) AS n", mode="read") == [{"n": 0}]
