"""Copies and quotations between texts: decided from the words alone, and the same from any order."""

from __future__ import annotations

import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.copies import LEAST_WORDS, copies
from graph.driver import Graph
from graph.store import Store
from ingest.model import Container, Extraction, Id, Quote, Span
from tests.factories import FETCHED, Said, extraction

FIRST = datetime(2026, 2, 1, 8, tzinfo=UTC)
NAMES = ["bridge", "council", "storm", "ferry", "harbour", "mill", "school", "road", "money", "water"]


def prose(words: int, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(f"{rng.choice(NAMES)}{rng.randrange(200)}" for _ in range(words)) + "."


AGENCY = prose(200, 1)


def row(identity: str, text: str, day: int) -> dict[str, Any]:
    return {"id": identity, "text": text, "at": FIRST + timedelta(days=day)}


def test_the_later_one_is_the_copy_and_tells_how_much_of_it_is() -> None:
    copy = f"{prose(50, 2)} {AGENCY} {prose(30, 3)}"
    found = [{"version": row("ver-b", AGENCY, 1), "others": [row("ver-a", copy, 2)]}]
    (one,) = copies(found)
    assert (one["later"], one["earlier"]) == ("ver-a", "ver-b")
    assert one["properties"]["share"] == pytest.approx(200 / 280, abs=0.0001)
    start, end = one["properties"]["spans"]
    assert copy[start:end] == AGENCY.removesuffix(".")
    assert copies([{"version": found[0]["others"][0], "others": [found[0]["version"]]}]) == [one]


def test_at_the_same_time_the_id_decides() -> None:
    found = [{"version": row("ver-b", AGENCY, 1), "others": [row("ver-a", AGENCY, 1)]}]
    assert [(one["later"], one["earlier"]) for one in copies(found)] == [("ver-b", "ver-a")]


@pytest.mark.parametrize(
    ("later", "earlier"),
    [
        (f"{AGENCY} {prose(220, 4)}", AGENCY),  # less than half of it
        (prose(LEAST_WORDS - 1, 5), prose(LEAST_WORDS - 1, 5)),  # too short
        (" ".join(reversed(AGENCY.split())), AGENCY),  # the same words in another order
    ],
)
def test_what_is_no_copy(later: str, earlier: str) -> None:
    assert copies([{"version": row("ver-a", later, 2), "others": [row("ver-b", earlier, 1)]}]) == []


# --- in the graph ------------------------------------------------------------------------------------------------


def site(name: str, text: str, day: int | None, **options: Any) -> Extraction:
    published = None if day is None else FIRST + timedelta(days=day)
    return extraction(
        text, url=f"https://{name}.example/1", outlet=f"{name}.example", published_at=published, **options
    )


def copied(graph: Graph) -> dict[tuple[str, str], float]:
    rows = graph.execute(
        "MATCH (later:Version)-[c:COPIES]->(earlier:Version) "
        "MATCH (later)-[:VERSION_OF]->(a:Document) MATCH (earlier)-[:VERSION_OF]->(b:Document) "
        "RETURN split(split(a.url, '//')[1], '.')[0] AS later, split(split(b.url, '//')[1], '.')[0] AS earlier, "
        "c.share AS share",
        mode="read",
    )
    assert len({(one["later"], one["earlier"]) for one in rows}) == len(rows)
    return {(one["later"], one["earlier"]): one["share"] for one in rows}


PAGES = (
    site("agency", AGENCY, 0),
    site("paper", f"{prose(20, 6)} {AGENCY}", 2),
    site("blog", f"{AGENCY} {prose(20, 7)}", None),  # read on 1 March, so the last
    site("other", prose(200, 8), 1),
)
EDGES = {("paper", "agency"): 0.9091, ("blog", "agency"): 0.9091, ("blog", "paper"): 0.9091}


def test_copies_are_the_same_whatever_order_pages_come_in(graph: Graph) -> None:
    store = Store(graph)
    for order in itertools.permutations(PAGES):
        graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
        for one in order:
            store.put(one)
        assert copied(graph) == EDGES
    graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
    assert len(list(store.put_many(PAGES))) == 4
    assert copied(graph) == EDGES


def test_two_that_come_at_once_see_one_another(graph: Graph) -> None:
    store = Store(graph)
    many = [site(f"site{n}", f"{prose(10, 20 + n)} {AGENCY}", n) for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(store.put, many))
    assert copied(graph).keys() == {(f"site{a}", f"site{b}") for a in range(8) for b in range(a)}


def test_versions_of_one_page_are_no_copies(graph: Graph) -> None:
    store = Store(graph)
    store.put(site("agency", AGENCY, 0))
    store.put(site("agency", f"{AGENCY} Corrected.", 0, fetched_at=FETCHED + timedelta(hours=1)))
    assert copied(graph) == {}


def test_another_time_of_publication_turns_a_copy_around(graph: Graph) -> None:
    store = Store(graph)
    store.put(site("agency", AGENCY, 5))
    store.put(site("paper", AGENCY, 2))
    assert copied(graph) == {("agency", "paper"): 1.0}
    store.put(site("agency", AGENCY, 0, fetched_at=FETCHED + timedelta(hours=1)))
    assert copied(graph) == {("paper", "agency"): 1.0}


def test_forgetting_a_page_takes_its_copies_out(graph: Graph) -> None:
    store = Store(graph)
    put = [store.put(one) for one in PAGES[:2]]
    store.forget(put[0].document)
    assert copied(graph) == {}


BODY = "Mira Holm said “the bridge is safe and will be open to all again soon”."


def quoting(method: str = "rule:test") -> Extraction:
    """A comment that repeats the page's one assertion, and the page's first words."""
    made = extraction(
        BODY, [Said("Otto", "> the bridge is safe and will be open to all again soon"), Said("Rosa", "No.")]
    )
    (said,) = made.assertions
    there: Container = "body"
    return replace(
        made,
        quotes=(
            Quote(0, (Span(2, 30),), there, said.content, (said.id,), method, 0.9),
            Quote(0, (Span(31, 57),), there, said.content, (said.id,), method, 0.8),
            Quote(1, (Span(0, 2),), there, (Span(0, 9),), (), method, 0.7),
        ),
    )


def quoted(graph: Graph) -> list[tuple[str, str, list[int]]]:
    rows = graph.execute(
        "MATCH (t:Text)-[q:QUOTES]->(x) RETURN t.id AS text, x.id AS to, q.spans AS spans, q.confidence AS confidence "
        "ORDER BY text",
        mode="read",
    )
    return [(one["text"], one["to"], one["spans"]) for one in rows]


def test_quotations_lead_to_assertions_or_else_to_texts(graph: Graph) -> None:
    made = quoting()
    store = Store(graph)
    store.put(made)
    first, second = made.document.comments
    expected = sorted([(first.id, made.assertions[0].id, [2, 30, 31, 57]), (second.id, made.document.version, [0, 2])])
    assert quoted(graph) == expected
    store.put(quoting())
    assert quoted(graph) == expected
    # Another reading that finds none takes them away.
    store.put(replace(made, quotes=()))
    assert quoted(graph) == []


HERALD = (
    "Piet Lind said “the mill was never sold to anybody at all by the council”. "
    "Nobody here knows who owns the mill today."
)
POST = (
    "See https://herald.example/1 where it says “the mill was never sold to anybody at all by the council” again, "
    "and nobody here knows who owns the mill today."
)


def across(graph: Graph) -> list[tuple[str, list[str]]]:
    """What is quoted of other pages, and with which words."""
    rows = graph.execute(
        "MATCH (t:Text)-[q:QUOTES]->(x) RETURN t.text AS text, labels(x) AS labels, q.spans AS spans ORDER BY labels",
        mode="read",
    )
    return [
        (
            sorted(one["labels"])[0],
            [one["text"][a:b] for a, b in zip(one["spans"][::2], one["spans"][1::2], strict=True)],
        )
        for one in rows
    ]


def test_who_links_to_a_page_and_repeats_it_quotes_it_in_either_order(graph: Graph) -> None:
    store = Store(graph)
    herald, post = site("herald", HERALD, 1), site("blog", POST, 0)
    elsewhere = site("other", POST.replace("https://herald.example/1", "elsewhere"), 2)
    expected = [
        ("Assertion", ["the mill was never sold to anybody at all by the council"]),
        ("Text", ["nobody here knows who owns the mill today"]),
    ]
    for order in itertools.permutations((herald, post, elsewhere)):
        graph.execute("MATCH (n) WHERE NOT n:OnRecordSchema DETACH DELETE n")
        for one in order:
            store.put(one)
        assert across(graph) == expected
    store.put(site("herald", "All of it was taken back.", 1, fetched_at=FETCHED + timedelta(hours=1)))
    assert across(graph) == expected, "the version that was quoted is still there"
    store.put(site("blog", POST, 0, fetched_at=FETCHED + timedelta(hours=2), method="rule:other"))
    assert across(graph) == expected
    store.put(site("blog", "Nothing here.", 0, fetched_at=FETCHED + timedelta(hours=3)))
    assert len(across(graph)) == 2, "what an old version quoted it still quotes"


def test_a_forgotten_writer_is_quoted_no_more(graph: Graph) -> None:
    made = quoting()
    otto = made.document.comments[0]
    made = replace(made, quotes=(Quote(1, (Span(0, 2),), 0, (Span(0, 5),), (), "rule:test", 0.9),))
    store = Store(graph)
    store.put(made)
    assert [to for _, to, _ in quoted(graph)] == [otto.id]
    (account,) = graph.execute("MATCH (a:Account {name: 'Otto'}) RETURN a.id AS id", mode="read")
    store.forget(Id(account["id"]))
    assert quoted(graph) == []
    store.put(replace(made, document=replace(made.document, fetched_at=FETCHED + timedelta(hours=1), author=None)))
    assert quoted(graph) == []
