"""Writes extractions to the graph, and takes documents and accounts out of it again.

A document and all that was found in it arrive in one transaction or not at all. A transaction first locks the document,
then, each kind in the order of ids, whatever other documents may refer to as well; so two that meet wait for each
other, and where they deadlock all the same the server ends one of them and the driver runs it again.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal, TypeVar

from neo4j.exceptions import Neo4jError

from graph import quotes as linked
from graph.copies import copies
from graph.driver import Graph, Transaction
from graph.errors import NotFoundError, StatementError
from graph.plan import Changes, Known, KnownText, TextChange, changes, continued, unchanged, without, words_of
from graph.rows import DocumentRows, Row, merged, rows_of
from ingest.model import Extraction, Id

T = TypeVar("T")

BATCH_ROWS = 1_000
"""Rows that go to the server with one run of a statement."""

GROUP_DOCUMENTS = 20
GROUP_ROWS = 2_000
GROUP_WAIT_S = 0.5
"""Up to so many documents, or rows of them, share a transaction in ``put_many``, unless they come more slowly than
that."""

ATTEMPTS = 8
"""How often a transaction is begun again because another one took away what it was about to use."""

Outcome = Literal["created", "updated", "unchanged", "forgotten"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What putting one extraction changed.

    ``outcome`` is ``created`` where the document's text was not in the graph before, ``forgotten`` where it must stay
    out and nothing was written. ``new_version`` tells a text that the page did not have before. ``comments`` and
    ``assertions`` count what came new, ``dropped`` the assertions that this reading no longer finds, ``retired`` the
    texts (the version before, comments) that the page no longer shows.
    """

    document: Id
    version: Id
    outcome: Outcome
    new_version: bool = False
    comments: int = 0
    assertions: int = 0
    dropped: int = 0
    retired: int = 0


@dataclass(frozen=True, slots=True)
class Forgot:
    """What forgetting took out; nothing more where it was forgotten already.

    ``unproving`` are the checksums of fetched bytes that no text in the graph refers to any more.
    """

    id: Id
    already: bool = False
    texts: int = 0
    assertions: int = 0
    unproving: tuple[str, ...] = ()


class _MustStayOutError(Exception):
    """Ends a transaction that has written for documents or accounts which turn out to be forgotten."""

    def __init__(self, ids: Iterable[str]) -> None:
        super().__init__()
        self.ids = frozenset(Id(identity) for identity in ids)


class Store:
    """The write side of the graph; safe to share between threads. The schema must have been applied."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def put(self, extraction: Extraction) -> Stored:
        """Writes a document and everything found in it, in one transaction or not at all.

        What is in the graph already is left as it is: putting the same again changes nothing. Another text becomes a
        version of its own, and another reading of the same text takes the place of the one before; reviews, and
        what they judged, stay.

        Raises:
            GraphError: nothing was written.
        """
        return self._put([rows_of(extraction)])[0]

    def put_many(self, extractions: Iterable[Extraction]) -> Iterator[Stored | StatementError]:
        """Like ``put`` for each in turn, with several small documents to a transaction: quicker, and no sooner.

        A document that the server refuses does not harm the others: its error is yielded in its place.

        Raises:
            GraphError: the database is gone; what was yielded before is kept.
        """
        for group in _groups(rows_of(extraction) for extraction in extractions):
            try:
                yield from self._put(group)
            except StatementError:
                for rows in group:
                    try:
                        yield self._put([rows])[0]
                    except StatementError as error:
                        yield error

    def forget(self, identity: str) -> Forgot:
        """Takes a document or an account out, with everything that only it held, and remembers that it must stay out.

        Of a document go its versions, comments and assertions, and claims, entities, outlets, accounts and linked
        pages that nothing else refers to; other pages' links to it go too. Of an account go its assertions and the
        words of its comments, which keep their places in their threads. Reviews and disputes go with what they were
        about. The bytes that a forgotten document was read from are for the caller to delete; those that an account's
        comments were read from also prove what others said.

        Raises:
            NotFoundError: nothing in the graph has that id, or it is no document and no account.
        """
        work: Callable[[Transaction, Id], Forgot | None]
        if identity.startswith("doc-"):
            work = _forget_document
        elif identity.startswith("acc-"):
            work = _forget_account
        else:
            raise NotFoundError(f"{identity}: only a document (doc-...) or an account (acc-...) can be forgotten")
        forgot = self._retried(lambda transaction: work(transaction, Id(identity)))
        if forgot is None:
            raise NotFoundError(f"{identity}: nothing in the graph has that id")
        return forgot

    def proofs(self, document: Id) -> dict[str, list[Id]]:
        """The checksums of the bytes that a document's versions and comments were first read from, with the versions.

        Raises:
            GraphError: the database cannot be asked.
        """
        return {row["sha256"]: row["versions"] for row in self._graph.read("read/proofs", document=document)}

    def _put(self, group: Sequence[DocumentRows]) -> list[Stored]:
        """One transaction for documents of different ids."""
        out: frozenset[Id] = frozenset()
        while True:
            try:
                return self._retried(partial(_write_group, group=group, out=out))
            except _MustStayOutError as late:
                # Forgotten accounts come to light where accounts are locked, and forgetting can overtake us.
                out |= late.ids

    def _retried(self, work: Callable[[Transaction], T]) -> T:
        """Runs a transaction again where a node that it had found was deleted before it could be locked.

        The driver does not: it takes that for a mistake in the statement.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self._graph.transaction(work)
            except StatementError as error:
                cause = error.__cause__
                gone = isinstance(cause, Neo4jError) and (cause.code or "").endswith(".EntityNotFound")
                if not gone or attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable")


