"""What people decide, on a real server: stored for good, and derived again whatever else happens."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from graph import read, reviews
from graph.driver import Graph, Transaction
from graph.errors import NotFoundError, ReviewError
from graph.read import Matching
from graph.store import Store
from ingest.model import Extraction, Id, account_id, claim_id, entity_id
from tests.factories import Said, extraction
from tests.graph.test_store import ask, dump, later

MIRA = entity_id("person", "Mira Holm")
PIET = entity_id("person", "Piet Lind")


@pytest.fixture
def store(graph: Graph) -> Store:
    return Store(graph)


def page(number: int, *names: str, **options: Any) -> Extraction:
    words = "\n\n".join(f"{name} said “the bridge is {name} {number}”." for name in names)
    return extraction(words, url=f"https://courier.example/{number}", title=f"Part {number}", **options)


def judge(graph: Graph, of: str, decision: str, other: str | None = None, by: str = "Ines") -> Id:
    return reviews.add(graph, of, decision, other=other, reviewer=by)


def person(name: str) -> Id:
    return entity_id("person", name)


def groups(graph: Graph) -> set[frozenset[str]]:
    rows = ask(
        graph,
        "MATCH (n:Entity|Account) RETURN coalesce(n.canonicalId, n.id) AS one, collect(n.name) AS names",
    )
    return {frozenset(names) for _, names in rows if len(names) > 1}


def who(graph: Graph, assertion: str) -> dict[str, Any]:
    speaker: dict[str, Any] = read.assertion(graph, assertion)["speaker"]
    return speaker


# --- names across pages --------------------------------------------------------------------------------------------

NAMES = [
    "Dmitry Peskov",
    "Dmitri Peskov",
    "Sergei Lavrov",
    "Sergey Lavrov",
    "Dmitry S. Peskov",
    "Dmitry Sergeyevich Peskov",
    "Ada B. Brandt",
    "Ada Beate Brandt",
    "Ada Bella Brandt",
    "Bashar Al Assad",
    "Bashar Assad",
]
ONE = {
    frozenset({"Dmitry Peskov", "Dmitri Peskov"}),
    frozenset({"Dmitry S. Peskov", "Dmitry Sergeyevich Peskov"}),
    frozenset({"Sergei Lavrov", "Sergey Lavrov"}),
    frozenset({"Bashar Al Assad", "Bashar Assad"}),
}
"""Who is taken for whom, by the names alone: a second name for the initial leaves all three Brandts to a person."""


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_pages_gives_the_same_people(graph: Graph, store: Store, seed: int) -> None:
    pages = [page(number, name) for number, name in enumerate(NAMES)]
    random.Random(seed).shuffle(pages)
    if seed % 2:
        for one in pages:
            store.put(one)
    else:
        assert not [stored for stored in store.put_many(pages) if isinstance(stored, Exception)]
    assert groups(graph) == ONE
    edges = set(
        ask(graph, "MATCH (a)-[s:SAME_AS]->(b) RETURN a.id > b.id, s.method STARTS WITH 'rule:', s.score > 0.5")
    )
    assert edges == {(True, True, True)}


def test_a_name_that_nobody_bears_any_more_joins_nobody(graph: Graph, store: Store) -> None:
    store.put(page(1, "Dmitry Stepanovich Peskov"))
    store.put(page(2, "Dmitry Sergeyevich Peskov"))
    store.put(page(3, "Dmitry S. Peskov"))
    assert groups(graph) == set()
    # The doubt goes with the name.
    store.forget(page(1, "Dmitry Stepanovich Peskov").document.id)
    assert groups(graph) == {frozenset({"Dmitry S. Peskov", "Dmitry Sergeyevich Peskov"})}
    store.forget(page(2, "Dmitry Sergeyevich Peskov").document.id)
    assert groups(graph) == set()
    assert ask(graph, "MATCH ()-[s:SAME_AS]->() RETURN count(s)") == [0]


def test_any_id_of_a_group_asks_for_the_whole_group(graph: Graph, store: Store) -> None:
    store.put(page(1, "Sergei Lavrov"))
    store.put(page(2, "Sergey Lavrov"))
    store.put(page(3, "Sergio Lavrov"))
    one, other = person("Sergei Lavrov"), person("Sergey Lavrov")
    stands = min(one, other)
    for identity in (one, other):
        assert len(read.assertions(graph, Matching(speaker=identity), limit=9).rows) == 2
        assert len(read.claims(graph, Matching(speaker=identity), disputed=None, limit=9).rows) == 2
        found = read.one_named(graph, identity, "Speaker")
        assert (found["id"], found["canonical_id"], found["assertions"]) == (stands, stands, 2)
        assert set(found["aliases"]) | {found["name"]} >= {"Sergei Lavrov", "Sergey Lavrov"}
        assert [row["name"] for row in found["candidates"]] == ["Sergio Lavrov"]
    names = [row["name"] for row in read.named(graph, "Speaker", limit=9, kind="person").rows]
    assert len(names) == 2
    assert "Sergio Lavrov" in names


def test_an_account_named_like_a_person_waits_for_one(graph: Graph, store: Store) -> None:
    made = extraction("Mira Holm said “one”.", [Said("Mira Holm", "I say two")])
    store.put(made)
    assert groups(graph) == set()
    [candidate] = read.one_named(graph, MIRA, "Entity")["candidates"]
    account = account_id("courier.example", "Mira Holm")
    assert (candidate["id"], candidate["kind"], candidate["method"]) == (account, "account", "rule:account-name")
    judge(graph, MIRA, "same", account)
    for identity in (MIRA, account):
        assert {row["text"] for row in read.assertions(graph, Matching(speaker=identity), limit=9).rows} == {
            "one",
            "two",
        }
        assert read.one_named(graph, identity, "Speaker")["id"] == MIRA
    judge(graph, MIRA, "different", account)
    assert groups(graph) == set()
    assert ask(graph, "MATCH (a:Account) RETURN a.canonicalId") == [None, None]
    judge(graph, MIRA, "same", account)
    store.forget(account)
    assert ask(graph, "MATCH (r:Review) RETURN count(r)") == [0]
    assert groups(graph) == set()


# --- entities ------------------------------------------------------------------------------------------------------


def test_people_join_and_part_and_the_last_word_decides(graph: Graph, store: Store) -> None:
    store.put(page(1, "Mira Holm", "Piet Lind"))
    before = dump(graph)
    judge(graph, MIRA, "same", PIET)
    assert groups(graph) == {frozenset({"Mira Holm", "Piet Lind"})}
    judge(graph, PIET, "different", MIRA)
    assert groups(graph) == set()
    assert [line for line in dump(graph) if "rev-" not in line] == before
    judge(graph, MIRA, "same", PIET)
    assert groups(graph) == {frozenset({"Mira Holm", "Piet Lind"})}
    times = ask(graph, "MATCH (r:Review) RETURN r.at ORDER BY r.at")
    assert len(set(times)) == 3


def test_a_person_parts_whom_the_names_join(graph: Graph, store: Store) -> None:
    store.put(page(1, "Sergei Lavrov"))
    store.put(page(2, "Sergey Lavrov"))
    judge(graph, person("Sergei Lavrov"), "different", person("Sergey Lavrov"))
    assert groups(graph) == set()
    # Neither another page nor a new reading changes that.
    store.put(page(3, "Sergey Lavrov", "Sergei Lavrov"))
    store.put(page(1, "Sergei Lavrov", method="rule:other"))
    assert groups(graph) == set()


def test_one_pages_namesake_is_moved_and_stays_moved(graph: Graph, store: Store) -> None:
    here, there = page(1, "Mira Holm"), page(2, "Mira Holm", "Piet Lind")
    store.put(here)
    store.put(there)
    review = judge(graph, MIRA, "move", here.document.id)
    own = entity_id("person", "Mira Holm", here.document.id)
    assert read.review(graph, review)["moved_to"] == own

    def parted() -> tuple[list[str], list[str]]:
        return tuple(
            sorted(row["document"]["id"] for row in read.assertions(graph, Matching(speaker=identity), limit=9).rows)
            for identity in (MIRA, own)
        )  # type: ignore[return-value]

    assert parted() == ([there.document.id], [here.document.id])
    assert ask(graph, "MATCH (:Text)-[m:MENTIONS]->(e:Entity {id: $id}) RETURN size(m.spans)", id=own) == [2]
    assert ask(graph, "MATCH (e:Entity {id: $id}) RETURN e:Person AND e:Speaker, e.name", id=own) == [
        (True, "Mira Holm")
    ]
    # Nothing ties it to the name that it was parted from: not a new reading, not a new text, not another page.
    store.put(page(1, "Mira Holm", method="rule:other", fetched_at=later(1)))
    assert parted() == ([there.document.id], [here.document.id])
    store.put(page(1, "Mira Holm", "Rosa Falk", fetched_at=later(2)))
    store.put(page(3, "Mira Holm"))
    assert groups(graph) == set()
    assert len(parted()[0]) == 2
    assert parted()[1] == [here.document.id]
    # Undone by another review.
    judge(graph, own, "same", MIRA)
    assert len(read.assertions(graph, Matching(speaker=MIRA), limit=9).rows) == 3
    assert read.one_named(graph, own, "Speaker")["id"] == read.one_named(graph, MIRA, "Speaker")["id"]


def test_forgetting_a_page_takes_its_move_along(graph: Graph, store: Store) -> None:
    here, there = page(1, "Mira Holm"), page(2, "Mira Holm")
    store.put(there)
    before = dump(graph)
    store.put(here)
    judge(graph, MIRA, "move", here.document.id)
    store.forget(here.document.id)
    assert [line for line in dump(graph) if "Forgotten" not in line] == before


# --- assertions ----------------------------------------------------------------------------------------------------


def test_what_is_judged_wrong_leaves_the_lists(graph: Graph, store: Store) -> None:
    made = page(1, "Mira Holm", "Piet Lind")
    store.put(made)
    wrong = made.assertions[0].id

    def listed(**matching: Any) -> set[str]:
        rows = read.assertions(graph, Matching(**matching), limit=9).rows
        claims = read.claims(graph, Matching(**matching), disputed=None, limit=9).rows
        assert {one["id"] for claim in claims for one in claim["assertions"]} == {row["id"] for row in rows}
        return {row["id"] for row in rows}

    everything = {one.id for one in made.assertions}
    assert listed() == everything
    judge(graph, wrong, "wrong")
    for matching in ({}, {"document": made.document.id}, {"min_confidence": 0.1}):
        assert listed(**matching) == everything - {wrong}
    assert listed(judged="wrong") == {wrong}
    assert read.assertion(graph, wrong)["judged"] == "wrong"
    store.put(page(1, "Mira Holm", "Piet Lind", method="rule:other", fetched_at=later(1)))
    assert listed() == everything - {wrong}
    judge(graph, wrong, "right")
    assert listed() == everything
    assert listed(judged="right") == {wrong}


def test_a_person_names_the_right_speaker(graph: Graph, store: Store) -> None:
    made = page(1, "Mira Holm", "Piet Lind")
    store.put(made)
    [first, _] = [one.id for one in made.assertions]
    judge(graph, first, "speaker", PIET, by="Ines")
    row = read.assertion(graph, first)
    assert (row["speaker"]["id"], row["speaker"]["method"], row["speaker"]["confidence"]) == (PIET, "review:Ines", 1.0)
    assert (row["read_as"]["id"], row["read_as"]["method"]) == (MIRA, "rule:test")
    assert {row["id"] for row in read.assertions(graph, Matching(speaker=PIET), limit=9).rows} == {
        one.id for one in made.assertions
    }
    assert read.assertions(graph, Matching(speaker=MIRA), limit=9).rows == []
    with pytest.raises(NotFoundError, match="no speaker"):
        read.one_named(graph, MIRA, "Speaker")
    # What the page is read to say may change; what a person decided does not.
    store.put(page(1, "Mira Holm", "Piet Lind", method="rule:other", fetched_at=later(1)))
    row = read.assertion(graph, first)
    assert (row["speaker"]["id"], row["read_as"]["method"]) == (PIET, "rule:other")
    judge(graph, first, "speaker", MIRA, by="Olaf")
    assert who(graph, first)["method"] == "review:Olaf"
    assert [row["id"] for row in read.assertions(graph, Matching(speaker=MIRA), limit=9).rows] == [first]


def test_what_people_decided_holds_for_the_same_words_in_every_version(graph: Graph, store: Store) -> None:
    old = page(1, "Mira Holm", "Piet Lind")
    store.put(old)
    judge(graph, old.assertions[0].id, "wrong")
    judge(graph, old.assertions[1].id, "speaker", MIRA)
    new = page(1, "Rosa Falk", "Mira Holm", "Piet Lind", fetched_at=later(1))
    store.put(new)
    ids = {one.text: one.id for one in new.assertions}
    wrong, moved = ids["the bridge is Mira Holm 1"], ids["the bridge is Piet Lind 1"]
    assert wrong != old.assertions[0].id
    listed = {row["id"]: row["speaker"]["id"] for row in read.assertions(graph, Matching(), limit=9).rows}
    assert listed == {ids["the bridge is Rosa Falk 1"]: person("Rosa Falk"), moved: MIRA}
    # And what is said of the newest holds for the oldest.
    judge(graph, wrong, "right")
    assert read.assertion(graph, old.assertions[0].id)["judged"] == "right"


def test_a_speaker_that_a_person_named_goes_where_that_no_longer_holds(graph: Graph, store: Store) -> None:
    """Versions hang together by their order: one that is seen to be the oldest has nothing to do with the newest."""
    texts = [("Rosa Falk",), ("Rosa Falk", "Piet Lind"), ("Mira Holm", "Piet Lind")]
    between, first, last = (page(1, *texts[n], fetched_at=later(n + 1)) for n in range(3))
    for made in (between, first, last):
        store.put(made)
    judge(graph, first.assertions[1].id, "speaker", MIRA)
    again = last.assertions[1].id
    assert who(graph, again)["id"] == MIRA
    store.put(page(1, *texts[2], fetched_at=later(0)))
    said = "MATCH (a:Assertion {id: $id})<-[r:ASSERTED|READ_AS]-(who) RETURN type(r), who.name"
    assert ask(graph, said, id=again) == [("ASSERTED", "Piet Lind")]
    assert set(ask(graph, said, id=first.assertions[1].id)) == {("ASSERTED", "Mira Holm"), ("READ_AS", "Piet Lind")}


def test_what_a_person_moved_is_not_there_twice_once_that_is_forgotten(graph: Graph, store: Store) -> None:
    here, other = page(1, "Mira Holm"), page(2, "Mira Holm")
    store.put(here)
    store.put(other)
    judge(graph, MIRA, "move", here.document.id)
    own = who(graph, here.assertions[0].id)["id"]
    assert own != MIRA
    # Nobody but the review knows her any more, and so it goes.
    store.forget(other.document.id)
    store.put(page(1, "Mira Holm", fetched_at=later(-1)))
    assert ask(graph, "MATCH (:Text)-[:MENTIONS]->(e) RETURN e.id") == [MIRA]
    assert ask(graph, "MATCH (e)-[:ASSERTED]->() RETURN e.id") == [MIRA]
    assert ask(graph, "MATCH (e:Entity {id: $own}) RETURN e.id", own=own) == []


def test_a_claim_stands_for_its_first_assertion(graph: Graph, store: Store) -> None:
    made = page(1, "Mira Holm", "Piet Lind")
    store.put(made)
    one, other = (assertion.id for assertion in made.assertions)
    with pytest.raises(ReviewError, match="no other assertion"):
        judge(graph, one, "different_claim", claim_id(one))
    judge(graph, one, "same_claim", claim_id(other))
    assert ask(graph, "MATCH (:Assertion {id: $one})<-[:OF]-(r)-[:WITH]->(a) RETURN a.id, r.given", one=one) == [
        (other, claim_id(other))
    ]
    # Either id names the claim that they share now, and in it the other assertion.
    judge(graph, one, "different_claim", claim_id(one))
    assert ask(graph, "MATCH (a:Assertion)-[:EXPRESSES]->(c) RETURN count(DISTINCT c)") == [2]


def test_what_follows_is_in_the_same_transaction(graph: Graph, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    made = page(1, "Mira Holm")
    store.put(made)
    seen: list[reviews.Review] = []

    def fails(transaction: Transaction, review: reviews.Review) -> None:
        seen.append(review)
        assert transaction.run("read/review", id=review.id)
        raise ReviewError("decision", "not today")

    monkeypatch.setattr(reviews, "AFTER", {**reviews.AFTER, "assertion": (*reviews.AFTER["assertion"], fails)})
    before = dump(graph)
    with pytest.raises(ReviewError, match="not today"):
        judge(graph, made.assertions[0].id, "wrong")
    assert seen[0].of == made.assertions[0].id
    assert dump(graph) == before


# --- what cannot be ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of", "decision", "other", "reason"),
    [
        (MIRA, "confirm", None, "same, different, move"),
        (MIRA, "same", None, "needs the id of an entity"),
        (MIRA, "same", MIRA, "not another one"),
        (MIRA, "same", "doc-1", "needs an entity"),
        (MIRA, "move", PIET, "needs a document"),
        ("ast-1", "right", MIRA, "alone"),
        ("dsp-1", "move", "doc-1", "confirm, reject, reopen"),
        ("doc-1", "right", None, "only disputes"),
        ("nonsense", "right", None, "only disputes"),
    ],
)
def test_what_cannot_be_decided_is_told(of: str, decision: str, other: str | None, reason: str) -> None:
    with pytest.raises(ReviewError, match=reason):
        reviews.check(of, decision, other)


def test_nothing_is_stored_of_what_cannot_be(graph: Graph, store: Store) -> None:
    made = page(1, "Mira Holm")
    store.put(made)
    before = dump(graph)
    for of, decision, other in (
        ("ent-0", "same", MIRA),
        (MIRA, "same", "ent-0"),
        ("ast-0", "right", None),
        ("dsp-0", "confirm", None),
        (made.assertions[0].id, "same_claim", "clm-0"),
    ):
        with pytest.raises(NotFoundError, match=r"-0: nothing in the graph"):
            judge(graph, of, decision, other)
    for of, other in ((MIRA, "doc-0"), (PIET, made.document.id)):
        with pytest.raises((ReviewError, NotFoundError)):
            judge(graph, of, "move", other)
    assert dump(graph) == before


def test_reviewers_and_readers_at_once_lose_nothing(graph: Graph, store: Store) -> None:
    pages = [page(number, "Mira Holm", "Piet Lind", NAMES[number]) for number in range(6)]
    store.put(pages[0])
    said = pages[0].assertions[0].id

    def work(number: int) -> None:
        if number < 5:
            store.put(pages[number + 1])
        judge(graph, MIRA, "same" if number % 2 else "different", PIET, by=f"reviewer {number}")
        judge(graph, said, "right" if number % 2 else "wrong", by=f"reviewer {number}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert ask(graph, "MATCH (r:Review) RETURN count(r), count(DISTINCT r.at) > 8") == [(16, True)]
    last = ask(graph, "MATCH (:Entity {id: $id})<-[:OF]-(r) RETURN r.decision ORDER BY r.at DESC LIMIT 1", id=MIRA)
    joined = any({"Mira Holm", "Piet Lind"} <= group for group in groups(graph))
    assert joined == (last == ["same"])
    judged = ask(
        graph, "MATCH (a:Assertion {id: $id})<-[:OF]-(r) RETURN r.decision ORDER BY r.at DESC LIMIT 1", id=said
    )
    assert ask(graph, "MATCH (a:Assertion {id: $id}) RETURN a.judged", id=said) == judged
    assert {group - {"Mira Holm", "Piet Lind"} for group in groups(graph)} - {frozenset()} == {
        frozenset({"Dmitry Peskov", "Dmitri Peskov"}),
        frozenset({"Sergei Lavrov", "Sergey Lavrov"}),
        frozenset({"Dmitry S. Peskov", "Dmitry Sergeyevich Peskov"}),
    }


def test_reviews_are_listed_and_asked_for(graph: Graph, store: Store) -> None:
    made = page(1, "Mira Holm", "Piet Lind")
    store.put(made)
    ids = [
        judge(graph, MIRA, "same", PIET, by="Ines"),
        judge(graph, MIRA, "different", PIET, by="Olaf"),
        judge(graph, made.assertions[0].id, "right", by="Ines"),
    ]

    def asked(**filters: Any) -> list[str]:
        found: list[str] = []
        after = None
        while True:
            listed = read.reviews(graph, limit=1, after=after, **filters)
            found += [row["id"] for row in listed.rows]
            if (after := listed.next) is None:
                return found

    assert asked() == ids[::-1]
    assert asked(of=PIET) == ids[1::-1]
    assert asked(reviewer="Ines") == [ids[2], ids[0]]
    assert asked(decision="different") == [ids[1]]
    assert asked(of=MIRA, reviewer="Olaf") == [ids[1]]
    at = read.review(graph, ids[1])["at"]
    assert asked(since=at) == [ids[2], ids[1]]
    assert asked(until=at) == [ids[1], ids[0]]
    assert asked(of="ent-0") == []
