"""The annotator that runs the language model: its components, its offsets, and texts of every kind and length."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from ingest.annotate import language_model, load
from ingest.annotate.language_model import LONGEST_SECTION, LONGEST_SENTENCE, ModelAnnotator, PieceTokenizer, build
from ingest.annotate.runtime import FILES, FOLDER, META
from ingest.model import Annotations, Attribution, Coreference, Span, words_at
from tests.ingest.annotate.fragments import FRAGMENTS
from tests.ingest.annotate.shipped import annotator, needs_model

pytestmark = needs_model

SAID = "“The dam is safe,” engineer Ilse Tarrant told reporters on Friday."
PROSE = (
    "The road to the harbour was closed for most of the week, and lorries took the longer way round by the old mill. "
    "Few people were out. Snow had fallen in the hills above the town on Tuesday night, more than in any year since "
    "the station was built, and the school stayed shut. On Wednesday the wind turned, the sky cleared and the first "
    "boats went out again. Prices at the market rose a little. By the end of the week nobody spoke of the "
    "storm any longer. "
)
ODD = {
    "nothing": "",
    "spaces": " \n\t\r\n\u2028 ",
    "punctuation": "?!... --- ***" * 20,
    "control": "\x00\x01\x1c\x7f\x85\u2028\x0b" * 20,
    "emoji": "🙂 👩‍👩‍👧 " * 40,
    "ligatures": "ﬁnancé Ǆungla ß İstanbul ﷺ 한국어 ½ ① " * 10,
    "right to left": "قال الرئيس \u202bإن الوقت متأخر\u202c שלום לכולם. " * 10,
    "surrogates": "\ud800\udfff a " * 20,
    "marks": '"' * 1_500,
    "combining": "e\u0301" * 500 + "\u0301" * 500,
    "one letter with many accents": "a" + "\u0301" * 150_000,
    "zero width": "\u200b" * 1_000,
    "lines": "a\r\nb\r\n\r\n" * 50,
    "a word": "x" * 250_000,
}


def read(text: str) -> Annotations:
    (found,) = annotator().annotate([text])
    return found


def triple(text: str, found: Attribution) -> tuple[str, str, str]:
    return words_at(text, found.source), words_at(text, found.cue), words_at(text, found.content)


def check(text: str, found: Annotations) -> None:
    """Whatever is found lies within the text, in order, without white space at its edges."""
    in_order(text, found.sentences)
    in_order(text, tuple(Span(name.start, name.end) for name in found.names))
    for each in found.attributions:
        for role in (each.source, each.cue, each.content):
            in_order(text, role)
        assert 0 < each.confidence < 1
        assert each.method.startswith("model:")
    expressions: dict[Span, list[Coreference]] = {}
    for one in found.coreferences:
        expressions.setdefault(one.expression, []).append(one)
        assert (one.antecedent.start, one.antecedent.end) < (one.expression.start, one.expression.end)
        assert one.method == "model:coreference"
        for span in (one.antecedent, one.expression):
            in_order(text, (span,))
    for ones in expressions.values():
        confidences = [one.confidence for one in ones]
        assert len({one.antecedent for one in ones}) == len(ones) <= 3
        assert confidences == sorted(confidences, reverse=True)
        assert min(confidences) > 0
        assert sum(confidences) <= 1.02, "rounded"


def in_order(text: str, spans: tuple[Span, ...]) -> None:
    reached = 0
    for span in spans:
        assert reached <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        reached = span.end


def test_an_attribution_with_its_parts() -> None:
    found = read(f"It rained. {SAID}")
    (one,) = found.attributions
    text = f"It rained. {SAID}"
    assert triple(text, one) == ("engineer Ilse Tarrant", "told", "“The dam is safe,”")
    assert (one.directness, one.polarity, one.certainty) == ("direct", "affirmed", "certain")
    assert [(text[name.start : name.end], name.kind) for name in found.names] == [("Ilse Tarrant", "person")]
    assert found.sentences[0].of(text) == "It rained."


def test_it_is_loaded_by_its_name() -> None:
    assert load("model").name == "model"


def test_the_components_leave_their_results_with_the_doc() -> None:
    doc = build()(SAID)
    assert doc.text == SAID
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Ilse Tarrant", "PERSON")]
    assert [span.text for span in doc.spans["source"]] == ["engineer Ilse Tarrant"]
    assert [span.text for span in doc.spans["cue"]] == ["told"]
    assert [span.text for span in doc.spans["content"]] == ["“The dam is safe,”"]
    assert len(doc._.attributions) == 1
    assert "".join(sentence.text_with_ws for sentence in doc.sents) == SAID


def test_offsets_are_the_models_own_though_another_tokenizer_made_the_tokens() -> None:
    """One token of the whole text: no span of it is a token, yet nothing is lost."""
    pipeline = build()
    pipeline.tokenizer = lambda text: Doc(pipeline.vocab, words=[text])
    doc = pipeline(SAID)
    (one,) = doc._.attributions
    assert triple(SAID, one) == ("engineer Ilse Tarrant", "told", "“The dam is safe,”")
    assert [SAID[name.start : name.end] for name in doc._.names] == ["Ilse Tarrant"]
    assert [span.text for span in doc.spans["cue"]] == [SAID]


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(FRAGMENTS, max_size=40).map("".join)))
def test_tokens_are_the_whole_text(text: str) -> None:
    text = text.replace("\ud800", "\ufffd")
    network = annotator()._pipeline.get_pipe("onrecord_network").network  # type: ignore[attr-defined]
    doc = PieceTokenizer(network.tokenizer, annotator()._pipeline.vocab)(text)
    assert doc.text == text


@pytest.mark.parametrize("kind", ODD)
def test_odd_texts(kind: str) -> None:
    odd = ODD[kind]
    check(odd, read(odd))
    for text in (f"{SAID}\n\n{odd}", f"{odd}\n\n{SAID}"):
        found = read(text)
        check(text, found)
        assert ("engineer Ilse Tarrant", "told") in [triple(text, each)[:2] for each in found.attributions]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(st.text(max_size=80), st.lists(FRAGMENTS, max_size=40).map("".join)))
def test_any_text_has_annotations_with_exact_offsets(text: str) -> None:
    check(text, read(text))


def test_a_text_gives_the_same_alone_and_among_others_and_again() -> None:
    texts = [SAID, PROSE * 3 + SAID, "", "He said no.", f"{SAID}\n\n{PROSE}{SAID}"]
    together = list(annotator().annotate(texts))
    assert [read(text) for text in texts] == together
    assert list(annotator().annotate(reversed(texts))) == together[::-1]


def test_threads_may_share_it() -> None:
    texts = [f"{SAID} {PROSE[: 40 * number]}" for number in range(1, 9)]
    expected = [read(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(read, texts * 2)) == expected * 2


def test_an_attribution_is_found_wherever_it_stands_towards_a_windows_edge() -> None:
    """Before it stand 150 to 230 word pieces; a window's own part ends somewhere between 95 and 190 of them."""
    words = (PROSE * 2).split()
    for number in range(130, 215, 3):
        text = f"{' '.join(words[:number])}\n{SAID}\n{PROSE}{PROSE}"
        found = [triple(text, each)[:2] for each in read(text).attributions]
        assert found.count(("engineer Ilse Tarrant", "told")) == 1, f"after {number} words: {found}"


