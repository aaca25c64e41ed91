"""Pure: which of several versions of pages copy which, by the words that they share.

The sketch by which candidates are found only says that two texts may have much in common. What counts is how much of
the later one stands in the earlier one in runs of words, and that is the same whichever of them came first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from graph.rows import Row
from ingest.model import flat
from ingest.runs import Words, runs

METHOD = "rule:shared-runs"

LEAST_RUN = 8
"""Words in a row that must be the same: fewer are, by chance or because everybody says it so."""

LEAST_SHARE = 0.5
"""How much of the later text must stand in the earlier one."""

LEAST_WORDS = 40
"""Words that must be shared: a page of two sentences may well be another page's two sentences."""


def copies(found: Iterable[Mapping[str, Any]]) -> list[Row]:
    """Which version copies which.

    Args:
        found: rows of ``read/put_copied``: a ``version`` and ``others``, each with ``id``, ``text`` and ``at``, when it
            was published, or where that is unknown first fetched.

    Returns:
        ``{later, earlier, properties}``, each pair once; ``share`` is of the later version's words, ``spans`` where in
        its text they stand.
    """
    words: dict[str, Words] = {}
    rows: dict[tuple[str, str], Row] = {}
    for row in found:
        for other in row["others"]:
            earlier, later = sorted((row["version"], other), key=lambda one: (one["at"], one["id"]))
            pair = (later["id"], earlier["id"])
            if pair not in rows:
                for one in (earlier, later):
                    if one["id"] not in words:
                        words[one["id"]] = Words(one["text"])
                properties = _shared(words[later["id"]], words[earlier["id"]])
                if properties is not None:
                    rows[pair] = {"later": later["id"], "earlier": earlier["id"], "properties": properties}
    return [rows[pair] for pair in sorted(rows)]


def _shared(later: Words, earlier: Words) -> Row | None:
    shared = runs(later, earlier, LEAST_RUN)
    same = sum(run.words for run in shared)
    if same < max(LEAST_WORDS, LEAST_SHARE * len(later)):
        return None
    spans = flat(later.span(run.one, run.words) for run in shared)
    return {"share": round(same / len(later), 4), "spans": spans, "method": METHOD}
