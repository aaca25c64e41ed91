"""What an assertion came through; the labelled sentences are in ``tests/eval/outlets/roles.jsonl``."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ingest.claims.cites import Cites
from ingest.claims.outlets import OutletSpan, named_in
from ingest.model import Cite, Id, Outlet, Span, outlet_id
from tests.eval.marked import unmarked

REUTERS = Outlet(outlet_id(domain="reuters.com", name=""), "Reuters", "reuters.com", "GB", "agency")


def cited(
    marked: str, *, linked: tuple[OutletSpan, ...] = (), speaker: Id | None = None, own: Id | None = None
) -> tuple[Cite, ...]:
    text, attributions = unmarked(marked)
    cites = Cites(text, [Span(0, len(text))], attributions.values(), named_in(text, own=None), linked, own)
    return cites.of(attributions[1], speaker)


def test_the_evidence_is_where_the_outlet_is_named_and_linked() -> None:
    link = OutletSpan(12, 24, REUTERS)
    (cite,) = cited("[s1 Peskov] [c1 told] Reuters and later Reuters [x1 that it was late].", linked=(link,))
    assert (cite.name, cite.domain, cite.role) == ("Reuters", "reuters.com", "via")
    assert cite.spans == (Span(12, 19),)
    (cite,) = cited("[s1 Peskov] [c1 told] Reuters [x1 that it was late].", linked=(OutletSpan(27, 35, REUTERS),))
    assert cite.spans == (Span(12, 19), Span(27, 35))


def test_a_speaker_came_through_nobody_but_the_report_that_is_quoted() -> None:
    (guardian,) = named_in("the Guardian", None)
    speaker = guardian.outlet.id
    assert cited("[s1 The Guardian] [c1 told] its readers [x1 that it was late].", speaker=speaker) == ()
    (cite,) = cited("[x1 It was late], [c1 according to] [s1 a report in the Guardian].", speaker=speaker)
    assert (cite.id, cite.role) == (speaker, "quoted")


def test_the_pages_own_outlet_is_no_news_of_a_link_or_a_dateline() -> None:
    marked = "LONDON (Reuters) - [s1 Peskov] [c1 said] [x1 that it was late]."
    assert [cite.name for cite in cited(marked, linked=(OutletSpan(19, 25, REUTERS),))] == ["Reuters"]
    assert cited(marked, linked=(OutletSpan(19, 25, REUTERS),), own=REUTERS.id) == ()


def test_a_dateline_comes_after_what_the_sentence_says() -> None:
    found = cited("LONDON (Reuters) - [s1 Peskov] [c1 told] TASS [x1 that it was late].")
    assert [(cite.name, cite.role) for cite in found] == [("TASS", "via"), ("Reuters", "via")]


def test_a_remark_behind_a_sentence_thanks_the_outlet_for_it() -> None:
    text, attributions = unmarked("[x1 It was late], [s1 she] [c1 wrote]. (h/t TASS) She left. (via the BBC)")
    first = Span(0, text.index(" (h/t"))
    sentences = [first, *(Span(text.index(one), text.index(one) + len(one)) for one in ("(h/t TASS)", "She left."))]
    cites = Cites(text, sentences, attributions.values(), named_in(text, own=None), ())
    assert [(cite.name, cite.role) for cite in cites.of(attributions[1], None)] == [("TASS", "via")]


_PIECES = st.lists(
    st.sampled_from(
        ["[s1 Ann]", "[c1 told]", "[x1 it is late]", "TASS", "the BBC", "said", "on", "in", "CNN's", ".", "by"]
    ),
    max_size=20,
)


@given(_PIECES)
def test_each_outlet_is_cited_once_and_its_places_are_in_the_text(pieces: list[str]) -> None:
    text, attributions = unmarked(" ".join(pieces))
    cites = Cites(text, [Span(0, len(text))], attributions.values(), named_in(text, None), [])
    for attribution in attributions.values():
        found = cites.of(attribution, None)
        assert len({cite.id for cite in found}) == len(found)
        assert all(cite.spans and cite.spans[-1].end <= len(text) for cite in found)
