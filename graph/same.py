"""Pure: who is taken for whom, from how like their names are and from what people decided.

Whatever order pages and reviews came in, equal parts give equal groups. A person's word on a pair stands above the
machine's: the last one on it decides. What people keep apart never ends in one group, whoever stands between them;
where their words contradict one another over three or more, the later ones win.

The machine joins two only where nobody else's name casts doubt on it: "Barack H. Obama" is "Barack Hussein Obama" until
a "Barack Hassan Obama" turns up as well; from then on each of the three waits for a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from graph.names import LEAST, SURE, account_likeness, likeness
from graph.rows import Row
from ingest.model import Id
from ingest.naming import says_who

MOST_ALIKE = 60
"""Names that are as good as one's; where one has more of them around, a person has to say who is who."""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity or account by what decides: ``kind`` is the entity's, or ``account``."""

    id: Id
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person said of two nodes."""

    one: Id
    other: Id
    decision: Literal["same", "different"]
    at: datetime
    review: str


Pair = tuple[Id, Id]


def pair(one: Id, other: Id) -> Pair:
    """The same for two in either order."""
    return (one, other) if one < other else (other, one)


def alike(found: Iterable[Mapping[str, Any]]) -> list[Row]:
    """The rows of SAME_AS edges.

    Args:
        found: rows of ``read/put_alike``: a ``node`` and ``others`` that share a key with it, each ``id``, ``kind``,
            ``name``.

    Returns:
        ``{one, other, properties}``, each pair once whichever of the two was asked for.
    """
    rows: dict[Pair, Row] = {}
    for row in found:
        for other in row["others"]:
            low, high = sorted((row["node"], other), key=lambda node: str(node["id"]))
            both = (Id(low["id"]), Id(high["id"]))
            if both in rows:
                continue
            like = _likeness(low, high)
            if like is not None and like.score >= LEAST:
                rows[both] = {
                    "one": both[1],
                    "other": both[0],
                    "properties": {"score": like.score, "method": like.method},
                }
    return [rows[both] for both in sorted(rows)]


def last_words(decided: Iterable[Decided]) -> dict[Pair, Decided]:
    """For each pair what was said of it last."""
    last: dict[Pair, Decided] = {}
    for one in sorted(decided, key=lambda decided: (decided.at, decided.review)):
        last[pair(one.one, one.other)] = one
    return last


def groups(nodes: Iterable[Node], edges: Mapping[Pair, float], decided: Iterable[Decided]) -> dict[Id, Id]:
    """For each node the id of the one that stands for its group.

    Args:
        nodes: all that are reached from one another by ``edges`` of ``SURE`` or more, and by what people called same.
        edges: the scores of SAME_AS among them; those below ``SURE`` count for nothing.
        decided: all that people said of two of them.
    """
    known = {node.id: node for node in nodes}
    last = {both: one for both, one in last_words(decided).items() if both[0] in known and both[1] in known}
    kept_apart = {both for both, one in last.items() if one.decision == "different"}
    together = _Together(known, kept_apart)

    said = [one for one in last.values() if one.decision == "same"]
    for one in sorted(said, key=lambda one: (one.at, one.review), reverse=True):
        together.join(one.one, one.other, by_name=False)
    sure = {both: score for both, score in edges.items() if score >= SURE and both not in last}
    for both in sorted(_undoubted(known, sure), key=lambda both: (-sure[both], both)):
        together.join(*both, by_name=True)
    return together.named()


def _undoubted(known: Mapping[Id, Node], sure: Iterable[Pair]) -> list[Pair]:
    """The pairs that nobody who is as good as one of the two tells apart."""
    around: dict[Id, set[Id]] = defaultdict(set)
    for one, other in sure:
        around[one].add(other)
        around[other].add(one)

    def clear(one: Id, other: Id) -> bool:
        return len(around[one]) <= MOST_ALIKE and not any(
            _apart(known[third], known[other]) for third in around[one] if third != other
        )

    return [(one, other) for one, other in sure if clear(one, other) and clear(other, one)]


class _Together:
    """Groups as they grow."""

    def __init__(self, known: Mapping[Id, Node], kept_apart: set[Pair]) -> None:
        self._known = known
        self._apart = kept_apart
        self._group: dict[Id, list[Id]] = {identity: [identity] for identity in known}

    def join(self, one: Id, other: Id, *, by_name: bool) -> None:
        """Makes one group of two, unless that would bring together who must be kept apart."""
        first, second = self._group[one], self._group[other]
        if first is second:
            return
        for a in first:
            for b in second:
                if pair(a, b) in self._apart or (by_name and _apart(self._known[a], self._known[b])):
                    return
        first.extend(second)
        for identity in second:
            self._group[identity] = first

    def named(self) -> dict[Id, Id]:
        """Each with the one that stands for it: rather an entity than an account, rather a full name than a surname."""
        return {identity: min(group, key=self._preference) for identity, group in self._group.items()}

    def _preference(self, identity: Id) -> tuple[bool, bool, Id]:
        node = self._known[identity]
        return node.kind == "account", not _whole(node), identity


def _whole(node: Node) -> bool:
    return node.kind != "person" or says_who("person", node.name)


def _apart(one: Node, other: Node) -> bool:
    return one.kind == other.kind and one.kind != "account" and likeness(one.kind, one.name, other.name).apart


def _likeness(one: Mapping[str, Any], other: Mapping[str, Any]) -> Any:
    kinds: Sequence[str] = sorted((one["kind"], other["kind"]))
    if kinds[0] == kinds[1]:
        return None if kinds[0] == "account" else likeness(kinds[0], one["name"], other["name"])
    if kinds == ["account", "person"]:
        account, person = (one, other) if one["kind"] == "account" else (other, one)
        return account_likeness(person["name"], account["name"])
    return None
