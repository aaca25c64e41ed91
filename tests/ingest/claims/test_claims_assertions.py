"""Assertions: from attributions, transcript turns and introduced quotations."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.model import Block, Link, Span, words_at
from tests.ingest.claims.pages import extracted, only, page

FRAGMENTS = st.sampled_from(
    [
        "Dmitry Peskov",
        " said ",
        " that it was late",
        "“",
        "”",
        '"',
        ", ",
        ". ",
        "\n\n",
        "he",
        "the BBC",
        " told ",
        "told TASS",
        "I think ",
        "who ",
        " according to ",
        "Officials",
        "İ",
        "\xa0",
        ": ",
        "?",
    ]
)
TEXTS = st.one_of(st.text(max_size=120), st.lists(FRAGMENTS, max_size=40).map("".join))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS, st.lists(st.integers(0, 150), min_size=3, max_size=3), st.sampled_from(["turn", "quote"]))
def test_the_pieces_at_an_assertions_offsets_are_its_words(text: str, comment: str, cuts: list[int], kind: str) -> None:
    first, second, third = sorted(min(cut, len(text)) for cut in cuts)
    block = Block("turn" if kind == "turn" else "quote", first, third, Span(first, second))
    document = page(text, comments=[("ann", None, comment)], blocks=[block])
    found = extracted(document)
    assert len({assertion.id for assertion in found.assertions}) == len(found.assertions)
    entities = {entity.id for entity in found.entities} | {each.outlet.id for each in found.outlets}
    for assertion in found.assertions:
        container = document.text_of(assertion.container)
        assert assertion.content
        assert words_at(container, assertion.content) == assertion.text
        for span in (*assertion.source, *assertion.cue, *assertion.content):
            assert span.end <= len(container)
        assert (assertion.speaker is None) == (assertion.speaker_status in {"none", "unresolved"})
        assert assertion.speaker is None or assertion.speaker.kind == "account" or assertion.speaker.id in entities
    for entity in found.entities:
        assert entity.mentions or entity.references
        for place in (*entity.mentions, *entity.references):
            assert place.start < place.end <= len(document.text_of(place.container))


def test_a_turn_gives_one_assertion_for_each_sentence() -> None:
    text = "Yury Ushakov: Colleagues, good day. The talks went on for two hours. Was it late? They were very frank."
    document = page(text, blocks=[Block("turn", 0, len(text), Span(0, 13))])
    found = extracted(document).assertions
    assert [each.text for each in found] == ["The talks went on for two hours.", "They were very frank."]
    assert {each.speaker.name for each in found if each.speaker} == {"Yury Ushakov"}
    assert {each.method for each in found} == {"structure:turn"}
    assert {words_at(text, each.source) for each in found} == {"Yury Ushakov"}
    assert len({each.passage for each in found}) == 1
    assert found[0].passage is not None


def test_who_is_quoted_in_a_turn_is_reported_in_it() -> None:
    text = "Yury Ushakov: The President said that it was late."
    found = extracted(page(text, blocks=[Block("turn", 0, len(text), Span(0, 13))])).assertions
    inner = next(each for each in found if each.cue)
    outer = next(each for each in found if not each.cue)
    assert inner.reported_in == outer.id
    assert inner.text == "that it was late"


@pytest.mark.parametrize(
    ("lead_in", "name", "kind"),
    [
        ("From the BBC:", "BBC", "outlet"),
        ("As Dmitry Peskov’s statement has it:", "Dmitry Peskov", "person"),
        ("Here is what Dmitry Peskov said:", "Dmitry Peskov", "person"),
    ],
)
def test_a_block_quotation_belongs_to_whom_its_lead_in_names(lead_in: str, name: str, kind: str) -> None:
    text = f"{lead_in}\n\nThe talks went on for two hours."
    start = len(lead_in) + 2
    assertion = only(page(text, blocks=[Block("quote", start, len(text), Span(0, len(lead_in)))]))
    assert assertion.speaker is not None
    assert (assertion.speaker.name, assertion.speaker.kind) == (name, kind)
    assert assertion.method == "structure:block-quote"
    assert assertion.text == "The talks went on for two hours."


@pytest.mark.parametrize("lead_in", ["And this is just tacky:", "He lives in Paris, and it goes on:"])
def test_a_lead_in_that_names_nobody_gives_nothing(lead_in: str) -> None:
    text = f"{lead_in}\n\nThe talks went on for two hours."
    document = page(text, blocks=[Block("quote", len(lead_in) + 2, len(text), Span(0, len(lead_in)))])
    assert extracted(document).assertions == ()


def test_the_same_account_is_the_one_before() -> None:
    text = "From the BBC:\n\nThe talks went on and on.\n\nFrom the same account:\n\nThey were very frank indeed."
    second = text.index("From the same")
    blocks = [
        Block("quote", 15, 40, Span(0, 13)),
        Block("quote", text.index("They"), len(text), Span(second, second + 22)),
    ]
    found = extracted(page(text, blocks=blocks)).assertions
    assert [each.speaker.name for each in found if each.speaker] == ["BBC", "BBC"]
    assert found[0].passage != found[1].passage


@pytest.mark.parametrize(
    ("text", "cites"),
    [
        ("Dmitry Peskov told TASS that it was late.", [("TASS", "via")]),
        ("In an interview with the BBC, Dmitry Peskov said that it was late.", [("BBC", "via")]),
        ("The talks will go on, according to a report in the New York Times.", [("New York Times", "quoted")]),
        ("Dmitry Peskov said that the BBC was late.", []),
        ("Dmitry Peskov said that it was late. The BBC was there.", []),
    ],
)
def test_outlets_that_it_came_through(text: str, cites: list[tuple[str, str]]) -> None:
    assert [(cite.name, cite.role) for cite in only(page(text)).cites] == cites


def test_a_link_to_an_outlet_in_the_sentence_is_cited() -> None:
    text = "Dmitry Peskov said that it was late. Then it rained."
    links = [Link("body", 14, 18, "https://www.reuters.com/world/a"), Link("body", 40, 44, "https://tass.com/b")]
    (cite,) = only(page(text, links=links)).cites
    assert (cite.name, cite.role, cite.domain) == ("Reuters", "linked", "reuters.com")
    assert cite.spans == (Span(14, 18),)


def test_when_it_was_asserted() -> None:
    day, later = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)
    document = page(
        "Peskov said that it was late.",
        comments=[("ann", None, "Peskov said that it was late.")],
        published_at=day,
        posted_at=later,
    )
    found = extracted(document).assertions
    assert [(each.asserted_at, each.asserted_at_from) for each in found] == [(day, "published"), (later, "posted")]
    assert only(page("Peskov said that it was late.")).asserted_at_from == "unknown"


def test_replies_follow_the_thread() -> None:
    document = page("Text.", comments=[("ann", None, "One."), ("bob", 0, "Two."), ("cid", None, "Three.")])
    assert [(reply.comment, reply.to, reply.stance) for reply in extracted(document).replies] == [
        (0, "body", None),
        (1, 0, None),
        (2, "body", None),
    ]
