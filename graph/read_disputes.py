"""What the graph is asked about disputes; see ``graph.read``, whose ways of walking lists these share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from graph.driver import Graph, Row, Transaction
from graph.read import (
    AFTER_ALL,
    AROUND,
    FIRST,
    LAST,
    SCAN_SHARE,
    TOGETHER,
    Page,
    TimeKey,
    Words,
    group,
    natives,
    one_of,
)
from graph.read import hits_of as phrases
from graph.read import next_key as following


@dataclass(frozen=True, slots=True)
class MatchingDisputes:
    """Which disputes are meant; ``None`` means any. Ids of somebody or something are any id of theirs.

    ``speaker`` raised it, ``against`` is whose assertion it is against; ``outlet``, ``entity``, ``document`` and
    ``words`` are of either side. ``since`` and ``until``, both included, are of the time of what states it, or
    of its text.
    """

    kind: str | None = None
    status: str | None = None
    speaker: str | None = None
    against: str | None = None
    outlet: str | None = None
    entity: str | None = None
    document: str | None = None
    claim: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    min_confidence: float | None = None
    words: Words | None = None


def disputes(graph: Graph, matching: MatchingDisputes, *, limit: int, after: TimeKey | None = None) -> Page[TimeKey]:
    """Current disputes that match, the newest first, each with the evidence of both sides."""

    def work(tx: Transaction) -> Page[TimeKey]:
        at, below = after or (matching.until or LAST, AFTER_ALL)
        parameters = _parameters(tx, matching)
        keys = {"since": matching.since or FIRST, "at": at, "id": below, "limit": limit + 1}
        start, hits = _start(tx, matching, parameters, limit)
        if start is None:
            found = tx.run("read/disputes_by_time", **keys, **parameters)
        else:
            found = tx.run("read/disputes_from", start=start, hits=hits, **keys, **parameters)
        details = {row["id"]: row for row in _disputes(tx, [row["id"] for row in found[:limit]])}
        # What was taken out between the two statements is not shown.
        rows = [details[row["id"]] for row in found[:limit] if row["id"] in details]
        return Page(rows, following(found, limit, "at", "id"))

    return graph.reading(work)


def dispute(graph: Graph, identity: str) -> Row:
    """One dispute with the evidence of both sides, current or not.

    Raises:
        NotFoundError: there is none with that id.
    """
    return one_of(identity, graph.reading(lambda tx: _disputes(tx, [identity])))


def fact_check(graph: Graph, identity: str) -> Row:
    """One fact-check.

    Raises:
        NotFoundError: there is none with that id.
    """
    return one_of(identity, natives(graph.read("read/fact_check", id=identity)))


def _disputes(tx: Transaction, ids: Sequence[str]) -> list[Row]:
    if not ids:
        return []
    rows = natives(tx.run("read/disputes_by_id", ids=list(ids)))
    sides = [side for row in rows for side in (row["stated"], row["target"]) if side is not None]
    places = _places(tx, {(side["in"], *_extent(side["spans"])) for side in sides})
    for side in sides:
        side.update(places[(side["in"], *_extent(side["spans"]))])
    # A dispute that is stated nowhere lost its text while we read.
    return [row for row in rows if row["stated"] is not None]


def _places(tx: Transaction, wanted: Iterable[tuple[str, int, int]]) -> dict[tuple[str, int, int], Row]:
    rows = [{"text": text, "low": low, "high": high} for text, low, high in sorted(wanted)]
    found = natives(tx.run("read/places", rows=rows, around=AROUND)) if rows else []
    return {
        (row["text"], row["low"], row["high"]): {k: v for k, v in row.items() if k not in ("text", "low", "high")}
        for row in found
    }


def _extent(spans: Sequence[int]) -> tuple[int, int]:
    return (min(spans), max(spans)) if spans else (0, 0)


def _parameters(tx: Transaction, matching: MatchingDisputes) -> Row:
    return {
        "kind": matching.kind,
        "status": matching.status,
        "speakers": group(tx, matching.speaker),
        "against": group(tx, matching.against),
        "outlets": group(tx, matching.outlet),
        "entities": group(tx, matching.entity),
        "document": matching.document,
        "claim": matching.claim,
        "min_confidence": matching.min_confidence,
        "words": matching.words.patterns if matching.words else [],
    }


_STARTS = ("kind", "status", "speakers", "against", "outlets", "document", "claim")


def _start(tx: Transaction, matching: MatchingDisputes, parameters: Row, limit: int) -> tuple[str | None, str]:
    """The filter to start from, with what to ask the full-text index for; ``None`` for the index of times."""
    asked = {name: parameters[name] for name in _STARTS}
    hits = {
        "entity": phrases(parameters["entities"]) if parameters["entities"] else "",
        "words": matching.words.hits if matching.words else "",
    }
    filters = (*asked.values(), parameters["entities"], matching.words)
    if all(value is None for value in filters):
        return None, ""
    costs: dict[str, int] = dict(tx.run("read/dispute_starts", enough=_MOST_COUNTED, **asked)[0])
    total = int(costs.pop("total"))
    # Where a filter leads to n of the total, a page full is found among limit * total / n of the index.
    enough = int((limit * total * SCAN_SHARE) ** 0.5) + 1
    if sum(value is not None for value in filters) > 1:
        enough *= TOGETHER
    costs = {name: cost for name, cost in costs.items() if cost is not None}
    for name, statement in (("entity", "read/dispute_naming_hits"), ("words", "read/dispute_word_hits")):
        if hits[name] and min(costs.values(), default=enough) >= enough:
            costs[name] = int(tx.run(statement, hits=hits[name], limit=enough + 1)[0]["hits"])
    best = min(costs, key=lambda name: costs[name], default=None)
    return (best, hits.get(best, "")) if best is not None and costs[best] <= enough else (None, "")


_MOST_COUNTED = 5_000
