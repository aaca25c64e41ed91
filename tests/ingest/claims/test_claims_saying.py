"""Which cues tell that somebody says something. What comes of it is in ``tests/eval/constructions.yaml``."""

from __future__ import annotations

import pytest

from ingest.claims.saying import leads_in, says_nothing
from ingest.model import Attribution, Span


def attribution(
    text: str, source: str, cue: str, content: str, *, confidence: float = 0.5, method: str = "model:attribution"
) -> Attribution:
    def span(words: str) -> tuple[Span, ...]:
        return (Span(text.index(words), text.index(words) + len(words)),) if words else ()

    directness = "mixed" if "“" in content else "indirect"
    return Attribution(
        span(source), span(cue), span(content), directness, "affirmed", "certain", confidence=confidence, method=method
    )


@pytest.mark.parametrize(
    "cue",
    [
        *(
            "said",
            "has repeatedly told",
            "admitted",
            "admits",
            "bragging",
            "implied",
            "denies",
            "agreed",
            "spun",
            "according to",
        ),
        *("makes clear", "is against", "made the claim", "worries", "referred to"),
    ],
)
def test_cues_of_saying_and_thinking(cue: str) -> None:
    text = f"Quill {cue} that it was late"
    assert not says_nothing(text, attribution(text, "Quill", cue, "that it was late"))


@pytest.mark.parametrize("cue", ["did not slow", "has nominated", "came up with", "seems", "disproves"])
def test_other_cues(cue: str) -> None:
    text = f"Quill {cue} the ferry plan"
    assert says_nothing(text, attribution(text, "Quill", cue, "the ferry plan"))


def test_only_what_a_model_takes_for_an_attribution_is_doubted() -> None:
    text = "Quill came up with the ferry plan"
    given = ("Quill", "came up with", "the ferry plan")
    assert says_nothing(text, attribution(text, *given))
    assert not says_nothing(text, attribution(text, *given, method="rule:clause"))
    assert not says_nothing(text, attribution(text, *given, confidence=0.8))


@pytest.mark.parametrize(
    ("cue", "nothing"),
    [
        ("It was reported", False),
        ("It is believed", False),
        ("allegedly", False),
        ("It should be said", True),
        ("It is worthy of note", True),
        ("Recall", True),
        ("It was evident", True),
    ],
)
def test_cues_without_a_source(cue: str, nothing: bool) -> None:
    text = f"{cue} that it was late"
    assert says_nothing(text, attribution(text, "", cue, "that it was late")) is nothing


def test_words_in_quotation_marks_are_somebodys() -> None:
    text = "Quill came up with “a plan that nobody had asked for” and a “plan”"
    assert not says_nothing(text, attribution(text, "Quill", "came up with", "“a plan that nobody had asked for”"))
    assert says_nothing(text, attribution(text, "Quill", "came up with", "a “plan”"))


@pytest.mark.parametrize(
    "words", ["Quill said:", "Quill put it like this:", "He explained on Friday:", "From the BBC:"]
)
def test_what_leads_in(words: str) -> None:
    assert leads_in(words)


def test_what_leads_nothing_in() -> None:
    assert not leads_in("As to the ferry, nobody in the port owns a clock:")
