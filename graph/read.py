"""What the graph is asked: one typed function for each question.

Lists are walked by keyset: a function takes the key of the last row that was seen and gives a page of the rows after
it, with the key to go on from. Rows are plain dictionaries, named like the fields of ``onrecord extract``,
with times as ``datetime`` and spans as flat lists; ``api.views`` gives them their shape.

Filters start from whichever of them leads to the fewest assertions, or, where all of them lead to many, from the index
of times, in which then few have to be looked at before a page is full.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, Literal, TypeVar, get_args

from neo4j.time import DateTime

from graph.claims import now as claim_now
from graph.driver import Graph, Row, Transaction
from graph.errors import NotFoundError
from graph.sources import sources, through
from ingest.model import EntityKind

FIRST = datetime(1, 1, 1, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
AFTER_ALL = "~"
"""Sorts after every id."""

TOP_SCORE = 1e9
"""More than any match scores."""

AROUND = 160
"""Code points of the text given on either side of an assertion."""

EACH = 5
"""Assertions given with each claim of a list."""

MOST_FOUND = 1_000
"""Matches of each index that a search looks at."""

MANY_TITLES = 1_000
"""Titles that are looked through one by one; where more hold the words, the index of times is walked."""

MOST_CANDIDATES = 50
"""Others that may be the same, given with a speaker or an entity."""

MOST_MEMBERS = 1_000
"""Assertions of a claim that are looked at to tell its sources."""

MOST_SAID = 50
"""Assertions on one side of a claim that are given."""

SCAN_SHARE = 0.2
"""What one assertion costs when walking the index of times, against one that is reached from a filter."""

TOGETHER = 4
"""So many times more assertions are looked through from one filter where there are others to meet it."""

TimeKey = tuple[datetime, str]
NameKey = tuple[str, str]
ScoreKey = tuple[float, str]
Key = TypeVar("Key", TimeKey, NameKey, ScoreKey)
Label = Literal["Speaker", "Entity", "Outlet"]

_BY_NAME = {"Speaker": "read/speakers_by_name", "Entity": "read/entities_by_name", "Outlet": "read/outlets_by_name"}
_OF_KIND = {"Speaker": "read/speakers_of_kind", "Entity": "read/entities_of_kind"}
_KIND_PROPERTY = frozenset(get_args(EntityKind))


def counts(graph: Graph) -> dict[str, int]:
    """How many pages, assertions, speakers, claims and disputes the graph holds, in that order.

    Raises:
        GraphError: the database cannot be asked.
    """
    return {row["what"]: int(row["number"]) for row in graph.read("read/counts")}


@dataclass(frozen=True, slots=True)
class Page(Generic[Key]):
    """Rows of a list, and the key to go on from; ``None`` where the list ends with them."""

    rows: list[Row]
    next: Key | None


@dataclass(frozen=True, slots=True)
class Words:
    """What a query asks for: each piece, a word or a quoted phrase, must stand in the text as whole words."""

    pieces: tuple[str, ...]

    @classmethod
    def of(cls, query: str | None) -> Words | None:
        """The pieces of a query; ``None`` without one.

        Raises:
            ValueError: there is no letter or digit in it.
        """
        if query is None:
            return None
        found = (" ".join((quoted or plain).split()) for quoted, plain in re.findall(r'"([^"]*)"|([^\s"]+)', query))
        pieces = tuple(dict.fromkeys(piece.strip(_EDGES) for piece in found if any(c.isalnum() for c in piece)))
        if not pieces:
            raise ValueError("holds no word to look for")
        return cls(pieces)

    @property
    def hits(self) -> str:
        """As a query of a full-text index: all pieces, each a phrase, with nothing that the index would obey."""
        return " AND ".join(_phrase(piece) for piece in self.pieces)

    @property
    def patterns(self) -> list[str]:
        """As regular expressions (Java's) that a whole text must match, one for each piece."""
        return [_pattern(piece) for piece in self.pieces]


_EDGES = "".join(chr(code) for code in range(33, 127) if not chr(code).isalnum()) + "“”‘’«»„…–—¿¡"


def _phrase(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _pattern(piece: str) -> str:
    body = r"\s+".join(r"\Q" + part.replace(r"\E", r"\E\\E\Q") + r"\E" for part in piece.split())
    # Scripts without spaces between words (from U+2E80 on) have no edges to ask for.
    before = r"(?<!\w)" if ord(piece[0]) < 0x2E80 else ""
    after = r"(?!\w)" if ord(piece[-1]) < 0x2E80 else ""
    return f"(?isuU).*{before}{body}{after}.*"


@dataclass(frozen=True, slots=True)
class Matching:
    """Which assertions are meant; ``None`` means any. ``speaker``, ``outlet`` and ``entity`` are any id of theirs.

    ``since`` and ``until``, both included, are of ``asserted_at``; where one is set, what has no time is left out. What
    a person judged ``wrong`` is left out too, unless ``judged`` asks for it.
    """

    speaker: str | None = None
    outlet: str | None = None
    entity: str | None = None
    document: str | None = None
    claim: str | None = None
    directness: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    min_confidence: float | None = None
    words: Words | None = None
    judged: Literal["right", "wrong"] | None = None


# --- assertions and claims -----------------------------------------------------------------------------------------


def assertions(graph: Graph, matching: Matching, *, limit: int, after: TimeKey | None = None) -> Page[TimeKey]:
    """Current assertions that match, the newest first, each with its evidence."""

    def work(tx: Transaction) -> Page[TimeKey]:
        found = _page(tx, "assertions", matching, limit=limit, after=after, extra={})
        details = {row["id"]: row for row in _assertions(tx, [row["id"] for row in found[:limit]])}
        # What was taken out between the two statements is not shown.
        rows = [details[row["id"]] for row in found[:limit] if row["id"] in details]
        return Page(rows, next_key(found, limit, "at", "id"))

    return graph.reading(work)


def assertion(graph: Graph, identity: str) -> Row:
    """One assertion with its evidence, current or not.

    Raises:
        NotFoundError: there is none with that id.
    """
    return one_of(identity, graph.reading(lambda tx: _assertions(tx, [identity])))


def claims(
    graph: Graph, matching: Matching, *, disputed: bool | None, limit: int, after: TimeKey | None = None
) -> Page[TimeKey]:
    """Claims of which assertions match, those of the newest such assertions first, each with these assertions.

    Claims that only comment writers themselves assert are left out unless ``matching`` asks for directness ``own``.
    """
    own = matching.directness == "own"

    def work(tx: Transaction) -> Page[TimeKey]:
        if matching == Matching() and not disputed:
            at, below = after or (LAST, AFTER_ALL)
            found = tx.run("read/claims_by_last_seen", at=at, id=below, limit=limit + 1, own=own, disputed=disputed)
        else:
            extra = {"own": own, "disputed": disputed, "until": matching.until or LAST}
            found = _page(tx, "claims", matching, limit=limit, after=after, extra=extra)
        details = {row["id"]: row for row in _claims(tx, [row["claim"] for row in found[:limit]], matching)}
        rows = [details[row["claim"]] for row in found[:limit] if row["claim"] in details]
        return Page(rows, next_key(found, limit, "at", "id"))

    return graph.reading(work)


def claim(graph: Graph, identity: str) -> Row:
    """One claim with its newest assertions, also by an id that it had before it was joined with others.

    Raises:
        NotFoundError: there is none with that id.
    """

    def work(tx: Transaction) -> list[Row]:
        return _claims(tx, [claim_now(tx, identity)], Matching(), each=50)

    return one_of(identity, graph.reading(work))


def reached(graph: Graph, identity: str) -> Row:
    """Through whom an assertion reached us (``through``), and the sources of the claim that it expresses (``sources``).

    Raises:
        NotFoundError: there is no assertion with that id.
    """

    def work(tx: Transaction) -> Row:
        row = one_of(identity, tx.run("read/reached", ids=[identity]))
        claim = one_of(identity, _assertions(tx, [identity]))["claim"]
        return {"through": through(row), "sources": _sources(tx, claim) if claim else sources([row])}

    return graph.reading(work)


def claim_sources(graph: Graph, identity: str) -> Row:
    """How many sources a claim really has: those of its current assertions, with copies and quotations folded.

    Of more than ``MOST_MEMBERS`` assertions the first by id are looked at.
    """
    return graph.reading(lambda tx: _sources(tx, claim_now(tx, identity)))


def claim_sides(graph: Graph, identity: str, *, limit: int = MOST_SAID) -> Row:
    """Who affirms a claim, who denies or questions it, and what contradicts it; each side in the order of time.

    Returns:
        ``affirming``, ``denying`` and ``questioning``, the first ``limit`` assertions of each, ``contradicting``,
        claims with those who affirm them, and ``sources``, how many independent sources each side has, with copies
        and quotations folded.
    """

    def work(tx: Transaction) -> Row:
        claim = claim_now(tx, identity)
        members = tx.run("read/claim_sides", claims=[claim], limit=MOST_MEMBERS)
        contradicting = tx.run("read/claim_contradicting", claim=claim, limit=EACH * 2)
        theirs = tx.run("read/claim_sides", claims=[row["id"] for row in contradicting], limit=MOST_MEMBERS)
        told: dict[str, list[str]] = {side: [] for side in _SIDES}
        for row in members:
            told[row["side"]].append(row["id"])
        against: dict[str, list[str]] = {row["id"]: [] for row in contradicting}
        for row in theirs:
            if row["side"] == "affirmed":
                against[row["claim"]].append(row["id"])
        shown = [one for ids in (*told.values(), *against.values()) for one in ids[:limit]]
        details = {row["id"]: row for row in _assertions(tx, shown)}
        reached = {row["id"]: row for row in tx.run("read/reached", ids=[row["id"] for row in members])}
        return {
            **{name: [details[one] for one in told[side][:limit]] for side, name in _SIDES.items()},
            "contradicting": [
                {**row, "assertions": [details[one] for one in against[row["id"]][:limit]]} for row in contradicting
            ],
            "sources": {
                side: sources([reached[one] for one in ids if one in reached])["independent"]
                for side, ids in told.items()
            },
        }

    return graph.reading(work)


_SIDES = {"affirmed": "affirming", "denied": "denying", "questioned": "questioning"}


def _sources(tx: Transaction, claim: str) -> Row:
    ids = [row["id"] for row in tx.run("read/claim_members", claim=claim, limit=MOST_MEMBERS)]
    return sources(tx.run("read/reached", ids=ids) if ids else [])


def found_in(graph: Graph, text: str, *, limit: int = 500) -> list[Row]:
    """The current assertions found in one version or comment, in the order of its words."""

    def work(tx: Transaction) -> list[Row]:
        ids = [row["id"] for row in tx.run("read/found_in_text", text=text, limit=limit)]
        details = {row["id"]: row for row in _assertions(tx, ids)}
        return [details[identity] for identity in ids]

    return graph.reading(work)


def _assertions(tx: Transaction, ids: Sequence[str]) -> list[Row]:
    return natives(tx.run("read/assertions_by_id", ids=list(ids), around=AROUND)) if ids else []


def _claims(tx: Transaction, ids: Sequence[str], matching: Matching, *, each: int = EACH) -> list[Row]:
    if not ids:
        return []
    parameters = _parameters(tx, matching)
    rows = natives(
        tx.run(
            "read/claims_matching",
            claims=list(ids),
            each=each,
            since=matching.since or FIRST,
            until=matching.until or LAST,
            **parameters,
        )
    )
    details = {row["id"]: row for row in _assertions(tx, [one for row in rows for one in row["assertions"]])}
    return [
        {
            **{key: value for key, value in row.items() if key not in ("claim", "more")},
            "id": row["claim"],
            "assertions": [details[one] for one in row["assertions"]],
            "more_assertions": row["more"],
        }
        for row in rows
    ]


def _page(
    tx: Transaction,
    what: Literal["assertions", "claims"],
    matching: Matching,
    *,
    limit: int,
    after: TimeKey | None,
    extra: Row,
) -> list[Row]:
    at, below = after or (matching.until or LAST, AFTER_ALL)
    parameters = _parameters(tx, matching)
    keys = {"since": matching.since or FIRST, "at": at, "id": below, "limit": limit + 1}
    start = _start(tx, matching, parameters, limit, disputed=extra.get("disputed"))
    if start is None:
        return tx.run(f"read/{what}_by_time", **keys, **parameters, **extra)
    return tx.run(
        f"read/{what}_from", start=start, hits=_hits(start, matching, parameters), **keys, **parameters, **extra
    )


def _parameters(tx: Transaction, matching: Matching) -> Row:
    return {
        "speakers": group(tx, matching.speaker),
        "outlets": group(tx, matching.outlet),
        "entities": group(tx, matching.entity),
        "document": matching.document,
        "claim": matching.claim,
        "directness": matching.directness,
        "min_confidence": matching.min_confidence,
        "words": matching.words.patterns if matching.words else [],
        "judged": matching.judged,
        "dated": matching.since is not None or matching.until is not None,
    }


def group(tx: Transaction, identity: str | None) -> list[str] | None:
    """Everybody who is taken for this one; an unknown id stays as it is, and finds nothing."""
    if identity is None:
        return None
    return [row["id"] for row in tx.run("read/same_as", id=identity)] or [identity]


def _start(tx: Transaction, matching: Matching, parameters: Row, limit: int, *, disputed: bool | None) -> str | None:
    """The filter to start from; ``None`` for the index of times."""
    total = int(tx.run("read/assertion_count")[0]["assertions"])
    # Where a filter leads to n of the total, a page full is found among limit * total / n of the index.
    enough = int((limit * total * SCAN_SHARE) ** 0.5) + 1
    asked = {name: parameters[name] for name in _STARTS} | {"disputed": disputed or None}
    filters = (*asked.values(), parameters["entities"], matching.words)
    if sum(value is not None for value in filters) > 1:
        # Filters that each match many may match nothing together, and then the whole index would be walked.
        enough *= TOGETHER
    costs: dict[str, int] = {}
    if any(value is not None for value in asked.values()):
        row = tx.run("read/starts", enough=enough + 1, **asked)[0]
        costs = {name: cost for name, cost in row.items() if cost is not None}
    for name, statement in (("entity", "read/naming_hits"), ("words", "read/word_hits")):
        hits = _hits(name, matching, parameters)
        if hits and min(costs.values(), default=enough) >= enough:
            costs[name] = int(tx.run(statement, hits=hits, limit=enough + 1)[0]["hits"])
    best = min(costs, key=lambda name: costs[name], default=None)
    return best if best is not None and costs[best] <= enough else None


def _hits(start: str, matching: Matching, parameters: Row) -> str:
    """What to ask the full-text index for; nothing where the filter has none or is not set."""
    if start == "words" and matching.words:
        return matching.words.hits
    if start == "entity" and parameters["entities"]:
        return hits_of(parameters["entities"])
    return ""


def hits_of(identities: Iterable[str]) -> str:
    """What to ask a full-text index of ids for: any of them."""
    return " OR ".join(_phrase(identity) for identity in identities)


_STARTS = ("speakers", "outlets", "document", "claim", "directness", "min_confidence", "judged")


# --- who and what --------------------------------------------------------------------------------------------------


def named(
    graph: Graph,
    label: Label,
    *,
    limit: int,
    after: NameKey | None = None,
    kind: str | None = None,
    document: str | None = None,
    words: Words | None = None,
) -> Page[NameKey]:
    """Speakers, entities or outlets by name.

    Args:
        kind: a kind of entity, or ``account`` or ``outlet``.
        document: only who speaks on that page, or for entities and outlets also what it names.
        words: that the name, or one of its aliases, must hold.
    """
    name, above = after or ("", "")
    keys = {"name": name, "id": above, "limit": limit + 1, "kind": kind}
    if document is None and words is None:
        if kind in _KIND_PROPERTY and label in _OF_KIND:
            rows = graph.read(_OF_KIND[label], **keys)
        else:
            rows = graph.read(_BY_NAME[label], **keys)
    else:
        start = "words" if document is None else "document"
        asked = {"hits": words.hits, "words": words.patterns} if words else {"hits": "", "words": []}
        rows = graph.read("read/named_from", label=label, start=start, document=document, **asked, **keys)
    return Page(rows[:limit], next_key(rows, limit, "name", "id"))


def one_named(graph: Graph, identity: str, label: Literal["Speaker", "Entity", "Outlet", "Account"]) -> Row:
    """Who or what stands for this id.

    Raises:
        NotFoundError: there is none with that id and label.
    """

    def work(tx: Transaction) -> list[Row]:
        ids = [row["id"] for row in tx.run("read/same_as", id=identity)]
        if not ids:
            return []
        candidates = tx.run("read/same_candidates", ids=ids, limit=MOST_CANDIDATES)
        return [{**row, "candidates": candidates} for row in tx.run("read/named", id=ids[0])]

    row = one_of(identity, graph.reading(work))
    if label not in row["labels"]:
        raise NotFoundError(f"{identity}: is no {label.lower()}")
    return row


# --- what people decided -------------------------------------------------------------------------------------------


def reviews(
    graph: Graph,
    *,
    limit: int,
    after: TimeKey | None = None,
    of: str | None = None,
    reviewer: str | None = None,
    decision: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Page[TimeKey]:
    """Reviews, the newest first.

    Args:
        of: id of what is judged, or of the other of a pair.
        since: the earliest time, included, as ``until`` is.
    """
    at, below = after or (until or LAST, AFTER_ALL)
    keys = {"at": at, "id": below, "since": since or FIRST, "limit": limit + 1}
    asked = {"reviewer": reviewer, "decision": decision}
    if of is not None:
        asked["of"] = of
    rows = graph.read("read/reviews_by_time" if of is None else "read/reviews_of", **keys, **asked)
    return Page(natives(rows[:limit]), next_key(rows, limit, "at", "id"))


def review(graph: Graph, identity: str) -> Row:
    """One review.

    Raises:
        NotFoundError: there is none with that id.
    """
    return one_of(identity, natives(graph.read("read/review", id=identity)))


# --- what was published --------------------------------------------------------------------------------------------


def documents(
    graph: Graph,
    *,
    limit: int,
    after: TimeKey | None = None,
    outlet: str | None = None,
    kind: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    words: Words | None = None,
) -> Page[TimeKey]:
    """Documents by their newest versions, the last read first.

    ``since`` and ``until``, both included, are of ``published_at``; ``words`` are of the title.
    """
    at, below = after or (LAST, AFTER_ALL)

    def work(tx: Transaction) -> list[Row]:
        keys = {
            "at": at,
            "id": below,
            "limit": limit + 1,
            "outlets": group(tx, outlet),
            "kind": kind,
            "since": since,
            "until": until,
            "words": words.patterns if words else [],
        }
        start = None if outlet is None else "outlet"
        if words is not None and start is None:
            # Of words that most titles hold, the newest pages soon give enough.
            hits = int(tx.run("read/title_hits", hits=words.hits, limit=MANY_TITLES)[0]["hits"])
            start = "words" if hits < MANY_TITLES else None
        if start is None:
            return tx.run("read/documents_by_time", **keys)
        return tx.run("read/documents_from", start=start, hits=words.hits if words else "", **keys)

    rows = natives(graph.reading(work))
    return Page(rows[:limit], next_key(rows, limit, "at", "key"))


def document(graph: Graph, identity: str) -> Row:
    """One document with its newest text and its thread.

    Raises:
        NotFoundError: there is none with that id, or it is only linked to and was never read.
    """

    def work(tx: Transaction) -> list[Row]:
        rows = tx.run("read/document", id=identity)
        return [{**row, "thread": tx.run("read/thread", version=row["version"]["id"])} for row in rows]

    return one_of(identity, natives(graph.reading(work)))


def versions(graph: Graph, identity: str, *, limit: int, after: TimeKey | None = None) -> Page[TimeKey]:
    """The texts that a document has had, the newest first.

    Raises:
        NotFoundError: there is no document with that id, or it is only linked to and was never read.
    """
    at, below = after or (LAST, AFTER_ALL)
    rows = natives(graph.read("read/document_versions", id=identity, at=at, below=below, limit=limit + 1))
    if not rows and after is None:
        one_of(identity, rows)
    return Page(rows[:limit], next_key(rows, limit, "fetched_at", "id"))


def version(graph: Graph, identity: str) -> Row:
    """One version with its text.

    Raises:
        NotFoundError: there is none with that id.
    """
    return one_of(identity, natives(graph.read("read/version", id=identity)))


def comment(graph: Graph, identity: str) -> Row:
    """One comment, with what it answers.

    Raises:
        NotFoundError: there is none with that id.
    """
    return one_of(identity, natives(graph.read("read/comment", id=identity)))


def search(
    graph: Graph, words: Words, *, kinds: Iterable[str], limit: int, after: ScoreKey | None = None
) -> Page[ScoreKey]:
    """What holds certain words, the best match first. Looks at the ``MOST_FOUND`` best matches of each kind."""
    score, above = after or (TOP_SCORE, "")
    rows = graph.read(
        "read/search",
        hits=words.hits,
        kinds=list(kinds),
        most=MOST_FOUND,
        score=score,
        id=above,
        limit=limit + 1,
    )
    return Page(rows[:limit], next_key(rows, limit, "score", "id"))


def next_key(rows: Sequence[Row], limit: int, first: str, second: str) -> Any:
    """The key of the last row that is shown, where there are more rows than that."""
    if len(rows) <= limit:
        return None
    return _native(rows[limit - 1][first]), rows[limit - 1][second]


def one_of(identity: str, rows: Sequence[Row]) -> Row:
    """The one row that an id stands for.

    Raises:
        NotFoundError: there is none.
    """
    if not rows:
        raise NotFoundError(f"{identity}: nothing in the graph has that id")
    return rows[0]


def natives(rows: Iterable[Row]) -> list[Row]:
    """Rows with Python's own times, at any depth."""
    return [_native(row) for row in rows]


def _native(value: Any) -> Any:
    """Times as Python's, at any depth: those that the driver made, and those that statements give as text.

    The driver's own way from its times to Python's takes longer than all the rest of an answer.
    """
    if isinstance(value, dict):
        return {
            key: _moment(item) if key in _TIMES and isinstance(item, str) else _native(item)
            for key, item in value.items()
        }
    if isinstance(value, list):
        return [_native(item) for item in value] if value and isinstance(value[0], dict) else value
    if isinstance(value, DateTime):
        # Neo4j takes a named zone and an offset for different times: keys go back as the store wrote them.
        return value.to_native().astimezone(UTC)
    return value


def _moment(text: str) -> datetime:
    """A time as Cypher writes it; a name of its zone (``...Z[UTC]``), which others may have set, says nothing more."""
    return datetime.fromisoformat(text.partition("[")[0])


_TIMES = frozenset(
    {"asserted_at", "published_at", "fetched_at", "posted_at", "first_seen", "last_seen", "seen_at", "at"}
)
