"""Texts in languages that nothing here can read: their sentences and what stands in quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.annotate.plain import CONFIDENCE, METHOD, annotate_plainly
from ingest.model import words_at


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("Er sagte: „Das nehmen wir nicht hin.“ Dann ging er.", "„Das nehmen wir nicht hin.“"),
        ("« Nous ne l'accepterons pas », a-t-il dit.", "« Nous ne l'accepterons pas »"),
        ("Он сказал: «Мы этого не примем никогда».", "«Мы этого не примем никогда»"),
        ("他说：“我们绝不会接受这样的结果，永远不会。”", "“我们绝不会接受这样的结果，永远不会。”"),
    ],
)
def test_a_quotation_is_somebodys_words_though_it_is_not_known_whose(text: str, quoted: str) -> None:
    (found,) = annotate_plainly(text).attributions
    assert words_at(text, found.content) == quoted
    assert (found.source, found.cue) == ((), ())
    assert (found.method, found.confidence, found.directness) == (METHOD, CONFIDENCE, "direct")
    assert CONFIDENCE < 0.5


def test_a_word_or_a_title_in_marks_is_no_statement() -> None:
    assert annotate_plainly("Der Film „Die Brücke“ und das „Fest“ gefielen.").attributions == ()


def test_a_question() -> None:
    (found,) = annotate_plainly("Sie fragte: „Warum ist die Brücke zu?“").attributions
    assert found.polarity == "questioned"


def test_sentences() -> None:
    text = "Es regnete den ganzen Tag. Niemand kam.\n\nAm Abend war es still."
    assert [span.of(text) for span in annotate_plainly(text).sentences] == [
        "Es regnete den ganzen Tag.",
        "Niemand kam.",
        "Am Abend war es still.",
    ]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab „“”«»\"' .?\n你好吗\u3000\ud800"), max_size=120))
def test_any_text_has_annotations_within_it(text: str) -> None:
    found = annotate_plainly(text)
    for span in (*found.sentences, *(span for each in found.attributions for span in each.content)):
        assert 0 <= span.start < span.end <= len(text)
