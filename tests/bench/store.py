"""Rows a second that the store writes, against a bare loop of the same statements on the same server.

The store's own statements are noted with their parameters as it runs them. The bare loop then sends those of them that
``UNWIND`` rows, in the same transactions, through the driver alone: no rows made from extractions, no looking at what
is there already, no parameters checked. Both start from an empty database; they take turns, and the medians are
compared, so that a warmer server favours neither.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, LiteralString, TypeVar, cast

import neo4j

import cypher
from graph.driver import Graph, Row, Transaction
from tests.bench.figures import Figure, at_least, median

if TYPE_CHECKING:
    from ingest.model import Extraction
    from tests.bench.bench import Bench

T = TypeVar("T")
Sent = list[tuple[str, dict[str, Any]]]

ROUNDS = 8
ASSERTIONS = 4_000


class Noting(Graph):
    """A graph that notes each statement which it writes, transaction by transaction."""

    def __init__(self, driver: neo4j.Driver, connection: Any) -> None:
        super().__init__(driver, connection)
        self.transactions: list[Sent] = []

    def transaction(self, work: Callable[[Transaction], T]) -> T:
        def noted(transaction: Transaction) -> T:
            # A transaction that the driver repeats is one transaction.
            sent.clear()
            return work(cast(Transaction, _Noting(transaction, sent)))

        sent: Sent = []
        done = super().transaction(noted)
        self.transactions.append(sent)
        return done

    def write(self, name: str, /, **parameters: Any) -> list[Row]:
        self.transactions.append([(name, parameters)])
        return super().write(name, **parameters)


class _Noting:
    def __init__(self, transaction: Transaction, sent: Sent) -> None:
        self._transaction = transaction
        self._sent = sent

    def once(self, name: str, /) -> None:
        self._sent.append((name, {}))
        self._transaction.once(name)

    def run(self, name: str, /, **parameters: Any) -> list[Row]:
        self._sent.append((name, parameters))
        return self._transaction.run(name, **parameters)

    def run_counted(self, name: str, /, **parameters: Any) -> tuple[list[Row], neo4j.SummaryCounters]:
        self._sent.append((name, parameters))
        return self._transaction.run_counted(name, **parameters)


def measure(bench: Bench) -> Iterator[Figure]:
    """The ratio, and both rates."""
    from graph.store import Store
    from tests.synthetic import extractions

    found = list(extractions(ASSERTIONS))
    bench.empty()
    with Noting.connect(bench.connection) as noting:
        _put(Store(noting), found)
        sent = [[each for each in one if _unwinds(each)] for one in noting.transactions]
    sent = [one for one in sent if one]
    rows = sum(_rows(parameters) for one in sent for _, parameters in one)
    if not rows:
        raise RuntimeError("no UNWIND statement was seen: the store goes past Graph.transaction and Graph.write")

    stored, bare = [], []
    for number in range(ROUNDS + 1):
        bench.empty()
        by_store = _seconds(lambda: _put(Store(bench.graph), found))
        bench.empty()
        by_hand = _seconds(lambda: _bare(bench, sent))
        # The first turn of each still meets plans that are not made yet and code that is not compiled yet.
        if number:
            stored.append(by_store)
            bare.append(by_hand)
    bench.empty()
    newer = []
    for number in range(ROUNDS // 2 + 1):
        bench.other.empty()
        seconds = _seconds(lambda: _put(Store(bench.other.graph), found))
        if number:
            newer.append(seconds)
    bench.other.empty()
    statements = sum(map(len, sent))
    note = f"{rows:,} rows, {statements:,} statements, {len(sent):,} transactions, median of {ROUNDS}"
    yield Figure("store", "the store", rows / median(stored), "rows/s", None, note)
    yield Figure("store", f"the store on {bench.other.server.release}", rows / median(newer), "rows/s", None, note)
    yield Figure("store", "a bare loop of its UNWIND statements", rows / median(bare), "rows/s", None, note)
    yield Figure("store", "the store against the bare loop", median(bare) / median(stored), "", at_least(0.8), note)


def _put(store: Any, found: Sequence[Extraction]) -> None:
    for _ in store.put_many(found):
        pass


def _bare(bench: Bench, sent: Sequence[Sent]) -> None:
    connection = bench.connection
    texts = {name: cast(LiteralString, cypher.get(name).text) for one in sent for name, _ in one}
    driver = neo4j.GraphDatabase.driver(connection.uri, auth=(connection.user, connection.password))
    with driver, driver.session(database=connection.database) as session:
        for one in sent:

            def work(transaction: neo4j.ManagedTransaction, one: Sent = one) -> None:
                for name, parameters in one:
                    transaction.run(texts[name], parameters).consume()

            session.execute_write(work)


def _unwinds(statement: tuple[str, dict[str, Any]]) -> bool:
    name, parameters = statement
    said = cypher.get(name)
    return said.mode == "write" and "UNWIND" in said.text and _rows(parameters) > 0


def _rows(parameters: dict[str, Any]) -> int:
    """How many rows a statement was given: the items of its lists."""
    return sum(len(value) for value in parameters.values() if isinstance(value, list | tuple))


def _seconds(work: Callable[[], None]) -> float:
    before = time.perf_counter()
    work()
    return time.perf_counter() - before
