"""Groups assertions into claims, and derives what hangs on that, around whatever has changed.

Which assertions are one claim is decided from what pairs of them are to one another (``SAME_CLAIM``, ``TOLD_APART`` and
what people said). Only claims that the change can reach are looked at: those of the assertions that it is about, and
of those that these are tied to, as far as ties lead that the neighbours of both ends bear out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from itertools import zip_longest
from typing import Any, Protocol

from graph import derived
from graph.derived import Member, Row
from graph.driver import Transaction
from graph.groups import FIRM, Apart, Decided, Same, groups
from ingest.model import Id, claim_id

BATCH_ROWS = 1_000

BEARING = (0.3, 0.5, 0.75, 1.01)
"""How much of what two sayings are tied to must be the same for a tie between them to lead on; the first of these that
leaves no more than ``MOST_SAYINGS`` together is taken."""

MOST_SAYINGS = 1_000

TOGETHER = 2
"""How far ties are followed from all assertions at once, before they are followed from each."""


class Judged(Protocol):
    """What is asked of a review of an assertion."""

    @property
    def of(self) -> Id:
        """The id of what it judges."""

    @property
    def other(self) -> Id | None:
        """The other of a pair, or the right speaker."""


def lock(transaction: Transaction) -> None:
    """Makes the transaction the only one that changes claims until it ends. Others wait, and see what it wrote."""
    transaction.once("write/copies_lock")


def now(transaction: Transaction, identity: str) -> str:
    """The id of the claim that has, or had before it was joined with others, this id; itself where there is none."""
    quoted = '"' + identity.replace("\\", "\\\\").replace('"', '\\"') + '"'
    rows = transaction.run("read/claim_now", id=identity, hits=quoted)
    return str(rows[0]["id"]) if rows else identity


def reviewed(transaction: Transaction, review: Judged) -> None:
    """What a review of an assertion changes in claims."""
    others = [review.other] if review.other and review.other.startswith("ast-") else []
    regroup(transaction, [review.of, *others])


def regroup(transaction: Transaction, assertions: Iterable[str], claims: Iterable[str] = ()) -> None:
    """Groups anew all claims that a change of some assertions can reach, and derives what follows from them.

    Args:
        transaction: one that writes; it is made to wait for others that change claims.
        assertions: those that are new, that changed, or that lost or gained a tie; unknown ones are passed over.
        claims: ids of claims that lost assertions.
    """
    assertions, claims = sorted(set(assertions)), sorted(set(claims))
    if not assertions and not claims:
        return
    lock(transaction)
    ties = _Ties(transaction)
    found: list[tuple[str, ...]] = []
    for component in ties.components(ties.changing(assertions, claims)):
        members = {identity: key for key in component for identity in ties.ids[key]}
        found += groups(members, *ties.among(members), ties.decided())
    if found:
        _Derivation(transaction, ties, found).write()


class _Ties:
    """How sayings are tied to one another, as far as was asked."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self.ids: dict[str, list[str]] = {}
        self.same: set[Same] = set()
        self.apart: set[Apart] = set()
        self._same_of: dict[str, set[Same]] = defaultdict(set)
        self._apart_of: dict[str, set[Apart]] = defaultdict(set)
        self._near: dict[str, set[str]] = defaultdict(set)
        self._firm: dict[str, set[str]] = defaultdict(set)
        self._decisions: dict[tuple[str, str], tuple[Any, str, str]] = {}

    def decided(self) -> list[Decided]:
        """What people decided last of each pair."""
        ordered = sorted(self._decisions.items(), key=lambda item: item[1][:2])
        return [Decided(one, other, what, n) for n, ((one, other), (_, _, what)) in enumerate(ordered)]  # type: ignore[arg-type]

    def among(self, members: Collection[str]) -> tuple[set[Same], set[Apart]]:
        """What ties some assertions to one another, and tells them apart."""
        same = {edge for one in members for edge in self._same_of[one] if edge.other in members}
        return same, {edge for one in members for edge in self._apart_of[one] if edge.other in members}

    def changing(self, assertions: Sequence[str], claims: Sequence[str]) -> set[str]:
        """The sayings whose claims may change with some assertions, or with what some claims lost."""
        for some, others in _in_step(assertions, claims):
            rows = self._transaction.run("read/claim_ties", ids=some, claims=others, keys=[])
            self._take([row for row in rows if row["key"] not in self.ids])
        return {*self.ids}

    def components(self, seeds: Iterable[str]) -> Iterator[set[str]]:
        """The sayings that hang together with some, each set once."""
        waiting = sorted(set(seeds))
        done: set[str] = set()
        # What each of them will ask about first is asked about together.
        nearest = set(waiting)
        for _ in range(TOGETHER):
            nearest = self._reached(nearest, BEARING[0])
        for seed in waiting:
            if seed not in done:
                component = next(
                    found
                    for bearing in BEARING
                    if len(found := self._component(seed, bearing)) <= MOST_SAYINGS or bearing > 1
                )
                done |= component
                yield component

    def _component(self, seed: str, bearing: float) -> set[str]:
        component = {seed}
        frontier = {seed}
        while frontier and len(component) <= MOST_SAYINGS:
            frontier = self._reached(frontier, bearing) - component
            component |= frontier
        return component

    def _reached(self, frontier: set[str], bearing: float) -> set[str]:
        """The sayings that ties lead to from some of them."""
        self._ask(sorted(frontier))
        around = {key: self._near[key] | self._firm[key] for key in frontier}
        self._ask(sorted(set().union(*around.values())))
        return {
            other
            for key, others in around.items()
            for other in others
            if other in self._firm[key] or self._borne(key, other, bearing)
        }

    def _borne(self, one: str, other: str, bearing: float) -> bool:
        """Whether what both are tied to is much the same: a single tie between two sets of friends is a mistake."""
        mine, theirs = self._near[one] | {one}, self._near[other] | {other}
        return len(mine & theirs) >= bearing * len(mine | theirs)

    def _ask(self, keys: Sequence[str]) -> None:
        for start in range(0, len(keys), BATCH_ROWS):
            if new := [key for key in keys[start : start + BATCH_ROWS] if key not in self.ids]:
                self.ids.update((key, []) for key in new)
                self._take(self._transaction.run("read/claim_ties", ids=[], claims=[], keys=new))

    def _take(self, rows: Iterable[Row]) -> None:
        for row in rows:
            self.ids.setdefault(row["key"], []).append(row["id"])
            self._tie(row)

    def _tie(self, row: Row) -> None:
        identity, key = row["id"], row["key"]
        for tie in row["same"]:
            same = Same(*_pair(identity, tie["other"]), tie["score"], tie["method"])
            self.same.add(same)
            self._same_of[same.one].add(same)
            if tie["key"] != key:
                (self._firm if tie["method"].startswith(FIRM) else self._near)[key].add(tie["key"])
        for tie in row["apart"]:
            apart = Apart(*_pair(identity, tie["other"]), tie["score"], tie["method"])
            self.apart.add(apart)
            self._apart_of[apart.one].add(apart)
        for told in row["decided"]:
            one, other = _pair(identity, told["other"])
            decision = (told["at"], told["review"] or "", told["decision"])
            if one != other:
                self._decisions[one, other] = max(self._decisions.get((one, other), decision), decision)
            if told["key"] != key and told["decision"] == "same_claim":
                self._firm[key].add(told["key"])


