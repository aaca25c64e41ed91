"""What the store does to a real graph, told by dumps of all its nodes and relationships."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from api import views
from graph import read
from graph.driver import Connection, Graph, Transaction
from graph.errors import GraphError, NotFoundError, StatementError
from graph.store import Store, Stored
from ingest.model import Extraction, Link, account_id, claim_id, document_id, entity_id, outlet_id
from tests.factories import FETCHED, Said, extraction, site
from tests.graph import disputing
from tests.graph.disputing import checked
from tests.synthetic import page

ROOT = Path(__file__).parents[2]

BODY = "Mira Holm said “the bridge is safe”.\n\nPiet Lind told Herald “it costs nine crowns”."
THREAD = (Said("Otto", "I say it is not safe"), Said("Rosa", "I say Otto is right", to=0, stance="agree"))

NODES = "MATCH (n) WHERE NOT n:OnRecordSchema RETURN labels(n) AS labels, properties(n) AS properties"
RELATIONSHIPS = """
MATCH (a)-[r]->(b) RETURN a.id AS start, type(r) AS type, b.id AS end, properties(r) AS properties
"""


def dump(graph: Graph) -> list[str]:
    """The whole graph, one line for each node and each relationship, the same for equal graphs."""
    nodes = graph.execute(NODES, mode="read")
    lines = [json.dumps([sorted(row["labels"]), row["properties"]], sort_keys=True, default=str) for row in nodes]
    lines += [json.dumps(row, sort_keys=True, default=str) for row in graph.execute(RELATIONSHIPS, mode="read")]
    return sorted(lines)


def ask(graph: Graph, text: str, **parameters: Any) -> list[Any]:
    """The rows of a query, each as its only value or as a tuple."""
    rows = graph.execute(text, parameters, mode="read")
    return [values[0] if len(values) == 1 else values for values in (tuple(row.values()) for row in rows)]


def current(graph: Graph) -> list[str]:
    return ask(graph, "MATCH (a:Assertion) WHERE a.current RETURN a.text ORDER BY a.text")


def later(hours: int) -> datetime:
    return FETCHED + timedelta(hours=hours)


@pytest.fixture
def store(graph: Graph) -> Store:
    return Store(graph)


# --- the graph model ---------------------------------------------------------------------------------------------


def test_a_page_becomes_the_graph_of_the_design(graph: Graph, store: Store) -> None:
    made = extraction(BODY, THREAD)
    document = made.document
    stored = store.put(made)
    assert stored == Stored(document.id, document.version, "created", True, comments=2, assertions=4)

    assert ask(graph, "MATCH (d:Document {id: $id}) RETURN d.url, d.kind", id=document.id) == [(document.url, "html")]
    assert ask(
        graph,
        """MATCH (v:Version:Text {id: $id})-[:VERSION_OF]->(:Document {id: $document})
        RETURN v.title, v.text, v.language, v.sha256, v.current,
          v.publishedAt = $published AND v.fetchedAt = $fetched AS times""",
        id=document.version,
        document=document.id,
        published=document.published_at,
        fetched=document.fetched_at,
    ) == [("News", BODY, "en", document.sha256, True, True)]
    assert ask(
        graph,
        """MATCH (d:Document)-[:PUBLISHED_BY]->(o:Outlet&Entity&Organization)
        RETURN o.id, o.name, o.domain, o.kind, o.canonicalId = o.id""",
    ) == [(outlet_id(domain="courier.example", name=""), "Courier", "courier.example", "organization", True)]
    assert ask(graph, "MATCH (a:Account)-[:WROTE]->(:Document) RETURN a.id, a.name, a.site, a:Speaker") == [
        (account_id(site(made), "Ada Brandt"), "Ada Brandt", "courier.example", False)
    ]

    comments = ask(
        graph,
        """MATCH (:Version {id: $id})-[s:SHOWS]->(c:Comment&Text)-[:ON]->(:Document)
        MATCH (a:Account)-[:WROTE]->(c) MATCH (c)-[r:REPLY_TO]->(to)
        RETURN c.id, c.text, c.url, a.name, s.position, s.depth, to.id, r.stance, r.confidence, r.method
        ORDER BY s.position""",
        id=document.version,
    )
    first, second = document.comments
    assert comments == [
        (first.id, first.text, first.url, "Otto", 0, 0, document.id, None, None, "structure:thread"),
        (second.id, second.text, second.url, "Rosa", 1, 1, first.id, "agree", 0.6, "rule:test"),
    ]

    assertion = made.assertions[1]
    assert ask(
        graph,
        """MATCH (s:Speaker&Entity&Person)-[r:ASSERTED]->(a:Assertion {id: $id})-[:FOUND_IN]->(t:Text)
        MATCH (a)-[c:CITES]->(o:Outlet) MATCH (a)-[e:EXPRESSES]->(k:Claim)
        RETURN s.name, r.method, r.confidence, t.id, o.name, c.role, c.spans, c.order, e.score, e.method, k.id""",
        id=assertion.id,
    ) == [
        (
            "Piet Lind",
            "rule:test",
            0.75,
            document.version,
            "Herald",
            "via",
            [53, 59],
            0,
            1.0,
            "rule:own-claim",
            claim_id(assertion.id),
        )
    ]
    assert BODY[53:59] == "Herald"
    assert ask(graph, "MATCH (a:Assertion {id: $id}) RETURN properties(a)", id=assertion.id)[0] | {
        "assertedAt": None,
        "seenAt": None,
    } == {
        "id": assertion.id,
        "text": "it costs nine crowns",
        "content": [61, 81],
        "source": [38, 47],
        "cue": [48, 52],
        "directness": "direct",
        "polarity": "affirmed",
        "certainty": "certain",
        "speakerStatus": "resolved",
        "assertedAt": None,
        "seenAt": None,
        "assertedAtFrom": "published",
        "confidence": 0.75,
        "method": "rule:test",
        "current": True,
        "scope": document.version,
        "unlinked": True,
    }
    assert ask(graph, "MATCH (c:Claim) WHERE c.text = 'it costs nine crowns' RETURN c.disputed, c.formerIds") == [
        ("no", [])
    ]
    assert ask(
        graph,
        "MATCH (:Version)-[m:MENTIONS]->(e:Entity) RETURN e.name, m.spans, m.method, m.confidence ORDER BY e.name",
    ) == [
        ("Herald", [53, 59], "rule:test", 0.75),
        ("Mira Holm", [0, 9], "rule:test", 0.75),
        ("Piet Lind", [38, 47], "rule:test", 0.75),
    ]
    assert ask(
        graph, "MATCH (a:Account&Speaker)-[:ASSERTED]->(x:Assertion) RETURN a.name, x.directness ORDER BY a.name"
    ) == [
        ("Otto", "own"),
        ("Rosa", "own"),
    ]


def test_nothing_outside_the_contract_is_written(graph: Graph, store: Store) -> None:
    for number in range(10):
        store.put(page(number))
    assert {*ask(graph, "CALL db.labels() YIELD label MATCH (n) WHERE label IN labels(n) RETURN DISTINCT label")} == {
        "Document", "Version", "Text", "Comment", "Account", "Entity", "Outlet", "Person", "Organization", "Speaker",
        "Assertion", "Claim", "Dispute", "OnRecordSchema",
    }  # fmt: skip
    assert {*ask(graph, "MATCH ()-[r]->() RETURN DISTINCT type(r)")} == {
        "VERSION_OF", "PUBLISHED_BY", "WROTE", "ON", "SHOWS", "REPLY_TO", "LINKS_TO", "MENTIONS", "FOUND_IN",
        "ASSERTED", "CITES", "EXPRESSES", "SAME_AS", "RAISED", "STATED_IN", "AGAINST", "DISPUTES",
    }  # fmt: skip


def test_links_lead_to_pages_and_to_front_pages_of_known_outlets(graph: Graph, store: Store) -> None:
    text = (
        "See https://other.example/a?utm_source=x#part and https://other.example/a?utm_source=x#part or "
        "https://www.example.com/ and https://unknown.example/ and https://example.com/news/1#top now."
    )
    made = extraction(text, url="https://example.com/news/1", outlet="example.com")
    document = replace(made.document, links=(*made.document.links, Link("body", 0, 3, "mailto:desk@example.com")))
    store.put(replace(made, document=document))
    assert ask(
        graph, "MATCH (:Version)-[l:LINKS_TO]->(d:Document) RETURN d.id, d.url, l.url, l.spans ORDER BY d.url"
    ) == [
        (
            document_id(url="https://other.example/a", sha256=""),
            "https://other.example/a",
            "https://other.example/a?utm_source=x#part",
            [4, 45, 50, 91],
        ),
        (
            document_id(url="https://unknown.example/", sha256=""),
            "https://unknown.example/",
            "https://unknown.example/",
            [text.index("https://unknown"), text.index(" and https://example.com")],
        ),
    ]
    assert ask(graph, "MATCH (:Version)-[l:LINKS_TO]->(o:Outlet) RETURN o.domain, l.url") == [
        ("example.com", "https://www.example.com/")
    ]


def test_a_page_that_was_only_linked_to_becomes_whole(graph: Graph, store: Store) -> None:
    url = "https://herald.example/7"
    store.put(extraction(f"See {url} for more."))
    assert ask(graph, "MATCH (d:Document) WHERE NOT (d)<-[:VERSION_OF]-() RETURN d.url, d.kind") == [(url, None)]
    assert store.put(extraction(BODY, url=url)).outcome == "created"
    assert ask(graph, "MATCH (:Version)-[:LINKS_TO]->(d)<-[:VERSION_OF]-(v) RETURN d.kind, v.text") == [("html", BODY)]


def test_times_without_a_zone_are_utc_and_say_so(graph: Graph, store: Store) -> None:
    made = extraction(
        BODY, [Said("Otto", "I say no", posted_at=datetime(2026, 1, 2, 3, 4))], published_at=datetime(2026, 1, 1)
    )
    store.put(made)
    assert ask(
        graph,
        """MATCH (v:Version)-[:SHOWS]->(c:Comment)<-[:FOUND_IN]-(a)
        RETURN toString(v.publishedAt), v.publishedAtZoneAssumed, toString(c.postedAt), c.postedAtZoneAssumed,
          toString(a.assertedAt), toString(a.seenAt), a.assertedAtZoneAssumed""",
    ) == [
        (
            "2026-01-01T00:00:00Z",
            True,
            "2026-01-02T03:04:00Z",
            True,
            "2026-01-02T03:04:00Z",
            "2026-01-02T03:04:00Z",
            True,
        )
    ]


def test_without_a_time_an_assertion_is_seen_when_its_text_was_fetched(graph: Graph, store: Store) -> None:
    store.put(extraction(BODY, published_at=None))
    assert ask(
        graph,
        """MATCH (a:Assertion)-[:EXPRESSES]->(c:Claim)
        RETURN DISTINCT a.assertedAt, a.seenAt = $at AND c.firstSeen = $at AND c.lastSeen = $at""",
        at=FETCHED,
    ) == [(None, True)]


def test_lone_surrogates_and_endless_names_are_stored(graph: Graph, store: Store) -> None:
    made = extraction(BODY, [Said("x" * 100_000, "I say \ud800")], title="\udfff!", author="\ud834 Ada")
    assert store.put(made).outcome == "created"
    assert ask(graph, "MATCH (v:Version) RETURN v.title") == ["\N{REPLACEMENT CHARACTER}!"]
    assert ask(graph, "MATCH (a:Account)-[:WROTE]->(:Comment) RETURN size(a.name)") == [500]
    assert store.put(made).outcome == "unchanged"


def test_a_document_without_anything_is_stored(graph: Graph, store: Store) -> None:
    made = extraction("Nothing.", url=None, title=None, author=None, outlet=None, published_at=None)
    assert store.put(made).outcome == "created"
    assert len(dump(graph)) == 3


# --- again, and what changed -------------------------------------------------------------------------------------


def test_putting_a_page_again_changes_nothing(graph: Graph, store: Store) -> None:
    made = extraction(BODY, THREAD)
    store.put(made)
    before = dump(graph)
    assert store.put(made) == Stored(made.document.id, made.document.version, "unchanged")
    assert dump(graph) == before
    refetched = extraction(BODY, THREAD, fetched_at=later(5))
    refetched = replace(refetched, document=replace(refetched.document, sha256="f" * 64))
    assert store.put(refetched).outcome == "unchanged"
    assert dump(graph) == before


def test_relative_times_do_not_make_a_page_new(graph: Graph, store: Store) -> None:
    """A page that says "two hours ago" gives another time at every fetch."""
    store.put(extraction(BODY, [Said("Otto", "I say no", posted_at=later(-2))]))
    before = dump(graph)
    again = extraction(BODY, [Said("Otto", "I say no", posted_at=later(-1))], fetched_at=later(1))
    assert store.put(again).outcome == "unchanged"
    assert dump(graph) == before


def test_a_changed_page_is_a_version_beside_the_old_one(graph: Graph, store: Store) -> None:
    old = extraction("Mira Holm said “the bridge is safe”. Piet Lind said “it is old”.")
    new = extraction("Mira Holm said “the bridge is safe”. Piet Lind said “it is new”.", fetched_at=later(1))
    store.put(old)
    stored = store.put(new)
    assert (stored.outcome, stored.new_version, stored.assertions, stored.retired) == ("updated", True, 2, 1)
    assert ask(graph, "MATCH (v:Version)-[:VERSION_OF]->(:Document) RETURN v.id, v.current ORDER BY v.fetchedAt") == [
        (old.document.version, False),
        (new.document.version, True),
    ]
    assert current(graph) == ["it is new", "the bridge is safe"]
    assert ask(graph, "MATCH (a:Assertion)-[:CONTINUES]->(b:Assertion) RETURN a.id, b.id") == [
        (new.assertions[0].id, old.assertions[0].id)
    ]
    assert ask(
        graph, "MATCH (s)-[:ASSERTED]->(a:Assertion)-[:FOUND_IN]->(v) WHERE a.text = 'it is old' RETURN s.name, v.id"
    ) == [("Piet Lind", old.document.version)]


def test_only_the_same_words_of_the_same_speaker_continue(graph: Graph, store: Store) -> None:
    store.put(extraction("Mira Holm said “yes”. Piet Lind said “no”. Mira Holm said “yes”."))
    new = extraction("Piet Lind said “yes”. Mira Holm said “no”. Mira Holm said “yes”. Then.", fetched_at=later(1))
    store.put(new)
    continues = ask(
        graph,
        """MATCH (a:Assertion)-[:CONTINUES]->(b) MATCH (a)<-[:ASSERTED]-(s)-[:ASSERTED]->(b)
        RETURN a.text, s.name, b.content[0]""",
    )
    assert continues == [("yes", "Mira Holm", 16)]


def test_a_grown_thread_adds_comments_only(graph: Graph, store: Store) -> None:
    store.put(extraction(BODY, THREAD))
    before = dump(graph)
    grown = (*THREAD, Said("Nils", "I say nothing", to=1))
    stored = store.put(extraction(BODY, grown, fetched_at=later(1)))
    assert stored == Stored(stored.document, stored.version, "updated", comments=1, assertions=1)
    after = dump(graph)
    lost = [line for line in before if line not in after]
    assert len(lost) == 1, "only the document's own record of what it was last seen to hold is another"
    assert "reading" in lost[0]
    assert ask(graph, "MATCH (v:Version) RETURN count(v)") == [1]
    assert ask(graph, "MATCH (:Version)-[s:SHOWS]->(c) RETURN s.position, s.depth ORDER BY s.position") == [
        (0, 0),
        (1, 1),
        (2, 2),
    ]


def from_bytes(made: Extraction, digit: str) -> Extraction:
    """The same page, read from bytes with another checksum."""
    return replace(made, document=replace(made.document, sha256=digit * 64))


PROOFS = """MATCH (t:Text) WITH t ORDER BY t:Comment, t.text
    RETURN left(t.text, 10) AS text, left(t.sha256, 1) AS sha256, t.fetchedAt.epochSeconds AS at"""


def test_each_text_names_the_bytes_that_first_held_it(graph: Graph, store: Store) -> None:
    """A thread grows under one version, the same page is read anew, and an older copy of it turns up."""
    one, two, three = (int(later(hours).timestamp()) for hours in (-1, 0, 1))
    grown = (*THREAD, Said("Nils", "I say nothing", to=1))
    store.put(from_bytes(extraction(BODY, THREAD), "a"))
    store.put(from_bytes(extraction(BODY, grown, fetched_at=later(1)), "b"))
    expected = [
        ("Mira Holm ", "a", two),
        ("I say Otto", "a", two),
        ("I say it i", "a", two),
        ("I say noth", "b", three),
    ]
    assert sorted(ask(graph, PROOFS)) == sorted(expected)

    # All texts are written anew where the annotator finds something else in them.
    again = store.put(from_bytes(extraction(BODY, grown, fetched_at=later(2), method="rule:better"), "c"))
    assert again.outcome == "updated"
    assert sorted(ask(graph, PROOFS)) == sorted(expected)

    store.put(from_bytes(extraction(BODY, THREAD[:1], fetched_at=later(-1)), "d"))
    expected = [
        ("Mira Holm ", "d", one),
        ("I say Otto", "a", two),
        ("I say it i", "d", one),
        ("I say noth", "b", three),
    ]
    assert sorted(ask(graph, PROOFS)) == sorted(expected)


def test_an_assertion_in_a_later_comment_is_cited_with_the_bytes_that_hold_it(graph: Graph, store: Store) -> None:
    store.put(from_bytes(extraction(BODY, THREAD), "a"))
    grown = from_bytes(extraction(BODY, (*THREAD, Said("Nils", "I say nothing")), fetched_at=later(1)), "b")
    store.put(grown)
    early, late = (read.assertion(graph, grown.assertions[n].id) for n in (-2, -1))
    assert (early["comment"]["sha256"], early["comment"]["fetched_at"]) == ("a" * 64, FETCHED)
    assert (late["comment"]["sha256"], late["comment"]["fetched_at"]) == ("b" * 64, later(1))
    assert late["version"]["sha256"] == "a" * 64
    cited = views.assertion(late)
    assert cited.cite.endswith(f"read 2026-03-01T13:00:00Z, SHA-256 {'b' * 64}")
    assert cited.comment
    detail = views.comment(read.comment(graph, cited.comment.id))
    assert (cited.comment.sha256, cited.comment.fetched_at) == (detail.sha256, detail.fetched_at)
    assert (detail.sha256, detail.fetched_at) == ("b" * 64, later(1))

    # What an earlier build stored knows the version's bytes only.
    graph.execute("MATCH (c:Comment) REMOVE c.sha256")
    cited = views.assertion(read.assertion(graph, grown.assertions[-1].id))
    assert cited.cite.endswith(f"read 2026-03-01T12:00:00Z, SHA-256 {'a' * 64}")


def test_a_comment_that_is_gone_stays_citable(graph: Graph, store: Store) -> None:
    store.put(extraction(BODY, THREAD))
    stored = store.put(extraction(BODY, THREAD[:1], fetched_at=later(1)))
    assert (stored.outcome, stored.retired, stored.new_version) == ("updated", 1, False)
    gone = """MATCH (:Version)-[s:SHOWS]->(c:Comment)<-[:FOUND_IN]-(a) WHERE c.text STARTS WITH 'I say Otto'
        RETURN a.current, s.until = $at, s.position"""
    assert ask(graph, gone, at=later(1)) == [(False, True, 1)]

    store.put(extraction(BODY, THREAD, fetched_at=later(2)))
    assert ask(graph, gone, at=None) == [(True, None, 1)]


def test_comments_that_change_places_are_told_anew(graph: Graph, store: Store) -> None:
    one, two = Said("Otto", "I say one"), Said("Rosa", "I say two")
    store.put(extraction(BODY, [one, two]))
    comments = ask(graph, "MATCH (c:Comment) RETURN c.id ORDER BY c.id")
    store.put(extraction(BODY, [two, one], fetched_at=later(1)))
    assert ask(graph, "MATCH (c:Comment) RETURN c.id ORDER BY c.id") == comments
    assert ask(graph, "MATCH (:Version)-[s:SHOWS]->(c) RETURN c.text ORDER BY s.position") == ["I say two", "I say one"]


def test_a_page_that_flips_back_has_its_first_version_current(graph: Graph, store: Store) -> None:
    a = [extraction(BODY, THREAD[:1], fetched_at=later(hours)) for hours in (0, 2)]
    b = extraction("Mira Holm said “no comment”.", THREAD, fetched_at=later(1))
    store.put(a[0])
    store.put(b)
    assert current(graph) == ["Otto is right", "it is not safe", "no comment"]
    assert store.put(a[1]).outcome == "updated"
    assert current(graph) == ["it costs nine crowns", "it is not safe", "the bridge is safe"]
    assert ask(graph, "MATCH (v:Version) WHERE v.current RETURN v.id") == [a[0].document.version]
    before = dump(graph)
    assert store.put(a[1]).outcome == "unchanged"
    assert store.put(b).outcome == "unchanged", "it was fetched before what is current"
    assert dump(graph) == before


def test_what_is_written_again_is_read_as_before(graph: Graph, store: Store) -> None:
    there = extraction(BODY, THREAD, fetched_at=later(0))
    for made in (there, extraction("Mira Holm said “no comment”.", fetched_at=later(1))):
        store.put(made)
    store.put(extraction(BODY, THREAD, fetched_at=later(2)))
    times = "MATCH (n) UNWIND keys(n) AS key WITH n[key] AS value WHERE value IS :: ZONED DATETIME NOT NULL"
    assert ask(graph, f"{times} AND toString(value) ENDS WITH ']' RETURN count(*)") == [0]
    assert read.document(graph, there.document.id)["version"]["fetched_at"] == later(0)
    # Whoever works in Neo4j Browser may set a time of any zone.
    graph.execute("MATCH (v:Version) SET v.fetchedAt = datetime({datetime: v.fetchedAt, timezone: 'Europe/Oslo'})")
    assert read.document(graph, there.document.id)["version"]["fetched_at"] == later(0)


def test_an_older_fetch_that_comes_later_takes_nothing_away(graph: Graph, store: Store) -> None:
    old = extraction("Mira Holm said “the bridge is safe”. Piet Lind said “it is old”.", THREAD, author="Old Hand")
    new = extraction(
        "Mira Holm said “the bridge is safe”. Piet Lind said “it is new”.", THREAD[:1], fetched_at=later(1)
    )
    store.put(old)
    store.put(new)
    in_order = dump(graph)
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    store.put(new)
    assert store.put(old).outcome == "updated"
    assert dump(graph) == in_order
    assert current(graph) == ["it is new", "it is not safe", "the bridge is safe"]
    assert ask(graph, "MATCH (a:Account)-[:WROTE]->(:Document) RETURN a.name") == ["Ada Brandt"]


def test_versions_are_tied_in_the_order_of_their_fetches(graph: Graph, store: Store) -> None:
    text = "Mira Holm said “the bridge is safe”."
    versions = [extraction(f"{text} {number}", fetched_at=later(number)) for number in range(4)]
    chain = [(versions[n + 1].assertions[0].id, versions[n].assertions[0].id) for n in range(3)]
    for order in ([0, 1, 2, 3], [3, 1, 2, 0], [2, 3, 0, 1]):
        graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
        for number in order:
            store.put(versions[number])
        assert (
            ask(
                graph,
                "MATCH (a)-[:CONTINUES]->(b:Assertion)-[:FOUND_IN]->(v) RETURN a.id, b.id ORDER BY v.fetchedAt",
            )
            == chain
        )


@pytest.mark.parametrize("hours", [-1, 1])
def test_what_was_found_stays_tied_while_another_fetch_of_the_same_is_written(
    graph: Graph, store: Store, hours: int
) -> None:
    """Readers see a commit's changes one by one: what is deleted to be made again is missing for a moment."""
    pages = [page(number, paragraphs=10, comments=12) for number in range(3)]
    words = pages[0].document.text
    pages += [
        extraction(words, url="https://copy.example/it", fetched_at=later(1)),
        extraction(f"{words} So https://copy.example/it tells.", url="https://linking.example/it"),
        checked(disputing.page()),
    ]
    for made in pages:
        store.put(made)
    ties = "MATCH (a)-[r]->(b) RETURN elementId(r) AS id, type(r) AS type"
    before = set(ask(graph, ties))
    kinds = {kind for _, kind in before}
    assert {"MENTIONS", "FOUND_IN", "ASSERTED", "STATED_IN", "AGAINST", "REPLY_TO", "COPIES", "QUOTES"} <= kinds
    assert {"CITES", "REVIEWS", "PUBLISHED", "EXPRESSES", "DISPUTES", "RAISED", "LINKS_TO"} <= kinds
    for made in pages:
        moment = made.document.fetched_at + timedelta(hours=hours)
        fetched = replace(made, document=replace(made.document, fetched_at=moment))
        assert store.put(fetched).outcome == ("updated" if hours < 0 else "unchanged")
        times = ask(graph, "MATCH (v:Version {id: $id}) RETURN v.fetchedAt", id=made.document.version)
        assert [one.to_native() for one in times] == [min(moment, made.document.fetched_at)]
    assert set(ask(graph, ties)) == before


