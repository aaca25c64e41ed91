"""What stays of texts that are written again; tests of the store show that statements name ties in the same way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from graph import ties
from graph.plan import Changes, Known, KnownText, changes
from graph.rows import DocumentRows, rows_of
from ingest.model import account_id, entity_id, outlet_id
from tests.factories import FETCHED
from tests.graph.disputing import checked, page

NAME = "Zoe Bell told Herald “The tap is safe”. More at https://away.example/it as of now."


def change(rows: DocumentRows, *, there: bool, reread: bool = False) -> Changes:
    """What an earlier fetch changes where the graph has the same, or another reading of it."""

    def held(reading: str) -> KnownText:
        return KnownText("other" if reread else reading, rows.fetched_at)

    texts = {identity: held(text.reading) for identity, text in rows.texts.items() if there}
    known = Known(
        reading=rows.reading,
        fetched_at=rows.fetched_at,
        current=rows.version,
        versions={one: text for one, text in texts.items() if one == rows.version},
        comments={one: text for one, text in texts.items() if one != rows.version},
    )
    return changes(replace(rows, fetched_at=rows.fetched_at - timedelta(hours=1)), known if there else Known())


def test_what_a_text_is_tied_to_is_named_by_kind_target_and_address() -> None:
    found = page(NAME)
    rows = rows_of(found)
    body, first, reply = (row for row in ties.of_texts([change(rows, there=True)]))
    zoe, herald = entity_id("person", "Zoe Bell"), outlet_id(domain=None, name="Herald")
    link = next(iter(rows.texts[rows.version].links))
    assert set(body["keep"]) >= {f"MENTIONS {zoe} ", f"LINKS_TO {link['document']} https://away.example/it"}
    assert f"MENTIONS {herald} " in body["keep"]
    assert reply["keep"] == [f"REPLY_TO {first['text']} "]
    assert [row["linked"] for row in (body, first, reply)] == [True, True, True]


def test_nothing_is_kept_of_what_is_not_there_and_no_quotation_of_links_of_another_reading() -> None:
    rows = rows_of(page(NAME))
    new = [change(rows, there=False)]
    assert ties.of_texts(new) == ties.of_disputes(new) == ties.of_fact_checks(new) == []
    assert {row["linked"] for row in ties.of_texts([change(rows, there=True, reread=True)])} == {False}


def test_assertions_are_tied_to_speakers_and_outlets_by_role_and_order() -> None:
    found = page(NAME)
    [said, own] = [one.id for one in found.assertions]
    kept = ties.of_assertions([change(rows_of(found), there=True)], {said, "ast-unread"})
    assert own not in {row["assertion"] for row in kept}
    assert {row["assertion"]: set(row["keep"]) for row in kept} == {
        said: {
            f"ASSERTED {entity_id('person', 'Zoe Bell')}  ",
            f"CITES {outlet_id(domain=None, name='Herald')} via 0",
        },
        "ast-unread": set(),
    }


def test_disputes_are_tied_to_places_targets_and_who_raised_them() -> None:
    found = checked(page(NAME))
    rebutted = found.disputes[0]
    assert rebutted.target is not None
    body, first, reply = ties.of_disputes([change(rows_of(found), there=True)])
    assert first["keep"] == []
    assert reply["keep"] == [
        f"{rebutted.id} STATED_IN {reply['text']}",
        f"{rebutted.id} AGAINST {rebutted.target.assertion}",
        f"{rebutted.id} RAISED {account_id(found.document.site, 'ivo')}",
    ]
    assert len(body["keep"]) == 2, "the fact-check's dispute is against no assertion"
    [check] = found.fact_checks
    assert ties.of_fact_checks([change(rows_of(found), there=True)]) == [f"{check.id} {body['text']}"]
    assert ties.of_fact_checks([change(rows_of(found), there=True, reread=True)]) == []
    assert found.document.fetched_at == FETCHED
