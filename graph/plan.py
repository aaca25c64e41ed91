"""Pure: what has to change in the graph so that it holds an extraction, given what it holds already.

Texts never change, so the unit of comparison is the text: a version or a comment whose ``reading`` is the one that
the graph has needs nothing. The newest fetch of a page decides what is current; an older one that comes later adds what
it saw and takes nothing away.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from graph.rows import FROM_THREAD, CommentRows, DocumentRows, Row, TextRows
from ingest.model import Id, Span, words_at

TOMBSTONE = "forgotten"
"""The property, true, of a comment whose account must stay out: it keeps its place in the thread and no words."""


@dataclass(frozen=True, slots=True)
class KnownText:
    """What the graph holds of a version or comment."""

    reading: str | None
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class Known:
    """What the graph holds of a document.

    ``fetched_at`` is the fetch that what is current was read from, ``None`` for a page that was only ever linked to;
    ``shows`` has the version and comment of each SHOWS that concerns the current version or the one that is put.
    """

    reading: str | None = None
    fetched_at: datetime | None = None
    current: Id | None = None
    versions: Mapping[Id, KnownText] = field(default_factory=dict)
    comments: Mapping[Id, KnownText] = field(default_factory=dict)
    shows: Mapping[tuple[Id, Id], Row] = field(default_factory=dict)

    def shown(self) -> set[Id]:
        """The texts that are shown today."""
        if self.current is None:
            return set()
        return {self.current, *(c for (v, c), show in self.shows.items() if v == self.current and "until" not in show)}


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text to write: its rows, whether it is shown today, when it was first seen, and whether the graph has it.

    ``reread`` tells that the graph has another reading of it, which has to go; ``first`` that no fetch before this one
    saw it, so that this one's bytes are what proves it.
    """

    rows: TextRows
    current: bool
    seen: datetime
    exists: bool
    reread: bool
    first: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What to write for one document; all of it empty where nothing changes.

    ``order`` names versions whose assertions must be tied anew to those of the version before, which may be none.
    """

    document: Row | None
    version: Row | None
    comments: tuple[Row, ...]
    replies: tuple[Row, ...]
    answers: tuple[Row, ...]
    shows: tuple[Row, ...]
    texts: tuple[TextChange, ...]
    retired: tuple[Id, ...]
    order: Mapping[Id, Id | None]

    def __bool__(self) -> bool:
        return bool(self.document or self.version or self.texts or self.shows or self.retired)


def unchanged(rows: DocumentRows, reading: str | None, fetched_at: datetime | None) -> bool:
    """Whether the graph holds exactly this already, judged by the little that is cheap to ask for."""
    return fetched_at is not None and rows.reading == reading and rows.fetched_at >= fetched_at


def changes(rows: DocumentRows, known: Known) -> Changes:
    """What to write so that the graph holds ``rows`` too."""
    newest = known.fetched_at is None or (rows.fetched_at, rows.version) >= (known.fetched_at, known.current or "")
    if newest and unchanged(rows, known.reading, known.fetched_at):
        return Changes(None, None, (), (), (), (), (), (), {})
    before = known.shown()
    after = set(rows.texts) if newest else before

    texts: dict[Id, TextChange] = {}
    for identity, text in rows.texts.items():
        held = known.versions.get(identity) or known.comments.get(identity)
        reread = held is not None and held.reading != text.reading
        if (
            held is None
            or reread
            or rows.fetched_at < held.fetched_at
            or (identity in after and identity not in before)
        ):
            first = held is None or rows.fetched_at < held.fetched_at
            seen = rows.fetched_at if held is None or first else held.fetched_at
            texts[identity] = TextChange(text, identity in after, seen, held is not None, reread, first)

    comments = tuple(_comment(rows, comment, texts[comment.id]) for comment in rows.comments if comment.id in texts)
    version = _version(rows, texts[rows.version]) if rows.version in texts else None
    return Changes(
        document=_document(rows) if newest else None,
        version=version,
        comments=comments,
        replies=tuple(reply for comment in rows.comments if comment.id in texts for reply in comment.replies),
        answers=tuple(answer for comment in rows.comments if comment.id in texts for answer in comment.answers),
        shows=_shows(rows, known, newest),
        texts=tuple(texts.values()),
        retired=tuple(sorted(before - after)),
        order=_order(rows, known, texts.get(rows.version)),
    )


def without(rows: DocumentRows, forgotten: Collection[Id]) -> DocumentRows:
    """The same rows without the words of accounts that must stay out and without what is laid in their mouths."""
    if not any(account in forgotten for account in rows.accounts):
        return rows
    silenced = {comment.id for comment in rows.comments if comment.author in forgotten}
    unsaid = {
        row["assertion"] for text in rows.texts.values() for row in text.asserted if row["speaker"] in forgotten
    } | {row["id"] for identity in silenced for row in rows.texts[identity].assertions}
    return replace(
        rows,
        author=None if rows.author in forgotten else rows.author,
        comments=tuple(_tombstone(c) if c.id in silenced else c for c in rows.comments),
        texts={
            identity: _emptied(text)
            if identity in silenced
            else _undisputed(_unsaid(_not_quoting(text, silenced), forgotten), {*silenced, *unsaid}, forgotten)
            for identity, text in rows.texts.items()
        },
        accounts={identity: row for identity, row in rows.accounts.items() if identity not in forgotten},
    )


def moved(rows: DocumentRows, moves: Mapping[Id, Id]) -> DocumentRows:
    """The same rows with the mentions that a person moved: each entity of ``moves`` is another one on this page."""
    if not any(entity in rows.entities for entity in moves):
        return rows
    entities: dict[Id, Row] = {}
    for identity, row in rows.entities.items():
        # It has the name of the one that it was parted from, and must not be tied to it again by that.
        new = {**row, "id": moves[identity], "keys": {}} if identity in moves else row
        entities[new["id"]] = new
    texts = {identity: _moved(text, moves) for identity, text in rows.texts.items()}
    return replace(rows, entities=entities, texts=texts)


def _moved(text: TextRows, moves: Mapping[Id, Id]) -> TextRows:
    if not text.shared & moves.keys():
        return text

    def renamed(found: Iterable[Row], key: str) -> tuple[Row, ...]:
        return tuple({**row, key: moves.get(row[key], row[key])} for row in found)

    def named(row: Row) -> Row:
        properties = row["properties"]
        if not moves.keys() & set(properties.get("names", ())):
            return row
        names = sorted({moves.get(name, name) for name in properties["names"]})
        return {**row, "properties": {**properties, "names": names}}

    return replace(
        text,
        mentions=renamed(text.mentions, "entity"),
        asserted=renamed(text.asserted, "speaker"),
        assertions=tuple(map(named, text.assertions)),
        disputes=tuple(map(named, text.disputes)),
        raised=renamed(text.raised, "speaker"),
        shared=frozenset(moves.get(identity, identity) for identity in text.shared),
    )


@dataclass(frozen=True, slots=True)
class Words:
    """An assertion by what it says: its id, its words, its speaker's as the text has them, and where they begin."""

    id: Id
    said: str
    speaker: str
    start: int


