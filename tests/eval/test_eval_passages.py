"""The gate: what annotators reach on passages that were labelled by hand, and on samples of the corpora."""

from __future__ import annotations

import re

import pytest

from ingest.annotate import DEFAULT, Annotator, load
from ingest.annotate.pairs.runtime import FOLDER as PAIRS_FOLDER
from ingest.annotate.runtime import FOLDER, META
from ingest.evaluate.coreference_gold import read_marked
from ingest.evaluate.passages import MANNERS, read_passages
from tests.eval import floors


def annotator(name: str) -> Annotator:
    """Skips where the model is neither here nor what OnRecord reads pages with."""
    if name == "model" and DEFAULT != "model" and not (FOLDER / META).exists():
        pytest.skip("the model is not in this tree")
    return load(name)


def floors_of(name: str, part: str) -> dict[str, float]:
    """Skips where none are set for an annotator that is not the default one."""
    kept: dict[str, dict[str, float]] = floors.read()["floors"].get(name, {})
    if part not in kept and name != DEFAULT:
        pytest.skip(f"no floors for {name} yet")
    return kept[part]


@pytest.mark.parametrize("name", ["rules", "model"])
def test_no_figure_falls_below_its_floor_on_the_passages(name: str) -> None:
    kept = floors_of(name, "passages")
    assert floors.missed(floors.passages(annotator(name)), kept) == []


@pytest.mark.parametrize("name", floors.RESOLVES)
def test_no_figure_falls_below_its_floor_on_marked_coreference(name: str) -> None:
    kept = floors_of(name, "coreference")
    assert floors.missed(floors.coreference(annotator(name)), kept) == []


@pytest.mark.skipif(not floors.DATA.exists(), reason="the shared data is not here")
def test_no_figure_of_the_default_annotator_falls_below_its_floor_on_samples_of_the_corpora() -> None:
    kept = floors_of(DEFAULT, "corpora")
    assert floors.missed(floors.corpora(annotator(DEFAULT)), kept) == []


@pytest.mark.skipif(
    not (PAIRS_FOLDER / META).exists(), reason="the model that compares claims is not in this tree; training makes it"
)
@pytest.mark.parametrize("part", floors.PAIR_PARTS)
def test_no_figure_of_the_comparing_of_claims_falls_below_its_floor(part: str) -> None:
    kept = floors_of("pairs", part)
    assert floors.missed(floors.pairs(*floors.PAIR_PARTS[part]), kept) == []


def test_neither_passages_nor_floors_were_changed_by_hand() -> None:
    kept = floors.read()
    assert kept["passages"] == floors.digest(), "the passages changed: run `python -m tests.eval.floors NAME`"
    assert kept["seal"] == floors.seal(kept["passages"], kept["floors"], kept["lowered"]), "floors changed by hand"


def test_a_floor_is_lowered_only_with_a_reason() -> None:
    old = {"passages": {"source": 80.0, "cue": 70.0}}
    new = {"passages": {"source": 79.5, "cue": 90.2}}
    with pytest.raises(ValueError, match="model passages source 80 to 78"):
        floors.raised("model", old, new, None)
    kept, reasons = floors.raised("model", old, new, "smaller model")
    assert kept == {"passages": {"source": 78.0, "cue": 89.0}}
    assert reasons == ["model passages source 80 to 78: smaller model"]
    assert floors.raised("model", {"passages": {"source": 78.0}}, new, None)[1] == []


def test_what_is_missed_is_named() -> None:
    assert floors.missed({"cue": 69.9, "source": 80.0, "names": 1.0}, {"cue": 70.0, "source": 80.0}) == [
        "cue 69.9 is below 70.0",
        "names has no floor",
    ]


def test_the_passages_are_many_short_and_of_all_kinds() -> None:
    passages = read_passages(floors.PASSAGES)
    assert len(passages) >= 75
    assert {passage.genre for passage in passages} == {"news", "blog", "transcript", "comment"}
    assert max(len(passage.text) for passage in passages) < 600
    attributions = [one for passage in passages for one in passage.attributions]
    labelled = {manner: {one.manners[manner] for one in attributions if manner in one.manners} for manner in MANNERS}
    assert labelled == {manner: set(values) for manner, values in MANNERS.items()}
    assert sum(not passage.attributions for passage in passages) >= 5, "passages in which nobody says anything"


def test_the_passages_with_coreference_are_of_all_kinds_and_mark_nothing_alone() -> None:
    passages = read_marked(floors.COREFERENCE)
    assert len(passages) >= 25
    assert {passage.name.split()[-1] for passage in passages} == {"news", "blog", "transcript", "comment"}
    for passage in passages:
        assert sum(map(len, passage.chains())) == len(passage.marked), f"{passage.name}: something is marked alone"
        for one in passage.marked:
            words = passage.text[one.start : one.end]
            assert words == words.strip(), f"{passage.name}: a space inside a bracket"


def test_labels_keep_to_the_conventions() -> None:
    for passage in read_passages(floors.PASSAGES):
        for one in passage.attributions:
            content = [passage.text[start:end] for start, end in one.triple.content]
            words = "".join(content)
            assert not (words.endswith(".") and words[0] not in "“\"'‘"), f"{passage.name}: a full stop inside"
            assert not any(piece.endswith(",") for piece in content), f"{passage.name}: a comma inside"
            for start, _end in one.triple.content:
                assert passage.text[max(0, start - 5) : start] != "that ", f"{passage.name}: 'that' left out"
            for start, end in one.triple.cue:
                if re.search(r"\w$", passage.text[start:end]):
                    assert passage.text[end : end + 1] != ":", f"{passage.name}: a colon left out"
            quoted = words[0] in '“"‘' or words.startswith("'")
            directness = one.manners.get("directness")
            assert (directness == "direct") == (quoted and not re.search(r"\w[”\"] \w", words)), passage.name
