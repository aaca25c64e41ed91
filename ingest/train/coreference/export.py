"""Writes the trained coreference networks beside the encoder that they were trained on, and checks them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ingest.annotate.neural.coreference import Options, Tables
from ingest.annotate.neural.decode import Floats
from ingest.annotate.neural.mentions import PAIR_SIZES, Integers
from ingest.annotate.neural.pieces import FEATURE_SIZES
from ingest.annotate.neural.predict import LOWER
from ingest.annotate.runtime import (
    ANTECEDENTS,
    COREFERENCE,
    ENCODER,
    LINKER,
    META,
    VOCABULARY,
    OnnxCoreference,
    digest,
)
from ingest.train.coreference.config import CoreferenceConfig
from ingest.train.coreference.data import Read
from ingest.train.coreference.network import CoreferenceNetwork, Judge, Reader
from ingest.train.coreference.run import options_of
from ingest.train.encoder import LAYERS, WIDTH
from ingest.train.export import LARGEST, TOLERANCE, ExportError, rounded, rounded_bytewise, save


class _Window(nn.Module):
    """The reader for one window without padding, with the states of all layers side by side."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, states: Tensor, features: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        parts = states.split(WIDTH, dim=-1)
        scores: tuple[Tensor, Tensor, Tensor] = self.reader(parts, features, features[..., 0] >= 0)
        return scores


class TorchCoreference:
    """The networks as ``neural.coreference`` wants them, while they are PyTorch's."""

    def __init__(self, network: CoreferenceNetwork) -> None:
        self._window = _Window(network.reader).eval()
        self._judge = network.judge.eval()
        self.tables = coarse_tables(network)

    def read(self, states: Floats, features: NDArray[np.int64]) -> tuple[Floats, Floats, Floats]:
        """See ``neural.coreference.CoreferenceNetwork``."""
        with torch.no_grad():
            found = self._window(torch.from_numpy(np.ascontiguousarray(states))[None], torch.from_numpy(features)[None])
        scores, parts, shares = (one[0].numpy() for one in found)
        return scores.copy(), parts, shares

    def judge(self, mentions: Floats, own: Integers, others: Integers, pairs: Integers) -> Floats:
        """See ``neural.coreference.CoreferenceNetwork``."""
        arrays = (torch.from_numpy(np.ascontiguousarray(one)) for one in (mentions, own, others, pairs))
        with torch.no_grad():
            odds: Floats = self._judge(*arrays).numpy()
        return odds


def coarse_tables(network: CoreferenceNetwork) -> Tables:
    """What the quick comparison needs outside of the networks."""
    coarse = network.coarse
    return Tables(*(one.detach().numpy().copy() for one in (coarse.match, coarse.distance, coarse.mention)))


