"""How well names are found: exact spans with their kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ingest.evaluate.metrics import Counts, exact

SHARED_KINDS = ("person", "organization", "place")
"""The kinds that the test sets annotate; others are not scored."""

CONLL_KINDS: Mapping[str, str] = {"PER": "person", "ORG": "organization", "LOC": "place"}

Name = tuple[int, int, str]


def name_counts(found: Iterable[Name], wanted: Iterable[Name], kinds: Iterable[str] = SHARED_KINDS) -> Counts:
    """The counts of one text; names of other kinds are left out on both sides."""
    scored = frozenset(kinds)
    return exact(
        {name for name in found if name[2] in scored},
        {name for name in wanted if name[2] in scored},
    )
