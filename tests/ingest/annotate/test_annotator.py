"""The annotator as a whole: any text, exact offsets, and the quality that the rules have reached."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.annotate import load
from ingest.annotate.pipeline import LONGEST_PIECE, build
from ingest.errors import ModelError
from ingest.model import Annotations, Span
from tests.ingest.annotate.fragments import FRAGMENTS

ANNOTATOR = load("rules")
POLNEAR = Path(__file__).parents[3] / "../shared/data/polnear/dev"

TEXTS = st.one_of(st.text(max_size=200), st.lists(FRAGMENTS, max_size=60).map("".join))


def check(text: str, found: Annotations) -> None:
    """Whatever is found lies within the text, in order, without white space at its edges."""
    in_order(text, found.sentences)
    for each in found.attributions:
        in_order(text, each.source)
        in_order(text, each.cue)
        in_order(text, each.content)
    in_order(text, tuple(Span(name.start, name.end) for name in found.names))


def in_order(text: str, spans: tuple[Span, ...]) -> None:
    reached = 0
    for span in spans:
        assert reached <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        reached = span.end


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_any_text_has_annotations_with_exact_offsets(text: str) -> None:
    (found,) = ANNOTATOR.annotate([text])
    check(text, found)
    for each in found.attributions:
        assert each.content
        assert each.cue


def test_texts_come_back_in_order() -> None:
    texts = ["“One,” he said.", "", "“Two,” she said."]
    found = list(ANNOTATOR.annotate(texts))
    assert [[each.source[0].of(text) for each in one.attributions] for text, one in zip(texts, found, strict=True)] == [
        ["he"],
        [],
        ["she"],
    ]


def test_offsets_of_a_text_that_is_read_in_pieces() -> None:
    paragraph = "“It is late,” Dmitry Peskov said. Then it rained, and nothing else happened.\n\n"
    text = paragraph * (3 * LONGEST_PIECE // len(paragraph))
    (found,) = ANNOTATOR.annotate([text])
    assert len(found.attributions) == text.count("said")
    assert {each.content[0].of(text) for each in found.attributions} == {"“It is late,”"}
    assert {text[name.start : name.end] for name in found.names} == {"Dmitry Peskov"}


@pytest.mark.parametrize(
    "text",
    [
        "a" * 250_000,
        "“" * 30_000,
        '"' * 30_000,
        "said " * 30_000,
        ", said Trump" * 5_000,
        "“he said\n\n" * 5_000,
        "\n" * 300_000,
        "." * 300_000,
        "Trump, who " * 10_000,
        "\ud800\udfff said" * 100,
    ],
    ids=["word", "marks", "straight", "cues", "inverted", "open", "lines", "stops", "relative", "surrogates"],
)
@pytest.mark.timeout(120)
def test_odd_text_is_read(text: str) -> None:
    (found,) = ANNOTATOR.annotate([text])
    check(text, found)


def test_reading_does_not_fill_the_vocabulary() -> None:
    """Words of texts that were read are forgotten: an ingest of a million pages has bounded memory."""
    annotator = load("rules")
    list(annotator.annotate(["Warm up, he said."]))
    strings = annotator._pipeline.vocab.strings  # type: ignore[attr-defined]
    before = len(strings)
    list(annotator.annotate([" ".join(f"wörd{number}x" for number in range(2_000))]))
    assert len(strings) == before


def test_the_pipeline_leaves_its_results_with_the_doc() -> None:
    doc = build()("“It is late,” Dmitry Peskov said.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("Dmitry Peskov", "PERSON")]
    assert [span.text for span in doc.spans["source"]] == ["Dmitry Peskov"]
    assert [span.text for span in doc.spans["cue"]] == ["said"]
    assert [span.text for span in doc.spans["content"]] == ["“It is late,”"]
    assert len(doc._.attributions) == 1


def test_an_unknown_annotator_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(ModelError, match="rules"):
        load("nonsense")


def test_importing_the_package_imports_no_spacy() -> None:
    program = (
        "import sys, ingest, ingest.run, ingest.jsonl; print('spacy' in sys.modules, 'trafilatura' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.skipif(not POLNEAR.is_dir(), reason="../shared/data/polnear is absent")
def test_agreement_with_polnear() -> None:
    """The rules must stay as good as they were found to be, with some room: source, cue and content all exact."""
    right = found_in_all = marked_in_all = sources_right = 0
    for path in sorted(POLNEAR.glob("*.ann"))[:30]:
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        marked = Counter(polnear(path))
        (annotations,) = ANNOTATOR.annotate([text])
        found = Counter(
            tuple(tuple((span.start, span.end) for span in role) for role in (each.source, each.cue, each.content))
            for each in annotations.attributions
        )
        right += (marked & found).total()
        sources_right += (Counter(m[:2] for m in marked.elements()) & Counter(f[:2] for f in found.elements())).total()
        found_in_all += found.total()
        marked_in_all += marked.total()
    assert right / found_in_all > 0.5
    assert right / marked_in_all > 0.25
    assert sources_right / found_in_all > 0.6


def polnear(path: Path) -> list[tuple[tuple[tuple[int, int], ...], ...]]:
    """The attributions of a brat file as (source, cue, content), each a tuple of offsets."""
    spans: dict[str, tuple[tuple[int, int], ...]] = {}
    events: list[dict[str, tuple[tuple[int, int], ...]]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, _, rest = line.partition("\t")
        if key.startswith("T"):
            pieces = rest.split("\t")[0].split(" ", 1)[1]
            spans[key] = tuple((int(a), int(b)) for a, b in (piece.split() for piece in pieces.split(";")))
        elif key.startswith("E"):
            roles: dict[str, tuple[tuple[int, int], ...]] = {}
            for role, target in (item.split(":") for item in rest.split()[1:]):
                name = role.rstrip("0123456789")
                roles[name] = tuple(sorted(roles.get(name, ()) + spans.get(target, ())))
            events.append(roles)
    return [tuple(event.get(role, ()) for role in ("Source", "Cue", "Content")) for event in events]
