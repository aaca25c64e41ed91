"""Pure: which assertions express one claim, given what was decided about pairs of them.

People decide first, the last of them about a pair; then the same words, and what one text is known to have from
another; then the pair check. What that takes for the same joins two groups only where it does so for at least half of
the pairs between them and tells none of them apart: otherwise one mistake in a thousand pairs would, in time, make
everything one claim. The result is the same whatever order things come in: every choice is by scores and ids.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

LEAST_SHARE = 0.5
"""Of the pairs between two groups, how many must be taken for the same before the groups are one."""

FIRM = ("structure:", "rule:same-words")
"""What methods begin with that go by words or layout, and need no second opinion."""


@dataclass(frozen=True, slots=True, order=True)
class Same:
    """Two assertions that say the same: how sure that is, and what decided it."""

    one: str
    other: str
    score: float
    method: str


@dataclass(frozen=True, slots=True, order=True)
class Apart:
    """Two assertions that cannot both be true, as the pair check sees it, and how sure that is."""

    one: str
    other: str
    score: float
    method: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said last of two assertions."""

    one: str
    other: str
    decision: Literal["same_claim", "different_claim"]
    order: int
    """Later decisions have larger numbers."""


def groups(
    sayings: Mapping[str, str],
    same: Iterable[Same] = (),
    apart: Iterable[Apart] = (),
    decided: Iterable[Decided] = (),
) -> list[tuple[str, ...]]:
    """The groups that some assertions fall into, each in the order of ids, ordered by their first.

    Args:
        sayings: the assertions by their ids, each with what is equal for those of the same words.
        same, apart, decided: of pairs of them; other pairs are not looked at.
    """
    sets = _Sets(sayings)
    same = sorted(edge for edge in same if edge.one in sayings and edge.other in sayings)
    for one in sorted(decided, key=lambda one: (-one.order, one.one, one.other)):
        if one.one in sayings and one.other in sayings:
            if one.decision == "different_claim":
                sets.part(one.one, one.other)
            else:
                sets.join(one.one, one.other)
    # The smallest id of equal words leads; where people parted two of them, the others go with the first that they may.
    by_saying: dict[str, list[str]] = defaultdict(list)
    for identity in sorted(sayings):
        leaders = by_saying[sayings[identity]]
        if not any(sets.join(leader, identity) for leader in leaders):
            leaders.append(identity)
    for edge in same:
        if edge.method.startswith(FIRM):
            sets.join(edge.one, edge.other)
    _agree(sets, same, [edge for edge in apart if edge.one in sayings and edge.other in sayings])
    return sorted(tuple(sorted(members)) for members in sets.all())


class _Sets:
    """Disjoint sets of which some must not meet."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._of = {identity: identity for identity in ids}
        self._members: dict[str, list[str]] = {identity: [identity] for identity in self._of}
        self._parted: dict[str, set[str]] = defaultdict(set)

    def find(self, identity: str) -> str:
        """What the set of this one is known by: its smallest id."""
        return self._of[identity]

    def part(self, one: str, other: str) -> None:
        """From now on these two must not meet; nothing where they are together already."""
        a, b = self._of[one], self._of[other]
        if a != b:
            self._parted[a].add(b)
            self._parted[b].add(a)

    def parted(self, one: str, other: str) -> bool:
        """Whether these two must not meet."""
        return self._of[other] in self._parted[self._of[one]]

    def join(self, one: str, other: str) -> bool:
        """Makes one set of two, where they may meet; whether they are one set then."""
        a, b = sorted((self._of[one], self._of[other]))
        if a == b:
            return True
        if b in self._parted[a]:
            return False
        for identity in self._members[b]:
            self._of[identity] = a
        self._members[a] += self._members.pop(b)
        for foe in self._parted.pop(b, set()):
            self._parted[foe].discard(b)
            self._parted[foe].add(a)
            self._parted[a].add(foe)
        return True

    def all(self) -> Collection[list[str]]:
        """The members of each set."""
        return self._members.values()


@dataclass(slots=True)
class _Between:
    """What is known of the pairs between two groups: how many pairs of cells are the same, how sure, and a conflict."""

    pairs: int = 0
    score: float = 0.0
    apart: bool = False

    def add(self, other: _Between) -> None:
        self.pairs += other.pairs
        self.score += other.score
        self.apart = self.apart or other.apart


def _agree(sets: _Sets, same: Iterable[Same], apart: Iterable[Apart]) -> None:
    """Joins sets, the likeliest first, as long as most of the pairs between two are the same and none is told apart.

    Sets as they are now count as one each, however many say the same words.
    """
    between = _first_links(sets, same, apart)
    size = dict.fromkeys(between, 1)
    waiting: list[tuple[float, str, str]] = []

    def offer(one: str, other: str) -> None:
        a, b = sorted((one, other))
        link, pairs = between[a][b], size[a] * size[b]
        if not link.apart and link.pairs >= LEAST_SHARE * pairs:
            heapq.heappush(waiting, (-link.score / pairs, a, b))

    for one, links in between.items():
        for other in links:
            if one < other:
                offer(one, other)
    while waiting:
        score, a, b = heapq.heappop(waiting)
        link = between.get(a, {}).get(b)
        if link is None or link.apart or -link.score / (size[a] * size[b]) != score:
            continue  # one of them has grown or gone since
        if link.pairs < LEAST_SHARE * size[a] * size[b] or not sets.join(a, b):
            continue
        size[a] += size.pop(b)
        del between[a][b]
        for other, more in between.pop(b).items():
            if other == a:
                continue
            del between[other][b]
            both = between[a].setdefault(other, _Between())
            between[other][a] = both
            both.add(more)
        for other in between[a]:
            offer(a, other)


def _first_links(sets: _Sets, same: Iterable[Same], apart: Iterable[Apart]) -> dict[str, dict[str, _Between]]:
    """The links between cells, each under both of its ends, which share it."""
    # Scores are told in millionths, so that their sums do not depend on the order in which they are added.
    scores: dict[tuple[str, str], list[int]] = defaultdict(list)
    against: dict[tuple[str, str], int] = defaultdict(int)
    for edge in same:
        ends = _ends(sets, edge.one, edge.other)
        if ends:
            scores[ends].append(round(edge.score * 1_000_000))
    for foe in apart:
        ends = _ends(sets, foe.one, foe.other)
        if ends:
            against[ends] += 1
    between: dict[str, dict[str, _Between]] = defaultdict(dict)
    for ends in scores.keys() | against.keys():
        found = scores.get(ends, [])
        link = _Between(1 if found else 0, float(max(found, default=0)), against[ends] > len(found))
        between[ends[0]][ends[1]] = between[ends[1]][ends[0]] = link
    return between


def _ends(sets: _Sets, one: str, other: str) -> tuple[str, str] | None:
    a, b = sorted((sets.find(one), sets.find(other)))
    return None if a == b else (a, b)
