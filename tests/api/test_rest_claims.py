"""Both sides of a claim over REST and on the terminal: real sockets and a real Neo4j."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import httpx
import pytest
from rich.console import Console
from typer.testing import CliRunner

from api import asking, render
from api.cli import app
from graph.driver import Connection, Graph
from graph.schema import apply
from graph.store import Store
from ingest.model import claim_id
from tests.api.openapi import problems
from tests.api.served import served
from tests.conftest import EMPTY
from tests.graph.test_claims import BRIDGE, MILL, OLD_MILL, page
from tests.judging import WordJudge

PAGES = (
    page(1, OLD_MILL, BRIDGE),
    page(2, "Bram Dahl denied “the old mill was sold to Corvin Holdings in May”."),
    page(3, MILL),
    page(4, BRIDGE.replace("Mira Holm", "Cleo Ekman").replace("9", "12")),
    page(5, "Esme Falk said “the city library stays where it stands today”."),
)
MILL_IDS = sorted(one.id for made in (PAGES[0], PAGES[1], PAGES[2]) for one in made.assertions if "mill" in one.text)


@pytest.fixture(scope="module")
def client(_session_graph: Graph, neo4j_connection: Connection) -> Iterator[httpx.Client]:
    _session_graph.execute(EMPTY)
    apply(_session_graph)
    store = Store(_session_graph, WordJudge())
    for made in PAGES:
        store.put(made)
    with served(neo4j_connection) as one:
        yield one


def test_a_claim_has_both_its_sides_in_the_order_of_time(client: httpx.Client) -> None:
    claim = client.get(f"/claims/{claim_id(MILL_IDS[0])}").json()
    assert claim["disputed"] == "candidate"
    assert [one["speaker"]["name"] for one in claim["affirming"]] == ["Ada Brandt", "Piet Lind"]
    assert [one["speaker"]["name"] for one in claim["denying"]] == ["Bram Dahl"]
    assert claim["sides"] == {"affirmed": 2, "denied": 1, "questioned": 0}
    assert claim["questioning"] == claim["contradicting"] == []
    assert claim["text"] in [one["text"] for one in claim["affirming"]]


def test_a_claim_answers_to_the_ids_that_it_had(client: httpx.Client) -> None:
    answers = [client.get(f"/claims/{claim_id(identity)}").json() for identity in MILL_IDS]
    assert answers[0]["former_ids"] == sorted(claim_id(identity) for identity in MILL_IDS[1:])
    assert answers[1] == answers[0]
    assert answers[2] == answers[0]
    assert client.get("/claims/clm-00000000000000000000").status_code == 404


def test_what_contradicts_a_claim_stands_beside_it(client: httpx.Client) -> None:
    [claim] = client.get("/claims", params={"q": "bridge 9"}).json()["items"]
    detail = client.get(f"/claims/{claim['id']}").json()
    [other] = detail["contradicting"]
    assert (other["text"], other["score"]) == ("repairing the harbour bridge costs 12 crowns", 1.0)
    assert [one["speaker"]["name"] for one in other["assertions"]] == ["Cleo Ekman"]


def test_claims_that_are_disputed_are_listed(client: httpx.Client) -> None:
    disputed = client.get("/claims", params={"disputed": "true"}).json()["items"]
    assert sorted(claim["disputed"] for claim in disputed) == ["candidate", "candidate"]
    others = client.get("/claims", params={"disputed": "false"}).json()["items"]
    assert len(disputed) + len(others) == 4
    assert "library" in str(others)


def test_the_answer_is_the_one_that_is_described(client: httpx.Client) -> None:
    description = client.get("/openapi.json").json()
    answered = description["paths"]["/claims/{id}"]["get"]["responses"]["200"]["content"]["application/json"]
    for made in PAGES:
        claim = client.get(f"/claims/{claim_id(made.assertions[-1].id)}").json()
        assert problems(claim, answered["schema"], description["components"]["schemas"]) == []


def test_the_terminal_shows_the_sides_under_each_other(client: httpx.Client, graph_of: Graph) -> None:
    out = Console(width=110, record=True, file=io.StringIO())
    out.print(render.claim_card(asking.claim(graph_of, claim_id(MILL_IDS[0]))))
    shown = out.export_text()
    affirmed, denied = shown.index("Affirmed by 2 independent sources"), shown.index("Denied by 1 independent source")
    assert affirmed < shown.index("Piet Lind", affirmed) < denied < shown.index("Bram Dahl", denied)


@pytest.fixture
def graph_of(_session_graph: Graph) -> Graph:
    return _session_graph


def test_the_command_line_lists_and_shows_them(
    client: httpx.Client, neo4j_connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = neo4j_connection
    for name, value in (("URI", where.uri), ("USER", where.user), ("PASSWORD", where.password)):
        monkeypatch.setenv(f"NEO4J_{name}", value)
    listed = CliRunner().invoke(app, ["claims", "--disputed", "--json"])
    assert listed.exit_code == 0, listed.output
    assert len(json.loads(listed.stdout)["items"]) == 2
    shown = CliRunner().invoke(app, ["show", claim_id(MILL_IDS[-1])])
    assert shown.exit_code == 0, shown.output
    assert "Denied by 1 independent source" in shown.stdout