def words_of(text: str, assertions: Iterable[Mapping[str, Any]]) -> list[Words]:
    """Assertions as the graph has them (``id``, ``text``, ``content``, ``source``), found in ``text``."""
    return [
        Words(
            Id(row["id"]), row["text"], words_at(text, _spans(row.get("source") or ())), min(row["content"], default=0)
        )
        for row in assertions
    ]


def continued(later: Iterable[Words], earlier: Iterable[Words]) -> list[Row]:
    """Which later assertion says again what an earlier one said.

    The same words of the same source; where a text says them more than once, in the order of the text.
    """
    waiting: dict[tuple[str, str], list[Id]] = defaultdict(list)
    for old in sorted(earlier, key=lambda words: (words.start, words.id), reverse=True):
        waiting[old.said, old.speaker].append(old.id)
    return [
        {"later": new.id, "earlier": waiting[new.said, new.speaker].pop()}
        for new in sorted(later, key=lambda words: (words.start, words.id))
        if waiting.get((new.said, new.speaker))
    ]


def _document(rows: DocumentRows) -> Row:
    properties = {"id": rows.id, "kind": rows.kind, "fetchedAt": rows.fetched_at, "reading": rows.reading}
    if rows.url is not None:
        properties["url"] = rows.url
    return {"id": rows.id, "outlet": rows.outlet, "author": rows.author, "properties": properties}


def _version(rows: DocumentRows, change: TextChange) -> Row:
    return {
        "document": rows.id,
        "id": rows.version,
        "properties": {
            **_proved(rows.version_properties, change),
            "fetchedAt": change.seen,
            "current": change.current,
            "reading": change.rows.reading,
        },
    }


def _comment(rows: DocumentRows, comment: CommentRows, change: TextChange) -> Row:
    return {
        "document": rows.id,
        "id": comment.id,
        "author": comment.author,
        "properties": {
            **_proved(comment.properties, change),
            "fetchedAt": change.seen,
            "reading": change.rows.reading,
        },
    }


