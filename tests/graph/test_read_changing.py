"""Asking the graph while it changes: reviews and later work join, dispute and replace what was stored."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from graph import read
from graph.driver import Graph
from graph.read import Matching, Page, Words
from graph.store import Store
from ingest.model import Extraction, claim_id, entity_id
from tests.factories import Said, extraction
from tests.graph.corpus import DAY, walk

ADA = entity_id("person", "Ada Brandt")


def test_disputed_claims_are_confirmed_ones_and_likely_candidates(graph: Graph) -> None:
    Store(graph).put(extraction("Ada Brandt said “one”. Ada Brandt said “two”. Ada Brandt said “three”."))
    ids = {row["text"]: row["id"] for row in walk(lambda after: _claims(graph, None, after))}
    graph.execute("MATCH (c:Claim {id: $id}) SET c.disputed = 'confirmed'", {"id": ids["one"]})
    for text, confidence in (("two", 0.7), ("three", 0.3)):
        graph.execute(
            "MATCH (c:Claim {id: $id}) SET c.disputed = 'candidate' "
            "CREATE (d:Dispute {id: $id + 'x', current: true, status: 'candidate', confidence: $confidence}) "
            "CREATE (d)-[:DISPUTES]->(c)",
            {"id": ids[text], "confidence": confidence},
        )
    found = {
        asked: {row["text"] for row in walk(lambda after, asked=asked: _claims(graph, asked, after))}
        for asked in (True, False, None)
    }
    assert found == {True: {"one", "two"}, False: {"three"}, None: {"one", "two", "three"}}


def _claims(graph: Graph, disputed: bool | None, after: Any) -> Page[Any]:
    return read.claims(graph, Matching(), disputed=disputed, limit=2, after=after)


def test_a_claim_that_others_assert_too_is_listed_and_gives_the_newest_that_match(graph: Graph) -> None:
    thread = [Said("reader", f"I say so {n}", None, DAY + timedelta(days=n)) for n in range(8)]
    page = extraction("Ada Brandt said “so it is”.", thread, published_at=DAY)
    Store(graph).put(page)
    ids = [one.id for one in page.assertions]
    # What later work does: one claim of all of them.
    graph.execute(
        "MATCH (c:Claim {id: $claim}) MATCH (a:Assertion) WHERE a.id IN $ids AND NOT (a)-[:EXPRESSES]->(c) "
        "MATCH (a)-[:EXPRESSES]->(old:Claim) DETACH DELETE old CREATE (a)-[:EXPRESSES]->(c)",
        {"claim": claim_id(ids[0]), "ids": ids},
    )
    graph.execute("MATCH (c:Claim) SET c.lastSeen = $at", {"at": DAY + timedelta(days=7)})
    [row] = walk(lambda after: _claims(graph, None, after))
    newest = [one.id for one in reversed(page.assertions[1:])][: read.EACH]
    assert [one["id"] for one in row["assertions"]] == newest
    assert row["more_assertions"]
    for share in (0.0, 1e12):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(read, "SCAN_SHARE", share)
            [of_ada] = walk(
                lambda after: read.claims(graph, Matching(speaker=ADA), disputed=None, limit=1, after=after)
            )
            assert [one["id"] for one in of_ada["assertions"]] == [ids[0]]
            found = list(
                walk(lambda after: read.claims(graph, Matching(since=DAY), disputed=None, limit=1, after=after))
            )
            assert [one["id"] for one in found] == [claim_id(ids[0])]
    graph.execute("MATCH (a:Assertion {id: $id}) SET a.current = false", {"id": ids[0]})
    assert list(walk(lambda after: _claims(graph, None, after))) == []


def test_what_is_taken_for_one_is_asked_for_as_one(graph: Graph) -> None:
    first = extraction("Ada Brandt said “one”.", url="https://a.example/1")
    second = extraction("Adele Brandt said “two”.", url="https://a.example/2")
    Store(graph).put(first)
    Store(graph).put(second)
    other = entity_id("person", "Adele Brandt")
    graph.execute("MATCH (e:Entity {id: $id}) SET e.canonicalId = $one", {"id": other, "one": ADA})
    for identity in (ADA, other):
        rows = read.assertions(graph, Matching(speaker=identity), limit=10).rows
        assert {row["text"] for row in rows} == {"one", "two"}
        assert {row["speaker"]["id"] for row in rows} == {ADA}
        assert read.one_named(graph, identity, "Speaker")["id"] == ADA
    [row] = [row for row in read.named(graph, "Speaker", limit=10).rows if row["id"] in (ADA, other)]
    assert (row["id"], row["same_as"], row["assertions"]) == (ADA, [other], 2)
    # By the other's name, too.
    assert [row["id"] for row in read.named(graph, "Speaker", limit=10, words=Words.of("Adele")).rows] == [ADA]


def test_a_document_with_its_thread_and_its_versions(graph: Graph) -> None:
    thread = [Said("a", "first"), Said("b", "second", 0), Said(None, "third")]
    old = extraction("Ada Brandt said “one”.", thread, fetched_at=DAY)
    new = extraction("Ada Brandt said “two”.", thread[:2], fetched_at=DAY + timedelta(days=1))
    Store(graph).put(old)
    Store(graph).put(new)

    row = read.document(graph, old.document.id)
    assert (row["text"], row["version"]["id"], row["versions"]) == (new.document.text, new.document.version, 2)
    assert [(one["index"], one["text"], one["parent"], one["depth"]) for one in row["thread"]] == [
        (0, "first", None, 0),
        (1, "second", 0, 1),
    ]
    assert [(one["author"] or {}).get("name") for one in row["thread"]] == ["a", "b"]

    versions = list(walk(lambda after: read.versions(graph, old.document.id, limit=1, after=after)))
    assert [(one["id"], one["current"]) for one in versions] == [
        (new.document.version, True),
        (old.document.version, False),
    ]
    assert read.version(graph, old.document.version)["text"] == old.document.text
    # What an old version said is in no list, and can still be asked for.
    assert [one["text"] for one in read.assertions(graph, Matching(), limit=9).rows] == ["two"]
    gone = read.assertion(graph, old.assertions[0].id)
    assert (gone["text"], gone["current"], gone["version"]["current"]) == ("one", False, False)
    assert read.comment(graph, old.document.comments[1].id)["reply_to"] == old.document.comments[0].id


def test_the_words_of_any_page_are_found_whatever_they_are(graph: Graph) -> None:
    page: Extraction = extraction("Ada Brandt said “C++ costs $5 (or 5 €) at 東京駅 in the U.S. \\Q[x]\\E”.")
    Store(graph).put(page)
    for query in ("C++", "$5", "€5 or", "東京", "u.s.", "\\Q[x]\\E", '"costs $5"', "COSTS"):
        words = Words.of(query) if query != "€5 or" else Words.of("or")
        for share in (0.0, 1e12):
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(read, "SCAN_SHARE", share)
                assert read.assertions(graph, Matching(words=words), limit=5).rows, (query, share)
