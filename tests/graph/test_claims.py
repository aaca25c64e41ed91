"""Claims in a real graph: which assertions share one, who affirms and who denies it, and that no order matters."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph import claims, read
from graph.driver import Connection, Graph, Row, Transaction
from graph.store import Store
from ingest.claims.matching import Relation
from ingest.model import Extraction, Id, claim_id, dispute_id
from tests.factories import FETCHED, Said, extraction
from tests.judging import METHOD, WordJudge

ROOT = Path(__file__).parents[2]
DAY = datetime(2026, 2, 1, 8, tzinfo=UTC)


@pytest.fixture
def store(graph: Graph) -> Store:
    return Store(graph, WordJudge())


def page(number: int, *said: str, comments: Sequence[Said] = (), fetched: int = 0) -> Extraction:
    """Page ``number``, published on the day of that number."""
    return extraction(
        " ".join(said),
        comments,
        url=f"https://courier.example/{number}",
        published_at=DAY + timedelta(days=number),
        fetched_at=FETCHED + timedelta(hours=fetched),
    )


def ask(graph: Graph, text: str, **parameters: Any) -> list[Any]:
    rows = graph.execute(text, parameters, mode="read")
    return [values[0] if len(values) == 1 else values for values in (tuple(row.values()) for row in rows)]


def state(graph: Graph) -> dict[str, list[Any]]:
    """All claims and disputes, and what hangs on them."""
    return {
        "claims": ask(
            graph,
            """MATCH (c:Claim) RETURN properties(c),
            COLLECT { MATCH (c)<-[e:EXPRESSES]-(a) RETURN [a.id, e.polarity, e.score, e.method] ORDER BY a.id },
            COLLECT { MATCH (c)-[r:CONTRADICTS]->(d) RETURN [d.id, r.score, r.method] ORDER BY d.id },
            COLLECT { MATCH (c)<-[:DISPUTES]-(d) RETURN d.id ORDER BY d.id }
            ORDER BY c.id""",
        ),
        "disputes": ask(
            graph,
            """MATCH (d:Dispute) RETURN properties(d),
            COLLECT { MATCH (d)-[s:STATED_IN]->(a) RETURN [a.id, s.spans] },
            COLLECT { MATCH (d)-[s:AGAINST]->(a) RETURN [a.id, s.spans] },
            COLLECT { MATCH (d)<-[:RAISED]-(s) RETURN s.id }
            ORDER BY d.id""",
        ),
        "pairs": ask(
            graph,
            """MATCH (a)-[r:SAME_CLAIM|TOLD_APART]->(b) WHERE r.method <> 'rule:same-words'
            RETURN a.id, type(r), b.id, r.score, r.method ORDER BY a.id, b.id""",
        ),
    }


def grouped(graph: Graph) -> list[list[str]]:
    """The words of each claim's assertions."""
    return sorted(
        ask(graph, "MATCH (c:Claim) RETURN COLLECT { MATCH (c)<-[:EXPRESSES]-(a) RETURN a.text ORDER BY a.text }")
    )


OLD_MILL = "Ada Brandt said “the old mill was sold to Corvin Holdings in May”."
MILL = "Piet Lind told Herald “in May the old mill was sold to Corvin Holdings”."
BRIDGE = "Mira Holm said “repairing the harbour bridge costs 9 crowns”."


# --- what is one claim -------------------------------------------------------------------------------------------


def test_the_same_in_other_words_on_another_page_is_one_claim(graph: Graph, store: Store) -> None:
    first, second = page(1, OLD_MILL, BRIDGE), page(2, MILL)
    store.put(first)
    store.put(second)
    one, bridge = first.assertions
    [other] = second.assertions
    small, large = sorted((one.id, other.id))
    found = ask(
        graph,
        """MATCH (c:Claim) WHERE c.text CONTAINS 'mill'
        RETURN c.id, c.text, c.formerIds, c.disputed, c.firstSeen = datetime($first), c.lastSeen = datetime($last),
        COLLECT { MATCH (c)<-[e:EXPRESSES]-(a) RETURN [a.id, e.score, e.method, e.polarity] ORDER BY a.id }""",
        first=first.document.published_at.isoformat(),  # type: ignore[union-attr]
        last=second.document.published_at.isoformat(),  # type: ignore[union-attr]
    )
    tie = [1.0, METHOD, "affirmed"]
    assert found == [
        (
            claim_id(Id(small)),
            min("the old mill was sold to Corvin Holdings in May", "in May the old mill was sold to Corvin Holdings"),
            [claim_id(Id(large))],
            "no",
            True,
            True,
            [[small, *tie], [large, *tie]],
        )
    ]
    assert ask(graph, "MATCH (a)-[s:SAME_CLAIM]->(b) RETURN a.id, b.id, s.score, s.method") == [
        (large, small, 1.0, METHOD)
    ]
    assert ask(graph, "MATCH (a {id: $id})-[e:EXPRESSES]->(c) RETURN c.id, e.method", id=bridge.id) == [
        (claim_id(bridge.id), "rule:own-claim")
    ]


