"""Pure: what a text repeats of a page that it links to.

The same words alone are no quotation: two papers may well have heard the same speaker. Who links to a page and has
eight words or more in a row from it quotes it. The page's version that most of the words stand in is the one that is
quoted, of several alike the first that was read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from graph.rows import Row
from ingest.model import Span, Spans, flat
from ingest.runs import Run, Words, mostly_same, runs

METHOD = "rule:same-words-as-linked"
CONFIDENCE = 0.85

LEAST_RUN = 8
"""Words in a row: as many as quotation marks within a page must hold."""


def linked_quotes(found: Iterable[Mapping[str, Any]]) -> tuple[list[Row], list[Row]]:
    """What texts repeat of pages that they link to: rows for assertions, and rows for texts whose words are nobody's.

    Args:
        found: rows of ``read/put_linked``: a ``text`` (``id``, ``text``) and the ``versions`` of one page that it links
            to, the first that was read first, each with ``id``, ``text`` and ``assertions`` (``id``, ``content``).
    """
    known: dict[str, Words] = {}

    def words_of(row: Mapping[str, Any]) -> Words:
        if row["id"] not in known:
            known[row["id"]] = Words(row["text"])
        return known[row["id"]]

    of_assertions: dict[tuple[str, str], set[Span]] = defaultdict(set)
    of_texts: dict[tuple[str, str], set[Span]] = defaultdict(set)
    for row in found:
        own = words_of(row["text"])
        best: Mapping[str, Any] | None = None
        shared: list[Run] = []
        for version in row["versions"]:
            here = runs(own, words_of(version), LEAST_RUN)
            if sum(run.words for run in here) > sum(run.words for run in shared):
                best, shared = version, here
        if best is None:
            continue
        there = words_of(best)
        for run in shared:
            spans = (there.span(run.other, run.words),)
            said = [one["id"] for one in best["assertions"] if mostly_same(there, _spans(one["content"]), spans)]
            for identity in said:
                of_assertions[row["text"]["id"], identity].add(own.span(run.one, run.words))
            if not said:
                of_texts[row["text"]["id"], best["id"]].add(own.span(run.one, run.words))
    return _rows(of_assertions), _rows(of_texts)


def _rows(quoted: Mapping[tuple[str, str], set[Span]]) -> list[Row]:
    return [
        {
            "text": text,
            "to": to,
            "properties": {"spans": flat(sorted(spans)), "method": METHOD, "confidence": CONFIDENCE},
        }
        for (text, to), spans in sorted(quoted.items())
    ]


def _spans(offsets: Sequence[int]) -> Spans:
    return tuple(Span(start, end) for start, end in zip(offsets[::2], offsets[1::2], strict=True))