def _write_group(transaction: Transaction, *, group: Sequence[DocumentRows], out: frozenset[Id]) -> list[Stored]:
    state = {row["id"]: row for row in transaction.run("read/put_state", documents=[rows.id for rows in group])}
    stored: dict[Id, Stored] = {}
    pending: list[DocumentRows] = []
    for rows in group:
        held = state[rows.id]
        if held["forgotten"] or rows.id in out:
            stored[rows.id] = Stored(rows.id, rows.version, "forgotten")
        elif unchanged(rows, held["reading"], _native(held["fetchedAt"])):
            stored[rows.id] = Stored(rows.id, rows.version, "unchanged")
        else:
            pending.append(without(rows, out))
    if pending:
        stored |= _write_documents(transaction, pending)
    return [stored[rows.id] for rows in group]


def _write_documents(transaction: Transaction, pending: Sequence[DocumentRows]) -> dict[Id, Stored]:
    known = _locked(transaction, pending)
    work = [(rows, changes(rows, known[rows.id])) for rows in pending]
    texts = [change for _, changed in work for change in changed.texts]
    candidates: set[str] = set()

    _put_shared(transaction, work)
    found, dropped = _cleared(transaction, texts, candidates)
    published = [changed.document for _, changed in work if changed.document]
    again = [row for row in published if known[row["id"]].fetched_at is not None]
    if again:
        candidates.update(*(row["candidates"] for row in _run(transaction, "write/unpublish", _plain(again))))

    _run(transaction, "write/put_versions", [changed.version for _, changed in work if changed.version])
    _run(transaction, "write/put_comments", [row for _, changed in work for row in changed.comments])
    _run(transaction, "write/put_shows", [row for _, changed in work for row in changed.shows])
    _run(transaction, "write/put_replies", [row for _, changed in work for row in changed.replies])
    _run(transaction, "write/put_answers", [row for _, changed in work for row in changed.answers])
    _run(transaction, "write/put_links", [row for text in texts for row in text.rows.links])
    _run(transaction, "write/put_outlet_links", [row for text in texts for row in text.rows.outlet_links])
    _run(transaction, "write/put_mentions", [row for text in texts for row in text.rows.mentions])
    _run(transaction, "write/put_assertions", [row for text in texts for row in _assertions(text)])
    _run(transaction, "write/put_asserted", [row for text in texts for row in text.rows.asserted])
    _run(transaction, "write/put_cites", [row for text in texts for row in text.rows.cites])
    _run(transaction, "write/put_reported", [row for text in texts for row in text.rows.reported])
    _run(transaction, "write/put_quotes", [row for text in texts for row in text.rows.quotes])
    _run(transaction, "write/put_text_quotes", [row for text in texts for row in text.rows.text_quotes])
    _run(transaction, "write/retire_texts", [text for _, changed in work for text in changed.retired], as_="texts")
    _put_order(transaction, work)
    versions = [changed.version for _, changed in work if changed.version]
    _put_copies(transaction, versions)
    _run(transaction, "write/put_published", published)
    _put_linked_quotes(transaction, [text.rows.id for text in texts], [row["id"] for row in versions])
    _sweep(transaction, candidates)

    return {rows.id: _stored(rows, changed, known[rows.id], found, dropped) for rows, changed in work}


