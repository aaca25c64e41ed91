"""Labelled sentences: which outlet a name means, and what part an outlet has.

A change that loses a case must say so here.

``outlets/names.jsonl``: a text, the domain of the page's own outlet (``own``, where there is one), and each name in it
that means an outlet, in order, with the outlet. ``outlets/roles.jsonl``: a text marked as ``marked.py`` reads it, links
by the words that they stand on, and what attribution 1 came through.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ingest.annotate import load
from ingest.claims.cites import Cites
from ingest.claims.outlets import OutletSpan, named_in, outlet_of
from ingest.model import Outlet
from tests.eval.marked import unmarked

HERE = Path(__file__).parent / "outlets"
SENTENCES = load("rules")

FEWEST = {"names": 80, "roles": 77}
"""Cases that there must be of each, so that none is lost in silence."""
FLOORS = {"names": 72, "roles": 71}
"""How many of them must come out right; the last 30 and 26 were written without looking at what is answered."""


def cases(kind: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (HERE / f"{kind}.jsonl").read_text(encoding="utf-8").splitlines()]


def own_of(case: dict[str, Any]) -> Outlet | None:
    return outlet_of(f"https://{case['own']}/") if "own" in case else None


def wrong_names(case: dict[str, Any]) -> str | None:
    text = case["text"]
    found = [[text[span.start : span.end], span.outlet.name] for span in named_in(text, own_of(case))]
    return None if found == case["named"] else f"{text}: {found}"


def wrong_roles(case: dict[str, Any]) -> str | None:
    text, attributions = unmarked(case["text"])
    own = own_of(case)
    (annotations,) = SENTENCES.annotate([text])
    linked = [
        OutletSpan(text.index(words), text.index(words) + len(words), outlet)
        for words, url in case.get("links", ())
        if (outlet := outlet_of(url)) is not None
    ]
    cites = Cites(
        text, annotations.sentences, attributions.values(), named_in(text, own), linked, own.id if own else None
    )
    found = sorted([cite.name, cite.role] for cite in cites.of(attributions[1], None))
    return None if found == sorted(case["cites"]) else f"{text}: {found}"


@pytest.mark.parametrize(("kind", "wrong"), [("names", wrong_names), ("roles", wrong_roles)])
def test_cases(kind: str, wrong: Any) -> None:
    every = cases(kind)
    failed = [line for case in every if (line := wrong(case)) is not None]
    assert len(every) >= FEWEST[kind]
    assert len(every) - len(failed) >= FLOORS[kind], "\n".join(failed)
