"""The way to the database: a thin typed wrapper over the official driver.

Statements are run by their names in ``cypher/``, with their parameters checked, in managed transactions (the driver
repeats them where the server says that they may succeed the next time), always on the database that the connection
names. Statements that read run in sessions in which the server refuses to write.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar
from urllib.parse import urlsplit, urlunsplit

import neo4j
from neo4j.exceptions import (
    AuthError,
    ConfigurationError,
    DriverError,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_exponential

import cypher
from graph.errors import (
    AuthenticationError,
    DatabaseUnavailableError,
    GraphError,
    ReadOnlyError,
    StatementError,
    TooManyAttemptsError,
)

T = TypeVar("T")
Row = dict[str, Any]

DEFAULT_DATABASE = "neo4j"

ATTEMPTS = 8
"""How often a transaction is begun again because another one took away what it was about to use."""

FETCH_ROWS = 500
"""So many rows a server sends before it is asked for more; they may hold whole pages."""

GATES = 64
"""Each writing transaction passes through one of so many gates; who holds them all writes alone, and Community has no
other way to read one moment of a whole graph. The more there are, the seldomer two writers meet at one."""

# The driver warns of every transaction that it repeats; without a handler that goes to standard error.
logging.getLogger("neo4j").addHandler(logging.NullHandler())
WAYS_OUT = "check NEO4J_URI, or unset it to use the local Neo4j"


@dataclass(frozen=True, slots=True)
class Connection:
    """Where a server is and how to sign in. Its printed form holds no password."""

    uri: str
    user: str = "neo4j"
    password: str = field(default="", repr=False)
    database: str = DEFAULT_DATABASE

    @property
    def address(self) -> str:
        """The URI for messages: without a user name or a password in it."""
        try:
            parts = urlsplit(self.uri)
            return urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        except ValueError:
            return "the address in NEO4J_URI"


class Transaction:
    """A managed transaction: statements run in it take effect together or not at all."""

    def __init__(self, transaction: neo4j.ManagedTransaction) -> None:
        self._transaction = transaction
        self._done: set[str] = set()

    def once(self, name: str, /) -> None:
        """Run the statement of that name unless this transaction has done so before: for locks."""
        if name not in self._done:
            self.run(name)
            self._done.add(name)

    def run(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run the statement of that name and return its rows."""
        return self.run_counted(name, **parameters)[0]

    def run_counted(self, name: str, /, **parameters: Any) -> tuple[list[Row], neo4j.SummaryCounters]:
        """Run the statement of that name; its rows, and the server's count of what it changed."""
        statement = cypher.get(name)
        statement.check(parameters)
        result = self._transaction.run(statement.text, parameters)
        # Statements return values and maps of them, never nodes, which alone `record.data()` would have to look for.
        rows = [dict(record.items()) for record in result]  # type: ignore[no-untyped-call]
        return rows, result.consume().counters