def test_a_claim_is_found_by_the_ids_that_it_had(graph: Graph, store: Store) -> None:
    first, second = page(1, OLD_MILL), page(2, MILL)
    store.put(first)
    store.put(second)
    small, large = sorted((first.assertions[0].id, second.assertions[0].id))
    assert read.claim(graph, claim_id(large))["id"] == claim_id(small)
    assert read.claim(graph, claim_id(small))["id"] == claim_id(small)


def test_pronouns_are_made_readable_and_what_cannot_be_is_nobody_elses_claim(graph: Graph, store: Store) -> None:
    store.put(page(1, "Ada Brandt said “I sold the old mill to Corvin Holdings”. Ada Brandt said “it was a mistake”."))
    store.put(
        page(2, "Mira Holm said “Ada Brandt sold the old mill to Corvin Holdings”. Mira Holm said “it was a mistake”.")
    )
    assert ask(graph, "MATCH (c:Claim) RETURN c.text ORDER BY c.text") == [
        "Ada Brandt sold the old mill to Corvin Holdings",
        "it was a mistake",
        "it was a mistake",
    ]


def test_plain_negation_is_one_claim_in_positive_words(graph: Graph, store: Store) -> None:
    first = page(1, "Ada Brandt said “the harbour bridge will close before June”.")
    second = page(2, "Mira Holm said “the harbour bridge will not close before June”.")
    for made in (second, first):
        store.put(made)
    assert ask(graph, "MATCH (c:Claim)<-[e:EXPRESSES]-() RETURN c.text, e.polarity ORDER BY e.polarity") == [
        ("the harbour bridge will close before June", "affirmed"),
        ("the harbour bridge will close before June", "denied"),
    ]
    [(kind, text, against)] = ask(graph, "MATCH (d:Dispute) RETURN d.kind, d.text, d.against")
    assert (kind, text) == ("contradiction", second.assertions[0].text)
    assert against == first.assertions[0].text


def test_words_that_copy_each_other_are_one_claim_whatever_they_mean(graph: Graph, store: Store) -> None:
    filler = " ".join(f"Line {n} of what the council heard on Tuesday evening." for n in range(12))
    store.put(page(1, f"Ada Brandt said “it was a mistake”. {filler}"))
    store.put(page(2, f"Ada Brandt said “it was a mistake”. {filler}"))
    assert grouped(graph) == [["it was a mistake", "it was a mistake"]]
    assert ask(graph, "MATCH (:Assertion)-[s:SAME_CLAIM]->(:Assertion) RETURN s.method") == ["structure:copies"]


def test_versions_of_a_page_that_say_the_same_have_one_claim(graph: Graph, store: Store) -> None:
    store.put(page(1, "Ada Brandt said “it was a mistake”."))
    store.put(page(1, "News! Ada Brandt said “it was a mistake”.", fetched=1))
    assert grouped(graph) == [["it was a mistake", "it was a mistake"]]
    assert ask(graph, "MATCH (c:Claim)<-[:EXPRESSES]-(a) RETURN a.current ORDER BY a.current") == [False, True]


def test_very_long_words_are_compared_as_words_alone(graph: Graph, store: Store) -> None:
    words = "the council sold the mill and the bridge " * 125
    made = [page(n, f"Ada Brandt said “{words}{end}”.") for n, end in enumerate(("then", "then", "later"))]
    for one in made:
        store.put(one)
    assert [len(words) for words in grouped(graph)] in ([1, 2], [2, 1])
    assert ask(graph, "MATCH (a:Assertion) WHERE a.embedding IS NOT NULL RETURN a.id") == []


def test_what_many_pages_print_is_compared_a_few_times_only(graph: Graph) -> None:
    judge = WordJudge()
    store = Store(graph, judge)
    for n in range(14):
        store.put(page(n, OLD_MILL))
    store.put(page(20, MILL))
    assert ask(graph, "MATCH (c:Claim) RETURN COUNT { (c)<-[:EXPRESSES]-() }") == [15]
    assert ask(graph, "MATCH (a:Assertion) WHERE a.embedding IS NOT NULL RETURN count(a)") == [9]
    assert len(judge.asked) == 1


