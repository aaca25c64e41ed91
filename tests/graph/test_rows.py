"""Rows and plans, without a database."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from graph.plan import Known, KnownText, changes, continued, unchanged, without, words_of
from graph.rows import NAME_LIMIT, Row, merged, moment, rows_of, times
from ingest.model import (
    Entity,
    Extraction,
    Id,
    Mention,
    Outlet,
    OutletMention,
    account_id,
    entity_id,
    outlet_id,
)
from tests.factories import FETCHED, METHOD, Said, extraction
from tests.synthetic import page

BODY = "Mira Holm said “the bridge is safe”.\n\nPiet Lind told Herald “it costs nine crowns”."
THREAD = (Said("Otto", "I say it is not safe"), Said("Rosa", "I say Otto is right", to=0, stance="agree"))


def stored(made: Extraction) -> Known:
    """What the graph holds once this extraction was put."""
    rows = rows_of(made)
    return Known(
        reading=rows.reading,
        fetched_at=rows.fetched_at,
        current=rows.version,
        versions={rows.version: KnownText(rows.texts[rows.version].reading, rows.fetched_at)},
        comments={c.id: KnownText(rows.texts[c.id].reading, rows.fetched_at) for c in rows.comments},
        shows={(rows.version, c.id): {"position": c.position, "depth": c.depth} for c in rows.comments},
    )


def test_times_are_instants_in_utc() -> None:
    there = datetime(2026, 1, 1, 12, tzinfo=timezone(timedelta(hours=3)))
    assert moment(there) == (datetime(2026, 1, 1, 9, tzinfo=UTC), False)
    assert times("postedAt", there) == {"postedAt": datetime(2026, 1, 1, 9, tzinfo=UTC)}
    assert times("postedAt", datetime(2026, 1, 1, 12)) == {
        "postedAt": datetime(2026, 1, 1, 12, tzinfo=UTC),
        "postedAtZoneAssumed": True,
    }
    assert times("postedAt", None) == {}


def test_an_assertion_is_a_row_with_flat_spans_and_without_nulls() -> None:
    made = extraction(BODY, THREAD)
    rows = rows_of(made)
    text = rows.texts[made.document.version]
    row = text.assertions[1]
    assert text.wordings[row["id"]].text == "it costs nine crowns"
    assert row["properties"]["content"] == [61, 81]
    assert BODY[61:81] == row["properties"]["text"]
    own = rows.texts[made.document.comments[0].id].assertions[0]["properties"]
    assert not {"source", "cue", "passage"} & own.keys()
    assert None not in own.values()


def test_names_and_pronouns_of_one_text_are_one_row() -> None:
    made = extraction("Mira Holm came. Mira Holm went. She sang.")
    who = entity_id("person", "Mira Holm")
    mentions = (Mention("body", 16, 25), Mention("body", 0, 9))
    entity = Entity(who, "Mira Holm", "person", mentions, (Mention("body", 32, 35),), ("Holm",), METHOD, 0.9)
    rows = rows_of(replace(made, entities=(entity,)))
    assert rows.texts[made.document.version].mentions == (
        {
            "text": made.document.version,
            "entity": who,
            "properties": {"spans": [0, 9, 16, 25], "references": [32, 35], "method": METHOD, "confidence": 0.9},
        },
    )
    assert rows.entities[who]["aliases"] == ["Holm"]
    assert rows.entities[who]["labels"] == ["Person"]


def test_an_organization_that_is_an_outlet_is_one_node_with_what_is_known_of_both() -> None:
    made = extraction("Herald went.", outlet=None)
    paper = Outlet(outlet_id(domain="herald.example", name=""), "Herald", "herald.example")
    named = Entity(paper.id, "The Herald", "organization", (Mention("body", 0, 6),), aliases=("Herald",))
    found = OutletMention(paper, (Mention("body", 0, 6),), METHOD, 0.9)
    row = rows_of(replace(made, entities=(named,), outlets=(found,))).entities[paper.id]
    assert row["labels"] == ["Outlet", "Organization"]
    assert (row["name"], row["aliases"], row["domain"]) == ("The Herald", ["Herald"], "herald.example")


def test_a_name_that_is_too_long_for_an_index_is_cut() -> None:
    rows = rows_of(extraction(BODY, author="𝔘" * 10_000))
    assert rows.author is not None
    name = rows.accounts[rows.author]["name"]
    assert len(name) == NAME_LIMIT
    assert name.endswith("…")


def test_a_reading_is_the_same_for_the_same_findings_only() -> None:
    made = extraction(BODY, THREAD)
    reading = rows_of(made).reading
    assert rows_of(extraction(BODY, THREAD, fetched_at=FETCHED + timedelta(days=1))).reading == reading
    others = [
        extraction(BODY, THREAD, confidence=0.5),
        extraction(BODY, THREAD, method="rule:other"),
        extraction(BODY, THREAD, author="Somebody"),
        extraction(BODY, THREAD, outlet="herald.example"),
        extraction(BODY, THREAD, published_at=None),
        extraction(BODY, THREAD[:1]),
        extraction(BODY, (THREAD[0], replace(THREAD[1], stance="disagree"))),
        replace(made, entities=()),
        replace(made, outlets=()),
        replace(made, assertions=made.assertions[1:]),
    ]
    assert len({reading, *(rows_of(other).reading for other in others)}) == len(others) + 1


def test_what_the_graph_holds_needs_nothing() -> None:
    made = extraction(BODY, THREAD)
    rows = rows_of(made)
    assert not changes(rows, stored(made))
    assert unchanged(rows, rows.reading, rows.fetched_at)
    assert not unchanged(rows, rows.reading, rows.fetched_at + timedelta(seconds=1))
    assert not unchanged(rows, None, None)


def test_a_new_page_needs_everything() -> None:
    rows = rows_of(extraction(BODY, THREAD))
    changed = changes(rows, Known())
    assert {change.rows.id for change in changed.texts} == set(rows.texts)
    assert all(change.current and not change.exists for change in changed.texts)
    assert (len(changed.comments), len(changed.shows), len(changed.replies), len(changed.answers)) == (2, 2, 1, 1)
    assert changed.version is not None
    assert changed.document is not None
    assert (changed.retired, changed.order) == ((), {})


def test_a_grown_thread_needs_the_new_comment_only() -> None:
    grown = extraction(BODY, (*THREAD, Said("Nils", "Well")), fetched_at=FETCHED + timedelta(hours=1))
    changed = changes(rows_of(grown), stored(extraction(BODY, THREAD)))
    assert [row["properties"]["text"] for row in changed.comments] == ["Well"]
    assert [change.rows.id for change in changed.texts] == [row["id"] for row in changed.comments]
    assert len(changed.shows) == 1
    assert (changed.version, changed.retired) == (None, ())


def test_an_older_fetch_makes_nothing_current() -> None:
    older = extraction("Before.", (*THREAD, Said("Nils", "Well")), fetched_at=FETCHED - timedelta(hours=1))
    changed = changes(rows_of(older), stored(extraction(BODY, THREAD)))
    assert changed.document is None
    assert changed.version is not None
    assert changed.version["properties"]["current"] is False
    assert changed.retired == ()
    shown = {change.rows.id: change.current for change in changed.texts}
    assert [shown[comment.id] for comment in older.document.comments] == [True, True, False]


def test_words_are_matched_in_the_order_of_the_text() -> None:
    text = "Ada: no. Ada: no. Bram: no."

    def at(identity: str, source: int, content: int) -> Row:
        return {"id": identity, "text": "no", "content": [content, content + 2], "source": [source, source + 3]}

    before = words_of(text, [at("b", 9, 14), at("a", 0, 5), at("c", 18, 24)])
    after = words_of(text, [at("y", 9, 14), at("x", 0, 5)])
    assert continued(after, before) == [{"later": "x", "earlier": "a"}, {"later": "y", "earlier": "b"}]
    assert continued(before, after) == [{"later": "a", "earlier": "x"}, {"later": "b", "earlier": "y"}]


def test_a_forgotten_account_leaves_rows_without_its_words() -> None:
    made = extraction(BODY, THREAD)
    otto = account_id(made.document.site, "Otto")
    rows = without(rows_of(made), {otto})
    first = rows.comments[0]
    assert first.properties == {"id": first.id, "text": "", "sha256": made.document.sha256, "forgotten": True}
    assert first.author is None
    assert not rows.texts[first.id].assertions
    assert otto not in rows.accounts
    assert rows.comments[1] == rows_of(made).comments[1]
    assert without(rows_of(made), {Id("acc-unknown")}) == rows_of(made)


NAMES = st.sampled_from(["BBC", "bbc", "bbc.co.uk", "BBC News", "BBC NEWS", "Bbc News", "Ó Cualáin", "x.y z"])
ENTITIES = st.builds(
    lambda name, aliases, domain, country: {
        "id": "ent-1",
        "name": name,
        "kind": "organization",
        "aliases": sorted(aliases),
        "labels": ["Outlet"],
        "domain": domain,
        "country": country,
        "medium": None,
    },
    NAMES,
    st.sets(NAMES, max_size=3),
    st.sampled_from([None, "bbc.co.uk", "bbc.com"]),
    st.sampled_from([None, "GB", "US"]),
)


@given(st.lists(ENTITIES, min_size=2, max_size=4))
def test_shared_nodes_are_merged_the_same_in_any_order(entities: list[Row]) -> None:
    results = []
    for order in permutations(entities):
        row = order[0]
        for other in order[1:]:
            row = merged(row, other)
        results.append(row)
    assert all(result == results[0] for result in results)


def test_synthetic_pages_are_the_same_every_time() -> None:
    assert page(7) == page(7)
    assert page(7) != page(8)
