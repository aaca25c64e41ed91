"""What people decide: stored once and for all, and what follows from it.

A review is only ever added; undoing one is another one, and the last by time decides. No ingest touches a review, and
what follows from reviews is derived again whenever a text is read anew. Times of reviews that have something in common
never are the same: each is later than those before it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from graph import claims, disputes, people
from graph.driver import Graph, Transaction
from graph.errors import NotFoundError, ReviewError
from graph.rows import Row
from ingest.model import Id, entity_id, make_id

Kind = Literal["dispute", "assertion", "entity"]

KINDS: Mapping[str, Kind] = {"dsp": "dispute", "ast": "assertion", "ent": "entity"}
"""What can be judged, by the prefix of its id."""

DECISIONS: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    "dispute": {"confirm": (), "reject": (), "reopen": ()},
    "assertion": {
        "right": (),
        "wrong": (),
        "speaker": ("ent", "acc"),
        "same_claim": ("ast", "clm"),
        "different_claim": ("ast", "clm"),
    },
    "entity": {"same": ("ent", "acc"), "different": ("ent", "acc"), "move": ("doc",)},
}
"""What can be decided of each, with the prefixes of what the other of the pair may be; none where there is no other."""

METHOD = "review:"
"""What the method of an edge begins with that a person decided; the reviewer follows."""

_NAMES: Mapping[str, str] = {
    "ent": "an entity (ent-...)",
    "acc": "an account (acc-...)",
    "ast": "an assertion (ast-...)",
    "clm": "a claim (clm-...)",
    "doc": "a document (doc-...)",
}


@dataclass(frozen=True, slots=True)
class Review:
    """A decision as it is stored: ``of`` what, and with what ``other``, where it is about a pair."""

    id: Id
    decision: str
    reviewer: str
    note: str | None
    at: datetime
    of: Id
    other: Id | None


AfterReview = Callable[[Transaction, Review], None]
"""What follows from a review, in its transaction. What it judges is locked, and the other of the pair too."""


def add(
    graph: Graph, of: str, decision: str, *, other: str | None = None, note: str | None = None, reviewer: str
) -> Id:
    """Stores a review, with all that follows from it, or nothing.

    Args:
        graph: the database; its schema must have been applied.
        of: id of a dispute, assertion or entity.
        decision: one of ``DECISIONS``.
        other: id of the other of a pair, for decisions about two. A claim stands for its first assertion.
        note: why, in the reviewer's words.
        reviewer: who decides.

    Raises:
        ReviewError: there is no such decision about such a thing, or it needs, or cannot have, such another one.
        NotFoundError: nothing in the graph has one of the ids.
        GraphError: nothing was written.
    """
    kind = check(of, decision, other)
    return graph.persistent(lambda transaction: _add(transaction, kind, of, decision, other, note, reviewer)).id


def record(transaction: Transaction, of: str, decision: str, *, note: str | None = None, reviewer: str) -> Review:
    """Stores a decision about one thing alone, with all that follows from it, within a transaction that does more.

    Raises:
        ReviewError: there is no such decision about such a thing.
        NotFoundError: nothing in the graph has the id.
    """
    return _add(transaction, check(of, decision, None), of, decision, None, note, reviewer)


def check(of: str, decision: str, other: str | None) -> Kind:
    """What kind of thing is judged.

    Raises:
        ReviewError: see ``add``.
    """
    kind = KINDS.get(_prefix(of))
    if kind is None:
        raise ReviewError("id", f"{of}: only disputes (dsp-...), assertions (ast-...), entities (ent-...) are judged")
    allowed = DECISIONS[kind].get(decision)
    if allowed is None:
        raise ReviewError("decision", f"{decision}: of {_a(kind)} it must be one of {', '.join(DECISIONS[kind])}")
    if not allowed:
        if other is not None:
            raise ReviewError("with", f"{decision} is about one {kind} alone")
        return kind
    wanted = " or ".join(_NAMES[prefix] for prefix in allowed)
    if other is None:
        raise ReviewError("with", f"{decision} needs the id of {wanted}")
    if _prefix(other) not in allowed:
        raise ReviewError("with", f"{other}: {decision} needs {wanted}")
    if other == of:
        raise ReviewError("with", f"{other}: is the {kind} that is judged, and not another one")
    return kind


def derive(transaction: Transaction, assertions: Sequence[Id]) -> None:
    """Lets assertions be what people said of them last, after a text was read anew or a review came in.

    What was said of an assertion holds for the same words of the same source in every version of the page.
    """
    found: list[Row] = []
    for start in range(0, len(assertions), BATCH):
        found += transaction.run("read/reviewed", assertions=list(assertions[start : start + BATCH]))
    if not found:
        return
    transaction.run("write/put_judged", rows=[{"id": row["id"], "judged": row["judged"]} for row in found])
    said = [row for row in found if row["said"] is not None]
    if not said:
        return
    before = transaction.run("write/set_aside", assertions=[row["id"] for row in said])
    transaction.run(
        "write/put_said",
        rows=[
            {"id": row["id"], "speaker": row["said"]["speaker"], "method": METHOD + row["said"]["reviewer"]}
            for row in said
        ],
    )
    transaction.run("write/unspoken", ids=[candidate for row in before for candidate in row["candidates"]])


BATCH = 1_000


def _add(
    transaction: Transaction, kind: Kind, of: str, decision: str, other: str | None, note: str | None, reviewer: str
) -> Review:
    given = other
    if other is not None and _prefix(other) == "clm":
        other = _member(transaction, other, of)
    held = _locked(transaction, [of, *([other] if other else [])])
    moved: Row = {}
    if decision == "move":
        assert other is not None
        of, moved = _moving(transaction, of, other)
        held |= _locked(transaction, [of])
    at = _later_than(last for row in held.values() for last in row["last"])
    review = Review(
        id=make_id("rev", of, decision, other, reviewer, note, at.isoformat()),
        decision=decision,
        reviewer=reviewer,
        note=note,
        at=at,
        of=Id(of),
        other=Id(other) if other else None,
    )
    properties: Row = {"id": review.id, "decision": decision, "reviewer": reviewer, "at": at, **moved}
    if note is not None:
        properties["note"] = note
    if given != other:
        properties["given"] = given
    transaction.run("write/put_review", of=review.of, other=review.other, properties=properties)
    for after in AFTER[kind]:
        after(transaction, review)
    return review


def _locked(transaction: Transaction, ids: Sequence[str]) -> dict[str, Row]:
    """The things that are judged, each once, locked in the order of ids."""
    held = {row["id"]: row for row in transaction.run("write/review_lock", ids=sorted(set(ids)))}
    for identity in ids:
        if identity not in held:
            raise NotFoundError(f"{identity}: nothing in the graph has that id")
    return held


def _member(transaction: Transaction, claim: str, but: str) -> str:
    found = transaction.run("read/review_member", claim=claims.now(transaction, claim), but=but)
    if not found:
        raise NotFoundError(f"{claim}: nothing in the graph has that id")
    member: str | None = found[0]["assertion"]
    if member is None:
        raise ReviewError("with", f"{claim}: no other assertion than {but} expresses that claim")
    return member


def _later_than(times: Any) -> datetime:
    """Now, or right after the last of some times, should that be later."""
    now = datetime.now(UTC)
    last = max((time.to_native().astimezone(UTC) for time in times), default=None)
    return now if last is None or last < now else last + timedelta(microseconds=1)


def _moving(transaction: Transaction, entity: str, document: str) -> tuple[str, Row]:
    """Whose mentions are moved, and to whom: of several that are taken for one, the one that the page names."""
    named = transaction.run("read/named_on", entity=entity, document=document)
    chosen = [row for row in named if row["id"] == entity] or named
    if not chosen:
        raise ReviewError("with", f"{document}: that page does not name {entity}")
    if len(chosen) > 1:
        ids = ", ".join(row["id"] for row in chosen)
        raise ReviewError("id", f"{entity}: that page names several that are taken for it; move one of {ids}")
    [row] = chosen
    if row["outlet"]:
        raise ReviewError("id", f"{row['id']}: an outlet is known by its domain or its name alone and cannot be moved")
    to = entity_id(row["kind"], row["name"], document)
    if to == row["id"]:
        raise ReviewError("with", f"{document}: {to} is that page's own already")
    return row["id"], {"movedTo": to}


# --- what follows --------------------------------------------------------------------------------------------------


def _told(transaction: Transaction, review: Review) -> None:
    if review.decision in ("right", "wrong", "speaker"):
        derive(transaction, [row["id"] for row in transaction.run("read/same_words", id=review.of)])


def _grouped(transaction: Transaction, review: Review) -> None:
    if review.decision in ("same", "different") and review.other is not None:
        people.regroup(transaction, (review.of, review.other))


def _moved(transaction: Transaction, review: Review) -> None:
    if review.decision != "move" or review.other is None:
        return
    to = people.moves(transaction, [review.other])[review.other][review.of]
    transaction.run("write/put_moved", entity=review.of, to=to)
    transaction.run("write/move_mentions", entity=review.of, to=to, document=review.other)
    transaction.run("write/unspoken", ids=[review.of])


AFTER: Mapping[Kind, tuple[AfterReview, ...]] = {
    "dispute": (disputes.reviewed,),
    "assertion": (_told, claims.reviewed),
    "entity": (_grouped, _moved),
}
"""What follows from reviews of each kind, in this order."""


def _prefix(identity: str) -> str:
    return identity.partition("-")[0] if "-" in identity else ""


def _a(kind: Kind) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"
