"""A spaCy pipeline of somebody else's, for the parts that it has."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from ingest.annotate import load
from ingest.errors import ModelError

TEXT = "“It is late,” Dmitry Peskov said. The Kestrel sank; nobody was hurt."


@pytest.fixture
def names_only(tmp_path: Path) -> Path:
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(  # type: ignore[attr-defined]
        [{"label": "PRODUCT", "pattern": "Kestrel"}, {"label": "ORDINAL", "pattern": "nobody"}]
    )
    pipeline.to_disk(tmp_path / "names")
    return tmp_path / "names"


def test_its_names_take_the_place_of_ours_and_all_else_stays(names_only: Path) -> None:
    (ours,) = load("rules").annotate([TEXT])
    (found,) = load(f"spacy:{names_only}").annotate([TEXT])
    assert [(TEXT[name.start : name.end], name.kind) for name in found.names] == [("Kestrel", "product")]
    assert {name.method for name in found.names} == {f"model:spacy:{names_only}"}
    assert found.sentences == ours.sentences
    assert [each.content for each in found.attributions] == [each.content for each in ours.attributions]


def test_its_sentences(tmp_path: Path) -> None:
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer", config={"punct_chars": [";", "."]})
    pipeline.to_disk(tmp_path / "sentences")
    long = "It rained; nobody came. " * 1_500 + "\ud800"
    (found,) = load(f"spacy:{tmp_path / 'sentences'}").annotate([long])
    assert len(found.sentences) >= 3_000
    assert {span.of(long) for span in found.sentences[:-1]} == {"It rained;", "nobody came."}


@pytest.mark.parametrize(
    ("name", "said"), [("spacy:no_such_pipeline", "no_such_pipeline: cannot"), ("spacy:", "rules")]
)
def test_a_pipeline_that_is_not_there(name: str, said: str) -> None:
    with pytest.raises(ModelError, match=said) as caught:
        load(name)
    assert len(str(caught.value).splitlines()) == 1


def test_a_pipeline_with_neither_part(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(ModelError, match="neither sentences nor names"):
        load(f"spacy:{tmp_path / 'blank'}")
