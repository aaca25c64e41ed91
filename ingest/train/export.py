"""Writes the trained network as ONNX files that run without PyTorch, and checks them against it.

Weights are stored as 16-bit floats and computed with as 32-bit ones: the runtime widens them when it loads them. The
network is rounded in the same way before the two are compared, so that they must agree but for the order of sums.
"""

from __future__ import annotations

import hashlib
import json
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from ingest.annotate.neural.acceptance import MEAN, MEASURES
from ingest.annotate.neural.pieces import FEATURE_SIZES, GAP, Pieces
from ingest.annotate.neural.predict import Settings, padded
from ingest.annotate.neural.windows import windows
from ingest.annotate.runtime import ENCODER, LINKER, META, VOCABULARY, OnnxNetwork
from ingest.errors import OnRecordError
from ingest.train.config import Config
from ingest.train.encoder import WIDTH
from ingest.train.judge import ACCEPT, TorchNetwork
from ingest.train.labels import NAME_KINDS
from ingest.train.network import Network
from ingest.train.run import BEST, FIGURES
from ingest.train.vocabulary import pretrained_folder

Module = TypeVar("Module", bound=nn.Module)
SHIPPED_HEADS = ("sentences", "names", "cue")
"""The heads that are run; the others only help the encoder to learn."""
SMALL = 256
"""Weights with fewer values than this stay as they are."""
LARGE = 100_000
"""Tables with fewer values than this are widened when they are loaded, and not at each look-up."""
STEPS, TINY, SCALE = 127, 1e-12, "_step"
OPSET = 17
OPEN = {0: "rows", 1: "pieces"}
LARGEST = 50_000_000
TOLERANCE = 1e-3


class ExportError(OnRecordError):
    """The written model does not compute what was learned, or is too large."""


def load_network(path: Path) -> tuple[Network, Config]:
    """The network of a ``best.pt``, ready to predict."""
    state = torch.load(path, map_location="cpu", weights_only=True)
    config = Config(**state["config"])
    network = Network(config)
    network.load_state_dict(state["network"])
    network.eval()
    return network, config


def rounded(network: Module) -> Module:
    """Rounds, in place, every weight that is stored in 16 bits."""
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.numel() >= SMALL:
                parameter.copy_(parameter.half().float())
    return network