def test_what_is_near_is_looked_for_once(graph: Graph, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    run = Transaction.run

    def noting(self: Transaction, name: str, /, **parameters: Any) -> list[Row]:
        asked.append(name)
        return run(self, name, **parameters)

    monkeypatch.setattr(Transaction, "run", noting)
    store.put(page(1, OLD_MILL))
    asked.clear()
    store.put(page(2, MILL))
    assert asked.count("read/link_candidates") == 1
    assert [len(words) for words in grouped(graph)] == [2]


def test_what_others_write_after_it_was_looked_for_is_compared(graph: Graph) -> None:
    class Overtaken(WordJudge):
        """Another store writes a page once it is known what is near."""

        by: Extraction | None = None

        def relate(self, pairs: Sequence[tuple[str, str]]) -> list[Relation]:
            related = super().relate(pairs)
            if (made := self.by) is not None:
                self.by = None
                Store(graph, WordJudge()).put(made)
            return related

    judge = Overtaken()
    store = Store(graph, judge)
    store.put(page(1, MILL.replace("sold", "repaired").replace("May", "June")))
    judge.by = page(2, OLD_MILL)
    store.put(page(3, MILL))
    assert judge.by is None, "nothing was near the second page"
    assert sorted(len(words) for words in grouped(graph)) == [1, 2]


def test_where_those_go_that_were_compared_another_takes_their_place(graph: Graph, store: Store) -> None:
    pages = [page(n, OLD_MILL) for n in range(10)]
    for made in pages:
        store.put(made)
    compared = ask(
        graph,
        "MATCH (a:Assertion)-[:FOUND_IN]->()-[:VERSION_OF]->(d) WHERE a.embedding IS NOT NULL RETURN d.id",
    )
    assert len(compared) == 8
    for identity in compared:
        store.forget(identity)
    assert store.link_waiting() == 1
    assert store.link_waiting() == 0
    store.put(page(20, MILL))
    assert [len(words) for words in grouped(graph)] == [3]


def test_a_page_that_repeats_itself_says_one_thing(graph: Graph, store: Store) -> None:
    store.put(page(1, OLD_MILL, "Later that day: ", OLD_MILL))
    assert [len(words) for words in grouped(graph)] == [2]
    assert ask(graph, "MATCH (d:Dispute) RETURN d.id") == []


# --- disputes between pages --------------------------------------------------------------------------------------


def test_who_denies_what_others_affirm_on_another_page_disputes_it(graph: Graph, store: Store) -> None:
    affirmed = page(1, OLD_MILL)
    denied = page(2, "Piet Lind denied “the old mill was sold to Corvin Holdings in May”.")
    store.put(denied)
    assert ask(graph, "MATCH (c:Claim) RETURN c.disputed") == ["no"]
    store.put(affirmed)
    [stated], [against] = denied.assertions, affirmed.assertions
    assert ask(
        graph,
        """MATCH (s:Speaker)-[:RAISED]->(d:Dispute)-[i:STATED_IN]->(a:Assertion) MATCH (d)-[o:AGAINST]->(b:Assertion)
        MATCH (d)-[:DISPUTES]->(c:Claim)
        RETURN d.id, d.kind, d.status, d.current, d.confidence, d.method, d.text, a.id, i.spans, b.id, o.spans, s.name,
        c.disputed""",
    ) == [
        (
            dispute_id("denial", stated.speaker.id, denied.document.version, stated.content, against.id),  # type: ignore[union-attr]
            "denial",
            "candidate",
            True,
            0.75,
            "rule:denies-the-claim",
            stated.text,
            stated.id,
            [stated.content[0].start, stated.content[0].end],
            against.id,
            [against.content[0].start, against.content[0].end],
            "Piet Lind",
            "candidate",
        )
    ]


def test_another_number_is_another_claim_and_the_later_disputes_the_earlier(graph: Graph, store: Store) -> None:
    early, late = page(1, BRIDGE), page(2, BRIDGE.replace("Mira Holm", "Ada Brandt").replace("9", "12"))
    own = page(3, BRIDGE.replace("9", "15"))
    for made in (late, own, early):
        store.put(made)
    assert ask(graph, "MATCH (:Claim)-[r:CONTRADICTS]->(:Claim) RETURN r.score, r.method") == [(1.0, METHOD)] * 3
    found = ask(
        graph,
        """MATCH (s)-[:RAISED]->(d:Dispute {kind: 'contradiction'})-[:STATED_IN]->(a) MATCH (d)-[:AGAINST]->(b)
        RETURN s.name, a.text, b.text, d.basis, coalesce(d.own, false) ORDER BY a.seenAt, b.seenAt""",
    )
    words = "repairing the harbour bridge costs {} crowns".format
    assert found == [
        ("Ada Brandt", words(12), words(9), "another speaker's words", False),
        ("Mira Holm", words(15), words(9), "the same speaker's own earlier words", True),
        ("Mira Holm", words(15), words(12), "another speaker's words", False),
    ]
    assert ask(graph, "MATCH (c:Claim) RETURN DISTINCT c.disputed") == ["candidate", "no"] or ask(
        graph, "MATCH (c:Claim) RETURN c.disputed ORDER BY c.disputed"
    ) == ["candidate", "candidate", "no"]


def test_a_dispute_that_the_page_states_itself_is_not_doubled(graph: Graph, store: Store) -> None:
    affirmed = page(1, OLD_MILL)
    denied = page(2, "Piet Lind denied “the old mill was sold to Corvin Holdings in May”.")
    store.put(denied)
    graph.execute(
        """MATCH (a:Assertion {id: $id}) CREATE (:Dispute {id: 'dsp-1', kind: 'denial', status: 'candidate',
        current: true, confidence: 0.9})-[:STATED_IN]->(a)""",
        {"id": denied.assertions[0].id},
    )
    store.put(affirmed)
    assert ask(graph, "MATCH (d:Dispute)-[:DISPUTES]->(c:Claim) RETURN d.id, c.disputed") == [("dsp-1", "candidate")]


# --- any order, any number at once -------------------------------------------------------------------------------


THINGS = ("the old mill", "the harbour bridge", "the city library", "the northern ferry", "the grammar school")
PEOPLE = ("Ada Brandt", "Mira Holm", "Piet Lind", "Bram Dahl", "Cleo Ekman")


def ten_pages(seed: int, count: int = 10) -> list[Extraction]:
    """Pages that say the same in other words, deny it, count otherwise, copy one another, and come in two versions."""
    rng = random.Random(seed)
    filler = " ".join(f"Line {n} of what the council heard on Tuesday evening." for n in range(12))
    pages = []
    for number in range(count):
        said = []
        for _ in range(3):
            thing, who, amount = rng.choice(THINGS), rng.choice(PEOPLE), rng.choice((3, 5))
            words = rng.choice(
                (
                    f"repairing {thing} costs {amount} million crowns",
                    f"{amount} million crowns is what repairing {thing} costs",
                    f"repairing {thing} will cost {amount} million crowns",
                    f"repairing {thing} does not cost {amount} million crowns",
                    f"{thing} was opened by the mayor",
                    f"the mayor closed {thing}",
                )
            )
            said.append(f"{who} {rng.choice(('said', 'said', 'denied', 'told Herald'))} “{words}”.")
        if number % 3 == 0:
            said.append(filler)
        if number % 3 == 1 and rng.random() < 0.5:
            said = [*pages[-1].document.text.removesuffix(filler).strip().split("\n"), filler]
        thread = [Said("Otto", f"I say repairing {rng.choice(THINGS)} costs {rng.choice((3, 5))} million crowns")]
        pages.append(page(number, *said, comments=thread))
    pages.append(page(0, "New today.", pages[0].document.text, fetched=1))
    return pages


def put_all(graph: Graph, pages: Iterable[Extraction]) -> dict[str, list[Any]]:
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    store = Store(graph, WordJudge())
    for made in pages:
        store.put(made)
    return state(graph)


def in_any_order(graph: Graph, orders: int) -> None:
    pages = ten_pages(1)
    expected = put_all(graph, pages)
    assert any(len(members) > 2 for _, members, _, _ in expected["claims"]), "something is one claim"
    assert {properties["kind"] for properties, *_ in expected["disputes"]} == {"denial", "contradiction"}
    for seed in range(orders):
        assert put_all(graph, random.Random(seed).sample(pages, len(pages))) == expected, seed
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    assert all(not isinstance(one, Exception) for one in Store(graph, WordJudge()).put_many(pages))
    assert state(graph) == expected, "many to a transaction are the same as one at a time"


def test_pages_in_any_order_give_the_same_claims_and_disputes(graph: Graph) -> None:
    in_any_order(graph, 3)


@pytest.mark.soak
@pytest.mark.timeout(3_000)
def test_fifty_orders_give_the_same_claims_and_disputes(graph: Graph) -> None:
    in_any_order(graph, 50)


PUT = """
import random, sys
from graph.driver import Connection, Graph
from graph.store import Store
from tests.graph.test_claims import ten_pages
from tests.judging import WordJudge
pages = ten_pages(1)
with Graph.connect(Connection(*sys.argv[1:5]), wait_s=10) as graph:
    store = Store(graph, WordJudge())
    for made in random.Random(int(sys.argv[5])).sample(pages, len(pages)):
        store.put(made)
"""


def at_once(graph: Graph, connection: Connection, processes: int) -> None:
    expected = put_all(graph, ten_pages(1))
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    where = (connection.uri, connection.user, connection.password, connection.database)
    running = [subprocess.Popen([sys.executable, "-c", PUT, *where, str(seed)], cwd=ROOT) for seed in range(processes)]
    try:
        assert [process.wait(timeout=280) for process in running] == [0] * processes
    finally:
        for process in running:
            process.kill()
    assert state(graph) == expected


def test_two_processes_at_once_give_the_same_claims_and_disputes(graph: Graph, neo4j_connection: Connection) -> None:
    at_once(graph, neo4j_connection, 2)


@pytest.mark.soak
def test_eight_processes_at_once_give_the_same_claims_and_disputes(graph: Graph, neo4j_connection: Connection) -> None:
    at_once(graph, neo4j_connection, 8)


def test_threads_that_share_a_store_give_the_same(graph: Graph) -> None:
    pages = ten_pages(2, 5)
    expected = put_all(graph, pages)
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    store = Store(graph, WordJudge())
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(store.put, pages))
    assert state(graph) == expected


