"""Through whom an assertion reached us, and how many sources a claim really has: told by hand, and by a real graph."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from api import views
from graph import read
from graph.driver import Graph
from graph.sources import sources, through
from graph.store import Store
from ingest.model import Assertion, Cite, Extraction, Id, Outlet, OutletMention, Quote, Span, Speaker, outlet_id
from tests.factories import Said, extraction
from tests.graph.test_copies import prose

TASS = {"id": "ent-tass", "name": "TASS", "kind": "outlet"}
BBC = {"id": "ent-bbc", "name": "BBC", "kind": "outlet"}
PESKOV = {"id": "ent-peskov", "name": "Dmitry Peskov", "kind": "person"}
SOMEBODY = {"id": "ent-official", "name": "an official", "kind": "unnamed"}


def link(identity: str, speaker: Any, *cites: Any) -> dict[str, Any]:
    return {"id": identity, "speaker": speaker, "cites": [{**cite, "role": "via"} for cite in cites]}


def row(identity: str, speaker: Any = PESKOV, *cites: Any, **more: Any) -> dict[str, Any]:
    made = {
        "id": identity,
        "chain": [link(identity, speaker, *cites)],
        "quotes": [],
        "copied": None,
        "comment": None,
        "document": {"id": "doc-1", "url": None},
        "outlet": {"id": "ent-paper", "name": "Paper"},
        "writer": None,
    }
    return made | more


def shown(one: dict[str, Any]) -> list[tuple[str, str | None]]:
    return [(step["kind"], step["name"]) for step in through(one)]


def test_the_way_leads_from_the_speaker_outwards() -> None:
    one = row("ast-1", chain=[link("ast-1", PESKOV, TASS), link("ast-2", BBC)])
    assert shown(one) == [("speaker", "Dmitry Peskov"), ("cited", "TASS"), ("reported", "BBC"), ("page", "Paper")]
    comment = {"id": "com-1", "url": None, "writer": {"id": "acc-1", "name": "ann"}}
    assert shown(row("ast-1", quotes=["ast-9"], comment=comment)) == [
        ("speaker", "Dmitry Peskov"),
        ("quoted", None),
        ("comment", "ann"),
    ]
    copied = {"document": {"id": "doc-9"}, "outlet": None, "share": 0.8, "version": "ver-9"}
    assert [step["share"] for step in through(row("ast-1", None, copied=copied))] == [None, 0.8, None]


def ends(*rows: dict[str, Any]) -> list[tuple[str | None, str | None, int]]:
    found = sources(rows)
    assert found["assertions"] == len(rows)
    assert found["independent"] == len(found["ends"])
    return [
        (end["speaker"] and end["speaker"]["name"], end["through"]["name"], len(end["assertions"]))
        for end in found["ends"]
    ]


def test_pages_that_print_the_same_agency_are_one_source() -> None:
    other = {"id": "ent-other", "name": "Other"}
    assert ends(row("ast-1", PESKOV, TASS), row("ast-2", PESKOV, TASS, outlet=other)) == [("Dmitry Peskov", "TASS", 2)]
    # The agency's own page too.
    assert ends(row("ast-1", PESKOV, TASS), row("ast-2", PESKOV, outlet=TASS)) == [("Dmitry Peskov", "TASS", 2)]


def test_who_reports_is_the_source_where_nothing_is_cited() -> None:
    carried = row("ast-1", chain=[link("ast-1", PESKOV), link("ast-2", BBC, TASS)])
    assert ends(carried, row("ast-3", PESKOV, BBC)) == [("Dmitry Peskov", "BBC", 2)]


def test_each_page_that_heard_it_itself_is_a_source() -> None:
    other = {"id": "ent-other", "name": "Other"}
    assert len(ends(row("ast-1"), row("ast-2", outlet=other))) == 2
    assert len(ends(row("ast-1"), row("ast-2", {**PESKOV, "id": "ent-x"}))) == 2


def test_copies_and_quotations_are_folded() -> None:
    agency = {"document": {"id": "doc-9"}, "outlet": TASS, "share": 0.8, "version": "ver-9"}
    comment = {"id": "com-1", "url": None, "writer": None}
    assert ends(
        row("ast-1", outlet=TASS),
        row("ast-2", copied=agency),
        row("ast-3", quotes=["ast-2"], comment=comment),
        row("ast-4", quotes=["ast-3", "ast-elsewhere"], comment={**comment, "id": "com-2"}),
    ) == [("Dmitry Peskov", "TASS", 4)]


def test_quotations_that_go_round_in_a_circle_end() -> None:
    comment = {"id": "com-1", "url": None, "writer": None}
    found = ends(
        row("ast-1", quotes=["ast-2"], comment=comment),
        row("ast-2", quotes=["ast-1"], comment={**comment, "id": "com-2"}),
    )
    assert sum(number for _, _, number in found) == 2


def test_unnamed_speakers_through_one_outlet_count_once() -> None:
    assert ends(row("ast-1", SOMEBODY, TASS), row("ast-2", None, TASS)) == [(None, "TASS", 2)]


def test_nothing_has_no_source() -> None:
    assert sources([]) == {"assertions": 0, "independent": 0, "ends": []}


# --- in the graph ------------------------------------------------------------------------------------------------

NEWS = "Mira Holm told Herald “the bridge is safe”. " + prose(60, 9)


def site(name: str, text: str, day: int, *comments: Said) -> Extraction:
    published = datetime(2026, 2, 1, tzinfo=UTC) + timedelta(days=day)
    return extraction(
        text, comments, url=f"https://{name}.example/1", outlet=f"{name}.example", author=None, published_at=published
    )


def one_claim(graph: Graph, *assertions: Assertion) -> str:
    """As if all of them had been found to be one claim."""
    ids = [one.id for one in assertions]
    graph.execute(
        "MATCH (c:Claim)<-[e:EXPRESSES]-(a:Assertion) WHERE a.id IN $ids DELETE e WITH a "
        "MERGE (c:Claim {id: 'clm-together'}) SET c.text = 'together', c.disputed = 'no', c.formerIds = [], "
        "c.firstSeen = a.seenAt, c.lastSeen = a.seenAt MERGE (a)-[:EXPRESSES {score: 1.0, method: 'rule:test'}]->(c)",
        {"ids": ids},
    )
    return "clm-together"


def test_copies_in_the_graph_are_one_source(graph: Graph) -> None:
    store = Store(graph)
    told = "Mira Holm said “the bridge is safe”. " + prose(60, 9)
    agency, paper = site("agency", told, 0), site("paper", told + " More soon.", 1)
    blog = site("blog", "Mira Holm said “the bridge is safe”.", 2)
    for one in (paper, blog, agency):
        store.put(one)
    claim = one_claim(graph, *(page.assertions[0] for page in (agency, paper, blog)))
    found = read.claim_sources(graph, claim)
    assert (found["assertions"], found["independent"]) == (3, 2)
    assert [(end["through"]["name"], len(end["assertions"])) for end in found["ends"]] == [("Agency", 2), ("Blog", 1)]
    reached = read.reached(graph, paper.assertions[0].id)
    assert [(step["kind"], step["name"]) for step in reached["through"]] == [
        ("speaker", "Mira Holm"),
        ("copied", "Agency"),
        ("page", "Paper"),
    ]
    detail = views.assertion_detail(read.assertion(graph, paper.assertions[0].id), reached)
    assert detail.through[1].share is not None
    assert detail.sources.independent == 2
    assert (
        views.claim_detail(read.claim(graph, claim), found, read.claim_sides(graph, claim)).sources.ends[0].through.name
        == "Agency"
    )


def test_chains_in_the_graph(graph: Graph) -> None:
    made = site("paper", NEWS, 0, Said("ann", "Mira Holm said “the bridge is safe”."))
    inner, repeated = made.assertions
    gazette = Outlet(outlet_id(domain=None, name="Gazette"), "Gazette")
    outer = replace(
        inner,
        id=Id("ast-outer"),
        speaker=Speaker(gazette.id, "Gazette", "outlet", "rule:test", 0.9),
        cites=(Cite(gazette.id, "Gazette", None, "linked"),),
    )
    made = replace(
        made,
        assertions=(replace(inner, reported_in=outer.id), outer, repeated),
        outlets=(*made.outlets, OutletMention(gazette, (), "rule:test", 0.9)),
        quotes=(Quote(0, (Span(16, 34),), "body", inner.content, (inner.id,), "rule:test", 0.9),),
    )
    Store(graph).put(made)
    steps = read.reached(graph, inner.id)["through"]
    assert [(step["kind"], step["name"], step["role"]) for step in steps] == [
        ("speaker", "Mira Holm", None),
        ("cited", "Herald", "via"),
        ("reported", "Gazette", None),
        ("cited", "Gazette", "linked"),
        ("page", "Paper", None),
    ]
    steps = read.reached(graph, repeated.id)["through"]
    assert [(step["kind"], step["name"], step["assertion"]) for step in steps[1:]] == [
        ("quoted", None, inner.id),
        ("comment", "ann", None),
    ]
    claim = one_claim(graph, inner, repeated)
    assert [end["through"]["name"] for end in read.claim_sources(graph, claim)["ends"]] == ["Herald"]


def test_a_circle_that_somebody_drew_by_hand_ends(graph: Graph) -> None:
    made = site("paper", "Mira Holm said “it is safe”. Piet Lind said “it is not”.", 0)
    first, second = made.assertions
    Store(graph).put(
        replace(made, assertions=(replace(first, reported_in=second.id), replace(second, reported_in=first.id)))
    )
    assert read.reached(graph, first.id)["through"][-1]["kind"] == "page"