class Graph:
    """An open connection to one database of one server; safe to share between threads."""

    def __init__(self, driver: neo4j.Driver, connection: Connection, *, gated: bool = True) -> None:
        self._driver = driver
        self.connection = connection
        self._gated = gated

    @classmethod
    def connect(cls, connection: Connection, *, wait_s: float = 0.0) -> Self:
        """Sign in, waiting up to ``wait_s`` seconds for a server that is not ready yet.

        Raises:
            DatabaseUnavailableError: nothing answers, or the server does not have the database.
            AuthenticationError: the server refuses the user or the password; not waited for.
        """
        graph = cls(open_driver(connection), connection)
        try:
            for attempt in Retrying(
                stop=stop_after_delay(wait_s),
                wait=wait_exponential(0.1, max=1.0),
                retry=retry_if_exception(lambda error: isinstance(error, DatabaseUnavailableError)),
                reraise=True,
            ):
                with attempt:
                    graph.ping()
        except BaseException:
            graph.close()
            raise
        return graph

    def ping(self) -> str:
        """Ask the server for its version, in the database of the connection: that works only once it is ready.

        Asked once, and not again and again as a managed transaction would.
        """
        return str(self.execute(cypher.get("read/server_version").text, mode="read")[0]["version"])

    def read(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run a statement that reads and return its rows.

        Raises:
            ReadOnlyError: the statement writes.
            cypher.ParameterError: the parameters are not those that the statement declares.
            GraphError: as for every call, see ``graph.errors``.
        """
        return self._managed("read", lambda transaction: transaction.run(name, **parameters))

    def write(self, name: str, /, **parameters: Any) -> list[Row]:
        """Run a statement that may write, in a transaction of its own, and return its rows."""
        return self._managed("write", lambda transaction: transaction.run(name, **parameters))

    def transaction(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in one writing transaction. It may be called again, so it must not change anything else.

        It waits while somebody writes or reads ``alone``.
        """

        def through_a_gate(transaction: Transaction) -> T:
            # Before any other lock: whoever waits here keeps nobody waiting.
            transaction.run("write/gate", gate=secrets.randbelow(GATES))
            return work(transaction)

        return self._managed("write", through_a_gate if self._gated else work)

    def persistent(self, work: Callable[[Transaction], T]) -> T:
        """Like ``transaction``, and again where a node that it had found was deleted before it could be locked.

        The driver does not repeat that: it takes it for a mistake in the statement.
        """
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return self.transaction(work)
            except StatementError as error:
                cause = error.__cause__
                gone = isinstance(cause, Neo4jError) and (cause.code or "").endswith(".EntityNotFound")
                if not gone or attempt == ATTEMPTS:
                    raise
        raise AssertionError("unreachable")

    def reading(self, work: Callable[[Transaction], T]) -> T:
        """Run ``work`` in one transaction that only reads, so that all its statements see the same graph."""
        return self._managed("read", work)

    @contextmanager
    def alone(self) -> Iterator[Alone]:
        """Waits for all transactions of ``Graph.transaction`` that are under way, and keeps others waiting.

        Holds for every process on this database, and not for who writes past OnRecord, as in Neo4j Browser; see
        ``Alone.moment``.

        Raises:
            GraphError: the database is gone.
        """
        with translated(self.connection), self._session("write") as session, session.begin_transaction() as held:
            held.run(cypher.get("write/gates_all").text, gates=GATES).consume()
            yield Alone(Graph(self._driver, self.connection, gated=False), held)
            held.rollback()

    def execute(self, text: str, parameters: Mapping[str, Any] | None = None, *, mode: str = "write") -> list[Row]:
        """Run the text of a statement outside a managed transaction, once.

        For what cannot run otherwise: steps of the schema, ``CALL { } IN TRANSACTIONS``, ``EXPLAIN``. Never for text
        that holds a user's input.
        """
        with translated(self.connection), self._session(mode) as session:
            return [record.data() for record in session.run(text, dict(parameters or {}))]

    def bookmarks(self) -> frozenset[str]:
        """The server's name for the last transaction that changed the database."""
        with translated(self.connection), self._session("read") as session:
            session.execute_read(lambda transaction: transaction.run(cypher.get("read/server_version").text).consume())
            return frozenset(session.last_bookmarks().raw_values)

    def close(self) -> None:
        """Give the connections back."""
        self._driver.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _managed(self, mode: str, work: Callable[[Transaction], T]) -> T:
        with translated(self.connection), self._session(mode) as session:
            run = session.execute_read if mode == "read" else session.execute_write
            return run(lambda transaction: work(Transaction(transaction)))

    def _session(self, mode: str) -> neo4j.Session:
        return self._driver.session(
            database=self.connection.database,
            fetch_size=FETCH_ROWS,
            default_access_mode=neo4j.READ_ACCESS if mode == "read" else neo4j.WRITE_ACCESS,
        )


class Alone:
    """The graph while nobody else of OnRecord writes to it.

    ``graph`` writes in transactions of its own, which do not wait at the gates.
    """

    def __init__(self, graph: Graph, held: neo4j.Transaction) -> None:
        self.graph = graph
        self._held = held

    def stream(self, name: str, /, **parameters: Any) -> Iterator[neo4j.Record]:
        """The rows of a statement that reads, as they come: any number of them in bounded memory."""
        statement = cypher.get(name)
        statement.check(parameters)
        with translated(self.graph.connection):
            yield from self._held.run(statement.text, parameters)

    def moment(self) -> frozenset[str]:
        """A mark that is the same for as long as nothing in the database has been changed, by whomever."""
        return self.graph.bookmarks()

    def check(self) -> None:
        """Makes sure that others are kept waiting still.

        Raises:
            GraphError: the server was lost, and others may have written since.
        """
        with translated(self.graph.connection):
            self._held.run(cypher.get("read/server_version").text).consume()


@contextmanager
def translated(connection: Connection) -> Iterator[None]:
    """Turn the driver's errors into the tree of ``graph.errors``: one line, with the address and no password."""
    try:
        yield
    except (Neo4jError, DriverError) as error:
        raise translate(error, connection) from error
    except UnicodeEncodeError as error:
        raise StatementError("no database takes half a character (a lone surrogate), and one was to be sent") from error
    except ValueError as error:
        # What the driver says of a host that no name server knows; any other is a mistake of the caller.
        if not str(error).startswith("Cannot resolve address"):
            raise
        raise DatabaseUnavailableError(f"{connection.address}: no such host is known; {WAYS_OUT}") from error


def translate(error: Neo4jError | DriverError, connection: Connection) -> GraphError:
    """What an error of the driver means to the user."""
    where, database = connection.address, connection.database
    code = (error.code or "") if isinstance(error, Neo4jError) else ""
    if code.endswith("AuthenticationRateLimit"):
        return TooManyAttemptsError(f"{where}: too many wrong passwords, the server wants a pause of some seconds")
    if isinstance(error, AuthError):
        return AuthenticationError(
            f"{where}: the server refuses user {connection.user!r} with the password given; "
            "check NEO4J_USER and NEO4J_PASSWORD"
        )
    if code.endswith("DatabaseNotFound"):
        return DatabaseUnavailableError(f"{where}: the server has no database {database!r}; check NEO4J_DATABASE")
    if code.endswith(("DatabaseUnavailable", "DatabaseNotAvailable")):
        return DatabaseUnavailableError(f"{where}: the database {database!r} is not available")
    if code.endswith("Statement.AccessMode"):
        return ReadOnlyError(f"{where}: a statement that is declared to read tried to write")
    if isinstance(error, Neo4jError):
        return StatementError(f"{where}: {one_line(error.message or str(error))} ({code})")
    if isinstance(error, ServiceUnavailable | SessionExpired):
        return DatabaseUnavailableError(f"{where}: no Neo4j server answers; {WAYS_OUT}")
    return GraphError(f"{where}: {one_line(str(error))}")


def open_driver(connection: Connection, *, patience_s: float = 30.0) -> neo4j.Driver:
    """The official driver for a connection; nothing is sent yet.

    Args:
        connection: where to.
        patience_s: how long a managed transaction is tried again while the server is away.

    Raises:
        DatabaseUnavailableError: the URI is not the address of a Neo4j server.
    """
    try:
        return neo4j.GraphDatabase.driver(
            connection.uri,
            auth=(connection.user, connection.password),
            notifications_min_severity="OFF",
            telemetry_disabled=True,
            connection_timeout=10.0,
            # Transactions that deadlock are short, so they can be tried again soon.
            initial_retry_delay=0.1,
            max_transaction_retry_time=patience_s,
            user_agent="onrecord",
        )
    except (ConfigurationError, ValueError) as error:
        raise DatabaseUnavailableError(
            f"{connection.address}: not the address of a Neo4j server, which looks like bolt://HOST:7687 or "
            f"neo4j+s://HOST; {WAYS_OUT}"
        ) from error


def one_line(text: str, limit: int = 300) -> str:
    """``text`` on one line and not over-long."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
