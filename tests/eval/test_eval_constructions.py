"""Labelled texts: which of what a model takes for an attribution is one, what it misses, and what the writer says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from ingest import claims
from ingest.annotate.layout import paragraphs
from ingest.annotate.sentences import sentences
from ingest.model import Annotations, Assertion, Span
from tests.eval.marked import unmarked
from tests.eval.speakers import names_in
from tests.ingest.claims.pages import page

FILE = Path(__file__).parent / "constructions.yaml"
CASES: list[dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
FEWEST = 36
"""Cases that there must be, so that none is lost in silence."""


def said(case: dict[str, Any]) -> list[Assertion]:
    text, marked = unmarked(case["text"])
    confidence = case.get("confidence", 0.5)
    mixed = {one for one in marked if any("“" in span.of(text) for span in marked[one].content)}
    annotations = Annotations(
        sentences=tuple(Span(*one) for start, end in paragraphs(text) for one in sentences(text, start, end)),
        names=tuple(names_in(text, case.get("names", {}))),
        attributions=tuple(
            replace(
                one,
                method="model:attribution",
                confidence=confidence,
                directness="mixed" if number in mixed else "indirect",
            )
            for number, one in marked.items()
        ),
    )
    return list(claims.find(page(text, author=case.get("author")), {"body": annotations}).assertions)


def whose(assertion: Assertion) -> str:
    if assertion.directness == "own":
        assert assertion.speaker is not None
        return f"own {assertion.speaker.name}"
    if assertion.speaker is None:
        return assertion.speaker_status
    return f"{assertion.speaker.kind} {assertion.speaker.name}"


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= FEWEST
    assert len({case["case"] for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_what_is_whose(case: dict[str, Any]) -> None:
    wanted = [line.partition(": ")[::2] for line in case["says"]]
    found = said(case)
    told = [f"{whose(one)}: {one.text}" for one in found]
    assert len(found) == len(wanted), told
    for one, (who, beginning) in zip(found, wanted, strict=True):
        assert whose(one) == who, told
        assert one.text.startswith(beginning), told
