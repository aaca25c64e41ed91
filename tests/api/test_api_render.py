"""Cards on a terminal: the way of an assertion, its sources, and times no more exact than the text."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from api import render, schemas

ONE: dict[str, Any] = {
    "id": "ast-1",
    "text": "it was late",
    "speaker": {"id": "ent-1", "name": "Dmitry Peskov", "kind": "person", "method": "rule:name", "confidence": 0.9},
    "speaker_status": "resolved",
    "directness": "indirect",
    "polarity": "affirmed",
    "side": "affirmed",
    "certainty": "certain",
    "cites": [],
    "reported_in": None,
    "passage": None,
    "asserted_at": "2016-03-01T00:00:00Z",
    "asserted_at_from": "text",
    "asserted_at_precision": "month",
    "when": [[22, 32]],
    "confidence": 0.75,
    "method": "rule:that-clause",
    "current": True,
    "claim": "clm-1",
    "read_as": None,
    "judged": None,
    "document": {"id": "doc-1", "url": None, "kind": "text"},
    "version": {
        "id": "ver-1",
        "title": "News",
        "language": "en",
        "published_at": None,
        "fetched_at": "2026-01-01T00:00:00Z",
        "sha256": "0",
        "current": True,
    },
    "outlet": None,
    "container": "body",
    "comment": None,
    "source": [[0, 13]],
    "cue": [[14, 18]],
    "content": [[38, 49]],
    "context": {"start": 0, "end": 50, "text": "Dmitry Peskov told us last March that it was late."},
    "cite": "Dmitry Peskov: …",
}


def step(kind: str, name: str | None, **more: Any) -> dict[str, Any]:
    empty = {"id": None, "role": None, "assertion": None, "document": None, "share": None}
    return {"kind": kind, "name": name, **empty, **more}


PAGE = step("page", "Gazette", id="ent-4", document="doc-1")
WAY = [
    step("speaker", "Dmitry Peskov", id="ent-1", assertion="ast-1"),
    step("cited", "TASS", id="ent-2", role="via", assertion="ast-1"),
    step("reported", "BBC\x1b[2J", id="ent-3", assertion="ast-2"),
    step("quoted", None, assertion="ast-3"),
    step("copied", None, document="doc-9", share=0.876),
    PAGE,
]
END = {"speaker": {"id": "ent-1", "name": "Dmitry Peskov"}, "through": {"id": "ent-2", "name": "TASS"}}


def shown(way: list[dict[str, Any]], assertions: list[str], **changed: Any) -> str:
    sources = {"assertions": len(assertions), "independent": 1, "ends": [{**END, "assertions": assertions}]}
    one = schemas.AssertionDetail.model_validate({**ONE, **changed, "through": way, "sources": sources})
    out = StringIO()
    Console(width=120, file=out).print(render.assertion_card(one))
    return out.getvalue()


def test_the_way_is_told_from_the_speaker_outwards() -> None:
    card = shown(WAY, ["ast-1", "ast-8"])
    lines = [" ".join(line.strip("│ ").split()) for line in card.splitlines()]
    start = lines.index("Through cited (via) TASS (ent-2)")
    assert lines[start + 1 : start + 5] == [
        "reported by BBC [2J (ast-2)",
        "quoted from (ast-3)",
        "copied from a page (doc-9), 88% of its words",
        "published by Gazette (ent-4)",
    ]
    assert "Sources 1 independent of 2: Dmitry Peskov through TASS (2 times)" in lines


def test_what_stands_on_its_page_alone_needs_no_way() -> None:
    card = shown([WAY[0], PAGE], ["ast-1"])
    assert "Through" not in card
    assert "Sources" not in card


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        ("day", "2016-03-01, as the text says: “last March”"),
        ("week", "week of 2016-03-01, as the text says: “last March”"),
        ("month", "2016-03, as the text says: “last March”"),
        ("year", "2016, as the text says: “last March”"),
    ],
)
def test_a_time_is_shown_no_more_exactly_than_the_text_says(precision: str, expected: str) -> None:
    assert expected in shown([WAY[0], PAGE], ["ast-1"], asserted_at_precision=precision)


def test_a_time_whose_words_are_not_in_the_context_is_shown_without_them() -> None:
    assert "2016-03, as the text says " in shown([WAY[0], PAGE], ["ast-1"], when=[[900, 910]])
