"""Disputes over REST and on the terminal: lists with both sides, details, and those that people file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from rich.console import Console

from api import asking, render_disputes, views
from api.queries import DisputeFilters
from graph import read_disputes
from graph.driver import Connection, Graph
from graph.schema import apply
from graph.store import Store
from tests.api.served import served
from tests.conftest import EMPTY
from tests.graph.disputing import account, checked, page, said_by

PAGE = checked(page())
DENIAL, REBUTTAL, CHECKED = PAGE.disputes
TARGET = said_by(PAGE, "Zoe Bell")
REPLY = PAGE.document.comments[1]


@pytest.fixture(scope="module")
def filled(_session_graph: Graph) -> Graph:
    _session_graph.execute(EMPTY)
    apply(_session_graph)
    Store(_session_graph).put(PAGE)
    return _session_graph


@pytest.fixture(scope="module")
def client(filled: Graph, neo4j_connection: Connection) -> Iterator[httpx.Client]:
    with served(neo4j_connection) as one:
        yield one


def filed(**changes: Any) -> dict[str, Any]:
    given: dict[str, Any] = {
        "kind": "rebuttal",
        "by": account(PAGE, "ivo"),
        "stated_in": {"text": REPLY.id, "spans": [[4, 15]]},
        "against": {"assertion": TARGET.id},
        "basis": "he means the tap",
        "reviewer": "Ada",
    }
    return {**given, **changes}


def test_a_list_shows_both_sides(client: httpx.Client) -> None:
    items = {one["kind"]: one for one in client.get("/disputes", params={"status": "candidate"}).json()["items"]}
    denial, rebuttal, verdict = items["denial"], items["rebuttal"], items["fact_check"]
    assert denial["by"]["name"] == "India"
    assert denial["target"]["speaker"]["name"] == "Trump"
    assert denial["target"]["text"] == "Modi agreed to stop buying oil"
    assert denial["stated_in"]["text"] == "Modi agreed to anything"
    assert denial["cite"].startswith(
        "India, denial, in the page’s words: “Modi agreed to anything”, "
        "against Trump: “Modi agreed to stop buying oil”, “News”, Courier"
    )
    assert PAGE.document.version in denial["cite"]
    text, (low, high) = denial["target"]["context"]["text"], denial["target"]["spans"][0]
    start = denial["target"]["context"]["start"]
    assert text[low - start : high - start] == "Modi agreed to stop buying oil"
    assert (rebuttal["stated_in"]["container"], rebuttal["target"]["container"]) == (1, 0)
    assert rebuttal["stated_in"]["comment"]["author"] == "ivo"
    assert (verdict["target"], verdict["proposition"]) == (None, "The tap water causes cancer.")
    assert verdict["fact_check"] == PAGE.fact_checks[0].id
    one = client.get(f"/disputes/{DENIAL.id}").json()
    assert one == denial
    assert client.get("/disputes", params={"speaker": "ent-0"}).json() == {"items": [], "next_cursor": None}


def test_a_list_is_walked_by_its_cursor(client: httpx.Client) -> None:
    seen, cursor = [], None
    while True:
        answer = client.get("/disputes", params={"limit": 1, **({"cursor": cursor} if cursor else {})}).json()
        seen += [one["id"] for one in answer["items"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert {DENIAL.id, REBUTTAL.id, CHECKED.id} <= set(seen)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ({"kind": "quarrel"}, "kind"),
        ({"status": "maybe"}, "status"),
        ({"min_confidence": 2}, "min_confidence"),
        ({"directness": "own"}, "directness"),
        ({"cursor": "x"}, "cursor"),
        ({"q": "?"}, "q"),
    ],
)
def test_a_filter_that_cannot_be_used_is_named(client: httpx.Client, query: dict[str, Any], named: str) -> None:
    answer = client.get("/disputes", params=query)
    assert answer.status_code == 422
    assert [one["name"] for one in answer.json()["errors"]] == [named]


def test_an_unknown_one(client: httpx.Client) -> None:
    assert client.get("/disputes/dsp-0").status_code == 404


def test_what_a_person_files_is_a_confirmed_dispute(client: httpx.Client) -> None:
    answer = client.post("/disputes", json=filed(note="see the minutes"))
    assert answer.status_code == 201, answer.text
    one = answer.json()
    assert (one["status"], one["method"], one["by"]["name"]) == ("confirmed", "person:Ada", "ivo")
    assert (one["stated_in"]["text"], one["target"]["text"]) == ("it is open.", "The tap is safe")
    assert [(each["decision"], each["reviewer"], each["note"]) for each in one["reviews"]] == [
        ("confirm", "Ada", "see the minutes")
    ]
    assert client.get(f"/disputes/{one['id']}").json() == one
    assert [each["id"] for each in client.get("/disputes", params={"status": "confirmed"}).json()["items"]] == [
        one["id"]
    ]
    disputed = client.get("/claims", params={"disputed": "true", "q": "tap is safe"}).json()["items"]
    assert [each["text"] for each in disputed] == ["The tap is safe"]


@pytest.mark.parametrize(
    ("changes", "status", "named"),
    [
        ({"kind": "quarrel"}, 422, "kind"),
        ({"basis": ""}, 422, "basis"),
        ({"basis": "  "}, 422, "basis"),
        ({"reviewer": None}, 422, "reviewer"),
        ({"surprise": 1}, 422, "surprise"),
        ({"against": {}}, 422, "against"),
        ({"against": {"assertion": TARGET.id, "text": REPLY.id}}, 422, "against"),
        ({"stated_in": {"text": REPLY.id}}, 422, "stated_in"),
        ({"stated_in": {"text": REPLY.id, "spans": [[0, 99]]}}, 422, "stated_in"),
        ({"stated_in": {"text": REPLY.id, "spans": [[5, 2]]}}, 422, "stated_in"),
        ({"stated_in": {"text": REPLY.id, "spans": [[-1, 2]]}}, 422, "stated_in"),
        ({"stated_in": {"assertion": TARGET.id}}, 422, "against"),
        ({"against": {"assertion": "ast-0"}}, 404, None),
        ({"by": "acc-0"}, 404, None),
        ({"stated_in": {"text": "com-0", "spans": [[0, 2]]}}, 404, None),
    ],
)
def test_what_cannot_be_filed_is_named(
    client: httpx.Client, changes: dict[str, Any], status: int, named: str | None
) -> None:
    before = client.get("/disputes").json()
    answer = client.post("/disputes", json=filed(**changes))
    assert answer.status_code == status, answer.text
    if named is not None:
        assert named in [one["name"] for one in answer.json()["errors"]]
    assert client.get("/disputes").json() == before


# --- on the terminal -------------------------------------------------------------------------------------------------


def shown(what: Any) -> str:
    out = io.StringIO()
    Console(width=120, file=out).print(what)
    return out.getvalue()


def test_the_words_of_both_sides_stand_under_each_other(filled: Graph) -> None:
    lines = shown(render_disputes.disputes(asking.disputes(filled, DisputeFilters(kind="denial")))).splitlines()
    assert "India denies Trump · candidate, 0.70" in lines[0]
    assert lines[0].rstrip().endswith(DENIAL.id)
    assert lines[1].split() == ["said", "Modi", "agreed", "to", "stop", "buying", "oil"]
    assert lines[2].split() == ["against", "Modi", "agreed", "to", "anything"]


def test_a_card_has_the_evidence_of_both_sides_and_a_line_to_cite(filled: Graph) -> None:
    text = shown(render_disputes.dispute_card(views.dispute(read_disputes.dispute(filled, REBUTTAL.id))))
    for words in (
        "No, it is open.",
        "the harbour is closed",
        "comment 2 of News",
        "comment 1 of News",
        "Cite as:",
        "ivo, rebuttal",
    ):
        assert words in text


def test_a_card_of_a_fact_check(filled: Graph) -> None:
    one = views.fact_check(read_disputes.fact_check(filled, PAGE.fact_checks[0].id))
    text = shown(render_disputes.fact_check_card(one))
    assert "false, in its own words “Nope”" in text
    assert one.cite.startswith(
        "Check Desk rates a claim of Karl “The tap water causes cancer.” as “Nope”, <https://checkdesk.com/1>"
    )