def _locked(transaction: Transaction, pending: Sequence[DocumentRows]) -> dict[Id, Known]:
    """Locks the documents and the pages that they link to; what the graph holds of the documents from then on."""
    pages: dict[Id, Row] = {}
    for rows in pending:
        pages.update(rows.documents)
    pages |= {rows.id: {"id": rows.id, "url": rows.url} for rows in pending}
    answers = _run(transaction, "write/put_documents", [pages[identity] for identity in sorted(pages)])
    locked = {row["id"]: row for row in answers if not row["forgotten"]}
    gone = {row["id"] for row in answers if row["forgotten"]} | {r.id for r in pending if r.id not in locked}
    if gone:
        raise _MustStayOutError(gone)

    present = [rows for rows in pending if locked[rows.id]["reading"] is not None]
    held = _run(transaction, "read/put_known", [{"id": rows.id, "version": rows.version} for rows in present])
    known = {Id(row["id"]): _known(row) for row in held}
    return {rows.id: known.get(rows.id) or Known() for rows in pending}


def _put_shared(transaction: Transaction, work: Sequence[tuple[DocumentRows, Changes]]) -> None:
    """Entities, outlets and accounts, each kind in the order of ids over all documents of the transaction."""
    entities: dict[Id, Row] = {}
    accounts: dict[Id, Row] = {}
    for rows, changed in work:
        needed: set[Id | None] = {identity for change in changed.texts for identity in change.rows.shared}
        needed |= {row["author"] for row in changed.comments}
        if changed.document:
            needed |= {rows.outlet, rows.author}
        speaking = {row["speaker"] for change in changed.texts for row in change.rows.asserted}
        for nodes, wanted in ((entities, rows.entities), (accounts, rows.accounts)):
            for identity in wanted.keys() & needed:
                row = wanted[identity]
                labels = [*row.get("labels", ()), *(["Speaker"] if identity in speaking else [])]
                row = {**row, "labels": labels}
                nodes[identity] = merged(nodes[identity], row) if identity in nodes else row
    _run(transaction, "write/put_entities", [entities[identity] for identity in sorted(entities)])
    out = _run(transaction, "write/put_accounts", [accounts[identity] for identity in sorted(accounts)])
    if out:
        raise _MustStayOutError(row["id"] for row in out)


def _cleared(
    transaction: Transaction, texts: Iterable[TextChange], candidates: set[str]
) -> tuple[dict[Id, set[Id]], set[Id]]:
    """Takes away what an earlier reading found in texts that are there already.

    Returns:
        The assertions that were there by text, and those that this reading no longer finds.
    """
    read_before = [change for change in texts if change.exists]
    if not read_before:
        return {}, set()
    ids = [change.rows.id for change in read_before]
    answers = _run(transaction, "read/put_found", ids, as_="texts")
    found = {Id(row["text"]): {Id(assertion) for assertion in row["assertions"]} for row in answers}
    now = {row["id"] for change in read_before for row in change.rows.assertions}
    before = {assertion for assertions in found.values() for assertion in assertions}

    cleared = _run(transaction, "write/clear_texts", ids, as_="texts")
    cleared += _run(transaction, "write/clear_assertions", sorted(before & now), as_="assertions")
    cleared += _run(transaction, "write/drop_assertions", sorted(before - now), as_="assertions")
    candidates.update(*(row["candidates"] for row in cleared))
    return found, before - now


