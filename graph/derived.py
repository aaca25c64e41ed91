"""Pure: what follows from assertions being one claim: its words, its times, who affirms and who denies it.

And the disputes between assertions that stand on different pages. Everything here can be derived again, and comes out
the same whatever order assertions came in. Speakers are told apart by their own ids; that two of these are taken for
one person, which a later page may change, is only noted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from graph.groups import Apart, Decided, Same
from ingest.model import GAP, Id, Polarity, Span, claim_id, dispute_id

Row = dict[str, Any]

OWN_CLAIM = "rule:own-claim"
SAME_WORDS = "rule:same-words"
BY_PEOPLE = "review:same-claim"
DENIES = "rule:denies-the-claim"

FEW_WORDS, MANY_WORDS = 5, 40
"""Words of a claim that is neither a fragment nor a speech."""

OWN_EARLIER = "the same speaker's own earlier words"
OTHERS_WORDS = "another speaker's words"


@dataclass(frozen=True, slots=True)
class Member:
    """An assertion with what its claim is derived from.

    ``node`` is the text it stands in, ``speaker`` who asserted it, ``person`` whom the speaker is taken for; ``seen``
    when it was asserted, or else first read. ``states`` are the current disputes that its page states with it: kind,
    and ids of the assertions that they are against.
    """

    id: str
    key: str
    node: str
    text: str
    wording: str
    scope: str
    negated: bool
    polarity: Polarity
    directness: str
    content: tuple[int, ...]
    seen: datetime
    current: bool
    wrong: bool
    confidence: float
    names: tuple[str, ...] = ()
    speaker: str | None = None
    person: str | None = None
    states: tuple[tuple[str, frozenset[str]], ...] = ()

    @property
    def says(self) -> Polarity:
        """How it stands to the claim in its positive wording."""
        if not self.negated or self.polarity == "questioned":
            return self.polarity
        return "affirmed" if self.polarity == "denied" else "denied"

    @property
    def counts(self) -> bool:
        """Whether it is asserted today, and no person said that it is not."""
        return self.current and not self.wrong

    @property
    def order(self) -> tuple[datetime, str]:
        """Earlier ones come first."""
        return self.seen, self.id


@dataclass(frozen=True, slots=True)
class Tie:
    """How sure it is that an assertion expresses its claim, and what decided it."""

    score: float
    method: str


def claim(members: Sequence[Member], inherited: Iterable[str] = ()) -> Row:
    """A claim's properties, from its members and the ids of claims that it took the place of."""
    identity = claim_id(Id(min(one.id for one in members)))
    told = [one for one in members if one.counts] or [one for one in members if not one.wrong] or members
    former = {claim_id(Id(one.id)) for one in members} | set(inherited)
    return {
        "id": identity,
        "text": min(told, key=_clearness).wording,
        "firstSeen": min(one.seen for one in told),
        "lastSeen": max(one.seen for one in told),
        "formerIds": sorted(former - {identity}),
    }


def ties(members: Sequence[Member], same: Iterable[Same], decided: Iterable[Decided]) -> dict[str, Tie]:
    """For each member what holds it in its claim: of several reasons the surest."""
    ids = {one.id for one in members}
    found: dict[str, list[tuple[float, str]]] = defaultdict(list)
    by_key: dict[str, list[str]] = defaultdict(list)
    for one in members:
        by_key[one.key].append(one.id)
    for alike in by_key.values():
        if len(alike) > 1:
            for identity in alike:
                found[identity].append((1.0, SAME_WORDS))
    for edge in same:
        if edge.one in ids and edge.other in ids:
            found[edge.one].append((edge.score, edge.method))
            found[edge.other].append((edge.score, edge.method))
    for pair in decided:
        if pair.decision == "same_claim" and pair.one in ids and pair.other in ids:
            found[pair.one].append((1.0, BY_PEOPLE))
            found[pair.other].append((1.0, BY_PEOPLE))
    return {
        one.id: Tie(*min(found[one.id], key=lambda tie: (-tie[0], tie[1]))) if found[one.id] else Tie(1.0, OWN_CLAIM)
        for one in members
    }


def contradiction(
    one: Sequence[Member], other: Sequence[Member], apart: Iterable[Apart], same: Iterable[Same]
) -> Tie | None:
    """How surely two claims cannot both be true: where more of the pairs of wordings say so than say the contrary."""
    keys = {member.id: member.key for member in (*one, *other) if not member.wrong}
    sides = {member.id: side for side, members in enumerate((one, other)) for member in members}

    def between(pair: Same | Apart) -> frozenset[str] | None:
        if pair.one not in keys or pair.other not in keys or sides[pair.one] == sides[pair.other]:
            return None
        return frozenset((keys[pair.one], keys[pair.other]))

    against = {cells: (pair.score, pair.method) for pair in sorted(apart) if (cells := between(pair))}
    agreeing = {cells for pair in same if (cells := between(pair))}
    if len(against) <= len(agreeing):
        return None
    return Tie(*max(against.values()))


