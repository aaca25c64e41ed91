"""Contradictions: two assertions of one page that cannot both be true, as a rule of the judge of pairs finds.

Raised by the later one against the earlier; a speaker may contradict an own earlier statement. Compared are assertions
that have most of their words in common, and what tells them apart must be something that can be named: a number, a
date, a negation, an antonym. A model by itself holds far too many for contraries that merely are about the same: of 70
on a page with a long thread five were, of 20 in twelve news articles none. What a denial answers to is no contradiction
besides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ingest.claims.matching import PairJudge
from ingest.claims.targets import Page, Words
from ingest.model import BODY, Assertion, Id

LEAST: Final = 0.6
"""A pair contradicts one another at least so likely."""
ALIKE: Final = 0.5
"""How many of the words that either has both must have."""
_FEWEST: Final = 2
_MOST: Final = 2_000
_HOLDERS: Final = 60
"""Assertions that are compared for a word they share: the first ones. What nearly all say tells nothing apart."""
PAIRS: Final = 400
"""Pairs of a page that a judge compares."""
_LONGEST: Final = 400
"""Characters of an assertion that is compared: a long one says many things."""


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
    said = [
        one
        for one in page.assertions
        if one.polarity == "affirmed"
        and one.container not in page.unread
        and len(one.text) <= _LONGEST
        and len(page.words(one).all) > _FEWEST
    ][:_MOST]
    pairs = [pair for pair in _alike(said, page) if pair not in known and pair[::-1] not in known][:PAIRS]
    by_id = {one.id: one for one in said}
    relations = judge.relate([(by_id[a].text, by_id[b].text) for a, b in pairs]) if pairs else []
    for (a, b), relation in zip(pairs, relations, strict=True):
        if relation.contradicts < LEAST or not relation.method.startswith("rule:"):
            continue
        earlier, later = (
            sorted((by_id[a], by_id[b]), key=_order)
            if _same_clock(by_id[a], by_id[b])
            else sorted((by_id[a], by_id[b]), key=_place)
        )
        own = earlier.speaker is not None and later.speaker is not None and earlier.speaker.id == later.speaker.id
        if own and not _apart(earlier, later):
            continue
        yield Contradiction(earlier, later, own, round(relation.contradicts, 4), relation.method)


def _alike(said: Sequence[Assertion], page: Page) -> Iterator[tuple[Id, Id]]:
    """Pairs of assertions that share most of their words, the most alike first; none that carries or repeats the other.

    Two sets that share half of the words which either has meet in one of the rarer half of the words of each: so only
    those are looked up.
    """
    words = [page.words(one) for one in said]
    often = Counter(word for each in words for word in each.all)
    holders: dict[str, list[int]] = {}
    found: list[tuple[float, int, int]] = []
    for place, (one, mine) in enumerate(zip(said, words, strict=True)):
        rare = sorted(mine.all, key=lambda word: (often[word], word))
        rare = rare[: len(rare) - int(ALIKE * len(rare)) + 1]
        met = sorted({other for word in rare for other in holders.get(word, ())})
        for other in met:
            share = _share(mine, words[other])
            if share >= ALIKE and not _carries(said[other], one) and said[other].text != one.text:
                found.append((-share, other, place))
        for word in rare:
            if len(known := holders.setdefault(word, [])) < _HOLDERS:
                known.append(place)
    for _, one_place, other_place in sorted(found):
        a, b = said[one_place].id, said[other_place].id
        yield min(a, b), max(a, b)


def _share(one: Words, other: Words) -> float:
    return len(one.all & other.all) / max(1, len(one.all | other.all))


def _apart(earlier: Assertion, later: Assertion) -> bool:
    """Whether somebody said two things at two times: not in one breath, where they are meant to differ."""
    if "own" in (earlier.directness, later.directness) and earlier.container == later.container:
        return False
    return earlier.passage is None or earlier.passage != later.passage


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
