"""Who is said to have said what."""

from __future__ import annotations

import pytest

from ingest.annotate import load
from ingest.annotate.attributions import CONFIDENCE
from ingest.model import Attribution, words_at

ANNOTATOR = load("rules")


def read(text: str) -> list[Attribution]:
    (found,) = ANNOTATOR.annotate([text])
    return list(found.attributions)


def triples(text: str) -> list[tuple[str, str, str]]:
    return [
        (words_at(text, each.source), words_at(text, each.cue), words_at(text, each.content)) for each in read(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“It is late,” Dmitry Peskov said.", ("Dmitry Peskov", "said", "“It is late,”")),
        ("“It is late,” said Dmitry Peskov.", ("Dmitry Peskov", "said", "“It is late,”")),
        ('Peskov said: "It is late."', ("Peskov", "said", '"It is late."')),
        ("Peskov said that it was late.", ("Peskov", "said", "that it was late")),
        ("Peskov has also said it was late.", ("Peskov", "has also said", "it was late")),
        ("She told reporters that it was late.", ("She", "told", "that it was late")),
        ("She told the BBC it was late.", ("She", "told", "it was late")),
        (
            "The talks will go on for weeks, Peskov said on Monday.",
            ("Peskov", "said", "The talks will go on for weeks"),
        ),
        ("According to the ministry, the talks will go on.", ("the ministry", "According to", "the talks will go on")),
        ("The talks will go on, according to the ministry.", ("the ministry", "according to", "The talks will go on")),
        ("He said in a statement on Monday that it was late.", ("He", "said", "that it was late")),
        ("Dmitry Peskov, who was late, said it was early.", ("Dmitry Peskov", "said", "it was early")),
        (
            "Dmitry Peskov, a spokesman for the Kremlin, said it was early.",
            ("Dmitry Peskov, a spokesman for the Kremlin,", "said", "it was early"),
        ),
        ("Peskov, who said it was late, left.", ("who", "said", "it was late")),
        ("It was reported that the talks had ended.", ("", "was reported", "that the talks had ended")),
        ("Officials said the plan was “dead” by then.", ("Officials", "said", "the plan was “dead” by then")),
    ],
)
def test_patterns(text: str, expected: tuple[str, str, str]) -> None:
    assert triples(text) == [expected]


def test_a_quotation_split_by_its_cue() -> None:
    assert triples("“It is late,” Peskov said, “and I am tired.”") == [
        ("Peskov", "said", "“It is late,” […] “and I am tired.”")
    ]


def test_quotations_that_go_on_after_the_cue_in_sentences_of_their_own() -> None:
    assert triples("“It is late,” Peskov said. “I am tired. Good night.”") == [
        ("Peskov", "said", "“It is late,” […] “I am tired. Good night.”")
    ]


def test_each_quotation_keeps_to_its_own_cue() -> None:
    assert triples("“It is late,” Peskov said. “I am tired,” Ushakov added.") == [
        ("Peskov", "said", "“It is late,”"),
        ("Ushakov", "added", "“I am tired,”"),
    ]


def test_a_quotation_that_ends_the_sentence_before_belongs_to_that_one() -> None:
    assert triples("She was “open to everything.” He said that it was late.") == [("He", "said", "that it was late")]


def test_a_quotation_over_paragraphs() -> None:
    assert triples("“It is late.\n\n“I am tired,” Peskov said.") == [
        ("Peskov", "said", "“It is late. […] “I am tired,”")
    ]


def test_a_second_cue_of_the_same_subject() -> None:
    found = read("Peskov said it was late, adding that he was tired.")
    text = "Peskov said it was late, adding that he was tired."
    assert [words_at(text, each.content) for each in found] == ["it was late", "that he was tired"]
    assert found[0].source == found[1].source
    assert found[1].confidence < CONFIDENCE[found[1].method]


@pytest.mark.parametrize(
    "text",
    [
        "The claims were never tested.",
        "He did not say that it was late.",
        "He would say that it was late.",
        "If they say that it was late, leave.",
        "She wants to say that it is late.",
        "They acted according to their own interests.",
        "The report of the committee is long.",
        "The Clinton emails that were deleted are lost.",
        "An Editor’s note on the page is gone.",
        "They made similar comments this morning on the train.",
        "The repeated denunciation of the plan bodes poorly for them.",
        "",
        "said",
        "“”",
    ],
)
def test_what_reports_nothing(text: str) -> None:
    assert triples(text) == []


@pytest.mark.parametrize(
    ("text", "directness"),
    [
        ("“It is late,” he said.", "direct"),
        ("He said that it was late.", "indirect"),
        ("He said that it was “very late” then.", "mixed"),
    ],
)
def test_directness(text: str, directness: str) -> None:
    assert [each.directness for each in read(text)] == [directness]


@pytest.mark.parametrize(
    ("text", "polarity"),
    [
        ("He said that it was late.", "affirmed"),
        ("He denied that it was late.", "denied"),
        ("He rejected the accusations.", "denied"),
        ("He asked whether it was late.", "questioned"),
        ("“Is it late?” he said.", "questioned"),
    ],
)
def test_polarity(text: str, polarity: str) -> None:
    assert [each.polarity for each in read(text)] == [polarity]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("He said that it was late.", "certain"),
        ("He said that it may be late.", "hedged"),
        ("He said that he left on May 3 with them.", "certain"),
        ("He suspected that it was late.", "hedged"),
    ],
)
def test_certainty(text: str, certainty: str) -> None:
    assert [each.certainty for each in read(text)] == [certainty]