@pytest.mark.parametrize("apart", [0, 20, 60, -20, -60])
def test_an_attribution_is_found_once_at_the_seam_of_two_sections(apart: int) -> None:
    """The text is one paragraph without white space that it could be cut at, but for what is being looked for."""
    text = f"{'x' * (LONGEST_SECTION - 30 + apart)} {SAID} {'y' * 2 * LONGEST_SECTION}"
    found = read(text)
    check(text, found)
    assert [triple(text, each)[:2] for each in found.attributions] == [("engineer Ilse Tarrant", "told")]
    assert [text[name.start : name.end] for name in found.names].count("Ilse Tarrant") == 1


@pytest.mark.parametrize("joint", [" ", "\n\n"])
def test_sections_lose_and_repeat_nothing(monkeypatch: pytest.MonkeyPatch, joint: str) -> None:
    monkeypatch.setattr(language_model, "LONGEST_SECTION", 2_000)
    monkeypatch.setattr(language_model, "MARGIN", 600)
    lengths: list[int] = []

    class Watched(PieceTokenizer):
        def __call__(self, text: str) -> Doc:
            lengths.append(len(text))
            return super().__call__(text)

    monkeypatch.setattr(language_model, "PieceTokenizer", Watched)
    text = joint.join([SAID, PROSE[:113], PROSE[113:200]] * 40)
    (found,) = ModelAnnotator().annotate([text])
    assert len(lengths) > 5
    assert max(lengths) <= 2_000 + 2 * 600
    check(text, found)
    cues = [triple(text, each)[:2] for each in found.attributions]
    assert cues.count(("engineer Ilse Tarrant", "told")) == 40
    assert [text[name.start : name.end] for name in found.names].count("Ilse Tarrant") == 40
    assert found.sentences[0].start == 0
    assert all(text[one.end : two.start].isspace() for one, two in pairwise(found.sentences))


