"""The encoder: MiniLM's six layers with features of each word piece added at the input."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from ingest.train.vocabulary import WeightsError

LAYERS, WIDTH, HEADS, INNER, VOCABULARY, POSITIONS = 6, 384, 12, 1536, 30522, 512
EPSILON = 1e-12


class Dropout(nn.Module):
    """Dropout whose chances come eight to a random number: on processors PyTorch's own takes a tenth of a step.

    The probability is rounded to 256ths.
    """

    def __init__(self, probability: float) -> None:
        super().__init__()
        self.dropped = round(256 * probability)

    def forward(self, states: Tensor) -> Tensor:
        """``states`` with some values put to 0 and the others scaled up, while training; of any shape."""
        if not self.training or not self.dropped:
            return states
        numbers = torch.empty(-(-states.numel() // 8), dtype=torch.int64, device=states.device)
        chances = numbers.random_(-(2**63), None).view(torch.uint8)[: states.numel()].view(states.shape)
        return states * (chances >= self.dropped).to(states.dtype) * (256 / (256 - self.dropped))


class Attention(nn.Module):
    """Self-attention by plain matrix products: on processors with bfloat16 several times as quick as the fused one."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.project = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """``states`` ``[b, t, w]``, ``bias`` ``[b, 1, 1, t]`` added to the scores of each position looked at."""
        rows, length, width = states.shape
        projected = self.project(states).view(rows, length, 3, self.heads, width // self.heads)
        query, key, value = projected.permute(2, 0, 3, 1, 4).unbind(0)
        scores = torch.matmul(query, key.transpose(-1, -2)) * (1 / math.sqrt(width // self.heads)) + bias
        mixed = torch.matmul(scores.softmax(-1).to(value.dtype), value)
        return self.out(mixed.transpose(1, 2).reshape(rows, length, width))


class Layer(nn.Module):
    """A transformer layer with the normalisation after each part, as BERT has it."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float, epsilon: float = EPSILON) -> None:
        super().__init__()
        self.attention = Attention(width, heads)
        self.attention_norm = nn.LayerNorm(width, eps=epsilon)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm = nn.LayerNorm(width, eps=epsilon)
        self.dropout = Dropout(dropout)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        """``[b, t, w]`` to the same."""
        states = self.attention_norm(states + self.dropout(self.attention(states, bias)))
        inner = self.down(functional.gelu(self.up(states)))
        return self.norm(states + self.dropout(inner))


def attention_bias(mask: Tensor) -> Tensor:
    """``mask`` ``bool[b, t]``, true for pieces that count, as what ``Layer`` adds to attention scores."""
    return ((~mask).to(torch.float32) * -1e4)[:, None, None, :]


class Encoder(nn.Module):
    """Word pieces and their features to states."""

    def __init__(self, feature_sizes: Sequence[int], dropout: float, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.features = nn.ModuleList([nn.Embedding(size, WIDTH) for size in feature_sizes])
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList([Layer(WIDTH, HEADS, INNER, dropout) for _ in range(layers)])
        for embedding in self.features:
            nn.init.zeros_(embedding.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        """``ids`` ``int64[b, t]``, ``features`` ``int64[b, t, f]``, ``mask`` ``bool[b, t]`` to ``[b, t, 384]``."""
        states = self.words(ids) + self.positions.weight[: ids.shape[1]]
        for column, embedding in enumerate(self.features):
            states = states + embedding(features[..., column])
        states = self.dropout(self.norm(states))
        bias = attention_bias(mask)
        for layer in self.layers:
            states = layer(states, bias)
        return states

    def load_pretrained(self, weights: Mapping[str, Tensor]) -> None:
        """Takes MiniLM's weights, named as BERT names them; features stay as they are."""
        state = self.state_dict()
        try:
            kind = weights["embeddings.token_type_embeddings.weight"][0]
            state["words.weight"] = weights["embeddings.word_embeddings.weight"]
            state["positions.weight"] = weights["embeddings.position_embeddings.weight"] + kind
            for part in ("weight", "bias"):
                state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
                for index in range(len(self.layers)):
                    ours, theirs = f"layers.{index}", f"encoder.layer.{index}"
                    state[f"{ours}.attention.project.{part}"] = torch.cat(
                        [weights[f"{theirs}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
                    )
                    for mine, other in (
                        ("attention.out", "attention.output.dense"),
                        ("attention_norm", "attention.output.LayerNorm"),
                        ("up", "intermediate.dense"),
                        ("down", "output.dense"),
                        ("norm", "output.LayerNorm"),
                    ):
                        state[f"{ours}.{mine}.{part}"] = weights[f"{theirs}.{other}.{part}"]
        except KeyError as error:
            raise WeightsError(f"the pretrained weights lack {error}; expected all-MiniLM-L6-v2") from error
        self.load_state_dict(state)