def test_what_was_written_without_a_judge_is_compared_later(graph: Graph) -> None:
    pages = ten_pages(3, 4)
    expected = put_all(graph, pages)
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    for made in pages:
        Store(graph).put(made)
    assert ask(graph, "MATCH (c:Claim) RETURN DISTINCT COUNT { (c)<-[:EXPRESSES]-() }") == [1], "each has its own"
    total = len(ask(graph, "MATCH (a:Assertion) RETURN a.id"))
    assert Store(graph, WordJudge()).link_waiting() == total
    assert state(graph) == expected
    assert Store(graph, WordJudge()).link_waiting() == 0
    assert Store(graph).link_waiting() == 0


# --- what goes, and what people decide ---------------------------------------------------------------------------


def test_what_only_a_forgotten_page_contradicted_is_disputed_no_longer(graph: Graph, store: Store) -> None:
    store.put(page(1, BRIDGE))
    later = page(2, "Piet Lind said “repairing the harbour bridge costs 12 crowns”.")
    store.put(later)
    assert ask(graph, "MATCH (c:Claim) RETURN c.disputed ORDER BY c.disputed") == ["candidate", "no"]
    # As where another assertion of the claim is what was told apart, and this one's speaker the only one to dispute it.
    graph.execute("MATCH (:Assertion)-[r:TOLD_APART]->(:Assertion) DELETE r")
    store.forget(later.document.id)
    assert ask(graph, "MATCH (c:Claim) RETURN c.disputed") == ["no"]


