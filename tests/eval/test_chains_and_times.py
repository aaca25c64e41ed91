"""Labelled sentences: when it was said, and who reports whom. Floors: a change that loses a case must say so here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from ingest import claims
from ingest.claims.chains import RELAY
from ingest.model import Annotations, Assertion, Container, Document, Span
from tests.eval.marked import unmarked
from tests.ingest.claims.pages import page

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "chains_and_times.yaml").read_text(encoding="utf-8")
)
PUBLISHED = datetime(2016, 11, 17, 10, 30, tzinfo=UTC)

FEWEST = {"times": 78, "chains": 35}
"""Cases that there must be of each, so that none is lost in silence."""
FLOORS = {"times": 73, "chains": 34}
"""How many of them must come out right; the last 24 and 16 were written without looking at what is answered."""


def found(case: dict[str, Any]) -> tuple[Document, dict[int, Assertion], list[Assertion]]:
    """The page of a case, the assertion of each marked attribution, and all assertions."""
    text, marked = unmarked(case["text"])
    posted = case.get("posted")
    published = datetime.fromisoformat(case["published"]) if case.get("published") else None
    document = page(
        "Nothing else." if posted else text,
        comments=[("ann", None, text)] if posted else [],
        published_at=PUBLISHED if "published" not in case else published,
        posted_at=datetime(posted.year, posted.month, posted.day, 9, tzinfo=UTC) if posted else None,
    )
    container: Container = 0 if posted else "body"
    annotations = Annotations(sentences=(Span(0, len(text)),), attributions=tuple(marked.values()))
    every = list(claims.find(document, {container: annotations}).assertions)
    by_cue = {one.cue: one for one in every}
    return document, {number: by_cue[one.cue] for number, one in marked.items() if one.cue in by_cue}, every


def time_of(assertion: Assertion) -> str:
    if assertion.asserted_at_from != "text":
        return assertion.asserted_at_from
    assert assertion.asserted_at is not None
    assert assertion.asserted_at.utcoffset() is not None
    return f"text {assertion.asserted_at.date().isoformat()} {assertion.asserted_at_precision}"


def wrong_times(case: dict[str, Any]) -> str | None:
    _, marked, _ = found(case)
    told = {number: time_of(one) for number, one in marked.items()}
    return None if told == case["is"] else f"{case['text']}: {told}"


def wrong_chains(case: dict[str, Any]) -> str | None:
    document, marked, every = found(case)
    numbers = {one.id: number for number, one in marked.items()}
    told = sorted(
        f"{number} in {numbers[one.reported_in]}"
        for number, one in marked.items()
        if one.reported_in is not None and one.reported_in in numbers
    )
    relayed = {
        document.text_of(outer.container)[outer.source[0].start : outer.source[0].end]: number
        for number, one in marked.items()
        for outer in every
        if outer.id == one.reported_in and outer.method == RELAY[0]
    }
    return (
        None
        if (told, relayed) == (sorted(case["is"]), case.get("relayed", {}))
        else f"{case['text']}: {told} {relayed}"
    )


def test_there_are_enough_cases() -> None:
    attributions = sum(len(case["is"]) for case in CASES["times"])
    assert attributions >= FEWEST["times"]
    assert len(CASES["chains"]) >= FEWEST["chains"]


def test_when_it_was_said() -> None:
    wrong = [one for case in CASES["times"] if (one := wrong_times(case))]
    lost = sum(len(case["is"]) for case in CASES["times"] if wrong_times(case))
    assert sum(len(case["is"]) for case in CASES["times"]) - lost >= FLOORS["times"], "\n".join(wrong)


def test_who_reports_whom() -> None:
    wrong = [one for case in CASES["chains"] if (one := wrong_chains(case))]
    assert len(CASES["chains"]) - len(wrong) >= FLOORS["chains"], "\n".join(wrong)


def test_a_time_stands_where_it_was_read() -> None:
    for case in CASES["times"]:
        document, marked, _ = found(case)
        for one in marked.values():
            assert bool(one.when) == (one.asserted_at_from == "text")
            assert all(span.of(document.text_of(one.container)).strip() for span in one.when)


def test_the_gate_sees_a_case_that_is_wrong() -> None:
    first = CASES["times"][0]
    assert wrong_times(first | {"is": {1: "published"}}) is not None
    chain = CASES["chains"][0]
    assert wrong_chains(chain | {"is": []}) is not None
    assert replace(found(chain)[1][1], reported_in=None).reported_in is None
