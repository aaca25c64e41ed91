"""The networks that compare two texts: MiniLM's lower layers on each alone, then its upper layers over both together.

The lower layers are frozen, so what they make of a text is made once, whatever it is compared with, and the embedding
of a text is the one of MiniLM as it came. In the upper layers every piece sees both texts; whether another piece stands
in its own text or in the other one is a learned term of each attention head. So nothing says which text came first:
pairs in either order give the same, but for the heads that are asked about an order.
"""

from __future__ import annotations

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from ingest.train.encoder import HEADS, INNER, LAYERS, WIDTH, Dropout, Encoder, Layer, attention_bias
from ingest.train.pairs.examples import RELATIONS, STANCES, WEAKENS

LOWER = 3
"""How many layers read each text alone."""
HEAD_SIZES: Mapping[str, int] = {
    "relation": len(RELATIONS), "similarity": 1, "stance": len(STANCES), "weakens": len(WEAKENS)
}  # fmt: skip
SYMMETRIC = frozenset({"relation", "similarity"})
HIDDEN = 192


class Texts(nn.Module):
    """What is made of each text alone: states of the lower layers, and the embedding of the whole encoder."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """``int64[b, t]``, ``bool[b, t]`` to ``[b, t, 384]``."""
        states = self.encoder.norm(self.encoder.words(ids) + self.encoder.positions.weight[: ids.shape[1]])
        bias = attention_bias(mask)
        for layer in list(self.encoder.layers)[:LOWER]:
            states = layer(states, bias)
        return states

    def embed(self, states: Tensor, mask: Tensor) -> Tensor:
        """From the states of ``lower`` to embeddings ``[b, 384]`` of length 1: the mean over pieces, as MiniLM's."""
        bias = attention_bias(mask)
        for layer in list(self.encoder.layers)[LOWER:]:
            states = layer(states, bias)
        weights = mask.to(states.dtype).unsqueeze(-1)
        return functional.normalize((states * weights).sum(1) / weights.sum(1).clamp(min=1), dim=-1)


class PairHead(nn.Module):
    """Scores of a pair from what its two texts became: of their sum and distance, or of each for itself."""

    def __init__(self, size: int, symmetric: bool, dropout: float) -> None:
        super().__init__()
        self.symmetric = symmetric
        self.dropout = Dropout(dropout)
        self.up = nn.Linear(4 * WIDTH, HIDDEN)
        self.out = nn.Linear(HIDDEN, size)

    def forward(self, a: Tensor, b: Tensor) -> Tensor:
        """``[n, 768]`` of each text to ``[n, size]``."""
        both = torch.cat([a + b, (a - b).abs()] if self.symmetric else [a, b], dim=-1)
        return self.out(self.dropout(functional.gelu(self.up(self.dropout(both)))))


class PairNetwork(nn.Module):
    """The upper layers over two texts, and a head for each question."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        count = LAYERS - LOWER
        self.layers = nn.ModuleList([Layer(WIDTH, HEADS, INNER, dropout) for _ in range(count)])
        self.other = nn.Parameter(torch.zeros(count, HEADS))
        """What each head of each layer adds to its scores of pieces in the other text."""
        self.match = nn.Linear(2, WIDTH, bias=False)
        nn.init.zeros_(self.match.weight)
        self.heads = nn.ModuleDict(
            {name: PairHead(size, name in SYMMETRIC, dropout) for name, size in HEAD_SIZES.items()}
        )

    def load_upper(self, encoder: Encoder) -> None:
        """Takes the upper layers of MiniLM."""
        for mine, theirs in zip(self.layers, list(encoder.layers)[LOWER:], strict=True):
            mine.load_state_dict(theirs.state_dict())

    def forward(self, states: Tensor, ids: Tensor, sides: Tensor) -> tuple[Tensor, Tensor]:
        """What the two texts of each pair became, ``[n, 768]`` each, for the heads.

        ``states`` ``[n, t, 384]`` are the lower layers' of both texts one after the other, ``ids`` their pieces,
        ``sides`` ``int64[n, t]`` 1 and 2 where a piece is of the first and the second text, 0 beyond them. The first
        piece of a text is its special one.
        """
        there = sides > 0
        across = (sides.unsqueeze(2) != sides.unsqueeze(1)) & there.unsqueeze(2) & there.unsqueeze(1)
        states = states + self.match(matches(states, ids, across)).to(states.dtype)
        away = across.to(states.dtype).unsqueeze(1)
        base = attention_bias(there)
        for layer, other in zip(self.layers, self.other, strict=True):
            states = layer(states, base + away * other.view(1, -1, 1, 1))
        return pooled(states, sides == 1), pooled(states, sides == 2)

    def scores(self, states: Tensor, ids: Tensor, sides: Tensor) -> dict[str, Tensor]:
        """The scores of every head."""
        a, b = self(states, ids, sides)
        return {name: head(a, b) for name, head in self.heads.items()}


CLS, SEP = 101, 102


def matches(states: Tensor, ids: Tensor, across: Tensor) -> Tensor:
    """``[n, t, 2]``: whether the other text has the same piece, and how near its nearest state is (cosine, from 0).

    The special pieces match nothing.
    """
    word = (ids != CLS) & (ids != SEP)
    eligible = across & word.unsqueeze(2) & word.unsqueeze(1)
    same = (ids.unsqueeze(2) == ids.unsqueeze(1)) & eligible
    unit = states / states.norm(dim=-1, keepdim=True).clamp(min=1e-6)
    nearest = (torch.matmul(unit, unit.transpose(1, 2)) * eligible.to(states.dtype)).amax(-1)
    return torch.stack([same.to(states.dtype).amax(-1), nearest], dim=-1)


def pooled(states: Tensor, mask: Tensor) -> Tensor:
    """``[n, 768]``: the first piece of ``mask`` and the mean over it."""
    weights = mask.to(states.dtype)
    first = weights * (weights.cumsum(1) == 1).to(states.dtype)
    mean = (states * weights.unsqueeze(-1)).sum(1) / weights.sum(1, keepdim=True).clamp(min=1)
    return torch.cat([(states * first.unsqueeze(-1)).sum(1), mean], dim=-1)
