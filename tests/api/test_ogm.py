"""py2neo's object mapper: read, walk, review, and nothing else; the other release is in test_two_releases.py."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from py2neo.ogm import Related

from api.ogm import (
    Assertion,
    Claim,
    Dispute,
    Document,
    Outlet,
    ReadOnlyObjectError,
    Speaker,
    Text,
    open_repository,
    repository,
)
from api.settings import Settings
from graph import schema
from graph.driver import Connection, Graph
from graph.errors import DatabaseUnavailableError, NotFoundError, ReviewError
from graph.store import Store
from ingest.model import entity_id
from tests.conftest import EMPTY
from tests.graph.corpus import corpus
from tests.soak.whole import whole

PAGES = corpus()
DISPUTED = """
MATCH (a:Assertion)<-[:ASSERTED]-(:Speaker {name: 'Ada Brandt'}) WITH a ORDER BY a.id LIMIT 1
MATCH (by:Speaker {name: 'Cleo Ekman'}), (a)-[:FOUND_IN]->(t), (a)-[:EXPRESSES]->(c)
CREATE (d:Dispute {id: 'dsp-1', kind: 'denial', text: 'no bridge', status: 'candidate', current: true})
CREATE (by)-[:RAISED]->(d), (d)-[:AGAINST {spans: [0, 9]}]->(a), (d)-[:STATED_IN {spans: [1, 2]}]->(t)
CREATE (d)-[:DISPUTES]->(c)
"""


@pytest.fixture
def connection(neo4j_connection: Connection) -> Connection:
    return neo4j_connection


@pytest.fixture
def disputed(connection: Connection) -> Iterator[Graph]:
    """The pages of the corpus, and a dispute."""
    with Graph.connect(connection, wait_s=60) as graph:
        schema.apply(graph)
        graph.execute(EMPTY)
        assert len(list(Store(graph).put_many(PAGES))) == len(PAGES)
        graph.execute(DISPUTED)
        yield graph


def test_objects_are_read_and_walked_and_a_dispute_is_reviewed(disputed: Graph, connection: Connection) -> None:
    repo = open_repository(connection)
    ada = repo.match(Speaker, entity_id("person", "Ada Brandt")).first()
    assert (ada.name, ada.kind) == ("Ada Brandt", "person")
    expected = disputed.execute(
        "MATCH (:Speaker {name: 'Ada Brandt'})-[:ASSERTED]->(a:Assertion) RETURN collect(a.text) AS texts", mode="read"
    )
    assert sorted(one.text for one in ada.asserted) == sorted(expected[0]["texts"])

    for assertion in ada.asserted:
        assert ada in list(assertion.speakers)
        [text] = assertion.found_in
        start, end = assertion.content[:2]
        assert text.text[start:end] == assertion.text
        [document] = [*text.version_of, *text.comment_on]
        assert text in [*document.versions, *document.comments]
        [claim] = assertion.expresses
        assert assertion in list(claim.expressed_by)
    [outlet] = repo.match(Outlet).where(domain="courier.example")
    assert {page.url for page in outlet.published} == {one.document.url for one in PAGES[::3]}
    cited = [cites.name for assertion in repo.match(Assertion) for cites in assertion.cites]
    assert cited
    assert set(cited) == {"Herald"}

    [dispute] = repo.match(Dispute).where(status="candidate")
    [passage] = dispute.against
    assert passage.assertion.text == passage.text
    assert passage.whole_text is None
    assert [one.name for one in dispute.raised_by] == ["Cleo Ekman"]
    assert [one.whole_text is not None for one in dispute.stated_in] == [True]
    [claim] = dispute.disputes
    assert list(claim.disputes) == [dispute]
    assert dispute in list(passage.assertion.disputed_by)
    assert list(dispute.reviews) == []

    first = dispute.review("confirm", by="Ada Brandt", note="he says so himself")
    second = dispute.review("reject", by="Bram Dahl")
    assert dispute.status == "rejected"
    reviews = sorted(dispute.reviews, key=lambda one: one.at)
    assert [(one.id, one.decision, one.reviewer, one.note) for one in reviews] == [
        (first, "confirm", "Ada Brandt", "he says so himself"),
        (second, "reject", "Bram Dahl", None),
    ]
    rows = disputed.execute(
        "MATCH (r:Review)-[:OF]->(d:Dispute {id: 'dsp-1'}) WITH r, d ORDER BY r.at "
        "RETURN collect(r.decision) AS decisions, collect(r.at.timezone) AS zones, d.status AS status",
        mode="read",
    )
    assert rows == [{"decisions": ["confirm", "reject"], "zones": ["Z", "Z"], "status": "rejected"}]


def test_what_cannot_be_decided_is_refused(disputed: Graph, connection: Connection) -> None:
    before = whole(disputed, leave_out=frozenset())
    [dispute] = open_repository(connection).match(Dispute)
    with pytest.raises(ReviewError, match="maybe: of a dispute it must be one of confirm, reject, reopen"):
        dispute.review("maybe", by="Ada")
    with pytest.raises(ReviewError, match="needs the name"):
        dispute.review("confirm", by=" ")
    assert whole(disputed, leave_out=frozenset()).differences(before) == []
    disputed.execute("MATCH (d:Dispute) DETACH DELETE d")
    with pytest.raises(NotFoundError, match="dsp-1: nothing in the graph"):
        dispute.review("confirm", by="Ada")


@pytest.mark.parametrize("model", [Speaker, Outlet, Document, Assertion, Claim, Dispute])
def test_objects_cannot_be_saved_made_or_deleted(graph: Graph, neo4j_connection: Connection, model: Any) -> None:
    assert len(list(Store(graph).put_many(PAGES[:1]))) == 1
    graph.execute("CREATE (:Dispute {id: 'dsp-1', text: 'x'})")
    before = whole(graph, leave_out=frozenset())
    repo = open_repository(neo4j_connection)
    found = repo.match(model).first()
    assert found is not None
    for write in (repo.save, repo.delete):
        with pytest.raises(ReadOnlyObjectError, match="objects are for reading"):
            write(found)
    with pytest.raises(ReadOnlyObjectError):
        repo.save(model(id="new"))
    assert whole(graph, leave_out=frozenset()).differences(before) == []


def test_a_repository_is_of_the_settings(graph: Graph, neo4j_connection: Connection) -> None:
    assert len(list(Store(graph).put_many(PAGES[:1]))) == 1
    settings = Settings(
        neo4j_uri=neo4j_connection.uri,
        neo4j_user=neo4j_connection.user,
        neo4j_password=neo4j_connection.password,
        neo4j_database=neo4j_connection.database,
    )
    assert repository(settings).match(Document).first() is not None


def test_no_server_is_told() -> None:
    began = time.monotonic()
    with pytest.raises(DatabaseUnavailableError, match=r"bolt://127\.0\.0\.1:9: no Neo4j server answers"):
        open_repository(Connection("bolt://127.0.0.1:9", "neo4j", "not-to-be-told"))
    assert time.monotonic() - began < 60


def test_what_the_documentation_shows_runs(
    disputed: Graph, connection: Connection, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("uri", "user", "password", "database"):
        monkeypatch.setenv(f"NEO4J_{name.upper()}", getattr(connection, name))
    text = (Path(__file__).parents[2] / "docs" / "py2neo.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    assert len(blocks) == 3
    known: dict[str, Any] = {}
    for block in blocks:
        exec(block, known)
    printed = capsys.readouterr().out
    for words in ("Ada Brandt 9", "through ['Herald']", "no bridge against", "confirmed [('Ada Brandt', 'confirm')]"):
        assert words in printed, printed


def test_every_relation_is_in_the_documentation() -> None:
    text = (Path(__file__).parents[2] / "docs" / "py2neo.md").read_text(encoding="utf-8")
    for model in (Speaker, Assertion, Claim, Dispute, Outlet, Document, Text):
        [row] = re.findall(rf"^\| `{model.__name__}`[^|]* \| (.*) \|$", text, re.MULTILINE)
        named = {name for name, value in vars(model).items() if isinstance(value, Related)}
        assert set(re.findall(r"`(\w+)`", row)) == named
