"""Puts in order what follows from a graph that two came together in: derived again, as after each page and each review.

Of two graphs that both are in order, each knows nothing of the pages and the reviews of the other.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from graph import claims, disputes, people, reviews
from graph.driver import Graph, Row, Transaction
from ingest.model import Id

BATCH = 500


def put_in_order(graph: Graph) -> int:
    """Derives again, over the whole graph, whatever is derived; the same when it is done twice.

    Returns:
        How many versions are not current any more.
    """
    retired = sum(row["retired"] for row in graph.write("write/restore_current"))
    for page in _pages(graph, "read/restore_entities"):
        graph.transaction(partial(_tie, page=page))
    for page in _pages(graph, "read/restore_accounts"):
        graph.transaction(partial(_tie, page=page))
    judged = [Id(row["id"]) for row in graph.read("read/restore_judged")]
    for start in range(0, len(judged), BATCH):
        graph.transaction(partial(reviews.derive, assertions=judged[start : start + BATCH]))
    for page in _pages(graph, "read/restore_assertions"):
        graph.transaction(partial(claims.regroup, assertions=[row["id"] for row in page]))
    for page in _pages(graph, "read/restore_disputes"):
        graph.transaction(partial(disputes.settle, disputes=[row["id"] for row in page]))
    return int(retired)


def _tie(transaction: Transaction, page: list[Row]) -> None:
    people.tie(transaction, [row for row in page if any(row["keys"].values())])
    people.regroup(transaction, [Id(row["id"]) for row in page])


def _pages(graph: Graph, name: str) -> Iterator[list[Row]]:
    after = ""
    while page := graph.read(name, after=after, limit=BATCH):
        yield page
        after = page[-1]["id"]