@pytest.mark.parametrize("text", ["“The money is gone,” Ruth Kell wrote.", '"It is a reliable supplier," Peskov said.'])
def test_no_sentence_ends_with_a_comma(text: str) -> None:
    assert [span.of(text) for span in read(text).sentences] == [text]


def test_what_runs_on_without_an_end_is_cut_into_sentences() -> None:
    text = "and rain " * 2_000
    lengths = [len(span.of(text).split()) for span in read(text).sentences]
    assert sum(lengths) == 4_000
    assert max(lengths) <= LONGEST_SENTENCE


def test_reading_fills_the_vocabulary_only_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "MOST_STRINGS", 2_000)
    ours = ModelAnnotator()
    strings = ours._pipeline.vocab.strings
    list(ours.annotate([" ".join(f"w{number}" for number in range(1_800))]))
    before = len(strings)
    assert before > 2_000
    list(ours.annotate([" ".join(f"v{number}" for number in range(1_800))]))
    assert len(strings) == before


TALE = (
    "Mayor Rosa Lind arrived in Narva on Friday. The engineer Omar Haddad met her at the station. "
    "She told him that the bridge was closed. “I warned them,” he said.\n\nLind left in the evening."
)


def antecedents(text: str, expression: str, nth: int = 0) -> list[str]:
    """Of the nth such expression, the likeliest first."""
    at = -1
    for _ in range(nth + 1):
        at = text.index(expression, at + 1)
    span = Span(at, at + len(expression))
    return [one.antecedent.of(text) for one in read(text).coreferences if one.expression == span]


def test_pronouns_and_a_surname_lead_to_what_they_may_mean() -> None:
    """Who of the two it is, rules that know names and genders decide with it: the model alone errs here."""
    assert "Mayor Rosa Lind" in antecedents(TALE, "her")
    assert antecedents(TALE, "him")[0] in {"Omar Haddad", "The engineer Omar Haddad"}
    assert "Mayor Rosa Lind" in antecedents(TALE, "Lind", 1)


def test_an_expression_is_led_back_over_windows_and_paragraphs() -> None:
    """A surname 2,000 characters after the full name: several windows lie between."""
    text = f"Mayor Rosa Lind arrived in Narva on Friday.\n\n{PROSE * 2}\n\n{PROSE * 2}\n\nLind left in the evening."
    assert len(text) > 1_500
    assert antecedents(text, "Lind", 1)[0] == "Mayor Rosa Lind"


def test_no_expression_is_told_twice_at_the_seam_of_two_sections(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language_model, "LONGEST_SECTION", 900)
    monkeypatch.setattr(language_model, "MARGIN", 500)
    text = "\n\n".join([TALE] * 12)
    (found,) = ModelAnnotator().annotate([text])
    check(text, found)
    places = [one.expression for one in found.coreferences]
    assert places == sorted(places), "section after section"
    pronouns = [place for place in dict.fromkeys(places) if place.of(text) in {"She", "her", "him", "he"}]
    assert len(pronouns) >= 40


def test_the_components_leave_coreference_with_the_doc() -> None:
    doc = build()(TALE)
    assert doc._.coreferences == list(read(TALE).coreferences)


def test_a_model_without_coreference_finds_none(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).symlink_to(FOLDER / name)
    meta = json.loads((FOLDER / META).read_text(encoding="utf-8"))
    del meta["coreference"]
    meta["sha256"] = {name: meta["sha256"][name] for name in FILES}
    (tmp_path / META).write_text(json.dumps(meta), encoding="utf-8")
    (found,) = ModelAnnotator(tmp_path).annotate([TALE])
    assert found == replace(read(TALE), coreferences=())


def test_all_files_of_the_model_are_at_most_50_megabytes() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) <= 50_000_000
