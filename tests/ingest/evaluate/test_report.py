"""Whole reports on annotators that say the same of every text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pytest

from ingest.evaluate.gold import Article, Labelled, Paragraph, Triple
from ingest.evaluate.report import evaluate_attribution, evaluate_names, evaluate_sentences
from ingest.model import Annotations, Attribution, Name, Span


@dataclass(frozen=True)
class Fixed:
    """Answers each text from a dictionary."""

    answers: dict[str, Annotations]

    def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
        return (self.answers.get(text, Annotations()) for text in texts)


def said(source: Span, cue: Span, content: Span) -> Attribution:
    return Attribution((source,), (cue,), (content,), "indirect", "affirmed", "certain", 1.0, "rule:test")


GOOD = Article("good", "He said so", (Triple(((0, 2),), ((3, 7),), ((8, 10),)),))
BAD = Article("bad", "So she says", (Triple(((3, 6),), ((7, 11),), ((0, 2),)),))
PLAIN = Article("plain", "Nothing", ())


def test_attribution_report_counts_all_and_ranks_the_worst_first() -> None:
    annotator = Fixed(
        {
            GOOD.text: Annotations(attributions=(said(Span(0, 2), Span(3, 7), Span(8, 10)),)),
            BAD.text: Annotations(attributions=(said(Span(3, 6), Span(7, 11), Span(0, 6)),)),
        }
    )
    report = evaluate_attribution([GOOD, BAD, PLAIN], annotator)
    answer = report.as_json(rounds=100)
    assert answer["texts"] == 3
    assert answer["figures"]["source"]["f1"] == 1
    assert answer["figures"]["content"]["f1"] == 0.5
    assert answer["figures"]["triple"] == pytest.approx(
        {"precision": 0.5, "recall": 0.5, "f1": 0.5, "f1_low": 0, "f1_high": 1, "right": 1, "found": 2, "wanted": 2}
    )
    assert [line["article"] for line in answer["worst"]] == ["bad", "good"]


def test_names_report_scores_each_kind_and_leaves_out_labels_without_a_kind() -> None:
    text = "Ada met Bo at NATO"
    gold = Labelled(text, ((0, 3, "PER"), (8, 10, "PER"), (14, 18, "ORG"), (4, 7, "VERB")))
    found = Annotations(names=(Name(0, 3, "person", 1.0, "rule:t"), Name(14, 18, "place", 1.0, "rule:t")))
    figures = evaluate_names([gold], Fixed({text: found})).as_json(rounds=10)["figures"]
    assert (figures["names"]["right"], figures["names"]["found"], figures["names"]["wanted"]) == (1, 2, 3)
    assert figures["person"]["f1"] == pytest.approx(2 / 3)
    assert (figures["place"]["found"], figures["place"]["wanted"]) == (1, 0)


def test_sentences_report_counts_starts_with_and_without_the_first() -> None:
    paragraph = Paragraph("Go. Now! So.", (0, 4, 9))
    found = Annotations(sentences=(Span(0, 8), Span(9, 12)))
    figures = evaluate_sentences([paragraph], Fixed({paragraph.text: found})).as_json(rounds=10)["figures"]
    assert (figures["all"]["right"], figures["all"]["wanted"]) == (2, 3)
    assert (figures["inner"]["right"], figures["inner"]["found"], figures["inner"]["wanted"]) == (1, 1, 2)


def test_an_annotator_that_answers_too_few_texts_is_an_error() -> None:
    class Short:
        def annotate(self, texts: Iterable[str]) -> Iterator[Annotations]:
            return iter(())

    with pytest.raises(ValueError, match="zip"):
        evaluate_attribution([GOOD], Short())


def test_an_attribution_found_twice_counts_once_and_its_confidence_is_judged_by_the_whole_of_it() -> None:
    sure = replace(said(Span(0, 2), Span(3, 7), Span(8, 10)), confidence=0.8)
    half = replace(sure, confidence=0.4)
    short = replace(sure, content=(Span(8, 9),), confidence=0.8)
    answer = evaluate_attribution([GOOD], Fixed({GOOD.text: Annotations(attributions=(half, sure, short))})).as_json()
    assert (answer["figures"]["triple"]["right"], answer["figures"]["triple"]["found"]) == (1, 2)
    assert answer["confidence"]["error"] == pytest.approx(0.3)
    assert [(row["count"], row["right"]) for row in answer["confidence"]["bins"]] == [(2, 0.5)]


def test_the_order_of_pieces_does_not_matter() -> None:
    split = Article("split", "So, he said, it is", (Triple(((4, 6),), ((7, 11),), ((0, 2), (13, 18))),))
    found = replace(said(Span(4, 6), Span(7, 11), Span(0, 2)), content=(Span(13, 18), Span(0, 2)))
    report = evaluate_attribution([split], Fixed({split.text: Annotations(attributions=(found,))}))
    assert report.as_json()["figures"]["triple"]["f1"] == 1
