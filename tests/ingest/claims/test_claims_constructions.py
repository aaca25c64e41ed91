"""Offsets of what constructions make, and time; the rest is in ``tests/eval/constructions.yaml``."""

from __future__ import annotations

import time

import pytest

from ingest.claims.constructions import CONFIDENCE, with_constructions
from ingest.model import Annotations, Name, Span

_HANGS_SECONDS = 60.0
"""Of the processor. Each text takes a fraction of a second; a pattern that goes back over one takes minutes."""
_CROWDED = (
    "the argument by farmers who live " * 4_000,
    "claims from " + "a " * 60_000,
    "saw Quill " + "on the radio " * 10_000,
    "led Quill and another " * 6_000,
    "Quill, who " * 10_000 + "is now discussing it being closed",
    "according to them, " * 8_000,
    "was of the “" * 10_000,
)


def test_every_rule_has_a_confidence_and_keeps_its_words() -> None:
    text = "Nobody heard the complaints from tenants that the roof leaks. Quill was of the “wait and see” school."
    found = Annotations((Span(0, 61), Span(62, len(text))), (Name(62, 67, "person", 0.9, "by-hand"),))
    first, second = with_constructions(text, found).attributions
    assert (first.method, second.method) == ("rule:noun-by", "rule:of-the-school")
    assert [span.of(text) for span in (*first.source, *first.cue, *first.content)] == [
        *("tenants", "complaints", "that the roof leaks")
    ]
    assert [span.of(text) for span in (*second.source, *second.cue, *second.content)] == [
        *("Quill", "was of the", "“wait and see”")
    ]
    assert first.confidence == CONFIDENCE["rule:noun-by"]


def test_a_text_without_any_is_left_as_it_is() -> None:
    found = Annotations((Span(0, 13),))
    assert with_constructions("It was late.", found) is found


@pytest.mark.parametrize("text", _CROWDED, ids=lambda text: text[:20])
def test_no_text_makes_a_pattern_hang(text: str) -> None:
    names = tuple(
        Name(at, at + 5, "person", 0.9, "by-hand") for at in range(len(text) - 5) if text[at : at + 5] == "Quill"
    )
    sentences = tuple(Span(start, min(start + 4_000, len(text))) for start in range(0, len(text), 4_000))
    begun = time.process_time()
    with_constructions(text, Annotations(sentences, names))
    assert time.process_time() - begun < _HANGS_SECONDS
