"""Writes extractions to the graph, and takes documents and accounts out of it again.

A document and all that was found in it arrive in one transaction or not at all. A transaction first locks the document,
then, each kind in the order of ids, whatever other documents may refer to as well; so two that meet wait for each
other, and where they deadlock all the same the server ends one of them and the driver runs it again.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Literal

from graph import claims, people, reviews, ties
from graph import quotes as linked
from graph.copies import copies
from graph.disputes import settle
from graph.driver import Graph, Transaction
from graph.errors import NotFoundError, StatementError
from graph.linking import Foreseen, Judge, Linker, New
from graph.plan import Changes, Known, KnownText, TextChange, changes, continued, moved, unchanged, without, words_of
from graph.rows import ASSERTION_OPTIONAL, DocumentRows, Row, TextRows, merged, rows_of
from ingest.model import Extraction, Id
from ingest.wordings import Wording

BATCH_ROWS = 1_000
"""Rows that go to the server with one run of a statement."""

GROUP_DOCUMENTS = 20
GROUP_ROWS = 2_000
GROUP_WAIT_S = 0.5
"""Up to so many documents, or rows of them, share a transaction in ``put_many``, unless they come more slowly than
that."""

WAITING_TOGETHER = 200
"""Assertions that ``link_waiting`` compares in one transaction."""

Outcome = Literal["created", "updated", "unchanged", "forgotten"]
Link = Callable[[Transaction, Sequence[New]], set[str]]
"""Compares assertions that were written with others; the ids of those whose ties changed."""


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
    """The write side of the graph; safe to share between threads. The schema must have been applied.

    With a ``judge``, assertions are compared with those that are there and grouped into claims as they are written;
    without one, each is a claim of its own until ``link_waiting`` compares it.
    """

    def __init__(self, graph: Graph, judge: Judge | None = None) -> None:
        self._graph = graph
        self._linker = Linker(judge) if judge is not None else None

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

    def link_waiting(self) -> int:
        """Compares assertions that were written without a judge; how many there were. Can be broken off at any time.

        Raises:
            GraphError: those that were compared before stay compared.
        """
        linker = self._linker
        if linker is None:
            return 0

        def work(transaction: Transaction, foreseen: Foreseen) -> int:
            claims.lock(transaction)
            new = _waiting(transaction)
            claims.regroup(transaction, linker.link(transaction, new, foreseen, anew=True))
            return len(new)

        done = 0
        while True:
            foreseen = self._graph.reading(
                lambda transaction: linker.foresee(transaction, _waiting(transaction), anew=True)
            )
            linked_now = self._graph.persistent(partial(work, foreseen=foreseen))
            linker.settle(foreseen)
            if not linked_now:
                return done
            done += linked_now

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
        forgot = self._graph.persistent(lambda transaction: work(transaction, Id(identity)))
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
        if (linker := self._linker) is None:
            return self._write(group, None)
        new = [one for rows in group for one in _new(rows)]
        foreseen = self._graph.reading(partial(linker.foresee, new=new))
        stored = self._write(group, partial(linker.link, foreseen=foreseen))
        linker.settle(foreseen)
        return stored

    def _write(self, group: Sequence[DocumentRows], link: Link | None) -> list[Stored]:
        out: frozenset[Id] = frozenset()
        while True:
            try:
                return self._graph.persistent(partial(_write_group, group=group, out=out, link=link))
            except _MustStayOutError as late:
                # Forgotten accounts come to light where accounts are locked, and forgetting can overtake us.
                out |= late.ids


def _write_group(
    transaction: Transaction, *, group: Sequence[DocumentRows], out: frozenset[Id], link: Link | None
) -> list[Stored]:
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
        stored |= _write_documents(transaction, pending, link)
    return [stored[rows.id] for rows in group]


def _write_documents(transaction: Transaction, pending: Sequence[DocumentRows], link: Link | None) -> dict[Id, Stored]:
    known = _locked(transaction, pending)
    moves = people.moves(transaction, [identity for identity in known if known[identity].fetched_at is not None])
    pending = [moved(rows, moves.get(rows.id, {})) for rows in pending]
    work = [(rows, changes(rows, known[rows.id])) for rows in pending]
    texts = [change for _, changed in work for change in changed.texts]
    candidates: set[str] = set()
    left = _Left()

    new = _put_shared(transaction, work)
    found, dropped = _cleared(transaction, work, candidates, left)
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
    retired = [text for _, changed in work for text in changed.retired]
    _run(transaction, "write/retire_texts", retired, as_="texts")
    left.tied.update(*(row["assertions"] for row in _run(transaction, "read/put_found", retired, as_="texts")))
    disputes = _put_disputes(transaction, work, texts)
    _put_order(transaction, work)
    _put_reviewed(transaction, [changed for rows, changed in work if known[rows.id].fetched_at is not None])
    versions = [changed.version for _, changed in work if changed.version]
    _put_copies(transaction, versions)
    people.tie(transaction, new)
    _run(transaction, "write/put_published", published)
    _put_linked_quotes(transaction, [text.rows.id for text in texts], [row["id"] for row in versions])
    _group(transaction, texts, left, link)
    unreviewed = _put_fact_checks(transaction, texts)
    disputes |= {one for one in unreviewed if one.startswith("dsp-")}
    candidates |= {one for one in unreviewed if one.startswith("clm-")}
    settle(transaction, disputes, (one for one in candidates if one.startswith("clm-")))
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


def _put_shared(transaction: Transaction, work: Sequence[tuple[DocumentRows, Changes]]) -> list[Row]:
    """Entities, outlets and accounts, each kind in the order of ids over all documents of the transaction.

    Returns:
        The rows of those whose names were not in the graph.
    """
    entities: dict[Id, Row] = {}
    accounts: dict[Id, Row] = {}
    for rows, changed in work:
        needed: set[Id | None] = {identity for change in changed.texts for identity in change.rows.shared}
        needed |= {row["author"] for row in changed.comments}
        if changed.document:
            needed |= {rows.outlet, rows.author}
        speaking = {row["speaker"] for change in changed.texts for row in (*change.rows.asserted, *change.rows.raised)}
        for nodes, wanted in ((entities, rows.entities), (accounts, rows.accounts)):
            for identity in wanted.keys() & needed:
                row = wanted[identity]
                labels = [*row.get("labels", ()), *(["Speaker"] if identity in speaking else [])]
                row = {**row, "labels": labels}
                nodes[identity] = merged(nodes[identity], row) if identity in nodes else row
    named = _run(transaction, "write/put_entities", [entities[identity] for identity in sorted(entities)])
    signed = _run(transaction, "write/put_accounts", [accounts[identity] for identity in sorted(accounts)])
    out = [row["id"] for row in signed if row["forgotten"]]
    if out:
        raise _MustStayOutError(out)
    return [*(entities[row["id"]] for row in named), *(accounts[row["id"]] for row in signed)]


def _cleared(
    transaction: Transaction, work: Sequence[tuple[DocumentRows, Changes]], candidates: set[str], left: _Left
) -> tuple[dict[Id, set[Id]], set[Id]]:
    """Takes away what an earlier reading found in texts that are there already, and what people made of it since, but
    for what this reading finds too.

    Returns:
        The assertions that were there by text, and those that this reading no longer finds.
    """
    changed = [one for _, one in work]
    texts = [change.rows for change in ties.there(changed)]
    if not texts:
        return {}, set()
    ids = [text.id for text in texts]
    there = _run(transaction, "read/put_found", ids, as_="texts")
    found = {Id(row["text"]): {Id(assertion) for assertion in row["assertions"]} for row in there}
    now = {row["id"] for text in texts for row in text.assertions}
    before = {assertion for assertions in found.values() for assertion in assertions}

    left.note(transaction, sorted(before - now))
    again = sorted({row["id"] for text in texts for row in text.disputes})
    cleared = _run(transaction, "write/clear_disputes", ties.of_disputes(changed), again=again)
    checks = ties.of_fact_checks(changed)
    cleared += _run(transaction, "write/clear_fact_checks", ids, as_="texts", keep=checks)
    cleared += _run(transaction, "write/clear_texts", ties.of_texts(changed), method=linked.METHOD)
    cleared += _run(transaction, "write/clear_assertions", ties.of_assertions(changed, before & now))
    cleared += _run(transaction, "write/drop_assertions", sorted(before - now), as_="assertions")
    candidates.update(*(row["candidates"] for row in cleared))
    return found, before - now


def _put_disputes(
    transaction: Transaction, work: Sequence[tuple[DocumentRows, Changes]], texts: Sequence[TextChange]
) -> set[str]:
    """Writes what is disputed in texts, and what of it is current; the ids of all disputes that this concerns."""
    _run(transaction, "write/put_disputes", [row for text in texts for row in _disputes(text)])
    _run(transaction, "write/put_stated_in", [row for text in texts for row in text.rows.stated])
    _run(transaction, "write/put_against", [row for text in texts for row in text.rows.against])
    _run(transaction, "write/put_raised", [row for text in texts for row in text.rows.raised])
    shown = [{"text": text.rows.id, "current": text.current} for text in texts if text.exists]
    shown += [{"text": text, "current": False} for _, changed in work for text in changed.retired]
    moved = _run(transaction, "write/current_disputes", shown)
    return {row["id"] for text in texts for row in text.rows.disputes} | {row["id"] for row in moved}


@dataclass(slots=True)
class _Left:
    """What assertions that go leave behind, and what else claims have to be grouped around."""

    tied: set[str] = field(default_factory=set)
    claims: set[str] = field(default_factory=set)
    sayings: set[str] = field(default_factory=set)

    def note(self, transaction: Transaction, assertions: Sequence[str]) -> None:
        """Remembers what some assertions leave, and takes what follows from them out, before they go."""
        if not assertions:
            return
        claims.lock(transaction)
        for row in _run(transaction, "read/claim_leaving", assertions, as_="ids"):
            self.tied.update(row["tied"])
            self.claims.update(row["claims"])
            self.sayings.update([row["saying"]] if row["saying"] else ())
        dropped = _run(transaction, "write/drop_derived_disputes", assertions, as_="assertions", keep=[])
        self.claims.update(row["claim"] for row in dropped)

    def regroup(self, transaction: Transaction) -> None:
        """Groups anew what is left."""
        _run(transaction, "write/link_heirs", sorted(self.sayings), as_="sayings")
        claims.regroup(transaction, self.tied, self.claims)


def _group(transaction: Transaction, texts: Sequence[TextChange], left: _Left, link: Link | None) -> None:
    """Compares what is new, and groups all assertions that were written, or whose fellows went, into claims.

    Whoever does so waits until nobody else is: of two that come at once, the second sees what the first wrote.
    """
    written = [row["id"] for text in texts for row in text.rows.assertions]
    if written and link is not None:
        claims.lock(transaction)
        new = [New(Id(identity), wording) for text in texts for identity, wording in _said(text.rows)]
        left.tied |= link(transaction, new)
    left.tied.update(written)
    left.regroup(transaction)


def _new(rows: DocumentRows) -> Iterator[New]:
    for text in rows.texts.values():
        for identity, wording in _said(text):
            yield New(identity, wording)


def _said(text: TextRows) -> Iterator[tuple[Id, Wording]]:
    for row in text.assertions:
        yield row["id"], text.wordings[row["id"]]


def _waiting(transaction: Transaction) -> list[New]:
    rows = transaction.run("read/link_waiting", limit=WAITING_TOGETHER)
    return [New(row["id"], Wording(row["wording"], False, row["scope"])) for row in rows]


def _put_fact_checks(transaction: Transaction, texts: Sequence[TextChange]) -> set[str]:
    """Writes fact-checks, which review claims: once those are there.

    Returns:
        The ids of claims that they review no more, and of the disputes that come from those fact-checks.
    """
    checks = sorted(
        ({**row, "seen": text.seen} for text in texts for row in text.rows.fact_checks), key=lambda row: str(row["id"])
    )
    return {row["id"] for row in _run(transaction, "write/put_fact_checks", checks)}


def _put_order(transaction: Transaction, work: Sequence[tuple[DocumentRows, Changes]]) -> None:
    """Ties the assertions of versions to those of the version before that say the same."""
    order = {later: earlier for _, changed in work for later, earlier in changed.order.items()}
    if not order:
        return
    versions = sorted({*order, *(earlier for earlier in order.values() if earlier)})
    answers = _run(transaction, "read/put_words", versions, as_="versions")
    words = {row["version"]: words_of(row["text"], row["assertions"]) for row in answers}
    rows = [row for later, earlier in order.items() if earlier for row in continued(words[later], words[earlier])]
    keep = ties.pairs(rows, "later", "earlier")
    _run(transaction, "write/clear_continues", sorted(order), as_="versions", keep=keep)
    _run(transaction, "write/put_continues", rows)


def _put_reviewed(transaction: Transaction, again: Iterable[Changes]) -> None:
    """Lets the assertions of pages that were there before be what people said of them."""
    reviews.derive(transaction, [row["id"] for one in again for text in one.texts for row in text.rows.assertions])


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
    transaction.once("write/copies_lock")
    rows = copies(_run(transaction, "read/put_copied", asked))
    keep = ties.pairs(rows, "later", "earlier")
    _run(transaction, "write/clear_copies", [row["id"] for row in asked], as_="versions", keep=keep)
    _run(transaction, "write/put_copies", rows)


def _put_linked_quotes(transaction: Transaction, texts: Sequence[Id], versions: Sequence[Id]) -> None:
    """Ties texts to the pages that they link to and repeat, whichever of them comes first.

    Pages that are linked to are locked with the documents, so of two that come at once one waits for the other.
    """
    found = transaction.run("read/put_linked", texts=list(texts), versions=list(versions))
    if not found:
        return
    pairs = [{"text": row["text"]["id"], "document": row["document"]} for row in found]
    of_assertions, of_texts = linked.linked_quotes(found)
    keep = ties.pairs((*of_assertions, *of_texts), "text", "to")
    transaction.run("write/clear_linked_quotes", rows=pairs, keep=keep, method=linked.METHOD)
    _run(transaction, "write/put_quotes", of_assertions)
    _run(transaction, "write/put_text_quotes", of_texts)


def _sweep(transaction: Transaction, candidates: Iterable[str]) -> None:
    """Takes out what nothing refers to any more."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for identity in sorted(candidates):
        by_kind[identity.partition("-")[0]].append(identity)
    _run(transaction, "write/sweep_documents", by_kind["doc"], as_="ids")
    gone = _run(transaction, "write/sweep_entities", by_kind["ent"], as_="ids")
    gone += _run(transaction, "write/sweep_accounts", by_kind["acc"], as_="ids")
    people.regroup(transaction, {Id(other) for row in gone for other in row["alike"]})
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
    left = _Left()
    left.note(transaction, assertions)
    gone = _run(transaction, "write/clear_fact_checks", texts, as_="texts", keep=[])
    gone += _run(transaction, "write/forget_assertions", assertions, as_="assertions")
    gone += _run(transaction, "write/forget_texts", texts, as_="texts")
    gone += transaction.run("write/forget_document", id=identity)
    left.regroup(transaction)
    _forget_unnamed(transaction, {candidate for row in gone for candidate in row["candidates"]})
    proving = {row["sha256"] for row in _run(transaction, "read/proofs_left", proofs, as_="sha256s")}
    unproving = tuple(sha256 for sha256 in proofs if sha256 not in proving)
    return Forgot(identity, texts=len(texts), assertions=len(assertions), unproving=unproving)


