"""What learns coreference: a reader that finds mentions in the encoder's states, and a judge of pairs of them.

The reader has a few narrow layers of its own and gives each piece what it adds to a mention that begins, ends, or
goes on there: so the vector of any mention is a sum, and no list of all spans is ever made. The judge first compares
all pairs by a product and a few tables, then looks closer at the likeliest. After Kirstain et al., Coreference
Resolution without Span Representations (2021), and Lee et al., Higher-Order Coreference Resolution (2018).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from ingest.annotate.neural.coreference import MOST_SHARE
from ingest.annotate.neural.mentions import (
    CLASSES,
    DISTANCES,
    PAIR_SIZES,
    QUICK_MATCHES,
    Mentions,
    quick_distance,
    quick_match,
)
from ingest.annotate.neural.pieces import FEATURE_SIZES
from ingest.train.encoder import WIDTH, Dropout, Layer, attention_bias

EPSILON = 1e-6
RARE = -2.0
"""Where the score of both edges of a mention begins: nearly all spans are none."""
PARTS = 3
"""Of a mention: the piece it begins with, the one it ends with, and what it holds."""


class Reader(nn.Module):
    """Pieces of a window to scores of mentions and to what each piece adds to a mention's vector."""

    def __init__(
        self, inputs: int, width: int, layers: int, inner: int, vector: int, coarse: int, span: int, dropout: float
    ) -> None:
        super().__init__()
        self.project = nn.ModuleList([nn.Linear(WIDTH, width, bias=at == 0) for at in range(inputs)])
        self.features = nn.ModuleList([nn.Embedding(size, width) for size in FEATURE_SIZES.values()])
        for embedding in self.features:
            nn.init.normal_(embedding.weight, std=0.1)
        self.norm = nn.LayerNorm(width, eps=EPSILON)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList([Layer(width, width // 32, inner, dropout, EPSILON) for _ in range(layers)])
        self.starts = nn.Linear(width, span)
        self.ends = nn.Linear(width, span)
        self.edges = nn.Linear(width, 2)
        nn.init.constant_(self.edges.bias, RARE)
        self.share = nn.Linear(width, 1)
        self.parts = nn.Linear(width, PARTS * (vector + 2 * coarse))

    def forward(self, states: Sequence[Tensor], features: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores ``[b, t, t]`` of mentions by first and last piece, parts ``[b, t, 3 * d]``, log shares likewise."""
        mixed = self.project[0](states[0])
        for project, one in zip(self.project[1:], states[1:], strict=True):
            mixed = mixed + project(one)
        for column, embedding in enumerate(self.features):
            mixed = mixed + embedding(features[..., column])
        mixed = self.dropout(self.norm(mixed))
        bias = attention_bias(mask)
        for layer in self.layers:
            mixed = layer(mixed, bias)
        mixed = self.dropout(mixed)
        starts, ends = functional.gelu(self.starts(mixed)), functional.gelu(self.ends(mixed))
        edges = self.edges(mixed)
        scores = torch.matmul(starts, ends.transpose(-1, -2)) / math.sqrt(starts.shape[-1])
        scores = scores + edges[..., :1] + edges[..., 1].unsqueeze(-2)
        return scores, self.parts(mixed), self.share(mixed)


def vectors(parts: Tensor, shares: Tensor, rows: Tensor, first: Tensor, last: Tensor) -> Tensor:
    """``[n, d]`` of the mentions in ``rows`` of the batch from their ``first`` to their ``last`` piece."""
    size = parts.shape[-1] // PARTS
    starts, ends, held = parts.float().split(size, dim=-1)
    weights = shares.float().clamp(-MOST_SHARE, MOST_SHARE).exp()
    sums = functional.pad((held * weights).cumsum(1), (0, 0, 1, 0))
    total = functional.pad(weights.cumsum(1), (0, 0, 1, 0))
    mean = (sums[rows, last + 1] - sums[rows, first]) / (total[rows, last + 1] - total[rows, first])
    return starts[rows, first] + ends[rows, last] + mean


class Judge(nn.Module):
    """Looks closely at pairs of mentions."""

    def __init__(self, vector: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(vector, eps=EPSILON)
        self.dropout = Dropout(dropout)
        self.own = nn.Linear(vector, hidden)
        self.other = nn.Linear(vector, hidden, bias=False)
        self.mine = nn.Linear(vector, hidden)
        self.theirs = nn.Linear(vector, hidden)
        self.product = nn.Linear(hidden, hidden, bias=False)
        sizes = list(PAIR_SIZES.values())
        self.pairs = nn.EmbeddingBag(sum(sizes), hidden, mode="sum")
        nn.init.normal_(self.pairs.weight, std=0.1)
        self.register_buffer("first", torch.tensor([sum(sizes[:at]) for at in range(len(sizes))]), persistent=False)
        self.out = nn.Linear(hidden, 1)

    def forward(self, mentions: Tensor, own: Tensor, others: Tensor, pairs: Tensor) -> Tensor:
        """Scores ``[n, k]``: ``mentions`` ``[m, vector]``, ``own`` ``[n]`` and ``others`` ``[n, k]`` into them."""
        states = self.dropout(self.norm(functional.gelu(mentions)))
        mine, theirs = self.mine(states), self.theirs(states)
        hidden = self.product(mine[own].unsqueeze(1) * theirs[others])
        hidden = hidden + self.own(states)[own].unsqueeze(1) + self.other(states)[others] + self._features(pairs)
        return self.out(self.dropout(functional.relu(hidden))).squeeze(-1)

    def _features(self, pairs: Tensor) -> Tensor:
        index = pairs + self.get_buffer("first")
        if torch.onnx.is_in_onnx_export():  # which has no bags
            return self.pairs.weight[index].sum(-2)
        bags: Tensor = self.pairs(index.flatten(0, 1))
        return bags.unflatten(0, pairs.shape[:2])


class Coarse(nn.Module):
    """Compares all pairs of mentions quickly: a product of vectors, and tables over kind, distance and equal words."""

    def __init__(self) -> None:
        super().__init__()
        self.match = nn.Parameter(torch.arange(float(QUICK_MATCHES)).repeat(len(CLASSES), 1))
        self.distance = nn.Parameter(torch.zeros(len(CLASSES), len(DISTANCES) + 1))
        self.mention = nn.Parameter(torch.full((2,), 0.3))

    def forward(self, own: Tensor, other: Tensor, scores: Tensor, mentions: Mentions) -> Tensor:
        """``[n, n]`` for the two vectors ``[n, c]`` and the scores ``[n]`` of mentions."""
        kind = torch.from_numpy(mentions.kind)[:, None]
        every = np.arange(len(mentions))
        products = own @ other.T / math.sqrt(own.shape[-1])
        tables = self.match[kind, torch.from_numpy(quick_match(mentions, every))]
        tables = tables + self.distance[kind, torch.from_numpy(quick_distance(mentions, every))]
        return products + tables + self.mention[0] * scores[:, None] + self.mention[1] * scores


class CoreferenceNetwork(nn.Module):
    """Reader and judge."""

    def __init__(
        self,
        *,
        inputs: int,
        width: int,
        layers: int,
        inner: int,
        vector: int,
        coarse: int,
        span: int,
        hidden: int,
        dropout: float,
    ) -> None:
        super().__init__()
        self.vector, self.coarse_size = vector, coarse
        self.reader = Reader(inputs, width, layers, inner, vector, coarse, span, dropout)
        self.coarse = Coarse()
        self.judge = Judge(vector, hidden, dropout)
