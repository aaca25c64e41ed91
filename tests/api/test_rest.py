"""REST over real sockets and a real Neo4j: lists, details, cursors, refusals, and a database that goes away."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import reviews
from graph.driver import Connection, Graph
from graph.schema import apply
from graph.store import Store
from ingest.jsonl import as_json
from ingest.model import Extraction
from tests.api.openapi import problems
from tests.api.served import served
from tests.conftest import EMPTY
from tests.graph.corpus import corpus, held
from tests.graph.disputing import dispute, whole

PAGES = corpus()
EVERY = held(PAGES)
BODY = PAGES[0].assertions[0]
COMMENT = next(one for one in EVERY if one.assertion.container != "body" and not one.own_comment)
SPEAKER = BODY.speaker.id if BODY.speaker else ""
OUTLET = PAGES[0].document.outlet.id if PAGES[0].document.outlet else ""
DOCUMENT = PAGES[0].document.id
LISTS = ("/claims", "/assertions", "/speakers", "/outlets", "/entities", "/documents", "/disputes", "/reviews")


@pytest.fixture(scope="module")
def client(_session_graph: Graph, neo4j_connection: Connection) -> Iterator[httpx.Client]:
    _session_graph.execute(EMPTY)
    apply(_session_graph)
    assert len(list(Store(_session_graph).put_many([_disputed(PAGES[0]), *PAGES[1:]]))) == len(PAGES)
    for one in EVERY[:3]:
        reviews.add(_session_graph, one.assertion.id, "right", reviewer="Mika")
    with served(neo4j_connection) as one:
        yield one


def _disputed(page: Extraction) -> Extraction:
    """The page with a dispute between two of its assertions."""
    stating, target = page.assertions[:2]
    denial = dispute(page, "denial", stating.speaker, stating.container, stating.content, whole(target), stating, None)
    return replace(page, disputes=(denial,))


@pytest.fixture(scope="module")
def described(client: httpx.Client) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/openapi.json").json()
    return answer


def ids(client: httpx.Client, path: str) -> dict[str, str]:
    """An id to fill into the path."""
    of = {"claims": "/claims", "assertions": "/assertions", "speakers": "/speakers", "outlets": "/outlets"}
    of |= {"entities": "/entities", "documents": "/documents", "disputes": "/disputes"}
    name = path.split("/")[1]
    return {"id": client.get(of[name]).json()["items"][0]["id"]} if name in of else {}


def walk(client: httpx.Client, path: str, query: dict[str, Any]) -> list[dict[str, Any]]:
    """Every item of a list."""
    items: list[dict[str, Any]] = []
    for _ in range(200):
        answer = client.get(path, params=query)
        assert answer.status_code == 200, answer.text
        items += answer.json()["items"]
        cursor = answer.json()["next_cursor"]
        if cursor is None:
            return items
        query = {**query, "cursor": cursor}
    raise AssertionError(f"{path} does not end")


def test_every_path_answers_as_the_description_says(client: httpx.Client, described: dict[str, Any]) -> None:
    parts = described["components"]["schemas"]
    assert set(LISTS) < described["paths"].keys()
    for path, methods in described["paths"].items():
        assert methods.keys() <= {"get", "post"}
        if "get" not in methods:
            continue
        get = methods["get"]
        assert get["description"], path
        query = {"q": "bridge"} if path == "/search" else {}
        answer = client.get(path.format(**ids(client, path)), params=query)
        assert answer.status_code == 200, (path, answer.text)
        content = get["responses"]["200"]["content"]
        if "application/json" not in content:
            assert answer.headers["content-type"].partition(";")[0] in content, path
            continue
        assert problems(answer.json(), content["application/json"]["schema"], parts) == [], path
        if "{id}" in path:
            missing = client.get(path.format(id="clm-00000000000000000000"))
            assert missing.status_code == 404, path
            assert "404" in get["responses"], path
            assert problems(missing.json(), {"$ref": "#/components/schemas/Problem"}, parts) == []


@pytest.mark.parametrize(
    ("path", "query"),
    [
        *((path, {}) for path in LISTS),
        ("/claims", {"speaker": SPEAKER}),
        ("/claims", {"directness": "own"}),
        ("/claims", {"disputed": "false", "q": "mill"}),
        ("/claims", {"since": "2026-01-02", "until": "2026-01-03"}),
        ("/assertions", {"outlet": OUTLET, "min_confidence": 0.2}),
        ("/assertions", {"entity": SPEAKER}),
        (f"/speakers/{SPEAKER}/claims", {}),
        (f"/outlets/{OUTLET}/claims", {"q": "bridge"}),
        (f"/entities/{SPEAKER}/claims", {"directness": "direct"}),
        ("/speakers", {"kind": "person"}),
        ("/entities", {"document": DOCUMENT}),
        ("/documents", {"outlet": OUTLET}),
        ("/documents", {"q": "mill"}),
        (f"/documents/{DOCUMENT}/versions", {}),
        ("/search", {"q": "bridge"}),
        ("/search", {"q": "bridge", "kind": "assertion"}),
    ],
)
def test_small_pages_make_the_whole_list_once(client: httpx.Client, path: str, query: dict[str, Any]) -> None:
    whole = client.get(path, params={**query, "limit": 200}).json()
    assert whole["next_cursor"] is None
    assert whole["items"], "nothing to walk through"
    assert [one["id"] for one in walk(client, path, {**query, "limit": 2})] == [one["id"] for one in whole["items"]]


def test_an_assertion_carries_its_evidence(client: httpx.Client) -> None:
    one = client.get(f"/assertions/{BODY.id}").json()
    document = PAGES[0].document
    [[low, high]] = one["content"]
    assert document.text[low:high] == one["text"] == BODY.text
    [[low, high]] = one["source"]
    assert document.text[low:high] == "Ada Brandt"
    context = one["context"]
    assert document.text[context["start"] : context["end"]] == context["text"]
    assert one["container"] == "body"
    assert one["comment"] is None
    assert one["document"] == {"id": document.id, "url": document.url, "kind": "html"}
    assert one["outlet"]["domain"] == "courier.example"
    assert one["asserted_at"] == "2026-01-01T00:00:00Z"
    assert one["cite"] == (
        f"Ada Brandt: “{BODY.text}”, “{document.title}”, Courier, <{document.url}>, published 2026-01-01, "
        f"version {document.version}, read 2026-01-31T00:00:00Z, SHA-256 {document.sha256}"
    )
    in_comment = client.get(f"/assertions/{COMMENT.assertion.id}").json()
    assert in_comment["container"] == in_comment["comment"]["index"] == COMMENT.assertion.container
    assert in_comment["comment"]["author"] == "Dario"
    assert "comment on “" in in_comment["cite"]
    assert in_comment["cite"].endswith(f"SHA-256 {in_comment['comment']['sha256']}")


def test_an_assertion_and_its_claim_tell_the_way_and_the_sources(client: httpx.Client) -> None:
    told = next(one.assertion for one in EVERY if one.assertion.cites)
    one = client.get(f"/assertions/{told.id}").json()
    assert [(step["kind"], step["name"]) for step in one["through"]][:2] == [
        ("speaker", "Bram Dahl"),
        ("cited", "Herald"),
    ]
    assert one["through"][-1]["document"] == one["document"]["id"]
    (end,) = one["sources"]["ends"]
    assert (end["speaker"]["name"], end["through"]["name"], end["assertions"]) == ("Bram Dahl", "Herald", [told.id])
    assert client.get(f"/claims/{one['claim']}").json()["sources"] == one["sources"]


def test_a_document_and_its_thread_are_told_as_extract_tells_them(client: httpx.Client) -> None:
    page = next(one for one in PAGES if one.document.comments)
    answer = client.get(f"/documents/{page.document.id}").json()
    extracted = as_json(page)
    for name in ("id", "version", "url", "title", "author", "text", "language"):
        assert answer[name] == extracted[name], name
    assert moment(answer["published_at"]) == moment(extracted["published_at"])
    for told, read in zip(answer["comments"], extracted["comments"], strict=True):
        assert moment(told["posted_at"]) == moment(read["posted_at"])
        assert told == read | {"account": told["account"], "posted_at": told["posted_at"]}
        assert (told["account"] and told["account"]["name"]) == read["author"]
    (listed,) = (one for one in walk(client, "/documents", {}) if one["id"] == page.document.id)
    assert listed["comment_count"] == len(extracted["comments"])
    assert listed == {name: answer[name] for name in listed}


def moment(time: str | None) -> datetime | None:
    return datetime.fromisoformat(time) if time else None


def test_what_only_comment_writers_say_is_asked_for_by_name(client: httpx.Client) -> None:
    own = {one.assertion.text for one in EVERY if one.own_comment}
    assert own
    assert not own & {one["text"] for one in walk(client, "/claims", {})}
    assert own == {one["text"] for one in walk(client, "/claims", {"directness": "own"})}


def test_claims_of_a_path_hold_the_assertions_that_matched(client: httpx.Client) -> None:
    claims = walk(client, f"/speakers/{SPEAKER}/claims", {})
    assert len(claims) == len(PAGES)
    assert {a["speaker"]["id"] for claim in claims for a in claim["assertions"]} == {SPEAKER}
    assert all(claim["id"] == a["claim"] for claim in claims for a in claim["assertions"])


@pytest.mark.parametrize(
    ("path", "query", "named"),
    [
        ("/claims", {"speakers": SPEAKER}, "speakers"),
        ("/claims", {"limit": 0}, "limit"),
        ("/claims", {"limit": 201}, "limit"),
        ("/claims", {"since": "yesterday"}, "since"),
        ("/claims", {"since": "0001-01-01T00:00:00+14:00"}, "since"),
        ("/claims", {"directness": "straight"}, "directness"),
        ("/claims", {"min_confidence": "nan"}, "min_confidence"),
        ("/claims", {"q": "?!"}, "q"),
        ("/claims", {"cursor": "nonsense"}, "cursor"),
        (f"/speakers/{SPEAKER}/claims", {"speaker": SPEAKER}, "speaker"),
        ("/speakers", {"directness": "own"}, "directness"),
        ("/speakers", {"kind": "ghost"}, "kind"),
        ("/search", {}, "q"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(
    client: httpx.Client, path: str, query: dict[str, Any], named: str
) -> None:
    answer = client.get(path, params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert [one["name"] for one in body["errors"]] == [named]
    assert (body["status"], body["instance"]) == (422, path)


def test_a_cursor_goes_with_its_list_and_filters_only(client: httpx.Client) -> None:
    cursor = client.get("/claims", params={"limit": 1}).json()["next_cursor"]
    for path, query in (
        ("/assertions", {}),
        ("/claims", {"q": "bridge"}),
        ("/speakers", {}),
        (f"/speakers/{SPEAKER}/claims", {}),
    ):
        answer = client.get(path, params={**query, "cursor": cursor})
        assert answer.status_code == 422
        assert [one["name"] for one in answer.json()["errors"]] == ["cursor"]
    assert client.get("/claims", params={"limit": 5, "cursor": cursor}).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("POST", "/claims", 405), ("DELETE", "/claims/x", 405), ("GET", "/claims/ast-1", 404)],
)
def test_errors_are_problem_details(client: httpx.Client, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert answer.status_code == answer.json()["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["instance"] == path
    if status == 405:
        assert answer.headers["allow"] == "GET"


NAMES = st.sampled_from(
    [
        *("limit", "cursor", "q", "speaker", "outlet", "entity", "document", "claim", "kind"),
        *("directness", "disputed", "since", "until", "min_confidence", "x"),
    ]
)
VALUES = st.one_of(
    st.text(max_size=30),
    st.integers(-5, 300).map(str),
    st.floats().map(str),
    st.sampled_from(
        [SPEAKER, OUTLET, DOCUMENT, "true", "own", "person", "2026-01-02", "\x00", '"', "a\\", "9999-12-31", "bridge"]
    ),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    path=st.sampled_from([*LISTS, "/search", f"/speakers/{SPEAKER}/claims", f"/documents/{DOCUMENT}/versions"]),
    query=st.dictionaries(NAMES, VALUES, max_size=3),
)
def test_no_query_is_too_odd_to_answer(client: httpx.Client, path: str, query: dict[str, str]) -> None:
    encoded = "&".join(f"{name}={quote(value, errors='replace')}" for name, value in query.items())
    assert client.get(f"{path}?{encoded}").status_code in (200, 422)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(identity=st.text(min_size=1, max_size=30).filter(lambda text: text not in (".", "..")))
def test_no_id_is_too_odd_to_be_missing(client: httpx.Client, identity: str) -> None:
    path = quote(identity, safe="", errors="replace")
    assert client.get(f"/documents/{path}").status_code == 404


def test_health_says_nothing_of_the_database_and_readiness_says_why() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        with served(Connection(f"bolt://127.0.0.1:{port}", password="not-to-be-told")) as client:
            assert client.get("/healthz").json() == {"status": "ok"}
            ready = client.get("/readyz")
            assert ready.status_code == 503
            assert str(port) in ready.json()["detail"]
            claims = client.get("/claims")
            assert claims.status_code == 503
            assert claims.headers["content-type"] == "application/problem+json"
            assert int(claims.headers["retry-after"]) > 0
            assert str(port) not in claims.text
            assert "not-to-be-told" not in ready.text + claims.text


def test_a_graph_of_a_newer_release_is_not_ready(graph: Graph, neo4j_connection: Connection) -> None:
    with served(neo4j_connection) as client:
        assert client.get("/readyz").status_code == 200
        graph.execute("MATCH (s:OnRecordSchema {id: 'schema'}) SET s.version = s.version + 1000")
        try:
            answer = client.get("/readyz")
            assert answer.status_code == 503
            assert "newer" in answer.json()["detail"]
        finally:
            graph.execute("MATCH (s:OnRecordSchema {id: 'schema'}) SET s.version = s.version - 1000")
        assert client.get("/readyz").status_code == 200


def test_the_page_of_the_interface_is_there(client: httpx.Client) -> None:
    assert client.get("/docs").status_code == 200
    text = client.get("/openapi.json").text
    assert re.search(r"Unicode\s+code points", text)