def _forget_account(transaction: Transaction, identity: Id) -> Forgot | None:
    held = transaction.run("write/forget_account_lock", id=identity)
    if not held:
        return _forgotten_already(transaction, identity)
    transaction.run("write/forget_marker", id=identity, at=datetime.now(UTC))
    comments = held[0]["comments"]
    found = _run(transaction, "read/put_found", comments, as_="texts")
    assertions = sorted({*held[0]["assertions"], *(assertion for row in found for assertion in row["assertions"])})
    left = _Left()
    left.note(transaction, assertions)
    gone = transaction.run("write/forget_raised", id=identity)
    gone += _run(transaction, "write/forget_assertions", assertions, as_="assertions")
    gone += _run(transaction, "write/forget_words", comments, as_="comments")
    alone = transaction.run("write/forget_account", id=identity)
    people.regroup(transaction, {Id(other) for row in alone for other in row["alike"]})
    left.regroup(transaction)
    _forget_unnamed(transaction, {candidate for row in gone for candidate in row["candidates"]})
    return Forgot(identity, texts=len(comments), assertions=len(assertions))


def _forget_unnamed(transaction: Transaction, candidates: set[str]) -> None:
    """Takes out what nothing refers to any more, and where only reviews still do, these as well.

    Which of the claims that are left are disputed is told anew.
    """
    entities = sorted(candidate for candidate in candidates if candidate.startswith("ent-"))
    gone = _run(transaction, "write/forget_entities", entities, as_="ids")
    people.regroup(transaction, {Id(other) for row in gone for other in row["alike"]})
    settle(transaction, (), (one for one in candidates if one.startswith("clm-")))
    _sweep(transaction, candidates)


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
        absent = {name: None for name in ASSERTION_OPTIONAL if name not in properties}
        yield {**row, "properties": {**properties, **absent, "seenAt": seen, "current": text.current}}


def _disputes(text: TextChange) -> Iterator[Row]:
    for row in text.rows.disputes:
        properties = row["properties"]
        yield {**row, "properties": {"seenAt": text.seen, **properties, "current": text.current}}


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


def _run(transaction: Transaction, name: str, rows: Sequence[Any], as_: str = "rows", **others: Any) -> list[Row]:
    """Runs a statement over rows, a batch at a time and not at all over none; all that it answers."""
    return [
        answer
        for start in range(0, len(rows), BATCH_ROWS)
        for answer in transaction.run(name, **{as_: list(rows[start : start + BATCH_ROWS])}, **others)
    ]


def _native(value: Any) -> datetime | None:
    return None if value is None else _time(value)


def _time(value: Any) -> datetime:
    # Neo4j takes a named zone and an offset for different times: what is written again goes back as it came.
    native: datetime = value.to_native().astimezone(UTC)
    return native
