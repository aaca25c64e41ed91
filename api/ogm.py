"""The graph as objects of py2neo's object mapper, for notebooks that use it: read, walk, and review disputes.

::

    from api.ogm import Dispute, Speaker, repository

    repo = repository()
    for dispute in repo.match(Dispute).where(status="candidate"):
        print(dispute.text, [passage.text for passage in dispute.against])
    dispute.review("reject", by="Ada Brandt", note="he speaks of another bridge")

Objects are for reading: saving or deleting them is refused, since the mapper would write over texts that never change
and take away relationships that it knows nothing of. What a person decides goes through ``Dispute.review``.

Needs ``onrecord[py2neo]``. py2neo has had no release since 2021; all else of OnRecord uses Neo4j's official driver.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

import py2neo
from py2neo.errors import ConnectionUnavailable, Neo4jError, ServiceUnavailable
from py2neo.ogm import Model, Property, RelatedFrom, RelatedTo, Repository

import cypher
from api import database
from api.settings import Settings, load
from graph import reviews
from graph.driver import GATES, Connection, Graph, Row, Transaction, one_line
from graph.errors import DatabaseUnavailableError, GraphError, ReviewError, StatementError

T = TypeVar("T")


class ReadOnlyObjectError(GraphError):
    """An object of the graph was to be saved or deleted."""


def repository(settings: Settings | None = None) -> Repository:
    """py2neo's way to the database of the settings; the local Neo4j is started where it does not run.

    Raises:
        GraphError: the database cannot be started, or does not answer.
    """
    return open_repository(database.ensure(settings or load()))


def open_repository(connection: Connection) -> Repository:
    """py2neo's way to a database.

    Raises:
        DatabaseUnavailableError: it does not answer.
    """
    parts = urlsplit(connection.uri)
    try:
        return Repository(
            f"{parts.scheme}://{parts.netloc}", name=connection.database, auth=(connection.user, connection.password)
        )
    except (ConnectionUnavailable, ServiceUnavailable, OSError) as error:
        raise DatabaseUnavailableError(f"{connection.address}: no Neo4j server answers") from error


class Kept(Model):
    """What is kept in the graph under an id of its own."""

    __primarykey__ = "id"

    id = Property()

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise ReadOnlyObjectError(
            f"{self.id}: objects are for reading; OnRecord writes the graph, and a review of a dispute is made by "
            "its method review"
        )

    __db_create__ = _refuse
    __db_delete__ = _refuse
    __db_merge__ = _refuse
    __db_push__ = _refuse


class Speaker(Kept):
    """Somebody who has asserted something: a person, an organization, an outlet, an account."""

    name = Property()
    kind = Property()
    aliases = Property()
    site = Property()

    asserted = RelatedTo("Assertion", "ASSERTED")
    raised = RelatedTo("Dispute", "RAISED")


class Outlet(Kept):
    """A medium that publishes pages, or that words came through."""

    name = Property()
    domain = Property()
    country = Property()
    medium = Property()
    aliases = Property()

    published = RelatedFrom("Document", "PUBLISHED_BY")
    cited_by = RelatedFrom("Assertion", "CITES")


class Document(Kept):
    """A page or a file, whatever its text is today."""

    url = Property()
    kind = Property()

    published_by = RelatedTo("Outlet", "PUBLISHED_BY")
    versions = RelatedFrom("Text", "VERSION_OF")
    comments = RelatedFrom("Text", "ON")


class Text(Kept):
    """What bears words: a version of a page, or a comment on it."""

    title = Property()
    text = Property()
    language = Property()
    published_at = Property("publishedAt")
    posted_at = Property("postedAt")
    fetched_at = Property("fetchedAt")
    current = Property()

    version_of = RelatedTo("Document", "VERSION_OF")
    comment_on = RelatedTo("Document", "ON")
    assertions = RelatedFrom("Assertion", "FOUND_IN")


class Assertion(Kept):
    """One attribution as a text makes it; offsets are code points of the text that it was found in."""

    text = Property()
    content = Property()
    source = Property()
    cue = Property()
    directness = Property()
    polarity = Property()
    certainty = Property()
    speaker_status = Property("speakerStatus")
    asserted_at = Property("assertedAt")
    confidence = Property()
    method = Property()
    current = Property()

    speakers = RelatedFrom("Speaker", "ASSERTED")
    found_in = RelatedTo("Text", "FOUND_IN")
    cites = RelatedTo("Outlet", "CITES")
    reported_in = RelatedTo("Assertion", "REPORTED_IN")
    expresses = RelatedTo("Claim", "EXPRESSES")
    disputed_by = RelatedFrom("Dispute", "AGAINST")


class Claim(Kept):
    """What assertions have in common: one proposition."""

    text = Property()
    first_seen = Property("firstSeen")
    last_seen = Property("lastSeen")
    disputed = Property()
    former_ids = Property("formerIds")

    expressed_by = RelatedFrom("Assertion", "EXPRESSES")
    contradicts = RelatedTo("Claim", "CONTRADICTS")
    disputes = RelatedFrom("Dispute", "DISPUTES")


class Passage(Kept):
    """Where a dispute points to: an assertion, or a text where nobody was found to assert anything."""

    text = Property()

    @property
    def assertion(self) -> Assertion | None:
        """The assertion, if it is one."""
        return Assertion.wrap(self.__node__) if self.__node__.has_label("Assertion") else None

    @property
    def whole_text(self) -> Text | None:
        """The text, if it is one."""
        return Text.wrap(self.__node__) if self.__node__.has_label("Text") else None


class Review(Kept):
    """What a person decided, when, and why."""

    decision = Property()
    reviewer = Property()
    note = Property()
    at = Property()

    of = RelatedTo("Dispute", "OF")


class Dispute(Kept):
    """Somebody who disputes what was said; it hangs on words, and what it says of claims is derived."""

    kind = Property()
    basis = Property()
    text = Property()
    confidence = Property()
    method = Property()
    status = Property()
    current = Property()

    raised_by = RelatedFrom("Speaker", "RAISED")
    stated_in = RelatedTo("Passage", "STATED_IN")
    against = RelatedTo("Passage", "AGAINST")
    disputes = RelatedTo("Claim", "DISPUTES")
    reviews = RelatedFrom("Review", "OF")

    def review(self, decision: str, *, by: str, note: str | None = None) -> str:
        """Decides on the dispute and keeps who did, when and why; the last review counts.

        Args:
            decision: ``confirm``, ``reject`` or ``reopen``.
            by: who decides.
            note: why.

        Returns:
            The id of the review.

        Raises:
            ReviewError: no such decision, or nobody who takes it.
            NotFoundError: the dispute is not in the graph any more.
            GraphError: the database is gone, and nothing was written.
        """
        if not by.strip():
            raise ReviewError("reviewer", "a review needs the name of who decides")
        made = reviews.add(_Through(self.__node__.graph), self.id, decision, note=note, reviewer=by)
        self.__node__.graph.pull(self.__node__)
        self.__ogm__._related.pop((RelatedFrom.direction, "OF"), None)
        return str(made)


class _NoOffset(tzinfo):
    """UTC as an offset of nothing: py2neo sends pytz's UTC as the zone of that name, and cannot send Python's own."""

    def utcoffset(self, _: object) -> timedelta:
        return timedelta(0)

    def dst(self, _: object) -> timedelta:
        return timedelta(0)

    def tzname(self, _: object) -> str:
        return "UTC"


def _sendable(value: Any) -> Any:
    """Parameters with every time as the official driver would send it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=_NoOffset())
    if isinstance(value, dict):
        return {key: _sendable(item) for key, item in value.items()}
    return [_sendable(item) for item in value] if isinstance(value, list | tuple) else value


class _Statements(Transaction):
    """A transaction of py2neo's as what writes to the graph takes one."""

    def __init__(self, transaction: Any) -> None:
        self._py2neo = transaction

    def run(self, name: str, /, **parameters: Any) -> list[Row]:
        statement = cypher.get(name)
        statement.check(parameters)
        return list(self._py2neo.run(statement.text, _sendable(parameters)).data())


class _Through(Graph):
    """The graph through py2neo: the same statements in the same order as through the official driver."""

    def __init__(self, graph: py2neo.Graph) -> None:
        self._py2neo = graph

    def transaction(self, work: Callable[[Transaction], T]) -> T:
        # It may run more than once, and py2neo gives back nothing of it.
        done: list[T] = []

        def through_a_gate(transaction: Any) -> None:
            statements = _Statements(transaction)
            statements.run("write/gate", gate=secrets.randbelow(GATES))
            done[:] = [work(statements)]

        try:
            self._py2neo.update(through_a_gate)
        except (ConnectionUnavailable, ServiceUnavailable) as error:
            raise DatabaseUnavailableError("no Neo4j server answers") from error
        except Neo4jError as error:
            raise StatementError(one_line(str(error))) from error
        return done[0]