def test_what_a_forgotten_page_held_together_comes_apart(graph: Graph, store: Store) -> None:
    left = page(1, "Ada Brandt said “the old red mill was sold quickly in May 2025”.")
    middle = page(2, "Mira Holm said “the old red mill was sold in May 2025”.")
    right = page(3, "Piet Lind said “the old mill was sold in May 2025 cheaply”.")
    for made in (left, right):
        store.put(made)
    before = state(graph)
    store.put(middle)
    store.forget(middle.document.id)
    after = state(graph)
    for claim in after["claims"]:
        claim[0]["formerIds"] = [one for one in claim[0]["formerIds"] if one != claim_id(middle.assertions[0].id)]
    assert after == before


def test_a_reading_that_finds_less_leaves_the_claim_of_the_others(graph: Graph, store: Store) -> None:
    first, second = page(1, OLD_MILL), page(2, MILL)
    store.put(first)
    store.put(second)
    smaller, larger = sorted((first, second), key=lambda one: one.assertions[0].id)
    store.put(replace(smaller, assertions=()))
    [kept] = larger.assertions
    assert ask(graph, "MATCH (c:Claim) RETURN c.id, c.text, c.formerIds") == [
        (claim_id(kept.id), kept.text, [claim_id(smaller.assertions[0].id)])
    ]
    store.put(smaller)
    assert read.claim(graph, claim_id(kept.id))["id"] == claim_id(smaller.assertions[0].id)


