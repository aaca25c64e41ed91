"""Asking the graph: every filter from every start gives what a plain loop over the same pages gives."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph import read
from graph.driver import Graph
from graph.errors import NotFoundError
from graph.read import Matching, Page, Words
from graph.schema import apply
from graph.store import Store
from ingest.model import claim_id, entity_id, outlet_id
from tests.graph.corpus import DAY, Held, corpus, held, walk

ADA = entity_id("person", "Ada Brandt")
BRAM = entity_id("person", "Bram Dahl")
ESME = entity_id("person", "Esme Falk")
HERALD = outlet_id(domain=None, name="Herald")
COURIER = outlet_id(domain="courier.example", name="")
PAGES = corpus()
EVERY = held(PAGES)
READER = next(one.assertion.speaker.id for one in EVERY if one.own_comment and one.assertion.speaker)

FILTERS = {
    "everything": Matching(),
    "speaker": Matching(speaker=ADA),
    "account": Matching(speaker=READER),
    "nobody": Matching(speaker="ent-00000000000000000000"),
    "cited outlet": Matching(outlet=HERALD),
    "publishing outlet": Matching(outlet=COURIER),
    "entity": Matching(entity=ADA),
    "document": Matching(document=PAGES[3].document.id),
    "claim": Matching(claim=claim_id(PAGES[2].assertions[0].id)),
    "own": Matching(directness="own"),
    "direct": Matching(directness="direct"),
    "mixed": Matching(directness="mixed"),
    "since": Matching(since=DAY + timedelta(days=2)),
    "until": Matching(until=DAY + timedelta(days=1)),
    "a day": Matching(since=DAY + timedelta(days=1), until=DAY + timedelta(days=1)),
    "confidence": Matching(min_confidence=0.55),
    "words": Matching(words=Words.of("bridge crowns")),
    "phrase": Matching(words=Words.of('"mill was sold"')),
    "no such words": Matching(words=Words.of("zyzzyva")),
    "a symbol": Matching(words=Words.of("😀 old bridge")),
    "speaker and outlet": Matching(speaker=BRAM, outlet=COURIER),
    "speaker, since and confidence": Matching(speaker=ADA, since=DAY + timedelta(days=1), min_confidence=0.3),
    "entity and words": Matching(entity=ADA, words=Words.of("nothing")),
    "document and directness": Matching(document=PAGES[3].document.id, directness="own"),
}
NOTHING = {"nobody", "mixed", "no such words"}
STARTS = {"from filters": 1e12, "by time": 0.0}


@pytest.fixture(scope="module")
def filled(_session_graph: Graph) -> Graph:
    """The corpus, written once for all tests here that only read it."""
    from tests.conftest import EMPTY

    _session_graph.execute(EMPTY)
    apply(_session_graph)
    stored = list(Store(_session_graph).put_many(PAGES))
    assert len(stored) == len(PAGES)
    return _session_graph


@pytest.fixture(params=STARTS)
def start(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "SCAN_SHARE", STARTS[request.param])


@pytest.mark.usefixtures("start")
@pytest.mark.parametrize("name", FILTERS)
def test_assertions_are_those_that_match_once_each_and_in_order(filled: Graph, name: str) -> None:
    wanted = FILTERS[name]
    assert name in NOTHING or any(one.matches(wanted) for one in EVERY), "nothing to find"
    found = [row["id"] for row in walk(lambda after: read.assertions(filled, wanted, limit=4, after=after))]
    assert found == [one.assertion.id for one in EVERY if one.matches(wanted)]


@pytest.mark.usefixtures("start")
@pytest.mark.parametrize("name", FILTERS)
def test_claims_are_those_of_which_assertions_match_without_what_only_comment_writers_say(
    filled: Graph, name: str
) -> None:
    wanted = FILTERS[name]

    def ask(after: Any) -> Page[Any]:
        return read.claims(filled, wanted, disputed=None, limit=4, after=after)

    rows = list(walk(ask))
    kept: list[Held] = [
        one for one in EVERY if one.matches(wanted) and (not one.own_comment or wanted.directness == "own")
    ]
    expected = [claim_id(one.assertion.id) for one in kept]
    found = [row["id"] for row in rows]
    if wanted == Matching():
        # Without a filter claims of one time stand in the order of their own ids.
        expected = [claim_id(one.assertion.id) for one in kept]
        expected.sort(key=lambda identity: (_last_seen(kept, identity), identity), reverse=True)
    assert found == expected
    assert all(len(row["assertions"]) == 1 and not row["more_assertions"] for row in rows)
    assert [claim_id(row["assertions"][0]["id"]) for row in rows] == found


def _last_seen(kept: list[Held], identity: str) -> Any:
    return next(one.key[0] for one in kept if claim_id(one.assertion.id) == identity)


def test_evidence_leads_back_to_the_characters(filled: Graph) -> None:
    rows = {row["id"]: row for row in walk(lambda after: read.assertions(filled, Matching(), limit=50, after=after))}
    assert len(rows) == len(EVERY)
    for one in EVERY:
        row, document = rows[one.assertion.id], one.page.document
        text = document.text_of(one.assertion.container)
        low, high = row["content"]
        assert text[low:high] == row["text"] == one.assertion.text
        assert text[row["context_start"] :].startswith(row["context"])
        assert row["document"]["id"] == document.id
        assert row["version"] == {
            "id": document.version,
            "title": document.title,
            "language": "en",
            "published_at": document.published_at,
            "fetched_at": document.fetched_at,
            "sha256": document.sha256,
            "current": True,
        }
        assert (row["outlet"] and row["outlet"]["id"]) == (document.outlet and document.outlet.id)
        assert [cited["id"] for cited in row["cites"]] == [cite.id for cite in one.assertion.cites]
        assert row["claim"] == claim_id(one.assertion.id)
        assert row["asserted_at"] == one.assertion.asserted_at
        if one.assertion.container == "body":
            assert row["comment"] is None
        else:
            assert row["comment"]["index"] == one.assertion.container
            assert row["comment"]["author"]["name"] == document.comments[one.assertion.container].author


@pytest.mark.parametrize("label", ["Speaker", "Entity", "Outlet"])
@pytest.mark.parametrize("kind", [None, "person", "outlet", "account", "event"])
@pytest.mark.parametrize("document", [None, PAGES[0].document.id])
@pytest.mark.parametrize("words", [None, "brandt"])
def test_names_are_those_that_match_once_each_and_in_order(
    filled: Graph, label: read.Label, kind: str | None, document: str | None, words: str | None
) -> None:
    names = _names(label, kind, document, words)
    rows = list(
        walk(
            lambda after: read.named(
                filled, label, limit=2, after=after, kind=kind, document=document, words=Words.of(words)
            )
        )
    )
    assert [(row["name"], row["id"]) for row in rows] == sorted(names)


def _names(label: str, kind: str | None, document: str | None, words: str | None) -> set[tuple[str, str]]:
    """What a plain loop finds."""
    pages = [page for page in PAGES if document in (None, page.document.id)]
    speakers = {(one.name, one.id, one.kind) for page in pages for a in page.assertions if (one := a.speaker)}
    entities = {(one.name, one.id, one.kind) for page in pages for one in page.entities}
    outlets = {(one.outlet.name, one.outlet.id, "outlet") for page in pages for one in page.outlets}
    if document is None:
        outlets |= {(one.name, one.id, "outlet") for page in pages if (one := page.document.outlet)}
    found = {"Speaker": speakers, "Entity": entities | outlets, "Outlet": outlets}[label]
    return {
        (name, identity)
        for name, identity, its in found
        if kind in (None, its) and (words is None or words.casefold() in name.casefold().split())
    }


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, range(9)),
        ({"outlet": COURIER}, (0, 3, 6)),
        ({"words": Words.of("part 4")}, (4,)),
        ({"since": DAY + timedelta(days=3)}, (6, 8)),
        ({"until": DAY}, (0, 1)),
        ({"kind": "html", "outlet": COURIER, "until": DAY + timedelta(days=1)}, (0, 3)),
        ({"kind": "text"}, ()),
        ({"outlet": "ent-00000000000000000000"}, ()),
    ],
)
@pytest.mark.parametrize("many", [0, 1_000])
def test_documents_are_those_that_match_the_last_read_first(
    filled: Graph,
    filters: dict[str, Any],
    expected: range | tuple[int, ...],
    many: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(read, "MANY_TITLES", many)
    rows = list(walk(lambda after: read.documents(filled, limit=2, after=after, **filters)))
    assert [row["id"] for row in rows] == [PAGES[n].document.id for n in sorted(expected, reverse=True)]
    assert all(row["comments"] == 3 and row["versions"] == 1 for row in rows)


def test_a_search_gives_each_kind_once_and_walks_in_order(filled: Graph) -> None:
    kinds = ("claim", "entity", "outlet", "account", "document")
    rows = list(
        walk(lambda after: read.search(filled, Words.of("bridge") or Words(()), kinds=kinds, limit=3, after=after))
    )
    assert [(-row["score"], row["id"]) for row in rows] == sorted((-row["score"], row["id"]) for row in rows)
    expected = {claim_id(one.assertion.id) for one in EVERY if "bridge" in one.assertion.text and not one.own_comment}
    expected |= {page.document.id for page in PAGES}
    assert sorted(row["id"] for row in rows) == sorted(expected)
    ada = read.search(filled, Words(("Ada Brandt",)), kinds=("entity",), limit=5).rows
    assert [(row["type"], row["id"], row["text"]) for row in ada] == [("entity", ADA, "Ada Brandt")]


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph: read.assertion(graph, "ast-0"),
        lambda graph: read.claim(graph, "clm-0"),
        lambda graph: read.document(graph, "doc-0"),
        lambda graph: read.versions(graph, "doc-0", limit=1),
        lambda graph: read.version(graph, "ver-0"),
        lambda graph: read.comment(graph, "com-0"),
        lambda graph: read.one_named(graph, "ent-0", "Entity"),
        lambda graph: read.one_named(graph, ADA, "Outlet"),
    ],
)
def test_what_is_not_there_is_said_so(filled: Graph, ask: Callable[[Graph], object]) -> None:
    with pytest.raises(NotFoundError, match=r"^(\w{3}-0|ent-\w+): "):
        ask(filled)


@pytest.mark.parametrize(
    ("query", "pieces"),
    [
        ("gas pipeline", ("gas", "pipeline")),
        ('"gas pipeline" gas', ("gas pipeline", "gas")),
        ("gas, gas!", ("gas",)),
        ("U.S. “war”", ("U.S", "war")),
        ('a "b', ("a", "b")),
    ],
)
def test_words_of_a_query(query: str, pieces: tuple[str, ...]) -> None:
    words = Words.of(query)
    assert words is not None
    assert words.pieces == pieces


@pytest.mark.parametrize("query", ["", "  ", "!?", '""', "—"])
def test_a_query_without_words_is_refused(query: str) -> None:
    with pytest.raises(ValueError, match="no word"):
        Words.of(query)


@pytest.mark.parametrize(
    "text",
    [
        "a+b",
        "C:\\E\\Q",
        "(x)",
        "AND OR NOT",
        "wild*",
        "field:value",
        "back\\slash",
        "x~2 [a TO b]",
        "né",
        "東京",
        "a\\E.*",
    ],
)
def test_nothing_in_a_query_is_obeyed(filled: Graph, text: str) -> None:
    words = Words.of(text)
    assert words is not None
    for share in (0.0, 1e12):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(read, "SCAN_SHARE", share)
            assert read.assertions(filled, Matching(words=words), limit=5).rows == []


@given(st.text(min_size=1, max_size=40))
def test_any_query_is_words_or_refused(query: str) -> None:
    try:
        words = Words.of(query)
    except ValueError:
        return
    assert words is not None
    assert words.pieces
    assert all(words.patterns)