@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_fetches_gives_one_graph(graph: Graph, store: Store, seed: int) -> None:
    texts = ["Mira Holm said “yes”.", "Mira Holm said “yes”. Piet Lind said “no”.", "Piet Lind said “no”."]
    fetches = [
        extraction(texts[n], THREAD[: 2 - n % 3], fetched_at=later(n), published_at=None, author=f"Author {n}")
        for n in range(3)
    ] + [page(number) for number in range(3)]
    for made in fetches:
        store.put(made)
    expected = dump(graph)
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    shuffled = random.Random(seed).sample(fetches, len(fetches))
    for made in shuffled + shuffled[:2]:
        store.put(made)
    assert dump(graph) == expected


def test_names_are_settled_the_same_in_any_order(graph: Graph, store: Store) -> None:
    spellings = ["MIRA HOLM", "Mira Holm", "mira Holm"]
    found = []
    for order in (spellings, spellings[::-1]):
        graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
        made = []
        for spelling in order:
            one = extraction(BODY, url=f"https://courier.example/{spelling.replace(' ', '')}")
            entities = tuple(
                replace(e, name=spelling, aliases=(spelling.split()[-1], f"{spelling} jr"))
                if e.id == entity_id("person", "mira holm")
                else e
                for e in one.entities
            )
            made.append(replace(one, entities=entities))
        store.put(made[0])
        list(store.put_many(made[1:]))
        found.append(
            ask(
                graph, "MATCH (e:Person) WHERE e.id = $id RETURN e.name, e.aliases", id=entity_id("person", "mira holm")
            )
        )
    assert found[0] == found[1] == [("Mira Holm", ["HOLM", "Holm", "MIRA HOLM jr", "Mira Holm jr", "mira Holm jr"])]