@dataclass(slots=True)
class _Derivation:
    """Some groups, and what has to be written of them."""

    transaction: Transaction
    ties: _Ties
    found: Sequence[tuple[str, ...]]
    members: dict[str, Member] = field(default_factory=dict)
    expressed: dict[str, Row] = field(default_factory=dict)
    disputed: set[str] = field(default_factory=set)
    """Members that disputes between pages concern, as they were derived last."""

    concerned: set[str] = field(default_factory=set)
    """Members that any disputes concern."""

    def write(self) -> None:
        """Writes all that follows from the groups, and only what is not there yet."""
        ids = sorted(identity for group in self.found for identity in group)
        now = {identity: claim_id(Id(group[0])) for group in self.found for identity in group}
        held = self._know(ids, sorted(set(now.values())))
        grouped = [[self.members[identity] for identity in group] for group in self.found]
        before: dict[str, list[str]] = defaultdict(list)
        for identity in ids:
            if self.expressed[identity]:
                before[self.expressed[identity]["id"]].append(identity)
        heirs = derived.heirs(before, now)
        self._put(self._claims(grouped, heirs, held), self._expresses(grouped, now))
        gone = [{"from": old, "to": heir} for old, heir in sorted(heirs.items())]
        self._run("write/hand_over_claims", gone)
        foes = self._foes(now)
        contradicted, disputes = self._between(grouped, now, foes)
        claims = sorted(set(now.values()))
        disputed = [identity for identity in ids if identity in self.disputed]
        keep = [row["id"] for row in disputes]
        dropped = self._run("write/drop_derived_disputes", disputed, "assertions", keep=keep)
        self._run("write/put_derived_disputes", disputes)
        if contradicted or any(claim["contradicts"] for claim in held.values()):
            self.transaction.run("write/put_contradicts", claims=claims, rows=contradicted)
        where = {identity: claim for claim, ids in foes.items() for identity in ids} | now
        ends = {end for row in disputes for end in (row["stated"], row["against"])}
        touched = {where[identity] for identity in ends | self.concerned}
        concerned = {claim for claim in held if held[claim]["concerned"]} | {str(row["claim"]) for row in dropped}
        touched |= {heirs.get(claim, claim) for claim in concerned}
        self._run("write/put_claims_disputed", sorted(touched), "claims")

    def _claims(
        self, grouped: Sequence[Sequence[Member]], heirs: Mapping[str, str], held: Mapping[str, Row]
    ) -> list[Row]:
        """Claims that are new or say something else of themselves now."""
        inherited: dict[str, set[str]] = defaultdict(set)
        for old, heir in heirs.items():
            inherited[heir] |= {old, *(held[old]["formerIds"] or ())}
        living = {claim_id(Id(group[0].id)) for group in grouped}
        leading = {claim_id(Id(one)) for one in self.members}
        rows = []
        for group in grouped:
            identity = claim_id(Id(group[0].id))
            own = held.get(identity)
            former = {*inherited[identity], *(own["formerIds"] or () if own else ())} - living
            # An id that belongs to another member comes back to it when the claim is cut again; `claim` adds its own.
            row = derived.claim(group, former - leading)
            if own is None or any(own[name] != value for name, value in row.items()):
                rows.append({"id": row.pop("id"), "properties": row})
        return rows

    def _expresses(self, grouped: Sequence[Sequence[Member]], now: Mapping[str, str]) -> list[Row]:
        """Which claims assertions express that expressed others, or did so otherwise."""
        decided = self.ties.decided()
        same: dict[str, list[Same]] = defaultdict(list)
        for edge in self.ties.same:
            if (claim := now.get(edge.one)) is not None and claim == now.get(edge.other):
                same[claim].append(edge)
        rows = []
        for group in grouped:
            claim = now[group[0].id]
            for identity, tie in derived.ties(group, same[claim], decided).items():
                properties = {"score": tie.score, "method": tie.method, "polarity": self.members[identity].says}
                if self.expressed[identity] != {"id": claim, **properties}:
                    rows.append({"assertion": identity, "claim": claim, "properties": properties})
        return rows

    def _put(self, claims: Sequence[Row], expresses: Sequence[Row]) -> None:
        # All claims are there before what expresses them.
        *first, last = _batches(claims) or [[]]
        ready, *rest = _batches(expresses) or [[]]
        sent = [*((batch, []) for batch in first), (last, ready), *(([], batch) for batch in rest)]
        for batch, expressing in sent:
            if batch or expressing:
                self.transaction.run("write/put_claims", claims=batch, expresses=expressing)

    def _between(
        self, grouped: Sequence[Sequence[Member]], now: Mapping[str, str], foes: Mapping[str, list[str]]
    ) -> tuple[list[Row], list[Row]]:
        """The ties between claims that exclude one another, and the disputes within claims and between such claims."""
        disputes = [row for group in grouped for row in derived.disputes_within(group)]
        sides: dict[str, list[Member]] = {now[group[0].id]: list(group) for group in grouped}
        for claim, ids in foes.items():
            sides[claim] = [self.members[identity] for identity in ids]
        where = {member.id: claim for claim, members in sides.items() for member in members}
        pairs = {tuple(sorted((where[foe.one], where[foe.other]))) for foe in self.ties.apart if self._both(foe, where)}
        contradicted = []
        for one, other in sorted(pairs):
            if one == other or (one not in now.values() and other not in now.values()):
                continue
            tie = derived.contradiction(sides[one], sides[other], self.ties.apart, self.ties.same)
            if tie is not None:
                properties = {"score": tie.score, "method": tie.method}
                contradicted.append({"one": one, "other": other, "properties": properties})
                disputes += derived.contradictions(sides[one], sides[other], tie)
        return contradicted, disputes

    def _both(self, foe: Apart, where: Mapping[str, str]) -> bool:
        return foe.one in where and foe.other in where

    def _foes(self, now: Mapping[str, str]) -> dict[str, list[str]]:
        """Claims beyond the groups that assertions in them are told apart from, with their assertions."""
        outside = {end for foe in self.ties.apart for end in (foe.one, foe.other) if end not in now}
        beside = {
            foe.other if foe.one in now else foe.one for foe in self.ties.apart if foe.one in now or foe.other in now
        }
        wanted = sorted(outside & beside)
        mates = [row["id"] for row in self._run("read/claim_mates", wanted, "ids")]
        self._know([identity for identity in mates if identity not in self.members])
        found: dict[str, list[str]] = defaultdict(list)
        for identity in sorted(mates):
            if identity not in now:
                found[self.expressed[identity]["id"]].append(identity)
        return dict(found)

    def _know(self, ids: Sequence[str], claims: Sequence[str] = ()) -> dict[str, Row]:
        """Notes what assertions are; what the claims that they express, and others given, say of themselves now."""
        held: dict[str, Row] = {}
        for some, others in _in_step(ids, claims):
            [row] = self.transaction.run("read/claim_state", ids=some, claims=others)
            for one in row["assertions"]:
                self.members[one["id"]] = _member(one)
                self.expressed[one["id"]] = one["expresses"]
                if one["derived"]:
                    self.disputed.add(one["id"])
                if one["concerned"]:
                    self.concerned.add(one["id"])
            for claim in row["claims"]:
                times = {name: _time(claim[name]) for name in ("firstSeen", "lastSeen")}
                held[claim["id"]] = {**claim, **times}
        return held

    def _run(self, name: str, rows: Sequence[Any], as_: str = "rows", **more: Any) -> list[Row]:
        return [answer for batch in _batches(rows) for answer in self.transaction.run(name, **{as_: batch}, **more)]


def _batches(rows: Sequence[Any]) -> list[list[Any]]:
    return [list(rows[start : start + BATCH_ROWS]) for start in range(0, len(rows), BATCH_ROWS)]


def _in_step(ones: Sequence[Any], others: Sequence[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
    """A batch of each at a time, none of what has come to its end."""
    for some, rest in zip_longest(_batches(ones), _batches(others)):
        yield some or [], rest or []


def _member(row: Row) -> Member:
    speaker = row["speaker"] or {"id": None, "one": None}
    return Member(
        id=row["id"],
        key=row["key"],
        node=row["node"],
        text=row["text"],
        wording=row["wording"],
        scope=row["scope"],
        negated=row["negated"],
        polarity=row["polarity"],
        directness=row["directness"],
        content=tuple(row["content"]),
        seen=_time(row["seen"]),
        current=row["current"],
        wrong=row["wrong"],
        confidence=row["confidence"],
        names=tuple(row["names"]),
        speaker=speaker["id"],
        person=speaker["one"],
        states=tuple((told["kind"], frozenset(told["against"])) for told in row["disputes"]),
    )


def _pair(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _time(value: Any) -> Any:
    return None if value is None else value.to_native().astimezone(UTC)
