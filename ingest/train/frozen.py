"""Takes the weights of a shipped encoder back into PyTorch, so that a head learned later reads the very same states."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from ingest.annotate.neural.pieces import FEATURE_SIZES
from ingest.annotate.runtime import ENCODER
from ingest.train.encoder import Encoder, attention_bias
from ingest.train.export import SHIPPED_HEADS
from ingest.train.network import Head, heads
from ingest.train.vocabulary import WeightsError

Part = TypeVar("Part", bound=nn.Module)


def load_encoder(folder: Path) -> Encoder:
    """The encoder of the model in ``folder``, ready to predict and closed to training.

    Raises ``WeightsError`` where its file cannot be read or lacks a weight.
    """
    return _filled(Encoder(list(FEATURE_SIZES.values()), dropout=0.0), folder / ENCODER, "encoder.")


def load_head(folder: Path, name: str) -> Head:
    """One of the heads that ship, likewise. Raises ``WeightsError`` as ``load_encoder``."""
    return _filled(heads(0.0)[name], folder / ENCODER, f"heads.{SHIPPED_HEADS.index(name)}.")


def _filled(module: Part, path: Path, prefix: str) -> Part:
    try:
        graph = onnx.load(str(path)).graph
    except Exception as error:  # whatever protobuf or the file system raises
        raise WeightsError(f"{path}: cannot be read as an ONNX file ({type(error).__name__})") from error
    found = {
        name.removeprefix(prefix): torch.from_numpy(np.array(values, dtype=np.float32))
        for name, values in _weights(graph)
        if name.startswith(prefix)
    }
    wanted = module.state_dict()
    if lacking := sorted(
        name for name, tensor in wanted.items() if name not in found or found[name].shape != tensor.shape
    ):
        raise WeightsError(f"{path}: lacks the weights {prefix}{lacking[0]} and {len(lacking) - 1} more")
    module.load_state_dict({name: found[name] for name in wanted})
    module.requires_grad_(False)
    module.eval()
    return module


def _weights(graph: Any) -> Iterator[tuple[str, NDArray[Any]]]:
    """The weights by their names in PyTorch.

    The exporter names all but the matrices of linear layers, which it turns over too: those are known by the bias that
    is added to their product.
    """
    stored = {one.name: one for one in graph.initializer}
    same = {node.output[0]: node.input[0] for node in graph.node if node.op_type in {"Cast", "Identity"}}

    def weight(name: str) -> str | None:
        while name not in stored and name in same:
            name = same[name]
        return name if name in stored else None

    products: dict[str, str] = {}
    for node in graph.node:
        if node.op_type == "MatMul" and (matrix := weight(node.input[1])):
            products[node.output[0]] = matrix
        if node.op_type == "Add":
            for product, added in (node.input, reversed(node.input)):
                bias = weight(added)
                if product in products and bias and bias.endswith(".bias"):
                    values = onnx.numpy_helper.to_array(stored[products[product]])
                    yield bias.removesuffix("bias") + "weight", values.T
    for name, one in stored.items():
        yield name, onnx.numpy_helper.to_array(one)


def layer_states(encoder: Encoder, ids: Tensor, features: Tensor, mask: Tensor) -> list[Tensor]:
    """The states ``[b, t, 384]`` that go into the first layer, and those that come out of each. As ``Encoder``."""
    with torch.no_grad():
        states = encoder.words(ids) + encoder.positions.weight[: ids.shape[1]]
        for column, embedding in enumerate(encoder.features):
            states = states + embedding(features[..., column])
        found = [encoder.norm(states)]
        bias = attention_bias(mask)
        for layer in encoder.layers:
            found.append(layer(found[-1], bias))
    return found