# --- another reading of the same text ----------------------------------------------------------------------------


def read_again(made: Extraction, keep: Callable[[str], bool], **changes: Any) -> Extraction:
    """The same page as another annotator finds fewer assertions in it."""
    assertions = tuple(replace(a, **changes) for a in made.assertions if keep(a.text))
    speakers = {a.speaker.id for a in assertions if a.speaker}
    cited = {cite.id for a in assertions for cite in a.cites}
    return replace(
        made,
        assertions=assertions,
        entities=tuple(e for e in made.entities if e.id in speakers),
        outlets=tuple(o for o in made.outlets if o.outlet.id in cited),
    )


def test_what_another_reading_does_not_find_is_deleted(graph: Graph, store: Store) -> None:
    made = extraction(BODY, THREAD)
    less = read_again(made, lambda text: text != "it costs nine crowns", method="model:new", confidence=0.5)
    store.put(less)
    expected = dump(graph)
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")

    store.put(made)
    stored = store.put(less)
    assert (stored.outcome, stored.dropped, stored.assertions, stored.new_version) == ("updated", 1, 0, False)
    assert dump(graph) == expected, "nothing of the first reading is left: no claim, entity, outlet or mention"
    assert store.put(made).assertions == 1


def test_what_a_person_judged_stays_and_is_not_current(graph: Graph, store: Store) -> None:
    made = extraction(BODY)
    store.put(made)
    graph.execute(
        """MATCH (a:Assertion {id: $id}) CREATE (r:Review {id: 'rev-1', decision: 'right', reviewer: 'Eva', at: $at})
        CREATE (r)-[:OF]->(a)""",
        {"id": made.assertions[1].id, "at": FETCHED},
    )
    reviews = "MATCH (r:Review)-[:OF]->(a) RETURN properties(r), a.id"
    before = ask(graph, reviews)

    stored = store.put(read_again(made, lambda text: False))
    assert stored.dropped == 2
    assert ask(graph, "MATCH (a:Assertion) RETURN a.text, a.current") == [("it costs nine crowns", False)]
    assert ask(
        graph, "MATCH (s)-[:ASSERTED]->(a)-[:CITES]->(o) MATCH (a)-[:EXPRESSES]->(c) RETURN s.name, o.name, c.text"
    ) == [("Piet Lind", "Herald", "it costs nine crowns")]
    assert ask(graph, reviews) == before

    store.put(made)
    assert current(graph) == ["it costs nine crowns", "the bridge is safe"]
    assert ask(graph, reviews) == before

    store.put(extraction("Gone.", fetched_at=later(1)))
    assert current(graph) == []
    assert ask(graph, reviews) == before


