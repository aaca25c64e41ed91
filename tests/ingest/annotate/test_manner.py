"""Directness, polarity and certainty, by rule: the same for every annotator."""

from __future__ import annotations

import pytest

from ingest.annotate.layout import paragraphs
from ingest.annotate.manner import Manner, manner_of
from ingest.annotate.quotations import quotations
from ingest.model import Span


def manner(text: str, cue: str, *content: str) -> Manner:
    """How the first ``cue`` in ``text`` attributes the first of each ``content``."""

    def at(words: str) -> Span:
        return Span(text.index(words), text.index(words) + len(words))

    spans = tuple(sorted(map(at, content)))
    return manner_of(text, (at(cue),) if cue else (), spans, quotations(text, list(paragraphs(text))))


@pytest.mark.parametrize(
    ("text", "content", "expected"),
    [
        ("“It is late,” he said.", ["“It is late,”"], "direct"),
        ("“It is late,” he said.", ["It is late"], "direct"),
        ("“It is late,” he said, “and cold.”", ["“It is late,”", "“and cold.”"], "direct"),
        ("He said it was “dead” by then.", ["it was “dead” by then"], "mixed"),
        ("“It is late,” he said, and cold.", ["“It is late,”", "and cold"], "mixed"),
        ("He said that it was late.", ["that it was late"], "indirect"),
        ("He said “no” but she said it was late.", ["it was late"], "indirect"),
        ("He said (…).", ["(…)"], "indirect"),
    ],
)
def test_directness(text: str, content: list[str], expected: str) -> None:
    assert manner(text, "said", *content).directness == expected


def test_marks_around_the_cue_itself_are_somebody_elses() -> None:
    text = "“Putin told me that it was late,” said Peskov."
    assert manner(text, "told", "that it was late").directness == "indirect"
    text = "“Putin told me, ‘It is late,’ and left,” said Peskov."
    assert manner(text, "told", "‘It is late,’").directness == "direct"


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "that it was late", "affirmed"),
        ("denied", "that it was late", "denied"),
        ("flatly rejected", "that it was late", "denied"),
        ("did not deny", "that it was late", "affirmed"),
        ("doesn't believe", "it is late", "denied"),
        ("doesn’t believe", "it is late", "denied"),
        ("never said", "that it was late", "denied"),
        ("not only said", "that it was late", "affirmed"),
        ("in his denial", "that it was late", "denied"),
        ("asked", "if it was late", "questioned"),
        ("did not say", "whether it was late", "questioned"),
        ("said", "whether it was late", "questioned"),
        ("According to", "it was late", "affirmed"),
        ("said", "“Is it late?”", "questioned"),
        ("said", "Is it late?", "affirmed"),
    ],
)
def test_polarity(cue: str, content: str, expected: str) -> None:
    assert manner(f"Peskov {cue} {content}.", cue, content).polarity == expected


@pytest.mark.parametrize(
    ("cue", "content", "expected"),
    [
        ("said", "that it was late", "certain"),
        ("thinks", "it is late", "hedged"),
        ("reportedly said", "it was late", "hedged"),
        ("said", "that it may be late", "hedged"),
        ("said", "that May was late", "certain"),
        ("According to", "it was allegedly late", "hedged"),
    ],
)
def test_certainty(cue: str, content: str, expected: str) -> None:
    assert manner(f"Peskov {cue} {content}.", cue, content).certainty == expected


def test_without_cue_or_content() -> None:
    assert manner("“It is late.”", "", "“It is late.”") == Manner("direct", "affirmed", "certain")
    assert manner("Peskov said.", "said") == Manner("indirect", "affirmed", "certain")