def write(network: CoreferenceNetwork, lower: int | None, options: Options, out: Path) -> None:
    """Adds the two networks to the model in ``out``, whose ``model.json`` then describes and names them too.

    ``lower`` is the layer of the encoder that they read besides its last one; its file then gives that layer's states.
    """
    inputs = 1 if lower is None else 2
    features = torch.zeros(1, 12, len(FEATURE_SIZES), dtype=torch.int64)
    pieces = {1: "pieces"}
    save(
        _Window(network.reader),
        (torch.zeros(1, 12, inputs * WIDTH), features),
        ["states", "features"],
        ["scores", "parts", "shares"],
        out / COREFERENCE,
        {**dict.fromkeys(("states", "features", "parts", "shares"), pieces), "scores": {1: "pieces", 2: "pieces"}},
        bytewise=True,
    )
    judge: Judge = network.judge
    save(
        judge,
        (
            torch.zeros(6, options.vector),
            torch.arange(3, 6),
            torch.zeros(3, 2, dtype=torch.int64),
            torch.zeros(3, 2, len(PAIR_SIZES), dtype=torch.int64),
        ),
        ["mentions", "own", "others", "pairs"],
        ["odds"],
        out / ANTECEDENTS,
        {
            "mentions": {0: "mentions"},
            "own": {0: "own"},
            **{name: {0: "own", 1: "others"} for name in ("others", "pairs", "odds")},
        },
        bytewise=True,
    )
    tables = coarse_tables(network)
    path = out / META
    meta: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    meta["coreference"] = {
        "lower": lower,
        "options": asdict(options),
        "pairs": PAIR_SIZES,
        "tables": {name: getattr(tables, name).tolist() for name in ("match", "distance", "mention")},
    }
    for name in (ENCODER, COREFERENCE, ANTECEDENTS):
        meta["sha256"][name] = digest(out / name)
    path.write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def expose(path: Path, layer: int) -> None:
    """Lets an encoder's file give the states that come out of ``layer`` too; all that it computes stays the same.

    Raises ``ExportError`` where it gives those of another layer already, or has no such layer.
    """
    model = onnx.load(str(path))
    norms = [node for node in model.graph.node if node.op_type == "LayerNormalization"]
    at = 2 * layer  # of each layer the second; the first of all is that of the embeddings
    if not 0 < layer < LAYERS or len(norms) != 2 * LAYERS + 1:
        raise ExportError(f"{path}: has no layer {layer} below the last one")
    source = norms[at].output[0]
    given = {node.output[0]: node.input[0] for node in model.graph.node if node.op_type == "Identity"}
    if LOWER in {one.name for one in model.graph.output}:
        if given.get(LOWER) != source:
            raise ExportError(f"{path}: gives the states of another layer than {layer} already")
        return
    model.graph.node.append(onnx.helper.make_node("Identity", [source], [LOWER]))
    model.graph.output.append(
        onnx.helper.make_tensor_value_info(LOWER, onnx.TensorProto.FLOAT, ["rows", "pieces", WIDTH])
    )
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def export_run(
    network: CoreferenceNetwork, config: CoreferenceConfig, folder: Path, out: Path, texts: Sequence[Read]
) -> tuple[int, float]:
    """Writes the model in ``folder`` with the two networks into ``out``; rounds ``network`` in place.

    Answers the size of all files in bytes, and the largest difference from PyTorch on ``texts``. Raises ``ExportError``
    where what was written is too large or too different.
    """
    if out.resolve() != folder.resolve():
        out.mkdir(parents=True, exist_ok=True)
        for name in (ENCODER, LINKER, VOCABULARY, META):
            shutil.copyfile(folder / name, out / name)
    if config.layers[-1] != LAYERS or len(config.layers) > 2:
        raise ExportError(f"{out}: reads the layers {config.layers}; what ships reads the last one, and one below it")
    lower = config.layers[0] if len(config.layers) > 1 else None
    if lower is not None:
        expose(out / ENCODER, lower)
    write(rounded_bytewise(rounded(network)), lower, options_of(config), out)
    size = sum((out / name).stat().st_size for name in (ENCODER, LINKER, VOCABULARY, META, COREFERENCE, ANTECEDENTS))
    if size > LARGEST:
        raise ExportError(f"{out}: {size} bytes, more than the {LARGEST} that may ship")
    difference = largest_difference(network, out, texts)
    if not difference < TOLERANCE:
        raise ExportError(f"{out}: differs from PyTorch by {difference:.2g}, more than {TOLERANCE}")
    return size, difference


def largest_difference(network: CoreferenceNetwork, folder: Path, texts: Sequence[Read]) -> float:
    """By how much what the written networks give differs at most from PyTorch's, over all windows."""
    ours = OnnxCoreference(folder, json.loads((folder / META).read_text(encoding="utf-8")), threads=1)
    theirs = TorchCoreference(network)
    largest = 0.0
    for read in texts:
        for window, states in zip(read.windows, read.states, strict=True):
            features = read.pieces.features[window.start : window.end].astype(np.int64)
            wide = side_by_side(states)
            found, wanted = ours.read(wide, features), theirs.read(wide, features)
            largest = max(largest, *(float(np.abs(a - b).max()) for a, b in zip(found, wanted, strict=True)))
            mentions = wanted[1][:, : ours.options.vector]
            own = np.arange(len(mentions))
            others = np.stack([np.maximum(own - 1, 0), np.zeros_like(own)], axis=1)
            pairs = np.zeros((*others.shape, len(PAIR_SIZES)), dtype=np.int64)
            pairs[..., :] = np.minimum(own[:, None, None], np.array(list(PAIR_SIZES.values())) - 1)
            odds = ours.judge(mentions, own, others, pairs) - theirs.judge(mentions, own, others, pairs)
            largest = max(largest, float(np.abs(odds).max()))
    return largest


def side_by_side(states: NDArray[np.float16]) -> Floats:
    """``[layers, t, w]`` as ``float32[t, layers * w]``."""
    layers, count, width = states.shape
    return states.transpose(1, 0, 2).reshape(count, layers * width).astype(np.float32)