def test_a_corrected_speaker_takes_the_place_of_the_first(graph: Graph, store: Store) -> None:
    made = extraction("Mira Holm said “the bridge is safe”.")
    store.put(made)
    speaker = made.assertions[0].speaker
    assert speaker
    other = replace(speaker, id=entity_id("organization", "Council"), name="Council", kind="organization")
    store.put(replace(made, assertions=(replace(made.assertions[0], speaker=other),)))
    assert ask(graph, "MATCH (s)-[:ASSERTED]->(:Assertion) RETURN s.name, s:Organization&Speaker") == [
        ("Council", True)
    ]
    assert ask(graph, "MATCH (e:Person) RETURN e.name, e:Speaker") == [("Mira Holm", False)]


def test_assertions_are_carried_by_others(graph: Graph, store: Store) -> None:
    made = extraction("Mira Holm said “the bridge is safe”. Piet Lind said “Holm says that the bridge is safe”.")
    inner, outer = made.assertions
    made = replace(made, assertions=(replace(inner, reported_in=outer.id), outer))
    store.put(made)
    carried = "MATCH (a)-[:REPORTED_IN]->(b) RETURN a.id, b.id"
    assert ask(graph, carried) == [(inner.id, outer.id)]
    store.put(replace(made, assertions=(inner, outer)))
    assert ask(graph, carried) == []