def contradictions(one: Sequence[Member], other: Sequence[Member], tie: Tie) -> list[Row]:
    """The disputes between two claims that exclude one another.

    With the first words of each speaker on one side goes what was last said before on the other: by the same speaker,
    or else by others. So it is always the later who raises a dispute, and once only for each side.
    """
    sides = [[member for member in members if member.counts and member.says == "affirmed"] for members in (one, other)]
    return _between_sides(sides, tie)


def disputes_within(members: Sequence[Member]) -> list[Row]:
    """The disputes between those who affirm a claim and those who deny it."""
    counting = [member for member in members if member.counts]
    affirming = sorted((one for one in counting if one.says == "affirmed"), key=lambda one: one.order)
    denying = [one for one in counting if one.says == "denied"]
    rows: list[Row] = []
    for first in _firsts(one for one in denying if not one.negated):
        if any(kind == "denial" for kind, _ in first.states):
            continue
        others = [one for one in affirming if one.speaker != first.speaker]
        before = [one for one in others if one.order < first.order]
        against = before[-1] if before else next(iter(others), None)
        if against is not None:
            rows.append(_dispute("denial", first, against, Tie(1.0, DENIES)))
    # "Modi had not agreed" denies nobody's words; it says the opposite of what others say.
    return rows + _between_sides([affirming, [one for one in denying if one.negated]], Tie(1.0, DENIES))


def _between_sides(sides: Sequence[Sequence[Member]], tie: Tie) -> list[Row]:
    rows: list[Row] = []
    for mine, theirs in (sides, sides[::-1]):
        ids = {one.id for one in theirs}
        opposed = sorted(theirs, key=lambda one: one.order)
        for first in _firsts(mine):
            if any(kind == "contradiction" and against & ids for kind, against in first.states):
                continue
            before = [one for one in opposed if one.order < first.order]
            own = [one for one in before if one.speaker == first.speaker]
            if before:
                rows.append(_dispute("contradiction", first, (own or before)[-1], tie))
    return rows


def _firsts(members: Iterable[Member]) -> list[Member]:
    """The first that each speaker said; what nobody is named for is left out."""
    first: dict[str, Member] = {}
    for one in sorted(members, key=lambda one: one.order):
        if one.speaker is not None:
            first.setdefault(one.speaker, one)
    return list(first.values())


def _dispute(kind: Literal["denial", "contradiction"], stated: Member, against: Member, tie: Tie) -> Row:
    assert stated.speaker is not None
    spans = tuple(Span(start, end) for start, end in zip(stated.content[::2], stated.content[1::2], strict=True))
    own = stated.person == against.person
    return {
        "id": dispute_id(kind, Id(stated.speaker), Id(stated.node), spans, against.id),
        "by": stated.speaker,
        "stated": stated.id,
        "stated_spans": list(stated.content),
        "against": against.id,
        "against_spans": list(against.content),
        "properties": {
            "kind": kind,
            "basis": OWN_EARLIER if own else OTHERS_WORDS,
            "text": stated.text,
            "against": against.text,
            "confidence": round(tie.score * min(stated.confidence, against.confidence), 4),
            "method": tie.method,
            "current": True,
            "own": own or None,
            "seenAt": stated.seen,
            "names": sorted({*stated.names, *against.names}) or None,
        },
    }


def _clearness(one: Member) -> tuple[Any, ...]:
    """Smaller is clearer: whole words of a middling length that need no brackets, in the positive as they stand."""
    words = len(one.wording.split())
    return (
        bool(one.scope),
        GAP in one.wording,
        not FEW_WORDS <= words <= MANY_WORDS,
        one.says != "affirmed",
        one.negated,
        one.wording.count("["),
        not one.wording[:1].isupper() and one.wording[:1] != "[",
        -round(one.confidence, 2),
        words,
        one.wording,
        one.id,
    )


def heirs(before: Mapping[str, Iterable[str]], after: Mapping[str, str]) -> dict[str, str]:
    """Which claim takes the place of each that is gone: the one that most of its assertions express now.

    Args:
        before: the claims that there were, with their assertions.
        after: the assertions, with the claims that they express now.
    """
    now = set(after.values())
    found: dict[str, str] = {}
    for gone, members in before.items():
        if gone in now:
            continue
        counted: dict[str, int] = defaultdict(int)
        for identity in members:
            counted[after[identity]] += 1
        if counted:
            found[gone] = min(counted, key=lambda one: (-counted[one], one))
    return found