def review(graph: Graph, number: int, decision: str, of: str, other: str | None = None) -> None:
    """What the review machinery writes, and the hook that it calls."""
    graph.execute(
        """MATCH (a {id: $of}) CREATE (r:Review {id: $id, decision: $decision, reviewer: 'Rosa', at: $at})-[:OF]->(a)
        WITH r MATCH (b {id: $other}) CREATE (r)-[:WITH]->(b)""",
        {
            "of": of,
            "other": other or "",
            "id": f"rev-{number}",
            "decision": decision,
            "at": FETCHED + timedelta(minutes=number),
        },
    )
    graph.transaction(lambda transaction: claims.regroup(transaction, [of, *([other] if other else [])]))


def test_people_part_and_join_and_no_ingest_changes_that(graph: Graph, store: Store) -> None:
    first, second, third = page(1, OLD_MILL), page(2, MILL), page(3, BRIDGE)
    for made in (first, second, third):
        store.put(made)
    one, other, bridge = (made.assertions[0].id for made in (first, second, third))
    review(graph, 1, "different_claim", one, other)
    review(graph, 2, "same_claim", bridge, one)
    mine = sorted(((one, bridge), (other,)))
    members = (
        "MATCH (c:Claim) RETURN COLLECT { MATCH (c)<-[:EXPRESSES]-(a) RETURN a.id ORDER BY a.id } AS ids ORDER BY ids"
    )
    assert sorted(map(sorted, ask(graph, members))) == sorted(map(sorted, mine))
    store.put(page(2, "New.", MILL, fetched=1))
    store.put(page(4, MILL))
    found = ask(graph, members)
    assert not any({one, other} <= set(ids) for ids in found)
    assert any({one, bridge} <= set(ids) for ids in found)
    review(graph, 3, "same_claim", other, one)
    assert any({one, other, bridge} <= set(ids) for ids in ask(graph, members)), "the last decides"


def test_what_a_person_calls_wrong_affirms_nothing(graph: Graph, store: Store) -> None:
    affirmed, denied = page(1, OLD_MILL), page(2, "Piet Lind denied “the old mill was sold to Corvin Holdings in May”.")
    store.put(affirmed)
    store.put(denied)
    assert ask(graph, "MATCH (d:Dispute) RETURN d.kind") == ["denial"]
    graph.execute("MATCH (a:Assertion {id: $id}) SET a.judged = 'wrong'", {"id": affirmed.assertions[0].id})
    review(graph, 1, "wrong", affirmed.assertions[0].id)
    assert ask(graph, "MATCH (d:Dispute) RETURN d.kind") == []
    assert ask(graph, "MATCH (c:Claim) RETURN c.disputed") == ["no"]


def test_a_dispute_that_a_person_confirmed_outlives_the_words(graph: Graph, store: Store) -> None:
    affirmed, denied = page(1, OLD_MILL), page(2, "Piet Lind denied “the old mill was sold to Corvin Holdings in May”.")
    store.put(affirmed)
    store.put(denied)
    [dispute] = ask(graph, "MATCH (d:Dispute) RETURN d.id")
    review(graph, 1, "confirm", dispute)
    graph.execute("MATCH (d:Dispute) SET d.status = 'confirmed'")
    graph.transaction(lambda transaction: claims.regroup(transaction, [affirmed.assertions[0].id]))
    assert ask(graph, "MATCH (c:Claim) RETURN c.disputed") == ["confirmed"]
    store.put(page(5, OLD_MILL))
    store.put(denied)
    assert ask(graph, "MATCH (d:Dispute) RETURN d.status, d.current") == [("confirmed", True)]
    store.put(page(2, "Nothing more.", fetched=1))
    assert ask(graph, "MATCH (d:Dispute) RETURN d.status, d.current") == [("confirmed", False)]
    assert ask(graph, "MATCH (c:Claim) RETURN c.disputed") == ["no"]


def test_reading_the_same_again_writes_nothing_new(graph: Graph, store: Store) -> None:
    for made in ten_pages(4, 4):
        store.put(made)
    before = state(graph)
    judge = WordJudge()
    for made in ten_pages(4, 4):
        Store(graph, judge).put(replace(made, document=replace(made.document, fetched_at=FETCHED - timedelta(days=9))))
    assert state(graph) == before
    assert judge.asked == []