# --- whole or not at all -----------------------------------------------------------------------------------------


def broken(made: Extraction) -> Extraction:
    """A page that the server refuses late, at its last assertion: no property can hold a map."""
    bad = replace(made.assertions[-1], method={"no": "text"})  # type: ignore[arg-type]
    return replace(made, assertions=(*made.assertions[:-1], bad))


def test_a_page_that_is_refused_leaves_nothing(graph: Graph, store: Store) -> None:
    store.put(page(1))
    before = dump(graph)
    with pytest.raises(StatementError):
        store.put(broken(page(2)))
    assert dump(graph) == before


def test_one_bad_page_among_many_harms_no_other(graph: Graph, store: Store) -> None:
    pages = [page(n) for n in range(6)]
    for made in pages[:3] + pages[4:]:
        store.put(made)
    expected = dump(graph)
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    answers = list(store.put_many([*pages[:3], broken(pages[3]), *pages[4:]]))
    assert [isinstance(answer, StatementError) for answer in answers] == [False, False, False, True, False, False]
    assert dump(graph) == expected


def test_many_at_once_are_what_one_at_a_time_are(graph: Graph, store: Store) -> None:
    fetches = [page(n) for n in range(25)] + [extraction(BODY), extraction("Changed.", fetched_at=later(1)), page(3)]
    one_by_one = [store.put(made) for made in fetches]
    expected = dump(graph)
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    assert list(store.put_many(fetches)) == one_by_one
    assert dump(graph) == expected


