"""Ties entities whose names are alike, and derives who is taken for whom.

Whoever does either first makes sure that nobody else does it at the same time, after having locked what the transaction
writes otherwise: so of two that bring names which are alike, the second to get here sees the first one's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from graph.driver import Transaction
from graph.names import SURE
from graph.rows import Row
from graph.same import Decided, Node, Pair, alike, groups, last_words, pair
from ingest.model import Id

MOST_FOUND = 100
"""Nodes that share a key with a new one and are looked at."""

MOST_SHORT = 5
"""Of those, the ones that a name is short for, or that are short for it."""

BATCH = 500


def tie(transaction: Transaction, new: Sequence[Row]) -> None:
    """Ties new nodes to those whose names are like theirs, and derives the groups that this changes.

    Args:
        transaction: in which they were written.
        new: their rows of ``graph.rows``: ``id`` and the keys of their names.
    """
    rows = [_asked(row) for row in new]
    if not rows:
        return
    lock(transaction)
    found = [
        answer
        for start in range(0, len(rows), BATCH)
        for answer in transaction.run(
            "read/put_alike", rows=rows[start : start + BATCH], most=MOST_FOUND, most_short=MOST_SHORT
        )
    ]
    edges = alike(found)
    if not edges:
        return
    for start in range(0, len(edges), BATCH):
        transaction.run("write/put_same_as", rows=edges[start : start + BATCH])
    sure = {Id(row[end]) for row in edges if row["properties"]["score"] >= SURE for end in ("one", "other")}
    regroup(transaction, sure, locked=True)


def regroup(transaction: Transaction, ids: Iterable[Id], *, locked: bool = False) -> None:
    """Derives anew who is taken for whom among everybody who hangs together with these."""
    wanted = set(ids)
    if not wanted:
        return
    if not locked:
        lock(transaction)
    nodes: dict[Id, Node] = {}
    stands: dict[Id, Id] = {}
    edges: dict[Pair, float] = {}
    decided: dict[tuple[Pair, str], Decided] = {}
    while wanted:
        reached: set[Id] = set()
        for row in transaction.run("read/same_around", ids=sorted(wanted), sure=SURE):
            identity = Id(row["id"])
            nodes[identity] = Node(identity, row["kind"], row["name"])
            stands[identity] = Id(row["canonical"])
            for other in row["alike"]:
                edges[pair(identity, Id(other["id"]))] = other["score"]
                reached.add(Id(other["id"]))
            said = [_decided(identity, one) for one in row["decided"]]
            decided.update({(pair(one.one, one.other), one.review): one for one in said})
            reached |= {one.other for one in last_words(said).values() if one.decision == "same"}
        wanted = reached - nodes.keys()
    now = groups(nodes.values(), edges, decided.values())
    changed = [
        {"id": identity, "canonical": now[identity]} for identity in sorted(now) if now[identity] != stands[identity]
    ]
    if changed:
        transaction.run("write/put_canonical", rows=changed)


def lock(transaction: Transaction) -> None:
    """Lets nobody else tie or group until the transaction ends."""
    transaction.once("write/copies_lock")


def moves(transaction: Transaction, documents: Collection[Id]) -> Mapping[Id, Mapping[Id, Id]]:
    """For each document the entities whose mentions there a person moved, and where to."""
    found: dict[Id, dict[Id, Id]] = {}
    if documents:
        for row in transaction.run("read/put_moves", documents=sorted(documents)):
            found.setdefault(Id(row["document"]), {})[Id(row["entity"])] = Id(row["to"])
    return found


def _asked(row: Row) -> Row:
    keys = row["keys"]
    return {
        "id": row["id"],
        "whole": [key for key in (keys.get("nameKey"), keys.get("joinedKey")) if key],
        "short": keys.get("shortKey"),
        "short_of": keys.get("shortOf"),
    }


def _decided(identity: Id, row: Mapping[str, Any]) -> Decided:
    at: datetime = row["at"].to_native()
    return Decided(identity, Id(row["id"]), row["decision"], at, row["review"])
