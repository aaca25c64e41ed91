"""Writes the trained networks as ONNX files that run without PyTorch, and checks them against it.

Large weights are stored as bytes with a scale for each row, and computed with as 32-bit floats: the runtime widens them
when it loads them. The frozen layers are rounded in the same way before anything is learned on top of them.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from ingest.annotate.pairs.runtime import FILES, FORMAT, RELATE, STANCE, TEXTS, WEAKENS, PairModel
from ingest.annotate.runtime import META, VOCABULARY
from ingest.train.encoder import WIDTH
from ingest.train.export import OPSET, TOLERANCE, ExportError
from ingest.train.pairs.network import Ensemble, Texts
from ingest.train.pairs.rounding import BYTE, LARGE, rounded
from ingest.train.pairs.run import Reads, frozen_texts, predict
from ingest.train.vocabulary import pretrained_folder

LARGEST = 50_000_000
SHIPPED: Mapping[str, str] = {RELATE: "relation", STANCE: "stance", WEAKENS: "weakens"}
"""The question that each network answers: the name of its output too."""
Networks = Mapping[str, Ensemble]
"""Those of each question."""


class _Read(nn.Module):
    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.texts = texts

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor]:
        states, embedding = self.texts(ids, torch.ones_like(ids, dtype=torch.bool))
        return states, embedding


class _Pair(nn.Module):
    def __init__(self, networks: Ensemble, head: str) -> None:
        super().__init__()
        self.networks, self.head = networks, head

    def forward(self, states: Tensor, ids: Tensor, sides: Tensor, embeddings: Tensor) -> Tensor:
        return self.networks.scores(states, ids, sides, embeddings)[self.head]


def _write(module: nn.Module, example: tuple[Tensor, ...], names: list[str], outputs: list[str], path: Path) -> None:
    whole = {"ids", "states", "sides"}
    axes = {name: {0: "rows", 1: "pieces"} if name in whole else {0: "rows"} for name in [*names, *outputs]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that the tracing exporter is the older one of two
        torch.onnx.export(
            module.eval(),
            example,
            str(path),
            input_names=names,
            output_names=outputs,
            dynamic_axes=axes,
            opset_version=OPSET,
            dynamo=False,
        )
    model = onnx.load(str(path))
    narrow(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def narrow(model: Any) -> None:
    """Stores large tables as bytes, in place; those that are looked up in are widened after the look-up."""
    graph = model.graph
    uses: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            uses.setdefault(name, []).append(node)
    before: list[Any] = []
    after: dict[int, list[Any]] = {}
    for weight in list(graph.initializer):
        values = onnx.numpy_helper.to_array(weight)
        if weight.data_type != onnx.TensorProto.FLOAT or values.ndim != 2 or values.size < LARGE:
            continue
        name, users = weight.name, uses.get(weight.name, [])
        steps, scale = _bytes_of(values)
        weight.CopyFrom(onnx.numpy_helper.from_array(steps, name))
        graph.initializer.append(onnx.numpy_helper.from_array(scale, f"{name}_scale"))
        if users and all(node.op_type == "Gather" and node.input[0] == name for node in users):
            for node in users:
                out = node.output[0]
                node.output[0] = f"{out}_bytes"
                after[id(node)] = [
                    onnx.helper.make_node("Gather", [f"{name}_scale", node.input[1]], [f"{out}_scale"]),
                    onnx.helper.make_node("Cast", [f"{out}_bytes"], [f"{out}_steps"], to=onnx.TensorProto.FLOAT),
                    onnx.helper.make_node("Mul", [f"{out}_steps", f"{out}_scale"], [out]),
                ]
            continue
        for node in users:
            for at, used in enumerate(node.input):
                if used == name:
                    node.input[at] = f"{name}_wide"
        before += [
            onnx.helper.make_node("Cast", [name], [f"{name}_steps"], to=onnx.TensorProto.FLOAT),
            onnx.helper.make_node("Mul", [f"{name}_steps", f"{name}_scale"], [f"{name}_wide"]),
        ]
    nodes = before + [one for node in graph.node for one in (node, *after.get(id(node), ()))]
    copies = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    del graph.node[:]
    graph.node.extend(copies)


def _bytes_of(values: Any) -> tuple[Any, Any]:
    """A rounded table, or its transpose, as bytes and scales: exactly what ``rounded`` made of it."""
    for axis in (1, 0):
        scale = np.maximum(np.abs(values).max(axis=axis, keepdims=True), 1e-12).astype(np.float32) / np.float32(BYTE)
        steps = np.rint(values / scale)
        if np.abs(steps * scale - values).max() <= 1e-5 * max(1.0, float(np.abs(values).max())):
            return steps.astype(np.int8), scale.astype(np.float32)
    raise ExportError("a weight was not rounded before it was written")


def write_texts(texts: Texts, path: Path) -> None:
    """Writes the frozen encoder, whose weights must be rounded already."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(_Read(texts), (torch.tensor([[101, 2000, 2001, 102]]),), ["ids"], ["states", "embedding"], path)


def write(texts: Path, networks: Networks, out: Path, *, longest: int, settings: Mapping[str, Any]) -> int:
    """Writes the files of the model into ``out``; answers their size in bytes. Rounds the networks in place.

    ``texts`` is the file that ``write_texts`` wrote for the run.
    """
    out.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(texts, out / TEXTS)
    pair = (
        torch.randn(1, 8, 2 * WIDTH),
        torch.tensor([[101, 2000, 2001, 102, 101, 2000, 2003, 102]]),
        torch.tensor([[1] * 4 + [2] * 4]),
        torch.randn(1, 2, WIDTH),
    )
    for name, question in SHIPPED.items():
        rounded(networks[question])
        _write(
            _Pair(networks[question], question), pair, ["states", "ids", "sides", "embeddings"], [question], out / name
        )
    shutil.copyfile(pretrained_folder() / "tokenizer.json", out / VOCABULARY)
    meta = {
        "format": FORMAT,
        "longest": longest,
        "dimensions": WIDTH,
        **settings,
        "sha256": {name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in FILES},
    }
    (out / META).write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    size = sum((out / name).stat().st_size for name in (*FILES, META))
    if size > LARGEST:
        raise ExportError(f"{out}: {size} bytes, more than the {LARGEST} that may ship")
    return size


def largest_difference(folder: Path, networks: Networks, states: Reads, pairs: Sequence[tuple[str, str]]) -> float:
    """By how much a score or an embedding of the written model differs at most from PyTorch's on ``pairs``.

    The states that the small networks read are rounded to 16 bits on both sides. Raises ``ExportError`` where the
    difference is too much.
    """
    model, largest = PairModel(folder), 0.0
    for name, question in SHIPPED.items():
        ours, theirs = model.scores(name, pairs), predict(networks[question], states, pairs)[question]
        largest = max(largest, float(np.abs(ours - theirs).max()))
    texts = frozen_texts()
    for text in (text for pair in pairs for text in pair):
        ids = torch.from_numpy(states.kept[text].ids)[None]
        with torch.no_grad():
            _, wanted = texts(ids, torch.ones_like(ids, dtype=torch.bool))
        largest = max(largest, float(np.abs(model.embed([text]) - wanted.numpy()).max()))
    if not largest < TOLERANCE:
        raise ExportError(f"{folder}: differs from PyTorch by {largest:.2g}, more than {TOLERANCE}")
    return largest