class Interrupted(Graph):
    """A graph whose transactions break off before a statement of their own number."""

    left: int = 0

    def transaction(self, work: Callable[[Transaction], Any]) -> Any:
        def cut(transaction: Transaction) -> Any:
            run = transaction.run

            def counted(name: str, /, **parameters: Any) -> Any:
                self.left -= 1
                if self.left < 0:
                    raise KeyboardInterrupt
                return run(name, **parameters)

            transaction.run = counted  # type: ignore[method-assign]
            return work(transaction)

        return super().transaction(cut)


def test_a_page_that_breaks_off_at_any_statement_leaves_nothing(graph: Graph, neo4j_connection: Connection) -> None:
    first, second = (
        extraction(BODY, THREAD),
        extraction("Mira Holm said “no comment”.", THREAD[:1], fetched_at=later(1)),
    )
    Store(graph).put(first)
    before = dump(graph)
    with Interrupted.connect(neo4j_connection) as cut:
        for at in range(100):
            cut.left = at
            try:
                Store(cut).put(second)
            except KeyboardInterrupt:
                assert dump(graph) == before
            else:
                break
    assert at >= 10
    assert dump(graph) != before


PUT = """
import sys
from graph.driver import Connection, Graph
from graph.store import Store
from tests.synthetic import page
with Graph.connect(Connection(*sys.argv[1:5]), wait_s=10) as graph:
    store = Store(graph)
    for number in map(int, sys.argv[5:]):
        store.put(page(number, paragraphs=60, comments=40))
        print(number, flush=True)
"""


