"""Disputes and fact-checks in the graph: read again, changed, forgotten, judged and filed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph import reviews
from graph.disputes import settle
from graph.driver import Graph
from graph.errors import NotFoundError
from graph.filing import Filed, FiledWords, InvalidWordsError, file_dispute
from graph.read import Words
from graph.read_disputes import MatchingDisputes, dispute, disputes, fact_check
from graph.store import Store
from ingest.model import Id, Span, claim_id
from tests.factories import FETCHED
from tests.graph.disputing import (
    CLAIM,
    TEXT,
    account,
    checked,
    denial,
    disputed,
    held,
    page,
    review,
    said_by,
)

LATER = FETCHED + timedelta(days=1)
NOW = datetime(2026, 4, 1, tzinfo=UTC)


def judge(graph: Graph, identity: str, decision: str, at: datetime = NOW) -> None:
    review(graph, identity, decision, at)
    graph.transaction(lambda tx: settle(tx, [identity]))


def test_a_dispute_against_no_claim_any_more_leaves_the_claim_it_was_against(graph: Graph) -> None:
    found = page()
    Store(graph).put(found)
    rebutted = held(graph)["rebuttal No, it is open."]
    assert rebutted["claims"] == ["the harbour is closed"]
    graph.execute(f"MATCH (:Dispute {{id: '{rebutted['id']}'}})-[r:AGAINST]->() DELETE r")
    graph.transaction(lambda tx: settle(tx, [rebutted["id"]]))
    assert held(graph)["rebuttal No, it is open."]["claims"] == []
    assert disputed(graph) == {"Modi agreed to stop buying oil": "candidate"}


@pytest.mark.parametrize("alone", [False, True])
def test_a_fact_check_follows_what_its_page_says_out_of_a_claim(graph: Graph, alone: bool) -> None:
    store = Store(graph)
    twice = f"{TEXT} Ada Quill said “The tap is safe”."
    pages = {said_by(made, "Zoe Bell").id: made for made in (page(url=f"https://{one}.example/") for one in "ab")}
    if alone:
        made = page(twice)
        pages = {said_by(made, name).id: made for name in ("Zoe Bell", "Ada Quill")}
    for made in pages.values():
        store.put(made)
    reviews.add(graph, min(pages), "same_claim", other=max(pages), reviewer="ada")
    claim = graph.execute("MATCH (c:Claim)<-[:EXPRESSES]-(a:Assertion {text: 'The tap is safe'}) RETURN c.id AS id")
    assert claim[0] == claim[1]
    # Of two assertions that a person takes apart, the claim keeps the one that its id comes from.
    leaving, staying = sorted(pages, key=lambda one: claim_id(one) == claim[0]["id"])
    made = checked(pages[leaving], assertion=next(one for one in pages[leaving].assertions if one.id == leaving))
    store.put(made)
    assert disputed(graph)["The tap is safe"] == "candidate"
    reviews.add(graph, leaving, "different_claim", other=staying, reviewer="ada")
    store.put(replace(made, document=replace(made.document, fetched_at=FETCHED - timedelta(days=1))))
    rows = graph.execute(
        "MATCH (a:Assertion {text: 'The tap is safe'})-[:EXPRESSES]->(c) "
        "RETURN a.id AS id, COUNT { (c)<-[:REVIEWS]-() } AS checks, c.disputed AS disputed"
    )
    assert {row["id"]: (row["checks"], row["disputed"]) for row in rows} == {
        leaving: (1, "candidate"),
        staying: (0, "no"),
    }


def test_what_stands_in_the_graph(graph: Graph) -> None:
    found = page()
    Store(graph).put(found)
    rows = held(graph)
    assert set(rows) == {"denial Modi agreed to anything", "rebuttal No, it is open."}
    denied, rebutted = rows["denial Modi agreed to anything"], rows["rebuttal No, it is open."]
    assert (denied["by"], denied["status"], denied["current"], denied["against"]) == (
        "India",
        "candidate",
        True,
        "Modi agreed to stop buying oil",
    )
    assert denied["stated"] == said_by(found, "India").id
    assert denied["target"] == said_by(found, "Trump").id
    assert (rebutted["by"], rebutted["stated"]) == ("ivo", found.document.comments[1].id)
    assert disputed(graph) == {"Modi agreed to stop buying oil": "candidate", "the harbour is closed": "candidate"}
    assert graph.execute("MATCH (s {name: 'ivo'}) RETURN s:Speaker AS speaker")[0]["speaker"]
    assert Store(graph).put(found).outcome == "unchanged"
    assert held(graph) == rows


def test_a_denial_of_what_nobody_asserted_has_its_claim(graph: Graph) -> None:
    found = page()
    Store(graph).put(replace(found, disputes=(denial(found, answering=False),)))
    (row,) = held(graph).values()
    assert (row["target"], row["proposition"], row["claims"]) == (
        None,
        "Modi agreed to anything",
        ["Modi agreed to anything"],
    )
    assert disputed(graph) == {"Modi agreed to anything": "candidate"}


def test_what_is_no_longer_found_goes_unless_it_was_judged(graph: Graph) -> None:
    found = page()
    Store(graph).put(found)
    first, second = found.disputes
    judge(graph, first.id, "confirm")
    assert disputed(graph)["Modi agreed to stop buying oil"] == "confirmed"
    Store(graph).put(replace(found, disputes=()))
    rows = held(graph)
    assert set(rows) == {"denial Modi agreed to anything"}
    assert rows["denial Modi agreed to anything"]["current"] is False
    assert disputed(graph) == {}
    Store(graph).put(found)
    rows = held(graph)
    assert rows["denial Modi agreed to anything"]["current"] is True
    assert rows["denial Modi agreed to anything"]["status"] == "confirmed"
    assert rows["rebuttal No, it is open."]["status"] == "candidate"
    assert second.id == rows["rebuttal No, it is open."]["id"]


def test_the_last_review_by_time_decides(graph: Graph) -> None:
    found = page()
    Store(graph).put(found)
    identity = found.disputes[0].id
    judge(graph, identity, "reject", NOW)
    assert "Modi agreed to stop buying oil" not in disputed(graph)
    judge(graph, identity, "confirm", NOW - timedelta(days=1))
    assert held(graph)["denial Modi agreed to anything"]["status"] == "rejected"
    judge(graph, identity, "reopen", NOW + timedelta(days=1))
    assert held(graph)["denial Modi agreed to anything"]["status"] == "candidate"


def test_what_people_decided_holds_when_the_page_changes(graph: Graph) -> None:
    found = page()
    Store(graph).put(found)
    judge(graph, found.disputes[0].id, "reject")
    changed = page(f"{TEXT} Updated.", fetched_at=LATER)
    Store(graph).put(changed)
    rows = graph.execute(
        "MATCH (d:Dispute {kind: 'denial'}) RETURN d.current AS current, d.status AS status ORDER BY current"
    )
    assert rows == [{"current": False, "status": "rejected"}, {"current": True, "status": "rejected"}]
    assert disputed(graph) == {"the harbour is closed": "candidate"}
    Store(graph).put(page(fetched_at=LATER + timedelta(days=1)))
    assert dispute(graph, found.disputes[0].id)["current"] is True


def test_forgetting_a_page_and_a_writer(graph: Graph) -> None:
    found = checked(page())
    store = Store(graph)
    store.put(found)
    judge(graph, found.disputes[1].id, "confirm")
    store.forget(account(found, "ivo"))
    assert {row["kind"] for row in held(graph).values()} == {"denial", "fact_check"}
    assert "the harbour is closed" not in disputed(graph)
    assert graph.execute("MATCH (r:Review) RETURN r") == []
    store.put(found)
    assert {row["kind"] for row in held(graph).values()} == {"denial", "fact_check"}
    store.forget(found.document.id)
    for label in ("Dispute", "FactCheck", "Claim", "Account", "Entity", "Review"):
        assert graph.execute(f"MATCH (n:{label}) RETURN n") == []


def test_a_fact_check_of_what_nobody_here_asserts(graph: Graph) -> None:
    found = checked(page())
    Store(graph).put(found)
    assert disputed(graph)[CLAIM] == "candidate"
    row = fact_check(graph, found.fact_checks[0].id)
    assert (row["verdict"], row["rating"], row["outlet"]["name"], len(row["claims"]), len(row["disputes"])) == (
        "false",
        "Nope",
        "Check Desk",
        1,
        1,
    )
    Store(graph).put(page())
    assert graph.execute("MATCH (f:FactCheck) RETURN f") == []
    assert graph.execute(f"MATCH (c:Claim {{text: '{CLAIM}'}}) RETURN c") == []
    assert graph.execute("MATCH (o:Outlet {name: 'Check Desk'}) RETURN o") == []


def test_a_fact_check_of_an_assertion_of_the_page(graph: Graph) -> None:
    found = page()
    said = said_by(found, "Zoe Bell")
    Store(graph).put(checked(found, verdict="true", assertion=said))
    assert "The tap is safe" not in disputed(graph)
    rows = graph.execute("MATCH (:FactCheck)-[:REVIEWS]->(c:Claim) RETURN c.text AS text")
    assert rows == [{"text": "The tap is safe"}]
    Store(graph).put(checked(found, assertion=said))
    assert disputed(graph)["The tap is safe"] == "candidate"


def test_lists_and_their_filters(graph: Graph) -> None:
    found = checked(page())
    Store(graph).put(found)
    other = page(url="https://gazette.example/2", outlet="gazette.example")
    Store(graph).put(other)
    rows = disputes(graph, MatchingDisputes(), limit=50).rows
    assert len(rows) == 5
    assert [row["seen_at"] for row in rows] == sorted((row["seen_at"] for row in rows), reverse=True)

    def kinds(**filters: object) -> list[str]:
        return sorted(row["kind"] for row in disputes(graph, MatchingDisputes(**filters), limit=50).rows)  # type: ignore[arg-type]

    document, india = found.document, said_by(found, "India").speaker
    trump = said_by(found, "Trump").speaker
    assert india is not None
    assert trump is not None
    assert document.outlet is not None
    assert kinds(kind="denial") == ["denial", "denial"]
    assert kinds(kind="doubt") == []
    assert kinds(status="candidate", document=document.id) == ["denial", "fact_check", "rebuttal"]
    assert kinds(status="confirmed") == []
    assert kinds(speaker=india.id) == ["denial", "denial"]
    assert kinds(against=trump.id, document=document.id) == ["denial"]
    assert kinds(outlet=document.outlet.id) == ["denial", "fact_check", "rebuttal"]
    assert kinds(words=Words.of("anything")) == ["denial", "denial"]
    assert kinds(words=Words.of("stop buying")) == ["denial", "denial"]
    assert kinds(words=Words.of("tap water")) == ["fact_check"]
    assert kinds(min_confidence=0.8) == []
    assert kinds(since=datetime(2026, 2, 28, 10, 30, tzinfo=UTC)) == ["rebuttal", "rebuttal"]
    assert kinds(until=datetime(2026, 2, 28, 9, tzinfo=UTC)) == ["denial", "denial", "fact_check"]
    claim = dispute(graph, found.disputes[0].id)["claims"][0]
    assert kinds(claim=claim) == ["denial"]
    assert kinds(speaker="ent-0") == []
    seen: list[str] = []
    after = None
    while True:
        part = disputes(graph, MatchingDisputes(), limit=2, after=after)
        seen += [row["id"] for row in part.rows]
        after = part.next
        if after is None:
            break
    assert seen == [row["id"] for row in rows]


def test_one_dispute_with_both_sides(graph: Graph) -> None:
    found = page()
    Store(graph).put(found)
    row = dispute(graph, found.disputes[1].id)
    assert row["stated"]["comment"]["index"] == 1
    assert row["target"]["speaker"]["name"] == "rev"
    assert row["target"]["context"].startswith("I say the harbour")
    with pytest.raises(NotFoundError, match="dsp-0"):
        dispute(graph, "dsp-0")


# --- filed by people -----------------------------------------------------------------------------------------------


def filed(stated: FiledWords, against: FiledWords, by: str | None = None, **others: str) -> Filed:
    given = {"basis": "seen", "reviewer": "ada", "note": None} | others
    return Filed(kind="doubt", by=by, stated=stated, against=against, **given)  # type: ignore[arg-type]


def test_a_filed_dispute_comes_with_its_review_and_stays(graph: Graph) -> None:
    found = page()
    store = Store(graph)
    store.put(found)
    target = said_by(found, "Zoe Bell")
    comment = found.document.comments[1]
    words = filed(FiledWords(None, comment.id, (Span(0, 15),)), FiledWords(target.id, None, ()), account(found, "ivo"))
    identity = file_dispute(graph, words)
    row = dispute(graph, identity)
    assert (row["status"], row["method"], row["text"], row["against"], row["by"]["name"]) == (
        "confirmed",
        "person:ada",
        "No, it is open.",
        "The tap is safe",
        "ivo",
    )
    assert [one["decision"] for one in row["reviews"]] == ["confirm"]
    assert disputed(graph)["The tap is safe"] == "confirmed"
    assert file_dispute(graph, words) == identity
    assert [one["decision"] for one in dispute(graph, identity)["reviews"]] == ["confirm", "confirm"]
    store.put(replace(found, disputes=()))
    assert dispute(graph, identity)["current"] is True
    judge(graph, identity, "reject", datetime(2100, 1, 1, tzinfo=UTC))
    assert "The tap is safe" not in disputed(graph)


def test_filing_what_the_machine_found_confirms_it(graph: Graph) -> None:
    found = page()
    Store(graph).put(found)
    first = found.disputes[0]
    denied, said = said_by(found, "India"), said_by(found, "Trump")
    assert denied.speaker is not None
    one = replace(
        filed(FiledWords(denied.id, None, ()), FiledWords(said.id, None, ()), denied.speaker.id), kind="denial"
    )
    assert file_dispute(graph, one) == first.id
    row = dispute(graph, first.id)
    assert (row["method"], row["status"]) == ("rule:test", "confirmed")


@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        (FiledWords(None, "ver-0", (Span(0, 3),)), "ver-0"),
        (FiledWords("ast-0", None, ()), "ast-0"),
        (FiledWords("doc-0", None, ()), "doc-0"),
    ],
)
def test_filing_about_what_is_not_there(graph: Graph, stated: FiledWords, reason: str) -> None:
    found = page()
    Store(graph).put(found)
    before = held(graph)
    with pytest.raises(NotFoundError, match=reason):
        file_dispute(graph, filed(stated, FiledWords(said_by(found, "Trump").id, None, ())))
    assert held(graph) == before


def test_filing_words_that_a_text_does_not_have(graph: Graph) -> None:
    found = page()
    Store(graph).put(found)
    target = FiledWords(said_by(found, "Trump").id, None, ())
    comment = found.document.comments[1].id
    with pytest.raises(InvalidWordsError, match="15 characters"):
        file_dispute(graph, filed(FiledWords(None, comment, (Span(3, 16),)), target))
    with pytest.raises(InvalidWordsError, match="no words"):
        file_dispute(graph, filed(FiledWords(None, comment, (Span(3, 4),)), target))
    with pytest.raises(NotFoundError, match="ent-0"):
        file_dispute(graph, filed(FiledWords(None, comment, (Span(0, 2),)), target, "ent-0"))
    assert graph.execute("MATCH (r:Review) RETURN r") == []
    assert len(held(graph)) == 2


def test_two_who_file_at_once_are_both_kept(graph: Graph) -> None:
    from concurrent.futures import ThreadPoolExecutor

    found = page()
    Store(graph).put(found)
    target = FiledWords(said_by(found, "Trump").id, None, ())
    stated = FiledWords(None, found.document.comments[1].id, (Span(0, 2),))
    with ThreadPoolExecutor(4) as pool:
        ids = set(pool.map(lambda name: file_dispute(graph, filed(stated, target, reviewer=name)), "abcd"))
    (identity,) = ids
    assert {one["reviewer"] for one in dispute(graph, Id(identity))["reviews"]} == set("abcd")
