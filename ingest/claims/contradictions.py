"""Contradictions: two assertions of one page that cannot both be true, as a judge of pairs finds.

Raised by the later one against the earlier; a speaker may contradict an own earlier statement. Pairs are looked for
among assertions that are near in meaning; what a denial answers to is no contradiction besides.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from ingest.claims.matching import PairJudge
from ingest.claims.targets import Page
from ingest.model import BODY, Assertion, Id

LEAST: Final = 0.7
"""A pair contradicts one another at least so likely."""

_NEAR: Final = 0.5
_MOST: Final = 2_000
_NEIGHBOURS: Final = 8
_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two assertions, the earlier first; ``own`` tells that one speaker made both."""

    earlier: Assertion
    later: Assertion
    own: bool
    confidence: float
    method: str


def contradictions(page: Page, judge: PairJudge, known: Collection[tuple[Id, Id]]) -> Iterator[Contradiction]:
    """The contradictions of a page, each pair once; ``known`` are pairs, in either order, that are disputes already."""
    said = [one for one in page.assertions if one.polarity == "affirmed" and len(page.words(one).all) > 1][:_MOST]
    pairs = [pair for pair in _near(said, judge) if pair not in known and pair[::-1] not in known]
    by_id = {one.id: one for one in said}
    relations = judge.relate([(by_id[a].text[:_LONGEST], by_id[b].text[:_LONGEST]) for a, b in pairs]) if pairs else []
    for (a, b), relation in zip(pairs, relations, strict=True):
        if relation.contradicts < LEAST:
            continue
        earlier, later = (
            sorted((by_id[a], by_id[b]), key=_order)
            if _same_clock(by_id[a], by_id[b])
            else sorted((by_id[a], by_id[b]), key=_place)
        )
        own = earlier.speaker is not None and later.speaker is not None and earlier.speaker.id == later.speaker.id
        yield Contradiction(earlier, later, own, round(relation.contradicts, 4), relation.method)


def _near(said: Sequence[Assertion], judge: PairJudge) -> Iterator[tuple[Id, Id]]:
    """Pairs of assertions near in meaning; none of which one carries, or says again, the other."""
    if len(said) < 2:
        return
    vectors = judge.embed([one.text[:_LONGEST] for one in said])
    seen: set[tuple[Id, Id]] = set()
    for at in range(0, len(said), 256):
        near = vectors[at : at + 256] @ vectors.T
        for row in range(near.shape[0]):
            near[row, at + row] = -1.0
            for other in np.argsort(-near[row])[:_NEIGHBOURS]:
                one, two = said[at + row], said[int(other)]
                if near[row, other] < _NEAR or _carries(one, two) or one.text == two.text:
                    continue
                pair = (min(one.id, two.id), max(one.id, two.id))
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def _carries(one: Assertion, two: Assertion) -> bool:
    if one.reported_in == two.id or two.reported_in == one.id:
        return True
    return one.container == two.container and any(
        a.start < b.end and b.start < a.end for a in one.content for b in two.content
    )


def _same_clock(one: Assertion, two: Assertion) -> bool:
    """Whether both times are of a kind that can be compared: the text's own, or when each was posted."""
    if one.asserted_at is None or two.asserted_at is None:
        return False
    return (one.asserted_at.tzinfo is None) == (two.asserted_at.tzinfo is None)


def _order(one: Assertion) -> tuple[object, ...]:
    return (one.asserted_at, *_place(one))


def _place(one: Assertion) -> tuple[int, int, str]:
    return (-1 if one.container == BODY else one.container, one.content[0].start, one.id)
