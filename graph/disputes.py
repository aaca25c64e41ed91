"""What follows from disputes and from people's reviews of them: their status, the claims they are against, and
whether those are disputed. Derived again whenever one of them changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from graph.driver import Row, Transaction
from ingest.model import Id

BATCH = 1_000


class Judged(Protocol):
    """What is asked of a review."""

    @property
    def of(self) -> Id:
        """The id of what it judges."""


def settle(transaction: Transaction, disputes: Iterable[str], claims: Iterable[str] = ()) -> None:
    """Derives the status of disputes, and of those that say the same in other texts of their page, and their claims.

    Args:
        disputes: ids; one that is not there is passed over.
        claims: ids of others whose disputes went.
    """
    alike = {row["id"] for row in _run(transaction, "write/settle_status", sorted(set(disputes)))}
    touched = {row["id"] for row in _run(transaction, "write/settle_disputes", sorted(alike))}
    _run(transaction, "write/settle_claims", sorted(touched | set(claims)))


def reviewed(transaction: Transaction, review: Judged) -> None:
    """What follows from a review of a dispute that was just written."""
    settle(transaction, [review.of])


def _run(transaction: Transaction, name: str, ids: Sequence[str]) -> list[Row]:
    batches = (list(ids[start : start + BATCH]) for start in range(0, len(ids), BATCH))
    return [row for batch in batches for row in transaction.run(name, ids=batch)]
