"""Writes a dispute that a person files, with the review that confirms it, in one transaction or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from graph import claims
from graph.driver import Graph, Row, Transaction
from graph.errors import NotFoundError
from graph.reviews import record
from ingest.errors import OnRecordError
from ingest.model import DisputeKind, Id, Span, Spans, dispute_id, flat, make_id, words_at

METHOD = "person:"
"""What the method of a filed dispute begins with, before the name of whoever filed it."""


class InvalidWordsError(OnRecordError):
    """Offsets that a text does not have, or words that are not in it."""

    def __init__(self, side: Literal["stated", "against"], reason: str) -> None:
        super().__init__(f"{side}: {reason}")
        self.side = side
        self.reason = reason


@dataclass(frozen=True, slots=True)
class FiledWords:
    """Words by an assertion (of its content where ``spans`` are empty) or by spans of a text."""

    assertion: str | None
    text: str | None
    spans: Spans


@dataclass(frozen=True, slots=True)
class Filed:
    """What a person files; ``by`` is the id of who raises the dispute."""

    kind: DisputeKind
    by: str | None
    stated: FiledWords
    against: FiledWords
    basis: str
    reviewer: str
    note: str | None


def file_dispute(graph: Graph, filed: Filed) -> Id:
    """Stores a filed dispute with a review that confirms it; its id.

    One that is there already, found by the machine or filed before, keeps what it is and is confirmed.

    Raises:
        NotFoundError: nothing in the graph has an id that is named.
        InvalidWordsError: offsets outside of a text, or spans that are not within an assertion's text.
        GraphError: nothing was stored.
    """
    return graph.persistent(lambda transaction: _write(transaction, filed))


def _write(transaction: Transaction, filed: Filed) -> Id:
    stated = _side(transaction, "stated", filed.stated)
    against = _side(transaction, "against", filed.against)
    # Whoever groups claims at the same time would not see that a dispute is against one of them.
    claims.lock(transaction)
    if filed.by is not None and not transaction.run("write/filing_speaker", id=filed.by):
        raise NotFoundError(f"{filed.by}: nobody in the graph has that id")
    by = Id(filed.by) if filed.by is not None else None
    whole = not filed.against.spans
    target = against["assertion"] if whole else f"{against['text']} {flat(against['spans'])}"
    identity = dispute_id(filed.kind, by, Id(stated["text"]), stated["spans"], target)
    key = make_id("key", stated["document"], filed.kind, by, stated["words"], against["words"])
    properties: Row = {
        "id": identity,
        "kind": filed.kind,
        "basis": filed.basis,
        "text": stated["words"],
        "against": against["words"],
        "confidence": 1.0,
        "method": f"{METHOD}{filed.reviewer}",
        "current": stated["current"] and against["current"],
        "seenAt": stated["seen"],
        "key": key,
    }
    if names := sorted({*stated["names"], *against["names"]}):
        properties["names"] = names
    transaction.run(
        "write/file_dispute",
        id=identity,
        properties=properties,
        stated=stated["assertion"] or stated["text"],
        stated_spans=flat(stated["spans"]),
        against=(against["assertion"] if whole else None) or against["text"],
        against_spans=flat(against["spans"]),
    )
    if by is not None:
        transaction.run("write/put_raised", rows=[{"speaker": by, "dispute": identity}])
    record(transaction, identity, "confirm", note=filed.note, reviewer=filed.reviewer)
    return identity


def _side(transaction: Transaction, side: Literal["stated", "against"], words: FiledWords) -> dict[str, Any]:
    """Where words stand, with all that the dispute needs of that place."""
    identity = words.assertion or words.text
    assert identity is not None
    rows = transaction.run("write/filing_words", id=identity)
    if not rows or (words.assertion is not None) != rows[0]["of_assertion"]:
        what = "no assertion" if words.assertion is not None else "no version or comment"
        raise NotFoundError(f"{identity}: {what} in the graph has that id")
    row = rows[0]
    text = row["words"]
    content = tuple(Span(start, end) for start, end in zip(row["content"][::2], row["content"][1::2], strict=True))
    spans = words.spans or content
    if spans[-1].end > len(text):
        raise InvalidWordsError(side, f"the text has {len(text):,} characters, and a span ends at {spans[-1].end:,}")
    if not any(span.of(text).strip() for span in spans):
        raise InvalidWordsError(side, "there are no words at these offsets")
    return {
        "text": row["text"],
        "assertion": identity if words.assertion is not None else None,
        "spans": spans,
        "words": words_at(text, spans),
        "document": row["document"],
        "current": row["current"],
        "seen": row["seen"],
        "names": _named(row["mentions"], spans),
    }


def _named(mentions: list[Row], spans: Spans) -> set[str]:
    return {
        mention["entity"]
        for mention in mentions
        for start, end in zip(mention["spans"][::2], mention["spans"][1::2], strict=True)
        if any(span.start <= start and end <= span.end for span in spans)
    }