def _put_order(transaction: Transaction, work: Sequence[tuple[DocumentRows, Changes]]) -> None:
    """Ties the assertions of versions to those of the version before that say the same."""
    order = {later: earlier for _, changed in work for later, earlier in changed.order.items()}
    if not order:
        return
    versions = sorted({*order, *(earlier for earlier in order.values() if earlier)})
    answers = _run(transaction, "read/put_words", versions, as_="versions")
    words = {row["version"]: words_of(row["text"], row["assertions"]) for row in answers}
    _run(transaction, "write/clear_continues", sorted(order), as_="versions")
    _run(
        transaction,
        "write/put_continues",
        [row for later, earlier in order.items() if earlier for row in continued(words[later], words[earlier])],
    )


def _put_copies(transaction: Transaction, versions: Sequence[Row]) -> None:
    """Ties versions to those of other pages that copy them, or that they copy.

    Whoever stores a text looks for others once nobody else can be doing the same: of two that come at once, the second
    to get here sees the first.
    """
    asked = [
        {"id": row["id"], "document": row["document"], "hits": " OR ".join(row["properties"]["bands"])}
        for row in versions
        if row["properties"].get("bands")
    ]
    if not asked:
        return
    transaction.run("write/copies_lock")
    candidates = _run(transaction, "read/put_copied", asked)
    _run(transaction, "write/clear_copies", [row["id"] for row in asked], as_="versions")
    _run(transaction, "write/put_copies", copies(candidates))


def _put_linked_quotes(transaction: Transaction, texts: Sequence[Id], versions: Sequence[Id]) -> None:
    """Ties texts to the pages that they link to and repeat, whichever of them comes first.

    Pages that are linked to are locked with the documents, so of two that come at once one waits for the other.
    """
    found = transaction.run("read/put_linked", texts=list(texts), versions=list(versions))
    if not found:
        return
    pairs = [{"text": row["text"]["id"], "document": row["document"]} for row in found]
    transaction.run("write/clear_linked_quotes", rows=pairs, method=linked.METHOD)
    of_assertions, of_texts = linked.linked_quotes(found)
    _run(transaction, "write/put_quotes", of_assertions)
    _run(transaction, "write/put_text_quotes", of_texts)