class _Encode(nn.Module):
    """The encoder and the heads that ship, with outputs in a fixed order."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.encoder = network.encoder
        self.heads = nn.ModuleList([network.heads[name] for name in SHIPPED_HEADS])

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        states = self.encoder(ids, features, mask)
        return (states, *(head(states) for head in self.heads))


def save(
    module: nn.Module,
    example: tuple[Tensor, ...],
    names: list[str],
    outputs: list[str],
    path: Path,
    axes: Mapping[str, Mapping[int, str]] | None = None,
    *,
    bytewise: bool = False,
) -> None:
    """Writes a module as ONNX with narrow weights; ``axes`` are those whose size is left open, by input or output.

    Without any they are the first two. ``bytewise`` stores matrices in 8 bits: see ``rounded_bytewise``.
    """
    if axes is None:
        axes = dict.fromkeys([*names, *outputs], OPEN)
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
    if bytewise:
        narrow_bytewise(model)
    narrow(model)
    onnx.checker.check_model(model)
    onnx.save(model, str(path))


def rounded_bytewise(module: Module) -> Module:
    """Rounds, in place, every matrix of a linear layer to 255 steps for each value that comes out of it."""
    with torch.no_grad():
        for layer in module.modules():
            if isinstance(layer, nn.Linear) and layer.weight.numel() >= SMALL:
                step = layer.weight.abs().amax(1, keepdim=True).clamp(min=TINY) / STEPS
                layer.weight.copy_((layer.weight / step).round() * step)
    return module


def narrow_bytewise(model: Any) -> None:
    """Stores the matrices of products in 8 bits with a scale to each column, in place; they are widened at load."""
    graph = model.graph
    stored = {one.name: one for one in graph.initializer}
    nodes = []
    scaled: set[str] = set()
    for node in graph.node:
        name = node.input[1] if node.op_type == "MatMul" else ""
        if name in stored and len(stored[name].dims) == 2:
            values = onnx.numpy_helper.to_array(stored[name])
            if values.size >= SMALL and values.dtype == np.float32:
                step = np.maximum(np.abs(values).max(axis=0, keepdims=True), TINY) / STEPS
                whole = onnx.numpy_helper.from_array(np.rint(values / step).astype(np.int8), name)
                stored[name].CopyFrom(whole)
                scale = f"{name}{SCALE}"
                graph.initializer.append(onnx.numpy_helper.from_array(step.astype(np.float32), scale))
                nodes.append(_widen(name, f"{name}_counted"))
                nodes.append(onnx.helper.make_node("Mul", [f"{name}_counted", scale], [f"{name}_scaled"]))
                scaled.add(name)
        if name in scaled:
            node.input[1] = f"{name}_scaled"
    nodes.extend(graph.node)
    copies = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    del graph.node[:]
    graph.node.extend(copies)


def narrow(model: Any) -> None:
    """Stores large weights in 16 bits, in place; tables that are looked up in are widened after the look-up."""
    graph = model.graph
    uses: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            uses.setdefault(name, []).append(node)
    casts = []
    for weight in graph.initializer:
        values = onnx.numpy_helper.to_array(weight)
        if weight.data_type != onnx.TensorProto.FLOAT or values.size < SMALL or weight.name.endswith(SCALE):
            continue
        name = weight.name
        weight.CopyFrom(onnx.numpy_helper.from_array(values.astype(np.float16), name))
        users = uses.get(name, [])
        looked_in = bool(users) and all(node.op_type == "Gather" and node.input[0] == name for node in users)
        if looked_in and values.size >= LARGE:
            for node in users:
                looked_up = f"{node.output[0]}_half"
                casts.append((node, _widen(looked_up, node.output[0])))
                node.output[0] = looked_up
        else:
            wide = f"{name}_wide"
            for node in users:
                for at, used in enumerate(node.input):
                    if used == name:
                        node.input[at] = wide
            casts.append((None, _widen(name, wide)))
    nodes = [cast for node, cast in casts if node is None]
    after = {id(node): cast for node, cast in casts if node is not None}
    for node in graph.node:
        nodes.append(node)
        if id(node) in after:
            nodes.append(after[id(node)])
    copies = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    del graph.node[:]
    graph.node.extend(copies)


def _widen(source: str, target: str) -> Any:
    return onnx.helper.make_node("Cast", [source], [target], to=onnx.TensorProto.FLOAT)


def write(
    network: Network, config: Config, out: Path, *, threshold: float, acceptance: tuple[float, ...] = MEAN
) -> int:
    """Writes the files of the model into ``out``; answers their size in bytes. Rounds ``network`` in place."""
    out.mkdir(parents=True, exist_ok=True)
    rounded(network)
    count = len(FEATURE_SIZES)
    ids = torch.full((2, 12), 2000)
    mask = torch.ones(2, 12, dtype=torch.bool)
    features = torch.zeros(2, 12, count, dtype=torch.int64)
    save(
        _Encode(network),
        (ids, features, mask),
        ["ids", "features", "mask"],
        ["states", *SHIPPED_HEADS],
        out / ENCODER,
    )
    places = torch.zeros(2, 12, 2, dtype=torch.int64)
    save(
        network.linker,
        (torch.zeros(2, 12, WIDTH), features, places, mask),
        ["states", "features", "places", "mask"],
        ["tags", "valid"],
        out / LINKER,
        {**dict.fromkeys(("states", "features", "places", "mask", "tags"), OPEN), "valid": {0: "rows"}},
    )
    (out / VOCABULARY).write_bytes((pretrained_folder() / "tokenizer.json").read_bytes())
    settings = Settings(
        window=config.window, context=config.context, reach=config.reach, threshold=threshold, acceptance=acceptance
    )
    meta = {
        "heads": list(SHIPPED_HEADS),
        "name_kinds": list(NAME_KINDS),
        "features": FEATURE_SIZES,
        "settings": asdict(settings),
        "transitions": network.linker.crf.transitions.detach().numpy().tolist(),
        "sha256": {
            name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in (ENCODER, LINKER, VOCABULARY)
        },
    }
    (out / META).write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")
    return sum((out / name).stat().st_size for name in (ENCODER, LINKER, VOCABULARY, META))


def export_run(run: Path, out: Path, articles: Sequence[Pieces]) -> tuple[int, float]:
    """Writes the best network of a training run and checks it on ``articles``.

    Answers its size in bytes and the largest difference from PyTorch. Raises ``ExportError`` where the run has no
    network yet, or where what was written is too large or too different.
    """
    best, lines = run / BEST, run / FIGURES
    if not best.exists() or not lines.exists():
        raise ExportError(f"{run}: no {BEST} and {FIGURES}; train at least one epoch with figures first")
    figures = max(map(json.loads, lines.read_text(encoding="utf-8").splitlines()), key=lambda line: line["goal"])
    network, config = load_network(best)
    weights = zip(MEAN, (*MEASURES, "constant"), strict=True)
    acceptance = tuple(figures.get(f"{ACCEPT}{name}", usual) for usual, name in weights)
    size = write(network, config, out, threshold=figures["threshold"], acceptance=acceptance)
    if size > LARGEST:
        raise ExportError(f"{out}: {size} bytes, more than the {LARGEST} that may ship")
    difference = largest_difference(network, config, out, articles)
    if not difference < TOLERANCE:
        raise ExportError(f"{out}: differs from PyTorch by {difference:.2g}, more than {TOLERANCE}")
    return size, difference


def largest_difference(network: Network, config: Config, folder: Path, texts: Sequence[Pieces]) -> float:
    """By how much a score or a state of the written model differs at most from PyTorch's, over all windows."""
    ours, theirs = OnnxNetwork(folder), TorchNetwork(network)
    largest = 0.0
    for pieces in texts:
        for window in windows(pieces.features[:, GAP], config.window, config.context):
            inputs = padded(pieces, [window])
            states, scores = ours.encode(*inputs)
            expected, wanted = theirs.encode(*inputs)
            pairs = [(states, expected), *((scores[name], wanted[name]) for name in scores)]
            length = min(states.shape[1], 2 * config.reach)
            places = np.zeros((1, length, 2), dtype=np.int64)
            places[0, : length // 2, 0] = 1
            near = (expected[:, :length], inputs[1][:, :length], places, inputs[2][:, :length])
            pairs.extend(zip(ours.link(*near), theirs.link(*near), strict=True))
            largest = max(largest, *(float(np.abs(one - other).max()) for one, other in pairs))
    return largest
