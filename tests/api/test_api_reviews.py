"""Reviews over REST and on the command line: what is decided, what cannot be, and what it changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from api.commands.review import app as review_app
from api.commands.show import app as show_app
from graph.driver import Connection, Graph
from graph.schema import apply
from graph.store import Store
from ingest.model import entity_id
from tests.api.openapi import problems
from tests.api.served import served
from tests.conftest import EMPTY
from tests.factories import extraction

PAGE = extraction("Sergei Lavrov said “one”.\n\nSergio Lavrov said “two”.")
ONE, OTHER = (entity_id("person", name) for name in ("Sergei Lavrov", "Sergio Lavrov"))
SAID = PAGE.assertions[0].id


@pytest.fixture(scope="module")
def client(_session_graph: Graph, neo4j_connection: Connection) -> Iterator[httpx.Client]:
    _session_graph.execute(EMPTY)
    apply(_session_graph)
    Store(_session_graph).put(PAGE)
    with served(neo4j_connection) as one:
        yield one


def decided(client: httpx.Client, path: str, **body: Any) -> httpx.Response:
    return client.post(path, json={"reviewer": "Ines", **body})


def test_a_review_is_stored_shown_and_undone(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    before = client.get(f"/entities/{ONE}").json()
    assert [one["id"] for one in before["candidates"]] == [OTHER]
    made = decided(client, f"/entities/{ONE}/reviews", decision="same", note="the same man", **{"with": OTHER})
    assert made.status_code == 201, made.text
    review = made.json()
    schema = described["paths"]["/entities/{id}/reviews"]["post"]["responses"]["201"]["content"]["application/json"]
    assert problems(review, schema["schema"], described["components"]["schemas"]) == []
    assert (review["of"]["id"], review["with"]["id"], review["note"]) == (ONE, OTHER, "the same man")
    assert client.get("/reviews", params={"of": OTHER}).json()["items"] == [review]
    after = client.get(f"/entities/{OTHER}").json()
    assert {after["id"], *after["same_as"]} == {ONE, OTHER}
    assert after["canonical_id"] == after["id"]
    assert after["candidates"] == []
    assert len(client.get("/assertions", params={"speaker": OTHER}).json()["items"]) == 2
    undone = decided(client, f"/entities/{OTHER}/reviews", decision="different", **{"with": ONE})
    assert undone.status_code == 201
    # Whoever was called another one is no candidate any more.
    assert client.get(f"/entities/{ONE}").json() == before | {"candidates": []}
    assert [one["decision"] for one in client.get("/reviews").json()["items"]][:2] == ["different", "same"]


def test_what_is_judged_wrong_is_asked_for_by_name(client: httpx.Client) -> None:
    assert decided(client, f"/assertions/{SAID}/reviews", decision="wrong").status_code == 201
    assert SAID not in {one["id"] for one in client.get("/assertions").json()["items"]}
    [wrong] = client.get("/assertions", params={"judged": "wrong"}).json()["items"]
    assert (wrong["id"], wrong["judged"]) == (SAID, "wrong")
    assert decided(client, f"/assertions/{SAID}/reviews", decision="right").status_code == 201
    assert SAID in {one["id"] for one in client.get("/assertions").json()["items"]}


@pytest.mark.parametrize(
    ("path", "body", "status", "name"),
    [
        (f"/entities/{ONE}/reviews", {"decision": "confirm"}, 422, "decision"),
        (f"/entities/{ONE}/reviews", {"decision": "perhaps"}, 422, "decision"),
        (f"/entities/{ONE}/reviews", {"decision": "same"}, 422, "with"),
        (f"/entities/{ONE}/reviews", {"decision": "same", "with": SAID}, 422, "with"),
        (f"/entities/{ONE}/reviews", {"decision": "same", "with": OTHER, "reviewer": "  "}, 422, "reviewer"),
        (f"/entities/{ONE}/reviews", {"decision": "same", "with": OTHER, "at": "2026-01-01"}, 422, "at"),
        (f"/entities/{ONE}/reviews", {"decision": "move", "with": "doc-0"}, 404, None),
        (f"/entities/{ONE}/reviews", {"decision": "same", "with": "ent-0"}, 404, None),
        ("/entities/ent-0/reviews", {"decision": "same", "with": ONE}, 404, None),
        (f"/entities/{SAID}/reviews", {"decision": "right"}, 404, None),
        ("/disputes/dsp-0/reviews", {"decision": "confirm"}, 404, None),
        ("/assertions/ast-0/reviews", {"decision": "wrong"}, 404, None),
    ],
)
def test_what_cannot_be_is_told(client: httpx.Client, path: str, body: dict[str, Any], status: int, name: str) -> None:
    answer = decided(client, path, **body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    if name:
        assert [one["name"] for one in answer.json()["errors"]] == [name]


def test_a_reviewer_must_be_named(client: httpx.Client) -> None:
    answer = client.post(f"/entities/{ONE}/reviews", json={"decision": "same", "with": OTHER})
    assert answer.status_code == 422
    assert [one["name"] for one in answer.json()["errors"]] == ["reviewer"]


def test_the_command_decides_and_shows(
    graph: Graph, neo4j_connection: Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    Store(graph).put(PAGE)
    for name in ("uri", "user", "password", "database"):
        monkeypatch.setenv(f"NEO4J_{name.upper()}", getattr(neo4j_connection, name))
    monkeypatch.setenv("ONRECORD_HOME", str(tmp_path))
    run = CliRunner().invoke
    done = run(review_app, [ONE, "--decision", "same", "--with", OTHER, "--by", "Ines", "--note", "one man", "--json"])
    assert done.exit_code == 0, done.output
    review = json.loads(done.output)
    assert (review["with"]["id"], review["reviewer"]) == (OTHER, "Ines")
    for identity in (ONE, review["id"]):
        shown = run(show_app, [identity])
        assert "by Ines: one man" in shown.output, shown.output
    for words, says in (
        ([ONE, "--decision", "confirm", "--by", "Ines"], "same, different, move"),
        ([ONE, "--decision", "same", "--by", "Ines"], "needs the id of an entity"),
        (["doc-1", "--decision", "right", "--by", "Ines"], "only disputes"),
        ([ONE, "--decision", "same", "--with", OTHER, "--by", ""], "--by"),
        ([ONE, "--decision", "same", "--with", OTHER], "--by"),
    ):
        refused = run(review_app, words)
        assert refused.exit_code == 2, refused.output
        assert says in " ".join(refused.output.replace("│", " ").split()), refused.output
    missing = run(review_app, [ONE, "--decision", "same", "--with", "ent-0", "--by", "Ines"])
    assert missing.exit_code == 1
    assert "ent-0: nothing in the graph has that id" in missing.output