def putting(connection: Connection, numbers: Iterable[int]) -> subprocess.Popen[str]:
    where = (connection.uri, connection.user, connection.password, connection.database)
    return subprocess.Popen(
        [sys.executable, "-c", PUT, *where, *map(str, numbers)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def test_a_killed_process_leaves_whole_pages_only(graph: Graph, store: Store, neo4j_connection: Connection) -> None:
    pages = [page(number, paragraphs=60, comments=40) for number in range(8)]
    for delay in (0.05, 0.15):
        process = putting(neo4j_connection, range(8))
        assert process.stdout is not None
        process.stdout.readline()
        timer = threading.Timer(delay, process.kill)
        timer.start()
        acknowledged = len(process.communicate(timeout=60)[0].splitlines()) + 1
        timer.join()
        there = set(ask(graph, "MATCH (d:Document)<-[:VERSION_OF]-() RETURN d.id"))
        assert acknowledged <= len(there) <= 8
        for made in pages:
            if made.document.id in there:
                assert store.put(made).outcome == "unchanged", "a page is whole as soon as it is there"
    left = dump(graph)
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    for made in pages:
        if made.document.id in there:
            store.put(made)
    assert dump(graph) == left


def test_threads_and_processes_at_once_give_one_graph(graph: Graph, store: Store, neo4j_connection: Connection) -> None:
    changed = [
        extraction(
            f"Mira Holm said “yes”. {n}", THREAD[: n % 3], url=f"https://courier.example/{n % 2}", fetched_at=later(n)
        )
        for n in range(6)
    ]
    pages = [page(number, paragraphs=60, comments=40) for number in range(3)]
    for made in [*changed, *pages]:
        store.put(made)
    expected = dump(graph)
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")

    processes = [putting(neo4j_connection, random.Random(n).sample(range(3), 3)) for n in range(2)]

    def work(seed: int) -> None:
        for made in random.Random(seed).sample(changed + pages, len(changed + pages)):
            store.put(made)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    for process in processes:
        process.communicate(timeout=120)
        assert process.returncode == 0
    assert dump(graph) == expected


# --- forgetting --------------------------------------------------------------------------------------------------


def test_a_forgotten_page_goes_with_all_that_only_it_held(graph: Graph, store: Store) -> None:
    kept = extraction("Mira Holm said “yes”.", url="https://courier.example/kept")
    store.put(kept)
    before = dump(graph)
    made = extraction(BODY + " https://elsewhere.example/x", THREAD)
    store.put(made)
    store.put(extraction("Changed. Mira Holm said “the bridge is safe”.", THREAD, fetched_at=later(1)))
    graph.execute(
        "MATCH (a:Assertion {id: $id}) CREATE (:Review {id: 'rev-1'})-[:OF]->(a)", {"id": made.assertions[0].id}
    )
    forgot = store.forget(made.document.id)
    assert (forgot.texts, forgot.assertions, forgot.already) == (4, 5, False)
    assert ask(graph, "MATCH (f:Forgotten) RETURN f.id, f.at IS NOT NULL") == [(made.document.id, True)]
    graph_without_marker = [line for line in dump(graph) if '"Forgotten"' not in line]
    assert graph_without_marker == before


def test_forgetting_tells_which_bytes_nothing_refers_to_any_more(graph: Graph, store: Store) -> None:
    made = from_bytes(extraction(BODY, THREAD), "a")
    store.put(made)
    store.put(from_bytes(extraction(BODY, (*THREAD, Said("Nils", "I say nothing")), fetched_at=later(1)), "b"))
    store.put(from_bytes(extraction("Changed.", THREAD, fetched_at=later(2)), "c"))
    mirror = extraction("Elsewhere.", url="https://courier.example/2")
    store.put(from_bytes(mirror, "d"))
    store.put(from_bytes(extraction("Elsewhere.", THREAD, url="https://courier.example/2", fetched_at=later(1)), "c"))
    assert {sha256[0]: len(versions) for sha256, versions in store.proofs(made.document.id).items()} == {
        "a": 1,
        "b": 0,
        "c": 1,
    }
    # Only a comment of his came with those bytes, and they go with the page all the same.
    assert store.forget(account_id(site(made), "Nils")).unproving == ()
    assert store.forget(made.document.id).unproving == ("a" * 64, "b" * 64)
    assert store.forget(made.document.id).unproving == ()
    assert store.forget(mirror.document.id).unproving == ("c" * 64, "d" * 64)


def test_a_forgotten_page_stays_out(graph: Graph, store: Store) -> None:
    made = extraction(BODY, THREAD)
    store.put(made)
    store.forget(made.document.id)
    before = dump(graph)
    assert store.put(made) == Stored(made.document.id, made.document.version, "forgotten")
    assert store.put(extraction("Changed.", fetched_at=later(1))).outcome == "forgotten"
    assert [stored.outcome for stored in store.put_many([made]) if isinstance(stored, Stored)] == ["forgotten"]
    assert dump(graph) == before
    assert store.forget(made.document.id).already
    assert dump(graph) == before
    store.put(extraction(f"See {made.document.url} now.", url="https://courier.example/2"))
    assert ask(graph, "MATCH (d:Document) RETURN d.url") == ["https://courier.example/2"]


def test_a_forgotten_account_leaves_the_shape_of_its_threads(graph: Graph, store: Store) -> None:
    made = extraction(BODY, THREAD)
    store.put(made)
    otto = account_id(site(made), "Otto")
    forgot = store.forget(otto)
    assert (forgot.texts, forgot.assertions) == (1, 1)
    shape = """MATCH (:Version)-[s:SHOWS]->(c:Comment)-[r:REPLY_TO]->(to)
        RETURN c.id, c.text, c.url, c.forgotten, s.depth, to.id
        ORDER BY s.position"""
    first, second = made.document.comments
    expected = [
        (first.id, "", None, True, 0, made.document.id),
        (second.id, second.text, second.url, None, 1, first.id),
    ]
    assert ask(graph, shape) == expected
    assert "Otto" not in " ".join(
        line for line in dump(graph) if second.text not in line and "Otto is right" not in line
    )
    assert not ask(graph, "MATCH (n {id: $id}) WHERE NOT n:Forgotten RETURN n.id", id=otto)
    assert current(graph) == ["Otto is right", "it costs nine crowns", "the bridge is safe"]

    before = dump(graph)
    assert store.put(made).outcome == "unchanged"
    assert dump(graph) == before

    grown = (*THREAD, Said("Otto", "I say it again", to=1), Said("Nils", "I say well"))
    stored = store.put(extraction(BODY, grown, fetched_at=later(1)))
    assert (stored.comments, stored.assertions) == (2, 1)
    assert ask(graph, shape)[:2] == expected
    assert [row[1:4] for row in ask(graph, shape)[2:]] == [
        ("", None, True),
        ("I say well", "https://courier.example/news/1#c3", None),
    ]
    assert "it again" not in " ".join(dump(graph))
    assert (
        store.put(extraction("Otto’s page", [Said("Otto", "I say so")], url="https://courier.example/3")).assertions
        == 0
    )


def test_a_page_is_the_same_whether_its_account_was_forgotten_before_or_after(graph: Graph, store: Store) -> None:
    made = extraction(BODY, THREAD, author="Otto")
    store.put(made)
    store.forget(account_id(site(made), "Otto"))
    expected = [line for line in dump(graph) if '"Forgotten"' not in line]
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema AND NOT n:Forgotten DETACH DELETE n")
    store.put(made)
    assert [line for line in dump(graph) if '"Forgotten"' not in line] == expected


def test_what_is_not_there_cannot_be_forgotten(graph: Graph, store: Store) -> None:
    made = extraction(BODY)
    store.put(made)
    before = dump(graph)
    for identity in ("doc-00000000000000000000", "acc-00000000000000000000", made.document.version, "", "x' OR 1"):
        with pytest.raises(NotFoundError) as caught:
            store.forget(identity)
        assert str(caught.value).startswith(f"{identity}: ")
    assert dump(graph) == before


def test_forgetting_and_putting_at_once_ends_with_the_page_out(graph: Graph, neo4j_connection: Connection) -> None:
    made = extraction(BODY, THREAD)
    store = Store(graph)
    store.put(made)
    failures: list[BaseException] = []

    def put(number: int) -> None:
        for n in range(6):
            try:
                store.put(extraction(f"{BODY} {number} {n}", THREAD, fetched_at=later(n)))
            except GraphError as error:
                failures.append(error)

    threads = [threading.Thread(target=put, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    store.forget(made.document.id)
    for thread in threads:
        thread.join()
    assert not failures
    assert [line for line in dump(graph) if '"Forgotten"' not in line] == []


def test_no_time_of_ours_is_stored_without_a_zone(graph: Graph, store: Store) -> None:
    store.put(extraction(BODY, THREAD, published_at=datetime(2026, 1, 1)))
    store.put(extraction(BODY, THREAD[:1], fetched_at=later(1)))
    store.forget(account_id("courier.example", "Otto"))
    kinds = """MATCH (n) UNWIND keys(n) AS key WITH n[key] AS value
        WHERE value IS :: LOCAL DATETIME OR value IS :: DATE OR value IS :: LOCAL TIME RETURN count(*)"""
    assert ask(graph, kinds) == [0]
    assert ask(graph, "MATCH ()-[s:SHOWS]->() WHERE s.until IS :: ZONED DATETIME NOT NULL RETURN count(s)") == [1]