def _proved(properties: Row, change: TextChange) -> Row:
    """Without the checksum where an earlier fetch's is in the graph: that one goes with ``fetchedAt``."""
    return properties if change.first else {key: value for key, value in properties.items() if key != "sha256"}


def _shows(rows: DocumentRows, known: Known, newest: bool) -> tuple[Row, ...]:
    """SHOWS that are missing, lie otherwise than the graph says, or end because the newest fetch lacks the comment."""
    wanted: dict[Id, Row] = {}
    for comment in rows.comments:
        held = known.shows.get((rows.version, comment.id))
        place: Row = {"position": comment.position, "depth": comment.depth}
        if newest and held != place:
            wanted[comment.id] = place
        elif not newest and held is None:
            # The current version was fetched since, without this comment.
            wanted[comment.id] = {**place, "until": known.fetched_at} if rows.version == known.current else place
    if newest:
        here = {comment.id for comment in rows.comments}
        for (version, gone), held in known.shows.items():
            if version == rows.version and gone not in here and "until" not in held:
                wanted[gone] = {**held, "until": rows.fetched_at}
    return tuple({"version": rows.version, "comment": c, "properties": row} for c, row in wanted.items())


def _order(rows: DocumentRows, known: Known, change: TextChange | None) -> dict[Id, Id | None]:
    """Versions to tie anew, each with the one before it: the one that is put, the one after it, and where it was."""
    if change is None or (not known.versions.keys() - {rows.version}):
        return {}
    held = {identity: text.fetched_at for identity, text in known.versions.items()}
    was = _before(held)
    now = _before({**held, rows.version: change.seen})
    return {
        later: earlier
        for later, earlier in now.items()
        if later == rows.version or earlier == rows.version or was.get(later) != earlier
    }


def _before(fetched: Mapping[Id, datetime]) -> dict[Id, Id | None]:
    ordered = sorted(fetched, key=lambda identity: (fetched[identity], identity))
    return dict(zip(ordered, [None, *ordered], strict=False))


def _tombstone(comment: CommentRows) -> CommentRows:
    # How a comment stands to another one is told by its words, so that goes too.
    return replace(
        comment,
        properties={"id": comment.id, "text": "", "sha256": comment.properties["sha256"], TOMBSTONE: True},
        author=None,
        replies=tuple({**row, "properties": {"method": FROM_THREAD}} for row in comment.replies),
        answers=tuple({**row, "properties": {"method": FROM_THREAD}} for row in comment.answers),
    )


def _emptied(text: TextRows) -> TextRows:
    return replace(
        text,
        mentions=(),
        links=(),
        outlet_links=(),
        assertions=(),
        asserted=(),
        cites=(),
        reported=(),
        quotes=(),
        text_quotes=(),
        disputes=(),
        stated=(),
        against=(),
        raised=(),
        fact_checks=(),
        shared=frozenset(),
    )


def _not_quoting(text: TextRows, silenced: Collection[Id]) -> TextRows:
    return replace(text, text_quotes=tuple(row for row in text.text_quotes if row["to"] not in silenced))


def _undisputed(text: TextRows, gone: Collection[Id], forgotten: Collection[Id]) -> TextRows:
    """A text without the disputes that those who are forgotten raised, or that are stated in or against their words."""
    out = {row["dispute"] for row in text.raised if row["speaker"] in forgotten}
    out |= {row["dispute"] for row in text.stated if row["in"] in gone}
    out |= {row["dispute"] for row in text.against if row["to"] in gone}
    if not out:
        return text
    return replace(
        text,
        disputes=tuple(row for row in text.disputes if row["id"] not in out),
        stated=tuple(row for row in text.stated if row["dispute"] not in out),
        against=tuple(row for row in text.against if row["dispute"] not in out),
        raised=tuple(row for row in text.raised if row["dispute"] not in out),
        shared=text.shared - frozenset(forgotten),
    )


def _unsaid(text: TextRows, forgotten: Collection[Id]) -> TextRows:
    """A text without the assertions of those who are forgotten."""
    unsaid = {row["assertion"] for row in text.asserted if row["speaker"] in forgotten}
    if not unsaid:
        return text
    return replace(
        text,
        assertions=tuple(row for row in text.assertions if row["id"] not in unsaid),
        asserted=tuple(row for row in text.asserted if row["assertion"] not in unsaid),
        cites=tuple(row for row in text.cites if row["assertion"] not in unsaid),
        reported=tuple(row for row in text.reported if row["assertion"] not in unsaid),
        shared=text.shared - frozenset(forgotten),
    )


def _spans(offsets: Iterable[int]) -> Iterable[Span]:
    numbers = list(offsets)
    return (Span(start, end) for start, end in zip(numbers[::2], numbers[1::2], strict=True))
