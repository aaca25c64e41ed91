"""Who reports whom: in one another, in the same words, and never in a circle."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from ingest.claims.chains import carried, outwards
from ingest.model import Assertion, Cite, Id, Span, Spans, outlet_id
from tests.effort import steps

spans = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(lambda at: Span(at[0], at[0] + at[1]))


def assertion(number: int, cue: Span | None, content: Spans, source: Spans = ()) -> Assertion:
    return Assertion(
        id=Id(f"ast-{number:05}"),
        container="body",
        speaker=None,
        speaker_status="none",
        source=source,
        cue=(cue,) if cue else (),
        content=content,
        text="",
        directness="indirect",
        polarity="affirmed",
        certainty="certain",
        confidence=0.9,
        method="rule:by-hand",
    )


def pieces(many: list[Span]) -> Spans:
    """Those that follow one another, as a content's pieces do."""
    kept: list[Span] = []
    for span in sorted(many):
        if span.end > span.start and (not kept or span.start > kept[-1].end):
            kept.append(span)
    return tuple(kept)


@given(st.lists(st.tuples(st.none() | spans, st.lists(spans, min_size=1, max_size=3)), max_size=30))
def test_however_they_lie_in_one_another_following_them_ends(made: list[tuple[Span | None, list[Span]]]) -> None:
    several = [assertion(n, cue, pieces(content) or (Span(0, 1),)) for n, (cue, content) in enumerate(made)]
    found = {one.id: one for one in carried("x" * 100, several)}
    assert set(found) == {one.id for one in several}
    for one in found.values():
        seen = {one.id}
        while one.reported_in is not None:
            assert one.reported_in not in seen
            seen.add(one.reported_in)
            one = found[one.reported_in]


@given(st.lists(st.tuples(spans, st.lists(spans, min_size=1, max_size=2)), max_size=12))
def test_the_order_they_come_in_does_not_matter(made: list[tuple[Span, list[Span]]]) -> None:
    several = [assertion(n, cue, pieces(content) or (Span(0, 1),)) for n, (cue, content) in enumerate(made)]
    one = {each.id: each.reported_in for each in carried("x" * 100, several)}
    other = {each.id: each.reported_in for each in carried("x" * 100, several[::-1])}
    assert one == other


def test_a_circle_is_cut_at_its_widest() -> None:
    one = assertion(1, Span(0, 4), (Span(10, 30),))
    other = assertion(2, Span(12, 16), (Span(0, 9),))
    assert [each.reported_in for each in carried("x" * 40, [one, other])] == [None, one.id]


def test_thousands_within_one_another_cost_no_square() -> None:
    def steps_of(number: int) -> int:
        nested = [assertion(n, Span(10 * n, 10 * n + 4), (Span(10 * n + 5, 20 * number - n),)) for n in range(number)]
        told: list[Assertion] = []
        taken = steps(lambda: told.extend(carried("", nested)))
        assert [one.reported_in for one in told] == [None, *(one.id for one in nested[:-1])]
        return taken

    assert steps_of(4_000) < 2 * 16 * steps_of(250)


def cite(name: str, start: int) -> Cite:
    return Cite(outlet_id(domain=None, name=name), name, None, "quoted", (Span(start, start + 4),))


def test_outlets_stand_in_order_from_the_speaker_outwards() -> None:
    # As the BBC reports, citing TASS, Peskov told Interfax that ...
    said = assertion(1, Span(47, 51), (Span(61, 90),), (Span(40, 46),))
    names = [cite("BBC", 7), cite("TASS", 27), cite("Interfax", 52)]
    for order in itertools.permutations(names):
        assert [each.name for each in outwards(order, said)] == ["Interfax", "TASS", "BBC"]