def _sweep(transaction: Transaction, candidates: Iterable[str]) -> None:
    """Takes out what nothing refers to any more."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for identity in sorted(candidates):
        by_kind[identity.partition("-")[0]].append(identity)
    _run(transaction, "write/sweep_documents", by_kind["doc"], as_="ids")
    _run(transaction, "write/sweep_entities", by_kind["ent"], as_="ids")
    _run(transaction, "write/sweep_accounts", by_kind["acc"], as_="ids")
    _run(transaction, "write/sweep_claims", by_kind["clm"], as_="ids")


def _forget_document(transaction: Transaction, identity: Id) -> Forgot | None:
    held = transaction.run("write/forget_document_lock", id=identity)
    if not held:
        return _forgotten_already(transaction, identity)
    transaction.run("write/forget_marker", id=identity, at=datetime.now(UTC))
    texts = held[0]["texts"]
    proofs = sorted(row["sha256"] for row in transaction.run("read/proofs", document=identity))
    found = _run(transaction, "read/put_found", texts, as_="texts")
    assertions = sorted(assertion for row in found for assertion in row["assertions"])
    gone = _run(transaction, "write/forget_assertions", assertions, as_="assertions")
    gone += _run(transaction, "write/forget_texts", texts, as_="texts")
    gone += transaction.run("write/forget_document", id=identity)
    _sweep(transaction, {candidate for row in gone for candidate in row["candidates"]})
    left = {row["sha256"] for row in _run(transaction, "read/proofs_left", proofs, as_="sha256s")}
    unproving = tuple(sha256 for sha256 in proofs if sha256 not in left)
    return Forgot(identity, texts=len(texts), assertions=len(assertions), unproving=unproving)


def _forget_account(transaction: Transaction, identity: Id) -> Forgot | None:
    held = transaction.run("write/forget_account_lock", id=identity)
    if not held:
        return _forgotten_already(transaction, identity)
    transaction.run("write/forget_marker", id=identity, at=datetime.now(UTC))
    comments = held[0]["comments"]
    found = _run(transaction, "read/put_found", comments, as_="texts")
    assertions = sorted({*held[0]["assertions"], *(assertion for row in found for assertion in row["assertions"])})
    gone = _run(transaction, "write/forget_assertions", assertions, as_="assertions")
    gone += _run(transaction, "write/forget_words", comments, as_="comments")
    transaction.run("write/forget_account", id=identity)
    _sweep(transaction, {candidate for row in gone for candidate in row["candidates"]})
    return Forgot(identity, texts=len(comments), assertions=len(assertions))


def _forgotten_already(transaction: Transaction, identity: Id) -> Forgot | None:
    return Forgot(identity, already=True) if transaction.run("read/forgotten", ids=[identity]) else None


def _stored(
    rows: DocumentRows, changed: Changes, known: Known, found: Mapping[Id, set[Id]], dropped: set[Id]
) -> Stored:
    if not changed:
        return Stored(rows.id, rows.version, "unchanged")
    added = 0
    lost = 0
    for change in changed.texts:
        before = found.get(change.rows.id, set())
        added += sum(row["id"] not in before for row in change.rows.assertions)
        lost += len(before & dropped)
    return Stored(
        rows.id,
        rows.version,
        "created" if known.fetched_at is None else "updated",
        new_version=rows.version not in known.versions,
        comments=sum(comment.id not in known.comments for comment in rows.comments),
        assertions=added,
        dropped=lost,
        retired=len(changed.retired),
    )


def _assertions(text: TextChange) -> Iterator[Row]:
    for row in text.rows.assertions:
        properties = row["properties"]
        seen = properties.get("assertedAt", text.seen)
        yield {**row, "properties": {**properties, "seenAt": seen, "current": text.current}}


def _known(row: Row) -> Known:
    return Known(
        reading=row["reading"],
        fetched_at=_native(row["fetchedAt"]),
        current=next((Id(version["id"]) for version in row["versions"] if version["current"]), None),
        versions=_texts(row["versions"]),
        comments=_texts(row["comments"]),
        shows={(Id(show["version"]), Id(show["comment"])): _place(show) for show in row["shows"]},
    )


def _texts(rows: Iterable[Row]) -> dict[Id, KnownText]:
    return {Id(row["id"]): KnownText(row["reading"], _time(row["fetchedAt"])) for row in rows}


def _place(show: Row) -> Row:
    place = {"position": show["position"], "depth": show["depth"]}
    return place if show["until"] is None else {**place, "until": _time(show["until"])}


def _plain(published: Iterable[Row]) -> list[Row]:
    return [{"id": row["id"], "outlet": row["outlet"], "author": row["author"]} for row in published]


def _groups(documents: Iterable[DocumentRows]) -> Iterator[list[DocumentRows]]:
    """Documents in their order, so many together as may share a transaction; one document never twice."""
    group: list[DocumentRows] = []
    size = 0
    began = 0.0
    for rows in documents:
        weight = len(rows.comments) + sum(len(t.assertions) + len(t.mentions) for t in rows.texts.values())
        full = len(group) >= GROUP_DOCUMENTS or size + weight > GROUP_ROWS
        if group and (full or any(other.id == rows.id for other in group)):
            yield group
            group, size = [], 0
        if not group:
            began = time.monotonic()
        group.append(rows)
        size += weight
        if time.monotonic() - began > GROUP_WAIT_S:
            yield group
            group, size = [], 0
    if group:
        yield group


def _run(transaction: Transaction, name: str, rows: Sequence[Any], as_: str = "rows") -> list[Row]:
    """Runs a statement over rows, a batch at a time and not at all over none; all that it answers."""
    return [
        answer
        for start in range(0, len(rows), BATCH_ROWS)
        for answer in transaction.run(name, **{as_: list(rows[start : start + BATCH_ROWS])})
    ]


def _native(value: Any) -> datetime | None:
    return None if value is None else _time(value)


def _time(value: Any) -> datetime:
    # Neo4j takes a named zone and an offset for different times: what is written again goes back as it came.
    native: datetime = value.to_native().astimezone(UTC)
    return native
